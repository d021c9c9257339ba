"""A7: central governance of architecture, data and security stays necessary."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, word
from sim.analysis.claims.effect import FAILS, HOLDS, Effect, Measure, Part, by_more_than_matters, difference, surely
from sim.experiment.claims import Lived
from sim.experiment.ways import SECOND, UNGOVERNED

OUTCOMES_HELD = (("return on spend", "return_on_spend"), ("breaches", "breaches_per_year"), ("change failures", "change_failure_rate"),
                 ("technical debt", "debt_level"))  # fmt: skip


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    return [difference(lived, name, outcome, SECOND, UNGOVERNED) for name, outcome in OUTCOMES_HELD]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    fall = by_more_than_matters(effects[0], -1)
    return word(fall.state == HOLDS, surely(effects[0], -1).state == FAILS), [fall, *(surely(each, 1).beside for each in effects[1:])]


CLAIM = Claim(
    "A7", "central governance of architecture, data and security stays necessary",
    "pervasive with governance_scope and principles_strength at 0 less pervasive: return; breaches, change failures and debt beside it",
    "the return falls by more than matters", "the return does not fall: it rises, or is surely inside what matters",
    (SECOND, UNGOVERNED), measure, judge,
)  # fmt: skip
