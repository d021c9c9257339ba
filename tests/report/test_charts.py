"""Charts: markers agree with verdicts, text is never small, colours are told apart, labels keep their distance."""

from __future__ import annotations

import re
import xml.etree.ElementTree as tree
from itertools import pairwise

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from sim.analysis.intervals import FixedSize
from sim.analysis.months import monthly
from sim.analysis.paired import analyse
from sim.model.outcomes import CAUSES, INDEX
from sim.report.charts import NARROW, WIDE
from sim.report.charts.all import draw
from sim.report.charts.canvas import Canvas, text_width, wrapped
from sim.report.charts.rows import grouped_rows, limit
from sim.report.charts.spread import spread_apart
from sim.report.colours import BUILDING, TOO_CLOSE, WAITING, contrast, design_colours, luminance, text_on
from sim.report.selection import FIRST
from tests.report.synthetic import comparison

DEUTERANOPIA = np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]])
PROTANOPIA = np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]])


@pytest.fixture(scope="module")
def runs():
    return comparison(replicates=40)


@pytest.fixture(scope="module")
def charts(runs):
    return draw(runs, analyse(runs))


def drawings(charts):
    for chart in charts:
        yield chart.name, chart.wide
        yield chart.name, chart.narrow
        yield chart.name, chart.files["svg"].decode()
        yield chart.name, chart.files["narrow.svg"].decode()


def test_no_text_is_below_twelve_pixels(charts):
    for name, drawing in drawings(charts):
        sizes = [float(size) for size in re.findall(r"([\d.]+)px", drawing)]
        assert len(sizes) > 5, name
        assert min(sizes) >= 12.0, name


def test_smaller_text_is_refused():
    with pytest.raises(ValueError, match="below 12 px"):
        Canvas(100, 100).text(0, 0, "small print", 10)


def test_text_is_kept_as_text(charts):
    for chart in charts:
        words = "".join(tree.fromstring(chart.wide).itertext())
        assert "pervasive" in words or "partnership" in words


def test_drawings_have_their_final_size(charts):
    for chart in charts:
        assert f'width="{WIDE}"' in chart.wide
        assert f'width="{NARROW}"' in chart.narrow
        assert chart.files["png"][16:20] == int(2 * (WIDE + 40)).to_bytes(4, "big")


def test_drawings_say_what_they_show(charts):
    for chart in charts:
        root = tree.fromstring(chart.wide)
        assert root.get("role") == "img"
        assert len(root.get("aria-label")) > 40


def test_identifiers_are_unique_over_all_drawings_of_the_page(charts):
    found = [name for chart in charts for drawing in (chart.wide, chart.narrow) for name in re.findall(r'\bid="([^"]+)"', drawing)]
    inside = [set(re.findall(r'\bid="([^"]+)"', drawing)) for chart in charts for drawing in (chart.wide, chart.narrow)]
    assert sum(len(names) for names in inside) == len(set().union(*inside))
    assert found


def test_hollow_and_grey_is_exactly_what_is_not_sure(runs):
    analysis = analyse(runs)
    colours = design_colours(analysis.designs)
    for second in analysis.others:
        for _, rows in grouped_rows(analysis, second, colours):
            for row in rows:
                difference = analysis.differences[second][row.outcome]
                assert row.sure == (difference.low > 0 or difference.high < 0)
                assert row.colour == (colours[difference.better] if row.sure else TOO_CLOSE)


def test_right_means_that_the_second_design_is_better(runs):
    analysis = analyse(runs)
    for _, rows in grouped_rows(analysis, "pervasive", design_colours(analysis.designs)):
        for row in rows:
            if row.sure:
                assert (row.place > 0) == (analysis.differences["pervasive"][row.outcome].better == "pervasive")


