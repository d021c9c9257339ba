"""Ways: what the tests of claims may live through on one firm: designs that stand, single coordinates, mixes, moves and journeys.

Each *way* has a name, and is made and lived only where a test asks for it. All are seated by the rule of comparisons, the partnership
being the design that says what there is to spend.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sim.experiment.ablation import switched_off
from sim.experiment.attribution import SETS, mixes_of
from sim.experiment.moves import NOTHING, SETTLED
from sim.model.begin import Blueprint, draw_up
from sim.model.equal import blueprint_of, seats_of
from sim.model.path import Path, intervention_path, transition_path
from sim.organisation.coordinates import COORDINATES
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
