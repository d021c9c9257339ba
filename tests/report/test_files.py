"""Files: runs, series, summary, page and charts; the same bytes from the same runs; whole or not at all."""

from __future__ import annotations

import json

import pyarrow.parquet
import pytest

from sim.analysis.paired import analyse
from sim.experiment.comparison import Failure
from sim.model.outcomes import NAMES
from sim.report import write
from sim.report.summary import as_json, summary
from sim.report.write import runs_table, write_report
from tests.report.synthetic import comparison


@pytest.fixture(scope="module")
def runs():
    return comparison(replicates=20, failures=(Failure("pervasive", 3, "overflow"),))


@pytest.fixture(scope="module")
def written(runs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written") / "result"
    write_report(runs, analyse(runs), folder)
    return folder


def test_all_files_are_there_and_the_page_comes_first(runs, tmp_path):
    paths = [str(path.relative_to(tmp_path)) for path in write_report(runs, analyse(runs), tmp_path)]
    assert paths[0] == "report.html"
    for name in ("differences-pervasive", "differences-modern_partnership", "days", "months"):
        assert {f"charts/{name}.svg", f"charts/{name}.narrow.svg", f"charts/{name}.png", f"charts/{name}.csv"} <= set(paths)
    assert {"runs.parquet", "series.parquet", "summary.json", "page.json"} <= set(paths)


def test_the_same_runs_give_the_same_bytes(runs, written, tmp_path):
    write_report(runs, analyse(runs), tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 21
    for path in files:
        assert path.read_bytes() == (written / path.relative_to(tmp_path)).read_bytes(), path.name


def test_a_row_a_run_with_status_and_provenance(runs, written):
    table = pyarrow.parquet.read_table(written / "runs.parquet")
    assert table.num_rows == 60
    assert set(NAMES) <= set(table.column_names)
    failed = [(row["design"], row["seed"], row["error"]) for row in table.to_pylist() if row["status"] == "failed"]
    assert failed == [("pervasive", 3, "overflow")]
    about = json.loads(table.schema.metadata[b"orgweave"])
    assert about["scenario_digest"] == runs.scenario.digest
    assert about["command"].startswith("orgsim compare branch_bank")


def test_runs_as_a_frame_hold_the_same_numbers_as_the_file(runs):
    frame, table = runs.runs, runs_table(runs)
    for name in NAMES:
        assert frame[name].to_numpy() == pytest.approx(table[name].to_numpy(), nan_ok=True)


def test_series_have_a_row_a_month(written):
    table = pyarrow.parquet.read_table(written / "series.parquet")
    assert table.num_rows == 3 * 20 * 36
    assert table["month"].to_pylist()[:3] == [1, 2, 3]


def test_the_summary_is_json_without_a_number_that_is_none(runs, written):
    document = json.loads((written / "summary.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert list(document["differences"]) == ["modern_partnership - partnership", "pervasive - partnership"]
    difference = document["differences"]["pervasive - partnership"]["lead_time_median"]
    assert {"mean", "low", "high", "probability_better", "verdict", "better"} <= set(difference)
    assert document["designs"]["partnership"]["lead_time_median"]["unit"] == "days"
    assert document["replicates"] == 20
    assert document["failures"] == [{"design": "pervasive", "seed": 3, "error": "overflow"}]


def test_a_single_run_is_written_too(tmp_path):
    runs = comparison(replicates=1, with_series=False)
    write_report(runs, analyse(runs), tmp_path)
    assert json.loads(as_json(summary(runs, analyse(runs))))["differences"]["pervasive - partnership"]["lead_time_median"]["low"] is None
    assert not (tmp_path / "series.parquet").exists()


def test_a_single_design_is_written_too(tmp_path):
    runs = comparison(replicates=5, designs=("mine",))
    write_report(runs, analyse(runs), tmp_path)
    assert "no other design was compared" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_fault_while_writing_leaves_the_old_result_and_nothing_beside_it(runs, tmp_path, monkeypatch):
    folder = tmp_path / "result"
    folder.mkdir()
    (folder / "report.html").write_text("the old page")

    def breaks(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(write, "series_table", breaks)
    with pytest.raises(OSError, match="disk full"):
        write_report(runs, analyse(runs), folder)
    assert [path.name for path in tmp_path.iterdir()] == ["result"]
    assert (folder / "report.html").read_text() == "the old page"
