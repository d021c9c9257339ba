"""Rows P: patterns and cases of practice, predicted by the model and never fitted; reported, never a gate.

Days published are calendar days; those of the model are working days, 5 of 7.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np

from sim.analysis.curves import When
from sim.analysis.journey import Journey, travelled
from sim.experiment.compare import compare
from sim.experiment.comparison import Comparison
from sim.experiment.journey import travel
from sim.model.outcomes import HEADLINE, INDEX
from sim.scenario.between import HORIZON, SHIPPED, chosen
from sim.scenario.objects import FrozenMap
from sim.validation.evidence import Cell, Effort, Finding, Row
from sim.validation.shipped import shipped

WEEK, MONTH = 5.0, 20.0
DESIGNS = "partnership", "modern_partnership", "pervasive"
SEED = 1
RETURN = HEADLINE[0]


@lru_cache(maxsize=8)
def _on(firm: str, designs: tuple[str, ...], effort: Effort, *settings: tuple[str, ...]) -> Comparison:
    return compare(replace(shipped(firm, *settings), compare=designs), effort.runs(100, 12), SEED, effort.workers)


def _mean(found: Comparison, design: str, outcome: str, scale: float = 1.0) -> tuple[float, float]:
    """(mean, half width of its 95 % interval) of an outcome over runs."""
    return _spread(scale * found.outcomes[found.designs.index(design), :, INDEX[outcome]])


def _gap(found: Comparison, first: str, second: str, outcome: str, relative: bool = False, scale: float = 1.0) -> tuple[float, float]:
    """(mean, half width) of second less first over the same seeds; as a share of the first's mean if relative."""
    one, other = (found.outcomes[found.designs.index(design), :, INDEX[outcome]] for design in (first, second))
    return _spread(scale * (other - one) / (np.nanmean(one) if relative else 1.0))


def _ranged(setting: str, published: tuple[float, float], found: tuple[float, float]) -> Cell:
    """A cell that is seen where its interval reaches into the published range."""
    mean, half = found
    return Cell(setting, published, mean, half, mean + half >= published[0] and mean - half <= published[1])


def _signed(setting: str, published: str, found: tuple[float, float], sign: int) -> Cell:
    """A cell that is seen where the difference surely has a sign."""
    mean, half = found
    return Cell(setting, published, mean, half, sign * mean > half)


def _spread(values: np.ndarray) -> tuple[float, float]:
    there = values[np.isfinite(values)]
    return float(there.mean()), 2.0 * float(there.std(ddof=1)) / math.sqrt(len(there))


def delivery_clusters(effort: Effort) -> Finding:
    """P1."""
    cells = []
    for firm, design in (("branch_bank", "pervasive"), ("mobile_bank", "pervasive"), ("mobile_bank", "born_in_cloud")):
        found = _on(firm, ("partnership", design), effort)
        for outcome, words, published, scale in (
            ("delivery_time_median", "delivery time, working days", (0.0, WEEK), 1.0),
            ("deployments_per_month", "releases a month and product", (4.0, 200.0), 1.0),
            ("change_failure_rate", "change failures, %", (5.0, 20.0), 100.0),
            ("time_to_restore", "time to restore, days", (0.0, 1.0), 1.0),
        ):
            cells.append(_ranged(f"{design} on {firm}: {words}", published, _mean(found, design, outcome, scale)))
    return Finding(tuple(cells), note="Published: the elite and high clusters together.")


def platforms(effort: Effort) -> Finding:
    """P2: the pervasive design with its enabling teams against the same without them."""
    share = shipped("branch_bank").designs["pervasive"].values["enabling_share"]
    found = _variants("pervasive", "enabling_share", 0.0, share, effort)
    cells = [
        _signed("throughput, %", "less (−8 %)", _gap(found, "low", "high", "throughput_days", True, 100.0), -1),
        _signed("change failures, % of releases", "more (stability −14 %)",
                _gap(found, "low", "high", "change_failure_rate", False, 100.0), 1),
        _signed("return on spend", "more (team performance +10 %)", _gap(found, "low", "high", RETURN), 1),
    ]
    return Finding(tuple(cells), note=f"Enabling teams are {100 * share:g} % of technologists, against none.")


def _variants(design: str, coordinate: str, low: float, high: float, effort: Effort) -> Comparison:
    scenario = shipped("branch_bank")
    base = scenario.designs[design]
    ends = {name: replace(base, name=name, values=FrozenMap({**base.values, coordinate: value}))
            for name, value in (("low", low), ("high", high))}  # fmt: skip
    moved = replace(scenario, designs=FrozenMap({design: base, **ends}), compare=(design, "low", "high"))
    return compare(moved, effort.runs(100, 12), SEED, effort.workers)


@lru_cache(maxsize=2)
def _journeys(effort: Effort) -> Journey:
    scenario = shipped("branch_bank", ("run.days", str(HORIZON)))
    return travelled(travel(scenario, chosen(scenario, shipped(SHIPPED).transitions), effort.runs(100, 12), SEED, effort.workers))


def _day(when: When) -> float:
    return math.nan if when.day is None else when.day / MONTH


def reorganisation_dip(effort: Effort) -> Finding:
    """P4."""
    journey = _journeys(effort)
    cells = []
    for passage in journey.passages:
        if passage.name not in ("at_once", "by_unit"):
            continue
        low, high = (100.0 * bound for bound in (passage.earnings.depth.low, passage.earnings.depth.high))
        depth = 100.0 * passage.earnings.depth.mean
        cells += [
            _ranged(f"{passage.name}: depth of the dip in earnings, %", (10.0, 30.0), (depth, 0.5 * (high - low))),
            _ranged(f"{passage.name}: month of the trough", (1.0, 6.0), (float(passage.earnings.month or math.nan), 0.0)),
            _ranged(f"{passage.name}: back at the old level, month", (6.0, 18.0), (_day(passage.back), 0.0)),
        ]
    return Finding(tuple(cells))


