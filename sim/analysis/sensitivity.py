"""Sensitivity: what share of an outcome's variance each input has, alone and with its interactions, the simulation's noise taken out.

    first  S_i = E[f(B) · (f(AB_i) − f(A))] / V          (Saltelli et al. 2010, Computer Physics Communications 181, 259–270, table 2 (b))
    total  T_i = E[(f(A) − f(AB_i))²] / 2V               (Jansen 1999; the same table, (f))
    V      variance of f over A and B
    seed   σ² / (V + σ²): what a single run's luck has of the variance of single runs

f is the mean response: a simulation gives f plus noise σ, and the noise of A and AB_i does not cancel, so that an input that does nothing
seems to do something. With two or more replicates a point every product is taken of two different replicates, whose noises
have nothing in common: E[d_1 d_2] = E[d]², for any number of replicates averaged over all pairs of them. What is estimated is thus free
of the noise on average, and may fall below zero for an input that does nothing. With one replicate it cannot be told apart, which is said.

Intervals come from drawing whole blocks again (one row of A, of B and of all AB_i). A block in which a run has failed is left out for
that outcome, and nothing is filled in.

Points may share their seeds, as those of a sweep do. What a seed does everywhere then stands in every point of its replicate: over the few
seeds that there are it adds up to zero, so that the products of different replicates would come out too small, and V below zero where luck
is large. Each replicate is therefore taken from its own mean. Intervals are those of these seeds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DRAWS = 500
"""Bootstrap draws: enough for 95 % intervals of an index to two digits."""

_SEED = 20101
FEWEST = 8
"""Blocks without which there are no indices."""


@dataclass(frozen=True, eq=False)
class Indices:
    """Indices of all inputs on all outcomes; NaN where too few blocks finished, or the outcome does not vary.

    first, total            (K, O); first_low, first_high, total_low, total_high their intervals, each for itself
    variance                (O,) of the mean response
    seed_share              (O,) share of a single run's variance that is its luck; NaN with one replicate
    blocks                  (O,) blocks that count
    leader_share            (O,) share of bootstrap samples in which the input with the largest total index is the same one
    noise_removed           whether there were replicates to tell the noise by
    """

    first: np.ndarray
    first_low: np.ndarray
    first_high: np.ndarray
    total: np.ndarray
    total_low: np.ndarray
    total_high: np.ndarray
    variance: np.ndarray
    seed_share: np.ndarray
    blocks: np.ndarray
    leader_share: np.ndarray
    noise_removed: bool
    confidence: float

    @property
    def too_small_to_rank(self) -> np.ndarray:
        """(O,) True where another sample of this size would often enough have another input first, or there is none at all."""
        return ~(self.leader_share >= self.confidence)


def sobol_indices(values: np.ndarray, confidence: float = 0.95, draws: int = DRAWS) -> Indices:
    """Indices from runs at the points of a Saltelli sample without the blocks for second-order indices (sim/experiment/sweep/samples.py).

    values  (N, K + 2, R, O) R replicates of O outcomes, or of differences of outcomes; NaN for a run that failed. Of each block first a
            row of A, then of every AB_i, which is A with input i from B, then of B: the sample's own order, N(K + 2) points, cut by N

    Raises ValueError where there are no four axes, or fewer than one input.
    """
    if values.ndim != 4 or values.shape[1] < 3 or not values.shape[2]:
        raise ValueError(f"values are (blocks, inputs + 2, replicates, outcomes): {values.shape}")
    blocks, points, replicates = values.shape[:3]
    inputs = points - 2
    there = ~np.isnan(values).any(axis=(1, 2))  # (N, O)
    known = np.where(there[:, None, None, :], values, 0.0)
    # Each replicate from its own mean: what a seed does at all points alike is no noise of a point (see above).
    centre = known.sum(axis=(0, 1)) / np.maximum(there.sum(axis=0) * points, 1)  # (R, O)
    y = np.where(there[:, None, None, :], known - centre, 0.0)
    a, changed, b = y[:, 0], y[:, 1:-1], y[:, -1]
    mean_a, mean_b = a.mean(axis=1), b.mean(axis=1)
    step = changed - a[:, None]
    total = _common(step, step, axis=2) / 2.0  # (N, K, O)
    first = _common(b[:, None], step, axis=2)
    square = (_common(a, a, axis=1) + _common(b, b, axis=1)) / 2.0  # (N, O)
    level = (mean_a + mean_b) / 2.0
    parts = np.concatenate([first, total, square[:, None], level[:, None], there[:, None].astype(float)], axis=1)  # (N, 2K + 3, O)

    whole = parts.sum(axis=0)[None]
    first_index, total_index, variance = _indices(whole, inputs)
    rng = np.random.default_rng(_SEED)
    counts = rng.multinomial(blocks, np.full(blocks, 1.0 / blocks), size=draws).astype(float)
    drawn = (counts @ parts.reshape(blocks, -1)).reshape(draws, *parts.shape[1:])
    firsts, totals, _ = _indices(drawn, inputs)
    tail = (1.0 - confidence) / 2.0
    with np.errstate(invalid="ignore"):
        first_low, first_high, total_low, total_high = (
            np.quantile(each, at, axis=0) for each in (firsts, totals) for at in (tail, 1.0 - tail)
        )
        leader = np.nan_to_num(total_index[0], nan=-np.inf).argmax(axis=0)
        leads = np.nan_to_num(totals, nan=-np.inf).argmax(axis=1) == leader
    fit = ~np.isnan(variance[0])
    noise = _noise(known, there, replicates)
    with np.errstate(invalid="ignore", divide="ignore"):
        seed_share = noise / (variance[0] + noise)
    return Indices(
        first_index[0], first_low, first_high, total_index[0], total_low, total_high, variance[0], np.where(fit, seed_share, np.nan),
        there.sum(axis=0), np.where(fit, leads.mean(axis=0), np.nan), replicates > 1, confidence,
    )  # fmt: skip


def _common(one: np.ndarray, other: np.ndarray, axis: int) -> np.ndarray:
    """The product of what two have in common over their replicates: of different replicates, on average; of the only one."""
    replicates = one.shape[axis]
    same = (one * other).sum(axis=axis)
    if replicates == 1:
        return same
    return (one.sum(axis=axis) * other.sum(axis=axis) - same) / (replicates * (replicates - 1))


def _indices(sums: np.ndarray, inputs: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """((D, K, O) first, (D, K, O) total, (D, O) variance) from sums over blocks (D, 2K + 3, O)."""
    number = sums[:, -1]
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(number[:, None] >= FEWEST, sums[:, :-1] / number[:, None], np.nan)
        variance = means[:, 2 * inputs] - means[:, 2 * inputs + 1] ** 2
        variance = np.where(variance > 0.0, variance, np.nan)
        return means[:, :inputs] / variance[:, None], means[:, inputs : 2 * inputs] / variance[:, None], variance


def _noise(y: np.ndarray, there: np.ndarray, replicates: int) -> np.ndarray:
    """(O,) variance of runs at the same point, over all points."""
    if replicates == 1:
        return np.full(y.shape[3], np.nan)
    within = y.var(axis=2, ddof=1).sum(axis=(0, 1))
    return within / np.maximum(there.sum(axis=0) * y.shape[1], 1)


def rank_warning(indices: Indices, names: list[str]) -> str:
    """A sentence about the outcomes whose inputs cannot be ranked; empty where there are none.

    names  of the outcomes
    """
    weak = [name for name, is_weak in zip(names, indices.too_small_to_rank) if is_weak]
    if not weak:
        return ""
    return (f"{len(weak)} of {len(names)} outcomes cannot be ranked with {int(indices.blocks.min())} blocks ({', '.join(weak)}): in over "
            f"{100 * (1 - indices.confidence):.0f} % of samples drawn again another input comes first.")  # fmt: skip
