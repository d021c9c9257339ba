"""Budget: what an organisation is planned to cost a day, term by term, and how many technologists make two designs cost the same.

Everything is what people and prices make it before a single day is lived. What a run then really spends differs a little: meetings
fall on days, people leave, vendors come and go, breaches happen. The terms stand in `sim.organisation.prices`.
"""

from __future__ import annotations

import math
from functools import lru_cache

from sim.organisation.prices import TERMS, Values, vacant
from sim.organisation.split import split
from sim.scenario.settings import EQUAL_SPEND, EQUAL_TECHNOLOGY

HALVINGS = 200
"""Steps of the bisection: more than a float has digits."""

Items = tuple[tuple[str, float], ...]


def planned_terms(firm: Values, design: Values, model: Values, seated: float) -> dict[str, float]:
    """Each term [thousand a day] of a firm with `seated` technologists, liaisons included, under a design."""
    parts = split({**firm, "technologists": seated}, design, model["smallest_home"])
    return {name: term(parts, firm, design, model) for name, term in TERMS.items()}


def planned_spend(firm: Values, design: Values, model: Values, seated: float, without: str = "") -> float:
    """What a firm with `seated` technologists would cost under a design, one term left out where it is named [thousand a day]."""
    # Exact: Python adds floats up differently from 3.12 on, and the last digit would decide how many are seated.
    return math.fsum(cost for name, cost in planned_terms(firm, design, model, seated).items() if name != without)


def fewest(firm: Values, design: Values) -> float:
    """The fewest technologists that leave one to build: liaisons are taken from them."""
    return design["liaisons_per_unit"] * int(firm["units"]) + 1.0


def matched(firm: Values, first: Values, design: Values, model: Values, without: str = "") -> float:
    """How many technologists make a design cost what the first one costs with the technologists of the firm's file.

    without  a term that is nobody's in both

    Spend is linear in technologists but for small steps where a group becomes large enough to be a team of its own; where the first
    one's spend lies within such a step, the nearer side of it is taken.

    Raises ValueError where not even one technologist beside the liaisons is paid for.
    """
    return _matched(*(tuple(values.items()) for values in (firm, first, design, model)), without)


@lru_cache(maxsize=64)
def _matched(firm_items: Items, first_items: Items, design_items: Items, model_items: Items, without: str) -> float:
    """The same of values as pairs: a design is checked and then drawn up, and asks twice."""
    firm, first, design, model = map(dict, (firm_items, first_items, design_items, model_items))
    target = planned_spend(firm, first, model, firm["technologists"], without)

    def excess(seated: float) -> float:
        return planned_spend(firm, design, model, seated, without) - target

    # Everybody costs at least the wage of a post as often as it is held, so that many people cost at least as much as there is.
    low, high = fewest(firm, design), target / (firm["wage"] * (1.0 - vacant(firm, design, model)))
    if excess(low) > 0.0 or low > high:
        raise ValueError(f"{target:g} thousand a day do not pay for {low:g} technologists and what comes with them")
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if not low < middle < high:
            break
        if excess(middle) <= 0.0:
            low = middle
        else:
            high = middle
    return low if abs(excess(low)) <= abs(excess(high)) else high


def seats(firm: Values, first: Values, design: Values, model: Values, equal: str) -> float:
    """How many technologists a design has beside the first one, by what the designs compared have in common.

    equal  "money": as many as make it cost the same; "technology": the same, business experts in teams being paid by the business;
           "headcount": as many as the firm's file says

    Raises ValueError where a design cannot be had for the first one's money.
    """
    # The first one has the file's number to the last digit, which a search would only come near to.
    if equal not in EQUAL_SPEND or design == first:
        return firm["technologists"]
    return matched(firm, first, design, model, "experts" if equal == EQUAL_TECHNOLOGY else "")

