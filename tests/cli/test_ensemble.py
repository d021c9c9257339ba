"""`orgsim ensemble`, `winners` and `fit`: what they print and write, that a seed says everything, and what they say of wrong input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import sim.cli.winners as winning
from sim.api import load_scenario
from sim.cli.main import main
from sim.core.jit import model_digest
from sim.experiment.kept import read_ensemble
from sim.experiment.space import dimensions
from sim.validation.calibration import RANGES
from sim.validation.ensemble import MEASURED, READ_OFF, read_off
from tests.experiment.small import small
from tests.experiment.tickets import truth, write_tickets

SHORT = ("--set", "run.warm_up=120", "--set", "run.days=240")
DRAWN = ("mobile_bank", "--set", "firm.units=2", "--set", "firm.technologists=60", *SHORT, "--keep", "1", "--draws", "500", "--quiet")


def call(*arguments: str):
    return CliRunner().invoke(main, arguments)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("ensemble")
    result = call("ensemble", *DRAWN, "--out", str(folder))
    assert result.exit_code == 0, result.output
    assert "meets all 14 ranges" in result.output
    assert "## Which ranges bind" in result.output
    return folder


def test_what_is_kept_stands_in_a_table_that_can_be_run(drawn):
    ensemble = read_ensemble(drawn)
    assert len(ensemble.firms) >= 1
    firm = load_scenario("mobile_bank")
    assert set(ensemble.firms[0]) == {each.path for each in dimensions(firm, ["firm.units", "firm.technologists"])}
    assert ensemble.told("model_digest") == model_digest()
    assert ensemble.told("design") == "partnership"
    for each in ensemble.firms:  # the rows that need no run, from the file alone
        columns = {path: np.array([value]) for path, value in each.items()}
        held = load_scenario("mobile_bank", [("firm.units", "2"), ("firm.technologists", "60")])
        assert all(held_row[0] for held_row in read_off(held, "partnership", columns).values())
    assert set(MEASURED) | set(READ_OFF) == set(RANGES)
    assert (drawn / "ensemble.md").read_text().startswith("# The plausible ensemble")


@pytest.mark.slow
def test_workers_change_nothing(drawn, tmp_path):
    assert call("ensemble", *DRAWN, "--workers", "1", "--out", str(tmp_path)).exit_code == 0
    assert (tmp_path / "draws.csv").read_bytes() == (drawn / "draws.csv").read_bytes()
    one, other = (json.loads((folder / "provenance.json").read_text()) for folder in (tmp_path, drawn))
    assert one["plan_hash"] == other["plan_hash"]
    assert one["found"] == other["found"]


def test_winners_are_counted_and_the_headline_says_them(drawn, monkeypatch):
    monkeypatch.setattr(winning, "ABLATED", 1)
    where = ("--ensemble", str(drawn), "--quiet")
    result = call("winners", "mobile_bank", *where, "--designs", "partnership,pervasive", "--replicates", "2", *SHORT)
    assert result.exit_code == 0, result.output
    document = json.loads((drawn / "winners.json").read_text())
    assert sum(one["count"] for one in document["most"].values()) == document["firms"] == len(read_ensemble(drawn).firms)
    assert document["sentence"] in result.output
    rows = list(csv.DictReader((drawn / "winners.csv").read_text().splitlines()))
    more = sum(float(row["pervasive"]) > float(row["partnership"]) for row in rows)
    assert more == document["duels"]["pervasive"]["more"]
    for loser in (design for design, one in document["most"].items() if not one["count"]):
        assert loser in document["causes"]
    pair = ("mobile_bank", "--designs", "partnership,pervasive", "--replicates", "2", *SHORT)
    said = json.loads(call("compare", *pair, *where, "--json").stdout)["headline"]
    assert document["sentence"] in said
    assert "firms like yours" in said
    assert "firms like yours" not in json.loads(call("compare", *pair, "--quiet", "--json").stdout)["headline"]


def test_the_parts_of_the_firms_numbers_are_drawn_one_by_one(drawn):
    before = (drawn / "winners.json").read_bytes() if (drawn / "winners.json").exists() else None
    pair = ("--designs", "partnership,pervasive", "--replicates", "2", *SHORT, "--set", "firm.units=2", "--set", "firm.technologists=60")
    result = call("winners", "mobile_bank", "--ensemble", str(drawn), "--parts", "2", "--quiet", *pair)
    assert result.exit_code == 0, result.output
    found = json.loads((drawn / "parts.json").read_text())["designs"]["pervasive"]
    rows = {row["part"]: row for row in found["parts"]}
    assert rows["all"]["numbers"] == rows["firm"]["numbers"] + rows["model"]["numbers"]
    assert rows["model"]["numbers"] == sum(row["numbers"] for part, row in rows.items() if part not in ("all", "firm", "model"))
    assert {row["moved"] for row in rows.values()} != {0.0}
    assert all(row["middle"] - found["scenario"] == pytest.approx(row["moved"]) for row in rows.values())
    assert "the firm's own" in result.output
    assert before is None or (drawn / "winners.json").read_bytes() == before, "the count stays as it was"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("winners", "--ensemble", "nowhere"), "orgsim ensemble SCENARIO --out DIR makes one"),
        (("compare", "branch_bank", "--ensemble", "nowhere"), "orgsim winners --ensemble nowhere"),
        (("ensemble", "branch_bnk"), "did you mean branch_bank?"),
        (("ensemble", "--keep", "0"), "0 is not in the range"),
        (("fit", "nowhere.toml"), "there is no such file"),
        (("fit", "nowhere.csv"), "cannot be read"),
    ],
)
def test_wrong_input_is_told_in_words(arguments, words):
    result = call(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_an_ensemble_that_was_spoiled_is_told_with_its_line(drawn, tmp_path):
    for name in ("draws.csv", "provenance.json"):
        (tmp_path / name).write_bytes((drawn / name).read_bytes())
    text = (tmp_path / "draws.csv").read_text()
    (tmp_path / "draws.csv").write_text(text.replace("firm.wage", "firm.wagee", 1))
    assert "did you mean firm.wage?" in call("winners", "--ensemble", str(tmp_path)).stderr
    head, first, *rest = text.splitlines()
    cells = first.split(",")
    (tmp_path / "draws.csv").write_text("\n".join([head, ",".join([*cells[:2], "x", *cells[3:]]), *rest]) + "\n")
    assert "draws.csv:2: " in call("winners", "--ensemble", str(tmp_path)).stderr
    assert "federated is compared first" in call("winners", "--ensemble", str(drawn), "--designs", "federated,pervasive").stderr


AIMS = """scenario = "mobile_bank"
[known]
units = 3
technologists = 24
days = 240
warm_up = 60
[targets]
run_share = {{ value = {run_share}, tolerance = 0.05 }}
[tickets]
file = "tickets.csv"
"""


FEW, MANY = ("--keep", "12", "--draws", "450"), ("--keep", "60", "--draws", "3000")


@pytest.mark.parametrize("effort", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_a_small_firm_is_found_again_from_its_tickets(tmp_path, effort):
    """Every interval that is claimed holds the truth, or at least as many as it should; and the nearest firm can be run."""
    firm = small(("run.days", "480"), ("firm.change_load", "0.19"), ("firm.size_median", "9"))
    write_tickets(tmp_path / "tickets.csv", firm, "partnership", 3)
    (tmp_path / "aims.toml").write_text(AIMS.format(run_share=0.6), encoding="utf-8")
    out = tmp_path / "fit"
    arguments = (*effort, "--replicates", "4", "--quiet", "--out", str(out))
    result = call("fit", str(tmp_path / "aims.toml"), *arguments)
    assert result.exit_code == 0, result.output
    document = json.loads((out / "fit.json").read_text())
    really = truth(firm)
    held = [numbers["low"] <= really[path] <= numbers["high"] for path, numbers in document["numbers"].items()]
    assert sum(held) >= 0.9 * len(held)
    told = {path: numbers for path, numbers in document["numbers"].items() if numbers["told"]}
    assert told, "tickets tell something"
    assert "firm.units" not in document["numbers"], "what is known is not asked"
    assert "cannot tell" in result.output
    assert "flow efficiency" in result.output
    again = load_scenario(str(out / "your_firm.toml"))
    assert again.firm["units"] == 3
    assert again.firm["size_median"] == document["nearest"]["firm.size_median"]


def test_figures_that_no_firm_shows_are_told(tmp_path):
    (tmp_path / "aims.toml").write_text('scenario = "mobile_bank"\n[known]\nunits = 3\ntechnologists = 24\ndays = 240\nwarm_up = 0\n'
                                        "[targets]\nlead_time_median = { value = 1, tolerance = 0.5 }\n", encoding="utf-8")  # fmt: skip
    result = call("fit", str(tmp_path / "aims.toml"), "--draws", "60", "--replicates", "2", "--quiet")
    assert result.exit_code == 2
    assert "firms show these figures" in result.stderr


def test_free_goods_are_looked_for_on_the_firms_that_were_kept(drawn, tmp_path):
    firms = ("--ensemble", str(drawn), "--firms", "1")
    some = ("free-goods", "mobile_bank", *SHORT, *firms, "--at", "pervasive", "--replicates", "2", "--quiet")
    found = json.loads(call(*some, "--json", "--out", str(tmp_path)).stdout)
    assert len(found["coordinates"]) == 23
    assert json.loads((tmp_path / "free_goods.json").read_text())["coordinates"] == found["coordinates"]
    assert "raises at pervasive" in call(*some).stdout
    for wrong, what in ((("--at", "pervasiv"), "did you mean pervasive"), (("--ensemble", str(tmp_path)), "orgsim ensemble")):
        result = call(*some, *wrong)
        assert (result.exit_code, result.stderr.count("error: ")) == (2, 1)
        assert what in result.stderr
