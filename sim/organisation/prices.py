"""Prices: what a design is planned to cost a day, one small function a term.

Each takes how the seated people are split, and the values of firm, design and model by name; each gives thousand a day. Pay and
what comes with people follows the people seated; run work and demand follow the firm's file, whose technologists are in `firm`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from sim.organisation.split import Split

Values = Mapping[str, float]
Term = Callable[[Split, Values, Values, Values], float]


def leavers(firm: Values, design: Values, model: Values) -> float:
    """Share of posts whose holder leaves in a year."""
    autonomy = 0.5 * (design["delegation"] + design["self_organisation"])
    scarce = 1.0 + model["scarcity_pull"] * firm["talent_scarcity"]
    return firm["turnover"] * (1.0 - model["ownership_pull"] * autonomy) * scarce


def vacant(firm: Values, design: Values, model: Values) -> float:
    """Share of posts that nobody holds: those who leave in a year times the years until a post is filled, at most half."""
    days = model["hire_days"] * (1.0 + model["scarcity_slope"] * firm["talent_scarcity"])
    days *= 1.0 + model["specialist_slope"] * firm["data_work"]
    return min(0.5, leavers(firm, design, model) * days / model["year_days"])


def productive(firm: Values, design: Values, model: Values) -> float:
    """Share of the posts' time that is left after vacancies, newcomers, and keeping in step inside and across teams."""
    newcomers = leavers(firm, design, model) * model["onboarding_days"] / model["year_days"]
    held = 1.0 - vacant(firm, design, model) - (model["newcomer_loss"] + model["mentoring"]) * newcomers
    across = (
        model["guild_hours"] * design["guild_strength"] + model["reporting_hours"] * design["visibility"]
        + model["goal_hours"] * design["joint_goals"] + model["principle_hours"] * design["principles_strength"]
        + model["measuring_hours"] / design["metrics_interval"]
    )  # fmt: skip
    inside = model["overhead"] * model["team_size"] * model["team_size"]
    return max(0.0, held * (1.0 - across) * (1.0 - inside))


def technologists(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Pay of the people on teams, at wage; a vacant post is not paid."""
    return (parts.builders + parts.enabling) * (1.0 - vacant(firm, design, model)) * firm["wage"]


def hiring(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """What finding those costs who take the posts of those who leave."""
    hires = (parts.builders + parts.enabling) * leavers(firm, design, model) / model["year_days"]
    return hires * model["hire_cost"] * firm["wage"]


def liaisons(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Pay of liaisons, at wage."""
    return parts.liaisons * firm["wage"]


def tools(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Self-service tooling of enabling teams: tool_price wages a person of theirs."""
    return parts.enabling * model["tool_price"] * firm["wage"]


def experts(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Pay of business experts in the mixed teams of units, at wage."""
    return design["cross_functionality"] * firm["business_experts"] * parts.embedded * firm["wage"]


def board(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Executives' time in the board's meetings, spread over the days between them."""
    meeting = model["executive_hours"] * firm["units"] * model["executive_wage"] * firm["wage"]
    return meeting / max(1.0, design["board_interval"])


def provided(firm: Values, design: Values, model: Values) -> float:
    """Run work that providers of infrastructure do [person-days a day]."""
    return design["cloud_share"] * model["infra_share"] * firm["run_load"] * firm["technologists"]


def own_pace(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Time that builders have for items once providers and enabling teams have taken their run work [person-days a day]."""
    share = productive(firm, design, model)
    taken = provided(firm, design, model) + parts.enabling * model["availability"] * model["enabling_leverage"] * share
    run = max(0.0, firm["run_load"] * firm["technologists"] - taken)
    time = model["availability"] * parts.builders * share * (1.0 - model["repay_share"])
    return max(time - run, model["pace_floor"] * parts.builders)


def vendors(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Vendors who do vendor_share of what is built at normal load: share / (1 − share) of the builders' own time, at price."""
    share = design["vendor_share"]
    time = model["vendor_supply"] * own_pace(parts, firm, design, model) * share / (1.0 - share)
    return time / model["availability"] * firm["vendor_price"] * firm["wage"]


def cloud(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Usage of providers' infrastructure, whose price rises with what is bought."""
    done = provided(firm, design, model)
    return done * firm["cloud_price"] * (1.0 + model["cloud_scale"] * done) * firm["wage"]


def reviews(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Business hours in central reviews of what is asked for: half of a review's work, the other half being technologists'."""
    mean_size = firm["size_median"] * math.exp(0.5 * firm["size_log_sd"] * firm["size_log_sd"])
    items = firm["change_load"] * firm["technologists"] / mean_size
    return design["governance_scope"] * model["review_share"] * items * 0.5 * model["review_effort"] * firm["wage"]


def adoption(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """Business hours of units that change how they work: their part of the change that is asked for, within their capacity."""
    arriving = model["kappa"] * firm["change_load"] * firm["technologists"]
    return min(1.0 - design["change_ownership"], model["unit_change_capacity"]) * arriving * firm["wage"]


def leaders(parts: Split, firm: Values, design: Values, model: Values) -> float:
    """What fluent leaders are paid above others, one a unit and one for technology."""
    premium = model["fluency_wage"] * design["leader_fluency"] * (1.0 + firm["talent_scarcity"])
    return (firm["units"] + 1.0) * premium * firm["wage"]


TERMS: Mapping[str, Term] = MappingProxyType({
    "technologists": technologists, "hiring": hiring, "liaisons": liaisons, "tools": tools, "experts": experts, "board": board,
    "vendors": vendors, "cloud": cloud, "reviews": reviews, "adoption": adoption, "leaders": leaders,
})  # fmt: skip
"""What a design costs, by name; the planned spend is their sum."""
