"""What drives the difference in one outcome of a sweep: a row a parameter, the largest first, by what the sample can tell of it.

Sobol indices are dots for the total, lines for its interval and marks for the first-order index; Morris' effects are dots with intervals
over what luck makes; rank correlations stand left or right of zero, by the design that gains as the parameter rises.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from sim.analysis.quantities import number, plain, scale
from sim.analysis.sweeps import Found
from sim.model.outcomes import OUTCOMES
from sim.report.charts import NARROW, WIDE, Chart
from sim.report.charts.axis import round_values, tick_words
from sim.report.charts.canvas import LINE, Canvas, text_width, wrapped
from sim.report.charts.differences import NO_FILE_NAME
from sim.report.charts.frame import LEAST_WIDE, framed
from sim.report.colours import INK, QUIET, RULE, TOO_CLOSE, design_colours, tint
from sim.report.comma import comma_separated
from sim.report.driver_measures import EFFECTS, MOST_SHOWN, RANKS, SHARES, Measured, Measures, digits, measures_of, ranged

ROW, HEAD, FOOT, GAP = 30.0, 28.0, 30.0, 14.0
BAR, MARK, INSET = 12.0, 18.0, 15.0
LABEL = 13.0
UNDER, CLOSE = 33.0, 11.0
"""Room of a narrow row under its label, and how far under it the marks stand: nearer to it than to the next."""
SPARE = 0.02
"""Share of an axis that is left free at an end."""
ENDS = (0.2, 0.4, 0.6, 0.8, 1.0)
"""Where an axis of rank correlations may end."""


def drivers_chart(found: Found, mark: str = "") -> Chart:
    """Chart of what drives the outcome's difference. mark: what tells it from another of the same outcome and designs on one page.

    Raises ValueError where the sample tells nothing of it (`measures_of` is None).
    """
    measures = measures_of(found)
    if measures is None:
        raise ValueError(f"the sample does not tell what drives the difference in {OUTCOMES[found.outcome].label}")
    drawing = _Drawing(found, measures)
    places = digits(measures)
    said = "; ".join(f"{row.label} {_said(row, measures, places)}" for row in drawing.rows)
    name = "-".join(part for part in ("drivers", found.outcome, re.sub(NO_FILE_NAME, "_", found.pair[1]), mark) if part)
    heights = (drawing.height(float(WIDE)), drawing.height(float(NARROW)))
    return framed(name, measures.title, measures.subtitle, said, _csv(found, measures), drawing, heights)


def plot_drivers(ax: Axes | None, found: Found) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return drivers_chart(found).plot(ax)


def _said(row: Measured, measures: Measures, places: int) -> str:
    words = number(row.value, places, True) if measures.kind == RANKS else ranged(row, places)
    alone = f", alone {number(row.alone[0], 2)}" if row.alone else ""
    return f"{words}{alone}{'' if row.sure else ', not sure'}"


class _Drawing:
    """Draws the rows; a sheet under LEAST_WIDE pixels has labels and values above the marks."""

    def __init__(self, found: Found, measures: Measures) -> None:
        self.found, self.measures, self.rows = found, measures, measures.rows[:MOST_SHOWN]
        self.places = digits(measures)
        self.ticks, self.axis = _axis(measures, self.rows)
        self.labels = max(text_width(row.label, LABEL, bold=True) for row in self.rows) + GAP
        heads = {SHARES: ("in all", "alone"), EFFECTS: ("mean size",), RANKS: ("correlation",)}[measures.kind]
        self.columns = [(head, max(text_width(head, 12.0), 34.0) + 22.0) for head in heads]
        self.values = sum(width for _, width in self.columns)

    def height(self, width: float) -> float:
        """Pixels of the whole body."""
        rows = len(self.rows) * ROW if width >= LEAST_WIDE else sum(self._narrow(row, width) for row in self.rows)
        return HEAD + rows + FOOT

    def _lines(self, row: Measured, width: float) -> list[str]:
        return wrapped(row.label, width - self.values, LABEL, bold=True)

    def _narrow(self, row: Measured, width: float) -> float:
        return UNDER + LINE * LABEL * len(self._lines(row, width))

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        width = canvas.width - 2.0 * left
        is_wide = width >= LEAST_WIDE
        start, end = (left + self.labels, left + width - self.values) if is_wide else (left + INSET, left + width - INSET)
        low, high = self.axis

        def across(value: float) -> float:
            return start + (end - start) * (value - low) / (high - low)

        bottom = top + self.height(width) - FOOT
        for tick in self.ticks.tolist():
            canvas.text(across(tick), bottom + 17.0, tick_words(tick, self.ticks), 12.0, QUIET, align="center")
        if is_wide:
            self._grounds(canvas, across, top + HEAD, bottom)
        self._heads(canvas, across, left, left + width, top + 16.0, is_wide)
        y = top + HEAD
        for row in self.rows:
            if is_wide:
                self._words(canvas, row, [row.label], left, left + width, y + ROW / 2.0 + 4.5)
                self._marks(canvas, row, across, y + ROW / 2.0)
                y += ROW
                continue
            lines = self._lines(row, width)
            self._words(canvas, row, lines, left, left + width, y + LABEL + 2.0)
            middle = y + LINE * LABEL * len(lines) + CLOSE
            self._grounds(canvas, across, middle - MARK / 2.0 - 1.0, middle + MARK / 2.0 + 1.0)
            self._marks(canvas, row, across, middle)
            y += self._narrow(row, width)

    def _grounds(self, canvas: Canvas, across: Callable[[float], float], top: float, bottom: float) -> None:
        """What luck makes, round values and zero: boxes, so that bars and lines lie over them."""
        luck = self.measures.luck
        if luck is not None:
            first = across(-luck if self.measures.kind == RANKS else 0.0)
            canvas.box(first, top, across(luck) - first, bottom - top, tint(TOO_CLOSE, 0.14))
        for tick in self.ticks.tolist():
            canvas.box(across(tick) - 0.4, top, 0.8, bottom - top, INK if tick == 0.0 else RULE)

    def _heads(
        self, canvas: Canvas, across: Callable[[float], float], left: float, right: float, y: float, is_wide: bool
    ) -> None:  # fmt: skip
        """What the columns of values are, with the sign of each; whose side is whose."""
        x = right - self.values
        for place, (head, width) in enumerate(self.columns):
            x += width
            if self.measures.kind == RANKS and not is_wide:
                continue
            canvas.text(x, y, head, 12.0, QUIET, align="right")
            if self.measures.kind == SHARES:
                sign = x - text_width(head, 12.0) - 9.0
                if place:
                    canvas.line([(sign, y - 11.0), (sign, y + 2.0)], INK, 2.4)
                else:
                    canvas.dot(sign, y - 4.5, INK, 4.2)
        if self.measures.kind == EFFECTS and self.measures.luck is not None:
            canvas.text(across(0.0), y, "luck alone", 12.0, QUIET)
        if self.measures.kind == RANKS:
            zero, (first, second) = across(0.0), self.found.pair
            gains = bool(OUTCOMES[self.found.outcome].better)
            for name, colour, towards in ((first, self._side(-1.0), -1), (second, self._side(1.0), 1)):
                words = f"{plain(name)} gains" if gains else ("falls" if towards < 0 else "rises")
                room = across(self.axis[1]) - zero
                words = words if text_width(words, 12.0, True) + 26.0 <= room else plain(name)
                words = f"{words} →" if towards > 0 else f"← {words}"
                canvas.text(zero + 8.0 * towards, y, words, 12.0, colour, bold=True, align="left" if towards > 0 else "right")

    def _side(self, value: float) -> str:
        """Colour of what is sure: the design's that gains, where there is one."""
        if self.measures.kind != RANKS or not OUTCOMES[self.found.outcome].better:
            return INK
        return design_colours(self.found.pair)[self.found.pair[1 if value > 0.0 else 0]]

    def _words(self, canvas: Canvas, row: Measured, lines: list[str], left: float, right: float, y: float) -> None:
        colour = self._side(row.value) if row.sure else TOO_CLOSE
        for place, line in enumerate(lines):
            canvas.text(left, y + LINE * LABEL * place, line, LABEL, bold=row.sure)
        values = [number(row.value, self.places, self.measures.kind == RANKS), *([number(row.alone[0], 2)] if row.alone else [])]
        x = right - self.values
        for place, ((_, width), value) in enumerate(zip(self.columns, values, strict=True)):
            x += width
            canvas.text(x, y, value, LABEL, QUIET if place else colour, bold=row.sure and not place, align="right")

    def _marks(self, canvas: Canvas, row: Measured, across: Callable[[float], float], y: float) -> None:
        colour = self._side(row.value) if row.sure else TOO_CLOSE
        zero, place = across(0.0), across(row.value)
        canvas.box(min(zero, place), y - BAR / 2.0, abs(place - zero), BAR, tint(colour, 0.22))
        if row.low is not None and row.high is not None and np.isfinite([row.low, row.high]).all():
            canvas.line([(across(row.low), y), (across(row.high), y)], colour, 2.2)
        if row.alone is not None and np.isfinite(row.alone[0]):
            x, is_sure = across(row.alone[0]), row.sure and row.alone[1] > 0.0
            canvas.line([(x, y - MARK / 2.0), (x, y + MARK / 2.0)], INK if is_sure else TOO_CLOSE, 2.4)
        canvas.dot(place, y, colour, 4.6, hollow=not row.sure)


