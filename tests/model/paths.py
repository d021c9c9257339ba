"""Short paths between designs, for the tests of moves."""

from __future__ import annotations

from collections.abc import Mapping

from sim.model.begin import draw_up
from sim.model.path import Path, Stretch
from sim.model.world import World
from tests.model.worlds import MODEL, SMALL

Design = Mapping[str, float]


def path(
    first: Design, *later: tuple[int, Design], days: int = 240, model: Design = MODEL, firm: Design = SMALL, warm_up: int = 0,
    reshuffled: float = 0.0,
) -> Path:  # fmt: skip
    """A path that begins with a design and goes on with `later`: (day, design)."""
    plans = [draw_up(firm, design, model, days, warm_up) for design in (first, *(design for _, design in later))]
    return Path(plans[0], tuple(Stretch(day, one, reshuffled) for (day, _), one in zip(later, plans[1:])))


def copied(w: World) -> World:
    """A world of its own with the same state."""
    return World(*(array.copy() for array in w))
