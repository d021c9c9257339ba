"""Gate: items that arrive evenly before a board that meets every k days wait (k − 1) / 2 whole days.

An item raised on the day of a meeting is decided that day and waits 0; one raised the day after waits k − 1. The mean is read off
the evening census by Little's law [little1961]: item-days before the board ÷ items raised.
"""

from __future__ import annotations

from sim.model.kernel import simulate
from sim.model.stages import BOARD
from sim.validation.settings import bare


def gate_wait(interval: int) -> float:
    """The formula, in days.

    >>> gate_wait(20)
    9.5
    """
    return (interval - 1) / 2.0


def measured_gate_wait(interval: int, meetings: int, seed: int) -> float:
    """Mean days before a board that meets every `interval` days and takes whatever is there."""
    firm = {"technologists": 200.0, "change_load": 0.5, "size_median": 20.0}
    # One interval first: until its first meeting a board keeps waiting what came before the calendar began.
    blueprint = bare(firm, {"delegation": 0.0, "board_interval": float(interval)}, {}, interval * meetings, interval)
    w = simulate(blueprint, seed)
    raised = w.items["raised"][: int(w.firm[0].raised)]
    return float(w.firm[0].stage_days[BOARD]) / float((raised >= interval).sum())
