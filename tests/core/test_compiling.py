"""What is asked of the compiler beyond its options: what it is told of the state, and what a call within compiled code passes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numba
import numpy as np
import pytest
from numba.core.caching import NullCache

from sim.core.jit import COMPILED, entry, jit_apart

pytestmark = pytest.mark.skipif(not COMPILED, reason="asks the compiler")


class Tables(NamedTuple):
    """A small state: two tables."""

    first: np.ndarray
    second: np.ndarray


def tables() -> Tables:
    return Tables(np.arange(3.0), np.zeros(3))


def read_write_read(w, steps):
    total = 0.0
    for _ in range(steps):
        w.second[0] += w.first[0] + 1.0
        total += w.first[0]
    return total


def beside_another(w, old):
    w.second[0] = old.first[0]


def beside_a_row(w, row):
    w.second[0] = row.number


def long_rule() -> Any:
    """A rule too long to be taken in where it is called."""
    steps = "\n".join(f"    w.second[place] += w.first[place] * {number}.0 / (1.0 + w.second[place])" for number in range(1, 121))
    made: dict[str, Any] = {}
    exec(f"def long_rule(w, place):\n{steps}", made)
    return made["long_rule"]


def compiled_now(function: Any) -> Any:
    """A way into a function that is compiled here and now: code from the cache does not show what it is made of."""
    found = entry(function)
    found._cache = NullCache()
    return found


def definitions(compiled: Any) -> list[str]:
    """First lines of what a compiled function consists of, without what Python itself calls."""
    (signature,) = compiled.signatures
    return [line for line in compiled.inspect_llvm(signature).splitlines() if line.startswith("define") and "cpython" not in line]


def places_apart(compiled: Any) -> int:
    """Arguments of a compiled function of which the compiler knows that nothing else lies there, what it answers with apart."""
    (found,) = (line for line in definitions(compiled) if compiled.py_func.__name__ in line)
    return sum("noalias" in argument for argument in found.split(",")) - 2


def test_tables_of_one_state_are_told_apart():
    compiled = compiled_now(read_write_read)
    w = tables()
    assert compiled(w, 4) == 0.0
    assert w.second[0] == 4.0
    assert places_apart(compiled) >= len(w)


def test_tables_of_two_states_may_be_the_same():
    compiled = compiled_now(beside_another)
    w = tables()
    shared = Tables(w.second, w.first)
    w.second[0] = 7.0
    compiled(w, shared)
    assert w.second[0] == 7.0
    assert places_apart(compiled) == 0


def test_a_row_may_lie_in_a_table():
    compiled = compiled_now(beside_a_row)
    row = np.ones(1, np.dtype([("number", float)]))[0]
    w = tables()
    compiled(w, row)
    assert w.second[0] == 1.0
    assert places_apart(compiled) == 0


def test_a_call_within_passes_only_what_is_needed():
    rule = long_rule()
    part = jit_apart(rule)

    def calls_twice(w, place):
        part(w, place)
        part(w, place - 1)

    compiled = compiled_now(calls_twice)
    w, plain = tables(), tables()
    compiled(w, 2)
    rule(plain, 2)
    rule(plain, 1)
    np.testing.assert_array_equal(w.second, plain.second)
    (called,) = (line for line in definitions(compiled) if "long_rule" in line)
    assert len(called.split(",")) < 8, "two tables and a place, where a state of two tables is fifteen words"


def test_what_a_call_within_passes_concerns_nobody_else():
    rule = long_rule()
    part = jit_apart(rule)
    within = entry(lambda w, place: part(w, place) or part(w, place - 1))
    within(tables(), 2)

    @numba.njit(error_model="numpy")
    def of_a_user(w, place):
        part(w, place)
        part(w, place - 2)

    w, plain = tables(), tables()
    of_a_user(w, 2)
    rule(plain, 2)
    rule(plain, 0)
    np.testing.assert_array_equal(w.second, plain.second)
