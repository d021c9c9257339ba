"""Small firms, designs between the shipped ones and random points of the whole space: what the tests of the model start from."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from hypothesis import strategies as st

from sim.api import load_scenario
from sim.model import kernel
from sim.model.begin import Blueprint, draw_up
from sim.model.catalogue import MECHANISMS, PARAMETERS
from sim.model.world import World
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM

_SHIPPED = load_scenario("branch_bank")
PARTNERSHIP, MODERN, PERVASIVE = (dict(_SHIPPED.designs[name].values) for name in ("partnership", "modern_partnership", "pervasive"))
MIDDLE = {name: 0.5 * (PARTNERSHIP[name] + PERVASIVE[name]) for name in COORDINATES}
PRESETS = {"partnership": PARTNERSHIP, "modern": MODERN, "pervasive": PERVASIVE, "middle": MIDDLE}

# More demand than people, and a high hurdle: every queue and every gate is in use.
FIRM_VALUES = {name: float(param.value) for name, param in FIRM.items()} | {"change_load": 0.2}
SMALL = {**FIRM_VALUES, "units": 4.0, "technologists": 48.0}
MODEL = {name: float(param.value) for name, param in PARAMETERS.items()} | {"hurdle": 4.0}

NO_BUSINESS = {"cross_functionality": 0.0, "executive_hours": 0.0, "review_effort": 0.0, "kappa": 0.0, "shadow_hazard": 0.0}
"""Nothing outside technology is paid for: no experts in teams, no executives' or reviewers' hours, no adoption and no shadow work."""


def off(*mechanisms: str) -> dict[str, float]:
    """The model's parameters with the named mechanisms at their off values."""
    switched = {name: param.off for mechanism in mechanisms for name, param in MECHANISMS[mechanism].items() if param.off is not None}
    assert switched or not mechanisms
    return {**MODEL, **switched}


def plan(
    design: Mapping[str, float] = MIDDLE,
    firm: Mapping[str, float] = SMALL,
    model: Mapping[str, float] = MODEL,
    days: int = 240,
    warm_up: int = 0,
    **changed: float,
) -> Blueprint:
    """A blueprint; `changed` are coordinates, firm fields or parameters by their own names, whichever they are.

    Raises KeyError for a name that is none of these.
    """
    tables = [dict(firm), dict(design), dict(model)]
    for name, value in changed.items():
        next(table for table in tables if name in table)[name] = float(value) if any(name in t for t in tables) else _unknown(name)
    return draw_up(*tables, days, warm_up)


def _unknown(name: str) -> float:
    raise KeyError(name)


def lived(seed: int = 1, **given: object) -> World:
    """The world on the last evening of one run of `plan(**given)`."""
    return kernel.simulate(plan(**given), seed)  # type: ignore[arg-type]


def rows(w: World) -> np.ndarray:
    """The rows of items that are in use."""
    return w.items[: w.firm[0].raised]


def changes(w: World) -> np.ndarray:
    """The items that units raised, in order."""
    return rows(w)[rows(w)["kind"] == 0]


def live(w: World) -> np.ndarray:
    """The items of demand that went live."""
    return changes(w)[changes(w)["stage"] == 10]


def designs() -> st.SearchStrategy[dict[str, float]]:
    """Any point of the space of designs, its corners among them."""
    axes = {name: st.one_of(st.sampled_from((axis.low, axis.high)), st.floats(axis.low, axis.high)) for name, axis in COORDINATES.items()}
    return st.fixed_dictionaries(axes)


def firms(most_units: int = 6, most_people: float = 60.0) -> st.SearchStrategy[dict[str, float]]:
    """Any plausible firm, smaller than most so that a run is quick."""
    fields = {name: st.floats(param.low, param.high) for name, param in FIRM.items()}
    fields["units"] = st.integers(1, most_units).map(float)
    fields["technologists"] = st.floats(6.0, most_people)
    return st.fixed_dictionaries(fields)


def models() -> st.SearchStrategy[dict[str, float]]:
    """Any plausible values of the model's parameters."""
    ranges = {
        name: st.integers(int(param.low), int(param.high)).map(float) if param.whole else st.floats(param.low, param.high)
        for name, param in PARAMETERS.items()
    }
    return st.fixed_dictionaries(ranges)


@st.composite
def points(draw: st.DrawFn) -> tuple[dict[str, float], dict[str, float]]:
    """(firm, design) in which somebody is left to build."""
    firm, design = draw(firms()), draw(designs())
    room = (firm["technologists"] - 1.0) / firm["units"]
    design["liaisons_per_unit"] = min(design["liaisons_per_unit"], room)
    return firm, design
