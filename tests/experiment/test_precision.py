"""The stopping rule: at fixed looks, in the order of the seeds, up to a ceiling; and comparisons that follow it."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given, settings

from sim.api import compare
from sim.experiment.compare import blueprints, run_seeds
from sim.experiment.precision import AT_CEILING, NO_MEAN, REACHED, Continue, Precision, Stop, decide
from sim.experiment.sequences.looks import FLOOR, schedule
from sim.experiment.sequences.means import half_widths
from sim.experiment.sequences.quantiles import quantile_interval
from sim.experiment.sequences.shares import share_interval
from sim.experiment.until import compare_until
from sim.model.kernel import Run
from sim.model.outcomes import INDEX, NAMES
from tests.experiment.small import small

LOOKS = schedule(2000)


def normal(pairs: int, spread: float = 1.0, seed: int = 0) -> np.ndarray:
    return spread * np.random.default_rng(seed).standard_normal(pairs)


def test_it_stops_at_the_first_look_that_is_narrow_enough():
    gaps = normal(2000)
    widths = {look: float(half_widths(gaps[:look, None], 0.05)[0]) for look in LOOKS}
    first = next(look for look in LOOKS if widths[look] <= 0.15)
    assert decide(gaps, LOOKS, 0.05, 0.15) == Stop(first, True, (widths[first],))


@given(st.integers(0, 2400), st.floats(0.05, 1.0))
@settings(deadline=None, max_examples=40)
def test_what_was_lived_beyond_the_look_that_stops_changes_nothing(pairs, half_width):
    """However runs come in, in chunks of whatever size: less than is needed asks for more, more gives the same answer."""
    gaps = normal(2400, seed=5)
    step, whole = decide(gaps[:pairs], LOOKS, 0.05, half_width), decide(gaps, LOOKS, 0.05, half_width)
    assert isinstance(whole, Stop)
    if isinstance(step, Continue):
        assert step.pairs <= pairs < step.next <= whole.pairs
    else:
        assert step == whole


def test_rule_and_look_ask_for_the_next_number_of_pairs():
    assert decide(np.empty(0), LOOKS, 0.05, 0.1) == Continue(0, FLOOR, (math.inf,))
    step = decide(normal(130), LOOKS, 0.05, 0.01)
    assert isinstance(step, Continue)
    assert (step.pairs, step.next) == (125, 157)


def test_a_look_that_was_taken_is_not_taken_again():
    gaps = normal(2000)
    first = decide(gaps, LOOKS, 0.05, 0.5)
    assert (first.pairs, first.reached) == (FLOOR, True)
    assert decide(gaps, LOOKS, 0.05, 0.5, seen=200).pairs == 245
    step = decide(gaps[:150], LOOKS, 0.05, 0.5, seen=125)
    assert isinstance(step, Continue)
    assert (step.pairs, step.next) == (125, 157)


def test_at_the_ceiling_it_ends_and_says_that_it_is_not_reached():
    step = decide(normal(2000), LOOKS, 0.05, 0.001)
    assert isinstance(step, Stop)
    assert (step.pairs, step.reached) == (2000, False)


def test_all_columns_have_to_be_narrow_and_share_the_error():
    gaps = np.stack([normal(2000, 0.1), normal(2000, 1.0, seed=1)], axis=1)
    step = decide(gaps, LOOKS, 0.05, 0.2)
    alone = decide(gaps[:, 1], LOOKS, 0.025, 0.2)
    assert (step.pairs, step.half_widths[1]) == (alone.pairs, alone.half_widths[0])


def test_what_never_differs_is_not_known():
    """A hundred pairs alike do not show that none will ever differ."""
    step = decide(np.zeros(2000), LOOKS, 0.05, 0.1)
    assert step == Stop(2000, False, (math.inf,))


def test_shares_and_quantiles_stop_by_the_same_rule():
    gaps = normal(2000)
    wins = decide((gaps > 0).astype(float), LOOKS, 0.05, 0.06, share_interval)
    middle = decide(gaps, LOOKS, 0.05, 0.2, quantile_interval)
    tail = decide(gaps, LOOKS, 0.05, 0.2, partial(quantile_interval, probability=0.99))
    assert isinstance(wins, Stop)
    assert wins.reached
    assert isinstance(middle, Stop)
    assert middle.reached
    assert isinstance(tail, Stop)
    assert not tail.reached


@pytest.mark.parametrize(("looks", "alpha", "half_width", "named"), [
    ((), 0.05, 1.0, "looks rise"), ((200, 100), 0.05, 1.0, "looks rise"), ((0, 100), 0.05, 1.0, "looks rise"), ((100,), 0.0, 1.0, "alpha"),
    ((100,), 1.0, 1.0, "alpha"), ((100,), 0.05, 0.0, "half-width"), ((100,), 0.05, math.nan, "half-width"),
])  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused(looks, alpha, half_width, named):
    with pytest.raises(ValueError, match=named):
        decide(normal(100), looks, alpha, half_width)


@pytest.mark.parametrize(("given_", "named"), [
    ({"half_width": 0.0}, "precision"), ({"half_width": math.inf}, "precision"), ({"half_width": math.nan}, "precision"),
    ({"half_width": 1.0, "outcome": "speed"}, "speed"), ({"half_width": 1.0, "ceiling": 99}, "ceiling"),
    ({"half_width": 1.0, "confidence": 1.0}, "confidence"), ({"half_width": 1.0, "of": "mode"}, "mode"),
    ({"half_width": 0.1, "of": "share", "outcome": "wip"}, "wip"),
])  # fmt: skip
def test_a_precision_that_makes_no_sense_is_refused(given_, named):
    with pytest.raises(ValueError, match=named):
        Precision(**given_)


SCENARIO = small()


def planted(first: float = 1.0, second: float = 1.2, luck: float = 0.1, beyond: float = 0.0):
    """(design, seed) → a run whose every outcome is its design's level and some luck; a share of the second's is beyond."""
    levels = dict(zip(SCENARIO.compare, (first, second)))
    months = blueprints(SCENARIO, SCENARIO.compare[:1])[0].world.series.shape

    def simulate(design: str, seed: int) -> Run:
        generator = np.random.default_rng(seed)
        shared, own, late = generator.normal(0.0, luck), generator.normal(0.0, luck, 2), generator.random()
        value = levels[design] + shared + own[list(levels).index(design)]
        is_late = late < beyond and design == SCENARIO.compare[1]
        return Run(np.full(len(NAMES), value), np.full(len(NAMES), is_late), np.zeros(months))

    return simulate


def test_a_comparison_goes_on_until_it_is_precise():
    result = compare_until(SCENARIO, Precision(0.02), 1, simulate=planted())
    stopped = result.stopped
    assert stopped.end == REACHED
    assert FLOOR < stopped.pairs == result.replicates < 2000
    assert result.seeds.tolist() == run_seeds(1, stopped.pairs).tolist()
    (width,) = stopped.half_widths.values()
    assert 0.014 < width <= 0.02
    assert result.outcomes.shape[1] == result.series.shape[1] == stopped.pairs


def test_twice_as_precise_takes_about_four_times_the_pairs():
    some, more = (compare_until(SCENARIO, Precision(width), 1, simulate=planted()).replicates for width in (0.02, 0.01))
    assert 2.5 < more / some < 6.0


def test_at_the_ceiling_a_comparison_says_how_wide_it_is():
    stopped = compare_until(SCENARIO, Precision(0.001, ceiling=150), 1, simulate=planted()).stopped
    assert (stopped.end, stopped.pairs, stopped.looks) == (AT_CEILING, 150, 3)
    assert 0.001 < stopped.half_widths["pervasive"] < 0.1


def test_an_outcome_that_has_no_mean_is_given_up_at_the_first_look_that_shows_it():
    stopped = compare_until(SCENARIO, Precision(0.02, "lead_time_median"), 1, simulate=planted(beyond=0.5)).stopped
    assert (stopped.end, stopped.pairs) == (NO_MEAN, FLOOR)
    assert stopped.half_widths == {"pervasive": math.inf}


def test_a_bound_that_becomes_a_value_counts_from_then_on():
    """Seven of the first 100 runs are beyond the window and none later: 7 % at 100 pairs, 5.6 % at 125, 4.5 % at 157."""
    usual, late = planted(), {int(seed) for seed in run_seeds(1, 100)[:7]}

    def simulate(design: str, seed: int) -> Run:
        return usual(design, seed)._replace(beyond=np.full(len(NAMES), seed in late and design == "pervasive"))

    result = compare_until(SCENARIO, Precision(0.5, "lead_time_median"), 1, simulate=simulate)
    assert (result.stopped.end, result.stopped.pairs, result.replicates) == (REACHED, 157, 157)
    assert result.outcomes.shape[1] == 157


def test_who_is_better_can_be_asked_of_an_outcome_that_has_no_mean():
    """Less lead time is better: the second has more of it in most histories, and where it is beyond the window too."""
    asked = Precision(0.1, "lead_time_median", of="share")
    stopped = compare_until(SCENARIO, asked, 1, simulate=planted(1.0, 1.2, beyond=0.5)).stopped
    assert stopped.end == REACHED
    share, low, high = stopped.known["pervasive"]
    assert low < share < 0.2
    assert (high - low) / 2.0 == stopped.half_widths["pervasive"] <= 0.1


@pytest.mark.parametrize(("of", "expected"), [("median", 0.2), ("p10", 0.2 - 1.2816 * 0.1 * 2**0.5), ("p90", 0.2 + 1.2816 * 0.1 * 2**0.5)])
def test_a_quantile_of_the_differences_can_be_asked_about(of, expected):
    """The differences are normal, of mean 0.2 and the spread of two lucks of 0.1; 1.2816 is the normal quantile at 90 %."""
    stopped = compare_until(SCENARIO, Precision(0.05, of=of), 1, simulate=planted()).stopped
    assert stopped.end == REACHED
    value, low, high = stopped.known["pervasive"]
    assert low < expected < high
    assert value == pytest.approx(expected, abs=0.05)


def test_a_few_runs_beyond_the_window_do_not_end_it():
    assert compare_until(SCENARIO, Precision(0.05, "lead_time_median"), 1, simulate=planted(beyond=0.02)).stopped.end == REACHED


def test_runs_that_fail_are_told_and_left_out_of_the_pairs():
    good, broken = planted(), int(run_seeds(1, 1)[0])

    def simulate(design: str, seed: int) -> Run:
        if seed == broken:
            raise ArithmeticError("the ledger does not balance")
        return good(design, seed)

    result = compare_until(SCENARIO, Precision(0.05), 1, simulate=simulate)
    assert len(result.failures) == 2
    assert result.stopped.pairs > FLOOR  # at the first look one pair too few was defined


def test_progress_ends_where_the_runs_do():
    told = []
    result = compare_until(SCENARIO, Precision(0.03), 1, simulate=planted(), progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == 2 * result.replicates
    assert [done for done, _ in told] == list(range(1, 2 * result.replicates + 1))
    assert all(done <= total for done, total in told)


def test_it_is_the_comparison_of_as_many_replicates_whoever_does_the_runs():
    ends = [compare(SCENARIO, seed=2, workers=workers, precision=Precision(10.0, ceiling=110)) for workers in (1, 3)]
    plain = compare(SCENARIO, seed=2, replicates=100)
    for result in ends:
        assert result.stopped.end == REACHED
        assert result.outcomes.tobytes() == plain.outcomes.tobytes()
        assert result.series.tobytes() == plain.series.tobytes()
        assert result.provenance["plan_hash"] == plain.provenance["plan_hash"]
    assert plain.stopped is None


def test_a_number_asks_for_the_first_headline_outcome():
    assert compare(SCENARIO, precision=10.0).stopped.precision == Precision(10.0, "return_on_spend")


def test_a_single_design_has_no_difference():
    with pytest.raises(ValueError, match="two designs"):
        compare(small(("designs.compare", "pervasive")), precision=0.1)


def test_the_error_is_shared_between_the_outcome_asked_about_and_all_others():
    stopped = compare_until(SCENARIO, Precision(0.1), 1, simulate=planted()).stopped
    alphas = stopped.alphas(2)
    assert alphas.shape == (2, len(NAMES))
    assert alphas.sum() == pytest.approx(0.05)
    assert alphas[:, INDEX["return_on_spend"]].sum() == pytest.approx(stopped.precision.alpha)
    other = replace(stopped, precision=Precision(0.1, of="median"))
    assert other.alphas(2).sum() + other.precision.alpha == pytest.approx(0.05)
