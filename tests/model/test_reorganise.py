"""Reorganise: a step writes only what its designs differ in, people, items, money and days are conserved, and moves cost a dip."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim import OrgModel, load_scenario
from sim.model import kernel
from sim.model.begin import begin, draw_up
from sim.model.flows import DUST, people_flow
from sim.model.mechanisms.reorganise import still_unsettled, time_lost, trust_in_new, work_added
from sim.model.move import HOME_OTHERS, HOME_STOCKS, TEAM_COUNTS, TEAM_MEANS, TEAM_OTHERS, TEAM_STOCKS, move
from sim.model.path import Path, Stretch, path_of
from sim.model.stages import EXPERIMENT
from sim.model.state import TABLES
from sim.model.ties import faded
from sim.model.world import World, same
from tests.ground.text_of_tree import ROOT
from tests.model.test_invariants import check_evening
from tests.model.test_two_drivers import digest
from tests.model.worlds import MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, SMALL, designs, models, off, plan, points

FREE = off("reorganise")
DEAR = {**MODEL, "settle_loss": 0.5, "mentoring": 0.25, "hand_over_share": 0.3, "lost_ties": 0.6, "move_days": 15.0}


def path(first, *later, days: int = 240, model=MODEL, firm=SMALL, warm_up: int = 0, **of_stretch) -> Path:
    """A path over designs: `later` are (day, design)."""
    plans = [draw_up(firm, design, model, days, warm_up) for design in (first, *(design for _, design in later))]
    return Path(plans[0], tuple(Stretch(day, one, **of_stretch) for (day, _), one in zip(later, plans[1:])))


def copied(w: World) -> World:
    return World(*(array.copy() for array in w))


def test_equations_by_hand():
    assert time_lost(4.0, 0.3, 0.15) == pytest.approx(1.8)
    assert trust_in_new(0.9, 0.6, 0.7) == pytest.approx(0.9 - 0.7 * 0.3)
    assert work_added(10.0, 0.2, 0.5) == pytest.approx(1.0)
    left = 1.0
    for _ in range(80):
        left = still_unsettled(left, 80.0)
    assert left == pytest.approx(math.exp(-1.0), abs=0.003), "settle_days is when two thirds of it is over"


@pytest.mark.parametrize("model", [MODEL, DEAR], ids=["usual costs", "dear"])
@pytest.mark.parametrize("design", [PARTNERSHIP, PERVASIVE, MIDDLE], ids=["partnership", "pervasive", "middle"])
def test_a_step_to_the_same_design_changes_nothing_at_all(design, model):
    stepping = path(design, (60, dict(design)), (61, dict(design)), model=model)
    stays, moves = stepping.staying.begin(1), stepping.begin(1)
    moves = moves._replace(**{name: getattr(moves, name)[: len(stays.items)].copy() for name in ("items", "agenda", "rank")})
    for day in range(180):
        moves = stepping.turn(moves, day)
        kernel.run_days(stays, day, day + 1)
        kernel.run_days(moves, day, day + 1)
        assert same(stays, moves) == []


def test_until_the_first_step_nothing_differs():
    stepping = path(PARTNERSHIP, (100, PERVASIVE))
    stays, moves = kernel.simulate(stepping.first, 1), stepping.begin(1)
    kernel.run_days(moves, 0, 100)
    again = begin(stepping.first, 1)
    kernel.run_days(again, 0, 100)
    assert set(same(again, moves)) <= {"items", "agenda", "rank"}, "only the room for items"
    assert same(stays, again), "later days do differ"


def test_rights_without_people_change_on_the_day_as_if_written_by_hand():
    after = {**PARTNERSHIP, "visibility": 0.9, "board_interval": 5.0, "release_interval": 2.0, "delegation": 0.6, "leader_fluency": 0.8}
    stepping = path(PARTNERSHIP, (90, after), model=DEAR)
    moved = kernel.simulate_path(stepping, 2)
    w = stepping.begin(2)
    kernel.run_days(w, 0, 90)
    new = stepping.stretches[0].plan.world
    for name in ("visibility", "board_interval", "release_interval", "delegation", "leader_fluency"):
        w.p[name] = after[name]
    w.firm["in_step"], w.firm["own_authority"] = new.firm["in_step"], new.firm["own_authority"]
    w.leaders["fluency"], w.leaders["estimate_sd"] = new.leaders["fluency"], new.leaders["estimate_sd"]
    w.firm["next_board"], w.firm["next_train"] = min(w.firm[0].next_board, 95.0), min(w.firm[0].next_train, 92.0)
    before_board = [item for item in np.flatnonzero(w.items["line"] == w.firm[0].board_line)]
    assert any(w.items[item].size <= w.firm[0].own_authority for item in before_board), "some now need no board"
    kernel.run_days(w, 90, 90)  # nothing: the queue before the board is refiled below, in its order
    queue, item = [], w.lines[w.firm[0].board_line].head
    while item >= 0:
        if w.items[item].line == w.firm[0].board_line:
            queue.append(item)
        item = w.items[item].next
    w.lines[w.firm[0].board_line] = (-1, -1, 0)
    for item in queue:
        row = w.items[item]
        local = row.size <= w.firm[0].own_authority
        line = w.lines[w.leaders[row.unit].line if local else w.firm[0].board_line]
        row.line, row.next = w.leaders[row.unit].line if local else w.firm[0].board_line, -1
        if line.head < 0:
            line.head = item
        else:
            w.items[line.tail].next = item
        line.tail = item
        line.count += 1
    kernel.run_days(w, 90, 240)
    assert same(w, moved) == []


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
        kernel.run_days(w, today, today + 1)
        check_evening(w, today)


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
    assert ((flow.kept >= 0.0) & (flow.kept <= 1.0)).all()


def test_who_stays_in_an_unchanged_place_keeps_hand_ties_and_beliefs():
    """Only the pool's people regroup: the units' own teams notice nothing."""
    first = {**MIDDLE, "tech_embedding": 0.5, "enabling_share": 0.0, "liaisons_per_unit": 0.0, "cross_functionality": 1.0}
    stepping = path(first, (100, dict(first)), reshuffled=1.0, firm={**SMALL, "technologists": 96.0})
    w = stepping.begin(5)
    kernel.run_days(w, 0, 100)
    old = copied(w)
    now = stepping.turn(w, 100)
    own = old.homes["unit"][old.teams["home"]] >= 0
    for name in TABLES["teams"]:
        if name != "peers":
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
    cheap, dear = ({**FREE, name: value} for value in (low, high))
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
        assert lost == [0.0, pytest.approx(high * flow.newcomers)]
        assert work[1] == work[0]


def test_moving_people_costs_their_days_and_ties():
    stepping, w = _lived_until(PARTNERSHIP, 100, 4, {**FREE, "move_days": 10.0})
    flow = people_flow(stepping.first.structure, stepping.stretches[0].plan.structure)
    assert stepping.turn(w, 100).firm[0].spend_moving == pytest.approx(10.0 * SMALL["wage"] * flow.newcomers)
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


def test_no_path_is_a_path_without_stretches():
    one = plan(PARTNERSHIP)
    assert same(kernel.simulate(one, 7), kernel.simulate_path(Path(one), 7)) == []
    np.testing.assert_array_equal(kernel.run(one, 7).outcomes, kernel.run_path(Path(one), 7).outcomes)


def test_dates_stay_unless_a_shorter_interval_overtakes_them():
    first = {**PARTNERSHIP, "funding_interval": 240.0, "board_interval": 60.0}
    stepping, w = _lived_until(first, 50, 3, MODEL, then={**first, "funding_interval": 20.0, "board_interval": 60.0})
    board, window = w.firm[0].next_board, w.firm[0].next_window
    now = stepping.turn(w, 50)
    assert now.firm[0].next_board == board
    assert now.firm[0].next_window == min(window, 70.0)


def test_days_of_a_path_are_in_order_and_counted():
    one = plan(PARTNERSHIP)
    for days in ((10, 10), (20, 10), (-1,), (240,)):
        with pytest.raises(ValueError, match="stretches begin"):
            Path(one, tuple(Stretch(day, one) for day in days))


def test_liaisons_hours_are_those_of_each_design_in_its_time():
    days = 240
    stepping = path(PARTNERSHIP, (60, PERVASIVE), days=days, warm_up=40)
    w = kernel.simulate_path(stepping, 1)
    hours = w.firm[0].hours_between + w.p[0].liaisons_per_unit * w.p[0].units * (days + 40 - w.firm[0].stretch_from)
    assert hours == pytest.approx(PARTNERSHIP["liaisons_per_unit"] * 4 * 60)
    assert w.firm[0].stretch_from == 100


@pytest.mark.parametrize(("table", "told"), [
    ("teams", (*TEAM_STOCKS, *TEAM_COUNTS, *TEAM_MEANS, *TEAM_OTHERS)), ("homes", (*HOME_STOCKS, *HOME_OTHERS, "promise")),
])  # fmt: skip
def test_every_field_that_a_mechanism_writes_says_how_it_is_carried(table, told):
    assert sorted(name for name, field in TABLES[table].items() if field.owner != "structure") == sorted(told)


def test_every_kind_of_queue_is_refiled():
    """A table with queues of its own needs a line in `refile.regroup`."""
    having = {table for table, fields in TABLES.items() for field in fields.values() if field.unit == "row of lines"}
    assert having == {"firm", "homes", "liaisons", "leaders", "units", "teams", "items"}


JOURNEY = load_scenario("to_pervasive", [("firm.units", "3"), ("firm.technologists", "40"), ("run.warm_up", "20"), ("run.days", "500")])


@pytest.mark.parametrize("name", sorted(JOURNEY.transitions))
def test_both_drivers_give_the_same_bytes_along_a_path(name):
    stepping = path_of(JOURNEY, name)
    model = OrgModel(JOURNEY, "partnership", 4, collect_every=20, path=stepping)
    w = stepping.begin(4)
    for day in range(stepping.horizon):
        w = stepping.turn(w, day)
        kernel.run_days(w, day, day + 1)
        model.step()
        assert same(model.world, w) == []
        assert [len(agents) for agents in (model.teams, model.liaisons, model.leaders)] == [
            len(table) for table in (w.teams, w.liaisons, w.leaders)
        ]  # fmt: skip
    assert len(model.agents) == len(w.teams) + len(w.liaisons) + len(w.leaders)
    np.testing.assert_array_equal(model.measured()[0], kernel.run_path(stepping, 4).outcomes)


def moved_short() -> str:
    """The digest of a small firm's world after a move and forty days."""
    stepping = path(PARTNERSHIP, (30, PERVASIVE), (50, MIDDLE), days=70)
    return digest(kernel.simulate_path(stepping, 4))


