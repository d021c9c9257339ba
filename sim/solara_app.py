"""Mesa's own viewer on the model: `solara run sim.solara_app`, or `sim.solara_app.page()` as the last line of a notebook's cell.

Shows teams, liaisons and leaders with what they have in hand and what waits for them, and the months as they come; the run is played,
paused and stepped with Mesa's own controls, under any shipped design and seed. Needs the extra `viewer`.
"""

from __future__ import annotations

from typing import Any

import solara
from mesa.visualization import SolaraViz, make_plot_component

from sim.api import load_scenario
from sim.model.mesa_model import OrgModel
from sim.report.charts.organisation import organisation_svg
from sim.scenario.settings import DEFAULT_SCENARIO

COLLECTED_EVERY = 5
"""Days between two points of the lines: a week."""

LINES = ({"wip": "#7b65a8", "open": "#1f2937"}, {"trust": "#1D5FA8", "accuracy": "#0F766E"})
"""Collected values with their colours, a drawing each: items in hand and under way; trust and knowledge."""


def organisation(model: OrgModel) -> Any:
    """Who sits where and what waits before whom, on the model's day."""
    return solara.HTML(tag="div", unsafe_innerHTML=organisation_svg(model))


def parameters(scenario: str = DEFAULT_SCENARIO) -> dict[str, Any]:
    """What can be set before a run is begun anew."""
    designs = list(load_scenario(scenario).designs)
    return {
        "scenario": scenario,
        "design": {"type": "Select", "label": "Design", "value": designs[0], "values": designs},
        "seed": {"type": "SliderInt", "label": "Seed", "value": 1, "min": 1, "max": 100, "step": 1},
        "collect_every": COLLECTED_EVERY,
    }


def page(scenario: str = DEFAULT_SCENARIO, design: str | None = None, seed: int = 1) -> Any:
    """Mesa's viewer with a model on its first day. Raises InputError for a wrong scenario or design."""
    return viewer(OrgModel(scenario, design, seed, collect_every=COLLECTED_EVERY), scenario, seed)


def viewer(model: OrgModel, scenario: str, seed: int) -> Any:
    """Mesa's viewer on a model; `scenario` and `seed` are what the next one is made from until the reader sets others."""
    settings = parameters(scenario)
    settings["design"]["value"], settings["seed"]["value"] = model.design, seed
    lines = [make_plot_component(names, page=1) for names in LINES]
    return SolaraViz(model, components=[(organisation, 0), *lines], model_params=settings, name=f"OrgWeave: {model.setting.title}",
                     play_interval=50)  # fmt: skip


@solara.component
def Page() -> None:
    """What `solara run sim.solara_app` shows."""
    model = solara.use_memo(lambda: OrgModel(DEFAULT_SCENARIO, collect_every=COLLECTED_EVERY), [])
    viewer(model, DEFAULT_SCENARIO, 1)
