"""Moves and staff: vacancies, contracts and people under equal money go through a change of design as they do through any day."""

from __future__ import annotations

import numpy as np
import pytest

from sim import load_scenario
from sim.model import kernel
from sim.model.begin import draw_up
from sim.model.carry import whole_posts
from sim.model.equal import seated
from sim.model.flows import people_flow
from sim.model.move import move
from sim.model.path import Path, Stretch, path_of
from sim.model.world import same
from sim.scenario.events import KINDS
from tests.model.paths import copied, path
from tests.model.test_intervene import event, morning, scenario
from tests.model.worlds import MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, SMALL, off

BIG = {**SMALL, "technologists": 96.0}
SPREAD = {**PARTNERSHIP, "tech_embedding": 0.95, "enabling_share": 0.0, "liaisons_per_unit": 0.0}
POOLED = {**SPREAD, "tech_embedding": 0.05}


def test_scattered_vacancies_come_together_to_whole_posts():
    people = np.full(12, 7.6)
    found = whole_posts(np.full(12, 0.19), people, np.ones(12, bool))
    assert found.sum() == pytest.approx(12 * 0.19, abs=0.5 * 0.95)
    heads = found / 0.95
    np.testing.assert_allclose(heads, np.round(heads), atol=1e-9)
    untouched = whole_posts(np.full(12, 0.19), people, np.zeros(12, bool))
    np.testing.assert_array_equal(untouched, 0.19)


def test_posts_that_a_bigger_design_has_are_vacant_and_cost_their_search():
    plans = [draw_up(BIG, POOLED, off("reorganise"), 480, 0, people) for people in (96.0, 106.0)]
    w = Path(plans[0], (Stretch(240, plans[1]),)).begin(3)
    kernel.run_days(w, 0, 240)
    old = copied(w)
    now = move(w, *plans, 240)
    assert now.teams["people"].sum() == pytest.approx(old.teams["people"].sum() + 10.0)
    assert now.teams["vacant"].sum() == pytest.approx(old.teams["vacant"].sum() + 10.0, abs=1.0)
    assert now.firm[0].seated == 106.0
    assert now.firm[0].spend_moving == 0.0
    assert now.firm[0].unsettled == 0.0
    kernel.run_days(now, 240, 480)
    assert now.teams["vacant"].sum() < 0.5 * (old.teams["vacant"].sum() + 10.0)
    assert now.firm[0].spend_hiring >= old.firm[0].spend_hiring + 5.0 * MODEL["hire_cost"] * BIG["wage"]


def test_posts_that_a_smaller_design_has_not_go_with_their_vacancies():
    plans = [draw_up(BIG, POOLED, MODEL, 240, 0, people) for people in (96.0, 72.0)]
    w = kernel.simulate(plans[0], 3)
    w.teams["vacant"] = w.teams["people"] / 8.0
    w.homes["vacant"] = w.homes["people"] / 8.0
    now = move(w, *plans, 240)
    assert now.teams["vacant"].sum() == pytest.approx(72.0 / 8.0, abs=1.0)
    assert now.firm[0].spend_moving == pytest.approx(MODEL["leaving_days"] * BIG["wage"] * 24.0 * 7.0 / 8.0)


def test_people_are_counted_for_as_long_as_they_were_there():
    plans = [draw_up(BIG, POOLED, MODEL, 240, 40, people) for people in (96.0, 72.0)]
    w = kernel.simulate_path(Path(plans[0], (Stretch(60, plans[1]),)), 1)
    assert w.firm[0].seat_days + w.firm[0].seated * (280 - w.firm[0].stretch_from) == 96.0 * 60 + 72.0 * 180
    assert w.firm[0].post_days == pytest.approx(96.0 * 60)


@pytest.mark.parametrize(("first", "then"), [(SPREAD, POOLED), (POOLED, SPREAD), (PARTNERSHIP, PERVASIVE)], ids=["in", "out", "over"])
def test_contracts_stay_as_many_and_then_follow_the_new_design(first, then):
    stepping = path({**first, "vendor_share": 0.3}, (120, {**then, "vendor_share": 0.0}), firm=BIG)
    w = stepping.begin(2)
    kernel.run_days(w, 0, 120)
    contracts = w.homes["vendors"].sum()
    assert contracts > 5.0
    w = stepping.turn(w, 120)
    assert w.homes["vendors"].sum() == pytest.approx(contracts)
    assert (w.homes["vendors"][w.homes["builds"] == 0] == 0.0).all()
    kernel.run_days(w, 120, 150)
    assert w.homes["vendors"].sum() == pytest.approx(contracts * (1.0 - 1.0 / MODEL["contract_days"]) ** 30)


def test_outsourcing_signs_contracts_over_time(tmp_path):
    before, now = morning(path_of(scenario(tmp_path, event("outsource", "share = 0.2")), "it"))
    assert set(same(before, now)) == {"p.vendor_share"}, "nothing but the rule changes on that morning"