def test_plain_python_gives_the_same_bytes_along_a_path():
    code = "from sim.core.jit import COMPILED\nfrom tests.model.test_reorganise import moved_short\nprint(COMPILED, moved_short())"
    place = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=place, timeout=300)
    assert done.stdout.split() == ["False", moved_short()], done.stderr[-2000:]


@pytest.mark.parametrize("waits", [0, 1])
def test_project_money_waits_for_the_fiscal_year(tmp_path, waits):
    file = tmp_path / "bank.toml"
    file.write_text(f"""
        [model]
        funding_waits = {waits}
        [transition.x]
        from = "partnership"
        to = "pervasive"
        [[transition.x.step]]
        day = 100
        [[transition.x.step]]
        day = 240
    """)
    stepping = path_of(load_scenario(file), "x")
    assert [stretch.day for stretch in stepping.stretches] == [100, 240]
    first, second = (stretch.plan.values for stretch in stepping.stretches)
    assert first["funding_persistence"] == (PARTNERSHIP if waits else PERVASIVE)["funding_persistence"]
    assert first["joint_goals"] == PERVASIVE["joint_goals"]
    assert second["funding_persistence"] == PERVASIVE["funding_persistence"]


def test_a_step_may_go_a_part_of_the_way():
    stepping = path_of(load_scenario("to_pervasive"), "in_thirds")
    values = [stretch.plan.values["delegation"] for stretch in stepping.stretches]
    a, b = PARTNERSHIP["delegation"], PERVASIVE["delegation"]
    assert values == [pytest.approx(a + share * (b - a)) for share in (0.333, 0.667, 1.0)]
    assert stepping.stretches[-1].plan.values == draw_up(
        load_scenario("to_pervasive").firm, PERVASIVE, load_scenario("to_pervasive").model, 720, 480).values  # fmt: skip


def test_the_order_of_names_plays_no_part():
    """A move is a function of two seatings: drawn up twice, it is the same."""
    stepping, w = _lived_until(PARTNERSHIP, 100, 4, MODEL)
    again = copied(w)
    before, after = stepping.first, stepping.stretches[0].plan
    assert same(move(w, before, after, 100), move(again, replace(before), replace(after), 100)) == []
