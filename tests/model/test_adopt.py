"""Adopt: benefits start only as change is made, change is work that somebody does, and what is not made is not earned."""

from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import kernel
from sim.model.begin import begin
from sim.model.changes import earning
from sim.model.mechanisms.adopt import change_capacity, meant, together, usable, willing
from sim.model.outcomes import NAMES
from sim.model.series import NAMES as SERIES
from sim.model.stages import IDEA, LIVE
from sim.model.world import same
from tests.ground.text_of_tree import ROOT
from tests.model.worlds import MIDDLE, MODEL, NO_BUSINESS, PARTNERSHIP, PERVASIVE, lived, off, plan, rows

KEEN = {**PERVASIVE, "experiment_budget": 0.15, "metrics_interval": 10.0}
FREE = {"change_ownership": 0.0, "reluctance": 0.0, "experts_away": 0.0, "patience": 1e9, "shadow_hazard": 0.0}
"""Only the unit changes, at one pace, for as long as it takes: nothing of it acts back on what is built."""
ALL_OF_IT = {name: value for name, value in NO_BUSINESS.items() if name != "kappa"}
"""All that is paid outside technology is change."""
OURS = {"items.fit", "items.potential", "items.adopted_share", "items.adopted_on", "items.adopted", "items.earned", "items.valued",
        "series", "firm.to_come"}  # fmt: skip


def _live(w) -> np.ndarray:
    return rows(w)[rows(w)["stage"] == LIVE]


def _left(items) -> np.ndarray:
    return items["change_home"] + items["change_unit"]


def _decayed(w, age) -> np.ndarray:
    return np.exp2(-age / w.p[0].value_half_life)


def _unit_capacity(w, unit) -> float:
    p = w.p[0]
    return w.units[unit].appetite * p.unit_change_capacity * p.kappa * p.change_load * p.technologists / p.units


def test_equations_by_hand():
    assert meant(0.5, 1, 0.8) == pytest.approx(0.9)
    assert together(0.0, 0.3) == pytest.approx(0.3)
    assert together(1.0, 0.0) == 1.0
    assert usable(0.7, 0.0) == pytest.approx(0.3)
    assert change_capacity(2.0, 0.45, 0.3, 1.0) == pytest.approx(0.63)
    assert change_capacity(2.0, 0.45, 1.0, 1.5) == 0.0, "never negative, however many experts are away"
    assert willing(0.4, 0.0) == pytest.approx(0.6)


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0, 500.0), st.floats(0.0, 500.0), st.floats(0.0, 500.0))
def test_earnings_of_two_spells_are_those_of_one(first, second, third):
    young, middle, old = sorted((first, second, third))
    parts = earning(8.0, 0.5, young, middle, 240.0) + earning(8.0, 0.5, middle, old, 240.0)
    assert parts == pytest.approx(earning(8.0, 0.5, young, old, 240.0), abs=1e-12)


def test_without_change_work_an_item_earns_all_it_can_from_the_day_it_is_live():
    w = lived(days=300, model=off("adopt", "shadow"))
    items = _live(w)
    assert len(items) > 20
    assert (items["adopted_on"] == items["ended"]).all()
    assert (items["adopted_share"] == 1.0).all()
    full = items["value"] * items["fit"] * items["potential"] * _decayed(w, items["ended"] - items["raised"])
    to_come = items["value"] * items["fit"] * items["potential"] * _decayed(w, 299 - items["raised"])
    outcomes = dict(zip(NAMES, kernel.run(plan(days=300, model=off("adopt", "shadow")), 1).outcomes, strict=True))
    assert outcomes["benefits_money"] == pytest.approx(full.sum(), rel=1e-9)
    assert outcomes["benefits_money_window"] == pytest.approx((full - to_come).sum(), rel=1e-9)


