"""Learn: beliefs come from the code of principles, from peers and from newcomers, while reality turns over."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.beliefs import bits_set
from sim.model.mechanisms.learn import code_step, outside_chance
from tests.model.worlds import FIRM_VALUES, MIDDLE, SMALL, changes, lived, off, rows

QUIET = {**FIRM_VALUES, "units": 2.0, "technologists": 400.0, "change_load": 0.0, "turbulence": 0.0, "turnover": 0.0}
MARCH = {
    "belief_dimensions": 30.0, "learning_interval": 1.0, "peer_learning": 0.0, "principles_strength": 1.0, "code_learning": 0.5,
    "experiment_budget": 0.0,
}  # fmt: skip
"""The code and its members alone: fifty teams, thirty dimensions, as in March (1991), page 74."""


def test_equations_by_hand():
    assert code_step(0.5, 3) == pytest.approx(0.875)
    assert code_step(0.3, 0) == 0.0
    assert code_step(1.0, 1) == 1.0
    assert outside_chance(0.0, 0.0, 0.0) == 0.0
    assert outside_chance(0.3, 0.2, 0.1) == pytest.approx(1.0 - 0.7 * 0.8 * 0.9)
    assert outside_chance(1.0, 0.0, 0.0) == 1.0


@pytest.mark.parametrize("word", [0, 1, 2**63, 2**64 - 1, 0x5555555555555555, 0xDEADBEEF12345678])
def test_bits_are_counted(word):
    assert bits_set(np.uint64(word)) == bin(word).count("1")


def test_off_means_gone_beliefs_count_for_nothing():
    """With ignorance and misjudgement off, a wholly different course of beliefs leaves every item as it was.

    Turbulence also changes which choices of the architecture are worth something, so that is switched off.
    """
    quiet = {"ignorance": 0.0, "misjudgement": 0.0, "experiment_budget": 0.0}
    still, turning = (rows(lived(turbulence=turbulence, model=off("architect"), **quiet)) for turbulence in (0.0, 1.5))
    assert still.tobytes() == turning.tobytes()
    minded = [rows(lived(turbulence=turbulence, model=off("architect"), experiment_budget=0.0)).tobytes() for turbulence in (0.0, 1.5)]
    assert minded[0] != minded[1]


def test_nobody_learns_where_all_channels_are_off():
    none = {"socialisation": 0.0, "peer_learning": 0.0, "experiment_budget": 0.0}
    first = lived(firm={**SMALL, "turnover": 0.0, "turbulence": 0.0}, days=1, **none)
    last = lived(firm={**SMALL, "turnover": 0.0, "turbulence": 0.0}, days=200, **none)
    assert first.teams["believed"].tobytes() == last.teams["believed"].tobytes()
    assert first.firm["reality"].tobytes() == last.firm["reality"].tobytes()


def _knowledge(seeds, **changed):
    return np.mean([lived(seed, firm=QUIET, **{**MARCH, "days": 200, **changed}).firm[0].accuracy for seed in range(seeds)])


def test_full_socialisation_makes_all_believe_what_the_code_holds():
    w = lived(firm=QUIET, **{**MARCH, "socialisation": 0.9, "days": 300})
    assert (w.teams["believed"] == w.firm["code_plus"][0]).all()
    assert (w.teams["disbelieved"] == w.firm["code_minus"][0]).all()


def test_slow_learners_end_up_knowing_more():
    """March (1991), figure 1: with the code learning at 0.5, members at 0.1 reach more than members at 0.9."""
    assert _knowledge(12, socialisation=0.1) > _knowledge(12, socialisation=0.9) + 0.02


def test_learning_beats_the_third_that_newcomers_are_right_about():
    assert _knowledge(4, socialisation=0.0, days=40) == pytest.approx(1.0 / 3.0, abs=0.03)
    assert _knowledge(4, socialisation=0.3) > 0.6


def test_turbulence_makes_knowledge_stale():
    assert _knowledge(4, socialisation=0.3, days=400, turbulence=1.5) < _knowledge(4, socialisation=0.3, days=400) - 0.05


def test_turnover_brings_fresh_beliefs():
    w = lived(firm={**QUIET, "turnover": 2.0}, **{**MARCH, "socialisation": 0.9, "days": 300})
    assert not (w.teams["believed"] == w.firm["code_plus"][0]).all()


def test_peers_are_followed_only_as_far_as_they_do_better():
    known = [_knowledge(4, socialisation=0.0, peer_learning=rate, peers_met=5.0) for rate in (0.0, 0.3)]
    assert known[1] > known[0] + 0.1


def test_right_beliefs_make_items_arrive_whole_and_fast():
    beliefs_only = {"strangeness": 0.0, "translation_loss": 0.0, "ignorance": 0.4, "misjudgement": 0.4, "experiment_budget": 0.0,
                    "debt_drag": 0.0, "vendor_supply": 0.0}  # fmt: skip
    items = changes(lived(design=MIDDLE, **beliefs_only))
    begun = items[items["speed"] > 0.0]
    # Four beliefs of each kind are touched, so both lie on five steps: 1 − 0.4 · (1 − k / 4).
    steps = np.round(1.0 - 0.4 * (1.0 - np.arange(5) / 4.0), 12)
    assert set(np.round(begun["speed"], 12)) <= set(steps)
    assert set(np.round(begun["fidelity"], 12)) <= set(steps)
