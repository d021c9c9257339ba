"""Claims lived through: every way that the tests of claims ask for on one firm, on the same seeds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import InputError
from sim.experiment.compare import run_seeds
from sim.experiment.comparison import Comparison, Failure
from sim.experiment.executors import cores
from sim.experiment.fitness import fitness_of_ideas
from sim.experiment.histories import live_all
from sim.experiment.journey import paths_of
from sim.experiment.ways import FIRST, FITNESS, JOURNEY, SECOND, Firm, ways_of
from sim.model.kernel import run_path
from sim.model.path import Path
from sim.scenario.between import HORIZON
from sim.scenario.changed import changed

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario


@dataclass(frozen=True, eq=False)
class Lived:
    """What a firm lived through; each way is a row.

    outcomes, beyond  way → (R, O), columns of sim.model.outcomes.NAMES
    fitness           design → (R,) rank correlation of ideas' value with their adoption; NaN where no idea or every idea was adopted
    journey           staying and every transition over five years; None where not asked for
    failures          runs that failed; their rows are NaN
    """

    firm: Firm
    outcomes: Mapping[str, np.ndarray]
    beyond: Mapping[str, np.ndarray]
    fitness: Mapping[str, np.ndarray]
    journey: Comparison | None
    failures: tuple[Failure, ...]


def possible(firm: Firm, asked: Collection[str]) -> dict[str, str]:
    """Way → why it cannot be had on this firm, for those that cannot."""
    known, faults = ways_of(firm), {}
    for way in sorted(set(asked) - {FITNESS, JOURNEY}):
        try:
            known[way]()
        except InputError as error:
            faults[way] = str(error)
    if JOURNEY in asked:
        try:
            _along(firm)
        except InputError as error:
            faults[JOURNEY] = str(error)
    return faults


def _along(firm: Firm) -> tuple[Scenario, dict[str, Path]]:
    """(the firm over five years, staying and every transition as paths)."""
    years = changed(firm.standing(), {"run.days": max(HORIZON, firm.scenario.run.days)})
    return years, paths_of(years, firm.transitions)


def live_firm(
    firm: Firm, asked: Collection[str], replicates: int, seed: int, workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Lived:  # fmt: skip
    """Live through the ways that are asked for, and FITNESS and JOURNEY where these are, on the same `replicates` seeds.

    workers   threads that share the runs, all processors where None; results do not depend on it
    progress  called with (runs done, runs in all)

    Raises InputError where a way cannot be had on this firm, KeyError for one that there is not. A run that fails becomes a Failure.
    """
    known, seeds = ways_of(firm), run_seeds(seed, replicates)
    names = sorted(set(asked) - {FITNESS, JOURNEY})
    paths = [known[name]() for name in names]
    years, along = _along(firm) if JOURNEY in asked else (firm.scenario, {})
    designs = (FIRST, SECOND) if FITNESS in asked else ()
    total = replicates * (len(names) + len(along) + len(designs))

    def tell(before: int) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, _: progress(before + done, total)

    threads = workers or cores()
    outcomes: dict[str, np.ndarray] = {}
    beyond: dict[str, np.ndarray] = {}
    failures: tuple[Failure, ...] = ()
    if names:
        months = paths[0].first.world.series.shape
        found = live_all(names, seeds, months, lambda place, one: run_path(paths[place], one), threads, tell(0))
        outcomes, beyond, failures = dict(zip(names, found.outcomes)), dict(zip(names, found.beyond)), found.failures
    journey = None
    if along:
        ways = list(along.values())
        months, before = ways[0].first.world.series.shape, replicates * len(names)
        found = live_all(tuple(along), seeds, months, lambda place, one: run_path(ways[place], one), threads, tell(before))
        journey = Comparison(years, tuple(along), seeds, *found)
        failures += found.failures
    before = replicates * (len(names) + len(along))
    fitness = {}
    for name in designs:
        fitness[name] = fitness_of_ideas(firm.standing(), name, seeds, threads, tell(before))
        before += replicates
    return Lived(firm, outcomes, beyond, fitness, journey, failures)
