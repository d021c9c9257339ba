"""Vendors: bought capacity follows the load, costs more than it brings in hours, and leaves less behind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model import kernel
from sim.model.begin import begin
from sim.model.mechanisms.build import output_share
from sim.model.mechanisms.vendors import beside, elasticity
from sim.model.world import same
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, live, lived, off, plan

FIXED = {"elastic_low": 1.0, "elastic_high": 1.0}
BOUGHT = {**PARTNERSHIP, "vendor_share": 0.4}


def test_equations_by_hand():
    assert beside(0.3, 7.0) == pytest.approx(3.0)
    assert beside(0.0, 7.0) == 0.0
    assert elasticity(90.0, 2.0, 45.0, 0.5, 1.5) == 1.0
    assert elasticity(1e9, 2.0, 45.0, 0.5, 1.5) == 1.5
    assert elasticity(0.0, 2.0, 45.0, 0.5, 1.5) == 0.5


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0, 0.8), st.floats(0.0, 500.0))
def test_the_bought_share_is_the_share_of_the_whole(share, own):
    bought = beside(share, own)
    assert bought == pytest.approx(share * (own + bought), abs=1e-9)


def test_off_means_gone_nobody_is_bought():
    gone, without = (lived(model=off("vendors"), days=120, vendor_share=share) for share in (0.8, 0.0))
    assert (gone.homes["vendors"] == 0.0).all()
    assert gone.firm[0].spend_vendors == gone.firm[0].hours_vendors == 0.0
    assert same(gone, without) == ["p.vendor_share"]


def test_a_design_without_vendors_is_a_design_without_the_mechanism():
    different = same(lived(days=120, vendor_share=0.0), lived(model=off("vendors"), days=120, vendor_share=0.0))
    assert all(name.startswith("p.") for name in different)


def test_the_share_of_build_capacity_is_what_the_design_says():
    """At normal load; in steady days, of the time before keeping in step inside teams."""
    model = {**MODEL, **FIXED, "overhead": 0.0, "run_log_sd": 0.0}
    w = lived(design=BOUGHT, firm=FIRM_VALUES, model=model, days=240)
    builders = w.homes["builds"] > 0
    own, bought = w.homes["own_pace"][builders].sum(), (w.homes["vendors"] * MODEL["availability"])[builders].sum()
    assert bought / (own + bought) == pytest.approx(0.4, abs=0.01)
    assert (w.homes["vendors"][~builders] == 0.0).all(), "enabling teams buy nobody"


def test_each_contracted_day_is_paid_for():
    w = begin(plan(design=BOUGHT, vendor_price=1.7, warm_up=10, days=60), 3)
    paid = 0.0
    for day in range(70):
        today = w.homes["vendors"].sum()
        kernel.run_days(w, day, day + 1)
        paid += today if day >= 10 else 0.0
    assert w.firm[0].spend_vendors == pytest.approx(paid * FIRM_VALUES["wage"] * 1.7, rel=1e-9)
    assert paid > 0.0


def test_teams_share_their_homes_vendors_who_count_as_heads():
    w = begin(plan(design=BOUGHT), 3)
    for day in range(40):
        bought = w.teams["vendors"].copy()
        kernel.run_days(w, day, day + 1)
        heads = w.teams["people"] + w.teams["experts"] + bought
        assert w.teams["output_share"].tolist() == [output_share(n, MODEL["overhead"]) for n in heads]
        shared = np.bincount(w.teams["home"], weights=w.teams["vendors"], minlength=len(w.homes))
        np.testing.assert_allclose(shared, w.homes["vendors"], rtol=1e-12)


def test_vendors_do_no_run_work_and_nothing_but_items():
    without, bought = (lived(design={**BOUGHT, "vendor_share": share}, days=240, model=off("adopt", "shadow"), overhead=0.0)
                       for share in (0.0, 0.4))  # fmt: skip
    assert bought.firm[0].hours_total == without.firm[0].hours_total
    assert bought.firm[0].hours_items > without.firm[0].hours_items
    assert bought.firm[0].hours_experiments == pytest.approx(without.firm[0].hours_experiments, rel=0.05)
    time = bought.firm[0].hours_items + bought.teams["idle"].sum()
    own = without.firm[0].hours_items + without.teams["idle"].sum()
    assert time - own == pytest.approx(bought.firm[0].hours_vendors, rel=0.1)


def test_contracts_follow_what_is_wanted_after_their_lead_time():
    """A gap closes by 1/contract_days of itself each day."""
    w = begin(plan(design=BOUGHT, contract_days=20.0, change_load=0.0, run_log_sd=0.0, **FIXED), 1)
    kernel.run_days(w, 0, 1)
    home = int(np.argmax(w.homes["people"]))
    for day in range(1, 30):
        before = w.homes["vendors"][home]
        kernel.run_days(w, day, day + 1)
        target = beside(0.4, w.homes["own_pace"][home]) / MODEL["availability"]
        assert w.homes["vendors"][home] == pytest.approx(before + (target - before) / 20.0, rel=1e-9)


def test_a_home_under_load_contracts_more():
    idle, pressed = (lived(design=BOUGHT, change_load=load, days=240) for load in (0.02, 0.6))
    assert pressed.homes["vendors"].sum() > 1.5 * idle.homes["vendors"].sum()


def test_intent_is_lost_in_vendors_hands():
    def fidelity(kept):
        return np.mean([live(lived(seed, design=BOUGHT, vendor_fidelity=kept, days=360))["fidelity"].mean() for seed in range(3)])

    assert fidelity(0.7) < fidelity(1.0) - 0.05


def test_what_vendors_learned_leaves_with_them():
    def familiarity(loss):
        return np.mean([lived(seed, design=BOUGHT, vendor_loss=loss, days=360).ties["familiarity"].mean() for seed in range(3)])

    assert familiarity(1.0) < familiarity(0.0)


def test_more_hands_deliver_more():
    """What the price buys: under load, more items go live."""
    none, much = (sum(len(live(lived(seed, design={**MIDDLE, "vendor_share": share}, days=360, change_load=0.4)))
                      for seed in range(3)) for share in (0.0, 0.5))  # fmt: skip
    assert much > none


def test_contracts_that_follow_the_load_are_worth_more_where_demand_is_bursty():
    """The counter-force: against contracts that never change, for less money in both cases, days are lost when demand is even and not
    when it comes in waves."""
    def gain(burstiness):
        firm = {**FIRM_VALUES, "change_load": 0.12, "run_load": 0.52, "value_log_sd": 1.0, "burstiness": burstiness,
                "demand_correlation": 1.0}
        design = {**PERVASIVE, "vendor_share": 0.35}
        others = off("coordinate", "review", "adopt", "shadow", "architect", "lead", "talent")
        given_model = {"model": others, "contract_days": 15.0, "elastic_days": 12.0, "hurdle": 2.5, "estimate_log_sd": 1.0,
                       "strangeness": 0.2, "ranked_queues": 0.0}
        days, money = [], []
        for fixed in ({}, FIXED):
            worlds = [lived(seed, design=design, firm=firm, days=480, warm_up=240, **given_model, **fixed) for seed in range(24)]
            days.append(np.mean([(live(w)["ended"] - live(w)["raised"]).mean() for w in worlds]))
            money.append(sum(w.firm[0].spend_vendors for w in worlds))
        assert money[0] < money[1]
        return days[1] - days[0]

    assert gain(0.8) > gain(0.0)