def born_in_cloud(effort: Effort) -> Finding:
    """P5: speed, and its counter-force."""
    found = _on("mobile_bank", ("partnership", "born_in_cloud"), effort)
    return Finding((
        _ranged("releases a month and product", (MONTH, math.inf), _mean(found, "born_in_cloud", "deployments_per_month")),
        _signed("breaches a year, less those of a partnership", "more: fined for failings of control",
                _gap(found, "partnership", "born_in_cloud", "breaches_per_year"), 1),
        _ranged("lead time, mean of finished, % of a partnership's", (0.0, 50.0),
                _gap_share(found, "partnership", "born_in_cloud", "lead_time_mean")),
    ))  # fmt: skip


def _gap_share(found: Comparison, first: str, second: str, outcome: str) -> tuple[float, float]:
    mean, half = _gap(found, first, second, outcome, True, 100.0)
    return 100.0 + mean, half


def agile_alone(effort: Effort) -> Finding:
    """P6: newer practice in IT alone, and then business and technology together."""
    found = _on("branch_bank", DESIGNS, effort)
    return Finding((
        _ranged("lead time with practice alone, % of before: little effect until the business joined", (80.0, 120.0),
                _gap_share(found, "partnership", "modern_partnership", "lead_time_mean")),
        _ranged("lead time with both, % of before", (20.0, 25.0), _gap_share(found, "partnership", "pervasive", "lead_time_mean")),
        Cell("return on spend with practice alone, less before", "—", *_gap(found, "partnership", "modern_partnership", RETURN)),
        _signed("return on spend with both, less before", "more", _gap(found, "partnership", "pervasive", RETURN), 1),
    ), note="Lead times are means of finished items; what is not finished is in `orgsim compare branch_bank`.")  # fmt: skip


def paid_back(effort: Effort) -> Finding:
    """P8."""
    journey = _journeys(effort)
    return Finding(tuple(
        Cell(f"{passage.name}: histories that pay back within five years, %", (8.0, 33.0), 100.0 * passage.paid,
             50.0 * (passage.paid_high - passage.paid_low), 100.0 * passage.paid_low <= 33.0)
        for passage in journey.passages
    ))  # fmt: skip


def central_or_local(effort: Effort) -> Finding:
    """P9: return of the pervasive design less that of the partnership at the corners of turbulence and coupling."""
    words = {("low", "low"): "—", ("high", "low"): "local leads", ("low", "high"): "integration leads", ("high", "high"): "open"}
    signs = {"local leads": 1, "integration leads": -1}
    values = {"turbulence": {"low": "0.05", "high": "1.5"}, "coupling": {"low": "0.5", "high": "6"}}
    cells = []
    for (turbulence, coupling), said in words.items():
        found = _on("branch_bank", ("partnership", "pervasive"), effort, ("firm.turbulence", values["turbulence"][turbulence]),
                    ("firm.coupling", values["coupling"][coupling]))  # fmt: skip
        setting, gap = f"turbulence {turbulence}, coupling {coupling}", _gap(found, "partnership", "pervasive", RETURN)
        cells.append(_signed(setting, said, gap, signs[said]) if said in signs else Cell(setting, said, *gap))
    return Finding(tuple(cells))


def savvy_leaders(effort: Effort) -> Finding:
    """P10."""
    cells = [_signed(f"{design}: leaders wholly fluent less not at all", "more (+48 %, an association)",
                     _gap(_variants(design, "leader_fluency", 0.0, 1.0, effort), "low", "high", RETURN, True, 100.0), 1)
             for design in ("partnership", "pervasive")]  # fmt: skip
    return Finding(tuple(cells))


SHOWN = "reported"
ROWS = (
    Row("P1", "delivery clusters", "dora2024, read", SHOWN, delivery_clusters,
        "an item here is weeks of work and not a commit, and a product releases what its teams have finished: an item or two a month"),
    Row("P2", "internal platforms: gains and costs at once", "dora2024, read", SHOWN, platforms,
        "enabling teams take run work off the others here, which outweighs the people that they take"),
    Row("P3", "cost overruns with a heavy tail", "recalled", SHOWN, None, "no item has a planned cost that it could overrun"),
    Row("P4", "reorganisation dip", "recalled, weak", SHOWN, reorganisation_dip,
        "the dip is as deep as practice says; the trough comes later, and the way back is longer"),
    Row("P5", "a bank born in the cloud", "read; fine recalled", SHOWN, born_in_cloud,
        "the counter-force is seen, the speed is not: see P1; at equal money the design has fewer people for the same demand"),
    Row("P6", "practice in IT alone, and the business joining (ING 2015)", "read, some recalled", SHOWN, agile_alone,
        "lead time falls with practice alone already, and is not shorter with both: at equal money more is begun than can be finished"),
    Row("P7", "a journey of eight years (DBS)", "read", SHOWN, None, "one case over eight years without a number that the model counts"),
    Row("P8", "transitions that pay back: few", "read", SHOWN, paid_back,
        "half of the paths or more pay back as rarely as practice says; practice first nearly always does, which changes little else"),
    Row("P9", "central or local, by turbulence and interdependence: return on spend", "siggelkow2003 and later, recalled", SHOWN,
        central_or_local,
        "turbulence takes the partnership's lead away, as published; that it turns it, which is published too, is not seen here"),
    Row("P10", "savvy leaders: return on spend, %", "read", SHOWN, savvy_leaders,
        "fluent leaders choose what is worth more, but their pay and their hours of learning come out of the same money, most of which "
        "run work binds; what is published is an association between firms, not the effect within one"),
)  # fmt: skip
