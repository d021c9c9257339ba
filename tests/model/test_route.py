"""Route: an item joins the home where it loses least, by waiting or by being misunderstood; one shared queue beats split ones."""

from __future__ import annotations

import numpy as np
import pytest

from sim.api import compare
from sim.core.jit import entry
from sim.model import intent, kernel
from sim.model.begin import begin
from sim.model.homes import days_ahead
from sim.model.mechanisms import route
from sim.model.world import same
from tests.model.worlds import FIRM_VALUES, MIDDLE, MODEL, PERVASIVE, changes, live, lived, plan, rows

best_home = entry(route.best_home)
would_arrive = entry(intent.would_arrive)

SPLIT = {
    **MIDDLE, "tech_embedding": 1.0, "cross_functionality": 1.0, "liaisons_per_unit": 0.0, "enabling_share": 0.0, "delegation": 1.0,
    "funding_persistence": 1.0, "self_organisation": 0.0, "release_interval": 1.0, "experiment_budget": 0.0, "board_interval": 60.0,
}  # fmt: skip
POOLED = {**SPLIT, "tech_embedding": 0.0}
STRANGERS_NOWHERE = {
    **MODEL, "translation_loss": 0.0, "strangeness": 0.0, "ignorance": 0.0, "misjudgement": 0.0, "mending_cost": 0.0, "hurdle": 0.0,
    "base_failure": 0.0, "release_effort": 0.0, "give_up_share": 0.0,
}  # fmt: skip
"""Nothing but the queues tells a pool from units' own homes."""

ONE_TEAM_A_UNIT = {**FIRM_VALUES, "units": 6.0, "technologists": 48.0, "run_load": 0.4, "business_experts": 0.0, "change_load": 0.24}


def _waiting_world():
    """A world with an item of unit 0, its own home and a pool that could take it."""
    w = begin(plan(design={**SPLIT, "tech_embedding": 0.5}, firm=ONE_TEAM_A_UNIT), 1)
    kernel.run_days(w, 0, 30)
    item = int(np.flatnonzero(rows(w)["unit"] == 0)[-1])
    w.homes["load_of"], w.homes["pace"] = 0.0, 4.0
    w.items["left"][item] = (10.0, 0.0)
    w.items["size"][item] = 10.0
    return w, item


def test_days_ahead_by_hand():
    assert days_ahead(30.0, 0.0, 4, 0, 4, 10.0) == 3.0  # one specialism, the whole home works on it
    assert days_ahead(30.0, 90.0, 2, 10, 10, 10.0) == (30.0 + 90.0 * 2 / 10) / 2.0  # two of ten teams hold both


def test_an_item_goes_where_it_would_be_done_first_if_nobody_heeds_what_strangers_miss():
    w, item = _waiting_world()
    w.p["heed"] = 0.0
    w.homes["load_of"][0] = 20.0
    pool = len(w.homes) - 1
    while not (w.homes["builds"][pool] and w.homes["holders"][pool][0]):
        pool -= 1
    assert w.homes["unit"][pool] < 0
    assert w.homes["unit"][best_home(w, item, 30)] == -1, "the pool is empty, its own home is not"
    w.homes["load_of"][6:] = 60.0
    assert best_home(w, item, 30) == 0


def test_an_item_waits_for_those_who_understand_it_as_long_as_strangers_would_lose_more():
    """Half understood is half of the value: as much as fades in one half-life of waiting."""
    w, item = _waiting_world()
    w.p["value_half_life"] = 100.0
    for pool in range(6, len(w.homes)):
        w.ties["familiarity"][0, pool] = 0.0
    w.ties["familiarity"][0, 0] = 1.0
    w.ties["seen"][0] = 30
    understood = would_arrive(w, 0, 6, 30)
    assert would_arrive(w, 0, 0, 30) == 1.0
    assert understood < 1.0
    worth_waiting = -100.0 * np.log2(understood)
    for days, home in ((worth_waiting - 1.0, 0), (worth_waiting + 1.0, 6)):
        w.homes["load_of"][0] = days * 4.0, 0.0
        w.homes["load_of"][6:] = 0.0
        assert best_home(w, item, 30) == home


