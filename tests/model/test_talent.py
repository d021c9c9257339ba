"""Talent: people leave, posts stand empty for as long as hiring takes, newcomers ramp up, and key persons are missed."""

from __future__ import annotations

import numpy as np
import pytest

from sim import OrgModel, load_scenario
from sim.model import kernel
from sim.model.begin import begin
from sim.model.mechanisms.talent import heads_of, hiring_time, leave_chance, passing, skill_covered
from sim.model.outcomes import INDEX
from sim.model.present import productive
from tests.model.uncalled import differences
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, PERVASIVE, SMALL, lived, off, plan

MANY = {**FIRM_VALUES, "units": 4.0, "technologists": 400.0, "change_load": 0.0, "data_work": 0.0, "turnover": 0.5}
PLAIN = {**MIDDLE, "cross_functionality": 0.0, "experiment_budget": 0.0, "liaisons_per_unit": 0.0}
EVERY = 20
LEAVE, LEAD = 0.5 * (1.0 - 0.3 * 0.5) * (1.0 + 0.5 * 0.4) / 240.0, 60.0 * (1.0 + 0.4)
"""Chance a day to leave at autonomy ½ and scarcity 0.4, and days until a post of engineers is filled, by the defaults."""
EMPTY = LEAVE * LEAD / (1.0 + LEAVE * LEAD)


def test_equations_by_hand():
    assert leave_chance(0.12, 0.5, 0.5, 1.0, 0.5, 0.1) == pytest.approx(0.12 * 0.75 * 1.5 * 0.1)
    assert leave_chance(50.0, 0.0, 0.0, 0.0, 0.0, 0.1) == 1.0
    assert hiring_time(60.0, 1.0, 0.0, 0.5, 0.25) == pytest.approx(60.0 * 1.125)
    assert passing(20.0, 0.0) == 1.0
    assert skill_covered(0.3, 0.5, 2.0) == pytest.approx(0.925)
    assert skill_covered(0.3, 1.0, 0.0) == 1.0
    assert productive(8.0, 2.0, 0.5, 0.22) == pytest.approx(6.56)
    assert [heads_of(people) for people in (0.2, 1.4, 7.5, 8.2)] == [1, 1, 8, 8]


@pytest.mark.parametrize("mean", [5.0, 60.0, 200.0])
def test_what_passes_at_looks_waits_its_mean_time_whatever_the_interval(mean):
    for interval in (1.0, 20.0, 40.0):
        chance = passing(interval, mean)
        # Geometric: missed looks before the one that it passes at, each an interval long.
        assert interval * (1.0 - chance) / chance == pytest.approx(mean)


def _staff_of(seed: int, days: int, **changed: float) -> tuple[list[float], list[float], object]:
    """Shares of posts that are vacant and of people who are newcomers, month by month, and the world at the end."""
    w = begin(plan(design=PLAIN, firm=MANY, days=days, **changed), seed)
    vacant, fresh = [], []
    for day in range(0, days, EVERY):
        kernel.run_days(w, day, day + EVERY)
        vacant.append(w.teams["vacant"].sum() / w.firm[0].people)
        fresh.append(w.teams["onboarding"].sum() / w.firm[0].people)
    return vacant, fresh, w


def test_vacancies_and_newcomers_settle_where_the_closed_forms_say():
    """Vacant: h · lead / (1 + h · lead). Newcomers: hires a day × onboarding_days, less the newcomers among those who leave."""
    assert pytest.approx(0.5) == 0.5 * (MIDDLE["delegation"] + MIDDLE["self_organisation"])
    vacant, fresh, leavers = [], [], []
    for seed in range(6):
        months = _staff_of(seed, 2400)
        vacant += months[0]
        fresh += months[1]
        leavers.append(months[2].firm[0].leavers / 400.0 / 10.0)
    # 6 × 2400 days of 400 posts, correlated over twice the time that a post is vacant: about 34,000 free looks.
    assert np.mean(vacant) == pytest.approx(EMPTY, abs=5.0 * np.sqrt(EMPTY / 34_000))
    assert np.mean(fresh) == pytest.approx((1.0 - EMPTY) * LEAVE * 80.0 / (1.0 + LEAVE * 80.0), rel=0.05)
    assert np.mean(leavers) == pytest.approx((1.0 - EMPTY) * LEAVE * 240.0, rel=0.05)


