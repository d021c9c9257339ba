"""Measured: what independent runs say of a mean, and running until it is known closely enough."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from sim.experiment.executors import cores, spread

CONFIDENCE = 0.99


@dataclass(frozen=True)
class Measured:
    """A mean over independent runs with the half-width of its 99 % interval (Student's t over runs)."""

    mean: float
    half_width: float
    runs: int

    def holds(self, value: float) -> bool:
        """Whether the interval holds a value."""
        return abs(self.mean - value) <= self.half_width


def of_runs(values: list[float]) -> Measured:
    """What runs' values say of their mean. Each run is one batch: runs of different seeds are independent."""
    n = len(values)
    width = stdtrit(n - 1, 0.5 + 0.5 * CONFIDENCE) * np.std(values, ddof=1) / math.sqrt(n)
    return Measured(float(np.mean(values)), float(width), n)


def run_until(
    one: Callable[[int], float], relative: float, batch: int = 24, most: int = 2000, workers: int | None = None, first_seed: int = 1
) -> Measured:
    """Run seeds from `first_seed` on in batches until the half-width is at most `relative` of the mean, or `most` runs are done.

    one  value of a run by its seed; called from threads, since the kernel works without the interpreter's lock
    """
    values: list[float] = []
    while True:
        seeds = range(first_seed + len(values), first_seed + len(values) + batch)
        found = dict(spread(one, seeds, workers or cores(), size=1))
        values += [found[seed] for seed in seeds]
        measured = of_runs(values)
        if measured.half_width <= relative * abs(measured.mean) or len(values) >= most:
            return measured
