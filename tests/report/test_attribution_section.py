"""What each bundle contributes, as it is read: table, words, page, chart and JSON say the same numbers."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from sim.analysis.attribution import attribute
from sim.analysis.paired import analyse
from sim.cli.compare_view import as_text
from sim.cli.main import main
from sim.model.outcomes import INDEX, NAMES, OUTCOMES
from sim.organisation.coordinates import BUNDLES
from sim.report.attribution_table import attribution_text, finding
from sim.report.charts.all import draw
from sim.report.charts.waterfall import waterfall_chart
from sim.report.page import page
from sim.report.summary import as_json, summary
from tests.experiment.small import options
from tests.report.synthetic import comparison

RETURN = "return_on_spend"
EFFECTS = {"structure": -0.3, "decision": 0.0, "funding": 0.5, "culture": 0.0, "practice": 0.2}


def planted(second: str = "pervasive", effects: dict[str, float] = EFFECTS, extra: float = 0.0):
    """Attribution of a return of 1 plus effects that add up, `extra` more where structure and funding are both there."""
    rng = np.random.default_rng(2)
    outcomes = np.ones((32, 20, len(NAMES))) + rng.normal(0.0, 0.001, (20, len(NAMES)))
    for place in range(32):
        there = [bundle for bit, bundle in enumerate(BUNDLES) if place >> bit & 1]
        outcomes[place, :, INDEX[RETURN]] += sum(effects[bundle] for bundle in there) + extra * ({"structure", "funding"} <= set(there))
        for bit, bundle in enumerate(BUNDLES):
            if place >> bit & 1 and effects[bundle]:
                outcomes[place, :, INDEX[RETURN]] += 0.01 * np.random.default_rng(bit).normal(size=20)
    beyond = np.zeros(outcomes.shape, bool)
    return attribute(("partnership", second), BUNDLES, outcomes, beyond, 32)


@pytest.fixture(scope="module")
def analysis():
    runs = comparison(replicates=20)
    return runs, replace(analyse(runs), attributions=(only_practice(), planted()))


@pytest.fixture(scope="module")
def charts(analysis):
    return draw(*analysis)


def only_practice():
    """A design that differs from the first in one bundle."""
    return planted("modern_partnership", {**dict.fromkeys(BUNDLES, 0.0), "practice": 0.2})


def test_the_finding_names_what_surely_raises_and_what_lowers():
    assert finding(planted()) == "Funding (+0.50) and practice (+0.20) raise return on spend, structure (−0.30) lowers it"
    assert finding(planted(effects=dict.fromkeys(BUNDLES, 0.0))) == "No bundle of pervasive surely changes return on spend"


def test_bundles_that_add_up_are_no_complements_and_bundles_that_need_each_other_are(analysis):
    assert "Worth more together" not in attribution_text(analysis[1], 100)
    text = attribution_text(replace(analysis[1], attributions=(planted(extra=0.4),)), 200)
    assert "complements" in text
    assert re.search(r"Worth more together, whatever the others are: structure with funding \+0\.4", text)


def test_the_text_shows_every_bundle_and_the_notes_no_longer_say_that_it_is_not_said(analysis):
    text = as_text(*analysis)
    lines = {line.split()[0]: line.split()[1] for line in text.splitlines() if line.startswith("  ") and line.split()[0] in BUNDLES}
    assert lines == {"structure": "−0.30", "decision": "0", "funding": "+0.50", "culture": "0", "practice": "+0.20"}
    assert "not said here" not in text.partition("Pervasive differs")[2].partition("\n\n")[0]


def test_a_design_that_differs_in_one_bundle_has_a_sentence_and_no_chart(analysis, charts):
    only = replace(analysis[1], attributions=(only_practice(),))
    assert attribution_text(only, 100) == "Modern partnership differs from partnership in practice alone, which has the whole difference."
    assert [chart.name for chart in charts if chart.name.startswith("waterfall")] == ["waterfall-pervasive"]


def test_page_chart_and_json_say_the_same_shares(analysis, charts):
    runs, whole = analysis
    attribution = whole.attributions[1]
    html = page(runs, whole, charts)
    assert 'id="attribution"' in html
    assert 'data-chart="waterfall-pervasive"' in html
    document = json.loads(as_json(summary(runs, whole)))["attribution"]["pervasive - partnership"]["outcomes"][RETURN]
    rows = [row for row in csv.DictReader(io.StringIO(waterfall_chart(attribution).csv)) if row["outcome"] == RETURN]
    for row in rows:
        share = document["shares"][row["bundle"]]["mean"]
        assert float(row["share"]) == pytest.approx(share, rel=1e-5)
    assert sum(share["mean"] for share in document["shares"].values()) == pytest.approx(document["difference"], abs=1e-9)
    assert len(document["interactions"]) == 10


def test_without_being_asked_for_there_is_no_attribution():
    runs = comparison(replicates=4)
    plain = analyse(runs)
    assert "attribution" not in summary(runs, plain)
    assert 'id="attribution"' not in page(runs, plain, [])


def test_compare_attributes_on_request_and_the_shares_are_those_of_the_printed_difference():
    result = CliRunner().invoke(main, ["compare", "mobile_bank", *options("--attribute", "--json")])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    pair = "pervasive - partnership"
    assert document["attribution"][pair]["designs"] == 32
    for name, found in document["attribution"][pair]["outcomes"].items():
        if found["n"] == document["differences"][pair][name]["n"]:
            size = max(1.0, abs(document["designs"]["partnership"][name]["mean"]))
            shares = sum(share["mean"] for share in found["shares"].values())
            assert abs(shares - document["differences"][pair][name]["mean"]) / size < 1e-9, OUTCOMES[name].label


def test_own_agents_cannot_be_attributed(tmp_path):
    (tmp_path / "mine.py").write_text("")
    result = CliRunner().invoke(main, ["compare", "mobile_bank", *options("--attribute", "--agents", str(tmp_path / "mine.py"))])
    assert result.exit_code == 2
    assert "--attribute with --agents" in result.stderr
