"""The gallery: every chart there is, drawn from example runs of a small firm, with what it shows and how to draw it again.

python scripts/guide/gallery.py FOLDER     writes the page and the drawings into a folder
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

import sim  # noqa: E402
from sim.report.charts import Chart  # noqa: E402

FOLDER = "reference"
SMALL = [("firm.units", "3"), ("firm.technologists", "24"), ("run.days", "480"), ("run.warm_up", "120")]
"""A firm small enough to be run while the guide is built."""

PAIR = ("partnership", "pervasive")
NEAR = ("partnership", "modern_partnership")
"""Two designs of which it depends on the firm who is better: what maps and points are for."""

REPLICATES = 24
NOTE = (
    "Every chart, drawn while the guide is built from runs of a small invented firm (three units, 24 technologists): what a chart "
    "looks like is meant here, and nothing about designs. Each lives in a file of its own in `sim/report/charts`. It draws at its final "
    "size, wide for a desk and narrow for a phone, and every page and folder that shows it holds the data behind it as CSV.\n\n"
    "In a notebook, `plot_…(ax, data)` draws the body on axes of your own; with `None` instead of axes it makes a figure of the right "
    "size. Axes that are too small are refused with the size that it takes."
)


@dataclass(frozen=True)
class Shown:
    """One entry. module: the chart's file; call: how a notebook draws it; command: which command draws it."""

    module: str
    what: str
    call: str
    command: str
    svg: str
    finding: str = ""


class Examples:
    """The runs that the charts are drawn from, each made when it is first needed."""

    @cached_property
    def compared(self) -> Any:
        return sim.compare("mobile_bank", [*PAIR], REPLICATES, overrides=SMALL)

    @cached_property
    def attribution(self) -> Any:
        from sim.analysis.attribution import attribute
        from sim.experiment.attribution import live_mixes
        from sim.organisation.coordinates import BUNDLES

        mixes = live_mixes(self.compared, PAIR[1])
        return attribute(PAIR, BUNDLES, mixes.outcomes, mixes.beyond, mixes.designs)

    @cached_property
    def journey(self) -> Any:
        days = [(path, value) for path, value in SMALL if path != "run.days"] + [("run.days", "960")]
        return sim.transition("mobile_bank", ["at_once", "practice_first"], REPLICATES, overrides=days).journey

    @cached_property
    def moves(self) -> Any:
        return sim.intervene("mobile_bank", replicates=REPLICATES, overrides=SMALL).effects

    @cached_property
    def ablated(self) -> Any:
        from sim.analysis.contrasts import case, contrasts
        from sim.experiment.ablation import ablations
        from sim.experiment.variants import run_variants

        scenario = sim.load_scenario("mobile_bank", [*SMALL, ("designs.compare", ",".join(PAIR))])
        variants = ablations(scenario)
        runs = run_variants(variants, REPLICATES, 1, None, None, "")
        cases = [case(variant.name, found, "return_on_spend") for variant, found in zip(variants, runs, strict=True)]
        return {"mobile_bank": contrasts(cases, scenario.compare)[PAIR[1]]}

    @cached_property
    def swept(self) -> Any:
        return _swept(NEAR, 8, ['kind = "grid"', "levels = 9"], ["turbulence", "coupling"])

    @cached_property
    def driven(self) -> Any:
        """Blocks from which Sobol indices are estimated."""
        return _swept(PAIR, 8, ['kind = "saltelli"', "points = 64"], ["change_load", "business_experts", "coupling", "turbulence"])

    @cached_property
    def maps(self) -> Any:
        """The sweep's own points as a map: the nodes of a grid cut once."""
        from sim.analysis.phase import Axis, Map
        from sim.report.sweep_table import label

        one = self.swept
        paths = ("firm.turbulence", "firm.coupling")
        values = [tuple(sorted(set(one.results.points[path]))) for path in paths]
        axes = [Axis(path, label(path), "", each) for path, each in zip(paths, values, strict=True)]
        rows = one.results.points[list(paths)].itertuples(index=False)
        places = [tuple(each.index(value) for each, value in zip(values, row, strict=True)) for row in rows]
        gaps = dict(zip(places, one.gaps[NEAR[1]]["return_on_spend"], strict=True))
        return [Map(NEAR, axes[0], axes[1], gaps, 1)]

    @cached_property
    def model(self) -> Any:
        from sim.model.mesa_model import OrgModel

        found = OrgModel(sim.load_scenario("mobile_bank", SMALL), PAIR[1], 1)
        for _ in range(300):
            found.step()
        return found


def _swept(pair: tuple[str, str], replicates: int, sample: list[str], varied: list[str]) -> Any:
    """A sweep of the small firm under two designs, as it is told."""
    from sim.report.sweep_sections import told

    lines = ['scenario = "mobile_bank"', f'designs = ["{pair[0]}", "{pair[1]}"]', f"replicates = {replicates}", "[set]",
             *(f'"{path}" = {value}' for path, value in SMALL), "[sample]", *sample, "[vary]",
             *(f'"firm.{name}" = {{}}' for name in varied)]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "example.toml"
        path.write_text("# An example.\n" + "\n".join(lines) + "\n", encoding="utf-8")
        results = sim.sweep(str(path), Path(name) / "out", workers=0)
        _ = results.points
        return told(results)


