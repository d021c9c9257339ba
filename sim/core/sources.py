"""The sources behind the numbers: read once from sources.toml beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sim.core.parameters import ASSUMPTION

FILE = Path(__file__).with_name("sources.toml")
DEFINITION = "definition"
READ, RECALLED = "read", "recalled"


@dataclass(frozen=True)
class Source:
    """A publication that numbers or rules are taken from.

    cite        authors, year, title and place, as in a list of references
    provenance  "read" where the text was at hand, "recalled" where it is quoted from general knowledge and not checked
    gives       what the model takes from it
    """

    cite: str
    provenance: str
    gives: str

    def __post_init__(self) -> None:
        if self.provenance not in (READ, RECALLED):
            raise ValueError(f"provenance is {READ} or {RECALLED}, not {self.provenance}: {self.cite}")


@cache
def sources() -> Mapping[str, Source]:
    """Key → source, by key.

    Raises TypeError where an entry lacks a part or has one too many.
    """
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return MappingProxyType({key: Source(**entry) for key, entry in sorted(entries.items())})


def is_cited(source: str) -> bool:
    """True where a parameter's or outcome's source names a publication, not an assumption or a definition."""
    return key_of(source) not in (ASSUMPTION, DEFINITION)


def key_of(source: str) -> str:
    """The key in `march1991: page 75`."""
    return source.split(":", 1)[0].strip()
