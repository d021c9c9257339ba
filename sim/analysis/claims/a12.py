"""A12: quickly, but carefully."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, all_of, word
from sim.analysis.claims.effect import Effect, Measure, Part, by_more_than_matters, difference, no_worse
from sim.experiment.claims import Lived
from sim.experiment.ways import FIRST, SECOND


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    return [
        difference(lived, "lead time, median", "lead_time_median", FIRST, SECOND),
        difference(lived, "change failures", "change_failure_rate", FIRST, SECOND),
        difference(lived, "breaches", "breaches_per_year", FIRST, SECOND),
    ]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    lead, failures, breaches = effects
    parts = [by_more_than_matters(lead, -1), no_worse(failures), no_worse(breaches)]
    return word(all_of(parts), lead.below(0.0) and failures.above(0.0) and breaches.above(0.0)), parts


CLAIM = Claim(
    "A12", "quickly, but carefully", "pervasive less partnership: median lead time, change failures, breaches",
    "faster by more than matters, and neither of the others worse by more than matters", "faster, but worse in both others",
    (FIRST, SECOND), measure, judge,
)  # fmt: skip
