"""What a history match is said to say: of numbers that decide, of numbers that do not, and of targets that bind."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.matching import bindings, gap, largest_gap, told
from sim.experiment.matching import matched
from sim.experiment.problem import Plan
from sim.experiment.space import value_at
from sim.experiment.targets import Target
from tests.experiment.planted import PRODUCT, planted


@pytest.fixture(scope="module")
def found():
    return matched(planted(), Plan(200, 256, 256, 4000, (1, 2, 4), 5))


def test_numbers_that_decide_are_told_and_others_are_not(found):
    learned = {one.dimension.path: one for one in told(found)}
    assert {path for path, one in learned.items() if one.is_told} == {"firm.wage", "firm.turnover", "firm.coupling"}
    for path in ("firm.spillover", "firm.legacy_debt", "firm.scale_economies"):
        assert learned[path].width == pytest.approx(1.0, abs=0.25)
    assert learned["firm.coupling"].width < 0.8


def test_intervals_hold_the_middle_95_of_100(found):
    for one in told(found):
        inside = [one.low <= each.point[one.dimension.path] <= one.high for each in found.kept]
        assert 0.93 <= np.mean(inside) <= 1.0
        assert one.low <= one.kept[0] <= one.kept[1] <= one.kept[2] <= one.high


def test_intervals_are_values_of_the_range(found):
    for one in told(found):
        param = one.dimension.param
        assert param.low <= one.low <= one.high <= param.high
        assert value_at(param, 0.0) == param.low


def test_the_narrowest_target_binds_most(found):
    by_name = {one.name: one for one in bindings(found)}
    assert by_name["sum"].refused == pytest.approx(0.81, abs=0.08), "of a square the band between 0.9 and 1.1 is 19 %"
    assert bindings(found)[0].name == "sum"
    assert by_name["sum"].alone is not None
    assert 0.0 < by_name["sum"].alone < 1.0
    given = bindings(found, {"own": (0.0, 1.0, 0.9)})
    assert given[0].name == "own"
    assert given[0].alone is None


def test_nothing_kept_is_said_to_be_nothing():
    none = matched(planted(Target("sum", 1.99, 2.0), PRODUCT), Plan(10, 20, 20, 20, (1, 2)))
    with pytest.raises(ValueError, match="nothing was kept"):
        told(none)


def test_gaps_of_even_places_stay_under_the_bound():
    """Massart (1990): of evenly drawn places the largest of many gaps is over the bound in at most one of twenty cases."""
    generator = np.random.default_rng(1)
    over = [max(gap(np.sort(generator.random(100))) for _ in range(20)) > largest_gap(100, 20) for _ in range(400)]
    assert 0.0 < np.mean(over) <= 0.07
    assert gap(np.array([0.5])) == 0.5
