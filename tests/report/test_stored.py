"""Pages of stored results: the same page as the command wrote, every part in the section of its question, wrong input in one message."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest
from click.testing import CliRunner

from sim.analysis.attribution import Attribution
from sim.analysis.headline import headline
from sim.analysis.journey import travelled
from sim.analysis.paired import analyse
from sim.cli.main import main
from sim.experiment.comparison import Failure
from sim.report.beside import StoredJourney
from sim.report.sections import QUESTIONS
from sim.report.stored.comparison import read_comparison
from sim.report.stored.looking import look
from sim.report.stored.page import page_of
from sim.report.stored.plain import Unreadable, from_plain, to_plain
from sim.report.write import write_report
from tests.analysis.journeys import journey, planted
from tests.report.folders import bank, chart, claims, everything, firms, moves, way
from tests.report.synthetic import comparison
from tests.report.test_attribution_section import planted as attributed


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return everything(tmp_path_factory.mktemp("stored"))


@pytest.fixture(scope="module")
def html(folders):
    return page_of(look(folders))[0]


def call(*arguments: object):
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


def section(html: str, key: str) -> str:
    return re.search(rf'<section class="question" id="{key}">.*?</section>', html, re.DOTALL)[0]


def test_the_page_of_stored_runs_is_the_one_that_the_command_wrote(tmp_path):
    folder, _ = bank(tmp_path / "bank", 12)
    written = (folder / "report.html").read_bytes()
    done = call(folder, "--out", tmp_path / "again.html")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "again.html").read_bytes() == written


def test_runs_that_failed_and_months_come_back_as_they_were(tmp_path):
    runs = comparison(replicates=9, failures=(Failure("pervasive", 3, "overflow"),))
    write_report(runs, analyse(runs), tmp_path)
    found, analysis = read_comparison(tmp_path)
    assert np.array_equal(found.outcomes, runs.outcomes, equal_nan=True)
    assert found.failures == runs.failures
    assert found.scenario.digest == runs.scenario.digest
    assert headline(analysis) == headline(analyse(runs))


def test_objects_come_back_from_plain_values_to_the_last_bit():
    shares = attributed()
    assert from_plain(Attribution, json.loads(json.dumps(to_plain(shares), allow_nan=False))) == shares
    found = StoredJourney(travelled(journey({"at_once": planted([-1.0] * 30, noise=9.0)})), "pervasive", {"at_once": "All at once."})
    again = from_plain(StoredJourney, json.loads(json.dumps(to_plain(found), allow_nan=False)))
    assert np.array_equal(again.journey.passages[0].cumulated, found.journey.passages[0].cumulated)
    for name in ("dip", "back", "paid", "median", "gain", "regret"):
        assert getattr(again.journey.passages[0], name) == getattr(found.journey.passages[0], name)


@pytest.mark.parametrize("wrong", [None, [], {}, {"mean": 1.0}, {"mean": "x", "low": None, "high": None}])
def test_plain_values_of_something_else_are_refused(wrong):
    with pytest.raises(Unreadable):
        from_plain(type(next(iter(next(iter(attributed().outcomes.values())).shares.values()))), wrong)


def test_the_four_questions_come_in_their_order(html):
    assert re.findall(r'<section class="question" id="(\w+)">\n<h2>(.*?)</h2>', html) == list(QUESTIONS.items())


def test_every_part_stands_in_the_section_of_its_question(html):
    assert "Return on spend" in section(html, "which")
    assert 'id="attribution"' in section(html, "why")
    for part in ("direction", "map", "firms", "claims"):
        assert f'id="{part}"' in section(html, "sure")
    for part in ("transition", "interventions"):
        assert f'id="{part}"' in section(html, "cost")
    assert section(html, "cost").count("orgsim ") == 0


def test_what_nobody_asked_is_one_line_with_its_command(tmp_path):
    folder, _ = bank(tmp_path / "bank", 6, with_shares=False)
    html = (folder / "report.html").read_text(encoding="utf-8")
    wanted = {"why": ["compare branch_bank --attribute"], "sure": ["robust branch_bank --assumptions", "map", "winners", "claims"],
              "cost": ["transition branch_bank", "intervene branch_bank"]}  # fmt: skip
    for key, commands in wanted.items():
        for command in commands:
            assert re.search(rf'<li class="missing">[^<]*<code>orgsim {command}[^<]*</code></li>', section(html, key)), command


def test_the_headline_speaks_of_firms_only_where_an_ensemble_was_counted(folders, html):
    title = re.search(r"<h1>.*?</nav>", html, re.DOTALL)[0]
    assert "firms like yours" in title
    alone = page_of(look(folders[:1]))[0]
    assert "firms like yours" not in re.search(r"<h1>.*?</nav>", alone, re.DOTALL)[0]


def test_another_version_of_the_model_is_told_on_the_page_and_at_the_terminal(folders, tmp_path):
    done = call(*folders, "--out", tmp_path / "page.html")
    assert done.exit_code == 0
    assert "they may not belong together" in done.stderr
    assert "they may not belong together" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_bundles_of_another_comparison_of_the_same_firm_are_added(tmp_path):
    plain, _ = bank(tmp_path / "plain", 8, with_shares=False)
    shared, _ = bank(tmp_path / "shared", 6)
    found = look([plain, shared])
    assert found.comparison.replicates == 8
    assert found.analysis.attributions[0].second == "pervasive"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A folder of every kind, each made once."""
    folder = tmp_path_factory.mktemp("whole")
    bank(folder / "bank", 4)
    makers = {"way": way, "moves": moves, "chart": chart, "claims": claims, "firms": firms}
    return {"bank": folder / "bank", **{name: make(folder / name) for name, make in makers.items()}}


