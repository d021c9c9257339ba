"""Precision: replicate until the interval of a paired difference is as narrow as asked, and no further than a ceiling.

The rule is a function of the differences in the order of their seeds, never of the order in which runs were done: it looks after
fixed numbers of pairs (sim/experiment/sequences/looks.py), and its intervals hold at all looks at once (sim/experiment/sequences),
so that stopping when one is narrow does not make it wrong. With a fixed sample's interval it would: `python -m benchmarks coverage`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.experiment.measures import MEAN, MEASURES, Interval, Measure
from sim.experiment.sequences.looks import FLOOR, schedule
from sim.experiment.sequences.means import mean_interval
from sim.model.outcomes import HEADLINE, INDEX, NAMES, OUTCOMES

CEILING = 10_000
"""Pairs at which replication ends whether the precision is reached or not, unless something else is asked for."""

ASKED = 0.5
"""Part of the error that goes to the differences that are asked about; the rest is for all others that are shown. Fixed before the
runs, so that all intervals hold at once, and those that runs are spent on are the narrower ones."""

REACHED, AT_CEILING, NO_MEAN = "reached", "not reached at the ceiling", "the outcome has no mean"
"""Why replication ended; the last: a quantile is surely beyond the counted window in so many runs that a mean is only a bound."""


@dataclass(frozen=True)
class Continue:
    """Not narrow yet: live `next` pairs in all and ask again. half_widths are those of the last look, inf before the first."""

    pairs: int
    next: int
    half_widths: tuple[float, ...]


@dataclass(frozen=True)
class Stop:
    """Enough, or as much as there may be: the first `pairs` pairs are the result. `reached` says which of the two."""

    pairs: int
    reached: bool
    half_widths: tuple[float, ...]


def decide(
    differences: np.ndarray, looks: Sequence[int], alpha: float, half_width: float, interval: Interval = mean_interval, seen: int = 0
) -> Stop | Continue:
    """Whether paired differences are known well enough.

    differences  (R,) or (R, K): one row a pair in the order of the seeds, one column a difference; NaN where a pair is undefined.
                 Rows beyond a look that stops are not read, so it does not matter how many pairs were lived at once
    looks        pairs at each look, rising; the last one is the ceiling
    alpha        chance that any column's interval is ever wrong, split evenly between columns
    half_width   largest half-width that is narrow enough, of every column
    interval     what kind of quantity is sought in each column
    seen         looks after up to so many pairs were taken before and said to go on; they are not taken again

    Raises ValueError for looks that do not rise, an alpha outside 0 to 1 and a half-width that is not above 0.
    """
    columns = differences[:, None] if differences.ndim == 1 else differences
    if not looks or any(later <= earlier for earlier, later in zip((0, *looks), looks)):
        raise ValueError(f"looks rise: {tuple(looks)}")
    if not 0.0 < alpha < 1.0:
        raise ValueError(f"alpha is between 0 and 1: {alpha}")
    if not half_width > 0.0:
        raise ValueError(f"a half-width is above 0: {half_width}")
    widths = (math.inf,) * columns.shape[1]
    taken = 0
    for pairs in looks:
        if pairs <= seen:
            taken = pairs
            continue
        if len(columns) < pairs:
            return Continue(taken, pairs, widths)
        taken, widths = pairs, half_widths_at(columns[:pairs], alpha, len(looks), interval)
        if max(widths) <= half_width:
            return Stop(pairs, True, widths)
    return Stop(taken, False, widths)


def half_widths_at(columns: np.ndarray, alpha: float, looks: int, interval: Interval) -> tuple[float, ...]:
    """Half-widths of the columns of (R, K) at one look; inf where an interval lacks an end."""
    each = alpha / columns.shape[1]
    ends = (interval(column, each, looks) for column in columns.T)
    return tuple((high - low) / 2.0 for low, high in ends)


@dataclass(frozen=True)
class Precision:
    """What is asked of a comparison.

    half_width  of the intervals of every design against the first   [unit of the outcome as stored: a share is 0 to 1]
    outcome     whose differences are meant
    of          what is sought in them: a key of MEASURES; a share of histories is 0 to 1
    ceiling     pairs at which it ends, reached or not
    confidence  with which all intervals of all outcomes hold at once, at every look

    Raises ValueError for a half-width that is not a number above 0, an unknown outcome or measure, a share of histories of an outcome
    that has no better direction, a ceiling below FLOOR and a confidence outside 0 to 1.
    """

    half_width: float
    outcome: str = HEADLINE[0]
    ceiling: int = CEILING
    confidence: float = 0.95
    of: str = MEAN

    def __post_init__(self) -> None:
        if not (math.isfinite(self.half_width) and self.half_width > 0.0):
            raise ValueError(f"precision is a number above 0: {self.half_width}")
        if self.outcome not in INDEX:
            raise ValueError(f"no such outcome: {self.outcome}")
        if self.of not in MEASURES:
            raise ValueError(f"no such measure: {self.of}; known: {', '.join(MEASURES)}")
        if self.measure.is_share and not OUTCOMES[self.outcome].better:
            raise ValueError(f"neither more nor less {self.outcome} is better: it has no share of histories")
        if self.ceiling < FLOOR:
            raise ValueError(f"a ceiling is at least {FLOOR} pairs: {self.ceiling}")
        if not 0.0 < self.confidence < 1.0:
            raise ValueError(f"confidence is between 0 and 1: {self.confidence}")

    @property
    def measure(self) -> Measure:
        """What is sought."""
        return MEASURES[self.of]

    @property
    def looks(self) -> tuple[int, ...]:
        """Pairs at each look."""
        return schedule(self.ceiling)

    @property
    def alpha(self) -> float:
        """Chance that an interval of what is asked about is ever wrong, over all designs."""
        return (1.0 - self.confidence) * ASKED


@dataclass(frozen=True)
class Stopped:
    """How a comparison ended that was replicated until it was precise.

    end          one of REACHED, AT_CEILING, NO_MEAN
    pairs        simulated histories of the firm, each lived through under every design
    half_widths  second design → half-width of what was asked about at the end, inf where it has no interval
    known        second design → estimate, low and high of what was asked about
    """

    precision: Precision
    end: str
    pairs: int
    half_widths: dict[str, float]
    known: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def looks(self) -> int:
        """How often it was looked at."""
        return sum(look <= self.pairs for look in self.precision.looks)

    def alphas(self, others: int, outcomes: Sequence[str] = NAMES, confidence: float | None = None) -> np.ndarray:
        """(others, outcomes) chance that each mean's interval is ever wrong.

        With what was asked about, where that is no mean, it adds up to 1 − confidence over all outcomes there are.

        >>> stopped = Stopped(Precision(0.02), REACHED, 100, {})
        >>> round(float(stopped.alphas(2).sum()), 12), round(float(stopped.alphas(2, ["return_on_spend"]).sum()), 12)
        (0.05, 0.025)
        """
        error = 1.0 - (self.precision.confidence if confidence is None else confidence)
        asked = self.precision.outcome if self.precision.of == MEAN else None
        rest = error * (1.0 - ASKED) / (len(NAMES) - (asked is not None))
        each = [error * ASKED if name == asked else rest for name in outcomes]
        return np.tile(np.array(each) / max(others, 1), (others, 1))
