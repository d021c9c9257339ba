"""`orgsim claims`: real claims on a small firm, the ledger and what is written of it."""

from __future__ import annotations

import json
import math

import pytest
from click.testing import CliRunner

from sim.analysis.claims.claim import NEITHER, NOT_RUN, REFUTED, Judged
from sim.analysis.claims.effect import FAILS, HOLDS, OPEN, Effect, Part
from sim.analysis.ledger import Ledger, added, exception, share
from sim.cli.main import main
from sim.report.claims_table import document, ledger_text, page, read_ledger
from tests.experiment.small import SMALL

SMALLER = [word for path, value in SMALL if path != "designs.compare" for word in ("--set", f"{path}={value}")]


def call(*arguments: str):
    return CliRunner().invoke(main, ["claims", *SMALLER, "--replicates", "3", "--quiet", *arguments])


def judged(verdict: str, state: str = OPEN, low: float = -math.inf, high: float = 2.0) -> Judged:
    return Judged(verdict, (Part(Effect("lead time", "lead_time_median", 1.0, low, high, 5.0, 20), state),
                            Part(Effect("beside", "", math.nan, None, None, math.nan, 0), FAILS, decides=False)))  # fmt: skip


LEDGER = Ledger(
    ("branch_bank", "mobile_bank"),
    {"A1": {"branch_bank": judged(HOLDS, HOLDS), "mobile_bank": judged(REFUTED, FAILS, 0.0, math.inf)},
     "A12": {"branch_bank": judged(NEITHER), "mobile_bank": Judged(NOT_RUN, note="cannot be had")}},
    {"replicates": 3, "seed": 1, "settings": []},
)  # fmt: skip


def test_a_ledger_is_read_again_as_it_was_written(tmp_path):
    text = json.dumps(document(LEDGER, False, {}), allow_nan=False)
    (tmp_path / "claims.json").write_text(text, encoding="utf-8")
    again = read_ledger(tmp_path / "claims.json")
    assert json.dumps(document(again, False, {})) == text
    assert repr(again) == repr(LEDGER), "undefined numbers included"
    effect = again.cells["A1"]["mobile_bank"].parts[0].effect
    assert (effect.low, effect.high) == (0.0, math.inf)


def test_what_is_no_ledger_is_refused(tmp_path):
    (tmp_path / "claims.json").write_text("[1]", encoding="utf-8")
    result = call("--firms", "mobile_bank", "--only", "A12", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "is not a ledger of claims" in result.stderr


def test_the_main_exception_is_what_refutes_before_what_is_open_and_never_what_stands_beside():
    firm, part = exception(LEDGER.cells["A1"])
    assert (firm, part.effect.name) == ("mobile_bank", "lead time")
    assert exception({"one": judged(HOLDS, HOLDS)}) is None


@pytest.mark.parametrize(("holds", "word"), [(8, "supported"), (7, "mixed"), (3, "mixed"), (2, "refuted")])
def test_the_share_of_an_ensemble_has_a_word_and_an_interval(holds, word):
    cells = {str(k): judged(HOLDS if k < holds else NEITHER) for k in range(10)} | {"out": Judged(NOT_RUN)}
    found = share(cells)
    assert (found.holds, found.n, found.word) == (holds, 10, word)
    assert found.low < holds / 10 < found.high
    assert share({"out": Judged(NOT_RUN)}) is None


def test_a_ledger_of_the_same_kind_is_added_to_and_another_kind_is_replaced():
    new = Ledger(("parcel_carrier",), {"A2": {"parcel_carrier": judged(HOLDS)}}, LEDGER.about)
    both = added(LEDGER, new)
    assert list(both.cells) == ["A1", "A2", "A12"]
    assert both.firms == ("branch_bank", "mobile_bank", "parcel_carrier")
    other = Ledger(new.firms, new.cells, {"replicates": 4})
    assert added(LEDGER, other) == other


def test_text_and_page_show_every_firm_and_an_ensemble_its_share():
    text = ledger_text(LEDGER, 100, False)
    assert "mobile bank  refuted  lead time +1.0 days (0.0 to beyond)" in text
    assert "cannot be had" in text
    assert "| A1 |" in page(LEDGER, False, "orgsim claims")
    assert "share of the ensemble: mixed: 1 of 2" in ledger_text(LEDGER, 100, True)


def test_real_claims_on_a_small_firm_have_effects_with_intervals_and_are_added_to(tmp_path):
    result = call("--firms", "mobile_bank", "--only", "A3", "--only", "A12", "--json", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert [claim["id"] for claim in found["claims"]] == ["A3", "A12"]
    trust = found["claims"][0]["firms"]["mobile_bank"]["parts"][0]
    assert trust["low"] < trust["mean"] < trust["high"]
    result = call("--firms", "mobile_bank", "--only", "A11", "--json", "--out", str(tmp_path))
    again = json.loads(result.stdout)
    assert [claim["id"] for claim in again["claims"]] == ["A3", "A11", "A12"]
    assert again["claims"][0]["firms"] == found["claims"][0]["firms"]
    assert {path.name for path in tmp_path.iterdir()} == {"claims.json", "claims.md"}
    assert "pervasive's lead in the cloud" in (tmp_path / "claims.md").read_text()


def test_firms_of_an_ensemble_are_counted(tmp_path):
    (tmp_path / "draws.csv").write_text("number,wave,firm.turbulence,firm.coupling\n1,1,0.2,2\n2,1,0.4,3\n", encoding="utf-8")
    (tmp_path / "provenance.json").write_text('{"scenario": "mobile_bank"}', encoding="utf-8")
    result = call("--firms", "mobile_bank", "--ensemble", str(tmp_path), "--only", "A11", "--json")
    assert result.exit_code == 0, result.output
    claim = json.loads(result.stdout)["claims"][0]
    assert set(claim["firms"]) == {"firm 1", "firm 2"}
    assert claim["ensemble"]["n"] == 2
    (tmp_path / "draws.csv").write_text("number,wave,firm.turbulance\n1,1,0.2\n", encoding="utf-8")
    wrong = call("--firms", "mobile_bank", "--ensemble", str(tmp_path), "--only", "A11")
    assert wrong.exit_code == 2
    assert "draws.csv:1" in wrong.stderr
    assert "did you mean firm.turbulence" in wrong.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [(("--only", "A13"), "there is no such claim"), (("--firms", "nowhere"), "nowhere"), (("--firms", ","), "names no firm"),
     (("--ensemble", "/nowhere"), "draws.csv cannot be read")],
)  # fmt: skip
def test_wrong_input_is_one_message(options, told):
    result = call(*options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output
