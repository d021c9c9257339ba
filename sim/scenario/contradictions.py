"""Values that are each allowed and cannot all be meant: found after everything is merged."""

from __future__ import annotations

from collections.abc import Mapping

from sim.core.errors import InputError, did_you_mean
from sim.core.parameters import Param
from sim.organisation.budget import matched
from sim.scenario.layers import Layers
from sim.scenario.objects import Scenario
from sim.scenario.settings import EQUAL_SPEND, LONGEST_RUN
from sim.scenario.words import number, shown

GATES = {"release_interval": "nothing might go live", "board_interval": "nothing might be decided",
         "funding_interval": "nothing might be funded"}  # fmt: skip


def check_compare(compare: object, names: list[str], layers: Layers) -> None:
    """Raise InputError where the designs to compare are none, unknown or named twice."""
    assert isinstance(compare, (list, tuple))
    if not compare:
        raise _fault(layers, ("designs", "compare"), "designs.compare is empty", "name at least one design", f"known: {', '.join(names)}")
    for position, name in enumerate(compare):
        if name not in names:
            found = f"designs.compare names {shown(name)}, and there is no such design"
            raise _fault(layers, ("designs", "compare"), found, "", did_you_mean(name, names))
        if name in compare[:position]:
            raise _fault(layers, ("designs", "compare"), f"designs.compare names {shown(name)} twice", "each design once", "")


def check_off(off: object, mechanisms: Mapping[str, Mapping[str, Param]], layers: Layers) -> None:
    """Raise InputError where a mechanism to switch off is unknown, named twice, cannot be switched off, or is also set."""
    assert isinstance(off, (list, tuple))
    path = ("off", "mechanisms")
    for position, name in enumerate(off):
        if name not in mechanisms:
            raise _fault(layers, path, f"off.mechanisms names {shown(name)}, and there is no such mechanism", "",
                         did_you_mean(name, mechanisms))  # fmt: skip
        if name in off[:position]:
            raise _fault(layers, path, f"off.mechanisms names {shown(name)} twice", "each mechanism once", "")
        offs = {key: param.off for key, param in mechanisms[name].items() if param.off is not None}
        if not offs:
            able = [other for other, params in mechanisms.items() if any(param.off is not None for param in params.values())]
            raise _fault(layers, path, f"off.mechanisms names {shown(name)}, which cannot be switched off", "",
                         f"those that can: {', '.join(able)}")  # fmt: skip
        for key, value in offs.items():
            entry = layers.entries.get(("model", key))
            if entry is not None and entry.rank >= layers.entries[path].rank and entry.value != value:
                found = f"model.{key} = {shown(entry.value)}, but its mechanism {name} is switched off"
                raise _fault(layers, ("model", key), found, f"off means model.{key} = {number(value)}",
                             "leave one of the two out")  # fmt: skip


def check_sense(scenario: Scenario, layers: Layers) -> None:
    """Raise InputError where a run is too long, a gate may never open, or liaisons leave nobody to build."""
    total = scenario.run.days + scenario.run.warm_up
    if total > LONGEST_RUN:
        path = ("run", "days") if scenario.run.days >= scenario.run.warm_up else ("run", "warm_up")
        raise _fault(layers, path, f"run.days + run.warm_up = {total} days", f"together at most {LONGEST_RUN} days", "")
    journeys = [design for each in scenario.transitions.values() for design in (each.start, each.target)]
    for name in dict.fromkeys((*scenario.compare, *journeys, *(each.design for each in scenario.interventions.values()))):
        values = scenario.designs[name].values
        for key, consequence in GATES.items():
            if values[key] > total:
                found = f"design.{name}.{key} = {number(values[key])} days is longer than the whole run of {total}: {consequence}"
                raise _fault(layers, _giver(layers, scenario, name, key, ("run", "days")), found,
                             "run.days + run.warm_up is at least the interval", "")  # fmt: skip
        if scenario.run.equal in EQUAL_SPEND and name != scenario.compare[0]:
            _somebody_is_paid(scenario, name, layers)
        else:
            _somebody_builds(scenario, name, layers)


def _somebody_is_paid(scenario: Scenario, name: str, layers: Layers) -> None:
    """The first design's money pays for liaisons, what comes with them, and somebody to build."""
    first, values = scenario.compare[0], scenario.designs[name].values
    try:
        matched(scenario.firm, scenario.designs[first].values, values, scenario.model)
    except ValueError as error:
        each = number(values["liaisons_per_unit"])
        found = f"design.{name} cannot be had for what {first} costs: {error}; with {each} liaisons a unit nobody is left to build"
        giver = _giver(layers, scenario, name, "liaisons_per_unit", ("firm", "technologists"), ("firm", "units"))
        raise _fault(layers, giver, found, "", 'run.equal = "headcount" compares designs of equal head count instead') from None


def _somebody_builds(scenario: Scenario, name: str, layers: Layers) -> None:
    units, technologists = scenario.firm["units"], scenario.firm["technologists"]
    each = scenario.designs[name].values["liaisons_per_unit"]
    liaisons = each * units
    if technologists - liaisons >= 1:
        return
    found = (f"design.{name}.liaisons_per_unit = {number(each)} makes {number(liaisons)} liaisons in {number(units)} units, "
             f"of {number(technologists)} technologists: nobody is left to build")  # fmt: skip
    advice = "liaisons_per_unit × units is at least one below technologists, since liaisons are taken from them"
    giver = _giver(layers, scenario, name, "liaisons_per_unit", ("firm", "technologists"), ("firm", "units"))
    raise _fault(layers, giver, found, advice, "")


def _giver(layers: Layers, scenario: Scenario, name: str, key: str, *others: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the values in a contradiction to point at: the one given last."""
    base = scenario.designs[name].base
    candidates = [("design", name, key), ("design", base or name, key), *others]
    there = [path for path in candidates if path in layers.entries]
    return max(there, key=lambda path: layers.entries[path].rank) if there else candidates[0]


def _fault(layers: Layers, path: tuple[str, ...], found: str, allowed: str, remedy: str) -> InputError:
    if path not in layers.entries:
        return InputError("", found, allowed, remedy)
    quoted = "        ".join(part for part in (layers.quote(path), allowed) if part)
    return InputError(layers.where(path), found, quoted, remedy)
