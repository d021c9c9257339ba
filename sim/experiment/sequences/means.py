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


def half_widths(columns: np.ndarray, alpha: float | np.ndarray) -> np.ndarray:
    """(K,) half-widths of the columns' means, each valid at every look with 1 − alpha.

    columns  (R, K): one row a pair, NaN where it is undefined
    alpha    one number, or (K,)
    gives    inf where fewer than FLOOR pairs are defined, or fewer than THIN differ from the column's median: of an event that has
             hardly been seen, the spread is not known either
    """
    number = (~np.isnan(columns)).sum(axis=0)
    known = number >= FLOOR
    if known.any():
        known &= unlike_the_middle(columns, known) >= THIN
    width = standard_errors_wide(np.maximum(number, 1), alpha) * standard_errors(columns)
    return np.where(known, width, math.inf)


def mean_interval(sample: np.ndarray, alpha: float, looks: int = 1) -> tuple[float, float]:
    """Interval of the mean of a (R,) sample, NaN left out; all n hold at once, so the number of looks is not asked for."""
    half = float(half_widths(sample[:, None], alpha)[0])
    if math.isinf(half):
        return -math.inf, math.inf
    mean = float(np.nanmean(sample))
    return mean - half, mean + half
