"""A stored sweep, analysed: what was planted in its runs is found, by the command too."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sim.analysis.phase import gap_of
from sim.analysis.point_gaps import gaps_of
from sim.analysis.sweeps import analyse_outcomes, analyse_sweep
from sim.cli.main import main
from tests.experiment.sweep.plans import lived, planned, results

PLANTED = "tests.experiment.sweep.plans:planted"
TEXT = """
title = "A planted difference"
scenario = "mobile_bank"
designs = ["partnership", "pervasive"]
replicates = 2
outcomes = ["return_on_spend", "lead_time_median"]
[sample]
kind = "KIND"
points = POINTS
[vary]
"firm.turbulence" = {}
"firm.coupling" = {}
"firm.spillover" = {}
"""


def stored(folder: Path, kind: str, points: int) -> Path:
    """Runs in which pervasive earns more by turbulence's share of its way less a half, partnership less where coupling is large."""
    lived(planned(folder, text=TEXT.replace("KIND", kind).replace("POINTS", str(points)), runner=PLANTED), folder / kind)
    return folder / kind


def test_what_goes_with_the_difference_is_found(tmp_path):
    found = analyse_sweep(results(stored(tmp_path, "sobol", 128)), "return_on_spend", "pervasive")
    sure = {one.path for one in found.going if one.sure}
    assert sure == {"firm.turbulence"}
    assert found.going[0].correlation > 0.9
    assert {each.factor for each in found.boxes["pervasive"].bounds} == {0}
    assert found.boxes["pervasive"].bounds[0].low == pytest.approx(0.05 + 1.45 / 2.0, abs=0.1)
    assert found.boxes["partnership"].density_elsewhere > 0.9
    assert found.tree.accuracy > 0.95


def test_sobol_indices_of_the_difference_are_those_of_the_plant(tmp_path):
    found = analyse_sweep(results(stored(tmp_path, "saltelli", 128)), "return_on_spend", "pervasive")
    indices = found.indices
    assert indices.first_low[0, 0] <= 1.0 <= indices.first_high[0, 0] + 0.05
    assert indices.total[0, 0] == pytest.approx(1.0, abs=0.1)
    for inert in (1, 2):
        assert indices.total_low[inert, 0] <= 0.02
        assert abs(indices.total[inert, 0]) < 0.05
    assert not indices.too_small_to_rank[0]
    assert indices.noise_removed


def test_morris_puts_the_planted_factor_first(tmp_path):
    found = analyse_sweep(results(stored(tmp_path, "morris", 16)), "return_on_spend", "pervasive")
    assert found.effects[0].path == "firm.turbulence"
    assert found.effects[0].mean == pytest.approx(1.0, abs=0.15)
    assert all(effect.mean < 0.2 for effect in found.effects[1:])
    assert [effect.sure for effect in found.effects] == [True, False, False]


def test_the_command_says_it_in_words_and_as_json(tmp_path):
    folder = stored(tmp_path, "saltelli", 64)
    told = CliRunner().invoke(main, ["analyse", str(folder), "--out", str(tmp_path / "out")])
    assert told.exit_code == 0, told.output
    assert "turbulence" in told.stdout
    assert "pervasive is better where turbulence is above" in told.stdout
    document = json.loads((tmp_path / "out" / "analysis.json").read_text(encoding="utf-8"))
    assert document["differences"][0]["sobol"][0]["path"] == "firm.turbulence"
    as_json = CliRunner().invoke(main, ["analyse", str(folder), "--json"])
    assert json.loads(as_json.stdout) == document


@pytest.mark.parametrize(("arguments", "what"), [
    (("--outcome", "return_on_spnd"), "did you mean 'return_on_spend'|did you mean return_on_spend"),
    (("--against", "pervasiv"), "did you mean pervasive"),
])  # fmt: skip
def test_wrong_input_gives_one_message(tmp_path, arguments, what):
    folder = stored(tmp_path, "sobol", 4)
    found = CliRunner().invoke(main, ["analyse", str(folder), *arguments])
    assert found.exit_code == 2
    assert any(words in found.stderr for words in what.split("|"))
    assert CliRunner().invoke(main, ["analyse", str(tmp_path / "nowhere")]).exit_code == 2


def test_all_points_at_once_have_the_gaps_that_each_has_alone():
    rng = np.random.default_rng(4)
    both = rng.normal(size=(2, 60, 5)) + np.linspace(-1.0, 1.0, 60)[None, :, None] * np.array([0.0, 1.0])[:, None, None]
    both[1, 7], both[0, 8, :4], both[1, 9, 0] = np.nan, np.nan, np.nan
    both[1, 10] = both[0, 10]
    gaps, alone = gaps_of(both[1] - both[0]), [gap_of(both[:, point]) for point in range(60)]
    assert gaps.kinds.tolist() == [gap.kind for gap in alone]
    np.testing.assert_allclose([gap.mean for gap in gaps], [gap.mean for gap in alone], rtol=1e-12)
    np.testing.assert_allclose(gaps.error, [gap.error for gap in alone], rtol=1e-12)
    assert [gap.pairs for gap in gaps] == [gap.pairs for gap in alone]
    assert sum(gaps.shares().values()) == pytest.approx(1.0)


def test_outcomes_read_together_say_what_each_says_alone(tmp_path, monkeypatch):
    stored_ones = results(stored(tmp_path, "sobol", 64))
    alone = {name: analyse_sweep(stored_ones, name, "pervasive") for name in stored_ones.outcomes}
    for room in (1, 64_000_000):
        monkeypatch.setattr("sim.analysis.sweeps.ROOM", room)
        for found in analyse_outcomes(stored_ones, stored_ones.outcomes, "pervasive"):
            assert found.going == alone[found.outcome].going
            assert found.classes == alone[found.outcome].classes


def test_all_outcomes_are_asked_for_at_once_and_not_beside_others(tmp_path):
    folder = stored(tmp_path, "sobol", 32)
    told = CliRunner().invoke(main, ["analyse", str(folder), "--all", "--json"])
    assert {one["outcome"] for one in json.loads(told.stdout)["differences"]} == {"return_on_spend", "lead_time_median"}
    both = CliRunner().invoke(main, ["analyse", str(folder), "--all", "--outcome", "return_on_spend"])
    assert both.exit_code == 2
    assert "--all" in both.output
