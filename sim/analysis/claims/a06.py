"""A6: structure alone does not do it; accountabilities, metrics and funding must change too.

The interaction is that of the structure bundle with the four others: the sum of its pairwise Shapley interaction indices
(sim/analysis/attribution.py). Where all bundles together do not surely gain anything there is no gain to say this of.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.analysis.attribution import shapley_interactions, together
from sim.analysis.claims.claim import Claim, Everybody, all_of, word
from sim.analysis.claims.effect import HOLDS, Effect, Measure, Part, level, matters_of, surely
from sim.experiment.attribution import SETS
from sim.experiment.claims import Lived
from sim.experiment.ways import mix_of
from sim.organisation.coordinates import BUNDLES

OUTCOME = "return_on_spend"
STRUCTURE = BUNDLES.index("structure")
HALF = 0.5


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    values = np.stack([level(lived, OUTCOME, mix_of(bundles)) for bundles in range(SETS)])
    matters = matters_of(OUTCOME, values[0])
    whole, alone = values[-1] - values[0], values[1 << STRUCTURE] - values[0]
    joint = np.sum([index for pair, index in shapley_interactions(values).items() if STRUCTURE in pair], axis=0)
    named = {
        "structure alone less half of all": alone - HALF * whole, "interaction of structure with the others": joint,
        "all bundles": whole, "structure alone": alone, "structure alone less all": alone - whole,
        "all beyond the sum of each alone": together(values),
    }  # fmt: skip
    return [Measure(name, OUTCOME, each, matters) for name, each in named.items()]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    half, joint, whole, alone, rest, beyond = effects
    needed = [surely(half, -1), surely(joint, 1), surely(whole, 1)]
    gains = needed[2].state == HOLDS
    return word(all_of(needed), gains and rest.above(-rest.matters)), [*needed, surely(alone, 1).beside, surely(beyond, 1).beside]


CLAIM = Claim(
    "A6", "structure alone does not do it: accountabilities, metrics and funding must change too",
    "return: all bundles and the structure bundle alone, each less partnership; Shapley interaction of structure with the other bundles",
    "all bundles gain, the interaction is above zero, and structure alone gives under half",
    "all bundles gain, and structure alone gives the whole, by all but what matters", tuple(map(mix_of, range(SETS))), measure, judge,
)  # fmt: skip
