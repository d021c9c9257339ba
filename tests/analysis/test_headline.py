"""The headline is made by rule: it wins, loses, is mixed, too close, or says that nothing can be said."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.facts import facts
from sim.analysis.headline import headline
from sim.analysis.notes import differing, notes
from sim.analysis.paired import analyse
from sim.experiment.comparison import Failure
from sim.model.outcomes import INDEX, NAMES
from sim.scenario.objects import Design
from tests.analysis.runs import comparison, scenario, with_outcomes

INNOVATIONS, BOUNDARIES = "innovations_per_100_technologist_years", "boundary_wait_share"


def of(**means: tuple[float, ...]):
    return headline(analyse(with_outcomes(**means)))


def test_a_design_that_is_sooner_wins():
    found = of(lead_time_median=(60.0, 45.0))
    assert found.title == "Second delivers 15 days sooner than first"
    assert found.kinds == {"second": "wins"}
    assert found.chance == "Second is the faster one in 100 % of simulated histories of this firm (94 to 100 %)."


def test_a_design_that_is_later_loses():
    found = of(lead_time_median=(45.0, 60.0))
    assert found.title == "Second delivers 15 days later than first"
    assert found.kinds == {"second": "loses"}


def test_sooner_with_less_innovation_is_mixed():
    found = of(lead_time_median=(60.0, 45.0), **{INNOVATIONS: (4.0, 3.0), BOUNDARIES: (0.2, 0.6)})
    assert found.title == "Second delivers 15 days sooner than first, but innovates less and waits more at boundaries"
    assert found.kinds == {"second": "mixed"}


def test_later_with_more_innovation_is_mixed():
    assert of(lead_time_median=(45.0, 60.0), **{INNOVATIONS: (3.0, 4.0)}).kinds == {"second": "mixed"}


def test_what_is_not_sure_is_too_close_to_call():
    values = np.random.default_rng(2).normal(50.0, 20.0, (2, 60, len(NAMES)))
    found = headline(analyse(comparison(values)))
    assert found.title == "Whether second delivers sooner than first is too close to call"
    assert found.kinds == {"second": "too close"}


def test_equally_fast_designs_deliver_about_as_soon():
    assert of(lead_time_median=(60.0, 60.0)).title == "Second delivers about as soon as first"


def test_both_comparisons_are_named_the_larger_difference_first():
    found = of(lead_time_median=(60.0, 55.0, 40.0))
    assert found.title == "Third delivers 20 days sooner than first; second 5 days sooner"
    assert found.kinds == {"second": "wins", "third": "wins"}


def test_one_pair_says_nothing():
    found = headline(analyse(comparison([[10.0], [5.0]])))
    assert found.title == "Nothing can be said about second against first"
    assert found.chance == "One pair of runs shows no spread."
    assert found.kinds == {"second": "nothing can be said"}


def test_a_median_that_is_not_reached_says_nothing():
    values = np.full((2, 20, len(NAMES)), 720.0)
    beyond = np.zeros(values.shape, bool)
    beyond[1, :5, INDEX["lead_time_median"]] = True
    found = headline(analyse(comparison(values, beyond=beyond)))
    assert found.title == ("Nothing can be said about second against first")
    assert found.chance.startswith("Under second half of the work is not live when the time is up, in 25 % of runs. Second is")
    assert found.kinds == {"second": "nothing can be said"}


def test_a_design_that_reaches_the_median_beats_one_that_does_not_by_an_unknown_number_of_days():
    values = np.full((2, 40, len(NAMES)), 720.0)
    values[1, :, INDEX["lead_time_median"]] = 200.0
    beyond = np.zeros(values.shape, bool)
    beyond[0, :, INDEX["lead_time_median"]] = True
    found = headline(analyse(comparison(values, beyond=beyond)))
    assert found.title == "Second delivers sooner than first, by how much is not known"
    assert found.kinds == {"second": "wins"}


def test_a_single_design_is_described():
    found = headline(analyse(comparison([[10.0, 12.0]])))
    assert found.title == "Under first half of all work is live within 11 days; no other design was compared"


def test_exchanging_the_designs_exchanges_winning_and_losing():
    there, back = of(lead_time_median=(60.0, 45.0)), of(lead_time_median=(45.0, 60.0))
    assert (there.kinds["second"], back.kinds["second"]) == ("wins", "loses")


def test_three_facts_one_a_group_and_what_speaks_against_them():
    found = facts(analyse(with_outcomes(lead_time_median=(60.0, 45.0), **{BOUNDARIES: (0.6, 0.2)}, coordination_share=(0.1, 0.3))))
    assert [fact.group for fact in found] == ["speed", "innovation", "friction"]
    assert list(found[0].values.values()) == ["60.0 days", "45.0 days"]
    assert found[2].better == {"second": "second"}
    assert "But under second: coordination 30.0 % instead of 10.0" in found[2].text


def test_notes_say_what_is_equal_and_what_the_intervals_cover():
    runs = with_outcomes(lead_time_median=(60.0, 45.0))
    found = " ".join(notes(runs, analyse(runs)))
    assert "chance, not wrong inputs" in found
    assert "340 technologists" in found


def test_few_differing_coordinates_are_named():
    firm = scenario(("a", "b"))
    values = {**firm.designs["a"].values, "release_interval": 5.0, "metrics_interval": 7.0}
    designs = {**firm.designs, "b": Design("b", "", values)}
    changed = type(firm)(**{**{field: getattr(firm, field) for field in firm.__dataclass_fields__}, "designs": designs})
    assert differing(changed, "a", "b") == "B differs from a only in release interval and metrics interval in this version."


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
