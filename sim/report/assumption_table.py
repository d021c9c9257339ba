"""The assumptions that a verdict hangs on: as text, as values for JSON, and read back for the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.analysis.contrasts import Contrast
from sim.analysis.counting import EFFECTS
from sim.analysis.deciding import size_in_words, turning, verdict_in_words
from sim.analysis.quantities import listed, plain, sentence
from sim.analysis.results import Analysis, HangsOn
from sim.experiment.assumptions import AS_IT_IS, Level
from sim.experiment.comparison import Comparison
from sim.model.outcomes import HEADLINE

FILE = "assumptions.json"
UNREADABLE = "cannot be read"

Found = Mapping[str, Sequence[Contrast]]
Senseless = Sequence[tuple[Level, str]]


def assumptions_text(found: Found, levels: Sequence[Level], senseless: Senseless, firm: str) -> str:
    """For each pair of designs: the verdict, and by name the assumptions that turn it or make it unsure at an end of their range."""
    blocks = [_block(contrasts, levels, firm) for contrasts in found.values()]
    if senseless:
        blocks.append(f"Left out, as they make no sense with the rest: {listed([level.name for level, _ in senseless])}.")
    return "\n\n".join(blocks)


def _block(contrasts: Sequence[Contrast], levels: Sequence[Level], firm: str) -> str:
    usual = contrasts[0].difference
    tried = len({level.path for level in levels})
    hanging = turning(contrasts)
    head = sentence(f"{firm}, {plain(usual.second)} against {plain(usual.first)}: {verdict_in_words(usual)}, {size_in_words(usual)}; ")
    if not hanging:
        return f"{head}no end of any of {tried} assumptions changes that, one at a time."
    known = {level.name: level for level in levels}
    named = len({known[contrast.setting].path for contrast in hanging})
    rows = [_row(contrast, known[contrast.setting]) for contrast in hanging]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["  " + "  ".join([*(text.ljust(width) for text, width in zip(row, widths)), row[3]]) for row in rows]
    return "\n".join([f"{head}the verdict hangs on {named} of {tried} assumptions, one at a time:", *lines])


def _row(contrast: Contrast, level: Level) -> tuple[str, str, str, str]:
    return (
        f"{level.name} (now {level.usual:g})", EFFECTS[contrast.effect], size_in_words(contrast.difference),
        level.param.meaning,
    )  # fmt: skip


def assumption_values(found: Found, levels: Sequence[Level], senseless: Senseless) -> dict[str, object]:
    """What JSON and the stored file hold."""
    known = {level.name: level for level in levels}
    pairs = {f"{second} - {contrasts[0].difference.first}": contrasts for second, contrasts in found.items()}
    return {
        "intervals": "each for itself, 95 %",
        "assumptions": len({level.path for level in levels}),
        "hangs_on": {
            pair: [_hanging(contrast, known[contrast.setting]) for contrast in turning(contrasts)] for pair, contrasts in pairs.items()
        },
        "verdicts": {
            pair: {contrast.setting: {"better": contrast.difference.better, "effect": contrast.effect} for contrast in contrasts}
            for pair, contrasts in pairs.items()
        },
        "left_out": {level.name: fault for level, fault in senseless},
    }


def _hanging(contrast: Contrast, level: Level) -> dict[str, object]:
    return {
        "path": level.path, "value": level.value, "usual": level.usual, "unit": level.param.unit, "meaning": level.param.meaning,
        "source": level.param.source, "effect": contrast.effect, "better": contrast.difference.better,
    }  # fmt: skip


def stored(folder: Path, comparison: Comparison, analysis: Analysis) -> tuple[tuple[HangsOn, ...], int, str]:
    """(what the verdict hangs on, how many assumptions were tried, why the stored file was not used), from an earlier run.

    A file of another scenario, another version of the model or another headline outcome is not used, and neither is one whose own
    pairs of runs gave another verdict than these; both are said. Without a file nothing is said.
    """
    path = folder / FILE
    if not path.is_file():
        return (), 0, ""
    again = f"orgsim robust {comparison.scenario.name} --assumptions --out {folder} makes it anew"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["scenario_digest"] != comparison.scenario.digest or document["outcome"] != HEADLINE[0]:
            return (), 0, f"{path} is about another scenario and was left out; {again}"
        if document["provenance"]["model_digest"] != comparison.provenance.get("model_digest"):
            return (), 0, f"{path} is of another version of the model and was left out; {again}"
        first = comparison.designs[0]
        seen = {second: document["verdicts"][f"{second} - {first}"][AS_IT_IS]["better"] for second in comparison.designs[1:]}
        if seen != {second: analysis.differences[second][HEADLINE[0]].better for second in seen}:
            pairs = f"{document['replicates']} pairs of runs"
            return (), 0, f"{path} was left out: its {pairs} gave another verdict than these {comparison.replicates}; {again}"
        rows = [
            HangsOn(second, row["path"], float(row["value"]), float(row["usual"]), row["unit"], row["meaning"], row["effect"])
            for second in comparison.designs[1:]
            for row in document["hangs_on"].get(f"{second} - {first}", [])
        ]
        return tuple(rows), int(document["assumptions"]), ""
    except (OSError, ValueError, KeyError, TypeError):
        return (), 0, f"{path} {UNREADABLE} and was left out; {again}"
