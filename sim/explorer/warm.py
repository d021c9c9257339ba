"""Warm: compile, or load from the cache, what the page's views run, before anybody asks."""

from __future__ import annotations

import numpy as np

from sim.analysis.simultaneous import student_quantile
from sim.experiment.compare import compile_now
from sim.model.begin import draw_up
from sim.model.catalogue import PARAMETERS
from sim.model.kernel import simulate
from sim.organisation.coordinates import COORDINATES
from sim.scenario.firm import FIRM


def warm() -> None:
    """Compare's kernel first, since that is what the page opens with; then the one that Watch lives its days by."""
    student_quantile(0.975, np.array([19.0]))  # loads what intervals need, while the browser opens
    compile_now()
    firm = {name: field.value for name, field in FIRM.items()} | {"units": 1.0, "technologists": 4.0}
    design = {name: coordinate.low for name, coordinate in COORDINATES.items()}
    simulate(draw_up(firm, design, {name: parameter.value for name, parameter in PARAMETERS.items()}, 1, 0), 0)
