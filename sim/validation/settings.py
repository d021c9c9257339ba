"""Bare settings: a firm in which every mechanism is off but the one that a published result is about."""

from __future__ import annotations

from collections.abc import Mapping

from sim.model.begin import Blueprint, draw_up
from sim.model.catalogue import PARAMETERS
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM

UNLIMITED = 1e9

BARE_FIRM = {
    "units": 1.0, "run_load": 0.0, "size_log_sd": 0.0, "value_log_sd": 0.0, "value_tail_share": 0.0, "value_half_life": UNLIMITED,
    "data_work": 0.0, "mixed_items": 0.0, "turbulence": 0.0, "burstiness": 0.0, "turnover": 0.0, "spillover": 0.0,
    "unit_value_log_sd": 0.0, "unit_demand_log_sd": 0.0,
}  # fmt: skip
"""One unit, no run work, engineering only, nothing that turns over."""

BARE_DESIGN = {
    "tech_embedding": 1.0, "cross_functionality": 0.0, "delegation": 1.0, "funding_persistence": 1.0, "board_interval": 1.0,
    "funding_interval": 240.0, "release_interval": 1.0, "metrics_interval": 240.0,
}  # fmt: skip
"""Everybody sits with the unit, decides for themselves, and releases daily; every other coordinate is 0."""

BARE_MODEL = {
    "smallest_home": 0.0, "team_size": 1.0, "crew_limit": 1.0, "wip_low": 1.0, "wip_high": 1.0, "exponential_size": 1.0,
    "learning_interval": 1e6, "belief_dimensions": 2.0, "look_interval": 20.0,
}  # fmt: skip
"""Teams of one with one item in hand: servers; sizes from the exponential law."""


def switched_off() -> dict[str, float]:
    """Every parameter at the value that removes its effect, where it has one."""
    return {name: float(param.value if param.off is None else param.off) for name, param in PARAMETERS.items()}


def bare(firm: Mapping[str, float], design: Mapping[str, float], model: Mapping[str, float], days: int, warm_up: int = 0) -> Blueprint:
    """A bare firm with some values of its own; gives the blueprint that every run starts from."""
    return draw_up(
        {name: float(field.value) for name, field in FIRM.items()} | BARE_FIRM | dict(firm),
        {name: coordinate.low for name, coordinate in COORDINATES.items()} | BARE_DESIGN | dict(design),
        switched_off() | BARE_MODEL | dict(model),
        days,
        warm_up,
    )
