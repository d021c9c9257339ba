"""Colours, one meaning each, everywhere: designs, waiting, building, and what is too close to call.

The designs' colours keep 4.5 : 1 against white and stay apart under simulated colour blindness (tests hold both). Red and
green never stand against each other.
"""

from __future__ import annotations

from collections.abc import Sequence

INK = "#1a202c"
QUIET = "#4b5563"
TOO_CLOSE = "#6b7280"
RULE = "#d9dde3"
PAPER = "#ffffff"

_FIXED = {"partnership": "#C2410C", "modern_partnership": "#5B3A1A", "pervasive": "#1D5FA8"}
_FREE = ("#0F766E", "#701A75", "#1F2937", "#8A6100")

WAITING = {
    "liaison": "#c9bddf", "board": "#56407d", "funding": "#7b65a8", "team_queue": "#b4a3d3",
    "other_team": "#6f589b", "review": "#c9bddf", "release": "#a794cb", "rework": "#ded5ec",
}  # fmt: skip
"""Purples by cause: neighbours in an item's life differ in lightness, so that their border is seen."""

BUILDING = "#d5d9df"


def design_colours(designs: Sequence[str]) -> dict[str, str]:
    """A colour for each design: its own where it has one, else the next free one.

    >>> design_colours(["pervasive", "mine"])
    {'pervasive': '#1D5FA8', 'mine': '#0F766E'}
    """
    others = [design for design in designs if design not in _FIXED]
    found = {design: _FREE[place % len(_FREE)] for place, design in enumerate(others)}
    return {design: _FIXED.get(design) or found[design] for design in designs}


def fixed_colour(label: str) -> str | None:
    """The colour of the design that a label names in plain words; None where it names none that has its own.

    >>> fixed_colour("modern partnership"), fixed_colour("mine")
    ('#5B3A1A', None)
    """
    return _FIXED.get(label.replace(" ", "_"))


def cause_colour(cause: str) -> str:
    """Purple for waiting, grey for building."""
    return WAITING.get(cause, BUILDING)


def text_on(colour: str) -> str:
    """White or ink, whichever is read better on `colour`."""
    return PAPER if contrast(colour, PAPER) >= contrast(colour, INK) else INK


def tint(colour: str, strength: float) -> str:
    """The colour mixed with white; strength 1 is the colour itself."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * strength):02x}" for part in parts)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
