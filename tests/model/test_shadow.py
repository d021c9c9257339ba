"""Shadow: units build around what waits too long with those they do not trust, and that is paid for now and later."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model import kernel
from sim.model.mechanisms.shadow import shadow_probability, support_due
from sim.model.outcomes import NAMES
from sim.model.stages import LIVE, REJECTED, SHADOWED, WITHDRAWN
from sim.model.world import same
from tests.model.worlds import NO_BUSINESS, PARTNERSHIP, SMALL, changes, lived, off, plan, rows

CLOSED = {**PARTNERSHIP, "delegation": 0.0, "board_interval": 60.0}
"""Everything goes before a board that seldom meets, so that there is something to build around."""
WARY = {"trust_start": 0.2, "trust_gain": 0.0, "trust_loss": 0.0, "shadow_hazard": 0.4}


def _built_around(w) -> np.ndarray:
    return rows(w)[rows(w)["shadowed_on"] >= 0]


def _closed(**changed):
    return lived(**{"design": CLOSED, "days": 400, **WARY, **changed})


def test_equations_by_hand():
    assert shadow_probability(0.3, 0.0) == pytest.approx(0.3)
    assert shadow_probability(0.3, 0.8) == pytest.approx(0.012)
    assert support_due(240.0, 240.0) == pytest.approx(1.0 - np.exp(-1.0))


def test_off_means_gone():
    first = lived(design=CLOSED, days=400, model=off("shadow"), trust_start=0.1)
    other = lived(design=CLOSED, days=400, model={**off("shadow"), "shadow_value": 0.6, "shadow_effort": 0.8, "shadow_wait": 20.0},
                  trust_start=0.1)  # fmt: skip
    assert {field for field in same(first, other) if not field.startswith("p")} == set()
    assert len(_built_around(first)) == 0
    assert first.firm[0].shadow_work == first.firm[0].duplicated_work == 0.0
    assert (first.homes["support_owed"] == 0.0).all()


def test_units_that_trust_fully_build_nothing_around():
    assert len(_built_around(_closed(trust_start=1.0))) == 0
    counts = [sum(len(_built_around(lived(seed, design=CLOSED, days=400, **{**WARY, "trust_start": trust}))) for seed in range(3))
              for trust in (0.1, 0.4, 0.7)]  # fmt: skip
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2]


def test_only_what_has_waited_long_enough_and_on_days_of_looking():
    for wait in (20.0, 100.0):
        built = _built_around(_closed(shadow_wait=wait))
        assert len(built) > 5
        assert (built["shadowed_on"] - built["raised"] > wait).all()
        assert (built["shadowed_on"] % 20 == 0).all()


def test_how_often_is_the_hazard():
    """Without queues that move, the first look at each item is a coin with the stated chance."""
    shares = []
    for seed in range(4):
        w = lived(seed, design=CLOSED, days=60, agenda_rate=0.001, hurdle=0.0, shadow_wait=19.0, shadow_duplicate=0.0,
                  **{**WARY, "shadow_hazard": 0.5}, firm={**SMALL, "change_load": 1.0})  # fmt: skip
        first_looked_at_on_day_40 = changes(w)[(changes(w)["raised"] > 0) & (changes(w)["raised"] <= 20) & (changes(w)["home"] >= 0)]
        reached = first_looked_at_on_day_40[first_looked_at_on_day_40["decided"] < 0]
        shares += (reached["shadowed_on"] == 40).tolist()
    chance = 0.5 * 0.8 * 0.8
    assert len(shares) > 100
    assert abs(np.mean(shares) - chance) < 3.0 * np.sqrt(chance * (1.0 - chance) / len(shares))


def test_building_is_charged_to_the_unit():
    """With nothing to adopt, all that the business spends is on building around; what is asked for all the same was done twice."""
    w = _closed(**{**NO_BUSINESS, "shadow_hazard": WARY["shadow_hazard"]})
    built, p, firm = _built_around(w), w.p[0], w.firm[0]
    again = built["stage"] != SHADOWED
    assert 0 < again.sum() < len(built)
    assert firm.shadow_work == pytest.approx(p.shadow_effort * built["size"].sum())
    assert firm.spend_business == pytest.approx(firm.shadow_work * p.wage)
    assert firm.duplicated_work == pytest.approx(p.shadow_effort * built["size"][again].sum())
    assert w.units["shadow_backlog"].sum() == pytest.approx(firm.shadow_work), "without capacity for change, all is still to be made up for"


def test_building_takes_capacity_that_adoption_had():
    """Units first make up for what they built; what is left over adopts less."""
    none, much = (_closed(days=600, shadow_effort=effort, shadow_support=0.0, change_ownership=0.0) for effort in (0.0, 2.0))
    assert (none.units["shadow_backlog"] == 0.0).all()
    assert (rows(none)["key"][rows(none)["stage"] == LIVE] == rows(much)["key"][rows(much)["stage"] == LIVE]).all()
    assert rows(much)["adopted_share"].sum() < rows(none)["adopted_share"].sum()


def test_support_comes_in_time_and_none_of_it_is_lost():
    w = _closed(shadow_support=0.5)
    built, p = _built_around(w), w.p[0]
    looks = (380 - built["shadowed_on"]) // 20 + 1
    owed = p.shadow_support * built["size"] * np.exp(-looks * p.look_interval / p.support_days)
    assert w.homes["support_owed"].sum() == pytest.approx(owed.sum())
    without = _closed(shadow_support=0.0)
    assert w.firm[0].hours_run + w.teams["run_backlog"].sum() > without.firm[0].hours_run + without.teams["run_backlog"].sum()


def test_what_was_built_around_earns_its_part_at_once():
    w = _closed()
    ended = rows(w)[rows(w)["stage"] == SHADOWED]
    assert len(ended) > 5
    assert (ended["ended"] == ended["shadowed_on"]).all()
    assert (ended["line"] < 0).all()
    apart = 1.0 - w.p[0].digital_intensity
    np.testing.assert_allclose(ended["stopgap"], w.p[0].shadow_value * apart * ended["worth_share"])
    before = kernel.run(plan(design=CLOSED, days=400, **WARY), 1).outcomes[NAMES.index("benefits_money_window")]
    after = kernel.run(plan(design=CLOSED, days=400, shadow_value=0.6, **WARY), 1).outcomes[NAMES.index("benefits_money_window")]
    h, items = w.p[0].value_half_life, _built_around(w)
    still = items[np.isin(items["stage"], (SHADOWED, WITHDRAWN, REJECTED)) | (items["ended"] < 0)]
    more = 0.2 * apart * still["worth_share"] * still["fit"]
    least = (more * still["value"] * (np.exp2(-(still["shadowed_on"] - still["raised"]) / h) - np.exp2(-(399 - still["raised"]) / h))).sum()
    assert after - before >= least * (1.0 - 1e-9)


def test_never_asked_for_again_and_always():
    ends = _built_around(_closed(shadow_duplicate=0.0))
    assert (ends["stage"] == SHADOWED).all()
    stays = _built_around(_closed(shadow_duplicate=1.0, days=600))
    assert not (stays["stage"] == SHADOWED).any()
    both = stays[stays["stage"] == LIVE]
    assert len(both) > 0
    assert (both["shadowed_on"] < both["ended"]).all()
