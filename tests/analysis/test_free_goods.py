"""Free goods: what raises the return on nearly all firms is named, what has its price is not, and what does nothing is neither."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.free_goods import goods
from sim.experiment.free_goods import Moved, move_on
from sim.experiment.levers import Lever
from sim.report.free_goods_table import free_goods_text, free_goods_values
from tests.experiment.small import small


def moved(**gains: tuple[float, ...]) -> Moved:
    """Coordinates at one base, whose gains on 100 firms are drawn around a mean with a spread."""
    generator = np.random.default_rng(3)
    rows = np.array([mean + spread * generator.normal(size=100) for mean, spread in gains.values()])
    return Moved(tuple(Lever(name, "pervasive", 0.0, 1.0) for name in gains), rows, np.full(rows.shape, 0.05), ())


def test_what_has_no_price_is_named_and_so_is_what_has_no_use():
    found = goods(moved(visibility=(1.0, 0.1), joint_goals=(0.0, 1.0), board_interval=(-1.0, 0.1), delegation=(0.0, 0.0)))
    assert {priced.coordinate: priced.free for priced in found} == {
        "visibility": "more", "joint_goals": "", "board_interval": "less", "delegation": "",
    }  # fmt: skip
    assert found[0].coordinate == "visibility"
    text = free_goods_text(found, 100)
    assert "Free at every base design: more of it: visibility and less of it: board interval." in text
    assert free_goods_values(found)[0]["free"] == "more"


def test_what_is_free_at_one_base_only_is_said_so():
    one = moved(visibility=(1.0, 0.1))
    both = Moved((*one.levers, Lever("visibility", "partnership", 0.0, 1.0)), np.vstack([one.gains, -one.gains]),
                 np.vstack([one.matters] * 2), ())  # fmt: skip
    found = goods(both)
    assert found[0].free == ""
    assert "No coordinate is free at every base design." in free_goods_text(found, 100)
    assert "more of it: visibility at pervasive" in free_goods_text(found, 100)


def test_firms_that_cannot_have_it_have_no_verdict():
    some = moved(visibility=(1.0, 0.0))
    some.gains[0, :40] = np.nan
    assert goods(some)[0].goods[0].rises.firms == 60
    some.gains[:] = np.nan
    with pytest.raises(ValueError, match="no firm"):
        goods(some)


def test_a_coordinate_without_its_price_is_found_in_the_model():
    """Where hiring fluent leaders costs neither pay nor anybody's time, they are a free good."""
    free = {"model.fluency_wage": 0.0, "model.coaching_hours": 0.0, "model.hurdle": 0.0, "model.estimate_log_sd": 3.0}
    firms = [{**free, "firm.turbulence": turbulence} for turbulence in (0.1, 0.4)]
    found = move_on(small(), firms, ("pervasive",), 6, 1)
    row = [lever.coordinate for lever in found.levers].index("leader_fluency")
    assert found.gains.shape == (23, 2)
    assert (found.gains[row] > 0.0).all()
    again = move_on(small(), firms, ("pervasive",), 6, 1, workers=1)
    assert (again.gains == found.gains).all()
