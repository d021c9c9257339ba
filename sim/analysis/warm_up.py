"""Warm-up: how much of the beginning of a series is not yet what lasts.

    d* = argmin over d ≤ m / 2 of  Σ_{j > d} (z_j − z̄_d)² / (m − d)²

z     means of batches of five observations each    [unit of the series]
m     number of batches
z̄_d   mean of the batches after the first d

MSER-5, the truncation that makes the standard error of what is left least: White (1997), after Spratt (1998) with batches of five.
"""

from __future__ import annotations

import numpy as np

BATCH = 5
"""Observations in a batch: what the 5 of MSER-5 is."""


def mser5(series: np.ndarray) -> int:
    """Observations to leave out at the beginning of a series (n,), a multiple of five; at most half of them.

    Raises ValueError for fewer than ten observations, or where one is not a number.
    """
    batches = len(series) // BATCH
    if batches < 2 or not np.isfinite(series).all():
        raise ValueError("MSER-5 needs ten observations or more, all of them numbers")
    means = series[: batches * BATCH].reshape(batches, BATCH).mean(axis=1)
    errors = [float(((means[d:] - means[d:].mean()) ** 2).sum()) / (batches - d) ** 2 for d in range(batches // 2 + 1)]
    return BATCH * int(np.argmin(errors))
