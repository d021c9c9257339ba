"""A11: with the cloud, managing technology counts for less than using its capabilities."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, word
from sim.analysis.claims.effect import HOLDS, Effect, Measure, Part, level, matters_of, surely
from sim.experiment.claims import Lived
from sim.experiment.ways import CLOUD, FIRST, SECOND, with_cloud

OUTCOME = "return_on_spend"


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    little, much = (level(lived, OUTCOME, with_cloud(SECOND, share)) - level(lived, OUTCOME, with_cloud(FIRST, share)) for share in CLOUD)
    matters = matters_of(OUTCOME, level(lived, OUTCOME, with_cloud(FIRST, CLOUD[0])))
    return [Measure("pervasive's lead in the cloud less its lead without", OUTCOME, much - little, matters)]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    part = surely(effects[0], 1)
    return word(part.state == HOLDS, effects[0].below(0.0)), [part]


CLAIM = Claim(
    "A11", "with the cloud, managing technology counts less than using its capabilities",
    "return, pervasive less partnership, at a cloud_share of 0.9 in both designs less the same at 0.1",
    "above zero", "below zero", tuple(with_cloud(design, share) for design in (FIRST, SECOND) for share in CLOUD), measure, judge,
)  # fmt: skip
