"""Winners: the designs compared, lived on every firm of an ensemble."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.ablation import ablations
from sim.experiment.comparison import Failure
from sim.experiment.firms import own_seed
from sim.experiment.variants import Variant, run_variants
from sim.model.outcomes import HEADLINE, INDEX
from sim.scenario.changed import changed, what_is_wrong

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

PLACE = INDEX[HEADLINE[0]]
FRESH = 1
"""Added to the seed, so that no firm is judged on the histories for which it was kept."""


@dataclass(frozen=True, eq=False)
class Lived:
    """What the designs earned on every firm.

    numbers   (F,) number of each firm in its ensemble, from 1
    earned    (F, D, R) return on spend, paired by seed
    senseless numbers of the firms on which not every design can be had
    failures  runs that failed
    """

    designs: tuple[str, ...]
    numbers: np.ndarray
    earned: np.ndarray
    senseless: tuple[int, ...]
    failures: tuple[Failure, ...]


def scenarios_of(scenario: Scenario, firms: Sequence[Mapping[str, float]]) -> tuple[dict[int, Scenario], tuple[int, ...]]:
    """(number from 1 → the scenario on that firm, numbers of those on which not every design can be had)."""
    every = {number: changed(scenario, firm) for number, firm in enumerate(firms, start=1)}
    senseless = tuple(number for number, one in every.items() if what_is_wrong(one))
    return {number: one for number, one in every.items() if number not in senseless}, senseless


def live_on(
    scenario: Scenario, firms: Sequence[Mapping[str, float]], replicates: int, seed: int, workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Lived:  # fmt: skip
    """Live every design compared on every firm, on few histories of its own."""
    sensible, senseless = scenarios_of(scenario, firms)
    variants = [Variant(str(number), one, own_seed(one, seed + FRESH)) for number, one in sensible.items()]
    found = run_variants(variants, replicates, seed, workers, progress)
    earned = np.array([one.outcomes[:, :, PLACE] for one in found]).reshape(len(found), len(scenario.compare), replicates)
    return Lived(scenario.compare, np.array(list(sensible)), earned, senseless, tuple(failure for one in found for failure in one.failures))


def live_without(
    scenario: Scenario, firms: Sequence[Mapping[str, float]], replicates: int, seed: int, workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Mechanism → (F, D) mean return on these firms with it off, on the same histories; the first entry has all on."""
    sensible, _ = scenarios_of(scenario, firms)
    every = [(variant.name, Variant(variant.name, variant.scenario, own_seed(one, seed + FRESH)))
             for one in sensible.values() for variant in ablations(one)]  # fmt: skip
    found = run_variants([variant for _, variant in every], replicates, seed, workers, progress)
    rows: dict[str, list[np.ndarray]] = {}
    for (name, _), one in zip(every, found, strict=True):
        with np.errstate(invalid="ignore"):
            rows.setdefault(name, []).append(np.nanmean(one.outcomes[:, :, PLACE], axis=1))
    return {name: np.array(values) for name, values in rows.items()}
