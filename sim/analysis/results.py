"""What an analysis gives back: one estimate a design and outcome, one difference a comparison and outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sim.experiment.comparison import BEYOND_LIMIT
from sim.experiment.precision import Stopped

if TYPE_CHECKING:
    from sim.analysis.attribution import Attribution

BETTER = "better"
DIFFERS = "differs"
NO_DIFFERENCE = "no difference that matters"
TOO_CLOSE = "too close"
VERDICTS = (BETTER, DIFFERS, NO_DIFFERENCE, TOO_CLOSE)


@dataclass(frozen=True)
class Estimate:
    """One outcome of one design over its runs, in the outcome's unit as stored (a share is 0 to 1).

    low, high     interval of the mean, this one alone; None where it has none
    n             runs in which the outcome is defined
    beyond_share  share of runs in which the quantile was not reached
    """

    mean: float
    sd: float
    low: float | None
    high: float | None
    n: int
    beyond_share: float = 0.0


@dataclass(frozen=True)
class Difference:
    """Second design less first, over the seeds in which both are defined.

    mean, sd           of the paired differences
    low, high          interval that holds for all differences of the analysis at once; None where it has none
    first_mean, second_mean   over the same pairs: their difference is `mean`
    probability_better share of pairs in which the second is better, ties half, with its own interval; None where the
                       outcome has no better direction
    matters            smallest difference that matters
    verdict            one of VERDICTS
    better             name of the better design where the verdict is "better"
    first_beyond_share, second_beyond_share   shares of the designs' runs whose quantile was not reached; over 5 % the
                       mean is only a bound, has no interval, and the verdict rests on who is better how often
    """

    outcome: str
    first: str
    second: str
    mean: float
    sd: float
    low: float | None
    high: float | None
    n: int
    first_mean: float
    second_mean: float
    probability_better: float | None
    probability_low: float | None
    probability_high: float | None
    matters: float
    verdict: str
    better: str | None
    first_beyond_share: float = 0.0
    second_beyond_share: float = 0.0

    @property
    def beyond_share(self) -> float:
        """Larger of the two designs' shares of runs whose quantile was not reached."""
        return max(self.first_beyond_share, self.second_beyond_share)

    @property
    def beyond(self) -> bool:
        """True where so many runs did not reach the quantile that the mean says little."""
        return self.beyond_share > BEYOND_LIMIT

    @property
    def is_small(self) -> bool:
        """True where the whole interval is inside what matters: a difference may be sure and still not matter."""
        return self.low is not None and self.high is not None and max(abs(self.low), abs(self.high)) <= self.matters

    @property
    def sure(self) -> bool:
        """True where the direction is sure: the interval is beyond zero, or without one the share of pairs beyond one half."""
        return self.verdict in (BETTER, DIFFERS)


@dataclass(frozen=True)
class Best:
    """Which designs may be the best in one outcome, of three or more.

    designs  those that cannot be told from the best, by falling mean; with the analysis' confidence the best is among them
    told     the others, of each of which some design is surely better
    behind   design → how far it is behind the best at most [unit of the outcome]; 0 where it surely is the best, None where
             there is no interval to say so
    """

    outcome: str
    designs: tuple[str, ...]
    told: tuple[str, ...]
    behind: Mapping[str, float | None]


@dataclass(frozen=True)
class Counted:
    """The differences under one way of counting.

    name, sentence  what is counted, and how
    outcome         headline outcome that is counted so; the differences are in its unit
    usual           True for the way in which it is counted everywhere else
    differences     second design → Difference
    """

    name: str
    sentence: str
    outcome: str
    usual: bool
    differences: Mapping[str, Difference]


@dataclass(frozen=True)
class HangsOn:
    """An assumption that turns a verdict, or makes it unsure, at one end of its plausible range.

    second       design whose difference from the first it is about
    path, value  what is set to which end     [unit]
    usual        what the scenario has        [unit]
    effect       a word of sim.analysis.contrasts
    """

    second: str
    path: str
    value: float
    usual: float
    unit: str
    meaning: str
    effect: str


@dataclass(frozen=True)
class Analysis:
    """Everything that table, page and charts read.

    designs      in order; the first is what the others are compared with
    estimates    design → outcome → Estimate
    differences  second design → outcome → Difference
    counted      the headline differences under each way of counting; empty where only one was tried
    hangs_on     assumptions that the headline verdicts hang on, where they were looked for
    assumptions  how many were looked at; 0 where none were
    best         headline outcome, and the one that precision was asked of → what may be the best; empty below three designs
    stopped      how replication ended, where it went on until a difference was known well enough
    attributions what each bundle contributes to each design's difference; empty where that was not asked for
    over_firms   in how many firms like this one a design earns more, in words; empty where nobody looked
    """

    confidence: float
    designs: tuple[str, ...]
    outcomes: tuple[str, ...]
    estimates: Mapping[str, Mapping[str, Estimate]]
    differences: Mapping[str, Mapping[str, Difference]]
    counted: tuple[Counted, ...] = ()
    hangs_on: tuple[HangsOn, ...] = ()
    assumptions: int = 0
    best: Mapping[str, Best] = field(default_factory=dict)
    stopped: Stopped | None = None
    attributions: tuple[Attribution, ...] = ()
    over_firms: str = ""

    @property
    def first(self) -> str:
        """The design that the others are compared with."""
        return self.designs[0]

    @property
    def others(self) -> tuple[str, ...]:
        """The designs compared with the first, in order."""
        return self.designs[1:]
