"""The server: what an address asks for is what the command line gives, and what is wrong with it is said in words."""

from __future__ import annotations

import csv
import io
import json
import math
import shlex
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from click.testing import CliRunner

from sim.api import load_scenario
from sim.cli.main import main
from sim.explorer import question
from sim.explorer.ahead import PAIRS, Ahead
from sim.explorer.question import compared
from sim.explorer.runs import Memory
from sim.explorer.state import Scenarios, State, read_state
from sim.model.kernel import Run
from tests.explorer.serving import SMALL, served


@pytest.fixture(scope="module")
def server():
    with served() as running:
        yield running


def _overrides(fields):
    return [tuple(value.split("=", 1)) for name, value in fields if name == "set"]


def test_the_numbers_are_those_of_the_command_that_is_shown(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fields = [*SMALL, ("set", "design.pervasive.delegation=0.4"), ("seed", "7"), ("designs", "partnership,pervasive")]
    last = server.lines("/api/compare", fields)[-1]
    words = shlex.split(last["command"])
    assert words[0] == "orgsim"
    done = CliRunner().invoke(main, [*words[1:], "--json", "--quiet"], standalone_mode=False)
    told = json.loads(done.stdout)
    for part in ("scenario", "scenario_digest", "seed", "replicates", "designs", "differences", "headline", "kinds", "equal", "notes"):
        assert last["summary"][part] == told[part], part


@pytest.fixture
def slow(monkeypatch):
    """Runs of which hardly one is made soon, as on a slow machine or of a large firm."""
    monkeypatch.setattr(question, "SOON", 0.0)


def test_a_rough_answer_comes_before_the_one_that_stays(server, slow):
    answers = server.lines("/api/compare", [*SMALL, ("seed", "31")])
    assert [each["pairs"] for each in answers] == [8, 20, 50, 100]
    assert [each["settled"] for each in answers] == [False, False, False, True]
    assert answers[0]["title"].endswith(".")


@pytest.mark.parametrize(
    ("pace", "stages"),
    [(math.inf, (8, 20, 50, 100)), (0.021, (8, 20, 50, 100)), (0.019, (20, 50, 100)), (0.0001, (20, 50, 100))],
)
def test_the_first_answer_waits_for_twenty_pairs_where_they_are_made_soon(pace, stages, monkeypatch):
    """Two processors at so many seconds a run; a new pair is two runs. However quick they are, more pairs come later."""
    monkeypatch.setattr(question, "SOON", 0.4)
    scenario = load_scenario("branch_bank", [*_overrides(SMALL), ("designs.compare", "partnership,pervasive")])
    asked = question.Question(scenario, 1, Memory(), threading.Event(), workers=2)
    asked.memory.pace = pace
    assert asked.stages() == stages


def test_a_scenario_that_takes_long_to_load_does_not_end_what_was_asked_after_it(monkeypatch):
    with served() as running:
        explorer, load, is_loading = running.explorer, running.explorer.load, threading.Event()

        def slowly(state):
            found = load(state)
            if state.seed == 41:
                is_loading.set()
                while not explorer.desk.questions:
                    time.sleep(0.001)
            return found

        monkeypatch.setattr(explorer, "load", slowly)
        with ThreadPoolExecutor(2) as pool:
            older = pool.submit(running.lines, "/api/compare", [*SMALL, ("seed", "41"), ("page", "one")])
            assert is_loading.wait(60)
            newer = pool.submit(running.lines, "/api/compare", [("seed", "42"), ("page", "one")])
            assert older.result() == [{"error": "superseded"}]
            assert newer.result()[-1]["settled"]


def test_how_quick_runs_are_is_averaged_over_the_last_ones(server):
    server.lines("/api/compare", SMALL)
    assert 0.0 < server.explorer.memory.pace < math.inf
    memory, nothing = Memory(), Run(np.zeros(1), np.zeros(1, bool), np.zeros((1, 1)))
    for number in range(200):
        memory.put(str(number).encode(), nothing, 1.0 if number == 0 else 0.1)
    assert memory.pace == pytest.approx(0.1, rel=1e-3)


def test_runs_that_the_page_opens_with_are_made_before_anybody_asks(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text('base = "branch_bank"\n[firm]\nunits = 4\ntechnologists = 60\n[run]\ndays = 240\nwarm_up = 120\n')
    ahead = Ahead(str(path))
    ahead.start()
    for _ in range(600):
        if len(ahead.memory) == 2 * PAIRS:
            break
        threading.Event().wait(0.1)
    state = State(ahead.scenarios.first)
    asked = compared(ahead.scenarios.load(state), PAIRS, state.seed, ahead.memory, threading.Event())
    assert len(ahead.memory) == 2 * PAIRS  # what is asked first was all there
    assert not asked.failures


def test_runs_that_a_change_does_not_touch_are_not_made_again(server):
    server.lines("/api/compare", SMALL)
    before = len(server.explorer.memory)
    server.lines("/api/compare", [*SMALL, ("set", "design.pervasive.release_interval=9")])
    assert len(server.explorer.memory) == before + 100  # pervasive's only: partnership's money did not change
    server.lines("/api/compare", SMALL)
    assert len(server.explorer.memory) == before + 100


def test_a_setting_that_is_known_is_settled_at_once_and_says_the_same(server):
    first = server.lines("/api/compare", [*SMALL, ("seed", "32")])
    again = server.lines("/api/compare", [*SMALL, ("seed", "32")])
    assert [each["pairs"] for each in again] == [100]
    for told in (first[-1], again[0]):
        told["summary"]["provenance"].pop("seconds")  # by the clock on the wall
    assert again[0] == first[-1]


def test_a_change_of_one_design_is_first_answered_with_twenty_pairs_since_the_other_design_is_known(server, slow):
    fields = [*SMALL, ("seed", "33"), ("set", "design.pervasive.release_interval=11")]
    server.lines("/api/compare", fields[:-1])
    answers = server.lines("/api/compare", fields)
    assert [each["pairs"] for each in answers] == [20, 50, 100]
    assert [each["pairs"] for each in server.lines("/api/compare", fields)] == [100]


@pytest.mark.parametrize("pairs", [8, 20])
def test_rough_answers_say_what_the_command_says_of_as_many_pairs(server, slow, pairs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rough = next(each for each in server.lines("/api/compare", [*SMALL, ("seed", str(40 + pairs))]) if each["pairs"] == pairs)
    done = CliRunner().invoke(main, [*shlex.split(rough["command"])[1:], "--json", "--quiet"], standalone_mode=False)
    told = json.loads(done.stdout)
    assert told["replicates"] == pairs
    for part in ("scenario_digest", "seed", "designs", "differences", "headline"):
        assert rough["summary"][part] == told[part], part


def test_every_coordinate_and_every_number_of_the_firm_has_a_control_with_its_meaning(server):
    facts = server.json("/api/facts", [("designs", "partnership,pervasive")])
    rows = [row for bundle in facts["bundles"] for row in bundle["rows"]]
    scenario = load_scenario("branch_bank")
    assert {row["name"] for row in rows} == set(scenario.designs["pervasive"].values)
    assert {slider["path"].split(".")[1] for slider in facts["firm"]} == set(scenario.firm)
    assert all(row["meaning"] and row["price"] and len(row["sliders"]) == 2 for row in rows)
    for slider in [*facts["firm"], *(each for row in rows for each in row["sliders"])]:
        assert slider["low"] <= slider["value"] <= slider["high"]
        assert slider["meaning"]


@pytest.mark.parametrize("name", Scenarios().sources)
def test_what_is_exported_is_the_same_scenario(server, name, tmp_path):
    fields = [("scenario", name), ("set", "firm.turbulence=0.8"), ("set", "design.pervasive.delegation=0.35"), ("equal", "headcount"),
              ("designs", "pervasive,partnership")]  # fmt: skip
    status, headers, text = server.ask("/api/scenario.toml", fields)
    assert status == 200
    assert "attachment" in headers["content-disposition"]
    (tmp_path / "exported.toml").write_text(text)
    more = [*_overrides(fields), ("run.equal", "headcount"), ("designs.compare", "pervasive,partnership")]
    assert load_scenario(tmp_path / "exported.toml").digest == load_scenario(name, more).digest


def test_a_file_of_ones_own_is_opened_under_its_name_and_exported_whole(tmp_path):
    path = tmp_path / "my_bank.toml"
    path.write_text('base = "mobile_bank"\n[firm]\nunits = 5\n[designs]\ncompare = ["pervasive", "mine"]\n'
                    '[design.mine]\nbase = "partnership"\ndelegation = 0.5\n')  # fmt: skip
    with served(str(path)) as running:
        facts = running.json("/api/facts")
        text = running.ask("/api/scenario.toml")[2]
    assert facts["scenario"]["name"] == "my_bank"
    assert facts["compare"] == ["pervasive", "mine"]
    (tmp_path / "out.toml").write_text(text)
    assert load_scenario(tmp_path / "out.toml").digest == load_scenario(path).digest


def test_runs_are_exported_one_a_row(server):
    rows = list(csv.DictReader(io.StringIO(server.ask("/api/runs.csv", SMALL)[2])))
    assert len(rows) == 200
    settled = server.lines("/api/compare", SMALL)[-1]["summary"]["designs"]["partnership"]["return_on_spend"]["mean"]
    mine = [float(row["return_on_spend"]) for row in rows if row["design"] == "partnership"]
    assert sum(mine) / len(mine) == pytest.approx(settled, rel=1e-4)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ([("designs", "partnership,pervasiv")], "did you mean pervasive?"),
        ([("designs", "partnership")], "two designs"),
        ([("set", "firm.units=nan")], "firm.units"),
        ([("set", "firm.units=60")], "2 to 40 units"),
        ([("set", "firm.technologists=1e308")], "firm.technologists"),
        ([("set", "firm.turbulance=1")], "did you mean firm.turbulence?"),
        ([("set", "design.partnership.delegation=2")], "delegation"),
        ([("set", "off.mechanisms=learn")], "cannot be set on the page"),
        ([("set", "design.pervasive.base=partnership")], "cannot be set on the page"),
        ([("set", "run.days=900000")], "run.days"),
        ([("seed", "-1")], "a whole number from 0"),
        ([("seed", "9" * 60)], "a whole number from 0"),
        ([("seed", "1"), ("seed", "2")], "given twice"),
        ([("colour", "red")], "no field"),
        ([("equal", "luck")], "equal"),
        ([("scenario", "../../etc/passwd")], "not one that this explorer knows"),
        ([("scenario", "x" * 500)], "characters long"),
        ([("set", f"firm.units={n}") for n in range(2, 200)], "more than 120 times"),
    ],
)
@pytest.mark.parametrize("path", ["/api/facts", "/api/compare", "/api/scenario.toml", "/api/runs.csv"])
def test_what_is_wrong_with_an_address_is_said_in_words(server, path, fields, says):
    status, headers, text = server.ask(path, fields)
    assert status == 400
    assert headers["content-type"] == "application/json"
    assert says in " ".join(json.loads(text).values())
    assert "Traceback" not in text


def test_the_state_without_fields_is_the_scenario_itself():
    scenarios = Scenarios("branch_bank")
    state, more = read_state([], scenarios)
    assert not more
    found = scenarios.load(state)
    assert found.compare == ("partnership", "pervasive")
    assert found.firm == load_scenario("branch_bank").firm
