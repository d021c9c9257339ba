"""What holds every evening at any point of the space of designs, firms and parameters: nothing is lost, nothing counted twice."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.model import kernel
from sim.model.begin import begin, draw_up
from sim.model.outcomes import NAMES, OUTCOMES
from sim.model.stages import (
    BOARD,
    BUILDING,
    CHANGE,
    EXPERIMENT,
    FAILED,
    FUNDING,
    IDEA,
    LIAISON,
    LIVE,
    OTHER_TEAM,
    REJECTED,
    RELEASE,
    RETIRED,
    REVIEW,
    REWORK,
    SHADOWED,
    STAGE_COUNT,
    STOPPED,
    TEAM_QUEUE,
    WITHDRAWN,
)  # fmt: skip
from sim.model.world import World
from tests.model.worlds import MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, SMALL, models, points

DAYS = 240
ENDS = (LIVE, RETIRED, REJECTED, WITHDRAWN, SHADOWED, STOPPED, FAILED)
OPEN = (LIAISON, BOARD, FUNDING, TEAM_QUEUE, OTHER_TEAM, REVIEW, RELEASE, REWORK, EXPERIMENT)
NOT_BOUNDED = {"own_authority", "small", "large"}
"""Sizes at quantiles of the law of sizes: infinite where everything is delegated."""


def _items(w: World) -> np.ndarray:
    return w.items[: w.firm[0].raised]


def _work_left(items: np.ndarray) -> np.ndarray:
    return items["left"].sum(axis=1) + items["rework_left"]


def check_every_item_is_somewhere(w: World) -> None:
    """raised = live + retired + rejected + withdrawn + shadowed + stopped + failed + open."""
    items, firm = _items(w), w.firm[0]
    assert firm.raised <= len(w.items), "the pool of items overflows"
    counted = np.bincount(items["stage"], minlength=STAGE_COUNT)
    assert counted.tolist() == firm.stage_count.tolist()
    assert counted[list(ENDS)].sum() + counted[list(OPEN)].sum() == firm.raised
    assert counted[BUILDING] == 0, "building is a cause, never a stage"
    assert (items["kind"] == CHANGE).sum() == firm.demanded
    assert ((items["ended"] >= 0) == np.isin(items["stage"], ENDS)).all()


def check_all_that_is_open_is_listed(w: World) -> None:
    listed = w.open_items[: w.firm[0].open_count]
    assert (np.diff(listed) > 0).all(), "in the order in which it was raised"
    assert set(np.flatnonzero(_items(w)["ended"] < 0)) <= set(listed.tolist())


def check_queues_hold_the_items_that_say_so(w: World) -> None:
    items = _items(w)
    waiting = items["line"][items["line"] >= 0]
    assert np.bincount(waiting, minlength=len(w.lines)).tolist() == w.lines["count"].tolist()
    for name in ("fresh_line", "approved_line", "cleared_line", "built_line", "checked_line", "passed_line", "delivered_line",
                 "adopted_line"):
        served = w.lines["count"][w.firm[0][name]]
        ideas_of_today = name == "fresh_line" and (items["line"] == w.firm[0][name]).sum()
        assert served == ideas_of_today, f"{name} is empty in the evening, but for ideas just found"
    ended = items["ended"] >= 0
    # What is live may wait in a line once more, to be adopted.
    changing = (items["stage"] == LIVE) & (items["adopted_on"] < 0)
    assert (items["line"][ended & ~changing] == -1).all()
    # An open item waits in a queue or is in a team's hands, never both.
    assert ((items["line"] >= 0) ^ (items["team"] >= 0))[~ended].all()


def check_work_is_where_it_is_said_to_be(w: World) -> None:
    items, firm = _items(w), w.firm[0]
    held = (items["ended"] < 0) & (items["home"] >= 0)
    load = np.bincount(items["home"][held], weights=_work_left(items)[held], minlength=len(w.homes))
    np.testing.assert_allclose(w.homes["load"], load, atol=1e-6)
    committed = items["size"][(items["decided"] >= 0) & (items["ended"] < 0) & (items["checked"] == 0)].sum()
    np.testing.assert_allclose(firm.committed, committed, atol=1e-6)
    for unit in range(len(w.units)):
        assert w.lines["count"][w.units[unit].line] == ((items["unit"] == unit) & (items["stage"] == RELEASE)).sum()


def check_hands(w: World) -> None:
    items = _items(w)
    assert w.teams["wip"].sum() == w.firm[0].in_hand == (items["team"] >= 0).sum()
    assert (w.teams["wip"] <= w.teams["wip_limit"]).all()
    for team in range(len(w.teams)):
        hand = w.teams["hand"][team][: w.teams["wip"][team]]
        assert (items["team"][hand] == team).all()
        assert len(set(hand.tolist())) == len(hand)


def check_days_add_up(w: World, today: int) -> None:
    """Each day between raised and live belongs to one cause."""
    items = _items(w)
    assert (items["days"] >= 0).all()
    gone = (items["stage"] == LIVE) & (items["kind"] == CHANGE)
    assert (items["days"].sum(axis=1) == items["ended"] - items["raised"])[gone].all()
    ideas = (items["stage"] == LIVE) & (items["kind"] == IDEA)
    assert (items["days"].sum(axis=1) == items["ended"] - items["raised"])[ideas].all()
    under_way = (items["ended"] < 0) & (items["stage"] != EXPERIMENT)
    assert (items["days"].sum(axis=1) + today - items["since"] == today - items["raised"])[under_way].all()
    ended = items["ended"] >= 0
    assert (items["ended"] >= items["raised"])[ended].all()


def check_numbers(w: World) -> None:
    for name, table in zip(World._fields, w, strict=True):
        if name in ("p", "series") or table.dtype.names is None:
            continue
        used = _items(w) if name == "items" else table
        for field in table.dtype.names:
            if table.dtype[field].base.kind == "f" and field not in NOT_BOUNDED:
                assert np.isfinite(used[field]).all(), f"{name}.{field}"
    items = _items(w)
    shares = (
        w.ties["trust"], w.ties["familiarity"], w.firm["accuracy"], w.firm["in_step"], w.firm["automation"], items["fidelity"],
        items["speed"], w.teams["skill"], w.teams["output_share"], w.teams["experiment_share"], w.units["run_to_home"],
        w.leaders["fluency"], w.leaders["kept"], w.teams["covered"], w.firm["enabling_present"], items["worth_share"],
        w.homes["bought_share"], w.homes["divergence"],
        items["adopted_share"],
    )  # fmt: skip
    for share in shares:
        assert ((share >= 0.0) & (share <= 1.0)).all()
    best_fit = 1.0 + 0.5 * w.p[0].architecture_weight
    for share in (items["potential"], items["stopgap"]):
        assert ((share >= 0.0) & (share <= best_fit)).all()
    for work in (items["left"], items["rework_left"], items["credit"], w.teams["run_backlog"], w.teams["duty"], w.homes["pace"],
                 w.units["debt"], w.units["run_left"], w.homes["vendors"], w.homes["own_pace"]):  # fmt: skip
        assert (work >= -1e-9).all()
    assert (w.homes["promise"] > 0.0).all()
    assert (w.leaders["escalations"] >= -1e-9).all()


def check_staff(w: World) -> None:
    """Posts are held or vacant, and newcomers are among those who are there."""
    vacant, people = w.teams["vacant"], w.teams["people"]
    assert ((vacant >= 0.0) & (vacant <= people * (1.0 + 1e-12))).all()
    assert ((w.teams["onboarding"] >= 0.0) & (w.teams["onboarding"] <= people - vacant + 1e-9)).all()
    np.testing.assert_allclose(w.homes["vacant"], np.bincount(w.teams["home"], weights=vacant, minlength=len(w.homes)), atol=1e-9)


def check_beliefs(w: World) -> None:
    """Nobody believes both, or anything outside the dimensions in use."""
    for plus, minus in ((w.teams["believed"], w.teams["disbelieved"]), (w.firm["code_plus"], w.firm["code_minus"])):
        assert not (plus & minus).any()
        assert not ((plus | minus) & ~w.firm["mask"]).any()


def check_changes(w: World) -> None:
    """Change work done and left is all there is, and what waits for it is live."""
    items = _items(w)
    gone = items["stage"] == LIVE
    left = items["change_home"] + items["change_unit"]
    work = w.p[0].kappa * items["size"]
    np.testing.assert_allclose(items["adopted_share"][gone], 1.0 - left[gone] / work[gone], atol=1e-9)
    assert (left[~gone] == 0.0).all()
    assert ((items["adopted_on"] >= 0) == (gone & (left == 0.0))).all()
    assert (items["adopted_on"][items["adopted"] > 0] >= 0).all()
    homes = [w.lines["count"][home.change_line] for home in w.homes]
    units = [w.lines["count"][unit.adoption_line] for unit in w.units]
    assert sum(homes) + sum(units) == (gone & (items["line"] >= 0)).sum()
    assert (w.units["shadow_backlog"] >= 0.0).all()
    assert (w.homes["support_owed"] >= 0.0).all()


def check_hours(w: World) -> None:
    """Paid time is the upper bound of what it is spent on."""
    firm = w.firm[0]
    spent = firm.hours_run + firm.hours_in_step + firm.hours_items + firm.hours_repaid
    spent += firm.hours_experiments + firm.hours_change
    assert spent <= (firm.hours_total + firm.hours_vendors) * (1.0 + 1e-9) + 1e-9


def check_evening(w: World, today: int) -> None:
    check_every_item_is_somewhere(w)
    check_all_that_is_open_is_listed(w)
    check_queues_hold_the_items_that_say_so(w)
    check_work_is_where_it_is_said_to_be(w)
    check_hands(w)
    check_days_add_up(w, today)
    check_numbers(w)
    check_staff(w)
    check_beliefs(w)
    check_changes(w)
    check_hours(w)


@settings(deadline=None, max_examples=25)
@example((SMALL, PARTNERSHIP), MODEL, 1)
@example((SMALL, PERVASIVE), MODEL, 1)
@example(({**SMALL, "turbulence": 1.5, "change_load": 0.35}, {**MIDDLE, "experiment_budget": 0.3, "metrics_interval": 5.0}), MODEL, 2)
@given(points(), models(), st.integers(0, 2**31))
def test_every_evening_nothing_is_lost_and_nothing_is_counted_twice(point, model, seed):
    firm, design = point
    w = begin(draw_up(firm, design, model, DAYS, 0), seed)
    for day in range(DAYS):
        kernel.run_days(w, day, day + 1)
        check_evening(w, day)


@settings(deadline=None, max_examples=60)
@given(points(), models(), st.integers(0, 2**31))
def test_a_long_run_ends_in_order(point, model, seed):
    firm, design = point
    w = kernel.simulate(draw_up(firm, design, model, 360, 40), seed)
    check_evening(w, 399)


@settings(deadline=None, max_examples=40)
@given(points(), models(), st.integers(0, 2**31))
def test_what_is_measured_lies_where_it_can(point, model, seed):
    firm, design = point
    outcomes, beyond, _ = kernel.run(draw_up(firm, design, model, 240, 60), seed)
    for name, value, is_beyond in zip(NAMES, outcomes, beyond, strict=True):
        assert not np.isinf(value), name
        if OUTCOMES[name].share and not np.isnan(value):
            assert -1e-12 <= value <= 1.0 + 1e-12, name
        if is_beyond:
            assert OUTCOMES[name].window
            assert value == 240.0
