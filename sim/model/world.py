"""The world: all record arrays of one run in one bundle, which every rule takes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.model.state import TABLES, record_type


class World(NamedTuple):
    """State of one run. Each array holds the records of one table of `sim.model.state`; `p` holds the parameters.

    p         (1 + U,) every coordinate, firm field and parameter by its name, float64: the firm's, then each unit's, which differ in
                       coordinates at most. Row 1 + home.unit is what holds at a home: outside the units that is the firm's
    firm      (1,)     what there is once
    units     (U,)     business units
    homes     (H,)     where teams belong: units first, then the pool, then enabling teams
    teams     (T,)     teams, a home's in a row
    liaisons  (L,)     liaisons
    leaders   (U + 1,) unit leaders, then the technology leader
    ties      (U, H)   what a unit and a home know of and think of each other
    lines     (Q,)     queues, linked through `items.next`
    marks     (Q, 16)  items by whose place who joins a long queue finds its own, each one more than its row, 0 for none, int32
    items     (I,)     work items, in the order in which they were raised
    open_items  (I,)   rows of `items` that are open, in the order in which they were raised, int32: `firm.open_count` of them; what has
                       ended since they were last looked at is still among them
    agenda    (I,)     scratch: items up for a decision, int32
    rank      (I,)     scratch: what they are ranked by, float64
    tried     (2W, 64 W) found ideas: 1 where a technology and a market belief have been combined before, int8
    dependents         (L,)     units with a choice that depends on a choice in the architecture, choice by choice, int32
    dependents_before  (C + 1,) how many of them stand before a choice's own, int32
    series    (M, S)   monthly sums over the counted window, float64
    """

    p: np.ndarray
    firm: np.ndarray
    units: np.ndarray
    homes: np.ndarray
    teams: np.ndarray
    liaisons: np.ndarray
    leaders: np.ndarray
    ties: np.ndarray
    lines: np.ndarray
    marks: np.ndarray
    items: np.ndarray
    open_items: np.ndarray
    agenda: np.ndarray
    rank: np.ndarray
    tried: np.ndarray
    dependents: np.ndarray
    dependents_before: np.ndarray
    series: np.ndarray


class Record(np.record):  # type: ignore[misc]  # NumPy declares it final for type checkers only
    """A record whose fields come before NumPy's own attributes: an item's `size` is its work, not how many numbers it is."""

    def __getattribute__(self, name: str) -> Any:
        if name in np.record.__getattribute__(self, "dtype").fields:
            return self[name]
        return np.record.__getattribute__(self, name)


TYPES = {name: np.dtype((Record, record_type(name))) for name in TABLES}


def records(table: str, *shape: int) -> np.ndarray:
    """Zeroed records of one table, each read as `row.field` in compiled code and in plain Python."""
    return np.zeros(shape, TYPES[table])


def empty_items(rows: int) -> dict[str, np.ndarray]:
    """The arrays of a world that are as long as there is room for items, by name, with room for so many and none in it."""
    return {
        "items": records("items", rows), "open_items": np.zeros(rows, np.int32), "agenda": np.zeros(rows, np.int32),
        "rank": np.zeros(rows),
    }  # fmt: skip


def same(first: World, second: World) -> list[str]:
    """Names of the fields whose bytes differ between two worlds, e.g. ``["teams.run_backlog"]``; empty if none.

    Compared field by field: the padding between aligned fields is not state.
    """
    different = []
    for name, mine, other in zip(World._fields, first, second, strict=True):
        if mine.shape != other.shape:
            different.append(name)
        elif mine.dtype.names is None:
            if mine.tobytes() != other.tobytes():
                different.append(name)
        else:
            different += [f"{name}.{field}" for field in mine.dtype.names if mine[field].tobytes() != other[field].tobytes()]
    return different
