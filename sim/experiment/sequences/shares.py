"""Shares: the beta-binomial confidence sequence, exact at every number of pairs, and for an event that is never seen too.

    M_n(p) = B(a + s, a + n − s) / B(a, a) / ( p^s · (1 − p)^(n − s) ),  the interval at n is where M_n(p) < 1 / alpha

n, s   pairs, and sum of their values, each between 0 and 1          –
a      ½: bets on rare and on common events alike                    –

At the true p, M_n is a martingale that begins at 1, so it ever reaches 1 / alpha with probability at most alpha (Robbins 1970
[robbins1970]; Howard et al. 2021 [howard2021]; Lindon & Malek 2022 [lindon2022]). Its logarithm is convex in p with the least value
at s / n, so the interval has two ends, found by halving. For values between 0 and 1 that are not only 0 and 1, such as ties that
count ½, M_n is a supermartingale by convexity: the interval is then too wide, never too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

BET = 0.5
_HALVINGS = 60


def share_bounds(successes: float, number: int, alpha: float) -> tuple[float, float]:
    """Ends of the interval of a share after `number` trials; (0, 1) before the first.

    >>> low, high = share_bounds(0, 100, 0.05)
    >>> low, round(high, 3)
    (0.0, 0.057)

    Raises ValueError where successes are not between 0 and number.
    """
    if not 0.0 <= successes <= number:
        raise ValueError(f"successes are 0 to {number}: {successes}")
    if not number:
        return 0.0, 1.0
    failures = number - successes
    evidence = _log_beta(BET + successes, BET + failures) - _log_beta(BET, BET) - math.log(1.0 / alpha)

    def excluded(p: float) -> bool:
        return evidence >= _times_log(successes, p) + _times_log(failures, 1.0 - p)

    seen = successes / number
    low = 0.0 if not successes else _boundary(0.0, seen, excluded)
    high = 1.0 if not failures else _boundary(1.0, seen, excluded)
    return low, high


def share_interval(sample: np.ndarray, alpha: float, looks: int = 1) -> tuple[float, float]:
    """Interval of the mean of a (R,) sample of values between 0 and 1, NaN left out; the number of looks is not asked for."""
    defined = sample[~np.isnan(sample)]
    return share_bounds(float(defined.sum()), len(defined), alpha)


def share_difference_interval(gaps: np.ndarray, alpha: float, looks: int = 1) -> tuple[float, float]:
    """Interval of the difference of two shares from (R,) paired differences of 0-or-1 values: −1, 0 or 1, NaN left out.

    The difference is the share of pairs with 1 less the share of pairs with −1; each has an interval at alpha / 2.

    Raises ValueError for any other value.
    """
    gaps = gaps[~np.isnan(gaps)]
    if not np.isin(gaps, (-1.0, 0.0, 1.0)).all():
        raise ValueError("differences of events are -1, 0 or 1")
    more = share_bounds(float((gaps == 1.0).sum()), len(gaps), alpha / 2.0)
    less = share_bounds(float((gaps == -1.0).sum()), len(gaps), alpha / 2.0)
    return more[0] - less[1], more[1] - less[0]


def _boundary(outside: float, inside: float, excluded: Callable[[float], bool]) -> float:
    """Where `excluded` changes between a point outside and one inside; the outer side, so that rounding never narrows."""
    for _ in range(_HALVINGS):
        middle = 0.5 * (outside + inside)
        outside, inside = (middle, inside) if excluded(middle) else (outside, middle)
    return outside


def _times_log(count: float, p: float) -> float:
    """count · ln p, with 0 · ln 0 = 0."""
    return count * math.log(p) if count and p > 0.0 else (-math.inf if count else 0.0)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
