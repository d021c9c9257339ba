"""What a verdict hangs on, in words: settings that turn it, make it unsure, make it sure, or move it by more than matters."""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.contrasts import FLIPPED, GAINED, LOST, MOVED, SAME, Contrast
from sim.analysis.quantities import clear_of_zero, decimals, listed, number, plain, printed_unit, scale, sentence
from sim.analysis.results import NO_DIFFERENCE, Difference

DOES = {
    FLIPPED: "turns to the other side",
    LOST: "is no longer sure",
    GAINED: "is sure only",
    MOVED: "keeps its side but moves by more than matters",
}
"""What happens to the finding, in front of the settings that make it happen."""


def unit_of(outcome: str) -> str:
    """What differences of an outcome are counted in: points of a per cent are not per cent.

    >>> unit_of("lead_time_median"), unit_of("open_share")
    ('days', 'points')
    """
    unit = printed_unit(outcome)
    return "points" if unit == "%" else unit


def size_in_words(difference: Difference) -> str:
    """ "+6.2 days (+3.1 to +9.3)", or why there is none."""
    if difference.low is None or difference.high is None:
        return f"not reached in {100.0 * difference.beyond_share:.0f} % of runs" if difference.beyond else "no interval"
    mean, low, high = (scale(difference.outcome) * value for value in (difference.mean, difference.low, difference.high))
    places = clear_of_zero(decimals(mean, low, high), low, high)
    interval = f"({number(low, places, True)} to {number(high, places, True)})"
    return f"{number(mean, places, True)} {unit_of(difference.outcome)} {interval}"


def verdict_in_words(difference: Difference) -> str:
    """Who is better, or that it is too close, or that it hardly matters."""
    if difference.better is not None:
        return f"{plain(difference.better)} is better"
    return "it hardly differs" if difference.verdict == NO_DIFFERENCE else "it is too close"


def by_effect(contrasts: Sequence[Contrast], effect: str) -> list[str]:
    """Names of the settings with this effect, the largest change first."""
    found = [contrast for contrast in contrasts[1:] if contrast.effect == effect]
    return [contrast.setting for contrast in sorted(found, key=lambda contrast: -abs(contrast.change))]


def what_decides(contrasts: Sequence[Contrast], firm: str, joint: str) -> str:
    """The finding about one pair of designs, and what turns it, loses it or moves it.

    firm   whose, in words
    joint  between the finding and the settings: "without", "with", "where"
    """
    usual = contrasts[0].difference
    opening = f"{firm}, {plain(usual.second)} against {plain(usual.first)}: {verdict_in_words(usual)}, {size_in_words(usual)}"
    parts = [f"it {DOES[effect]} {joint} {listed(found)}" for effect in DOES if (found := by_effect(contrasts, effect))]
    if not parts:
        parts = [f"nothing tried here changes that ({len(contrasts) - 1} tried)"]
    return sentence(f"{opening}; {'; '.join(parts)}.")


def turning(contrasts: Sequence[Contrast]) -> list[Contrast]:
    """The settings that turn a verdict, lose it, or decide one that is open, in this order."""
    return [contrast for effect in (FLIPPED, LOST, GAINED) for contrast in contrasts[1:] if contrast.effect == effect]


def unchanged(contrasts: Sequence[Contrast]) -> bool:
    """True where every setting leaves the verdict as it is."""
    return all(contrast.effect in (SAME, MOVED) for contrast in contrasts[1:])
