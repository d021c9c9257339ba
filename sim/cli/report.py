"""`orgsim report`: the executive page again from stored results, with whatever other commands found about the same firm."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli.options import quiet_option
from sim.core.errors import InputError

PAGE = "report.html"

EXAMPLES = """\b
Examples:
  orgsim report results/mine
  orgsim report results/mine results/map results/transition results/moves --out for_the_board.html
  orgsim report results/headline results/claims
Nothing is simulated. The page is about the comparison (orgsim compare … --out DIR) or the sweep (orgsim sweep) among the folders; those
of map, transition, intervene, claims, robust and winners add what they found, and so does another comparison of the same firm that was
made with --attribute or --conventions."""


@click.command(epilog=EXAMPLES)
@click.argument("folders", metavar="RESULTS…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE",
              help="The page.  [default: report.html in the comparison's or sweep's folder]")  # fmt: skip
@quiet_option
def report(folders: tuple[Path, ...], out: Path | None, quiet: bool) -> None:
    """Write the executive page from stored results: which is better, why, how sure, and what it would cost to get there."""
    from sim.report.stored.looking import look
    from sim.report.stored.page import page_of
    from sim.report.write_ablation import put

    stored = look(folders)
    target = out or stored.folder / PAGE
    if target.is_dir():
        target = target / PAGE
    if not quiet:
        for doubt in stored.beside.doubts:
            click.echo(doubt, err=True)
    text, finding = page_of(stored)
    click.echo(finding)
    try:
        put(target, text.encode())
    except OSError as error:
        fault = f"cannot be written: {error.strerror or error}"
        raise InputError(f"--out {target}", fault, "a file in a folder that can be written") from None
    if not quiet:
        click.echo(f"Saved {target}", err=True)
