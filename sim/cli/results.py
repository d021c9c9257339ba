"""`orgsim results`: what a sweep's folder holds, in SQL, or as a file for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sim.cli.options import json_option
from sim.core.errors import InputError

EXAMPLES = """\b
Examples:
  orgsim results results/quick
  orgsim results results/quick --sql "SELECT design, median(lead_time_median) FROM runs GROUP BY design"
  orgsim results results/quick --export csv --out runs.csv
Tables: runs (one row a run), points (one row a point), results (both joined) and, where stored, series (one row a run and month)."""

EXPORTS = ("csv", "parquet", "arrow")


@click.command(epilog=EXAMPLES)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--sql", metavar="QUERY", help="Answer a query with DuckDB; prints a table, or JSON with --json.")
@click.option("--export", type=click.Choice(EXPORTS), help="Write all runs with their points as one file.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where --export writes.  [default: DIR/runs.…]"
)
@json_option
def results(folder: Path, sql: str | None, export: str | None, out: Path | None, as_json: bool) -> None:
    """Say what is stored, answer SQL, or write it for other programs."""
    from sim.experiment.sweep.results import open_results

    found = open_results(folder)
    if export is not None:
        click.echo(_exported(found, export, out or folder / f"runs.{export}"))
        return
    if sql is not None:
        answer = found.sql(sql)
        if as_json:
            click.echo(json.dumps(answer.to_pylist(), indent=1, ensure_ascii=False, default=str))
        else:
            import pandas

            wide = ("display.max_rows", 500, "display.max_columns", 100, "display.width", 200, "display.max_colwidth", 80)
            with pandas.option_context(*wide):
                click.echo(answer.to_pandas().to_string(index=False))
        return
    from sim.cli.sweep_view import results_text, results_values

    values = results_values(found)
    click.echo(json.dumps(values, indent=2, ensure_ascii=False) if as_json else results_text(values))


def _exported(found: object, kind: str, path: Path) -> str:
    """Write all runs with their points, a block at a time. Raises InputError where the file cannot be written."""
    from sim.experiment.sweep.export import export_runs
    from sim.experiment.sweep.results import Results

    assert isinstance(found, Results)
    try:
        rows = export_runs(found, kind, path)
    except OSError as error:
        raise InputError(f"--out {path}", f"cannot be written: {error.strerror or error}") from None
    return f"{rows:,} rows in {path}"
