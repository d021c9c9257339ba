"""Numbers as people read them: how many decimals, which sign, which unit.

Shares are stored 0 to 1 and printed in per cent; amounts of a whole firm are stored in thousands and printed in millions.
"""

from __future__ import annotations

import math

from sim.analysis.results import BEYOND_LIMIT
from sim.model.outcomes import OUTCOMES

MINUS = "−"
NOTHING = "–"
PER_CENT = "%"
THOUSANDS = ("thousand", "thousand a year")
"""Units of amounts so large that they are printed in millions."""


def plain(design: str) -> str:
    """A design's name in running text.

    >>> plain("modern_partnership")
    'modern partnership'
    """
    return design.replace("_", " ")


def sentence(text: str) -> str:
    """The text with a capital first letter.

    >>> sentence("pervasive is faster.")
    'Pervasive is faster.'
    """
    return text[:1].upper() + text[1:]


def listed(parts: list[str]) -> str:
    """Parts as a list in a sentence.

    >>> listed(["speed", "trust", "cost"])
    'speed, trust and cost'
    """
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def scale(outcome: str) -> float:
    """What a stored value is multiplied with to be printed in the outcome's unit."""
    unit = OUTCOMES[outcome].unit
    return 100.0 if unit == PER_CENT else 0.001 if unit in THOUSANDS else 1.0


def printed_unit(outcome: str) -> str:
    """The unit that a value has once it is multiplied with `scale`.

    >>> printed_unit("cost_total"), printed_unit("lead_time_median")
    ('million a year', 'days')
    """
    unit = OUTCOMES[outcome].unit
    return unit.replace("thousand", "million") if unit in THOUSANDS else unit


def decimals(*values: float | None) -> int:
    """Decimals that show the values to about three figures: none from 100, one from 1, two below.

    >>> decimals(61.2, 47.1), decimals(0.31, 0.42), decimals(340.0)
    (1, 2, 0)
    """
    finite = [abs(value) for value in values if value is not None and math.isfinite(value)]
    largest = max(finite, default=0.0)
    return 0 if largest >= 100 or largest == 0 else 1 if largest >= 1 else 2


MOST_DECIMALS = 3


def clear_of_zero(places: int, low: float, high: float) -> int:
    """Decimals, up to three, with which an interval that does not hold zero does not read as if it did.

    >>> clear_of_zero(2, 0.003, 0.06), clear_of_zero(2, 0.02, 0.06), clear_of_zero(1, -0.02, 0.6)
    (3, 2, 1)
    """
    near = min(abs(low), abs(high))
    while low * high > 0.0 and places < MOST_DECIMALS and not round(near, places):
        places += 1
    return places


def apart(first: float, second: float) -> int:
    """Decimals, up to three, with which two values that differ do not read the same.

    >>> apart(0.036, 0.042), apart(61.2, 47.1), apart(0.5, 0.5)
    (3, 1, 3)
    """
    places = decimals(first, second)
    while places < MOST_DECIMALS and number(first, places) == number(second, places):
        places += 1
    return places


def number(value: float | None, places: int, signed: bool = False) -> str:
    """The value with `places` decimals, thousands apart and a real minus sign; a dash where there is none. Zero has no sign.

    >>> number(-14.12, 1), number(1.14, 1, signed=True), number(-0.01, 1), number(34512.3, 0)
    ('−14.1', '+1.1', '0.0', '34,512')
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    text = f"{abs(value):,.{places}f}"
    if not float(text.replace(",", "")):
        return text
    return (MINUS if value < 0 else "+" if signed else "") + text


def bounded(text: str, beyond_share: float) -> str:
    """A printed mean, marked as a lower bound where so many runs did not reach the quantile that it is one.

    >>> bounded("705", 0.92), bounded("258", 0.0)
    ('over 705', '258')
    """
    return f"over {text}" if beyond_share > BEYOND_LIMIT else text


def with_unit(text: str, outcome: str) -> str:
    """A printed number with the unit, where the unit is short enough to stand behind a number.

    >>> with_unit("61", "lead_time_median"), with_unit("4.2", "innovations_per_100_technologist_years")
    ('61 days', '4.2')
    """
    unit = OUTCOMES[outcome].unit
    return f"{text} {unit}" if unit in ("days", PER_CENT) and text != NOTHING else text


def label_with_unit(outcome: str) -> str:
    """Label and unit, as at the head of a table's row."""
    label, unit = OUTCOMES[outcome].label, printed_unit(outcome)
    return f"{label}, {unit}" if unit else label


def days(value: float) -> str:
    """A number of days in a sentence: whole from ten on, else with one decimal.

    >>> days(14.1), days(1.0), days(0.44)
    ('14 days', '1 day', '0.4 days')
    """
    text = number(abs(value), 0 if abs(value) >= 9.95 else 1).removesuffix(".0")
    return f"{text} day" if text == "1" else f"{text} days"


def per_cent(share: float) -> str:
    """A share as whole per cent; what is not quite none or all does not read as none or all.

    >>> per_cent(0.838), per_cent(0.999), per_cent(1.0)
    ('84 %', 'over 99 %', '100 %')
    """
    if 0.995 <= share < 1.0:
        return "over 99 %"
    return "under 1 %" if 0.0 < share < 0.005 else f"{100 * share:.0f} %"
