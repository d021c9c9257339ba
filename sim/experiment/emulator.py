"""Emulator: a polynomial that says within a moment what the simulation would give, and how far off that may be.

    y ≈ b₀ + Σ bₖ · φₖ(x)        φₖ one of  xᵢ,  xᵢ · xⱼ  (i = j included), x from −1 to 1

Terms come in one at a time, the one that explains most of what is left first; a product may come in once one of its factors has, and
only with another such factor (active inputs: Vernon, Goldstein & Bower 2010 [vernon2010], section 3.2). How many terms stay is decided
by the Bayesian information criterion (Schwarz 1978 [schwarz1978]). The error is that of leaving each point out in turn, so it holds the
chance of the simulation too. No term is chosen by anyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Term = tuple[int, ...]
"""Inputs that are multiplied; () is the constant."""

MOST_TERMS = 60
FEWEST_POINTS = 30
"""Below so many points nothing is fitted."""

SELECTION = 1.5
"""Times the criterion's penalty: terms are picked from hundreds, so the best of them looks better than it is."""

PATIENCE = 12
"""Terms that come in without an improvement before the search for more ends."""

TINY = 1e-9


@dataclass(frozen=True, eq=False)
class Emulator:
    """What was fitted.

    terms         what is added up
    coefficients  (terms,)
    error         standard deviation of a new point around the polynomial
    explained     share of the variance among the points that is explained, each point being left out in turn; at least 0
    """

    terms: tuple[Term, ...]
    coefficients: np.ndarray
    error: float
    explained: float

    def at(self, places: np.ndarray) -> np.ndarray:
        """(N,) expected values at places (N, K) between 0 and 1."""
        return _columns(_centred(places), self.terms) @ self.coefficients

    @property
    def active(self) -> tuple[int, ...]:
        """Inputs that the polynomial reads, in the order in which they came in."""
        return tuple(dict.fromkeys(number for term in self.terms for number in term))


def fitted(places: np.ndarray, values: np.ndarray) -> Emulator | None:
    """Fit values (N,) at places (N, K); points without a value are left out. None where there are too few, or all are alike."""
    there = np.isfinite(values)
    x, y = _centred(places[there]), values[there]
    if len(y) < FEWEST_POINTS or np.ptp(y) <= TINY * max(1.0, float(np.abs(y).max())):
        return None
    terms = _select(x, y, min(MOST_TERMS, len(y) // 4))
    columns = _columns(x, terms)
    coefficients, *_ = np.linalg.lstsq(columns, y, rcond=None)
    leverage = (np.linalg.qr(columns)[0] ** 2).sum(axis=1)
    left_out = (y - columns @ coefficients) / np.maximum(1.0 - leverage, 0.05)
    error = float(np.sqrt((left_out * left_out).mean()))
    return Emulator(tuple(terms), coefficients, error, max(0.0, 1.0 - error * error / float(y.var())))


def _centred(places: np.ndarray) -> np.ndarray:
    return 2.0 * places - 1.0


def _columns(x: np.ndarray, terms: Sequence[Term]) -> np.ndarray:
    return np.column_stack([np.prod(x[:, term], axis=1) if term else np.ones(len(x)) for term in map(list, terms)])


def _select(x: np.ndarray, y: np.ndarray, most: int) -> list[Term]:
    """The terms that stay, the constant first: Gram–Schmidt, one column at a time."""
    points = len(y)
    pool: list[Term] = [(number,) for number in range(x.shape[1])]
    # What of each candidate is not yet explained by the terms that are in; kept up to date, so that a step costs one product.
    rest = x - x.mean(axis=0)
    basis = np.full((points, 1), 1.0 / np.sqrt(points))
    left = y - y.mean()
    chosen: list[Term] = [()]
    factors: list[int] = []
    criteria = [points * np.log(max(float(left @ left), TINY))]
    for _ in range(most):
        size = (rest * rest).sum(axis=0)
        gain = np.where(size > TINY * points, (left @ rest) ** 2 / np.maximum(size, TINY), 0.0)
        best = int(np.argmax(gain))
        if gain[best] <= 0.0:
            break
        direction = rest[:, best] / np.sqrt(size[best])
        chosen.append(pool[best])
        left = left - direction * (direction @ left)
        basis = np.column_stack([basis, direction])
        rest = rest - np.outer(direction, direction @ rest)
        rest[:, best] = 0.0
        criteria.append(points * np.log(max(float(left @ left), TINY)) + SELECTION * np.log(points) * len(chosen))
        if len(criteria) - 1 - int(np.argmin(criteria)) >= PATIENCE:
            break
        for number in pool[best]:
            if number not in factors:
                factors.append(number)
                products = [tuple(sorted((number, other))) for other in factors]
                more = _columns(x, products)
                pool += products
                rest = np.column_stack([rest, more - basis @ (basis.T @ more)])
    return chosen[: int(np.argmin(criteria)) + 1]
