"""Sources: what the model's equations and numbers rest on, and how far each was checked (sources.toml).

A text names a source in one of two ways: a parameter's or outcome's `source` begins with its key
("march1991: figure 1"), and any text can hold the key in square brackets ([march1991]).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from importlib import resources
from types import MappingProxyType

from sim.core.errors import did_you_mean
from sim.core.parameters import ASSUMPTION

PROVENANCES = MappingProxyType({
    "read": "read in the publication",
    "recalled": "from general knowledge, not checked against the publication",
    "computed": "recomputed independently, and agrees",
})  # fmt: skip

DEFINITION = "definition"
WITHOUT_SOURCE = frozenset({ASSUMPTION, DEFINITION})
"""First words of a `source` that stand for no publication: a guess with its reason, and a mere choice of words."""

_KEY = re.compile(r"[a-z]+\d{4}[a-z]?")
_BRACKETED = re.compile(rf"\[({_KEY.pattern})\]")


@dataclass(frozen=True)
class Source:
    """One publication.

    reference   author, year, title and where it was published
    taken       what the model takes from it
    provenance  key of PROVENANCES: how far what was taken has been checked

    Raises ValueError for an empty text and for a provenance that is not one.
    """

    reference: str
    taken: str
    provenance: str

    def __post_init__(self) -> None:
        for field in fields(self):
            if not str(getattr(self, field.name)).strip():
                raise ValueError(f"a source needs its {field.name}: {self}")
        if self.provenance not in PROVENANCES:
            raise ValueError(f"provenance {self.provenance!r}: {did_you_mean(self.provenance, PROVENANCES)}")


def parse_sources(text: str) -> Mapping[str, Source]:
    """Sources by key from TOML text, read-only, in its order; ValueError names the table that is at fault."""
    expected = {field.name for field in fields(Source)}
    found = {}
    for key, table in tomllib.loads(text).items():
        if not _KEY.fullmatch(key):
            raise ValueError(f"sources.toml: [{key}] is not a key like march1991")
        if not isinstance(table, dict) or set(table) != expected:
            raise ValueError(f"sources.toml: [{key}] has exactly {', '.join(sorted(expected))}")
        found[key] = Source(**table)
    return MappingProxyType(found)


@functools.lru_cache(maxsize=1)
def load_sources() -> Mapping[str, Source]:
    """All sources by key, read-only.

    >>> load_sources()["march1991"].provenance
    'computed'
    """
    return parse_sources(resources.files("sim.core").joinpath("sources.toml").read_text(encoding="utf-8"))


def keys_in(text: str) -> set[str]:
    """Keys that stand in square brackets in `text`.

    >>> sorted(keys_in("Principles [march1991]; ties [fang2010]; a list [0]"))
    ['fang2010', 'march1991']
    """
    return set(_BRACKETED.findall(text))


def key_of(source: str) -> str:
    """What a parameter's or outcome's `source` begins with: a key, or "assumption" or "definition".

    >>> key_of("march1991: figure 1")
    'march1991'
    """
    return source.split(":", 1)[0].strip()


def keys_of(source: str) -> set[str]:
    """All keys that a parameter's or outcome's `source` names: what it begins with, if that is one, and those in brackets.

    >>> keys_of("march1991: figure 1"), keys_of("assumption: one in five"), keys_of("definition")
    ({'march1991'}, set(), set())
    """
    return keys_in(source) | ({key_of(source)} - WITHOUT_SOURCE)


def check_keys(used: Iterable[str], sources: Mapping[str, Source] | None = None) -> None:
    """Raise ValueError naming every key of `used` that `sources` (by default all of ours) does not hold."""
    known = load_sources() if sources is None else sources
    unknown = sorted(set(used) - set(known))
    if unknown:
        helped = "; ".join(f"{key} ({did_you_mean(key, known)})" for key in unknown)
        raise ValueError(f"not in sources.toml: {helped}")
