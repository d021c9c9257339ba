"""What Python users and the command line call: the same few functions, with the model's parameters filled in."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.scenario.load import load_scenario as _load
from sim.scenario.objects import Scenario

if TYPE_CHECKING:
    from sim.experiment.precision import Precision
    from sim.experiment.sweep.results import Results
    from sim.model.mesa_model import OrgModel
    from sim.report.result import Result
    from sim.report.result_maps import Analysed, PhaseMap
    from sim.report.result_ways import Interventions, Way
    from sim.scenario.journeys import Intervention, Transition
    from sim.scenario.sweep import Sweep


def load_scenario(
    source: str | os.PathLike[str], overrides: Sequence[tuple[str, ...]] = (), usual: Sequence[tuple[str, ...]] = ()
) -> Scenario:
    """Load a scenario by the name of a shipped one or by the path of a TOML file.

    overrides  (path, text of the value) pairs, applied in order: [("firm.units", "12")]
    usual      the same, for what holds where the file says nothing

    Raises InputError, naming file and line or option, for whatever is wrong with any of it.
    """
    from sim.model.catalogue import MECHANISMS, PARAMETERS

    return _load(source, parameters=PARAMETERS, mechanisms=MECHANISMS, overrides=overrides, usual=usual)


def load_sweep(
    source: str | os.PathLike[str], overrides: Sequence[tuple[str, ...]] = (), designs: Sequence[str] = (), replicates: int | None = None,
    seed: int | None = None, independent: bool = False,
) -> Sweep:  # fmt: skip
    """Load a sweep by the name of a shipped one or by the path of a TOML file; what is given here wins over the file.

    Raises InputError, naming file and line or option, for whatever is wrong with any of it.
    """
    from sim.model.catalogue import MECHANISMS, PARAMETERS
    from sim.model.outcomes import NAMES
    from sim.scenario.keys import Keys
    from sim.scenario.overrides import Override
    from sim.scenario.sweep_file import load_sweep as _load_sweep

    return _load_sweep(
        os.fspath(source), keys=Keys(PARAMETERS, MECHANISMS), outcomes=NAMES, load=load_scenario, designs=designs,
        overrides=[Override(*each) for each in overrides], replicates=replicates, seed=seed, independent=independent,
    )  # fmt: skip


def sweep(
    source: str | os.PathLike[str] | Sweep, out: str | os.PathLike[str], workers: int | None = None, *, replicates: int | None = None,
    seed: int | None = None, overrides: Sequence[tuple[str, ...]] = (),
) -> Results:  # fmt: skip
    """Run a sweep, or what is missing of it, and give its results.

    source   name of a shipped sweep, path of a TOML file, or a loaded Sweep, to which nothing else applies
    out      folder of the results; what is finished there is kept
    workers  processes, all processors where None; 0 for this process alone. Results do not depend on it

    Raises InputError for a wrong sweep, a folder of another one or one in use, DiskFull where chunks cannot be written.
    """
    from contextlib import nullcontext
    from pathlib import Path

    from sim.experiment.executors import cores
    from sim.experiment.sweep.crew import Alone, Local
    from sim.experiment.sweep.engine import run_sweep
    from sim.experiment.sweep.preparing import plan_for
    from sim.scenario.sweep import Sweep as Loaded

    loaded = source if isinstance(source, Loaded) else load_sweep(source, overrides, replicates=replicates, seed=seed)
    folder = Path(out)
    plan = plan_for(loaded, folder)
    count = cores() if workers is None else workers
    run_sweep(plan, folder, lambda: nullcontext(Local(plan, folder, min(count, plan.chunks)) if count else Alone(plan, folder)))
    return open_results(folder)


def open_results(path: str | os.PathLike[str]) -> Results:
    """The results in a sweep's folder: `.runs()`, `.points`, `.array(outcome)`, `.sql(query)`, `.dataset()`, `.root_hash()`.

    Raises InputError where there is no sweep, or a chunk is damaged.
    """
    from sim.experiment.sweep.results import open_results as _open

    return _open(path)


def analyse(results: Results, outcome: str = "return_on_spend", against: str | None = None) -> Analysed:
    """Analyse a sweep's results: who is better where, what drives the difference, and in which firms.

    outcome  whose difference
    against  the design that is held against the first; the sweep's last one where none is given

    Raises InputError for an outcome that was not stored, and for a design that cannot be held against the first.
    """
    from sim.analysis.sweeps import analyse_sweep, second_design
    from sim.report.result_maps import Analysed

    return Analysed(analyse_sweep(results, outcome, second_design(results, against, "against")))


def phase_map(
    source: str | os.PathLike[str] | Scenario = "branch_bank", across: str = "firm.turbulence", up: str = "firm.coupling", *,
    outcome: str = "return_on_spend", designs: Sequence[str] = (), halvings: int = 2, replicates: int = 24, seed: int = 1,
    overrides: Sequence[tuple[str, ...]] = (), workers: int | None = None,
) -> PhaseMap:  # fmt: skip
    """Map which of two designs is better over two parameters, each over its plausible range; more is measured where it changes.

    across, up  paths of the parameters, such as firm.change_load or design.*.delegation
    designs     two sides, the first being the reference; the first and the last that the scenario compares where empty
    halvings    how often a square of the map may be cut in four
    replicates  histories of each firm, the same for all

    Raises InputError for a wrong scenario, a path that cannot be varied or an outcome in which nobody wins, ValueError for fewer than two
    replicates.
    """
    from sim.report.result_maps import map_of

    more = [("designs.compare", ",".join(designs))] if designs else []
    scenario = source if isinstance(source, Scenario) else load_scenario(source, [*overrides, *more])
    return map_of(scenario, {"across": across, "up": up}, outcome, halvings, replicates, seed, workers)


def load_transitions(
    source: str | os.PathLike[str] = "branch_bank", paths: Sequence[str] = (), start: str | None = None, target: str | None = None,
    overrides: Sequence[tuple[str, ...]] = (),
) -> tuple[Scenario, dict[str, Transition]]:  # fmt: skip
    """Load a scenario, over five years where it does not say how long, with the transitions to compare on it.

    paths          names of transitions; all of the scenario's own where empty, or the shipped ones where it has none
    start, target  designs to begin and end with, instead of those that the transitions name

    Raises InputError for a wrong scenario, an unknown path or design, and a step beyond the counted days.
    """
    from sim.scenario.between import HORIZON, SHIPPED, chosen

    scenario = load_scenario(source, overrides, [("run.days", str(HORIZON), "what transitions are usually run for")])
    known = scenario.transitions or load_scenario(SHIPPED).transitions
    return scenario, chosen(scenario, known, paths, start, target)


def load_interventions(
    source: str | os.PathLike[str] = "branch_bank", names: Sequence[str] = (), design: str | None = None, other: str = "pervasive",
    in_pairs: bool = False, overrides: Sequence[tuple[str, ...]] = (),
) -> tuple[Scenario, dict[str, Intervention]]:  # fmt: skip
    """Load a scenario with the interventions to hold against doing nothing on it.

    names     of interventions; all of the scenario's own where empty, or the shipped ones where it has none
    design    what they change, instead of what they name
    other     design that they are measured by
    in_pairs  every two of them as well

    Raises InputError for a wrong scenario, an unknown intervention or design, and an event beyond the counted days.
    """
    from sim.core.errors import InputError, did_you_mean
    from sim.scenario.interventions import SHIPPED, chosen, pairs

    scenario = load_scenario(source, overrides)
    if other not in scenario.designs:
        raise InputError(f"--against {other}", f"{scenario.name} has no design of this name", "", did_you_mean(other, scenario.designs))
    known = scenario.interventions or load_scenario(SHIPPED).interventions
    found = chosen(scenario, known, names, design)
    if next(iter(found.values())).design == other:
        raise InputError(f"--against {other}", "is the design that is changed", "another design", "--against NAME")
    return scenario, {**found, **(pairs(found) if in_pairs else {})}


def run(
    source: str | os.PathLike[str] | Scenario = "branch_bank", design: str | None = None, seed: int = 1, *,
    overrides: Sequence[tuple[str, ...]] = (), agents: str | os.PathLike[str] | None = None, trace: str | os.PathLike[str] | None = None,
) -> OrgModel:  # fmt: skip
    """Run one design once through the Mesa model; gives the model as it stands on the last evening.

    source     a scenario's name, the path of a TOML file, or a loaded Scenario, to which no overrides apply
    design     name of one of its designs; its first one where none is given
    agents     Python file with classes derived from Team, Liaison or Leader, instead of the model's own
    trace      folder for every item's life and every agent's day as Parquet

    Raises InputError for whatever is wrong with scenario, design or agents, OSError where the trace cannot be written.
    """
    from sim.model.student import THE_MODELS_OWN, live, load_agents

    scenario = source if isinstance(source, Scenario) else load_scenario(source, overrides)
    own = THE_MODELS_OWN if agents is None else load_agents(agents)
    return live(scenario, scenario.compare[0] if design is None else design, seed, own, trace)


def compare(
    source: str | os.PathLike[str] | Scenario = "branch_bank",
    designs: Sequence[str] = (),
    replicates: int = 200,
    seed: int = 1,
    overrides: Sequence[tuple[str, ...]] = (),
    workers: int | None = None,
    precision: float | Precision | None = None,
    agents: str | os.PathLike[str] | Sequence[type] | None = None,
) -> Result:
    """Compare designs on one firm: the same money, the same demand, the same luck.

    source     name of a shipped scenario, path of a TOML file, or a loaded scenario
    designs    names, the first being the reference; the scenario's own choice where empty
    overrides  (path, text of the value) pairs: [("firm.turbulence", "1.0")]
    precision  instead of `replicates`: half-width at which the interval of the return on spend is narrow enough, or a
               `sim.Precision` for another outcome or ceiling; result.stopped says how it ended
    agents     classes derived from Team, Liaison or Leader, or a Python file that defines them: every run then goes through
               Mesa, one at a time and many times slower

    >>> result = compare("mobile_bank", ["partnership", "pervasive"], replicates=2, overrides=[("run.days", "240")])
    >>> result.outcomes.shape[:2]
    (2, 2)

    Raises InputError for a wrong scenario or wrong agents, ValueError for fewer than one replicate, and for a precision that is not
    above 0 or is asked of a single design.
    """
    from sim.experiment.compare import compare as run_comparison
    from sim.experiment.precision import Precision
    from sim.experiment.until import compare_until
    from sim.report.result import result_of

    if replicates < 1:
        raise ValueError(f"replicates is at least 1: {replicates}")
    if designs:
        overrides = [*overrides, ("designs.compare", ",".join(designs))]
    if isinstance(source, Scenario):
        if overrides:
            raise ValueError("a loaded scenario is fixed: give overrides and designs where it is loaded")
        scenario = source
    else:
        scenario = load_scenario(source, overrides)
    simulate = None
    if agents is not None:
        from sim.model.student import agents_of, mesa_run

        own = agents_of(agents)
        simulate = lambda name, number: mesa_run(scenario, name, number, own)  # noqa: E731 (a closure with a name of its own)
    if precision is None:
        return result_of(run_comparison(scenario, replicates, seed, workers, simulate))
    asked = precision if isinstance(precision, Precision) else Precision(precision)
    return result_of(compare_until(scenario, asked, seed, workers, simulate))


def transition(
    source: str | os.PathLike[str] = "branch_bank", paths: Sequence[str] = (), replicates: int = 200, seed: int = 1, *,
    start: str | None = None, target: str | None = None, overrides: Sequence[tuple[str, ...]] = (), workers: int | None = None,
) -> Way:  # fmt: skip
    """Hold paths from one design to another against staying, on the same seeds.

    paths          names of transitions; all of the scenario's own where empty, or the shipped ones where it has none
    start, target  designs to begin and end with, instead of those that the transitions name

    Raises InputError for a wrong scenario, path or design, ValueError for fewer than two replicates.
    """
    from sim.analysis.journey import travelled
    from sim.experiment.journey import travel
    from sim.report.result_ways import Way

    if replicates < 2:
        raise ValueError(f"replicates is at least 2, or there is no interval: {replicates}")
    scenario, transitions = load_transitions(source, paths, start, target, overrides)
    comparison = travel(scenario, transitions, replicates, seed, workers)
    return Way(comparison, transitions, travelled(comparison))


def intervene(
    source: str | os.PathLike[str] = "branch_bank", names: Sequence[str] = (), replicates: int = 200, seed: int = 1, *,
    design: str | None = None, other: str = "pervasive", overrides: Sequence[tuple[str, ...]] = (), workers: int | None = None,
) -> Interventions:  # fmt: skip
    """Hold interventions against doing nothing, on the same seeds: from their day, and once they have settled.

    names   of interventions; all of the scenario's own where empty, or the shipped ones where it has none
    design  what they change, instead of what they name
    other   design that they are measured by

    Raises InputError for a wrong scenario, intervention or design, ValueError for fewer than two replicates.
    """
    from sim.analysis.moves import effects_of
    from sim.experiment.moves import live_moves
    from sim.report.result_ways import Interventions

    if replicates < 2:
        raise ValueError(f"replicates is at least 2, or there is no interval: {replicates}")
    scenario, interventions = load_interventions(source, names, design, other, False, overrides)
    runs = live_moves(scenario, interventions, other, replicates, seed, workers)
    return Interventions(runs, interventions, effects_of(runs, interventions))
