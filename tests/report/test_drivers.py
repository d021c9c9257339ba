"""What drives the difference, drawn: order, intervals, what is pale, a title that claims no more than they bear, on a sweep's page too."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import sim
from sim.analysis.sensitivity import Indices
from sim.analysis.sweeps import Effect, Found, Going
from sim.cli.main import main
from sim.report.charts.drivers import drivers_chart, plot_drivers
from sim.report.driver_measures import MOST_SHOWN, measures_of
from sim.report.sweep_table import index_rows

PAIR = ("partnership", "pervasive")
NAMES = ("coupling", "turbulence", "spillover")
SWEEP = """# Three numbers of a small firm.
title = "Three numbers"
scenario = "mobile_bank"
designs = ["partnership", "pervasive"]
replicates = 4
outcomes = ["return_on_spend"]
[set]
"firm.units" = 3
"firm.technologists" = 24
"run.days" = 60
"run.warm_up" = 120
[sample]
kind = "KIND"
points = 8
[vary]
"firm.turbulence" = {}
"firm.coupling" = {}
"""


def found(names=NAMES, outcome="return_on_spend", going=(), effects=(), indices=None) -> Found:
    paths = tuple(f"firm.{name}" for name in names)
    return Found(outcome, PAIR, paths, paths, 640, {}, 0.1, tuple(going), tuple(effects), indices, {}, None)


def shares(totals, half=0.1, firsts=None, leader=1.0, noise_removed=True) -> Found:
    """Sobol indices with intervals of one width. leader: share of drawn samples in which the first comes first."""
    total = np.array(totals, float)[:, None]
    first = total - 0.05 if firsts is None else np.array(firsts, float)[:, None]
    names = [f"number_{place}" for place in range(len(totals))] if len(totals) > len(NAMES) else NAMES[: len(totals)]
    one = np.ones(1)
    return found(names, indices=Indices(first, first - half, first + half, total, total - half, total + half, one, 0.3 * one, 64 * one,
                                        leader * one, noise_removed, 0.95))  # fmt: skip


def effects(means, half=0.1, noise: float | None = 0.2) -> Found:
    given = [Effect(f"firm.{name}", mean, half, 0.3, noise) for name, mean in zip(NAMES, means)]
    return found(effects=given)


def ranks(correlations, bound=0.2, outcome="return_on_spend") -> Found:
    return found(going=[Going(f"firm.{name}", value, bound) for name, value in zip(NAMES, correlations)], outcome=outcome)


KINDS = {"sobol": shares((0.3, 0.7, 0.05)), "morris": effects((0.9, 0.35, 0.1)), "rank_correlation": ranks((-0.6, 0.4, 0.1))}


def rows_of(one: Found) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(drivers_chart(one).csv)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_largest_stands_first_and_every_name_is_drawn(kind):
    chart = drivers_chart(KINDS[kind])
    rows = rows_of(KINDS[kind])
    assert {row["measure"] for row in rows} == {kind}
    sizes = [abs(float(row["value"])) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    for drawing in (chart.wide, chart.narrow):
        places = [drawing.index(f">{row['parameter'].removeprefix('firm.')}<") for row in rows]
        assert places == sorted(places)
    assert all(row["parameter"].removeprefix("firm.") in chart.said for row in rows)


def test_data_are_the_numbers_and_their_intervals():
    indices = KINDS["sobol"].indices
    for row in rows_of(KINDS["sobol"]):
        place = NAMES.index(row["parameter"].removeprefix("firm."))
        for column, name in (("value", "total"), ("low", "total_low"), ("high", "total_high"), ("first_order", "first"),
                             ("first_order_low", "first_low"), ("first_order_high", "first_high")):  # fmt: skip
            assert float(row[column]) == pytest.approx(getattr(indices, name)[place, 0], rel=1e-5)
    for row, one in zip(rows_of(KINDS["morris"]), KINDS["morris"].effects, strict=True):
        numbers = [float(row[column]) for column in ("value", "low", "high", "spread", "luck")]
        assert numbers == pytest.approx([one.mean, one.mean - one.half, one.mean + one.half, one.spread, one.noise])
    for row, one in zip(rows_of(KINDS["rank_correlation"]), KINDS["rank_correlation"].going, strict=True):
        assert [float(row["value"]), float(row["chance_bound"])] == [one.correlation, one.bound]
        assert row["low"] == row["high"] == ""


def test_effects_are_drawn_in_the_printed_unit_and_stored_in_the_outcomes_own():
    one = found(effects=[Effect("firm.coupling", 0.25, 0.05, 0.1, 0.02)], outcome="finished_share")
    assert float(rows_of(one)[0]["value"]) == 0.25
    assert "coupling 25.0 (20.0 to 30.0)" in drivers_chart(one).said


@pytest.mark.parametrize("kind", KINDS)
def test_pale_is_exactly_what_is_not_sure(kind):
    measures = measures_of(KINDS[kind])
    assert [row.sure for row in measures.rows] == [True, True, False]
    axes = plot_drivers(None, KINDS[kind])
    weights = {text.get_text(): text.get_fontweight() for text in axes.texts}
    assert [weights[row.label] for row in measures.rows] == ["bold", "bold", "normal"]
    dots = [patch for patch in axes.patches if type(patch).__name__ == "Circle" and patch.get_radius() < 4.7][-3:]
    assert [tuple(np.round(dot.get_facecolor(), 3)) == (1.0, 1.0, 1.0, 1.0) for dot in dots] == [False, False, True]
    assert drivers_chart(KINDS[kind]).said.count("not sure") == 1


def test_a_title_names_a_first_only_where_it_is_surely_first():
    differ = "how pervasive and partnership differ in return on spend"
    title = drivers_chart(KINDS["sobol"]).title
    assert title == f"Turbulence surely has the largest part in {differ}: total index 0.70 (0.60 to 0.80)"
    small = drivers_chart(shares((0.3, 0.7, 0.05), leader=0.8)).title
    assert small == f"Turbulence and coupling surely take part in {differ}; the sample is too small to rank"
    none = drivers_chart(shares((0.3, 0.5, 0.05), half=0.6, leader=0.5)).title
    assert none == f"No parameter surely takes part in {differ}; the sample is too small to rank"
    between = "the difference between pervasive and partnership in return on spend"
    assert drivers_chart(effects((0.9, 0.35, 0.1))).title.startswith(f"Coupling surely moves {between} most")
    assert drivers_chart(effects((0.5, 0.45, 0.1))).title.endswith("which does most cannot be told")
    assert drivers_chart(effects((0.2, 0.2, 0.1))).title == f"No parameter surely moves {between} by more than luck"
    assert drivers_chart(ranks((-0.6, 0.4, 0.1))).title == (f"Coupling (−0.60) and turbulence (+0.40) surely go with {between}")
    assert drivers_chart(ranks((0.1, 0.1, 0.1))).title == f"Nothing varied surely goes with {between}"


@pytest.mark.parametrize("one", [shares((0.3, 0.7, 0.2), noise_removed=False), effects((0.9, 0.35, 0.3), noise=None)])
def test_with_one_history_a_point_nothing_is_called_sure_and_it_is_said_why(one):
    chart = drivers_chart(one)
    assert not any(row.sure for row in measures_of(one).rows)
    assert "luck" in chart.title
    assert "cannot be told off" in chart.subtitle


def test_totals_above_one_and_intervals_below_zero_stay_on_the_axis():
    axes = plot_drivers(None, shares((1.8, 0.3, 0.0), half=0.7))
    width = axes.get_xlim()[1]
    reached = [x for line in axes.lines for x in line.get_xdata()]
    assert 0.0 < min(reached) < max(reached) < width
    numbers = {text.get_text() for text in axes.texts}
    assert {"0", "1", "2"} <= numbers


def test_ten_are_drawn_and_all_are_in_the_data():
    many = shares(np.linspace(0.9, 0.1, 14))
    chart = drivers_chart(many)
    assert "The 10 largest of 14." in chart.subtitle
    assert len(rows_of(many)) == 14
    assert len(re.findall(r">number \d+<", chart.wide)) == MOST_SHOWN
    assert [row["parameter"].removeprefix("firm.").replace("_", " ") for row in rows_of(many)] == [row[0] for row in index_rows(many)]


def test_an_interval_that_there_is_not_is_not_drawn_and_not_sure():
    one = shares((0.3, 0.7, 0.05))
    one.indices.total_low[:], one.indices.total_high[:] = np.nan, np.nan
    chart = drivers_chart(one)
    assert not any(row.sure for row in measures_of(one).rows)
    assert "nan" not in chart.wide + chart.narrow + chart.title + chart.said + chart.subtitle
    assert "No intervals" in chart.subtitle
    assert measures_of(replace(one, going=ranks((0.6,)).going)).kind == "rank_correlation"


def test_long_names_keep_their_room_on_a_phone():
    names = ("share_of_all_business_experts_who_know_the_unit_and_more", "b")
    given = [Effect(f"design.modern_partnership.{name}", 0.5, 0.1, 0.1, 0.1) for name in names]
    figure = Figure(figsize=(328 / 72, 3), dpi=72)
    renderer = FigureCanvasAgg(figure).get_renderer()
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    plot_drivers(axes, found(effects=given))
    boxes = [text.get_window_extent(renderer) for text in axes.texts]
    assert max(box.x1 for box in boxes) <= 329.0
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_where_the_sample_tells_nothing_there_is_no_chart():
    assert measures_of(found()) is None
    with pytest.raises(ValueError, match="does not tell what drives"):
        drivers_chart(found())


def test_the_same_numbers_give_the_same_bytes():
    assert drivers_chart(KINDS["sobol"]).files == drivers_chart(shares((0.3, 0.7, 0.05))).files


@pytest.mark.parametrize("kind", ["saltelli", "morris"])
def test_a_real_sweeps_page_and_folder_hold_the_chart(tmp_path, kind):
    (tmp_path / "three.toml").write_text(SWEEP.replace("KIND", kind))
    out, folder, page = tmp_path / "out", tmp_path / "found", tmp_path / "out" / "report.html"
    for command in (["sweep", tmp_path / "three.toml", "--out", out, "--quiet"], ["analyse", out, "--out", folder], ["report", out]):
        done = CliRunner().invoke(main, [str(part) for part in command])
        assert done.exit_code == 0, done.output
    name = "drivers-return_on_spend-pervasive"
    html = page.read_text(encoding="utf-8")
    why = re.search(r'<section class="question" id="why">.*?</section>', html, re.DOTALL)[0]
    assert f'data-chart="{name}"' in why
    assert f'download="{name}.csv"' in html
    assert {path.name for path in (folder / "charts").iterdir()} == {f"{name}.{end}" for end in ("svg", "narrow.svg", "png", "csv")}
    chart = sim.analyse(sim.open_results(out)).plot()
    assert (folder / "charts" / f"{name}.csv").read_text(encoding="utf-8") == chart.csv
    assert (folder / "charts" / f"{name}.svg").read_bytes() == chart.files["svg"]


def test_what_is_varied_in_words_has_an_index_of_its_own(tmp_path):
    (tmp_path / "firms.toml").write_text(
        SWEEP.replace("KIND", "saltelli").replace("[vary]", '[vary]\nscenario = { values = ["mobile_bank", "branch_bank"] }')
        .replace('scenario = "mobile_bank"\n', "").replace('"run.days" = 60', '"run.days" = 240')
    )  # fmt: skip
    for command in (["sweep", tmp_path / "firms.toml", "--out", tmp_path / "out", "--quiet"], ["analyse", tmp_path / "out"]):
        done = CliRunner().invoke(main, [str(part) for part in command])
        assert done.exit_code == 0, done.output
    told = sim.analyse(sim.open_results(tmp_path / "out"))
    assert told.found.factors == ("scenario", "firm.turbulence", "firm.coupling")
    assert told.found.paths == told.found.factors[1:], "words have no ranks"
    assert [each["path"] for each in told.values()["sobol"]] == list(told.found.factors)
    assert {"scenario", "turbulence", "coupling"} == {row[0] for row in index_rows(told.found)}
