"""Lasting differences between units: mean 1, the same under every design, and exactly absent where they are switched off."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.streams import UNIT_DEMAND, UNIT_VALUE
from sim.model.begin import begin
from sim.model.unit_factors import mean_factor, unit_factor
from tests.model.worlds import PARTNERSHIP, PERVASIVE, SMALL, changes, lived, plan


def test_factors_have_mean_one_and_the_spread_asked_for():
    logs = np.log([unit_factor(seed, UNIT_VALUE, 0, 0.5) for seed in range(4000)])
    assert logs.mean() == pytest.approx(-0.125, abs=5 * 0.5 / np.sqrt(4000))
    assert logs.std() == pytest.approx(0.5, rel=5 / np.sqrt(4000))


def test_factors_of_value_and_of_demand_are_drawn_apart():
    assert unit_factor(1, UNIT_VALUE, 0, 0.5) != unit_factor(1, UNIT_DEMAND, 0, 0.5)


def test_what_units_ask_for_adds_up_to_the_same():
    w = begin(plan(unit_demand_log_sd=0.8), 3)
    assert w.units["appetite"].mean() == pytest.approx(1.0, abs=1e-12)
    assert w.units["appetite"].std() > 0.2
    assert mean_factor(3, UNIT_DEMAND, 4, 0.8) != 1.0


def test_off_means_exactly_gone():
    w = begin(plan(unit_demand_log_sd=0.0, unit_value_log_sd=0.0), 3)
    assert (w.units["appetite"] == 1.0).all()
    assert (w.units["worth"] == 1.0).all()


def test_both_designs_meet_the_same_units():
    first, second = (begin(plan(design=design), 5).units for design in (PARTNERSHIP, PERVASIVE))
    assert first["worth"].tolist() == second["worth"].tolist()
    assert first["appetite"].tolist() == second["appetite"].tolist()


def test_an_items_value_is_multiplied_by_its_units_factor_and_nothing_else_changes():
    even, uneven = (lived(2, unit_value_log_sd=sd, days=80) for sd in (0.0, 0.7))
    factor = uneven.units["worth"][changes(uneven)["unit"]]
    np.testing.assert_allclose(changes(uneven)["value"], changes(even)["value"] * factor, rtol=1e-12)
    assert changes(uneven)["size"].tolist() == changes(even)["size"].tolist()


def test_units_raise_items_in_the_proportion_of_their_factors():
    firm = {**SMALL, "burstiness": 0.0, "change_load": 0.4, "unit_demand_log_sd": 0.8}
    w = lived(4, firm=firm, days=960)
    counts = np.bincount(changes(w)["unit"], minlength=4)
    expected = counts.sum() * w.units["appetite"] / 4.0
    np.testing.assert_allclose(counts, expected, atol=5.0 * np.sqrt(expected.max()))
