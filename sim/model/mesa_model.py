"""The Mesa model: the same firm and the same day as the kernel, with agents that can be watched, stepped and subclassed.

    model = OrgModel("branch_bank", "pervasive", seed=3)
    model.run()
    model.outcomes()["lead_time_median"]
    model.datacollector.get_model_vars_dataframe()

Mesa's own random numbers are not used: every draw is a function of the seed, and agents act in the order of their rows.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import mesa
import numpy as np

from sim.core.jit import entry
from sim.model import day as phases
from sim.model.agents import Leader, Liaison, Team
from sim.model.begin import begin, room_for_items
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.equal import blueprint_of
from sim.model.measure import OUTCOME_COUNT
from sim.model.measure import measure as _measure_rule
from sim.model.mechanisms.observe import mean_trust
from sim.model.outcomes import NAMES
from sim.model.path import Path
from sim.model.stages import EXPERIMENT, LIVE
from sim.model.world import World, empty_items
from sim.scenario.load import load_scenario
from sim.scenario.objects import Scenario
from sim.scenario.settings import DEFAULT_SCENARIO

MONTH = 20
"""Working days between two collections, unless something else is asked for."""

_morning, _look_at_waiting, _fund_approved = map(entry, (phases.morning, phases.look_at_waiting, phases.fund_approved))
_afternoon, _learning_day, _share_learning = map(entry, (phases.afternoon, phases.learning_day, phases.share_learning))
_read_metrics, _evening = map(entry, (phases.read_metrics, phases.evening))
_measure, _mean_trust = entry(_measure_rule), entry(mean_trust)

MODEL_REPORTERS = {
    "day": lambda model: model.day,
    "open": lambda model: int(model.world.firm[0].stage_count[:EXPERIMENT].sum()),
    "live": lambda model: int(model.world.firm[0].stage_count[LIVE]),
    "wip": lambda model: int(model.world.firm[0].in_hand),
    "trust": lambda model: float(_mean_trust(model.world)),
    "accuracy": lambda model: float(model.world.firm[0].accuracy),
}
"""Days lived; items under way; items live so far; items in teams' hands; trust, NaN before anything counts; share of beliefs right."""

TEAM_FIELDS = ("wip", "run_backlog", "duty", "idle", "busy", "experiment_share", "experiment_effort", "experiments", "score",
               "vacant", "onboarding")  # fmt: skip
LIAISON_FIELDS = ("credit", "served")
LEADER_FIELDS = ("decided", "fluency", "attention", "escalations")


