"""Reading a sweep's file: TOML → a checked, frozen Sweep. Every fault is told with file, line, value and what is allowed."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sim.core.errors import InputError, did_you_mean
from sim.scenario import shipped
from sim.scenario.document import LARGEST, Document, read_document
from sim.scenario.factors import SCENARIO, Factor, Value
from sim.scenario.keys import Keys
from sim.scenario.objects import FrozenMap, Scenario
from sim.scenario.overrides import Override
from sim.scenario.settings import DEFAULT_SCENARIO
from sim.scenario.sweep import GRID, KINDS, LATIN, LIST, MORRIS, NUMBERS, SALTELLI, SERIES_DAYS, SINGLE, SOBOL, Precision, Sample, Sweep
from sim.scenario.sweep_faults import Reader
from sim.scenario.vary import Ranges, check_row_value, read_factors
from sim.scenario.words import dotted, number, printable, shown

TOP = ("title", "about", "scenario", "designs", "replicates", "seed", "outcomes", "series", "independent", "chunk_runs", "numbers",
       "sample", "vary", "set", "precision")  # fmt: skip
SAMPLE = ("kind", "points", "levels", "file", "rows")
BY_POINTS = (LATIN, SOBOL, MORRIS, SALTELLI)
POWERS_OF_TWO = (SOBOL, SALTELLI)

MOST_POINTS, MOST_REPLICATES, MOST_LEVELS = 10_000_000, 1_000_000, 1_000
MOST_CHUNK_RUNS = 100_000
LARGEST_SEED = 2**62
FEWEST_TO_STOP = 100
"""Pairs before the first look at a precision: fewer, and the intervals do not hold."""

Load = Callable[[str, Sequence[Override]], Scenario]


def load_sweep(
    source: str, *, keys: Keys, outcomes: Sequence[str], load: Load, overrides: Sequence[Override] = (), designs: Sequence[str] = (),
    replicates: int | None = None, seed: int | None = None, independent: bool = False,
) -> Sweep:  # fmt: skip
    """Load a sweep by the name of a shipped one or by the path of a TOML file.

    outcomes    names that a run has, in the model's order
    load        (scenario, overrides) → Scenario
    overrides, designs, replicates, seed, independent  what options say, and the file then does not

    Raises InputError, naming file and line or option, for whatever is wrong with any of it.
    """
    document = open_sweep(source)
    top = Reader(document, (), document.data)
    top.only(TOP)
    factor_table = top.table("vary")
    names = _scenario_names(top, factor_table)
    settings = [*_settings(top.table("set")), *overrides]
    scenarios = {name: _load_one(name, document, load, settings, designs or top.names("designs"), top) for name in names}
    first = next(iter(scenarios.values()))
    ranges = Ranges(keys, first.compare)
    factors = read_factors(factor_table, ranges)
    sample = _sample(top, factors, ranges)
    return Sweep(
        name=document.path.stem,
        title=top.text("title") or document.path.stem,
        about=top.text("about"),
        scenarios=FrozenMap(scenarios),
        designs=first.compare,
        factors=factors,
        sample=sample,
        replicates=top.whole("replicates", 1, MOST_REPLICATES, "histories of each point", 1) if replicates is None else replicates,
        seed=top.whole("seed", 0, LARGEST_SEED, "same seed, same results", 1) if seed is None else seed,
        outcomes=_outcomes(top, outcomes),
        series=_series(top),
        independent=independent or top.truth("independent"),
        precision=_precision(top, outcomes),
        chunk_runs=top.whole("chunk_runs", 0, MOST_CHUNK_RUNS, "runs that are stored together, 0: as suits the model's speed", 0),
        numbers=_numbers(top),
        text=document.text,
    )


def open_sweep(source: str) -> Document:
    """The document of a sweep: a shipped name, or the path of a file. Raises InputError where there is neither."""
    known = shipped.sweep_paths()
    if source in known:
        return read_document(known[source], f"{source}.toml")
    path = Path(source)
    if not source.endswith(".toml") and os.sep not in source and not path.exists():
        raise InputError(f"sweep {shown(source)}", "there is no shipped sweep and no file of this name", "", did_you_mean(source, known))
    return read_document(path, printable(source, 200))


def is_sweep(source: str) -> bool:
    """Whether a name or a file is a sweep rather than a scenario: a shipped one, or a file with [vary] or [sample]."""
    if source in shipped.sweep_paths():
        return True
    try:
        data = read_document(Path(source), source).data
    except InputError:
        return False
    return "vary" in data or "sample" in data


def _scenario_names(top: Reader, vary: Reader) -> list[str]:
    varied = vary.data.get(SCENARIO)
    if isinstance(varied, Mapping) and isinstance(varied.get("values"), list):
        if "scenario" in top.data:
            raise top.fault("scenario", " is given, and varied too", "one of the two")
        names = [name for name in varied["values"] if isinstance(name, str)]
        if names:
            return list(dict.fromkeys(names))
    return [top.text("scenario", DEFAULT_SCENARIO)]


def _load_one(name: str, document: Document, load: Load, settings: Sequence[Override], designs: Sequence[str], top: Reader) -> Scenario:
    """One scenario with the sweep's settings; a path is meant from the sweep's own folder."""
    own = [*settings]
    if designs:
        where = "--designs" if "designs" not in top.data else document.where(("designs",))
        own.append(Override("designs.compare", json.dumps(list(designs)), where))
    beside = document.path.parent / name
    found = str(beside) if name not in shipped.scenario_paths() and beside.exists() else name
    try:
        return load(found, own)
    except InputError as error:
        if error.where != f"scenario {shown(found)}":
            raise
        path = ("scenario",) if "scenario" in document.data else ("vary", "scenario")
        raise InputError(document.where(path), f"{dotted(path)} names {shown(name)}: {error.found}", document.quote(path),
                         error.remedy) from None  # fmt: skip


def _settings(table: Reader) -> list[Override]:
    """The [set] table as overrides that know their line."""
    found = []
    stack: list[tuple[tuple[str, ...], object]] = [((key,), value) for key, value in table.data.items()]
    while stack:
        path, value = stack.pop(0)
        if isinstance(value, Mapping):
            stack = [((*path, key), inner) for key, inner in value.items()] + stack
        else:
            where = f"{table.document.where((*table.inside, *path))}: {'.'.join(path)}"
            found.append(Override(".".join(path), json.dumps(value) if not isinstance(value, float) else repr(value), where))
    return found


def _outcomes(top: Reader, known: Sequence[str]) -> tuple[str, ...]:
    chosen = top.names("outcomes")
    for name in chosen:
        if name not in known:
            raise top.fault("outcomes", f" names {shown(name)}, and there is no such outcome", "", did_you_mean(name, known))
    return tuple(name for name in known if name in chosen) if chosen else tuple(known)


def _series(top: Reader) -> str:
    """Which series are stored; true means monthly ones."""
    found = top.data.get("series", False)
    if isinstance(found, bool):
        return "monthly" if found else ""
    if found not in SERIES_DAYS:
        raise top.fault("series", f" = {shown(found)}, and there are no such series", f"true, false, {', '.join(SERIES_DAYS)}",
                        did_you_mean(str(found), SERIES_DAYS))  # fmt: skip
    return str(found)


def _numbers(top: Reader) -> str:
    found = top.text("numbers", SINGLE)
    if found not in NUMBERS:
        raise top.fault("numbers", f" = {shown(found)}, and numbers are not stored so", ", ".join(NUMBERS), did_you_mean(found, NUMBERS))
    return found


def _precision(top: Reader, outcomes: Sequence[str]) -> Precision | None:
    if "precision" not in top.data:
        return None
    table = top.table("precision")
    table.only(("half_width", "outcome"))
    outcome = table.text("outcome", "return_on_spend")
    if outcome not in outcomes:
        raise table.fault("outcome", f" = {shown(outcome)}, and there is no such outcome", "", did_you_mean(outcome, outcomes))
    if top.data.get("replicates", 1) < FEWEST_TO_STOP:  # type: ignore[operator]
        raise top.fault("replicates", f" = {number(top.data.get('replicates', 1))} is where a point stops at the latest",  # type: ignore[arg-type]
                        f"at least {FEWEST_TO_STOP} with [precision]")  # fmt: skip
    help_text = "half of the interval of the paired difference, in the outcome's unit"
    return Precision(table.number("half_width", 1e-9, 1e9, help_text), outcome)


def _sample(top: Reader, factors: Sequence[Factor], ranges: Ranges) -> Sample:
    """The [sample] table; a grid where there is none."""
    table = top.table("sample")
    table.only(SAMPLE)
    kind = table.text("kind", GRID)
    if kind not in KINDS:
        raise table.fault("kind", f" = {shown(kind)}, and there is no such sample", "", did_you_mean(kind, KINDS))
    if kind != LIST and not factors and (kind != GRID or "sample" in top.data):
        raise table.fault("", " has nothing to sample: [vary] is empty", "at least one path under [vary]")
    for key, where in (("points", BY_POINTS), ("levels", (GRID, MORRIS)), ("file", (LIST,)), ("rows", (LIST,))):
        if key in table.data and kind not in where:
            raise table.fault(key, f" belongs to {' and '.join(where)}, not to {kind}")
    levels = table.whole("levels", 2, MOST_LEVELS, "levels of each range, from end to end", 4)
    if kind == LIST:
        return Sample(kind, rows=_rows(table, factors, ranges))
    if kind not in BY_POINTS:
        return Sample(kind, levels=levels)
    points = table.whole("points", 1, MOST_POINTS, f"size of the sample: {KINDS[kind]}")
    if kind in POWERS_OF_TWO and points & (points - 1):
        below = 1 << (points.bit_length() - 1)
        raise table.fault("points", f" = {points} is not a power of two, without which a {kind} sample is out of balance",
                          f"{below} or {2 * below}")  # fmt: skip
    if kind == MORRIS and levels % 2:
        raise table.fault("levels", f" = {levels} is odd, and Morris' trajectories step over half of the levels", "an even number")
    if kind in (MORRIS, SALTELLI) and len(factors) < 2:
        raise table.fault("kind", f" = {shown(kind)} tells factors apart, and there is one", "two or more under [vary]")
    return Sample(kind, points, levels)


def _rows(table: Reader, factors: Sequence[Factor], ranges: Ranges) -> tuple[tuple[Value, ...], ...]:
    if ("file" in table.data) == ("rows" in table.data):
        raise table.fault("", ": a list has either a file or rows", 'file = "points.csv", or rows = [[…], …]')
    if "file" in table.data:
        return _csv(table, factors, ranges)
    found = table.data["rows"]
    if not isinstance(found, list) or not found or not all(isinstance(row, list) for row in found):
        raise table.fault("rows", " is no list of lists", f"each of {len(factors)}: {', '.join(factor.path for factor in factors)}")
    where = f"{table.document.where((*table.inside, 'rows'))}: row"
    return tuple(_row(row, factors, ranges, f"{where} {place}") for place, row in enumerate(found, start=1))


def _row(row: Sequence[object], factors: Sequence[Factor], ranges: Ranges, where: str) -> tuple[Value, ...]:
    if len(row) != len(factors):
        raise InputError(where, f"has {len(row)} values, and {len(factors)} are varied", ", ".join(factor.path for factor in factors))
    return tuple(check_row_value(factor, str(value), where, ranges) for factor, value in zip(factors, row, strict=True))


def _csv(table: Reader, factors: Sequence[Factor], ranges: Ranges) -> tuple[tuple[Value, ...], ...]:
    """Points of a CSV file whose first line names the paths, in any order."""
    name = table.text("file")
    path = table.document.path.parent / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            if os.fstat(file.fileno()).st_size > 64 * LARGEST:
                raise table.fault("file", f" = {shown(name)} is larger than 64 MiB")
            lines = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise table.fault("file", f" = {shown(name)} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not lines or len(lines) < 2:
        raise InputError(name, "has no points: a line of paths, then a line for each point")
    head = [cell.strip() for cell in lines[0]]
    wanted = [factor.path for factor in factors]
    for cell in head:
        if cell not in wanted:
            raise InputError(f"{name}:1", f"{shown(cell)} is not varied", "", did_you_mean(cell, wanted))
    missing = [path for path in wanted if path not in head]
    if missing or len(head) != len(wanted):
        raise InputError(f"{name}:1", f"has no column {', '.join(missing)}" if missing else "names a column twice", ", ".join(wanted))
    order = [head.index(path) for path in wanted]
    rows = []
    for line, cells in enumerate(lines[1:], start=2):
        if not cells:
            continue
        if len(cells) != len(head):
            raise InputError(f"{name}:{line}", f"has {number(len(cells))} values, and the first line {number(len(head))} names")
        rows.append(_row([cells[place].strip() for place in order], factors, ranges, f"{name}:{line}"))
    return tuple(rows)
