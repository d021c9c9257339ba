"""A map over two parameters, measured where it changes: coarse everywhere, fine where neighbours do not agree.

A grid of 2^k · COARSE + 1 nodes a side is begun with every 2^k-th node. A square is cut in four, and its new corners measured, while
its four corners do not say the same: the one design surely earns more, the other does, or neither. What lies inside a square whose
corners agree is not measured. So the runs go where the boundary is; a region smaller than a coarse square can be missed, and the map
says how many nodes it measured of how many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

COARSE = 4
"""Squares a side that the map begins with."""

Node = tuple[int, int]
"""Place on the first axis, place on the second."""

Earned = np.ndarray
"""(2, R) what both designs earn at a node, by seed; NaN where a run failed or the firm cannot have a design."""

Measure = Callable[[Sequence[Node]], Sequence[Earned]]


def nodes_a_side(halvings: int) -> int:
    """Nodes of a side.

    >>> nodes_a_side(0), nodes_a_side(2)
    (5, 17)
    """
    return COARSE * 2**halvings + 1


def refine(halvings: int, measure: Measure, says: Callable[[Earned], int]) -> dict[Node, Earned]:
    """Measure a map; gives what was measured.

    halvings  how often a square may be cut in four
    measure   nodes → what is earned there, in their order
    says      what a node says; squares are cut where their corners do not say the same
    """
    step = 2**halvings
    found: dict[Node, Earned] = {}
    squares = [(x * step, y * step) for x in range(COARSE) for y in range(COARSE)]
    while squares:
        wanted = dict.fromkeys(node for square in squares for node in corners(square, step))
        new = [node for node in wanted if node not in found]
        found |= dict(zip(new, measure(new), strict=True))
        if step == 1:
            break
        torn = [square for square in squares if len({says(found[node]) for node in corners(square, step)}) > 1]
        step //= 2
        squares = [(x + dx, y + dy) for x, y in torn for dx in (0, step) for dy in (0, step)]
    return found


def corners(square: Node, step: int) -> tuple[Node, Node, Node, Node]:
    """The corners of a square of side `step`: near, along the first axis, along the second, far."""
    x, y = square
    return (x, y), (x + step, y), (x, y + step), (x + step, y + step)


def around(node: Node, measured: Mapping[Node, object], halvings: int) -> tuple[Node, int]:
    """The smallest square with measured corners that holds a node, and its side."""
    last = nodes_a_side(halvings) - 1
    for halving in range(halvings + 1):
        step = 2**halving
        x, y = (min(place, last - 1) // step * step for place in node)
        if all(corner in measured for corner in corners((x, y), step)):
            return (x, y), step
    raise KeyError(node)
