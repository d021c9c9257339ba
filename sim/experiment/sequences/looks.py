"""Looks: after how many pairs a sequential comparison is looked at. Fixed before the first run, in the order of the seeds.

    look k = ⌈FLOOR · GROWTH^k⌉,  the last one at the ceiling

Growing by a factor, looks are few where runs are many, and at the end at most that factor more is run than was needed.
"""

from __future__ import annotations

import math

FLOOR = 100
"""Pairs before the first look: an interval that rests on the normal distribution of means needs that many."""

GROWTH = 1.25


def schedule(ceiling: int) -> tuple[int, ...]:
    """Pairs at each look, rising, the last one `ceiling`.

    >>> schedule(200)
    (100, 125, 157, 196, 200)

    Raises ValueError for a ceiling below FLOOR.
    """
    if ceiling < FLOOR:
        raise ValueError(f"a ceiling is at least {FLOOR} pairs: {ceiling}")
    looks: list[int] = []
    while (pairs := math.ceil(FLOOR * GROWTH ** len(looks))) < ceiling:
        looks.append(pairs)
    return (*looks, ceiling)
