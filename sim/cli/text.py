"""Plain text for the terminal: facts as lines, rows as columns."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence

from sim.scenario.words import number

GAP = "  "
NARROWEST = 24
"""Characters that the last column keeps, however narrow the terminal is."""


def cell(value: object) -> str:
    """One value as a person reads it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(cell, value)) or "none"
    return str(value)


def facts(things: Mapping[str, object]) -> str:
    """A thing in full: one line a fact, then each list of rows as a table under its name, and the text of a file as it is."""
    single = {key: value for key, value in things.items() if not _is_table(value) and not _is_file(value)}
    width = max((len(key) for key in single), default=0)
    lines = [_hanging(key.replace("_", " ").ljust(width) + GAP, cell(value)) for key, value in single.items()]
    for key, value in things.items():
        if _is_table(value):
            assert isinstance(value, list)
            lines += ["", key.replace("_", " "), table(value, indent=GAP)]
        elif _is_file(value):
            lines += ["", str(value).rstrip()]
    return "\n".join(lines)


def table(rows: Sequence[Mapping[str, object]], indent: str = "") -> str:
    """Rows as columns under their names; numbers to the right, the last column wrapped at the edge of the terminal."""
    names = list(rows[0])
    cells = [[name.replace("_", " ") for name in names]] + [[cell(row[name]) for name in names] for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    right = [all(isinstance(row[name], (int, float, type(None))) for row in rows) for name in names]
    return "\n".join(_line(line, widths, right, indent) for line in cells)


def _line(line: list[str], widths: list[int], right: list[bool], indent: str) -> str:
    parts = [text.rjust(width) if is_right else text.ljust(width) for text, width, is_right in zip(line, widths, right)]
    head = indent + "".join(part + GAP for part in parts[:-1])
    return _hanging(head, parts[-1].rstrip())


def _hanging(head: str, text: str) -> str:
    """Text after its head; wrapped lines begin under the text. Only a terminal needs wrapping: pipes get whole lines."""
    if not sys.stdout.isatty():
        return (head + text).rstrip()
    room = max(NARROWEST, shutil.get_terminal_size().columns - len(head))
    return (head + ("\n" + " " * len(head)).join(textwrap.wrap(text, room))).rstrip()


def _is_file(value: object) -> bool:
    return isinstance(value, str) and "\n" in value


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
