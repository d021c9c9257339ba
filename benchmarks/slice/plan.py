"""What all four twins start from: a firm of units with teams of their own, everything outside the slice switched off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.model.begin import Blueprint, begin, draw_up, room_for_items
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.world import World
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM

UNITS = 20
TECHNOLOGISTS = 800
DAYS = 1000
SERIES = ("raised", "at the gate", "in queue", "in hand", "built", "live", "rejected", "failures", "work done", "run work done",
          "committed", "building days", "intent")  # fmt: skip
"""What each twin writes every evening; on the last one also all items' days of building and how much of their intent arrived."""

_FIRM = {
    "units": UNITS, "technologists": TECHNOLOGISTS, "business_experts": 0.0, "change_load": 0.55, "run_load": 0.0,
    "unit_value_log_sd": 0.0, "unit_demand_log_sd": 0.0, "turnover": 0.0, "legacy_debt": 0.0, "scale_economies": 0.0,
}  # fmt: skip
_DESIGN = {
    "tech_embedding": 1.0, "cross_functionality": 1.0, "liaisons_per_unit": 0.0, "enabling_share": 0.0, "delegation": 0.3,
    "board_interval": 10.0, "principles_strength": 0.0, "leader_fluency": 0.5, "funding_persistence": 1.0, "funding_interval": 240.0,
    "joint_goals": 0.5, "experiment_budget": 0.0, "failure_tolerance": 1.0, "self_organisation": 0.3, "visibility": 0.3,
    "guild_strength": 0.2, "release_interval": 5.0, "metrics_interval": 60.0,
}  # fmt: skip
_MODEL = {
    "unknown": 0.0, "ranked_queues": 0.0, "agenda_rate": 14.0, "wip_low": 5.0, "wip_high": 5.0,
}  # fmt: skip

OFF = (
    "shadow", "fund", "coordinate", "rework", "review", "adopt", "debt", "architect", "innovate", "lead", "talent", "vendors", "cloud",
    "reorganise", "intervene", "spend", "observe",
)  # fmt: skip
"""Mechanisms that the slice does not have."""

RULES = (
    "availability", "in_step", "run_cap", "crew_limit", "switching_loss", "pace_days", "self_organisation", "other_units",
    "board_interval", "agenda_rate", "commit_days", "meeting_hours", "hurdle", "wage", "value_half_life", "spillover", "joint_goals",
    "own_authority", "release_interval", "release_effort", "automation", "base_failure", "batch_risk", "restore_effort",
    "data_work", "mixed_items", "size_median", "size_log_sd", "value_per_day", "value_log_sd", "value_tail_share", "value_tail_index",
    "belief_dimensions", "change_load", "technologists", "demand_correlation", "burstiness", "month_days", "people",
    "next_board", "next_train", "strangeness", "ignorance", "misjudgement", "touched", "translation_loss", "doubt", "trust_start",
    "familiarity_own", "familiarity_pool", "fading_half_life",
    "overhead", "newcomer_loss", "mentoring", "repay_share", "change_cap", "debt_drag", "vendor_fidelity", "ranked_queues", "counting_from",
)  # fmt: skip
"""Numbers that the twins' rules need, in the order of `Rules` in twin.c."""


def blueprint(days: int = DAYS) -> Blueprint:
    """The firm of the slice, seated; nothing is warm-up."""
    firm = {name: field.value for name, field in FIRM.items()} | _FIRM
    design = dict.fromkeys(COORDINATES, 0.0) | _DESIGN
    off = {name: p.off for mechanism in OFF for name, p in MECHANISMS[mechanism].items() if p.off is not None}
    model = {name: parameter.value for name, parameter in PARAMETERS.items()} | off | _MODEL
    return draw_up(firm, design, model, days, 0)


@dataclass(frozen=True)
class Start:
    """The slice's first morning, for twins that do not know our World.

    rules          every name of RULES
    team_*         (T,) people, key of draws, home, limit of items in hand, share of time left after keeping in step; skill (T, 2)
    home_people, home_pace, home_first, home_teams    (U,) each unit is its own home
    estimate_sd    (U + 1,) of the units' leaders and of the board
    believed, disbelieved  (T, 2) bits, by dimension; reality (2,)
    """

    seed: int
    room: int
    rules: dict[str, float]
    team_people: np.ndarray
    team_key: np.ndarray
    team_home: np.ndarray
    team_limit: np.ndarray
    team_share: np.ndarray
    team_skill: np.ndarray
    home_people: np.ndarray
    home_pace: np.ndarray
    home_first: np.ndarray
    home_teams: np.ndarray
    estimate_sd: np.ndarray
    believed: np.ndarray
    disbelieved: np.ndarray
    reality: np.ndarray


def world(plan: Blueprint, seed: int) -> World:
    """A fresh world for the kernel."""
    return begin(plan, seed)


def start(plan: Blueprint, seed: int) -> Start:
    """The same morning for the other twins."""
    w = begin(plan, seed)
    firm = w.firm[0]
    values = {**plan.values, **{name: float(firm[name]) for name in w.firm.dtype.names if firm[name].ndim == 0},
              "own_authority": float(w.units[0].own_authority)}  # fmt: skip
    teams, homes = w.teams, w.homes[:UNITS]
    return Start(
        seed, room_for_items(plan, seed), {name: values[name] for name in RULES}, teams["people"].copy(), teams["key"].copy(),
        teams["home"].copy(),
        teams["wip_limit"].copy(), teams["output_share"].copy(), teams["skill"].copy(), homes["people"].copy(), homes["pace"].copy(),
        homes["first_team"].copy(), homes["teams"].copy(), w.leaders["estimate_sd"].copy(),
        teams["believed"].copy(), teams["disbelieved"].copy(), firm["reality"].copy(),
    )  # fmt: skip
