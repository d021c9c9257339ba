"""From a drawing to a Chart: the same drawing wide and narrow, with a title for files of its own and without for the page."""

from __future__ import annotations

from collections.abc import Callable

from sim.report.charts import NARROW, WIDE, Chart
from sim.report.charts.canvas import LINE, Canvas, wrapped
from sim.report.colours import QUIET

MARGIN = 20.0
TITLE, SUBTITLE = 17.0, 13.0

Draw = Callable[[Canvas, float, float], None]
"""draw(canvas, left, top): the chart's body with its upper left corner there."""


def framed(name: str, title: str, subtitle: str, said: str, csv: str, draw: Draw, heights: tuple[float, float]) -> Chart:
    """The chart in all its shapes; heights are those of the body, wide and narrow."""
    bodies = []
    files: dict[str, bytes] = {}
    for width, height, ending in ((WIDE, heights[0], ""), (NARROW, heights[1], "narrow.")):
        body = Canvas(width, height)
        draw(body, 0.0, 0.0)
        bodies.append(body.svg(f"{name}-{width}", said))
        whole = _titled(title, subtitle, draw, width, height)
        files[f"{ending}svg"] = (
            '<?xml version="1.0" encoding="utf-8"?>\n' + whole.svg(f"{name}-{ending}file", f"{title}. {said}")
        ).encode()
        if not ending:
            files["png"] = whole.png()
    return Chart(name, title, subtitle, bodies[0], bodies[1], files, said, csv)


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
