"""`orgsim report`: from what small runs of the real commands have stored, comparison and sweep; help, quiet, and where the page goes."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.experiment.small import options

SWEEP = """
title = "Turbulence, in short"
scenario = "mobile_bank"
designs = ["partnership", "pervasive"]
replicates = 4
[set]
"firm.units" = 3
"firm.technologists" = 24
"run.days" = 240
"run.warm_up" = 60
[sample]
kind = "grid"
levels = 4
[vary]
"firm.turbulence" = {}
"firm.coupling" = {}
"""


def call(*arguments: object):
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    out = tmp_path_factory.mktemp("made") / "mine"
    done = call("compare", "mobile_bank", *options("--conventions", "--out", str(out)))
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("swept")
    (folder / "short.toml").write_text(SWEEP, encoding="utf-8")
    done = call("sweep", folder / "short.toml", "--out", folder / "out", "--quiet")
    assert done.exit_code == 0, done.output
    return folder / "out"


def test_the_page_is_made_again_to_the_byte_and_stands_where_it_stood(compared):
    before = (compared / "report.html").read_bytes()
    (compared / "report.html").unlink()
    done = call("report", compared)
    assert done.exit_code == 0, done.output
    assert (compared / "report.html").read_bytes() == before
    assert done.stderr == f"Saved {compared / 'report.html'}\n"
    assert done.stdout.strip().endswith(".")


def test_quiet_prints_the_finding_and_nothing_else(compared, tmp_path):
    done = call("report", compared, "--quiet", "--out", tmp_path)
    assert done.stderr == ""
    assert (tmp_path / "report.html").exists()


def test_a_sweep_has_a_page_whose_finding_is_about_its_points(swept):
    done = call("report", swept)
    assert done.exit_code == 0, done.output
    html = (swept / "report.html").read_text(encoding="utf-8")
    assert re.search(r"of 16 points of this sweep|no more points of 16 points", done.stdout)
    assert "firms like yours" not in html
    assert html.count('data-chart="points-pervasive"') == 1
    assert "What the difference goes with" in html
    assert "orgsim transition mobile_bank" in html


def test_a_sweep_beside_a_comparison_of_its_firm_stands_in_how_sure(compared, swept, tmp_path):
    done = call("report", swept, compared, "--out", tmp_path / "both.html")
    assert done.exit_code == 0, done.output
    html = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert 'id="sweep"' in re.search(r'<section class="question" id="sure">.*?</section>', html, re.DOTALL)[0]


def test_two_sweeps_and_a_page_that_cannot_be_written_are_refused(compared, swept, tmp_path):
    import shutil

    shutil.copytree(swept, tmp_path / "second")
    done = call("report", swept, tmp_path / "second")
    assert done.exit_code == 2
    assert "a page is about one sweep" in done.output
    (tmp_path / "file").write_text("x")
    done = call("report", compared, "--out", tmp_path / "file" / "page.html")
    assert done.exit_code == 2
    assert "--out" in done.output
    assert "Traceback" not in done.output


def test_a_sweep_with_nothing_finished_says_so(swept, tmp_path):
    for name in ("plan.json", "points.parquet"):
        (tmp_path / name).write_bytes((swept / name).read_bytes())
    done = call("report", tmp_path)
    assert done.exit_code == 2
    assert "no run is finished yet" in done.output
    assert "Traceback" not in done.output
