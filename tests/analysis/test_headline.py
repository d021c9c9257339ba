"""The headline is made by rule: it wins, loses, is mixed, too close, or says that nothing can be said."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from sim.analysis.facts import facts
from sim.analysis.headline import headline
from sim.analysis.notes import differing, equality, notes
from sim.analysis.paired import analyse
from sim.experiment.comparison import Failure
from sim.model.outcomes import HEADLINE, INDEX, NAMES
from sim.scenario.objects import Design, RunSettings
from tests.analysis.runs import comparison, scenario, with_outcomes

INNOVATIONS, BOUNDARIES = "innovations_per_100_technologist_years", "boundary_wait_share"


def of(**means: tuple[float, ...]):
    return headline(analyse(with_outcomes(**means)))


def test_the_headline_speaks_of_the_return_first():
    assert HEADLINE == ("return_on_spend", "lead_time_median", INNOVATIONS, BOUNDARIES)


def test_a_design_that_earns_more_wins():
    found = of(return_on_spend=(1.2, 1.5), lead_time_median=(60.0, 45.0))
    assert found.title == "Second earns more on its technology spend than first in 100 % of simulated histories of this firm (94 to 100 %)"
    assert found.kinds == {"second": "wins"}
    assert found.chance == "Second delivers 15 days sooner."
    assert found.sentence.startswith(f"{found.title}. ")


def test_a_design_that_earns_less_loses():
    found = of(return_on_spend=(1.5, 1.2))
    assert found.title == "Second earns less on its technology spend than first in 100 % of simulated histories of this firm (94 to 100 %)"
    assert found.kinds == {"second": "loses"}
    assert found.chance == "Second delivers about as soon."


def test_more_earned_with_later_delivery_is_mixed():
    found = of(return_on_spend=(1.2, 1.5), lead_time_median=(45.0, 60.0), **{INNOVATIONS: (4.0, 3.0), BOUNDARIES: (0.6, 0.2)})
    assert found.title.startswith("Second earns more")
    assert found.chance == "Second delivers 15 days later and innovates less, but waits less at boundaries."
    assert found.kinds == {"second": "mixed"}


def test_less_earned_with_more_innovation_is_mixed():
    found = of(return_on_spend=(1.5, 1.2), **{INNOVATIONS: (3.0, 4.0)})
    assert found.kinds == {"second": "mixed"}
    assert found.chance == "Second delivers about as soon and innovates more."


def test_what_is_not_sure_is_too_close_to_call():
    values = np.random.default_rng(2).normal(50.0, 20.0, (2, 60, len(NAMES)))
    found = headline(analyse(comparison(values)))
    assert found.title.startswith("Whether second earns more on its technology spend than first is too close to call: it does in ")
    assert found.title.endswith(" %)")
    assert found.chance == "Whether second delivers sooner is too close to call."
    assert found.kinds == {"second": "too close"}


def test_designs_that_earn_alike_earn_about_as_much():
    found = of(return_on_spend=(1.2, 1.2))
    assert found.title == "Second earns about as much on its technology spend as first"
    assert found.kinds == {"second": "too close"}


def test_a_mean_that_few_histories_make_is_said_to_be_one():
    values = np.ones((2, 60, len(NAMES)))
    values[1, :, INDEX["return_on_spend"]] = np.where(np.arange(60) % 3 == 0, 4.0, 0.9)
    found = headline(analyse(comparison(values)))
    assert "earns more on its technology spend than first on average, though in only 33 % of simulated histories" in found.title


def test_both_comparisons_are_named_the_larger_difference_first():
    found = of(return_on_spend=(1.0, 1.1, 1.5), lead_time_median=(60.0, 55.0, 70.0))
    assert found.title == ("Third earns more on its technology spend than first in 100 % of simulated histories of this firm "
                           "(94 to 100 %); second earns more in 100 % (94 to 100 %)")  # fmt: skip
    assert re.fullmatch(r"Third delivers (9\.9|10) days later; second delivers (4\.9|5|5\.1) days sooner\.", found.chance)
    assert found.kinds == {"second": "wins", "third": "mixed"}


def test_one_pair_says_nothing():
    found = headline(analyse(comparison([[10.0], [5.0]])))
    assert found.title == "Nothing can be said about second against first"
    assert found.chance == "One pair of runs shows no spread."
    assert found.kinds == {"second": "nothing can be said"}


def test_a_median_that_is_not_reached_is_said_beside_the_return():
    values = np.full((2, 20, len(NAMES)), 720.0)
    beyond = np.zeros(values.shape, bool)
    beyond[1, :5, INDEX["lead_time_median"]] = True
    found = headline(analyse(comparison(values, beyond=beyond)))
    assert found.title == "Second earns about as much on its technology spend as first"
    assert found.chance == "Under second half of the work is not live when the time is up, in 25 % of runs."


def test_a_design_that_reaches_the_median_beats_one_that_does_not_by_an_unknown_number_of_days():
    values = np.full((2, 40, len(NAMES)), 720.0)
    values[1, :, INDEX["lead_time_median"]] = 200.0
    beyond = np.zeros(values.shape, bool)
    beyond[0, :, INDEX["lead_time_median"]] = True
    found = headline(analyse(comparison(values, beyond=beyond)))
    assert found.chance.endswith("Second delivers sooner (by how much is not known).")


def test_a_single_design_is_described():
    found = headline(analyse(comparison([[10.0, 12.0]])))
    assert found.title == ("Under first each unit of technology spend earns 11.00, and half of all work is live within 11 days; "
                           "no other design was compared")  # fmt: skip


def test_exchanging_the_designs_exchanges_winning_and_losing():
    there, back = of(return_on_spend=(1.2, 1.5)), of(return_on_spend=(1.5, 1.2))
    assert (there.kinds["second"], back.kinds["second"]) == ("wins", "loses")


def test_four_facts_one_a_group_and_what_speaks_against_them():
    found = facts(analyse(with_outcomes(lead_time_median=(60.0, 45.0), **{BOUNDARIES: (0.6, 0.2)}, coordination_share=(0.1, 0.3))))
    assert [fact.group for fact in found] == ["consequence", "speed", "innovation", "friction"]
    assert re.fullmatch(r"(59\.9|60\.0|60\.1) days (44\.9|45\.0|45\.1) days", " ".join(found[1].values.values()))
    assert found[3].better == {"second": "second"}
    assert "But under second: coordination 30.0 % instead of 10.0" in found[3].text


def test_what_speaks_against_a_design_does_not_read_as_if_it_were_the_same():
    found = facts(analyse(with_outcomes(return_on_spend=(1.2, 1.5), time_to_restore=(0.036, 0.042))))
    (restore,) = re.findall(r"But under second: time to restore ([\d.]+) days instead of ([\d.]+)\.", found[0].text)
    assert restore[0] > restore[1]


def test_notes_say_what_is_equal_and_what_the_intervals_cover():
    runs = with_outcomes(lead_time_median=(60.0, 45.0))
    found = " ".join(notes(runs, analyse(runs)))
    assert "chance, not wrong inputs" in found
    assert "Costs are equal by plan: technologists are as many as the money of first pays for, 340 there" in found
    assert "What was really spent differs by" in found


def test_equal_head_count_says_that_costs_are_not_equal():
    runs = with_outcomes(lead_time_median=(60.0, 45.0), cost_total=(100.0, 120.0))
    settings = RunSettings(equal="headcount")
    told = equality(replace(runs, scenario=replace(runs.scenario, run=settings)))
    assert told.startswith("Head count is equal, costs are not: every design has 340 technologists")
    assert told.endswith(f"differs by +{100 * runs.residual['second']:.2f} % under second.")
    assert runs.residual["second"] == pytest.approx(0.2, abs=0.01)


def test_few_differing_coordinates_are_named():
    firm = scenario(("a", "b"))
    values = {**firm.designs["a"].values, "release_interval": 5.0, "metrics_interval": 7.0}
    designs = {**firm.designs, "b": Design("b", "", values)}
    changed = type(firm)(**{**{field: getattr(firm, field) for field in firm.__dataclass_fields__}, "designs": designs})
    assert differing(changed, "a", "b") == "B differs from a only in release interval and metrics interval."


def test_failed_runs_are_counted_in_the_notes():
    values = np.random.default_rng(1).normal(10.0, 1.0, (2, 20, len(NAMES)))
    values[1, 3] = np.nan
    runs = comparison(values, failures=(Failure("second", 3, "overflow"),))
    assert any(note.startswith("1 run failed and is left out") for note in notes(runs, analyse(runs)))


@pytest.mark.parametrize("word", ["significant", "optimal", "robust"])
def test_no_word_of_statistics_reaches_the_headline(word):
    assert word not in of(lead_time_median=(60.0, 45.0)).sentence


def test_a_single_design_that_does_not_reach_the_median_says_so():
    values = np.full((1, 20, len(NAMES)), 720.0)
    beyond = np.ones(values.shape, bool)
    found = headline(analyse(comparison(values, beyond=beyond)))
    assert found.title == "Under first half of the work is not live when the time is up, in 100 % of runs"


def test_histories_and_firms_are_told_apart():
    """Chance in one firm first, then what nobody knows of the firm; the words are said only where firms were counted."""
    over = "Second earns more than first in 4 of 5 firms like yours (75 to 84 %)."
    found = headline(replace(analyse(with_outcomes(return_on_spend=(1.2, 1.5))), over_firms=over))
    assert found.sentence.startswith(f"{found.title}. {over} ")
    assert "of simulated histories of this firm" in found.title
    assert "firms like yours" not in of(return_on_spend=(1.2, 1.5)).sentence
