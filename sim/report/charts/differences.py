"""Paired differences: one row an outcome, right of the line where the second design is better."""

from __future__ import annotations

import math
import re

from matplotlib.axes import Axes

from sim.analysis.quantities import label_with_unit, plain, printed_unit
from sim.analysis.results import Analysis
from sim.report.charts import Chart
from sim.report.charts.canvas import Canvas, text_width
from sim.report.charts.frame import framed
from sim.report.charts.rows import Row, count, grouped_rows, limit
from sim.report.colours import INK, QUIET, RULE, TOO_CLOSE, design_colours, tint
from sim.report.comma import comma_separated

ROW, GROUP, HEAD, FOOT = 26.0, 34.0, 26.0, 30.0
NARROW_ROW = 46.0
NO_FILE_NAME = r"[^\w.-]"
"""What stands in no name of a file."""
RAW = 358.0
"""Right edge of the wide chart's column of raw values."""


def differences_chart(analysis: Analysis, second: str) -> Chart:
    """Chart of the second design against the first."""
    colours = design_colours(analysis.designs)
    groups = grouped_rows(analysis, second, colours)
    rows = [row for _, members in groups for row in members]
    drawing = _Drawing(analysis.first, second, colours, groups, limit(rows))
    pairs = max(analysis.differences[second][row.outcome].n for row in rows)
    subtitle = (
        f"Mean difference over {pairs} pairs of simulated histories, as a percentage of {plain(analysis.first)}'s value. Line: "
        f"{100 * analysis.confidence:g} % interval, all rows at once. Hollow and grey: the interval holds zero."
    )
    said = "; ".join(f"{row.label} {row.raw}: {row.note}{_whose(analysis, second, row)}" for row in rows)
    extra = len(groups) * GROUP + HEAD + FOOT
    return framed(
        f"differences-{re.sub(NO_FILE_NAME, '_', second)}",
        count(rows, analysis, second),
        subtitle,
        said,
        _csv(analysis, second, rows),
        drawing,
        (len(rows) * ROW + extra, len(rows) * NARROW_ROW + extra),
    )


def plot_differences(ax: Axes | None, analysis: Analysis, second: str) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return differences_chart(analysis, second).plot(ax)


def _whose(analysis: Analysis, second: str, row: Row) -> str:
    better = analysis.differences[second][row.outcome].better
    return f", {plain(better)} better" if better else ""


