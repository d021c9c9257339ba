"""A10: never better to be a good CIO, and never worse to be an average one."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, word
from sim.analysis.claims.effect import HOLDS, Effect, Measure, Part, by_more_than_matters, level, matters_of
from sim.experiment.claims import Lived
from sim.experiment.ways import FIRST, JOURNEY, LEADERS, SECOND, with_leader

OUTCOME = "return_on_spend"
WHERE = (FIRST, SECOND, JOURNEY)


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    average, good = LEADERS
    returns = {(where, fluency): level(lived, OUTCOME, with_leader(where, fluency)) for where in WHERE for fluency in LEADERS}
    slopes = {where: returns[where, good] - returns[where, average] for where in WHERE}
    matters = matters_of(OUTCOME, returns[FIRST, average])
    return [Measure(f"what a good leader adds to the return, {where} less {FIRST}", OUTCOME, slopes[where] - slopes[FIRST], matters)
            for where in (SECOND, JOURNEY)]  # fmt: skip


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    parts = [by_more_than_matters(effect, 1) for effect in effects]
    return word(all(part.state == HOLDS for part in parts), all(effect.below(0.0) for effect in effects)), parts


CLAIM = Claim(
    "A10", "never better to be a good CIO, never worse to be an average one",
    "return with a technology leader of fluency 0.8 less that with one of 0.3: under pervasive, and along the transition, each less the "
    "same under partnership",
    "both slopes are steeper by more than matters", "both are flatter",
    tuple(with_leader(where, fluency) for where in WHERE for fluency in LEADERS), measure, judge,
)  # fmt: skip
