"""Sliders: every number of the firm and every coordinate of the two designs, with range, meaning, price and source."""

from __future__ import annotations

from collections.abc import Sequence

import sim
from sim.core.sources import load_sources
from sim.explorer.limits import span, value_at
from sim.explorer.shades import shades
from sim.explorer.state import State
from sim.organisation.coordinates import BUNDLES, COORDINATES
from sim.scenario.firm import FIRM
from sim.scenario.objects import Scenario
from sim.scenario.settings import EQUAL, RUN

BUNDLE_ENDS = {
    "structure": "who sits where: technologists in a unit of their own … in the business units",
    "decision": "who decides: a board … the teams themselves",
    "funding": "how money comes: a yearly budget of projects … standing teams",
    "culture": "what is tried, and what happens when it fails: little room … much room",
    "practice": "how work goes live: seldom and large … daily and small",
}
"""What each bundle of coordinates is about, its two ends in plain words."""

FIRST_OF_FIRM = ("turbulence", "change_load", "units", "technologists", "coupling", "digital_intensity", "regulatory_load", "legacy_debt")
"""What most people move first; the rest of the firm's fields stand below, folded away."""


def page_facts(state: State, scenario: Scenario, given: Scenario, names: Sequence[str]) -> dict[str, object]:
    """All that the page's controls say.

    scenario  as the state sets it
    given     with nothing changed
    names     scenarios to choose from
    """
    return {
        "version": sim.__version__,
        "scenario": {"name": state.scenario, "title": scenario.title, "about": scenario.about},
        "scenarios": list(names),
        "designs": {name: design.about for name, design in scenario.designs.items()},
        "compare": list(scenario.compare),
        "equal": scenario.run.equal,
        "equals": list(EQUAL),
        "seed": state.seed,
        "colours": shades(scenario.compare),
        "firm": [_of_firm(name, scenario, given) for name in (*FIRST_OF_FIRM, *(name for name in FIRM if name not in FIRST_OF_FIRM))],
        "run": [_slider("run.days", "counted days", RUN["days"].meaning, RUN["days"].source, scenario, given)],
        "bundles": [_bundle(bundle, scenario, given) for bundle in BUNDLES],
        "changed": [f"{setting.path} = {setting.text}" for setting in state.settings],
    }


def _of_firm(name: str, scenario: Scenario, given: Scenario) -> dict[str, object]:
    param = FIRM[name]
    return {
        **_slider(f"firm.{name}", label(name), param.meaning, _source(param.source), scenario, given), "first": name in FIRST_OF_FIRM,
    }  # fmt: skip


def _bundle(bundle: str, scenario: Scenario, given: Scenario) -> dict[str, object]:
    rows = []
    for name, coordinate in COORDINATES.items():
        if coordinate.bundle != bundle:
            continue
        pair = []
        for design in scenario.compare:
            reason = scenario.designs[design].reasons.get(name, "")
            source = f"In {label(design)}: {reason}" if reason else ""
            pair.append(_slider(f"design.{design}.{name}", label(name), coordinate.meaning, source, scenario, given))
        rows.append({"name": name, "label": label(name), "meaning": coordinate.meaning, "price": coordinate.price, "sliders": pair})
    return {"name": bundle, "about": BUNDLE_ENDS[bundle], "rows": rows}


def _slider(path: str, name: str, meaning: str, source: str, scenario: Scenario, given: Scenario) -> dict[str, object]:
    reach = span(path, given)
    assert reach is not None  # every path here is one of the page's numbers
    return {
        "path": path, "label": name, "meaning": meaning, "unit": reach.unit, "low": reach.low, "high": reach.high, "whole": reach.whole,
        "value": value_at(path, scenario), "usual": value_at(path, given), "source": source,
    }  # fmt: skip


def _source(text: str) -> str:
    """A source as a reader wants it: a key becomes its publication."""
    key, _, rest = text.partition(":")
    known = load_sources().get(key.strip())
    return f"{known.reference}: {rest.strip()}" if known else text


def label(name: str) -> str:
    """A name in running text.

    >>> label("board_interval")
    'board interval'
    """
    return name.replace("_", " ")
