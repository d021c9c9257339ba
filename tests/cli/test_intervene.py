"""`orgsim intervene`: exit codes, the shape of its JSON, its table and what it writes."""

from __future__ import annotations

import json

import pyarrow.parquet
import pytest
from click.testing import CliRunner

from sim.api import load_scenario
from sim.cli.main import main

SMALL = [
    "--set", "firm.units=3", "--set", "firm.technologists=24", "--set", "run.warm_up=60", "--days", "240", "--replicates", "4", "--quiet",
]  # fmt: skip


def call(*arguments: str):
    return CliRunner().invoke(main, ["intervene", "mobile_bank", *SMALL, *arguments])


def test_json_is_one_document_with_every_move_in_both_views():
    result = call("--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found["moves"]) == set(load_scenario("deck_chairs").interventions)
    move = found["moves"]["outsourcing"]
    assert move["usual"] is True
    assert found["moves"]["embedded"]["usual"] is False
    for view in ("from_its_day", "settled"):
        assert {"return_on_spend", "lead_time_median", "benefits_realised_share", "cost_total"} <= set(move[view])
        assert {"difference", "low", "high", "verdict"} <= set(move[view]["return_on_spend"])
    assert found["yardstick"]["design"] == "pervasive"
    assert found["headline"]
    assert found["pairs"] == []


def test_the_same_seed_says_the_same_whatever_the_workers_and_another_does_not():
    one = ("--only", "outsourcing", "--only", "embedded")
    first, again, other = (call(*one, *more).stdout for more in ((), ("--workers", "1"), ("--seed", "2")))
    assert first == again != other


def test_the_table_has_a_line_a_move_and_pairs_where_asked_for():
    told = call("--only", "outsourcing", "--only", "embedded", "--pairs").stdout
    assert "Done to the IT unit:" in told
    assert "Done to how work is organised:" in told
    assert "pervasive from the start" in told
    assert "outsourcing and embedded" in told
    assert "Each move is held against doing nothing" in told


def test_out_writes_page_chart_runs_and_summary(tmp_path):
    out = tmp_path / "made"
    assert call("--only", "outsourcing", "--only", "embedded", "--out", str(out)).exit_code == 0
    assert {path.name for path in out.iterdir()} == {"report.html", "charts", "runs.parquet", "summary.json", "page.json"}
    runs = pyarrow.parquet.read_table(out / "runs.parquet").to_pandas()
    assert set(runs["view"]) == {"from its day", "settled"}
    assert set(runs["move"]) == {"doing nothing", "outsourcing", "embedded", "pervasive"}
    assert len(runs) == 2 * 4 * 4
    assert "outsourcing" in (out / "charts" / "moves.csv").read_text(encoding="utf-8")
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["moves"].keys() == {"outsourcing", "embedded"}


@pytest.mark.parametrize(("arguments", "nearest"), [
    (("--only", "outsorcing"), "outsourcing"), (("--design", "partnershp"), "partnership"), (("--against", "pervasiv"), "pervasive"),
    (("--replicates", "1"), "2 or more"),
])  # fmt: skip
def test_wrong_input_is_one_message_and_exit_code_2(arguments, nearest):
    result = call(*arguments)
    assert result.exit_code == 2
    assert nearest in result.output
    assert "Traceback" not in result.output
