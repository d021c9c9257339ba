"""No rule counts from the end of an array or looks past it: compiled code takes every index as it is (`sim.core.compiling`).

With the compiler off the same rules run on arrays that look at every index. Arrays within records are looked at as well.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from numbers import Integral
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.core.compiling import OURS
from sim.core.jit import COMPILED, PACKAGE
from sim.model import begin, kernel, world
from sim.model.catalogue import PARAMETERS
from sim.model.day import run_day
from sim.model.day_reversed import run_day_reversed, run_days_reversed
from sim.model.measure import OUTCOME_COUNT, measure
from sim.model.world import World
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from tests.model.paths import path
from tests.model.worlds import PRESETS, plan

DAYS = 300
REVERSED = "reversed"
POINTS = 60
"""Random firms, designs and models that are lived in with every index checked by the compiled code itself."""
BUSY = {"change_load": 0.2, "coupling": 4.0, "turbulence": 1.0, "turnover": 0.5, "regulatory_load": 1.0}
EVERY = {"experiment_budget": 0.2, "self_organisation": 1.0, "governance_scope": 1.0, "change_ownership": 0.5, "vendor_share": 0.3}


class Watched(np.ndarray):
    """An array that asks of every whole number that it is indexed with whether there is such a row."""

    looks = 0

    def __getitem__(self, index: Any) -> Any:
        self._look_at(index)
        return super().__getitem__(index)

    def __setitem__(self, index: Any, value: Any) -> None:
        self._look_at(index)
        super().__setitem__(index, value)

    def _look_at(self, index: Any) -> None:
        Watched.looks += 1
        for number, size in zip(index if isinstance(index, tuple) else (index,), self.shape):
            if isinstance(number, Integral) and not 0 <= number < size:
                raise IndexError(f"row {number} of {size}")


def watch() -> None:
    """Let every world that is made from now on watch its indices."""
    records, get = world.records, world.Record.__getattribute__
    world.records = begin.records = lambda table, *shape: records(table, *shape).view(Watched)

    def nested(record: Any, name: str) -> Any:
        value = get(record, name)
        return value.view(Watched) if type(value) is np.ndarray else value

    world.Record.__getattribute__ = nested  # type: ignore[method-assign]


def live(name: str) -> int:
    """One run under watch, of a preset or of the middle with the day in reverse; gives how many items it raised."""
    order = run_day_reversed if name == REVERSED else run_day
    # In reverse, ideas are looked at before they have a home; a high hurdle gives many of them up.
    given_up = {"hurdle": 12.0, "give_up_share": 1.0} if name == REVERSED else {}
    blueprint = plan(design={**PRESETS.get(name, PRESETS["middle"]), **EVERY}, days=DAYS, **BUSY, **given_up)
    w = begin.begin(blueprint, 1)
    w = w._replace(**{field: getattr(w, field).view(Watched) for field in ("open_items", "agenda", "rank", "tried", "series")})
    for day in range(DAYS):
        order(w, day)
    measure(w, DAYS, np.empty(OUTCOME_COUNT).view(Watched), np.empty(OUTCOME_COUNT, np.bool_).view(Watched))
    return int(w.firm[0].raised)


def move() -> int:
    """A run through two designs under watch; gives how many items it raised."""
    w: World = kernel.simulate_path(path(PRESETS["partnership"], (100, PRESETS["pervasive"]), (200, PRESETS["middle"]), days=DAYS), 1)
    return int(w.firm[0].raised)


@pytest.mark.parametrize("name", [*PRESETS, REVERSED, "path"])
def test_no_index_is_negative_or_too_large(name):
    command = [sys.executable, str(Path(__file__).resolve()), name]
    without = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(PACKAGE.parent)}
    answer = subprocess.run(command, env=without, capture_output=True, text=True, timeout=600, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    raised, looks = map(int, answer.stdout.split())
    assert raised > 50
    assert looks > 100_000


def test_a_negative_index_does_not_escape_the_watch():
    rows = np.zeros(3).view(Watched)
    assert rows[2] == 0.0
    for number in (-1, 3, np.int32(-1)):
        with pytest.raises(IndexError, match=f"row {number} of 3"):
            rows[number]


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_code_that_is_not_ours_still_counts_from_the_end():
    import numba

    last = numba.njit(lambda rows, number: rows[number])
    assert not __name__.startswith(OURS)
    assert last(np.arange(3.0), -1) == 2.0


def anywhere(draws: np.random.Generator, table: Mapping[str, Any]) -> dict[str, float]:
    """A value for each name of a table, anywhere in its range; whole where it must be."""
    values = {}
    for name, axis in table.items():
        value = float(draws.uniform(axis.low, axis.high))
        values[name] = float(round(value)) if getattr(axis, "whole", False) else value
    return values


def corners() -> int:
    """Live in random firms, in both orders of the day; gives how many items they raised. An index out of its array raises."""
    draws = np.random.default_rng(7)
    raised = 0
    for point in range(POINTS):
        firm = anywhere(draws, FIRM) | {"units": float(draws.integers(1, 9)), "technologists": float(draws.integers(20, 120))}
        design = anywhere(draws, COORDINATES)
        design["liaisons_per_unit"] = min(design["liaisons_per_unit"], (firm["technologists"] - 1.0) / firm["units"])
        blueprint = plan(design=design, firm=firm, model=anywhere(draws, PARAMETERS), days=240)
        for days in (kernel.run_days, run_days_reversed):
            w = begin.begin(blueprint, point)
            days(w, 0, 240)
            raised += int(w.firm[0].raised)
    return raised


@pytest.mark.slow
@pytest.mark.skipif(not COMPILED, reason="nothing is compiled")
def test_no_index_leaves_its_array_anywhere_in_the_plausible_range(tmp_path):
    command = [sys.executable, str(Path(__file__).resolve()), "corners"]
    checking = {**os.environ, "NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(PACKAGE.parent)}
    answer = subprocess.run(command, env=checking, capture_output=True, text=True, timeout=900, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert int(answer.stdout) > 20 * POINTS


if __name__ == "__main__":
    if sys.argv[1] == "corners":
        print(corners())
    else:
        watch()
        print(move() if sys.argv[1] == "path" else live(sys.argv[1]), Watched.looks)
