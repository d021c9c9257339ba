"""A journey's page and chart: what they say is what was found, in every shape that a journey can have."""

from __future__ import annotations

import csv
import io
import re

import numpy as np
import pytest

from sim.analysis.journey import travelled
from sim.report.charts.journey import journey_chart
from sim.report.journey_page import journey_page
from sim.report.journey_table import HEADS, rows, table_text
from tests.analysis.journeys import journey, planted

BLUE = "#1D5FA8"
QUICK = [-900.0, -100.0, *[150.0] * 58]
SLOW = [-200.0] * 20 + [20.0] * 40


@pytest.fixture(scope="module")
def runs():
    return journey({"at_once": planted(QUICK, noise=120.0), "by_unit": planted(SLOW, noise=60.0), "nowhere": np.zeros((40, 60))})


def test_the_page_stands_alone_and_names_every_path(runs):
    found = travelled(runs)
    about = {"at_once": "All on one day.", "by_unit": "One by one.", "nowhere": "Nothing."}
    page = journey_page(runs, found, [journey_chart(found, BLUE)], about)
    assert not re.search(r"<script|<link|https?://(?!www\.w3\.org)", page)
    assert all(words in page for words in about.values())
    assert page.count("<th scope=\"row\">") == 3
    assert "{{" not in page
    assert "NaN" not in page
    assert "nan" not in re.sub(r"[\w-]*nan[\w-]+", "", page.partition("</style>")[2])
    assert "orgsim transition branch_bank" in page


def test_the_chart_says_dip_break_even_and_payback(runs):
    found = travelled(runs)
    chart = journey_chart(found, BLUE)
    path = found.passages[0]
    assert f"month {path.dip.month}" in chart.said
    assert f"{path.made_good.day:,.0f}" in chart.said
    assert "beyond 1,200" in chart.said  # the slow path is never made good
    assert chart.title.startswith("Nowhere is paid back soonest, in half of the histories from the first day")
    data = list(csv.DictReader(io.StringIO(chart.csv)))
    assert len(data) == 3 * 60
    assert float(data[1]["cumulated"]) == pytest.approx(float(data[0]["difference"]) + float(data[1]["difference"]), rel=1e-4)


def test_the_same_journey_gives_the_same_drawing(runs):
    first, again = (journey_chart(travelled(runs), BLUE) for _ in range(2))
    assert first.files == again.files


def test_the_table_has_a_row_a_path_with_every_column(runs):
    found = travelled(runs)
    assert [list(row) for row in rows(found)] == [list(HEADS)] * 3
    text = table_text(found)
    assert len(text.splitlines()) == 1 + 3 + 1
    assert "beyond 1,200" in text


@pytest.mark.parametrize("months", [1, 5, 12, 121])
def test_every_length_is_drawn(months):
    found = travelled(journey({"path": planted([-10.0] + [1.0] * (months - 1), noise=3.0)}))
    chart = journey_chart(found, BLUE)
    assert chart.wide.startswith("<svg")
    assert chart.narrow.startswith("<svg")
