"""Contrasts: planted settings that turn, lose, decide, move or leave a verdict, and the words for them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.contrasts import FLIPPED, GAINED, LOST, MOVED, SAME, Case, contrasts, differences
from sim.analysis.deciding import by_effect, turning, unchanged, what_decides
from sim.api import load_scenario
from sim.experiment.ablation import ALL_ON, ablations
from sim.experiment.variants import run_variants
from sim.model.outcomes import HEADLINE, INDEX
from tests.experiment.small import carried

PAIR = ("first", "second")
OUTCOME = "lead_time_median"


def planted(**gaps: float) -> list[Case]:
    """A case a setting, in which the second design's lead time is this much longer; luck of 3 days, shared by the settings."""
    luck = np.random.default_rng(5).normal(0.0, 3.0, (2, 40))
    own = np.random.default_rng(6)
    return [
        Case(name, np.array([[60.0], [60.0 + gap]]) + luck + own.normal(0.0, 0.5, (2, 40)), np.zeros((2, 40), bool), OUTCOME)
        for name, gap in gaps.items()
    ]


GAPS = {"usual": -12.0, "same": -12.0, "moved": -20.0, "lost": 0.0, "flipped": 12.0}


def test_each_planted_effect_is_found():
    found = contrasts(planted(**GAPS), PAIR)["second"]
    assert [contrast.effect for contrast in found] == [SAME, SAME, MOVED, LOST, FLIPPED]
    assert [contrast.carries for contrast in found] == [False, False, True, True, True]
    assert [contrast.setting for contrast in turning(found)] == ["flipped", "lost"]
    assert not unchanged(found)


def test_an_open_verdict_can_be_decided_by_a_setting():
    found = contrasts(planted(usual=0.0, decided=12.0), PAIR)["second"]
    assert found[1].effect == GAINED
    assert found[1].difference.better == "first"


def test_exchanging_the_designs_exchanges_winners_and_nothing_else():
    there = contrasts(planted(**GAPS), PAIR)["second"]
    turned = [Case(case.name, case.values[::-1], case.beyond[::-1], case.outcome) for case in planted(**GAPS)]
    back = contrasts(turned, PAIR[::-1])["first"]
    for one, other in zip(there, back, strict=True):
        assert one.effect == other.effect
        assert one.change == pytest.approx(-other.change)
        assert one.difference.better == other.difference.better


def test_changes_are_paired_so_their_intervals_are_narrower_than_the_differences():
    found = contrasts(planted(**GAPS), PAIR)["second"]
    for contrast in found[1:]:
        assert contrast.change_high - contrast.change_low < 0.5 * (contrast.difference.high - contrast.difference.low)
    assert found[0].change == 0.0
    assert found[0].change_low is None


def test_intervals_of_a_table_are_wider_than_each_for_itself():
    together, alone = (contrasts(planted(**GAPS), PAIR, alone=alone)["second"] for alone in (False, True))
    for one, other in zip(together, alone, strict=True):
        assert one.difference.high - one.difference.low > other.difference.high - other.difference.low


def test_a_median_that_is_not_reached_has_no_size_and_moves_the_difference():
    cases = planted(usual=-12.0, stuck=-12.0)
    cases[1].beyond[0, :10] = True
    stuck = contrasts(cases, PAIR)["second"][1]
    assert stuck.difference.low is None
    assert stuck.change_low is None
    assert stuck.effect == MOVED


def test_cases_of_unlike_size_are_refused():
    with pytest.raises(ValueError, match="equally many"):
        differences([*planted(usual=1.0), Case("short", np.ones((2, 3)), np.zeros((2, 3), bool), OUTCOME)], PAIR)


def test_the_words_name_what_turns_and_what_loses_the_verdict():
    words = what_decides(contrasts(planted(**GAPS), PAIR)["second"], "Plain firm", "without")
    assert words.startswith("Plain firm, second against first: second is better, −")
    assert "it turns to the other side without flipped; it is no longer sure without lost" in words
    assert "moves by more than matters without moved" in words
    calm = what_decides(contrasts(planted(usual=-12.0, same=-12.0), PAIR)["second"], "Plain firm", "without")
    assert calm.endswith("nothing tried here changes that (1 tried).")


def test_what_carries_a_real_verdict_is_found(tmp_path):
    """A design that is slower only because of its liaisons is the faster one without translation."""
    scenario = load_scenario(carried(tmp_path))
    variants = [variant for variant in ablations(scenario) if variant.name in (ALL_ON, "translate", "trust")]
    runs = run_variants(variants, 12, 1, 2)
    column = INDEX["lead_time_mean"]
    cases = [Case(v.name, r.outcomes[:, :, column], r.beyond[:, :, column], "lead_time_mean") for v, r in zip(variants, runs, strict=True)]
    found = contrasts(cases, scenario.compare)["narrow"]
    assert found[0].difference.better == "direct"
    assert by_effect(found, FLIPPED) == ["translate"]
    assert HEADLINE
