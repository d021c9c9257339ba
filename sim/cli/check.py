"""`orgsim check`: is this scenario sound?"""

from __future__ import annotations

import json

import click

from sim.cli.options import json_option, scenario_argument, set_option
from sim.scenario.overrides import Override
from sim.scenario.words import number, shown


@click.command(epilog="\b\nExamples:\n  orgsim check my_bank.toml\n  orgsim check my_bank.toml --set firm.units=8 --json\n"
               "  orgsim check my_sweep.toml")
@scenario_argument
@set_option
@json_option
def check(scenario: str, settings: tuple[Override, ...], as_json: bool) -> None:
    """Check a scenario or a sweep: exit code 0 and a summary where it is sound, 2 and the first fault where not.

    Of a sweep it also says how many runs it has, how long they take on this machine and how large they are.
    """
    from sim.api import load_scenario
    from sim.scenario.sweep_file import is_sweep

    if is_sweep(scenario):
        _check_sweep(scenario, settings, as_json)
        return

    loaded = load_scenario(scenario, settings)
    changed = {path: list(value) if isinstance(value, tuple) else value for path, value in loaded.changed.items()}
    if as_json:
        click.echo(json.dumps({"scenario": loaded.name, "digest": loaded.digest, "compare": list(loaded.compare), "changed": changed},
                              ensure_ascii=False, indent=1))  # fmt: skip
        return
    firm, run = loaded.firm, loaded.run
    click.echo(f"{scenario}: sound")
    click.echo(f"  {loaded.title} · {number(firm['units'])} units · {number(firm['technologists'])} technologists · "
               f"{run.days} days counted after {run.warm_up} of warm-up")  # fmt: skip
    click.echo(f"  compares {', '.join(loaded.compare)}")
    click.echo(f"  {len(changed)} values differ from the defaults{':' if changed else ''}")
    for path, value in changed.items():
        click.echo(f"    {path} = {shown(value)}   ({loaded.sources[path]})")


def _check_sweep(source: str, settings: tuple[Override, ...], as_json: bool) -> None:
    from sim.api import load_sweep
    from sim.cli.sweep_view import plan_text, plan_values
    from sim.experiment.executors import cores
    from sim.experiment.sweep.cost import cost_of
    from sim.experiment.sweep.plan import draw_up_plan

    plan = draw_up_plan(load_sweep(source, settings))
    cost = cost_of(plan)
    click.echo(json.dumps(plan_values(plan, cost), ensure_ascii=False, indent=1) if as_json
               else f"{source}: sound\n" + plan_text(plan, 0, cost, cores()))  # fmt: skip
