"""After Siggelkow & Levinthal (2003), a small program of its own: six binary choices in two divisions, searched in three ways.

It shares nothing with the model: contributions are a table over the choices that matter to each.
"""

from __future__ import annotations

import itertools

import numpy as np

CHOICES, DIVISION = 6, 3
OTHERS = {"modular": 0, "near": 1, "full": 3}
"""Choices of the other division that matter to each choice."""


class Landscape:
    """Contributions of six choices, each depending on its own division and on some of the other."""

    def __init__(self, coupling: str, draw: np.random.Generator) -> None:
        self.tables = draw.random((CHOICES, 2**CHOICES))
        self.masks = []
        for choice in range(CHOICES):
            own = range(0, DIVISION) if choice < DIVISION else range(DIVISION, CHOICES)
            other = [place for place in range(CHOICES) if place not in own]
            mine = set(own) | set(draw.choice(other, OTHERS[coupling], replace=False).tolist())
            self.masks.append(np.array([place in mine for place in range(CHOICES)]))

    def contributions(self, state: np.ndarray) -> np.ndarray:
        """(6,) contribution of each choice."""
        weights = 1 << np.arange(CHOICES)
        return np.array([self.tables[choice, int((state * mask) @ weights)] for choice, mask in enumerate(self.masks)])

    def highest(self) -> float:
        """Mean contribution of the best of all sixty-four states."""
        return max(self.contributions(np.array(state)).mean() for state in itertools.product((0, 1), repeat=CHOICES))


def fitness(coupling: str, who: str, periods: int, seed: int, joined: int = 25) -> float:
    """Mean contribution over the highest possible, after some periods."""
    draw = np.random.default_rng(seed)
    land = Landscape(coupling, draw)
    state = draw.integers(0, 2, CHOICES)
    for period in range(periods):
        now = land.contributions(state)
        if who == "central" or (who == "temporary" and period >= joined):
            tried = state.copy()
            tried[draw.integers(CHOICES)] ^= 1
            if land.contributions(tried).mean() > now.mean():
                state = tried
            continue
        kept = state.copy()
        for first in (0, DIVISION):
            tried, mine = state.copy(), slice(first, first + DIVISION)
            tried[first + draw.integers(DIVISION)] ^= 1
            if land.contributions(tried)[mine].mean() > now[mine].mean():
                kept[mine] = tried[mine]
        state = kept
    return float(land.contributions(state).mean() / land.highest())
