"""A1: under partnership innovation happens, but it is haphazard.

Haphazard in time and across units: excess Fano factor and Gini coefficient of the starts of ideas that were later adopted, beyond what
random scattering of as many shows. Haphazard in choice: little rank correlation of ideas' value with their adoption.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.claims.claim import Claim, Everybody, all_of, word
from sim.analysis.claims.effect import FAILS, Effect, Measure, Part, by_more_than_matters, difference, level, matters_of, surely
from sim.experiment.claims import Lived
from sim.experiment.ways import FIRST, FITNESS, SECOND

INNOVATIONS = "innovations_per_100_technologist_years"
MATTERS = 0.02
"""Of a rank correlation, as of a share (an assumption)."""


def measure(lived: Lived, everybody: Everybody) -> list[Measure]:
    there = level(lived, INNOVATIONS, FIRST)
    return [
        difference(lived, "haphazardness in time", "haphazardness_fano", SECOND, FIRST, FIRST),
        difference(lived, "haphazardness across units", "haphazardness_gini", SECOND, FIRST, FIRST),
        Measure("rank correlation of value with adoption", "", lived.fitness[FIRST] - lived.fitness[SECOND], MATTERS),
        Measure("innovations under partnership", INNOVATIONS, there, matters_of(INNOVATIONS, there)),
    ]


def judge(effects: Sequence[Effect]) -> tuple[str, list[Part]]:
    fano, gini, fitness, innovations = effects
    compared = [by_more_than_matters(fano, 1), by_more_than_matters(gini, 1), by_more_than_matters(fitness, -1)]
    parts = [*compared, surely(innovations, 1)]
    return word(all_of(parts), all_of(compared, FAILS)), parts


CLAIM = Claim(
    "A1", "under partnership innovation happens but is haphazard",
    "partnership less pervasive: excess Fano factor and Gini coefficient of adopted idea starts, rank correlation of ideas' value with "
    "adoption; innovations under partnership",
    "there are innovations, both haphazardnesses are higher and the correlation is lower, each by more than matters",
    "all three differences are inside what matters or the other way", (FIRST, SECOND, FITNESS), measure, judge,
)  # fmt: skip
