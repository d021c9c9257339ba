"""Who earns more where: five flat classes over two parameters, words inside the regions, the firm itself as a ring."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.phase import CLOSE, FIRST_LEANS, FIRST_SURE, NOTHING, SECOND_LEANS, SECOND_SURE, SURE, Map, in_words
from sim.analysis.quantities import plain, sentence
from sim.report.charts import Chart
from sim.report.charts.axis import round_values, tick_words
from sim.report.charts.canvas import Canvas, text_width
from sim.report.charts.frame import framed
from sim.report.colours import INK, PAPER, QUIET, TOO_CLOSE, design_colours, text_on, tint
from sim.report.comma import comma_separated

GAP, LEFT, FOOT, KEY = 26.0, 46.0, 44.0, 48.0
SIDE, SMALLEST_SIDE = 340.0, 150.0
LEAN = 0.3
HATCH = 7.0


def phase_map(name: str, maps: Sequence[Map], outcome_label: str, here: tuple[float, float] | None = None, note: str = "") -> Chart:
    """The chart of one map, or of several that share their axes.

    here  the firm's own values on the two axes, where it lies on them
    """
    found = maps[0]
    title = _title(found, outcome_label)
    subtitle = (f"{sentence(outcome_label)}, {plain(found.pair[1])} against {plain(found.pair[0])}. Full colour: the 95 % interval is "
                f"beyond zero; light: it leans; hatched: it cannot be told. {note}").strip()  # fmt: skip
    drawing = _Drawing(maps, here)
    return framed(name, title, subtitle, in_words(maps, outcome_label), _csv(maps), drawing, (drawing.height(720.0), drawing.height(328.0)))


def plot_phase_map(ax: Axes | None, maps: Sequence[Map], outcome_label: str, here: tuple[float, float] | None = None) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return phase_map("phase_map", maps, outcome_label, here).plot(ax)


def _title(found: Map, label: str) -> str:
    shares = found.shares()
    first, second = shares[FIRST_SURE], shares[SECOND_SURE]
    # Each node is sure by mistake as often as its interval is wrong: so small a part of the map says nothing.
    chance = 1.0 - SURE
    if max(first, second) <= chance:
        return f"Neither design is surely better in {label} on more of this map than chance gives"
    if min(first, second) <= chance:
        winner, share = (found.pair[1], second) if second > first else (found.pair[0], first)
        return f"{plain(winner).capitalize()} is surely better in {label} on {100 * share:.0f} % of the map, the other hardly anywhere"
    return f"{found.across.label.capitalize()} and {found.up.label} decide who is better in {label}"


class _Drawing:
    """Draws the maps side by side where there is room, else below each other."""

    def __init__(self, maps: Sequence[Map], here: tuple[float, float] | None) -> None:
        # Where a third number differs from map to map, the firm itself stands on none of them.
        self.maps, self.here = maps, here if len(maps) == 1 else None
        self.head = 38.0 if maps[0].title else 22.0
        pair = maps[0].pair
        own = design_colours(pair)
        self.fill = {
            FIRST_SURE: own[pair[0]], FIRST_LEANS: tint(own[pair[0]], LEAN), CLOSE: PAPER, SECOND_LEANS: tint(own[pair[1]], LEAN),
            SECOND_SURE: own[pair[1]], NOTHING: "#eceff3",
        }  # fmt: skip

    def _layout(self, width: float) -> tuple[int, float]:
        """Maps in a row, and the side of each."""
        count = len(self.maps)
        for columns in range(count, 0, -1):
            side = min(SIDE, (width - columns * LEFT - (columns - 1) * GAP) / columns)
            if side >= SMALLEST_SIDE or columns == 1:
                return columns, side
        raise AssertionError("one column always fits")

    def height(self, width: float) -> float:
        """Of the whole body."""
        columns, side = self._layout(width)
        rows = -(-len(self.maps) // columns)
        return rows * (self.head + side + FOOT) + KEY

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        columns, side = self._layout(canvas.width - 2.0 * left)
        for number, found in enumerate(self.maps):
            x = left + LEFT + (number % columns) * (side + LEFT + GAP)
            y = top + self.head + (number // columns) * (self.head + side + FOOT)
            self._panel(canvas, found, x, y, side, first_column=number % columns == 0)
        rows = -(-len(self.maps) // columns)
        self._key(canvas, left, top + rows * (self.head + side + FOOT) + 12.0)

    def _panel(self, canvas: Canvas, found: Map, left: float, top: float, side: float, first_column: bool) -> None:
        kinds, cell = found.classes(), side / found.size
        if found.title:
            canvas.text(left, top - 25.0, found.title, 12.0, INK, bold=True)
        for y in range(found.size):
            for first, last, kind in _stretches(kinds[y]):
                # Half a pixel over, or thin lines show between boxes.
                place = (left + first * cell, top + side - (y + 1) * cell, (last - first) * cell + 0.5, cell + 0.5)
                canvas.box(*place, self.fill[kind])
        self._hatch(canvas, kinds, left, top, side, cell)
        self._words(canvas, found, kinds, left, top, side, cell)
        _outline(canvas, left, top, side)
        self._axes(canvas, found, left, top, side, first_column)
        self._firm(canvas, found, left, top, side, cell)

    def _axes(self, canvas: Canvas, found: Map, left: float, top: float, side: float, first_column: bool) -> None:
        for axis, across in ((found.across, True), (found.up, False)):
            values = np.array(axis.values)
            ticks = [tick for tick in round_values(values, values) if values[0] - 1e-9 <= tick <= values[-1] + 1e-9]
            for tick in ticks[:: 2 if side < 200.0 and len(ticks) > 4 else 1]:
                place = (np.interp(tick, values, np.arange(len(values))) + 0.5) / found.size * side
                words = tick_words(float(tick), np.array(ticks))
                if across:
                    canvas.line([(left + place, top + side), (left + place, top + side + 4.0)], QUIET)
                    canvas.text(left + place, top + side + 17.0, words, 12.0, QUIET, align="center")
                else:
                    canvas.line([(left - 4.0, top + side - place), (left, top + side - place)], QUIET)
                    canvas.text(left - 7.0, top + side - place + 4.0, words, 12.0, QUIET, align="right")
        canvas.text(left + side / 2.0, top + side + 35.0, f"{found.across.label} →", 12.0, QUIET, align="center")
        if first_column:
            canvas.text(left - LEFT + 2.0, top - 8.0, f"↑ {found.up.label}", 12.0, QUIET)

    def _hatch(self, canvas: Canvas, kinds: np.ndarray, left: float, top: float, side: float, cell: float) -> None:
        """Thin slanting lines where nothing can be told."""
        size = len(kinds)
        count = int(2.0 * side / HATCH)
        for number in range(count):
            offset = number * HATCH
            points = np.arange(max(0.0, offset - side), min(side, offset) + 0.1, cell / 4.0)
            run: list[tuple[float, float]] = []
            for x in points:
                y = offset - x
                column, row = min(int(x / cell), size - 1), min(int(y / cell), size - 1)
                if kinds[row, column] in (CLOSE, NOTHING):
                    run.append((left + x, top + side - y))
                    continue
                _stroke(canvas, run)
                run = []
            _stroke(canvas, run)

    def _words(self, canvas: Canvas, found: Map, kinds: np.ndarray, left: float, top: float, side: float, cell: float) -> None:
        """Whose region it is, in the middle of where it is widest."""
        for kind, design in ((FIRST_SURE, found.pair[0]), (SECOND_SURE, found.pair[1])):
            place = _widest(kinds == kind)
            words = plain(design)
            if place is not None and place[2] * cell > text_width(words, 13.0, bold=True) + 6.0:
                across, up = left + place[0] * cell, top + side - (place[1] + 0.5) * cell + 4.5
                ring = self._ring(found, left, top, side, cell)
                half = 10.0 + text_width(words, 13.0, bold=True) / 2.0
                if ring is not None and abs(ring[1] - up) < 20.0 and abs(ring[0] - across) < half:
                    up = ring[1] + 28.0
                canvas.text(across, up, words, 13.0, text_on(self.fill[kind]), bold=True, align="center")

    def _ring(self, found: Map, left: float, top: float, side: float, cell: float) -> tuple[float, float] | None:
        """Where the firm itself stands; None where it lies outside the map."""
        if self.here is None:
            return None
        sides = list(zip(self.here, (found.across, found.up), strict=True))
        if not all(axis.values[0] <= value <= axis.values[-1] for value, axis in sides):
            return None
        x, y = (float(np.interp(value, axis.values, np.arange(found.size))) for value, axis in sides)
        return left + (x + 0.5) * cell, top + side - (y + 0.5) * cell

    def _firm(self, canvas: Canvas, found: Map, left: float, top: float, side: float, cell: float) -> None:
        ring = self._ring(found, left, top, side, cell)
        if ring is not None:
            canvas.dot(*ring, INK, 7.0, hollow=True)
            canvas.dot(*ring, INK, 2.5)

    def _key(self, canvas: Canvas, left: float, y: float) -> None:
        pair = self.maps[0].pair
        parts = [(FIRST_SURE, f"{plain(pair[0])} surely"), (FIRST_LEANS, "leaning"), (CLOSE, "cannot tell"), (SECOND_LEANS, "leaning"),
                 (SECOND_SURE, f"{plain(pair[1])} surely")]  # fmt: skip
        x = left
        for kind, words in parts:
            taken = 18.0 + text_width(words, 12.0) + 16.0
            if x + taken > canvas.width - left:
                x, y = left, y + 18.0
            canvas.box(x, y, 12.0, 12.0, self.fill[kind])
            if kind == CLOSE:
                canvas.line([(x, y + 12.0), (x + 12.0, y)], TOO_CLOSE, 0.8)
            _outline(canvas, x, y, 12.0)
            canvas.text(x + 18.0, y + 10.5, words, 12.0, QUIET)
            x += taken
        if self.here is not None:
            words = "this firm"
            if x + 18.0 + text_width(words, 12.0) > canvas.width - left:
                x, y = left, y + 18.0
            canvas.dot(x + 6.0, y + 6.0, INK, 6.0, hollow=True)
            canvas.dot(x + 6.0, y + 6.0, INK, 2.0)
            canvas.text(x + 18.0, y + 10.5, words, 12.0, QUIET)


def _outline(canvas: Canvas, x: float, y: float, side: float) -> None:
    """The edge of a square, upper left corner at (x, y)."""
    canvas.line([(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)], "#9aa3af", 0.8)


def _stroke(canvas: Canvas, run: Sequence[tuple[float, float]]) -> None:
    if len(run) > 1:
        canvas.line([run[0], run[-1]], "#b6bdc8", 0.8)


def _stretches(row: np.ndarray) -> list[tuple[int, int, int]]:
    """(first, past the last, class) of the stretches of equal class in a row."""
    edges = [0, *(np.flatnonzero(np.diff(row)) + 1).tolist(), len(row)]
    return [(first, last, int(row[first])) for first, last in pairwise(edges)]


def _widest(mask: np.ndarray) -> tuple[float, int, int] | None:
    """(middle, row, length) of the place that is deepest inside a region: the longest stretch, of equal ones the most central."""
    best: tuple[int, float, float, int] | None = None
    for y, row in enumerate(mask):
        for first, last, inside in _stretches(row.astype(int)):
            if not inside:
                continue
            # How far the region goes on above and below the middle of the stretch.
            middle = (first + last - 1) // 2
            column = mask[:, middle]
            up = next((step for step in range(len(column) - y) if not column[y + step]), len(column) - y)
            down = next((step for step in range(y + 1) if not column[y - step]), y + 1)
            rank = (min(last - first, 3 * min(up, down)), float(min(up, down)), (first + last) / 2.0, y)
            if best is None or rank[:2] > best[:2]:
                best = rank
                length = last - first
    return None if best is None else (best[2], best[3], length)


def _csv(maps: Sequence[Map]) -> str:
    rows = [
        (found.title, found.across.values[x], found.up.values[y], gap.mean, gap.error, gap.pairs, gap.kind, (x, y) in found.gaps)
        for found in maps for y in range(found.size) for x in range(found.size) for gap in [found.gap((x, y))]
    ]  # fmt: skip
    head = ("map", maps[0].across.path, maps[0].up.path, "difference", "standard_error", "pairs", "class", "measured")
    return comma_separated(head, rows)
