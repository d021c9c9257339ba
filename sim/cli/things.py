"""Everything that can be listed or shown, as plain rows and facts: names, values, units, ranges, meanings, sources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.api import load_scenario
from sim.core.parameters import Param
from sim.core.sources import key_of, load_sources
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.outcomes import GROUPS, OUTCOMES
from sim.organisation.budget import fewest, planned_terms, seats
from sim.organisation.coordinates import COORDINATES
from sim.scenario import shipped
from sim.scenario.firm import FIRM
from sim.scenario.objects import Design, Scenario
from sim.scenario.settings import DEFAULT_SCENARIO, EQUAL_MONEY, RUN

Row = dict[str, object]
Facts = dict[str, object]

BETTER = {1: "more", -1: "less", 0: "neither"}


def scenario_rows() -> list[Row]:
    """The shipped scenarios."""
    rows = []
    for name in shipped.scenario_paths():
        scenario = load_scenario(name)
        rows.append({"name": name, "units": scenario.firm["units"], "technologists": scenario.firm["technologists"],
                     "title": scenario.title})  # fmt: skip
    return rows


def design_rows() -> list[Row]:
    """The shipped designs."""
    designs = load_scenario(DEFAULT_SCENARIO).designs
    return [{"name": name, "base": design.base, "about": design.about} for name, design in designs.items()]


def price_rows(source: str) -> list[Row]:
    """What each design of a scenario is planned to cost by term, with the people of the firm's file [thousand a year].

    And how many people it has where it costs as much as the first design compared; None where that pays for nobody who builds.
    """
    scenario = load_scenario(source)
    people, year = scenario.firm["technologists"], scenario.model["year_days"]
    rows: list[Row] = []
    for name, design in scenario.designs.items():
        if people < fewest(scenario.firm, design.values):
            continue
        terms = {term: year * cost for term, cost in planned_terms(scenario.firm, design.values, scenario.model, people).items()}
        rows.append({"name": name, "people": float(people), **terms, "total": sum(terms.values()),
                     "people_at_equal_money": _people_for_equal_money(scenario, design)})  # fmt: skip
    return rows


def _people_for_equal_money(scenario: Scenario, design: Design) -> float | None:
    first = scenario.designs[scenario.compare[0]].values
    try:
        return float(seats(scenario.firm, first, design.values, scenario.model, EQUAL_MONEY))
    except ValueError:
        return None


def parameter_rows() -> list[Row]:
    """Every number that a scenario may give, with the path that sets it."""
    rows = [_param_row(f"firm.{name}", param) for name, param in FIRM.items()]
    rows += [_coordinate_row(name) for name in COORDINATES]
    rows += [_param_row(f"model.{name}", param) for name, param in PARAMETERS.items()]
    return rows + [_param_row(f"run.{name}", param) for name, param in RUN.items()]


def outcome_rows() -> list[Row]:
    """What is measured."""
    return [{"name": name, "unit": outcome.unit, "better": BETTER[outcome.better], "meaning": outcome.meaning}
            for name, outcome in OUTCOMES.items()]  # fmt: skip


def source_rows() -> list[Row]:
    """Where numbers and rules are from."""
    return [{"name": key, "provenance": source.provenance, "cite": source.reference} for key, source in load_sources().items()]


def _param_row(path: str, param: Param) -> Row:
    return {"path": path, "value": param.value, "low": param.low, "high": param.high, "unit": param.unit, "meaning": param.meaning}


def _coordinate_row(name: str) -> Row:
    coordinate = COORDINATES[name]
    return {"path": f"design.NAME.{name}", "value": None, "low": coordinate.low, "high": coordinate.high, "unit": coordinate.unit,
            "meaning": coordinate.meaning}  # fmt: skip


def scenario_facts(scenario: Scenario) -> Facts:
    """A scenario in full, each value with the place it comes from."""
    changed = [name for name, value in scenario.model.items() if value != PARAMETERS[name].value or f"model.{name}" in scenario.sources]
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "about": scenario.about,
        "base": scenario.base,
        "from": scenario.origin,
        "compare": list(scenario.compare),
        "mechanisms_off": list(scenario.off),
        "days": scenario.run.days,
        "warm_up": scenario.run.warm_up,
        "equal": scenario.run.equal,
        "digest": scenario.digest,
        "firm": [_given_row(scenario, "firm", name, FIRM[name]) for name in FIRM],
        "designs": [_design_row(scenario, name) for name in COORDINATES],
        "parameters_changed": [_given_row(scenario, "model", name, PARAMETERS[name]) for name in changed],
    }


def file_facts(kind: str, path: Path) -> Facts:
    """A shipped file in full, as an example of how one is written."""
    return {kind: path.stem, "text": path.read_text(encoding="utf-8")}


def _given_row(scenario: Scenario, table: str, name: str, param: Param) -> Row:
    value = (scenario.firm if table == "firm" else scenario.model)[name]
    return {"name": name, "value": value, "unit": param.unit, "given in": _giver(scenario, f"{table}.{name}"), "meaning": param.meaning}


def _design_row(scenario: Scenario, coordinate: str) -> Row:
    given = {name: scenario.sources.get(f"design.{name}.{coordinate}") for name in scenario.compare}
    places = [f"{name}: {place}" for name, place in given.items() if place]
    return {"coordinate": coordinate, **{name: scenario.designs[name].values[coordinate] for name in scenario.compare},
            "unit": COORDINATES[coordinate].unit, "given in": ", ".join(places) or "shipped designs"}  # fmt: skip


def _giver(scenario: Scenario, path: str) -> str:
    return scenario.sources.get(path, "off.mechanisms" if _is_off(scenario, path) else "default")


def _is_off(scenario: Scenario, path: str) -> bool:
    return any(path == f"model.{key}" for name in scenario.off for key in MECHANISMS[name])


def design_facts(name: str, design: Design) -> Facts:
    """A design in full: every coordinate with its value and the reason for it."""
    rows = [{"coordinate": key, "value": value, "unit": COORDINATES[key].unit, "bundle": COORDINATES[key].bundle,
             "reason": design.reasons.get(key), } for key, value in design.values.items()]  # fmt: skip
    return {"design": name, "about": design.about, "base": design.base, "coordinates": rows}


def coordinate_facts(name: str) -> Facts:
    """A coordinate in full, with its value in each shipped design."""
    coordinate = COORDINATES[name]
    designs = load_scenario(DEFAULT_SCENARIO).designs
    return {"coordinate": name, "meaning": coordinate.meaning, "unit": coordinate.unit, "lowest": coordinate.low,
            "highest": coordinate.high, "bundle": coordinate.bundle, "price": coordinate.price,
            "set_with": f"--set design.NAME.{name}=…",
            "designs": [{"design": key, "value": design.values[name], "reason": design.reasons.get(name)}
                        for key, design in designs.items()]}  # fmt: skip


def param_facts(path: str, param: Param) -> Facts:
    """A firm's field, a model's parameter or a run's setting in full."""
    name = path.split(".", 1)[1]
    owner = next((mechanism for mechanism, own in MECHANISMS.items() if name in own), None) if path.startswith("model.") else None
    mechanism = {"mechanism": owner} if owner else {}
    return {"parameter": path, "meaning": param.meaning, "value": param.value, "unit": param.unit, "plausible_from": param.low,
            "plausible_to": param.high, "lowest": param.least, "highest": param.most, "whole": param.whole, **mechanism,
            **({} if param.off is None else {"off": param.off}), "source": param.source, **_citation(param.source),
            "set_with": f"--set {path}=…"}  # fmt: skip


