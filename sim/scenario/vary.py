"""Reading [vary]: paths, ranges and lists of a sweep's file, checked against every key that a scenario may hold."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Protocol

from sim.core.errors import InputError, did_you_mean, nearest
from sim.organisation.coordinates import COORDINATES
from sim.scenario.factors import CHOICE, INTEGER, LINEAR, LOG, SCALES, SCENARIO, Factor, Value
from sim.scenario.firm import FIRM
from sim.scenario.keys import Keys
from sim.scenario.settings import RUN
from sim.scenario.sweep_faults import Reader
from sim.scenario.words import kind, number, shown

KEYS = ("low", "high", "scale", "values")
FORMS = "paths are firm.KEY, model.KEY, run.KEY, design.NAME.KEY and scenario; firm.* is every number of the firm, design.*.KEY all designs"
EVERY = "*"
TABLES = {"firm": 2, "model": 2, "run": 2, "design": 3}
"""Table → parts of a path into it."""


class Ranges:
    """Every number that can be varied, with its plausible range, for a sweep with these designs."""

    def __init__(self, keys: Keys, designs: tuple[str, ...]) -> None:
        self.keys, self.designs = keys, designs
        self.declared: dict[str, dict[str, tuple[float, float]]] = {
            "firm": {name: (param.low, param.high) for name, param in FIRM.items()},
            "model": {name: (param.low, param.high) for name, param in keys.parameters.items()},
            "run": {name: (param.low, param.high) for name, param in RUN.items()},
            "design": {name: (axis.low, axis.high) for name, axis in COORDINATES.items()},
        }

    def plausible(self, path: str) -> tuple[float, float]:
        """Ends of a known path's plausible range."""
        table, *names = path.split(".")
        return self.declared[table][names[-1]]

    def all_of(self, path: str) -> list[str]:
        """The paths that one with a star means: those whose plausible range has a width."""
        table = path.split(".")[0]
        return [f"{path[:-1]}{name}" for name, (low, high) in self.declared[table].items() if low < high]


class Faulty(Protocol):
    """Where a path was given: a table of a file, or an option."""

    def fault(self, key: str, found: str, allowed: str = "", remedy: str = "") -> InputError: ...


def read_factors(read: Reader, ranges: Ranges) -> tuple[Factor, ...]:
    """The factors of a [vary] table, in the order of the file; what is named itself wins over a star.

    Raises InputError for an unknown path, a range the wrong way round or outside what is allowed, a log scale through zero.
    """
    found: dict[str, Factor] = {}
    starred: dict[str, Factor] = {}
    for inside, data in _flat(read.data, ()):
        path = ".".join(inside)
        table = Reader(read.document, (*read.inside, *inside), data)
        _known(path, table, ranges)
        if path.endswith(EVERY):
            table.only(())
            for each in ranges.all_of(path):
                starred.setdefault(each, _factor(each, table, ranges))
        else:
            if path in found:
                raise table.fault("", " is varied twice")
            found[path] = _factor(path, table, ranges)
    both = {path: found.get(path, factor) for path, factor in starred.items()}
    return tuple({**both, **found}.values())


def plausible_factor(path: str, ranges: Ranges, option: str) -> Factor:
    """A number's path as a factor over its plausible range.

    Raises InputError, naming the option, for a path that cannot be varied.
    """
    _known(path, _Option(option, path), ranges)
    if path == SCENARIO or path.split(".")[-1] == EVERY:
        raise InputError(f"{option} {path}", "is not one number", FORMS)
    low, high = ranges.plausible(path)
    if low >= high:
        raise InputError(f"{option} {path}", "has no plausible range to be varied over", f"it is {number(low)}")
    _, _, whole, _ = _allowed(path, ranges)
    return Factor(path, INTEGER if whole else LINEAR, float(low), float(high), unit=_unit(path, ranges))


class _Option:
    """An option of the command line, where a table of the file is read otherwise."""

    def __init__(self, option: str, path: str) -> None:
        self.option, self.path = option, path

    def fault(self, key: str, found: str, allowed: str = "", remedy: str = "") -> InputError:
        return InputError(f"{self.option} {self.path}", found.removeprefix(":").strip(), allowed, remedy)


def _flat(data: Mapping[str, object], inside: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, object]]]:
    """(path as written, table) of every factor, whether "firm.turbulence" or [vary.firm] holds it."""
    for key, value in data.items():
        path = (*inside, key)
        parts = ".".join(path).split(".")
        # A key with dots inside its quotation marks is a whole path, right or wrong.
        complete = path == (SCENARIO,) or len(parts) > len(path) or len(parts) >= TABLES.get(parts[0], 1) or EVERY in parts
        if isinstance(value, Mapping) and not complete:
            yield from _flat(value, path)
        elif isinstance(value, Mapping):
            yield path, value
        else:  # a bare value where a table is wanted: the table's reader says so
            yield path, {"values": value} if isinstance(value, list) else {"": value}


