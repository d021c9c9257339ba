"""`orgsim levers`: what each coordinate of a design does to the headline outcomes, and which one does nothing."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import check_bases, check_folder, journey_options, one_scenario_argument, overrides
from sim.core.errors import InputError
from sim.scenario.overrides import Override

EXAMPLES = """\b
Examples:
  orgsim levers
  orgsim levers parcel_carrier --replicates 40
  orgsim levers branch_bank --at partnership --json
Each coordinate goes from one end of its range to the other at each base design, all else alike and for the base's money."""


@click.command(epilog=EXAMPLES)
@one_scenario_argument
@click.option("--at", "bases", metavar="DESIGN", multiple=True,
              help="Base design (repeatable).  [default: partnership, federated, pervasive]")  # fmt: skip
@journey_options
@click.pass_context
def levers(
    ctx: click.Context, scenario: str, bases: tuple[str, ...], replicates: int, seed: int, days: str | None,
    settings: tuple[Override, ...], workers: int | None, out: Path | None, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Move each coordinate of a design from end to end and measure what the headline outcomes do."""
    from sim.api import load_scenario
    from sim.cli.analyses import exit_for_failures, run_all, tell_document

    if replicates < 2:
        raise InputError(f"--replicates {replicates}", "one history has no interval", "2 or more")
    if out is not None:
        check_folder(out)
    loaded = load_scenario(scenario, overrides(settings, days=days))
    check_bases(loaded, bases)

    from sim.analysis.levers import strengths
    from sim.experiment.levers import BASES
    from sim.experiment.levers import levers as all_levers
    from sim.model.outcomes import HEADLINE
    from sim.report.levers_table import lever_values, levers_text
    from sim.report.summary import as_json as written
    from sim.report.write_ablation import put

    places = tuple(dict.fromkeys(bases)) or BASES
    moved = list(all_levers(loaded, places))
    variants = [variant for _, variant in moved]
    comparisons = run_all(variants, f"{loaded.name}, {len(moved)} levers", replicates, seed, workers, quiet)
    found = strengths([lever for lever, _ in moved], comparisons)
    document: dict[str, object] = {
        "scenario": loaded.name, "scenario_digest": loaded.digest, "outcomes": list(HEADLINE), "seed": seed, "replicates": replicates,
        "intervals": "simultaneous over all levers and outcomes, 95 %", "levers": lever_values(found),
        "dead": [strength.coordinate for strength in found if not strength.alive], "provenance": dict(comparisons[0].provenance),
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        click.echo(levers_text(found, places))
    if out is not None:
        path = put(out / "levers.json", written(document).encode())
        if not quiet:
            click.echo(f"Saved {path}", err=True)
    exit_for_failures(ctx, comparisons)
