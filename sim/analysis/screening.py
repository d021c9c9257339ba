"""Screening: which of many inputs do anything, from few runs (Morris 1991, Technometrics 33, 161–174).

    effect of a step   EE = (f(x + δ e_i) − f(x)) / δ          δ as a share of the input's range
    strength           μ* = E|EE|                              (Campolongo, Cariboni & Saltelli 2007, EMS 22, 1509–1518)
    bending            σ  = sd of EE: interactions and curves, for an input whose effect is not the same everywhere

Noise makes every |EE| larger, so an input that does nothing has a μ* too: `floor` says which, from replicates at the same point, and an
input counts where its interval is above the floor. The strength without noise is √E[EE_1 · EE_2] over two different replicates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.analysis.simultaneous import half_widths


@dataclass(frozen=True, eq=False)
class Screened:
    """What the trajectories show; NaN where fewer than two of them finished.

    strength, low, high  (K, O) μ* with its interval; those of an outcome hold for all inputs at once
    mean, bending        (K, O) μ and σ
    without_noise        (K, O) root of the mean square effect, the noise taken out; NaN with one replicate
    floor                (O,) strength that noise alone gives an input that does nothing; NaN with one replicate
    trajectories         (O,) that count
    """

    strength: np.ndarray
    low: np.ndarray
    high: np.ndarray
    mean: np.ndarray
    bending: np.ndarray
    without_noise: np.ndarray
    floor: np.ndarray
    trajectories: np.ndarray

    @property
    def matters(self) -> np.ndarray:
        """(K, O) whether an input surely does something: its interval is above what noise alone gives."""
        with np.errstate(invalid="ignore"):
            return self.low > np.where(np.isnan(self.floor), 0.0, self.floor)


def screen(points: np.ndarray, values: np.ndarray, confidence: float = 0.95) -> Screened:
    """What each input does along the trajectories.

    points  (T, K + 1, K) of T trajectories in the unit cube (sim/experiment/sweep/samples.py), each of which moves every input once
    values  (T, K + 1, R, O) R replicates of O outcomes; a trajectory in which a run failed (NaN) is left out for that outcome

    Raises ValueError where shapes do not agree, or a step does not move exactly one input.
    """
    steps = np.diff(points, axis=1)
    if values.shape[:2] != points.shape[:2] or values.ndim != 4:
        raise ValueError(f"values are (trajectories, inputs + 1, replicates, outcomes): {values.shape} at points {points.shape}")
    if ((np.abs(steps) > 1e-12).sum(axis=2) != 1).any():
        raise ValueError("every step of a trajectory moves one input")
    who = np.abs(steps).argmax(axis=2)  # (T, K) input of each step
    size = np.take_along_axis(steps, who[:, :, None], axis=2)[:, :, 0]
    there = ~np.isnan(values).any(axis=(1, 2))
    known = np.where(there[:, None, None, :], values, 0.0)
    effects = np.diff(known, axis=1) / size[:, :, None, None]  # (T, K, R, O)
    order = np.argsort(who, axis=1)
    effects = np.take_along_axis(effects, order[:, :, None, None], axis=1)
    replicates = values.shape[2]
    each = effects.mean(axis=2)
    strength, mean = _mean(np.abs(each), there), _mean(each, there)
    number = np.maximum(there.sum(axis=0), 1)
    around = each - np.nan_to_num(mean)
    bending = np.sqrt(_mean(around * around, there) * number / np.maximum(number - 1, 1))
    known = np.where(there[:, None, :], np.abs(each), np.nan)
    half = np.stack([half_widths(known[:, :, outcome], confidence) for outcome in range(known.shape[2])], axis=1)
    return Screened(strength, strength - half, strength + half, mean, bending, *_noise(effects, there, replicates), there.sum(axis=0))


def _mean(values: np.ndarray, there: np.ndarray) -> np.ndarray:
    """(K, O) mean over the trajectories (T, K, O) that count; NaN over fewer than two of them."""
    number = there.sum(axis=0)
    return np.where(number >= 2, np.einsum("tko,to->ko", values, there.astype(float)) / np.maximum(number, 1), np.nan)


def _noise(effects: np.ndarray, there: np.ndarray, replicates: int) -> tuple[np.ndarray, np.ndarray]:
    """((K, O) strength without noise, (O,) strength of noise alone)."""
    inputs, outcomes = effects.shape[1], effects.shape[3]
    if replicates == 1:
        return np.full((inputs, outcomes), np.nan), np.full(outcomes, np.nan)
    whole, squares = effects.sum(axis=2), (effects * effects).sum(axis=2)
    common = _mean((whole * whole - squares) / (replicates * (replicates - 1)), there)
    # The mean of R replicates' effects has a noise of this variance; of a normal variable E|x| = σ √(2/π).
    spread = _mean(effects.var(axis=2, ddof=1), there).mean(axis=0) / replicates
    return np.sqrt(np.maximum(common, 0.0)), np.sqrt(spread) * math.sqrt(2.0 / math.pi)
