"""From merged values to the frozen scenario: defaults filled in, mechanisms switched off, differences noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.core.parameters import Param
from sim.organisation.coordinates import COORDINATES
from sim.scenario import shipped
from sim.scenario.contradictions import check_compare, check_off, check_sense
from sim.scenario.designs import resolve_designs
from sim.scenario.document import Document
from sim.scenario.firm import FIRM
from sim.scenario.journeys import read_intervention, read_transition
from sim.scenario.keys import JOURNEYS, Keys
from sim.scenario.layers import PRESETS, Layers
from sim.scenario.objects import Design, FrozenMap, RunSettings, Scenario
from sim.scenario.settings import DEFAULT_COMPARE, RUN


def assemble(document: Document, layers: Layers, keys: Keys) -> Scenario:
    """The scenario that a document and the layers over and under it make.

    Raises InputError for contradictions between values that are each allowed.
    """
    designs = resolve_designs(layers)
    compare = layers.get("designs", "compare")
    compare = list(DEFAULT_COMPARE) if compare is None else compare
    check_compare(compare, list(designs), layers)
    off = layers.get("off", "mechanisms") or []
    check_off(off, keys.mechanisms, layers)
    assert isinstance(compare, list)
    assert isinstance(off, list)

    run = _numbers("run", RUN, layers)
    scenario = Scenario(
        name=document.path.stem,
        title=_text(document, "title") or document.path.stem,
        about=_text(document, "about"),
        base=_text(document, "base") or None,
        origin="shipped" if document.path in (*shipped.scenario_paths().values(), *shipped.journey_paths().values()) else document.label,
        firm=FrozenMap(_numbers("firm", FIRM, layers)),
        designs=FrozenMap(designs),
        compare=tuple(compare),
        model=FrozenMap(_numbers("model", keys.parameters, layers) | _off_values(off, keys)),
        off=tuple(off),
        run=RunSettings(int(run["days"]), int(run["warm_up"]), str(layers.get("run", "equal") or RunSettings.equal)),
        changed=FrozenMap(_changed(layers, designs, keys)),
        sources=FrozenMap({".".join(path): layers.where(path) for path in _given(layers)}),
    )
    units = int(scenario.firm["units"])
    journeys = {table: layers.names_in(table) for table in JOURNEYS}
    scenario = replace(
        scenario,
        transitions=FrozenMap({name: read_transition(layers, name, designs, scenario.run.days, units) for name in journeys["transition"]}),
        interventions=FrozenMap({name: read_intervention(layers, name, designs, scenario.run.days) for name in journeys["intervention"]}),
    )
    check_sense(scenario, layers)
    return scenario


def _text(document: Document, key: str) -> str:
    """A text of the file itself, on one line; control characters would otherwise reach terminals and pages."""
    text = document.data.get(key)
    if not isinstance(text, str):
        return ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _numbers(table: str, params: Mapping[str, Param], layers: Layers) -> dict[str, float]:
    """Every number of a table, whole ones as int."""
    values: dict[str, float] = {}
    for name, param in params.items():
        given = layers.get(table, name)
        value = given if isinstance(given, (int, float)) else param.value
        values[name] = int(value) if param.whole else float(value)
    return values


def _off_values(off: list[str], keys: Keys) -> dict[str, float]:
    """Parameter → the value that removes its mechanism, for the mechanisms that are off."""
    switched = [item for name in off for item in keys.mechanisms[name].items()]
    return {key: int(param.off) if param.whole else float(param.off) for key, param in switched if param.off is not None}


def _given(layers: Layers) -> list[tuple[str, ...]]:
    """Paths of the values that a file or an option gave; the shipped designs' own are the ground they stand on."""
    return [path for path, entry in layers.entries.items() if entry.rank > PRESETS and len(path) > 1 and path[-1] != "about"
            and entry.value != {} and path[0] not in JOURNEYS]  # fmt: skip


def _changed(layers: Layers, designs: Mapping[str, Design], keys: Keys) -> dict[str, object]:
    """Path → value of what differs from what would hold if nothing were said."""
    changed: dict[str, object] = {}
    for path in _given(layers):
        value = layers.entries[path].value
        if value != _unsaid(path, layers, designs, keys):
            changed[".".join(path)] = tuple(value) if isinstance(value, list) else value
    return changed


def _unsaid(path: tuple[str, ...], layers: Layers, designs: Mapping[str, Design], keys: Keys) -> object:
    """The value that a path would have without the file and the options."""
    if path == ("designs", "compare"):
        return list(DEFAULT_COMPARE)
    if path == ("off", "mechanisms"):
        return []
    if path == ("run", "equal"):
        return RunSettings.equal
    if path[0] != "design":
        key = keys.number(path)
        return key.default if key else None
    name, coordinate = path[1], path[2]
    own = layers.presets.get(name, {})
    base = designs[name].base
    if coordinate in own or coordinate not in COORDINATES or base is None:
        return own.get(coordinate)
    return designs[base].values[coordinate]
