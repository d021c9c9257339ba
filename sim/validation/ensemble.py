"""The plausible ensemble: firms on which the partnership does what published ranges of practice say it does.

MODEL, section 8. Firms are drawn over all that a firm may be and all that the model is not certain of, and kept where the partnership
meets the rows C of the evidence (sim/validation/calibration.py). Rows that are read off a number of the model need no run. No other
design is run for it: the list is fixed before anyone knows what else would earn on it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.experiment.firms import Firms
from sim.experiment.problem import Matched, Problem
from sim.experiment.space import Dimension, dimensions
from sim.experiment.targets import Target
from sim.model.begin import Blueprint
from sim.scenario.objects import Scenario
from sim.validation.calibration import RANGES, Reading, read_run

BY_RATIO = ("C1", "C3", "C3 shape")
"""Measured rows of quantities that are positive and skewed."""

MEASURED = tuple(name for name, row in RANGES.items() if row.measured)
READ_OFF = tuple(name for name, row in RANGES.items() if not row.measured)


def targets() -> tuple[Target, ...]:
    """The measured rows."""
    return tuple(Target(name, RANGES[name].low, RANGES[name].high, name in BY_RATIO) for name in MEASURED)


def rows_of_run(plan: Blueprint, seed: int) -> list[float]:
    """What one run says of the measured rows, in their order."""
    reading = read_run(plan, seed)
    return [RANGES[name].found(reading) for name in MEASURED]


def read_off(scenario: Scenario, design: str, columns: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Row → (N,) whether it holds, for the rows that need no run, where these numbers have these values."""
    usual = {**scenario.firm, **scenario.designs[design].values, **scenario.model}
    values = {**usual, **{path.rpartition(".")[2]: column for path, column in columns.items()}}
    reading = Reading({}, math.nan, math.nan, values)  # type: ignore[arg-type]
    size = len(next(iter(columns.values()))) if columns else 1
    found = {}
    for name in READ_OFF:
        value = np.asarray(RANGES[name].found(reading))
        found[name] = np.broadcast_to((RANGES[name].low <= value) & (value <= RANGES[name].high), (size,))
    return found


def given_rows(firms: Firms, found: Matched) -> dict[str, tuple[float, float, float]]:
    """Row that needs no run → its range, and the share of the first wave's firms that it refuses."""
    blind = [one.point for one in found.drawn if one.wave == 1]
    columns = {path: np.array([point[path] for point in blind]) for path in blind[0]}
    holds = read_off(firms.scenario, firms.design, columns)
    return {name: (RANGES[name].low, RANGES[name].high, float(1.0 - there.mean())) for name, there in holds.items()}


def names_read(scenario: Scenario, design: str) -> tuple[str, ...]:
    """Numbers that the rows without runs read."""
    seen: set[str] = set()

    class Watched(dict[str, float]):
        def __getitem__(self, name: str) -> float:
            seen.add(name)
            return super().__getitem__(name)

    values = Watched({**scenario.firm, **scenario.designs[design].values, **scenario.model})
    for name in READ_OFF:
        RANGES[name].found(Reading({}, math.nan, math.nan, values))
    return tuple(sorted(seen))


def problem_of(firms: Firms, held: tuple[str, ...] = ()) -> Problem:
    """The ensemble as a history match; `held` are paths that are known and stay as the scenario has them."""
    drawn: tuple[Dimension, ...] = dimensions(firms.scenario, held)
    read = names_read(firms.scenario, firms.design)
    paths = tuple(each.path for each in drawn if each.name in read)

    def given(columns: Mapping[str, np.ndarray]) -> np.ndarray:
        return np.all(list(read_off(firms.scenario, firms.design, columns).values()), axis=0)

    return Problem(drawn, targets(), firms.measure, firms.makes_sense, given, paths)
