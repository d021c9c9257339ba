"""A scenario as plain values, as far as it decides a comparison or is said on its page, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.stored.plain import Unreadable, from_plain, to_plain
from sim.scenario.objects import Design, FrozenMap, RunSettings, Scenario

Numbers = Mapping[str, float]


def setting_values(scenario: Scenario) -> dict[str, Any]:
    """Firm, the designs compared, parameters and settings."""
    designs = {name: {"about": scenario.designs[name].about, "values": dict(scenario.designs[name].values)} for name in scenario.compare}
    return {
        "name": scenario.name, "title": scenario.title, "about": scenario.about, "origin": scenario.origin,
        "base": scenario.base, "firm": dict(scenario.firm), "designs": designs,
        "compare": list(scenario.compare), "model": dict(scenario.model), "off": list(scenario.off), "run": to_plain(scenario.run),
        "digest": scenario.digest,
    }  # fmt: skip


def setting_of(values: Mapping[str, Any]) -> Scenario:
    """The scenario again, without what decides nothing in a comparison.

    Raises Unreadable where it is not the one that was written.
    """
    try:
        designs = {name: Design(name, str(one["about"]), _numbers(one["values"])) for name, one in values["designs"].items()}
        found = Scenario(
            name=from_plain(str, values["name"]), title=from_plain(str, values["title"]), about=from_plain(str, values["about"]),
            origin=from_plain(str, values["origin"]), base=values["base"], firm=_numbers(values["firm"]),
            designs=FrozenMap(designs), compare=from_plain(tuple[str, ...], values["compare"]), model=_numbers(values["model"]),
            off=from_plain(tuple[str, ...], values["off"]), run=from_plain(RunSettings, values["run"]),
        )  # fmt: skip
        digest = found.digest
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise Unreadable(f"the scenario cannot be read: {error}") from None
    if digest != values.get("digest"):
        raise Unreadable("the scenario was changed: it has another digest than the one that was run")
    return found


def _numbers(values: Mapping[str, Any]) -> Numbers:
    return FrozenMap({str(name): from_plain(float, value) for name, value in values.items()})
