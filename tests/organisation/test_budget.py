"""Budget: what a design is planned to cost, and how designs compared are brought to the same money before anyone is seated."""

from __future__ import annotations

import builtins
import functools
import math
import operator
from dataclasses import replace

import pytest
from hypothesis import given, settings

from sim.api import load_scenario
from sim.core.errors import InputError
from sim.model.equal import blueprint_of, seated
from sim.organisation import prices
from sim.organisation.budget import _matched, fewest, matched, planned_spend, planned_terms, seats
from sim.organisation.positions import positions
from sim.organisation.split import Split, split
from sim.organisation.structure import seat
from sim.scenario.objects import FrozenMap
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, points

PARTS = Split(liaisons=6.0, enabling=10.0, embedded=50.0, pool=34.0)
FIRM = {**FIRM_VALUES, "units": 4.0, "wage": 0.5, "business_experts": 0.2, "technologists": 100.0, "run_load": 0.6,
        "vendor_price": 1.5, "cloud_price": 2.0, "talent_scarcity": 0.5, "change_load": 0.1, "size_median": 20.0,
        "size_log_sd": 0.0, "turnover": 0.0}  # fmt: skip
PRICES = {**MODEL, "tool_price": 0.2, "executive_hours": 0.5, "executive_wage": 3.0, "infra_share": 0.25,
          "vendor_supply": 1.0, "cloud_scale": 0.01, "review_share": 0.8, "review_effort": 2.0, "kappa": 0.5, "unit_change_capacity": 0.4,
          "fluency_wage": 2.0, "availability": 0.8, "enabling_leverage": 1.0, "pace_floor": 0.05, "hire_cost": 40.0,
          "overhead": 0.0, "repay_share": 0.0, "guild_hours": 0.0, "reporting_hours": 0.0, "goal_hours": 0.0, "principle_hours": 0.0,
          "measuring_hours": 0.0}  # fmt: skip
DESIGN = {**MIDDLE, "cross_functionality": 0.5, "board_interval": 10.0, "vendor_share": 0.25, "cloud_share": 0.5, "governance_scope": 0.5,
          "change_ownership": 0.3, "leader_fluency": 0.6}  # fmt: skip
BY_HAND = {
    "technologists": 94 * 0.5,
    "hiring": 0.0,
    "liaisons": 6 * 0.5,
    "tools": 10 * 0.2 * 0.5,
    "experts": 0.5 * 0.2 * 50 * 0.5,
    "board": 0.5 * 4 * 3 * 0.5 / 10,
    "vendors": (0.8 * 84 - (60 - 7.5 - 8)) * (1 / 3) / 0.8 * 1.5 * 0.5,
    "cloud": 7.5 * 2 * (1 + 0.01 * 7.5) * 0.5,
    "reviews": 0.5 * 0.8 * (10 / 20) * 1.0 * 0.5,
    "adoption": 0.4 * 0.5 * 10 * 0.5,
    "leaders": 5 * 2 * 0.6 * 1.5 * 0.5,
}
"""Thousand a day. Providers do 7.5 of 60 person-days of run work, enabling teams 8; half an item a day is asked for. Nobody leaves,
and keeping in step takes no time."""
STAFF = {"turnover": 0.12, "talent_scarcity": 0.5, "data_work": 0.25}
LEAVING = {"ownership_pull": 0.25, "scarcity_pull": 1.0, "hire_days": 60.0, "scarcity_slope": 1.0, "specialist_slope": 0.8,
           "year_days": 240.0, "onboarding_days": 80.0, "newcomer_loss": 0.5, "mentoring": 0.25}  # fmt: skip
FREE = {"delegation": 0.5, "self_organisation": 0.3}
LEFT = 0.12 * (1 - 0.25 * 0.4) * 1.5
"""Share of posts whose holder leaves in a year."""
VACANT = LEFT * 60 * 1.5 * 1.2 / 240
HELD = 1 - VACANT - 0.75 * LEFT * 80 / 240
"""What vacancies and newcomers leave of the posts' time."""


@pytest.mark.parametrize("term", BY_HAND)
def test_a_term_by_hand(term):
    assert getattr(prices, term)(PARTS, FIRM, DESIGN, PRICES) == pytest.approx(BY_HAND[term], rel=1e-12)


def test_vacant_posts_are_not_paid_and_filling_them_costs():
    firm, design, model = {**FIRM, **STAFF}, {**DESIGN, **FREE}, {**PRICES, **LEAVING}
    assert prices.leavers(firm, design, model) == pytest.approx(LEFT, rel=1e-12)
    assert prices.vacant(firm, design, model) == pytest.approx(VACANT, rel=1e-12)
    assert prices.technologists(PARTS, firm, design, model) == pytest.approx(94 * (1 - VACANT) * 0.5, rel=1e-12)
    assert prices.hiring(PARTS, firm, design, model) == pytest.approx(94 * LEFT / 240 * 40 * 0.5, rel=1e-12)


