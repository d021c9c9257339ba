"""Small comparisons whose numbers are known: two or three designs, every outcome the same, unless a test says otherwise."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from sim.experiment.comparison import Comparison
from sim.model.outcomes import INDEX, NAMES
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM
from sim.scenario.objects import Design, RunSettings, Scenario


def scenario(designs: tuple[str, ...]) -> Scenario:
    """A scenario in which all designs are the same point."""
    values = {name: coordinate.low for name, coordinate in COORDINATES.items()}
    return Scenario(
        "plain",
        "Plain firm",
        "",
        None,
        "shipped",
        {name: param.value for name, param in FIRM.items()},
        {name: Design(name, "", values) for name in designs},
        designs,
        {},
        (),
        RunSettings(),
    )


def comparison(values: np.ndarray, designs: tuple[str, ...] = (), **given: object) -> Comparison:
    """A comparison with `values` (D, R, O), or (D, R) for the same value in every outcome."""
    values = np.asarray(values, float)
    if values.ndim == 2:
        values = np.repeat(values[:, :, None], len(NAMES), axis=2)
    designs = designs or ("first", "second", "third")[: len(values)]
    beyond = given.pop("beyond", np.zeros(values.shape, bool))
    return Comparison(scenario(designs), designs, np.arange(values.shape[1]), values, beyond, **given)


def with_outcomes(replicates: int = 60, **means: tuple[float, ...]) -> Comparison:
    """A comparison in which the named outcomes have these means by design, and all others are 1; a little luck of each run's own."""
    count = len(next(iter(means.values())))
    levels = np.ones((count, len(NAMES)))
    for name, values in means.items():
        levels[:, INDEX[name]] = values
    # Each outcome has a generator of its own, so that a new outcome leaves the others' luck as it is.
    luck = np.stack([np.random.default_rng([3, crc32(name.encode())]).normal(0.0, 0.004, (count, replicates)) for name in NAMES], axis=2)
    return comparison(levels[:, None, :] * (1.0 + luck))
