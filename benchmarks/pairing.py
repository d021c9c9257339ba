"""What common random numbers save: the variance of a difference with independent seeds over that with the same seeds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks.rows import Row
from sim.api import load_scenario
from sim.experiment.compare import run_seeds
from sim.experiment.executors import cores, spread
from sim.model import kernel
from sim.model.begin import draw_up
from sim.model.outcomes import INDEX
from sim.organisation.budget import seats
from sim.scenario.objects import Scenario

SEEDS = 240
BLOCKS = 4
OUTCOMES = ("return_on_spend", "lead_time_mean", "throughput_items")
"""Of lead times the mean: where most of what is begun does not finish, the median stands at the end of the counted window in every run."""
STEPS = {
    "board_interval": (20.0, 10.0), "liaisons_per_unit": (1.0, 2.0), "delegation": (0.1, 0.5), "visibility": (0.3, 0.6),
}  # fmt: skip
"""Coordinates that are changed alone, starting from the partnership design."""

LEAST = 3.0


def _outcomes(scenario: Scenario, design: Mapping[str, float]) -> np.ndarray:
    """(SEEDS, outcomes) of one design, which costs what the partnership costs, as wherever designs are compared."""
    people = seats(scenario.firm, scenario.designs["partnership"].values, design, scenario.model, scenario.run.equal)
    blueprint = draw_up(scenario.firm, design, scenario.model, scenario.run.days, scenario.run.warm_up, people)
    seeds = run_seeds(1, SEEDS)
    found = np.empty((SEEDS, len(OUTCOMES)))
    columns = [INDEX[name] for name in OUTCOMES]
    for number, run in spread(lambda number: kernel.run(blueprint, int(seeds[number])), range(SEEDS), cores()):
        found[number] = run.outcomes[columns]
    return found


def saving(first: np.ndarray, second: np.ndarray) -> float:
    """Variance of a difference of independent runs over that of paired ones; pairs with an undefined outcome are left out."""
    kept = np.isfinite(first) & np.isfinite(second)
    first, second = first[kept], second[kept]
    return float((first.var(ddof=1) + second.var(ddof=1)) / (second - first).var(ddof=1))


def measure() -> list[Row]:
    """The saving for the two main designs and for each step of one coordinate, over blocks of seeds."""
    scenario = load_scenario("branch_bank")
    start = scenario.designs["partnership"].values
    pairs = {"pervasive − partnership": (start, scenario.designs["pervasive"].values, None)}
    for name, (before, after) in STEPS.items():
        pairs[f"{name} {before:g} → {after:g}"] = ({**start, name: before}, {**start, name: after}, LEAST)
    rows = []
    for what, (before, after, least) in pairs.items():
        first, second = _outcomes(scenario, before), _outcomes(scenario, after)
        for column, outcome in enumerate(OUTCOMES):
            blocks = zip(np.split(first[:, column], BLOCKS), np.split(second[:, column], BLOCKS))
            rows.append(Row(f"variance saved, {outcome}, {what}", [saving(a, b) for a, b in blocks], at_least=least))
    return rows