def test_a_run_begins_in_the_steady_state():
    first = [begin(plan(design=PLAIN, firm=MANY), seed).teams for seed in range(60)]
    people = first[0]["people"].sum()
    assert np.mean([teams["vacant"].sum() / people for teams in first]) == pytest.approx(EMPTY, abs=4.0 * np.sqrt(EMPTY / 24_000))
    expected = LEAVE * 80.0 / (1.0 + LEAVE * 80.0)
    for teams in first:
        assert teams["onboarding"] == pytest.approx((teams["people"] - teams["vacant"]) * expected)


def test_newcomers_ramp_up_over_eighty_days_at_half_productivity_and_at_their_mentors_cost():
    w = begin(plan(design=PLAIN, firm={**MANY, "turnover": 0.0, "run_load": 0.0}, model={**off("vendors", "debt"), "availability": 1.0}), 1)
    w.firm[0].in_step = 0.0
    w.teams["output_share"] = 1.0
    w.teams["onboarding"][0] = 2.0
    weeks = []
    for day in range(0, 2000, EVERY):
        before = w.teams["idle"][0]
        kernel.run_days(w, day, day + 1)
        weeks.append(w.teams["onboarding"][0])
        if w.homes[w.teams[0].home].builds and day == 0:
            assert w.teams["idle"][0] - before == pytest.approx(w.teams["people"][0] - (0.5 + 0.22) * 2.0)
        kernel.run_days(w, day + 1, day + EVERY)
    assert np.array(weeks[1:4]) / np.array(weeks[:3]) == pytest.approx([0.8, 0.8, 0.8])
    assert EVERY * np.sum(weeks) == pytest.approx(2.0 * 80.0)


def test_paid_are_those_who_are_there():
    w = begin(plan(design=PLAIN, firm=MANY), 2)
    gone = w.teams["vacant"].sum()
    kernel.run_days(w, 0, 1)
    assert gone > 0.0
    assert w.firm[0].hours_total == pytest.approx(MODEL["availability"] * (w.firm[0].people - gone))


def test_every_newcomer_costs_the_finding():
    w = begin(plan(design=PLAIN, firm=MANY), 3)
    before = w.teams["vacant"].sum()
    kernel.run_days(w, 0, 240)
    hires = w.firm[0].leavers - (w.teams["vacant"].sum() - before)
    assert w.firm[0].spend_hiring == pytest.approx(hires * MODEL["hire_cost"] * MANY["wage"])
    assert hires > 10.0


def test_nobody_is_missing_twice_and_no_more_are_new_than_are_there():
    w = begin(plan(firm={**SMALL, "turnover": 5.0}, design=PERVASIVE, days=480), 4)
    for day in range(0, 480, EVERY):
        kernel.run_days(w, day, day + EVERY)
        teams = w.teams
        assert (teams["vacant"] >= 0.0).all()
        assert (teams["vacant"] <= teams["people"] * (1.0 + 1e-12)).all()
        assert (teams["onboarding"] <= teams["people"] - teams["vacant"] + 1e-9).all()
        assert w.homes["vacant"].sum() == pytest.approx(teams["vacant"].sum())
        assert 0.0 <= w.firm[0].enabling_present <= 1.0


def _left(seeds: int = 8, **changed: float) -> float:
    """Share of posts left a year, over some seeds."""
    place = INDEX["attrition_rate"]
    firm = {**MANY, **{name: changed.pop(name) for name in tuple(changed) if name in MANY}}
    design = {**PLAIN, **{name: changed.pop(name) for name in tuple(changed) if name in PLAIN}}
    return float(np.mean([kernel.run(plan(design=design, firm=firm, days=480, **changed), seed).outcomes[place] for seed in range(seeds)]))


def test_ownership_makes_people_stay_and_scarcity_makes_them_leave():
    assert _left(delegation=1.0, self_organisation=1.0) < _left(delegation=0.0, self_organisation=0.0) * 0.85
    assert _left(talent_scarcity=1.0, hire_days=0.0) > _left(talent_scarcity=0.0, hire_days=0.0) * 1.2
    assert _left(talent_scarcity=0.0, hire_days=0.0, ownership_pull=0.0) == pytest.approx(0.5, rel=0.1)


