"""Carry: which fields of teams and homes go where in a move, when everybody is seated anew."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from sim.model.begin import Blueprint
from sim.model.flows import Flow
from sim.model.mechanisms.talent import heads_of
from sim.model.world import World

TEAM_STOCKS = ("run_backlog", "duty", "idle", "busy", "experiment_effort")
"""Fields of teams that people take along in proportion: their sums over all teams stay what they were."""

TEAM_COUNTS = ("experiments",)
"""Whole numbers of teams that go where most of their people go."""

TEAM_PEOPLE = ("vacant", "onboarding")
"""Parts of a team's posts: they go where the posts go, and go with posts that are given up."""

TEAM_MEANS = MappingProxyType({"experiment_share": "experiment_budget"})
"""Fields of teams that become the mean over their people, where the two designs do not differ in the coordinate that sets them."""

TEAM_OTHERS = (
    "unsettled", "wip", "hand", "believed", "disbelieved", "acted", "refrained", "shown", "denied", "score", "peers", "covered", "vendors",
    "output_share",
)  # fmt: skip
"""Fields of teams that `sim.model.refile`, reorganise and `_carry_contracts` fill, or that the next day or round fills anew."""

HOME_STOCKS = ("delivered", "support_owed")
"""Fields of homes that go to a home's heir, if its place is given up."""

HOME_MEANS = ("divergence",)
"""Fields of homes that people bring along from where they built: the mean over those who did."""

HOME_PLACES = ("promise",)
"""Fields of homes that stay with their place."""

HOME_OTHERS = (
    "run_today", "run_given", "duty_given", "duty_owed", "load", "load_of", "time_today", "bought_today", "repaid", "free",
    "vacant", "pace", "own_pace", "vendors", "bought_share",
)  # fmt: skip
"""Fields of homes that the day, `sim.model.refile` or `_carry_contracts` fills."""


def _summed(amounts: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """What comes together where each amount is divided into parts; added up row by row, so that every machine rounds alike."""
    return (amounts[:, None] * parts).sum(axis=0)


def _per(amounts: np.ndarray, wholes: np.ndarray) -> np.ndarray:
    """Amounts by what they are amounts of; 0 where that is nothing."""
    return np.divide(amounts, wholes, out=np.zeros(np.broadcast_shapes(amounts.shape, wholes.shape)), where=wholes > 0.0)


def carry_homes(w: World, new: World, flow: Flow) -> None:
    """Fill the homes of a new world from those of an old one."""
    there = np.flatnonzero(flow.was >= 0)
    for name in HOME_PLACES:
        new.homes[name][there] = w.homes[name][flow.was[there]]
    for name in HOME_STOCKS:
        new.homes[name] = 0
        np.add.at(new.homes[name], flow.heir_home, w.homes[name])
    built = flow.by_home * (w.homes["builds"][:, None] > 0)
    for name in HOME_MEANS:
        new.homes[name] = _per(_summed(w.homes[name], built), built.sum(axis=0))
    _carry_contracts(w, new, flow)


def _carry_contracts(w: World, new: World, flow: Flow) -> None:
    """Contracts stay as many and go with the people whom vendors work beside; from then on they follow the new design.

    A home's own pace is that of its people where they were; who comes from elsewhere is expected to do what a beginner's home does.
    """
    homes, people = new.homes, new.homes["people"]
    alike = (w.homes["builds"][:, None] == homes["builds"][None, :]) * flow.by_home
    first = _per(homes["own_pace"], people)
    homes["own_pace"] = _summed(_per(w.homes["own_pace"], w.homes["people"]), alike) + first * np.maximum(0.0, people - alike.sum(axis=0))
    beside = flow.by_home * (homes["builds"] > 0)
    whole = beside.sum(axis=1, keepdims=True)
    builders = (people * (homes["builds"] > 0))[None, :]
    parts = np.where(whole > 0.0, _per(beside, whole), builders / builders.sum())
    homes["vendors"] = _summed(w.homes["vendors"], parts)
    homes["pace"] = homes["own_pace"] + _summed(np.maximum(0.0, w.homes["pace"] - w.homes["own_pace"]), parts)
    time = homes["vendors"] * new.p["availability"][0]
    homes["bought_share"] = _per(time, homes["own_pace"] + time)
    home = new.teams["home"]
    new.teams["vendors"] = homes["vendors"][home] * new.teams["people"] / people[home]


def carry_teams(w: World, new: World, before: Blueprint, after: Blueprint, flow: Flow) -> None:
    """Stocks go with people, counts with most of them; where none of a team's people are in a team any more, everybody takes part."""
    total = flow.people.sum(axis=1, keepdims=True)
    everybody = (new.teams["people"] / new.teams["people"].sum())[None, :]
    parts = np.where(total > 0.0, _per(flow.people, total), everybody)
    for name in TEAM_STOCKS:
        new.teams[name] = _summed(w.teams[name], parts)
    for name in TEAM_COUNTS:
        np.add.at(new.teams[name], flow.heir, w.teams[name])
    came = flow.people.sum(axis=0)
    rows = 1 + new.homes["unit"][new.teams["home"]]
    for name, coordinate in TEAM_MEANS.items():
        stay = before.world.p[coordinate][rows] == after.world.p[coordinate][rows]
        means = (_summed(w.teams[name], flow.people) + new.teams[name] * flow.outside) / (came + flow.outside)
        new.teams[name] = np.where((came > 0.0) & stay, means, new.teams[name])
    _carry_posts(w, new, flow, parts)


def _carry_posts(w: World, new: World, flow: Flow, parts: np.ndarray) -> None:
    """Vacancies and newcomers go with posts, and posts that are new are vacant. Only who is there becomes a liaison."""
    teams, people = new.teams, new.teams["people"]
    rate = flow.people / w.teams["people"][:, None]
    for name in TEAM_PEOPLE:
        teams[name] = _summed(w.teams[name], rate)
    behind = w.teams["vacant"] * flow.liaisons / w.teams["people"]
    teams["vacant"] += flow.posts + _summed(behind, parts)
    one = (flow.people > 0.0).sum(axis=0) == 1
    whole = ((flow.people == w.teams["people"][:, None]) & (flow.people == people[None, :])).any(axis=0)
    teams["vacant"] = whole_posts(teams["vacant"], people, ~(one & whole))
    teams["onboarding"] = np.minimum(teams["onboarding"], np.maximum(0.0, people - teams["vacant"]))


def whole_posts(vacant: np.ndarray, people: np.ndarray, regrouped: np.ndarray) -> np.ndarray:
    """Vacancies of regrouped teams brought together to whole posts: what a team has beyond them goes to the next one.

    vacant, people  (T,)  vacant and all posts of each team     [people]
    regrouped       (T,)  whether a team's vacancies may change
    Hiring fills whole posts, and would forget a tenth of one in each of ten teams.

    >>> whole_posts(np.array([0.5, 0.25, 0.5]), np.array([8.0, 8.0, 8.0]), np.array([True, True, True])).tolist()
    [1.0, 0.0, 0.0]
    """
    found = vacant.copy()
    beyond = 0.0
    for team in np.flatnonzero(regrouped):
        heads = heads_of(people[team])
        each = people[team] / heads
        wanted = vacant[team] + beyond
        posts = min(heads, max(0, math.floor(wanted / each + 0.5)))
        beyond = wanted - posts * each
        found[team] = posts * each
    return found
