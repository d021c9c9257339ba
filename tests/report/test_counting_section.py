"""The page's section on how it is counted, and the assumptions stored by an earlier run."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from sim.analysis.contrasts import contrasts
from sim.analysis.counting import counted
from sim.analysis.headline import DEPENDS, headline
from sim.analysis.paired import analyse
from sim.experiment.assumptions import AS_IT_IS, Level
from sim.experiment.conventions import USUAL, Convention
from sim.model.outcomes import HEADLINE, INDEX, OUTCOMES
from sim.report.assumption_table import FILE, assumption_values, assumptions_text, stored
from sim.report.page import page
from sim.report.summary import summary
from sim.scenario.firm import FIRM
from tests.analysis.test_contrasts import PAIR, planted
from tests.report.synthetic import comparison

LEAD = HEADLINE[0]


@pytest.fixture(scope="module")
def runs():
    return comparison(replicates=200)


@pytest.fixture(scope="module")
def analysis(runs):
    """An analysis in which one other way of counting turns the verdicts."""
    plain = analyse(runs)
    turned = replace(runs, outcomes=runs.outcomes.copy())
    turned.outcomes[:, :, INDEX[LEAD]] = turned.outcomes[:, :, INDEX[LEAD]].max() * 2.0 - turned.outcomes[:, :, INDEX[LEAD]]
    ways = [Convention(USUAL, "as ever"), Convention("turned round", "the other way about")]
    return replace(plain, counted=counted(plain, ways, [runs, turned]))


def test_the_page_shows_every_way_of_counting(runs, analysis):
    html = page(runs, analysis, [])
    section = re.search(r'<div class="block" id="counting">.*?</table>\n</div>', html, re.DOTALL)
    assert section is not None
    for words in ("How it is counted", "turned round", "the other way about", USUAL):
        assert words in section[0]
    better = analysis.counted[1].differences["pervasive"].better
    assert f'data-counted="{better}"' in section[0]
    assert 'id="counting"' not in page(runs, replace(analysis, counted=()), [])


def test_the_headline_of_the_page_is_no_stronger_than_the_turned_way(runs, analysis):
    found = headline(analysis)
    assert set(found.kinds.values()) == {DEPENDS}
    assert "depends on how it is counted" in page(runs, analysis, [])


def test_the_summary_holds_every_way_of_counting(runs, analysis):
    rows = summary(runs, analysis)["conventions"]
    assert [row["convention"] for row in rows] == [USUAL, "turned round"]
    assert set(rows[1]["differences"]) == {"modern_partnership - partnership", "pervasive - partnership"}
    assert "conventions" not in summary(runs, replace(analysis, counted=()))


LEVELS = [Level("firm.turbulence", FIRM["turbulence"], 1.5, 0.3), Level("firm.spillover", FIRM["spillover"], 0.1, 0.3)]
FOUND = contrasts(planted(**{AS_IT_IS: -12.0, LEVELS[0].name: 12.0, LEVELS[1].name: 0.0}), PAIR, alone=True)


def test_assumptions_that_turn_or_lose_the_verdict_are_named():
    text = assumptions_text(FOUND, LEVELS, [], "Plain firm")
    assert "the verdict hangs on 2 of 2 assumptions" in text
    assert re.search(r"firm\.turbulence = 1\.5 \(now 0\.3\) +turns the verdict", text)
    assert re.search(r"firm\.spillover = 0\.1 \(now 0\.3\) +makes it unsure", text)
    calm = contrasts(planted(**{AS_IT_IS: -12.0, LEVELS[0].name: -12.0}), PAIR, alone=True)
    assert "no end of any of 1 assumptions changes that" in assumptions_text(calm, LEVELS[:1], [], "Plain firm")


def _store(folder, runs, **changed):
    better = {second: found[LEAD].better for second, found in analyse(runs).differences.items()}
    hanging = assumption_values(FOUND, LEVELS, [])["hangs_on"]["second - first"]
    document = {
        "scenario_digest": runs.scenario.digest, "outcome": LEAD, "replicates": 40, "assumptions": 2,
        "provenance": {"model_digest": runs.provenance["model_digest"]},
        "hangs_on": {f"{second} - partnership": hanging for second in better},
        "verdicts": {f"{second} - partnership": {AS_IT_IS: {"better": winner}} for second, winner in better.items()}, **changed,
    }  # fmt: skip
    (folder / FILE).write_text(json.dumps(document), encoding="utf-8")


def test_stored_assumptions_reach_headline_page_and_summary(runs, tmp_path):
    plain = analyse(runs)
    assert stored(tmp_path, runs, plain) == ((), 0, "")
    _store(tmp_path, runs)
    rows, count, fault = stored(tmp_path, runs, plain)
    assert (count, fault) == (2, "")
    found = replace(plain, hangs_on=rows, assumptions=count)
    assert "the verdict hangs on 2 of 2 assumptions: turbulence and spillover" in headline(found).sentence
    html = page(runs, found, [])
    assert "What the verdict hangs on" in html
    assert "firm.turbulence = 1.5" in html
    assert len(summary(runs, found)["hangs_on"]) == 4


NOBODY = {f"{second} - partnership": {AS_IT_IS: {"better": "nobody"}} for second in ("modern_partnership", "pervasive")}


@pytest.mark.parametrize(("changed", "why"), [
    ({"scenario_digest": "other"}, "about another scenario"), ({"outcome": "wip"}, "about another scenario"),
    ({"provenance": {"model_digest": "old"}}, "another version of the model"), ({"verdicts": {}}, "cannot be read"),
    ({"verdicts": NOBODY}, "another verdict"),
])  # fmt: skip
def test_stored_assumptions_of_something_else_are_left_out_and_told(changed, why, runs, tmp_path):
    _store(tmp_path, runs, **changed)
    rows, count, fault = stored(tmp_path, runs, analyse(runs))
    assert (rows, count) == ((), 0)
    assert why in fault
    assert "--assumptions" in fault


def test_the_first_headline_outcome_has_a_better_side():
    assert OUTCOMES[LEAD].better != 0
