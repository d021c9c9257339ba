"""A8: firms need different variants.

The regret of a firm under another firm's best design is what its own best one would have earned more. Best is the shipped design with
the largest mean return; it is chosen on the runs that it is measured on, which makes regret a little too large, never too small.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.claims.claim import Claim, Everybody, word
from sim.analysis.claims.effect import FAILS, HOLDS, Effect, Measure, Part, by_more_than_matters, level, matters_of, mean_of
from sim.experiment.claims import Lived
from sim.experiment.ways import FIRST

OUTCOME = "return_on_spend"
DESIGNS = ("partnership", "modern_partnership", "pervasive", "born_in_cloud", "federated", "platform_bank")
"""The shipped designs, among which every firm chooses."""


def best(lived: Lived) -> str:
    """The design with the largest mean return."""
    return max(DESIGNS, key=lambda design: float(np.nan_to_num(mean_of(level(lived, OUTCOME, design)), nan=-np.inf)))


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    others = [each for name, each in everybody.items() if name != lived.firm.name]
    if not others:
        return []
    own = level(lived, OUTCOME, best(lived))
    regret = np.mean([own - level(lived, OUTCOME, best(other)) for other in others], axis=0)
    name = f"mean regret under the other firms' best designs, its own being {best(lived)}"
    return [Measure(name, OUTCOME, regret, matters_of(OUTCOME, level(lived, OUTCOME, FIRST)))]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    part = by_more_than_matters(effects[0], 1)
    return word(part.state == HOLDS, part.state == FAILS), [part]


CLAIM = Claim(
    "A8", "firms need different variants",
    "return of a firm's best shipped design less that of every other firm's best one, mean over the other firms",
    "the mean regret is more than matters", "the mean regret is inside what matters", DESIGNS, measure, judge,
)  # fmt: skip
