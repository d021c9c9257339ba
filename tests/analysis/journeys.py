"""Invented journeys: monthly money that is planted, so that what is found in it is known."""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.experiment.comparison import Comparison, Failure
from sim.model.outcomes import NAMES
from sim.model.series import EARNED, SPENT, TO_COME
from sim.model.series import NAMES as SERIES
from sim.scenario.objects import RunSettings
from tests.report.synthetic import scenario

LEVEL, SPEND = 1000.0, 800.0


def journey(differences: dict[str, np.ndarray], failures: tuple[Failure, ...] = (), months: int | None = None) -> Comparison:
    """Staying, and paths whose earnings differ from it by (R, M) planted amounts."""
    shape = next(iter(differences.values())).shape
    names = ("staying", *differences)
    series = np.zeros((len(names), *shape, len(SERIES)))
    series[..., EARNED], series[..., SPENT], series[..., TO_COME] = LEVEL, SPEND, 5000.0
    series[..., EARNED] += 50.0 * np.random.default_rng(3).normal(size=shape)  # luck that staying and path share
    for place, planted in enumerate(differences.values(), start=1):
        series[place, :, :, EARNED] += planted
    for failure in failures:
        series[names.index(failure.design), failure.seed - 1] = np.nan
    run = RunSettings(days=20 * shape[1])
    firm = dataclasses.replace(scenario(), run=run, model={"month_days": 20.0, "year_days": 240.0})
    outcomes = np.zeros((len(names), shape[0], len(NAMES)))
    made_by = {"seed": 1, "version": "0.1.0", "command": "orgsim transition branch_bank"}
    return Comparison(firm, names, np.arange(1, shape[0] + 1), outcomes, outcomes > 0, series, failures, 1.0, made_by)


def planted(months: list[float], replicates: int = 40, noise: float = 0.0, seed: int = 5) -> np.ndarray:
    """The same months in every history, with noise of their own."""
    return np.array(months) + noise * np.random.default_rng(seed).normal(size=(replicates, len(months)))
