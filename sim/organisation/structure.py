"""Structure: from firm and design to who sits where. Deterministic, and nobody is lost on the way.

    liaisons   liaisons_per_unit · units, taken from the technologists
    enabling   enabling_share of the others
    embedded   tech_embedding of the rest, in equal parts in the units' homes; what is left is the pool, a home a specialism
    a home is cut into max(1, round(people / team_size)) equal teams

A group under `smallest_home` people joins a larger one: an enabling group and units' groups join the pool, a pool's specialisms
join each other, a whole pool joins the units. Where many things are shared out one by one (who is mixed, who does data science),
the k-th share is the fractional part of k times an irrational number, so that any stretch of teams has nearly the right mix.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.organisation.split import split

GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
SILVER = math.sqrt(2.0) - 1.0
SPECIALISMS = 2
ENGINEERING, DATA_SCIENCE = range(SPECIALISMS)
BOTH = -1


@dataclass(frozen=True)
class Home:
    """A place where teams belong: a unit's (unit ≥ 0), a pool's (specialism, or BOTH), one set apart or an enabling one (builds False)."""

    unit: int
    people: float
    specialism: int = BOTH
    builds: bool = True
    apart: bool = False


@dataclass(frozen=True)
class Structure:
    """Who sits where.

    homes          the units' homes in order (people 0 where nobody is embedded), then pools, then one set apart, then enabling
    team_home      (T,)    row of the team's home; a home's teams stand in a row
    team_people    (T,)    technologists in the team
    team_experts   (T,)    business experts in the team
    team_holds     (T, 2)  whether the team holds each specialism
    liaison_unit   (L,)    unit that each liaison row serves
    liaison_people (L,)    full-time liaisons of that unit
    leader_unit    (U+1,)  unit led; −1 for the technology leader
    leader_fluency (U+1,)  technology fluency
    """

    homes: tuple[Home, ...]
    team_home: np.ndarray
    team_people: np.ndarray
    team_experts: np.ndarray
    team_holds: np.ndarray
    liaison_unit: np.ndarray
    liaison_people: np.ndarray
    leader_unit: np.ndarray
    leader_fluency: np.ndarray

    @property
    def placed(self) -> float:
        """Technologists in teams and liaisons together."""
        return float(self.team_people.sum() + self.liaison_people.sum())


def fraction(k: int, number: float) -> float:
    """Fractional part of (k + ½) · number: spreads shares evenly over any stretch of k."""
    return math.modf((k + 0.5) * number)[0]


def group(
    firm: Mapping[str, float], design: Mapping[str, float], smallest: float, apart: float = 0.0, own: Sequence[Mapping[str, float]] = ()
) -> tuple[Home, ...]:
    """The homes and how many people each has. Total people = technologists less liaisons, whatever the design.

    apart  people set apart from both units and pool, with business experts of their own   [people]
    own    each unit's position, where not all are at `design`, which then is the firm's
    """
    parts = split(firm, design, smallest, apart, own)
    homes = [Home(unit, people) for unit, people in enumerate(parts.by_unit)]
    pool = parts.pool
    data = pool * firm["data_work"]
    if pool > 0.0 and min(data, pool - data) < smallest:
        homes.append(Home(-1, pool))
    elif pool > 0.0:
        homes += [Home(-1, pool - data, ENGINEERING), Home(-1, data, DATA_SCIENCE)]
    if parts.apart > 0.0:
        homes.append(Home(-1, parts.apart, apart=True))
    if parts.enabling > 0.0:
        homes.append(Home(-1, parts.enabling, builds=False))
    return tuple(homes)


def specialisms_held(team: int, home: Home, cross_functionality: float, data_work: float) -> tuple[bool, bool]:
    """What a team holds: everything where it is mixed, else its pool's specialism, else its turn's."""
    if home.apart or fraction(team, GOLDEN) < cross_functionality:
        return True, True
    if home.specialism != BOTH:
        return home.specialism == ENGINEERING, home.specialism == DATA_SCIENCE
    does_data = fraction(team, SILVER) < data_work
    return not does_data, does_data


def seat(
    firm: Mapping[str, float], design: Mapping[str, float], model: Mapping[str, float], apart: float = 0.0,
    own: Sequence[Mapping[str, float]] = (),
) -> Structure:  # fmt: skip
    """Seat everybody.

    firm, design  values by name, as in a scenario
    model         reads team_size, smallest_home and fluency_spread
    apart         people set apart from both units and pool   [people]
    own           each unit's position, where not all are at `design`, which then is the firm's
    """
    homes = group(firm, design, model["smallest_home"], apart, own)
    units = int(firm["units"])
    places = [*(own or [design] * units), design]  # a home outside the units has unit −1: the last
    team_home: list[int] = []
    team_people: list[float] = []
    team_experts: list[float] = []
    holds: list[tuple[bool, bool]] = []
    for row, home in enumerate(homes):
        mixed = places[home.unit]["cross_functionality"]
        teams = max(1, round(home.people / model["team_size"])) if home.people > 0.0 else 0
        for _ in range(teams):
            holds.append(specialisms_held(len(team_home), home, mixed, firm["data_work"]))
            team_home.append(row)
            team_people.append(home.people / teams)
            covered = 1.0 if home.apart else mixed if home.unit >= 0 else 0.0
            team_experts.append(covered * firm["business_experts"] * home.people / teams)
    building = [team for team in range(len(holds)) if homes[team_home[team]].builds]
    for specialism in range(SPECIALISMS):
        if not any(holds[team][specialism] for team in building):
            # Somebody has to be able to do it: the last team of the builders learns both.
            holds[building[-1]] = (True, True)
    liaisons = np.array([place["liaisons_per_unit"] for place in places[:units]], float)
    served = np.flatnonzero(liaisons > 0.0).astype(np.int32)
    spread = model["fluency_spread"]
    fluency = [place["leader_fluency"] + spread * (2.0 * fraction(k, GOLDEN) - 1.0) for k, place in enumerate(places)]
    return Structure(
        homes=homes,
        team_home=np.array(team_home, np.int32),
        team_people=np.array(team_people, float),
        team_experts=np.array(team_experts, float),
        team_holds=np.array(holds, bool).reshape(-1, SPECIALISMS),
        liaison_unit=served,
        liaison_people=liaisons[served],
        leader_unit=np.append(np.arange(units, dtype=np.int32), np.int32(-1)),
        leader_fluency=np.clip(fluency, 0.0, 1.0),
    )
