"""Levers: a planted pull is found with its size, a coordinate that does nothing is called dead, and the model has none of these."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.levers import strengths
from sim.api import load_scenario
from sim.experiment.comparison import Comparison
from sim.experiment.levers import BASES, HIGH, LOW, Lever, levers
from sim.experiment.variants import run_variants
from sim.model.outcomes import HEADLINE, INDEX, NAMES
from sim.organisation.coordinates import COORDINATES
from tests.experiment.small import small
from tests.report.synthetic import scenario


def planted(change: float, noise: float = 0.01) -> Comparison:
    """Three designs whose returns are 1, and for the high end 1 + change; every other outcome is alike."""
    generator = np.random.default_rng(4)
    outcomes = np.ones((3, 50, len(NAMES))) + 0.1 * generator.normal(size=(50, len(NAMES)))
    outcomes[2, :, INDEX[HEADLINE[0]]] += change + noise * generator.normal(size=50)
    return Comparison(scenario(), ("base", LOW, HIGH), np.arange(50), outcomes, outcomes < 0)


def test_a_planted_pull_comes_out_and_what_does_nothing_is_dead():
    strong, still, weak = (Lever(name, "federated", 0.0, 1.0) for name in ("delegation", "joint_goals", "visibility"))
    found = strengths([still, weak, strong], [planted(0.0, 0.0), planted(0.03), planted(0.4)])
    assert [strength.coordinate for strength in found] == ["delegation", "visibility", "joint_goals"]
    assert [strength.alive for strength in found] == [True, False, False]
    first = found[0].pulls[0]
    assert first.effect.outcome == HEADLINE[0]
    assert first.effect.low < 0.4 < first.effect.high
    assert first.times == pytest.approx(abs(first.effect.mean) / first.effect.matters)
    assert found[0].count == 1
    assert not any(pull.matters for pull in found[1].pulls), "sure, but less than matters"


def test_every_coordinate_is_moved_between_its_ends_at_every_base_and_nothing_else():
    firm = small()
    for lever, variant in levers(firm, ("partnership",)):
        base, low, high = (variant.scenario.designs[name].values for name in variant.scenario.compare)
        assert base == firm.designs["partnership"].values
        axis = COORDINATES[lever.coordinate]
        assert (low[lever.coordinate], high[lever.coordinate]) == (lever.low, lever.high) == (axis.low, axis.high)
        for values in (low, high):
            assert {name for name in COORDINATES if values[name] != base[name]} <= {lever.coordinate}


@pytest.mark.slow
def test_no_coordinate_of_the_model_is_dead():
    """Each moves a headline outcome by more than matters somewhere, or it would be a button that is not wired."""
    moved = list(levers(load_scenario("branch_bank"), BASES))
    assert {lever.coordinate for lever, _ in moved} == set(COORDINATES)
    found = strengths([lever for lever, _ in moved], run_variants([variant for _, variant in moved], 100, 1))
    assert [strength.coordinate for strength in found if not strength.alive] == []
