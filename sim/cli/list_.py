"""`orgsim list`: what there is."""

from __future__ import annotations

import json

import click

from sim.cli.options import json_option
from sim.core.errors import InputError, did_you_mean
from sim.scenario.settings import DEFAULT_SCENARIO

PEOPLE = ("people", "people_at_equal_money")
KINDS = ("scenarios", "designs", "parameters", "outcomes", "sources")


@click.command("list", epilog="\b\nExamples:\n  orgsim list scenarios\n  orgsim list parameters | grep trust\n"
                              "  orgsim list designs --prices --scenario mobile_bank")
@click.argument("kind", metavar="scenarios|designs|parameters|outcomes|sources", shell_complete=lambda ctx, parameter, incomplete: [
    kind for kind in KINDS if kind.startswith(incomplete)])  # fmt: skip
@click.option("--prices", is_flag=True, help="With designs: what each costs by term, thousand a year, as it is planned.")
@click.option("--scenario", metavar="SCENARIO", help=f"With --prices: the firm that pays.  [default: {DEFAULT_SCENARIO}]")
@json_option
def list_(kind: str, prices: bool, scenario: str | None, as_json: bool) -> None:
    """List scenarios, designs, parameters, outcomes or sources; `orgsim show NAME` tells more of one."""
    if kind not in KINDS:
        raise InputError(f"list {kind}", "there is no such list", f"known: {', '.join(KINDS)}", _nearest(kind))
    from sim.cli import text, things

    if prices and kind != "designs":
        raise InputError("--prices", f"{kind} have no prices", "orgsim list designs --prices")
    if scenario is not None and not prices:
        raise InputError("--scenario", "says whose prices are listed", "orgsim list designs --prices --scenario mobile_bank")
    if prices:
        rows = things.price_rows(scenario or DEFAULT_SCENARIO)
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else text.table(_rounded(rows)))
        return
    rows = {"scenarios": things.scenario_rows, "designs": things.design_rows, "parameters": things.parameter_rows,
            "outcomes": things.outcome_rows, "sources": things.source_rows}[kind]()  # fmt: skip
    click.echo(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else text.table(rows))


def _rounded(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Amounts in whole thousands, people with one decimal."""
    return [{name: f"{value:,.{int(name in PEOPLE)}f}" if isinstance(value, float) else value for name, value in row.items()}
            for row in rows]  # fmt: skip


def _nearest(kind: str) -> str:
    suggestion = did_you_mean(kind, KINDS)
    return suggestion if suggestion.startswith("did") else ""
