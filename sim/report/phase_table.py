"""A map in words, as plain values and as files."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.phase import CLOSE, FIRST_LEANS, FIRST_SURE, NOTHING, SECOND_LEANS, SECOND_SURE, Gap, Map, in_words, where_it_turns
from sim.analysis.quantities import plain
from sim.report.summary import as_json
from sim.report.write_ablation import put

if TYPE_CHECKING:
    from sim.report.charts import Chart

WORDS = {FIRST_SURE: "first surely", FIRST_LEANS: "first leaning", CLOSE: "cannot tell", SECOND_LEANS: "second leaning",
         SECOND_SURE: "second surely", NOTHING: "not possible"}  # fmt: skip
SIGNS = {FIRST_SURE: "█", FIRST_LEANS: "▓", CLOSE: "·", SECOND_LEANS: "-", SECOND_SURE: " ", NOTHING: "x"}


def map_text(maps: Sequence[Map], label: str, here: Mapping[str, object] | None) -> str:
    """What the maps say, and each of them in letters."""
    first, second = map(plain, maps[0].pair)
    lines = [in_words(maps, label)]
    for found in maps:
        lines += ["", *([found.title] if found.title else []), where_it_turns(found)]
        kinds = found.classes()
        width = max(len(f"{value:.3g}") for value in found.up.values)
        lines.append(f"{'':{width}}  ↑ {found.up.label} [{found.up.unit}]")
        for y in reversed(range(found.size)):
            lines.append(f"{found.up.values[y]:>{width}.3g} │" + "".join(2 * SIGNS[int(kind)] for kind in kinds[y]) + "│")
        low, high = f"{found.across.values[0]:.3g}", f"{found.across.values[-1]:.3g}"
        lines.append(f"{'':{width}}  {low}{' ' * max(1, 2 * found.size - len(low) - len(high))}{high}")
        lines.append(f"{'':{width}}  {found.across.label} [{found.across.unit}] →")
        measured, full = len(found.gaps), found.size * found.size
        lines.append(f"{measured} firms were measured; the whole grid has {full}.")
    lines += ["", f"█ {first} surely   ▓ {first} leaning   · cannot tell   - {second} leaning   (blank) {second} surely"]
    if any(found.shares()[NOTHING] for found in maps):
        lines[-1] += "   x cannot have both designs"
    if here is not None:
        gap = here["gap"]
        assert isinstance(gap, Gap)
        lines.append(own_sentence(gap, maps[0].pair, here))
    return "\n".join(lines)


def own_sentence(gap: Gap, pair: tuple[str, str], here: Mapping[str, object]) -> str:
    """Where the firm itself stands on the map, and what it says there."""
    return f"This firm ({here['across']:.3g}, {here['up']:.3g}): {_own_words(gap, (plain(pair[0]), plain(pair[1])))}."


def _own_words(gap: Gap, pair: tuple[str, str]) -> str:
    if gap.kind in (NOTHING, CLOSE):
        return "it cannot be told who is better"
    name = pair[1 if gap.mean > 0 else 0]
    return f"{name} is surely better" if abs(gap.kind) == SECOND_SURE else f"it leans to {name}"


def map_values(maps: Sequence[Map], here: Mapping[str, object] | None) -> dict[str, object]:
    """The maps as plain values."""
    own = None
    if here is not None:
        gap = here["gap"]
        assert isinstance(gap, Gap)
        own = {"across": here["across"], "up": here["up"], "difference": gap.mean, "class": WORDS[gap.kind]}
    return {
        "across": maps[0].across.path, "up": maps[0].up.path, "this_firm": own,
        "classes": "each node for itself: the 95 % interval of its paired difference beyond zero is surely, the 68 % one leaning",
        "maps": [_one(found) for found in maps],
    }  # fmt: skip


def _one(found: Map) -> dict[str, object]:
    return {
        "title": found.title,
        "across_values": list(found.across.values), "up_values": list(found.up.values),
        "shares": {WORDS[kind]: share for kind, share in found.shares().items()},
        "measured": len(found.gaps), "nodes": found.size * found.size,
        "boundary": [{"up": up, "across": value, "low": low, "high": high} for up, value, low, high in found.boundary()],
        "classes": [[WORDS[int(kind)] for kind in row] for row in found.classes()],
    }  # fmt: skip


def chart_of(maps: Sequence[Map], label: str, here: Mapping[str, object] | None) -> Chart:
    """The maps as a chart; `here` as in `map_text`."""
    from sim.report.charts.phase_map import phase_map

    at = None if here is None else (float(str(here["across"])), float(str(here["up"])))
    measured, full = sum(len(found.gaps) for found in maps), sum(found.size * found.size for found in maps)
    return phase_map("phase_map", maps, label, at, f"{measured} firms measured, {full} on the whole grid.")


def written(
    maps: Sequence[Map], label: str, here: Mapping[str, object] | None, document: Mapping[str, object], folder: str | os.PathLike[str]
) -> list[Path]:
    """Write map.json, page.json and the chart with its data into `folder`; gives the paths. Raises OSError where it cannot be written."""
    from sim.report.stored.file import FILE
    from sim.report.stored.ways import map_json

    chart = chart_of(maps, label, here)
    files = {f"charts/{chart.name}.{ending}": content for ending, content in chart.files.items()}
    files |= {f"charts/{chart.name}.csv": chart.csv.encode(), "map.json": as_json(document).encode()}
    files[FILE] = map_json(maps, document, here).encode()
    return [put(Path(folder) / name, content) for name, content in files.items()]
