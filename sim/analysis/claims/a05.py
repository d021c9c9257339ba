"""A5: platforms, with people, money, assets and goals fused, decide faster and see more."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, all_of, word
from sim.analysis.claims.effect import FAILS, Effect, Measure, Part, by_more_than_matters, difference, level, matters_of
from sim.experiment.claims import Lived
from sim.experiment.ways import FIRST, PLATFORMS


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    waits = {way: level(lived, "days_board", way) + level(lived, "days_funding", way) for way in (FIRST, PLATFORMS)}
    matters = matters_of("days_board", waits[FIRST])
    return [
        Measure("days waiting for board and funding", "days_board", waits[PLATFORMS] - waits[FIRST], matters),
        difference(lived, "waiting at boundaries", "boundary_wait_share", FIRST, PLATFORMS),
        difference(lived, "duplicated work", "duplicated_work_share", FIRST, PLATFORMS),
    ]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    parts = [by_more_than_matters(effect, -1) for effect in effects]
    return word(all_of(parts), all_of(parts, FAILS)), parts


CLAIM = Claim(
    "A5", "platforms (people, money, assets, apps, joint goals fused) decide faster and see more",
    "platform_bank less partnership: days waiting for board and funding, share of waiting at boundaries, duplicated work",
    "all three are lower by more than matters", "none is", (FIRST, PLATFORMS), measure, judge,
)  # fmt: skip
