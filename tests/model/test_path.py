"""Paths: a step writes only what its designs differ in, and both drivers live through the same designs."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from sim import OrgModel, load_scenario
from sim.model import kernel
from sim.model.begin import begin, draw_up
from sim.model.judgement import estimate_spread, value_kept
from sim.model.path import Path, Stretch, path_of
from sim.model.world import empty_items, same
from tests.ground.text_of_tree import ROOT
from tests.model.paths import path
from tests.model.test_two_drivers import digest
from tests.model.worlds import MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, plan

DEAR = {**MODEL, "settle_loss": 0.5, "mentoring": 0.25, "hand_over_share": 0.3, "lost_ties": 0.6, "move_days": 15.0}


@pytest.mark.parametrize("model", [MODEL, DEAR], ids=["usual costs", "dear"])
@pytest.mark.parametrize("design", [PARTNERSHIP, PERVASIVE, MIDDLE], ids=["partnership", "pervasive", "middle"])
def test_a_step_to_the_same_design_changes_nothing_at_all(design, model):
    stepping = path(design, (60, dict(design)), (61, dict(design)), model=model)
    stays, moves = stepping.staying.begin(1), stepping.begin(1)
    moves = moves._replace(**{name: getattr(moves, name)[: len(stays.items)].copy() for name in empty_items(0)})
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
    assert set(same(again, moves)) <= set(empty_items(0)), "only the room for items"
    assert same(stays, again), "later days do differ"


def test_rights_without_people_change_on_the_day_as_if_written_by_hand():
    after = {**PARTNERSHIP, "visibility": 0.9, "board_interval": 5.0, "release_interval": 2.0, "delegation": 0.6, "leader_fluency": 0.8}
    stepping = path(PARTNERSHIP, (90, after), model=DEAR)
    moved = kernel.simulate_path(stepping, 6)
    w = stepping.begin(6)
    kernel.run_days(w, 0, 90)
    new = stepping.stretches[0].plan.world
    for name in ("visibility", "board_interval", "release_interval", "delegation", "leader_fluency"):
        w.p[name] = after[name]
    w.firm["in_step"], w.units["own_authority"] = new.firm["in_step"], new.units["own_authority"]
    hired = new.leaders["hired"]
    w.leaders["fluency"] = np.clip(w.leaders["fluency"] + (hired - w.leaders["hired"]), 0.0, 1.0)
    w.leaders["hired"] = hired
    for leader in w.leaders:
        leader.estimate_sd = estimate_spread(
            DEAR["estimate_log_sd"], DEAR["fluency_slope"], leader.fluency, DEAR["visibility_slope"], after["visibility"])  # fmt: skip
        leader.kept = value_kept(DEAR["drift"], leader.fluency)
    w.firm["next_board"], w.firm["next_train"] = min(w.firm[0].next_board, 95.0), min(w.firm[0].next_train, 92.0)
    before_board = np.flatnonzero(w.items["line"] == w.firm[0].board_line)
    assert any(w.items[item].size <= w.units[0].own_authority for item in before_board), "some now need no board"
    queue, item = [], w.lines[w.firm[0].board_line].head
    while item >= 0:
        if w.items[item].line == w.firm[0].board_line:
            queue.append(item)
        item = w.items[item].next
    w.lines[w.firm[0].board_line] = (-1, -1, 0)
    for item in queue:
        row = w.items[item]
        local = row.size <= w.units[0].own_authority
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


def test_no_path_is_a_path_without_stretches():
    one = plan(PARTNERSHIP)
    assert same(kernel.simulate(one, 7), kernel.simulate_path(Path(one), 7)) == []
    np.testing.assert_array_equal(kernel.run(one, 7).outcomes, kernel.run_path(Path(one), 7).outcomes)


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
    code = "from sim.core.jit import COMPILED\nfrom tests.model.test_path import moved_short\nprint(COMPILED, moved_short())"
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
