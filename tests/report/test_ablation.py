"""The ablation's chart and files: the title is the finding, text is read, colours agree with verdicts."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as tree

import pytest

from sim.analysis.contrasts import contrasts
from sim.report.charts.ablation import ablation_chart, finding
from sim.report.charts.canvas import text_width
from sim.report.colours import TOO_CLOSE, design_colours
from sim.report.contrast_table import HEAD, as_csv, plain_values, text_tables
from sim.report.write_ablation import write_ablation
from tests.analysis.test_contrasts import GAPS, PAIR, planted

FIRMS = {
    "branch_bank": contrasts(planted(**GAPS), PAIR),
    "mobile_bank": contrasts(planted(**{name: 0.5 * gap for name, gap in GAPS.items()}), PAIR),
    "calm_firm": contrasts(planted(usual=-12.0, same=-12.0, moved=-12.0, lost=-12.0, flipped=-12.0), PAIR),
    "far_firm": contrasts(planted(usual=-12.0, same=-12.0, moved=-900.0, lost=-12.0, flipped=-12.0), PAIR),
}
PANELS = {firm: found["second"] for firm, found in FIRMS.items()}


@pytest.fixture(scope="module")
def chart():
    return ablation_chart(PANELS)


def test_the_title_is_the_finding(chart):
    assert chart.title == finding(PANELS)
    assert chart.title.startswith("Branch bank's verdict turns without flipped")
    assert "calm firm's verdict stays without any one of 4 mechanisms" in chart.title


def test_an_open_verdict_is_called_open():
    panels = {"firm": contrasts(planted(usual=0.0, decided=12.0), PAIR)["second"]}
    assert finding(panels) == "Firm's open verdict is sure only without decided"


def test_text_is_text_of_at_least_twelve_pixels(chart):
    for drawing in (chart.wide, chart.narrow, chart.files["svg"].decode()):
        words = "".join(tree.fromstring(drawing.encode()).itertext())
        assert "no flipped" in words
        assert re.search(r"\+1\d turns", words)
        assert min(float(size) for size in re.findall(r"([\d.]+)px", drawing)) >= 12.0


def _texts(drawing: str) -> list[tuple[float, str, str]]:
    """(x, anchor, words) of every text of a drawing."""
    found = []
    for element in tree.fromstring(drawing.encode()).iter("{http://www.w3.org/2000/svg}text"):
        style = element.get("style", "")
        anchor = re.search(r"text-anchor: (\w+)", style)
        found.append((float(element.get("x", "nan")), anchor[1] if anchor else "start", "".join(element.itertext())))
    return found


@pytest.mark.parametrize("shape", ["wide", "narrow"])
def test_no_text_leaves_the_sheet(chart, shape):
    width = {"wide": 720.0, "narrow": 328.0}[shape]
    for x, anchor, words in _texts(getattr(chart, shape)):
        size = text_width(words, 12.0)
        left = x - {"start": 0.0, "middle": size / 2.0, "end": size}[anchor]
        assert left >= -1.0, words
        assert left + size <= width + 8.0, words


def test_grey_is_what_is_not_sure_and_colours_are_the_better_designs(chart):
    colours = design_colours(PAIR)
    shown = dict.fromkeys(re.findall(r"#[0-9a-f]{6}", chart.wide.lower()))
    assert {colours["first"].lower(), colours["second"].lower(), TOO_CLOSE.lower()} <= set(shown)


def test_the_same_numbers_give_the_same_bytes(chart):
    assert ablation_chart(PANELS).files == chart.files


def test_files_and_their_numbers_agree(tmp_path):
    document = {"differences": plain_values(FIRMS)}
    names = {str(path.relative_to(tmp_path)) for path in write_ablation(FIRMS, document, tmp_path)}
    assert names == {"ablation.csv", "ablation.json", *(f"charts/ablation-second.{end}" for end in ("svg", "narrow.svg", "png"))}
    head, *lines = (tmp_path / "ablation.csv").read_text(encoding="utf-8").splitlines()
    assert head.split(",") == list(HEAD)
    assert len(lines) == len(FIRMS) * len(GAPS) == as_csv(FIRMS).count("\n") - 1
    rows = json.loads((tmp_path / "ablation.json").read_text(encoding="utf-8"))["differences"]["branch_bank"]["second - first"]
    assert [row["setting"] for row in rows] == list(GAPS)
    assert rows[-1]["effect"] == "flipped"


def test_the_table_marks_what_turns_the_verdict():
    lines = text_tables({"branch_bank": FIRMS["branch_bank"]}).splitlines()
    assert lines[0] == "Lead time, median: second less first (less is better)"
    assert next(line for line in lines if line.strip().startswith("flipped")).endswith("<> turns")
    assert next(line for line in lines if line.strip().startswith("lost")).endswith("?  not sure")
