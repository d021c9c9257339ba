"""Innovate: experiments combine two beliefs, and what is found must still be true when it goes live."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.mechanisms.innovate import insight
from sim.model.stages import EXPERIMENT, FAILED, IDEA, LIVE, STOPPED
from tests.model.worlds import FIRM_VALUES, PERVASIVE, lived, off, rows

KEEN = {**PERVASIVE, "experiment_budget": 0.15, "metrics_interval": 10.0}
FIRM = {**FIRM_VALUES, "units": 6.0, "technologists": 120.0}


def _ideas(w):
    return rows(w)[rows(w)["kind"] == IDEA]


def _found(w):
    return _ideas(w)[~np.isin(_ideas(w)["stage"], (FAILED, EXPERIMENT))]


def test_insight_by_hand():
    assert insight(0.5, 0.4) == pytest.approx(0.7)
    assert [insight(1.0, distant) for distant in (0.0, 0.4, 1.0)] == [1.0, 1.0, 1.0]


def test_off_means_gone_nothing_is_found():
    w = lived(design=KEEN, firm=FIRM, model=off("innovate"))
    assert w.firm[0].experiments_done > 0
    assert w.firm[0].experiments_hit == 0
    assert len(_found(w)) == 0


def test_without_a_budget_there_are_no_experiments():
    w = lived(design={**KEEN, "experiment_budget": 0.0}, firm=FIRM)
    assert len(_ideas(w)) == 0
    assert w.firm[0].hours_experiments == 0.0


def test_every_result_is_read_when_it_is_due():
    """Reading takes metrics_interval days, never more than to the next morning after."""
    w = lived(design=KEEN, firm=FIRM, days=200)
    under_way = _ideas(w)[_ideas(w)["stage"] == EXPERIMENT]
    assert (200 - under_way["started"] <= 11).all()
    results = _ideas(w)[_ideas(w)["stage"] == FAILED]
    assert (results["ended"] - results["started"] == 10).all()
    assert w.firm[0].experiments_done == len(_ideas(w)) - len(under_way)


def test_hits_are_new_ideas_or_repetitions():
    w = lived(design=KEEN, firm=FIRM, days=400)
    assert w.firm[0].experiments_hit == len(_found(w)) + w.firm[0].duplicates
    assert 0 < w.firm[0].experiments_hit < w.firm[0].experiments_done


def test_ideas_that_are_adopted_are_live():
    w = lived(design=KEEN, firm=FIRM, days=400)
    adopted = _ideas(w)[_ideas(w)["adopted"] > 0]
    assert len(adopted) > 5
    assert (adopted["stage"] == LIVE).all()
    assert (adopted["started"] < adopted["raised"]).all(), "the experiment came before the request"


def test_what_rests_on_yesterdays_truth_is_stopped():
    calm, wild = (lived(design=KEEN, firm={**FIRM, "turbulence": turbulence}, days=400) for turbulence in (0.0, 1.5))
    assert not (_ideas(calm)["stage"] == STOPPED).any()
    assert (_ideas(wild)["stage"] == STOPPED).any()


def test_where_little_is_seen_others_finds_are_found_again():
    """The counter-force of fast local experiments; visibility's other effects are off here."""
    only_sight = {"reporting_hours": 0.0, "sight_reach": 0.0, "visibility_slope": 0.0}
    shares = []
    for visibility in (0.0, 1.0):
        design = {**KEEN, "visibility": visibility}
        worlds = [lived(seed, design=design, firm={**FIRM, "turbulence": 0.0}, looks=6.0, days=600, **only_sight) for seed in range(5)]
        shares.append(sum(w.firm[0].duplicates for w in worlds) / sum(w.firm[0].experiments_hit for w in worlds))
    assert shares[0] > shares[1] + 0.05


def test_failure_that_is_not_tolerated_lowers_what_teams_dare():
    def dared(tolerance, **changed):
        w = lived(design={**KEEN, "failure_tolerance": tolerance}, firm=FIRM, days=200, **changed)
        return w.teams["experiment_share"].mean()

    assert dared(0.0) < dared(1.0) == pytest.approx(0.15)
    assert dared(0.0, penalty=0.0) == pytest.approx(0.15)


def test_tolerance_keeps_bad_bets_longer():
    """Its price: with a dearer bad bet, the same budget pays for fewer experiments."""
    begun = [lived(design={**KEEN, "failure_tolerance": 1.0}, firm=FIRM, bad_bet=bet).teams["experiments"].sum() for bet in (0.0, 1.5)]
    assert begun[0] > begun[1]


def test_a_found_idea_is_worth_more_than_an_item_of_demand():
    low, high = (lived(design=KEEN, firm=FIRM, idea_value=ratio, days=200) for ratio in (1.0, 3.0))
    first_low, first_high = _ideas(low)[0], _ideas(high)[0]
    assert first_low["key"] == first_high["key"]
    assert first_high["value"] == pytest.approx(3.0 * first_low["value"])


def test_business_experts_in_the_teams_make_more_hits():
    def hits(experts):
        worlds = [lived(seed, design=KEEN, firm={**FIRM, "business_experts": experts}, distant_insight=0.2, days=400) for seed in range(4)]
        return sum(w.firm[0].experiments_hit for w in worlds) / sum(w.firm[0].experiments_done for w in worlds)

    assert hits(0.12) > hits(0.0)
