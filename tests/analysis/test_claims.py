"""Claims: every rule on planted numbers that hold, refute, and leave open; the list as it was declared."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim.analysis.claims import a02, a04, a06, a08
from sim.analysis.claims.claim import NEITHER, NOT_RUN, REFUTED, Claim
from sim.analysis.claims.declared import CLAIMS, chosen
from sim.analysis.claims.effect import FAILS, HOLDS, OPEN, Effect, Measure, by_more_than_matters, difference, effects_of, no_worse, surely
from sim.core.errors import InputError
from sim.experiment.claims import Lived
from sim.experiment.comparison import Comparison
from sim.experiment.ways import FITNESS, JOURNEY, mix_of, ways_of
from sim.model.outcomes import INDEX, NAMES
from sim.organisation.coordinates import BUNDLES
from tests.experiment.small import small

OF = {claim.key: claim for claim in CLAIMS}
MATTERS = 1.0


def effect(low: float | None, high: float | None, outcome: str = "return_on_spend", matters: float = MATTERS) -> Effect:
    middle = 0.0 if low is None or high is None else (low + high) / 2.0 if math.isfinite(low + high) else max(low, min(high, 5.0))
    return Effect("planted", outcome, middle, low, high, matters, 20)


UP, SMALL, DOWN, WIDE = (2.0, 4.0), (-0.5, 0.5), (-4.0, -2.0), (-3.0, 3.0)


def verdict(key: str, *intervals: tuple[float, float], outcomes: tuple[str, ...] = ()) -> str:
    names = outcomes or ("return_on_spend",) * len(intervals)
    return OF[key].judge([effect(*interval, name) for interval, name in zip(intervals, names, strict=True)])[0]


def test_the_claims_are_those_that_were_declared_in_their_order():
    assert [claim.key for claim in CLAIMS] == [f"A{number}" for number in range(1, 13)]
    # The words of section 10 of the model's description that name what each test measures.
    measured = {
        "A1": ("Fano", "Gini", "rank correlation"), "A2": ("benefits realised", "change_ownership", "every other coordinate"),
        "A3": ("lowest trust", "benefits"), "A4": ("doing nothing", "headline outcome", "a year after"),
        "A5": ("board and funding", "boundaries", "duplicated work"), "A6": ("Shapley interaction", "structure bundle alone"),
        "A7": ("governance_scope", "principles_strength", "breaches", "change failures", "debt"), "A8": ("best",),
        "A9": ("paid back", "every shipped path"), "A10": ("0.8", "0.3", "transition"), "A11": ("cloud_share", "0.9", "0.1"),
        "A12": ("lead time", "change failures", "breaches"),
    }  # fmt: skip
    assert set(measured) == set(OF)
    for key, words in measured.items():
        assert all(word in OF[key].test for word in words), key


def test_every_way_that_is_asked_for_is_one_that_can_be_lived():
    scenario = small(("run.days", "240"))
    firm = SimpleNamespace(scenario=scenario, standing=lambda: scenario, interventions={}, transitions={})
    known = set(ways_of(firm)) | {FITNESS, JOURNEY}
    assert {way for claim in CLAIMS for way in claim.asks} <= known


@pytest.mark.parametrize(
    ("key", "holds", "refuted", "neither"),
    [
        ("A1", (UP, UP, DOWN, UP), (SMALL, DOWN, UP, UP), (UP, UP, SMALL, UP)),
        ("A3", (DOWN, UP), (DOWN, SMALL), (DOWN, WIDE)),
        ("A5", (DOWN, DOWN, DOWN), (SMALL, UP, SMALL), (DOWN, SMALL, DOWN)),
        ("A7", (DOWN, UP, UP, UP), (SMALL, UP, UP, UP), (WIDE, UP, UP, UP)),
        ("A8", (UP,), (SMALL,), (WIDE,)),
        ("A9", ((300.0, 500.0), (400.0, math.inf)), ((80.0, 110.0), (400.0, 500.0)), ((200.0, 300.0), (400.0, 500.0))),
        ("A10", (UP, UP), (DOWN, DOWN), (UP, SMALL)),
        ("A11", (UP,), (DOWN,), (WIDE,)),
    ],
)
def test_planted_numbers_hold_refute_and_leave_open(key, holds, refuted, neither):
    assert verdict(key, *holds) == HOLDS
    assert verdict(key, *refuted) == REFUTED
    assert verdict(key, *neither) == NEITHER


def test_a1_does_not_hold_where_nothing_is_innovated():
    assert verdict("A1", UP, UP, DOWN, (0.0, 0.0)) == NEITHER


def test_a2_holds_among_the_three_largest_and_is_refuted_by_a_rise_that_does_not_matter():
    others = [SMALL] * (len(a02.ORDER) - 1)
    assert verdict("A2", UP, *others) == HOLDS
    assert verdict("A2", UP, *[(4.0, 6.0)] * 3, *others[3:]) == NEITHER, "the fourth largest"
    assert verdict("A2", UP, *[(4.0, 6.0)] * 2, *others[2:]) == HOLDS, "the third largest"
    assert verdict("A2", SMALL, *others) == REFUTED
    assert verdict("A2", WIDE, *others) == NEITHER


def _moves(chairs: tuple[float, float], other: tuple[float, float] = (9.0, 11.0)) -> list[tuple[float, float]]:
    first = [chairs, *[SMALL] * (len(a04.WAYS) - 2), other]
    return first + ([SMALL] * (len(a04.WAYS) - 1) + [other]) * 3


def test_a4_measures_moves_by_another_organisation():
    assert verdict("A4", *_moves(SMALL)) == HOLDS
    assert verdict("A4", *_moves((1.2, 1.9))) == HOLDS, "under a fifth of ten"
    assert verdict("A4", *_moves((5.5, 7.0))) == REFUTED
    assert verdict("A4", *_moves((-7.0, -5.5))) == REFUTED, "much for the worse is much"
    assert verdict("A4", *_moves((2.5, 4.0))) == NEITHER
    assert verdict("A4", *_moves((5.5, 7.0), (9.0, math.inf))) == NEITHER, "half of what has no known size"


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ((DOWN, UP, UP, SMALL, DOWN, UP), HOLDS),
        ((UP, SMALL, UP, UP, (-0.5, 0.5), SMALL), REFUTED),
        ((UP, SMALL, DOWN, UP, (-0.5, 0.5), SMALL), NEITHER),
        ((DOWN, WIDE, UP, SMALL, DOWN, WIDE), NEITHER),
    ],
    ids=["needs the others", "structure is all", "no gain to explain", "interaction open"],
)
def test_a6_asks_for_a_gain_an_interaction_and_little_from_structure_alone(intervals, expected):
    assert verdict("A6", *intervals) == expected


def test_a12_wants_speed_without_harm():
    names = ("lead_time_median", "change_failure_rate", "breaches_per_year")
    assert verdict("A12", DOWN, SMALL, DOWN, outcomes=names) == HOLDS
    assert verdict("A12", DOWN, UP, UP, outcomes=names) == REFUTED
    assert verdict("A12", UP, SMALL, SMALL, outcomes=names) == NEITHER
    assert verdict("A12", (-math.inf, -2.0), SMALL, SMALL, outcomes=names) == HOLDS, "faster by at least two"


def test_conditions_on_single_effects():
    assert [by_more_than_matters(effect(*each), 1).state for each in (UP, SMALL, DOWN, WIDE)] == [HOLDS, FAILS, FAILS, OPEN]
    assert [by_more_than_matters(effect(*each), -1).state for each in (UP, SMALL, DOWN, WIDE)] == [FAILS, FAILS, HOLDS, OPEN]
    assert [surely(effect(*each), 1).state for each in (UP, (0.1, 0.2), SMALL, DOWN, WIDE)] == [HOLDS, HOLDS, FAILS, FAILS, OPEN]
    assert no_worse(effect(0.2, 0.9, "breaches_per_year")).state == HOLDS, "worse, by less than matters"
    assert by_more_than_matters(effect(None, None), 1).state == OPEN
    assert by_more_than_matters(effect(2.0, math.inf), -1).state == FAILS


def lived(rows: dict[str, np.ndarray], outcome: str = "return_on_spend", beyond: tuple[str, ...] = (), name: str = "firm") -> Lived:
    """A firm whose ways have these values of one outcome, all others 1."""
    outcomes, reached = {}, {}
    for way, values in rows.items():
        outcomes[way] = np.ones((len(values), len(NAMES)))
        outcomes[way][:, INDEX[outcome]] = values
        reached[way] = np.zeros(outcomes[way].shape, bool)
        reached[way][:, INDEX[outcome]] = way in beyond
    return Lived(SimpleNamespace(name=name), outcomes, reached, {}, None, ())


LUCK = np.random.default_rng(1).normal(0.0, 0.01, 30)


def test_a_quantile_that_one_design_does_not_reach_bounds_the_difference_on_one_side():
    rows = {"one": 100.0 + LUCK, "other": np.full(30, 720.0)}
    (slower,) = effects_of([difference(lived(rows, "lead_time_median", ("other",)), "lead", "lead_time_median", "one", "other")])
    assert slower.low == pytest.approx(620.0, abs=0.1)
    assert slower.high == math.inf
    (open_,) = effects_of([difference(lived(rows, "lead_time_median", ("one", "other")), "lead", "lead_time_median", "one", "other")])
    assert (open_.low, open_.high) == (-math.inf, math.inf)
    assert not open_.is_small


def test_intervals_of_one_claim_hold_at_once_and_are_wider_than_one_alone():
    rng = np.random.default_rng(2)
    measures = [Measure(str(k), "", rng.normal(size=30), 0.0) for k in range(20)]
    alone, together = effects_of(measures[:1])[0], effects_of(measures)[0]
    assert together.high - together.low > 1.3 * (alone.high - alone.low)


def test_a6_finds_a_planted_interaction_of_structure_with_funding():
    def mixes(extra: float) -> Lived:
        both = 1 | 1 << BUNDLES.index("funding")
        return lived({mix_of(m): 1.0 + 0.1 * m.bit_count() + extra * (m & both == both) + LUCK * (1 + m.bit_count()) for m in range(32)})

    found = {each.name: each for each in effects_of(a06.measure(mixes(0.8), {}))}
    assert found["interaction of structure with the others"].mean == pytest.approx(0.8, abs=1e-9)
    assert OF["A6"].on(mixes(0.8), {}).verdict == HOLDS
    assert OF["A6"].on(mixes(0.0), {}).verdict == NEITHER


def test_a8_needs_two_firms_and_regrets_the_other_ones_best():
    def firm(name: str, best: str) -> Lived:
        return lived({design: (3.0 if design == best else 1.0) + LUCK for design in a08.DESIGNS}, name=name)

    one, other, alike = firm("one", "pervasive"), firm("other", "federated"), firm("alike", "pervasive")
    assert OF["A8"].on(one, {"one": one}).verdict == NOT_RUN
    found = OF["A8"].on(one, {"one": one, "other": other})
    assert found.verdict == HOLDS
    assert found.parts[0].effect.mean == pytest.approx(2.0)
    assert OF["A8"].on(one, {"one": one, "alike": alike}).verdict == REFUTED


def test_a9_reads_when_half_of_the_histories_are_paid_back():
    months, replicates = 60, 20
    series = np.zeros((3, replicates, months, len(_series())))
    series[:, :, :, _series().index("earned")] = 100.0
    series[1, :, :10, _series().index("earned")] = 80.0  # 200 lost by day 200
    series[1, :, 10:, _series().index("earned")] = 110.0  # made good by month 30
    series[2, :, :, _series().index("earned")] = 90.0
    outcomes = np.ones((3, replicates, len(NAMES)))
    scenario = small(("run.days", "1200"))
    journey = Comparison(scenario, ("staying", "slow", "never"), np.arange(replicates), outcomes, np.zeros(outcomes.shape, bool), series)
    firm = Lived(SimpleNamespace(name="firm"), {}, {}, {}, journey, ())
    found = OF["A9"].on(firm, {})
    assert [part.effect.mean for part in found.parts] == [600.0, math.inf]
    assert found.verdict == HOLDS


def test_a_claim_that_too_few_histories_finished_for_is_not_run():
    series = np.full((2, 3, 60, len(_series())), np.nan)
    outcomes = np.full((2, 3, len(NAMES)), np.nan)
    journey = Comparison(small(), ("staying", "slow"), np.arange(3), outcomes, np.zeros(outcomes.shape, bool), series)
    found = OF["A9"].on(Lived(SimpleNamespace(name="firm"), {}, {}, {}, journey, ()), {})
    assert found.verdict == NOT_RUN
    assert "0 histories" in found.note


def _series() -> list[str]:
    from sim.model.series import NAMES as names

    return list(names)


def test_claims_are_chosen_by_name_and_a_wrong_name_is_told():
    assert [claim.key for claim in chosen(["a10", "A2"])] == ["A2", "A10"]
    assert chosen([]) == CLAIMS
    with pytest.raises(InputError, match="A13"):
        chosen(["A13"])


def test_every_claim_says_when_it_holds_and_when_it_is_refuted():
    for claim in CLAIMS:
        assert isinstance(claim, Claim)
        assert claim.holds
        assert claim.refuted
        assert claim.holds != claim.refuted
