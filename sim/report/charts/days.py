"""Where the days went: the mean lead time of finished items, cut by cause, a bar a design; ribbons carry a cause from bar to bar."""

from __future__ import annotations

import math

from matplotlib.axes import Axes

from sim.analysis.quantities import listed, per_cent, plain, sentence
from sim.analysis.results import Analysis
from sim.model.outcomes import CAUSE_LABELS, CAUSES
from sim.report.charts import Chart
from sim.report.charts.canvas import LINE, Canvas, text_width, wrapped
from sim.report.charts.frame import framed
from sim.report.charts.spread import spread_apart
from sim.report.colours import INK, QUIET, cause_colour, design_colours, text_on, tint
from sim.report.comma import comma_separated

NAMES, BAR, BETWEEN = 44.0, 42.0, 34.0
LABELS, TOTAL = 112.0, 66.0
COLUMN_TOP, COLUMN_HEIGHT, COLUMN_FOOT = 24.0, 400.0, 62.0
SIDE = 88.0
"""Pixels beside the narrow chart's columns, for the causes' names."""


def days_chart(analysis: Analysis) -> Chart:
    """Chart of the days by cause; causes without a day in any design are left out."""
    days = {design: _days(analysis, design) for design in analysis.designs}
    causes = [cause for cause in CAUSES if max(days[design][cause] for design in analysis.designs) >= 0.05]
    drawing = _Drawing(days, causes)
    n = max(estimate["lead_time_mean"].n for estimate in analysis.estimates.values())
    finished = [f"{per_cent(analysis.estimates[d]['finished_share'].mean)} under {plain(d)}" for d in analysis.designs if n]
    subtitle = (
        f"Mean days from raised to live, by what held the items; mean of {n} simulated histories. Finished items only: "
        f"{listed(finished)}. "
        "Purple: waiting and rework. Grey: being built."
    )
    said = "; ".join(
        f"{plain(design)}: " + ", ".join(f"{CAUSE_LABELS[cause]} {values[cause]:.1f}" for cause in causes)
        for design, values in days.items()
    )
    rows = [(cause, *(days[design][cause] for design in days)) for cause in CAUSES]
    count = len(days)
    return framed(
        "days",
        _finding(days),
        subtitle,
        said,
        comma_separated(("cause", *days), rows),
        drawing,
        (NAMES + count * BAR + (count - 1) * BETWEEN + 8.0, COLUMN_TOP + COLUMN_HEIGHT + COLUMN_FOOT),
    )


def plot_days(ax: Axes | None, analysis: Analysis) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return days_chart(analysis).plot(ax)


def _days(analysis: Analysis, design: str) -> dict[str, float]:
    means = {cause: analysis.estimates[design][f"days_{cause}"].mean for cause in CAUSES}
    return {cause: mean if math.isfinite(mean) else 0.0 for cause, mean in means.items()}


def _finding(days: dict[str, dict[str, float]]) -> str:
    """How many of the days are not building, design by design."""
    parts: list[str] = []
    for design, values in days.items():
        total = sum(values.values())
        parts.append(f"{total - values['building']:.0f} of {total:.0f} {'days ' if not parts else ''}under {plain(design)}")
    return sentence(f"waiting and rework take {listed(parts)}")