def _known(path: str, table: Faulty, ranges: Ranges) -> None:
    """Raise InputError where a path cannot be varied."""
    if path == SCENARIO:
        return
    parts = tuple(path.split("."))
    if parts[0] not in TABLES:
        raise table.fault("", ": there is no such path", FORMS, did_you_mean(parts[0], [*TABLES, SCENARIO]))
    if len(parts) != TABLES[parts[0]] or not all(parts):
        raise table.fault("", " is not the path of a number", FORMS)
    if parts[0] == "design" and parts[1] not in (*ranges.designs, EVERY):
        raise table.fault("", f": {shown(parts[1])} is none of the designs of this sweep", "",
                          did_you_mean(parts[1], ranges.designs))  # fmt: skip
    known = ranges.declared[parts[0]]
    if parts[-1] != EVERY and parts[-1] not in known:
        elsewhere = [f"{other}.{parts[-1]}" for other, names in ranges.declared.items() if parts[-1] in names]
        prefix = ".".join(parts[:-1]) + "."
        if nearest(parts[-1], known) is None and elsewhere:
            raise table.fault("", ": unknown key", "", f"did you mean {elsewhere[0]}?")
        raise table.fault("", ": unknown key", "", did_you_mean(parts[-1], known, prefix))


def _factor(path: str, table: Reader, ranges: Ranges) -> Factor:
    if "" in table.data:
        value = table.data[""]
        raise table.fault("", f" = {shown(value)} is {kind(value)}, not a range", "{ low = …, high = … } or { values = […] }")
    table.only(KEYS)
    scale = table.text("scale") or (CHOICE if "values" in table.data else LINEAR)
    if scale not in SCALES:
        raise table.fault("scale", f" = {shown(scale)}, and there is no such scale", "", did_you_mean(scale, SCALES))
    if "values" in table.data or scale == CHOICE or path == SCENARIO:
        return Factor(path, CHOICE, values=_values(path, table, ranges, scale), unit=_unit(path, ranges))
    low, high = ranges.plausible(path)
    least, most, whole, help_text = _allowed(path, ranges)
    low, high = (table.number(end, least, most, help_text, usual) for end, usual in (("low", low), ("high", high)))
    if low >= high:
        raise table.fault("", f": low = {number(low)} is not below high = {number(high)}", help_text)
    if scale == LOG and low <= 0.0:
        raise table.fault("", f": a log scale cannot go through zero, and low = {number(low)}", "low above 0", 'scale = "linear"')
    if whole and scale == LINEAR:
        scale = INTEGER
    if scale == INTEGER and (low != math.floor(low) or high != math.floor(high)):
        raise table.fault("", f": low = {number(low)} and high = {number(high)} are not both whole numbers", help_text)
    if whole and scale == LOG:
        raise table.fault("scale", ' = "log", and only whole numbers make sense here', help_text, "list them: values = […]")
    return Factor(path, scale, float(low), float(high), unit=_unit(path, ranges))


def _values(path: str, table: Reader, ranges: Ranges, scale: str) -> tuple[Value, ...]:
    found = table.data.get("values")
    if found is None:
        raise table.fault("", " does not list its values", "values = […]")
    if not isinstance(found, list):
        raise table.fault("values", f" = {shown(found)} is {kind(found)}, not a list")
    if not found:
        raise table.fault("values", " is empty", "at least one value")
    if scale != CHOICE or "low" in table.data or "high" in table.data:
        raise table.fault("", " gives values and a range: one of the two")
    for place, value in enumerate(found):
        if value in found[:place]:
            raise table.fault("values", f" names {shown(value)} twice", "each value once")
        if path == SCENARIO:
            if not isinstance(value, str):
                raise table.fault("values", f" holds {shown(value)}, {kind(value)} where a scenario is wanted")
        else:
            _check_value(path, value, table, ranges)
    return tuple(value if isinstance(value, str) else float(value) for value in found)


def _check_value(path: str, value: object, table: Reader, ranges: Ranges) -> None:
    least, most, whole, help_text = _allowed(path, ranges)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise table.fault("values", f" holds {shown(value)}, where a finite number is wanted", help_text)
    if not least <= value <= most:
        side = f"below the minimum {number(least)}" if value < least else f"above the maximum {number(most)}"
        raise table.fault("values", f" holds {number(value)}, {side}", help_text)
    if whole and value != int(value):
        raise table.fault("values", f" holds {number(value)}, which is not a whole number", help_text)


def _allowed(path: str, ranges: Ranges) -> tuple[float, float, bool, str]:
    """Least and most that a scenario may give, whether whole, and the help that says so."""
    key = ranges.keys.number(tuple(path.split(".")))
    assert key is not None, path
    return key.least, key.most, key.whole, key.help


def _unit(path: str, ranges: Ranges) -> str:
    key = ranges.keys.number(tuple(path.split(".")))
    return "" if key is None else key.unit


def check_row_value(factor: Factor, text: str, where: str, ranges: Ranges) -> Value:
    """A value of a CSV file or a row, as its factor allows it.

    Raises InputError, beginning with `where`, for what is no number or out of the allowed range.
    """
    if factor.path == SCENARIO:
        if text not in factor.values:
            raise InputError(where, f"scenario {shown(text)} is none of the values in [vary]", "",
                             did_you_mean(text, [str(value) for value in factor.values]))  # fmt: skip
        return text
    least, most, whole, help_text = _allowed(factor.path, ranges)
    try:
        value = float(text)
    except ValueError:
        raise InputError(where, f"{factor.path} = {shown(text)} is not a number", help_text) from None
    if not least <= value <= most:  # also NaN
        raise InputError(where, f"{factor.path} = {number(value)} is out of range", help_text)
    if whole and value != int(value):
        raise InputError(where, f"{factor.path} = {number(value)} is not a whole number", help_text)
    return value
