"""Quantiles: medians and percentiles between two values of the sample in order, whatever their distribution.

    P(x_(l) ≤ quantile ≤ x_(u)) ≥ 1 − alpha / looks,  l, u from the binomial distribution of how many values lie below the quantile

x_(k)   k-th smallest of n values; x_(0) = −∞, x_(n + 1) = ∞
l       largest with P(fewer than l below) ≤ alpha / (2 · looks);  u likewise from above

Thompson (1936) [thompson1936]. Looks are few and their number is fixed beforehand, so that each gets an equal part of alpha
(Bonferroni) and all hold at once. A sample too small to bear an end has none: it is infinite. Ties make the interval too wide,
never too narrow.
"""

from __future__ import annotations

import math

import numpy as np


def order_statistics(number: int, probability: float, alpha: float) -> tuple[int, int]:
    """(l, u) of one interval of the quantile at `probability` from `number` values; 0 and number + 1 stand for no end.

    The textbook's interval of a median from ten values at 95 % runs from the second to the ninth (its probability is 0.979):

    >>> order_statistics(10, 0.5, 0.05)
    (2, 9)
    >>> order_statistics(10, 0.9, 0.05)
    (7, 11)
    """
    # Loaded where it is needed: it brings a fifth of a second.
    from scipy.special import bdtr

    at_most = bdtr(np.arange(number + 1.0), number, probability)  # P(at most k values below), k = 0 … number
    low = int((at_most <= alpha / 2.0).sum())
    at_least = 1.0 - np.concatenate(([0.0], at_most))  # P(at least k values below), k = 0 … number + 1
    high = int(np.argmax(at_least <= alpha / 2.0))
    return low, high


def quantile_interval(sample: np.ndarray, alpha: float, looks: int = 1, probability: float = 0.5) -> tuple[float, float]:
    """Interval of a quantile of a (R,) sample, NaN left out, valid at all of `looks` looks with 1 − alpha.

    Raises ValueError for a probability outside 0 to 1.
    """
    if not 0.0 < probability < 1.0:
        raise ValueError(f"a quantile's probability is between 0 and 1: {probability}")
    ordered = np.sort(sample[~np.isnan(sample)])
    low, high = order_statistics(len(ordered), probability, alpha / looks)
    return (
        float(ordered[low - 1]) if low >= 1 else -math.inf,
        float(ordered[high - 1]) if high <= len(ordered) else math.inf,
    )
