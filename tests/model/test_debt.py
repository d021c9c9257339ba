"""Debt: haste and straying owe mending, mending pays it back, and what is owed slows, burdens and endangers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.streams import DEBT, entity_key, stream_key, uniform
from sim.model import kernel
from sim.model.begin import begin
from sim.model.mechanisms.debt import debt_after, diverged, haste, straying
from sim.model.mechanisms.release import endangered
from sim.model.outcomes import NAMES
from sim.model.world import same
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, SMALL, live, lived, off, plan

OWN_FIELDS = {"units.debt", "homes.divergence", "firm.debt_days", "p.legacy_debt", "p.haste_days", "p.divergence_memory"}
LOCAL = {**PERVASIVE, "delegation": 1.0, "principles_strength": 0.0}
YEAR = 240.0


def test_equations_by_hand():
    assert haste(100.0, 2.0, 30.0) == pytest.approx(0.4)
    assert haste(10.0, 2.0, 30.0) == haste(0.0, 0.0, 30.0) == 0.0
    assert haste(10.0, 0.0, 30.0) == 1.0
    assert straying(0.25, 0.75) == pytest.approx(1.125)
    assert debt_after(0.1, 0.01, 0.3) == pytest.approx(0.0975)
    assert debt_after(0.001, 10.0, 0.3) == 0.0
    assert diverged(0.2, 1.0, 40.0, 40.0) == pytest.approx(1.0 - 0.8 * math.exp(-1.0))
    assert endangered(0.2, 0.1) == pytest.approx(1.0 - 0.8 * math.exp(-0.1))


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1e4), st.floats(0.01, 1e4))
def test_divergence_stays_between_what_it_was_and_what_comes(before, strays, size, stack):
    after = diverged(before, strays, size, stack)
    assert min(before, strays) - 1e-12 <= after <= max(before, strays) + 1e-12


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0, 1e4), st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_haste_is_a_share_that_grows_with_load(load, pace, days):
    assert 0.0 <= haste(load, pace, days) <= haste(2.0 * load, pace, days) <= 1.0


def test_off_means_gone_what_is_owed_moves_nothing():
    worlds = [lived(model=off("debt"), days=240, legacy_debt=owed, divergence_memory=memory) for owed, memory in ((0.0, 40.0), (5.0, 1.0))]
    assert set(same(*worlds)) <= OWN_FIELDS
    assert (worlds[1].units["debt"] == 5.0).all()
    assert worlds[1].firm[0].hours_repaid == 0.0


def test_without_haste_astray_and_mending_debt_stays_what_it_was():
    still = {"haste_debt": 0.0, "straying_debt": 0.0, "missed_debt": 0.0, "repay_share": 0.0}
    w = lived(design=PARTNERSHIP, days=240, **still)
    assert (w.units["debt"] == FIRM_VALUES["legacy_debt"]).all()
    out = dict(zip(NAMES, kernel.run(plan(design=PARTNERSHIP, days=240, **still), 1).outcomes, strict=True))
    assert out["debt_level"] == pytest.approx(FIRM_VALUES["legacy_debt"])


def test_what_goes_live_owes_by_its_size_and_by_how_far_it_strays():
    """Without haste and mending, each unit's debt is the sum over its live items."""
    w = lived(design=MIDDLE, days=360, haste_debt=0.0, missed_debt=0.0, repay_share=0.0, legacy_debt=0.0)
    items = live(w)
    ideas = w.items[: w.firm[0].raised]
    items = np.concatenate([items, ideas[(ideas["kind"] == 1) & (ideas["stage"] == 10)]])
    key = stream_key(1, DEBT)
    luck = np.array([uniform(entity_key(key, int(item)), 0) for item in items["key"]])
    owed = items["size"] * MODEL["straying_debt"] * (1.0 - MIDDLE["principles_strength"]) * 2.0 * luck
    per_unit = np.bincount(items["unit"], weights=owed, minlength=len(w.units)) / (YEAR * SMALL["technologists"] / SMALL["units"])
    np.testing.assert_allclose(w.units["debt"], per_unit, rtol=1e-9)
    assert len(items) > 20


def test_missed_agreements_owe_as_well():
    def owed(missed):
        alone = {"coupling": 0.0, "haste_debt": 0.0, "straying_debt": 0.0, "repay_share": 0.0, "legacy_debt": 0.0}
        w = begin(plan(days=240, missed_debt=0.1, **alone), 1)
        w.items["missed"] = missed
        kernel.run_days(w, 0, 240)
        return w.units["debt"].sum()

    assert owed(0) == 0.0
    assert owed(2) > 0.0


def test_pressed_homes_owe_more():
    def owed(load):
        w = lived(design=PARTNERSHIP, days=360, change_load=load, straying_debt=0.0, repay_share=0.0, legacy_debt=0.0)
        return w.units["debt"].sum() / live(w)["size"].sum()

    assert owed(0.6) > owed(0.02)


