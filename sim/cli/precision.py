"""What --precision, --outcome, --of and --max-replicates ask for, checked before a run is made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.core.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from sim.experiment.precision import Precision
    from sim.scenario.objects import Scenario

REMEDY = "the smaller, the longer: a half takes four times the histories"


def asked(scenario: Scenario, options: Mapping[str, str | None], replicates_given: bool = False) -> Precision | None:
    """What the options ask for, None where they do not; the half-width is given in the unit that the table prints.

    options  --precision, --outcome, --of and --max-replicates → what was given, None where nothing was

    Raises InputError, naming the option, for whatever is wrong with it.
    """
    precision = options["--precision"]
    if precision is None:
        for option, text in options.items():
            if text is not None:
                raise InputError(option, "says how precise --precision is to be, which is not given", f"--precision 0.02 {option} {text}")
        return None
    if replicates_given:
        raise InputError("--precision with --replicates", "one says how many histories, the other when they are enough", "one of the two",
                         "--max-replicates limits --precision")  # fmt: skip
    if len(scenario.compare) < 2:
        raise InputError("--precision", f"is about a difference, and {scenario.compare[0]} is alone", "two designs or more",
                         "--designs partnership,pervasive")  # fmt: skip
    from sim.experiment.measures import MEAN
    from sim.experiment.precision import CEILING
    from sim.experiment.precision import Precision as Asked
    from sim.model.outcomes import HEADLINE

    outcome, of, ceiling = options["--outcome"], options["--of"], options["--max-replicates"]
    name = _outcome(HEADLINE[0] if outcome is None else outcome)
    measure = _measure(MEAN if of is None else of, name)
    return Asked(_half_width(precision, name, measure), name, CEILING if ceiling is None else _ceiling(ceiling), of=measure)


def _outcome(name: str) -> str:
    from sim.model.outcomes import NAMES

    if name not in NAMES:
        raise InputError(f"--outcome {name}", "there is no such outcome", "orgsim list outcomes", did_you_mean(name, NAMES))
    return name


def _measure(name: str, outcome: str) -> str:
    from sim.experiment.measures import MEASURES
    from sim.model.outcomes import OUTCOMES

    if name not in MEASURES:
        raise InputError(f"--of {name}", "there is no such measure", f"one of {', '.join(MEASURES)}", did_you_mean(name, MEASURES))
    if MEASURES[name].is_share and not OUTCOMES[outcome].better:
        raise InputError(f"--of {name}", f"neither more nor less of {outcome} is better", "an outcome of which one is, or --of mean")
    return name


def _half_width(text: str, outcome: str, measure: str) -> float:
    """The half-width as outcomes, and shares of histories, are stored."""
    from sim.analysis.deciding import unit_of
    from sim.analysis.quantities import scale
    from sim.experiment.measures import MEASURES
    from sim.model.outcomes import OUTCOMES

    number, is_share = _number(text), MEASURES[measure].is_share
    if number is None or not (math.isfinite(number) and number > 0.0):
        unit = "points" if is_share else unit_of(outcome)
        allowed = f"a number above 0: half the width of the interval of {OUTCOMES[outcome].label}, in {unit}"
        raise InputError(f"--precision {text}", "is not a number above 0", allowed, REMEDY)
    return number / (100.0 if is_share else scale(outcome))


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