def test_rows_are_what_the_headline_speaks_of_and_then_sorted_from_the_largest_gain_down(runs):
    analysis = analyse(runs)
    groups = grouped_rows(analysis, "pervasive", design_colours(analysis.designs))
    assert [row.outcome for row in groups[0][1][:3]] == ["return_on_spend", "benefits_money", "cost_total"]
    for _, rows in groups:
        head = [row.outcome for row in rows if row.outcome in FIRST]
        assert [row.outcome for row in rows[: len(head)]] == head == [name for name in FIRST if name in head]
        assert all(one.place >= other.place for one, other in pairwise(rows[len(head) :]))


def test_one_extreme_row_does_not_squeeze_the_others(runs):
    analysis = analyse(runs)
    rows = [row for _, members in grouped_rows(analysis, "pervasive", design_colours(analysis.designs)) for row in members]
    assert max(row.place for row in rows) > 500.0
    assert limit(rows) <= 100.0


def test_days_by_cause_in_the_data_add_up_to_the_lead_time(runs, charts):
    chart = next(chart for chart in charts if chart.name == "days")
    head, *lines = chart.csv.splitlines()
    assert len(lines) == len(CAUSES)
    for d, design in enumerate(head.split(",")[1:]):
        total = sum(float(line.split(",")[d + 1]) for line in lines)
        assert total == pytest.approx(runs.outcomes[runs.designs.index(design), :, INDEX["lead_time_mean"]].mean(), rel=1e-4)


def test_monthly_means_leave_out_what_is_undefined():
    values = np.array([[[1.0, np.nan], [3.0, np.nan]]])
    mean, low, high = monthly(values, 0.95, FixedSize())
    assert mean[0, 0] == 2.0
    assert low[0, 0] < 2.0 < high[0, 0]
    assert np.isnan(mean[0, 1])


def _linear(colour: str) -> np.ndarray:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return np.array([part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts])


def _apart(one: str, other: str, seen: np.ndarray) -> float:
    """Largest difference of a channel's cube root after simulated colour blindness (Machado, Oliveira & Fernandes 2009)."""
    return float(np.abs(np.diff([np.cbrt(np.clip(seen @ _linear(colour), 0.0, 1.0)) for colour in (one, other)], axis=0)).max())


@pytest.mark.parametrize("seen", [np.eye(3), DEUTERANOPIA, PROTANOPIA], ids=["full colour", "deuteranopia", "protanopia"])
def test_default_designs_are_told_apart(seen):
    colours = list(design_colours(("partnership", "modern_partnership", "pervasive")).values())
    for i, one in enumerate(colours):
        for other in colours[i + 1 :]:
            assert _apart(one, other, seen) > 0.12


def test_colours_of_designs_are_read_on_white():
    names = ("partnership", "modern_partnership", "pervasive", "mine", "yours", "theirs", "another")
    colours = design_colours(names)
    assert len(set(colours.values())) == len(names)
    assert min(contrast(colour, "#ffffff") for colour in (*colours.values(), TOO_CLOSE)) >= 4.5


def test_words_on_bars_are_read():
    for colour in (*WAITING.values(), BUILDING):
        assert contrast(text_on(colour), colour) >= 4.5


def test_neighbouring_causes_differ_in_lightness():
    for one, other in pairwise(CAUSES):
        if "building" not in (one, other):
            assert abs(luminance(WAITING[one]) - luminance(WAITING[other])) > 0.05


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 20)), min_size=1, max_size=12))
@settings(deadline=None)
def test_labels_spread_apart_never_overlap_and_stay_inside(labels):
    wanted, sizes = zip(*labels)
    centres = spread_apart(wanted, sizes, 0.0, 300.0)
    spans = sorted((centre - size / 2, centre + size / 2) for centre, size in zip(centres, sizes))
    assert spans[0][0] >= -1e-6
    assert spans[-1][1] <= 300.0 + 1e-6
    assert all(one[1] <= other[0] + 1e-6 for one, other in pairwise(spans))


@given(st.text(alphabet="abcdefg hij", min_size=1), st.integers(60, 400))
@settings(deadline=None, max_examples=30)
def test_wrapped_lines_keep_every_word_and_their_width(words, width):
    lines = wrapped(words, width)
    assert " ".join(lines).split() == words.split()
    assert all(text_width(line) <= width or " " not in line for line in lines)
