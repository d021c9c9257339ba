"""Phase: who earns more at each point of two numbers, the outline first and the rest between, for Map to fill in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from sim.analysis.phase import CLOSE, FIRST_LEANS, FIRST_SURE, LEANING, NOTHING, SECOND_LEANS, SECOND_SURE, SURE, gap_of
from sim.core.errors import InputError
from sim.explorer.limits import Span, span, value_at
from sim.explorer.question import compared
from sim.explorer.runs import Memory
from sim.explorer.sliders import label
from sim.explorer.state import Scenarios, State
from sim.model.outcomes import HEADLINE, INDEX
from sim.scenario.objects import Scenario
from sim.scenario.overrides import Override
from sim.scenario.words import printable

LEAD = HEADLINE[0]
STEPS = 7
"""Points a side."""

PAIRS = 10
"""Pairs of simulated histories a point: enough for a picture; Compare has more for the one that is chosen."""

KINDS = {FIRST_SURE: "first", FIRST_LEANS: "leans first", CLOSE: "too close", SECOND_LEANS: "leans second", SECOND_SURE: "second"}
"""The classes of `orgsim map`, as the page calls them."""

Point = tuple[int, int]


class Axis:
    """One number of the map: its path, and the values it takes."""

    def __init__(self, path: str, given: Scenario, name: str) -> None:
        """given: the scenario with nothing changed. Raises InputError where the path is none of the page's numbers."""
        reach = span(path, given)
        if reach is None or path.startswith("run."):
            raise InputError(name, f"{printable(path)!r} is none of the page's numbers", "a path such as firm.turbulence")
        if value_at(path, given) is None:
            raise InputError(
                name, f"{printable(path)!r} belongs to no design of this scenario", "firm.NAME, model.NAME or design.NAME.NAME"
            )
        self.path, self.reach, self.values = path, reach, _values(reach)


def _values(reach: Span) -> list[float]:
    """Evenly spread over the range, whole where only whole numbers make sense."""
    found = np.linspace(reach.low, reach.high, STEPS)
    return sorted({round(value) for value in found.tolist()}) if reach.whole else [float(f"{value:.3g}") for value in found.tolist()]


def outline_first(columns: int, rows: int) -> Iterator[Point]:
    """All points, coarse before fine: every fourth, then every second, then the rest.

    >>> list(outline_first(3, 1))
    [(0, 0), (2, 0), (1, 0)]
    """
    seen = set()
    for step in (4, 2, 1):
        for y in range(0, rows, step):
            for x in range(0, columns, step):
                if (x, y) not in seen:
                    seen.add((x, y))
                    yield x, y


def at_point(state: State, x: Axis, y: Axis, point: Point) -> State:
    """The state with the two numbers at a point."""
    values = {x.path: x.values[point[0]], y.path: y.values[point[1]]}
    others = tuple(setting for setting in state.settings if setting.path not in values)
    return replace(state, settings=others + tuple(Override(path, repr(value)) for path, value in values.items()))


def head(scenario: Scenario, x: Axis, y: Axis) -> dict[str, object]:
    """What stands at the axes, and where the scenario itself is."""
    axes = [
        {
            "path": axis.path,
            "label": _words(axis.path),
            "unit": axis.reach.unit,
            "values": axis.values,
            "now": value_at(axis.path, scenario),
        }
        for axis in (x, y)
    ]
    return {"x": axes[0], "y": axes[1], "designs": list(scenario.compare), "pairs": PAIRS, "leaning": LEANING}


def _words(path: str) -> str:
    """A path in running text.

    >>> _words("firm.turbulence"), _words("design.pervasive.board_interval")
    ('turbulence', 'board interval, pervasive')
    """
    table, *names = path.split(".")
    return f"{label(names[1])}, {label(names[0])}" if table == "design" else label(names[0])


def point_answer(
    state: State, scenarios: Scenarios, axes: tuple[Axis, Axis], point: Point, memory: Memory, stop: threading.Event, workers: int | None
) -> dict[str, object]:
    """Who earns more on technology spend at one point: `kind` is "second", "leans second", "too close", "leans first", "first" or "none".

    Classes are those of `orgsim map`: each point for itself. "none" where the values contradict each other, with the reason.
    """
    found: dict[str, object] = {"point": point}
    try:
        scenario = scenarios.load(at_point(state, *axes, point))
    except InputError as error:
        return {**found, "kind": "none", "why": error.found}
    comparison = compared(scenario, PAIRS, state.seed, memory, stop, workers)
    earned = comparison.outcomes[:, :, INDEX[LEAD]]
    gap = gap_of(earned)
    if gap.kind == NOTHING:
        return {**found, "kind": "none", "why": "nothing can be said here"}
    half = gap.half(SURE)
    return {**found, "kind": KINDS[gap.kind], "mean": gap.mean, "low": gap.mean - half, "high": gap.mean + half}
