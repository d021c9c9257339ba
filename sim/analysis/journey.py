"""Journey: what each path costs and brings against staying, month by month, paired by seed.

    difference of a month = (earned − spent) of the path − (earned − spent) of staying, over the same seed
    old level             = mean of what staying earns in the same month
    paid back             in a history: the loss cumulated so far is made good, and stays so to the last month
    open, never           of the histories not paid back: gaining on staying in their last year, or not
    regret                = gain of the best path or of staying, whichever is more on average, less this one's, over the same seed

Bands hold for all months of a curve at once (sim/analysis/simultaneous.py), so the lowest month may be looked for and has an
interval all the same: as deep as the lowest point of the upper band at least, and of the lower band at most. The days on which the
bands are back at zero enclose the day on which the mean is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.analysis.curves import When, back, between, dip, made_good, median_day
from sim.analysis.simultaneous import half_widths, student_quantile
from sim.analysis.superiority import wilson_interval
from sim.experiment.comparison import Comparison
from sim.model.series import EARNED, SPENT, TO_COME

FEWEST = 2
"""Pairs of runs without which nothing has an interval."""


@dataclass(frozen=True)
class Interval:
    """A mean, and between which values it lies."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Dip:
    """The lowest month: from 1, None where no month is below staying; how low, as a share of the old level, 0 where there is no dip."""

    month: int | None
    depth: Interval

    @property
    def is_sure(self) -> bool:
        """Whether the month is below staying for sure."""
        return self.depth.low > 0.0


@dataclass(frozen=True, eq=False)
class Passage:
    """One path against staying. Money in thousand, days from the first counted day.

    difference   (3, M) mean, low and high of each month's difference
    cumulated    (3, M) the same of what they add up to by the month's end
    dip          the lowest mean difference
    earnings     the lowest mean difference of what is earned alone, spend left out: without the bill of the move itself
    back         when the mean difference is back at the old level
    made_good    when the mean cumulated difference is
    paid, paid_low, paid_high   share of histories paid back, with its interval
    open, never  shares of histories not paid back that gain on staying in their last year, and that do not
    median       when half of the histories are paid back
    last_year    mean monthly difference of the last year, as a share of the old level
    gain         what all months' differences add up to
    with_rest    the same with what everything live at the end would still earn
    regret       against the best of all paths and staying
    """

    name: str
    difference: np.ndarray
    cumulated: np.ndarray
    dip: Dip
    earnings: Dip
    back: When
    made_good: When
    paid: float
    paid_low: float
    paid_high: float
    open: float
    never: float
    median: When
    last_year: Interval
    gain: Interval
    with_rest: Interval
    regret: Interval


@dataclass(frozen=True, eq=False)
class Journey:
    """All paths against staying.

    level   (M,) what staying earns in a month   [thousand]
    best    name of the path, or of staying, that gains most on average
    staying regret of staying
    days    counted; month: days of one
    n       pairs of runs without a failed one
    """

    passages: tuple[Passage, ...]
    level: np.ndarray
    best: str
    staying: Interval
    stays: str
    days: int
    month: int
    n: int
    confidence: float

    @property
    def beyond(self) -> str:
        """What is said of a day that is not reached."""
        return f"beyond {self.days:,}"


def travelled(comparison: Comparison, confidence: float = 0.95) -> Journey:
    """What a comparison of staying, its first, with paths shows.

    Raises ValueError where fewer than two seeds finished under all of them, or no month was counted.
    """
    assert comparison.series is not None
    series = comparison.series[:, ~np.isnan(comparison.series[..., EARNED]).any(axis=(0, 2))]
    count, months = series.shape[1:3]
    if count < FEWEST or not months:
        raise ValueError(f"{count} histories of {months} months finished: at least {FEWEST} of one month are needed")
    month = int(comparison.scenario.model["month_days"])
    net = series[..., EARNED] - series[..., SPENT]
    level = series[0, :, :, EARNED].mean(axis=0)
    gaps = net - net[0]
    gains = gaps.sum(axis=2)
    best = int(np.argmax(gains.mean(axis=1)))
    regrets = gains[best] - gains
    half = np.nan_to_num(half_widths(regrets.T, confidence))
    regret = [Interval(float(mean), float(mean - wide), float(mean + wide)) for mean, wide in zip(regrets.mean(axis=1), half)]
    rest = series[:, :, -1, TO_COME] - series[0, :, -1, TO_COME]
    year = max(1, int(comparison.scenario.model["year_days"]) // month)
    earned = series[..., EARNED] - series[0, :, :, EARNED]
    passages = tuple(
        _passage(name, gaps[p], _dip(earned[p], level, confidence), gains[p] + rest[p], level, regret[p], (month, year, confidence))
        for p, name in enumerate(comparison.designs) if p
    )  # fmt: skip
    return Journey(passages, level, comparison.designs[best], regret[0], comparison.designs[0], comparison.scenario.run.days, month, count,
                   confidence)  # fmt: skip


def _passage(
    name: str, gaps: np.ndarray, earnings: Dip, with_rest: np.ndarray, level: np.ndarray, regret: Interval,
    counted: tuple[int, int, float],
) -> Passage:  # fmt: skip
    """One path: gaps are (R, M) monthly differences from staying; counted are days of a month, months of a year, confidence."""
    month, year, confidence = counted
    sums = np.cumsum(gaps, axis=1)
    mean, cumulated = gaps.mean(axis=0), sums.mean(axis=0)
    wide, wide_sum = half_widths(gaps, confidence), half_widths(sums, confidence)
    days = [made_good(line, month) for line in sums]
    paid = sum(day is not None for day in days) / len(days)
    recent = gaps[:, -year:].mean(axis=1)
    never = sum(day is None and late <= 0.0 for day, late in zip(days, recent.tolist())) / len(days)
    return Passage(
        name,
        np.stack([mean, mean - wide, mean + wide]),
        np.stack([cumulated, cumulated - wide_sum, cumulated + wide_sum]),
        _dip(gaps, level, confidence),
        earnings,
        between(mean / level, wide / level, month, back),
        between(cumulated, wide_sum, month, made_good),
        paid,
        *wilson_interval(paid, len(days), confidence),
        sum(day is None and late > 0.0 for day, late in zip(days, recent.tolist())) / len(days),
        never,
        median_day(days, math.ceil(_normal(confidence) * math.sqrt(len(days)) / 2.0)),
        _mean(gaps[:, -year:].mean(axis=1) / level[-year:].mean(), confidence),
        _mean(sums[:, -1], confidence),
        _mean(with_rest, confidence),
        regret,
    )


def _dip(gaps: np.ndarray, level: np.ndarray, confidence: float) -> Dip:
    """The lowest month of (R, M) differences, as a share of the level."""
    mean, wide = gaps.mean(axis=0) / level, half_widths(gaps, confidence) / level
    lowest = dip(mean)
    depth = Interval(*(max(0.0, -float(line.min())) for line in (mean, mean + wide, mean - wide)))
    return Dip(None if lowest is None else lowest + 1, depth)


def _mean(values: np.ndarray, confidence: float) -> Interval:
    """Mean of the runs' values, with its own interval."""
    wide = float(half_widths(values[:, None], confidence)[0])
    return Interval(float(values.mean()), float(values.mean()) - wide, float(values.mean()) + wide)


def _normal(confidence: float) -> float:
    """Two-sided quantile of the normal distribution."""
    return float(student_quantile(0.5 + confidence / 2.0, np.array(np.inf)))
