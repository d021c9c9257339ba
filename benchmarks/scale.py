"""The whole model: what a team-day costs in small and large firms, in short and long runs.

Timed on the thread's own clock, so that what else the machine does counts little.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from benchmarks.rows import Row
from sim.api import load_scenario
from sim.model import kernel
from sim.model.begin import Blueprint, begin, draw_up

TEAMS = (10, 30, 100, 300, 1000)
DAYS = (90, 720, 2880)
ROUNDS = 7
BEFORE, COUNTED = 240, 480
DESIGNS = ("partnership", "pervasive")
FLAT = 1.25
"""How much more a team-day may cost at the far end than at the near one."""


def _scaled(design: str, factor: float, days: int) -> Blueprint:
    """The branch bank with units, technologists and the board's agenda in proportion."""
    scenario = load_scenario("branch_bank")
    firm: Mapping[str, float] = {
        **scenario.firm, "units": max(1.0, round(scenario.firm["units"] * factor)),
        "technologists": round(scenario.firm["technologists"] * factor),
    }  # fmt: skip
    model = {**scenario.model, "agenda_rate": scenario.model["agenda_rate"] * factor}
    return draw_up(firm, scenario.designs[design].values, model, days, BEFORE)


def nanoseconds(blueprint: Blueprint, seed: int) -> float:
    """What a team-day of the counted window costs, after the days before it."""
    w = begin(blueprint, seed)
    kernel.run_days(w, 0, BEFORE)
    start = time.thread_time()
    kernel.run_days(w, BEFORE, blueprint.horizon)
    return 1e9 * (time.thread_time() - start) / (blueprint.days * len(w.teams))


def measure() -> list[Row]:
    """Nanoseconds a team-day by size and by length, last ÷ first; runs a second of the default firm."""
    rows = []
    for design in DESIGNS:
        usual = len(_scaled(design, 1.0, 20).world.teams)
        sizes = {f"{teams:,} teams": _scaled(design, teams / usual, COUNTED) for teams in TEAMS}
        lengths = {f"{days:,} days": _scaled(design, 1.0, days) for days in DAYS}
        for plans in (sizes, lengths):
            rows += _compare(design, plans)
    return [*rows, _runs_a_second()]


def _compare(design: str, plans: dict[str, Blueprint]) -> list[Row]:
    taken: dict[str, list[float]] = {name: [] for name in plans}
    nanoseconds(_scaled(design, 1.0, 20), 0)  # what is compiled or read from the cache is not timed
    for number in range(ROUNDS):
        for name, blueprint in plans.items():
            taken[name].append(nanoseconds(blueprint, number))
    first, *_, last = plans
    return [
        *(Row(f"{design}, {name}: a team-day", values, "ns") for name, values in taken.items()),
        Row(f"{design}, {last} ÷ {first}", [b / a for a, b in zip(taken[first], taken[last])], at_most=FLAT),
    ]


def _runs_a_second() -> Row:
    scenario = load_scenario("branch_bank")
    values = scenario.designs["partnership"].values
    blueprint = draw_up(scenario.firm, values, scenario.model, scenario.run.days, scenario.run.warm_up)
    speeds = []
    kernel.run(blueprint, 0)
    for seed in range(4 * ROUNDS):
        start = time.thread_time()
        kernel.run(blueprint, seed)
        speeds.append(1.0 / (time.thread_time() - start))
    return Row("default firm, partnership: runs on one core", speeds, "a second")
