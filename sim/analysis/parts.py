"""Parts: how far each part of the numbers in which firms differ moves one design's lead over another, drawn alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.analysis.winners import Share, means_of
from sim.experiment.parts import ALL, FIRM, MODEL, NONE
from sim.experiment.winners import Lived


@dataclass(frozen=True)
class PartLead:
    """A design's lead over the first where one part of the numbers is drawn.

    more    on how many firms it earns more
    middle  median lead over them [return on spend]
    moved   the same less the lead on the scenario itself
    """

    part: str
    more: Share
    middle: float
    moved: float


def part_leads(lived: Mapping[str, Lived], design: str) -> tuple[float, list[PartLead]]:
    """(lead on the scenario itself, that of each part: the whole, the firm's, the model's, then mechanisms, what moves most first).

    Firms without a verdict are not counted. Raises ValueError where the scenario itself has none.
    """
    own = _leads(lived[NONE], design)
    if not len(own):
        raise ValueError("the scenario itself has no verdict")
    base, found = float(own[0]), []
    for part, one in lived.items():
        leads = _leads(one, design)
        if part != NONE and len(leads):
            middle = float(np.median(leads))
            found.append(PartLead(part, Share(int((leads > 0).sum()), len(leads)), middle, middle - base))
    whole = [one for one in found if one.part in (ALL, FIRM, MODEL)]
    return base, [*whole, *sorted((one for one in found if one not in whole), key=lambda one: -abs(one.moved))]


def _leads(lived: Lived, design: str) -> np.ndarray:
    means = means_of(lived.earned)
    return (means[:, lived.designs.index(design)] - means[:, 0])[np.isfinite(means).all(axis=1)]
