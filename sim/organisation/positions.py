"""Positions: where each unit stands in the space of designs, and where that leaves the firm.

    of a unit   the coordinates of BY_UNIT are its own; all others are the firm's
    of the firm each coordinate is the mean over the units, so what is firm-wide follows the share of units that have moved

What is firm-wide by nature cannot differ between units: there is one board, one calendar of money, releases and metrics, one set of
principles, one house of enabling teams, one network of guilds and one contract for the cloud. What acts on the pool, on enabling
teams and on the technology leader reads the firm's position.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from sim.organisation.coordinates import COORDINATES

BY_UNIT = (
    "tech_embedding", "cross_functionality", "liaisons_per_unit", "product_grouping", "vendor_share", "delegation", "governance_scope",
    "leader_fluency", "funding_persistence", "joint_goals", "change_ownership", "experiment_budget", "failure_tolerance",
    "self_organisation", "visibility",
)  # fmt: skip
"""Coordinates in which units may differ."""

Position = Mapping[str, float]


def even_mean(values: Sequence[float]) -> float:
    """Mean of numbers, to the last digit that of each where all are alike.

    >>> even_mean([0.1] * 12), even_mean([0.0, 1.0])
    (0.1, 0.5)
    """
    return values[0] if min(values) == max(values) else math.fsum(values) / len(values)


def positions(own: Sequence[Position]) -> tuple[dict[str, float], list[dict[str, float]]]:
    """(the firm's position, the units' positions) where each unit has gone to the point that `own` says.

    >>> here, there = ({name: value for name in COORDINATES} for value in (0.0, 1.0))
    >>> firm, units = positions([here, here, here, there])
    >>> firm["delegation"], [unit["delegation"] for unit in units], [unit["cloud_share"] for unit in units]
    (0.25, [0.0, 0.0, 0.0, 1.0], [0.25, 0.25, 0.25, 0.25])
    """
    firm = {name: even_mean([position[name] for position in own]) for name in COORDINATES}
    return firm, [{**firm, **{name: position[name] for name in BY_UNIT}} for position in own]
