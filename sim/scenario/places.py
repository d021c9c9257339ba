"""Where each key of a TOML text stands: `tomllib` reads values and forgets their lines, this remembers them.

The text has been read by `tomllib` before, so it is known to be valid; the scanner only has to find its way.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass

DEPTH = 5
"""Parts of a path that are remembered; no key of a scenario is deeper: transition.NAME.step.0.day."""

Path = tuple[str, ...]

_BLANK = re.compile(r"[ \t\n]+")
_COMMENT = re.compile(r"#[^\n]*")
_TRAILING = re.compile(r"[ \t]*#+([^\n]*)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL = re.compile(r"'[^']*'")
_LONG_BASIC = re.compile(r'"""(?:[^\\]|\\.)*?"""(?!"{1,2}(?!"))', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'''(?!'{1,2}(?!'))", re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]+")


@dataclass(frozen=True)
class Place:
    """Line number of a key, counted from 1, and the comment at the end of its line."""

    line: int
    comment: str = ""


def places(text: str) -> dict[Path, Place]:
    """Path of each table and key (its first `DEPTH` parts) → where it stands first.

    >>> places('[firm]\\nunits = 3  # small')[("firm", "units")]
    Place(line=2, comment='small')
    """
    return _Scanner(text.replace("\r\n", "\n")).scan()


class _Scanner:
    """One walk through the text, from key to key."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.starts = [0] + [match.end() for match in re.finditer("\n", text)]
        self.found: dict[Path, Place] = {}
        self.counts: dict[Path, int] = {}

    def scan(self) -> dict[Path, Place]:
        table: Path = ()
        while self._skip_blanks():
            start = self.at
            if self.text[self.at] == "[":
                brackets = 2 if self.text.startswith("[[", self.at) else 1
                self.at += brackets
                table = self._key()
                self.at += brackets
                self._remember(table, start)
                if brackets > 1:
                    table = self._numbered(table)
                    self._remember(table, start)
            else:
                self._pair(table)
        return self.found

    def _numbered(self, table: Path) -> Path:
        """The path of one more table of an array, its place in the array at the end."""
        self.counts[table] = self.counts.get(table, -1) + 1
        return (*table, str(self.counts[table]))

    def _pair(self, table: Path) -> None:
        """key = value, within `table`."""
        start = self.at
        path = (table + self._key())[:DEPTH]
        self.at += 1  # the equals sign
        self._remember(path, start)
        self._value(path)
        self._remember(path, start, self._comment_after())

    def _comment_after(self) -> str:
        """The comment that follows the value just read on its line."""
        match = _TRAILING.match(self.text, self.at)
        return match[1].strip() if match else ""

    def _remember(self, path: Path, start: int, comment: str = "") -> None:
        first = self.found.get(path[:DEPTH])
        line = first.line if first else bisect_right(self.starts, start)
        self.found[path[:DEPTH]] = Place(line, comment or (first.comment if first else ""))

    def _skip_blanks(self) -> bool:
        """Go past space and comments; False at the end of the text."""
        while match := _BLANK.match(self.text, self.at) or _COMMENT.match(self.text, self.at):
            self.at = match.end()
        return self.at < len(self.text)

    def _key(self) -> Path:
        """A dotted key, its quotes removed; leaves `at` on what follows it."""
        parts: list[str] = []
        while True:
            self._skip_blanks()
            match = _BARE.match(self.text, self.at)
            quoted = match or _BASIC.match(self.text, self.at) or _LITERAL.match(self.text, self.at)
            assert quoted is not None, "the text has been read by tomllib"
            self.at = quoted.end()
            if len(parts) < DEPTH:
                parts.append(quoted[0] if match else tomllib.loads(f"key = {quoted[0]}")["key"])
            self._skip_blanks()
            if self.text[self.at] != ".":
                return tuple(parts)
            self.at += 1

    def _value(self, path: Path) -> None:
        self._skip_blanks()
        opening = self.text[self.at]
        if opening in "[{":
            self._brackets(path, "]" if opening == "[" else "}")
            return
        for pattern in (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL, _SCALAR):
            if match := pattern.match(self.text, self.at):
                self.at = match.end()
                return

    def _brackets(self, path: Path, closing: str) -> None:
        """An array or an inline table, which may hold others."""
        self.at += 1
        while self._skip_blanks() and self.text[self.at] != closing:
            if self.text[self.at] == ",":
                self.at += 1
            elif closing == "]":
                self._value(path)
            else:
                self._pair(path)
        self.at += 1
