"""Discovery: in which firms is a design better? Boxes found by peeling, and a shallow tree, as sentences that are checked elsewhere.

PRIM (Friedman & Fisher 1999, Statistics and Computing 9, 123–143; for scenario discovery: Bryant & Lempert 2010, Technological
Forecasting & Social Change 77, 34–49): from the whole space, peel off again and again the thin slice along one factor that leaves the
largest share of wanted points; of all boxes on the way that are nearly pure take the one with the largest density × coverage.

    density    wanted points in the box ÷ points in the box
    coverage   wanted points in the box ÷ all wanted points

Boxes and trees are found on one half of the points and judged on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

PEEL = 0.05
"""Share of the points in the box that is peeled off at a time."""

LEAST = 10
"""Points that a box keeps."""

DENSE = 0.8
"""Density from which on a box counts as nearly pure; where none is, the densest is taken."""

BASE_GAIN = 1.5
"""How much denser than the whole a box must be to say anything, where wanted points are not already the rule."""

DEPTH = 3


@dataclass(frozen=True)
class Bounds:
    """One factor's part in a box: at least `low`, at most `high`; infinite where there is no bound."""

    factor: int
    low: float
    high: float


@dataclass(frozen=True)
class Box:
    """A region, found on one half of the points and judged on the other.

    bounds    of the factors that matter
    density, coverage   on the half it was found on
    density_elsewhere, coverage_elsewhere   on the other; NaN where the other half has no point in it, or none that is wanted
    points    of the half it was found on, in the box
    """

    bounds: tuple[Bounds, ...]
    density: float
    coverage: float
    density_elsewhere: float
    coverage_elsewhere: float
    points: int


