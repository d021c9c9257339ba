"""Paired comparison: every design against the first on the same seeds, so that luck they share cancels out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.results import BETTER, BEYOND_LIMIT, DIFFERS, NO_DIFFERENCE, TOO_CLOSE, Analysis, Difference, Estimate
from sim.analysis.simultaneous import half_widths, student_quantile
from sim.analysis.superiority import probability_better
from sim.experiment.columns import standard_errors
from sim.experiment.comparison import Comparison
from sim.model.outcomes import INDEX, NAMES, OUTCOMES


def analyse(comparison: Comparison, confidence: float = 0.95, outcomes: Sequence[str] = NAMES) -> Analysis:
    """Estimates of every design and differences from the first.

    The differences' intervals hold together for all `outcomes` and all designs compared, with probability `confidence`;
    verdicts use these same intervals. Where over 5 % of a design's runs do not reach a quantile, its mean is a bound and has no
    interval; the verdict then says who is better in more pairs than not.

    Raises ValueError for a confidence outside 0 to 1, and for a name that is no outcome.
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence is between 0 and 1: {confidence}")
    unknown = [name for name in outcomes if name not in INDEX]
    if unknown:
        raise ValueError(f"no such outcome: {', '.join(unknown)}")
    columns = [INDEX[name] for name in outcomes]
    values, beyond = comparison.outcomes[:, :, columns], comparison.beyond[:, :, columns]
    beyond_share = _beyond_share(values, beyond)
    estimates = {design: _estimates(outcomes, values[d], beyond_share[d], confidence) for d, design in enumerate(comparison.designs)}
    differences = _differences(comparison.designs, outcomes, values, beyond_share, confidence)
    return Analysis(confidence, comparison.designs, tuple(outcomes), estimates, differences)


def _beyond_share(values: np.ndarray, beyond: np.ndarray) -> np.ndarray:
    """(D, O) share of the defined runs whose quantile was not reached."""
    present = ~np.isnan(values)
    return (beyond & present).sum(axis=1) / np.maximum(present.sum(axis=1), 1)


def _means(values: np.ndarray) -> np.ndarray:
    """Means of the columns over the defined rows, NaN where none is (np.nanmean would warn)."""
    present = ~np.isnan(values)
    total = np.where(present, values, 0.0).sum(axis=0)
    number = present.sum(axis=0)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _estimates(outcomes: Sequence[str], values: np.ndarray, beyond_share: np.ndarray, confidence: float) -> dict[str, Estimate]:
    """One design's outcomes; values (R, O), beyond_share (O,)."""
    number = (~np.isnan(values)).sum(axis=0)
    mean, error = _means(values), standard_errors(values)
    half = student_quantile(0.5 + confidence / 2.0, number - 1.0) * error
    found = {}
    for o, name in enumerate(outcomes):
        has_interval = number[o] >= 2 and beyond_share[o] <= BEYOND_LIMIT
        sd = float(error[o] * np.sqrt(number[o])) if number[o] >= 2 else float("nan")
        low, high = (float(mean[o] - half[o]), float(mean[o] + half[o])) if has_interval else (None, None)
        found[name] = Estimate(float(mean[o]), sd, low, high, int(number[o]), float(beyond_share[o]))
    return found


def _differences(
    designs: tuple[str, ...], outcomes: Sequence[str], values: np.ndarray, beyond_share: np.ndarray, confidence: float
) -> dict[str, dict[str, Difference]]:
    """Every other design less the first; their intervals are one family."""
    paired = values[1:] - values[0]
    others, replicates, columns = paired.shape
    # A quantile that is beyond the window in too many runs gets no interval, so it takes no share of the family's error either.
    bound = np.maximum(beyond_share[1:], beyond_share[0]) > BEYOND_LIMIT
    family = np.where(bound[:, None, :], np.nan, paired).transpose(1, 0, 2).reshape(replicates, others * columns)
    half = half_widths(family, confidence).reshape(others, columns)
    one_of_many = confidence ** (1.0 / (others * columns)) if others else confidence
    return {
        second: {
            name: paired_difference(
                name, (designs[0], second), values[(0, s + 1), :, o], beyond_share[(0, s + 1), o], half[s, o], confidence, one_of_many
            )
            for o, name in enumerate(outcomes)
        }
        for s, second in enumerate(designs[1:])
    }


def paired_difference(
    name: str, pair: tuple[str, str], values: np.ndarray, beyond: np.ndarray, half: float, confidence: float, one_of_many: float
) -> Difference:
    """One outcome of one pair of designs.

    values       (2, R)
    beyond       (2,) shares of runs whose quantile was not reached
    half         the interval's half-width, NaN where it has none
    one_of_many  confidence of one direction, such that all of them hold with `confidence` (Šidák)
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
    share, share_low, share_high = (probability_better(gain, confidence) if outcome.better else None) or (None,) * 3
    if beyond.max() > BEYOND_LIMIT:
        word, better = verdict_by_share(probability_better(gain, one_of_many), pair)
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
