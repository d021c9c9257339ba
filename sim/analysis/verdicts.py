"""Verdicts: what the interval of one paired difference lets one say, and who is better.

Of a quantile that is not reached in many runs the mean is only a bound; the verdict is then about who is better in more pairs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from sim.analysis.results import BETTER, BEYOND_LIMIT, DIFFERS, NO_DIFFERENCE, TOO_CLOSE, Difference
from sim.analysis.superiority import probability_better
from sim.experiment.columns import standard_errors
from sim.model.outcomes import OUTCOMES

Share = Callable[[np.ndarray, float], tuple[float, float, float] | None]
"""(gain (R,), confidence) → share of pairs with a gain, low and high of its interval."""


def paired_difference(
    name: str, pair: tuple[str, str], values: np.ndarray, beyond: np.ndarray, half: float, confidence: float, one_of_many: float,
    share_of: Share = probability_better,
) -> Difference:  # fmt: skip
    """One outcome of one pair of designs.

    values       (2, R)
    beyond       (2,) shares of runs whose quantile was not reached
    half         the interval's half-width, NaN where it has none
    one_of_many  confidence of one direction, such that all of them hold with `confidence`
    share_of     the interval of the share of pairs in which the second is better
    """
    outcome = OUTCOMES[name]
    first, second = values[:, ~np.isnan(values).any(axis=0)]
    number = len(first)
    gaps = second - first
    first_mean, second_mean, mean = (float(x.mean()) if number else float("nan") for x in (first, second, gaps))
    sd = float(standard_errors(gaps[:, None])[0] * np.sqrt(number)) if number >= 2 else float("nan")
    low, high = (None, None) if np.isnan(half) else (mean - float(half), mean + float(half))
    matters = outcome.matters(first_mean) if number else float("nan")
    gain = outcome.better * gaps
    share, share_low, share_high = (share_of(gain, confidence) if outcome.better else None) or (None,) * 3
    if beyond.max() > BEYOND_LIMIT:
        word, better = verdict_by_share(share_of(gain, one_of_many), pair)
    else:
        word, better = verdict(low, high, matters, outcome.better, pair)
    return Difference(
        name, *pair, mean, sd, low, high, number, first_mean, second_mean, share, share_low, share_high, matters, word, better,
        float(beyond[0]), float(beyond[1]),
    )  # fmt: skip


def verdict(low: float | None, high: float | None, matters: float, direction: int, pair: tuple[str, str]) -> tuple[str, str | None]:
    """The word for an interval of second − first, and the better design's name.

    direction  +1: more is better, −1: less is better, 0: neither, then an interval beyond zero only "differs"
    """
    if low is None or high is None:
        return TOO_CLOSE, None
    if low > 0 or high < 0:
        if direction == 0:
            return DIFFERS, None
        return BETTER, pair[1] if (low > 0) == (direction > 0) else pair[0]
    if max(-low, high) <= matters:
        return NO_DIFFERENCE, None
    return TOO_CLOSE, None


def verdict_by_share(share: tuple[float, float, float] | None, pair: tuple[str, str]) -> tuple[str, str | None]:
    """The word where the mean is only a bound: better is who is better in more pairs than not, whole interval beyond one half.

    A run that does not reach the quantile counts as the window's length, so who is first in a pair is still right, and two such
    runs are a tie. By how much stays unknown.
    """
    if share is None or share[1] <= 0.5 <= share[2]:
        return TOO_CLOSE, None
    return BETTER, pair[1] if share[1] > 0.5 else pair[0]


def widest_in_errors(differences: Sequence[Difference]) -> float | None:
    """Half-width of the differences' intervals in standard errors, the widest of them; None without any."""
    widest = None
    for d in differences:
        if d.low is not None and d.high is not None and d.sd > 0.0:
            widest = max(widest or 0.0, (d.high - d.low) / 2.0 / (d.sd / math.sqrt(d.n)))
    return widest
