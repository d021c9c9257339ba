"""A sweep's file: what it may hold, and one clear message for each of the many ways to get it wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.api import load_sweep
from sim.cli.main import main
from sim.core.errors import InputError
from sim.experiment.sweep.plan import draw_up_plan
from sim.model.outcomes import NAMES
from sim.organisation.coordinates import COORDINATES
from sim.scenario import shipped
from sim.scenario.sweep import KINDS

SOUND = """
title = "A small plan"
scenario = "mobile_bank"
designs = ["partnership", "pervasive"]
replicates = 3
outcomes = ["lead_time_median", "return_on_spend"]
[set]
"run.days" = 240
[sample]
kind = "sobol"
points = 4
[vary]
"firm.turbulence" = { low = 0.0, high = 2.0 }
"firm.coupling" = { low = 0.5, high = 6.0, scale = "log" }
"firm.units" = { low = 4, high = 9 }
"design.pervasive.delegation" = { values = [0.3, 0.6, 0.9] }
"""


def written(folder: Path, text: str, name: str = "plan.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_sound_file_is_what_it_says(tmp_path):
    sweep = load_sweep(written(tmp_path, SOUND))
    assert (sweep.title, sweep.firms, sweep.replicates) == ("A small plan", ("mobile_bank",), 3)
    assert sweep.designs == ("partnership", "pervasive")
    assert sweep.outcomes == tuple(name for name in NAMES if name in ("return_on_spend", "lead_time_median")), "in the model's order"
    assert sweep.scenarios["mobile_bank"].run.days == 240
    assert [(factor.path, factor.scale) for factor in sweep.factors] == [
        ("firm.turbulence", "linear"), ("firm.coupling", "log"), ("firm.units", "integer"), ("design.pervasive.delegation", "choice"),
    ]  # fmt: skip


def test_tables_and_dotted_keys_mean_the_same(tmp_path):
    other = SOUND.replace('"firm.turbulence"', "firm.turbulence").replace('"firm.units"', "firm.units").replace(
        '[set]\n"run.days" = 240', "[set.run]\ndays = 240")  # fmt: skip
    one, two = load_sweep(written(tmp_path, SOUND)), load_sweep(written(tmp_path, other, "other.toml"))
    assert sorted(map(repr, one.factors)) == sorted(map(repr, two.factors))
    assert one.scenarios == two.scenarios


def test_options_win_over_the_file(tmp_path):
    sweep = load_sweep(written(tmp_path, SOUND), [("run.days", "480")], ["pervasive"], replicates=7, seed=9, independent=True)
    assert (sweep.designs, sweep.replicates, sweep.seed, sweep.independent) == (("pervasive",), 7, 9, True)
    assert sweep.scenarios["mobile_bank"].run.days == 480


def test_a_star_means_every_number_with_a_range_and_a_path_wins_over_it(tmp_path):
    varied = '[vary]\n"design.pervasive.*" = {}\n"design.pervasive.delegation" = { low = 0.2, high = 0.4 }\n'
    text = varied + '[sample]\nkind = "latin_hypercube"\npoints = 2'
    factors = {factor.path: factor for factor in load_sweep(written(tmp_path, text)).factors}
    assert set(factors) == {f"design.pervasive.{name}" for name in COORDINATES}
    assert (factors["design.pervasive.delegation"].low, factors["design.pervasive.delegation"].high) == (0.2, 0.4)


def test_firms_are_varied_by_their_names_or_files(tmp_path):
    written(tmp_path, 'base = "mobile_bank"\n[firm]\nunits = 3', "mine.toml")
    text = '[vary]\nscenario = { values = ["branch_bank", "mine.toml"] }'
    sweep = load_sweep(written(tmp_path, text))
    plan = draw_up_plan(sweep)
    assert [plan.scenario(point).firm["units"] for point in range(2)] == [12, 3]


def test_points_may_come_from_a_csv_file_with_its_columns_in_any_order(tmp_path):
    (tmp_path / "points.csv").write_text("firm.units,firm.turbulence\n4,0.5\n8,1.5\n", encoding="utf-8")
    text = SOUND.split("[sample]")[0] + '[sample]\nkind = "list"\nfile = "points.csv"\n[vary]\n"firm.turbulence" = {}\n"firm.units" = {}'
    plan = draw_up_plan(load_sweep(written(tmp_path, text)))
    assert plan.points.tolist() == [[0.5, 4.0], [1.5, 8.0]]


@pytest.mark.parametrize("name", sorted(shipped.sweep_paths()))
def test_what_is_shipped_is_sound(name):
    plan = draw_up_plan(load_sweep(name))
    assert plan.runs > 0
    assert plan.sweep.title != name, "a title for people"
    assert plan.sweep.about


def changed(before: str, after: str):
    assert before in SOUND
    return SOUND.replace(before, after)


VARIED = '"firm.turbulence" = { low = 0.0, high = 2.0 }'
BAD = {
    "unknown key": (changed('title = "A small plan"', "titel = 1"), ":2", "did you mean title"),
    "unknown parameter": (changed("firm.turbulence", "firm.turbulance"), ":13", "did you mean firm.turbulence"),
    "unknown table": (changed("firm.turbulence", "farm.turbulence"), ":13", "did you mean firm"),
    "parameter of another table": (changed("firm.turbulence", "firm.liaison_rate"), ":13", "did you mean"),
    "path too short": (changed('"firm.turbulence"', '"design.delegation"'), ":13", "design.NAME.KEY"),
    "design that is not compared": (changed("design.pervasive", "design.federated"), ":16", "none of the designs"),
    "unknown coordinate": (changed("pervasive.delegation", "pervasive.delegaton"), ":16", "did you mean design.pervasive.delegation"),
    "low above high": (changed("low = 0.0, high = 2.0", "low = 2.0, high = 0.5"), ":13", "low = 2 is not below high = 0.5"),
    "low is high": (changed("low = 0.0, high = 2.0", "low = 1.0, high = 1.0"), ":13", "is not below"),
    "log through zero": (changed("low = 0.5, high = 6.0", "low = 0.0, high = 6.0"), ":14", "a log scale cannot go through zero"),
    "low out of range": (changed("low = 0.0, high = 2.0", "low = -1.0, high = 2.0"), ":13", "below the minimum 0"),
    "high out of range": (changed("high = 2.0", "high = 2e9"), ":13", "above the maximum"),
    "not finite": (changed("high = 2.0", "high = inf"), ":13", "not a finite number"),
    "not a number": (changed("high = 2.0", 'high = "2"'), ":13", "is text, not a number"),
    "half a unit": (changed("low = 4, high = 9", "low = 4.5, high = 9"), ":15", "not both whole numbers"),
    "log of whole numbers": (changed("low = 4, high = 9", 'low = 4, high = 9, scale = "log"'), ":15", "only whole numbers"),
    "unknown scale": (changed('scale = "log"', 'scale = "lgo"'), ":14", "did you mean log"),
    "unknown key of a factor": (changed("low = 4, high = 9", "low = 4, hihg = 9"), ":15", "did you mean"),
    "a number for a range": (changed(VARIED, '"firm.turbulence" = 2.0'), ":13", "not a range"),
    "values and a range": (changed("values = [0.3, 0.6, 0.9]", "values = [0.3], low = 0.1"), ":16", "one of the two"),
    "no values": (changed("values = [0.3, 0.6, 0.9]", "values = []"), ":16", "is empty"),
    "a value twice": (changed("values = [0.3, 0.6, 0.9]", "values = [0.3, 0.3]"), ":16", "twice"),
    "a value out of range": (changed("values = [0.3, 0.6, 0.9]", "values = [0.3, 1.6]"), ":16", "above the maximum 1"),
    "a value that is text": (changed("values = [0.3, 0.6, 0.9]", 'values = ["much"]'), ":16", "finite number"),
    "zero samples": (changed("points = 4", "points = 0"), ":11", "below the minimum 1"),
    "half a sample": (changed("points = 4", "points = 4.5"), ":11", "not a whole number"),
    "no number of points": (changed("points = 4", ""), ":9", "does not say points"),
    "sobol out of balance": (changed("points = 4", "points = 6"), ":11", "4 or 8"),
    "unknown sample": (changed('"sobol"', '"sobel"'), ":10", "did you mean sobol"),
    "levels of a Sobol sequence": (changed("points = 4", "points = 4\nlevels = 3"), ":12", "belongs to"),
    "a list of nothing": (changed('kind = "sobol"\npoints = 4', 'kind = "list"'), ":9", "either a file or rows"),
    "a file that is not there": (changed('kind = "sobol"\npoints = 4', 'kind = "list"\nfile = "no.csv"'), ":11", "cannot be read"),
    "a row too short": (changed('kind = "sobol"\npoints = 4', 'kind = "list"\nrows = [[1.0]]'), "row 1", "has 1 values, and 4"),
    "nothing varied": (SOUND.split("[vary]")[0], ":9", "nothing to sample"),
    "a design twice": (changed('"partnership", "pervasive"]', '"pervasive", "pervasive"]'), ":4", "twice"),
    "unknown design": (changed('"partnership", "pervasive"]', '"partnershipp"]'), ":4", "did you mean partnership"),
    "unknown scenario": (changed('"mobile_bank"', '"mobil_bank"'), ":3", "did you mean mobile_bank"),
    "unknown outcome": (changed("lead_time_median", "lead_time_medium"), ":6", "did you mean lead_time_median"),
    "numbers of no kind": ("numbers = \"singel\"\n" + SOUND, ":1", "did you mean single?"),
    "unknown series": ("series = \"weekly\"\n" + SOUND, ":1", "monthly, daily"),
    "an outcome twice": (changed('"return_on_spend"', '"lead_time_median"'), ":6", "twice"),
    "no replicates": (changed("replicates = 3", "replicates = 0"), ":5", "below the minimum 1"),
    "too many replicates": (changed("replicates = 3", "replicates = 10_000_000"), ":5", "above the maximum"),
    "a setting out of range": (changed('"run.days" = 240', '"run.days" = 0'), ":8", "below the minimum 1"),
    "an unknown setting": (changed('"run.days" = 240', '"run.dais" = 240'), ":8", "did you mean run.days"),
    "not TOML": (changed("[set]", "[set"), ":7", "not valid TOML"),
    "empty": ("", "plan.toml", "empty"),
    "a seed below zero": ("seed = -1\n" + SOUND, ":1", "below the minimum 0"),
    "precision of nothing": (SOUND.replace("replicates = 3", "replicates = 200") + "[precision]\nhalf_width = 0.0\n", ":18", "below"),
    "a ceiling too low for a precision": (SOUND + "[precision]\nhalf_width = 0.1\n", ":5", "at least 100"),
    "precision of an unknown outcome": (
        SOUND.replace("replicates = 3", "replicates = 200") + '[precision]\nhalf_width = 0.1\noutcome = "return"\n', ":19",
        "return_on_spend"),
    "morris over one factor": ('[sample]\nkind = "morris"\npoints = 4\n[vary]\n"firm.coupling" = {}', ":2", "two or more"),
    "odd levels for Morris": (changed('kind = "sobol"\npoints = 4', 'kind = "morris"\npoints = 4\nlevels = 5'), ":12", "an even number"),
    "more points than anyone means": (changed('kind = "sobol"\npoints = 4', 'kind = "grid"\nlevels = 1000'), "plan", "18,000,000 points"),
    "more runs than anyone means": (
        changed('kind = "sobol"\npoints = 4', 'kind = "grid"\nlevels = 30').replace("replicates = 3", "replicates = 1_000_000"), "plan",
        "32,400,000,000 runs"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_plan_gives_one_message_and_code_two(name, tmp_path):
    text, where, what = BAD[name]
    result = CliRunner().invoke(main, ["sweep", written(tmp_path, text), "--out", str(tmp_path / "out"), "--quiet"])
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    first = result.stderr.splitlines()[0]
    assert first.startswith("error: ")
    assert where in first
    assert what in result.stderr
    assert not (tmp_path / "out").exists(), "nothing was begun"


def test_there_are_at_least_forty_of_them():
    assert len(BAD) >= 40


def test_a_csv_file_is_told_with_its_line(tmp_path):
    text = '[sample]\nkind = "list"\nfile = "points.csv"\n[vary]\n"firm.turbulence" = {}\n"firm.units" = {}'
    path = written(tmp_path, text)
    for content, where, what in (
        ("firm.turbulence,firm.units\n0.5,4\n0.5,4.5\n", "points.csv:3", "not a whole number"),
        ("firm.turbulence,firm.units\n0.5,much\n", "points.csv:2", "not a number"),
        ("firm.turbulence,firm.units\n0.5\n", "points.csv:2", "has 1 values"),
        ("firm.turbulence,firm.unit\n0.5,4\n", "points.csv:1", "did you mean firm.units"),
        ("firm.turbulence\n0.5\n", "points.csv:1", "no column firm.units"),
        ("firm.turbulence,firm.units\n", "points.csv", "no points"),
        ("firm.turbulence,firm.units\n0.5,nan\n", "points.csv:2", "out of range"),
    ):
        (tmp_path / "points.csv").write_text(content, encoding="utf-8")
        with pytest.raises(InputError) as error:
            load_sweep(path)
        assert error.value.where == where
        assert what in str(error.value)


def test_every_kind_of_sample_is_explained_and_drawn(tmp_path):
    for kind in KINDS:
        sample = {"grid": "levels = 2", "list": "rows = [[0.1, 4], [0.2, 8]]"}.get(kind, "points = 4")
        text = f'[sample]\nkind = "{kind}"\n{sample}\n[vary]\n"firm.turbulence" = {{}}\n"firm.units" = {{}}'
        plan = draw_up_plan(load_sweep(written(tmp_path, text, f"{kind}.toml")))
        expected = {"grid": 4, "list": 2, "morris": 4 * 3, "saltelli": 4 * 4}.get(kind, 4)
        assert len(plan.points) == expected
        assert ((plan.points[:, 1] >= 2) & (plan.points[:, 1] <= 40)).all()
        assert (plan.points[:, 1] == plan.points[:, 1].round()).all(), "units are whole"
