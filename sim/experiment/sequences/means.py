"""Means: an asymptotic confidence sequence, the time-uniform form of the interval that rests on the central limit theorem.

    |mean_n − true mean| ≤ c_n · sd_n / √n  at every n from FLOOR on at once, with probability 1 − alpha
    c_n = √( (x_n + 1) / x_n · (ln(x_n + 1) + 2 ln(1 / alpha)) ),  x_n = x · n / TIGHTEST
    x   = 2 ln(1 / alpha) + ln(1 + x)

n        pairs                                                       –
c_n      half-width in standard errors                               –
x        makes c_n least at n = TIGHTEST: where the derivative is zero

A mixture of Brownian motions with normal drifts crosses 1 / alpha with probability alpha (Robbins 1970 [robbins1970]); that sums of
differences become such a motion, uniformly in n, is due to Waudby-Smith et al. [waudbysmith2024]. How well it holds from FLOOR pairs
on is measured: `python -m benchmarks coverage`.
"""

from __future__ import annotations

import math

import numpy as np

from sim.experiment.columns import THIN, standard_errors, unlike_the_middle
from sim.experiment.sequences.looks import FLOOR

TIGHTEST = 1000
"""Pairs at which the sequence is as narrow as it can be: between the floor and the usual ceiling, by ratio."""

_STEPS = 60


def standard_errors_wide(pairs: float | np.ndarray, alpha: float | np.ndarray) -> np.ndarray:
    """Half-width in standard errors after `pairs` pairs: c_n above.

    A fixed sample's interval at alpha = 0.05 is 1.96 standard errors wide to either side:

    >>> standard_errors_wide(np.array([100, 1000, 10000]), 0.05).round(2).tolist()
    [3.82, 3.04, 3.25]
    """
    surprise = 2.0 * np.log(1.0 / np.asarray(alpha, float))
    x = surprise + 1.0
    for _ in range(_STEPS):  # shrinks the error by 1 + x each time
        x = surprise + np.log1p(x)
    x = x * np.asarray(pairs, float) / TIGHTEST
    return np.sqrt((x + 1.0) / x * (np.log1p(x) + surprise))


def bears_an_interval(columns: np.ndarray) -> np.ndarray:
    """(K,) whether at least FLOOR pairs of (R, K) are defined and at least THIN of them differ from the column's median.

    Of an event that has hardly been seen, the spread is not known either.
    """
    known = (~np.isnan(columns)).sum(axis=0) >= FLOOR
    if known.any():
        known &= unlike_the_middle(columns, known) >= THIN
    return known


def half_widths(columns: np.ndarray, alpha: float | np.ndarray) -> np.ndarray:
    """(K,) half-widths of the columns' means, each valid at every look with 1 − alpha; inf where the column does not bear one.

    columns  (R, K): one row a pair, NaN where it is undefined
    alpha    one number, or (K,)
    """
    number = np.maximum((~np.isnan(columns)).sum(axis=0), 1)
    return np.where(bears_an_interval(columns), standard_errors_wide(number, alpha) * standard_errors(columns), math.inf)


def mean_interval(sample: np.ndarray, alpha: float, looks: int = 1) -> tuple[float, float]:
    """Interval of the mean of a (R,) sample, NaN left out; all n hold at once, so the number of looks is not asked for."""
    half = float(half_widths(sample[:, None], alpha)[0])
    if math.isinf(half):
        return -math.inf, math.inf
    mean = float(np.nanmean(sample))
    return mean - half, mean + half
