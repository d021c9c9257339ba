"""`orgsim compare --precision`: what it prints, its JSON and page, and what is refused before a run is made."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.experiment.small import SMALL

FIRM = [word for path, value in SMALL if path != "designs.compare" for word in ("--set", f"{path}={value}")]
PAIR = ["--designs", "partnership,pervasive"]


def call(*arguments: str):
    return CliRunner().invoke(main, ["compare", "mobile_bank", *FIRM, *arguments])


def test_it_stops_when_the_interval_is_narrow_and_says_so():
    result = call(*PAIR, "--precision", "5", "--quiet")
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert "Return on spend is known to ±" in told
    assert "as asked (±5), after 100 pairs. Looked at once, after 100 pairs, in the order of the seeds" in told


def test_how_often_a_design_is_better_can_be_asked_about():
    result = call(*PAIR, "--precision", "30", "--of", "share", "--json", "--quiet")
    assert result.exit_code == 0, result.output
    ended = json.loads(result.stdout)["precision"]
    assert (ended["of"], ended["reached"], ended["half_width_asked"]) == ("share", True, 0.3)
    (known,) = ended["known"].values()
    assert 0.0 <= known["low"] <= known["estimate"] <= known["high"] <= 1.0
    assert (known["high"] - known["low"]) / 2.0 == pytest.approx(*ended["half_widths"].values())


def test_at_the_ceiling_it_says_how_wide_the_interval_is():
    result = call("--precision", "0.0001", "--max-replicates", "110", "--outcome", "finished_share", "--json", "--quiet")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    ended = found["precision"]
    assert (ended["reached"], ended["pairs"], ended["looks"], ended["outcome"]) == (False, 110, [100, 110], "finished_share")
    assert ended["half_width_asked"] == pytest.approx(1e-6)  # points are hundredths
    assert found["replicates"] == 110
    for pair, width in ended["half_widths"].items():
        row = found["differences"][pair]["finished_share"]
        assert (row["high"] - row["low"]) / 2.0 == pytest.approx(width)
    assert set(found["best"]) >= {"return_on_spend", "finished_share"}
    assert set(found["best"]["return_on_spend"]["behind_at_most"]) == set(found["designs"])
    assert any("the ceiling of 110 pairs came first" in note for note in found["notes"])


def test_progress_is_told_for_every_stretch():
    told = call(*PAIR, "--precision", "0.0001", "--max-replicates", "110").stderr
    assert "until it is precise 200/200 runs" in told
    assert "220/220 runs" in told


@pytest.mark.parametrize(("arguments", "named"), [
    (["--precision", "0"], ["--precision 0", "above 0", "per 1 spent"]),
    (["--precision", "-1"], ["--precision -1", "above 0"]),
    (["--precision", "nan"], ["--precision nan", "above 0"]),
    (["--precision", "inf"], ["--precision inf", "above 0"]),
    (["--precision", "narrow"], ["--precision narrow", "above 0"]),
    (["--precision", "1", "--outcome", "return_on_spent"], ["--outcome return_on_spent", "did you mean return_on_spend?"]),
    (["--precision", "1", "--max-replicates", "99"], ["--max-replicates 99", "from 100"]),
    (["--precision", "1", "--max-replicates", "150.5"], ["--max-replicates 150.5", "whole number"]),
    (["--precision", "1", "--max-replicates", "many"], ["--max-replicates many", "whole number"]),
    (["--precision", "1", "--max-replicates", "nan"], ["--max-replicates nan", "whole number"]),
    (["--precision", "1", "--replicates", "200"], ["--precision with --replicates", "one of the two"]),
    (["--precision", "1", "--of", "medain"], ["--of medain", "did you mean median?"]),
    (["--precision", "1", "--of", "share", "--outcome", "wip"], ["--of share", "wip", "--of mean"]),
    (["--precision", "-3", "--of", "share"], ["--precision -3", "points"]),
    (["--of", "share"], ["--of", "--precision"]),
    (["--outcome", "return_on_spend"], ["--outcome", "--precision"]),
    (["--max-replicates", "500"], ["--max-replicates", "--precision"]),
    (["--precision", "1", "--designs", "pervasive"], ["--precision", "two designs"]),
])  # fmt: skip
def test_what_makes_no_sense_is_one_message_and_code_two(arguments, named):
    result = call(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert result.stdout == ""
    assert "Traceback" not in result.output
    for part in named:
        assert part in result.stderr


def test_three_designs_say_which_may_be_the_best():
    told = call("--replicates", "4", "--quiet").stdout
    assert "est in return on spend" in told
