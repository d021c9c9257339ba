"""`orgsim transition`: exit codes, the shape of its JSON, its table and what it writes."""

from __future__ import annotations

import json

import pyarrow.parquet
import pytest
from click.testing import CliRunner

from sim.cli.main import main

SMALL = [
    "--set", "firm.units=3", "--set", "firm.technologists=24", "--set", "run.warm_up=60", "--days", "500", "--replicates", "4", "--quiet",
]  # fmt: skip


def call(*arguments: str):
    return CliRunner().invoke(main, ["transition", "mobile_bank", *SMALL, *arguments])


def test_json_is_one_document_with_every_path():
    result = call("--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert {"at_once", "practice_first"} <= set(found["paths"])
    assert found["days"] == 500
    path = found["paths"]["at_once"]
    assert len(path["months"]["difference"]["mean"]) == 25
    assert path["paid"] + path["open"] + path["never"] == pytest.approx(1.0)
    assert {"dip", "back", "made_good", "median", "gain", "with_rest", "regret"} <= set(path)
    assert set(found["staying"]) == {"regret", "earned_a_month"}
    assert found["headline"]
    assert found["counted"]
    assert min(each["regret"]["mean"] for each in (*found["paths"].values(), found["staying"])) == 0.0


def test_the_same_seed_says_the_same_and_another_does_not():
    first, again = (call("--path", "at_once").stdout for _ in range(2))
    assert first == again
    assert first != call("--path", "at_once", "--seed", "2").stdout


def test_the_table_has_a_line_a_path_and_the_rest_is_explained():
    told = call("--path", "at_once", "--path", "practice_first").stdout
    lines = [line for line in told.splitlines() if line.startswith(("  at once", "  practice first"))]
    assert len(lines) == 2
    assert "paid back" in told
    assert "A month's money is what everything live earns" in told


def test_everything_is_written(tmp_path):
    out = tmp_path / "made"
    result = call("--path", "at_once", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} == {
        "report.html", "runs.parquet", "series.parquet", "summary.json", "page.json",
        *(f"charts/transition.{ending}" for ending in ("svg", "narrow.svg", "png", "csv")),
    }  # fmt: skip
    runs = pyarrow.parquet.read_table(out / "runs.parquet").to_pydict()
    assert sorted(set(runs["path"])) == ["at_once", "staying"]
    assert len(runs["path"]) == 8
    assert json.loads((out / "summary.json").read_text())["paths"]["at_once"]["gain"]


@pytest.mark.parametrize(("arguments", "told"), [
    (("--path", "at_onec"), "did you mean at_once?"),
    (("--from", "partnershp"), "did you mean partnership?"),
    (("--to", "pervasiv"), "did you mean pervasive?"),
    (("--days", "300"), "has a step on day"),
    (("--replicates", "1"), "one history has no interval"),
    (("--out", "/dev/null"), "cannot be written"),
])  # fmt: skip
def test_wrong_input_is_one_message_and_exit_code_two(arguments, told):
    result = call(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert result.stderr.count("error:") == 1
    assert "Traceback" not in result.stderr
