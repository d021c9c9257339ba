"""Equal money on the command line: prices of designs, `--equal`, and what is said when a word is wrong."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.organisation.prices import TERMS

SHORT = ["--set", "run.days=240", "--set", "run.warm_up=40", "--replicates", "3", "--quiet"]


def called(*arguments: str):
    return CliRunner().invoke(main, [*arguments])


def prices(*more: str) -> list[dict[str, float]]:
    return json.loads(called("list", "designs", "--prices", "--json", *more).output)


@pytest.mark.parametrize("more", [(), ("--scenario", "mobile_bank")])
def test_prices_add_up_and_equal_money_is_the_firsts(more):
    rows = prices(*more)
    for row in rows:
        assert row["total"] == pytest.approx(sum(row[term] for term in TERMS))
    assert rows[0]["people_at_equal_money"] == rows[0]["people"]
    pervasive = next(row for row in rows if row["name"] == "pervasive")
    assert (pervasive["people_at_equal_money"] < pervasive["people"]) == (pervasive["total"] > rows[0]["total"])


def test_prices_are_a_table_too():
    lines, rows = called("list", "designs", "--prices").output.splitlines(), prices()
    assert [line.split()[0] for line in lines] == ["name", *(row["name"] for row in rows)]
    for row, line in zip(rows, lines[1:], strict=True):
        assert {f"{row['technologists']:,.0f}", f"{row['total']:,.0f}"} <= set(line.split())


@pytest.mark.parametrize(("arguments", "told"), [
    (("compare", "mobile_bank", "--equal", "mony"), "did you mean money?"),
    (("compare", "mobile_bank", "--equal", "head"), "headcount"),
    (("compare", "mobile_bank", "--equal", "3"), "money"),
    (("list", "outcomes", "--prices"), "outcomes have no prices"),
    (("list", "designs", "--scenario", "mobile_bank"), "--prices"),
    (("list", "designs", "--prices", "--scenario", "mobile_bang"), "did you mean mobile_bank?"),
])  # fmt: skip
def test_a_wrong_word_ends_with_code_2_and_the_nearest(arguments, told):
    result = called(*arguments)
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output


CHANCE = "coordinate,review,adopt,shadow,debt,vendors,talent,lead,architect"
"""Mechanisms whose spend hangs on what happens in a run: without them a plan is kept to a part in a hundred."""


@pytest.mark.parametrize("equal", ["money", "headcount"])
def test_what_is_equal_is_said_with_how_far_spend_differs(equal):
    planned = ["--set", f"off.mechanisms={CHANCE}"]
    document = json.loads(called("compare", "mobile_bank", *SHORT, *planned, "--equal", equal, "--json").output)
    found, costs = document["equal"], {name: outcomes["cost_total"]["mean"] for name, outcomes in document["designs"].items()}
    assert found["by"] == equal
    first = next(iter(costs))
    for name, residual in found["spend_residual"].items():
        assert residual == pytest.approx(costs[name] / costs[first] - 1.0)
        assert (abs(residual) < 0.01) == (equal == "money" or name == first)
    assert (set(found["technologists"].values()) == {90.0}) == (equal == "headcount")


def test_the_residual_stands_under_the_table():
    told = " ".join(called("compare", "mobile_bank", *SHORT).output.split())
    assert "Costs are equal by plan" in told
    assert "What was really spent differs by" in told
