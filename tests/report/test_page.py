"""The page: one file that asks for nothing, reads well without scripts, and says the same as the analysis."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from sim.analysis.headline import headline
from sim.analysis.paired import analyse
from sim.model.outcomes import HEADLINE
from sim.report.charts.all import draw
from sim.report.page import page
from tests.analysis.runs import with_outcomes
from tests.report.synthetic import comparison

VOID = {"meta", "br", "link", "input", "img", "hr", "use", "path"}


class Reader(HTMLParser):
    """Collects tags with their attributes, and complains where one is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def runs():
    return comparison(replicates=60)


@pytest.fixture(scope="module")
def html(runs):
    analysis = analyse(runs)
    return page(runs, analysis, draw(runs, analysis))


@pytest.fixture(scope="module")
def read(html):
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def test_nothing_is_asked_for_over_the_network(html, read):
    assert re.sub(r'xmlns(:xlink)?="http://www\.w3\.org/[^"]*"', "", html).count("http") == 0
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "object"}
    targets = [attributes.get(name) for _, attributes in read.tags for name in ("src", "href", "xlink:href") if attributes.get(name)]
    assert all(target.startswith(("data:text/csv", "data:application/json", "#")) for target in targets)
    assert "url(http" not in html
    assert "@import" not in html


def test_the_page_has_a_language_and_headings_in_order(read):
    assert ("html", {"lang": "en-GB"}) in read.tags
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_headline_is_the_finding(runs, read):
    words = "".join(read.words).replace("\u00a0", " ")
    found = headline(analyse(runs))
    assert found.title in words
    assert found.chance in words


def test_the_better_design_in_the_table_agrees_with_the_headline(runs, html):
    found = headline(analyse(runs))
    better = re.findall(r'return on spend, per 1 spent</th><td>.*?</td><td>.*?</td><td(?: data-better="(\w+)"| class="open")>', html)
    assert better[:2] == [second if found.kinds[second] in ("wins", "mixed") else "" for second in ("modern_partnership", "pervasive")]


def test_every_drawing_has_a_text_twin(read):
    drawings = [attributes for tag, attributes in read.tags if tag == "svg"]
    assert len(drawings) == 8
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in drawings)


def test_tables_have_captions_and_scopes(read):
    tags = [tag for tag, _ in read.tags]
    assert tags.count("table") == tags.count("caption") == 5
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in read.tags if tag == "th")


def test_the_data_behind_each_figure_is_in_the_page(read):
    links = [attributes for tag, attributes in read.tags if tag == "a" and "download" in attributes]
    charts = ["differences-pervasive.csv", "differences-modern_partnership.csv", "days.csv", "months.csv"]
    assert [link["download"] for link in links] == [*charts, "designs.csv", "differences.csv", "provenance.json", *charts]
    text = base64.b64decode(links[0]["href"].split(",", 1)[1]).decode()
    assert text.startswith("outcome,first,second,first_mean,second_mean,difference,low,high")
    assert HEADLINE[0] in text


def test_the_foot_says_how_to_make_it_again(runs, read):
    words = "".join(read.words)
    for part in ("OrgWeave 0.1.0", "seed 1", "60 pairs", runs.scenario.digest, str(runs.provenance["command"])):
        assert part in words


def test_words_of_statistics_are_kept_out(read):
    words = " ".join(read.words).lower().replace("orgsim robust", "")  # the name of a command
    assert not re.search(r"\b(significant|optimal|robust|p-value)", words)


def test_no_text_of_the_page_is_below_twelve_pixels(html):
    assert min(float(size) for size in re.findall(r"font-size: ([\d.]+)px", html)) >= 12


def test_a_name_with_markup_is_not_markup():
    runs = comparison(replicates=5, designs=("a", "<b>mine</b>"), with_series=False)
    analysis = analyse(runs)
    assert "<b>mine" not in page(runs, analysis, draw(runs, analysis)).replace("<strong>", "")


def test_a_size_of_hundredths_is_not_rounded_to_tenths():
    """Returns near 1 that differ by a tenth: "between 0.1 and 0.1 more" would say nothing."""
    runs = with_outcomes(return_on_spend=(0.92, 1.03))
    assert re.search(r"between 0\.1\d and 0\.1\d more earned", page(runs, analyse(runs), []))
