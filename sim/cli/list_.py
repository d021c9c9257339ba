"""`orgsim list`: what there is."""

from __future__ import annotations

import json

import click

from sim.cli.options import json_option
from sim.core.errors import InputError, did_you_mean

KINDS = ("scenarios", "designs", "parameters", "outcomes", "sources")


@click.command("list", epilog="\b\nExamples:\n  orgsim list scenarios\n  orgsim list parameters | grep trust")
@click.argument("kind", metavar="scenarios|designs|parameters|outcomes|sources", shell_complete=lambda ctx, parameter, incomplete: [
    kind for kind in KINDS if kind.startswith(incomplete)])  # fmt: skip
@json_option
def list_(kind: str, as_json: bool) -> None:
    """List scenarios, designs, parameters, outcomes or sources; `orgsim show NAME` tells more of one."""
    if kind not in KINDS:
        raise InputError(f"list {kind}", "there is no such list", f"known: {', '.join(KINDS)}", _nearest(kind))
    from sim.cli import text, things

    rows = {"scenarios": things.scenario_rows, "designs": things.design_rows, "parameters": things.parameter_rows,
            "outcomes": things.outcome_rows, "sources": things.source_rows}[kind]()  # fmt: skip
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else text.table(rows))


def _nearest(kind: str) -> str:
    suggestion = did_you_mean(kind, KINDS)
    return suggestion if suggestion.startswith("did") else ""
