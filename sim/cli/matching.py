"""What the commands share that find firms by what they are to show."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from sim.cli.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from sim.experiment.firms import Firms
    from sim.experiment.kept import Ensemble
    from sim.experiment.problem import Matched, Plan, Problem


def match_firms(problem: Problem, plan: Plan, firms: Firms, quiet: bool, command: str) -> tuple[Matched, dict[str, object]]:
    """Find the firms, with progress on stderr; gives what was found and what made it."""
    from sim.experiment.compare import compile_now
    from sim.experiment.matching import matched
    from sim.experiment.provenance import match_provenance
    from sim.model.kernel import is_compiled

    if not quiet and not is_compiled():
        click.echo("The model is compiled once on this machine; that takes about half a minute.", err=True)
    compile_now()
    started = time.perf_counter()
    bars: dict[str, Progress] = {}

    def tell(title: str, done: int, total: int) -> None:
        if title not in bars:
            bars[title] = Progress(f"{firms.scenario.name}, {title}", quiet, "firms")
        bars[title].tell(done, total)
        if done == total:
            bars[title].end(time.perf_counter() - bars[title].started)

    firms.tell = tell
    found = matched(problem, plan)
    return found, match_provenance(problem, plan, firms, time.perf_counter() - started, command)


def firms_of(folder: Path, quiet: bool) -> Ensemble:
    """The firms of an ensemble; says where they were found with another model than this one."""
    from sim.core.jit import model_digest
    from sim.experiment.kept import read_ensemble

    ensemble = read_ensemble(folder)
    if ensemble.told("model_digest") != model_digest() and not quiet:
        click.echo(f"The firms were found with model {ensemble.told('model_digest')}, this is {model_digest()}: "
                   "they may no longer meet what they were kept for. `orgsim ensemble` finds them anew.", err=True)  # fmt: skip
    return ensemble
