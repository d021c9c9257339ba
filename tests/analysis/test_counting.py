"""No headline is stronger than its weakest convention: planted ways of counting that agree, leave it open, or turn it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.analysis.counting import counted, doubt, hangs_in_words
from sim.analysis.headline import DEPENDS, LOSES, TOO_CLOSE, WINS, headline
from sim.analysis.paired import analyse
from sim.analysis.results import Analysis, HangsOn
from sim.experiment.conventions import USUAL, Convention
from sim.model.outcomes import HEADLINE, OUTCOMES
from tests.analysis.runs import with_outcomes

LEAD = HEADLINE[0]
GOOD, BAD = (60.0, 48.0) if OUTCOMES[LEAD].better < 0 else (48.0, 60.0), (48.0, 60.0) if OUTCOMES[LEAD].better < 0 else (60.0, 48.0)


def planted(*others: tuple[float, float], usual: tuple[float, float] = GOOD) -> Analysis:
    """An analysis whose first headline outcome is `usual` by design, and counted otherwise as each of `others`."""
    runs = with_outcomes(**{LEAD: usual})
    analysis = analyse(runs)
    ways = [Convention(USUAL, "as ever"), *(Convention(f"way {k}", "otherwise") for k in range(len(others)))]
    return replace(analysis, counted=counted(analysis, ways, [runs, *(with_outcomes(**{LEAD: other}) for other in others)]))


def test_ways_that_agree_leave_the_headline_as_it_was():
    analysis = planted(GOOD, GOOD)
    plain = replace(analysis, counted=())
    assert headline(analysis) == headline(plain)
    assert headline(analysis).kinds == {"second": WINS}


def test_a_way_that_is_not_sure_makes_it_too_close():
    found = headline(planted(GOOD, (60.0, 60.0)))
    assert found.kinds == {"second": TOO_CLOSE}
    assert "depends on how it is counted: second is better as it is usually counted, neither for sure with “way 1”" in found.title


def test_a_way_that_turns_it_makes_it_depend():
    found = headline(planted(BAD, (60.0, 60.0)))
    assert found.kinds == {"second": DEPENDS}
    assert "first with “way 0”" in found.title
    assert "neither for sure with “way 1”" in found.title


def test_it_is_the_same_for_a_verdict_against_the_second_design():
    assert headline(planted(BAD, usual=BAD)).kinds == {"second": LOSES}
    assert headline(planted(GOOD, usual=BAD)).kinds == {"second": DEPENDS}


def test_a_sure_way_does_not_make_an_open_verdict_stronger():
    analysis = planted(GOOD, usual=(60.0, 60.0))
    assert not doubt(analysis, "second")
    assert headline(analysis).kinds == {"second": TOO_CLOSE}


def test_a_way_of_counting_something_else_does_not_count_against_it():
    analysis = planted(GOOD)
    other = replace(planted(BAD).counted[1], outcome=HEADLINE[1])
    assert headline(replace(analysis, counted=(*analysis.counted, other))).kinds == {"second": WINS}


def test_the_usual_row_is_the_analysis_own_and_the_others_are_as_wide_in_standard_errors():
    analysis = planted(GOOD)
    usual, other = (row.differences["second"] for row in analysis.counted)
    assert usual == analysis.differences["second"][LEAD]
    widths = [(row.high - row.low) / row.sd for row in (usual, other)]
    assert widths[0] == pytest.approx(widths[1])


def test_the_headline_names_the_assumptions_it_hangs_on():
    analysis = planted(GOOD)
    rows = tuple(HangsOn("second", f"model.{name}", 1.0, 0.5, "share", "what it is", "flipped") for name in "abcdefgh")
    assert hangs_in_words(analysis) == ""
    few = headline(replace(analysis, counted=(), hangs_on=rows[:2], assumptions=90))
    assert few.sentence.endswith("Second against first: the verdict hangs on 2 of 90 assumptions: a and b.")
    assert "a, b, c, d, e, f and 2 more" in hangs_in_words(replace(analysis, hangs_on=rows, assumptions=90))
    assert "no end of any of 90 assumptions" in hangs_in_words(replace(analysis, assumptions=90))
