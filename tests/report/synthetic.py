"""An invented comparison with plausible numbers: what charts and page are tried on. No number here is a finding."""

from __future__ import annotations

import numpy as np

from sim.experiment.comparison import Comparison, Failure
from sim.model.outcomes import CAUSES, INDEX, NAMES, OUTCOMES
from sim.model.series import NAMES as SERIES
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from sim.scenario.objects import Design, RunSettings, Scenario

MEANS = {
    "lead_time_median": (61.2, 52.4, 47.1), "lead_time_p85": (178.0, 160.0, 121.0), "delivery_time_median": (21.0, 12.0, 15.5),
    "finished_share": (0.81, 0.83, 0.86), "rejected_share": (0.05, 0.05, 0.03), "withdrawn_share": (0.07, 0.06, 0.04),
    "open_share": (0.07, 0.06, 0.07), "open_age": (82.0, 79.0, 60.0), "throughput_items": (41.0, 42.0, 40.5),
    "throughput_days": (1100.0, 1130.0, 1040.0), "flow_efficiency": (0.11, 0.125, 0.19), "deployments_per_month": (0.9, 8.5, 9.4),
    "wip": (130.0, 120.0, 150.0), "innovations_per_100_technologist_years": (3.1, 3.2, 4.2), "experiment_hit_rate": (0.31, 0.33, 0.29),
    "knowledge_accuracy": (0.71, 0.745, 0.78), "haphazardness_fano": (0.42, 0.41, 0.21), "haphazardness_gini": (0.11, 0.11, 0.14),
    "coordination_share": (0.18, 0.181, 0.245), "boundary_wait_share": (0.42, 0.45, 0.24), "handoffs_per_item": (5.2, 5.2, 1.9),
    "trust_mean": (0.55, 0.57, 0.66), "trust_min": (0.31, 0.33, 0.38), "portfolio_value": (8.1, 8.1, 7.7),
    "escalations_per_month": (4.6, 5.4, 11.6), "attrition_rate": (0.114, 0.114, 0.088),
    "change_failure_rate": (0.151, 0.120, 0.149), "time_to_restore": (1.9, 1.1, 1.0), "run_share": (0.61, 0.60, 0.64),
    "breaches_per_year": (0.11, 0.10, 0.31),
    "return_on_spend": (1.31, 1.36, 1.52), "cost_total": (34500.0, 34520.0, 34490.0),
    "benefits_money": (135600.0, 140800.0, 157300.0), "benefits_money_window": (51200.0, 55100.0, 63900.0),
    "benefits_realised_share": (0.46, 0.47, 0.63), "architecture_fit": (0.61, 0.61, 0.66), "debt_level": (0.31, 0.29, 0.36),
    "shadow_share": (0.06, 0.05, 0.03), "duplicated_work_share": (0.04, 0.04, 0.09), "lead_time_median_all": (66.0, 56.0, 51.0),
}  # fmt: skip
"""Means under partnership, modern partnership and pervasive."""

DAYS = {
    "liaison": (9.0, 9.1, 0.0), "board": (14.0, 14.2, 1.1), "funding": (11.0, 11.1, 2.4), "team_queue": (16.0, 13.0, 19.0),
    "other_team": (8.0, 7.9, 13.0), "review": (6.0, 6.1, 1.3), "release": (12.0, 1.2, 1.4), "rework": (3.1, 2.0, 2.8),
    "building": (8.4, 8.4, 12.0),
}  # fmt: skip

DESIGNS = ("partnership", "modern_partnership", "pervasive")
WEIGHT = {"lead_time": 15.0, "open": 90.0, "raised": 3.0, "live": 2.5, "innovations": 0.8, "trust": 0.05, "accuracy": 0.03}


def scenario(designs: tuple[str, ...] = DESIGNS) -> Scenario:
    """A scenario whose designs differ: the second in two coordinates, any other in all."""
    points = {}
    for d, name in enumerate(designs):
        values = {c: axis.low + (axis.high - axis.low) * 0.2 for c, axis in COORDINATES.items()}
        changed = () if d == 0 else ("release_interval", "metrics_interval") if d == 1 and len(designs) > 2 else tuple(COORDINATES)
        points[name] = Design(
            name, f"What {name.replace('_', ' ')} stands for, in a sentence.", {**values, **{c: COORDINATES[c].low for c in changed}}
        )
    return Scenario(
        "branch_bank",
        "Branch bank",
        "A retail bank with branches and a call centre.",
        None,
        "shipped",
        {name: param.value for name, param in FIRM.items()},
        points,
        designs,
        {},
        (),
        RunSettings(),
    )


