"""`orgsim intervene`: what restructuring, a new leader, outsourcing and their alternatives do, each against doing nothing."""

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
    from sim.experiment.moves import Moves
    from sim.scenario.journeys import Intervention
    from sim.scenario.objects import Scenario

EXAMPLES = """\b
Examples:
  orgsim intervene
  orgsim intervene manufacturer --only outsourcing --only embedded
  orgsim intervene branch_bank --pairs --out results/deck_chairs
  orgsim intervene branch_bank --design pervasive --against partnership --json
A SCENARIO with interventions of its own is put through these, any other through the shipped ones (orgsim show deck_chairs). Each is
looked at from its day on, and once it has settled, a year later; --against names the other organisation that it is measured by."""


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--only", "names", metavar="NAME", multiple=True, help="Intervention to look at (repeatable).  [default: all]")
@click.option("--pairs", is_flag=True, help="Every two of them together as well, and what they do beyond both.")
@click.option("--design", metavar="DESIGN", help="Design that is changed.  [default: the interventions', partnership]")
@click.option("--against", "other", metavar="DESIGN", default="pervasive", show_default=True, help="Other organisation to measure by.")
@journey_options
@click.pass_context
def intervene(
    ctx: click.Context, scenario: str, names: tuple[str, ...], pairs: bool, design: str | None, other: str, replicates: int, seed: int,
    days: str | None, settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Hold interventions against doing nothing: deck chairs and their alternatives, alone and in pairs."""
    from sim.api import load_interventions
    from sim.cli.analyses import exit_for_failures, tell_document

    if replicates < 2:
        raise InputError(f"--replicates {replicates}", "one history has no interval", "2 or more")
    if out is not None:
        check_folder(out)
    loaded, interventions = load_interventions(scenario, names, design, other, pairs, overrides(settings, days=days))
    runs = _run(loaded, interventions, other, replicates, seed, workers, quiet)
    views = [runs.at_once, runs.settled]
    if any(len(view.failures) >= replicates - 1 for view in views):
        exit_for_failures(ctx, views)

    from sim.analysis.moves import effects_of
    from sim.report.moves_table import document

    effects = effects_of(runs, interventions)
    found = document(runs.settled, effects)
    if as_json:
        tell_document(found)
    else:
        from sim.cli.intervene_view import as_text

        click.echo(as_text(effects))
    if out is not None:
        from sim.report.write_moves import write_moves

        try:
            write_moves(runs, effects, found, out)
        except OSError as error:
            raise InputError(f"--out {out}", f"cannot be written: {error.strerror or error}", remedy="the table is complete") from None
        if not quiet:
            click.echo(f"Saved {out}{os.sep} (report.html, charts, runs.parquet, summary.json)", err=True)
    exit_for_failures(ctx, views)


def _run(
    loaded: Scenario, interventions: dict[str, Intervention], other: str, replicates: int, seed: int, workers: int | None, quiet: bool
) -> Moves:
    from sim.cli.analyses import command_line
    from sim.cli.progress import Progress
    from sim.experiment.compare import compile_now
    from sim.experiment.moves import live_moves
    from sim.model.kernel import is_compiled

    if not quiet:
        firm, first = loaded.firm, next(iter(interventions.values()))
        click.echo(f"{loaded.name} · {firm['units']:.0f} units · {firm['technologists']:.0f} technologists · {first.design} · "
                   f"{loaded.run.days} days counted after {loaded.run.warm_up} · equal {loaded.run.equal} · seed {seed}",
                   err=True)  # fmt: skip
        if not is_compiled():
            click.echo("The model is compiled once on this machine; that takes about half a minute.", err=True)
    compile_now()
    started = time.perf_counter()
    progress = Progress(f"{len(interventions)} interventions, doing nothing and {other}, in two views", quiet)
    found = live_moves(loaded, interventions, other, replicates, seed, workers, progress.tell, command_line())
    progress.end(time.perf_counter() - started)
    return found
