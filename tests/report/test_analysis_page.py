"""What `orgsim analyse` stored, on the pages of a sweep and of a comparison: each part under its question; wrong files in one message."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.report.stored.analysis import JSON
from sim.report.stored.file import FILE
from tests.analysis.test_sweeps import stored
from tests.report.folders import bank


def call(*arguments: object):
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture(scope="module", params=["saltelli", "morris", "sobol"])
def analysed(request, tmp_path_factory):
    """(the sweep's folder, the analysis' folder, kind of sample)."""
    folder = tmp_path_factory.mktemp("analysed")
    swept = stored(folder, request.param, 24 if request.param == "morris" else 64)
    done = call("analyse", swept, "--all", "--out", folder / "found")
    assert done.exit_code == 0, done.output
    return swept, folder / "found", request.param


@pytest.fixture
def found(analysed, tmp_path):
    """A copy of the analysis, to be spoilt."""
    return shutil.copytree(analysed[1], tmp_path / "found")


def section(html: str, key: str) -> str:
    return re.search(rf'<section class="question" id="{key}">.*?</section>', html, re.DOTALL)[0]


def test_each_part_stands_under_its_question_and_nothing_is_told_twice(analysed, tmp_path):
    swept, folder, kind = analysed
    done = call("report", swept, folder, "--out", tmp_path / "page.html")
    assert done.exit_code == 0, done.output
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert 'id="where-0"' in section(html, "which")
    assert 'id="drivers-0"' in section(html, "why")
    assert html.count("What the difference goes with") == 1
    assert ("Share of the difference&#39;s variance" in html) == (kind == "saltelli")
    assert ("What a parameter does over its whole range" in html) == (kind == "morris")
    row = re.search(r'<th scope="row">Lead time, median</th><td data-head="Most"><div>([^<]*)', section(html, "why"))
    assert row[1].startswith("turbulence")
    assert 'download="drivers.csv"' in html


def test_beside_a_comparison_of_the_firm_it_tells_all_and_of_another_firm_it_is_refused(analysed, tmp_path):
    _, folder, _ = analysed
    other, _ = bank(tmp_path / "bank", 12)
    done = call("report", other, folder)
    assert done.exit_code == 2
    assert "is about mobile_bank" in done.output
    page = json.loads((folder / FILE).read_text(encoding="utf-8"))
    here = tmp_path / "here"
    here.mkdir()
    (here / FILE).write_text(json.dumps({**page, "scenarios": ["branch_bank"]}))
    done = call("report", other, here)
    assert done.exit_code == 0, done.output
    html = (other / "report.html").read_text(encoding="utf-8")
    assert 'id="where-0"' in section(html, "which")
    assert "What the difference goes with" in section(html, "why")


def first(page, **others):
    """The file with one outcome only, of which something is other than it was."""
    return {**page, "found": {**page["found"], "found": [{**page["found"]["found"][0], **others}]}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda page: {**page, "format": 99}, "is of format 99"),
        (lambda page: {name: value for name, value in page.items() if name != "format"}, "is of format None"),
        (lambda page: {**page, "kind": "guess"}, "is of no known kind"),
        (lambda page: {**page, "found": {**page["found"], "found": []}}, "it holds no outcome"),
        (lambda page: first(page, outcome="luck"), "no outcome 'luck'"),
        (lambda page: first(page, paths=[]), "is damaged"),
        (lambda page: first(page, classes=[]), "one share a class"),
        (lambda page: {**page, "scenarios": 3}, "is damaged"),
    ],
)
def test_files_that_are_old_damaged_or_unknown_are_one_message(analysed, found, change, words):
    page = json.loads((found / FILE).read_text(encoding="utf-8"))
    (found / FILE).write_text(json.dumps(change(page)))
    done = call("report", analysed[0], found)
    assert done.exit_code == 2, done.output
    assert words in done.output
    assert done.output.count("error:") == 1
    assert "Traceback" not in done.output


def test_a_folder_of_an_earlier_version_and_a_cut_file_say_what_to_do(analysed, found):
    text = (found / FILE).read_text(encoding="utf-8")
    (found / FILE).write_text(text[: len(text) // 2])
    assert "is damaged" in call("report", analysed[0], found).output
    (found / FILE).unlink()
    done = call("report", analysed[0], found)
    assert done.exit_code == 2
    assert "written by an earlier version" in done.output
    (found / JSON).unlink()
    assert "holds no results" in call("report", analysed[0], found).output


def test_another_commands_folder_is_not_written_over(analysed, tmp_path):
    other, _ = bank(tmp_path / "bank", 12)
    before = (other / FILE).read_bytes()
    done = call("analyse", analysed[0], "--out", other)
    assert done.exit_code == 2
    assert "a folder of its own" in done.output
    assert (other / FILE).read_bytes() == before


def test_what_was_missing_then_is_said(analysed, found, tmp_path):
    page = json.loads((found / FILE).read_text(encoding="utf-8"))
    page["found"]["missing"] = 3
    (found / FILE).write_text(json.dumps(page))
    done = call("report", analysed[0], found, "--out", tmp_path / "page.html")
    assert done.exit_code == 0, done.output
    assert "while 3 chunks of the sweep tiny were missing" in done.stderr
