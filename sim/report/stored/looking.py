"""What folders hold: one comparison or sweep that a page is about, and everything beside it, each checked against the other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sim.analysis.results import Analysis
from sim.analysis.winners import firms_sentence, only
from sim.core.errors import InputError, did_you_mean
from sim.experiment.comparison import Comparison
from sim.experiment.sweep.results import Results, open_results
from sim.experiment.sweep.store import PLAN
from sim.report import assumption_table, claims_table, winners_table
from sim.report.beside import Beside
from sim.report.stored import analysis, ways
from sim.report.stored.comparison import RUNS, read_comparison
from sim.report.stored.file import ANALYSIS, COMPARISON, FILE, INTERVENTIONS, MAP, TRANSITION, damaged, read_page_json

ROBUST, SUMMARY = "robust.json", "summary.json"
ALLOWED = "a folder that compare, sweep, analyse, map, transition, intervene, claims, robust or winners wrote"
NO_MAIN = "a folder of orgsim compare or orgsim sweep, and any others beside it"


@dataclass
class Stored:
    """What a page is made of: a comparison with its analysis, or a sweep, and what stands beside it.

    folder  of the comparison or sweep
    """

    folder: Path
    comparison: Comparison | None = None
    analysis: Analysis | None = None
    sweep: Results | None = None
    beside: Beside = field(default_factory=Beside)

    @property
    def designs(self) -> tuple[str, ...]:
        """Names of the designs compared."""
        return self.comparison.designs if self.comparison is not None else self.sweep.designs if self.sweep is not None else ()


def look(folders: Sequence[Path]) -> Stored:
    """Read everything that the folders hold.

    Raises InputError for a folder that is missing, holds nothing of ours or something damaged, and for parts of different firms.
    """
    kinds = {folder: _kinds(folder) for folder in dict.fromkeys(folders)}
    mains = sorted((folder for folder, found in kinds.items() if COMPARISON in found or PLAN in found),
                   key=lambda folder: COMPARISON not in kinds[folder])  # fmt: skip
    if not mains:
        names = ", ".join(map(str, folders))
        remedy = "orgsim compare SCENARIO --out DIR makes one"
        raise InputError(names, "holds no comparison and no sweep for a page to be about", NO_MAIN, remedy)
    stored = _main(mains[0], kinds[mains[0]])
    for folder in mains[1:]:
        _second(stored, mains[0], folder, kinds[folder])
    for folder, found in kinds.items():
        for file in found:
            _add(stored, folder, file)
    return stored


def _kinds(folder: Path) -> list[str]:
    """Files or kinds that a folder holds of ours. Raises InputError where there are none."""
    if not folder.exists():
        beside = [path.name for path in folder.parent.iterdir() if path.is_dir()] if folder.parent.is_dir() else []
        near = did_you_mean(folder.name, beside) if beside else ""
        raise InputError(str(folder), "there is no such folder", ALLOWED, near if near.startswith("did") else "")
    if not folder.is_dir():
        raise InputError(str(folder), "is a file", ALLOWED, f"its folder: {folder.parent}")
    found = [PLAN] if (folder / PLAN).exists() else []
    if (folder / FILE).exists():
        kind = read_page_json(folder / FILE)["kind"]
        if kind not in (COMPARISON, TRANSITION, INTERVENTIONS, MAP, ANALYSIS):
            raise damaged(folder / FILE, f"it is of no known kind: {kind!r:.40}")
        found.append(kind)
    elif any((folder / name).exists() for name in (RUNS, "map.json", analysis.JSON)):
        raise InputError(str(folder / FILE), "is missing: the folder was written by an earlier version, or is not whole",
                         "the files that the command wrote", f"run its command again{_its_command(folder)}")  # fmt: skip
    found += [name for name in (claims_table.JSON, winners_table.FILE, assumption_table.FILE, ROBUST) if (folder / name).exists()]
    if not found:
        raise InputError(str(folder), "holds no results that a page is made of", ALLOWED)
    return found


def _its_command(folder: Path) -> str:
    """The command that made a folder, where its summary tells."""
    try:
        return f": {json.loads((folder / SUMMARY).read_text(encoding='utf-8'))['provenance']['command']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _main(folder: Path, kinds: Sequence[str]) -> Stored:
    if COMPARISON in kinds:
        comparison, analysis = read_comparison(folder)
        return Stored(folder, comparison, analysis)
    return Stored(folder, sweep=open_results(folder))


def _second(stored: Stored, main: Path, folder: Path, kinds: Sequence[str]) -> None:
    """Take what another comparison of the same firm counted that the first one did not, or a sweep over such firms."""
    ours, analysis = stored.comparison, stored.analysis
    if ours is None or analysis is None:
        raise InputError(str(folder), f"a page is about one sweep, and {main} holds one already", NO_MAIN)
    if COMPARISON not in kinds:
        sweep = open_results(folder)
        _check_scenario(stored, folder, *sweep.plan["scenarios"])
        stored.beside = replace(stored.beside, sweeps=(*stored.beside.sweeps, sweep))
        _remember(stored, str(folder), {**sweep.plan, "command": f"orgsim sweep {sweep.plan['name']}"})
        return
    other, found = read_comparison(folder)
    if not _same_firm(ours, other):
        raise InputError(str(folder), f"compares other designs or another firm than {main}", "comparisons of the same firm and designs")
    shared = [each for each in found.attributions if each.first == analysis.first and each.second in analysis.others]
    counts = found.counted if other.designs == ours.designs else ()
    stored.analysis = replace(analysis, attributions=analysis.attributions or tuple(shared), counted=analysis.counted or counts,
                              over_firms=analysis.over_firms or (found.over_firms if other.designs == ours.designs else ""))  # fmt: skip
    _remember(stored, str(folder), other.provenance)


def _same_firm(ours: Comparison, other: Comparison) -> bool:
    one, two = ours.scenario, other.scenario
    both = [name for name in other.designs if name in one.designs]
    same_designs = other.designs[0] == ours.designs[0] and all(one.designs[name].values == two.designs[name].values for name in both)
    return (dict(one.firm), dict(one.model), one.run) == (dict(two.firm), dict(two.model), two.run) and len(both) > 1 and same_designs


def _add(stored: Stored, folder: Path, file: str) -> None:
    """Put one thing that a folder holds beside what the page is about."""
    beside = stored.beside
    if file in (TRANSITION, INTERVENTIONS, MAP):
        document = read_page_json(folder / FILE)
        _check_scenario(stored, folder, document["scenario"])
        path = folder / FILE
        if file == TRANSITION:
            stored.beside = replace(beside, journeys=(*beside.journeys, ways.read_journey(path, document)))
        elif file == INTERVENTIONS:
            stored.beside = replace(beside, moves=(*beside.moves, ways.read_moves(path, document)))
        else:
            stored.beside = replace(beside, maps=(*beside.maps, ways.read_map(path, document)))
        _remember(stored, str(folder), document["provenance"])
    elif file == ANALYSIS:
        _analysed(stored, folder / FILE)
    elif file == claims_table.JSON:
        ledger = claims_table.read_ledger(folder / file)
        about = dict(ledger.about or (ledger.survey.about if ledger.survey else {}))
        stored.beside = replace(beside, ledger=ledger)
        _remember(stored, str(folder / file), about)
    elif file == winners_table.FILE:
        found, provenance = winners_table.read_winners(folder, stored.designs)
        stored.beside = replace(beside, winners=found)
        if stored.analysis is not None:
            stored.analysis = replace(stored.analysis, over_firms=firms_sentence(only(found, stored.designs)))
        _remember(stored, str(folder / file), provenance)
    elif file == assumption_table.FILE and stored.comparison is not None and stored.analysis is not None:
        _assumptions(stored, stored.comparison, stored.analysis, folder)
    elif file == ROBUST:
        _rechecks(stored, folder / file)


def _analysed(stored: Stored, path: Path) -> None:
    """Put what a sweep was found to say beside the page, with a doubt where runs were missing then."""
    document = read_page_json(path)
    _check_scenario(stored, path, *analysis.scenarios_of(path, document))
    found = analysis.read_analysis(path, document)
    stored.beside = replace(stored.beside, analyses=(*stored.beside.analyses, found))
    if found.missing:
        doubt = f"{path.parent} was analysed while {found.missing} chunks of the sweep {found.sweep} were missing."
        stored.beside = replace(stored.beside, doubts=[*stored.beside.doubts, doubt])
    _remember(stored, str(path.parent), document["provenance"])


def _assumptions(stored: Stored, comparison: Comparison, analysis: Analysis, folder: Path) -> None:
    rows, tried, fault = assumption_table.stored(folder, comparison, analysis)
    if assumption_table.UNREADABLE in fault:
        raise damaged(folder / assumption_table.FILE, "it is not what orgsim robust --assumptions wrote")
    if fault:
        stored.beside = replace(stored.beside, doubts=[*stored.beside.doubts, f"{fault[0].upper()}{fault[1:]}."])
    elif tried:
        stored.analysis = replace(analysis, hangs_on=rows, assumptions=tried)


def _rechecks(stored: Stored, path: Path) -> None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        words, scenario, provenance = [str(each) for each in found["words"]], str(found["scenario"]), dict(found["provenance"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise damaged(path, f"it is not what orgsim robust wrote: {error}") from None
    _check_scenario(stored, path, scenario)
    stored.beside = replace(stored.beside, rechecks=[*stored.beside.rechecks, *words])
    _remember(stored, str(path), provenance)


def _check_scenario(stored: Stored, where: Path, *scenarios: str) -> None:
    """Raises InputError where a part is about another firm than the page."""
    if stored.comparison is not None:
        ours = [stored.comparison.scenario.name]
    else:
        ours = list(stored.sweep.plan["scenarios"]) if stored.sweep is not None else []
    if not set(scenarios) & set(ours):
        raise InputError(str(where), f"is about {', '.join(scenarios)}", f"the firm of {stored.folder}: {', '.join(ours)}")


def _remember(stored: Stored, where: str, provenance: Mapping[str, Any]) -> None:
    """Note a part's command, and where it was made by another version of the model than the page's own runs."""
    beside = stored.beside
    command = provenance.get("command")
    commands = [*beside.commands, str(command)] if command else beside.commands
    made_by = stored.comparison.provenance if stored.comparison is not None else stored.sweep.plan if stored.sweep is not None else {}
    ours, theirs = made_by.get("model_digest"), provenance.get("model_digest")
    doubts = beside.doubts
    if ours != theirs:
        doubts = [*doubts, f"{where} was made with model {theirs}, the page's own runs with {ours}: they may not belong together."]
    stored.beside = replace(beside, commands=commands, doubts=doubts)
