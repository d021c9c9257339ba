"""A9: the journey is not short.

A history is paid back on the day from which on nothing of what the move lost against staying is missing (sim/analysis/journey.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, all_of, any_of, word
from sim.analysis.claims.effect import FAILS, HOLDS, OPEN, Effect, Part
from sim.analysis.journey import travelled
from sim.experiment.claims import Lived
from sim.experiment.ways import JOURNEY

YEAR, HALF_A_YEAR = 240.0, 120.0
CONFIDENCE = 0.95


def effects(lived: Lived) -> list[Effect]:
    """Median day of being paid back along every path, infinite beyond the horizon; the shortest first."""
    assert lived.journey is not None
    paths = len(lived.journey.designs) - 1
    journey = travelled(lived.journey, CONFIDENCE ** (1.0 / paths))  # all paths at once (Šidák)
    found = []
    for passage in journey.passages:
        mean, low, high = (math.inf if day is None else day for day in (passage.median.day, passage.median.low, passage.median.high))
        found.append(Effect(f"days until paid back, {passage.name}", "", mean, low, high, 0.0, journey.n))
    return sorted(found, key=lambda effect: effect.mean)


def judge(found: Sequence[Effect]) -> tuple[str, list[Part]]:
    parts = [Part(each, HOLDS if each.above(YEAR) else FAILS if each.below(HALF_A_YEAR) else OPEN) for each in found]
    return word(all_of(parts), any_of(parts, FAILS)), parts


CLAIM = Claim(
    "A9", "the journey is not short", "median day on which a history is paid back, partnership to pervasive, along every shipped path",
    "over a year along every path", "under half a year along one of them", (JOURNEY,), None, judge, effects,
)  # fmt: skip
