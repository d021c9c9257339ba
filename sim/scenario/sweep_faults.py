"""Saying what is wrong with a sweep's file: line, value, what is allowed, the nearest name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.core.errors import InputError, did_you_mean
from sim.scenario.document import Document
from sim.scenario.words import dotted, kind, number, shown


@dataclass(frozen=True)
class Reader:
    """One table of the file, with what its messages need.

    document  where it stands
    inside    its path
    data      its keys, unchecked
    """

    document: Document
    inside: tuple[str, ...]
    data: Mapping[str, object]

    def fault(self, key: str, found: str, allowed: str = "", remedy: str = "") -> InputError:
        """A fault of one key; of the whole table where `key` is empty."""
        path = (*self.inside, key) if key else self.inside
        parts = [part for part in (self.document.quote(path), allowed) if part]
        name = dotted(path)
        text = f"{name}{found}" if name else found.lstrip()
        return InputError(self.document.where(path), text, "        ".join(parts), remedy)

    def only(self, known: Iterable[str]) -> None:
        """Raise InputError for a key that is not known here."""
        known = list(known)
        for key in self.data:
            if key not in known:
                prefix = f"{dotted(self.inside)}." if self.inside else ""
                raise self.fault(key, ": unknown key", "", did_you_mean(key, known, prefix))

    def table(self, key: str) -> Reader:
        """The table below a key; an empty one where there is none."""
        found = self.data.get(key, {})
        if not isinstance(found, Mapping):
            raise self.fault(key, f" = {shown(found)} is {kind(found)}, not a table", "", f"write [{dotted((*self.inside, key))}]")
        return Reader(self.document, (*self.inside, key), found)

    def text(self, key: str, usual: str = "") -> str:
        found = self.data.get(key, usual)
        if not isinstance(found, str):
            raise self.fault(key, f" = {shown(found)} is {kind(found)}, not text")
        return " ".join("".join(letter if letter.isprintable() else " " for letter in found).split())

    def truth(self, key: str) -> bool:
        found = self.data.get(key, False)
        if not isinstance(found, bool):
            raise self.fault(key, f" = {shown(found)} is {kind(found)}, not true or false")
        return found

    def number(self, key: str, least: float, most: float, help_text: str, usual: float | None = None) -> float:
        """A finite number from `least` to `most`; `usual` where nothing is said, and an error where that is None."""
        if key not in self.data and usual is None:
            raise self.fault("", f" does not say {key}", help_text)
        found = self.data.get(key, usual)
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            raise self.fault(key, f" = {shown(found)} is {kind(found)}, not a number", help_text)
        if found != found or found in (float("inf"), float("-inf")):
            raise self.fault(key, f" = {shown(found)} is not a finite number", help_text)
        if not least <= found <= most:
            side = f"below the minimum {number(least)}" if found < least else f"above the maximum {number(most)}"
            raise self.fault(key, f" = {number(found)} is {side}", help_text)
        return found

    def whole(self, key: str, least: int, most: int, help_text: str, usual: int | None = None) -> int:
        found = self.number(key, least, most, help_text, usual)
        if found != int(found):
            raise self.fault(key, f" = {number(found)} is not a whole number", help_text)
        return int(found)

    def names(self, key: str) -> list[str]:
        """A list of texts, each once; empty where nothing is said."""
        found = self.data.get(key, [])
        if not isinstance(found, list):
            raise self.fault(key, f" = {shown(found)} is {kind(found)}, not a list")
        for place, name in enumerate(found):
            if not isinstance(name, str):
                raise self.fault(key, f" holds {shown(name)}, {kind(name)} where a name is wanted")
            if name in found[:place]:
                raise self.fault(key, f" names {shown(name)} twice", "each once")
        if key in self.data and not found:
            raise self.fault(key, " is empty", "at least one name, or no such line")
        return list(found)
