"""`orgsim claims`: real claims on a small firm, the ledger and what is written of it."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from click.testing import CliRunner

from sim.analysis.claims.claim import NEITHER, NOT_RUN, REFUTED, Judged
from sim.analysis.claims.effect import FAILS, HOLDS, OPEN, Effect, Part
from sim.analysis.ledger import Ledger, added, exception, share, survey_of, surveyed
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
    text = json.dumps(document(LEDGER, {}), allow_nan=False)
    (tmp_path / "claims.json").write_text(text, encoding="utf-8")
    again = read_ledger(tmp_path / "claims.json")
    assert json.dumps(document(again, {})) == text
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


@pytest.mark.parametrize(
    ("holds", "refuted", "word"),
    [(8, 0, "supported"), (7, 3, "mixed"), (7, 0, "open"), (2, 8, "refuted"), (0, 7, "open"), (0, 8, "refuted"), (3, 2, "open")],
)
def test_the_share_of_an_ensemble_has_a_word_and_an_interval(holds, refuted, word):
    verdicts = [HOLDS] * holds + [REFUTED] * refuted + [NEITHER] * (10 - holds - refuted)
    cells = {str(k): judged(verdict) for k, verdict in enumerate(verdicts)} | {"out": Judged(NOT_RUN)}
    found = share(cells)
    assert (found.holds, found.refuted, found.n, found.word) == (holds, refuted, 10, word)
    assert found.low - 1e-9 < holds / 10 < found.high
    assert share({"out": Judged(NOT_RUN)}) is None


def test_what_an_ensemble_says_stands_beside_the_firms_as_long_as_the_model_is_the_same(tmp_path):
    about = {"replicates": 2, "seed": 1, "ensemble": "there", "firms": 2, "model_digest": None, "settings": []}
    found = survey_of(Ledger(("firm 1", "firm 2"), LEDGER.cells, about))
    both = surveyed(LEDGER, found)
    assert both.cells == LEDGER.cells
    (tmp_path / "claims.json").write_text(json.dumps(document(both, {}), allow_nan=False), encoding="utf-8")
    again = read_ledger(tmp_path / "claims.json")
    assert repr(again) == repr(both)
    more = replace(LEDGER, about={"replicates": 9, "settings": []})
    assert added(again, more).survey == again.survey, "other histories of the same model"
    assert added(again, replace(LEDGER, about={"model_digest": "another"})).survey is None
    for other in ({"model_digest": "another"}, {"settings": ["firm.units=2"]}):
        assert surveyed(LEDGER, replace(found, about={**about, **other})).cells == {}
    text = page(again, "orgsim claims --out there")
    assert "`orgsim claims --out there --ensemble there --most 2 --replicates 2`" in text
    assert "mixed: holds on 1 of 2" in text


def test_a_ledger_of_the_same_kind_is_added_to_and_another_kind_is_replaced():
    new = Ledger(("parcel_carrier",), {"A2": {"parcel_carrier": judged(HOLDS)}}, LEDGER.about)
    both = added(LEDGER, new)
    assert list(both.cells) == ["A1", "A2", "A12"]
    assert both.firms == ("branch_bank", "mobile_bank", "parcel_carrier")
    other = Ledger(new.firms, new.cells, {"replicates": 4})
    assert added(LEDGER, other) == other


def test_text_and_page_show_every_firm_and_an_ensemble_its_share():
    text = ledger_text(LEDGER, 100)
    assert "mobile bank  refuted  lead time +1.0 days (0.0 to beyond)" in text
    assert "cannot be had" in text
    assert "| A1 |" in page(LEDGER, "orgsim claims")
    of_ensemble = surveyed(None, survey_of(LEDGER))
    text = ledger_text(of_ensemble, 100)
    assert "share of the ensemble: mixed: holds on 1 of 2 (9 to 91 %), refuted on 1" in text
    assert "main exception: mobile bank: lead time" in text
    assert "mobile bank  refuted" not in text


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
    result = call("--firms", "mobile_bank", "--ensemble", str(tmp_path), "--only", "A11", "--json", "--out", str(tmp_path / "ledger"))
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert set(found["claims"][0]["firms"]) == {"firm 1", "firm 2"}
    assert found["ensemble"]["claims"]["A11"]["n"] == 2
    kept = read_ledger(tmp_path / "ledger" / "claims.json")
    assert kept.firms == ()
    assert kept.survey.shares["A11"].n == 2
    result = call("--firms", "mobile_bank", "--ensemble", str(tmp_path), "--only", "A11", "--json", "--most", "1")
    assert set(json.loads(result.stdout)["claims"][0]["firms"]) == {"firm 1"}
    (tmp_path / "draws.csv").write_text("number,wave,firm.turbulance\n1,1,0.2\n", encoding="utf-8")
    wrong = call("--firms", "mobile_bank", "--ensemble", str(tmp_path), "--only", "A11")
    assert wrong.exit_code == 2
    assert "draws.csv:1" in wrong.stderr
    assert "did you mean firm.turbulence" in wrong.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [(("--only", "A13"), "there is no such claim"), (("--firms", "nowhere"), "nowhere"), (("--firms", ","), "names no firm"),
     (("--ensemble", "/nowhere"), "draws.csv cannot be read"), (("--most", "3"), "beside --ensemble")],
)  # fmt: skip
def test_wrong_input_is_one_message(options, told):
    result = call(*options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output
