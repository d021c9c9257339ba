"""`orgsim ablate`, `robust`, `teeth` and `compare --conventions`: exit codes, the shape of their JSON, and what they write."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import sim.experiment.compare as comparing
from sim.cli.main import main
from sim.experiment import robustness
from sim.experiment.ablation import ablations
from sim.experiment.assumptions import levels
from sim.experiment.conventions import conventions
from sim.experiment.teeth import FORCES, forces
from sim.model import kernel
from sim.model.outcomes import HEADLINE
from tests.experiment.small import options, small

PAIR = "pervasive - partnership"


@pytest.fixture(autouse=True)
def usual_day(monkeypatch):
    """The day in reverse order has tests of its own; here it is the usual one, or it would be compiled once more."""
    monkeypatch.setattr(robustness, "run_reversed", kernel.run)


def call(*arguments: str):
    return CliRunner().invoke(main, arguments)


def document(*arguments: str) -> dict:
    result = call(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_ablate_gives_every_mechanism_for_every_firm_and_writes_its_files(tmp_path):
    out = tmp_path / "made"
    found = document("ablate", "branch_bank", "mobile_bank", *options("--out", str(out)))
    assert found["outcome"] == HEADLINE[0]
    assert list(found["differences"]) == ["branch_bank", "mobile_bank"]
    for firm in found["differences"].values():
        assert [row["setting"] for row in firm[PAIR]] == [variant.name for variant in ablations(small())]
        assert {"difference", "low", "high", "change", "effect", "better"} <= set(firm[PAIR][1])
    assert len(found["words"]) == 2
    assert {"ablation.csv", "ablation.json", "charts"} == {path.name for path in out.iterdir()}
    assert {path.suffix for path in (out / "charts").iterdir()} == {".svg", ".png"}


def test_ablate_prints_a_table_and_the_finding():
    told = call("ablate", "mobile_bank", *options()).stdout
    assert "pervasive less partnership" in told
    assert "all on" in told
    assert "Mobile bank, pervasive against partnership:" in told


def test_robust_gives_every_recheck():
    found = document("robust", "mobile_bank", *options())
    names = [variant.name for variant in robustness.rechecks(small(), 1)]
    assert [row["setting"] for row in found["differences"][PAIR]] == names
    rows = {row["setting"]: row for row in found["differences"][PAIR]}
    assert rows[robustness.OTHER_ORDER]["difference"] == rows[robustness.AS_IT_IS]["difference"]
    assert rows["seed 2"]["difference"] != rows[robustness.AS_IT_IS]["difference"]


def test_stored_assumptions_are_named_by_compare(tmp_path):
    """The design compared is the first one's twin: four pairs of other designs may give another verdict once rows hold at once."""
    out, twin = str(tmp_path), ("--set", "design.twin.base=partnership", "--designs", "partnership,twin")
    found = document("robust", "mobile_bank", "--assumptions", *options("--out", out, *twin))
    assert found["assumptions"] == len({level.path for level in levels(small())})
    assert set(found["hangs_on"]) == {"twin - partnership"}
    assert (tmp_path / "assumptions.json").is_file()
    compared = document("compare", "mobile_bank", *options("--out", out, *twin))
    assert compared["assumptions"] == found["assumptions"]
    assert "assumptions" in compared["headline"]
    other = call("compare", "mobile_bank", *options("--out", out, *twin), "--set", "firm.units=2")
    assert "is about another scenario and was left out" in other.stderr


def test_teeth_gives_a_slope_for_each_force_that_the_model_has():
    found = document("teeth", "mobile_bank", *options())
    assert [row["force"] for row in found["slopes"]] == [force.name for force in forces()]
    assert {"levels", "gains", "slope", "low", "high", "expected", "verdict", "theory", "source"} <= set(found["slopes"][0])
    told = call("teeth", "mobile_bank", *options()).stdout
    assert "What theory says:" in told
    assert all(force.name in told for force in FORCES if force.exists)


def test_compare_shows_every_convention():
    found = document("compare", "mobile_bank", "--conventions", *options())
    assert [row["convention"] for row in found["conventions"]] == [way.name for way in conventions(small())]
    assert "How it is counted" in call("compare", "mobile_bank", "--conventions", *options()).stdout
    assert "conventions" not in document("compare", "mobile_bank", *options())


@pytest.mark.parametrize("arguments", [
    ["ablate", "branch_bonk"], ["robust", "branch_bonk"], ["teeth", "branch_bonk"], ["ablate", "--designs", "pervasive"],
    ["robust", "--designs", "pervasive"], ["teeth", "--designs", "pervasive"], ["ablate", "--set", "firm.turbulance=2"],
    ["compare", "mobile_bank", "--conventions", "--agents", "mine.py"], ["robust", "--out", "/dev/null/here"],
])  # fmt: skip
def test_wrong_input_is_one_message_and_code_two(arguments):
    result = call(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.output


def test_a_failed_run_is_told_and_has_its_code(monkeypatch):
    usual = comparing.run
    broken = int(comparing.run_seeds(1, 2)[1])

    def run(blueprint, seed):
        if seed == broken:
            raise ArithmeticError("the ledger does not balance")
        return usual(blueprint, seed)

    monkeypatch.setattr(comparing, "run", run)
    result = call("ablate", "mobile_bank", *options())
    assert result.exit_code == 1
    assert "the ledger does not balance" in result.stderr


def test_levers_gives_every_coordinate_and_says_what_is_dead(tmp_path):
    small_firm = [word for word in options() if word not in ("--designs", "partnership,pervasive")]
    found = document("levers", "mobile_bank", "--at", "pervasive", *small_firm, "--out", str(tmp_path))
    assert len(found["levers"]) == 23
    assert set(found["dead"]) <= {row["coordinate"] for row in found["levers"]}
    assert all(pull["base"] == "pervasive" for row in found["levers"] for pull in row["pulls"])
    assert json.loads((tmp_path / "levers.json").read_text(encoding="utf-8"))["levers"] == found["levers"]
    told = call("levers", "mobile_bank", "--at", "pervasive", *small_firm).stdout
    assert "tech embedding" in told
    assert call("levers", "mobile_bank", "--at", "pervasiv").exit_code == 2
