"""Attribution: what each bundle of a design contributes to a difference, exactly, and whether bundles are worth more together.

    share φ_b   = Σ_S |S|! (n − |S| − 1)! / n! · (v(S ∪ b) − v(S))                            over all sets S of the other bundles
    pair I_bc   = Σ_S |S|! (n − |S| − 2)! / (n − 1)! · (v(S ∪ bc) − v(S ∪ b) − v(S ∪ c) + v(S))   over all sets S of the others
    together    = (v(all) − v(none)) − Σ_b (v(b) − v(none))

v(S)  outcome of the design that has the bundles of S from the second design and the others from the first, over the same seed

Shares add up to the difference, φ_b is 0 where b changes nothing (Shapley 1953, A value for n-person games); I_bc is above 0 where the
two are complements, averaged over what the others are (Grabisch & Roubens 1999, Int. J. Game Theory 28, 547–565, definition 3.1).
Every share is had for every replicate, so that what chance does to it is seen. A replicate in which any design has no outcome is left out
as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sim.analysis.results import BEYOND_LIMIT
from sim.analysis.simultaneous import half_widths
from sim.model.outcomes import HEADLINE, INDEX, OUTCOMES

ATTRIBUTED = (*HEADLINE, "finished_share", "benefits_realised_share", "change_failure_rate", "cost_total")
"""Outcomes whose differences are attributed: what headlines speak of, what is finished and realised, reliability and spend."""

ROUNDING = 1e-13
"""Share of the largest outcome below which a number is what rounding leaves."""


def marginals(values: np.ndarray, player: int) -> tuple[np.ndarray, np.ndarray]:
    """((2^(n−1), …) what `player` adds to each set of the others, (2^(n−1),) sizes of these sets).

    values  (2^n, …) by set; bit b of the place says whether b is in it
    """
    places = np.arange(len(values))
    without = places[places >> player & 1 == 0]
    return values[without | 1 << player] - values[without], np.array([int(place).bit_count() for place in without])


def shapley_shares(values: np.ndarray) -> np.ndarray:
    """(n, …) shares of each player in values[-1] − values[0].

    values  (2^n, …) by set; bit b of the place says whether player b is in it

    >>> shapley_shares(np.array([0.0, 1.0, 2.0, 7.0])).tolist()  # 1 and 2 alone, 4 more where both are there
    [3.0, 4.0]

    Raises ValueError where the number of sets is no power of two.
    """
    players = _players(values)
    found = np.empty((players, *values.shape[1:]))
    for player in range(players):
        added, sizes = marginals(values, player)
        weights = [math.factorial(s) * math.factorial(players - s - 1) / math.factorial(players) for s in sizes.tolist()]
        # Differences first: what changes nothing has a share of exactly nothing.
        found[player] = np.tensordot(weights, added, axes=1)
    return found


def shapley_interactions(values: np.ndarray) -> dict[tuple[int, int], np.ndarray]:
    """(one, other) → (…) interaction index of every two players: above 0 where they are complements, below where they replace each other.

    values  as for `shapley_shares`

    >>> float(shapley_interactions(np.array([0.0, 1.0, 2.0, 7.0]))[0, 1])
    4.0

    Raises ValueError where the number of sets is no power of two.
    """
    players = _players(values)
    found = {}
    for one, other in combinations(range(players), 2):
        added, _ = marginals(values, other)  # the sets of all others come in their order, so `one` keeps its place below `other`
        twice, sizes = marginals(added, one)
        weights = [math.factorial(s) * math.factorial(players - s - 2) / math.factorial(players - 1) for s in sizes.tolist()]
        found[one, other] = np.tensordot(weights, twice, axes=1)
    return found


def alone(values: np.ndarray) -> np.ndarray:
    """(n, …) what each player adds where nobody else is."""
    return np.stack([values[1 << player] - values[0] for player in range(_players(values))])


def at_last(values: np.ndarray) -> np.ndarray:
    """(n, …) what each player adds where everybody else is there already."""
    return np.stack([values[-1] - values[len(values) - 1 - (1 << player)] for player in range(_players(values))])


def together(values: np.ndarray) -> np.ndarray:
    """(…) what all players bring beyond the sum of what each brings alone.

    >>> float(together(np.array([0.0, 1.0, 2.0, 7.0])))
    4.0
    """
    return values[-1] - values[0] - alone(values).sum(axis=0)


def _players(values: np.ndarray) -> int:
    players = len(values).bit_length() - 1
    if len(values) != 1 << players or players < 1:
        raise ValueError(f"sets of n players are 2^n, at least 2: {len(values)}")
    return players


@dataclass(frozen=True)
class Part:
    """A mean over replicates in the outcome's unit as stored, and its interval; None where it has none."""

    mean: float
    low: float | None
    high: float | None

    @property
    def sure(self) -> bool:
        """Whether the interval is beyond zero."""
        return self.low is not None and self.high is not None and (self.low > 0.0 or self.high < 0.0)


