"""Split: how many of a firm's technologists do what under a design, before anyone is given a home or a team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Split:
    """How many people do what: liaisons, enabling teams, teams in units, the pool, teams apart from both.    [people]"""

    liaisons: float
    enabling: float
    embedded: float
    pool: float
    apart: float = 0.0

    @property
    def builders(self) -> float:
        """People on teams that build."""
        return self.embedded + self.pool + self.apart


def split(firm: Mapping[str, float], design: Mapping[str, float], smallest: float, apart: float = 0.0) -> Split:
    """How many of the firm's technologists do what; a group under `smallest` people joins a larger one.

    apart  people set apart from both units and pool   [people]
    """
    units = int(firm["units"])
    liaisons = design["liaisons_per_unit"] * units
    people = firm["technologists"] - liaisons
    enabling = design["enabling_share"] * people
    if enabling < smallest:
        enabling = 0.0
    apart = min(apart, people - enabling)
    rest = people - enabling - apart
    embedded = design["tech_embedding"] * rest
    if embedded / units < smallest:
        embedded = 0.0
    pool = rest - embedded
    if pool < smallest and embedded > 0.0:
        embedded, pool = rest, 0.0
    return Split(liaisons, enabling, embedded, pool, apart)
