"""Labels beside what they name, moved apart no further than they must be."""

from __future__ import annotations

from collections.abc import Sequence


def spread_apart(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres near the wanted ones, so that neighbours of these sizes do not overlap and all lie between low and high.

    Keeps the order of `wanted`. Where there is not room for all, they are packed from `low` on.

    >>> spread_apart([10.0, 11.0], [8.0, 8.0], 0.0, 100.0)
    [6.5, 14.5]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    groups: list[list[int]] = []
    for i in order:
        groups.append([i])
        while len(groups) > 1 and _span(groups[-2], wanted, sizes, low, high)[1] > _span(groups[-1], wanted, sizes, low, high)[0] + 1e-9:
            last = groups.pop()
            groups[-1] += last
    centres = [0.0] * len(wanted)
    for group in groups:
        at = _span(group, wanted, sizes, low, high)[0]
        for i in group:
            centres[i] = at + sizes[i] / 2.0
            at += sizes[i]
    return centres


def _span(group: list[int], wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> tuple[float, float]:
    """Start and end of labels that touch, placed so that on average each is where it wants to be."""
    total, before, start = sum(sizes[i] for i in group), 0.0, 0.0
    for i in group:
        start += wanted[i] - before - sizes[i] / 2.0
        before += sizes[i]
    start = max(low, min(start / len(group), high - total))
    return start, start + total
