"""Lead: finite attention, trouble first, drift under leaders without fluency, and fluency that joint work teaches."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model import kernel
from sim.model.begin import begin
from sim.model.judgement import value_kept
from sim.model.mechanisms.lead import fluency_after_delivery, fluency_after_time, late_chance, premium
from sim.model.outcomes import INDEX
from sim.model.stages import BOARD, IDEA
from tests.model.uncalled import differences
from tests.model.worlds import MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, SMALL, changes, lived, off, plan, rows

LOCAL = {**MIDDLE, "delegation": 1.0, "tech_embedding": 1.0, "liaisons_per_unit": 0.0, "experiment_budget": 0.0}
BUSY = {**SMALL, "change_load": 0.4, "size_median": 8.0}
QUIET = {"late_base": 0.0, "late_slope": 0.0, "alarm": 0.0}
STEADY = {"exposure_gain": 0.0, "leader_turnover": 0.0}


def test_equations_by_hand():
    assert late_chance(0.2, 0.5, 0.5) == pytest.approx(0.45)
    assert late_chance(0.2, 0.9, 0.0) == 1.0
    assert value_kept(0.15, 0.3) == pytest.approx(0.895)
    assert fluency_after_delivery(0.7, 0.005) == pytest.approx(0.7015)
    assert fluency_after_time(0.8, 0.3, 0.15, 1.0 / 12.0) == pytest.approx(0.8 - 0.15 / 24.0)
    assert premium(1.0, 0.7, 0.4, 0.417) == pytest.approx(0.7 * 1.4 * 0.417)


def test_a_leader_decides_no_more_than_attention_allows_and_items_wait():
    w = lived(design=LOCAL, firm=BUSY, attention_rate=0.1, days=200, **QUIET)
    decided = w.leaders["decided"][:-1]
    ended = changes(w)
    ended = np.bincount(ended["unit"][np.isin(ended["stage"], (11,))], minlength=4)
    # Who is overdrawn waits: one decision more at most than a tenth a day.
    assert (decided + ended <= 0.1 * 200 + 1).all()
    assert (w.lines["count"][w.leaders["line"][:-1]] > 0).all()
    free = lived(design=LOCAL, firm=BUSY, attention_rate=1e9, days=200, **QUIET)
    assert not free.lines["count"][free.leaders["line"][:-1]].any()
    assert changes(w)["days"][:, BOARD].sum() > 0 == changes(free)["days"][:, BOARD].sum()


def test_trouble_comes_before_new_work():
    """Three escalations of two decisions each take twelve days of half a decision a day."""
    w = begin(plan(design=LOCAL, firm=BUSY, days=40, hurdle=0.0, **QUIET), 1)
    w.leaders["escalations"][0] = 3.0
    w.leaders["attention"] = 0.0
    kernel.run_days(w, 0, 12)
    assert w.leaders["escalations"][0] == pytest.approx(0.0, abs=1e-12)
    assert w.leaders["decided"][0] == 0 < w.leaders["decided"][1:4].min()
    kernel.run_days(w, 12, 40)
    assert w.leaders["decided"][0] > 0


def test_every_failed_release_goes_up():
    w = lived(design=PERVASIVE, coupling=0.0, base_failure=1.0, late_base=0.0, late_slope=0.0, alarm=0.5)
    assert w.firm[0].failures > 5
    assert w.firm[0].escalated == 0.5 * w.firm[0].failures
    assert not rows(w)["escalated"].any()


def test_every_missed_agreement_goes_up():
    never = ("coupling", "late_base", "late_slope", "base_failure", "batch_risk", "missed_risk", "debt_risk")
    calm = dict.fromkeys(never, 0.0)
    w = begin(plan(design=PERVASIVE, alarm=0.5, **calm), 2)
    for day in range(240):
        w.items["missed"] = np.where(w.items["ended"] < 0, 2, w.items["missed"])
        kernel.run_days(w, day, day + 1)
    assert w.firm[0].escalated == pytest.approx(0.5 * 2 * w.homes["delivered"].sum())


def test_all_that_is_late_goes_up_where_everybody_complains():
    certain = {"late_base": 1.0, "alarm": 0.0, "promise_start": 1.0, "promise_step": 0.001, "days": 400}
    w = lived(design=PARTNERSHIP, **certain)
    items = rows(w)
    # A promise of a day, which hardly moves: whatever took three days or more was late.
    late = (items["stage"] == 10) & (items["ended"] - items["decided"] >= 3)
    assert late.sum() > 20
    assert (items["escalated"][late] == 1).all()
    assert w.firm[0].escalated == items["escalated"].sum()
    assert not rows(lived(design=PARTNERSHIP, **{**certain, "late_base": 0.0, "late_slope": 0.0}))["escalated"].any()


def test_trust_keeps_trouble_down():
    still = {"trust_gain": 0.0, "trust_loss": 0.0, "alarm": 0.0, "doubt": 0.0, "days": 480}

    def troubles(start):
        return np.mean([lived(seed, design=PARTNERSHIP, trust_start=start, **still).firm[0].escalated for seed in range(4)])

    assert troubles(0.4) > 1.2 * troubles(0.8)


def test_an_escalation_costs_its_home_the_explaining():
    """Where no other meeting is held, all duty is explaining: what was served and what is still owed add up."""
    free = {"meeting_hours": 0.0, "bid_hours": 0.0, "guild_hours": 0.0, "reporting_hours": 0.0, "goal_hours": 0.0, "coaching_hours": 0.0,
            "principle_hours": 0.0, "effort_inside": 0.0, "effort_across": 0.0, "review_effort": 0.0}  # fmt: skip
    w = lived(design=PERVASIVE, measuring_hours=0.0, escalation_effort=2.0, **free)
    assert w.firm[0].escalated > 5.0
    assert w.firm[0].hours_in_step + w.teams["duty"].sum() == pytest.approx(2.0 * w.firm[0].escalated)


def test_escalations_a_month_are_what_was_counted():
    blueprint = plan(design=PERVASIVE, warm_up=40, days=400)
    outcomes = kernel.run(blueprint, 3).outcomes
    assert outcomes[INDEX["escalations_per_month"]] == pytest.approx(kernel.simulate(blueprint, 3).firm[0].escalated / 20.0)


def test_what_is_chosen_under_leaders_without_fluency_drifts():
    w = lived(design={**MIDDLE, "experiment_budget": 0.0}, days=480, drift=0.4, **STEADY)
    items = changes(w)
    gone = items[items["decided"] >= 0]
    fluency = w.leaders["fluency"][gone["unit"]]
    local = gone["size"] <= w.units[0].own_authority
    assert 0 < local.sum() < len(local)
    assert gone["worth_share"][local] == pytest.approx(1.0 - 0.4 * (1.0 - fluency[local]))
    assert (gone["worth_share"][~local] == 1.0).all()


def test_the_portfolio_shows_the_drift():
    blueprint = plan(design=LOCAL, days=400)
    items = changes(kernel.simulate(blueprint, 5))
    chosen = items[items["decided"] >= 0]
    expected = (chosen["value"] * chosen["worth_share"] / chosen["size"]).mean()
    assert kernel.run(blueprint, 5).outcomes[INDEX["portfolio_value"]] == pytest.approx(expected)


def test_delegation_needs_fluent_leaders():
    """The counter-force: with estimates that nobody gets wrong, fluency counts only where teams choose."""
    def chosen(delegation, fluency):
        design = {**MIDDLE, "delegation": delegation, "leader_fluency": fluency}
        plans = plan(design=design, days=480, estimate_log_sd=0.0, coaching_hours=0.0, fluency_spread=0.0, **STEADY)
        return np.nanmean([kernel.run(plans, seed).outcomes[INDEX["portfolio_value"]] for seed in range(3)])

    assert chosen(1.0, 0.2) == pytest.approx(chosen(1.0, 1.0) * (1.0 - MODEL["drift"] * 0.8), rel=0.02)
    assert chosen(0.0, 0.2) == pytest.approx(chosen(0.0, 1.0), rel=1e-9)


@pytest.mark.parametrize(("monthly", "hired"), [(0, 0.3), (2, 0.7), (4, 0.3)])
def test_fluency_settles_where_exposure_and_turnover_balance(monthly, hired):
    gain, turnover = 0.005, 0.15
    fluency = 0.5
    for _ in range(2000):
        for _ in range(monthly):
            fluency = fluency_after_delivery(fluency, gain)
        fluency = fluency_after_time(fluency, hired, turnover, 1.0 / 12.0)
    yearly = gain * 12.0 * monthly
    assert fluency == pytest.approx((yearly + turnover * hired) / (yearly + turnover), abs=0.01)


def test_only_joint_work_teaches_leaders():
    apart = lived(design={**PARTNERSHIP, "tech_embedding": 0.0}, firm=BUSY, days=480, exposure_gain=0.015)
    assert apart.leaders["fluency"] == pytest.approx(apart.leaders["hired"])
    joint = lived(design=LOCAL, firm=BUSY, days=480, exposure_gain=0.015, leader_turnover=0.0)
    items = rows(joint)
    own = items[(items["stage"] == 10) & (items["home"] == items["unit"])]
    missing = (1.0 - joint.leaders["hired"][:-1]) * (1.0 - 0.015) ** np.bincount(own["unit"], minlength=4)
    assert joint.leaders["fluency"][:-1] == pytest.approx(1.0 - missing)
    assert joint.leaders["fluency"][-1] == joint.leaders["hired"][-1]
    assert (joint.leaders["estimate_sd"][:-1] < begin(plan(design=LOCAL, firm=BUSY), 1).leaders["estimate_sd"][:-1]).all()


def test_fluent_leaders_are_paid_for_and_more_where_talent_is_scarce():
    for scarcity in (0.0, 1.0):
        w = lived(firm={**SMALL, "talent_scarcity": scarcity}, warm_up=20, days=100, **STEADY)
        expected = 100 * MODEL["fluency_wage"] * w.leaders["hired"].sum() * (1.0 + scarcity) * SMALL["wage"]
        assert w.firm[0].spend_leaders == pytest.approx(expected)


@pytest.mark.parametrize("design", ["partnership", "pervasive"])
def test_off_means_gone_a_run_is_the_same_as_without_the_rules(design):
    """But for attention itself: without the rule nobody fills it up again, and it never runs out."""
    rules = [f"sim.model.mechanisms.lead.{name}" for name in ("act", "look_for_late", "hear_delivery")]
    rules.append("sim.model.mechanisms.release.escalate")
    assert differences("lead", rules, design, {}) <= {"leaders.attention"}


def test_off_means_nothing_waits_goes_up_or_drifts():
    w = lived(design=PERVASIVE, model=off("lead"), days=400)
    assert w.firm[0].escalated == w.firm[0].spend_leaders == 0.0
    assert (w.leaders["fluency"] == w.leaders["hired"]).all()
    items = rows(w)
    assert (items["worth_share"] == 1.0).all()
    assert (items["kind"] == IDEA).any()
