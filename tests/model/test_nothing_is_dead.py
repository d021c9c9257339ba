"""No parameter, coordinate, stream or field is there for nothing: each is read by a rule, and changing it changes some run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache

import pytest

from sim.core.jit import PACKAGE
from sim.core.streams import STREAMS
from sim.model import kernel
from sim.model.begin import draw_up
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.path import DRAWN, Path, Stretch
from sim.model.state import TABLES
from sim.model.world import same
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from tests.model.worlds import MIDDLE, MODERN, PARTNERSHIP, PERVASIVE, SMALL

CALENDAR = {"month_days", "look_interval", "year_days"}
"""Constants of the calendar: low and high are one number."""

COUNTERS = {
    "teams": {"idle", "busy", "experiments"}, "liaisons": {"served"}, "homes": {"delivered"},
    "firm": {"hours_repaid", "hours_vendors", "run_provided"},
}  # fmt: skip
"""Counts that no rule reads: for who looks at a world, and for the invariants of these tests."""

BUSY = {**SMALL, "units": 3.0, "technologists": 40.0, "change_load": 0.35, "size_median": 8.0, "run_load": 0.40}
SLACK = {**SMALL, "units": 3.0, "technologists": 40.0, "change_load": 0.10, "size_median": 8.0, "run_load": 0.40}
CROWD = {**SMALL, "units": 2.0, "technologists": 300.0, "change_load": 0.35, "size_median": 8.0, "run_load": 0.40}
STUCK = {**BUSY, "run_load": 0.60}
WATCHED = {**SLACK, "units": 12.0, "technologists": 200.0, "regulatory_load": 0.6}
PLACES = {
    "the middle": (BUSY, MIDDLE), "the partnership": (BUSY, PARTNERSHIP), "the pervasive": (SLACK, PERVASIVE),
    "modern": (SLACK, MODERN), "a crowd before the board": (CROWD, {**PARTNERSHIP, "delegation": 0.0}),
    "a firm that is stuck": (STUCK, {**MIDDLE, "enabling_share": 0.0, "tech_embedding": 0.95}),
    "a firm that regulators watch": (WATCHED, PARTNERSHIP),
}  # fmt: skip
"""Where a parameter may make a difference: it is looked for in this order."""


def _worlds_differ(low: Mapping[str, Mapping[str, float]], high: Mapping[str, Mapping[str, float]]) -> bool:
    ends = [kernel.simulate(draw_up(side["firm"], side["design"], side["model"], 480, 120), 1) for side in (low, high)]
    return any(field != "p" and not field.startswith("p.") for field in same(*ends))


def _matters(table: str, name: str, low: float, high: float) -> bool:
    model = {key: float(param.value) for key, param in PARAMETERS.items()}
    for firm, design in PLACES.values():
        base = {"firm": firm, "design": design, "model": model}
        sides = [{**base, table: {**base[table], name: value}} for value in (low, high)]
        if _worlds_differ(*sides):
            return True
    return False


MOVES = {*MECHANISMS["reorganise"], *MECHANISMS["intervene"]} - {"funding_waits"}
"""What only a path of designs reads; `funding_waits` says on which days its stretches begin (tests of reorganise)."""


@pytest.mark.parametrize("name", sorted(MOVES))
def test_a_parameter_of_moves_changes_some_path(name):
    ends = []
    for value in (PARAMETERS[name].low, PARAMETERS[name].high):
        model = {key: float(param.value) for key, param in PARAMETERS.items()} | {name: value}
        plans = [draw_up(BUSY, design, model, 240, 0, people) for design, people in ((PARTNERSHIP, 40.0), (PERVASIVE, 36.0))]
        ends.append(kernel.simulate_path(Path(plans[0], (Stretch(120, plans[1], 0.5, (DRAWN,), 2.0),)), 1))
    assert any(not field.startswith("p") for field in same(*ends))


@pytest.mark.parametrize("name", [name for name in PARAMETERS if name not in CALENDAR | MOVES | {"funding_waits"}])
def test_a_parameter_changes_some_run(name):
    assert _matters("model", name, PARAMETERS[name].low, PARAMETERS[name].high)


@pytest.mark.parametrize("name", sorted(CALENDAR))
def test_constants_of_the_calendar_are_constants(name):
    assert PARAMETERS[name].low == PARAMETERS[name].high == PARAMETERS[name].value


@pytest.mark.parametrize("name", COORDINATES)
def test_a_coordinate_changes_some_run(name):
    assert _matters("design", name, COORDINATES[name].low, COORDINATES[name].high)


@pytest.mark.parametrize("name", [name for name in FIRM if name not in ("units", "technologists", "wage")])
def test_a_fact_of_the_firm_changes_some_run(name):
    assert _matters("firm", name, FIRM[name].low, FIRM[name].high)


@pytest.mark.parametrize(("name", "low", "high"), [("units", 2.0, 5.0), ("technologists", 30.0, 60.0), ("wage", 0.3, 0.6)])
def test_a_size_of_the_firm_changes_some_run(name, low, high):
    assert _matters("firm", name, low, high)


@lru_cache(maxsize=1)
def _read() -> tuple[frozenset[str], frozenset[str]]:
    """Attributes and keys that the model reads, and the names that it uses."""
    fields, names = set(), set()
    for folder in ("model", "organisation"):
        for path in (PACKAGE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                loaded = isinstance(getattr(node, "ctx", None), ast.Load)
                if isinstance(node, ast.Attribute) and loaded:
                    fields.add(node.attr)
                elif isinstance(node, ast.Subscript) and loaded and isinstance(node.slice, ast.Constant):
                    fields.add(str(node.slice.value))
                elif isinstance(node, ast.Name) and loaded:
                    names.add(node.id)
                elif isinstance(node, ast.ImportFrom):
                    names.update(alias.name for alias in node.names if alias.asname)
    return frozenset(fields), frozenset(names)


def test_every_parameter_is_read_by_name():
    assert not [name for name in PARAMETERS if name not in _read()[0]]


def test_every_coordinate_and_every_fact_of_the_firm_is_read_by_name():
    assert not [name for name in (*COORDINATES, *FIRM) if name not in _read()[0]]


def test_every_stream_is_drawn_from():
    assert not [name for name in STREAMS if name not in _read()[1]]


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_read_somewhere(table):
    unread = {name for name in TABLES[table] if name not in _read()[0]}
    assert unread == COUNTERS.get(table, set()), "neither dead fields nor exceptions that are none"
