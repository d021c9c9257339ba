"""Free goods, counted: on how many firms of an ensemble a coordinate raises the return, and which does on nearly all of them.

A coordinate that raises the return on 95 % of plausible firms or more is a free good: either its price is missing from the model, or
every firm should have it, and then it is no choice. One that lowers it as often is the same thing read from its other end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.winners import Share
from sim.experiment.free_goods import Moved
from sim.experiment.levers import Lever

FREE = 0.95
"""Share of firms from which on a good is called free."""


@dataclass(frozen=True)
class Good:
    """One coordinate at one base design.

    rises   firms on which its high end earns more than its low end
    falls   firms on which it earns less
    middle  the middle firm's gain from low to high end                  [per 1 spent]
    counts  firms on which that is more than matters, either way
    """

    lever: Lever
    rises: Share
    falls: Share
    middle: float
    counts: int

    @property
    def free(self) -> str:
        """ "more" or "less" of it is free; "" where it has its price."""
        if self.rises.share >= FREE:
            return "more"
        return "less" if self.falls.share >= FREE else ""


@dataclass(frozen=True)
class Priced:
    """One coordinate over all base designs.

    free  "more" or "less", where that is free at every base; else ""
    """

    coordinate: str
    goods: tuple[Good, ...]

    @property
    def free(self) -> str:
        said = {good.free for good in self.goods}
        return said.pop() if len(said) == 1 else ""


def goods(moved: Moved) -> list[Priced]:
    """Every coordinate, those first that raise the return on most firms. Raises ValueError where no firm has any of them."""
    if not np.isfinite(moved.gains).any():
        raise ValueError("no firm has a verdict")
    found: dict[str, list[Good]] = {}
    for lever, gains, matters in zip(moved.levers, moved.gains, moved.matters, strict=True):
        there = np.isfinite(gains)
        if there.any():
            rises, falls = (Share(int((sign * gains[there] > 0).sum()), int(there.sum())) for sign in (1, -1))
            counts = int((np.abs(gains[there]) > matters[there]).sum())
            found.setdefault(lever.coordinate, []).append(Good(lever, rises, falls, float(np.median(gains[there])), counts))
    return sorted((Priced(name, tuple(each)) for name, each in found.items()), key=lambda one: -_least(one.goods))


def _least(of: Sequence[Good]) -> float:
    """How surely a coordinate is free: its share at the base where it is least so."""
    return min(good.rises.share for good in of)
