"""`orgsim transition`: what each path from one design to another costs on the way, and when it is paid back, against staying."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import check_folder, journey_options, one_scenario_argument, overrides
from sim.core.errors import InputError
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.experiment.comparison import Comparison
    from sim.scenario.journeys import Transition
    from sim.scenario.objects import Scenario

EXAMPLES = """\b
Examples:
  orgsim transition
  orgsim transition mobile_bank --path at_once --path practice_first --replicates 50
  orgsim transition branch_bank --from partnership --to platform_bank --out results/to_platforms
  orgsim transition my_bank.toml --days 2400 --json
A SCENARIO with transitions of its own is taken through these, any other through the shipped ones (orgsim show to_pervasive).
Counted are five years where nothing else is said."""


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--path", "paths", metavar="NAME", multiple=True, help="Path to compare (repeatable).  [default: all]")
@click.option("--from", "start", metavar="DESIGN", help="Design that is left.  [default: the path's, partnership]")
@click.option("--to", "target", metavar="DESIGN", help="Design that is arrived at.  [default: the path's, pervasive]")
@journey_options
@click.pass_context
def transition(
    ctx: click.Context, scenario: str, paths: tuple[str, ...], start: str | None, target: str | None, replicates: int, seed: int,
    days: str | None, settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Compare paths from one design to another with staying: the dip, when it is over, and when it is paid back."""
    from sim.api import load_transitions
    from sim.cli.analyses import exit_for_failures, tell_document

    if replicates < 2:
        raise InputError(f"--replicates {replicates}", "one history has no interval", "2 or more")
    if out is not None:
        check_folder(out)
    loaded, transitions = load_transitions(scenario, paths, start, target, overrides(settings, days=days))
    comparison = _run(loaded, transitions, replicates, seed, workers, quiet)
    if len(comparison.failures) >= replicates - 1:
        exit_for_failures(ctx, [comparison])

    from sim.analysis.journey import travelled
    from sim.report.journey_table import document

    journey = travelled(comparison)
    found = document(comparison, journey)
    if as_json:
        tell_document(found)
    else:
        from sim.cli.transition_view import as_text

        click.echo(as_text(journey))
    if out is not None:
        from sim.report.write_journey import write_journey

        about = {name: path.about for name, path in transitions.items()}
        try:
            write_journey(comparison, journey, found, about, next(iter(transitions.values())).target, out)
        except OSError as error:
            raise InputError(f"--out {out}", f"cannot be written: {error.strerror or error}", remedy="the table is complete") from None
        if not quiet:
            click.echo(f"Saved {out}{os.sep} (report.html, charts, runs.parquet, series.parquet, summary.json)", err=True)
    exit_for_failures(ctx, [comparison])


def _run(
    loaded: Scenario, transitions: dict[str, Transition], replicates: int, seed: int, workers: int | None, quiet: bool
) -> Comparison:
    from sim.cli.analyses import command_line
    from sim.cli.progress import Progress
    from sim.experiment.compare import compile_now
    from sim.experiment.journey import travel
    from sim.model.kernel import is_compiled

    if not quiet:
        firm, first = loaded.firm, next(iter(transitions.values()))
        click.echo(f"{loaded.name} · {firm['units']:.0f} units · {firm['technologists']:.0f} technologists · from {first.start} · "
                   f"{loaded.run.days} days counted after {loaded.run.warm_up} · equal {loaded.run.equal} · seed {seed}",
                   err=True)  # fmt: skip
        if not is_compiled():
            click.echo("The model is compiled once on this machine; that takes about half a minute.", err=True)
    compile_now()
    started = time.perf_counter()
    progress = Progress(f"{len(transitions)} paths and staying", quiet)
    found = travel(loaded, transitions, replicates, seed, workers, progress.tell, command_line())
    progress.end(time.perf_counter() - started)
    return found
