"""Teeth: forces that theory says work against one kind of design, each made to grow while all else stays as it is.

A model in which such a force does not bite cannot say when a design loses. Whom a force hurts is said by a coordinate, never by a
design's name: the design that has more of it (or less, where the sign is −1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.load import change_load_at
from sim.experiment.variants import Variant
from sim.organisation.coordinates import COORDINATES
from sim.scenario.changed import changed
from sim.scenario.firm import FIRM

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

LEVELS = 4
DESIGN = "design."


@dataclass(frozen=True)
class Force:
    """One force and whom it hurts.

    name         a few words
    path         "firm.NAME", or "design.COORDINATE" for the same value in every design compared
    weak, strong values between which it grows                       [unit of the path]
    hurts, sign  coordinate whose higher (+1) or lower (−1) holder loses as the force grows
    theory       why, in a sentence
    source       key in sources.toml
    load         load (sim/experiment/load.py) to which demand is set first; as the firm has it where None
    """

    name: str
    path: str
    weak: float
    strong: float
    hurts: str
    sign: int
    theory: str
    source: str
    load: float | None = None

    @property
    def exists(self) -> bool:
        """Whether the model reads what the force is set by, and the coordinate that says whom it hurts."""
        name = self.path.partition(".")[2]
        known = name in COORDINATES if self.path.startswith(DESIGN) else name in FIRM
        return known and self.hurts in COORDINATES

    def levels(self) -> list[float]:
        """Evenly spaced values from weak to strong, kept inside what a scenario may give."""
        name = self.path.partition(".")[2]
        if self.path.startswith(DESIGN):
            least, most = COORDINATES[name].low, COORDINATES[name].high
        else:
            least, most = FIRM[name].least, FIRM[name].most
        return [float(level) for level in np.clip(np.linspace(self.weak, self.strong, LEVELS), least, most)]

    def expected(self, scenario: Scenario, first: str, second: str) -> int:
        """Sign that the slope of the second design's advantage over the first should have; 0 where theory says nothing of the pair."""
        gap = scenario.designs[second].values[self.hurts] - scenario.designs[first].values[self.hurts]
        return -self.sign * int(np.sign(gap))


POOLING = "uneven demand leaves people of one unit without work while another's queue grows; shared people go where the work is"

FORCES = (
    Force("interdependence", "firm.coupling", 0.0, 6.0, "delegation", 1,
          "the more decisions depend on each other, the more is lost where each is taken on local sight", "rivkin2003"),
    Force("spread of value between units", "firm.unit_value_log_sd", 0.0, 1.0, "tech_embedding", 1,
          "people who stay with one unit cannot go where work is worth most", "rivkin2003"),
    *(Force(f"uneven demand, load {load:g}", "firm.unit_demand_log_sd", 0.0, 1.0, "tech_embedding", 1, POOLING, "kleinrock1975", load)
      for load in (0.8, 0.875, 0.95)),
    Force("regulation", "firm.regulatory_load", 0.0, 1.0, "governance_scope", -1,
          "what is not reviewed centrally has to be guarded where it is built, or goes wrong", "peppard2019"),
    Force("scarcity of talent", "firm.talent_scarcity", 0.0, 1.0, "tech_embedding", 1,
          "scarce people cannot be in every team at once", "kleinrock1975"),
    Force("low fluency of leaders", "design.leader_fluency", 0.9, 0.1, "delegation", 1,
          "who decides locally without understanding technology chooses the wrong work", "peppard2019"),
)  # fmt: skip


def forces(declared: Sequence[Force] = FORCES) -> list[Force]:
    """The forces that the model has."""
    return [force for force in declared if force.exists]


def growing(scenario: Scenario, force: Force) -> Iterator[Variant]:
    """The scenario at each level of a force."""
    if force.load is not None:
        scenario = changed(scenario, {"firm.change_load": change_load_at(scenario, force.load)})
    for level in force.levels():
        yield Variant(f"{force.name} {level:g}", changed(scenario, dict.fromkeys(_paths(scenario, force), level)))


def _paths(scenario: Scenario, force: Force) -> list[str]:
    name = force.path.partition(".")[2]
    return [f"design.{design}.{name}" for design in scenario.compare] if force.path.startswith(DESIGN) else [force.path]
