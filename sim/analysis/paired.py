"""Paired comparison: every design against the first on the same seeds, so that luck they share cancels out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.best import best_of
from sim.analysis.intervals import Intervals, intervals_of
from sim.analysis.results import BEYOND_LIMIT, Analysis, Difference, Estimate
from sim.analysis.verdicts import paired_difference
from sim.experiment.columns import standard_errors
from sim.experiment.comparison import Comparison
from sim.model.outcomes import INDEX, NAMES


def analyse(comparison: Comparison, confidence: float = 0.95, outcomes: Sequence[str] = NAMES) -> Analysis:
    """Estimates of every design and differences from the first.

    The differences' intervals hold together for all `outcomes` and all designs compared, with probability `confidence`; verdicts,
    and what is said of the best design (sim/analysis/best.py), use these same intervals. Where runs were added until a difference
    was known well enough, they hold at every look (sim/analysis/intervals.py). Where over 5 % of a design's runs do not reach a
    quantile, its mean is a bound and has no interval; the verdict then says who is better in more pairs than not.

    Raises ValueError for a confidence outside 0 to 1, and for a name that is no outcome.
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence is between 0 and 1: {confidence}")
    unknown = [name for name in outcomes if name not in INDEX]
    if unknown:
        raise ValueError(f"no such outcome: {', '.join(unknown)}")
    columns = [INDEX[name] for name in outcomes]
    values, beyond = comparison.outcomes[:, :, columns], comparison.beyond[:, :, columns]
    beyond_share, intervals = _beyond_share(values, beyond), intervals_of(comparison)
    estimates = {
        design: _estimates(outcomes, values[d], beyond_share[d], intervals.alone(values[d], confidence))
        for d, design in enumerate(comparison.designs)
    }
    differences = _differences(comparison.designs, outcomes, values, beyond_share, confidence, intervals)
    best = best_of(comparison.designs, outcomes, values, beyond_share, differences, intervals, confidence)
    return Analysis(confidence, comparison.designs, tuple(outcomes), estimates, differences, best=best, stopped=comparison.stopped)


def _beyond_share(values: np.ndarray, beyond: np.ndarray) -> np.ndarray:
    """(D, O) share of the defined runs whose quantile was not reached."""
    present = ~np.isnan(values)
    return (beyond & present).sum(axis=1) / np.maximum(present.sum(axis=1), 1)


def _means(values: np.ndarray) -> np.ndarray:
    """Means of the columns over the defined rows, NaN where none is (np.nanmean would warn)."""
    present = ~np.isnan(values)
    total = np.where(present, values, 0.0).sum(axis=0)
    number = present.sum(axis=0)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _estimates(outcomes: Sequence[str], values: np.ndarray, beyond_share: np.ndarray, half: np.ndarray) -> dict[str, Estimate]:
    """One design's outcomes; values (R, O), beyond_share and half (O,)."""
    number = (~np.isnan(values)).sum(axis=0)
    mean, error = _means(values), standard_errors(values)
    found = {}
    for o, name in enumerate(outcomes):
        has_interval = not np.isnan(half[o]) and beyond_share[o] <= BEYOND_LIMIT
        sd = float(error[o] * np.sqrt(number[o])) if number[o] >= 2 else float("nan")
        low, high = (float(mean[o] - half[o]), float(mean[o] + half[o])) if has_interval else (None, None)
        found[name] = Estimate(float(mean[o]), sd, low, high, int(number[o]), float(beyond_share[o]))
    return found


def _differences(
    designs: tuple[str, ...], outcomes: Sequence[str], values: np.ndarray, beyond_share: np.ndarray, confidence: float, intervals: Intervals
) -> dict[str, dict[str, Difference]]:
    """Every other design less the first; their intervals are one family."""
    paired = values[1:] - values[0]
    # A quantile that is beyond the window in too many runs gets no interval, so it takes no share of the family's error either.
    bound = np.maximum(beyond_share[1:], beyond_share[0]) > BEYOND_LIMIT
    half = intervals.differences(np.where(bound[:, None, :], np.nan, paired), outcomes, confidence)
    one_of_many = intervals.one_of_many(len(paired), outcomes, confidence)
    return {
        second: {
            name: paired_difference(
                name, (designs[0], second), values[(0, s + 1), :, o], beyond_share[(0, s + 1), o], half[s, o], confidence,
                one_of_many[s, o], intervals.share,
            )
            for o, name in enumerate(outcomes)
        }
        for s, second in enumerate(designs[1:])
    }
