"""Two drivers, one behaviour: the Mesa model and the kernel give the same bytes, day by day, and with the compiler off."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from sim import OrgModel, load_scenario
from sim.model import kernel
from sim.model.begin import begin
from sim.model.mesa_model import blueprint_of
from sim.model.outcomes import NAMES
from sim.model.world import World, same
from tests.ground.text_of_tree import ROOT

FIRMS = ("branch_bank", "mobile_bank")
PRESETS = tuple(load_scenario("branch_bank").compare)
SMALL = (("firm.units", "3"), ("firm.technologists", "40"), ("run.warm_up", "20"), ("run.days", "120"))
SHORT = 60
"""Days lived by a small firm: plain Python takes a hundred times as long as compiled code."""


def digest(w: World) -> str:
    """Hex digest of a world's state, field by field: padding between fields is not state."""
    found = hashlib.sha256()
    for array in w:
        for part in [array[field] for field in array.dtype.names] if array.dtype.names else [array]:
            found.update(part.tobytes())
    return found.hexdigest()


def differences(firm: str, design: str, seed: int, days: int) -> list[tuple[int, list[str]]]:
    """(day, fields) for the first evening on which the drivers' worlds differ; empty if they never do."""
    scenario = load_scenario(firm)
    model = OrgModel(scenario, design, seed, collect_every=0)
    w = begin(blueprint_of(scenario, design), seed)
    for day in range(days):
        model.step()
        kernel.run_days(w, day, day + 1)
        if different := same(model.world, w):
            return [(day, different)]
    assert model.day == days
    assert w.firm[0].raised > 0, "a firm that does nothing shows nothing"
    return []


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("design", PRESETS)
@pytest.mark.parametrize("firm", FIRMS)
def test_both_drivers_give_the_same_bytes_every_evening(firm, design, seed):
    assert differences(firm, design, seed, 150) == []


@pytest.mark.slow
@pytest.mark.parametrize("design", PRESETS)
@pytest.mark.parametrize("firm", FIRMS)
def test_both_drivers_give_the_same_bytes_over_whole_runs(firm, design):
    scenario = load_scenario(firm)
    assert differences(firm, design, 3, scenario.run.warm_up + scenario.run.days) == []


def test_both_drivers_measure_the_same_outcomes():
    scenario = load_scenario("mobile_bank", [("run.warm_up", "60"), ("run.days", "120")])
    outcomes, beyond, series = kernel.run(blueprint_of(scenario, "pervasive"), 5)
    model = OrgModel(scenario, "pervasive", 5).run()
    measured = model.measured()
    np.testing.assert_array_equal(measured[0], outcomes)
    np.testing.assert_array_equal(measured[1], beyond)
    np.testing.assert_array_equal(model.world.series, series)
    assert list(model.outcomes()) == list(NAMES)


def lived_short(design: str) -> str:
    """The digest of a small firm's world after its first days, lived through the Mesa model."""
    model = OrgModel(load_scenario("branch_bank", SMALL), design, 4)
    for _ in range(SHORT):
        model.step()
    return digest(model.world)


@pytest.mark.parametrize("design", PRESETS)
def test_plain_python_gives_the_same_bytes_as_compiled_code(design):
    code = "from sim.core.jit import COMPILED\nfrom tests.model.test_two_drivers import lived_short\n"
    code += f"print(COMPILED, lived_short({design!r}))"
    place = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=place, timeout=300)
    w = begin(blueprint_of(load_scenario("branch_bank", SMALL), design), 4)
    kernel.run_days(w, 0, SHORT)
    assert done.stdout.split() == ["False", digest(w)], done.stderr[-2000:]


def test_a_record_gives_its_fields_before_numpys_own_attributes():
    model = OrgModel("branch_bank", "pervasive", 1, collect_every=0)
    for _ in range(10):  # by then somebody has asked for something
        model.step()
    sizes = [model.world.items[item].size for item in range(model.world.firm[0].raised)]
    assert sizes == model.world.items["size"][: len(sizes)].tolist()
    assert len(set(sizes)) == len(sizes) > 0
