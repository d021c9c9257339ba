"""`orgsim analyse`: what a stored sweep says of who is better where, what drives it, and in which firms."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import json_option

EXAMPLES = """\b
Examples:
  orgsim analyse results/quick
  orgsim analyse results/design_space --outcome lead_time_median --outcome return_on_spend
  orgsim analyse results/mine --against federated --out results/mine-analysed
With sample = "saltelli" it estimates Sobol indices of the difference, with "morris" elementary effects."""


@click.command(epilog=EXAMPLES)
@click.argument("folder", metavar="RESULTS", type=click.Path(path_type=Path))
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help="Whose difference (repeatable).  [default: return_on_spend]")
@click.option("--against", metavar="DESIGN", help="Second design.  [default: the sweep's last one]")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Folder for analysis.json.")
@json_option
def analyse(folder: Path, outcomes: tuple[str, ...], against: str | None, out: Path | None, as_json: bool) -> None:
    """Analyse a stored sweep: who is better where, what drives the difference, and in which firms."""
    from sim.cli.analyses import tell_document
    from sim.cli.options import check_folder
    from sim.experiment.sweep.results import open_results

    if out is not None:
        check_folder(out)
    results = open_results(folder)
    usual = "return_on_spend" if "return_on_spend" in results.outcomes else results.outcomes[0]

    from sim.analysis.sweeps import analyse_sweep, second_design
    from sim.report.summary import as_json as written
    from sim.report.sweep_table import sweep_text, sweep_values
    from sim.report.write_ablation import put

    second = second_design(results, against, "--against")
    found = [analyse_sweep(results, outcome, second) for outcome in outcomes or (usual,)]
    document: dict[str, object] = {
        "sweep": results.plan["name"], "hash": results.plan["hash"], "complete": results.is_complete, "failed": results.failed,
        "differences": [sweep_values(each) for each in found],
    }  # fmt: skip
    if as_json:
        tell_document(document)
    else:
        if not results.is_complete:
            chunks = len(results.plan["chunks"])
            click.echo(f"{len(results.missing)} of {chunks} chunks are missing; this is what the others say.", err=True)
        click.echo("\n\n".join(sweep_text(each) for each in found))
    if out is not None:
        click.echo(f"Saved {put(out / 'analysis.json', written(document).encode())}", err=True)
