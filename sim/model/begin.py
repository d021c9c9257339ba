"""Begin: a scenario's firm, a design and the model's parameters become the world of the first morning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.core.jit import entry, jit
from sim.core.streams import CALENDAR, UNIT_DEMAND, UNIT_VALUE, stream_key, uniform
from sim.model.fields.field import DATES, SPECIALISMS
from sim.model.furnish import (
    LINES_OF_FIRM,
    furnish_firm,
    furnish_homes,
    furnish_people_between,
    furnish_teams,
    furnish_units,
)
from sim.model.items import mean_size
from sim.model.lines import MARKS, NONE
from sim.model.mechanisms.architect import begin_architecture
from sim.model.mechanisms.demand import count_items
from sim.model.mechanisms.learn import begin_beliefs
from sim.model.mechanisms.talent import begin_staff
from sim.model.series import NAMES as SERIES_NAMES
from sim.model.unit_factors import mean_factor, unit_factor
from sim.model.world import World, empty_items, records
from sim.organisation.coordinates import COORDINATES
from sim.organisation.positions import BY_UNIT, positions
from sim.organisation.structure import Structure, seat

MONTH = 20
"""Working days in a month: what a row of the series sums up unless something else is asked for."""


@dataclass(frozen=True)
class Blueprint:
    """What every run of one design on one firm starts from.

    world   a world without items and without a seed
    values  every parameter by name, coordinates as the firm stands
    days, warm_up  counted days and days before them
    structure      who sits where
    """

    world: World
    values: Mapping[str, float]
    days: int
    warm_up: int
    structure: Structure

    @property
    def horizon(self) -> int:
        """Days simulated, warm-up included."""
        return self.days + self.warm_up


def parameter_rows(values: Mapping[str, float], own: Sequence[Mapping[str, float]]) -> np.recarray:
    """All parameters as records of float64, in alphabetical order: the firm's, then each unit's, which differ in coordinates at most."""
    names = sorted(values)
    rows = np.zeros(1 + len(own), np.dtype([(name, "f8") for name in names], align=True)).view(np.recarray)
    for name in names:
        rows[name] = values[name]
    for name in BY_UNIT:
        rows[name][1:] = [position[name] for position in own]
    return rows


def plan_lines(structure: Structure, units: int) -> tuple[dict[str, int], int]:
    """First row of each kind of queue, and how many queues there are: the firm's, dates', leaders', trains' and units' changes, which
    are as many under every design; then homes', liaisons', experiments' and homes' changes."""
    starts, row = {}, len(LINES_OF_FIRM)
    for name, count in (
        ("dates", DATES), ("leaders", len(structure.leader_unit) - 1), ("units", units), ("adoptions", units),
        ("homes", len(SPECIALISMS) * len(structure.homes)), ("liaisons", len(structure.liaison_unit)),
        ("teams", len(structure.team_home)), ("changes", len(structure.homes)),
    ):  # fmt: skip
        starts[name] = row
        row += count
    return starts, row


def room_for_dependents(v: Mapping[str, float]) -> dict[str, np.ndarray]:
    """Room for who depends on which choice in the firm's architecture, and none where nobody searches."""
    choices = int(v["choices_per_unit"] * v["units"]) if v["architecture_weight"] > 0.0 else 0
    most = int(v["architecture_reach"] * v["coupling"]) + 1
    return {"dependents": np.zeros(choices * most, np.int32), "dependents_before": np.zeros(choices + 1, np.int32)}


