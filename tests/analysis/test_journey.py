"""Journeys: planted money gives the depth, days, shares, gain and regret that were planted."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.curves import When
from sim.analysis.journey import Interval, travelled
from sim.analysis.journey_words import headline
from sim.experiment.comparison import Failure
from tests.analysis.journeys import LEVEL, journey, planted

YEAR = 12


def test_a_planted_path_has_its_dip_its_days_and_its_gain():
    months = [-100.0, -300.0, *[100.0] * 10]
    (path,) = travelled(journey({"planted": planted(months)})).passages
    level = LEVEL
    assert path.dip.month == 2
    assert path.dip.depth.mean == pytest.approx(300.0 / level, rel=0.03)  # staying's luck moves the level a little
    assert path.back.day == 40.0
    assert (path.made_good.day, path.median.day) == pytest.approx((120.0, 120.0))  # 400 lost by day 40, 100 a month from then on
    assert (path.paid, path.open, path.never) == (1.0, 0.0, 0.0)
    assert path.gain.mean == pytest.approx(600.0)
    assert path.with_rest.mean == pytest.approx(600.0)
    np.testing.assert_allclose(path.difference[0], months)
    np.testing.assert_allclose(path.cumulated[0], np.cumsum(months), atol=1e-9)


def test_spend_is_in_the_money_and_not_in_the_earnings():
    from sim.model.series import SPENT

    comparison = journey({"moved": planted([0.0, -50.0, 200.0])})
    comparison.series[1, :, 0, SPENT] += 400.0
    (path,) = travelled(comparison).passages
    assert path.dip.month == 1
    assert path.dip.depth.mean == pytest.approx(0.4, rel=0.03)
    assert path.earnings.month == 2
    assert path.earnings.depth.mean == pytest.approx(0.05, rel=0.03)


def test_a_path_that_is_staying_differs_by_exactly_nothing():
    found = travelled(journey({"same": np.zeros((30, 24))}))
    (path,) = found.passages
    assert not path.difference.any()
    assert not path.cumulated.any()
    assert path.dip.month is None
    assert path.back == path.made_good == path.median == When(0.0, 0.0, 0.0)
    assert path.paid == 1.0
    assert path.gain == path.regret == found.staying == Interval(0.0, 0.0, 0.0)
    assert "changes nothing" in headline(found)


def test_not_paid_back_is_open_where_it_gains_in_its_last_year_and_else_never():
    good, late, lost = ([-200.0] * YEAR + [gain] * YEAR for gain in (300.0, 100.0, -10.0))
    rows = np.array([good] * 5 + [late] * 3 + [lost] * 2)
    (path,) = travelled(journey({"mixed": rows})).passages
    assert (path.paid, path.open, path.never) == pytest.approx((0.5, 0.3, 0.2))
    assert path.paid_low < 0.5 < path.paid_high
    assert path.median.day is None  # the middle lies between one that is paid back and one that is not
    assert path.median.low == pytest.approx(20.0 * (YEAR + 8))
    assert path.median.high is None


def test_an_interval_that_passes_the_horizon_says_so():
    found = travelled(journey({"slow": planted([-100.0] * 6 + [95.0] * 7, noise=60.0)}))
    (path,) = found.passages
    assert path.made_good.high is None
    assert f"beyond {found.days}" in headline(found)


def test_regret_is_what_the_best_gains_more():
    found = travelled(journey({"poor": planted([-10.0, 5.0]), "rich": planted([-5.0, 25.0]), "losing": planted([-5.0, -5.0])}))
    assert found.best == "rich"
    assert [path.regret.mean for path in found.passages] == pytest.approx([25.0, 0.0, 30.0])
    assert found.staying.mean == pytest.approx(20.0)
    staying = travelled(journey({"losing": planted([-5.0, -5.0])}))
    assert (staying.best, staying.staying.mean) == ("staying", 0.0)
    assert "No path earns more than staying" in headline(staying)


def test_the_band_holds_a_known_curve_as_often_as_it_says():
    truth, held = np.linspace(-50.0, 50.0, 24), 0
    for trial in range(60):
        (path,) = travelled(journey({"known": planted(list(truth), 60, 80.0, seed=trial)})).passages
        held += bool(((path.difference[1] <= truth) & (truth <= path.difference[2])).all())
    assert held >= 50  # 95 % of 60 is 57; fewer than 50 would happen once in 2,000 times


def test_seeds_that_failed_under_one_path_are_left_out_under_all():
    gone = Failure("first", 3, "broken")
    found = travelled(journey({"first": planted([-5.0, 10.0]), "second": planted([-5.0, 20.0])}, failures=(gone,)))
    assert found.n == 39
    assert found.passages[1].gain.mean == pytest.approx(15.0)


def test_one_history_has_no_interval():
    with pytest.raises(ValueError, match="at least 2"):
        travelled(journey({"first": planted([-5.0, 10.0], replicates=1)}))
