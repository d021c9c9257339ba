"""March (1991) as a small program of its own, from the published rules and the steps its program is documented to have.

It shares nothing with the model: arrays of −1, 0, +1, NumPy's generator, one period after the other.
"""

from __future__ import annotations

import numpy as np


def organisation(
    p1: float, p2: float, periods: int, seed: int, turnover: float = 0.0, turbulence: float = 0.0, members: int = 50, dimensions: int = 30
) -> tuple[np.ndarray, np.ndarray]:
    """(code, reality) after some periods, (dimensions,) each of −1, 0 or +1."""
    draw = np.random.default_rng(seed)
    reality = draw.choice((-1, 1), dimensions)
    beliefs = draw.choice((-1, 0, 1), (members, dimensions))
    code = np.zeros(dimensions, int)
    for _ in range(periods):
        reality = np.where(draw.random(dimensions) < turbulence, -reality, reality)
        actions = np.where(beliefs == 0, draw.choice((-1, 1), beliefs.shape), beliefs)
        scores, old = actions @ reality, code.copy()
        moves = (draw.random(beliefs.shape) < p1) & (old != 0) & (beliefs != old)
        beliefs = beliefs + np.where(moves, np.sign(old - beliefs), 0)
        gone = draw.random(members) < turnover
        beliefs[gone] = draw.choice((-1, 0, 1), (int(gone.sum()), dimensions))
        better = actions[scores > old @ reality]
        votes = better.sum(axis=0) if len(better) else np.zeros(dimensions, int)
        majority = np.sign(votes)
        learns = (majority != 0) & (majority != old) & (draw.random(dimensions) < 1.0 - (1.0 - p2) ** np.abs(votes))
        code = np.where(learns, majority, old)
    return code, reality


def knowledge(p1: float, p2: float, periods: int, seed: int) -> float:
    """Net knowledge of the code at rest."""
    code, reality = organisation(p1, p2, periods, seed)
    return float(code @ reality) / len(code)


def share_right(periods: int, turnover: float, seed: int) -> float:
    """Share of the code that is right in a reality that moves, p1 = p2 = 0.5."""
    code, reality = organisation(0.5, 0.5, periods, seed, turnover, 0.02)
    return float((code == reality).mean())
