"""The rows of the evidence: every gate holds, verdicts follow the cells, and the command tells what failed."""

from __future__ import annotations

import dataclasses
import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.report.evidence_page import evidence_markdown
from sim.report.evidence_table import evidence_text, evidence_values, value_words
from sim.validation import rows
from sim.validation.evidence import Cell, Curve, Effort, Finding, Row, near, verdict
from sim.validation.practice_rows import FITTED
from sim.validation.rows import ROWS, Checked, chosen, run_rows

GATES = [row.key for row in ROWS.values() if row.must]


def row(key: str, *holds: bool | None) -> tuple[Row, Finding]:
    finding = Finding(tuple(Cell(f"setting {place}", 1.0, 0.9, 0.1, held) for place, held in enumerate(holds)))
    return Row(key, "a quantity", "somebody 2001", "± 0.1", lambda effort: finding), finding


@pytest.mark.slow
@pytest.mark.parametrize("key", GATES)
def test_every_formula_and_published_model_holds(key):
    (checked,) = run_rows([ROWS[key]], Effort())
    assert not checked.fails, evidence_text([checked])


@pytest.mark.parametrize("key", [key for key in GATES if key not in ("V1", "V7")])
def test_quick_rows_hold_and_have_cells(key):
    (checked,) = run_rows([ROWS[key]], Effort(quick=True))
    assert checked.finding is not None
    assert checked.finding.cells
    assert not checked.fails, evidence_text([checked])


@pytest.mark.parametrize(("key", "holds", "expected"), [
    ("V1", (True, True), "holds"), ("V1", (True, False), "missed"), ("D1", (None, True), "holds"), ("D1", (None,), "reported"),
    ("P1", (True, True), "seen"), ("P1", (True, False), "seen in part"), ("P1", (False,), "not seen"), ("C1", (False,), "missed"),
])  # fmt: skip
def test_verdicts_follow_the_cells(key, holds, expected):
    assert verdict(*row(key, *holds)) == expected
    assert Checked(*row(key, *holds), 1.0).fails == (expected == "missed" and key[0] in "VD")


def test_what_cannot_be_run_stays_in_the_table_with_its_reason():
    out = [one for one in ROWS.values() if one.measure is None]
    assert out
    for one in run_rows(out, Effort(quick=True)):
        assert one.verdict == "not run"
        assert one.row.reason
        assert one.row.reason[1:] in evidence_text([one])


def test_rows_of_the_evidence_are_all_there_in_order():
    keys = list(ROWS)
    assert [key for key in keys if key[0] == "V"] == [f"V{number}" for number in range(1, 8)]
    assert [key for key in keys if key[0] == "D"] == ["D1", "D2", "D2a", "D3", "D4"]
    assert {key.split()[0] for key in keys if key[0] == "C"} == {f"C{number}" for number in range(1, 16)}
    assert [key for key in keys if key[0] == "P"] == [f"P{number}" for number in range(1, 11)]
    assert set(FITTED) <= set(keys)


def test_rows_are_chosen_by_kind_and_by_name():
    assert [one.key for one in chosen(["V"])] == [f"V{number}" for number in range(1, 8)]
    assert [one.key for one in chosen(["D3", "V6"])] == ["V6", "D3"]
    assert len(chosen([])) == len(ROWS)


def test_near_is_within_the_tolerance_and_nothing_is_near_what_is_not_a_number():
    assert near(1.0, 1.015, 0.02)
    assert not near(1.0, 1.03, 0.02)
    assert not near(float("nan"), 1.0, 5.0)


def test_values_are_told_to_three_digits():
    assert [value_words(value) for value in (0.8593, 12.3456, 45.67, 1234.5, 0.00001, -0.5)] == [
        "0.859", "12.346", "45.7", "1,234", "under 0.001", "−0.500",
    ]  # fmt: skip


def test_the_page_has_every_row_both_lists_and_the_figures(tmp_path):
    checked = list(run_rows(chosen(["V6", "D1", "C9", "C5", "P3"]), Effort(quick=True)))
    page = evidence_markdown(checked, "orgsim validate", {"D1": ["evidence/D1.svg"]})
    for one in checked:
        assert f"### {one.row.key}: " in page
    assert "![D1](evidence/D1.svg)" in page
    assert "*Predicted*: P3." in page
    assert "Every gate (V, D) that was run holds." in page
    values = evidence_values(checked)
    assert json.loads(json.dumps(values, allow_nan=False)) == values


def test_the_command_writes_page_values_and_figures(tmp_path):
    result = CliRunner().invoke(main, ["validate", "--quick", "--only", "D2", "--only", "V6", "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "D2  March (1991), figure 5" in result.stdout
    written = json.loads((tmp_path / "evidence.json").read_text(encoding="utf-8"))
    assert [one["key"] for one in written["rows"]] == ["V6", "D2"]
    assert (tmp_path / "evidence" / "D2.svg").read_text(encoding="utf-8").count("turnover 0.1") >= 1
    assert (tmp_path / "evidence" / "D2.png").read_bytes().startswith(b"\x89PNG")


def test_a_missed_gate_is_told_and_has_its_exit_code(monkeypatch):
    failing, _ = row("V6", True, False)
    monkeypatch.setitem(rows.ROWS, "V6", dataclasses.replace(failing, reason="the gate is ajar"))
    result = CliRunner().invoke(main, ["validate", "--only", "V6"])
    assert result.exit_code == 1
    assert "MISSED" in result.stdout
    assert "The gate is ajar." in result.stdout
    assert "Missed gates: V6." in result.stdout
    assert json.loads(CliRunner().invoke(main, ["validate", "--only", "V6", "--json", "--quiet"]).stdout)["rows"][0]["verdict"] == "missed"


def test_an_unknown_row_is_one_message():
    result = CliRunner().invoke(main, ["validate", "--only", "V99"])
    assert result.exit_code == 2
    assert "--only V99: no row of the evidence has this name" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_curve_is_drawn_with_both_kinds_of_points():
    from sim.report.charts.curve import curve_chart

    chart = curve_chart("planted", Curve("A title", "load", "wait", {"one": [(0.7, 2.3, 2.4, 0.1), (0.9, None, 9.0, 0.2)]}))
    assert "rings: published" in chart.subtitle
    assert chart.csv.splitlines() == ["line,load,published,ours,half_width", "one,0.7,2.3,2.4,0.1", "one,0.9,,9,0.2"]
