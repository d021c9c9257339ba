"""Begin: a scenario's firm, a design and the model's parameters become the world of the first morning."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.core.jit import entry, jit
from sim.core.streams import CALENDAR, UNIT_DEMAND, UNIT_VALUE, stream_key, uniform
from sim.model.fields.field import DATES, SPECIALISMS, WIP_SLOTS
from sim.model.items import mean_size
from sim.model.judgement import estimate_spread, value_kept
from sim.model.lines import NONE
from sim.model.mechanisms.architect import begin_architecture
from sim.model.mechanisms.build import in_step, output_share, wip_limit
from sim.model.mechanisms.cloud import floored
from sim.model.mechanisms.coordinate import coverage, depth_left, support
from sim.model.mechanisms.demand import count_items, size_quantile
from sim.model.mechanisms.learn import begin_beliefs
from sim.model.mechanisms.release import automation
from sim.model.mechanisms.review import guardrails
from sim.model.mechanisms.talent import begin_staff
from sim.model.mechanisms.vendors import beside
from sim.model.series import NAMES as SERIES_NAMES
from sim.model.unit_factors import mean_factor, unit_factor
from sim.model.world import World, records
from sim.organisation.coordinates import ACTIVE
from sim.organisation.structure import GOLDEN, Structure, fraction, seat

LINES_OF_FIRM = (
    "fresh_line", "approved_line", "built_line", "board_line", "funding_line", "delivered_line", "cleared_line", "checked_line",
    "passed_line", "review_line", "adopted_line",
)  # fmt: skip
MONTH = 20
"""Working days in a month of the series."""
TEAMS_OF_A_HOME = 1_000_000
"""More teams than a home can have, so that teams' keys do not collide."""


