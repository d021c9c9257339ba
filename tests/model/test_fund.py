"""Fund: standing teams start at once, projects wait for their window."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.model.mechanisms.fund import needs_window, window_money
from sim.model.outcomes import CAUSES
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, changes, live, lived, off

FUNDING = CAUSES.index("funding")
PROJECTS = {
    **MIDDLE, "funding_persistence": 0.0, "delegation": 1.0, "liaisons_per_unit": 0.0, "experiment_budget": 0.0, "self_organisation": 0.0,
}  # fmt: skip
FIRM = {**FIRM_VALUES, "units": 4.0, "technologists": 80.0}


def test_a_windows_money_by_hand():
    assert window_money(1.2, 0.1, 40.0, 120.0) == pytest.approx(1.2 * 0.9 * 40.0 * 120.0)
    assert window_money(1.2, 1.0, 40.0, 120.0) == 0.0


def test_the_share_of_large_items_that_need_a_window_is_what_is_not_standing():
    luck = (np.arange(1000) + 0.5) / 1000
    for persistence in (0.0, 0.3, 1.0):
        share = np.mean([needs_window(30.0, 25.0, u, persistence, 1.0) for u in luck])
        assert share == pytest.approx(1.0 - persistence)
        assert not any(needs_window(25.0, 25.0, u, persistence, 1.0) for u in luck), "petty work needs none"
        assert not any(needs_window(30.0, 25.0, u, persistence, 0.0) for u in luck)


def test_off_means_gone_nobody_waits_for_money():
    gone = lived(design=PROJECTS, firm=FIRM, model=off("fund"))
    assert (changes(gone)["days"][:, FUNDING] == 0).all()
    assert (changes(gone)["funded"] == 0).all()
    there = lived(design=PROJECTS, firm=FIRM)
    assert (changes(there)["days"][:, FUNDING] > 0).any()


def test_standing_teams_need_no_window():
    items = changes(lived(design={**PROJECTS, "funding_persistence": 1.0}, firm=FIRM))
    assert (items["days"][:, FUNDING] == 0).all()


@pytest.mark.parametrize("interval", [20.0, 60.0])
def test_where_money_is_ample_items_wait_half_an_interval(interval):
    """What is decided on a window's day waits for the next: 1 to interval days, each as likely."""
    model = {**MODEL, "funding_floor": 0.0, "hurdle": 0.0, "cover": 100.0}
    design = {**PROJECTS, "funding_interval": interval}
    items = np.concatenate([changes(lived(seed, design=design, firm=FIRM, model=model, days=480)) for seed in range(10)])
    waits = items["days"][items["funded"] > 0, FUNDING]
    assert waits.mean() == pytest.approx((interval + 1.0) / 2.0, abs=5.0 * interval / math.sqrt(12.0 * len(waits)))
    assert waits.max() <= interval


def test_scarce_money_makes_items_wait_longer():
    waits = []
    for cover in (100.0, 0.5):
        design = {**PROJECTS, "funding_interval": 60.0}
        worlds = [lived(seed, design=design, firm=FIRM, cover=cover, hurdle=0.0, days=480) for seed in range(4)]
        items = np.concatenate([changes(w) for w in worlds])
        days = items["days"][:, FUNDING] + np.where(items["stage"] == 2, 480 - items["since"], 0)
        waits.append(days.mean())
    assert waits[1] > 1.5 * waits[0]


def test_project_money_moves_to_freer_homes_and_standing_money_cannot():
    """The counter-force: with a staffing office, funded items are built outside the home that they were routed to."""
    embedded = {**PROJECTS, "tech_embedding": 1.0, "enabling_share": 0.0, "cross_functionality": 1.0, "funding_interval": 20.0}
    model = {**MODEL, "funding_floor": 0.0}
    moved = live(lived(design=embedded, firm=FIRM, model=model, days=400))
    kept = live(lived(design=embedded, firm=FIRM, model={**model, "staffing_reach": 0.0}, days=400))
    assert (moved["home"] != moved["unit"]).any()
    assert (kept["home"] == kept["unit"]).all()
