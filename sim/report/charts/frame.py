"""From a drawing to a Chart: the same drawing wide and narrow, with a title for files of its own and without for the page."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.charts import NARROW, WIDE, Chart, Drawn
from sim.report.charts.canvas import LINE, Canvas, wrapped
from sim.report.colours import QUIET

MARGIN = 20.0
POINTS = 72.0
LEAST_WIDE = 500.0
"""Pixels from which on a drawing is a wide one."""

TITLE, SUBTITLE = 17.0, 13.0

Draw = Callable[[Canvas, float, float], None]
"""draw(canvas, left, top): the chart's body with its upper left corner there."""


def framed(name: str, title: str, subtitle: str, said: str, csv: str, draw: Draw, heights: tuple[float, float]) -> Chart:
    """The chart in all its shapes, each drawn when it is asked for; heights are those of the body, wide and narrow."""
    wide, narrow = (WIDE, heights[0]), (NARROW, heights[1])

    def body(width: float, height: float) -> bytes:
        canvas = Canvas(width, height)
        draw(canvas, 0.0, 0.0)
        return canvas.svg(f"{name}-{width}", said).encode()

    def file(width: float, height: float, ending: str) -> bytes:
        drawn = _titled(title, subtitle, draw, width, height).svg(f"{name}-{ending}file", f"{title}. {said}")
        return f'<?xml version="1.0" encoding="utf-8"?>\n{drawn}'.encode()

    bodies = Drawn({"wide": lambda: body(*wide), "narrow": lambda: body(*narrow)})
    files = Drawn({
        "svg": lambda: file(*wide, ""),
        "png": lambda: _titled(title, subtitle, draw, *wide).png(),
        "narrow.svg": lambda: file(*narrow, "narrow."),
    })  # fmt: skip

    def plot(axes: Axes | None) -> Axes:
        return on_axes(axes, draw, wide, narrow)

    return Chart(name, title, subtitle, bodies, files, said, csv, plot)


def on_axes(axes: Axes | None, draw: Draw, wide: tuple[float, float], narrow: tuple[float, float]) -> Axes:
    """Draw on axes, a pixel of the drawing being 1/72 inch. Raises ValueError where they are too small for what they would hold."""
    if axes is None:
        axes = Figure(figsize=(wide[0] / POINTS, wide[1] / POINTS)).add_axes((0.0, 0.0, 1.0, 1.0))
    place = axes.get_window_extent()
    width, height = (side * POINTS / axes.figure.dpi for side in (place.width, place.height))
    needed = wide if width >= LEAST_WIDE else narrow
    if width + 0.5 < narrow[0] or height + 0.5 < needed[1]:
        sizes = f"{needed[0] / POINTS:.2f} × {needed[1] / POINTS:.2f} inches"
        raise ValueError(f"axes of {width / POINTS:.2f} × {height / POINTS:.2f} inches are too small: it takes {sizes}")
    draw(Canvas(width, height, axes), 0.0, 0.0)
    return axes


def _titled(title: str, subtitle: str, draw: Draw, width: float, height: float) -> Canvas:
    """A sheet with the title, the subtitle and the body under them, margins around."""
    heading, about = wrapped(title, width, TITLE, bold=True), wrapped(subtitle, width, SUBTITLE)
    top = MARGIN + len(heading) * TITLE * LINE + len(about) * SUBTITLE * LINE + 14.0
    canvas = Canvas(width + 2.0 * MARGIN, top + height + MARGIN)
    y = MARGIN
    for line in heading:
        y += TITLE * LINE
        canvas.text(MARGIN, y - 5.0, line, TITLE, bold=True)
    for line in about:
        y += SUBTITLE * LINE
        canvas.text(MARGIN, y - 3.0, line, SUBTITLE, QUIET)
    draw(canvas, MARGIN, top)
    return canvas
