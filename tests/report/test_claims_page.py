"""The page of claims in the documentation is made from the ledger beside it, and speaks of the claims as they are declared now."""

from __future__ import annotations

import json
from pathlib import Path

from sim.analysis.claims.claim import NOT_RUN
from sim.analysis.claims.declared import CLAIMS
from sim.cli.claims import ARCHETYPES, page_command
from sim.report.claims_table import page, read_ledger

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "model"


def test_the_page_is_what_its_ledger_makes():
    ledger = read_ledger(FOLDER / "claims.json")
    assert page(ledger, page_command(Path("docs/model"))) == (FOLDER / "claims.md").read_text(encoding="utf-8")


def test_every_claim_was_run_on_every_archetype_and_its_words_are_the_declared_ones():
    found = json.loads((FOLDER / "claims.json").read_text(encoding="utf-8"))
    assert [(entry["id"], entry["claim"], entry["test"], entry["holds_if"], entry["refuted_if"]) for entry in found["claims"]] == [
        (claim.key, claim.claim, claim.test, claim.holds, claim.refuted) for claim in CLAIMS
    ]
    for entry in found["claims"]:
        assert set(entry["firms"]) == set(ARCHETYPES)
        assert not [name for name, cell in entry["firms"].items() if cell["verdict"] == NOT_RUN]
