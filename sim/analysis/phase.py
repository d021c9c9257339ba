"""Who earns more where: a map of five classes over two parameters, its boundary, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.quantities import plain, sentence
from sim.analysis.simultaneous import standard_errors, student_quantile
from sim.experiment.phase import Earned, Node, around, corners, nodes_a_side

SURE, LEANING = 0.95, 0.68
"""Confidence of the interval of a node's difference that is beyond zero where it is sure, and where it leans. Each node for itself."""

FIRST_SURE, FIRST_LEANS, CLOSE, SECOND_LEANS, SECOND_SURE = range(-2, 3)
NOTHING = 9
"""No class: the firm cannot have both designs, or a run is missing."""


@dataclass(frozen=True)
class Gap:
    """What the second design has more than the first at a node.

    mean   of the paired differences; turned so that more is better
    error  its standard error
    pairs  that it rests on
    """

    mean: float
    error: float
    pairs: int

    def half(self, confidence: float) -> float:
        """Half-width of its interval."""
        return float(student_quantile(0.5 + confidence / 2.0, np.array(self.pairs - 1.0))) * self.error

    @property
    def kind(self) -> int:
        """Its class."""
        if self.pairs < 2 or np.isnan(self.mean):
            return NOTHING
        side = 1 if self.mean > 0 else -1
        if abs(self.mean) > self.half(SURE):
            return 2 * side
        return side if abs(self.mean) > self.half(LEANING) else CLOSE


def gap_of(earned: Earned, better: int = 1) -> Gap:
    """The gap of (2, R) values; better is +1 where more of the outcome is better, −1 where less is."""
    pairs = better * (earned[1] - earned[0])
    pairs = pairs[~np.isnan(pairs)]
    if len(pairs) < 2:
        return Gap(float("nan"), float("nan"), len(pairs))
    return Gap(float(pairs.mean()), float(standard_errors(pairs[:, None])[0]), len(pairs))


def says(gap: Gap) -> int:
    """What a node says to its neighbours: who is surely better, that neither is, or that there is nothing."""
    return {FIRST_SURE: -1, SECOND_SURE: 1, NOTHING: NOTHING}.get(gap.kind, 0)


@dataclass(frozen=True)
class Axis:
    """One side of a map: the path that is varied, in words, with the value at each node."""

    path: str
    label: str
    unit: str
    values: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Map:
    """One map.

    pair      first and second design
    across, up   its axes
    gaps      of the measured nodes
    halvings  how often its squares may be cut
    title     what holds all over it, such as the level of a third parameter; empty for a map that stands alone
    """

    pair: tuple[str, str]
    across: Axis
    up: Axis
    gaps: Mapping[Node, Gap]
    halvings: int
    title: str = ""

    @property
    def size(self) -> int:
        """Nodes a side."""
        return nodes_a_side(self.halvings)

    def gap(self, node: Node) -> Gap:
        """The gap at a node: measured, or what lies between the corners of the square around it."""
        if node in self.gaps:
            return self.gaps[node]
        square, step = around(node, self.gaps, self.halvings)
        u, v = ((place - start) / step for place, start in zip(node, square, strict=True))
        weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
        near = [self.gaps[corner] for corner in corners(square, step)]
        if any(each.pairs < 2 for each in near):
            return near[int(np.argmax(weights))]
        mean, error = (sum(weight * getattr(each, name) for weight, each in zip(weights, near, strict=True)) for name in ("mean", "error"))
        return Gap(mean, error, min(each.pairs for each in near))

    def classes(self) -> np.ndarray:
        """(size, size) class of every node, rows up the second axis."""
        return np.array([[self.gap((x, y)).kind for x in range(self.size)] for y in range(self.size)])

    def shares(self) -> dict[int, float]:
        """Class → share of the map."""
        kinds = self.classes()
        return {kind: float((kinds == kind).mean()) for kind in (*range(-2, 3), NOTHING)}

    def boundary(self) -> list[tuple[float, float | None, float | None, float | None]]:
        """Where the gap crosses zero along each row: (value up, crossing across, its low and high end); None where it does not.

        The ends are where the interval of the gap leaves zero, the map's edge where it does not.
        """
        rows: list[tuple[float, float | None, float | None, float | None]] = []
        for y, up in enumerate(self.up.values):
            gaps = [self.gap((x, y)) for x in range(self.size)]
            means = np.array([gap.mean for gap in gaps])
            half = np.array([gap.half(SURE) if gap.pairs >= 2 else np.nan for gap in gaps])
            place = _crossing(means)
            if place is None:
                rows.append((up, None, None, None))
                continue
            rising = means[min(int(place) + 1, self.size - 1)] > means[int(place)]
            ends = sorted(self._edge(means + side * half, rising) for side in (-1.0, 1.0))
            value, low, high = (self._value(at) for at in (place, *ends))
            rows.append((up, value, low, high))
        return rows

    def _edge(self, values: np.ndarray, rising: bool) -> float:
        """Where an end of the interval crosses zero; the edge of the map on whose side it stays otherwise."""
        place = _crossing(values)
        if place is not None:
            return place
        return 0.0 if (values[len(values) // 2] > 0) == rising else float(len(values) - 1)

    def _value(self, place: float) -> float:
        return float(np.interp(place, np.arange(self.size), self.across.values))


def _crossing(values: np.ndarray) -> float | None:
    """Place at which values cross zero first, between two nodes; None where they do not."""
    signs = values > 0
    for x in range(len(values) - 1):
        one, other = values[x], values[x + 1]
        if not np.isnan(one) and not np.isnan(other) and signs[x] != signs[x + 1]:
            return x + float(one / (one - other))
    return None


def in_words(maps: Sequence[Map], outcome_label: str) -> str:
    """What maps say: how much of them is whose, in the words of the page."""
    first, second = maps[0].pair
    each = [found.shares() for found in maps]
    mean = {kind: float(np.mean([shares[kind] for shares in each])) for kind in each[0]}
    parts = [f"{plain(name)} {verb} on {100 * mean[kind]:.0f} %" for kind, name, verb in (
        (SECOND_SURE, second, "is surely better"), (FIRST_SURE, first, "is surely better")) if mean[kind] > 0.0]  # fmt: skip
    open_part = mean[FIRST_LEANS] + mean[CLOSE] + mean[SECOND_LEANS]
    if open_part > 0.0:
        parts.append(f"it is too close on {100 * open_part:.0f} %")
    if mean[NOTHING] > 0.0:
        parts.append(f"{100 * mean[NOTHING]:.0f} % are firms that cannot have both")
    return f"{sentence(outcome_label)}: {', '.join(parts)} of the map."


def where_it_turns(found: Map) -> str:
    """Where the better design changes along the first axis, in a sentence; what it would take to say it where it never does."""
    crossings = [row for row in found.boundary() if row[1] is not None]
    label, unit = found.across.label, found.across.unit
    if not crossings:
        sides = {int(np.sign(gap.mean)) for gap in found.gaps.values() if gap.pairs >= 2}
        if len(sides) == 1:
            ahead = found.pair[1 if sides == {1} else 0]
            return f"{sentence(plain(ahead))} is ahead everywhere on this map; it turns nowhere."
        return f"Along {label} it turns nowhere."
    ends = dict.fromkeys((crossings[0], crossings[-1]))
    parts = [f"at {value:.3g} ({low:.3g} to {high:.3g}) where {found.up.label} is {up:.3g}" for up, value, low, high in ends]
    return f"Along {label} [{unit}] it turns {' and '.join(parts)}."