def halves(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Two halves of the points, drawn once."""
    order = np.random.default_rng([seed, 31]).permutation(count)
    return np.sort(order[: count // 2]), np.sort(order[count // 2 :])


def find_box(points: np.ndarray, wanted: np.ndarray, seed: int = 0) -> Box | None:
    """The box of points that are wanted.

    points  (N, K) numbers
    wanted  (N,) bool

    None where too few points are wanted, or no region is much denser than the whole.
    """
    here, there = halves(len(points), seed)
    if wanted[here].sum() < LEAST or wanted[here].all():
        return None
    inside = _peeled(points[here], wanted[here])
    limits = _needed(points[here], wanted[here], inside)
    box = _judged(points, wanted, here, there, limits)
    usual = float(wanted[here].mean())
    return box if box.density >= min(DENSE, BASE_GAIN * usual) and box.density > usual else None


def _peeled(points: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """(K, 2) bounds of the best box on the way of peeling."""
    width = points.shape[1]
    limits = np.column_stack([np.full(width, -np.inf), np.full(width, np.inf)])
    inside = np.ones(len(points), bool)
    best, best_rank = limits.copy(), _rank(wanted, inside)
    while inside.sum() > LEAST:
        step = _best_peel(points, wanted, inside)
        if step is None:
            break
        factor, side, bound = step
        limits[factor, side] = bound
        inside &= points[:, factor] >= bound if side == 0 else points[:, factor] <= bound
        rank = _rank(wanted, inside)
        if rank > best_rank:
            best, best_rank = limits.copy(), rank
    return best


def _rank(wanted: np.ndarray, inside: np.ndarray) -> tuple[float, float]:
    """Nearly pure boxes by density × coverage, others by density."""
    density, coverage = float(wanted[inside].mean()), float(wanted[inside].sum() / wanted.sum())
    return (1.0, density * coverage) if density >= DENSE else (density, coverage)


def _best_peel(points: np.ndarray, wanted: np.ndarray, inside: np.ndarray) -> tuple[int, int, float] | None:
    """(factor, side, new bound) that leaves the largest share of wanted points; None where nothing can be peeled."""
    best, found = -1.0, None
    values_inside, wanted_inside = points[inside], wanted[inside]
    for factor in range(points.shape[1]):
        values = values_inside[:, factor]
        for side, share in ((0, PEEL), (1, 1.0 - PEEL)):
            edge = np.quantile(values, share, method="lower" if side == 0 else "higher")
            # Of a list of values at least one goes: the nearest one that is further in.
            stays = values > edge if side == 0 else values < edge
            if not LEAST <= stays.sum() < len(values):
                continue
            density = float(wanted_inside[stays].mean())
            if density > best:
                best, found = density, (factor, side, float(values[stays].min() if side == 0 else values[stays].max()))
    return found


def _needed(points: np.ndarray, wanted: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """The same box without bounds that do nothing: each is dropped, the weakest first, while that costs no density."""
    limits = limits.copy()
    while True:
        density = float(wanted[_inside(points, limits)].mean())
        without = []
        for factor, side in zip(*np.nonzero(np.isfinite(limits)), strict=True):
            looser = limits.copy()
            looser[factor, side] = np.inf if side else -np.inf
            without.append((float(wanted[_inside(points, looser)].mean()), factor, side))
        if not without:
            return limits
        looser_density, factor, side = max(without)
        if looser_density < density - 0.01:
            return limits
        limits[factor, side] = np.inf if side else -np.inf


def _inside(points: np.ndarray, limits: np.ndarray) -> np.ndarray:
    return np.asarray(((points >= limits[:, 0]) & (points <= limits[:, 1])).all(axis=1))


def _judged(points: np.ndarray, wanted: np.ndarray, here: np.ndarray, there: np.ndarray, limits: np.ndarray) -> Box:
    parts = []
    for half in (here, there):
        inside, good = _inside(points[half], limits), wanted[half]
        parts.append((float(good[inside].mean()) if inside.any() else float("nan"),
                      float(good[inside].sum() / good.sum()) if good.any() else float("nan"), int(inside.sum())))  # fmt: skip
    bounds = tuple(Bounds(factor, float(low), float(high)) for factor, (low, high) in enumerate(limits) if np.isfinite((low, high)).any())
    return Box(bounds, *parts[0][:2], *parts[1][:2], parts[0][2])


@dataclass(frozen=True)
class Leaf:
    """One end of the tree: what leads there, the share of wanted points, and how many points, on the half it was not grown on."""

    bounds: tuple[Bounds, ...]
    share: float
    points: int


@dataclass(frozen=True)
class Tree:
    """A shallow tree.

    leaves    as the other half sees them
    accuracy  share of the other half that it gets right
    guess     share that saying always the commoner thing gets right there
    """

    leaves: tuple[Leaf, ...]
    accuracy: float
    guess: float


def grow_tree(points: np.ndarray, wanted: np.ndarray, seed: int = 0) -> Tree | None:
    """A tree of at most DEPTH questions (CART: Breiman et al. 1984), grown on one half and judged on the other; None without both kinds."""
    here, there = halves(len(points), seed)
    if len(np.unique(wanted[here])) < 2 or not len(there):
        return None
    from sklearn.tree import DecisionTreeClassifier

    grown = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=max(LEAST, len(here) // 20), random_state=0)
    grown.fit(points[here], wanted[here])
    right = grown.predict(points[there]) == wanted[there]
    places = grown.apply(points[there])
    leaves = []
    for place, bounds in _paths(grown.tree_, 0, {}):
        inside = places == place
        if inside.any():
            parts = tuple(Bounds(factor, low, high) for factor, (low, high) in sorted(bounds.items()))
            leaves.append(Leaf(parts, float(wanted[there][inside].mean()), int(inside.sum())))
    usual = float(wanted[there].mean())
    return Tree(tuple(leaves), float(right.mean()), max(usual, 1.0 - usual))


def _paths(tree, node: int, bounds: dict[int, tuple[float, float]]) -> list[tuple[int, dict[int, tuple[float, float]]]]:  # type: ignore[no-untyped-def]
    """(leaf, factor → bounds) of every end below a node."""
    if tree.children_left[node] < 0:
        return [(node, bounds)]
    factor, at = int(tree.feature[node]), float(tree.threshold[node])
    low, high = bounds.get(factor, (-np.inf, np.inf))
    below = {**bounds, factor: (low, min(high, at))}
    above = {**bounds, factor: (max(low, at), high)}
    return _paths(tree, int(tree.children_left[node]), below) + _paths(tree, int(tree.children_right[node]), above)


def in_words(bounds: Sequence[Bounds], labels: Sequence[str]) -> str:
    """Bounds as a sentence's condition.

    >>> in_words([Bounds(0, 0.4, float("inf")), Bounds(1, 2.0, 8.0)], ["turbulence", "coupling"])
    'turbulence is above 0.4, and coupling is between 2 and 8'
    """
    parts = []
    for each in bounds:
        label = labels[each.factor]
        if np.isfinite(each.low) and np.isfinite(each.high):
            parts.append(f"{label} is between {each.low:.3g} and {each.high:.3g}")
        else:
            parts.append(f"{label} is above {each.low:.3g}" if np.isfinite(each.low) else f"{label} is below {each.high:.3g}")
    return ", and ".join(parts) or "anywhere"
