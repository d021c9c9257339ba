"""Coordinate: agreements with those who own what is touched, dear across heads and cheap under one, and the price of grouping."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.streams import AGREEMENT, entity_key, poisson, stream_key, uniform
from sim.model import kernel
from sim.model.begin import begin
from sim.model.mechanisms.coordinate import coverage, depth_left, lowered, support
from sim.model.outcomes import CAUSES
from sim.model.stages import OTHER_TEAM, WITHDRAWN
from sim.model.world import same
from sim.validation.settings import bare
from tests.model.test_invariants import check_evening
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, PARTNERSHIP, PERVASIVE, SMALL, changes, live, lived, off, plan, rows

OTHER = CAUSES.index("other_team")
OWN_HOMES = {**MIDDLE, "tech_embedding": 1.0, "enabling_share": 0.0, "cross_functionality": 1.0, "self_organisation": 0.0,
             "funding_persistence": 1.0, "liaisons_per_unit": 0.0}  # fmt: skip
"""Every unit builds for itself, and every team holds all it needs: whoever waits for another team waits for an agreement."""
NO_MEETINGS = {"effort_inside": 0.0, "effort_across": 0.0, "meeting_hours": 0.0, "bid_hours": 0.0, "review_effort": 0.0,
               "escalation_effort": 0.0}  # fmt: skip
FREE_GROUPING = {"depth_grouping": 0.0, "duplicated_support": 0.0}


def touched_by(seed, key, p, grouping):
    """(components touched, of these in other units) by the item's own draws, tooling aside."""
    own = entity_key(stream_key(seed, AGREEMENT), key)
    count = poisson(entity_key(own, 0), p.coupling * p.agreement_share)
    return count, sum(uniform(entity_key(own, number + 1), 0) >= grouping for number in range(count))


def test_equations_by_hand():
    assert coverage(0.30, 0.15) == pytest.approx(1.0 - math.exp(-2.0))
    assert lowered(15.0, 0.5, 0.4) == pytest.approx(12.0)
    assert depth_left(0.06, 0.8, 0.5) == pytest.approx(1.0 - 0.024)
    assert support(0.1, 0.8, 0.5) == pytest.approx(1.04)


@settings(deadline=None, max_examples=50)
@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 0.4))
def test_equations_stay_where_they_belong(slope, level, loss, enabling):
    assert 0.0 <= lowered(1.0, slope, level) <= 1.0
    assert 0.0 <= depth_left(loss, level, slope) <= 1.0 <= support(loss, level, slope)
    assert 0.0 <= coverage(enabling, 0.15) < 1.0


def test_off_means_gone_as_if_nothing_were_coupled_and_grouping_were_free():
    gone = lived(model=off("coordinate", "architect"), design=PERVASIVE)  # the architecture reads coupling for itself
    assert rows(gone)["asked"].sum() == rows(gone)["missed"].sum() == 0
    assert (rows(gone)["talks_until"] == 0.0).all()
    assert (gone.firm[0].support, gone.firm[0].in_units > 0.0) == (1.0, True)
    uncoupled = lived(model=off("architect"), design=PERVASIVE, coupling=0.0, **FREE_GROUPING)
    assert [field for field in same(gone, uncoupled) if field not in ("p", "firm.self_service") and not field.startswith("p.")] == []
    assert rows(lived(design=PERVASIVE))["asked"].sum() > 0


def test_who_must_agree_is_the_items_own_and_the_same_under_every_design():
    worlds = [lived(7, design=design, days=600) for design in (PARTNERSHIP, PERVASIVE)]
    asked = [{int(row["key"]): int(row["asked"]) for row in live(w)} for w in worlds]
    both = asked[0].keys() & asked[1].keys()
    assert len(both) > 20
    for key in both:
        assert asked[0][key] == asked[1][key] == touched_by(7, key, worlds[0].p[0], 0.0)[0]


@pytest.mark.parametrize(("inside", "across", "visibility"), [(2.0, 15.0, 0.0), (2.0, 15.0, 1.0), (1.3, 7.7, 0.5)])
def test_agreements_are_sought_one_after_the_other_before_building_begins(inside, across, visibility):
    design = {**OWN_HOMES, "product_grouping": 0.5, "visibility": visibility}
    w = lived(3, design=design, days=300, agreement_inside=inside, agreement_across=across, run_load=0.2, **NO_MEETINGS)
    items = changes(w)[changes(w)["begun"] >= 0.0]
    assert (items["home"] == items["unit"]).all()
    checked = 0
    for row in items:
        count, far = touched_by(3, int(row["key"]), w.p[0], 0.5)
        days = (inside * (count - far) + across * far) * (1.0 - 0.5 * visibility)
        assert row["asked"] == count
        if count:
            assert row["talks_until"] - row["decided"] == pytest.approx(days)
            assert row["begun"] >= row["talks_until"]
            # The day on which talks end is building's where building fills it.
            assert row["days"][OTHER] in (math.ceil(days - 1e-9), math.ceil(days - 1e-9) - 1)
            checked += 1
    assert checked > 30


