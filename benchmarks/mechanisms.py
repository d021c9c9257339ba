"""The whole model with each mechanism off in turn: what share of a day's time goes with it.

What a mechanism costs here is all that goes when it is off, also what it makes others do: without demand there is hardly anything
to do. A share below 0 says that the others have more to do without it. Timed on the thread's own clock.
"""

from __future__ import annotations

import time

from benchmarks.rows import Row
from sim.api import load_scenario
from sim.model import kernel
from sim.model.begin import Blueprint, begin, draw_up
from sim.model.catalogue import MECHANISMS

DESIGNS = ("partnership", "pervasive")
BEFORE, COUNTED = 240, 480
ROUNDS = 7
SEEDS = 4
"""Runs that make one measurement."""

MOST = 25.0
"""Share of a day [%] that one mechanism may take."""


def _blueprints(design: str) -> dict[str, Blueprint]:
    """The default firm with everything on, under the name "", and with each mechanism off that can be."""
    scenario = load_scenario("branch_bank")
    off = {name: {key: p.off for key, p in table.items() if p.off is not None} for name, table in MECHANISMS.items()}
    return {
        name: draw_up(scenario.firm, scenario.designs[design].values, {**scenario.model, **values}, COUNTED, BEFORE)
        for name, values in {"": {}, **{name: values for name, values in off.items() if values}}.items()
    }


def _seconds(blueprint: Blueprint, first_seed: int) -> float:
    """Seconds of a counted day, after the days before."""
    taken = 0.0
    for seed in range(first_seed, first_seed + SEEDS):
        w = begin(blueprint, seed)
        kernel.run_days(w, 0, BEFORE)
        start = time.thread_time()
        kernel.run_days(w, BEFORE, blueprint.horizon)
        taken += time.thread_time() - start
    return taken / (SEEDS * COUNTED)


def measure() -> list[Row]:
    """Microseconds of a day with everything on, and the share of it that goes with each mechanism, the dearest first."""
    rows = []
    for design in DESIGNS:
        plans = _blueprints(design)
        whole = plans.pop("")
        _seconds(whole, 0)  # what is read from the cache is not timed
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in plans}
        for number in range(ROUNDS):
            for name, without in plans.items():
                taken[name].append((_seconds(whole, SEEDS * number), _seconds(without, SEEDS * number)))
        days = [1e6 * on for pairs in taken.values() for on, _ in pairs]
        shares = [
            Row(f"{design}, {name}: share of a day", [100.0 * (1.0 - off / on) for on, off in pairs], "%", at_most=MOST)
            for name, pairs in taken.items()
        ]
        rows += [Row(f"{design}, everything on: a day", days, "µs"), *sorted(shares, key=lambda row: -row.median)]
    return rows