def comparison(
    replicates: int = 200,
    designs: tuple[str, ...] = DESIGNS,
    luck: float = 0.10,
    own: float = 0.08,
    with_series: bool = True,
    failures: tuple[Failure, ...] = (),
) -> Comparison:
    """`replicates` seeds under up to three designs: each value is its mean, times the luck that the designs share, times its own."""
    rng = np.random.default_rng(7)
    means = np.ones((len(designs), len(NAMES)))
    for name, values in {**MEANS, **{f"days_{cause}": DAYS[cause] for cause in CAUSES}}.items():
        means[:, INDEX[name]] = values[: len(designs)] if len(designs) < 3 else values
    shared = _luck(7, luck, 1, replicates)
    apart = _luck(8, own, len(designs), replicates)
    outcomes = means[:, None, :] * shared * apart
    causes = [INDEX[f"days_{cause}"] for cause in CAUSES]
    outcomes[:, :, INDEX["lead_time_mean"]] = outcomes[:, :, causes].sum(axis=2)
    shares = [INDEX[name] for name, outcome in OUTCOMES.items() if outcome.share]
    outcomes[:, :, shares] = np.minimum(outcomes[:, :, shares], 1.0)
    for failure in failures:
        outcomes[designs.index(failure.design), failure.seed - 1] = np.nan
    series = _series(rng, len(designs), replicates) if with_series else None
    provenance = {
        "version": "0.1.0",
        "model_digest": "5f0c2a9d41b7",
        "plan_hash": "91b7e3",
        "python": "3.11.9",
        "numpy": "2.2.1",
        "numba": "0.61.0",
        "seconds": 3.1,
        "command": f"orgsim compare branch_bank --designs {','.join(designs)} --replicates {replicates} --seed 1",
    }
    return Comparison(
        scenario(designs),
        designs,
        np.arange(1, replicates + 1),
        outcomes,
        np.zeros(outcomes.shape, bool),
        series,
        failures,
        3.1,
        provenance,
    )


def _luck(seed: int, spread: float, designs: int, replicates: int) -> np.ndarray:
    """Factors (D, R, O), each outcome's drawn under its own name: an outcome more or less changes no other's."""
    keys = [[seed, *name.encode()] for name in NAMES]
    return np.stack([np.random.default_rng(key).lognormal(0.0, spread, (designs, replicates)) for key in keys], axis=2)


def _series(rng: np.random.Generator, designs: int, replicates: int, months: int = 36) -> np.ndarray:
    """Monthly values with a level a design, a slow drift and noise."""
    levels = {
        "raised": (48, 48, 48),
        "live": (40, 41, 41),
        "open": (380, 360, 330),
        "lead_time": (86, 74, 66),
        "innovations": (0.9, 0.9, 1.25),
        "trust": (0.55, 0.57, 0.66),
        "accuracy": (0.71, 0.745, 0.78),
        "deployments": (11, 100, 112),
        "failures": (1.7, 12, 17),
        "wip": (130, 120, 150),
        "earned": (3100, 3200, 3600),
        "spent": (2880, 2880, 2875),
        "to_come": (84000, 86000, 97000),
    }
    drift = np.linspace(0.0, 1.0, months)
    found = np.empty((designs, replicates, months, len(SERIES)))
    for s, name in enumerate(SERIES):
        level = np.array(levels[name][:designs], float)[:, None, None]
        weight = WEIGHT.get(name, 0.2 * level.mean())
        noise = rng.normal(0.0, 1.0, (1, replicates, months)) + 0.6 * rng.normal(0.0, 1.0, (designs, replicates, months))
        slope = 0.02 * level * np.array([1.0, 0.5, -1.0])[:designs, None, None] * drift
        found[..., s] = level + slope + weight * noise
    return found