def shown(examples: Examples | None = None) -> Iterator[Shown]:
    """Every chart."""
    from sim.report.charts.ablation import ablation_chart
    from sim.report.charts.curve import curve_chart
    from sim.report.charts.days import days_chart
    from sim.report.charts.differences import differences_chart
    from sim.report.charts.drivers import drivers_chart
    from sim.report.charts.journey import journey_chart
    from sim.report.charts.moves import moves_chart
    from sim.report.charts.organisation import organisation_svg
    from sim.report.charts.phase_map import phase_map
    from sim.report.charts.series import series_chart
    from sim.report.charts.waterfall import waterfall_chart
    from sim.report.colours import design_colours
    from sim.report.sweep_sections import points_of
    from sim.validation.evidence import Curve

    one = examples or Examples()
    blue = design_colours(PAIR)[PAIR[1]]
    analysis = one.compared.analysis
    lines = {"ours": [(float(x), None, float(y), 0.02) for x, y in enumerate((0.1, 0.25, 0.32, 0.36))]}
    compare = "orgsim compare SCENARIO --out DIR"
    yield _of(differences_chart(analysis, PAIR[1]), "differences", "Paired differences, an outcome a row",
              "plot_differences(ax, result.analysis, second)", compare)  # fmt: skip
    yield _of(days_chart(analysis), "days", "Where the days of finished items went", "plot_days(ax, result.analysis)", compare)
    months = series_chart(one.compared)
    assert months is not None
    yield _of(months, "series", "Quantities month by month", "plot_months(ax, result)", compare)
    yield _of(waterfall_chart(one.attribution), "waterfall", "What each bundle contributes", "plot_waterfall(ax, attribution)",
              "orgsim compare SCENARIO --attribute --out DIR")  # fmt: skip
    yield _of(journey_chart(one.journey, blue), "journey", "Paths against staying", "plot_journey(ax, way.journey, colour)",
              "orgsim transition SCENARIO --out DIR")  # fmt: skip
    yield _of(moves_chart(one.moves, blue), "moves", "Single moves against doing nothing", "plot_moves(ax, moves.effects, colour)",
              "orgsim intervene SCENARIO --out DIR")  # fmt: skip
    yield _of(phase_map("phase_map", one.maps, "return on spend"), "phase_map", "Who is better where, over two parameters",
              "plot_phase_map(ax, maps, label)", "orgsim map SCENARIO --out DIR")  # fmt: skip
    points = points_of(one.swept, NEAR[1])
    assert points is not None
    yield _of(points, "points", "Points of a sweep", "plot_points(ax, pair, sides, gaps)", "orgsim report RESULTS")
    yield _of(drivers_chart(one.driven.found[PAIR[1]]), "drivers", "What drives the difference over a sweep",
              "plot_drivers(ax, analysed.found)", "orgsim analyse RESULTS --out DIR")  # fmt: skip
    yield _of(ablation_chart(one.ablated), "ablation", "What is left with each mechanism off", "plot_ablation(ax, panels)",
              "orgsim ablate SCENARIO --out DIR")  # fmt: skip
    yield _of(curve_chart("curve", Curve("Lines of one quantity over another, with intervals", "setting", "share", lines)), "curve",
              "Published points and ours (here a line of invented numbers)", "plot_curve(ax, curve)",
              "orgsim validate --out DIR")  # fmt: skip
    yield Shown("organisation", "Who sits where on one day", "plot_organisation(ax, model)", "make viewer", organisation_svg(one.model))


def _of(chart: Chart, module: str, what: str, call: str, command: str) -> Shown:
    return Shown(module, what, call, command, chart.wide, chart.title)


def pages() -> dict[str, str | bytes]:
    """Path in the guide → content: the page and its drawings."""
    parts, found = ["# Charts", NOTE], {}
    for each in shown():
        found[f"{FOLDER}/charts/{each.module}.svg"] = f'<?xml version="1.0" encoding="utf-8"?>\n{each.svg}'
        said = each.finding or each.what
        parts.append(
            f"## {each.what}\n\n![{_alone(said)}](charts/{each.module}.svg)\n\n"
            + (f"*{each.finding}*\n\n" if each.finding else "")
            + f"- Notebook: `from sim.report.charts.{each.module} import {each.call.partition('(')[0]}`, then `{each.call}`\n"
            f"- Command: `{each.command}`"
        )
    return {f"{FOLDER}/charts.md": "\n\n".join(parts) + "\n", **found}


def _alone(words: str) -> str:
    """Words that mean nothing else in Markdown."""
    return words.replace("[", "(").replace("]", ")").replace("\n", " ")


def main(folder: str) -> int:
    """Write the page and the drawings."""
    for name, content in pages().items():
        path = Path(folder) / Path(name).relative_to(FOLDER)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    print(f"The gallery: {folder}/charts.md")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["build/gallery"]))
