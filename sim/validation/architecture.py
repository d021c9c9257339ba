"""Architecture after Siggelkow & Levinthal (2003): two divisions of three choices, searched by the centre, by the divisions, or in turn.

Six binary choices with uniform contributions, a round a day, nothing reshuffled, through whole days of the kernel [siggelkow2003].
Fitness is the mean of all contributions over the landscape's maximum, which is found by trying all sixty-four architectures.

    modular  no choice depends on the other division       reach · coupling = 0
    near     each depends on one choice of it              reach · coupling = 1
    full     each depends on all three                     reach · coupling = 3
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from sim.core.jit import entry, jit_apart
from sim.experiment.executors import cores, spread
from sim.model.begin import Blueprint, begin
from sim.model.kernel import run_days
from sim.model.landscape import whole_sum
from sim.model.world import World
from sim.validation.settings import bare

CHOICES = 3
EARLY, LATE = 3, 199
JOINED = 25
"""Rounds after which divisions that were autonomous for a time are joined under the centre."""

LINKS = {"modular": 0.0, "near": 1.0, "full": 3.0}
DELEGATION = {"central": (0.0, 0.0), "decentral": (1.0, 1.0), "temporary": (1.0, 0.0)}
"""Delegation until the divisions are joined, and after."""

PUBLISHED = {
    ("modular", "central"): (0.818, 0.938), ("modular", "decentral"): (0.881, 0.938),
    ("near", "central"): (0.804, 0.920), ("near", "decentral"): (0.830, 0.910), ("near", "temporary"): (0.830, 0.931),
    ("full", "central"): (0.799, 0.884), ("full", "decentral"): (0.766, 0.883), ("full", "temporary"): (0.766, 0.907),
}  # fmt: skip
"""(coupling, who searches) → fitness after 3 rounds and after 199: computed with the published rules, 10,000 landscapes, ± 0.002."""


class Fitness(NamedTuple):
    """Fitness over the landscape's maximum, a row a landscape: after 3 rounds and after 199."""

    early: np.ndarray
    late: np.ndarray


@jit_apart
def _highest_sum(w: World) -> float:
    """The highest sum of contributions that any architecture of two units reaches; leaves the architecture as it was."""
    first, second = w.units[0].choices, w.units[1].choices
    highest = 0.0
    for one in range(1 << CHOICES):
        for other in range(1 << CHOICES):
            w.units[0].choices = one
            w.units[1].choices = other
            highest = max(highest, whole_sum(w))
    w.units[0].choices = first
    w.units[1].choices = second
    return highest


highest_sum, sum_now = entry(_highest_sum), entry(whole_sum)


def organisation(links: float, delegation: float) -> Blueprint:
    """Two divisions and nothing to do but to search; `links` choices of the other division matter to each choice."""
    model = {
        "choices_per_unit": float(CHOICES), "architecture_reach": links, "architecture_interval": 1.0, "architecture_weight": 1.0,
        "central_trials": 0.5,
    }  # fmt: skip
    firm = {"units": 2.0, "technologists": 2.0, "change_load": 0.0, "coupling": 1.0}
    return bare(firm, {"delegation": delegation}, model, LATE)


def search(plan: Blueprint, after: float, seed: int) -> tuple[float, float]:
    """Fitness of one landscape after 3 rounds and after 199; from round 25 on, delegation is `after`."""
    w = begin(plan, seed)
    highest = highest_sum(w)
    run_days(w, 0, EARLY)
    early = sum_now(w) / highest
    run_days(w, EARLY, JOINED)
    w.p["delegation"] = after
    run_days(w, JOINED, LATE)
    return early, sum_now(w) / highest


def fitness(coupling: str, who: str, landscapes: int, first_seed: int = 1) -> Fitness:
    """Fitness on `landscapes` landscapes, the same for all three who search; keys of LINKS and DELEGATION."""
    before, after = DELEGATION[who]
    plan = organisation(LINKS[coupling], before)
    seeds = range(first_seed, first_seed + landscapes)
    found = dict(spread(partial(search, plan, after), seeds, cores(), size=100))
    early, late = zip(*(found[seed] for seed in seeds), strict=True)
    return Fitness(np.array(early), np.array(late))