def test_a_lone_item_with_agreements_takes_its_analytic_minimum():
    """Thirty person-days by a crew of six take five days, the first of which is the day on which the last agreement comes through."""
    firm = {"technologists": 8.0, "change_load": 0.0005, "size_median": 30.0, "coupling": 2.0}
    model = {"team_size": 8.0, "crew_limit": 6.0, "exponential_size": 0.0, "agreement_share": 1.0, "agreement_inside": 2.5}
    w = kernel.simulate(bare(firm, {}, model, 60_000), 3)
    items = live(w)
    assert len(items) > 5
    assert items["asked"].max() > 1
    assert (items["ended"] - items["raised"] == np.ceil(2.5 * items["asked"]) + math.ceil(30.0 / 6.0) - 1).all()
    assert (items["days"].sum(axis=1) == items["ended"] - items["raised"]).all()


def test_talks_longer_than_the_calendar_are_kept():
    firm = {"technologists": 8.0, "change_load": 0.0005, "size_median": 30.0, "coupling": 2.0}
    model = {"team_size": 8.0, "crew_limit": 6.0, "exponential_size": 0.0, "agreement_share": 1.0, "agreement_inside": 77.0}
    items = live(kernel.simulate(bare(firm, {}, model, 60_000), 3))
    assert (items["ended"] - items["raised"] == 77 * items["asked"] + 4).all()


def test_agreements_are_cheap_under_one_head_and_dear_across():
    """All in the IT unit: one head. All in units cut by function: other units' owners. Cut by product: one's own."""
    def mean_days(**design):
        shape = {**OWN_HOMES, "visibility": 0.0, **design}
        w = lived(5, design=shape, days=300, run_load=0.2, **NO_MEETINGS, **FREE_GROUPING)
        items = changes(w)[(changes(w)["begun"] >= 0.0) & (changes(w)["asked"] > 0)]
        return ((items["talks_until"] - items["decided"]) / items["asked"]).mean()

    assert mean_days(tech_embedding=0.0) == pytest.approx(2.0, abs=0.05)
    assert mean_days(product_grouping=1.0) == pytest.approx(2.0)
    assert mean_days(product_grouping=0.0) == pytest.approx(15.0)


def test_tooling_covers_the_share_that_it_says():
    def covered(scale):
        worlds = [lived(seed, design={**MIDDLE, "enabling_share": 0.15}, tooling_scale=scale, missed_inside=1.0, missed_across=1.0,
                        missed_slope=0.0, days=300) for seed in range(4)]  # fmt: skip
        asked = sum(int(rows(w)["asked"].sum()) for w in worlds)
        return 1.0 - sum(int(rows(w)["missed"].sum()) for w in worlds) / asked, asked

    share, asked = covered(0.15)
    expected = coverage(0.15, 0.15)
    assert share == pytest.approx(expected, abs=5.0 * math.sqrt(expected * (1.0 - expected) / asked))
    assert covered(0.06)[0] > share


@pytest.mark.parametrize(("grouping", "missed"), [(1.0, 0.2), (0.0, 0.4)])
def test_agreements_are_missed_as_often_as_declared(grouping, missed):
    design = {**OWN_HOMES, "product_grouping": grouping, "visibility": 0.5}
    worlds = [lived(seed, design=design, missed_inside=0.2, missed_across=0.4, days=300) for seed in range(4)]
    asked, found = (sum(int(rows(w)[field].sum()) for w in worlds) for field in ("asked", "missed"))
    expected = missed * (1.0 - 0.7 * 0.5)
    assert found / asked == pytest.approx(expected, abs=5.0 * math.sqrt(expected / asked))


