"""Flows: where the people of an old design's teams are in a new one. Deterministic, and nobody is lost on the way.

    who stays    of each place (a unit's home, a pool, what is set apart, enabling, a unit's liaisons) as many as both designs seat there
    who moves    the rest, in the order of rows, to the places that are still free
    from outside where the new design has more people: liaisons are hired, posts in teams are to be filled (talent)
    leaves       where it has fewer

Within a place and on the way to another, old and new teams are laid side by side and people go where they overlap, so that
colleagues stay together where they can. Whoever comes from another place, or into another team by a reshuffle, is new.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.organisation.structure import DATA_SCIENCE, Home, Structure

DUST = 1e-9
"""People fewer than this are rounding."""

Place = tuple[str, int]


class Flow(NamedTuple):
    """Who goes where; old rows first, new columns second.

    people     (T, T')  people by team
    new        (T, T')  of these, those who are new where they come to
    outside    (T',)    people of a team who were in no team before: liaisons, and posts that are new
    posts      (T',)    of these, posts that are new to the firm
    home_posts (H',)    posts that are new to the firm, by home
    by_home    (H, H')  people by home
    new_home   (H, H')  of these, those who are new there
    heir       (T,)     team that most of a team's people go to
    together   (T,)     team of the same place that more than half of a team's people go to, −1 for none
    heir_home  (H,)     home that takes over what a home has delivered and built
    home_of    (H,)     the same place in the new design, −1 where nobody builds there any more
    was        (H',)    the same place in the old design, −1 for none
    kept       (H,)     share of a home's people who stay in their place
    newcomers  people who are new where they are, liaisons and hired ones included, new posts not
    left       people who leave the firm
    """

    people: np.ndarray
    new: np.ndarray
    outside: np.ndarray
    posts: np.ndarray
    home_posts: np.ndarray
    by_home: np.ndarray
    new_home: np.ndarray
    heir: np.ndarray
    together: np.ndarray
    heir_home: np.ndarray
    home_of: np.ndarray
    was: np.ndarray
    kept: np.ndarray
    newcomers: float
    left: float


def place_of(home: Home) -> Place:
    """What a home is, so that it is found again in another design: a pool that does both takes the place of the engineers'."""
    if home.unit >= 0:
        return "unit", home.unit
    if home.apart:
        return "apart", 0
    if not home.builds:
        return "enabling", 0
    return "pool", 1 if home.specialism == DATA_SCIENCE else 0


def overlap(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """(A, B) lengths that intervals laid end to end have in common with others laid beside them.

    >>> overlap(np.array([2.0, 2.0]), np.array([3.0, 1.0])).tolist()
    [[2.0, 0.0], [1.0, 1.0]]
    """
    ends, others = np.cumsum(first)[:, None], np.cumsum(second)[None, :]
    common = np.minimum(ends, others) - np.maximum(ends - first[:, None], others - second[None, :])
    return np.where(common > DUST, common, 0.0)


def _groups(structure: Structure) -> tuple[list[Place], np.ndarray]:
    """Place and people of every team, and after them of every unit's liaisons."""
    places = [place_of(structure.homes[home]) for home in structure.team_home]
    places += [("liaison", int(unit)) for unit in structure.liaison_unit]
    return places, np.concatenate([structure.team_people, structure.liaison_people])


def _members(places: list[Place]) -> dict[Place, np.ndarray]:
    return {place: np.array([row for row, other in enumerate(places) if other == place]) for place in dict.fromkeys(places)}


def _stay(before: np.ndarray, after: np.ndarray, shuffled: float) -> tuple[np.ndarray, np.ndarray]:
    """(people, of these new) by team within one place, of which a share changes teams at random."""
    if shuffled == 0.0 and np.array_equal(before, after):
        return np.diag(before), np.zeros((len(before), len(after)))
    many = min(before.sum(), after.sum())
    parts, wholes = before * (many / before.sum()), after * (many / after.sum())
    spread = shuffled * np.outer(parts, wholes) / many
    strangers = np.arange(len(before))[:, None] != np.arange(len(after))[None, :]
    return (1.0 - shuffled) * overlap(parts, wholes) + spread, np.where(strangers, spread, 0.0)


def people_flow(before: Structure, after: Structure, shuffled: float = 0.0) -> Flow:
    """Who of `before` is where in `after`.

    shuffled  share of the pools' people who change teams within their pool, as when an IT unit is restructured
    """
    (old, old_people), (new, new_people) = _groups(before), _groups(after)
    flow = np.zeros((len(old), len(new)))
    strange = np.zeros(flow.shape)
    places = _members(new)
    for place, rows in _members(old).items():
        if place in places:
            cells = np.ix_(rows, places[place])
            flow[cells], strange[cells] = _stay(old_people[rows], new_people[places[place]], shuffled if place[0] == "pool" else 0.0)
    free, seats = old_people - flow.sum(axis=1), new_people - flow.sum(axis=0)
    moved = overlap(np.where(free > DUST, free, 0.0), np.where(seats > DUST, seats, 0.0))
    flow, strange = flow + moved, strange + moved
    hired, left = (np.where(rest > DUST, rest, 0.0) for rest in (new_people - flow.sum(axis=0), old_people - flow.sum(axis=1)))
    return _summed(before, after, flow, strange, hired, float(left.sum()))


def _by_home(flow: np.ndarray, before: Structure, after: Structure) -> np.ndarray:
    """Flows between teams, summed up between their homes."""
    rows = np.zeros((len(before.homes), flow.shape[1]))
    np.add.at(rows, before.team_home, flow)
    columns = np.zeros((len(after.homes), len(before.homes)))
    np.add.at(columns, after.team_home, rows.T)
    return np.ascontiguousarray(columns.T)


def _summed(
    before: Structure, after: Structure, flow: np.ndarray, strange: np.ndarray, hired: np.ndarray, left: float
) -> Flow:
    """The flow in all the ways in which the rules look at it."""
    teams, seats = len(before.team_home), len(after.team_home)
    people, new = np.ascontiguousarray(flow[:teams, :seats]), np.ascontiguousarray(strange[:teams, :seats])
    outside = after.team_people - people.sum(axis=0)
    by_home, new_home = _by_home(people, before, after), _by_home(new, before, after)
    places = {place_of(home): row for row, home in enumerate(after.homes)}
    rows = {place_of(home): row for row, home in enumerate(before.homes)}
    same = np.array([places.get(place_of(home), -1) for home in before.homes], np.int64)
    builds = np.array([home.builds and home.people > 0.0 for home in after.homes])
    inhabited = np.array([home.people > 0.0 for home in after.homes])
    largest = int(np.argmax(np.where(builds, [home.people for home in after.homes], -1.0)))
    # What is live or built may still be mended or brought into use, so a home that nobody is left in hands it on to builders.
    to_builders = by_home * builds
    heir_home = np.where((same >= 0) & inhabited[same], same, np.where(to_builders.any(axis=1), to_builders.argmax(axis=1), largest))
    first = people.argmax(axis=1)
    stay_put = same[before.team_home] == after.team_home[first]
    held = (after.team_holds[first] | ~before.team_holds).all(axis=1)
    core = people[np.arange(teams), first] > 0.5 * before.team_people
    old_people = np.array([home.people for home in before.homes])
    staying = np.array([by_home[row, place] if place >= 0 else 0.0 for row, place in enumerate(same)])
    return Flow(
        people=people,
        new=new,
        outside=np.where(outside > DUST, outside, 0.0),
        posts=np.ascontiguousarray(hired[:seats]),
        home_posts=np.bincount(after.team_home, weights=hired[:seats], minlength=len(after.homes)),
        by_home=by_home,
        new_home=new_home,
        heir=np.where(people.any(axis=1), first, int(np.argmax(after.team_people))).astype(np.int64),
        together=np.where(stay_put & held & core, first, -1).astype(np.int64),
        heir_home=heir_home.astype(np.int64),
        home_of=np.where((same >= 0) & builds[same], same, -1).astype(np.int64),
        was=np.array([rows.get(place_of(home), -1) for home in after.homes], np.int64),
        kept=np.minimum(1.0, staying / np.where(old_people > 0.0, old_people, 1.0)),
        newcomers=float(strange.sum() + hired[seats:].sum()),
        left=left,
    )
