"""What --precision, --outcome and --max-replicates ask for, checked before a run is made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.core.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from sim.experiment.precision import Precision
    from sim.scenario.objects import Scenario

REMEDY = "the smaller, the longer: a half takes four times the histories"


def asked(
    scenario: Scenario, precision: str | None, outcome: str | None, ceiling: str | None, replicates_given: bool = False
) -> Precision | None:
    """What the options ask for, None where they do not; the half-width is given in the unit that the table prints.

    Raises InputError, naming the option, for whatever is wrong with it.
    """
    if precision is None:
        for option, text in (("--outcome", outcome), ("--max-replicates", ceiling)):
            if text is not None:
                raise InputError(option, "says how precise --precision is to be, which is not given", f"--precision 0.02 {option} {text}")
        return None
    if replicates_given:
        raise InputError("--precision with --replicates", "one says how many histories, the other when they are enough", "one of the two",
                         "--max-replicates limits --precision")  # fmt: skip
    if len(scenario.compare) < 2:
        raise InputError("--precision", f"is about a difference, and {scenario.compare[0]} is alone", "two designs or more",
                         "--designs partnership,pervasive")  # fmt: skip
    from sim.experiment.precision import CEILING
    from sim.experiment.precision import Precision as Asked
    from sim.model.outcomes import HEADLINE

    name = _outcome(HEADLINE[0] if outcome is None else outcome)
    return Asked(_half_width(precision, name), name, CEILING if ceiling is None else _ceiling(ceiling))


def _outcome(name: str) -> str:
    from sim.model.outcomes import NAMES

    if name not in NAMES:
        raise InputError(f"--outcome {name}", "there is no such outcome", "orgsim list outcomes", did_you_mean(name, NAMES))
    return name


def _half_width(text: str, outcome: str) -> float:
    """The half-width as outcomes are stored."""
    from sim.analysis.deciding import unit_of
    from sim.analysis.quantities import scale
    from sim.model.outcomes import OUTCOMES

    number = _number(text)
    if number is None or not (math.isfinite(number) and number > 0.0):
        allowed = f"a number above 0: half the width of the interval of {OUTCOMES[outcome].label}, in {unit_of(outcome)}"
        raise InputError(f"--precision {text}", "is not a number above 0", allowed, REMEDY)
    return number / scale(outcome)


def _ceiling(text: str) -> int:
    from sim.cli.options import MOST_REPLICATES
    from sim.experiment.sequences.looks import FLOOR

    number = _number(text)
    if number is None or number != number // 1 or not FLOOR <= number <= MOST_REPLICATES:
        allowed = f"a whole number from {FLOOR}, where the first look is, to {MOST_REPLICATES:,}"
        raise InputError(f"--max-replicates {text}", "is no number of histories that can be a ceiling", allowed)
    return int(number)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
