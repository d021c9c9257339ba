"""Furnish: the tables of a new world are filled from firm, design and structure; the seed comes later, in `begin`."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.model.fields.field import SPECIALISMS, WIP_SLOTS
from sim.model.judgement import estimate_spread, value_kept
from sim.model.lines import NONE
from sim.model.mechanisms.build import in_step, output_share, wip_limit
from sim.model.mechanisms.cloud import floored
from sim.model.mechanisms.coordinate import coverage, depth_left, support
from sim.model.mechanisms.demand import size_quantile
from sim.model.mechanisms.release import automation
from sim.model.mechanisms.review import guardrails
from sim.model.mechanisms.vendors import beside
from sim.model.world import World
from sim.organisation.positions import even_mean
from sim.organisation.structure import GOLDEN, Structure, fraction

LINES_OF_FIRM = (
    "fresh_line", "approved_line", "built_line", "board_line", "funding_line", "delivered_line", "cleared_line", "checked_line",
    "passed_line", "review_line", "adopted_line",
)  # fmt: skip
TEAMS_OF_A_HOME = 1_000_000
"""More teams than a home can have, so that teams' keys do not collide."""


def size_law(v: Mapping[str, float]) -> tuple[float, float, float]:
    """What the law of items' sizes is made of."""
    return v["size_median"], v["size_log_sd"], v["exponential_size"]


def furnish_firm(w: World, v: Mapping[str, float], starts: Mapping[str, int], warm_up: int, seated: float, series_days: int) -> None:
    """Queues of the firm, sizes that authority reaches to, what tooling does, and the time that keeping in step takes."""
    firm = w.firm
    firm["series_days"] = series_days
    firm["counting_from"], firm["stretch_from"], firm["seated"], firm["board_met"] = warm_up, warm_up, seated, NONE
    firm["enabling_present"] = 1.0
    for row, name in enumerate(LINES_OF_FIRM):
        firm[name] = row
    firm["dates_line"] = starts["dates"]
    law = size_law(v)
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


def furnish_homes(w: World, structure: Structure, v: Mapping[str, float], starts: Mapping[str, int]) -> None:
    """Who sits where, what vendors add, and what a home can do for items in a day."""
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
        bought = v["vendor_supply"] * beside(w.p[1 + home.unit].vendor_share, place.own_pace) if home.builds else 0.0
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


def furnish_teams(w: World, structure: Structure, v: Mapping[str, float], starts: Mapping[str, int]) -> None:
    """People, skills and the limit of each team; a team's key says its home and its place there, whatever the design."""
    # Column by column: a sweep draws up a firm for each of its points, and records cost a microsecond a field.
    here = [w.p[1 + home.unit] for home in structure.homes]
    deep = [depth_left(v["depth_grouping"], place["product_grouping"], w.firm[0].in_units) for place in here]
    limits = [wip_limit(place["self_organisation"], v["wip_low"], v["wip_high"]) for place in here]
    of = structure.team_home
    rows = np.arange(len(w.teams))
    teams = w.teams
    teams["people"], teams["experts"], teams["home"] = structure.team_people, structure.team_experts, of
    teams["key"] = TEAMS_OF_A_HOME * of + rows - w.homes["first_team"][of]
    specialist = np.where(structure.team_holds.all(axis=1), 1.0 - v["depth"], 1.0)
    teams["skill"] = structure.team_holds * specialist[:, None] * np.array(deep)[of][:, None]
    teams["covered"] = 1.0
    teams["vendors"] = w.homes["vendors"][of] * structure.team_people / w.homes["people"][of]
    present = (structure.team_people + structure.team_experts + teams["vendors"]).tolist()
    teams["output_share"] = [output_share(people, v["overhead"]) for people in present]
    # A limit between whole numbers is kept by the right share of teams.
    teams["wip_limit"] = [min(WIP_SLOTS, max(1, math.floor(limits[of[row]] + fraction(row, GOLDEN)))) for row in range(len(teams))]
    teams["experiment_share"] = np.array([place["experiment_budget"] for place in here])[of]
    teams["line"] = starts["teams"] + rows


def _providers(w: World, structure: Structure, specialism: int) -> np.ndarray:
    """The home that supplies a specialism to each unit: the pool of that specialism, another pool, else the next unit that has it."""
    units = len(w.units)
    having = np.flatnonzero((w.homes["holders"][:, specialism] > 0) & (w.homes["builds"] > 0))
    pools = [int(row) for row in having if row >= units]
    own = [row for row in pools if structure.homes[row].specialism == specialism]
    if pools:
        return np.full(units, (own + pools)[0])
    return having[np.searchsorted(having, np.arange(units)) % len(having)]


def _parts_of_pool(w: World) -> list[float]:
    """How much of the pool is each unit's: who would sit with the unit if nobody were pooled, and does not."""
    units = len(w.units)
    embedded = w.homes["people"][:units]
    each = (even_mean(embedded.tolist()) * units + w.firm[0].pool_people) / units
    left = [max(0.0, float(each - people)) for people in embedded]
    mean = even_mean(left)
    return [float(w.firm[0].pool_people) / units * (part / mean if mean > 0.0 else 1.0) for part in left]


def furnish_units(w: World, structure: Structure, v: Mapping[str, float], starts: Mapping[str, int]) -> None:
    """Whom each unit turns to, and where its run work goes."""
    w.units["debt"] = v["legacy_debt"]
    for specialism in range(len(SPECIALISMS)):
        w.units["provider"][:, specialism] = _providers(w, structure, specialism)
    liaisons = {unit: row for row, unit in enumerate(structure.liaison_unit.tolist())}
    pools = _parts_of_pool(w)
    for row in range(len(w.units)):
        unit = w.units[row]
        unit.leader, unit.liaison = row, liaisons.get(row, NONE)
        unit.own_authority = size_quantile(w.p[1 + row].delegation, *size_law(v))
        own, pool = w.homes[row].people, pools[row]
        unit.run_to_home = own / (own + pool) if own > 0.0 else 0.0
        unit.line = starts["units"] + row
        unit.adoption_line, unit.adopting, unit.fit = starts["adoptions"] + row, NONE, 1.0


def furnish_people_between(w: World, structure: Structure, v: Mapping[str, float], starts: Mapping[str, int]) -> None:
    """Liaisons, leaders, and what units and homes share and trust at first."""
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
            v["estimate_log_sd"], v["fluency_slope"], leader.fluency, v["visibility_slope"], w.p[1 + leader.unit].visibility
        )
        leader.line = w.firm[0].board_line if row == chair else starts["leaders"] + row
    w.ties["familiarity"] = v["familiarity_pool"]
    w.ties["trust"] = v["trust_start"]
    for unit in range(len(w.units)):
        w.ties[unit, unit].familiarity = v["familiarity_own"]
