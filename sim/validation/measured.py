"""Measured: what independent runs say of a mean, and running until it is known closely enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import numpy as np
from scipy.special import stdtrit

from sim.experiment.executors import cores, spread

CONFIDENCE = 0.99
Value = TypeVar("Value")


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


def controlled(values: list[float], controls: list[float], known: float) -> Measured:
    """The mean of runs' values, less what their controls explain; a control is a number of the same run whose true mean is known.

    With b the least-squares slope of values on controls, the estimate is mean(values) − b · (mean(controls) − known): the value of the
    regression line at the known mean, whose standard error has n − 2 degrees of freedom. Control variates: Lavenberg & Welch (1981)
    [lavenberg1981].
    """
    n = len(values)
    y, x = np.array(values), np.array(controls) - known
    away = x - x.mean()
    squares = float(away @ away)
    slope = float(away @ y) / squares if squares > 0.0 else 0.0
    left = y - y.mean() - slope * away
    variance = float(left @ left) / (n - 2)
    error = math.sqrt(variance * (1.0 / n + (x.mean() ** 2 / squares if squares > 0.0 else 0.0)))
    width = stdtrit(n - 2, 0.5 + 0.5 * CONFIDENCE) * error
    return Measured(float(y.mean() - slope * x.mean()), float(width), n)


def run_until(
    one: Callable[[int], float], relative: float, batch: int = 24, most: int = 2000, workers: int | None = None, first_seed: int = 1
) -> Measured:
    """Run seeds from `first_seed` on in batches until the half-width is at most `relative` of the mean, or `most` runs are done.

    one  value of a run by its seed; called from threads, since the kernel works without the interpreter's lock
    """
    values: list[float] = []
    for batch_of_values in _batches(one, batch, workers, first_seed):
        values += batch_of_values
        measured = of_runs(values)
        if measured.half_width <= relative * abs(measured.mean) or len(values) >= most:
            return measured
    raise AssertionError("batches do not end")


def run_controlled(
    one: Callable[[int], tuple[float, float]], known: float, relative: float, batch: int = 24, most: int = 2000,
    workers: int | None = None, first_seed: int = 1,
) -> Measured:  # fmt: skip
    """As `run_until`, where a run gives (value, control) and `known` is the true mean of the control."""
    pairs: list[tuple[float, float]] = []
    for more in _batches(one, batch, workers, first_seed):
        pairs += more
        measured = controlled([value for value, _ in pairs], [control for _, control in pairs], known)
        if measured.half_width <= relative * abs(measured.mean) or len(pairs) >= most:
            return measured
    raise AssertionError("batches do not end")


def _batches(one: Callable[[int], Value], batch: int, workers: int | None, first_seed: int) -> Iterator[list[Value]]:
    """What runs give, batch after batch, in the order of their seeds."""
    for first in count(first_seed, batch):
        seeds = range(first, first + batch)
        found = dict(spread(one, seeds, workers or cores(), size=1))
        yield [found[seed] for seed in seeds]
