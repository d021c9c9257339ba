"""The tracked ensemble: what it says of itself, and that it can be made again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from sim.api import load_scenario
from sim.core.jit import model_digest
from sim.experiment.firms import Firms
from sim.experiment.kept import DRAWS, read_ensemble
from sim.experiment.matching import matched
from sim.experiment.problem import Plan
from sim.experiment.targets import means_of
from sim.validation.calibration import RANGES, Reading
from sim.validation.ensemble import MEASURED, READ_OFF, names_read, problem_of, read_off, rows_of_run, targets

FOLDER = Path(__file__).resolve().parents[2] / "results" / "ensemble"
MOST_BYTES = 500_000


@pytest.fixture(scope="module")
def ensemble():
    return read_ensemble(FOLDER)


def of_this_model(ensemble) -> None:
    """Skip, and say so, where the model has changed since the firms were found: the page says which model found them."""
    if ensemble.told("model_digest") != model_digest():
        pytest.skip(f"found with model {ensemble.told('model_digest')}, this is {model_digest()}; orgsim ensemble --out results/ensemble")


def test_there_are_at_least_300_firms_and_they_are_small(ensemble):
    assert len(ensemble.firms) >= 300
    assert len({json.dumps(dict(firm)) for firm in ensemble.firms}) == len(ensemble.firms)
    assert (FOLDER / DRAWS).stat().st_size < MOST_BYTES


def test_the_page_says_what_made_it(ensemble):
    page = (FOLDER / "ensemble.md").read_text(encoding="utf-8")
    for name in ("model_digest", "plan_hash", "seed"):
        assert ensemble.told(name) in page
    assert f"{len(ensemble.firms)} firms are kept" in page


def test_every_firm_meets_the_rows_that_need_no_run(ensemble):
    scenario = load_scenario(ensemble.told("scenario"))
    columns = {path: np.array([firm[path] for firm in ensemble.firms]) for path in ensemble.firms[0]}
    for name, holds in read_off(scenario, ensemble.told("design"), columns).items():
        assert holds.all(), name


def test_rows_without_runs_read_what_they_name():
    scenario = load_scenario("branch_bank")
    assert {"overhead", "newcomer_loss", "units", "technologists", "trust_gain"} <= set(names_read(scenario, "partnership"))
    assert set(MEASURED) | set(READ_OFF) == set(RANGES)
    assert [each.name for each in targets()] == list(MEASURED)
    values = {**scenario.firm, **scenario.model, **scenario.designs["partnership"].values}
    for name, holds in read_off(scenario, "partnership", {"firm.units": np.array([12.0, 1.0])}).items():
        assert holds[0] == RANGES[name].holds(RANGES[name].found(Reading({}, np.nan, np.nan, values)))
    assert not read_off(scenario, "partnership", {"firm.units": np.array([1.0])})["C10"][0], "340 technologists and half a liaison"


@pytest.mark.slow
def test_some_of_the_firms_meet_every_row_when_they_are_run_again(ensemble):
    of_this_model(ensemble)
    firms = Firms(load_scenario(ensemble.told("scenario")), ensemble.told("design"), rows_of_run, len(MEASURED), int(ensemble.told("seed")))
    histories = max(ensemble.provenance["plan"]["stages"])
    for runs in firms.measure("again", ensemble.firms[:: len(ensemble.firms) // 8], 0, histories):
        assert all(target.holds(mean) for target, mean in zip(targets(), means_of(runs), strict=True))


@pytest.mark.slow
def test_the_first_two_waves_are_the_same_again(ensemble):
    of_this_model(ensemble)
    told = ensemble.provenance["plan"]
    firms = Firms(load_scenario(ensemble.told("scenario")), ensemble.told("design"), rows_of_run, len(MEASURED), told["seed"])
    plan = Plan(told["keep"], told["blind"], told["size"], told["blind"] + told["size"], tuple(told["stages"]), told["seed"])
    found = matched(problem_of(firms), plan)
    assert [vars(wave) for wave in found.waves] == ensemble.provenance["found"]["waves"][:2]
    lines = [line.split(",") for line in (FOLDER / DRAWS).read_text(encoding="utf-8").splitlines()]
    rows = [[float(text) for text in line[2:]] for line in lines[1:] if int(line[1]) <= 2]
    assert rows, "the second wave found some"
    assert rows == [list(one.point.values()) for one in found.kept]