@dataclass(frozen=True)
class Attributed:
    """What the bundles contribute to one outcome's difference.

    first_mean, difference  over the replicates that count; the shares' means add up to the difference
    shares    bundle → its Shapley share
    alone     bundle → what it does alone, everything else as in the first design
    at_last   bundle → what it does where everything else is as in the second design already
    pairs     (bundle, bundle) → interaction index
    together  what all do beyond the sum of what each does alone
    matters   smallest difference that matters
    beyond_share  largest share of runs of any of the designs whose quantile was not reached; over 5 % there are no intervals, since
              what is attributed is then the difference of two bounds
    n         replicates
    """

    outcome: str
    first_mean: float
    difference: float
    shares: dict[str, Part]
    alone: dict[str, Part]
    at_last: dict[str, Part]
    pairs: dict[tuple[str, str], Part]
    together: Part
    matters: float
    beyond_share: float
    n: int

    @property
    def bound(self) -> bool:
        """True where so many runs did not reach the quantile that the shares are shares of a bound."""
        return self.beyond_share > BEYOND_LIMIT


@dataclass(frozen=True)
class Attribution:
    """One design's difference from the first, outcome → what the bundles contribute.

    bundles  in order
    designs  how many different designs were run, of the 2^n
    """

    first: str
    second: str
    bundles: tuple[str, ...]
    designs: int
    outcomes: dict[str, Attributed]
    confidence: float


def attribute(
    pair: tuple[str, str], bundles: Sequence[str], outcomes: np.ndarray, beyond: np.ndarray, designs: int,
    names: Sequence[str] = ATTRIBUTED, confidence: float = 0.95,
) -> Attribution:  # fmt: skip
    """What each bundle contributes to the difference of a pair of designs.

    outcomes, beyond  (2^n, R, O) runs of every mix on the same seeds, columns as in sim.model.outcomes.NAMES
    designs           how many different ones there are among the mixes

    The shares' intervals hold at once for all bundles and all `names`; so do those of what bundles do alone and at last, and so do
    those of all interactions.

    Raises ValueError where there are not 2^n mixes of n bundles.
    """
    if len(outcomes) != 1 << len(bundles):
        raise ValueError(f"{len(bundles)} bundles have {1 << len(bundles)} mixes, not {len(outcomes)}")
    values = {name: _whole(outcomes[:, :, INDEX[name]]) for name in names}
    shares_beyond = {name: float(beyond[:, :, INDEX[name]].mean(axis=1).max()) for name in names}
    has_bound = {name: shares_beyond[name] > BEYOND_LIMIT for name in names}
    pairs = list(combinations(bundles, 2))
    tables: tuple[Callable[[np.ndarray], np.ndarray], ...] = (
        shapley_shares, lambda v: np.concatenate([alone(v), at_last(v)]),
        lambda v: np.stack([*shapley_interactions(v).values(), together(v)]),
    )  # fmt: skip
    shares, edges, joint = (
        _parts({name: _clean(table(v), v) for name, v in values.items()}, has_bound, confidence) for table in tables
    )
    found = {}
    for name, v in values.items():
        there = ~np.isnan(v[0])
        count = int(there.sum())
        first, last = (float(v[place, there].mean()) if count else math.nan for place in (0, -1))
        found[name] = Attributed(
            name, first, last - first, dict(zip(bundles, shares[name])), dict(zip(bundles, edges[name])),
            dict(zip(bundles, edges[name][len(bundles) :])), dict(zip(pairs, joint[name])), joint[name][-1],
            OUTCOMES[name].matters(first), shares_beyond[name], count,
        )  # fmt: skip
    return Attribution(*pair, tuple(bundles), designs, found, confidence)


def _whole(values: np.ndarray) -> np.ndarray:
    """(2^n, R), replicates in which any mix has no outcome undefined throughout."""
    return np.where(np.isnan(values).any(axis=0), np.nan, values)


def _clean(rows: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The rows, what is only rounding of their values at exactly zero: a rest of 1e-17 in every replicate is no effect."""
    largest = float(np.nanmax(np.abs(values), initial=0.0))
    return np.where(np.abs(rows) <= ROUNDING * largest, 0.0, rows)


def _parts(rows: dict[str, np.ndarray], has_bound: dict[str, bool], confidence: float) -> dict[str, list[Part]]:
    """Name → a part for each row of its (K, R); the intervals of all names without a bound are one family."""
    family = np.concatenate([np.full_like(row, np.nan) if has_bound[name] else row for name, row in rows.items()])
    half = iter(half_widths(family.T, confidence).tolist())
    return {name: [_part(row, next(half)) for row in table] for name, table in rows.items()}


def _part(row: np.ndarray, half: float) -> Part:
    there = row[~np.isnan(row)]
    mean = float(there.mean()) if len(there) else math.nan
    return Part(mean, None, None) if math.isnan(half) else Part(mean, mean - half, mean + half)
