"""`orgsim map`: what it prints and writes, that the firm's own class is the comparison's, and what it says of wrong input."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import sim
from sim.analysis.paired import analyse
from sim.cli.main import main
from tests.experiment.small import options


def call(*arguments: str):
    return CliRunner().invoke(main, ["map", "mobile_bank", *options(*arguments)])


def test_a_map_is_printed_and_written(tmp_path):
    result = call("--halvings", "0", "--out", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert "firms were measured; the whole grid has 25" in result.stdout
    assert "This firm" in result.stdout
    names = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {"map.json", "page.json", "phase_map.svg", "phase_map.narrow.svg", "phase_map.png", "phase_map.csv"}
    found = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    assert found["across"] == "firm.turbulence"
    assert abs(sum(found["maps"][0]["shares"].values()) - 1.0) < 1e-9


def test_the_firms_own_class_agrees_with_what_compare_says():
    result = call("--halvings", "0", "--json")
    own = json.loads(result.stdout)["this_firm"]
    comparison = sim.compare("mobile_bank", replicates=4, overrides=[
        ("firm.units", "3"), ("firm.technologists", "24"), ("run.days", "240"), ("run.warm_up", "60"),
        ("designs.compare", "partnership,pervasive"),
    ])  # fmt: skip
    difference = analyse(comparison, outcomes=["return_on_spend"]).differences["pervasive"]["return_on_spend"]
    assert own["difference"] == pytest.approx(difference.mean, abs=1e-12)
    sure = {None: ("cannot tell", "first leaning", "second leaning"), "partnership": ("first surely",), "pervasive": ("second surely",)}
    assert own["class"] in sure[difference.better]


@pytest.mark.parametrize(("arguments", "where", "what"), [
    (("--across", "firm.turbulance"), "--across firm.turbulance", "did you mean firm.turbulence"),
    (("--up", "firm.*"), "--up firm.*", "not one number"),
    (("--up", "scenario"), "--up scenario", "not one number"),
    (("--up", "design.federated.delegation"), "--up design.federated.delegation", "none of the designs"),
    (("--up", "firm.turbulence"), "firm.turbulence", "varied twice"),
    (("--outcome", "return"), "--outcome return", "return_on_spend"),
    (("--outcome", "wip"), "--outcome wip", "nobody wins"),
    (("--replicates", "1"), "--replicates", "1"),
])  # fmt: skip
def test_wrong_input_gives_one_message(arguments, where, what):
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    assert where in result.stderr
    assert what in result.stderr
    assert "Traceback" not in result.output
