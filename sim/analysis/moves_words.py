"""Moves in words: the headline made from the numbers, and what is counted."""

from __future__ import annotations

from sim.analysis.moves import Effects, Move
from sim.analysis.quantities import apart, clear_of_zero, decimals, listed, number, plain, scale
from sim.analysis.results import Difference
from sim.experiment.moves import SETTLED
from sim.model.outcomes import HEADLINE, OUTCOMES

KINDS = ((True, "usual move", "usual moves"), (False, "change to how work is organised", "changes to how work is organised"))
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def headline(effects: Effects) -> str:
    """How many of each kind surely change the return, and by how much against another organisation."""
    parts = [_kind([move for move in effects.moves if move.usual == usual], one, many) for usual, one, many in KINDS]
    return " ".join(part for part in (*parts, yardstick_words(effects)) if part)


def _kind(moves: list[Move], one: str, many: str) -> str:
    if not moves:
        return ""
    whose = f"Of {count(len(moves))} {many}," if len(moves) > 1 else f"The {one} {plain(moves[0].name)}"
    raised, lowered = ([move for move in moves if surely(move.effect) == way] for way in (1, -1))
    label = OUTCOMES[HEADLINE[0]].label
    if len(moves) == 1:
        did = {1: "raises", -1: "lowers", 0: "does not surely change"}[surely(moves[0].effect)]
        return f"{whose} {did} {label}{f' ({change_words(moves[0].effect)})' if surely(moves[0].effect) else ''}."
    if not raised and not lowered:
        return f"{whose} none surely changes {label} by more than matters."
    said = [f"{count(len(some))} {verb} {label}: {listed([_named(move) for move in some])}"
            for some, verb in ((raised, "raise" if len(raised) > 1 else "raises"), (lowered, "lower" if len(lowered) > 1 else "lowers"))
            if some]  # fmt: skip
    left = len(moves) - len(raised) - len(lowered)
    if left:
        said.append(f"{count(left)} {'do' if left > 1 else 'does'} not surely change it")
    return f"{whose} {'; '.join(said)}."


def _named(move: Move) -> str:
    return f"{plain(move.name)} ({change_words(move.effect)})"


def count(how_many: int) -> str:
    """A small number as a word."""
    return NUMBERS[how_many] if how_many < len(NUMBERS) else str(how_many)


def surely(effect: Difference) -> int:
    """+1 where the outcome surely rises and on average by more than matters, −1 where it falls so, else 0."""
    if not effect.sure or abs(effect.mean) <= effect.matters:
        return 0
    return 1 if effect.mean > 0 else -1


def change_words(effect: Difference) -> str:
    """A change in the printed unit, signed."""
    value = scale(effect.outcome) * effect.mean
    return number(value, clear_of_zero(decimals(value), value, value), True)


def interval_words(effect: Difference) -> str:
    """The change with its interval in brackets; the change alone where it has none."""
    if effect.low is None or effect.high is None:
        return change_words(effect)
    mean, low, high = (scale(effect.outcome) * value for value in (effect.mean, effect.low, effect.high))
    if low == high == 0.0:
        return "0"
    places = clear_of_zero(max(apart(low, high), decimals(mean, low, high)), low, high)
    return f"{number(mean, places, True)} ({number(low, places, True)} to {number(high, places, True)})"


def yardstick_words(effects: Effects) -> str:
    """What another organisation from the start would do, as the measure."""
    whole = effects.yardstick[HEADLINE[0]]
    words = f"Against that, being {plain(effects.other)} from the start is {interval_words(whole)}"
    return f"{words}." if whole.sure else f"{words}: too close to measure by."


def counted(effects: Effects) -> list[str]:
    """What is counted, and what the words mean."""
    return [
        f"Each move is held against doing nothing on the same {effects.n} seeds: the same firm, demand and luck. From its day: what is "
        "raised, earned and spent from the day of the move on, with the bill and the disturbance of the move. Settled: what is raised "
        f"from {SETTLED} days after it on, over as many counted days; the move's own bill is paid by then.",
        f"Intervals hold for all moves and outcomes of a view at once with {100 * effects.confidence:g} %. Matters: what is smaller than "
        "the smallest difference that an outcome declares to matter is nothing, however sure it is.",
        f"Size: of the change in return once settled, up or down, against what being {plain(effects.other)} from the start would change; "
        "under a fifth of it moves deck chairs, and open says that the interval leaves it open.",
        "A move happens once, on one day, to a firm that is otherwise the same; what people expect of it is not in the model.",
    ]  # fmt: skip
