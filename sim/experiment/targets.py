"""Targets: what a firm is to show, and how far a simulated firm is from showing it.

    I = distance of the mean to [low, high] / √(variance of what is compared)        implausibility, one a target

The variance is that of whoever says what the firm shows: of a mean over few histories, of an emulator, and, where the target is itself
one history of a real firm, of one more history. A point is implausible where one I is over 3, whatever the distribution looks like
(three-sigma rule: Pukelsheim 1994 [pukelsheim1994]), or where their squares add up to more than chance would give in one of 200 cases.
History matching: Craig, Goldstein, Seheult & Smith (1997) [craig1997]; Vernon, Goldstein & Bower (2010) [vernon2010].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CUT = 3.0
TOGETHER = 0.995
"""Share of cases in which the squares of implausibilities that are chance alone stay under the bound."""

BY_ITSELF = 8.0
"""Weight of the spread between histories that all points share, in histories, where that of a point is reckoned."""

SMALLEST = 1e-6
"""What stands for nothing where ratios are compared."""


@dataclass(frozen=True)
class Target:
    """What a firm is to show.

    name         as tables print it
    low, high    the range                                                       [unit]
    by_ratio     whether distances are ratios: for quantities that are positive and skewed
    one_history  whether the range is what one real history gave, so that its chance counts too
    """

    name: str
    low: float
    high: float
    by_ratio: bool = False
    one_history: bool = False

    def scaled(self, values: np.ndarray) -> np.ndarray:
        """Values on the scale on which distances are taken."""
        return np.log(np.maximum(values, SMALLEST)) if self.by_ratio else values

    def holds(self, values: np.ndarray) -> np.ndarray:
        """Where values lie in the range; never for NaN."""
        return (self.low <= values) & (values <= self.high)


def distances(targets: Sequence[Target], scaled: np.ndarray) -> np.ndarray:
    """How far scaled values (…, T) lie outside the targets' ranges; 0 inside, NaN stays."""
    low = np.array([float(each.scaled(np.array(each.low))) for each in targets])
    high = np.array([float(each.scaled(np.array(each.high))) for each in targets])
    return np.maximum(np.maximum(low - scaled, scaled - high), 0.0)


def is_implausible(implausibility: np.ndarray) -> np.ndarray:
    """(N,) of (N, T): where one is over CUT or all together are too large; what is not known (NaN) rules nothing out."""
    known = np.nan_to_num(implausibility, nan=0.0)
    return (known > CUT).any(axis=-1) | ((known * known).sum(axis=-1) > bound(known.shape[-1]))


def bound(targets: int) -> float:
    """What the squares of so many implausibilities add up to at most where all is chance."""
    from scipy.special import chdtri

    return float(chdtri(targets, 1.0 - TOGETHER)) if targets else np.inf


def scaled_means(targets: Sequence[Target], runs: np.ndarray) -> np.ndarray:
    """(…, T) scaled means of runs (…, R, T) over the runs that have a value; NaN where none has.

    What is compared by ratio is averaged in its own unit first, as every table of outcomes is.
    """
    means = means_of(runs)
    return np.stack([each.scaled(means[..., number]) for number, each in enumerate(targets)], axis=-1)


def means_of(runs: np.ndarray) -> np.ndarray:
    """(…, T) means of runs (…, R, T) over the runs that have a value; NaN where none has."""
    there = np.isfinite(runs)
    count = there.sum(axis=-2)
    total = np.where(there, runs, 0.0).sum(axis=-2)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def spread_of(targets: Sequence[Target], runs: np.ndarray) -> np.ndarray:
    """(…, T) variances between runs (…, R, T) on the targets' scales; NaN where fewer than two have a value."""
    scaled = np.stack([each.scaled(runs[..., number]) for number, each in enumerate(targets)], axis=-1)
    there = np.isfinite(scaled)
    count = there.sum(axis=-2)
    away = np.where(there, scaled - means_of(scaled)[..., None, :], 0.0)
    return np.where(count > 1, (away * away).sum(axis=-2) / np.maximum(count - 1, 1), np.nan)


def implausibility(targets: Sequence[Target], runs: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """(N, T) of points' runs (N, R, T); shared is the (T,) variance between histories that all points have in common."""
    count = np.isfinite(runs).sum(axis=-2)
    own = spread_of(targets, runs)
    degrees = np.where(np.isfinite(own), np.maximum(count - 1, 0), 0)
    variance = (BY_ITSELF * shared + degrees * np.nan_to_num(own, nan=0.0)) / (BY_ITSELF + degrees)
    once_more = np.array([1.0 if each.one_history else 0.0 for each in targets])
    error = np.sqrt(variance * (1.0 / np.maximum(count, 1) + once_more))
    away = distances(targets, scaled_means(targets, runs))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(away > 0.0, away / error, away)  # NaN, where nothing is known, stays


def meets(targets: Sequence[Target], runs: np.ndarray, shared: np.ndarray) -> np.ndarray:
    """(N,) of points' runs in full (N, R, T): whether a point is kept; what shows nothing to hold against a target is not."""
    means, found = means_of(runs), implausibility(targets, runs, shared)
    real = np.array([each.one_history for each in targets], bool)
    inside = np.array([each.holds(means[:, number]) for number, each in enumerate(targets)]).T.reshape(means.shape)
    plausible = ~is_implausible(np.where(real, found, 0.0))
    return plausible & np.where(real, np.isfinite(means), inside).all(axis=-1)
