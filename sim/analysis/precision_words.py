"""How replication ended, and which designs may be the best, in words."""

from __future__ import annotations

import math

from sim.analysis.deciding import unit_of
from sim.analysis.quantities import clear_of_zero, decimals, listed, number, plain, scale, sentence
from sim.analysis.results import Analysis, Best
from sim.experiment.measures import MEAN
from sim.experiment.precision import NO_MEAN, REACHED, Precision, Stopped
from sim.model.outcomes import HEADLINE, OUTCOMES

RULE = (
    "confidence sequences, which hold at every look: asymptotic for means, beta-binomial for shares of histories; looks after fixed "
    "numbers of pairs, in the order of the seeds"
)
FIRST_LOOKS = 3


def ending(stopped: Stopped) -> str:
    """How well what was asked about is known, and after how many pairs; then why the intervals may be believed."""
    values = "" if stopped.precision.of == MEAN else f" {_values(stopped)}"
    return f"{_known(stopped)}{values} {_looked(stopped)}"


def subject(asked: Precision) -> str:
    """What was asked about: an outcome, whose mean difference is meant, or some other measure of one."""
    label = OUTCOMES[asked.outcome].label
    return label if asked.of == MEAN else f"{asked.measure.words} {label}"


def _known(stopped: Stopped) -> str:
    asked, name = stopped.precision, subject(stopped.precision)
    goal = width(asked.half_width, asked)
    if stopped.end == NO_MEAN:
        return sentence(f"{name} cannot be known to {goal}: some design surely does not reach it in more histories than a size can bear, "
                        f"so that what is seen of it is only a bound; {stopped.pairs} pairs showed it.")  # fmt: skip
    widest = max(stopped.half_widths.values())
    if stopped.end == REACHED:
        reached = width(widest, asked)
        return sentence(f"{name} is known to {reached}, as asked ({bare(asked.half_width, asked)}), after {stopped.pairs:,} pairs.")
    ceiling = f"the ceiling of {stopped.pairs:,} pairs came first"
    if math.isinf(widest):
        return sentence(f"{name} is not known to {goal}: {ceiling}, and too few of them differ, or have a value, for an interval.")
    wanted = stopped.pairs * (widest / asked.half_width) ** 2
    return sentence(f"{name} is known to {width(widest, asked)} only, not to {goal} as asked: {ceiling}. "
                    f"It would take about {_rounded(wanted)}.")  # fmt: skip


def _values(stopped: Stopped) -> str:
    """What was asked about, design by design."""
    asked = stopped.precision
    factor, is_signed = _factor(asked), not asked.measure.is_share
    widest = max((wide for wide in stopped.half_widths.values() if math.isfinite(wide)), default=1.0)
    parts = []
    for second, (value, low, high) in stopped.known.items():
        shown = [factor * number_ for number_ in (value, low, high)]
        places = clear_of_zero(_places(factor * widest), shown[1], shown[2])
        words = [number(number_, places, is_signed) for number_ in shown]
        first = f"in {words[0]} %" if asked.measure.is_share else words[0]
        parts.append(f"{plain(second)} {first} ({words[1]} to {words[2]})")
    return sentence(f"{'; '.join(parts)}.")


def _looked(stopped: Stopped) -> str:
    looks = stopped.precision.looks
    first = ", ".join(f"{look}" for look in looks[: min(FIRST_LOOKS, stopped.looks)])
    more = " …" if stopped.looks > FIRST_LOOKS else ""
    times = "once, after" if stopped.looks == 1 else f"{stopped.looks} times, after"
    return (f"Looked at {times} {first}{more} pairs, in the order of the seeds; the intervals are confidence sequences, "
            "which hold at every look.")  # fmt: skip


def width(half_width: float, asked: Precision) -> str:
    """A half-width with its unit, as "±0.02 per 1 spent".

    >>> width(0.0184, Precision(0.02)), width(0.02, Precision(0.02, "finished_share")), width(0.02, Precision(0.02, of="share"))
    ('±0.018 per 1 spent', '±2 points', '±2 points')
    """
    unit = "points" if asked.measure.is_share else unit_of(asked.outcome)
    return f"{bare(half_width, asked)} {unit}".rstrip()


def bare(half_width: float, asked: Precision) -> str:
    """A half-width to two figures, without its unit.

    >>> bare(4.0, Precision(4.0, "lead_time_median")), bare(1234.0, Precision(1.0, "cost_total"))
    ('±4', '±1.2')
    """
    value = _factor(asked) * half_width
    text = number(value, _places(value))
    return f"±{text.rstrip('0').rstrip('.') if '.' in text else text}"


def _factor(asked: Precision) -> float:
    return 100.0 if asked.measure.is_share else scale(asked.outcome)


def _places(value: float) -> int:
    """Decimals that show two figures."""
    return 0 if value >= 100 or not math.isfinite(value) else max(0, 1 - math.floor(math.log10(value)))


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
