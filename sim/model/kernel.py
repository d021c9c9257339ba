"""The kernel: many days and many seeds without Mesa. This is what comparisons and sweeps call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.core.jit import COMPILED, cache_folder, entry
from sim.model.begin import Blueprint, begin
from sim.model.day import run_day
from sim.model.measure import OUTCOME_COUNT, measure
from sim.model.world import World

if TYPE_CHECKING:
    from sim.model.path import Path


_measure = entry(measure)


class Run(NamedTuple):
    """What is kept of one run.

    outcomes  (O,)    in the order of `outcomes.NAMES`; NaN where there was nothing to measure
    beyond    (O,)    True where a quantile was not reached
    series    (M, S)  monthly series
    """

    outcomes: np.ndarray
    beyond: np.ndarray
    series: np.ndarray


@entry
def run_days(w, first, last):
    """Run the days from `first` up to, not including, `last`."""
    for day in range(first, last):
        run_day(w, day)


@entry
def run_and_measure(w, horizon, out, beyond):
    """Run a world from its first morning to its last evening and fill its row of outcomes."""
    for day in range(horizon):
        run_day(w, day)
    measure(w, horizon, out, beyond)


def simulate(blueprint: Blueprint, seed: int) -> World:
    """One run to its end; gives the whole world as it stands on the last evening."""
    w = begin(blueprint, seed)
    run_days(w, 0, blueprint.horizon)
    return w


def run(blueprint: Blueprint, seed: int) -> Run:
    """One run, of which only outcomes and series are kept."""
    return results(run_and_measure, blueprint, seed)


def results(live: Callable[[World, int, np.ndarray, np.ndarray], None], blueprint: Blueprint, seed: int) -> Run:
    """What `live`, a compiled way from the first morning to the row of outcomes, makes of one seed."""
    w = begin(blueprint, seed)
    out, beyond = np.empty(OUTCOME_COUNT), np.empty(OUTCOME_COUNT, np.bool_)
    live(w, blueprint.horizon, out, beyond)
    return Run(out, beyond, w.series)


def simulate_path(path: Path, seed: int) -> World:
    """One run through all stretches of a path; gives the whole world as it stands on the last evening."""
    w = path.begin(seed)
    today = 0
    for day in path.turns:
        run_days(w, today, day)
        w = path.turn(w, day)
        today = day
    run_days(w, today, path.horizon)
    return w


def run_path(path: Path, seed: int) -> Run:
    """One run through all stretches of a path, of which only outcomes and series are kept."""
    w = simulate_path(path, seed)
    out, beyond = np.empty(OUTCOME_COUNT), np.empty(OUTCOME_COUNT, np.bool_)
    _measure(w, path.horizon, out, beyond)
    return Run(out, beyond, w.series)


def is_compiled() -> bool:
    """Whether the compiled kernel of these sources lies in the cache, or none is needed."""
    return not COMPILED or any(cache_folder().rglob("kernel.run_and_measure*.nbc"))
