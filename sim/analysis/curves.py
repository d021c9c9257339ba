"""Curves: how deep a monthly difference dips, when it is back, and when what was lost is made good.

    cumulated difference C(m) = Σ differences of the months up to m, at the month's end
    dip         the month of the lowest difference, if that is below zero
    back        the first day of the first month after the dip whose difference is not below zero
    made good   the day from which on, to the last month, C is never below zero: on the line through C at the ends of two months

Days are counted from the first counted day, a month has `month` of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class When:
    """A day, and between which days it lies; None is beyond the horizon."""

    day: float | None
    low: float | None
    high: float | None


def dip(difference: np.ndarray) -> int | None:
    """Place of the month of the lowest difference; None where no month is below zero.

    >>> dip(np.array([-1.0, -3.0, 2.0])), dip(np.array([0.0, 1.0]))
    (1, None)
    """
    lowest = int(np.argmin(difference))
    return lowest if difference[lowest] < 0.0 else None


def back(difference: np.ndarray, month: int) -> float | None:
    """Day on which the difference is back at zero after its dip; 0 where there is no dip, None where it never is.

    >>> back(np.array([-1.0, -3.0, 2.0]), 20), back(np.array([-3.0, -1.0]), 20), back(np.array([0.0, 1.0]), 20)
    (40.0, None, 0.0)
    """
    lowest = dip(difference)
    if lowest is None:
        return 0.0
    above = np.flatnonzero(difference[lowest:] >= 0.0)
    return float(month * (lowest + above[0])) if len(above) else None


def made_good(cumulated: np.ndarray, month: int) -> float | None:
    """Day from which on nothing of what was lost is missing; 0 where nothing was lost, None where it is never made good.

    >>> made_good(np.array([-10.0, -20.0, 20.0]), 20), made_good(np.array([-10.0, -20.0]), 20), made_good(np.array([0.0, 1.0]), 20)
    (50.0, None, 0.0)
    """
    below = np.flatnonzero(cumulated < 0.0)
    if not len(below):
        return 0.0
    last = int(below[-1])
    if last == len(cumulated) - 1:
        return None
    lost, gained = -cumulated[last], cumulated[last + 1]
    return float(month * (last + 1 + lost / (lost + gained)))


def between(mean: np.ndarray, half: np.ndarray, month: int, day_of: Callable[[np.ndarray, int], float | None]) -> When:
    """A day of the mean curve, and that of the curves at the upper and the lower end of its intervals."""
    return When(day_of(mean, month), day_of(mean + half, month), day_of(mean - half, month))


def median_day(days: list[float | None], confidence_rank: int) -> When:
    """The middle one of days of which some are beyond the horizon, and the days `confidence_rank` places before and after it.

    >>> median_day([10.0, 20.0, 30.0, None, None], 1)
    When(day=30.0, low=20.0, high=None)
    """
    ordered = sorted(np.inf if day is None else day for day in days)
    middle, last = (len(ordered) - 1) / 2.0, len(ordered) - 1
    low, high = max(0, int(np.floor(middle)) - confidence_rank), min(last, int(np.ceil(middle)) + confidence_rank)
    centre = (ordered[int(np.floor(middle))] + ordered[int(np.ceil(middle))]) / 2.0
    return When(*(None if np.isinf(day) else float(day) for day in (centre, ordered[low], ordered[high])))
