"""Rows D: published models, reached by settings of the same kernel."""

from __future__ import annotations

import math

from sim.validation import fang, march, march_moving
from sim.validation.architecture import EARLY, LATE, fitness
from sim.validation.architecture import PUBLISHED as ARCHITECTURE
from sim.validation.evidence import Cell, Curve, Effort, Finding, Lines, Row, near

MARCH, MOVING, SEARCH = 0.015, 0.02, 0.006
"""Tolerances of D1, D2 and D4."""
ERRORS = 3.0
"""Standard errors by which a quick run may miss on top."""
BEST = (0.08, 0.35)
OVER_DENSE, OVER_APART = 0.08, 0.7
"""D3: between which β the best lies, and by how much it is better than linking everybody and than linking nobody."""
FIRST_LANDSCAPE = 100_001


def _open(effort: Effort, error: float) -> float:
    return ERRORS * error if effort.quick else 0.0


def march_equilibrium(effort: Effort) -> Finding:
    """D1."""
    chosen = {at: value for at, value in march.PUBLISHED.items() if not effort.quick or 0.5 not in at}
    cells: list[Cell] = []
    lines: Lines = {}
    for (p1, p2), published in chosen.items():
        mean, error = march.equilibrium_knowledge(p1, p2, effort.runs(1000, 100), effort.workers)
        cells.append(Cell(f"p1 = {p1:g}, p2 = {p2:g}", published, mean, 2.0 * error, near(mean, published, MARCH, _open(effort, error))))
        lines.setdefault(f"p2 = {p2:g}", []).append((p1, published, mean, 2.0 * error))
    return Finding(tuple(cells), (Curve("March (1991), figure 1: who learns slowly knows more in the end", "socialisation p1",
                                        "knowledge of the code at rest", lines),))  # fmt: skip


def march_moving_reality(effort: Effort) -> Finding:
    """D2."""
    cells: list[Cell] = []
    lines: Lines = {}
    for turnover, by_time in march_moving.PUBLISHED.items():
        means, errors = march_moving.courses(turnover, effort.runs(1000, 100), effort.workers)
        line = lines.setdefault("without turnover" if turnover == 0.0 else f"turnover {turnover:g}", [])
        for time, mean, error in zip(march_moving.TIMES, means.tolist(), errors.tolist(), strict=True):
            published = by_time.get(time)
            line.append((float(time), published, mean, 2.0 * error))
            if published is not None:
                holds = near(mean, published, MOVING, _open(effort, error))
                cells.append(Cell(f"turnover {turnover:g}, period {time}", published, mean, 2.0 * error, holds))
    return Finding(tuple(cells), (Curve("March (1991), figure 5: turnover keeps an organisation in touch with a moving reality", "period",
                                        "share of the code that is right", lines),))  # fmt: skip


