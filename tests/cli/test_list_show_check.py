"""`orgsim list`, `show` and `check`: complete, in words and as JSON."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sim.cli.list_ import KINDS
from sim.cli.main import main
from sim.core.sources import load_sources
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.outcomes import OUTCOMES
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from sim.scenario.settings import RUN
from sim.scenario.shipped import journey_paths, sweep_paths


def told(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_holds_the_same_in_words_and_as_json(kind):
    rows = json.loads(told("list", kind, "--json"))
    lines = told("list", kind).splitlines()
    assert len(lines) == len(rows) + 1
    for row, line in zip(rows, lines[1:]):
        assert line.startswith(str(next(iter(row.values()))))


def test_every_number_that_a_scenario_may_give_is_listed():
    paths = {row["path"] for row in json.loads(told("list", "parameters", "--json"))}
    assert paths == ({f"firm.{name}" for name in FIRM} | {f"model.{name}" for name in PARAMETERS} | {f"run.{name}" for name in RUN}
                     | {f"design.NAME.{name}" for name in COORDINATES})  # fmt: skip


def test_an_unknown_list_is_answered_with_the_nearest():
    result = CliRunner().invoke(main, ["list", "outcome"])
    assert result.exit_code == 2
    assert "did you mean outcomes?" in result.output


NAMES = [
    "branch_bank", "scenario.mobile_bank", "partnership", "design.pervasive", "delegation", "firm.turbulence", "run.days",
    *(f"model.{name}" for name in PARAMETERS), *(f"outcome.{name}" for name in OUTCOMES), *(f"mechanism.{name}" for name in MECHANISMS),
    *(f"source.{name}" for name in load_sources()), *(f"coordinate.{name}" for name in COORDINATES), *(f"firm.{name}" for name in FIRM),
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_everything_with_a_name_can_be_shown(name):
    plain = name.split(".")[-1]
    assert plain in told("show", name)
    assert plain in json.dumps(json.loads(told("show", name, "--json")))


@pytest.mark.parametrize("name", [*journey_paths(), *sweep_paths()])
def test_a_journey_or_a_sweep_is_shown_as_the_file_that_one_begins_with(name, tmp_path):
    written = tmp_path / f"{name}.toml"
    written.write_text(told("show", name).split("\n\n", 1)[1])
    assert ": sound\n" in told("check", str(written))


def test_a_design_is_shown_with_the_reason_for_every_value():
    design = json.loads(told("show", "pervasive", "--json"))
    assert [row["coordinate"] for row in design["coordinates"]] == list(COORDINATES)
    assert all(row["reason"] for row in design["coordinates"])


def test_a_parameter_is_shown_with_range_unit_and_source():
    shown = json.loads(told("show", "firm.turbulence", "--json"))
    assert (shown["value"], shown["lowest"], shown["highest"], shown["unit"]) == (0.3, 0, 200, "flips per belief and year")
    assert shown["source"]


def test_a_scenario_is_shown_with_the_place_that_each_value_comes_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank.toml").write_text('base = "mobile_bank"\n[firm]\nunits = 7\n[design.pervasive]\ndelegation = 0.8\n')
    shown = json.loads(told("show", "bank.toml", "--set", "firm.wage=0.5", "--json"))
    givers = {row["name"]: row["given in"] for row in shown["firm"]}
    assert givers["units"] == "bank.toml:3"
    assert givers["wage"] == "--set firm.wage"
    assert givers["technologists"].startswith("mobile_bank.toml:")
    assert givers["value_tail_index"] == "default"
    assert next(row for row in shown["designs"] if row["coordinate"] == "delegation")["given in"] == "pervasive: bank.toml:5"


def test_a_name_of_nothing_is_answered_with_the_nearest():
    result = CliRunner().invoke(main, ["show", "turbulense"])
    assert result.exit_code == 2
    assert "did you mean turbulence?" in result.output


def test_a_sound_scenario_is_summed_up_with_what_differs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bank.toml").write_text("[firm]\nunits = 7\n[design.pervasive]\ngovernance_scope = 0.5\n")
    summary = told("check", "bank.toml")
    assert "bank.toml: sound" in summary
    assert "firm.units = 7   (bank.toml:2)" in summary
    assert "design.pervasive.governance_scope = 0.5   (bank.toml:4)" in summary
    assert json.loads(told("check", "bank.toml", "--json"))["changed"] == {"firm.units": 7, "design.pervasive.governance_scope": 0.5}


def test_wide_texts_are_wrapped_under_their_column(monkeypatch):
    from sim.cli import text

    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "40")
    lines = text.facts({"name": "x", "meaning": "many words that do not fit on one line of a narrow terminal"}).splitlines()
    assert len(lines) > 2
    assert all(len(line) <= 40 for line in lines)
    assert lines[2].startswith(" " * 9)
