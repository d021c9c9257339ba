"""The day in reverse order: the same phases, nothing lost, and the same demand."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from sim.core.jit import PACKAGE
from sim.model.begin import begin
from sim.model.day_reversed import run_days_reversed, run_reversed
from sim.model.kernel import run
from sim.model.outcomes import INDEX
from tests.model.test_invariants import (
    check_beliefs,
    check_days_add_up,
    check_every_item_is_somewhere,
    check_hands,
    check_hours,
    check_numbers,
    check_work_is_where_it_is_said_to_be,
)
from tests.model.worlds import PARTNERSHIP, PERVASIVE, changes, lived, plan

NOT_PHASES = {"range", "len", "int", "max"}


def _calls(source: str) -> dict[str, set[str]]:
    """Function of a file → what it calls, in words such as `build.act`."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    return {
        function.name: {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)} - NOT_PHASES
        for function in functions
    }


def _reached(start: str, calls: dict[str, set[str]]) -> set[str]:
    """What a function calls in the end, through the functions of these files."""
    found: set[str] = set()
    for name in calls[start]:
        found |= _reached(name, calls) if name in calls else {name}
    return found


def test_both_days_are_made_of_the_same_phases():
    usual, other = ((PACKAGE / "model" / name).read_text(encoding="utf-8") for name in ("day.py", "day_reversed.py"))
    calls = _calls(usual) | _calls(other)
    assert _reached("run_day_reversed", calls) == _reached("run_day", calls)
    assert len(_reached("run_day", calls)) > 15


@pytest.mark.parametrize("design", [PARTNERSHIP, PERVASIVE], ids=["partnership", "pervasive"])
def test_every_evening_nothing_is_lost_and_nothing_is_counted_twice(design):
    w = begin(plan(design=design, days=160), 3)
    for day in range(160):
        run_days_reversed(w, day, day + 1)
        for check in (check_every_item_is_somewhere, check_work_is_where_it_is_said_to_be, check_hands, check_numbers, check_beliefs,
                      check_hours):  # fmt: skip
            check(w)
        check_days_add_up(w, day)


def test_the_demand_is_the_same():
    w = begin(plan(days=160), 3)
    run_days_reversed(w, 0, 160)
    there, back = (np.sort(changes(world), order="key") for world in (lived(3, days=160), w))
    for name in ("raised", "unit", "key", "size", "value"):
        assert there[name].tolist() == back[name].tolist()


def test_what_is_handed_on_within_a_day_waits_a_night():
    blueprint = plan(design=PARTNERSHIP, days=240)
    there, back = (np.mean([live(blueprint, seed).outcomes[INDEX["lead_time_mean"]] for seed in range(8)]) for live in (run, run_reversed))
    assert back > there
