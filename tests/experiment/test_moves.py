"""Interventions that are lived: doing nothing and moves of no size differ by nothing, order does not matter, both views meet."""

from __future__ import annotations

import numpy as np
import pytest

from sim.api import load_interventions
from sim.core.errors import InputError
from sim.experiment.moves import NOTHING, SETTLED, live_moves
from sim.model import kernel
from sim.model.path import intervention_path
from sim.scenario.changed import changed
from sim.scenario.interventions import AND, earlier

SMALL = (("firm.units", "3"), ("firm.technologists", "24"), ("run.days", "240"), ("run.warm_up", "300"))
NO_SIZE = """
base = "mobile_bank"
[firm]
units = 3
technologists = 24
[run]
days = 240
warm_up = 300
"""
EVENTS = {
    "restructure": "share = 0", "outsource": "share = 0", "budget_cut": "share = 0", "persistent_funding": "level = 0.1",
    "change_ownership": "level = 0.1", "fluent_leaders": None,
}  # fmt: skip
"""Kinds of event and what makes one of no size; None where nothing does, since the search is paid all the same."""


def small(*names, **more):
    return load_interventions("mobile_bank", names, overrides=SMALL, **more)


@pytest.mark.parametrize("kind", [kind for kind, nothing in EVENTS.items() if nothing])
def test_a_move_of_no_size_is_doing_nothing_to_the_last_digit(tmp_path, kind):
    path = tmp_path / "still.toml"
    event = f'[intervention.still]\ndesign = "partnership"\n[[intervention.still.event]]\nday = 0\nkind = "{kind}"\n{EVENTS[kind]}\n'
    path.write_text(NO_SIZE + event, encoding="utf-8")
    scenario, interventions = load_interventions(path)
    runs = live_moves(scenario, interventions, "pervasive", 3, 1)
    for view in (runs.at_once, runs.settled):
        np.testing.assert_array_equal(view.outcomes[1], view.outcomes[0])
        assert (view.outcomes[2] != view.outcomes[0]).any(), "another design is another design"


def test_order_of_names_and_company_change_nothing():
    scenario, both = small("outsourcing", "funded_teams")
    _, turned = small("funded_teams", "outsourcing")
    first, second = (live_moves(scenario, some, "pervasive", 3, 1).settled for some in (both, turned))
    for name in (NOTHING, *both, "pervasive"):
        np.testing.assert_array_equal(first.outcomes[first.designs.index(name)], second.outcomes[second.designs.index(name)])


def test_once_settled_is_the_same_move_seen_a_year_later():
    """The move takes place on the same day of the same history; only what is counted begins later."""
    scenario, interventions = small("restructured_it")
    later = changed(scenario, {"run.warm_up": 300 + SETTLED, "run.days": 240})
    early = intervention_path(scenario, interventions["restructured_it"])
    late = intervention_path(later, earlier(interventions["restructured_it"], SETTLED))
    assert early.turns == late.turns == (300,)
    worlds = []
    for path in (early, late):
        w = path.begin(4)
        kernel.run_days(w, 0, 300)
        w = path.turn(w, 300)
        kernel.run_days(w, 300, 420)
        worlds.append(w)
    for table in ("items", "teams", "liaisons", "leaders", "lines"):
        one, other = (getattr(w, table)[: w.firm[0].raised if table == "items" else None] for w in worlds)
        for field in one.dtype.names:
            if field not in ("earned", "valued"):  # money is counted from the first counted day
                assert one[field].tobytes() == other[field].tobytes(), f"{table}.{field}"
    assert worlds[1].firm[0].spend_moving == 0.0 < worlds[0].firm[0].spend_moving, "its bill is paid before anything counts"


def test_people_who_left_before_anything_counts_are_not_counted():
    """Attrition is per post and year of the counted days: a cut a year before them leaves as many posts as it leaves people."""
    scenario, interventions = small("budget_cut")
    later = changed(scenario, {"run.warm_up": 300 + SETTLED})
    w = kernel.simulate_path(intervention_path(later, earlier(interventions["budget_cut"], SETTLED)), 2)
    assert w.firm[0].post_days == w.firm[0].hours_between == 0.0
    assert w.firm[0].stretch_from == w.firm[0].counting_from


def test_pairs_hold_both_and_never_two_of_a_kind():
    _, alone = small()
    _, found = small(in_pairs=True)
    pairs = {name: each for name, each in found.items() if AND in name}
    assert set(found) - set(pairs) == set(alone)
    for name, each in pairs.items():
        one, other = name.split(AND)
        assert sorted(event.kind for event in each.events) == sorted(
            event.kind for event in (*alone[one].events, *alone[other].events))  # fmt: skip
        assert len({event.kind for event in each.events}) == len(each.events)
    assert f"better_leader{AND}worse_leader" not in pairs
    assert f"embedded{AND}funded_teams" in pairs or f"funded_teams{AND}embedded" in pairs


@pytest.mark.parametrize(("names", "more", "told"), [
    (("outsorcing",), {}, "outsourcing"), ((), {"design": "partnershp"}, "partnership"), ((), {"other": "pervasiv"}, "pervasive"),
    ((), {"other": "partnership"}, "is the design that is changed"),
])  # fmt: skip
def test_what_does_not_exist_is_told_with_the_nearest_name(names, more, told):
    with pytest.raises(InputError, match=told):
        small(*names, **more)


def test_a_move_beyond_the_counted_days_is_told(tmp_path):
    path = tmp_path / "late.toml"
    path.write_text(NO_SIZE + '[intervention.late]\ndesign = "partnership"\n[[intervention.late.event]]\nday = 239\nkind = "embed"\n',
                    encoding="utf-8")  # fmt: skip
    with pytest.raises(InputError, match="day"):
        load_interventions(path, overrides=[("run.days", "120")])
