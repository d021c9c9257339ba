"""A2: returns fail because organisational change is outside the IT unit's purview.

Every coordinate of the partnership is set to the pervasive model's value alone; if who owns the change is the cause, it is among those
that raise benefits most.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, all_of, word
from sim.analysis.claims.effect import FAILS, HOLDS, Effect, Measure, Part, by_more_than_matters, difference
from sim.experiment.claims import Lived
from sim.experiment.ways import FIRST, one_coordinate
from sim.organisation.coordinates import COORDINATES

OUTCOME, OWNERSHIP = "benefits_realised_share", "change_ownership"
LARGEST = 3
ORDER = (OWNERSHIP, *(name for name in COORDINATES if name != OWNERSHIP))


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    return [difference(lived, name, OUTCOME, FIRST, one_coordinate(name)) for name in ORDER]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    rise = by_more_than_matters(effects[0], 1)
    place = 1 + sum(each.mean > effects[0].mean for each in effects[1:])
    among = Effect("place among all coordinates", "", float(place), None, None, 0.0, effects[0].n)
    rank = Part(among, HOLDS if place <= LARGEST else FAILS)
    larger = [by_more_than_matters(each, 1).beside for each in sorted(effects[1:], key=lambda each: -each.mean)[:LARGEST]]
    return word(all_of([rise, rank]), rise.state == FAILS), [rise, rank, *larger]


CLAIM = Claim(
    "A2", "returns fail because organisational change is outside the IT unit's purview",
    "benefits realised, partnership with the pervasive model's change_ownership less partnership; the same for every other coordinate "
    "alone",
    "the rise is more than matters, and among the three largest means of all coordinates",
    "the rise is inside what matters, or a fall", (FIRST, *map(one_coordinate, ORDER)), measure, judge,
)  # fmt: skip
