"""The page of the warm-up: how many days each monthly series takes until what is left of it is as steady as it gets.

`python -m sim.report.warm_up_page` writes docs/model/warm_up.md.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.analysis.quantities import plain
from sim.analysis.warm_up import BATCH, mser5
from sim.experiment.compare import run_seeds
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.equal import blueprint_of
from sim.model.kernel import run
from sim.model.series import NAMES, SERIES
from sim.report.parameter_page import markdown_table
from sim.scenario.load import load_scenario
from sim.scenario.overrides import Override

FILE = Path("docs/model/warm_up.md")
COMMAND = "python -m sim.report.warm_up_page"
FIRM, RUNS, DAYS, STEP = "branch_bank", 20, 1440, 4
"""Five observations of four days are one month, the batch of MSER-5 here."""


def settled(design: str, runs: int = RUNS, days: int = DAYS, firm: str = FIRM) -> dict[str, int | None]:
    """Series → working days to leave out at the beginning of a run without warm-up; None for a series that never moves.

    The series is the mean over `runs` histories; days without a value (nothing went live) are passed over.
    """
    whole = [Override("run.warm_up", "0"), Override("run.days", str(days))]
    blueprint = blueprint_of(load_scenario(firm, parameters=PARAMETERS, mechanisms=MECHANISMS, overrides=whole), design, STEP)
    series = np.array([run(blueprint, int(seed)).series for seed in run_seeds(1, runs)])
    found: dict[str, int | None] = {}
    for column, name in enumerate(NAMES):
        known = np.isfinite(series[:, :, column])
        mean = np.where(known, series[:, :, column], 0.0).sum(axis=0)[known.any(axis=0)] / known.sum(axis=0)[known.any(axis=0)]
        found[name] = STEP * mser5(mean) if len(mean) >= 2 * BATCH and np.ptp(mean) > 0.0 else None
    return found


def warm_up_markdown(runs: int = RUNS, days: int = DAYS) -> str:
    """The whole page."""
    scenario = load_scenario(FIRM, parameters=PARAMETERS, mechanisms=MECHANISMS)
    by_design = {design: settled(design, runs, days) for design in scenario.compare}
    rows = [(SERIES[name].label, *("–" if found[name] is None else f"{found[name]}" for found in by_design.values())) for name in NAMES]
    return f"""<!-- Written by `{COMMAND}`: change the rule, not this file. -->
# The warm-up

{scenario.run.warm_up} working days are simulated before anything counts. How long each monthly series of `{FIRM}` takes until what
is left of it is as steady as it gets, by MSER-5 (`sim/analysis/warm_up.py`), in working days from an empty firm's first morning; the mean
of {runs} histories over {days} days, of which the rule leaves out half at most:

{markdown_table(("series", *(plain(design) for design in by_design)), rows)}

What takes {days // 2} days, or nearly, is still on its way: what has gone live adds up over years and fades with a half-life of two,
and trust and knowledge follow what is delivered. So levels of trust and of money a month are those of a firm on its way. The return counts
what was asked for inside the window alone, and is no such level. What twice the warm-up changes about the difference between designs is
a row of `orgsim robust {FIRM}`.
"""


def main(arguments: Sequence[str]) -> None:
    """Write the page to the file named, by default docs/model/warm_up.md below the working folder."""
    target = Path(arguments[0]) if arguments else FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(warm_up_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
