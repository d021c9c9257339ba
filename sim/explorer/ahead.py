"""Ahead: what is done before anybody asks, so that the first picture waits for little.

The kernel is loaded, and the runs that the page opens with are made while the server's libraries load and the browser starts: runs let
go of the interpreter's lock, imports do not.
"""

from __future__ import annotations

import threading

import numpy as np

from sim.experiment.compare import compare, compile_now
from sim.experiment.executors import cores
from sim.explorer.runs import Memory, Superseded, remembering
from sim.explorer.state import Scenarios, State
from sim.model.begin import draw_up
from sim.model.catalogue import PARAMETERS
from sim.model.kernel import is_compiled, simulate
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM

PAIRS = 20
"""Pairs of the opening question that are made ahead."""

LONGEST_WAIT = 60.0
"""After so long without a picture nobody is in a hurry   [s]."""


class Ahead:
    """Scenarios and remembered runs of one explorer, and the work that fills them before the first question.

    asked  to be set when somebody asks: whoever asks for the same runs would otherwise make them twice
    drawn  to be set when a first picture has been answered
    """

    def __init__(self, scenario: str, workers: int | None = None) -> None:
        """scenario: SCENARIO as on the command line. Raises InputError where it is wrong."""
        self.scenarios, self.memory, self.workers = Scenarios(scenario), Memory(), workers
        self.asked, self.drawn = threading.Event(), threading.Event()

    def start(self) -> None:
        """Begin with the runs, in the background."""
        if is_compiled():
            compile_now()  # from the cache: shorter here than beside the imports that follow, and the runs can begin
        threading.Thread(target=self._run, daemon=True).start()

    def go_on(self) -> None:
        """Load the rest, in the background: once the server answers, while the browser starts."""
        threading.Thread(target=self._load, daemon=True).start()

    def _run(self) -> None:
        compile_now()
        workers = max(1, (self.workers or cores()) - 1)  # the imports beside it need one as well
        try:
            scenario = self.scenarios.load(State(self.scenarios.first))
            compare(scenario, PAIRS, State.seed, workers, kernel=remembering(self.memory, self.asked))
        except Superseded:
            return

    def _load(self) -> None:
        import sim.explorer.answers
        from sim.analysis.simultaneous import student_quantile

        student_quantile(0.975, np.array([19.0]))  # intervals bring a library of their own
        self.drawn.wait(LONGEST_WAIT)
        import sim.explorer.phase
        import sim.explorer.record  # noqa: F401

        _load_watch()


def _load_watch() -> None:
    """The kernel that Watch lives its days by, on the smallest firm."""
    firm = {name: field.value for name, field in FIRM.items()} | {"units": 1.0, "technologists": 4.0}
    design = {name: coordinate.low for name, coordinate in COORDINATES.items()}
    simulate(draw_up(firm, design, {name: parameter.value for name, parameter in PARAMETERS.items()}, 1, 0), 0)