def march_mixed(effort: Effort) -> Finding:
    """March's figures 2 to 4: findings in words, reported."""
    runs = effort.runs(500, 60)
    pace = {name: march_moving.alike(p1, runs, effort.workers) for name, p1 in (("slow", 0.1), ("middling", 0.5), ("fast", 0.9))}
    half = march_moving.mixed(march_moving.MIXED_UNITS // 2, runs, effort.workers)
    cells = [Cell(f"all members {name}", "figure 1 again", float(mean[0]), 2.0 * float(error[0])) for name, (mean, error) in pace.items()]
    cells.append(Cell("half fast, half slow", "more than all middling (figure 2)", float(half[0][0]), 2.0 * float(half[1][0])))
    shares = {share: march_moving.mixed(share, runs, effort.workers) for share in (3, 5, 7)}
    kinds: Lines = {
        f"{kind} members": [
            (share / march_moving.MIXED_UNITS, None, float(mean[place]), 2.0 * float(error[place]))
            for share, (mean, error) in shares.items()
        ]
        for place, kind in ((0, "the code, all"), (1, "fast"))
    }
    turnover: Lines = {}
    for name, p1 in (("slow", march_moving.SLOW), ("fast", march_moving.FAST)):
        for chance in (0.0, 0.05, 0.1):
            mean, error = march_moving.with_turnover(p1, chance, runs, effort.workers)
            said = "less than without (figure 4)" if name == "slow" else "more than without (figure 4)"
            if chance > 0.0:
                cells.append(Cell(f"{name} members, turnover {chance:g}, period 20", said, float(mean[0]), 2.0 * float(error[0])))
            else:
                cells.append(Cell(f"{name} members, no turnover, period 20", "—", float(mean[0]), 2.0 * float(error[0])))
            turnover.setdefault(f"{name} members", []).append((chance, None, float(mean[0]), 2.0 * float(error[0])))
    pictures = (
        Curve("March (1991), figures 2 and 3: slow members keep the variety that fast ones live on", "share of fast members",
              "knowledge at rest", kinds),
        Curve("March (1991), figure 4: turnover hurts slow learners and helps fast ones", "turnover a period",
              "knowledge of the code in period 20", turnover),
    )  # fmt: skip
    return Finding(tuple(cells), pictures)


def linked_groups(effort: Effort) -> Finding:
    """D3."""
    chosen = (0.0, 0.2, 1.0) if effort.quick else tuple(fang.PUBLISHED)
    found = {rewired: fang.knowledge(rewired, effort.runs(100, 12), effort.workers) for rewired in chosen}
    late = {rewired: (float(mean[1]), float(error[1])) for rewired, (mean, error) in found.items()}
    early = [float(mean[0]) for mean, _ in found.values()]
    best = max(late, key=lambda rewired: late[rewired][0])
    gaps = {other: (late[best][0] - late[other][0], math.hypot(late[best][1], late[other][1])) for other in (1.0, 0.0)}
    cells = [
        Cell("best of the β tried", BEST, best, 0.0, BEST[0] <= best <= BEST[1]),
        Cell(f"best less β = 1, at least {OVER_DENSE:g}", (OVER_DENSE, 1.0), gaps[1.0][0], 2.0 * gaps[1.0][1],
             gaps[1.0][0] + _open(effort, gaps[1.0][1]) >= OVER_DENSE),
        Cell(f"best less β = 0, at least {OVER_APART:g}", (OVER_APART, 1.0), gaps[0.0][0], 2.0 * gaps[0.0][1],
             gaps[0.0][0] + _open(effort, gaps[0.0][1]) >= OVER_APART),
        Cell(f"β = 1 less β = 0 in period {fang.EARLY}: dense leads early", (0.0, 1.0), early[-1] - early[0], 0.0, early == sorted(early)),
        *(Cell(f"β = {rewired:g}, level", fang.PUBLISHED[rewired], mean, 2.0 * error) for rewired, (mean, error) in late.items()),
    ]  # fmt: skip
    lines: Lines = {
        "at rest": [(rewired, fang.PUBLISHED[rewired], mean, 2.0 * error) for rewired, (mean, error) in late.items()],
        f"period {fang.EARLY}": [(rewired, None, float(mean[0]), 2.0 * float(error[0])) for rewired, (mean, error) in found.items()],
    }
    return Finding(tuple(cells), (Curve("After Fang, Lee & Schilling (2010): moderate linking across groups knows most in the end",
                                        "share of links rewired β", "share of blocks right", lines),))  # fmt: skip


def searched_architecture(effort: Effort) -> Finding:
    """D4."""
    chosen = {at: value for at, value in ARCHITECTURE.items() if not effort.quick or at[0] == "full"}
    cells: list[Cell] = []
    lines: Lines = {}
    for (coupling, who), both in chosen.items():
        found = fitness(coupling, who, effort.runs(5000, 300), FIRST_LANDSCAPE)
        for period, values, published in zip((EARLY, LATE), found, both, strict=True):
            mean, error = float(values.mean()), float(values.std(ddof=1)) / math.sqrt(len(values))
            holds = near(mean, published, SEARCH, _open(effort, error))
            cells.append(Cell(f"{coupling}, {who}, period {period}", published, mean, 2.0 * error, holds))
            lines.setdefault(f"{who}, period {period}", []).append((list(DEPENDS).index(coupling), published, mean, 2.0 * error))
    across = "interdependence: " + ", ".join(f"{place} {name}" for place, name in enumerate(DEPENDS))
    return Finding(tuple(cells), (Curve("After Siggelkow & Levinthal (2003): who searches best turns on interdependence and time", across,
                                        "fitness over the best possible", lines),))  # fmt: skip


DEPENDS = ("modular", "near", "full")

ROWS = (
    Row("D1", "March (1991), figure 1: knowledge at rest", "march1991, recomputed", f"± {MARCH:g}", march_equilibrium),
    Row("D2", "March (1991), figure 5: share of the code that is right", "march1991, recomputed", f"± {MOVING:g}", march_moving_reality),
    Row("D2a", "March (1991), figures 2 to 4: knowledge", "march1991, findings recalled", "reported", march_mixed),
    Row("D3", "after Fang, Lee & Schilling (2010): share of blocks right", "fang2010, abstract; levels recomputed",
        f"best β in {BEST[0]:g} to {BEST[1]:g}, by {OVER_DENSE:g} over β = 1 and {OVER_APART:g} over β = 0; levels reported",
        linked_groups),
    Row("D4", "after Siggelkow & Levinthal (2003): fitness over the landscape's best", "siggelkow2003, recomputed", f"± {SEARCH:g}",
        searched_architecture),
)  # fmt: skip
