"""Load: how much of the builders' time arriving work would take, and which demand brings it to a given share.

    load = (run work − what enabling teams do of it + change work) ÷ time of builders

Work and time are person-days a day, as the firm and the first design make them before a single day is lived: what is lost to
switching, strangers and mending comes on top, so that a firm is overloaded somewhat below a load of 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.compare import blueprints
from sim.model.begin import Blueprint

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario


def builders_time(plan: Blueprint) -> float:
    """Time that people of building teams have, after leave and keeping in step [person-days a day]."""
    w = plan.world
    builds = w.homes["builds"][w.teams["home"]] > 0
    able = w.teams["people"] * w.teams["output_share"] * plan.values["availability"] * (1.0 - w.firm["in_step"][0])
    return float(np.where(builds, able, 0.0).sum())


def run_work_left(plan: Blueprint) -> float:
    """Run work that building teams do [person-days a day]."""
    return max(0.0, plan.values["run_load"] * plan.values["technologists"] - float(plan.world.firm["enabling_run"][0]))


def load_of(scenario: Scenario) -> float:
    """Load of the scenario's first design."""
    (plan,) = blueprints(scenario, scenario.compare[:1])
    return (run_work_left(plan) + plan.values["change_load"] * plan.values["technologists"]) / builders_time(plan)


def change_load_at(scenario: Scenario, load: float) -> float:
    """Demand for change at which the first design's load is `load`; 0 where run work alone exceeds it.

    [person-days a day per technologist]
    """
    (plan,) = blueprints(scenario, scenario.compare[:1])
    return max(0.0, load * builders_time(plan) - run_work_left(plan)) / float(plan.values["technologists"])
