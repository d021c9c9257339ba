"""Conventions: other ways of counting the same thing, each of which somebody could defend.

Bookkeeping can move a verdict more than any mechanism does. So each open reading is declared here, as another outcome that is
read, another value that is set, or both; what today's outcomes, parameters and equal bases cannot express is left out by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from sim.core.parameters import Param
from sim.experiment.comparison import Comparison
from sim.experiment.variants import Variant
from sim.model.catalogue import PARAMETERS
from sim.model.outcomes import HEADLINE, INDEX
from sim.scenario.changed import changed
from sim.scenario.firm import FIRM
from sim.scenario.settings import EQUAL, EQUAL_TECHNOLOGY, RUN

if TYPE_CHECKING:
    from sim.scenario.objects import Scenario

LOW, HIGH, OFF = "low", "high", "off"
"""A value named instead of written: an end of the declared range, or where the effect is gone."""

NOTHING: Mapping[str, str | float] = MappingProxyType({})


@dataclass(frozen=True)
class Convention:
    """One way of counting.

    name      a few words
    sentence  what is counted, and how
    of        headline outcome that is counted in this way; whichever comes first where empty
    over      outcome that is read instead; the same one where empty
    under, less   outcomes that count a year: what is read is over ÷ (years counted · (under − less))
    values    path → value of the scenario: a number, a word, or one of LOW, HIGH and OFF of that number's declaration
    """

    name: str
    sentence: str
    of: str = ""
    over: str = ""
    under: str = ""
    less: str = ""
    values: Mapping[str, str | float] = field(default_factory=lambda: NOTHING)

    @property
    def outcome(self) -> str:
        """The headline outcome that is counted."""
        return self.of or HEADLINE[0]

    @property
    def reads(self) -> tuple[str, ...]:
        """Every outcome that it takes."""
        return tuple(name for name in (self.outcome, self.over, self.under, self.less) if name)


USUAL = "as it is counted"

SPEED, RETURN = "lead_time_median", "return_on_spend"

CONVENTIONS = (
    Convention("all that went live", "every item that went live in the window counts, whenever it was raised; what is still open does not",
               of=SPEED, over="lead_time_median_all"),
    Convention("mean of the finished", "the mean of the window's items that went live, so that slow ones still open drop out",
               of=SPEED, over="lead_time_mean"),
    Convention("from the first day of work", "the clock starts when somebody begins to build, and not when the business asks",
               of=SPEED, over="delivery_time_median"),
    Convention("nobody gives up", "waiting items are never withdrawn, however old", values={"model.give_up_share": OFF}),
    Convention("without the tail", "only what is earned inside the window counts, not what live items will still earn",
               of=RETURN, over="benefits_money_window", under="cost_total"),
    Convention("experts outside the budget", "business experts in teams are paid by the business and are no technology spend",
               of=RETURN, over="benefits_money", under="cost_total", less="spend_experts",
               values={"run.equal": EQUAL_TECHNOLOGY}),
    Convention("sent to the shortest queue", "items go to whoever would be done first, however little of them is understood there",
               of=RETURN, values={"model.heed": OFF}),
    Convention("dearer cloud", "providers ask the highest plausible price", values={"firm.cloud_price": HIGH}),
)  # fmt: skip
"""Every declared way of counting but the usual one and the equal bases, which are a list of their own."""


def conventions(scenario: Scenario, declared: Sequence[Convention] = CONVENTIONS) -> list[Convention]:
    """The usual way for each headline outcome that can be counted otherwise, then the other ways that can be expressed."""
    other = [convention for convention in (*declared, *_equal_bases(scenario)) if is_expressible(convention)]
    names = [name for name in HEADLINE if any(convention.outcome == name for convention in other)]
    usual = [Convention(USUAL, "the items raised in the window; those still open count with the days they have waited", of=name)
             if name == SPEED else Convention(USUAL, "as the outcome is declared", of=name) for name in names or HEADLINE[:1]]  # fmt: skip
    return sorted([*usual, *other], key=lambda convention: HEADLINE.index(convention.outcome))


def _equal_bases(scenario: Scenario) -> list[Convention]:
    """A convention for each other thing that the designs could have in common."""
    usual = scenario.run.equal
    return [
        Convention(f"equal {basis}", f"the designs have the same {basis} instead of the same {usual}", values={"run.equal": basis})
        for basis in EQUAL
        if basis not in (usual, EQUAL_TECHNOLOGY)  # that one has a way of counting of its own
    ]


def is_expressible(convention: Convention) -> bool:
    """Whether the model has the outcomes, the keys and the values that a convention needs."""
    if convention.outcome not in HEADLINE or any(name not in INDEX for name in convention.reads):
        return False
    return all(path == "run.equal" or _value(path, value) is not None for path, value in convention.values.items())


def _value(path: str, value: str | float) -> float | None:
    """A value as a number; None where there is no such key, or it has no such end."""
    tables: dict[str, Mapping[str, Param]] = {"firm": FIRM, "model": PARAMETERS, "run": RUN}
    table, _, name = path.partition(".")
    param = tables.get(table, {}).get(name)
    if param is None:
        return None
    if isinstance(value, str):
        return {LOW: param.low, HIGH: param.high, OFF: param.off}[value]
    return value


def variants_of(scenario: Scenario, ways: Sequence[Convention]) -> tuple[list[Variant], list[int]]:
    """(the comparisons to run, the first being the scenario itself; which of them each convention reads)."""
    variants, places = [Variant(USUAL, scenario)], []
    for way in ways:
        values = {path: value if path == "run.equal" else _value(path, value) for path, value in way.values.items()}
        known = {path: value for path, value in values.items() if value is not None}
        if known:
            variants.append(Variant(way.name, changed(scenario, known)))
        places.append(len(variants) - 1 if known else 0)
    return variants, places


def read(convention: Convention, comparison: Comparison) -> tuple[np.ndarray, np.ndarray]:
    """((D, R) what the convention counts in each run, (D, R) bool: a quantile that was not reached)."""
    over = INDEX[convention.over or convention.outcome]
    values = comparison.outcomes[:, :, over]
    if convention.under:
        spent = comparison.outcomes[:, :, INDEX[convention.under]]
        if convention.less:
            spent = spent - comparison.outcomes[:, :, INDEX[convention.less]]
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.where(spent > 0.0, values / (comparison.years * spent), np.nan)
    return values, comparison.beyond[:, :, over]
