"""Move: on a dated morning the world of one design becomes the world of another; people, items, money and days are conserved.

A step writes only what its two designs differ in, so that a step to the same design writes nothing. Where nobody changes place,
that is all: rights and rules hold from this morning. Else everybody is seated anew, fields of single rows are carried as the
tables of `sim.model.carry` say, and `sim.model.refile` finds every open item its home, queue or hand.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.jit import entry
from sim.model.begin import Blueprint
from sim.model.carry import TEAM_MEANS, carry_homes, carry_teams
from sim.model.flows import Flow, people_flow
from sim.model.refile import change_rights as _change_rights
from sim.model.refile import regroup as _regroup
from sim.model.state import TABLES
from sim.model.world import World, empty_items
from sim.organisation.structure import Structure

_regroup_all, _change = entry(_regroup), entry(_change_rights)

CALENDAR = (
    ("next_board", "board_interval"), ("next_window", "funding_interval"), ("next_train", "release_interval"),
    ("next_reading", "metrics_interval"),
)  # fmt: skip
"""Dates that stay unless they are later than one new interval from today."""


def take_over(now: np.ndarray, before: np.ndarray, after: np.ndarray, names: Iterable[str]) -> None:
    """Write into the records of `now` what `before` and `after`, of the same shape, differ in, among the fields named."""
    for name in names:
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
        for name in ("p", "firm", "units", "homes", "teams", "liaisons"):
            take_over(getattr(w, name), getattr(before.world, name), getattr(after.world, name), _of_design(name, w))
        _carry_leaders(w.leaders, before, after)
        moved = w
    else:
        flow = people_flow(before.structure, after.structure, reshuffled)
        moved = _seated_anew(w, before, after, flow)
        _regroup_all(moved, w, flow, day)
    _note_date(moved, before, after, day)
    hired_alike = np.array_equal(before.world.leaders["hired"], after.world.leaders["hired"])
    judgement = _differ(before, after, "visibility") or not hired_alike
    decisions = _differ(before, after, "delegation")
    _change(moved, day, int(judgement), int(decisions), int(_differ(before, after, "funding_persistence")))
    return moved


def _differ(before: Blueprint, after: Blueprint, coordinate: str) -> bool:
    """Whether the firm or any unit has another value of a coordinate."""
    return bool((before.world.p[coordinate] != after.world.p[coordinate]).any())


def _note_date(w: World, before: Blueprint, after: Blueprint, day: int) -> None:
    """Bring dates forward that a shorter interval overtakes, and sum up how many people there were so far."""
    firm = w.firm[0]
    for date, interval in CALENDAR:
        if before.values[interval] != after.values[interval]:
            firm[date] = min(firm[date], day + max(1.0, after.values[interval]))
    was, liaisons = before.world.firm[0], "liaisons_per_unit"
    if (was.seated, was.people, before.values[liaisons]) != (firm.seated, firm.people, after.values[liaisons]):
        days = max(0, day - int(firm.stretch_from))  # what is moved before anything counts has lasted no counted day
        firm.hours_between += before.values[liaisons] * before.values["units"] * days
        firm.seat_days += was.seated * days
        firm.post_days += was.people * days
        firm.stretch_from = max(day, int(firm.stretch_from))


def _of_design(table: str, w: World) -> list[str]:
    """Fields of a table that a design decides on at once, where nobody changes place."""
    names = list(getattr(w, table).dtype.names)
    if table in ("homes", "teams"):  # contracts, pace and what people know of each other follow day by day
        return [name for name in names if TABLES[table][name].owner == "structure" or name in TEAM_MEANS]
    return names


def _carry_leaders(leaders: np.ndarray, before: Blueprint, after: Blueprint) -> None:
    """Leaders know as much more, or less, as those who are hired for their post now: what they have learned there stays."""
    was, now = before.world.leaders, after.world.leaders
    other = was["hired"] != now["hired"]
    fluency = leaders["fluency"] + (now["hired"] - was["hired"])
    leaders["fluency"][other] = np.clip(fluency, 0.0, 1.0)[other]
    take_over(leaders, was, now, ("hired", "unit", "line"))


def _seated_anew(w: World, before: Blueprint, after: Blueprint, flow: Flow) -> World:
    """The new design's world with every field that belongs to single rows; items, ties, hands and queues are still to be filled."""
    new = World(*(array.copy() for array in after.world))
    kept = {name: getattr(w, name).copy() for name in ("p", "firm", "units", "leaders")}
    for name in ("p", "firm", "units"):
        take_over(kept[name], getattr(before.world, name), getattr(after.world, name), _of_design(name, w))
    _carry_leaders(kept["leaders"], before, after)
    stays = (*empty_items(0), "tried", "dependents", "dependents_before", "series")
    new = new._replace(**kept, **{name: getattr(w, name) for name in stays})
    new.firm["unsettled"] = 0.0
    first = int(w.homes["line"][0])
    new.lines[:first] = w.lines[:first]  # queues that every design has stay as they are
    _carry_liaisons(w, new)
    carry_homes(w, new, flow)
    carry_teams(w, new, before, after, flow)
    return new


def _carry_liaisons(w: World, new: World) -> None:
    places = {unit: row for row, unit in enumerate(w.liaisons["unit"].tolist())}
    kept = [name for name, field in TABLES["liaisons"].items() if field.owner != "structure"]
    for row, unit in enumerate(new.liaisons["unit"].tolist()):
        if unit in places:
            for name in kept:
                new.liaisons[name][row] = w.liaisons[name][places[unit]]
