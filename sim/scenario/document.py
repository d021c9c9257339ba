"""Reading a TOML file: what can go wrong with files and text is said here, before anyone looks at keys."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from sim.core.errors import InputError
from sim.scenario import places
from sim.scenario.words import printable

LARGEST = 1 << 20
"""Bytes that a scenario file may have: 1 MiB, a thousand times what one needs."""

KEPT = 16
"""Files whose parsed text is kept: the shipped designs, a scenario and its base, and some more."""

EXAMPLE = 'the smallest one is one line: base = "branch_bank"'
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True)
class Document:
    """A TOML file that has been read.

    label  what messages call it: the path as the user wrote it, or the name of a shipped scenario
    path   the file
    text   what stands in it
    data   the same as dictionaries, unchecked; shared by all who read the same text, so not to be changed
    """

    label: str
    path: Path
    text: str
    data: Mapping[str, object]

    @cached_property
    def places(self) -> dict[places.Path, places.Place]:
        """Path of each key → its line and comment."""
        return places.places(self.text)

    def line(self, path: tuple[object, ...]) -> int | None:
        """Line of a key, or of the table around it where the key itself is not found; None for the whole file."""
        for length in range(len(path), 0, -1):
            place = self.places.get(tuple(map(str, path[:length])))
            if place:
                return place.line
        return None

    def where(self, path: tuple[object, ...]) -> str:
        """File and line, as messages begin: `bank.toml:14`."""
        line = self.line(path)
        return self.label if line is None else f"{self.label}:{line}"

    def quote(self, path: tuple[object, ...]) -> str:
        """The line itself with its number: ` 14 | board_interval = -7`."""
        line = self.line(path)
        return "" if line is None else f"{line:>3} | {_without_comment(self.text.splitlines()[line - 1])}"


def _without_comment(line: str) -> str:
    """A line without the comment at its end, where no quotation mark makes that doubtful."""
    code = line if '"' in line or "'" in line else line.split("#", 1)[0]
    return printable(code.strip(), 80)


def read_document(path: Path, label: str) -> Document:
    """Read and parse a TOML file.

    Raises InputError when it is missing, not a file, unreadable, too large, empty, not UTF-8 or not TOML.
    """
    text = _decoded(_contents(path, label), label)
    if not text.strip():
        raise InputError(label, "the file is empty", "a scenario says at least which firm it is about", EXAMPLE)
    return _parsed(label, path, text)


@lru_cache(maxsize=KEPT)
def _parsed(label: str, path: Path, text: str) -> Document:
    """The document of a text; the same one for the same text, so that what every scenario begins with is parsed once."""
    try:
        return Document(label, path, text.replace("\r\n", "\n"), tomllib.loads(text))
    except RecursionError:
        raise InputError(label, "is nested too deeply to be a scenario") from None
    except ValueError as error:  # TOMLDecodeError, or a number of thousands of digits
        raise _not_toml(label, text, str(error)) from None


def _contents(path: Path, label: str) -> bytes:
    """The bytes of the file, at most `LARGEST`."""
    try:
        if path.is_dir():
            raise InputError(label, "is a directory, not a file", "", "give the path of a TOML file")
        with path.open("rb") as file:
            contents = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise InputError(label, "there is no such file") from None
    except PermissionError:
        raise InputError(label, "may not be read: permission denied", "", "change the permissions of the file or its folder") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(printable(label, 200), f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(contents) > LARGEST:
        raise InputError(label, f"is larger than {LARGEST >> 20} MiB, too large for a scenario")
    return contents


def _decoded(contents: bytes, label: str) -> str:
    try:
        return contents.decode("utf-8-sig")  # some editors begin files with a byte-order mark
    except UnicodeDecodeError as error:
        line = contents.count(b"\n", 0, error.start) + 1
        raise InputError(f"{label}:{line}", "is not a text file in UTF-8", f"byte {error.start} is 0x{contents[error.start]:02x}") from None


def _not_toml(label: str, text: str, message: str) -> InputError:
    """tomllib's complaint with file and line in front, and the line quoted."""
    match = _AT_LINE.search(message)
    lines = text.replace("\r\n", "\n").split("\n")
    line = int(match[1]) if match else len(lines) if message.endswith("(at end of document)") else None
    complaint = _AT_LINE.sub("", message).replace(" (at end of document)", " at the end of the file")
    if "integer string conversion" in complaint:
        complaint = "a number has thousands of digits"
    found = f"is not valid TOML: {printable(complaint, 200)}"
    if line is None:
        return InputError(label, found)
    quoted = printable(lines[line - 1].strip(), 80) if line <= len(lines) else ""
    return InputError(f"{label}:{line}", found, f"{line:>3} | {quoted}" if quoted else "")