def test_debt_settles_where_mending_equals_what_comes():
    """The closed form: debt = half · inflow / (effort − inflow), with a steady trickle of debt and a constant effort."""
    half, effort, inflow, debt = 0.3, 0.04 / YEAR, 0.02 / YEAR, 1.0
    for _ in range(120_000):
        debt = debt_after(debt, effort, half) + inflow
    assert debt == pytest.approx(half * inflow / (effort - inflow), rel=0.01)


def test_without_new_debt_mending_follows_its_law():
    """d + h · ln d falls by the effort spent, the integral of d' = −e · d / (d + h), in each unit of a firm without items."""
    hours = ("guild_hours", "reporting_hours", "goal_hours", "coaching_hours", "measuring_hours", "principle_hours")
    in_step = dict.fromkeys(hours, 0.0)
    w = begin(plan(days=480, change_load=0.0, experiment_budget=0.0, legacy_debt=0.5, turnover=0.0, **in_step), 1)
    kernel.run_days(w, 0, 480)
    half = MODEL["debt_half"]
    integral = (0.5 + half * math.log(0.5)) - (w.units["debt"] + half * np.log(w.units["debt"]))
    spent = w.firm[0].hours_repaid / (YEAR * SMALL["technologists"] / SMALL["units"])
    assert integral.sum() == pytest.approx(spent, rel=0.01)
    able = w.firm[0].hours_repaid / (480 * w.homes["people"][w.homes["builds"] > 0].sum() * MODEL["availability"])
    assert 0.9 * MODEL["repay_share"] < able <= MODEL["repay_share"]


def test_the_pool_mends_where_most_is_owed():
    design = {**PARTNERSHIP, "tech_embedding": 0.0}
    w = begin(plan(design=design, days=120, change_load=0.0, experiment_budget=0.0), 1)
    w.units["debt"] = [0.8, 0.4, 0.2, 0.1]
    kernel.run_days(w, 0, 120)
    mended = np.array([0.8, 0.4, 0.2, 0.1]) - w.units["debt"]
    assert (np.diff(mended) < 0.0).all()
    assert (mended > 0.0).all()


def test_debt_slows_burdens_and_endangers():
    plain = {"haste_debt": 0.0, "straying_debt": 0.0, "repay_share": 0.0, "debt_drag": 0.0, "debt_run": 0.0, "debt_risk": 0.0}
    clean, owing = ({"legacy_debt": owed} for owed in (0.0, 0.8))
    slow = [lived(days=360, change_load=0.4, **{**plain, "debt_drag": 1.0}, **side) for side in (clean, owing)]
    assert len(live(slow[1])) < len(live(slow[0]))
    alone = {"mending_cost": 0.0, "release_effort": 0.0, "restore_effort": 0.0, "run_load": 0.2, "enabling_share": 0.0}
    run = [lived(days=120, **{**plain, **alone, "debt_run": 0.5}, **side).firm[0].hours_run for side in (clean, owing)]
    assert run[1] / run[0] == pytest.approx(1.0 + 0.5 * 0.8, rel=1e-3)
    risk = [lived(seed, firm=FIRM_VALUES, days=240, **{**plain, "debt_risk": 1.0}, **side) for side in (clean, owing) for seed in (1, 2)]
    rates = [sum(int(w.firm[0].failures) for w in half) / sum(int(w.firm[0].deployments) for w in half) for half in (risk[:2], risk[2:])]
    assert rates[1] > rates[0] + 0.1


def test_teams_that_decide_for_themselves_and_know_no_principles_grow_apart():
    """The counter-force of autonomy, and what takes it away: principles, a board, or a single house."""
    def apart(**changed):
        w = lived(design={**LOCAL, **changed}, firm=FIRM_VALUES, days=480)
        return float(np.average(w.homes["divergence"], weights=w.homes["people"]))

    free = apart()
    assert free > 0.2
    assert apart(principles_strength=0.8) < 0.5 * free
    assert apart(principles_strength=1.0) == 0.0
    assert apart(delegation=0.0) == 0.0
    assert apart(tech_embedding=0.0) < 0.5 * free


def test_divergence_raises_run_work_by_at_most_its_cost():
    alone = {"mending_cost": 0.0, "release_effort": 0.0, "restore_effort": 0.0, "run_load": 0.2, "enabling_share": 0.0, "debt_run": 0.0}
    design = {**LOCAL, "tech_embedding": 1.0}
    none, some = (lived(design=design, days=480, **{**alone, "divergence_cost": cost}).firm[0].hours_run for cost in (0.0, 0.12))
    assert 1.0 < some / none <= 1.12


def test_a_debt_parameter_that_is_charged_shows_in_the_hours():
    none, some = (lived(days=120, repay_share=share).firm[0] for share in (0.0, 0.05))
    assert none.hours_repaid == 0.0
    assert some.hours_repaid > 0.0
    assert some.hours_items + some.hours_repaid == pytest.approx(none.hours_items, rel=0.2)
