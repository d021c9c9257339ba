"""`orgsim show`: one thing in full."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import click

from sim.cli.options import json_option, set_option
from sim.core.errors import InputError, nearest
from sim.scenario.overrides import Override
from sim.scenario.words import shown

SCENARIO_FILE = ".toml"


@click.command(epilog="\b\nExamples:\n  orgsim show branch_bank\n  orgsim show pervasive\n  orgsim show firm.turbulence\n"
                      "  orgsim show to_pervasive\n"
                      "  orgsim show my_bank.toml --set firm.units=8")  # fmt: skip
@click.argument("name")
@set_option
@json_option
def show(name: str, settings: tuple[Override, ...], as_json: bool) -> None:
    """Show a scenario, design, coordinate, parameter, outcome, mechanism or source in full, or the file of a journey or sweep.

    Where a name means several things all are shown; firm.NAME, design.NAME, model.NAME, run.NAME, outcome.NAME,
    mechanism.NAME, source.NAME, scenario.NAME, journey.NAME and sweep.NAME mean one. A scenario's values say which file or option
    gave them.
    """
    from sim.cli import text

    found = [facts() for facts in _found(name, settings)]
    if not found:
        raise InputError(f"show {shown(name)}", "there is nothing of this name", "orgsim list … prints the names", _suggestion(name))
    if as_json:
        click.echo(json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(map(text.facts, found)))


def _found(name: str, settings: tuple[Override, ...]) -> Iterator[Callable[[], dict[str, object]]]:
    """What a name means; a path with an ending is a scenario's file."""
    from sim.api import load_scenario
    from sim.cli import things

    if name.endswith(SCENARIO_FILE) or "/" in name:
        yield lambda: things.scenario_facts(load_scenario(name, settings))
        return
    for label, facts in _directory(settings).items():
        if name == label or name == label.split(".", 1)[1]:
            yield facts


def _directory(settings: tuple[Override, ...]) -> Mapping[str, Callable[[], dict[str, object]]]:
    """Everything with a name: its label, such as `firm.units`, and the facts about it."""
    from sim.api import load_scenario
    from sim.cli import things
    from sim.core.sources import load_sources
    from sim.model.catalogue import MECHANISMS, PARAMETERS
    from sim.model.outcomes import OUTCOMES
    from sim.organisation.coordinates import COORDINATES
    from sim.scenario import shipped
    from sim.scenario.firm import FIRM
    from sim.scenario.settings import DEFAULT_SCENARIO, RUN

    def scenario(name: str) -> dict[str, object]:
        return things.scenario_facts(load_scenario(name, settings))

    def design(name: str) -> dict[str, object]:
        return things.design_facts(name, load_scenario(DEFAULT_SCENARIO, settings).designs[name])

    directory: dict[str, Callable[[], dict[str, object]]] = {
        f"scenario.{name}": partial(scenario, name) for name in shipped.scenario_paths()
    }
    directory |= {f"design.{name}": partial(design, name) for name in shipped.design_paths()}
    directory |= {f"journey.{name}": partial(things.file_facts, "journey", path) for name, path in shipped.journey_paths().items()}
    directory |= {f"sweep.{name}": partial(things.file_facts, "sweep", path) for name, path in shipped.sweep_paths().items()}
    directory |= {f"coordinate.{name}": partial(things.coordinate_facts, name) for name in COORDINATES}
    for table, params in (("firm", FIRM), ("model", PARAMETERS), ("run", RUN)):
        for name, param in params.items():
            directory[f"{table}.{name}"] = partial(things.param_facts, f"{table}.{name}", param)
    directory |= {f"outcome.{name}": partial(things.outcome_facts, name) for name in OUTCOMES}
    directory |= {f"mechanism.{name}": partial(things.mechanism_facts, name) for name in MECHANISMS}
    return directory | {f"source.{name}": partial(things.source_facts, name) for name in load_sources()}


def _suggestion(name: str) -> str:
    labels = list(_directory(()))
    best = nearest(name, [label.split(".", 1)[1] for label in labels]) or nearest(name, labels)
    return f"did you mean {best}?" if best else ""
