"""How replication ended, and which designs may be the best, in words."""

from __future__ import annotations

import math

from sim.analysis.deciding import unit_of
from sim.analysis.quantities import clear_of_zero, decimals, listed, number, plain, scale, sentence
from sim.analysis.results import Analysis, Best
from sim.experiment.precision import NO_MEAN, REACHED, Stopped
from sim.model.outcomes import HEADLINE, OUTCOMES

RULE = (
    "confidence sequences, which hold at every look: asymptotic for means, beta-binomial for shares of histories; looks after fixed "
    "numbers of pairs, in the order of the seeds"
)
FIRST_LOOKS = 3


def ending(stopped: Stopped) -> str:
    """How well the difference asked about is known, and after how many pairs; then why the intervals may be believed."""
    return f"{_known(stopped)} {_looked(stopped)}"


def _known(stopped: Stopped) -> str:
    asked, name = stopped.precision, OUTCOMES[stopped.precision.outcome].label
    goal = width(asked.half_width, asked.outcome)
    if stopped.end == NO_MEAN:
        return sentence(f"{name} cannot be known to {goal}: some design surely does not reach it in more histories than a mean can bear, "
                        f"so that its mean is only a bound; {stopped.pairs} pairs showed it.")  # fmt: skip
    widest = max(stopped.half_widths.values())
    if stopped.end == REACHED:
        wanted_width = bare(asked.half_width, asked.outcome)
        return sentence(f"{name} is known to {width(widest, asked.outcome)}, as asked ({wanted_width}), after {stopped.pairs:,} pairs.")
    ceiling = f"the ceiling of {stopped.pairs:,} pairs came first"
    if math.isinf(widest):
        return sentence(f"{name} is not known to {goal}: {ceiling}, and too few of them differ, or have a value, for an interval.")
    wanted = stopped.pairs * (widest / asked.half_width) ** 2
    return sentence(f"{name} is known to {width(widest, asked.outcome)} only, not to {goal} as asked: {ceiling}. "
                    f"It would take about {_rounded(wanted)}.")  # fmt: skip


def _looked(stopped: Stopped) -> str:
    looks = stopped.precision.looks
    first = ", ".join(f"{look}" for look in looks[: min(FIRST_LOOKS, stopped.looks)])
    more = " …" if stopped.looks > FIRST_LOOKS else ""
    times = "once, after" if stopped.looks == 1 else f"{stopped.looks} times, after"
    return (f"Looked at {times} {first}{more} pairs, in the order of the seeds; the intervals are confidence sequences, "
            "which hold at every look.")  # fmt: skip


def width(half_width: float, outcome: str) -> str:
    """A half-width with its unit, as "±0.02 per 1 spent".

    >>> width(0.0184, "return_on_spend"), width(0.02, "finished_share")
    ('±0.018 per 1 spent', '±2 points')
    """
    return f"{bare(half_width, outcome)} {unit_of(outcome)}".rstrip()


def bare(half_width: float, outcome: str) -> str:
    """A half-width to two figures, without its unit.

    >>> bare(4.0, "lead_time_median"), bare(1234.0, "cost_total")
    ('±4', '±1.2')
    """
    value = scale(outcome) * half_width
    text = number(value, 0 if value >= 100 else max(0, 1 - math.floor(math.log10(value))))
    return f"±{text.rstrip('0').rstrip('.') if '.' in text else text}"


def _rounded(pairs: float) -> str:
    """A number of pairs to two figures.

    >>> _rounded(2437.0), _rounded(18.0)
    ('2,400', '18')
    """
    digits = max(0, math.floor(math.log10(pairs)) - 1)
    return f"{round(pairs, -digits):,.0f}"


def best_in_words(analysis: Analysis) -> list[str]:
    """Which designs cannot be told from the best: in the first headline outcome, and in the one that precision was asked of."""
    asked = [analysis.stopped.precision.outcome] if analysis.stopped else []
    return [_best(analysis.best[name]) for name in dict.fromkeys([HEADLINE[0], *asked]) if name in analysis.best]


def _best(best: Best) -> str:
    label = OUTCOMES[best.outcome].label
    if len(best.designs) == 1:
        return f"Best in {label}, for sure: {plain(best.designs[0])}."
    kept = listed([plain(design) + _behind(best, design) for design in best.designs])
    if not best.told:
        return f"None of the designs can be told from the best in {label}: {kept}."
    told = f"{listed([plain(design) for design in best.told])} surely {'is' if len(best.told) == 1 else 'are'} not the best"
    return f"Cannot be told from the best in {label}: {kept}; {told}."


def _behind(best: Best, design: str) -> str:
    most = best.behind[design]
    if most is None:
        return ""
    value = scale(best.outcome) * most
    return f" (at most {number(value, clear_of_zero(decimals(value), value, value))} {unit_of(best.outcome)} behind)".replace(" )", ")")
