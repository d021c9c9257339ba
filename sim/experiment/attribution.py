"""Mixes: every design that takes some bundles from one design and the others from another, on the seeds of a comparison.

A bundle goes as a whole: what depends on each other within it (who sits where, and who stands between) travels together. Each mix is
seated by the rule of the comparison, so that under equal money it costs what the first design costs, and the two ends are the designs
compared, run for run and bit for bit. Mixes of the same coordinates are one design and are run once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import InputError
from sim.experiment.compare import blueprints
from sim.experiment.comparison import Comparison, Failure
from sim.experiment.executors import cores
from sim.experiment.histories import live_all
from sim.model.kernel import run
from sim.organisation.coordinates import BUNDLES, COORDINATES
from sim.scenario.changed import what_is_wrong
from sim.scenario.objects import FrozenMap

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

SETS = 1 << len(BUNDLES)
"""Mixes of two designs, both of them among these."""


@dataclass(frozen=True, eq=False)
class Mixes:
    """Runs of every mix of two designs.

    outcomes, beyond  (2^n, R, O) by set of bundles; bit b of the place says that bundle b is the second design's
    designs           how many different ones there are
    """

    first: str
    second: str
    outcomes: np.ndarray
    beyond: np.ndarray
    designs: int
    failures: tuple[Failure, ...]
    seconds: float


def mixed(first: Mapping[str, float], second: Mapping[str, float], bundles: int) -> dict[str, float]:
    """Coordinates of the first design, those of some bundles from the second; bit b of `bundles` stands for bundle b."""
    taken = {bundle for place, bundle in enumerate(BUNDLES) if bundles >> place & 1}
    return {name: float((second if axis.bundle in taken else first)[name]) for name, axis in COORDINATES.items()}


def mix_name(first: str, second: str, bundles: int) -> str:
    """What a mix is called: `partnership with structure and practice of pervasive`, in a name's spelling."""
    taken = [bundle for place, bundle in enumerate(BUNDLES) if bundles >> place & 1]
    return f"{first} with {' and '.join(taken)} of {second}"


def mixes_of(scenario: Scenario, second: str, first: str = "") -> tuple[Scenario, list[str]]:
    """(the scenario with every mix among its designs, (2^n) name of the design that each set of bundles makes).

    first  the design that is left; the first one compared where empty

    The two designs themselves keep their names, and a mix that equals another has that one's name.

    Raises InputError for a mix that the firm cannot have: without it there are no exact shares.
    """
    first = first or scenario.compare[0]
    one, other = scenario.designs[first], scenario.designs[second]
    names = {tuple(one.values[name] for name in COORDINATES): first}
    names.setdefault(tuple(other.values[name] for name in COORDINATES), second)
    designs, places = dict(scenario.designs), []
    for bundles in range(SETS):
        values = mixed(one.values, other.values, bundles)
        name = names.setdefault(tuple(values.values()), mix_name(first, second, bundles))
        designs.setdefault(name, replace(one, name=name, values=FrozenMap(values)))
        places.append(name)
    for name in dict.fromkeys(places):
        wrong = what_is_wrong(replace(scenario, designs=FrozenMap(designs), compare=tuple(dict.fromkeys((scenario.compare[0], name)))))
        if wrong:
            raise InputError(f"attribution of {second}", f"one of the mixed designs cannot be had: {wrong}",
                             f"all {SETS} mixes of both designs", 'run.equal = "headcount" asks for less')  # fmt: skip
    return replace(scenario, designs=FrozenMap(designs)), places


def live_mixes(
    comparison: Comparison, second: str, workers: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Mixes:
    """Every mix of a comparison's first design and another of its designs, on its seeds; what it has run already is not run again.

    workers   threads that share the runs, all processors where None; results do not depend on it
    progress  called with (runs done, runs in all)

    Raises InputError where a mix cannot be had. A run that fails becomes a Failure, and the others go on.
    """
    started = time.perf_counter()
    first = comparison.designs[0]
    scenario, places = mixes_of(comparison.scenario, second)
    known = {first: 0, second: comparison.designs.index(second)}
    new = [name for name in dict.fromkeys(places) if name not in known]
    outcomes = {name: (comparison.outcomes[place], comparison.beyond[place]) for name, place in known.items()}
    failures: tuple[Failure, ...] = ()
    if new:
        plans = blueprints(scenario, new)
        found = live_all(new, comparison.seeds, plans[0].world.series.shape, lambda place, seed: run(plans[place], seed),
                         workers or cores(), progress)  # fmt: skip
        outcomes |= {name: (found.outcomes[place], found.beyond[place]) for place, name in enumerate(new)}
        failures = found.failures
    values, beyond = (np.stack([outcomes[name][part] for name in places]) for part in (0, 1))
    return Mixes(first, second, values, beyond, len(set(places)), failures, time.perf_counter() - started)