def test_a_stack_goes_with_its_people():
    stepping = path(POOLED, (50, SPREAD), firm=BIG)
    w = stepping.begin(1)
    kernel.run_days(w, 0, 50)
    w.homes["divergence"] = np.where(w.homes["unit"] < 0, 0.5, 0.0)
    built = w.homes["people"] * w.homes["builds"] > 0
    flow = people_flow(stepping.first.structure, stepping.stretches[0].plan.structure)
    expected = (np.where(built, w.homes["divergence"], 0.0)[:, None] * flow.by_home).sum(axis=0) / flow.by_home.sum(axis=0)
    np.testing.assert_allclose(stepping.turn(w, 50).homes["divergence"], expected)


def test_what_waits_to_be_brought_into_use_goes_to_the_heir():
    first, then = ({**design, "change_ownership": 1.0} for design in (SPREAD, POOLED))
    stepping = path(first, (120, then), firm=BIG, model={**MODEL, "change_cap": 0.05})
    w = stepping.begin(1)
    kernel.run_days(w, 0, 120)
    waiting = w.lines["count"][w.homes["change_line"]].sum()
    assert waiting > 4
    now = stepping.turn(w, 120)
    counts = now.lines["count"][now.homes["change_line"]]
    assert counts.sum() == waiting
    assert (counts[now.homes["people"] == 0.0] == 0).all()


def test_agreements_under_way_keep_their_date():
    model = {**MODEL, "agreement_across": 30.0, "agreement_inside": 30.0}
    stepping = path(PARTNERSHIP, (100, PERVASIVE), firm=BIG, model=model)
    w = stepping.begin(1)
    kernel.run_days(w, 0, 100)
    dates = slice(w.firm[0].dates_line, w.firm[0].dates_line + 32)
    before = w.lines["count"][dates].copy()
    assert before.sum() > 0
    now = stepping.turn(w, 100)
    np.testing.assert_array_equal(now.lines["count"][dates], before)


SETTINGS = [("firm.units", "4"), ("firm.technologists", "96"), ("run.warm_up", "40"), ("run.days", "240"), ("firm.change_load", "0.2")]


@pytest.mark.parametrize("equal", ["money", "headcount"])
def test_every_stretch_has_the_people_that_its_design_has_when_designs_are_compared(equal):
    given = load_scenario("to_pervasive", [*SETTINGS, ("run.days", "720"), ("run.equal", equal)])
    stretches = path_of(given, "at_once").stretches
    whole = stretches[-1].plan
    assert whole.world.firm[0].seated == pytest.approx(seated(given, "pervasive"))
    assert (whole.world.firm[0].seated == 96.0) == (equal == "headcount")
    assert path_of(given, "at_once").first.world.firm[0].seated == 96.0


def test_a_cut_takes_its_share_of_what_the_money_pays_for(tmp_path):
    events = event("enabling_platform"), event("budget_cut", "share = 0.25", day=90)
    stretches = path_of(scenario(tmp_path, *events, settings=[*SETTINGS, ("run.equal", "money")]), "it").stretches
    dearer, cut = (stretch.plan.world.firm[0].seated for stretch in stretches)
    assert dearer != 96.0
    assert cut == pytest.approx(0.75 * dearer)


def test_a_step_to_a_dearer_design_lets_people_go_and_back_again_leaves_posts_to_fill(tmp_path):
    given = scenario(tmp_path, event("enabling_platform", "level = 0.3"), event("enabling_platform", "level = 0.05", day=120),
                     settings=[*SETTINGS, ("run.equal", "money")])  # fmt: skip
    stepping = path_of(given, "it")
    there, back = (stretch.plan.world.firm[0].seated for stretch in stepping.stretches)
    assert there < back == 96.0
    before, now = morning(stepping)
    assert now.firm[0].spend_moving > given.model["leaving_days"] * given.firm["wage"] * 0.9 * (96.0 - there)
    before, now = morning(stepping, place=1)
    assert now.teams["vacant"].sum() == pytest.approx(before.teams["vacant"].sum() + 96.0 - there, abs=1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_changes_a_run(tmp_path, kind):
    stepping = path_of(scenario(tmp_path, event(kind), settings=[*SETTINGS, ("run.days", "480")]), "it")
    acts, stays = kernel.run_path(stepping, 1), kernel.run_path(stepping.staying, 1)
    different = ~((acts.outcomes == stays.outcomes) | (np.isnan(acts.outcomes) & np.isnan(stays.outcomes)))
    assert different.sum() > 5, "more than an account differs"


def test_off_means_that_a_move_leaves_nobody_unsettled_and_costs_nothing():
    stepping = path(PARTNERSHIP, (60, MIDDLE), firm=BIG, model=off("reorganise"))
    w = kernel.simulate_path(stepping, 1)
    assert w.firm[0].unsettled == 0.0
    assert w.firm[0].spend_moving == 0.0
