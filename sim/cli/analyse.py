"""`orgsim analyse`: what a stored sweep says of who is better where, what drives it, and in which firms."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import json_option

EXAMPLES = """\b
Examples:
  orgsim analyse results/quick
  orgsim analyse results/design_space --outcome lead_time_median --outcome return_on_spend
  orgsim analyse results/mine --against federated --all --out results/mine-analysed
  orgsim report results/mine results/mine-analysed
With sample = "saltelli" it estimates Sobol indices of the difference, with "morris" elementary effects."""


@click.command(epilog=EXAMPLES)
@click.argument("folder", metavar="RESULTS", type=click.Path(path_type=Path))
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="Whose difference (repeatable).  [default: return_on_spend]")
@click.option("--all", "is_all", is_flag=True, help="Every outcome that the sweep stored.")
@click.option("--against", metavar="DESIGN", help="Second design.  [default: the sweep's last one]")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for analysis.json, a chart, and what orgsim report reads.",
)
@json_option
def analyse(folder: Path, outcomes: tuple[str, ...], is_all: bool, against: str | None, out: Path | None, as_json: bool) -> None:
    """Analyse a stored sweep: who is better where, what drives the difference, and in which firms."""
    from sim.cli.analyses import command_line, tell_document
    from sim.cli.options import check_folder
    from sim.core.errors import InputError
    from sim.experiment.sweep.results import open_results

    if is_all and outcomes:
        raise InputError("--all", "stands beside --outcome", "one of them")
    if out is not None:
        check_folder(out)
    results = open_results(folder)
    usual = "return_on_spend" if "return_on_spend" in results.outcomes else results.outcomes[0]

    from sim.analysis.sweeps import analyse_outcomes, second_design
    from sim.report.stored.analysis import analysis_values, check_free, write_analysis
    from sim.report.sweep_table import sweep_text

    if out is not None:
        check_free(out)
    second = second_design(results, against, "--against")
    asked = tuple(dict.fromkeys(results.outcomes if is_all else outcomes or (usual,)))
    found = list(analyse_outcomes(results, asked, second))
    if as_json:
        tell_document(analysis_values(results, found))
    else:
        if not results.is_complete:
            chunks = len(results.plan["chunks"])
            click.echo(f"{len(results.missing)} of {chunks} chunks are missing; this is what the others say.", err=True)
        click.echo("\n\n".join(sweep_text(each) for each in found))
    if out is not None:
        for path in write_analysis(results, found, command_line(), out):
            click.echo(f"Saved {path}", err=True)
