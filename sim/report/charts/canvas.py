"""A sheet in pixels: origin at the upper left, y downwards, text kept as text, the same bytes from the same drawing."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyArrow, Polygon, Rectangle
from matplotlib.textpath import TextToPath

from sim.report.colours import INK

DRAWN_WITH = "DejaVu Sans"
"""Comes with matplotlib, so that every machine draws the same. It is wider than what browsers use: text keeps its room."""

FONTS = "Inter,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans',sans-serif"
SMALLEST = 12.0
LINE = 1.36
"""Height of a line of text, as a multiple of its size."""

_SETTINGS: dict[Any, Any] = {"svg.fonttype": "none", "font.family": DRAWN_WITH, "path.simplify": False}


class Canvas:
    """What a chart draws on, `width` × `height` pixels."""

    def __init__(self, width: float, height: float, axes: Axes | None = None) -> None:
        """A sheet of its own, or somebody's axes that are so large."""
        self.width, self.height = width, height
        if axes is None:
            self._figure = Figure(figsize=(width / 72.0, height / 72.0), dpi=72.0, facecolor="white")
            axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes = axes
        self._axes.set_xlim(0.0, width)
        self._axes.set_ylim(height, 0.0)
        self._axes.axis("off")

    def text(
        self, x: float, y: float, words: str, size: float = SMALLEST, colour: str = INK, bold: bool = False, align: str = "left"
    ) -> None:
        """Words whose base line is at y; align is left, center or right."""
        if size < SMALLEST:
            raise ValueError(f"text below {SMALLEST:g} px is not read: {words!r} at {size:g}")
        self._axes.text(
            x,
            y,
            _plain_dollar(words),
            fontsize=size,
            color=colour,
            fontweight="bold" if bold else "normal",
            ha=align,
            va="baseline",
            family=DRAWN_WITH,
        )

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float = 1.0, dashes: tuple[float, ...] = ()) -> None:
        """A line through the points."""
        (drawn,) = self._axes.plot(
            [x for x, _ in points], [y for _, y in points], color=colour, linewidth=width, solid_capstyle="round", solid_joinstyle="round"
        )
        if dashes:
            drawn.set_dashes(dashes)

    def box(self, x: float, y: float, width: float, height: float, colour: str, over: bool = False) -> None:
        """A filled rectangle, upper left corner at (x, y); under all lines, or over them."""
        self._axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor="none", zorder=2.5 if over else 0.9))

    def area(self, points: Sequence[tuple[float, float]], colour: str, opacity: float = 1.0) -> None:
        """A filled polygon."""
        self._axes.add_patch(Polygon(list(points), closed=True, facecolor=colour, edgecolor="none", alpha=opacity, zorder=0.95))

    def dot(self, x: float, y: float, colour: str, radius: float = 4.5, hollow: bool = False) -> None:
        """A dot, or a ring."""
        self._axes.add_patch(
            Circle(
                (x, y),
                radius - (0.9 if hollow else 0.0),
                facecolor="white" if hollow else colour,
                edgecolor=colour,
                linewidth=1.8 if hollow else 0.0,
                zorder=3,
            )
        )

    def arrow(self, x: float, y: float, towards: int, colour: str) -> None:
        """An arrow head whose point is at (x, y): the value lies further out. towards is +1 for right, −1 for left."""
        self._axes.add_patch(
            FancyArrow(
                x - 9.0 * towards,
                y,
                9.0 * towards,
                0.0,
                width=0.0,
                head_width=9.0,
                head_length=9.0,
                length_includes_head=True,
                facecolor=colour,
                edgecolor="none",
                zorder=3,
            )
        )

    def svg(self, salt: str, label: str) -> str:
        """The drawing as an <svg> element with `label` for those who do not see it; `salt` keeps identifiers apart on one page."""
        salt = re.sub(r"\W", "_", salt)
        with matplotlib.rc_context({**_SETTINGS, "svg.hashsalt": salt}):
            sheet = io.StringIO()
            FigureCanvasSVG(self._figure).print_svg(sheet, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        text = sheet.getvalue()
        body = re.sub(r"<metadata>.*?</metadata>\s*", "", text[text.index(">", text.index("<svg")) + 1 :], flags=re.DOTALL)
        body = _with_fonts(body)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{self.width:g}" '
            f'height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}" role="img" aria-label="{_attribute(label)}">'
        )
        return head + _unique(body, salt)

    def png(self) -> bytes:
        """The drawing at twice its size."""
        sheet = io.BytesIO()
        with matplotlib.rc_context(_SETTINGS):
            self._figure.set_dpi(144.0)
            FigureCanvasAgg(self._figure).print_png(sheet, metadata={"Software": None})
            self._figure.set_dpi(72.0)
        return sheet.getvalue()


@lru_cache(maxsize=4096)
def text_width(words: str, size: float = SMALLEST, bold: bool = False) -> float:
    """Pixels that the words take."""
    font = FontProperties(family=DRAWN_WITH, size=size, weight="bold" if bold else "normal")
    return TextToPath().get_text_width_height_descent(_plain_dollar(words), font, ismath=False)[0]


def wrapped(words: str, width: float, size: float = SMALLEST, bold: bool = False) -> list[str]:
    """The words in lines of at most `width` pixels; a single longer word keeps its line."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _plain_dollar(words: str) -> str:
    """A dollar sign is a dollar sign, not mathematics."""
    return words.replace("$", r"\$")


def _with_fonts(body: str) -> str:
    """The reader's own sans serif first, the one that was drawn with last."""
    return re.sub(r' transform="rotate\(-?0 [^"]*\)"', "", body).replace(f"'{DRAWN_WITH}'", FONTS)


def _unique(body: str, salt: str) -> str:
    """Identifiers with the salt in front, since two drawings of one page may hold the same shape."""
    return re.sub(r'(\bid="|url\(#|xlink:href="#)', lambda m: f"{m[1]}{salt}-", body)


def _attribute(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