def test_scarcity_and_data_science_make_hiring_slow():
    def missing(**changed):
        return np.mean([lived(seed, design=PLAIN, firm={**MANY, **changed}, days=480).teams["vacant"].sum() for seed in range(6)])

    assert missing(talent_scarcity=1.0) > 1.4 * missing(talent_scarcity=0.0)
    teams = np.concatenate([lived(seed, design=PLAIN, firm={**MANY, "data_work": 0.4}, days=480).teams for seed in range(12)])
    engineers, scientists = (teams[teams["skill"][:, specialism] > 0.0] for specialism in (0, 1))
    shares = [group["vacant"].sum() / group["people"].sum() for group in (engineers, scientists)]
    assert shares[1] > 1.1 * shares[0]


def test_mixed_teams_miss_their_key_persons_and_pools_do_not():
    """The counter-force: in a pool, a missing data scientist's colleagues know as much."""
    for mixed in (0.0, 1.0):
        w = lived(design={**MIDDLE, "cross_functionality": mixed}, firm={**SMALL, "turnover": 1.0}, days=120)
        both = (w.teams["skill"] > 0.0).all(axis=1)
        holders = w.teams["people"] * SMALL["data_work"]
        expected = np.where(both, 1.0 - MODEL["key_person"] * np.minimum(w.teams["vacant"], holders) / holders, 1.0)
        assert w.teams["covered"][:, 1] == pytest.approx(expected)
        assert (w.teams["covered"][:, 0] == 1.0).all()
        assert both.all() == (mixed == 1.0)
        assert (w.teams["covered"] < 1.0).any() == both.any()


def test_an_empty_team_leaves_items_to_those_who_can_work_on_them():
    w = begin(plan(design=PERVASIVE, firm={**SMALL, "turnover": 0.0, "change_load": 0.6}, days=60, hire_days=1e9), 5)
    w.teams["vacant"][0] = w.teams["people"][0]
    kernel.run_days(w, 0, 60)
    assert w.teams["busy"][0] == w.teams["wip"][0] == 0.0
    assert w.teams["wip"][1:].sum() > 0


def test_what_enabling_teams_cannot_do_comes_back_to_the_others():
    firm = {**SMALL, "turnover": 0.0, "scale_economies": 0.0}
    full, short = (begin(plan(design={**PERVASIVE, "enabling_share": 0.2}, firm=firm), 6) for _ in range(2))
    short.firm[0].enabling_present = 0.5
    for w in (full, short):
        kernel.run_days(w, 1, 2)
    came = [w.homes["run_today"] @ w.homes["people"] for w in (full, short)]
    assert came[1] - came[0] == pytest.approx(0.5 * full.firm[0].enabling_run)


@pytest.mark.parametrize("design", ["partnership", "pervasive"])
def test_off_means_gone_a_run_is_the_same_as_without_the_rules(design):
    """Where nobody leaves; where people do, newcomers still bring fresh beliefs, as in March (1991)."""
    rules = ["sim.model.mechanisms.talent.act", "sim.model.mechanisms.talent.count_present", "sim.model.begin.begin_staff"]
    assert differences("talent", rules, design, {"turnover": 0.0}) == set()


def test_off_means_nobody_is_missing_or_new_and_beliefs_are_fresh_all_the_same():
    model = off("talent")
    w = lived(firm={**SMALL, "turnover": 2.0}, model=model, days=240)
    still = lived(firm={**SMALL, "turnover": 0.0}, model=model, days=240)
    assert w.firm[0].leavers > 10.0
    assert w.firm[0].spend_hiring == 0.0
    assert not w.teams["vacant"].any()
    assert not w.teams["onboarding"].any()
    assert (w.teams["covered"] == 1.0).all()
    assert w.firm[0].hours_total == pytest.approx(still.firm[0].hours_total, rel=1e-12)
    assert w.teams["believed"].tobytes() != still.teams["believed"].tobytes()


def test_a_student_reads_who_is_missing():
    scenario = load_scenario("branch_bank", [("run.warm_up", "0"), ("run.days", "120"), ("firm.turnover", "1.0")])
    model = OrgModel(scenario, "pervasive", 1).run()
    assert sum(team.vacant for team in model.teams) == pytest.approx(model.world.teams["vacant"].sum())
    assert model.world.teams["vacant"].any()
    collected = model.datacollector.get_agenttype_vars_dataframe(type(model.teams[0]))
    assert {"vacant", "onboarding"} <= set(collected.columns)
