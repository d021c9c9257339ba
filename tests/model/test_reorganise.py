"""Reorganise: people, items, money and days are conserved when a design changes, and moving has its prices and a dip."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.model import kernel
from sim.model.begin import draw_up
from sim.model.carry import (
    HOME_MEANS,
    HOME_OTHERS,
    HOME_PLACES,
    HOME_STOCKS,
    TEAM_COUNTS,
    TEAM_MEANS,
    TEAM_OTHERS,
    TEAM_PEOPLE,
    TEAM_STOCKS,
)  # fmt: skip
from sim.model.flows import DUST, people_flow
from sim.model.mechanisms.reorganise import still_unsettled, time_lost, trust_in_new, work_added
from sim.model.move import move
from sim.model.path import Path
from sim.model.stages import EXPERIMENT
from sim.model.state import TABLES
from sim.model.ties import faded
from sim.model.world import World, same
from tests.model.paths import copied, path
from tests.model.test_invariants import check_evening
from tests.model.worlds import MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, SMALL, designs, models, off, points

FREE = off("reorganise")
DEAR = {**MODEL, "settle_loss": 0.5, "mentoring": 0.25, "hand_over_share": 0.3, "lost_ties": 0.6, "move_days": 15.0}


def test_equations_by_hand():
    assert time_lost(4.0, 0.3, 0.15) == pytest.approx(1.38)
    assert trust_in_new(0.9, 0.6, 0.7) == pytest.approx(0.9 - 0.7 * 0.3)
    assert work_added(10.0, 0.2, 0.5) == pytest.approx(1.0)
    left = 1.0
    for _ in range(80):
        left = still_unsettled(left, 80.0)
    assert left == pytest.approx(math.exp(-1.0), abs=0.003), "settle_days is when two thirds of it is over"


def _lived_until(first: dict, day: int, seed: int, model: dict, firm: dict = SMALL, then: dict = PERVASIVE) -> tuple[Path, World]:
    stepping = path(first, (day, then), model=model, firm=firm)
    w = stepping.begin(seed)
    kernel.run_days(w, 0, day)
    return stepping, w


@pytest.mark.parametrize(("first", "then"), [(PARTNERSHIP, PERVASIVE), (PERVASIVE, PARTNERSHIP)], ids=["there", "back"])
def test_a_move_without_costs_seats_people_and_loses_nothing(first, then):
    stepping, w = _lived_until(first, 120, 3, FREE, then=then)
    old = copied(w)
    now = stepping.turn(w, 120)
    check_conserved(old, now, added=0.0)
    assert (now.teams["unsettled"] == 0.0).all()
    assert now.firm[0].spend_moving == 0.0
    flow = people_flow(stepping.first.structure, stepping.stretches[0].plan.structure)
    came = flow.by_home / np.where(now.homes["people"] > 0, now.homes["people"], 1.0)
    for unit in range(4):
        then_known = [faded(tie.familiarity, 120 - tie.seen, MODEL["fading_half_life"]) for tie in old.ties[unit]]
        inhabited = (now.homes["people"] > 0) & (flow.outside.sum() == 0)
        trust = old.ties["trust"][unit] @ came
        known = np.array(then_known) @ came
        np.testing.assert_allclose(now.ties["trust"][unit][inhabited], trust[inhabited], atol=1e-9)
        fades = np.array([faded(tie.familiarity, 120 - tie.seen, MODEL["fading_half_life"]) for tie in now.ties[unit]])
        np.testing.assert_allclose(fades[inhabited], known[inhabited], atol=1e-9)


SPENT = (*(name for name in TABLES["firm"] if name.startswith(("spend_", "hours_"))), "leavers", "breaches", "escalated")


def check_money(before: World, after: World) -> None:
    """What has been spent and counted stays spent and counted."""
    for name in SPENT:
        assert after.firm[0][name] >= before.firm[0][name], name


def check_conserved(old: World, now: World, added: float | None = None) -> None:
    """Nobody and nothing is lost between the evening before a move and the morning after."""
    items, were = now.items[: now.firm[0].raised], old.items[: old.firm[0].raised]
    assert len(items) == len(were)
    assert now.firm[0].stage_count.sum() == len(items)
    for name in ("kind", "unit", "raised", "key", "size", "value", "fidelity", "begun", "checked", "decided", "rework_left"):
        if name != "fidelity":
            np.testing.assert_array_equal(items[name], were[name])
    assert (items["handoffs"] >= were["handoffs"]).all()
    grown = items["left"].sum(axis=1) - were["left"].sum(axis=1)
    assert (grown >= -1e-9).all()
    assert (grown[were["begun"] < 0.0] == 0.0).all(), "only what is begun can be handed over"
    if added is not None:
        assert grown.sum() == pytest.approx(added)
    for name in TEAM_STOCKS:
        assert now.teams[name].sum() == pytest.approx(old.teams[name].sum(), abs=1e-7)
    for table, name in (("teams", "experiments"), ("homes", "delivered"), ("ties", "deliveries")):
        assert getattr(now, table)[name].sum() == getattr(old, table)[name].sum()
    for name in ("vendors", "support_owed"):
        assert now.homes[name].sum() == pytest.approx(old.homes[name].sum(), abs=1e-7)
    np.testing.assert_allclose(np.bincount(now.teams["home"], weights=now.teams["vendors"], minlength=len(now.homes)),
                               now.homes["vendors"], atol=1e-9)  # fmt: skip
    assert abs(now.teams["vacant"].sum() - old.teams["vacant"].sum()) < 1.5, "as many posts are vacant, brought together to whole ones"
    assert now.teams["onboarding"].sum() <= old.teams["onboarding"].sum() + 1e-9
    for name in ("debt", "choices", "epochs", "fit", "shadow_backlog", "adopting"):
        np.testing.assert_array_equal(now.units[name], old.units[name])
    check_money(old, now)
    for name in ("change_home", "change_unit", "adopted_share", "earned", "talks_until", "review_due", "potential", "stopgap"):
        np.testing.assert_array_equal(items[name], were[name])
    experiments = items["stage"] == EXPERIMENT
    np.testing.assert_array_equal(experiments, were["stage"] == EXPERIMENT)
    assert now.lines["count"][now.teams["line"]].sum() == experiments.sum()


@settings(deadline=None, max_examples=25)
@example((SMALL, PARTNERSHIP), PERVASIVE, MIDDLE, MODEL, 1, 40, 0.0)
@example((SMALL, PERVASIVE), PARTNERSHIP, PERVASIVE, MODEL, 1, 40, 0.5)
@example(({**SMALL, "change_load": 0.35}, {**MIDDLE, "experiment_budget": 0.3}), PARTNERSHIP, MIDDLE, MODEL, 2, 90, 1.0)
@given(points(), designs(), designs(), models(), st.integers(0, 2**31), st.integers(0, 119), st.sampled_from((0.0, 0.3, 1.0)))
def test_people_items_and_days_are_conserved_across_any_two_moves(point, second, third, model, seed, day, reshuffled):
    firm, first = point
    room = (firm["technologists"] - 1.0) / firm["units"]
    ways = [{**design, "liaisons_per_unit": min(design["liaisons_per_unit"], room)} for design in (second, third)]
    stepping = path(first, (day, ways[0]), (day + 60, ways[1]), days=200, model=model, firm=firm, reshuffled=reshuffled)
    w = stepping.begin(seed)
    for today in range(200):
        if today in stepping.turns:
            old = copied(w)
            w = stepping.turn(w, today)
            check_conserved(old, w)
            people = w.teams["people"].sum() + len(w.liaisons) * w.p[0].liaisons_per_unit
            assert people == pytest.approx(firm["technologists"])
        yesterday = copied(w)
        kernel.run_days(w, today, today + 1)
        check_evening(w, today)
        check_money(yesterday, w)


@settings(deadline=None, max_examples=60)
@given(points(), designs(), st.sampled_from((0.0, 0.4, 1.0)), st.sampled_from((1.0, 0.7, 1.2)))
def test_flows_seat_everybody_once(point, second, shuffled, hired):
    firm, first = point
    second = {**second, "liaisons_per_unit": min(second["liaisons_per_unit"], first["liaisons_per_unit"])}
    before = draw_up(firm, first, MODEL, 240, 0)
    after = draw_up(firm, second, MODEL, 240, 0, firm["technologists"] * max(hired, 1.0))
    flow = people_flow(before.structure, after.structure, shuffled)
    assert (flow.people >= 0.0).all()
    assert (flow.new <= flow.people + DUST).all()
    assert (flow.people.sum(axis=1) <= before.structure.team_people + 1e-6).all()
    np.testing.assert_allclose(flow.people.sum(axis=0) + flow.outside, after.structure.team_people, atol=1e-6)
    np.testing.assert_allclose(flow.by_home.sum(), flow.people.sum(), atol=1e-6)
    assert (flow.posts <= flow.outside + 1e-6).all()
    for old, heir in enumerate(flow.heir_home):
        home = after.structure.homes[heir]
        assert home.people > 0.0
        assert home.builds or not before.structure.homes[old].builds, "what is built is handed on to builders"
    assert ((flow.kept >= 0.0) & (flow.kept <= 1.0)).all()


def test_who_stays_in_an_unchanged_place_keeps_hand_ties_and_beliefs():
    """Only the pool's people regroup: the units' own teams notice nothing."""
    first = {**MIDDLE, "tech_embedding": 0.5, "enabling_share": 0.0, "liaisons_per_unit": 0.0, "cross_functionality": 1.0}
    stepping = path(first, (100, dict(first)), reshuffled=1.0, firm={**SMALL, "technologists": 96.0})
    w = stepping.begin(5)
    kernel.run_days(w, 0, 100)
    w.ties["trust"] = 0.4  # below what strangers get
    old = copied(w)
    now = stepping.turn(w, 100)
    own = old.homes["unit"][old.teams["home"]] >= 0
    for team in np.flatnonzero(own):
        for world in (old, now):
            world.teams["hand"][team][world.teams["wip"][team] :] = 0  # what lies beyond is nobody's
    for name in TABLES["teams"]:
        if name not in ("peers", "output_share"):  # both are filled anew before they are read
            np.testing.assert_array_equal(now.teams[name][own], old.teams[name][own], err_msg=name)
    assert (now.teams["unsettled"][~own] > 0.0).all()
    np.testing.assert_array_equal(now.ties["trust"][:, :4], old.ties["trust"][:, :4])
    assert not np.array_equal(now.ties["trust"][:, 4], old.ties["trust"][:, 4])


def test_a_move_with_costs_shows_a_dip_against_the_same_move_without():
    firm = {**SMALL, "technologists": 96.0}
    live = []
    for model in (FREE, MODEL, DEAR):
        worlds = [kernel.simulate_path(path(PARTNERSHIP, (60, PERVASIVE), model=model, firm=firm, days=160), seed) for seed in range(12)]
        done = [w.items["size"].sum() - w.items["left"].sum() for w in worlds]
        live.append(np.array(done))
    assert (live[0] - live[1]).mean() > 0.0
    assert (live[0] - live[2]).mean() > (live[0] - live[1]).mean()


@pytest.mark.parametrize(("name", "low", "high"), [("settle_loss", 0.0, 0.5), ("mentoring", 0.0, 0.25), ("hand_over_share", 0.0, 0.3)])
def test_each_price_of_a_move_is_charged(name, low, high):
    lost_at_first = 0.4 if name == "mentoring" else 0.0
    quiet = off("reorganise", "talent")  # nobody is new to the firm, so that mentoring is for those who move
    cheap, dear = ({**quiet, "settle_loss": lost_at_first, name: value} for value in (low, high))
    ends = []
    for model in (cheap, dear):
        stepping, w = _lived_until(PARTNERSHIP, 100, 4, model)
        ends.append(stepping.turn(w, 100))
    lost = [(w.teams["unsettled"] * w.teams["people"]).sum() for w in ends]
    work = [w.items["left"].sum() for w in ends]
    if name == "hand_over_share":
        assert lost == [0.0, 0.0]
        assert work[1] > work[0]
    else:
        flow = people_flow(stepping.first.structure, stepping.stretches[0].plan.structure)
        each = [0.0, high] if name == "settle_loss" else [0.4, 0.4 * 1.25]
        assert lost == [pytest.approx(share * flow.newcomers) for share in each]
        assert work[1] == work[0]


def test_moving_people_costs_their_days_and_ties():
    stepping, w = _lived_until(PARTNERSHIP, 100, 4, {**FREE, "move_days": 10.0})
    flow = people_flow(stepping.first.structure, stepping.stretches[0].plan.structure)
    held = 1.0 - w.teams["vacant"].sum() / w.teams["people"].sum()
    assert 0.9 < held < 1.0
    assert stepping.turn(w, 100).firm[0].spend_moving == pytest.approx(10.0 * SMALL["wage"] * flow.newcomers * held)
    known, trusted = [], []
    for changed in ({}, {"lost_ties": 0.5}, {"reset_trust": 1.0}):
        stepping, w = _lived_until(PARTNERSHIP, 100, 4, {**FREE, **changed})
        now = stepping.turn(w, 100)
        known.append(now.ties["familiarity"][:, :4])
        trusted.append(now.ties["trust"][:, :4])
    assert (known[1] < known[0]).all()
    assert (known[2] == known[0]).all()
    assert (np.abs(trusted[2] - MODEL["trust_start"]) <= np.abs(trusted[0] - MODEL["trust_start"]) + 1e-12).all()


def test_newcomers_settle():
    stepping = path(PARTNERSHIP, (20, PERVASIVE), days=3000)
    w = stepping.begin(1)
    kernel.run_days(w, 0, 20)
    w = stepping.turn(w, 20)
    at_first = (w.teams["unsettled"] * w.teams["people"]).sum()
    assert at_first == pytest.approx(w.firm[0].unsettled)
    kernel.run_days(w, 20, 100)
    assert w.firm[0].unsettled == pytest.approx(at_first * (1.0 - 1.0 / 80.0) ** 80)
    kernel.run_days(w, 100, 3000)
    assert w.firm[0].unsettled == 0.0
    assert (w.teams["unsettled"] == 0.0).all()


def test_dates_stay_unless_a_shorter_interval_overtakes_them():
    first = {**PARTNERSHIP, "funding_interval": 240.0, "board_interval": 60.0}
    stepping, w = _lived_until(first, 50, 3, MODEL, then={**first, "funding_interval": 20.0, "board_interval": 60.0})
    board, window = w.firm[0].next_board, w.firm[0].next_window
    now = stepping.turn(w, 50)
    assert now.firm[0].next_board == board
    assert now.firm[0].next_window == min(window, 70.0)


@pytest.mark.parametrize(("table", "told"), [
    ("teams", (*TEAM_STOCKS, *TEAM_COUNTS, *TEAM_PEOPLE, *TEAM_MEANS, *TEAM_OTHERS)),
    ("homes", (*HOME_STOCKS, *HOME_MEANS, *HOME_PLACES, *HOME_OTHERS)),
])  # fmt: skip
def test_every_field_that_a_mechanism_writes_says_how_it_is_carried(table, told):
    assert sorted(name for name, field in TABLES[table].items() if field.owner != "structure") == sorted(told)


def test_every_kind_of_queue_is_refiled():
    """A table with queues of its own needs a line in `refile.regroup`."""
    having = {table for table, fields in TABLES.items() for field in fields.values() if field.unit == "row of lines"}
    assert having == {"firm", "homes", "liaisons", "leaders", "units", "teams", "items"}


def test_the_order_of_names_plays_no_part():
    """A move is a function of two seatings: drawn up twice, it is the same."""
    stepping, w = _lived_until(PARTNERSHIP, 100, 4, MODEL)
    again = copied(w)
    before, after = stepping.first, stepping.stretches[0].plan
    assert same(move(w, before, after, 100), move(again, replace(before), replace(after), 100)) == []
