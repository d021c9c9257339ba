"""Answers: what a reader has answered to an exercise, held against what the runs say."""

from __future__ import annotations

import math


def check_answer(given: str | float | None, right: str | float, within: float = 0.0) -> str:
    """A sentence about an answer, before and after it is given.

    given   the reader's; None or "" where there is none yet
    right   what the runs say: a word or a number
    within  how far a number may be away, as a share of the right one

    >>> check_answer("Pervasive ", "pervasive"), check_answer(9.0, 10.0, within=0.2)
    ("Right: 'pervasive'.", 'Right: 9 is near 10.')
    >>> check_answer(7, 7), check_answer(7, 8)
    ('Right: 7.', 'Not so: you said 7, the runs say 8.')
    >>> check_answer("partnership", "pervasive")
    "Not so: you said 'partnership', the runs say 'pervasive'."

    Raises TypeError where a number is asked for and a word is given.
    """
    said = f"{right:.3g}" if isinstance(right, int | float) else repr(right)
    if given is None or given == "":
        return f"The runs say {said}. (You have not answered yet: write your answer above and run the cells again.)"
    if isinstance(right, int | float):
        if isinstance(given, str):
            raise TypeError(f"the answer is a number, written without quotes: {given!r}")
        if math.isclose(given, right, rel_tol=1e-9):
            return f"Right: {said}."
        close = math.isclose(given, right, rel_tol=within)
        return f"Right: {given:.3g} is near {said}." if close else f"Not so: you said {given:.3g}, the runs say {said}."
    words = str(given).strip().casefold()
    return f"Right: {said}." if words == right.casefold() else f"Not so: you said {given!r}, the runs say {said}."