def _cut(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes()[:200])


def _changed(name: str, change: Callable[[dict], None]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        document = json.loads((folder / name).read_text(encoding="utf-8"))
        change(document)
        (folder / name).write_text(json.dumps(document), encoding="utf-8")

    return spoil


def _without_column(folder: Path) -> None:
    table = pyarrow.parquet.read_table(folder / "runs.parquet")
    pyarrow.parquet.write_table(table.drop_columns(["trust_mean"]), folder / "runs.parquet")


def _fewer_rows(folder: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.parquet.read_table(folder / "runs.parquet").slice(1), folder / "runs.parquet")


SPOILT = {
    "page.json cut": ("bank", _cut("page.json"), "page.json"),
    "page.json that is a list": ("bank", lambda folder: (folder / "page.json").write_text("[]"), "page.json"),
    "page.json of no kind": ("bank", _changed("page.json", lambda d: d.update(kind="poem")), "page.json"),
    "a firm that was changed": ("bank", _changed("page.json", lambda d: d["setting"]["firm"].update(units=4)), "another digest"),
    "shares that are none": ("bank", _changed("page.json", lambda d: d.update(attributions=[1])), "page.json"),
    "no page.json": ("bank", lambda folder: (folder / "page.json").unlink(), "orgsim compare branch_bank"),
    "runs cut": ("bank", _cut("runs.parquet"), "runs.parquet"),
    "no runs": ("bank", lambda folder: (folder / "runs.parquet").unlink(), "runs.parquet"),
    "a column that is gone": ("bank", _without_column, "trust_mean"),
    "runs that are missing": ("bank", _fewer_rows, "runs.parquet"),
    "months cut": ("bank", _cut("series.parquet"), "series.parquet"),
    "paths that are none": ("way", _changed("page.json", lambda d: d["found"].pop("journey")), "page.json"),
    "moves that are none": ("moves", _changed("page.json", lambda d: d.update(found=3)), "page.json"),
    "a map of no outcome": ("chart", _changed("page.json", lambda d: d["found"].update(outcome="luck")), "page.json"),
    "claims cut": ("claims", _cut("claims.json"), "claims.json"),
    "winners cut": ("firms", _cut("winners.json"), "winners.json"),
    "assumptions that are none": ("bank", lambda folder: (folder / "assumptions.json").write_text("{}"), "assumptions.json"),
    "re-runs that are none": ("bank", lambda folder: (folder / "robust.json").write_text("{}"), "robust.json"),
    "a plan that is none": ("empty", lambda folder: (folder / "plan.json").write_text("{}"), "plan.json"),
    "nothing of ours": ("empty", lambda folder: (folder / "notes.txt").write_text("x"), "compare, sweep, analyse, map"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_a_folder_is_refused_in_one_message_that_holds(kind, whole, tmp_path):
    what, spoil, name = SPOILT[kind]
    bad = tmp_path / "bad"
    if what == "empty":
        bad.mkdir()
    else:
        shutil.copytree(whole[what], bad)
    spoil(bad)
    done = call(*([bad] if what == "bank" else [whole["bank"], bad]), "--out", tmp_path / "page.html")
    refused(done, name, "bad")
    assert not (tmp_path / "page.html").exists()


def refused(done, *names: str) -> None:
    assert done.exit_code == 2, done.output
    assert isinstance(done.exception, SystemExit)
    assert done.output.startswith("error: ")
    for name in names:
        assert name in done.output


def test_other_folders_that_make_no_page_are_refused(tmp_path):
    folder, _ = bank(tmp_path / "mine", 4)
    refused(call(tmp_path / "mime"), "there is no such folder", "did you mean mine?")
    refused(call(folder / "report.html"), "is a file", str(folder))
    refused(call(way(tmp_path / "way")), "holds no comparison and no sweep")
    assert call().exit_code == 2
    mobile = _changed("page.json", lambda d: d.update(scenario="mobile_bank"))
    mobile(tmp_path / "way")
    refused(call(folder, tmp_path / "way"), "is about mobile_bank", "branch_bank")
    other = comparison(replicates=4, designs=("partnership", "pervasive"))
    changed = replace(other.scenario, firm={**other.scenario.firm, "units": 3.0})
    write_report(replace(other, scenario=changed), analyse(other), tmp_path / "other")
    refused(call(folder, tmp_path / "other"), "another firm")
