"""Winners, counted: in how many of the firms of an ensemble each design earns most, and more than the first.

A firm is a firm, not a history: its verdict is that of its mean over few histories, and how many verdicts are sure is said beside. The
intervals are of the share among all firms that the ensemble stands for, of which these are so many draws (Wilson 1927).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.analysis.contrasts import Case, differences
from sim.analysis.quantities import per_cent, plain, sentence
from sim.analysis.separators import Separator, going_with
from sim.analysis.superiority import wilson_interval
from sim.experiment.ablation import ALL_ON
from sim.experiment.winners import Lived
from sim.model.outcomes import HEADLINE

FIFTHS = 5
NEAR = 0.05
"""How far a share may be from so many fifths to be called that; else it is said in per cent."""


@dataclass(frozen=True)
class Share:
    """A share of firms: `count` of `firms`."""

    count: int
    firms: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.count / self.firms

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, 95 %."""
        return wilson_interval(self.share, self.firms)


@dataclass(frozen=True)
class Duel:
    """A second design against the first.

    more     firms on which it earns more on average
    surely   firms on which it surely does, each firm for itself
    surely_less  firms on which the first surely earns more
    middle   middle firm's difference in return, second less first
    """

    second: str
    more: Share
    surely: int
    surely_less: int
    middle: float


@dataclass(frozen=True)
class Cause:
    """Why a design earns most nowhere.

    mechanism  the one whose absence brings it nearest to the best of the others; None where none helps
    wins       firms, of those tried, on which it earns most without that mechanism
    tried      firms on which mechanisms were switched off
    lift       mean gain of its lead over the best of the others, per 1 spent
    """

    mechanism: str | None
    wins: int
    tried: int
    lift: float


@dataclass(frozen=True)
class Winners:
    """The verdicts over an ensemble; `causes` has an entry for each design that earns most on no firm."""

    designs: tuple[str, ...]
    most: Mapping[str, Share]
    duels: Mapping[str, Duel]
    senseless: int
    causes: Mapping[str, Cause]

    @property
    def firms(self) -> int:
        """Firms with a verdict."""
        return next(iter(self.most.values())).firms


def winners(lived: Lived, causes: Mapping[str, Cause] | None = None) -> Winners:
    """Count; firms on which a run of every history failed have no verdict. Raises ValueError where none has one."""
    means = means_of(lived.earned)
    there = np.isfinite(means).all(axis=1)
    if not there.any():
        raise ValueError("no firm has a verdict")
    best, whole = means[there].argmax(axis=1), int(there.sum())
    most = {design: Share(int((best == place).sum()), whole) for place, design in enumerate(lived.designs)}
    duels = {design: _duel(lived, means, there, place) for place, design in enumerate(lived.designs) if place}
    return Winners(lived.designs, most, duels, len(lived.senseless), dict(causes or {}))


def means_of(earned: np.ndarray) -> np.ndarray:
    """(F, D) means over the histories that every design has finished; NaN where there are none."""
    both = np.isfinite(earned).all(axis=1, keepdims=True)
    count = both.sum(axis=2)
    return np.where(count > 0, np.where(both, earned, 0.0).sum(axis=2) / np.maximum(count, 1), np.nan)


def _duel(lived: Lived, means: np.ndarray, there: np.ndarray, place: int) -> Duel:
    first, second = lived.designs[0], lived.designs[place]
    gaps = means[there, place] - means[there, 0]
    pairs = lived.earned[there][:, [0, place]]
    cases = [Case(str(number), one, np.zeros(one.shape, bool), HEADLINE[0]) for number, one in enumerate(pairs)]
    better = [found[second].better for found in differences(cases, (first, second), 0.95, alone=True)]
    return Duel(second, Share(int((gaps > 0).sum()), len(gaps)), better.count(second), better.count(first), float(np.median(gaps)))


def what_goes_with(lived: Lived, firms: Sequence[Mapping[str, float]]) -> dict[str, list[Separator]]:
    """Each later design → the numbers that surely go with its lead over the first, strongest first; firms as `live_on` had them."""
    means = means_of(lived.earned)
    there = np.isfinite(means).all(axis=1)
    paths = list(firms[0])
    values = np.array([[firms[number - 1][path] for path in paths] for number in lived.numbers[there]])
    gaps = means[there] - means[there, :1]
    found = {design: going_with(paths, values, gaps[:, place]) for place, design in enumerate(lived.designs) if place}
    return {design: [one for one in every if one.sure] for design, every in found.items()}


def cause(without: Mapping[str, np.ndarray], designs: tuple[str, ...], design: str) -> Cause:
    """Which mechanism's absence brings a design nearest to the best of the others; without is as `live_without` gives it."""
    place = designs.index(design)
    leads = {name: means[:, place] - np.delete(means, place, axis=1).max(axis=1) for name, means in without.items()}
    usual = leads.pop(ALL_ON)
    lifts = {name: float(np.nanmean(lead - usual)) for name, lead in leads.items()}
    best = max(lifts, key=lambda name: lifts[name])
    if lifts[best] <= 0.0:
        return Cause(None, 0, len(usual), 0.0)
    return Cause(best, int((leads[best] > 0).sum()), len(usual), lifts[best])


def only(found: Winners, designs: Sequence[str]) -> Winners:
    """The verdicts about these designs, in their order; who earns most is still among all."""
    duels = {design: found.duels[design] for design in designs[1:]}
    return replace(found, duels=duels)


def in_words(share: Share, opening: bool = True) -> str:
    """ "in 4 of 5 firms like yours (78 to 87 %)"; a share that is far from fifths is said in per cent.

    >>> in_words(Share(250, 300)), in_words(Share(298, 300), opening=False)
    ('in 4 of 5 firms like yours (79 to 87 %)', 'in 99 % (98 to 100 %)')
    """
    fifths = round(FIFTHS * share.share)
    low, high = share.interval
    told = 0 < fifths < FIFTHS and abs(share.share - fifths / FIFTHS) <= NEAR
    how_many = f"{fifths} of {FIFTHS}" if told else per_cent(share.share)
    like_yours = (" firms like yours" if told else " of firms like yours") if opening else ""
    return f"in {how_many}{like_yours} ({100 * low:.0f} to {100 * high:.0f} %)"


def firms_sentence(found: Winners) -> str:
    """The headline's second sentence: over firms, not histories."""
    clauses = [f"{plain(duel.second)} earns more{' than ' + plain(found.designs[0]) if opening else ''} {in_words(duel.more, opening)}"
               for opening, duel in zip([True, *[False] * len(found.duels)], found.duels.values(), strict=False)]  # fmt: skip
    return sentence("; ".join(clauses)) + "."