def outcome_facts(name: str) -> Facts:
    """An outcome in full."""
    outcome = OUTCOMES[name]
    matters = "2 percentage points" if outcome.share else "5 % of the first design's mean"
    return {"outcome": name, "label": outcome.label, "meaning": outcome.meaning, "unit": outcome.unit, "group": GROUPS[outcome.group],
            "better": BETTER[outcome.better], "smallest_difference_that_matters": matters, "source": outcome.source,
            **_citation(outcome.source)}  # fmt: skip


def mechanism_facts(name: str) -> Facts:
    """A mechanism with its parameters."""
    own: Mapping[str, Param] = MECHANISMS[name]
    rows = [{"parameter": f"model.{key}", "value": param.value, "off": param.off, "unit": param.unit, "meaning": param.meaning,
             "source": param.source} for key, param in own.items()]  # fmt: skip
    can = any(param.off is not None for param in own.values())
    return {"mechanism": name, "switched_off_with": f"--set off.mechanisms={name}" if can else None, "parameters": rows}


def source_facts(key: str) -> Facts:
    """A source in full, with what rests on it."""
    source = load_sources()[key]
    users = [path for path, param in _all_params().items() if param.source_key == key]
    users += [f"outcome {name}" for name, outcome in OUTCOMES.items() if key_of(outcome.source) == key]
    return {"source": key, "cite": source.reference, "provenance": source.provenance, "gives": source.taken, "used_by": users}


def _all_params() -> dict[str, Param]:
    tables = {"firm": FIRM, "model": PARAMETERS, "run": RUN}
    return {f"{table}.{name}": param for table, params in tables.items() for name, param in params.items()}


def _citation(source: str) -> Facts:
    found = load_sources().get(key_of(source))
    return {"cite": found.reference} if found else {}