def test_where_everything_is_understood_only_queues_count():
    heeded, not_heeded = (lived(design=PERVASIVE, days=200, translation_loss=0.0, heed=heed) for heed in (1.0, 0.0))
    assert same(heeded, not_heeded) == ["p.heed"]


def test_the_more_it_is_heeded_the_less_is_built_by_other_units_teams():
    def elsewhere(heed):
        shares = []
        for seed in range(4):
            items = changes(lived(seed, design={**PERVASIVE, "delegation": 1.0}, days=480, heed=heed))
            shares.append(((items["home"] != items["unit"]) & (items["home"] < FIRM_VALUES["units"])).mean())
        return np.mean(shares)

    shares = [elsewhere(heed) for heed in (0.0, 0.1, 1.0)]
    assert shares[0] > shares[1] > shares[2]
    assert shares[2] < 0.5 * shares[0]


def test_a_sliver_of_a_liaison_is_a_wall_worth_having_only_where_nobody_heeds_what_strangers_miss():
    """On the default firm, return on spend with next to nobody to translate, against nobody, over the same seeds."""
    def gain(heed):
        told = [("design.sliver.base", "pervasive"), ("design.sliver.liaisons_per_unit", "0.004"), ("model.heed", heed)]
        found = compare("branch_bank", ["pervasive", "sliver"], replicates=16, seed=7, overrides=told).runs
        means = found.groupby("design")["return_on_spend"].mean()
        return means["sliver"] / means["pervasive"] - 1.0

    assert gain("0") > 0.25
    assert abs(gain("1")) < 0.1


def test_ties_go_to_the_units_own_home():
    w, item = _waiting_world()
    assert best_home(w, item, 30) == 0


def test_off_means_gone_no_other_units_home_is_reached():
    helpful = {**SPLIT, "self_organisation": 1.0}
    alone = rows(lived(design=helpful, firm=ONE_TEAM_A_UNIT, other_units=0.0))
    assert (alone["home"] == alone["unit"])[alone["home"] >= 0].all()
    helped = rows(lived(design=helpful, firm=ONE_TEAM_A_UNIT, other_units=1.0))
    assert (helped["home"] != helped["unit"]).any()


def _queueing(design, **facts):
    firm = {**ONE_TEAM_A_UNIT, **facts}
    worlds = [lived(seed, design=design, firm=firm, model=STRANGERS_NOWHERE, days=480) for seed in range(8)]
    return np.mean([live(w)["days"][:, 3].mean() for w in worlds])


def test_one_shared_queue_waits_less_than_split_ones_where_demand_is_uncorrelated():
    """Pooling, as M/M/c against c separate M/M/1 (Kleinrock 1975, chapter 3)."""
    apart = {"demand_correlation": 0.0, "burstiness": 0.5}
    together = {"demand_correlation": 1.0, "burstiness": 0.5}
    gain_apart = _queueing(SPLIT, **apart) - _queueing(POOLED, **apart)
    gain_together = _queueing(SPLIT, **together) - _queueing(POOLED, **together)
    assert gain_apart > 2.0
    assert gain_together < gain_apart, "where everybody is busy at once, there is less to gain"


def test_helping_other_units_shortens_split_queues():
    facts = {"demand_correlation": 0.0, "burstiness": 0.5}
    assert _queueing({**SPLIT, "self_organisation": 1.0}, **facts) < _queueing(SPLIT, **facts)


def test_embedding_decides_how_much_is_built_in_the_units():
    def own_share(embedding):
        items = live(lived(design={**PERVASIVE, "tech_embedding": embedding, "self_organisation": 0.0}, days=400))
        return (items["home"] == items["unit"]).mean()

    shares = [own_share(embedding) for embedding in (0.0, 0.5, 1.0)]
    assert shares[0] == 0.0
    assert shares[0] < shares[1] < shares[2]
    assert shares == pytest.approx([0.0, 0.5, 1.0], abs=0.3)
