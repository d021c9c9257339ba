"""Probability of superiority: in what share of simulated histories the second design is the better one.

    p = (pairs in which the second is better + ½ · ties) ÷ pairs

Its interval is Wilson's (Wilson 1927, JASA 22, 209–212), which keeps inside 0 and 1 and is right for few pairs. Ties
spread less than wins and losses do, so with ties it is a little too wide, never too narrow.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np


def probability_better(gain: np.ndarray, confidence: float = 0.95) -> tuple[float, float, float] | None:
    """Share of pairs with a gain, and its interval (share, low, high); None without any defined pair.

    gain  (R,) second − first, turned so that more is better; NaN where undefined

    >>> share, low, high = probability_better(np.array([1.0] * 84 + [-1.0] * 16))
    >>> round(share, 2), round(low, 3), round(high, 3)
    (0.84, 0.756, 0.899)
    """
    gain = gain[~np.isnan(gain)]
    if not len(gain):
        return None
    share = float(((gain > 0).sum() + 0.5 * (gain == 0).sum()) / len(gain))
    return (share, *wilson_interval(share, len(gain), confidence))


def wilson_interval(share: float, number: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share seen in `number` trials."""
    quantile = NormalDist().inv_cdf(0.5 + confidence / 2.0)
    square = quantile * quantile / number
    centre = (share + square / 2.0) / (1.0 + square)
    half = quantile / (1.0 + square) * math.sqrt(share * (1.0 - share) / number + square / (4.0 * number))
    return max(0.0, centre - half), min(1.0, centre + half)
