"""Living a chunk: every run of it in the plan's order, each failure a row of its own."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from sim.core.errors import InputError
from sim.experiment.sweep.plan import Plan
from sim.model.begin import Blueprint
from sim.model.equal import blueprint_of
from sim.model.kernel import Run, run
from sim.model.outcomes import INDEX
from sim.model.series import NAMES as SERIES
from sim.scenario.changed import what_is_wrong
from sim.scenario.objects import Scenario
from sim.scenario.sweep import DOUBLE, SINGLE

OK, FAILED, REFUSED = "ok", "failed", "refused"
STATUS = (OK, FAILED, REFUSED)
"""What may become of a run: lived, gone wrong, or a firm that cannot have this design."""

STORED = {SINGLE: np.float32, DOUBLE: np.float64}
"""How numbers are stored → their type. Whoever reads them calculates in double all the same."""

LONGEST_ERROR = 4000
Runner = Callable[[Blueprint, int], Run]


@dataclass(frozen=True, eq=False)
class Rows:
    """Runs of a chunk, (N,) each, in the order point, replicate, design.

    point, replicate, design   places in the plan
    seed                       int64
    status                     place in STATUS
    error                      text, empty where there is none
    outcomes                   (N, O) in the order of the sweep's outcomes, with the digits that are stored; NaN where not defined or not
                               lived
    beyond                     (N, O) bool
    series                     (N, M, S) with the same digits, or None
    """

    point: np.ndarray
    replicate: np.ndarray
    design: np.ndarray
    seed: np.ndarray
    status: np.ndarray
    error: list[str]
    outcomes: np.ndarray
    beyond: np.ndarray
    series: np.ndarray | None = None


@cache
def runner_of(name: str) -> Runner:
    """The function that lives a run: the kernel, or what "module:function" names."""
    if not name:
        return run
    module, _, function = name.partition(":")
    found: Runner = getattr(importlib.import_module(module), function)
    return found


def empty_rows(plan: Plan, number: int) -> Rows:
    """A chunk's rows before anything is lived."""
    p0, p1, r0, r1 = plan.slice(number)
    designs = len(plan.designs)
    count = (p1 - p0) * (r1 - r0) * designs
    seeds = np.concatenate([plan.seeds(point, r0, r1) for point in range(p0, p1)])
    months = max((scenario.run.days // plan.series_days for scenario in plan.sweep.scenarios.values()), default=0)
    return Rows(
        point=np.repeat(np.arange(p0, p1, dtype=np.int32), (r1 - r0) * designs),
        replicate=np.tile(np.repeat(np.arange(r0, r1, dtype=np.int32), designs), p1 - p0),
        design=np.tile(np.arange(designs, dtype=np.int8), (p1 - p0) * (r1 - r0)),
        seed=np.repeat(seeds, designs),
        status=np.zeros(count, np.int8),
        error=[""] * count,
        outcomes=np.full((count, len(plan.sweep.outcomes)), np.nan),
        beyond=np.zeros((count, len(plan.sweep.outcomes)), bool),
        series=np.full((count, months, len(SERIES)), np.nan) if plan.sweep.series else None,
    )


def live_chunk(
    plan: Plan, number: int, skip: Mapping[int, str] | None = None, old: Rows | None = None, span: tuple[int, int] | None = None
) -> Rows:
    """Live a chunk's runs one after another.

    skip  row → why it is not lived but failed: what has killed its worker before
    old   rows of an earlier attempt, of which only the failed are lived again
    span  only rows from the first up to, not including, the second; the others stay as they are
    """
    rows = old or empty_rows(plan, number)
    live, kept = runner_of(plan.runner), STORED[plan.sweep.numbers]
    chosen = np.array([INDEX[name] for name in plan.sweep.outcomes], np.intp)
    skip, (first, last) = skip or {}, span or (0, len(rows.point))
    each, designs = len(rows.point) // (plan.slice(number)[1] - plan.slice(number)[0]), len(plan.designs)
    for point in range(first // each, -(-last // each)):
        within = range(max(first, point * each), min(last, (point + 1) * each))
        todo = [row for row in within if old is None or rows.status[row] == STATUS.index(FAILED)]
        if not todo:
            continue
        blueprints = _blueprints(plan, int(rows.point[todo[0]]))
        for row in todo:
            rows.status[row], rows.error[row] = 0, ""
            if row in skip:
                rows.status[row], rows.error[row] = STATUS.index(FAILED), skip[row]
                continue
            blueprint = blueprints[row % designs]
            if isinstance(blueprint, str):
                rows.status[row], rows.error[row] = STATUS.index(REFUSED), blueprint
                continue
            try:
                found = live(blueprint, int(rows.seed[row]))
            except Exception:  # whatever goes wrong in one run is that run's result, and costs no other run
                rows.status[row], rows.error[row] = STATUS.index(FAILED), traceback.format_exc()[-LONGEST_ERROR:]
                continue
            rows.outcomes[row], rows.beyond[row] = found.outcomes[chosen].astype(kept), found.beyond[chosen]
            if rows.series is not None:
                rows.series[row, : len(found.series)] = found.series.astype(kept)
    return rows


def _blueprints(plan: Plan, point: int) -> list[Blueprint | str]:
    """What each design starts from at a point, or why the firm cannot have it."""
    scenario = plan.scenario(point)
    wrong = what_is_wrong(scenario)
    return [wrong.splitlines()[0] if wrong else _blueprint(scenario, name, plan.series_days) for name in plan.designs]


def _blueprint(scenario: Scenario, design: str, series_days: int) -> Blueprint | str:
    try:
        return blueprint_of(scenario, design, series_days)
    except InputError as error:
        return str(error).splitlines()[0]