class _Drawing:
    """Draws the rows from the top down; `place` turns per cent into pixels."""

    def __init__(self, first: str, second: str, colours: dict[str, str], groups: list[tuple[str, list[Row]]], end: float) -> None:
        self.first, self.second, self.colours, self.groups, self.end = first, second, colours, groups, end

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top); a sheet under 500 pixels gets two lines a row."""
        width = canvas.width - 2.0 * left
        self.canvas, self.is_wide, self.left, self.right = canvas, width >= 500.0, left, left + width
        start = left + RAW + 22.0 if self.is_wide else left
        self.middle, self.reach = (start + self.right) / 2.0, (self.right - start) / 2.0
        row_height = ROW if self.is_wide else NARROW_ROW
        bottom = top + HEAD + sum(GROUP + len(rows) * row_height for _, rows in self.groups) + 4.0
        self._grounds(top, bottom)
        y = top + HEAD
        for title, rows in self.groups:
            y += GROUP
            canvas.text(left, y - 10.0, title, 13.0, QUIET, bold=True)
            canvas.line([(left, y - 3.0), (self.right if not self.is_wide else start - 12.0, y - 3.0)], RULE)
            for row in rows:
                self._row(row, y)
                y += row_height

    def _grounds(self, top: float, bottom: float) -> None:
        """Sides, zero line, ticks, and whose side is whose."""
        canvas, first, second = self.canvas, self.colours[self.first], self.colours[self.second]
        if self.is_wide:
            self._sides(top, bottom)
        canvas.text(self.middle - 8.0, top + 17.0, f"← {self._short(self.first)}", 12.0, first, bold=True, align="right")
        canvas.text(self.middle + 8.0, top + 17.0, f"{self._short(self.second)} →", 12.0, second, bold=True)
        if self.is_wide:
            canvas.text(self.left + RAW, top + 17.0, f"{plain(self.first)} → {plain(self.second)}", 12.0, QUIET, align="right")
        for share in (-0.5, 0.5):
            x = self.middle + share * self.reach * 0.94
            canvas.text(x, bottom + 17.0, f"{self.end / 2.0:g} %", 12.0, QUIET, align="center")
        canvas.text(self.middle, bottom + 17.0, "same", 12.0, QUIET, align="center")
        if self.is_wide:
            canvas.line([(self.middle, top + HEAD), (self.middle, bottom)], INK, 1.0)

    def _sides(self, top: float, bottom: float) -> None:
        """The two grounds: left the first design's, right the second's."""
        for design, start in ((self.first, self.middle - self.reach), (self.second, self.middle)):
            self.canvas.box(start, top, self.reach, bottom - top, tint(self.colours[design], 0.055))

    def _short(self, design: str) -> str:
        """ "… better" where it fits half the plot."""
        words = f"{plain(design)} better"
        return words if text_width(words, 12.0, True) < self.reach - 30.0 else plain(design)

    def _place(self, share: float) -> float:
        """Pixels of a difference in per cent; the last 6 % of the reach are for arrows."""
        return self.middle + max(-1.0, min(1.0, share / self.end)) * self.reach * 0.94

    def _row(self, row: Row, y: float) -> None:
        canvas = self.canvas
        self._words(row, y + 17.0)
        line = y + 12.5 if self.is_wide else y + 33.0
        if not self.is_wide:
            self._sides(line - 9.0, line + 9.0)
            canvas.line([(self.middle, line - 9.0), (self.middle, line + 9.0)], INK, 1.0)
        if row.place is None or row.low is None or row.high is None:
            self._only_words(row, line)
            return
        if abs(row.place) > self.end:
            self._off_scale(row, line)
            return
        low, high, place = self._place(row.low), self._place(row.high), self._place(row.place)
        if high - low > 0.5:
            canvas.line([(low, line), (high, line)], row.colour, 2.2)
        for value, towards in ((row.low, -1), (row.high, 1)):
            if towards * value > self.end:
                canvas.arrow(self.middle + towards * (self.reach - 3.0), line, towards, row.colour)
        canvas.dot(place, line, row.colour, 4.6, hollow=not row.sure)
        self._note(row, min(low, place - 4.0) - 7.0, max(high, place + 4.0) + 7.0, line)

    def _note(self, row: Row, left: float, right: float, line: float) -> None:
        """The note on the outer side of the interval, else on the other; a grey ring without room for its note speaks for itself."""
        needed = text_width(row.note, 12.0)
        fits = {1: right + needed <= self.middle + self.reach - 3.0, -1: left - needed >= self.middle - self.reach + 3.0}
        outer = 1 if (row.place or 0.0) >= 0.0 else -1
        if row.sure:
            # On the inner side the note stays clear of the zero line, or it would seem to belong to the other design.
            inner_room = left - self.middle if outer > 0 else self.middle - right
            fits[-outer] = needed + 3.0 <= inner_room
        side = outer if fits[outer] else -outer
        if fits[side]:
            self.canvas.text(right if side > 0 else left, line + 4.5, row.note, 12.0, row.colour, align="left" if side > 0 else "right")

    def _only_words(self, row: Row, line: float) -> None:
        """What there is to say about a difference without a size: on the better design's side, or in the middle."""
        if not row.sure:
            width = text_width(row.note, 12.0) + 8.0
            self.canvas.box(self.middle - width / 2.0, line - 8.0, width, 16.0, "#ffffff", over=True)
            self.canvas.text(self.middle, line + 4.5, row.note, 12.0, TOO_CLOSE, align="center")
            return
        towards = 1 if row.colour == self.colours[self.second] else -1
        self.canvas.text(self.middle + towards * 9.0, line + 4.5, row.note, 12.0, row.colour, align="left" if towards > 0 else "right")

    def _words(self, row: Row, y: float) -> None:
        """Label and raw values; the unit behind the label where it has room and does not stand behind the numbers already."""
        end = self.left + RAW if self.is_wide else self.right
        self.canvas.text(end, y, row.raw, 12.0, QUIET, align="right")
        whole = label_with_unit(row.outcome)
        has_room = text_width(whole, 13.0) + 10.0 <= end - self.left - text_width(row.raw, 12.0)
        self.canvas.text(self.left, y, whole if has_room and not row.raw.endswith(printed_unit(row.outcome)) else row.label, 13.0)

    def _off_scale(self, row: Row, line: float) -> None:
        """An arrow at the edge, its value beside it."""
        towards = 1 if row.place is not None and row.place > 0 else -1
        tip = self.middle + towards * (self.reach - 3.0)
        near = row.low if towards > 0 else row.high
        inner = self._place(near) if near is not None and math.isfinite(near) else tip - towards * 26.0
        inner = min(inner, tip - 26.0) if towards > 0 else max(inner, tip + 26.0)
        self.canvas.line([(inner, line), (tip - towards * 8.0, line)], row.colour, 2.2)
        self.canvas.arrow(tip, line, towards, row.colour)
        start = inner - towards * 7.0
        if towards * (start - self.middle) + self.reach - 3.0 >= text_width(row.note, 12.0):
            self.canvas.text(start, line + 4.5, row.note, 12.0, row.colour, align="right" if towards > 0 else "left")


def _csv(analysis: Analysis, second: str, rows: list[Row]) -> str:
    head = (
        "outcome",
        "first",
        "second",
        "first_mean",
        "second_mean",
        "difference",
        "low",
        "high",
        "pairs",
        "probability_better",
        "verdict",
        "better",
    )
    found = []
    for row in rows:
        d = analysis.differences[second][row.outcome]
        found.append(
            (
                d.outcome,
                d.first,
                d.second,
                d.first_mean,
                d.second_mean,
                d.mean,
                d.low,
                d.high,
                d.n,
                d.probability_better,
                d.verdict,
                d.better,
            )
        )
    return comma_separated(head, found)