@dataclass(frozen=True)
class Blueprint:
    """What every run of one design on one firm starts from.

    world   a world without items and without a seed
    values  every parameter by name
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


def parameter_record(values: Mapping[str, float]) -> np.recarray:
    """All parameters as one record of float64, in alphabetical order."""
    names = sorted(values)
    row = np.zeros(1, np.dtype([(name, "f8") for name in names], align=True)).view(np.recarray)
    for name in names:
        row[0][name] = values[name]
    return row


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


def draw_up(
    firm: Mapping[str, float], design: Mapping[str, float], model: Mapping[str, float], days: int, warm_up: int,
    seated: float | None = None, apart: float = 0.0,
) -> Blueprint:  # fmt: skip
    """Seat a firm under a design.

    firm, design, model  values by name, as a checked scenario has them
    days, warm_up        counted days, and days simulated before them
    seated               technologists employed, liaisons included; as many as the firm's file says where nothing is said.
                         Demand and run work follow the file's number whatever this one is.
    apart                of these, people set apart from both units and pool
    """
    values = {**firm, **{name: design[name] for name in ACTIVE}, **model}
    seated = firm["technologists"] if seated is None else seated
    structure = seat({**firm, "technologists": seated}, design, model, apart)
    units = int(firm["units"])
    starts, lines = plan_lines(structure, units)
    w = World(
        p=parameter_record(values),
        firm=records("firm", 1),
        units=records("units", units),
        homes=records("homes", len(structure.homes)),
        teams=records("teams", len(structure.team_home)),
        liaisons=records("liaisons", len(structure.liaison_unit)),
        leaders=records("leaders", units + 1),
        ties=records("ties", units, len(structure.homes)),
        lines=records("lines", lines),
        items=records("items", 0),
        agenda=np.zeros(0, np.int32),
        rank=np.zeros(0),
        tried=np.zeros((64, 64), np.int8),
        series=np.zeros((days // MONTH, len(SERIES_NAMES))),
    )
    w.lines["head"] = NONE
    w.lines["tail"] = NONE
    _furnish_firm(w, values, starts, warm_up, seated)
    _furnish_homes(w, structure, values, starts)
    _furnish_teams(w, structure, values, starts)
    _furnish_units(w, structure, values, starts)
    _furnish_people_between(w, structure, values, starts)
    return Blueprint(w, values, days, warm_up, structure)


def _furnish_firm(w: World, v: Mapping[str, float], starts: Mapping[str, int], warm_up: int, seated: float) -> None:
    firm = w.firm
    firm["counting_from"], firm["stretch_from"], firm["seated"], firm["board_met"] = warm_up, warm_up, seated, NONE
    firm["enabling_present"] = 1.0
    for row, name in enumerate(LINES_OF_FIRM):
        firm[name] = row
    firm["dates_line"] = starts["dates"]
    law = (v["size_median"], v["size_log_sd"], v["exponential_size"])
    firm["own_authority"] = size_quantile(v["delegation"], *law)
    firm["small"], firm["large"] = size_quantile(1.0 / 3.0, *law), size_quantile(2.0 / 3.0, *law)
    firm["self_service"] = coverage(v["enabling_share"], v["tooling_scale"])
    firm["guarded"] = guardrails(v["enabling_share"], v["principles_strength"], v["guardrail_scale"])
    tooling = automation(v["enabling_share"], v["automation_scale"])
    firm["automation"] = floored(tooling, v["cloud_floor"], v["cloud_share"])
    firm["in_step"] = in_step(
        v["guild_hours"] * v["guild_strength"], v["reporting_hours"] * v["visibility"], v["goal_hours"] * v["joint_goals"],
        v["coaching_hours"] * v["leader_fluency"] * (v["units"] + 1.0) / seated,
        v["measuring_hours"] / v["metrics_interval"], v["principle_hours"] * v["principles_strength"],
    )  # fmt: skip


def _furnish_homes(w: World, structure: Structure, v: Mapping[str, float], starts: Mapping[str, int]) -> None:
    for row, home in enumerate(structure.homes):
        teams = np.flatnonzero(structure.team_home == row)
        place = w.homes[row]
        place.unit, place.people, place.builds = home.unit, home.people, home.builds
        place.teams, place.first_team = len(teams), teams[0] if len(teams) else 0
        place.holders[:] = structure.team_holds[teams].sum(axis=0)
        place.line = starts["homes"] + len(SPECIALISMS) * row
        place.change_line = starts["changes"] + row
        place.promise[:] = v["promise_start"]
        place.own_pace = home.people * max(v["availability"] - v["run_load"], v["pace_floor"])
        bought = v["vendor_supply"] * beside(v["vendor_share"], place.own_pace) if home.builds else 0.0
        place.vendors = bought / v["availability"]
        place.pace = place.own_pace + bought
        place.bought_share = bought / place.pace if bought > 0.0 else 0.0
        needed = v["business_experts"] * home.people
        place.expert_cover = structure.team_experts[teams].sum() / needed if needed > 0.0 else 0.0
    built = w.homes["builds"] > 0
    w.firm["people"] = w.homes["people"].sum()
    w.firm["pool_people"] = w.homes["people"][built & (w.homes["unit"] < 0)].sum()
    w.firm["in_units"] = w.homes["people"][w.homes["unit"] >= 0].sum() / w.firm[0].people
    w.firm["support"] = support(v["duplicated_support"], v["product_grouping"], w.firm[0].in_units)
    enabling = w.homes["people"][~built].sum()
    w.firm["enabling_run"] = enabling * v["availability"] * v["enabling_leverage"]


def _furnish_teams(w: World, structure: Structure, v: Mapping[str, float], starts: Mapping[str, int]) -> None:
    low, high = v["wip_low"], v["wip_high"]
    deep = depth_left(v["depth_grouping"], v["product_grouping"], w.firm[0].in_units)
    for row in range(len(w.teams)):
        team = w.teams[row]
        team.people, team.experts, team.home = structure.team_people[row], structure.team_experts[row], structure.team_home[row]
        team.key = TEAMS_OF_A_HOME * team.home + row - w.homes[team.home].first_team
        held = structure.team_holds[row]
        team.skill[:] = held * (1.0 - v["depth"] if held.all() else 1.0) * deep
        team.covered[:] = 1.0
        home = w.homes[team.home]
        team.vendors = home.vendors * team.people / home.people
        team.output_share = output_share(team.people + team.experts + team.vendors, v["overhead"])
        # A limit between whole numbers is kept by the right share of teams.
        limit = wip_limit(v["self_organisation"], low, high) + fraction(row, GOLDEN)
        team.wip_limit = min(WIP_SLOTS, max(1, math.floor(limit)))
        team.experiment_share = v["experiment_budget"]
        team.line = starts["teams"] + row


def _providers(w: World, structure: Structure, specialism: int) -> np.ndarray:
    """The home that supplies a specialism to each unit: the pool of that specialism, another pool, else the next unit that has it."""
    units = len(w.units)
    having = np.flatnonzero((w.homes["holders"][:, specialism] > 0) & (w.homes["builds"] > 0))
    pools = [int(row) for row in having if row >= units]
    own = [row for row in pools if structure.homes[row].specialism == specialism]
    if pools:
        return np.full(units, (own + pools)[0])
    return having[np.searchsorted(having, np.arange(units)) % len(having)]


def _furnish_units(w: World, structure: Structure, v: Mapping[str, float], starts: Mapping[str, int]) -> None:
    w.units["debt"] = v["legacy_debt"]
    for specialism in range(len(SPECIALISMS)):
        w.units["provider"][:, specialism] = _providers(w, structure, specialism)
    for row in range(len(w.units)):
        unit = w.units[row]
        unit.leader, unit.liaison = row, row if len(w.liaisons) else NONE
        own, pool = w.homes[row].people, w.firm[0].pool_people / len(w.units)
        unit.run_to_home = own / (own + pool) if own > 0.0 else 0.0
        unit.line = starts["units"] + row
        unit.adoption_line, unit.adopting, unit.fit = starts["adoptions"] + row, NONE, 1.0


def _furnish_people_between(w: World, structure: Structure, v: Mapping[str, float], starts: Mapping[str, int]) -> None:
    for row in range(len(w.liaisons)):
        liaison = w.liaisons[row]
        liaison.unit, liaison.skill = structure.liaison_unit[row], v["liaison_skill"]
        liaison.capacity = structure.liaison_people[row] * v["liaison_rate"]
        liaison.line = starts["liaisons"] + row
    chair = len(w.leaders) - 1
    for row in range(len(w.leaders)):
        leader = w.leaders[row]
        leader.unit, leader.hired = structure.leader_unit[row], structure.leader_fluency[row]
        leader.fluency, leader.attention = leader.hired, v["attention_rate"]
        leader.kept = value_kept(v["drift"], leader.fluency)
        leader.estimate_sd = estimate_spread(
            v["estimate_log_sd"], v["fluency_slope"], leader.fluency, v["visibility_slope"], v["visibility"]
        )
        leader.line = w.firm[0].board_line if row == chair else starts["leaders"] + row
    w.ties["familiarity"] = v["familiarity_pool"]
    w.ties["trust"] = v["trust_start"]
    for unit in range(len(w.units)):
        w.ties[unit, unit].familiarity = v["familiarity_own"]


def room_for_experiments(blueprint: Blueprint, days: int) -> int:
    """Experiments that teams can begin in so many days: at most one each time a team can have saved up for one."""
    v, teams = blueprint.values, blueprint.world.teams
    saved = teams["people"] * v["experiment_budget"] * days / v["experiment_size"]
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
    w = World(*(array.copy() for array in source))._replace(
        items=records("items", room), agenda=np.zeros(room, np.int32), rank=np.zeros(room)
    )
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
