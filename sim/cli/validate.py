"""`orgsim validate`: every row of the evidence through the kernel, what is published beside what comes out."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import check_folder

EXAMPLES = """\b
Examples:
  orgsim validate --quick
  orgsim validate --only D --out results/evidence
  orgsim validate --out docs/model
V: formulas and D: published models must hold, and the exit code is 1 where one does not. C: ranges of practice that the partnership
may be fitted to. P: patterns that are predicted, never fitted, and reported as they come out."""
FAILED = 1


@click.command(epilog=EXAMPLES)
@click.option("--only", "keys", metavar="ROW", multiple=True, help="A kind (V, D, C, P) or a row such as V7 (repeatable).  [default: all]")
@click.option("--quick", is_flag=True, help="Few cells and few runs, tolerances widened accordingly: under a minute.")
@click.option("--workers", type=click.IntRange(min=1), help="Threads that share the runs.  [default: all processors]")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write evidence.md, evidence.json and a figure per curve to.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of the table.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.pass_context
def validate(
    ctx: click.Context, keys: tuple[str, ...], quick: bool, workers: int | None, out: Path | None, as_json: bool, quiet: bool
) -> None:  # fmt: skip
    """Hold the model against formulas, published models, ranges and patterns of practice."""
    from sim.cli.analyses import command_line, tell_document
    from sim.experiment.compare import compile_now
    from sim.report.evidence_table import evidence_text, evidence_values
    from sim.report.write_evidence import write_evidence
    from sim.validation.evidence import Effort, Row
    from sim.validation.rows import chosen, run_rows

    rows = chosen(keys)
    if out is not None:
        check_folder(out)

    def tell(row: Row) -> None:
        if not quiet and row.measure is not None:
            click.echo(f"{row.key}  {row.what} …", err=True)

    compile_now()
    checked = list(run_rows(rows, Effort(quick, workers), tell))
    if as_json:
        tell_document({"quick": quick, "rows": evidence_values(checked)})
    else:
        click.echo(evidence_text(checked))
    if out is not None:
        for path in write_evidence(checked, out, command_line()):
            if not quiet:
                click.echo(f"Saved {path}", err=True)
    if any(one.fails for one in checked):
        ctx.exit(FAILED)
