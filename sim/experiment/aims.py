"""Aims: what somebody measured of a firm of their own, from a TOML file or from a CSV of work items.

    scenario = "branch_bank"     # what is not said is as there
    design = "partnership"       # how technology is organised; the scenario's first where nothing is said
    [known]                      # what is known for certain: facts of the firm, numbers of the model
    units = 8
    [targets]                    # outcomes (orgsim list outcomes); shares from 0 to 1
    lead_time_median = { value = 90, tolerance = 10 }
    [tickets]                    # work items; the path is taken from the file's own folder
    file = "tickets.csv"
    kinds = ["feature"]
    from = 2024-01-01
    to = 2025-12-31
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sim.core.errors import InputError, did_you_mean
from sim.experiment.lives import STATISTICS, measured
from sim.experiment.targets import Target
from sim.experiment.work_items import WorkItems, read_work_items
from sim.model.catalogue import PARAMETERS
from sim.model.outcomes import OUTCOMES
from sim.scenario.document import Document, read_document
from sim.scenario.firm import FIRM
from sim.scenario.overrides import Override
from sim.scenario.settings import DEFAULT_SCENARIO, RUN
from sim.scenario.words import printable, shown

KEYS = ("scenario", "design", "known", "targets", "tickets")
TICKETS = ("file", "kinds", "from", "to")
TARGET = ("value", "tolerance")

@dataclass(frozen=True)
class Aims:
    """What a firm is to show.

    scenario  the one that fills in what is not said
    design    how technology is organised in the firm; None for the scenario's first
    known     what is known for certain, as overrides
    outcomes  targets that are outcomes of the model, in the order in which they were given
    tickets   work items, None where there are none
    """

    scenario: str
    design: str | None
    known: tuple[Override, ...]
    outcomes: tuple[Target, ...]
    tickets: WorkItems | None

    @property
    def targets(self) -> tuple[Target, ...]:
        """Outcomes first, then what the work items say."""
        return (*self.outcomes, *(of_tickets(self.tickets) if self.tickets is not None else ()))


def of_tickets(items: WorkItems) -> tuple[Target, ...]:
    """What work items say, as targets: statistics for which they are too few are left out."""
    found = measured(items.lives)
    return tuple(Target(name, found[name], found[name], statistic.by_ratio, one_history=True)
                 for name, statistic in STATISTICS.items()
                 if math.isfinite(found[name]) and (found[name] > 0.0 or not statistic.by_ratio))  # fmt: skip


def read_aims(source: str) -> Aims:
    """Read a TOML file of targets, or a CSV of work items alone.

    Raises InputError, naming file and line, for whatever is wrong with it.
    """
    path = Path(source)
    if path.suffix.casefold() == ".csv":
        return Aims(DEFAULT_SCENARIO, None, (), (), read_work_items(path, printable(source, 200)))
    document = read_document(path, printable(source, 200))
    _keys(document, (), document.data, KEYS)
    targets = _table(document, "targets")
    outcomes = tuple(_target(document, name, value) for name, value in targets.items())
    tickets = _tickets(document) if "tickets" in document.data else None
    if not outcomes and tickets is None:
        raise InputError(document.label, "says nothing that the firm is to show", "[targets], [tickets] or both",
                         "for example: [targets] lead_time_median = { value = 90, tolerance = 10 }")  # fmt: skip
    known = tuple(_known(document, name, value) for name, value in _table(document, "known").items())
    return Aims(_text(document, "scenario") or DEFAULT_SCENARIO, _text(document, "design"), known, outcomes, tickets)


def _keys(document: Document, path: tuple[str, ...], found: Mapping[str, object], allowed: Collection[str]) -> None:
    for key in found:
        if key not in allowed:
            where = f"[{'.'.join(path)}] " if path else ""
            raise InputError(document.where((*path, key)), f"{where}{printable(key)} is not a key of targets", ", ".join(allowed),
                             did_you_mean(key, allowed))  # fmt: skip


def _table(document: Document, name: str) -> Mapping[str, object]:
    found = document.data.get(name, {})
    if not isinstance(found, dict):
        raise InputError(document.where((name,)), f"{name} = {shown(found)} is not a table", f"[{name}]")
    return found


def _text(document: Document, name: str) -> str | None:
    found = document.data.get(name)
    if found is not None and not isinstance(found, str):
        raise InputError(document.where((name,)), f"{name} = {shown(found)} is not text", "a name between quotation marks")
    return found


def _known(document: Document, name: str, value: object) -> Override:
    path = ("known", name)
    table = "firm" if name in FIRM else "model" if name in PARAMETERS else "run" if name in RUN else None
    if table is None:
        raise InputError(document.where(path), f"there is no {printable(name)}", "facts of the firm (orgsim list parameters)",
                         did_you_mean(name, [*FIRM, *PARAMETERS, *RUN]))  # fmt: skip
    number = _number(document, path, value)
    return Override(f"{table}.{name}", f"{number:g}" if number != int(number) else str(int(number)), document.where(path))


def _target(document: Document, name: str, value: object) -> Target:
    path = ("targets", name)
    if name not in OUTCOMES:
        raise InputError(document.where(path), f"there is no outcome {printable(name)}", "outcomes (orgsim list outcomes)",
                         did_you_mean(name, OUTCOMES))  # fmt: skip
    if not isinstance(value, dict):
        raise InputError(document.where(path), f"{name} = {shown(value)} says no tolerance", "{ value = …, tolerance = … }")
    _keys(document, path, value, TARGET)
    for key in TARGET:
        if key not in value:
            raise InputError(document.where(path), f"{name} has no {key}", "{ value = …, tolerance = … }")
    middle, tolerance = (_number(document, (*path, key), value[key]) for key in TARGET)
    if tolerance <= 0.0:
        raise InputError(document.where(path), f"{name}: tolerance = {tolerance:g}", "a number over 0: how far off it may be",
                         "a tolerance of nothing is met by nothing")  # fmt: skip
    if OUTCOMES[name].share and not 0.0 <= middle <= 1.0:
        raise InputError(document.where(path), f"{name}: value = {middle:g}", "a share from 0 to 1", f"{middle / 100:g} for {middle:g} %")
    # Times and counts are skewed: what is twice as long is as far off as what is half as long.
    return Target(name, middle - tolerance, middle + tolerance, by_ratio=not OUTCOMES[name].share and middle > tolerance)


def _number(document: Document, path: tuple[str, ...], value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InputError(document.where(path), f"{path[-1]} = {shown(value)} is not a number", "a number")
    return float(value)


def _tickets(document: Document) -> WorkItems:
    table = _table(document, "tickets")
    _keys(document, ("tickets",), table, TICKETS)
    file, kinds = table.get("file"), table.get("kinds", [])
    if not isinstance(file, str):
        raise InputError(document.where(("tickets",)), "[tickets] names no file", 'file = "tickets.csv"')
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise InputError(document.where(("tickets", "kinds")), f"kinds = {shown(kinds)} is not a list of texts", 'kinds = ["feature"]')
    first, last = (_day(document, name, table.get(name)) for name in ("from", "to"))
    return read_work_items(document.path.parent / file, printable(file, 200), kinds, first, last)


def _day(document: Document, name: str, value: object) -> date | None:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise InputError(document.where(("tickets", name)), f"{name} = {shown(value)} is not a date",
                     f"{name} = 2025-03-31, without quotation marks")  # fmt: skip
