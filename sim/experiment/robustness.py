"""Re-runs that should not matter: another order of the day, a longer warm-up, another equal basis, other seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.experiment.variants import Variant
from sim.model.day_reversed import run_reversed
from sim.scenario.changed import changed, what_is_wrong
from sim.scenario.settings import EQUAL

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

AS_IT_IS = "as it is"
OTHER_ORDER = "the day in reverse order"
LONGER_WARM_UP = "twice the warm-up"
OTHER_SEEDS = 10


def rechecks(scenario: Scenario, seed: int, other_seeds: int = OTHER_SEEDS) -> list[Variant]:
    """The scenario as it is, then re-run in each way.

    A warm-up of no days cannot be doubled, and an equal basis is only changed where there is another one.
    """
    found = [Variant(AS_IT_IS, scenario), Variant(OTHER_ORDER, scenario, kernel=run_reversed)]
    longer = changed(scenario, {"run.warm_up": 2 * scenario.run.warm_up})
    if longer != scenario and not what_is_wrong(longer):
        found.append(Variant(LONGER_WARM_UP, longer))
    others = [basis for basis in EQUAL if basis != scenario.run.equal]
    found += [Variant(f"equal {basis}", changed(scenario, {"run.equal": basis})) for basis in others]
    return found + [Variant(f"seed {seed + step}", scenario, seed + step) for step in range(1, other_seeds + 1)]
