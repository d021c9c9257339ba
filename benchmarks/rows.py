"""What a benchmark gives: a measurement and the known piece of work that it is compared with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measurement.

    what          what was timed
    milliseconds  the fastest of several attempts       [ms]
    ratio         milliseconds over those of `to`       [1]
    to            the known piece of work, timed in the same minute on the same machine
    """

    what: str
    milliseconds: float
    ratio: float
    to: str
