"""Spend: people are paid every day that counts, tools and meetings on top, and nothing else in the firm notices."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.jit import entry
from sim.model import kernel
from sim.model.begin import begin, draw_up
from sim.model.measure_money import total_spend as _total_spend
from sim.model.mechanisms.spend import PARAMETERS, board_cost, pay
from sim.model.outcomes import INDEX
from sim.model.series import SPENT
from sim.model.world import same
from sim.organisation.budget import planned_terms
from tests.model.worlds import MIDDLE, MODEL, NO_BUSINESS, PARTNERSHIP, PERVASIVE, SMALL, changes, lived, off, plan, rows

DAYS, WARM_UP = 240, 60
COUNTERS = ("technologists", "tools", "business", "experts", "vendors", "cloud", "breaches", "hiring", "leaders", "moving")
STEADY = {**SMALL, "turnover": 0.0}
"""Nobody leaves, so every post is held."""
MEETINGS_ONLY = {name: value for name, value in NO_BUSINESS.items() if name not in ("cross_functionality", "executive_hours")}
"""Outside technology, experts in teams and executives in meetings are paid, and nobody else."""
total_spend = entry(_total_spend)
DESIGNS = pytest.mark.parametrize("design", [PARTNERSHIP, PERVASIVE, MIDDLE], ids=["partnership", "pervasive", "middle"])


def _meetings(blueprint, seed: int) -> int:
    """How often the board meets in the counted days: from its first date, every so many days."""
    due, interval, count = begin(blueprint, seed).firm[0].next_board, blueprint.values["board_interval"], 0
    for day in range(blueprint.horizon):
        if day >= due:
            due += max(1.0, interval)
            count += day >= blueprint.warm_up
    return count


def test_equations_by_hand():
    assert pay(340.0, 0.5) == 170.0
    assert board_cost(0.5, 12.0, 2.5, 0.4) == pytest.approx(6.0)


@DESIGNS
def test_technologists_cost_their_wage_every_day_that_counts(design):
    w = lived(design=design, firm=STEADY, days=DAYS, warm_up=WARM_UP)
    assert w.firm[0].spend_technologists == pytest.approx(SMALL["technologists"] * SMALL["wage"] * DAYS)


def test_vacant_posts_are_not_paid():
    w = begin(plan(firm={**SMALL, "turnover": 1.0}), 2)
    paid = 0.0
    for day in range(DAYS):
        kernel.run_days(w, day, day + 1)
        paid += SMALL["technologists"] - w.teams["vacant"].sum()
    assert w.firm[0].spend_technologists == pytest.approx(paid * SMALL["wage"])
    assert paid < SMALL["technologists"] * DAYS


@DESIGNS
def test_business_people_cost_their_wage_and_meetings_what_executives_cost(design):
    blueprint = plan(design=design, days=DAYS, warm_up=WARM_UP, **MEETINGS_ONLY)
    w = kernel.simulate(blueprint, 3)
    meeting = MODEL["executive_hours"] * SMALL["units"] * MODEL["executive_wage"] * SMALL["wage"]
    experts = w.teams["experts"].sum() * SMALL["wage"] * DAYS
    assert w.firm[0].spend_experts == pytest.approx(experts)
    assert w.firm[0].spend_business == pytest.approx(meeting * _meetings(blueprint, 3))
    assert kernel.run(blueprint, 3).outcomes[INDEX["spend_experts"]] == pytest.approx(experts / (DAYS / 240))


@DESIGNS
def test_a_run_spends_what_was_planned_but_for_the_day_of_a_meeting(design):
    firm = lived(design=design, firm=STEADY, days=DAYS, warm_up=WARM_UP, **MEETINGS_ONLY).firm[0]
    planned = {name: DAYS * cost for name, cost in planned_terms(STEADY, design, MODEL, SMALL["technologists"]).items()}
    assert firm.spend_technologists == pytest.approx(planned["technologists"] + planned["liaisons"])
    assert firm.spend_tools == pytest.approx(planned["tools"])
    meeting = planned["board"] / DAYS * max(1.0, design["board_interval"])
    assert firm.spend_experts == pytest.approx(planned["experts"])
    assert abs(firm.spend_business - planned["board"]) <= meeting * (1.0 + 1e-9)


@DESIGNS
def test_spend_adds_up_by_terms_and_return_is_benefits_over_it(design):
    blueprint = plan(design=design, days=DAYS, warm_up=WARM_UP)
    w, outcomes = kernel.simulate(blueprint, 1), kernel.run(blueprint, 1).outcomes
    spent = sum(w.firm[0][f"spend_{name}"] for name in COUNTERS)
    assert outcomes[INDEX["cost_total"]] == pytest.approx(spent / (DAYS / 240))
    assert outcomes[INDEX["return_on_spend"]] == pytest.approx(outcomes[INDEX["benefits_money"]] / spent)


def test_a_sum_that_another_mechanism_has_the_firm_pay_is_spent():
    w = lived(days=40)
    before = total_spend(w)
    for name in COUNTERS:
        w.firm[f"spend_{name}"] += 1.0
    assert total_spend(w) == pytest.approx(before + len(COUNTERS))


def test_off_means_gone_wages_are_all_that_is_left():
    w = lived(design=PERVASIVE, model=off("spend", "adopt", "shadow", "review"))
    assert w.firm[0].spend_tools == 0.0
    assert w.firm[0].spend_business == 0.0
    assert w.firm[0].spend_experts == pytest.approx(w.teams["experts"].sum() * SMALL["wage"] * 240)


@pytest.mark.parametrize("name", PARAMETERS)
def test_prices_change_what_is_spent_and_nothing_else(name):
    low, high = (lived(design=PERVASIVE, model={**MODEL, name: value}) for value in (PARAMETERS[name].low, PARAMETERS[name].high))
    differing = [field for field in same(low, high) if not field.startswith("p.") and field != "p"]
    account = "firm.spend_tools" if name == "tool_price" else "firm.spend_business"
    assert set(differing) == {account, "firm.spent_before", "series"}, "the months' spend with it"
    columns = range(low.series.shape[1])
    assert [c for c in columns if not np.array_equal(low.series[:, c], high.series[:, c], equal_nan=True)] == [SPENT]


@pytest.mark.parametrize(("coordinate", "low", "high", "counter"), [
    ("cross_functionality", 0.2, 0.9, "experts"), ("enabling_share", 0.1, 0.3, "tools"), ("board_interval", 40.0, 10.0, "business"),
])  # fmt: skip
def test_a_coordinates_price_is_charged(coordinate, low, high, counter):
    less, more = (lived(design={**PERVASIVE, coordinate: value}).firm[0][f"spend_{counter}"] for value in (low, high))
    assert more > less


def test_principles_take_time_of_everybody():
    shares = [lived(design={**MIDDLE, "principles_strength": strength}, days=20).firm[0].in_step for strength in (0.0, 1.0)]
    assert shares[1] - shares[0] == pytest.approx(MODEL["principle_hours"])


def test_demand_follows_the_file_and_people_the_money():
    firm, people = {**STEADY, "technologists": 48.0}, 40.0
    matched, own = (kernel.simulate(draw_up(firm, MIDDLE, MODEL, DAYS, 0, number), 1) for number in (people, None))
    assert (matched.firm[0].seated, own.firm[0].seated) == (40.0, 48.0)
    liaisons = MIDDLE["liaisons_per_unit"] * firm["units"]
    assert matched.homes["people"].sum() + liaisons == pytest.approx(people)
    assert matched.firm[0].spend_technologists == pytest.approx(people * firm["wage"] * DAYS)
    for field in ("raised", "unit", "size", "value", "key"):
        np.testing.assert_array_equal(changes(matched)[field], changes(own)[field])


def test_innovations_are_counted_per_person_there_is():
    firm = {**SMALL, "technologists": 80.0, "change_load": 0.05, "run_load": 0.3}
    blueprint = draw_up(firm, {**PERVASIVE, "experiment_budget": 0.3}, MODEL, 480, 0, 60.0)
    w, outcomes = kernel.simulate(blueprint, 2), kernel.run(blueprint, 2).outcomes
    adopted = ((rows(w)["kind"] == 1) & (rows(w)["adopted"] > 0)).sum()
    assert adopted > 0
    assert outcomes[INDEX["innovations_per_100_technologist_years"]] == pytest.approx(100.0 * adopted / (60.0 * 2.0))