def test_vendors_follow_the_time_that_builders_have_left():
    firm, design, model = {**FIRM, **STAFF}, {**DESIGN, **FREE}, {**PRICES, **LEAVING}
    assert prices.productive(firm, design, model) == pytest.approx(HELD, rel=1e-12)
    busy = {**model, "overhead": 0.001, "team_size": 10.0, "guild_hours": 0.02, "reporting_hours": 0.04, "goal_hours": 0.02,
            "principle_hours": 0.04, "measuring_hours": 0.1, "repay_share": 0.1}  # fmt: skip
    kept = {**design, "guild_strength": 1.0, "visibility": 0.5, "joint_goals": 0.5, "principles_strength": 0.25, "metrics_interval": 10.0}
    share = HELD * (1 - 0.07) * 0.9
    assert prices.productive(firm, kept, busy) == pytest.approx(share, rel=1e-12)
    time = 0.8 * 84 * share * 0.9 - (60 - 7.5 - 8 * share)
    expected = max(time, 0.05 * 84)
    assert prices.own_pace(PARTS, firm, kept, busy) == pytest.approx(expected, rel=1e-12)
    assert prices.vendors(PARTS, firm, kept, busy) == pytest.approx(expected / 3 / 0.8 * 1.5 * 0.5, rel=1e-12)


def test_a_unit_that_owns_little_of_the_change_adopts_within_its_capacity_only():
    assert prices.adoption(PARTS, FIRM, {**DESIGN, "change_ownership": 0.9}, PRICES) == pytest.approx(0.1 * 0.5 * 10 * 0.5)


def test_the_parts_are_the_seats():
    for design in (PARTNERSHIP, PERVASIVE, MIDDLE):
        parts, structure = split(FIRM_VALUES, design, MODEL["smallest_home"]), seat(FIRM_VALUES, design, MODEL)
        assert structure.liaison_people.sum() == pytest.approx(parts.liaisons)
        assert sum(home.people for home in structure.homes if home.builds) == pytest.approx(parts.builders)
        assert sum(home.people for home in structure.homes if not home.builds) == pytest.approx(parts.enabling)
        terms = planned_terms(FIRM_VALUES, design, MODEL, FIRM_VALUES["technologists"])
        assert terms["experts"] == pytest.approx(structure.team_experts.sum() * FIRM_VALUES["wage"])


@pytest.mark.parametrize("design", [PARTNERSHIP, PERVASIVE, MIDDLE], ids=["partnership", "pervasive", "middle"])
def test_spend_is_linear_in_people(design):
    """Where there is run work left for builders, and time left beside it."""
    firm = {**FIRM_VALUES, "run_load": 0.3}
    few, some, many = (planned_spend(firm, design, MODEL, people) for people in (300.0, 340.0, 400.0))
    assert (many - some) / 60.0 == pytest.approx((some - few) / 40.0, rel=1e-12)


@pytest.mark.parametrize("name", ["branch_bank", "mobile_bank"])
def test_the_shipped_designs_are_matched_to_the_ninth_digit(name):
    scenario = load_scenario(name)
    first = scenario.designs[scenario.compare[0]].values
    target = planned_spend(scenario.firm, first, scenario.model, scenario.firm["technologists"])
    for design in scenario.designs.values():
        people = seated(scenario, design.name)
        assert planned_spend(scenario.firm, design.values, scenario.model, people) == pytest.approx(target, rel=1e-9)
    assert seated(scenario, scenario.compare[0]) == scenario.firm["technologists"]


@settings(deadline=None, max_examples=200)
@given(points(), points())
def test_any_two_designs_cost_the_same_but_for_a_step(one, other):
    (firm, first), (_, design) = one, other
    try:
        people = matched(firm, first, design, MODEL)
    except ValueError:
        assert planned_spend(firm, design, MODEL, fewest(firm, design)) > planned_spend(firm, first, MODEL, firm["technologists"])
        return
    assert people >= fewest(firm, design)
    target = planned_spend(firm, first, MODEL, firm["technologists"])
    around = [planned_spend(firm, design, MODEL, people * factor) for factor in (1.0 - 1e-9, 1.0, 1.0 + 1e-9)]
    # Where a group becomes a team of its own, spend takes a step, and no number of people costs what lies within it.
    assert around[1] == pytest.approx(target, rel=1e-9) or min(around) <= target <= max(around)


