"""Move: on a dated morning the world of one design becomes the world of another; people, items, money and days are conserved.

A step writes only what its two designs differ in, so that a step to the same design writes nothing. Where nobody changes place,
that is all: rights and rules hold from this morning. Else everybody is seated anew, fields of single rows are carried as the
tables below say, and `sim.model.refile` finds every open item its home, queue or hand.
"""

from __future__ import annotations

import numpy as np

from sim.core.jit import entry
from sim.model.begin import Blueprint
from sim.model.flows import Flow, people_flow
from sim.model.refile import change_rights as _change_rights
from sim.model.refile import regroup as _regroup
from sim.model.state import TABLES
from sim.model.world import World
from sim.organisation.structure import Structure

_regroup_all, _change = entry(_regroup), entry(_change_rights)

TEAM_STOCKS = ("run_backlog", "duty", "idle", "busy", "experiment_effort")
"""Fields of teams that people take along in proportion: their sums over all teams stay what they were."""

TEAM_COUNTS = ("experiments",)
"""Whole numbers of teams that go where most of their people go."""

TEAM_MEANS = ("experiment_share",)
"""Fields of teams that become the mean over their people, where the two designs do not differ in them."""

TEAM_OTHERS = ("unsettled", "wip", "hand", "believed", "disbelieved", "acted", "shown", "denied", "score", "peers")
"""Fields of teams that `sim.model.refile` and the mechanism reorganise fill, or that the next round of learning fills anew."""

HOME_STOCKS = ("delivered",)
"""Fields of homes that go where most of a home's people go, if its place is given up."""

HOME_OTHERS = ("run_today", "run_given", "duty_given", "duty_owed", "load", "pace", "time_today")
"""Fields of homes that the day, `sim.model.refile` or `_paces` fills; every other one stays with its place."""

CALENDAR = (
    ("next_board", "board_interval"), ("next_window", "funding_interval"), ("next_train", "release_interval"),
    ("next_reading", "metrics_interval"),
)  # fmt: skip
"""Dates that stay unless they are later than one new interval from today."""


def take_over(now: np.ndarray, before: np.ndarray, after: np.ndarray) -> None:
    """Write into the records of `now` what `before` and `after`, of the same shape, differ in."""
    for name in now.dtype.names or ():
        different = before[name] != after[name]
        if different.any():
            now[name][different] = after[name][different]


def same_seats(before: Structure, after: Structure) -> bool:
    """Whether nobody changes place, home, team or what the team can do."""
    if before.homes != after.homes:
        return False
    pairs = (
        (before.team_home, after.team_home), (before.team_people, after.team_people), (before.team_holds, after.team_holds),
        (before.liaison_unit, after.liaison_unit), (before.liaison_people, after.liaison_people),
    )  # fmt: skip
    return all(np.array_equal(one, other) for one, other in pairs)


def move(w: World, before: Blueprint, after: Blueprint, day: int, reshuffled: float = 0.0) -> World:
    """The world of this morning under the new design; the old one is used up.

    before, after  the design that the world has lived under, and the one that it lives under from this day on
    day            counted from the first simulated day
    reshuffled     share of the pools' people who change teams within their pool as well
    """
    if same_seats(before.structure, after.structure) and reshuffled == 0.0:
        for name in ("p", "firm", "units", "homes", "teams", "liaisons", "leaders"):
            take_over(getattr(w, name), getattr(before.world, name), getattr(after.world, name))
        moved = w
    else:
        flow = people_flow(before.structure, after.structure, reshuffled)
        moved = _seated_anew(w, before, after, flow)
        _regroup_all(moved, w, flow, day)
    _note_date(moved, before, after, day)
    _change(
        moved, day, int((before.world.firm["own_authority"] != after.world.firm["own_authority"]).any()),
        int(before.values["funding_persistence"] != after.values["funding_persistence"]),
    )  # fmt: skip
    return moved