class OrgModel(mesa.Model):
    """One run of one design, a step a day.

    scenario   name of a shipped scenario, path of a TOML file, or a loaded Scenario
    design     name of one of its designs; its first one where none is given
    seed       the same seed gives the same bytes as the kernel
    team_class, liaison_class, leader_class  what the agents are: classes derived from Team, Liaison and Leader
    collect_every  days between two collections of data; 0 collects nothing
    path       designs that the run lives through, instead of one design

    world is the state, day the day that comes next (today, while a step lasts), horizon the days of the whole run;
    teams, liaisons and leaders are the agents in the order in which they act.

    Raises InputError for a wrong scenario, an unknown design, or one that cannot be had for what the first one costs.
    """

    def __init__(
        self, scenario: str | os.PathLike[str] | Scenario = DEFAULT_SCENARIO, design: str | None = None, seed: int = 1, *,
        team_class: type[Team] = Team, liaison_class: type[Liaison] = Liaison, leader_class: type[Leader] = Leader,
        collect_every: int = MONTH, path: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__(rng=seed)
        if not isinstance(scenario, Scenario):
            scenario = load_scenario(scenario, parameters=PARAMETERS, mechanisms=MECHANISMS)
        self.setting = scenario
        self.design = scenario.compare[0] if design is None else design
        blueprint = path.first if path else blueprint_of(scenario, self.design)
        self.path = path
        self.world: World = path.begin(seed) if path else begin(blueprint, seed)
        self.day, self.horizon = 0, blueprint.horizon
        nobody = blueprint.world._replace(teams=blueprint.world.teams[:0])
        self._demand = room_for_items(replace(blueprint, world=nobody), seed)
        self.teams = [team_class(self, row) for row in range(len(self.world.teams))]
        self.liaisons = [liaison_class(self, row) for row in range(len(self.world.liaisons))]
        self.leaders = [leader_class(self, row) for row in range(len(self.world.leaders))]
        self._classes = (team_class, liaison_class, leader_class)
        self.collect_every = collect_every
        kinds = ((self.teams, TEAM_FIELDS), (self.liaisons, LIAISON_FIELDS), (self.leaders, LEADER_FIELDS))
        self.datacollector = mesa.DataCollector(
            model_reporters=MODEL_REPORTERS,
            agenttype_reporters={type(agents[0]): _reporters(fields) for agents, fields in kinds if agents},
        )

    def step(self) -> None:
        """One working day, in the order of `sim.model.day.run_day`. Raises RuntimeError when the run is over."""
        if self.day >= self.horizon:
            raise RuntimeError(f"the run is over: its {self.horizon} days are lived; more are asked for with run.days in the scenario")
        day = self.day
        if self.path and day in self.path.turns:
            self._turn(self.path)
        _morning(self.world, day)
        for liaison in self.liaisons:
            liaison.translate()
        _look_at_waiting(self.world, day)
        for leader in self.leaders:
            leader.decide()
        _fund_approved(self.world, day)
        for team in self.teams:
            team.build()
        _afternoon(self.world, day)
        if _learning_day(self.world, day):
            for team in self.teams:
                team.take_stock()
            for team in self.teams:
                team.learn()
            _share_learning(self.world, day)
        _read_metrics(self.world, day)
        for team in self.teams:
            team.innovate()
        _evening(self.world, day)
        self._end_day()

    def _turn(self, path: Path) -> None:
        """A new stretch begins: agents take the rows of the new world, whose agents are as many as it has rows."""
        self.world = path.turn(self.world, self.day)
        kinds: Any = ((self.teams, self._classes[0]), (self.liaisons, self._classes[1]), (self.leaders, self._classes[2]))
        for agents, kind in kinds:
            seats = len(getattr(self.world, kind.table))
            for agent in agents[seats:]:
                agent.remove()
            del agents[seats:]
            for number, agent in enumerate(agents):
                agent.sit(self.world, number)
            agents += [kind(self, number) for number in range(len(agents), seats)]

    def _end_day(self) -> None:
        self.day += 1
        self.running = self.day < self.horizon
        if self.collect_every and self.day % self.collect_every == 0:
            self.datacollector.collect(self)

    def run(self) -> OrgModel:
        """Step until the run is over; gives the model itself."""
        while self.day < self.horizon:
            self.step()
        return self

    def outcomes(self) -> dict[str, float]:
        """Every outcome by name, over the counted days lived so far; NaN where there was nothing to measure."""
        return dict(zip(NAMES, self.measured()[0].tolist(), strict=True))

    def measured(self) -> tuple[np.ndarray, np.ndarray]:
        """(outcomes (O,) float64, beyond (O,) bool) as the kernel gives them. Raises ValueError before a day has been counted."""
        if self.day <= self.world.firm[0].counting_from:
            raise ValueError(f"nothing is counted yet: day {self.day}, counting begins after {self.world.firm[0].counting_from}")
        out, beyond = np.empty(OUTCOME_COUNT), np.empty(OUTCOME_COUNT, np.bool_)
        _measure(self.world, self.day, out, beyond)
        return out, beyond

    def make_room(self) -> None:
        """Leave room for one more experiment and all demand to come: teams of one's own may experiment as often as they like."""
        firm, items = self.world.firm[0], self.world.items
        if len(items) - firm.raised > self._demand - firm.demanded:
            return
        longer = empty_items(2 * len(items) + 1)
        for name in ("items", "open_items"):
            longer[name][: len(items)] = getattr(self.world, name)
        self.world = self.world._replace(**longer)


def _reporters(fields: Iterable[str]) -> dict[str, Any]:
    """Readers of agents' fields that give plain numbers: Mesa copies whatever else it is given."""
    return {field: lambda agent, field=field: agent.row[field].item() for field in fields}
