"""Lines that a notebook draws: numbers of one's own over one axis, in the form of the other charts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.report.charts import Chart

ONLY_VALUE = 2
"""A point is (x, y), or (x, y, half width of its interval)."""


def draw_lines(
    title: str, lines: Mapping[str, Sequence[tuple[float, ...]]], across: str, up: str,
    published: Mapping[str, Mapping[float, float]] | None = None, intervals: str = "95 %",
    dots: str = "simulated",
) -> Chart:  # fmt: skip
    """A line a name over one axis; a notebook shows what this gives.

    title      the finding, in words
    lines      name → points (x, y) or (x, y, half width of the interval of y), from left to right
    across, up   what the axes are, with their units
    published  name → x → y that a formula or a publication has there, drawn as rings
    intervals  what the half widths are of, in words
    dots       where the points come from, in words

    Raises ValueError where there is nothing to draw, or a point has neither two nor three numbers.
    """
    from sim.report.charts.curve import curve_chart
    from sim.validation.evidence import Curve

    if not lines or not all(lines.values()):
        raise ValueError("there is nothing to draw: lines are name → points")
    known = published or {}
    found = {label: [_point(point, known.get(label, {})) for point in line] for label, line in lines.items()}
    drawn = f"{up[0].upper()}{up[1:]}. Dots: {dots}"
    drawn += f", with {intervals} intervals" if any(point[3] > 0.0 for line in found.values() for point in line) else ""
    drawn += "; rings: the formula or the publication." if any(p[1] is not None for line in found.values() for p in line) else "."
    name = re.sub(r"\W+", "-", title.lower()).strip("-")[:40]
    return curve_chart(name, Curve(title, across, up, found), subtitle=drawn)


def _point(point: tuple[float, ...], published: Mapping[float, float]) -> tuple[float, float | None, float, float]:
    if not ONLY_VALUE <= len(point) <= ONLY_VALUE + 1:
        raise ValueError(f"a point is (x, y) or (x, y, half width): {point}")
    x, y = float(point[0]), float(point[1])
    return x, published.get(x), y, float(point[2]) if len(point) > ONLY_VALUE else 0.0
