"""Points of a sweep over two of its parameters, or over one and the difference: a dot a point, in five flat classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.phase import CLOSE, FIRST_LEANS, FIRST_SURE, NOTHING, SECOND_LEANS, SECOND_SURE, Gap
from sim.analysis.quantities import plain
from sim.report.charts import Chart
from sim.report.charts.axis import round_values, tick_words
from sim.report.charts.canvas import Canvas, text_width
from sim.report.charts.frame import framed
from sim.report.colours import INK, QUIET, RULE, TOO_CLOSE, design_colours, tint
from sim.report.comma import comma_separated

HEIGHT, HEAD, FOOT, LEFT, KEY = 380.0, 26.0, 46.0, 52.0, 48.0
LEAN, EDGE = 0.45, 14.0
SMALLEST, LARGEST, ROOM = 3.4, 8.0, 50.0
"""Radii of dots: as small as many need, as large as few have room for; ROOM ÷ √points between them."""

KEY_RADIUS = 4.2
MOST = 600
"""Dots that are drawn; of more points every so many-th is, so that the page stays small. All of them are in the data."""

LOG_TICKS = 3


@dataclass(frozen=True)
class Side:
    """What is varied along one side. values: one a point; is_log: whether equal ratios are equally far apart."""

    path: str
    label: str
    values: np.ndarray
    is_log: bool = False


def points_chart(
    name: str, title: str, outcome_label: str, pair: tuple[str, str], sides: Sequence[Side], gaps: Sequence[Gap]
) -> Chart:  # fmt: skip
    """The chart. sides: two of them, or one, over which the difference itself is drawn."""
    across = sides[0]
    means = np.array([gap.mean for gap in gaps])
    up = sides[1] if len(sides) > 1 else Side("difference", f"{plain(pair[1])} less {plain(pair[0])}", means)
    kinds = np.array([gap.kind for gap in gaps])
    step = -(-len(gaps) // MOST)
    drawn = np.arange(0, len(gaps), step)
    drawing = _Drawing(pair, across, up, kinds, drawn)
    some = "Every point" if step == 1 else f"{len(drawn):,} of {len(gaps):,} points, evenly taken"
    subtitle = (
        f"{some}, over what goes most with the difference in {outcome_label}. Full colour: the 95 % interval of the point's own difference "
        "is beyond zero; pale: it leans; ring: it cannot be told. A point that is sure is wrong as often as its interval is."
    )
    said = ", ".join(f"{words} {int((kinds == kind).sum())}" for kind, words in _words(pair).items()) + f" of {len(gaps)} points"
    rows = [(across.values[n], up.values[n], gap.mean, gap.error, gap.pairs, gap.kind) for n, gap in enumerate(gaps)]
    csv = comma_separated((across.path, up.path, "mean_difference", "standard_error", "pairs", "class"), rows)
    return framed(name, title, subtitle, said, csv, drawing, (HEIGHT + KEY, HEIGHT + KEY + 54.0))


def plot_points(ax: Axes | None, pair: tuple[str, str], sides: Sequence[Side], gaps: Sequence[Gap]) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return points_chart("points", "", "the outcome", pair, sides, gaps).plot(ax)


def _words(pair: tuple[str, str]) -> dict[int, str]:
    first, second = map(plain, pair)
    return {FIRST_SURE: f"{first} surely", FIRST_LEANS: f"leaning to {first}", CLOSE: "cannot tell", SECOND_LEANS: f"leaning to {second}",
            SECOND_SURE: f"{second} surely", NOTHING: "not possible"}  # fmt: skip


class _Drawing:
    """Draws the dots, those that cannot be told first, and the key below."""

    def __init__(self, pair: tuple[str, str], across: Side, up: Side, kinds: np.ndarray, drawn: np.ndarray) -> None:
        self.pair, self.across, self.up, self.kinds, self.drawn = pair, across, up, kinds, drawn
        self.radius = max(SMALLEST, min(LARGEST, ROOM / np.sqrt(len(drawn))))
        own = design_colours(pair)
        self.fill = {
            FIRST_SURE: own[pair[0]], FIRST_LEANS: tint(own[pair[0]], LEAN), CLOSE: TOO_CLOSE, SECOND_LEANS: tint(own[pair[1]], LEAN),
            SECOND_SURE: own[pair[1]],
        }  # fmt: skip

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        right = canvas.width - left - 8.0
        x0, y0 = left + LEFT, top + HEIGHT - FOOT
        places = {}
        for side, start, end in ((self.across, x0 + EDGE, right - EDGE), (self.up, y0 - EDGE, top + HEAD + EDGE)):
            ticks, scaled = _scaled(side)
            low, high = min(ticks[0], scaled.min()), max(ticks[-1], scaled.max())
            factor = (end - start) / ((high - low) or 1.0)
            places[side.path] = start + (scaled - low) * factor
            for tick in ticks:
                at = start + (tick - low) * factor
                words = f"{10.0**tick:.3g}" if side.is_log else tick_words(float(tick), ticks)
                if side is self.across:
                    canvas.line([(at, top + HEAD), (at, y0)], RULE, 0.8)
                    canvas.text(at, y0 + 18.0, words, 12.0, QUIET, align="center")
                else:
                    canvas.line([(x0, at), (right, at)], INK if side.path == "difference" and abs(tick) < 1e-12 else RULE, 0.8)
                    canvas.text(x0 - 8.0, at + 4.3, words, 12.0, QUIET, align="right")
        canvas.text(left, top + 13.0, f"↑ {self.up.label}", 12.0, QUIET)
        canvas.text((x0 + right) / 2.0, y0 + 37.0, f"{self.across.label} →", 12.0, QUIET, align="center")
        for kind in (CLOSE, FIRST_LEANS, SECOND_LEANS, FIRST_SURE, SECOND_SURE):
            for number in self.drawn[self.kinds[self.drawn] == kind]:
                place = float(places[self.across.path][number]), float(places[self.up.path][number])
                canvas.dot(*place, self.fill[kind], self.radius, hollow=kind == CLOSE)
        self._key(canvas, left, top + HEIGHT + 8.0)

    def _key(self, canvas: Canvas, left: float, y: float) -> None:
        x = left
        for kind, words in _words(self.pair).items():
            if kind == NOTHING:
                continue
            taken = 16.0 + text_width(words, 12.0) + 18.0
            if x + taken - 18.0 > canvas.width - left:
                x, y = left, y + 18.0
            canvas.dot(x + 5.0, y + 6.0, self.fill[kind], KEY_RADIUS, hollow=kind == CLOSE)
            canvas.text(x + 16.0, y + 10.5, words, 12.0, QUIET)
            x += taken


def _scaled(side: Side) -> tuple[np.ndarray, np.ndarray]:
    """(ticks, places) on the side's own scale; where a point has no value it stands at the lowest, and is not drawn."""
    values = side.values
    if side.is_log:
        logs = np.log10(values)
        return np.linspace(logs.min(), logs.max(), LOG_TICKS), logs
    values = np.where(np.isnan(values), np.nanmin(values), values)
    return round_values(values, values), values
