"""A scenario with some of its values changed: what analyses run beside the one that was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from sim.core.errors import InputError
from sim.scenario.contradictions import check_sense
from sim.scenario.layers import Layers
from sim.scenario.objects import FrozenMap, Scenario

DESIGN = "design"


def changed(scenario: Scenario, values: Mapping[str, float | str]) -> Scenario:
    """The scenario with other values at these paths: firm.NAME, model.NAME, run.NAME, design.NAME.COORDINATE.

    Whole numbers stay whole. Values are taken as they are: whoever calls keeps them inside the declared ranges.

    Raises KeyError for a path that the scenario does not have.
    """
    tables: dict[str, dict[str, object]] = {"firm": dict(scenario.firm), "model": dict(scenario.model), "run": dict(vars(scenario.run))}
    points = {name: dict(design.values) for name, design in scenario.designs.items()}
    for path, value in values.items():
        table, *names = path.split(".")
        place: dict[str, object] = points[names[0]] if table == DESIGN else tables[table]  # type: ignore[assignment]
        old = place[names[-1]]
        place[names[-1]] = value if isinstance(value, str) else int(value) if isinstance(old, int) else float(value)
    designs = {
        name: replace(design, values=FrozenMap(points[name])) if points[name] != design.values else design
        for name, design in scenario.designs.items()
    }
    return replace(
        scenario,
        firm=FrozenMap(cast("dict[str, float]", tables["firm"])),
        model=FrozenMap(cast("dict[str, float]", tables["model"])),
        run=replace(scenario.run, **tables["run"]),  # type: ignore[arg-type]
        designs=FrozenMap(designs),
        changed=FrozenMap({**scenario.changed, **values}),
    )


def for_each_design(values: Mapping[str, float | str], designs: Sequence[str]) -> dict[str, float | str]:
    """Values by path, with the path of each design where one path means all of them.

    >>> for_each_design({"design.*.delegation": 0.5, "firm.units": 3.0}, ["partnership", "pervasive"])
    {'design.partnership.delegation': 0.5, 'design.pervasive.delegation': 0.5, 'firm.units': 3.0}
    """
    found: dict[str, float | str] = {}
    for path, value in values.items():
        table, *rest = path.split(".")
        names = designs if table == DESIGN and rest[0] == "*" else rest[:1]
        found |= {".".join([table, name, *rest[1:]]): value for name in names}
    return found


def what_is_wrong(scenario: Scenario) -> str:
    """What makes a scenario senseless, such as liaisons that leave nobody to build; empty where nothing does."""
    try:
        check_sense(scenario, Layers())
    except InputError as error:
        return str(error)
    return ""
