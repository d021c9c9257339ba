"""The slice's four twins against each other: the kernel to C, Mesa and plain Python to the kernel, interleaved.

Timed on the thread's own clock, so that what else the machine does counts little.
"""

from __future__ import annotations

import functools
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.rows import Row
from benchmarks.slice import kernel, plain, plan, ruler
from sim.model.begin import Blueprint

ROUNDS = 7
PAIRS = 5
"""Runs of the kernel and of C in a round: they are short."""

Twin = Callable[[], np.ndarray]


class Disagreement(Exception):
    """Two twins gave different daily series."""


def _kernel(blueprint: Blueprint, seed: int) -> Twin:
    world, series = plan.world(blueprint, seed), np.zeros((blueprint.days, len(plan.SERIES)))

    def run() -> np.ndarray:
        kernel.run(world, blueprint.days, series)
        return series

    return run


def _c(blueprint: Blueprint, seed: int, looks: bool = False) -> Twin:
    run, series = ruler.prepare(plan.start(blueprint, seed), looks), np.zeros((blueprint.days, len(plan.SERIES)))

    def once() -> np.ndarray:
        run(blueprint.days, series)
        return series

    return once


def _plain(blueprint: Blueprint, seed: int) -> Twin:
    firm = plain.Firm(plan.start(blueprint, seed))
    return lambda: np.array(firm.run(blueprint.days))


def _mesa(blueprint: Blueprint, seed: int) -> Twin:
    from benchmarks.slice.mesa_twin import OrganisationModel

    model = OrganisationModel(plan.start(blueprint, seed))
    return lambda: np.array(model.run(blueprint.days))


TWINS: dict[str, Callable[[Blueprint, int], Twin]] = {
    "kernel": _kernel, "C": _c, "C with all looks": functools.partial(_c, looks=True), "plain Python": _plain, "Mesa": _mesa,
}  # fmt: skip
"""By name: makes a twin ready to be run once, for its daily series (days, columns of plan.SERIES)."""


def present() -> list[str]:
    """Twins that can run here: C needs a compiler."""
    return [name for name in TWINS if not name.startswith("C") or ruler.compiler()]


def check(days: int, seed: int) -> None:
    """Raise Disagreement unless all twins give the same daily series, bit for bit."""
    blueprint = plan.blueprint(days)
    expected = TWINS["kernel"](blueprint, seed)()
    for name in present():
        found = TWINS[name](blueprint, seed)()
        if found.tobytes() != expected.tobytes():
            day, column = map(int, np.argwhere(found != expected)[0])
            raise Disagreement(
                f"{name} and the kernel differ first on day {day} in {plan.SERIES[column]!r}: "
                f"{found[day, column]!r} against {expected[day, column]!r}"
            )


def _seconds(name: str, blueprint: Blueprint, seed: int) -> float:
    run = TWINS[name](blueprint, seed)
    start = time.thread_time()
    run()
    return time.thread_time() - start


def measure() -> list[Row]:
    """Cost a team-day of each twin, and the three ratios; the twins' agreement is checked first."""
    blueprint = plan.blueprint()
    check(plan.DAYS, 1)
    names = present()
    if "C" not in names:
        print("no C compiler (gcc or cc) on the path: the kernel is not compared with C", file=sys.stderr)
    seconds: dict[str, list[float]] = {name: [] for name in names}
    for number in range(ROUNDS):
        for _ in range(PAIRS):
            for name in ("kernel", "C", "C with all looks"):
                if name in names:
                    seconds[name].append(_seconds(name, blueprint, number))
        for name in ("plain Python", "Mesa"):
            seconds[name].append(_seconds(name, blueprint, number))
    team_days = plan.DAYS * len(blueprint.world.teams)
    rows = [Row(f"slice, {name}, a team-day", [1e9 * s / team_days for s in seconds[name]], "ns") for name in names]
    own = [statistics.median(seconds["kernel"][PAIRS * n : PAIRS * (n + 1)]) for n in range(ROUNDS)]
    if "C" in names:
        for name in ("C", "C with all looks"):
            rows.append(Row(f"kernel ÷ {name}", [k / c for k, c in zip(seconds["kernel"], seconds[name])], at_most=1.15))
    for name, least in (("Mesa", 45.0), ("plain Python", 20.0)):
        rows.append(Row(f"{name} ÷ kernel", [s / k for s, k in zip(seconds[name], own)], at_least=least))
    return rows
