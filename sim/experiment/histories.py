"""Histories: many runs side by side, each with its place among the designs or paths and among the seeds."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from sim.experiment.comparison import Failure
from sim.experiment.executors import BLOCK, spread
from sim.model.kernel import Run
from sim.model.outcomes import NAMES

Task = tuple[int, int]
"""A run to do: place of the design or path, place of the seed."""


TURNS = 20
"""Blocks that each worker gets at least, where there are runs for so many: the last block of one keeps the others waiting."""


class Histories(NamedTuple):
    """What all runs gave; shapes and order as in `sim.experiment.comparison.Comparison`."""

    outcomes: np.ndarray
    beyond: np.ndarray
    series: np.ndarray
    failures: tuple[Failure, ...]


def live_all(
    names: Sequence[str], seeds: np.ndarray, months: tuple[int, ...], live: Callable[[int, int], Run], workers: int,
    progress: Callable[[int, int], None] | None = None,
) -> Histories:  # fmt: skip
    """Live every seed under everything that is named.

    months    shape of one run's monthly series
    live      (place of the name, seed) → Run; a run that fails becomes a Failure with its error, and a row of NaN; the others go on
    workers   threads that share the runs; results do not depend on it
    progress  called with (runs done, runs in all)
    """
    outcomes = np.full((len(names), len(seeds), len(NAMES)), np.nan)
    beyond = np.zeros(outcomes.shape, bool)
    series = np.full((len(names), len(seeds), *months), np.nan)
    failures = []
    # Those of one seed stand side by side, so that an early end leaves pairs and not halves.
    tasks = [(place, number) for number in range(len(seeds)) for place in range(len(names))]

    def work(task: Task) -> Run | str:
        place, number = task
        try:
            return live(place, int(seeds[number]))
        except Exception:  # whatever goes wrong in one run is that run's result, and costs no other run
            return traceback.format_exc()

    # A few dozen runs are dealt out one by one.
    size = max(1, min(BLOCK, len(tasks) // (TURNS * workers)))
    for done, ((place, number), result) in enumerate(spread(work, tasks, workers, size), start=1):
        if isinstance(result, str):
            failures.append(Failure(names[place], int(seeds[number]), result))
        else:
            outcomes[place, number], beyond[place, number], series[place, number] = result
        if progress is not None:
            progress(done, len(tasks))
    return Histories(outcomes, beyond, series, tuple(sorted(failures, key=repr)))
