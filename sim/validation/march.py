"""March (1991), figure 1: equilibrium knowledge of an organisation that learns from its members while they learn from it.

Fifty teams of one person, thirty dimensions, a round of learning a day; p1 is socialisation at full principles, p2 is code_learning;
peers, experiments, turnover and turbulence are off. The rules as the program has them, which give the printed figure, are those of
[rodan2005] and [christensen2015]; knowledge is net: Σ code · reality / dimensions [march1991].
"""

from __future__ import annotations

import numpy as np

from sim.core.jit import entry
from sim.experiment.executors import cores, spread
from sim.model.begin import Blueprint
from sim.model.kernel import simulate
from sim.model.mechanisms.learn import code_knowledge
from sim.validation.settings import bare

MEMBERS, DIMENSIONS = 50, 30
PERIODS = {0.1: 400, 0.5: 150, 0.9: 80}
"""Periods after which nothing moves any more, by the slower of the two rates."""

PUBLISHED = {
    (0.1, 0.1): 0.862, (0.1, 0.5): 0.954, (0.1, 0.9): 0.972,
    (0.5, 0.1): 0.800, (0.5, 0.5): 0.809, (0.5, 0.9): 0.840,
    (0.9, 0.1): 0.813, (0.9, 0.5): 0.738, (0.9, 0.9): 0.728,
}  # fmt: skip
"""(p1, p2) → equilibrium knowledge: computed with the program's rules, 4,000 runs, ± 0.003."""

knowledge_of = entry(code_knowledge)


def organisation(p1: float, p2: float) -> Blueprint:
    """An organisation of the published model, run long enough to come to rest."""
    model = {
        "learning_interval": 1.0, "belief_dimensions": float(DIMENSIONS), "socialisation": p1, "code_learning": p2,
    }  # fmt: skip
    firm = {"technologists": float(MEMBERS), "change_load": 0.0}
    return bare(firm, {"principles_strength": 1.0}, model, PERIODS[min(p1, p2)])


def equilibrium_knowledge(p1: float, p2: float, runs: int, workers: int | None = None) -> tuple[float, float]:
    """Mean equilibrium knowledge over `runs` seeds, and its standard error."""
    blueprint = organisation(p1, p2)
    spread_out = dict(spread(lambda seed: knowledge_of(simulate(blueprint, seed)), range(runs), workers or cores()))
    found = np.array([spread_out[seed] for seed in range(runs)])
    return float(found.mean()), float(found.std(ddof=1) / np.sqrt(runs))
