"""The foot of a page: what it takes to make the same page again."""

from __future__ import annotations

from sim.analysis.quantities import listed
from sim.experiment.comparison import Comparison
from sim.report.summary import first_seed


def foot(comparison: Comparison) -> str:
    """Version, seed, number of pairs and digests: what it takes to make the same page again."""
    known, scenario = comparison.provenance, comparison.scenario
    parts = [
        f"OrgWeave {known.get('version', '')}".strip(),
        f"seed {first_seed(comparison)}",
        f"{comparison.replicates} pairs",
        f"{scenario.run.days} days after {scenario.run.warm_up} of warm-up",
        f"scenario {scenario.name}, digest {scenario.digest}",
    ]
    parts += [f"{key.replace('_', ' ')} {known[key]}" for key in ("model_digest", "plan_hash") if known.get(key)]
    versions = [f"{name} {known[key]}" for key, name in (("python", "Python"), ("numpy", "NumPy"), ("numba", "Numba")) if known.get(key)]
    return " · ".join([*parts, *([listed(versions)] if versions else [])])
