"""Simultaneous intervals: half-widths that hold for every difference shown at once.

    |mean difference − true difference| ≤ c · sd / √n   for all differences together, with probability `confidence`

c is the larger of two quantiles:

- Šidák's t quantile, which holds under any correlation of normal variables (Šidák 1967, JASA 62, 626–633);
- the quantile of the largest |t| over all differences, found by drawing whole replicates again (the max-t bootstrap:
  Westfall & Young 1993, Resampling-Based Multiple Testing; Romano & Wolf 2005, JASA 100, 94–108), which is the larger
  one where outcomes are skewed. A difference that rests on too few pairs to be drawn again does without it: its samples
  without those pairs would have no spread, and without a spread t has no bound.
"""

from __future__ import annotations

import numpy as np

from sim.experiment.columns import THIN, standard_errors, unlike_the_middle

DRAWS = 2000
"""Bootstrap draws: the 95 % quantile of the largest |t| then is known to about one per cent of itself."""

_BLOCK, _ROOM = 500, 6_000_000
"""Samples drawn in one go, and how many numbers they may hold: of many replicates few at a time, or memory would grow with both."""

_SEED = 20200317
"""The draws are always the same ones: the same runs give the same intervals to the last digit."""


def student_quantile(probability: float | np.ndarray, freedom: np.ndarray) -> np.ndarray:
    """Quantile of Student's t at `probability` with `freedom` degrees of freedom.

    >>> round(float(student_quantile(0.975, np.array(10.0))), 3)
    2.228
    """
    if not np.any(np.asarray(freedom) > 0):
        return np.full(np.broadcast(freedom, probability).shape, np.nan)
    # Loaded where it is needed: it brings a fifth of a second, which who looks at a single pair need not wait for.
    from scipy.special import stdtrit

    return stdtrit(freedom, probability)


def sidak_quantile(confidence: float, comparisons: int, freedom: np.ndarray) -> np.ndarray:
    """t quantile that holds for `comparisons` two-sided intervals at once, whatever their correlation.

    >>> round(float(sidak_quantile(0.95, 1, np.array(10.0))), 3)
    2.228
    """
    tail = -np.expm1(np.log(confidence) / max(comparisons, 1))
    return student_quantile(1.0 - tail / 2.0, freedom)


def half_widths(differences: np.ndarray, confidence: float = 0.95) -> np.ndarray:
    """Half-widths of intervals that hold together.

    differences  (R, K): one row a replicate, one column a difference, NaN where a pair is undefined
    gives        (K,): NaN where fewer than two pairs are defined, 0 where they are all equal
    """
    present = ~np.isnan(differences)
    number = present.sum(axis=0)
    width = np.full(differences.shape[1], np.nan)
    enough = number >= 2
    if not enough.any():
        return width
    error = standard_errors(differences)
    varies = enough & (error > 0)
    width[enough & ~varies] = 0.0
    if not varies.any():
        return width
    critical = np.zeros(differences.shape[1])
    critical[varies] = sidak_quantile(confidence, int(varies.sum()), number[varies] - 1.0)
    drawn = varies & (unlike_the_middle(differences, varies) >= THIN)
    if drawn.any():
        critical[drawn] = np.maximum(critical[drawn], largest_t_quantile(differences[:, drawn], confidence))
    width[varies] = critical[varies] * error[varies]
    return width


def largest_t_quantile(differences: np.ndarray, confidence: float) -> float:
    """Quantile of the largest |t| in bootstrap samples of whole replicates; every column of (R, K) varies."""
    replicates = len(differences)
    present = ~np.isnan(differences)
    number = present.sum(axis=0)
    centred = np.where(present, differences - np.nanmean(differences, axis=0), 0.0)
    centred /= np.sqrt((centred * centred).sum(axis=0) / (number - 1))
    squares = centred * centred
    # Of columns without a gap every sample has all; only the others are counted.
    gappy = ~present.all(axis=0)
    weight = present[:, gappy].astype(float)
    generator = np.random.default_rng(_SEED)
    largest = np.empty(DRAWS)
    block = max(1, min(_BLOCK, _ROOM // replicates))
    for start in range(0, DRAWS, block):
        rows = min(block, DRAWS - start)
        counts = _counts(generator, rows, replicates)
        drawn = np.full((rows, differences.shape[1]), float(replicates))
        drawn[:, gappy] = np.maximum(counts @ weight, 2.0)
        mean = counts @ centred / drawn
        spread = np.maximum(counts @ squares / drawn - mean * mean, 1e-12) * drawn / (drawn - 1.0)
        largest[start : start + rows] = (np.abs(mean) * np.sqrt(drawn / spread)).max(axis=1)
    return float(np.quantile(largest, confidence))


def _counts(generator: np.random.Generator, rows: int, replicates: int) -> np.ndarray:
    """(rows, replicates) how often each replicate is drawn in each bootstrap sample."""
    chosen = generator.integers(replicates, size=(rows, replicates)) + np.arange(rows)[:, None] * replicates
    return np.bincount(chosen.ravel(), minlength=rows * replicates).reshape(rows, replicates).astype(float)
