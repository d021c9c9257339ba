"""Seek, judged: how often either design surely earns more, what about a firm decides, and how large the found leads really are.

The best of many is partly luck, so a found firm is judged on seeds that it was not chosen with. The share of evenly spread firms on
which a design surely earns more is the map; the found firms are its ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.contrasts import Case, Contrast, case, contrasts, differences
from sim.analysis.results import Difference
from sim.analysis.separators import Separator, going_with
from sim.experiment.comparison import Comparison
from sim.experiment.seek import FIELDS, FIRST, Search, Tried, mean_of
from sim.model.outcomes import HEADLINE

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

CLOSE = "too close"
KEPT = 0.5
"""Share of a found lead that has to be left, surely, where numbers go back to where the search began."""

MOST = 0.5
"""Share of a lead from which on a mechanism whose absence takes it away does most of it."""


@dataclass(frozen=True)
class Carrier:
    """What a lead loses without one mechanism.

    taken  change of the lead without it, in shares of the lead: 1 all of it is gone, over 1 it turns
    """

    mechanism: str
    taken: float
    contrast: Contrast

    @property
    def does_most(self) -> bool:
        """Whether most of the lead goes with it."""
        return self.taken > MOST


@dataclass(frozen=True)
class Found:
    """The firm found for one side.

    side      FIRST or SECOND
    scenario  with the few numbers that it needs
    fields    in which it differs from where the search began, the one that separates most first
    whole     the difference at the firm as the search found it, on fresh seeds
    lead      the difference at the firm in few numbers, on fresh seeds
    carriers  mechanisms whose absence surely takes some of the lead away, the one that takes most first
    """

    side: int
    design: str
    scenario: Scenario
    fields: tuple[str, ...]
    whole: Difference
    lead: Difference
    carriers: tuple[Carrier, ...]

    @property
    def sure(self) -> bool:
        """Whether the side's design surely earns more there."""
        return self.lead.better == self.design


@dataclass(frozen=True, eq=False)
class Sought:
    """Everything that a search gives.

    shares      design → on how many of the evenly spread firms it surely earns more; CLOSE → the rest
    separators  every number of a firm, the one that goes most with the difference first
    found       the firm of either side, the first design's first
    usual       the firm where the search began
    """

    search: Search
    shares: Mapping[str, int]
    separators: Sequence[Separator]
    found: Sequence[Found]
    usual: Mapping[str, float]


def shares(tried: Sequence[Tried], designs: Sequence[str], confidence: float = 0.95) -> dict[str, int]:
    """Design → on how many of the firms it surely earns more, each firm for itself; CLOSE → the rest."""
    cases = [_case(str(number), one.earned) for number, one in enumerate(tried)]
    better = [found[designs[1]].better for found in differences(cases, designs, confidence, alone=True)]
    count = {design: better.count(design) for design in designs}
    return {**count, CLOSE: len(better) - sum(count.values())}


def separators(tried: Sequence[Tried], confidence: float = 0.95) -> list[Separator]:
    """Every number of a firm, the one that goes most with the difference first."""
    there = [one for one in tried if not np.isnan(one.gap)]
    values = np.array([[one.firm[name] for name in FIELDS] for one in there]).reshape(len(there), len(FIELDS))
    return going_with(FIELDS, values, np.array([one.gap for one in there]), confidence)


def half_is_left(side: int, before: np.ndarray, after: np.ndarray, designs: Sequence[str], confidence: float = 0.95) -> bool:
    """Whether the side's lead surely is more than KEPT of what it was; before and after are (2, R) on the same seeds."""
    was, now = (found[designs[1]] for found in differences([_case("", before), _case("", after)], designs, confidence, alone=True))
    if now.low is None or now.high is None or np.isnan(was.mean):
        return False
    return min(side * now.low, side * now.high) > KEPT * max(0.0, side * was.mean)


def by_loss(side: int, before: np.ndarray, after: Mapping[str, np.ndarray]) -> list[str]:
    """The names in the order of what the side's lead loses, the least first; before and each of after are (2, R) on the same seeds."""
    lost = {name: side * mean_of((before[1] - before[0]) - (one[1] - one[0])) for name, one in after.items()}
    return sorted(lost, key=lambda name: (np.isnan(lost[name]), lost[name]))


def _case(name: str, earned: np.ndarray) -> Case:
    return Case(name, earned, np.zeros(earned.shape, bool), HEADLINE[0])


def judged(comparisons: Sequence[Comparison], designs: Sequence[str], confidence: float = 0.95) -> list[Difference]:
    """Second less first of each comparison; all intervals hold at once."""
    cases = [case(str(number), found, HEADLINE[0]) for number, found in enumerate(comparisons)]
    return [found[designs[1]] for found in differences(cases, designs, confidence)]


def carriers(side: int, ablated: Mapping[str, Comparison], designs: Sequence[str], confidence: float = 0.95) -> tuple[Carrier, ...]:
    """What surely carries the side's lead; ablated is mechanism → the comparison without it, the first one with all of them."""
    usual, *without = contrasts([case(name, found, HEADLINE[0]) for name, found in ablated.items()], designs, confidence)[designs[1]]
    lead = side * usual.difference.mean
    surely = [one for one in without if one.change_low is not None and one.change_high is not None
              and max(side * one.change_low, side * one.change_high) < 0.0 < lead]  # fmt: skip
    found = [Carrier(one.setting, -side * one.change / lead, one) for one in surely]
    return tuple(sorted(found, key=lambda one: -one.taken))


def design_of(side: int, designs: Sequence[str]) -> str:
    """The design that a side looks for.

    >>> design_of(-1, ("a", "b")), design_of(1, ("a", "b"))
    ('a', 'b')
    """
    return designs[0] if side == FIRST else designs[1]
