"""The search finds a planted optimum, says "flat" on a flat function, and judges with fresh luck."""

from __future__ import annotations

import json

import numpy as np
import pytest
from click.testing import CliRunner

from sim.analysis.optimum import against, front, plateau, spread_of, what_matters
from sim.api import load_scenario
from sim.cli.main import main
from sim.experiment.optimise import HIGH, LOW, NAMES, design_at, place_of, search
from tests.experiment.small import options

PAIRS = 12
LUCK = np.random.default_rng(1).normal(size=(PAIRS, 1))
KNOWN = [dict(load_scenario("mobile_bank").designs[name].values) for name in ("partnership", "pervasive")]


def planted(weights: np.ndarray, at: np.ndarray, noise: float = 0.05):
    """Designs are the better the nearer they are to a place, in the coordinates that have weight; the same luck for all."""

    def measure(designs):
        found = []
        for values in designs:
            place = place_of(values)
            own = np.random.default_rng(abs(hash(tuple(values.values()))) % 2**32).normal(size=(PAIRS, 1))
            found.append(1.0 - (weights * (place - at) ** 2).sum() + noise * (LUCK + 0.2 * own))
        return found

    return measure


def mean(lived: np.ndarray) -> float:
    return float(lived[:, 0].mean())


def test_a_planted_optimum_is_found():
    weights, at = np.zeros(len(NAMES)), np.full(len(NAMES), 0.5)
    weights[[1, 6, 9]], at[[1, 6, 9]] = 2.0, [0.8, 0.3, 0.6]
    tried = search(KNOWN, planted(weights, at), mean, 600, 1)
    found = tried[0].place
    assert np.abs(found - at)[[1, 6, 9]].max() < 0.12
    wide = spread_of(plateau(tried, 0, 1))
    widths = {name: (high - low) / span for (name, (low, high)), span in zip(wide.items(), HIGH - LOW, strict=True)}
    free = [widths[name] for place, name in enumerate(NAMES) if place not in (1, 6, 9)]
    assert np.mean(free) > 1.3 * np.mean([widths[NAMES[place]] for place in (1, 6, 9)]), "the others are free"


def test_what_matters_is_what_was_planted():
    weights, at = np.zeros(len(NAMES)), np.full(len(NAMES), 0.5)
    weights[4] = 3.0
    measure = planted(weights, at)
    best, nearest = design_at(at), KNOWN[0]
    lived = measure([best, *({**best, name: nearest[name]} for name in NAMES)])
    losses = {name: lived[0][:, 0] - each[:, 0] for name, each in zip(NAMES, lived[1:], strict=True)}
    rows = what_matters(losses, best, nearest)
    assert rows[0].coordinate == NAMES[4]
    assert [row.coordinate for row in rows if row.sure] == [NAMES[4]]


def test_on_a_flat_function_nothing_is_better_and_everything_will_do():
    measure = planted(np.zeros(len(NAMES)), np.full(len(NAMES), 0.5), noise=0.1)
    tried = search(KNOWN, measure, mean, 240, 1)
    fresh = np.random.default_rng(9)
    names = ("partnership", "pervasive")
    found = against({name: 0.1 * fresh.normal(size=96) for name in names}, dict.fromkeys(names, 0.3))
    assert not any(one.low > 0.0 for one in found)
    assert all(one.word == "cannot be told apart" for one in found)
    assert len(plateau(tried, 0, 1)) > 0.3 * len(tried)


def test_what_cannot_be_had_is_avoided():
    def measure(designs):
        return [np.full((PAIRS, 1), np.nan if place_of(values)[0] > 0.5 else place_of(values)[0]) for values in designs]

    tried = search(KNOWN, measure, lambda lived: mean(lived) if not np.isnan(lived).any() else -np.inf, 240, 1)
    assert 0.4 < tried[0].place[0] <= 0.5


def test_none_that_can_be_had_is_an_error():
    with pytest.raises(ValueError, match="none of the designs"):
        search(KNOWN, lambda designs: [np.full((2, 1), np.nan) for _ in designs], lambda lived: -np.inf, 48, 1)


def test_the_same_seed_tries_the_same_designs():
    weights = np.linspace(0.0, 1.0, len(NAMES))
    one, two = (search(KNOWN, planted(weights, np.full(len(NAMES), 0.4)), mean, 96, 3) for _ in range(2))
    assert [each.values for each in one] == [each.values for each in two]


def test_the_front_is_what_none_beats():
    from sim.experiment.optimise import Tried

    points = [(1.0, 5.0), (2.0, 4.0), (2.0, 6.0), (3.0, 3.0), (0.5, 9.0), (3.0, 9.0)]
    tried = [Tried(KNOWN[0], np.full((2, 2), point), 0.0) for point in points]
    kept = {tuple(one.lived[0]) for one in front(tried, [0, 1], [1, -1])}
    assert kept == {(3.0, 3.0)}
    kept = {tuple(one.lived[0]) for one in front(tried, [0, 1], [-1, -1])}
    assert kept == {(0.5, 9.0), (1.0, 5.0), (2.0, 4.0), (3.0, 3.0)}


def test_the_command_tells_what_it_found(tmp_path):
    result = CliRunner().invoke(main, ["optimise", "mobile_bank", *options("--tries", "32", "--out", str(tmp_path))])
    assert result.exit_code == 0, result.output
    assert "designs were tried" in result.stdout
    found = json.loads((tmp_path / "optimum.json").read_text(encoding="utf-8"))
    assert set(found["design"]) == set(NAMES)
    assert {one["name"] for one in found["against"]} == {"partnership", "pervasive"}
    again = load_scenario(tmp_path / "found.toml")
    assert dict(again.designs["found"].values) == pytest.approx(found["design"])


@pytest.mark.parametrize(("arguments", "what"), [
    (("--maximise", "return"), "return_on_spend"),
    (("--maximise", "wip"), "neither more nor less"),
    (("--subject-to", "lead_time_median"), "is not a condition"),
    (("--subject-to", "lead_tim<=3"), "no such outcome"),
    (("--subject-to", "lead_time_median<=e"), "not a number"),
])  # fmt: skip
def test_wrong_input_gives_one_message(arguments, what):
    result = CliRunner().invoke(main, ["optimise", "mobile_bank", *arguments, "--quiet"])
    assert result.exit_code == 2, result.output
    assert what in result.stderr
