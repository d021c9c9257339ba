"""Slopes: how the difference of two designs changes as a force grows, seed by seed.

    slope of seed r = Σ w_l (x_l − x̄) g_rl ÷ Σ w_l (x_l − x̄)²,  x̄ = Σ w_l x_l ÷ Σ w_l,  w_l = 1 ÷ variance of g over seeds at level l

x_l    force at level l, from 0 at its weakest to 1 at its strongest     –
g_rl   second design less first in history r at level l, turned so that more is better for the second   [unit of the outcome]

Weighted least squares is linear in g, and every level is run on the same seeds, so each seed has a slope of its own; their mean is
the weighted slope over all seeds, and their spread, in which luck that the levels share has cancelled out, gives its interval. The
intervals of all forces and designs hold at once. The slope is the gain or loss of the second design from the weakest to the
strongest level, if it were a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.paired import analyse
from sim.analysis.results import BEYOND_LIMIT
from sim.analysis.simultaneous import half_widths
from sim.experiment.comparison import Comparison
from sim.model.outcomes import INDEX, OUTCOMES

AS_EXPECTED, AGAINST, UNSURE, NO_THEORY = "as theory says", "against theory", "not sure", "theory is silent"
NOT_REACHED = "not measured"


@dataclass(frozen=True)
class Slope:
    """What a growing force does to the second design's advantage over the first.

    levels      of the force, weakest first                            [unit of the force]
    advantages  mean advantage of the second design at each level      [unit of the outcome]
    slope, low, high   from the weakest to the strongest level; low and high None where there is no interval
    expected    sign that theory gives: −1 the second design should lose, +1 win, 0 nothing
    verdict     one of the words above
    """

    force: str
    first: str
    second: str
    levels: tuple[float, ...]
    advantages: tuple[float, ...]
    slope: float
    low: float | None
    high: float | None
    expected: int
    verdict: str
    n: int


@dataclass(frozen=True, eq=False)
class Grown:
    """A force and the comparisons at its levels; expected is second design → sign."""

    force: str
    levels: tuple[float, ...]
    comparisons: tuple[Comparison, ...]
    expected: dict[str, int]


def seed_slopes(gaps: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(R,) weighted slope of each row of gaps (R, L) over levels evenly spaced from 0 to 1; NaN where a level is undefined.

    >>> seed_slopes(np.array([[0.0, 1.0, 2.0], [5.0, 4.0, 3.0]]), np.ones(3)).tolist()
    [2.0, -2.0]
    """
    place = np.linspace(0.0, 1.0, gaps.shape[1])
    from_middle = weights * (place - (weights * place).sum() / weights.sum())
    return gaps @ from_middle / (from_middle * place).sum()


def slopes(grown: Sequence[Grown], outcome: str, confidence: float = 0.95) -> list[Slope]:
    """A slope for each force and each design but the first; all intervals hold at once."""
    rows = [(entry, second) for entry in grown for second in entry.comparisons[0].designs[1:]]
    gaps = [_gaps(entry, second, outcome) for entry, second in rows]
    each = [seed_slopes(gap, _weights(gap)) for gap in gaps]
    half = half_widths(np.array(each).T, confidence) if each else np.empty(0)
    return [_slope(entry, second, gap, own, float(width)) for (entry, second), gap, own, width in zip(rows, gaps, each, half)]


def _gaps(entry: Grown, second: str, outcome: str) -> np.ndarray:
    """(R, L) advantages; NaN where too many runs do not reach the quantile for a mean to say anything."""
    columns = []
    for comparison in entry.comparisons:
        row = comparison.designs.index(second)
        gap = OUTCOMES[outcome].better * (comparison.outcomes[row] - comparison.outcomes[0])[:, INDEX[outcome]]
        beyond = analyse(comparison, outcomes=(outcome,)).differences[second][outcome].beyond_share > BEYOND_LIMIT
        columns.append(np.full_like(gap, np.nan) if beyond else gap)
    return np.stack(columns, axis=1)


def _weights(gaps: np.ndarray) -> np.ndarray:
    """(L,) one over each level's variance; equal where one has none."""
    present = ~np.isnan(gaps)
    number = present.sum(axis=0)
    if (number < 2).any():
        return np.ones(gaps.shape[1])
    mean = np.where(present, gaps, 0.0).sum(axis=0) / number
    variance = (np.where(present, gaps - mean, 0.0) ** 2).sum(axis=0) / (number - 1)
    return 1.0 / variance if (variance > 0.0).all() else np.ones(gaps.shape[1])


def _slope(entry: Grown, second: str, gaps: np.ndarray, each: np.ndarray, half: float) -> Slope:
    there = each[~np.isnan(each)]
    slope = float(there.mean()) if len(there) else float("nan")
    low, high = (None, None) if np.isnan(half) else (slope - half, slope + half)
    expected = entry.expected[second]
    whole = gaps[~np.isnan(gaps).any(axis=1)]
    means = whole.mean(axis=0) if len(whole) else np.full(gaps.shape[1], np.nan)
    return Slope(
        entry.force, entry.comparisons[0].designs[0], second, entry.levels, tuple(float(mean) for mean in means), slope, low, high,
        expected, verdict(low, high, expected), len(there),
    )  # fmt: skip


def verdict(low: float | None, high: float | None, expected: int) -> str:
    """The word for a slope's interval beside the sign that theory gives.

    >>> verdict(-3.0, -1.0, -1), verdict(1.0, 3.0, -1), verdict(-1.0, 3.0, -1), verdict(1.0, 2.0, 0)
    ('as theory says', 'against theory', 'not sure', 'theory is silent')
    """
    if low is None or high is None:
        return NOT_REACHED
    if expected == 0:
        return NO_THEORY
    if low <= 0.0 <= high:
        return UNSURE
    return AS_EXPECTED if (low > 0.0) == (expected > 0) else AGAINST
