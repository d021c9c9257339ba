"""Work items from a CSV file, as any tracker can write it: created, started, finished, kind, team.

    created, started, finished  dates, YYYY-MM-DD (a time after it is not read); started and finished may be empty
    kind, team                  any words; both columns may be missing

Dates become working days, Monday to Friday; holidays are not known. What was done on a weekend counts on the Monday after.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from sim.core.errors import InputError, did_you_mean
from sim.experiment.lives import NEVER, Lives
from sim.scenario.words import printable

DATES = ("created", "started", "finished")
COLUMNS = (*DATES, "kind", "team")
NEEDED = ("created", "finished")
FEWEST_FINISHED = 30
SHORTEST = 60
"""Working days that a window has at least: three months."""

EXAMPLE = "a date as in 2025-03-31"


@dataclass(frozen=True)
class Item:
    """One row: dates as they stand there, None where empty."""

    created: date
    started: date | None
    finished: date | None
    kind: str
    team: str


@dataclass(frozen=True)
class WorkItems:
    """A file that was read.

    lives    what was asked for in the window
    first, last  of the window
    left_out     reason → how many rows, of those that were not counted
    """

    lives: Lives
    first: date
    last: date
    left_out: Mapping[str, int]


def read_work_items(path: Path, label: str, kinds: Collection[str] = (), first: date | None = None, last: date | None = None) -> WorkItems:
    """Read a file; kinds are those that count, all where none is named; first and last bound the window, else the dates in the file do.

    Raises InputError, naming file and line, where a row cannot be what it says, or where there is too little for any statistic.
    """
    rows = list(_rows(path, label))
    known = sorted({row.kind for row in rows})
    for kind in kinds:
        if kind not in known:
            raise InputError(label, f"no item is of the kind {printable(kind)!r}", "", did_you_mean(kind, known))
    counted = [row for row in rows if not kinds or row.kind in kinds]
    first = first or min(row.created for row in counted)
    last = last or max(day for row in counted for day in (row.created, row.started, row.finished) if day is not None)
    days = _day(last, first) + 1
    if days < SHORTEST:
        raise InputError(label, f"holds {days} working days, {first} to {last}", f"{SHORTEST} or more", "export a longer time")
    inside = [row for row in counted if first <= row.created <= last]
    lives = _lives(inside, first, last, days)
    finished = int((lives.finished >= 0).sum())
    if finished < FEWEST_FINISHED:
        raise InputError(label, f"{finished} items were created and finished from {first} to {last}", f"{FEWEST_FINISHED} or more",
                         "export a longer time, or more kinds of items")  # fmt: skip
    left_out = {"of another kind": len(rows) - len(counted), f"created before {first} or after {last}": len(counted) - len(inside)}
    return WorkItems(lives, first, last, {reason: count for reason, count in left_out.items() if count})


def _lives(rows: list[Item], first: date, last: date, days: int) -> Lives:
    def column(dates: list[date | None]) -> np.ndarray:
        return np.array([NEVER if day is None or day > last else _day(day, first) for day in dates], int)

    teams = {name: number for number, name in enumerate(sorted({row.team for row in rows} - {""}))}
    created = column([row.created for row in rows])
    started, finished = column([row.started for row in rows]), column([row.finished for row in rows])
    return Lives(created, started, finished, np.array([teams.get(row.team, NEVER) for row in rows], int), days)


def _day(day: date, first: date) -> int:
    """Working days from the first of the window to a day; a weekend is the Monday after."""
    return int(np.busday_count(first, day))


def _rows(path: Path, label: str) -> Iterator[Item]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            head = [name.strip().casefold() for name in next(reader, [])]
            _check_head(head, label)
            found = False
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    found = True
                    yield _item(dict(zip(head, cells, strict=False)), len(cells), len(head), f"{label}:{reader.line_num}")
    except OSError as error:
        raise InputError(label, f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(label, "is not a text file in UTF-8", remedy="save it as CSV UTF-8") from None
    except csv.Error as error:
        raise InputError(f"{label}:{reader.line_num}", f"is not CSV: {error}") from None
    if not found:
        raise InputError(label, "holds no items", f"a first line with {', '.join(COLUMNS)}, then a line an item")


def _check_head(head: list[str], label: str) -> None:
    for name in NEEDED:
        if name not in head:
            known = [column for column in head if column]
            nearest = did_you_mean(name, known) if known else ""
            remedy = nearest if nearest.startswith("did") else f"the columns are {printable(', '.join(known), 120)}" if known else ""
            raise InputError(f"{label}:1", f"there is no column {name}", f"columns, between commas: {', '.join(COLUMNS)}", remedy)
    for name in COLUMNS:
        if head.count(name) > 1:
            raise InputError(f"{label}:1", f"two columns are called {name}", "one of each")


def _item(row: Mapping[str, str], cells: int, columns: int, where: str) -> Item:
    if cells > columns:
        raise InputError(where, f"has {cells} cells", f"{columns}, as the first line has", "put text with commas between quotation marks")
    dates = {name: _date(row.get(name, ""), name, where) for name in DATES}
    created, started, finished = (dates[name] for name in DATES)
    if created is None:
        raise InputError(where, "created is empty", EXAMPLE, "leave the row out, or say when it was asked for")
    if started is not None and started < created:
        raise InputError(where, f"started {started} is before created {created}", "dates in the order created, started, finished")
    if finished is not None and finished < (started or created):
        earlier = f"started {started}" if started is not None else f"created {created}"
        raise InputError(where, f"finished {finished} is before {earlier}", "dates in the order created, started, finished")
    return Item(created, started, finished, row.get("kind", "").strip(), row.get("team", "").strip())


def _date(text: str, name: str, where: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        found = f"{name} = {printable(text)!r} is not a date"
        raise InputError(where, found, EXAMPLE, "export dates as YYYY-MM-DD") from None