def draw_up(
    firm: Mapping[str, float], design: Mapping[str, float], model: Mapping[str, float], days: int, warm_up: int,
    seated: float | None = None, apart: float = 0.0, own: Sequence[Mapping[str, float]] = (), series_days: int = MONTH,
) -> Blueprint:  # fmt: skip
    """Seat a firm under a design.

    firm, design, model  values by name, as a checked scenario has them
    days, warm_up        counted days, and days simulated before them
    seated               technologists employed, liaisons included; as many as the firm's file says where nothing is said.
                         Demand and run work follow the file's number whatever this one is.
    apart                of these, people set apart from both units and pool
    own                  the point of the space that each unit has gone to, where not all stand at `design`: the firm's position then
                         follows from these (sim/organisation/positions.py)
    series_days          working days that a row of the series sums up
    """
    units = int(firm["units"])
    design, places = positions(own or [design] * units)
    values = {**firm, **{name: design[name] for name in COORDINATES}, **model}
    seated = firm["technologists"] if seated is None else seated
    structure = seat({**firm, "technologists": seated}, design, model, apart, places)
    starts, lines = plan_lines(structure, units)
    w = World(
        p=parameter_rows(values, places),
        firm=records("firm", 1),
        units=records("units", units),
        homes=records("homes", len(structure.homes)),
        teams=records("teams", len(structure.team_home)),
        liaisons=records("liaisons", len(structure.liaison_unit)),
        leaders=records("leaders", units + 1),
        ties=records("ties", units, len(structure.homes)),
        lines=records("lines", lines),
        marks=np.zeros((lines, MARKS), np.int32),
        **empty_items(0),
        tried=np.zeros((64, 64), np.int8),
        **room_for_dependents(values),
        series=np.zeros((days // series_days, len(SERIES_NAMES))),
    )
    w.lines["head"] = NONE
    w.lines["tail"] = NONE
    furnish_firm(w, values, starts, warm_up, seated, series_days)
    furnish_homes(w, structure, values, starts)
    furnish_teams(w, structure, values, starts)
    furnish_units(w, structure, values, starts)
    furnish_people_between(w, structure, values, starts)
    return Blueprint(w, values, days, warm_up, structure)


def room_for_experiments(blueprint: Blueprint, days: int) -> int:
    """Experiments that teams can begin in so many days: at most one each time a team can have saved up for one."""
    v, teams = blueprint.values, blueprint.world.teams
    most = blueprint.world.p["experiment_budget"].max()  # teams of different units may spend different shares
    saved = teams["people"] * most * days / v["experiment_size"]
    return int(np.ceil(saved).sum() + len(teams))


def room_for_items(blueprint: Blueprint, seed: int) -> int:
    """Rows that a run needs: what its demand raises, and its experiments."""
    v = blueprint.values
    rate = v["change_load"] * v["technologists"] / (v["units"] * mean_size(v["size_median"], v["size_log_sd"]))
    raised = count_items(seed, blueprint.horizon, int(v["units"]), rate, v["demand_correlation"], v["burstiness"], int(v["month_days"]),
                         v["unit_demand_log_sd"])  # fmt: skip
    return int(raised + room_for_experiments(blueprint, blueprint.horizon))


def _set_units_apart(w: World, seed: int, v: Mapping[str, float]) -> None:
    """Draw what makes units differ for good; what they ask for adds up to the same."""
    mean = mean_factor(seed, UNIT_DEMAND, len(w.units), v["unit_demand_log_sd"])
    for row in range(len(w.units)):
        unit = w.units[row]
        unit.worth = unit_factor(seed, UNIT_VALUE, row, v["unit_value_log_sd"])
        unit.appetite = unit_factor(seed, UNIT_DEMAND, row, v["unit_demand_log_sd"]) / mean


def begin(blueprint: Blueprint, seed: int, more: int = 0) -> World:
    """The world of a seed's first morning; phases of the calendar are the seed's, the same whatever the design.

    more  rows for items beyond what the blueprint itself needs
    """
    room = room_for_items(blueprint, seed) + more
    source = blueprint.world
    w = World(*(array.copy() for array in source))._replace(**empty_items(room))
    firm, v = w.firm[0], blueprint.values
    firm.seed = seed
    key = stream_key(seed, CALENDAR)
    firm.next_board = uniform(key, 0) * v["board_interval"]
    firm.next_window = uniform(key, 1) * v["funding_interval"]
    firm.next_train = uniform(key, 2) * v["release_interval"]
    firm.next_reading = uniform(key, 3) * v["metrics_interval"]
    _set_units_apart(w, seed, v)
    _settle_in(w)
    return w


@jit
def settle_in(w):
    """What the seed decides about people before the first morning: what they believe, and who is missing."""
    begin_beliefs(w)
    begin_staff(w)
    begin_architecture(w)


_settle_in = entry(settle_in)
