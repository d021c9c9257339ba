"""Rows V: waiting, gates, pooling and Little's law against formulas, through the kernel's queues.

Runs are added until the 99 % half-width is at most 2 % of the mean, and the interval holds the formula's value. Quick: fewer cells,
10 %.
"""

from __future__ import annotations

import math

import numpy as np

from sim.experiment.executors import cores, spread
from sim.model.begin import Blueprint, begin
from sim.model.kernel import run_days
from sim.model.stages import TEAM_QUEUE
from sim.validation.evenings import both_sides
from sim.validation.evidence import Cell, Curve, Effort, Finding, Lines, Point, Row, near
from sim.validation.gate import gate_wait, measured_gate_wait
from sim.validation.measured import Measured
from sim.validation.pooling import PUBLISHED as BREAK_EVEN
from sim.validation.pooling import break_even, measure_difference
from sim.validation.queues import measure_wait, queue, wait_mg1, wait_mmc
from sim.validation.shipped import shipped_plans

LOADS = (0.7, 0.8, 0.9)
WAITS = {
    1: (2.333, 4.000, 9.000), 2: (0.961, 1.778, 4.263), 5: (0.252, 0.554, 1.525), 10: (0.074, 0.205, 0.669), 20: (0.016, 0.064, 0.275),
}  # fmt: skip
"""Servers → mean waits in service times at LOADS."""
HEAVY = max(LOADS)
FIRST_SEED = 100_001
BATCH = 12
"""Runs added at a time: few, so that no more are made than are needed."""
KNOWN = 0.9
"""V7: half-width of a difference at most this share of it, so that its sign is known."""


def _queue_cell(servers: int, load: float, log_sd: float | None, published: float, exact: float, setting: str, effort: Effort) -> Cell:
    between = 5.0 if load == HEAVY else 10.0
    relative, items = (0.10, 20_000) if effort.quick else (0.02, 100_000)
    wait = measure_wait(servers, load, log_sd, between=between, items=items, relative=relative, batch=BATCH, workers=effort.workers,
                        first_seed=FIRST_SEED)  # fmt: skip
    return Cell(setting, published, wait.mean, wait.half_width, wait.half_width <= relative * wait.mean and wait.holds(exact))


def _many_servers(servers: tuple[int, ...], loads: tuple[float, ...], effort: Effort) -> Finding:
    cells: list[Cell] = []
    lines: Lines = {}
    for many in servers:
        points: list[Point] = []
        for load in loads:
            published = WAITS[many][LOADS.index(load)]
            cell = _queue_cell(many, load, None, published, wait_mmc(many, load), f"c = {many}, ρ = {load:g}", effort)
            cells.append(cell)
            points.append((load, published, cell.ours, cell.half_width))
        lines[f"{many} server{'s' if many > 1 else ''}"] = points
    return Finding(tuple(cells), (Curve("Waiting in a queue", "load ρ", "mean wait, service times", lines),))


def single_server(effort: Effort) -> Finding:
    """V1."""
    return _many_servers((1,), LOADS[:1] if effort.quick else LOADS, effort)


def pooled_servers(effort: Effort) -> Finding:
    """V2."""
    return _many_servers((2, 5) if effort.quick else (2, 5, 10, 20), LOADS[:1] if effort.quick else LOADS, effort)


def any_queue(effort: Effort) -> Finding:
    """V3: at loads and servers that the table of V2 does not have."""
    settings = ((3, 0.6),) if effort.quick else ((3, 0.6), (7, 0.85))
    exact = [wait_mmc(servers, load) for servers, load in settings]
    return Finding(tuple(_queue_cell(servers, load, None, value, value, f"c = {servers}, ρ = {load:g}", effort)
                         for (servers, load), value in zip(settings, exact, strict=True)))  # fmt: skip


def lognormal_service(effort: Effort) -> Finding:
    """V4."""
    settings = ((0.7, 0.3),) if effort.quick else ((0.7, 0.3), (0.7, 0.9), (0.9, 0.9))
    cells = []
    for load, log_sd in settings:
        exact = wait_mg1(load, math.exp(log_sd * log_sd) - 1.0)
        cells.append(_queue_cell(1, load, log_sd, exact, exact, f"ρ = {load:g}, log sd {log_sd:g}", effort))
    return Finding(tuple(cells))


def littles_law(effort: Effort) -> Finding:
    """V5: as an identity in every shipped firm and design, and in steady state."""
    plans = shipped_plans()
    chosen = dict(list(plans.items())[:2]) if effort.quick else plans
    worst, days = 0, 0
    for _, (sides, total) in spread(lambda name: _gap(chosen[name]), list(chosen), effort.workers or cores(), size=1):
        worst, days = max(worst, sides), days + total
    identity = Cell(f"{len(chosen)} pairs of firm and design: item-days by census less by items, of {days:,}", 0.0, worst, 0.0, worst == 0)
    seeds = range(1, effort.runs(24, 4) + 1)
    ratios = [value for _, value in spread(_steady, seeds, effort.workers or cores(), size=1)]
    mean, half = float(np.mean(ratios)), 2.0 * float(np.std(ratios, ddof=1)) / math.sqrt(len(ratios))
    return Finding((identity, Cell("M/M/5 at ρ = 0.8: L ÷ λW", 1.0, mean, half, near(mean, 1.0, 0.01, half if effort.quick else 0.0))))


