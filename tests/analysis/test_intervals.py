"""A comparison that was replicated until it was precise is shown with intervals that hold at every look, everywhere the same ones."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.headline import headline
from sim.analysis.notes import notes
from sim.analysis.paired import analyse
from sim.analysis.precision_words import ending
from sim.analysis.results import TOO_CLOSE
from sim.experiment.comparison import Comparison
from sim.experiment.precision import AT_CEILING, NO_MEAN, REACHED, Precision, Stop, Stopped, decide
from sim.experiment.sequences.means import half_widths, mean_interval, standard_errors_wide
from sim.experiment.sequences.shares import share_bounds
from sim.model.outcomes import HEADLINE, INDEX, NAMES
from sim.report.page import page
from sim.report.summary import as_json, summary
from tests.analysis.runs import comparison, with_outcomes

LEAD = HEADLINE[0]
ASKED = Precision(0.02)


def stopped(pairs: int, end: str = REACHED, width: float = 0.018, asked: Precision = ASKED) -> Stopped:
    return Stopped(asked, end, pairs, {"second": width})


def sequential(base: Comparison, end: str = REACHED) -> Comparison:
    """The same runs, as if they had been added until one difference was precise."""
    return replace(base, stopped=stopped(base.replicates, end))


@pytest.fixture(scope="module")
def runs() -> Comparison:
    return with_outcomes(200, return_on_spend=(1.0, 1.002))


def test_the_interval_of_the_outcome_asked_about_is_the_one_that_the_rule_stopped_on(runs):
    gaps = (runs.outcomes[1] - runs.outcomes[0])[:, INDEX[LEAD]]
    step = decide(gaps, (200,), ASKED.alpha, 1.0)
    assert isinstance(step, Stop)
    found = analyse(sequential(runs)).differences["second"][LEAD]
    assert (found.high - found.low) / 2.0 == pytest.approx(step.half_widths[0], rel=1e-12)


def test_every_interval_is_a_confidence_sequence(runs):
    analysis = analyse(sequential(runs))
    gaps = runs.outcomes[1] - runs.outcomes[0]
    error = gaps.std(axis=0, ddof=1) / math.sqrt(200)
    rest = 0.025 / (len(NAMES) - 1)
    for o, name in enumerate(NAMES):
        found = analysis.differences["second"][name]
        wide = float(standard_errors_wide(200, 0.025 if name == LEAD else rest))
        assert (found.high - found.low) / 2.0 == pytest.approx(wide * error[o], rel=1e-9)
    alone = analysis.estimates["first"][LEAD]
    assert (alone.low, alone.high) == pytest.approx(mean_interval(runs.outcomes[0][:, INDEX[LEAD]], 0.05))


def test_they_are_wider_than_those_of_a_number_of_runs_that_was_given(runs):
    fixed, looked = (analyse(one).differences["second"] for one in (runs, sequential(runs)))
    assert all(looked[name].high - looked[name].low > fixed[name].high - fixed[name].low for name in NAMES)
    assert all(looked[name].mean == fixed[name].mean for name in NAMES)


def test_the_verdict_uses_the_same_interval():
    """2.9 standard errors apart is sure for a fixed number of runs of one outcome, and open when one has looked again and again."""
    noise = np.random.default_rng(0).standard_normal(200)
    values = np.ones((2, 200, len(NAMES)))
    values[1] += (noise - noise.mean() + 2.9 * noise.std(ddof=1) / math.sqrt(200))[:, None]
    base = comparison(values)
    assert analyse(base, outcomes=(LEAD,)).differences["second"][LEAD].better == "second"
    assert analyse(sequential(base), outcomes=(LEAD,)).differences["second"][LEAD].verdict == TOO_CLOSE


def test_a_share_of_histories_has_the_beta_binomial_interval(runs):
    gaps = (runs.outcomes[1] - runs.outcomes[0])[:, INDEX[LEAD]]
    found = analyse(sequential(runs)).differences["second"][LEAD]
    assert (found.probability_low, found.probability_high) == pytest.approx(share_bounds(float((gaps > 0).sum()), 200, 0.05))


def test_an_event_hardly_seen_has_no_interval_and_no_verdict():
    base = with_outcomes(200, return_on_spend=(1.0, 1.2))
    column = INDEX["breaches_per_year"]
    base.outcomes[0, :, column], base.outcomes[1, :, column] = 0.0, np.arange(200) < 5
    found = analyse(sequential(base)).differences["second"]["breaches_per_year"]
    assert (found.low, found.verdict) == (None, TOO_CLOSE)
    base.outcomes[1, :, INDEX[LEAD]] = base.outcomes[0, :, INDEX[LEAD]]
    assert "too few pairs of runs differ" in headline(analyse(sequential(base))).chance.lower()


def test_a_subset_of_outcomes_has_the_same_intervals(runs):
    whole, some = (analyse(sequential(runs), outcomes=names).differences["second"] for names in (NAMES, HEADLINE))
    assert all(some[name] == whole[name] for name in HEADLINE)


def test_the_best_of_three_is_told_with_the_same_intervals():
    base = with_outcomes(200, return_on_spend=(1.0, 1.3, 1.3005))
    base = replace(base, stopped=Stopped(ASKED, REACHED, 200, {"second": 0.01, "third": 0.01}))
    found = analyse(base).best[LEAD]
    gaps = (base.outcomes[2] - base.outcomes[1])[:, INDEX[LEAD]]
    wide = float(half_widths(gaps[:, None], ASKED.alpha / 2.0)[0])
    assert set(found.designs) == {"second", "third"}
    assert found.behind["second"] == pytest.approx(gaps.mean() + wide)


def test_the_document_says_how_it_ended(runs):
    one = sequential(runs)
    found = json.loads(as_json(summary(one, analyse(one))))["precision"]
    assert found["outcome"] == LEAD
    assert (found["reached"], found["pairs"], found["half_width_asked"], found["ceiling"]) == (True, 200, 0.02, 10_000)
    assert found["looks"] == [100, 125, 157, 196]
    assert found["half_widths"] == {"second - first": 0.018}
    assert "precision" not in summary(runs, analyse(runs))


def test_the_page_says_how_it_ended(runs):
    one = sequential(runs)
    made = page(one, analyse(one), [])
    assert "Return on spend is known to ±0.018 per 1 spent, as asked (±0.02), after 200 pairs." in made
    assert "known to ±" not in page(runs, analyse(runs), [])


def test_the_words_say_how_it_ended(runs):
    one = sequential(runs)
    told = ending(one.stopped)
    assert told.startswith("Return on spend is known to ±0.018 per 1 spent, as asked (±0.02), after 200 pairs. Looked at 4 times")
    assert told in notes(one, analyse(one))
    short = ending(stopped(400, AT_CEILING, 0.04))
    assert "±0.04 per 1 spent only, not to ±0.02 per 1 spent as asked: the ceiling of 400 pairs came first" in short
    assert "It would take about 1,600." in short  # half as wide takes four times as many
    assert "too few of them differ" in ending(stopped(400, AT_CEILING, math.inf))
    often = Stopped(Precision(0.05, of="share"), REACHED, 400, {"second": 0.048}, {"second": (0.84, 0.79, 0.886)})
    assert ending(often).startswith("How often a design is better in return on spend is known to ±4.8 points, as asked (±5)")
    assert "Second in 84.0 % (79.0 to 88.6)." in ending(often)
    middle = Stopped(Precision(0.02, of="median"), REACHED, 400, {"second": 0.018}, {"second": (0.11, 0.092, 0.128)})
    assert ending(middle).startswith("The median difference of return on spend is known to ±0.018 per 1 spent")
    assert "Second +0.110 (+0.092 to +0.128)." in ending(middle)
    lost = ending(stopped(100, NO_MEAN, math.inf, Precision(5.0, "lead_time_median")))
    assert lost.startswith("Lead time, median cannot be known to ±5 days")
