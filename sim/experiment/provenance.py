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
    from sim.scenario.objects import Scenario


def plan_hash(scenario: Scenario, designs: Sequence[str], seeds: Sequence[int]) -> str:
    """Hex digest of everything that decides the results of a comparison: scenario, designs, seeds and model."""
    content = json.dumps([scenario.digest, list(designs), [int(seed) for seed in seeds], model_digest()])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def provenance(
    scenario: Scenario, designs: Sequence[str], seeds: Sequence[int], seed: int, seconds: float, command: str
) -> dict[str, object]:
    """Version, digests, packages and time of one comparison."""
    return {
        "version": sim.__version__,
        "model_digest": model_digest(),
        "scenario_digest": scenario.digest,
        "plan_hash": plan_hash(scenario, designs, seeds),
        "seed": seed,
        "command": command,
        "compiled": COMPILED,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
        "seconds": round(seconds, 3),
    }
