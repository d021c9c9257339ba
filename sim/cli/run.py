"""`orgsim run`: one run of one design through the Mesa model, with traces and with agents of one's own."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.options import days_option, json_option, overrides, quiet_option, scenario_argument, seed_option, set_option
from sim.core.errors import InputError
from sim.scenario.overrides import Override

if TYPE_CHECKING:
    from sim.model.mesa_model import OrgModel

EXAMPLES = """\b
Examples:
  orgsim run branch_bank --design pervasive --seed 3
  orgsim run branch_bank --trace results/trace
  orgsim run branch_bank --agents my_agents.py"""


@click.command(epilog=EXAMPLES)
@scenario_argument
@click.option("--design", metavar="NAME", help="Design to run.  [default: the scenario's first]")
@seed_option
@days_option
@set_option
@click.option("--trace", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Folder for every item's life and every agent's day, as Parquet.")
@click.option("--agents", metavar="FILE.py", help="Python file with your own classes derived from Team, Liaison or Leader.")
@json_option
@quiet_option
def run(
    scenario: str, design: str | None, seed: int, days: str | None, settings: tuple[Override, ...], trace: Path | None, agents: str | None,
    as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Run one design once, through the Mesa model: the same bytes as the kernel's, with agents that can be replaced."""
    from sim.api import load_scenario
    from sim.api import run as run_once

    loaded = load_scenario(scenario, overrides(settings, days=days))
    name = loaded.compare[0] if design is None else design
    if not quiet:
        click.echo(f"{loaded.name} · {name} · {loaded.run.days} days counted after {loaded.run.warm_up} · seed {seed}", err=True)
    try:
        model = run_once(loaded, name, seed, agents=agents, trace=trace)
    except OSError as error:
        if trace is None:
            raise
        raise InputError(f"--trace {trace}", f"cannot be written: {error.strerror or error}") from None
    if as_json:
        click.echo(json.dumps(_document(model, seed), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        from sim.cli import text

        click.echo(text.table(_rows(model)))
    if trace is not None and not quiet:
        click.echo(f"Saved {trace}{os.sep} (items, teams, liaisons, leaders)", err=True)


def _rows(model: OrgModel) -> list[dict[str, object]]:
    """The table of outcomes: three digits of each number, shares in per cent, "over" where a quantile was not reached."""
    from sim.model.outcomes import NAMES, OUTCOMES

    rows: list[dict[str, object]] = []
    for name, value, beyond in zip(NAMES, *(array.tolist() for array in model.measured()), strict=True):
        outcome = OUTCOMES[name]
        number = 100.0 * value if outcome.unit == "%" else value
        text = "–" if math.isnan(number) else f"{number:.3g}" if abs(number) < 1000 else f"{number:,.0f}"
        rows.append({"outcome": outcome.label, "value": f"over {text}" if beyond else text, "unit": outcome.unit})
    return rows


def _document(model: OrgModel, seed: int) -> dict[str, object]:
    from sim import __version__
    from sim.core.jit import model_digest
    from sim.model.outcomes import NAMES, OUTCOMES

    outcomes, beyond = (array.tolist() for array in model.measured())
    shown = {name: {"value": None if math.isnan(value) else value, "beyond": over, "unit": OUTCOMES[name].unit}
             for name, value, over in zip(NAMES, outcomes, beyond, strict=True)}  # fmt: skip
    scenario = model.setting
    return {"scenario": scenario.name, "design": model.design, "seed": seed, "days": scenario.run.days, "outcomes": shown,
            "provenance": {"version": __version__, "model_digest": model_digest(), "scenario_digest": scenario.digest}}  # fmt: skip
