"""A stored sweep on a page: who is better at how many of its points, over what that changes, and in which of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.analysis.phase import FIRST_SURE, NOTHING, SECOND_SURE, SURE
from sim.analysis.point_gaps import Gaps
from sim.analysis.quantities import per_cent, plain, sentence
from sim.analysis.sweeps import Found, analyse_sweep, point_gaps
from sim.experiment.comparison import BEYOND_LIMIT
from sim.experiment.sweep.results import Results
from sim.model.outcomes import HEADLINE, OUTCOMES
from sim.report.blocks import Block, Figure, Grid, Words
from sim.report.charts import Chart
from sim.report.charts.points import Side, points_chart
from sim.report.driver_blocks import driver_blocks, region_blocks
from sim.report.sweep_table import label
from sim.scenario.factors import SCENARIO


@dataclass(frozen=True)
class Told:
    """A sweep as it is told.

    lead    outcome that it is about: the first headline outcome, or the first that was stored
    found   second design → what the lead outcome's difference has to say
    gaps    second design → outcome → the gaps of its points
    """

    results: Results
    lead: str
    found: dict[str, Found]
    gaps: dict[str, dict[str, Gaps]]


def told(results: Results) -> Told:
    """Everything that the page says of a sweep. Raises InputError where nothing is finished or a file is damaged."""
    lead = lead_of(results)
    stored = [name for name in HEADLINE if name in results.outcomes] or [lead]
    others = results.designs[1:]
    earned = results.arrays([name for name in stored if name == stored[0] or _is_reached(results, name)])
    gaps = {second: {name: point_gaps(values, name, place) for name, values in earned.items()}
            for place, second in enumerate(others, start=1)}  # fmt: skip
    found = {second: analyse_sweep(results, stored[0], second, earned[stored[0]]) for second in others}
    return Told(results, stored[0], found, gaps)


def _is_reached(results: Results, outcome: str) -> bool:
    """Whether an outcome's quantile was reached in nearly all runs; else its means are bounds, and say little of who is better."""
    if not OUTCOMES[outcome].window:
        return True
    return float(np.nanmean(results.runs([f"{outcome}_beyond"]).to_numpy(np.float64))) <= BEYOND_LIMIT


def title(one: Told) -> str:
    """The finding, comparison by comparison, without a full stop: shares of the plan's points, which are no sample of firms there are."""
    points = int(one.results.plan["points"])
    doing = OUTCOMES[one.lead].label
    parts = []
    for place, (second, gaps) in enumerate(one.gaps.items()):
        parts.append(_clause(one, second, gaps[one.lead].shares(), f" of {points:,} points of this sweep" if not place else "", doing))
    return sentence("; ".join(parts)) if parts else f"{plain(one.results.designs[0])} was swept alone; no other design was compared"


def _clause(one: Told, second: str, found: dict[int, float], of: str, doing: str) -> str:
    first_name, name = plain(one.results.designs[0]), plain(second)
    first, other, none = found[FIRST_SURE], found[SECOND_SURE], found[NOTHING]
    if none == 1.0:
        return f"nothing can be said about {name} against {first_name}: no point has two pairs of runs"
    if max(first, other) <= 1.0 - SURE:
        return f"between {name} and {first_name} no more points{of} are sure in {doing} than chance gives"
    rest = 1.0 - first - other - none
    shares = [per_cent(share) if share > 1e-9 else "none" for share in (other, first, rest)]
    return (f"{name} is surely better in {doing} than {first_name} at {shares[0]}{of}, surely worse at {shares[1]}, and at {shares[2]} it "
            "cannot be told")  # fmt: skip


def lead_of(results: Results) -> str:
    """The outcome that a page of the sweep is about: the first headline outcome, or the first that was stored."""
    judged = [name for name in results.outcomes if OUTCOMES[name].better]
    return next(iter([*(name for name in HEADLINE if name in results.outcomes), *judged, *results.outcomes]))


def swept_told(sweeps: Sequence[Results]) -> set[tuple[str, str, str]]:
    """(hash of the plan, second design, outcome) of what pages of the sweeps tell: what their analyses need not tell again."""
    return {(str(results.plan["hash"]), second, lead_of(results)) for results in sweeps for second in results.designs[1:]}


