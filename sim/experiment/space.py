"""Space: numbers that are not known for certain, each with a plausible range, and points spread evenly over all of them.

Points are places between 0 and 1, one number a dimension; a place becomes a value by the range of its parameter. Every value has two
digits, so that what was tried is what stands in a file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.model.catalogue import MECHANISMS
from sim.scenario.firm import FIRM

if TYPE_CHECKING:
    from sim.core.parameters import Param
    from sim.scenario.objects import Scenario

BY_RATIO = 4.0
"""A range whose ends are further apart than this factor is drawn by ratio, as its starting point near the geometric middle says."""

DIGITS = 2
DEFINITION = "definition"


@dataclass(frozen=True)
class Dimension:
    """One number that is not known for certain.

    path   "firm.NAME" or "model.NAME"
    param  its declaration, with the range
    """

    path: str
    param: Param

    @property
    def name(self) -> str:
        """The name without its table."""
        return self.path.rpartition(".")[2]


def value_at(param: Param, share: float) -> float:
    """The value that lies at this share of a parameter's range, to two digits; by ratio where the range is wide.

    >>> value_at(FIRM["technologists"], 0.5), value_at(FIRM["units"], 1.0), value_at(FIRM["wage"], 0.5)
    (240.0, 40.0, 0.45)
    """
    value = float(_inside(param, np.array(share)))
    value = float(round(value)) if param.whole else float(f"{value:.{DIGITS}g}")
    return min(max(value, param.low), param.high) + 0.0


def column_of(param: Param, shares: np.ndarray) -> np.ndarray:
    """(N,) values at shares (N,), as `value_at` gives them but for halves, which may go to the other neighbour: quick for many.

    Two digits leave few values apart; only those are written out.
    """
    values = _inside(param, shares)
    if param.whole:
        return np.clip(np.round(values), param.low, param.high) + 0.0
    with np.errstate(divide="ignore"):
        power = np.where(values == 0.0, 0.0, np.floor(np.log10(np.abs(values)))).astype(int) - (DIGITS - 1)
    digits = np.round(values / 10.0**power).astype(int)
    apart, places = np.unique(np.stack([digits, power]), axis=1, return_inverse=True)
    written = np.array([float(f"{digit}e{exponent}") for digit, exponent in apart.T.tolist()])
    return np.clip(written[places.ravel()], param.low, param.high) + 0.0


def _inside(param: Param, shares: np.ndarray) -> np.ndarray:
    """Values at shares of a range, before digits are cut."""
    if param.low > 0.0 and param.high / param.low >= BY_RATIO:
        return np.asarray(param.low * (param.high / param.low) ** shares)
    return np.asarray(param.low + (param.high - param.low) * shares)


def is_uncertain(param: Param) -> bool:
    """Whether a parameter is a number that one may be wrong about.

    It is not where it has no range, where it defines what a word means, where it is a switch between two models, and where it stands at
    the value that leaves its effect out, so that only a published model asks for it.

    >>> is_uncertain(FIRM["wage"]), is_uncertain(MECHANISMS["trust"]["promise_share"])
    (True, False)
    """
    is_switch = param.whole and (param.low, param.high) == (0.0, 1.0)
    return param.low < param.high and param.source_key != DEFINITION and not is_switch and param.off != param.value


def dimensions(scenario: Scenario, held: Collection[str] = ()) -> tuple[Dimension, ...]:
    """Every uncertain number of a scenario's firm and of the mechanisms that are on; `held` are paths that are known.

    Coordinates are not among them: a design is chosen, not guessed.
    """
    tables = [("firm", FIRM), *(("model", table) for name, table in MECHANISMS.items() if name not in scenario.off)]
    found = [Dimension(f"{table}.{name}", param) for table, params in tables for name, param in params.items() if is_uncertain(param)]
    return tuple(each for each in found if each.path not in held)


def spread_evenly(points: int, dimensions: int, generator: np.random.Generator) -> np.ndarray:
    """(points, dimensions) places, one in each of `points` equal slices of every dimension.

    Latin hypercube: McKay, Beckman & Conover (1979), Technometrics 21, 239–245 [mckay1979].
    """
    # Loaded where it is needed: it brings half a second.
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(dimensions, rng=generator).random(points))


def values_of(dimensions: Sequence[Dimension], place: np.ndarray) -> dict[str, float]:
    """Path → value at a place (K,)."""
    return {each.path: value_at(each.param, float(share)) for each, share in zip(dimensions, place, strict=True)}
