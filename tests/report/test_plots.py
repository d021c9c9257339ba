"""Every chart on a notebook's own axes: it draws its words there, makes a figure where it is given none, and refuses axes too small."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import matplotlib.figure
import numpy as np
import pytest

import sim.report.charts
from sim.analysis.journey import travelled
from sim.analysis.moves import effects_of
from sim.analysis.paired import analyse
from sim.analysis.phase import Axis, Gap, Map
from sim.model.mesa_model import OrgModel
from sim.report.charts.points import Side
from sim.validation.evidence import Curve
from tests.analysis.journeys import journey, planted
from tests.analysis.test_contrasts import PAIR
from tests.analysis.test_contrasts import planted as cases
from tests.analysis.test_moves import planted as planted_moves
from tests.experiment.small import small
from tests.report.synthetic import comparison
from tests.report.test_attribution_section import planted as attributed
from tests.report.test_drivers import KINDS

NO_CHARTS = {"all", "axis", "canvas", "frame", "rows", "spread"}
GAPS = [Gap(0.3 - 0.1 * place, 0.05, 20) for place in range(25)]


def data() -> dict[str, tuple]:
    """Chart → what its function is given after the axes."""
    from sim.analysis.contrasts import contrasts

    runs = comparison(replicates=12)
    effects = effects_of(*planted_moves({"outsourcing": -0.2, "embedded": 0.4, "other": 0.6}))
    axes = [Axis(name, name, "", tuple(map(float, range(5)))) for name in ("across", "up")]
    found = Map(("partnership", "pervasive"), axes[0], axes[1], {(n % 5, n // 5): gap for n, gap in enumerate(GAPS)}, 0)
    sides = [Side(f"firm.{name}", name, np.arange(25.0) % way) for name, way in (("a", 5), ("b", 25))]
    lines = {"ours": [(float(x), None, 0.1 * x, 0.02) for x in range(4)]}
    switched = contrasts(cases(**{"all on": -12.0, "learn": 1.0}), PAIR, alone=True)
    return {
        "differences": (analyse(runs), "pervasive"), "days": (analyse(runs),), "series": (runs,), "waterfall": (attributed(),),
        "journey": (travelled(journey({"at_once": planted([-9.0] * 12 + [9.0] * 48, noise=3.0)})), "#1D5FA8"),
        "moves": (effects, "#1D5FA8"),
        "phase_map": ([found], "return"), "points": (("partnership", "pervasive"), sides, GAPS),
        "ablation": ({"firm": next(iter(switched.values()))},), "curve": (Curve("Title", "across", "up", lines),),
        "organisation": (OrgModel(small(), "pervasive", 1),),
        "drivers": (KINDS["sobol"],),
    }  # fmt: skip


DATA = data()


def plot_of(name: str):
    module = importlib.import_module(f"sim.report.charts.{name}")
    (found,) = [function for key, function in vars(module).items() if key.startswith("plot_") and inspect.isfunction(function)]
    return found


def test_every_file_of_a_chart_is_tried_here():
    assert {module.name for module in pkgutil.iter_modules(sim.report.charts.__path__)} - NO_CHARTS == set(DATA)


@pytest.mark.parametrize("name", DATA)
def test_a_chart_is_drawn_on_axes_of_ones_own(name):
    axes = matplotlib.figure.Figure(figsize=(10, 20)).add_axes((0.0, 0.0, 1.0, 1.0))
    assert plot_of(name)(axes, *DATA[name]) is axes
    assert [text for text in axes.texts if text.get_text().strip()]
    assert next(iter(inspect.signature(plot_of(name)).parameters)) == "ax"


@pytest.mark.parametrize("name", DATA)
def test_without_axes_it_makes_a_figure_of_the_right_size(name):
    axes = plot_of(name)(None, *DATA[name])
    width, height = axes.figure.get_size_inches()
    assert 4.0 < width <= 10.0
    assert height > 1.0


@pytest.mark.parametrize("name", DATA)
def test_axes_that_are_too_small_are_refused_with_the_size_it_takes(name):
    axes = matplotlib.figure.Figure(figsize=(3, 1)).add_axes((0.0, 0.0, 1.0, 1.0))
    with pytest.raises(ValueError, match=r"too small: it takes \d+\.\d+ × \d+\.\d+ inches"):
        plot_of(name)(axes, *DATA[name])