def _axis(measures: Measures, rows: tuple[Measured, ...]) -> tuple[np.ndarray, tuple[float, float]]:
    """(round values, ends) of an axis that holds zero and everything drawn: shares to 1 at least, correlations alike on both sides."""
    drawn = [value for row in rows for value in (row.value, row.low, row.high, *(row.alone or ())[:1]) if value is not None]
    reached = np.array([0.0, *(value for value in (*drawn, measures.luck) if value is not None and np.isfinite(value))])
    if measures.kind == RANKS:
        end = next(end for end in ENDS if end >= min(1.0, float(np.abs(reached).max())))
        return np.array([-end, -end / 2.0, 0.0, end / 2.0, end]), (-end, end)
    low, high = float(reached.min()), max(float(reached.max()), 1.0 if measures.kind == SHARES else 0.0)
    low, high = (low, high) if high > low else (0.0, 1.0)
    spare = SPARE * (high - low)
    ends = (low - spare if low < 0.0 else 0.0, high + spare)
    ticks = round_values(np.array([low]), np.array([high]))
    return ticks[(ticks >= ends[0]) & (ticks <= ends[1])], ends


def _csv(found: Found, measures: Measures) -> str:
    """Every parameter, in the order of the rows; effects in the outcome's stored unit, as elsewhere in data."""
    head = ["outcome", "design", "against", "parameter", "measure", "value", "low", "high", "sure"]
    head += {SHARES: ["first_order", "first_order_low", "first_order_high"], EFFECTS: ["spread", "luck"], RANKS: ["chance_bound"]}[
        measures.kind
    ]
    factor = scale(found.outcome) if measures.kind == EFFECTS else 1.0

    def stored(value: float | None) -> float | None:
        return None if value is None else value / factor

    rows = []
    for row in measures.rows:
        more = row.alone or ((stored(row.spread), stored(measures.luck)) if measures.kind == EFFECTS else (measures.luck,))
        values = (stored(row.value), stored(row.low), stored(row.high), row.sure)
        rows.append((found.outcome, found.pair[1], found.pair[0], row.path, measures.kind, *values, *more))
    return comma_separated(head, rows)
