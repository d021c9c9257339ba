"""Published points and ours over one axis: a line a setting, published as rings, ours as dots with their intervals."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import numpy as np
from matplotlib.axes import Axes

from sim.report.charts import Chart
from sim.report.charts.axis import round_values, tick_words
from sim.report.charts.canvas import Canvas, text_width
from sim.report.charts.frame import framed
from sim.report.colours import INK, QUIET, RULE, fixed_colour
from sim.report.comma import comma_separated
from sim.validation.evidence import Curve

COLOURS = ("#1D5FA8", "#C2410C", "#0F766E", "#701A75", "#8A6100", "#1F2937")
HEIGHT, HEAD, FOOT, LEFT, GAP, LABEL = 300.0, 10.0, 44.0, 44.0, 12.0, 16.0


def curve_chart(name: str, curve: Curve, note: str = "", subtitle: str = "") -> Chart:
    """The chart of one published curve; `name` is that of its files, `subtitle` stands where something else is drawn."""
    published = any(value is not None for line in curve.lines.values() for _, value, _, _ in line)
    subtitle = subtitle or f"{curve.up[0].upper()}{curve.up[1:]}. Dots and lines: ours, with intervals; " + (
        "rings: published." if published else "the publication has a finding, not numbers."
    )
    said = "; ".join(f"{label}: " + ", ".join(f"{ours:.3g} at {x:g}" for x, _, ours, _ in line) for label, line in curve.lines.items())
    drawing = _Drawing(curve)
    return framed(name, curve.title, f"{subtitle} {note}".strip(), said, _csv(curve), drawing, (HEIGHT, HEIGHT))


def plot_curve(ax: Axes | None, curve: Curve) -> Axes:
    """The same on axes of your own; on a new figure of the right size where they are None."""
    return curve_chart("curve", curve).plot(ax)


class _Drawing:
    """Draws the lines with their names at the end."""

    def __init__(self, curve: Curve) -> None:
        self.curve = curve
        points = [point for line in curve.lines.values() for point in line]
        values = np.array([value for _, published, ours, half in points for value in (ours - half, ours + half, published)
                           if value is not None], float)  # fmt: skip
        self.up = round_values(values, values)
        places = np.array([x for x, *_ in points], float)
        self.across = places.min(), places.max()
        self.ticks = np.unique(places) if len(np.unique(places)) <= 5 else round_values(places, places)

    def __call__(self, canvas: Canvas, left: float, top: float) -> None:
        """The body with its upper left corner at (left, top)."""
        labels = max(text_width(label, 12.0, bold=True) for label in self.curve.lines) + GAP
        right, bottom = canvas.width - left - labels, top + HEIGHT - FOOT
        first, last = self.across
        start = left + LEFT

        def x_of(x: float) -> float:
            return start + GAP + (x - first) / ((last - first) or 1.0) * (right - start - 2.0 * GAP)

        def y_of(y: float) -> float:
            return bottom - (y - self.up[0]) / (self.up[-1] - self.up[0]) * (bottom - top - HEAD)

        for tick in self.up:
            canvas.line([(start, y_of(tick)), (right, y_of(tick))], RULE, 0.8)
            canvas.text(start - 8.0, y_of(tick) + 4.0, tick_words(tick, self.up), 12.0, QUIET, align="right")
        for tick in self.ticks:
            if first - 1e-9 <= tick <= last + 1e-9:
                canvas.line([(x_of(tick), bottom), (x_of(tick), bottom + 4.0)], QUIET)
                canvas.text(x_of(tick), bottom + 18.0, f"{tick:g}", 12.0, QUIET, align="center")
        canvas.text((start + right) / 2.0, bottom + 36.0, self.curve.across, 12.0, QUIET, align="center")
        ends = self._ends(y_of, top)
        for (label, line), free in zip(self.curve.lines.items(), cycle(COLOURS)):
            colour = fixed_colour(label) or free
            canvas.line([(x_of(x), y_of(ours)) for x, _, ours, _ in line], colour, 1.6)
            for x, published, ours, half in line:
                if half > 0.0:
                    canvas.line([(x_of(x), y_of(ours - half)), (x_of(x), y_of(ours + half))], colour, 2.0)
                canvas.dot(x_of(x), y_of(ours), colour, 3.6)
                if published is not None:
                    canvas.dot(x_of(x), y_of(published), INK, 7.0, hollow=True)
                    canvas.dot(x_of(x), y_of(ours), colour, 3.6)
            canvas.text(right + GAP, ends[label] + 4.0, label, 12.0, colour, bold=True)

    def _ends(self, y_of: Callable[[float], float], top: float) -> dict[str, float]:
        """Where each line's name stands: at its end, apart from each other."""
        wanted = sorted((y_of(line[-1][2]), label) for label, line in self.curve.lines.items())
        found = [max(top + HEAD, y) for y, _ in wanted]
        for place in range(1, len(found)):
            found[place] = max(found[place], found[place - 1] + LABEL)
        over = max(0.0, found[-1] - (top + HEIGHT - FOOT)) if found else 0.0
        return {label: y - over for y, (_, label) in zip(found, wanted, strict=True)}


def _csv(curve: Curve) -> str:
    rows = ((label, *point) for label, line in curve.lines.items() for point in line)
    return comma_separated(("line", curve.across, "published", "ours", "half_width"), rows)
