"""Charts, one file each, drawn at their final size in pixels: a wide one, and a narrow one for phones.

Every file has a function that gives a Chart, for pages and files, and `plot_…(ax, data)`, for a notebook's own figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE = 720
NARROW = 328
"""Widths in pixels: a column beside its text, and a phone of 360 with its margins."""


class Drawn(Mapping[str, bytes]):
    """Drawings by name, each made when it is first asked for: who looks at one shape does not wait for the others."""

    def __init__(self, makers: Mapping[str, Callable[[], bytes]]) -> None:
        self._makers, self._made = dict(makers), dict[str, bytes]()

    def __getitem__(self, name: str) -> bytes:
        """The drawing. Raises KeyError for a name that is none of them."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


@dataclass(frozen=True)
class Chart:
    """One figure, ready to be put on a page or written to files.

    name       of its files, without ending
    title      the finding, made by rule
    subtitle   what is drawn, unit, interval, number of pairs
    bodies     "wide", "narrow" → SVG without title, for the page, which sets the title as text
    files      ending → content, for files of their own, title included ("svg", "narrow.svg", "png")
    said       what a person who does not see it should be told
    csv        the data behind it
    plot       draws the body on axes of somebody's own, or on a new figure of the right size where they are None
    """

    name: str
    title: str
    subtitle: str
    bodies: Drawn
    files: Drawn
    said: str
    csv: str
    plot: Callable[[Axes | None], Axes]

    @property
    def wide(self) -> str:
        """SVG without title, WIDE pixels wide."""
        return self.bodies["wide"].decode()

    @property
    def narrow(self) -> str:
        """SVG without title, NARROW pixels wide."""
        return self.bodies["narrow"].decode()

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.files["svg"].decode().partition("\n")[2]
