"""Shades: the report's colours, and lighter ones of the same hue for a dark page."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.colours import BUILDING, WAITING, contrast, design_colours

DARK_PAPER = "#14181f"
"""Ground of the dark page."""

READABLE = 4.5
"""Contrast of text against its ground (WCAG 2.2, level AA)."""

STEPS = 40


def pair_colours(designs: Sequence[str]) -> dict[str, str]:
    """A colour for each design, the same as in the report."""
    return design_colours(designs)


def on_dark(colour: str) -> str:
    """The colour, mixed with as little white as makes it readable on the dark page.

    >>> on_dark("#1D5FA8") != "#1D5FA8", on_dark("#ffffff")
    (True, '#ffffff')
    """
    for step in range(STEPS + 1):
        found = _mixed(colour, step / STEPS)
        if contrast(found, DARK_PAPER) >= READABLE + 0.5:
            return found
    return "#ffffff"


def _mixed(colour: str, white: float) -> str:
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(part + (255 - part) * white):02x}" for part in parts)


def shades(designs: Sequence[str]) -> dict[str, object]:
    """Colours of the designs on the light and the dark page, in order, and of the causes of an item's days."""
    light = list(pair_colours(designs).values())
    return {"light": light, "dark": [on_dark(colour) for colour in light], "causes": {**WAITING, "building": BUILDING}}