class _Drawing:
    """Bars on a wide sheet, columns on a narrow one."""

    def __init__(self, days: dict[str, dict[str, float]], causes: list[str]) -> None:
        self.days, self.causes = days, causes
        self.colours = design_colours(list(days))
        self.longest = max(max(sum(values.values()) for values in days.values()), 1e-9)

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        if canvas.width - 2.0 * left >= 500.0:
            self._bars(canvas, left, top)
        else:
            self._columns(canvas, left, top)

    def _cuts(self, design: str, length: float) -> list[tuple[float, float]]:
        """(start, size) of each cause in pixels along a bar."""
        found, at = [], 0.0
        for cause in self.causes:
            size = self.days[design][cause] / self.longest * length
            found.append((at, size))
            at += size
        return found

    def _bars(self, canvas: Canvas, left: float, top: float) -> None:
        start, length = left + LABELS, canvas.width - 2.0 * left - LABELS - TOTAL
        self._names_above(canvas, start, length, top)
        before = None
        for row, design in enumerate(self.days):
            y, cuts = top + NAMES + row * (BAR + BETWEEN), self._cuts(design, length)
            for cause, (at, size), old in zip(self.causes, cuts, before or cuts):
                if before:
                    canvas.area(
                        [(start + old[0], y - BETWEEN), (start + old[0] + old[1], y - BETWEEN), (start + at + size, y), (start + at, y)],
                        tint(cause_colour(cause), 0.30),
                    )
            for cause, (at, size) in zip(self.causes, cuts):
                self._piece(canvas, (start + at, y, size, BAR), design, cause, size - 6.0)
            self._design_name(canvas, left, y + BAR / 2.0, design)
            total = sum(self.days[design].values())
            end = start + cuts[-1][0] + cuts[-1][1]
            canvas.text(end + 8.0, y + BAR / 2.0 + 5.0, f"{total:.0f} days", 13.0, bold=True)
            before = cuts

    def _names_above(self, canvas: Canvas, start: float, length: float, top: float) -> None:
        """Causes' names over the first bar, each joined to its piece."""
        cuts = self._cuts(next(iter(self.days)), length)
        words = [CAUSE_LABELS[cause] for cause in self.causes]
        wanted = [start + at + size / 2.0 for at, size in cuts]
        centres = spread_apart(wanted, [text_width(word) + 10.0 for word in words], start - 40.0, canvas.width)
        for word, centre, place in zip(words, centres, wanted):
            canvas.text(centre, top + 14.0, word, 12.0, QUIET, align="center")
            canvas.line(
                [(centre, top + 20.0), (centre, top + 25.0), (place, top + NAMES - 7.0), (place, top + NAMES - 2.0)], "#9aa1ab", 0.8
            )

    def _piece(self, canvas: Canvas, box: tuple[float, float, float, float], design: str, cause: str, room: float) -> None:
        """One cause of one bar, with its days where they fit."""
        x, y, width, height = box
        colour, value = cause_colour(cause), self.days[design][cause]
        canvas.box(x, y, width, height, colour)
        words = f"{value:.0f}" if value >= 9.95 else f"{value:.1f}"
        if room >= (text_width(words) if width == room + 6.0 else 13.0):
            canvas.text(x + width / 2.0, y + height / 2.0 + 4.4, words, 12.0, text_on(colour), align="center")

    def _design_name(self, canvas: Canvas, left: float, middle: float, design: str) -> None:
        lines = wrapped(plain(design), LABELS - 12.0, 13.0, bold=True)
        for i, line in enumerate(lines):
            y = middle + 4.6 + (i - (len(lines) - 1) / 2.0) * 13.0 * LINE
            canvas.text(left + LABELS - 12.0, y, line, 13.0, self.colours[design], bold=True, align="right")

    def _columns(self, canvas: Canvas, left: float, top: float) -> None:
        """One column a design on a common base line, the causes from top to bottom in the order of an item's life."""
        base, count = top + COLUMN_TOP + COLUMN_HEIGHT, len(self.days)
        share = (canvas.width - 2.0 * left - SIDE) / count
        width = min(64.0, share * 0.62)
        before = None
        for place, design in enumerate(self.days):
            x, cuts = left + SIDE + share * place + (share - width) / 2.0, self._cuts(design, COLUMN_HEIGHT)
            height = cuts[-1][0] + cuts[-1][1]
            pieces = [(base - height + at, size) for at, size in cuts]
            for cause, (y, size), old in zip(self.causes, pieces, before or pieces):
                if before:
                    edge = x - share + width
                    canvas.area([(edge, old[0]), (edge, old[0] + old[1]), (x, y + size), (x, y)], tint(cause_colour(cause), 0.30))
            for cause, (y, size) in zip(self.causes, pieces):
                self._piece(canvas, (x, y, width, size), design, cause, size)
            canvas.text(
                x + width / 2.0, base - height - 7.0, f"{sum(self.days[design].values()):.0f} days", 12.5, bold=True, align="center"
            )
            for i, line in enumerate(wrapped(plain(design), share, 12.0, bold=True)):
                canvas.text(x + width / 2.0, base + 20.0 + i * 12.0 * LINE, line, 12.0, self.colours[design], bold=True, align="center")
            if before is None:
                self._names_beside(canvas, left, x, pieces)
            before = pieces

    def _names_beside(self, canvas: Canvas, left: float, edge: float, pieces: list[tuple[float, float]]) -> None:
        """Causes' names left of the first column, each joined to its piece."""
        wanted = [y + size / 2.0 for y, size in pieces]
        centres = spread_apart(wanted, [12.0 * LINE] * len(pieces), pieces[0][0] - 40.0, pieces[-1][0] + pieces[-1][1] + 8.0)
        for cause, centre, place in zip(self.causes, centres, wanted):
            canvas.text(left + SIDE - 10.0, centre + 4.4, CAUSE_LABELS[cause], 12.0, INK, align="right")
            canvas.line([(left + SIDE - 6.0, centre), (edge - 2.0, place)], "#9aa1ab", 0.8)
