"""After Fang, Lee & Schilling (2010), a small program of its own: groups of seven, links one way, some of them anywhere.

It shares nothing with the model: who is undecided acts by a coin when payoffs are compared, as the model has it.
"""

from __future__ import annotations

import numpy as np


def learned(rewired: float, periods: int, seed: int, members: int = 280, group: int = 7, dimensions: int = 100, block: int = 5) -> float:
    """Share of blocks wholly right in what members believe, after some periods."""
    draw = np.random.default_rng(seed)
    reality = draw.choice((-1, 1), dimensions)
    beliefs = draw.choice((-1, 0, 1), (members, dimensions))
    links = np.array([[other for other in range(first, first + group) if other != me]
                      for first in range(0, members, group) for me in range(first, first + group)])  # fmt: skip
    away = draw.random(links.shape) < rewired
    others = (np.arange(members)[:, None] + draw.integers(1, members, links.shape)) % members
    links = np.where(away, others, links)
    for _ in range(periods):
        actions = np.where(beliefs == 0, draw.choice((-1, 1), beliefs.shape), beliefs)
        payoff = (actions == reality).reshape(members, -1, block).all(axis=2).sum(axis=1)
        better = payoff[links] > payoff[:, None]
        votes = (beliefs[links] * better[:, :, None]).sum(axis=1)
        takes = (votes != 0) & (draw.random(beliefs.shape) < 0.3)
        beliefs = np.where(takes, np.sign(votes), beliefs)
    return float((beliefs == reality).reshape(members, -1, block).all(axis=2).mean())
