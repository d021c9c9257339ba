"""What `orgsim sweep`, `results` and `check` say of a plan and of what is stored."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.core.errors import InputError
from sim.scenario.sweep import KINDS
from sim.scenario.words import number

if TYPE_CHECKING:
    from sim.experiment.sweep.cost import Cost
    from sim.experiment.sweep.plan import Plan
    from sim.experiment.sweep.results import Results
    from sim.experiment.sweep.status import Status

WATCH_SECONDS = 1.0
STALE_SECONDS = 30.0
"""A status that nobody has written for so long belongs to a sweep that was killed."""


def duration(seconds: float) -> str:
    """Seconds in words: `40 s`, `12 min`, `3 h 20 min`, `2 days`.

    >>> duration(4), duration(750), duration(12000), duration(200000)
    ('4 s', '12 min', '3 h 20 min', '2.3 days')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    if seconds < 2 * 86400:
        return f"{int(seconds // 3600)} h {int(seconds % 3600 // 60)} min"
    return f"{seconds / 86400:.1f} days"


def size(count: float) -> str:
    """Bytes in words.

    >>> size(900), size(2.5e6)
    ('900 bytes', '2.5 MB')
    """
    for unit, each in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= each:
            return f"{count / each:.1f} {unit}"
    return f"{count:.0f} bytes"


def plan_values(plan: Plan, cost: Cost | None = None) -> dict[str, object]:
    """A plan as plain values."""
    sweep = plan.sweep
    values: dict[str, object] = {
        "sweep": sweep.name, "title": sweep.title, "hash": plan.hash, "points": len(plan.points), "designs": list(sweep.designs),
        "replicates": plan.replicates, "runs": plan.runs, "chunks": plan.chunks, **sweep.about_it(),
    }  # fmt: skip
    if cost is not None:
        values |= {"seconds_a_run": cost.seconds_a_run, "seconds_of_one_worker": cost.seconds_a_run * plan.runs, "bytes": cost.bytes,
                   "points_tried": cost.tried, "points_refused": cost.refused}  # fmt: skip
    return values


def plan_text(plan: Plan, first: int = 0, cost: Cost | None = None, workers: int = 1) -> str:
    """A plan in words; with its first points where `first` asks for them."""
    sweep = plan.sweep
    lines = [
        f"{sweep.title}: {len(plan.points):,} points × {plan.replicates:,} replicates × {len(sweep.designs)} designs = {plan.runs:,} runs",
        f"  points     {sweep.sample.kind}: {KINDS[sweep.sample.kind]}",
        f"  designs    {', '.join(sweep.designs)}",
        f"  firms      {', '.join(sweep.firms)}",
        f"  outcomes   {len(sweep.outcomes)}{f', with {sweep.series} series' if sweep.series else ''}",
        f"  seeds      {'each point its own' if sweep.independent else 'the same for every point and design (common random numbers)'}",
        f"  stored in  {plan.chunks:,} chunks, numbers in {sweep.numbers} precision",
    ]  # fmt: skip
    if cost is not None:
        whole = cost.seconds_a_run * plan.runs
        lines += [f"  takes      {duration(whole / workers)} with {workers} workers here ({1000 * cost.seconds_a_run:.1f} ms a run)",
                  f"  needs      {size(cost.bytes)} on the disk"]  # fmt: skip
        if cost.refused:
            lines.append(f"  note       {cost.refused} of {cost.tried} points tried have a design that their firm cannot have; such runs "
                         "are stored as refused")  # fmt: skip
    lines += ["", "varied"]
    for factor in sweep.factors:
        what = ", ".join(map(_value, factor.values)) if factor.values else f"{number(factor.low)} to {number(factor.high)} {factor.unit}"
        lines.append(f"  {factor.path}: {what}" + (f", {factor.scale}" if not factor.values and factor.scale != "linear" else ""))
    if not sweep.factors:
        lines.append("  nothing")
    if first:
        lines += ["", f"first points of {len(plan.points):,}"]
        for point in range(min(first, len(plan.points))):
            lines.append(f"  {point}: " + ", ".join(f"{path} = {_value(value)}" for path, value in plan.values(point).items()))
    return "\n".join(lines)


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.6g}"


def told_values(plan: Plan, folder: Path, status: Status) -> dict[str, object]:
    """How a session went, as plain values; the root hash where all is there."""
    from sim.experiment.sweep.results import open_results

    found = open_results(folder, verify=False)
    return {"sweep": plan.sweep.name, "folder": str(folder), **status.document(),
            "root_hash": found.root_hash() if found.is_complete else None}  # fmt: skip


