"""Split: how many of a firm's technologists do what under a design, before anyone is given a home or a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.organisation.positions import even_mean


@dataclass(frozen=True)
class Split:
    """How many people do what: liaisons, enabling teams, teams in units, the pool, teams apart from both.    [people]

    by_unit  of those in units, how many each unit has
    """

    liaisons: float
    enabling: float
    embedded: float
    pool: float
    apart: float = 0.0
    by_unit: tuple[float, ...] = ()

    @property
    def builders(self) -> float:
        """People on teams that build."""
        return self.embedded + self.pool + self.apart


def split(
    firm: Mapping[str, float], design: Mapping[str, float], smallest: float, apart: float = 0.0, own: Sequence[Mapping[str, float]] = ()
) -> Split:
    """How many of the firm's technologists do what; a group under `smallest` people joins a larger one.

    apart  people set apart from both units and pool   [people]
    own    each unit's position, where not all are at `design`, which then is the firm's
    """
    units = int(firm["units"])
    liaisons = design["liaisons_per_unit"] * units
    people = firm["technologists"] - liaisons
    enabling = design["enabling_share"] * people
    if enabling < smallest:
        enabling = 0.0
    apart = min(apart, people - enabling)
    rest = people - enabling - apart
    wanted = [position["tech_embedding"] for position in own or [design] * units]
    shares = [share if share * rest / units >= smallest else 0.0 for share in wanted]
    embedded = even_mean(shares) * rest
    pool = rest - embedded
    if pool < smallest and embedded > 0.0:
        embedded, pool = rest, 0.0
    together = even_mean(shares)
    by_unit = [embedded * (share / together) / units if embedded > 0.0 else 0.0 for share in shares]
    return Split(liaisons, enabling, embedded, pool, apart, tuple(by_unit))
