"""Provenance: what made a result, so that anyone can make it again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numba
import numpy as np

import sim
from sim.core.jit import COMPILED, model_digest

if TYPE_CHECKING:
    from sim.experiment.firms import Firms
    from sim.experiment.problem import Plan, Problem
    from sim.scenario.objects import Scenario


def plan_hash(scenario: Scenario, designs: Sequence[str], seeds: Sequence[int]) -> str:
    """Hex digest of everything that decides the results of a comparison: scenario, designs, seeds and model."""
    content = json.dumps([scenario.digest, list(designs), [int(seed) for seed in seeds], model_digest()])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def provenance(
    scenario: Scenario, designs: Sequence[str], seeds: Sequence[int], seed: int, seconds: float, command: str
) -> dict[str, object]:
    """Version, digests, packages and time of one comparison."""
    return _made_by(scenario, plan_hash(scenario, designs, seeds), seed, seconds, command)


def _made_by(scenario: Scenario, plan: str, seed: int, seconds: float, command: str) -> dict[str, object]:
    return {
        "version": sim.__version__,
        "model_digest": model_digest(),
        "scenario_digest": scenario.digest,
        "plan_hash": plan,
        "seed": seed,
        "command": command,
        "compiled": COMPILED,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
        "seconds": round(seconds, 3),
    }


def match_provenance(problem: Problem, plan: Plan, firms: Firms, seconds: float, command: str) -> dict[str, object]:
    """The same for a history match: its hash is of all that decides it, scenario, design, ranges drawn, targets, effort and model."""
    ranges = {each.path: [each.param.low, each.param.high] for each in problem.dimensions}
    targets = {each.name: [each.low, each.high] for each in problem.targets}
    decides = [firms.scenario.digest, firms.design, ranges, [vars(each) for each in problem.targets], vars(plan), model_digest()]
    hashed = hashlib.sha256(json.dumps(decides).encode()).hexdigest()[:16]
    return {"scenario": firms.scenario.name, "design": firms.design, **_made_by(firms.scenario, hashed, plan.seed, seconds, command),
            "runs": firms.runs, "plan": vars(plan), "targets": targets, "ranges": ranges}  # fmt: skip
