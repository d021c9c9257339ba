"""After Fang, Lee & Schilling (2010): subgroups of seven that are linked across, and what they know in the end [fang2010].

Members copy, dimension by dimension, the majority of those linked to them who do strictly better; beliefs pay in blocks of five that
are wholly right; there is no code. Each member is linked to the six others of its group, and each of these links goes to anybody at
all instead with probability β, for good. Links go one way (whom I look at need not look at me); the published text does not settle it
here, and levels move by about a tenth with such choices, so the finding is held against and not every level.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from sim.experiment.executors import cores, spread
from sim.model.begin import Blueprint, begin
from sim.model.kernel import run_days
from sim.model.world import World
from sim.validation.settings import bare

MEMBERS, GROUP, DIMENSIONS, BLOCK = 280, 7, 100, 5
LEARNING = 0.3
EARLY, LATE = 50, 600
"""Periods after which dense linking still leads, and after which nothing moves any more."""

PUBLISHED = {0.0: 0.03, 0.02: 0.10, 0.05: 0.602, 0.1: 0.867, 0.2: 0.873, 0.5: 0.787, 1.0: 0.744}
"""β → share of blocks right at rest: computed with links both ways, ± 0.02."""


def organisation(rewired: float) -> Blueprint:
    """Forty groups of seven; each link goes to anybody with probability `rewired`."""
    model = {
        "learning_interval": 1.0, "belief_dimensions": float(DIMENSIONS), "payoff_block": float(BLOCK), "peer_learning": LEARNING,
        "peers_met": float(GROUP - 1), "peers_kept": 1e6, "guild_reach": rewired,
    }  # fmt: skip
    firm = {"units": float(MEMBERS // GROUP), "technologists": float(MEMBERS), "change_load": 0.0}
    return bare(firm, {"guild_strength": 1.0}, model, LATE)


def share_right(w: World) -> float:
    """Share of blocks wholly right in what members believe, over all members."""
    true = _unpacked(w.firm["reality"])
    held = np.where(true, _unpacked(w.teams["believed"]), _unpacked(w.teams["disbelieved"]))
    return float(held.reshape(len(held), -1, BLOCK).all(axis=2).mean())


def _unpacked(planes: np.ndarray) -> np.ndarray:
    """Bits of (n, WORDS) planes as (n, DIMENSIONS) booleans."""
    return np.unpackbits(np.ascontiguousarray(planes).view(np.uint8), axis=1, bitorder="little")[:, :DIMENSIONS].astype(bool)


def learned(plan: Blueprint, seed: int) -> tuple[float, float]:
    """Share of blocks right of one run, early and at rest."""
    w = begin(plan, seed)
    run_days(w, 0, EARLY)
    early = share_right(w)
    run_days(w, EARLY, LATE)
    return early, share_right(w)


def knowledge(rewired: float, runs: int, workers: int | None = None) -> tuple[np.ndarray, np.ndarray]:
    """(mean, standard error) over runs of the share right, early and at rest, (2,) each."""
    found = np.array([value for _, value in spread(partial(learned, organisation(rewired)), range(runs), workers or cores(), size=1)])
    return found.mean(axis=0), found.std(axis=0, ddof=1) / math.sqrt(runs)
