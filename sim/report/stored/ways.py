"""Journeys, single moves and maps: what a page shows of them, as plain values and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.analysis.moves import Effects
from sim.analysis.phase import Gap, Map
from sim.experiment.comparison import Comparison
from sim.model.outcomes import OUTCOMES
from sim.report.beside import StoredJourney, StoredMap
from sim.report.phase_table import own_sentence
from sim.report.stored.file import INTERVENTIONS, MAP, TRANSITION, damaged, page_json
from sim.report.stored.plain import Unreadable, from_plain, to_plain
from sim.report.summary import provenance


def journey_json(comparison: Comparison, found: StoredJourney) -> str:
    """page.json of paths."""
    content = {"found": to_plain(found)}
    return page_json(TRANSITION, comparison.scenario.name, provenance(comparison), content)


def moves_json(settled: Comparison, effects: Effects) -> str:
    """page.json of single moves."""
    return page_json(INTERVENTIONS, settled.scenario.name, provenance(settled), {"found": to_plain(effects)})


def map_json(maps: Sequence[Map], document: Mapping[str, Any], here: Mapping[str, object] | None) -> str:
    """page.json of maps; document is what map.json holds."""
    at, own = None, ""
    if here is not None:
        gap = here["gap"]
        assert isinstance(gap, Gap)
        at, own = (float(str(here["across"])), float(str(here["up"]))), own_sentence(gap, maps[0].pair, here)
    found = StoredMap(tuple(maps), str(document["outcome"]), at, own)
    return page_json(MAP, str(document["scenario"]), dict(document["provenance"]), {"found": to_plain(found)})


def read_journey(path: Path, document: Mapping[str, Any]) -> StoredJourney:
    """Paths from page.json. Raises InputError where it is damaged."""
    return _found(StoredJourney, path, document)


def read_moves(path: Path, document: Mapping[str, Any]) -> Effects:
    """Single moves from page.json. Raises InputError where it is damaged."""
    return _found(Effects, path, document)


def read_map(path: Path, document: Mapping[str, Any]) -> StoredMap:
    """Maps from page.json. Raises InputError where it is damaged."""
    found = _found(StoredMap, path, document)
    if not found.maps or found.outcome not in OUTCOMES:
        raise damaged(path, "it holds no map")
    return found


def _found(kind: type, path: Path, document: Mapping[str, Any]) -> Any:
    try:
        return from_plain(kind, document.get("found"))
    except Unreadable as error:
        raise damaged(path, str(error)) from None