def beside_blocks(results: Results) -> list[Block]:
    """A sweep that stands beside a comparison: its finding, its points, and in which of them which design is better."""
    one = told(results)
    name = f"Over the points of the sweep {results.plan['name']}"
    return [Words(name, [f"{title(one)}."], note=str(results.plan["title"]), key="sweep"), *which_blocks(one), *sure_blocks(one)]


def which_blocks(one: Told) -> list[Block]:
    """Shares of the points by outcome, the points themselves, and firm by firm where firms are varied."""
    rows = []
    for second, outcomes in one.gaps.items():
        for name, gaps in outcomes.items():
            rows.append([f"{sentence(plain(second))}: {OUTCOMES[name].label}", *_cells(gaps)])
    first = plain(one.results.designs[0])
    heads = ["Against " + first, "Surely better", "Surely worse", "Cannot be told", "Not possible"]
    note = (
        "Each point for itself: surely is where the 95 % interval of its paired difference is beyond zero. Where nothing differs, one in "
        "twenty points is sure by chance. The points are spread over what is plausible; they are no sample of firms there are."
    )
    table = Grid("Share of the points", heads, rows, "paths", "At how many points of the plan", note, key="points")
    blocks: list[Block] = [table] if rows else []
    for second in reversed(list(one.found)):
        chart = points_of(one, second)
        blocks += [Figure(chart)] if chart is not None else []
    return blocks + _firms(one)


def _cells(gaps: Gaps) -> list[str]:
    shares = gaps.shares()
    rest = 1.0 - shares[FIRST_SURE] - shares[SECOND_SURE] - shares[NOTHING]
    return [per_cent(share) for share in (shares[SECOND_SURE], shares[FIRST_SURE], rest, shares[NOTHING])]


def points_of(one: Told, second: str) -> Chart | None:
    """The chart of the points; None where nothing numeric is varied, or nothing can be said."""
    found, gaps = one.found[second], one.gaps[second][one.lead]
    factors = {factor["path"]: factor for factor in one.results.plan["factors"]}
    order = [*(going.path for going in found.going), *found.paths]
    paths = list(dict.fromkeys(order))[:2]
    if not paths or (gaps.kinds != NOTHING).sum() < 2:
        return None
    sides = []
    for path in paths:
        values = one.results.points[path].to_numpy(np.float64)
        sides.append(Side(path, label(path), values, factors[path]["scale"] == "log" and bool((values > 0).all())))
    name = f"points-{second}"
    return points_chart(name, _finding(one, second), OUTCOMES[one.lead].label, found.pair, sides, gaps)


def _finding(one: Told, second: str) -> str:
    sure = [going for going in one.found[second].going if going.sure]
    pair = f"{plain(second)} gains on {plain(one.results.designs[0])}"
    if not sure:
        return f"Whether {pair} goes with nothing that is varied, as far as can be told"
    strongest = sure[0]
    return sentence(f"{pair} as {label(strongest.path)} {'rises' if strongest.correlation > 0 else 'falls'}")


def _firms(one: Told) -> list[Block]:
    """Firm by firm; nothing where one scenario is meant everywhere."""
    if SCENARIO not in one.results.factors:
        return []
    names = one.results.points[SCENARIO].to_numpy()
    rows = []
    for second, outcomes in one.gaps.items():
        gaps = outcomes[one.lead]
        for firm in dict.fromkeys(names):
            rows.append([f"{sentence(plain(str(firm)))}: {plain(second)}", *_cells(gaps.at(names == firm))])
    heads = ["Firm and design", "Surely better", "Surely worse", "Cannot be told", "Not possible"]
    caption = f"{sentence(OUTCOMES[one.lead].label)}, share of each firm's points, against {plain(one.results.designs[0])}"
    return [Grid(caption, heads, rows, "paths", "Firm by firm", key="by-firm")]


def why_blocks(one: Told) -> list[Block]:
    """What the difference goes with, and the share of its variance that each factor has."""
    return [block for found in one.found.values() for block in driver_blocks(found)]


def sure_blocks(one: Told) -> list[Block]:
    """In which points which design is better, found on one half and judged on the other."""
    return [block for found in one.found.values() for block in region_blocks(found)]