def _gap(plan: Blueprint) -> tuple[int, int]:
    """(item-days in which census and items differ, item-days in all) of one run."""
    sides = both_sides(plan, 7)
    gap = int(np.abs(sides.census - sides.items).sum()) + abs(int(sides.census.sum()) - sides.by_dates)
    return gap, sides.by_dates


def _steady(seed: int) -> float:
    """L of the evening census over λW of the items raised in the counted window, in one long run of M/M/5."""
    plan, first, last = queue(5, 0.8, None, 10.0, 50_000)
    w = begin(plan, seed)
    run_days(w, 0, first)
    w.firm[0].counting_from = first
    before = float(w.firm[0].stage_days[TEAM_QUEUE])
    run_days(w, first, last)
    held = (float(w.firm[0].stage_days[TEAM_QUEUE]) - before) / (last - first)
    run_days(w, last, plan.horizon)
    items = w.items[: w.firm[0].raised]
    mine = items[(items["raised"] >= first) & (items["raised"] < last)]
    return held / (len(mine) / (last - first) * float((mine["ended"] - mine["raised"]).mean()))


def gates(effort: Effort) -> Finding:
    """V6."""
    cells = []
    for interval in (20,) if effort.quick else (5, 20, 60):
        ours = measured_gate_wait(interval, 400, 1)
        cells.append(Cell(f"a board every {interval} days", gate_wait(interval), ours, 0.0, near(ours / gate_wait(interval), 1.0, 0.02)))
    return Finding(tuple(cells))


def pooling(effort: Effort) -> Finding:
    """V7: between a pool that surely is faster and one that surely is slower, where the difference is zero."""
    cells: list[Cell] = []
    lines: Lines = {}
    for servers, by_load in BREAK_EVEN.items():
        points: list[Point] = []
        for load, published in by_load.items():
            if effort.quick and (servers, load) != (5, 0.7):
                continue
            cell = _flip(servers, load, published, effort)
            cells.append(cell)
            points.append((load, published, cell.ours, cell.half_width))
        if points:
            lines[f"{servers} teams"] = points
    exact = {servers: [(load, break_even(servers, load)) for load in by_load] for servers, by_load in BREAK_EVEN.items()}
    worst = max(abs(value - BREAK_EVEN[servers][load]) for servers, many in exact.items() for load, value in many)
    note = f"The formula gives every published break-even to {worst:.3f}."
    title = "How much longer a pool may work on an item before dedicated teams are as fast"
    return Finding(tuple(cells), (Curve(title, "load ρ", "extra service share", lines),), note)


def _flip(servers: int, load: float, published: float, effort: Effort) -> Cell:
    reach = 0.01 if load == HEAVY else 0.03
    items = 6_000 if effort.quick else 20_000
    below, above = (
        measure_difference(servers, load, published + side, items=items, relative=KNOWN, workers=effort.workers, first_seed=FIRST_SEED)
        for side in (-reach, reach)
    )
    flips = below.mean + below.half_width < 0.0 < above.mean - above.half_width
    slope = (above.mean - below.mean) / (2.0 * reach)
    ours = published - reach - below.mean / slope
    return Cell(f"c = {servers}, ρ = {load:g}: sign flips within ± {reach:g}", published, ours, _widest(below, above) / slope, flips)


def _widest(below: Measured, above: Measured) -> float:
    return max(below.half_width, above.half_width)


PRECISE = "99 % half-width at most 2 % of the mean, and the interval holds the value"

ROWS = (
    Row("V1", "M/M/1, mean wait in service times", "erlang1917, formula", PRECISE, single_server),
    Row("V2", "M/M/c pooled, mean wait in service times", "erlang1917, formula", PRECISE, pooled_servers),
    Row("V3", "M/M/c at other loads, mean wait in service times", "erlang1917, formula", PRECISE, any_queue),
    Row("V4", "M/G/1 with lognormal service, mean wait in service times", "pollaczek1930, formula", PRECISE, lognormal_service),
    Row("V5", "Little's law", "little1961, formula", "identity exact; in steady state to 1 %", littles_law),
    Row("V6", "a gate every k days, items arriving evenly: mean wait in days", "(k − 1) ÷ 2, formula", "2 %", gates),
    Row("V7", "pooling break-even: extra service share", "computed by formula", "sign flips within ± 0.03, ± 0.01 at ρ = 0.9", pooling),
)