def test_agreeing_takes_time_on_both_sides_and_principles_save_some_of_it():
    def hours(**changed):
        return lived(design={**OWN_HOMES, "principles_strength": changed.pop("principles_strength", 0.0)}, guild_hours=0.0, days=300,
                     socialisation=0.0, principle_hours=0.0, **changed).firm[0].hours_in_step  # fmt: skip

    for effort in ("effort_inside", "effort_across"):
        assert hours(**{effort: 0.0}) < hours(**{effort: 2.0}, principles_strength=1.0) < hours(**{effort: 2.0})
    w = lived(design=OWN_HOMES, days=300, **{**NO_MEETINGS, "effort_inside": 1.0, "effort_across": 1.0}, run_load=0.2, principles_slope=0.0,
              reporting_hours=0.0, goal_hours=0.0, coaching_hours=0.0, measuring_hours=0.0, guild_hours=0.0,
              principle_hours=0.0)  # fmt: skip
    assert w.firm[0].hours_in_step + w.teams["duty"].sum() == pytest.approx(2.0 * rows(w)["asked"].sum())


def test_owners_who_are_behind_with_their_meetings_keep_others_waiting():
    def wait(effort):
        efforts = {**NO_MEETINGS, "effort_inside": effort, "effort_across": effort}
        w = lived(2, design={**OWN_HOMES, "product_grouping": 0.0}, days=300, **efforts)
        items = changes(w)[changes(w)["begun"] >= 0.0]
        return ((items["talks_until"] - items["decided"])[items["asked"] > 0] / items["asked"][items["asked"] > 0]).mean()

    assert wait(0.0) == pytest.approx(15.0 * (1.0 - 0.5 * MIDDLE["visibility"]))
    assert wait(16.0) > wait(0.0) + 1.0


def test_missed_agreements_come_back_as_mending_and_as_failed_releases():
    missing = {"missed_inside": 1.0, "missed_across": 1.0, "missed_slope": 0.0}

    def found(**changed):
        worlds = [lived(seed, firm=FIRM_VALUES, days=300, **missing, **changed) for seed in range(3)]
        rework = np.mean([live(w)["days"][:, CAUSES.index("rework")].mean() for w in worlds])
        return rework, sum(w.firm[0].failures for w in worlds) / sum(w.firm[0].deployments for w in worlds)

    assert found(missed_intent=0.0)[0] < found(missed_intent=0.25)[0]
    assert found(missed_risk=0.0)[1] + 0.05 < found(missed_risk=0.5)[1]


def test_grouping_by_product_costs_depth_and_duplicates_support():
    apart, together = (plan(design={**PERVASIVE, "product_grouping": grouping}).world for grouping in (0.0, 1.0))
    in_units = together.firm[0].in_units
    assert in_units == pytest.approx(together.homes["people"][together.homes["unit"] >= 0].sum() / together.teams["people"].sum())
    np.testing.assert_allclose(together.teams["skill"], apart.teams["skill"] * (1.0 - MODEL["depth_grouping"] * in_units))
    assert together.firm[0].support == pytest.approx(1.0 + MODEL["duplicated_support"] * in_units)
    assert apart.firm[0].support == 1.0
    calm = {"base_failure": 0.0, "mending_cost": 0.0, "release_effort": 0.0, "breach_probability": 0.0, "batch_risk": 0.0,
            "missed_risk": 0.0, "run_load": 0.3, "enabling_leverage": 0.0}  # fmt: skip
    shape = {**PERVASIVE, "enabling_share": 0.0}
    hours = [lived(design={**shape, "product_grouping": grouping}, **calm).firm[0].hours_run for grouping in (0.0, 1.0)]
    expected = plan(design={**shape, "product_grouping": 1.0}).world.firm[0].support
    assert hours[1] / hours[0] == pytest.approx(expected, rel=0.01)


def test_nothing_is_lost_where_items_are_given_up_while_agreements_are_sought():
    firm = {**SMALL, "coupling": 6.0, "value_half_life": 30.0, "turbulence": 1.5}
    design = {**OWN_HOMES, "product_grouping": 0.0, "funding_persistence": 0.5, "funding_interval": 20.0, "experiment_budget": 0.2}
    w = begin(plan(design=design, firm=firm, give_up_share=1.0, funding_floor=0.0, hurdle=6.0, agreement_across=30.0), 2)
    most = 0
    for day in range(240):
        kernel.run_days(w, day, day + 1)
        check_evening(w, day)
        most = max(most, int((rows(w)["stage"] == OTHER_TEAM).sum()))
    items = rows(w)
    assert most > 5
    given_up = items[(items["stage"] == WITHDRAWN) & (items["talks_until"] > items["ended"])]
    assert len(given_up) > 0
    assert ((items["funded"] > 0) & (items["asked"] > 0)).any()
