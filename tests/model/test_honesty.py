"""Rules of honesty, read off the syntax trees of the model: no rule knows a design, prefers a place or hides a number.

Strict readings, kept simple so that they cannot be argued with:
- no string in sim/model or in the seating, docstrings apart, is the name of a shipped design or firm;
- no comparison in a mechanism or in the day has a coordinate (an attribute of that name, or a variable assigned from one) on
  one side and a number on the other;
- no number stands in a mechanism outside its parameters, but 0, 1, 2, ½, ¼, ⅓, the numbers that tell draws of one key apart, how
  many kinds there are to choose from (a belief is one of three), and what is mere rounding (below a millionth);
- mechanisms do not import each other.
"""

from __future__ import annotations

import ast
import math
import re
from pathlib import Path

import pytest

from sim.core.jit import PACKAGE
from sim.model.catalogue import MODULES
from sim.organisation.coordinates import COORDINATES
from sim.scenario.shipped import design_paths, scenario_paths

MECHANISMS = sorted(path for path in (PACKAGE / "model" / "mechanisms").glob("*.py") if path.stem != "__init__")
RULES = [*MECHANISMS, PACKAGE / "model" / "day.py"]
NAMELESS = [*sorted((PACKAGE / "model").rglob("*.py")), PACKAGE / "organisation" / "structure.py"]
DRAWS = {"uniform", "normal", "choice", "mix", "exponential", "lognormal", "pareto_tailed"}
"""Functions whose second argument only tells draws of one key apart."""
PLAIN = {0.0, 1.0, 2.0, 0.5, 0.25, 1.0 / 3.0}


def _id(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _without_docstrings(tree: ast.Module) -> list[ast.AST]:
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [node for node in ast.walk(tree) if id(node) not in told]


def names_in(source: str, names: set[str]) -> list[str]:
    """Strings outside docstrings that hold one of the names as a word."""
    found = []
    for node in _without_docstrings(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [name for name in names if re.search(rf"\b{name}\b", node.value)]
    return found


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float))


def _coordinates_in(node: ast.expr, aliases: set[str]) -> bool:
    return any(
        (isinstance(part, ast.Attribute) and part.attr in COORDINATES) or (isinstance(part, ast.Name) and part.id in aliases)
        for part in ast.walk(node)
    )


def branches_on_coordinates(source: str) -> list[str]:
    """Comparisons between a coordinate, or a variable assigned from one, and a number."""
    found = []
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        aliases = {
            target.id
            for node in ast.walk(function)
            if isinstance(node, ast.Assign) and _coordinates_in(node.value, set())
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in (node for node in ast.walk(function) if isinstance(node, ast.Compare)):
            sides = [node.left, *node.comparators]
            if any(_is_number(side) for side in sides) and any(_coordinates_in(side, aliases) for side in sides):
                found.append(f"{function.name}: {ast.unparse(node)}")
    return found


def _draw_numbers(tree: ast.AST) -> set[int]:
    """Constants inside the second argument of a draw, and how many kinds there are to choose from."""
    told = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        if call.func.id in DRAWS:
            last = 3 if call.func.id == "choice" else 2
            told |= {id(part) for argument in call.args[1:last] for part in ast.walk(argument)}
    return told


def hidden_numbers(source: str) -> list[str]:
    """Numbers in a mechanism's functions that are neither plain, nor tell draws apart, nor are mere rounding."""
    found = []
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        draws = _draw_numbers(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and id(node) not in draws:
                plain = any(math.isclose(node.value, number) for number in PLAIN) or abs(node.value) < 1e-6
                if not plain:
                    found.append(f"{function.name}: {node.value}")
    return found


@pytest.mark.parametrize("path", NAMELESS, ids=_id)
def test_no_rule_knows_a_designs_or_a_firms_name(path):
    names = set(design_paths()) | set(scenario_paths())
    assert {"partnership", "pervasive", "branch_bank"} <= names
    assert names_in(path.read_text(encoding="utf-8"), names) == []


@pytest.mark.parametrize("path", RULES, ids=_id)
def test_no_rule_branches_on_a_coordinate_against_a_number(path):
    assert branches_on_coordinates(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MECHANISMS, ids=_id)
def test_no_number_hides_in_a_mechanism(path):
    assert hidden_numbers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MECHANISMS, ids=_id)
def test_mechanisms_do_not_import_each_other(path):
    imported = [
        node.module for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ImportFrom) and node.module
    ]
    assert not [module for module in imported if module.startswith("sim.model.mechanisms")]


def test_every_mechanism_is_in_the_catalogue():
    assert sorted(MODULES) == [path.stem for path in MECHANISMS]


def test_the_scans_see_what_they_are_there_for():
    assert names_in('"""pervasive"""\ndef f(w):\n    """pervasive"""\n    return w == "pervasive"', {"pervasive"}) == ["pervasive"]
    assert branches_on_coordinates("def f(p):\n    return 1 if p.delegation > 0.5 else 0") == ["f: p.delegation > 0.5"]
    assert branches_on_coordinates("def f(p):\n    d = 2 * p.delegation\n    return d < 1") == ["f: d < 1"]
    assert branches_on_coordinates("def f(p, x):\n    return x < p.delegation") == []
    assert hidden_numbers("def f(key):\n    return uniform(key, 7) < 0.3") == ["f: 0.3"]
    assert hidden_numbers("def f(key, k):\n    return choice(key, 10 + k, 2) * 0.5") == []