@settings(deadline=None, max_examples=100)
@given(points(), points())
def test_every_python_seats_as_many(one, other):
    """Python adds floats up in turn until 3.11 and makes good what is lost from 3.12 on: a last digit that would seat somebody more."""
    (firm, first), (_, design) = one, other

    def found(add):
        _matched.cache_clear()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(builtins, "sum", add)
            try:
                firm_wide, units = positions([first, design, first])
                return matched(firm, first, design, MODEL), firm_wide, units
            except ValueError:
                return None

    def in_turn(values, start=0):
        return functools.reduce(operator.add, values, start)

    assert found(in_turn) == found(lambda values, start=0: math.fsum(values) + start)


def test_names_swapped_change_nothing():
    scenario = load_scenario("branch_bank", [("designs.compare", "partnership,pervasive")])
    swapped = replace(scenario, compare=("pervasive", "partnership"), designs=FrozenMap(
        {"partnership": scenario.designs["pervasive"], "pervasive": scenario.designs["partnership"]}))  # fmt: skip
    assert seated(swapped, "partnership") == seated(scenario, "pervasive")
    assert seated(swapped, "pervasive") == seated(scenario, "partnership")


def test_equal_head_count_gives_every_design_the_files_people():
    scenario = load_scenario("branch_bank", [("run.equal", "headcount")])
    assert {seated(scenario, name) for name in scenario.designs} == {340}


def test_money_and_head_count_are_all_there_is():
    assert seats(FIRM_VALUES, PARTNERSHIP, PERVASIVE, MODEL, "headcount") == FIRM_VALUES["technologists"]
    assert seats(FIRM_VALUES, PARTNERSHIP, PERVASIVE, MODEL, "money") == matched(FIRM_VALUES, PARTNERSHIP, PERVASIVE, MODEL)


def test_without_experts_the_design_that_has_more_of_them_affords_more_technologists():
    people = seats(FIRM_VALUES, PARTNERSHIP, PERVASIVE, MODEL, "technology")
    assert people > seats(FIRM_VALUES, PARTNERSHIP, PERVASIVE, MODEL, "money")
    costs = [planned_terms(FIRM_VALUES, design, MODEL, seated) for design, seated in
             ((PARTNERSHIP, FIRM_VALUES["technologists"]), (PERVASIVE, people))]  # fmt: skip
    first, second = (sum(terms.values()) - terms["experts"] for terms in costs)
    assert second == pytest.approx(first, rel=1e-3)
    assert costs[1]["experts"] > costs[0]["experts"]
    free = {**FIRM_VALUES, "business_experts": 0.0}
    assert seats(free, PARTNERSHIP, PERVASIVE, MODEL, "technology") == seats(free, PARTNERSHIP, PERVASIVE, MODEL, "money")


def test_a_design_that_costs_more_gets_fewer_heads_and_back():
    people = FIRM_VALUES["technologists"]
    there = matched(FIRM_VALUES, PARTNERSHIP, PERVASIVE, MODEL)
    dearer = planned_spend(FIRM_VALUES, PERVASIVE, MODEL, people) > planned_spend(FIRM_VALUES, PARTNERSHIP, MODEL, people)
    assert (there < people) == dearer
    # With so many people the second costs what the first did, so the first is matched to it with as many as it had. What is asked
    # for follows the firm's file, so it is held where it was.
    loads = {load: FIRM_VALUES[load] * people / there for load in ("change_load", "run_load")}
    assert matched({**FIRM_VALUES, "technologists": there, **loads}, PERVASIVE, PARTNERSHIP, MODEL) == pytest.approx(people, rel=1e-9)


def test_nobody_left_to_build_is_found_for_the_matched_number_too():
    given_ = [("firm.units", "10"), ("firm.technologists", "42"), ("designs.compare", "partnership,pervasive"),
              ("design.pervasive.liaisons_per_unit", "4"), ("design.pervasive.board_interval", "1")]  # fmt: skip
    with pytest.raises(InputError, match="nobody is left to build") as caught:
        load_scenario("branch_bank", given_)
    assert 'run.equal = "headcount"' in str(caught.value)
    scenario = load_scenario("branch_bank", [*given_, ("run.equal", "headcount")])
    assert seated(scenario, "pervasive") == 42


def test_a_design_that_is_not_compared_may_be_too_dear_until_it_is_asked_for():
    scenario = load_scenario("branch_bank", [("firm.units", "10"), ("firm.technologists", "42"), ("designs.compare", "partnership"),
                                             ("design.pervasive.liaisons_per_unit", "4"),
                                             ("design.pervasive.board_interval", "1")])  # fmt: skip
    with pytest.raises(InputError, match="cannot be had for what partnership costs"):
        blueprint_of(scenario, "pervasive")


def test_an_unknown_design_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="did you mean pervasive"):
        seated(load_scenario("branch_bank"), "pervasiv")
