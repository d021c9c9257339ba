"""Charts, one file each, drawn at their final size in pixels: a wide one, and a narrow one for phones."""

from __future__ import annotations

from dataclasses import dataclass

WIDE = 720
NARROW = 328
"""Widths in pixels: a column beside its text, and a phone of 360 with its margins."""


@dataclass(frozen=True)
class Chart:
    """One figure, ready to be put on a page or written to files.

    name       of its files, without ending
    title      the finding, made by rule
    subtitle   what is drawn, unit, interval, number of pairs
    wide, narrow   SVG without title, for the page, which sets the title as text
    files      ending → content, for files of their own, title included ("svg", "narrow.svg", "png")
    said       what a person who does not see it should be told
    csv        the data behind it
    """

    name: str
    title: str
    subtitle: str
    wide: str
    narrow: str
    files: dict[str, bytes]
    said: str
    csv: str

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.files["svg"].decode().partition("\n")[2]