def told(plan: Plan, folder: Path, status: Status) -> str:
    """How a session went."""
    values = told_values(plan, folder, status)
    lines = [f"{status.done:,} runs in {folder}" + (f", {status.kept:,} of them from before" if status.kept else "")]
    if status.failed:
        lines.append(f"  {status.failed:,} failed; the same command tries them again: orgsim results {folder} --sql "
                     "\"SELECT point, design, seed, error FROM runs WHERE status = 'failed'\"")  # fmt: skip
    if status.refused:
        lines.append(f"  {status.refused:,} refused: firms that cannot have the design")
    if status.deaths:
        lines.append(f"  {status.deaths:,} times a worker died, and its chunk was begun again")
    lines.append(f"  root hash {values['root_hash']}" if values["root_hash"] else "  other shards are missing")
    return "\n".join([*lines, f"  next: orgsim results {folder}"])


def results_values(found: Results) -> dict[str, object]:
    """What a folder holds, as plain values."""
    plan = found.plan
    return {
        "folder": str(found.folder), "sweep": plan["name"], "title": plan["title"], "hash": plan["hash"], "points": plan["points"],
        "replicates": plan["replicates"], "designs": plan["designs"], "factors": list(found.factors), "outcomes": list(found.outcomes),
        "runs": plan["runs"], "done": found.done, "failed": found.failed, "refused": found.refused, "chunks": len(plan["chunks"]),
        "missing_chunks": len(found.missing), "bytes": found.bytes, "model_digest": plan["model_digest"], "version": plan["version"],
        "root_hash": found.root_hash() if found.is_complete else None,
    }  # fmt: skip


def results_text(values: Mapping[str, object]) -> str:
    """The same in words."""
    done, runs = int(str(values["done"])), int(str(values["runs"]))
    state = "complete" if not values["missing_chunks"] else f"{values['missing_chunks']} of {values['chunks']} chunks are missing"
    lines = [
        f"{values['title']}: {done:,} of {runs:,} runs, {state}",
        f"  {values['points']} points × {values['replicates']} replicates × {len(values['designs'])} designs",  # type: ignore[arg-type]
        f"  {size(float(str(values['bytes'])))} on the disk" + (f", {float(str(values['bytes'])) / done:.0f} bytes a run" if done else ""),
    ]  # fmt: skip
    lines += [f"  {values[what]:,} {what}" for what in ("failed", "refused") if values[what]]
    lines.append(f"  model {values['model_digest']}, version {values['version']}, plan {values['hash']}")
    lines.append(f"  root hash {values['root_hash']}" if values["root_hash"] else "  go on with: orgsim sweep")
    return "\n".join(lines)


def watch_folder(folder: Path) -> int:
    """Print how far the sweep in a folder is, once a second, until it ends; gives the exit code.

    Raises InputError where there is no sweep.
    """
    while True:
        found = _statuses(folder)
        if not found:
            raise InputError(f"--watch {folder}", "no sweep has been at work there", "the folder that orgsim sweep has as --out")
        click.echo(_watch_line(found))
        live = [name for name, status in found.items() if status["state"] == "running" and _age(folder / name) < STALE_SECONDS]
        if not live:
            return 0 if all(status["state"] == "finished" for status in found.values()) else 1
        time.sleep(WATCH_SECONDS)


def _statuses(folder: Path) -> dict[str, dict[str, object]]:
    found = {}
    for path in sorted(folder.glob("status*.json")):
        try:
            status = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(status, dict) and {"state", "runs", "done", "chunks_in_work"} <= set(status):
            found[path.name] = status
    return found


def _age(path: Path) -> float:
    try:
        return time.time() - os.stat(path).st_mtime
    except OSError:
        return float("inf")


def _watch_line(found: Mapping[str, Mapping[str, object]]) -> str:
    def total(name: str) -> float:
        return sum(float(str(status.get(name) or 0)) for status in found.values())

    states = ", ".join(dict.fromkeys(str(status["state"]) for status in found.values()))
    left = max(float(str(status.get("seconds_left") or 0)) for status in found.values())
    oldest = max((float(str(age)) for status in found.values() for age in dict(status.get("chunks_in_work") or {}).values()), default=0.0)  # type: ignore[call-overload]
    shards = f" · {len(found)} shards" if len(found) > 1 else ""
    return (f"{states} · {total('done'):,.0f}/{total('runs'):,.0f} runs · {total('runs_per_second'):.0f} a second · "
            f"{duration(left)} left · {total('failed'):.0f} failed · oldest chunk {oldest:.0f} s{shards}")  # fmt: skip
