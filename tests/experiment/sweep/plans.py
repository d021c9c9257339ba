"""Small plans, quick to live: what the tests of sweeps start from. And runners that misbehave, named by their module."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from sim.api import load_sweep
from sim.experiment.sweep.crew import Alone, Local
from sim.experiment.sweep.engine import run_sweep
from sim.experiment.sweep.plan import Plan
from sim.experiment.sweep.preparing import plan_for
from sim.experiment.sweep.results import Results, open_results
from sim.experiment.sweep.status import Status
from sim.model.begin import MONTH, Blueprint
from sim.model.kernel import Run
from sim.model.outcomes import NAMES
from sim.model.series import NAMES as SERIES

TINY = """
title = "A tiny plan"
scenario = "mobile_bank"
designs = ["partnership", "pervasive"]
replicates = 3
chunk_runs = 12
outcomes = ["return_on_spend", "lead_time_median", "trust_mean"]
[set]
"firm.units" = 3
"firm.technologists" = 24
"run.days" = 120
"run.warm_up" = 20
[sample]
kind = "grid"
levels = 3
[vary]
"firm.turbulence" = { low = 0.0, high = 2.0 }
"firm.coupling" = { low = 0.5, high = 6.0, scale = "log" }
"""
RUNS = 9 * 3 * 2



def written(folder: Path, text: str = TINY) -> Path:
    path = folder / "tiny.toml"
    path.write_text(text, encoding="utf-8")
    return path


def planned(folder: Path, out: Path | None = None, text: str = TINY, runner: str = "", **options: object) -> Plan:
    """The plan of a text, for a results folder."""
    return plan_for(load_sweep(written(folder, text), **options), out, runner)  # type: ignore[arg-type]


def lived(plan: Plan, out: Path, workers: int = 0, **options: object) -> Status:
    """Live a plan in this process, or with workers."""
    from contextlib import nullcontext

    return run_sweep(plan, out, lambda: nullcontext(Local(plan, out, workers) if workers else Alone(plan, out)), **options)  # type: ignore[arg-type]


def results(out: Path) -> Results:
    return open_results(out)


def artificial(seed: int, blueprint: Blueprint) -> Run:
    """A run that costs nothing: outcomes follow from the seed and the firm, by a formula that anyone can repeat."""
    generator = np.random.default_rng(seed)
    outcomes = generator.normal(size=len(NAMES)) + blueprint.values["turbulence"]
    return Run(outcomes, np.zeros(len(NAMES), bool), np.zeros((blueprint.days // MONTH, len(SERIES))))


def quick(blueprint: Blueprint, seed: int) -> Run:
    """The artificial run."""
    return artificial(seed, blueprint)


def slow(blueprint: Blueprint, seed: int) -> Run:
    """The artificial run, long enough to be killed in."""
    time.sleep(0.01)
    return artificial(seed, blueprint)


def sometimes_fails(blueprint: Blueprint, seed: int) -> Run:
    """Fails where a file says so, for some seeds."""
    if os.environ.get("ORGWEAVE_TEST_FAIL") and seed % 5 == 0:
        raise ValueError("this run has bad luck")
    return artificial(seed, blueprint)


def kills(blueprint: Blueprint, seed: int) -> Run:
    """Kills its worker for some seeds at one point."""
    if seed % 3 == 0 and blueprint.values["turbulence"] == 1.0 and blueprint.values["coupling"] == 0.5:
        os.kill(os.getpid(), 9)
    return artificial(seed, blueprint)


def hangs(blueprint: Blueprint, seed: int) -> Run:
    """Never ends for some seeds at one point."""
    while seed % 3 == 0 and blueprint.values["turbulence"] == 1.0 and blueprint.values["coupling"] == 0.5:
        time.sleep(0.05)
    return artificial(seed, blueprint)


def noisy(blueprint: Blueprint, seed: int) -> Run:
    """The artificial run with a difference between designs that scatters more the more turbulent the firm is."""
    values = blueprint.values
    own = np.random.default_rng([seed, round(1000 * values["tech_embedding"])])
    outcomes = values["tech_embedding"] + (0.2 + values["turbulence"]) * own.normal(size=len(NAMES))
    return artificial(seed, blueprint)._replace(outcomes=outcomes)


def planted(blueprint: Blueprint, seed: int) -> Run:
    """Pervasive, which is known by its embedding, earns more by turbulence's share of its plausible way less a half, and a little luck."""
    values = blueprint.values
    own = np.random.default_rng([seed, round(1000 * values["tech_embedding"]), round(1e6 * values["coupling"])])
    more = ((values["turbulence"] - 0.05) / 1.45 - 0.5) * (values["tech_embedding"] > 0.5)
    return artificial(seed, blueprint)._replace(outcomes=more + 0.03 * own.normal(size=len(NAMES)))