def test_a_lone_item_earns_the_integral_of_its_ramp():
    """At a constant pace c the share rises as c · t / K, so over all time it earns  V · 2^(−L / h) · (1 − e^(−λ D)) / (λ D),
    with D = K / c and λ = ln 2 / h. The day's steps lag behind that ramp by less than a day."""
    w = lived(days=960, change_load=0.05, unit_change_capacity=10.0, **FREE)
    items, p = _live(w), w.p[0]
    rate = math.log(2.0) / p.value_half_life
    lone = 0
    for row in items:
        others = items[(items["unit"] == row["unit"]) & (items["key"] != row["key"])]
        alone = not ((others["ended"] <= row["adopted_on"]) & ((others["adopted_on"] >= row["ended"]) | (others["adopted_on"] < 0))).any()
        if row["adopted_on"] < 0 or not alone:
            continue
        lone += 1
        days = p.kappa * row["size"] / _unit_capacity(w, row["unit"])
        assert row["adopted_on"] - row["ended"] == math.ceil(days - 1e-9)
        level = row["fit"] * row["potential"]
        ramp = row["value"] * level * _decayed(w, row["ended"] - row["raised"]) * -math.expm1(-rate * days) / (rate * days)
        settled = earning(row["value"], level, row["valued"] - row["raised"], 1e9, p.value_half_life)
        assert ramp * math.exp(-rate) <= row["earned"] + settled <= ramp
    assert lone > 10


@pytest.mark.parametrize("design", [PARTNERSHIP, PERVASIVE, MIDDLE], ids=["partnership", "pervasive", "middle"])
def test_the_adopted_share_is_change_work_done_over_all_of_it(design):
    w = lived(design=design, days=400)
    items = _live(w)
    np.testing.assert_allclose(items["adopted_share"], 1.0 - _left(items) / (w.p[0].kappa * items["size"]), atol=1e-12)
    assert ((items["adopted_on"] >= 0) == (_left(items) == 0.0)).all()
    assert (items["adopted_on"][items["adopted_on"] >= 0] >= items["ended"][items["adopted_on"] >= 0]).all()


def test_change_work_is_conserved_and_paid_for():
    """Teams' hours and units' money are what was done: at full trust a unit's hour is an hour of change."""
    trusting = {"trust_start": 1.0, "trust_gain": 0.0, "trust_loss": 0.0}
    w = lived(days=400, **ALL_OF_IT, **trusting)
    items, p, firm = _live(w), w.p[0], w.firm[0]
    work = p.kappa * items["size"]
    by_homes = (p.change_ownership * work - items["change_home"]).sum()
    by_units = ((1.0 - p.change_ownership) * work - items["change_unit"]).sum()
    assert min(by_homes, by_units) > 0.0
    assert firm.hours_change == pytest.approx(by_homes)
    assert firm.spend_business == pytest.approx(by_units * p.wage)


def test_reluctance_is_time_without_progress():
    half = {"trust_start": 0.5, "trust_gain": 0.0, "trust_loss": 0.0}
    w = lived(days=400, reluctance=0.6, **ALL_OF_IT, **half)
    items, p = _live(w), w.p[0]
    by_units = ((1.0 - p.change_ownership) * p.kappa * items["size"] - items["change_unit"]).sum()
    assert w.firm[0].spend_business == pytest.approx(by_units * p.wage / 0.7)


def test_teams_that_own_change_pay_with_their_hours():
    """The price of change_ownership: what teams do for change they do not do on items."""
    none, all_ = (lived(days=600, change_ownership=share) for share in (0.0, 1.0))
    assert none.firm[0].hours_change == 0.0
    assert all_.firm[0].hours_change > 0.1 * all_.firm[0].hours_items
    assert all_.firm[0].hours_items < none.firm[0].hours_items
    assert (_live(all_)["change_unit"] == 0.0).all()


def test_a_cap_of_nothing_leaves_the_homes_part_undone():
    w = lived(days=300, change_cap=0.0)
    assert w.firm[0].hours_change == 0.0
    assert (_live(w)["adopted_on"] < 0).all()


def test_experts_in_teams_are_missing_in_operations():
    """The price of mixed teams: in units that always have change to make, they take their share of its pace."""
    busy = {"design": PERVASIVE, "change_ownership": 0.0, "unit_change_capacity": 0.1, "reluctance": 0.0, "shadow_hazard": 0.0,
            "executive_hours": 0.0, "review_effort": 0.0}  # fmt: skip
    here, away = (lived(days=480, experts_away=loss, **busy) for loss in (0.0, 0.6))
    home = away.homes[0]
    share = home.expert_cover * home.people * away.p[0].units / away.p[0].technologists
    assert share > 0.5
    on_change = [w.firm[0].spend_business for w in (here, away)]
    assert on_change[1] / on_change[0] == pytest.approx(1.0 - 0.6 * share, rel=0.02)


