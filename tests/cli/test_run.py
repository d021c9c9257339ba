"""`orgsim run`: a table or JSON, traces, own agents, and one message for each kind of wrong file."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet
import pytest
from click.testing import CliRunner

from sim.cli import main as group
from sim.model.outcomes import NAMES, OUTCOMES
from sim.model.stages import STAGES

SMALL = ("branch_bank", "--set", "firm.units=4", "--set", "firm.technologists=48", "--set", "run.warm_up=20", "--days", "100")
DAYS = 120
IDLE = "from sim import Team\nclass Idle(Team):\n    def build(self):\n        pass\n"


def run(*arguments: object):
    return CliRunner().invoke(group.main, ["run", *map(str, (*SMALL, *arguments))])


def outcomes(*arguments: object) -> dict[str, dict[str, object]]:
    result = run("--json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["outcomes"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "my_agents.py"


def test_a_run_prints_every_outcome_and_says_on_stderr_what_was_run():
    result = run("--design", "pervasive", "--seed", 3)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert [line.split("  ")[0] for line in lines[1:]] == [OUTCOMES[name].label for name in NAMES]
    assert result.stderr == "branch_bank · pervasive · 100 days counted after 20 · seed 3\n"


def test_the_first_design_is_run_where_none_is_named():
    assert json.loads(run("--json").stdout)["design"] == "partnership"


def test_the_same_seed_gives_the_same_outcomes_and_another_seed_others():
    assert outcomes("--seed", 2) == outcomes("--seed", 2) != outcomes("--seed", 3)


def test_json_stands_alone_and_holds_every_outcome():
    # More demand than can be met in the window, so that the quantile is not reached.
    document = json.loads(run("--json", "--quiet", "--set", "firm.change_load=0.5").output)
    assert list(document["outcomes"]) == list(NAMES)
    assert document["outcomes"]["lead_time_p85"] == {"value": 100.0, "beyond": True, "unit": "days"}
    assert (document["scenario"], document["seed"], document["days"]) == ("branch_bank", 1, 100)


def test_a_trace_holds_every_item_and_every_agents_day(tmp_path):
    result = run("--trace", tmp_path / "trace", "--design", "partnership")
    assert result.exit_code == 0, result.output
    tables = {path.stem: pyarrow.parquet.read_table(path) for path in (tmp_path / "trace").iterdir()}
    assert set(tables) == {"items", "teams", "liaisons", "leaders"}
    items, teams = tables["items"].to_pandas(), tables["teams"].to_pandas()
    assert set(items["stage"]) <= set(STAGES)
    assert items["raised"].is_monotonic_increasing
    live = items[(items["stage"] == "live")]
    assert len(live) > 0
    causes = [name for name in items if name.startswith("days_")]
    assert (live[causes].sum(axis=1) == live["ended"] - live["raised"]).all()
    assert len(teams) == DAYS * teams["team"].nunique()
    in_hand = teams[teams["day"] == DAYS - 1].set_index("team")["wip"]
    held = items[items["team"] >= 0]["team"].value_counts()
    assert in_hand[in_hand > 0].to_dict() == held.to_dict()
    assert (tables["liaisons"].to_pandas()["waiting"] >= 0).all()


def test_a_trace_that_cannot_be_written_is_told_before_the_run(tmp_path):
    (tmp_path / "taken").write_text("a file")
    result = run("--trace", tmp_path / "taken" / "trace")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith("error: --trace")


def test_own_agents_change_what_happens(file):
    file.write_text(IDLE)
    assert outcomes()["throughput_items"]["value"] > 0.0
    assert outcomes("--agents", file)["throughput_items"]["value"] == 0.0


def test_agents_that_do_as_the_model_does_change_nothing(file):
    file.write_text("from sim import Leader, Liaison, Team\nclass A(Team): pass\nclass B(Liaison): pass\nclass C(Leader): pass\n")
    assert outcomes("--agents", file) == outcomes()


def test_a_class_may_derive_from_another_of_the_same_file(file):
    file.write_text(IDLE + "class Later(Idle):\n    def learn(self):\n        pass\n")
    assert outcomes("--agents", file)["throughput_items"]["value"] == 0.0


BAD_FILES = {
    "a syntax error": ("from sim import Team\n\nclass Mine(Team)\n    pass\n", ":3: not Python: expected ':'"),
    "bytes that are no text": ("\0", ": not Python: "),
    "no class of an agent": ("class Mine:\n    pass\n", ": no class derived from Team, Liaison or Leader"),
    "only the model's own classes": ("from sim import Team\n", ": no class derived from Team, Liaison or Leader"),
    "two classes of teams": (IDLE + "class Other(Team):\n    pass\n", ": 2 classes derived from Team: Idle, Other"),
    "an import that fails": ("import no_such_module\n" + IDLE, ":1: ModuleNotFoundError: No module named 'no_such_module'"),
    "a class that hides a field": ("from sim import Team\nclass Mine(Team):\n    people = 3\n", ":2: TypeError: Mine.people would hide"),
    "an exception in a method": (IDLE.replace("pass", "return 1 / 0"), ":4: ZeroDivisionError: division by zero"),
    "a misspelt field": (IDLE.replace("pass", "self.poeple = 3"), ":4: AttributeError: Idle has no field 'poeple'; did you mean people?"),
    "a value without room": (IDLE.replace("pass", "self.wip_limit = 99"), ":4: ValueError: wip_limit = 99 is out of range: 1 to 12"),
    "an exit": (IDLE + "raise SystemExit('enough')\n", ":5: SystemExit: enough"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_FILES)
def test_wrong_agents_are_told_in_one_message_with_file_and_line(what, file):
    content, told = BAD_FILES[what]
    file.write_text(content)
    result = run("--quiet", "--agents", file)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith(f"error: {file}{told}")
    assert result.stderr.count("error:") == 1
    assert "Traceback" not in result.stderr


def test_a_file_of_agents_that_is_not_there_is_told(file):
    result = run("--quiet", "--agents", file)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {file}: cannot be read: No such file or directory")


def test_an_unknown_design_is_answered_with_the_nearest():
    result = run("--quiet", "--design", "pervasiv")
    assert result.exit_code == 2
    assert "did you mean pervasive?" in result.stderr
