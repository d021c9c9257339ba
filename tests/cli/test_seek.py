"""`orgsim seek`: what it prints and writes, that both sides are treated alike, and what it says of wrong input."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import sim.cli.seek as seeking
from sim.api import load_scenario
from sim.cli.main import main
from sim.experiment.seek import FIRST, SECOND, search
from sim.scenario.firm import FIRM


def call(*arguments: str):
    return CliRunner().invoke(main, arguments)


def test_seek_finds_a_firm_for_either_side_and_writes_it_as_a_scenario(tmp_path, monkeypatch):
    for name in ("CHECKED", "ABLATED", "JUDGED"):
        monkeypatch.setattr(seeking, name, 1)
    tiny = ("--points", "4", "--rounds", "1", "--replicates", "2", "--days", "240", "--set", "run.warm_up=0", "--quiet")
    result = call("seek", "mobile_bank", "--designs", "partnership,federated,pervasive", "--out", str(tmp_path), *tiny)
    assert result.exit_code == 0, result.output
    assert "Where partnership earns more, and where pervasive does" in result.stdout, "the first and the last design compared"
    assert "Equal effort: 20 firms tried for either side" in result.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"seek.json", "partnership_earns_more.toml", "pervasive_earns_more.toml"}
    found = json.loads((tmp_path / "seek.json").read_text(encoding="utf-8"))
    assert found["designs"] == ["partnership", "pervasive"] == [one["design"] for one in found["found"]]
    assert sum(found["surely_earns_more"].values()) == found["points"] == 4 - found["senseless"]
    assert {row["field"] for row in found["goes_with_the_difference"]} == set(FIRM)
    usual = load_scenario("mobile_bank").firm
    for one in found["found"]:
        again = load_scenario(tmp_path / f"{one['design']}_earns_more.toml")
        assert dict(again.firm) == one["firm"]
        assert (again.compare, again.run.days, again.run.warm_up) == (("partnership", "pervasive"), 240, 0)
        assert {name for name in FIRM if again.firm[name] != usual[name]} == set(one["differs_in"])
        assert all(FIRM[name].low <= value <= FIRM[name].high for name, value in one["firm"].items())


def test_designs_that_exchange_names_exchange_results_exactly():
    """Of as many people each, or the first one's money would be what both have."""
    found = []
    for designs in ("partnership,pervasive", "pervasive,partnership"):
        short = [("run.days", "240"), ("run.warm_up", "0"), ("run.equal", "headcount"), ("designs.compare", designs)]
        bench = seeking.Bench(load_scenario("mobile_bank", short), 2, 1, None, True)
        found.append(search(bench.makes_sense, bench.earned, 4, 1, 1))
    one, other = found
    for side in (FIRST, SECOND):
        assert [tried.firm for tried in one.rounds[side]] == [tried.firm for tried in other.rounds[-side]]
        assert [tried.gap for tried in one.rounds[side]] == [-tried.gap for tried in other.rounds[-side]]


@pytest.mark.parametrize("arguments", [
    ["--points", "0"], ["--rounds", "-1"], ["--replicates", "1"], ["--designs", "pervasive"], ["branch_bonk"], ["--out", "/dev/null/here"],
    ["--set", "firm.turbulance=2"],
])  # fmt: skip
def test_wrong_input_is_one_message_and_code_two(arguments):
    result = call("seek", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.output