def _note_date(w: World, before: Blueprint, after: Blueprint, day: int) -> None:
    """Bring dates forward that a shorter interval overtakes, and sum up what liaisons have cost so far."""
    firm = w.firm[0]
    for date, interval in CALENDAR:
        if before.values[interval] != after.values[interval]:
            firm[date] = min(firm[date], day + max(1.0, after.values[interval]))
    if before.values["liaisons_per_unit"] != after.values["liaisons_per_unit"]:
        since = int(firm.stretch_from)
        firm.hours_between += before.values["liaisons_per_unit"] * before.values["units"] * (day - since)
        firm.stretch_from = day


def _seated_anew(w: World, before: Blueprint, after: Blueprint, flow: Flow) -> World:
    """The new design's world with every field that belongs to single rows; items, ties, hands and queues are still to be filled."""
    new = World(*(array.copy() for array in after.world))
    kept = {name: getattr(w, name).copy() for name in ("p", "firm", "units", "leaders")}
    for name, array in kept.items():
        take_over(array, getattr(before.world, name), getattr(after.world, name))
    new = new._replace(**kept, **{name: getattr(w, name) for name in ("items", "agenda", "rank", "tried", "series")})
    new.firm["unsettled"] = 0.0
    first = min(int(table["line"].min()) for table in (w.homes, w.liaisons, w.units, w.teams) if len(table))
    new.lines[:first] = w.lines[:first]  # the firm's own queues stay as they are
    _carry_liaisons(w, new)
    _carry_homes(w, new, after, flow)
    _carry_teams(w, new, before, after, flow)
    return new


def _state(table: str) -> list[str]:
    """Fields of a table that a mechanism writes."""
    return [name for name, field in TABLES[table].items() if field.owner != "structure"]


def _carry_liaisons(w: World, new: World) -> None:
    places = {unit: row for row, unit in enumerate(w.liaisons["unit"].tolist())}
    for row, unit in enumerate(new.liaisons["unit"].tolist()):
        if unit in places:
            for name in _state("liaisons"):
                new.liaisons[name][row] = w.liaisons[name][places[unit]]


def _carry_homes(w: World, new: World, after: Blueprint, flow: Flow) -> None:
    there = np.flatnonzero(flow.was >= 0)
    for name in _state("homes"):
        if name in HOME_STOCKS:
            new.homes[name] = 0
            np.add.at(new.homes[name], flow.heir_home, w.homes[name])
        elif name not in HOME_OTHERS:
            new.homes[name][there] = w.homes[name][flow.was[there]]
    _paces(w, new, flow)


def _paces(w: World, new: World, flow: Flow) -> None:
    """A home's pace is that of its people where they were; who comes from elsewhere is expected to do what a beginner's home does."""
    alike = (w.homes["builds"][:, None] == new.homes["builds"][None, :]) * flow.by_home
    per_head = np.divide(w.homes["pace"], w.homes["people"], out=np.zeros(len(w.homes)), where=w.homes["people"] > 0.0)
    first = np.divide(new.homes["pace"], new.homes["people"], out=np.zeros(len(new.homes)), where=new.homes["people"] > 0.0)
    others = np.maximum(0.0, new.homes["people"] - alike.sum(axis=0))
    new.homes["pace"] = _summed(per_head, alike) + first * others


def _summed(amounts: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """What comes together where each amount is divided into parts; added up row by row, so that every machine rounds alike."""
    return (amounts[:, None] * parts).sum(axis=0)


def _carry_teams(w: World, new: World, before: Blueprint, after: Blueprint, flow: Flow) -> None:
    """Stocks go with people, counts with most of them; where none of a team's people are in a team any more, everybody takes part."""
    total = flow.people.sum(axis=1, keepdims=True)
    everybody = (new.teams["people"] / new.teams["people"].sum())[None, :]
    parts = np.where(total > 0.0, flow.people / np.where(total > 0.0, total, 1.0), everybody)
    for name in TEAM_STOCKS:
        new.teams[name] = _summed(w.teams[name], parts)
    for name in TEAM_COUNTS:
        np.add.at(new.teams[name], flow.heir, w.teams[name])
    came = flow.people.sum(axis=0)
    for name in TEAM_MEANS:
        if before.world.teams[name][0] == after.world.teams[name][0]:
            means = (_summed(w.teams[name], flow.people) + new.teams[name] * flow.outside) / (came + flow.outside)
            new.teams[name] = np.where(came > 0.0, means, new.teams[name])
