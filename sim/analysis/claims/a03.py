"""A3: the relationship strains, and that impedes joint work."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, all_of, any_of, word
from sim.analysis.claims.effect import FAILS, Effect, Measure, Part, difference, level, matters_of, surely
from sim.experiment.claims import Lived
from sim.experiment.ways import FIRST, SECOND, without_trust

BENEFITS = "benefits_money"


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    rises = [level(lived, BENEFITS, without_trust(design)) - level(lived, BENEFITS, design) for design in (FIRST, SECOND)]
    matters = matters_of(BENEFITS, level(lived, BENEFITS, FIRST))
    return [
        difference(lived, "lowest trust", "trust_min", SECOND, FIRST, FIRST),
        Measure("what benefits gain without trust's effect", BENEFITS, rises[0] - rises[1], matters),
    ]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    parts = [surely(effects[0], -1), surely(effects[1], 1)]
    return word(all_of(parts), any_of(parts, FAILS)), parts


CLAIM = Claim(
    "A3", "the relationship strains, and that impedes joint work",
    "partnership less pervasive: lowest trust; what benefits gain where trust does nothing",
    "trust is lower, and without its effect the partnership's benefits gain more",
    "either surely does not", (FIRST, SECOND, without_trust(FIRST), without_trust(SECOND)), measure, judge,
)  # fmt: skip
