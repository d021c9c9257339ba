"""What the tests of claims live through on one firm: designs that stand, single coordinates, mixes, moves and journeys, on the same seeds.

Each *way* has a name, and is made and lived only where a test asks for it. All are seated by the rule of comparisons, the partnership
being the design that says what there is to spend.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import InputError
from sim.experiment.ablation import switched_off
from sim.experiment.attribution import SETS, mixes_of
from sim.experiment.compare import run_seeds
from sim.experiment.comparison import Comparison, Failure
from sim.experiment.executors import cores
from sim.experiment.fitness import fitness_of_ideas
from sim.experiment.histories import live_all
from sim.experiment.journey import paths_of
from sim.experiment.moves import NOTHING, SETTLED
from sim.model.begin import Blueprint, draw_up
from sim.model.equal import blueprint_of, seats_of
from sim.model.kernel import run_path
from sim.model.path import Path, intervention_path, transition_path
from sim.organisation.coordinates import COORDINATES
from sim.scenario.between import HORIZON
from sim.scenario.changed import changed
from sim.scenario.interventions import earlier
from sim.scenario.journeys import Event, Intervention

if TYPE_CHECKING:
    from sim.scenario.journeys import Transition
    from sim.scenario.objects import Scenario

FIRST, SECOND, PLATFORMS = "partnership", "pervasive", "platform_bank"
"""The two designs of the title, and the one that stands for platforms."""

LEADERS = (0.3, 0.8)
"""Fluency of an average technology leader and of a good one."""

CLOUD = (0.1, 0.9)
DECK_CHAIRS = ("restructured_it", "better_leader", "digital_tsar", "outsourcing")
"""Shipped interventions that stand for restructuring the IT unit, a new CIO, a digital tsar and outsourcing."""

AT_ONCE = "at_once"
"""Shipped transition along which the technology leader is replaced."""


@dataclass(frozen=True)
class Firm:
    """A firm to test claims on.

    scenario       with its numbers
    interventions  by name, DECK_CHAIRS among them
    transitions    by name, from the partnership to pervasive, AT_ONCE among them
    """

    name: str
    scenario: Scenario
    interventions: Mapping[str, Intervention]
    transitions: Mapping[str, Transition]

    def standing(self) -> Scenario:
        """The scenario with the two designs of the title compared."""
        return replace(self.scenario, compare=(FIRST, SECOND))


@dataclass(frozen=True, eq=False)
class Lived:
    """What a firm lived through; each way is a row.

    outcomes, beyond  way → (R, O), columns of sim.model.outcomes.NAMES
    fitness           design → (R,) rank correlation of ideas' value with their adoption; NaN where no idea or every idea was adopted
    journey           staying and every transition over five years; None where not asked for
    failures          runs that failed; their rows are NaN
    """

    firm: Firm
    outcomes: Mapping[str, np.ndarray]
    beyond: Mapping[str, np.ndarray]
    fitness: Mapping[str, np.ndarray]
    journey: Comparison | None
    failures: tuple[Failure, ...]


FITNESS, JOURNEY = "fitness of ideas", "journey"
"""Asked for beside ways: the rank correlations, and the transitions over five years."""


def one_coordinate(name: str) -> str:
    """Way in which the partnership has one coordinate of the pervasive model."""
    return f"{FIRST} with {name}"


def mix_of(bundles: int) -> str:
    """Way in which the partnership has some bundles of the pervasive model; bit b stands for bundle b."""
    return f"mix {bundles}"


def without_trust(design: str) -> str:
    """Way in which trust does nothing under a design."""
    return f"{design} without trust"


def with_cloud(design: str, share: float) -> str:
    """Way in which a design has so much of its infrastructure at providers."""
    return f"{design}, cloud {share:g}"


def with_leader(design: str, fluency: float) -> str:
    """Way in which a technology leader of this fluency is hired on the first counted day; `journey` for the transition."""
    return f"{design}, leader {fluency:g}"


def settled(name: str) -> str:
    """Way in which an intervention, doing nothing, or the other design is counted from a year after."""
    return f"{name}, settled"


UNGOVERNED = f"{SECOND} without central governance"


def ways_of(firm: Firm) -> dict[str, Callable[[], Path]]:
    """Way → how its path is made; all have as many counted days."""
    scenario = firm.standing()
    values = {name: design.values for name, design in scenario.designs.items()}

    def point(who: str, *changes: Mapping[str, float]) -> Callable[[], Path]:
        coordinates = {name: value for part in changes for name, value in part.items()}
        return lambda: Path(_plan(scenario, coordinates, who))

    ways = {name: point(name, values[name]) for name in scenario.designs}
    ways |= {one_coordinate(name): point(one_coordinate(name), values[FIRST], {name: values[SECOND][name]}) for name in COORDINATES}
    ways |= _mixes(scenario)
    ways |= {without_trust(name): _without_trust(scenario, name) for name in (FIRST, SECOND)}
    ways |= {
        with_cloud(name, share): point(with_cloud(name, share), values[name], {"cloud_share": share})
        for name in (FIRST, SECOND) for share in CLOUD
    }  # fmt: skip
    ways[UNGOVERNED] = point(UNGOVERNED, values[SECOND], {"governance_scope": 0.0, "principles_strength": 0.0})
    ways |= {with_leader(name, fluency): _led(scenario, name, fluency) for name in (FIRST, SECOND) for fluency in LEADERS}
    ways |= {with_leader(JOURNEY, fluency): _led_along(firm, fluency) for fluency in LEADERS}
    return ways | _settled(firm)


def _plan(scenario: Scenario, values: Mapping[str, float], who: str) -> Blueprint:
    run = scenario.run
    return draw_up(scenario.firm, values, scenario.model, run.days, run.warm_up, seats_of(scenario, values, who))


def _mixes(scenario: Scenario) -> dict[str, Callable[[], Path]]:
    mixed = cache(lambda: mixes_of(scenario, SECOND))

    def of(bundles: int) -> Callable[[], Path]:
        return lambda: Path(blueprint_of(mixed()[0], mixed()[1][bundles]))

    return {mix_of(bundles): of(bundles) for bundles in range(SETS)}


def _without_trust(scenario: Scenario, design: str) -> Callable[[], Path]:
    return lambda: Path(blueprint_of(switched_off(scenario, "trust"), design))


def _led(scenario: Scenario, design: str, fluency: float) -> Callable[[], Path]:
    event = Event(0, "replace_leader", {"fluency": fluency})
    return lambda: intervention_path(scenario, Intervention("leader", design, (event,)))


def _led_along(firm: Firm, fluency: float) -> Callable[[], Path]:
    def make() -> Path:
        path = transition_path(firm.standing(), firm.transitions[AT_ONCE])
        return Path(path.first, (replace(path.stretches[0], successors=(fluency,)), *path.stretches[1:]))

    return make


def _settled(firm: Firm) -> dict[str, Callable[[], Path]]:
    now = firm.standing()
    later = changed(now, {"run.warm_up": now.run.warm_up + SETTLED})


    def moved(name: str) -> Callable[[], Path]:
        return lambda: intervention_path(later, earlier(firm.interventions[name], SETTLED))

    return {
        settled(NOTHING): lambda: Path(blueprint_of(later, FIRST)), settled(SECOND): lambda: Path(blueprint_of(later, SECOND)),
        **{settled(name): moved(name) for name in DECK_CHAIRS},
    }  # fmt: skip


def possible(firm: Firm, asked: Collection[str]) -> dict[str, str]:
    """Way → why it cannot be had on this firm, for those that cannot."""
    known, faults = ways_of(firm), {}
    for way in sorted(set(asked) - {FITNESS, JOURNEY}):
        try:
            known[way]()
        except InputError as error:
            faults[way] = str(error)
    if JOURNEY in asked:
        try:
            _along(firm)
        except InputError as error:
            faults[JOURNEY] = str(error)
    return faults


def _along(firm: Firm) -> tuple[Scenario, dict[str, Path]]:
    """(the firm over five years, staying and every transition as paths)."""
    years = changed(firm.standing(), {"run.days": max(HORIZON, firm.scenario.run.days)})
    return years, paths_of(years, firm.transitions)


def live_firm(
    firm: Firm, asked: Collection[str], replicates: int, seed: int, workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Lived:  # fmt: skip
    """Live through the ways that are asked for, and FITNESS and JOURNEY where these are, on the same `replicates` seeds.

    workers   threads that share the runs, all processors where None; results do not depend on it
    progress  called with (runs done, runs in all)

    Raises InputError where a way cannot be had on this firm, KeyError for one that there is not. A run that fails becomes a Failure.
    """
    known, seeds = ways_of(firm), run_seeds(seed, replicates)
    names = sorted(set(asked) - {FITNESS, JOURNEY})
    paths = [known[name]() for name in names]
    years, along = _along(firm) if JOURNEY in asked else (firm.scenario, {})
    designs = (FIRST, SECOND) if FITNESS in asked else ()
    total = replicates * (len(names) + len(along) + len(designs))

    def tell(before: int) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, _: progress(before + done, total)

    threads = workers or cores()
    outcomes: dict[str, np.ndarray] = {}
    beyond: dict[str, np.ndarray] = {}
    failures: tuple[Failure, ...] = ()
    if names:
        months = paths[0].first.world.series.shape
        found = live_all(names, seeds, months, lambda place, one: run_path(paths[place], one), threads, tell(0))
        outcomes, beyond, failures = dict(zip(names, found.outcomes)), dict(zip(names, found.beyond)), found.failures
    journey = None
    if along:
        ways = list(along.values())
        months, before = ways[0].first.world.series.shape, replicates * len(names)
        found = live_all(tuple(along), seeds, months, lambda place, one: run_path(ways[place], one), threads, tell(before))
        journey = Comparison(years, tuple(along), seeds, *found)
        failures += found.failures
    before = replicates * (len(names) + len(along))
    fitness = {}
    for name in designs:
        fitness[name] = fitness_of_ideas(firm.standing(), name, seeds, threads, tell(before))
        before += replicates
    return Lived(firm, outcomes, beyond, fitness, journey, failures)
