"""Seek: firms on which either design earns most more than the other, looked for with equal effort for both sides.

1. Points spread evenly over all that a firm may plausibly be (Latin hypercube: McKay, Beckman & Conover 1979, Technometrics 21,
   239–245), tried once for both sides.
2. For either side as many rounds of as many further points. A point of a round takes each number from one of two of the side's best
   few, at random, and shifts it by a normal step that shrinks from round to round (recombination and mutation of an evolution
   strategy: Beyer & Schwefel 2002, Natural Computing 1, 3–52). Both sides draw the same random numbers.
3. The numbers of a side's best point go back to where the search began as long as the lead holds: those whose going back alone
   costs least first, many at once, and in halves where that is too many (delta debugging: Zeller & Hildebrandt 2002, IEEE
   Transactions on Software Engineering 28, 183–200). What is left is few, not the fewest there can be.

Every value has two digits, so that what was tried is what stands in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.core.errors import InputError
from sim.experiment.space import spread_evenly, value_at
from sim.scenario.firm import FIRM

FIELDS = tuple(name for name, param in FIRM.items() if param.low < param.high)
"""What is searched: every number of a firm that has a range."""

BEST_FEW = 6
CHILDREN = 16
"""Points of a round, for either side."""

STEP, SHRINK = 0.2, 0.7
"""Standard deviation of the first round's steps, in shares of a range, and by what it is multiplied from round to round."""

FIRST, SECOND = -1, 1
"""Sides, by the sign of second less first that they look for."""

Firm = Mapping[str, float]
Measure = Callable[[str, Sequence[Firm]], Sequence[np.ndarray]]
"""(what is tried, firms) → for each firm (2, R): what either design earns, by seed; NaN where a run failed."""


@dataclass(frozen=True, eq=False)
class Tried:
    """One firm that was tried.

    place   (K,) in the order of FIELDS, each from 0 to 1
    firm    field → value
    earned  (2, R) what either design earned
    """

    place: np.ndarray
    firm: Firm
    earned: np.ndarray

    @property
    def gap(self) -> float:
        """Mean of second less first over the seeds that both have finished; NaN where none."""
        return mean_of(self.earned[1] - self.earned[0])


@dataclass(frozen=True, eq=False)
class Search:
    """What was tried.

    spread     the points that both sides share
    senseless  how many further ones the scenario's check for contradictions kept out
    rounds     side → its own points, round by round
    kept_out   side → how many further ones were kept out
    """

    spread: tuple[Tried, ...]
    senseless: int
    rounds: Mapping[int, tuple[Tried, ...]]
    kept_out: Mapping[int, int]

    def best(self, side: int) -> Tried:
        """The point with the side's largest lead, among all that the side knows."""
        return best_of([*self.spread, *self.rounds[side]], side)[0]


def mean_of(gaps: np.ndarray) -> float:
    """Mean of what is defined; NaN where nothing is.

    >>> mean_of(np.array([1.0, 2.0, np.nan])), mean_of(np.array([np.nan]))
    (1.5, nan)
    """
    there = gaps[~np.isnan(gaps)]
    return float(there.mean()) if len(there) else float("nan")


def firm_at(place: np.ndarray) -> dict[str, float]:
    """The firm at a place (K,) between 0 and 1."""
    return {name: value_at(FIRM[name], float(share)) for name, share in zip(FIELDS, place, strict=True)}


def best_of(tried: Sequence[Tried], side: int) -> list[Tried]:
    """The firms in the order of the side's lead, the largest first; those without any come last."""
    return sorted(tried, key=lambda one: -np.inf if np.isnan(one.gap) else side * one.gap, reverse=True)


def search(makes_sense: Callable[[Firm], bool], measure: Measure, points: int, rounds: int, seed: int) -> Search:
    """Try `points` firms for both sides, then `rounds` times CHILDREN for either.

    Raises InputError where none of the points makes sense.
    """
    places = list(spread_evenly(points, len(FIELDS), np.random.default_rng([seed, 0])))
    sensible = [place for place in places if makes_sense(firm_at(place))]
    if not sensible:
        raise InputError(f"--points {points}", "no firm among them makes sense", "designs that most firms can have", "try more points")
    spread = tuple(_try(f"{len(sensible)} firms", sensible, measure))
    own: dict[int, list[Tried]] = {FIRST: [], SECOND: []}
    kept_out = {FIRST: 0, SECOND: 0}
    for number in range(rounds):
        for side, found in own.items():
            parents = [one.place for one in best_of([*spread, *found], side)[:BEST_FEW]]
            drawn = children(parents, STEP * SHRINK**number, np.random.default_rng([seed, 1, number]))
            chosen: list[np.ndarray] = []
            while len(chosen) < CHILDREN:
                place = next(drawn)
                if makes_sense(firm_at(place)):
                    chosen.append(place)
                else:
                    kept_out[side] += 1
            found += _try(f"round {number + 1} of {rounds}, side {1 if side == FIRST else 2}", chosen, measure)
    return Search(spread, len(places) - len(sensible), {side: tuple(found) for side, found in own.items()}, kept_out)


def _try(title: str, places: Sequence[np.ndarray], measure: Measure) -> list[Tried]:
    firms = [firm_at(place) for place in places]
    return [Tried(*each) for each in zip(places, firms, measure(title, firms), strict=True)]


def children(parents: Sequence[np.ndarray], step: float, generator: np.random.Generator) -> Iterator[np.ndarray]:
    """Places between and around two parents at a time, without end."""
    while True:
        one, other = (parents[int(place)] for place in generator.integers(len(parents), size=2))
        mixed = np.where(generator.random(len(one)) < 0.5, one, other)
        yield np.clip(mixed + step * generator.normal(size=len(one)), 0.0, 1.0)


def fewest(found: Firm, usual: Firm, order: Sequence[str], holds: Callable[[Firm], bool]) -> dict[str, float]:
    """The found firm with as many of its numbers back at the usual ones as this order finds, while `holds`.

    order  names of what may go back, what goes first first
    holds  whether a firm still has what was found; it is asked of every firm on the way, never of the found one
    """
    kept = dict(found)
    groups = [[name for name in order if found[name] != usual[name]]]
    while groups:
        group = groups.pop(0)
        back = kept | {name: usual[name] for name in group}
        if group and holds(back):
            kept = back
        elif len(group) > 1:
            half = len(group) // 2
            groups[:0] = [group[:half], group[half:]]
    return kept