def test_more_capacity_for_change_never_earns_less():
    """Where nothing of adoption acts back on what is built, each item is adopted no later in order of arrival, and all earn no less."""
    capacities = (0.1, 0.4, 0.8, 1e2)
    worlds = [lived(days=480, unit_change_capacity=capacity, ranked_queues=0.0, **FREE) for capacity in capacities]
    for less, more in itertools.pairwise(worlds):
        assert (_live(less)["key"] == _live(more)["key"]).all()
        assert (_live(more)["adopted_share"] >= _live(less)["adopted_share"] - 1e-12).all()
    runs = [kernel.run(plan(days=480, unit_change_capacity=capacity, **FREE), 1) for capacity in capacities]
    money = [run.outcomes[NAMES.index("benefits_money")] for run in runs]
    assert money == sorted(money)
    assert money[0] < 0.9 * money[-1]


def test_what_waits_too_long_is_left_on_the_shelf():
    w = lived(days=600, **{**FREE, "patience": 60.0, "unit_change_capacity": 0.2})
    items = _live(w)
    shelved = (items["adopted_on"] < 0) & (items["line"] < 0)
    assert shelved.any()
    assert (599 - items["ended"][shelved] > 60).all()
    assert (items["adopted_share"][shelved] == 0.0).all(), "what the unit has begun on, it brings to an end"
    patient = _live(lived(days=600, **{**FREE, "unit_change_capacity": 0.2}))
    assert not ((patient["adopted_on"] < 0) & (patient["line"] < 0)).any()


def test_what_can_be_earned_is_what_arrived_and_what_came_together():
    w = lived(days=400, model=off("adopt"), digital_intensity=0.0)
    items = _live(w)
    assert 0 < items["mended"].sum() < len(items)
    arrived = 1.0 - (1.0 - items["fidelity"]) * (1.0 - w.p[0].mending_success * items["mended"])
    np.testing.assert_allclose(items["potential"], items["worth_share"] * arrived)
    apart, near = (_live(lived(days=400, design=MIDDLE, model=off("adopt"), digital_intensity=1.0, familiarity_growth=growth, doubt=0.0))
                   for growth in (0.0, 0.15))  # fmt: skip
    assert apart["potential"].mean() < near["potential"].mean()


def test_ideas_count_when_they_are_adopted_and_not_before():
    blueprint = plan(design=KEEN, days=480, warm_up=0, turbulence=0.3)
    w = kernel.simulate(blueprint, 1)
    ideas = _live(w)[_live(w)["kind"] == IDEA]
    adopted = ideas[ideas["adopted"] > 0]
    assert 0 < len(adopted) < len(ideas)
    assert (adopted["adopted_on"] >= adopted["ended"]).all()
    assert (adopted["adopted_share"] == 1.0).all()
    assert (adopted["adopted_on"] > adopted["ended"]).any()
    assert w.series[:, SERIES.index("innovations")].sum() == len(adopted)
    month = np.bincount(adopted["adopted_on"] // 20, minlength=len(w.series))
    assert w.series[:, SERIES.index("innovations")].tolist() == month.tolist()


def test_off_means_gone_nothing_of_it_is_left_to_matter():
    gone = off("adopt", "shadow")
    assert [gone[name] for name in ("kappa", "reluctance", "experts_away", "shadow_hazard")] == [0.0] * 4
    first = lived(days=300, model=gone, **NO_BUSINESS)
    set_otherwise = {"unit_change_capacity": 0.25, "change_cap": 0.3, "patience": 60.0}
    other = lived(days=300, model={**gone, **set_otherwise}, change_ownership=1.0, **NO_BUSINESS)
    assert {field for field in same(first, other) if not field.startswith("p")} == set()
    assert first.firm[0].hours_change == first.firm[0].spend_business == 0.0


def apart_from_adopting() -> list[str]:
    """Fields that differ between a short run with adoption and shadow work off, and one that never calls them; plain Python only."""
    from sim.model import day

    blueprint = plan(days=80, model=off("adopt", "shadow"), technologists=24.0, units=2.0)
    worlds = [begin(blueprint, 3), begin(blueprint, 3)]
    kernel.run_days(worlds[0], 0, 80)
    day.adopt.begin = day.adopt.act = day.shadow.look = lambda *_: None
    kernel.run_days(worlds[1], 0, 80)
    assert worlds[0].firm[0].stage_count[LIVE] > 0
    return same(*worlds)


def test_off_means_gone_as_if_it_were_never_called():
    code = "from tests.model.test_adopt import apart_from_adopting\nprint(*apart_from_adopting())"
    place = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=place, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert set(done.stdout.split()) <= OURS


def test_the_defaults_leave_change_to_be_made():
    assert MODEL["kappa"] > 0.0
    assert MODEL["shadow_hazard"] > 0.0
