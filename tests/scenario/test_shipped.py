"""The scenarios and designs that come with the package are sound, complete and give their reasons."""

from __future__ import annotations

import pickle

import pytest

from sim.organisation.coordinates import COORDINATES
from sim.scenario import shipped
from sim.scenario.document import read_document
from sim.scenario.firm import FIRM
from sim.scenario.settings import DEFAULT_COMPARE, DEFAULT_SCENARIO
from tests.scenario.loading import load


def test_there_are_five_firms_and_two_that_were_sought_and_six_designs_those_compared_by_default_first():
    assert set(shipped.scenario_paths()) == {
        "branch_bank", "mobile_bank", "manufacturer", "parcel_carrier", "online_retailer", "small_business_group", "two_product_venture",
    }  # fmt: skip
    designs = list(shipped.design_paths())
    assert designs[:3] == list(DEFAULT_COMPARE) == ["partnership", "modern_partnership", "pervasive"]
    assert designs[3:] == ["born_in_cloud", "federated", "platform_bank"]


@pytest.mark.parametrize("name", shipped.scenario_paths())
def test_every_shipped_scenario_loads_and_introduces_itself(name):
    scenario = load(name)
    assert scenario.name == name
    assert scenario.origin == "shipped"
    assert scenario.title
    assert len(scenario.about) > 100
    assert scenario.compare == DEFAULT_COMPARE


@pytest.mark.parametrize("name", shipped.scenario_paths())
def test_every_value_of_a_shipped_firm_has_its_reason_beside_it(name):
    document = read_document(shipped.scenario_paths()[name], name)
    for key in document.data["firm"]:
        assert document.places[("firm", key)].comment, key


def test_the_branch_bank_is_the_default_firm_and_states_every_field():
    document = read_document(shipped.scenario_paths()[DEFAULT_SCENARIO], DEFAULT_SCENARIO)
    assert set(document.data["firm"]) == set(FIRM)
    assert load(DEFAULT_SCENARIO).firm == {name: param.value for name, param in FIRM.items()}
    assert not load(DEFAULT_SCENARIO).changed


def test_the_mobile_bank_is_small_and_lives_in_a_fast_market():
    mobile, branch = load("mobile_bank").firm, load("branch_bank").firm
    assert mobile["technologists"] < 500
    assert mobile["turbulence"] > branch["turbulence"]


@pytest.mark.parametrize("name", shipped.scenario_paths())
def test_firm_fields_of_shipped_firms_are_plausible(name):
    firm = load(name).firm
    assert {key: firm[key] for key, param in FIRM.items() if not param.low <= firm[key] <= param.high} == {}


@pytest.mark.parametrize("name", shipped.design_paths())
def test_every_shipped_design_has_every_coordinate_and_a_reason_for_it(name):
    design = load(DEFAULT_SCENARIO).designs[name]
    assert set(design.values) == set(COORDINATES)
    assert set(design.reasons) == set(COORDINATES)
    assert design.about


@pytest.mark.parametrize("name", shipped.design_paths())
def test_coordinates_of_shipped_designs_are_inside_the_space(name):
    values = load(DEFAULT_SCENARIO).designs[name].values
    assert {key: values[key] for key, axis in COORDINATES.items() if not axis.low <= values[key] <= axis.high} == {}


def test_the_modern_partnership_differs_from_the_partnership_in_practice_only():
    designs = load(DEFAULT_SCENARIO).designs
    partnership, modern = designs["partnership"].values, designs["modern_partnership"].values
    different = {key for key in COORDINATES if partnership[key] != modern[key]}
    assert different == {"release_interval", "metrics_interval", "cloud_share"}
    assert different == {key for key, coordinate in COORDINATES.items() if coordinate.bundle == "practice"}
    assert all(modern[key] == designs["pervasive"].values[key] for key in different)


@pytest.mark.parametrize("name", shipped.scenario_paths())
def test_designs_are_the_same_for_every_firm(name):
    assert load(name).designs == load(DEFAULT_SCENARIO).designs


def test_a_scenario_survives_the_way_to_a_worker_process():
    scenario = load("mobile_bank")
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario
    assert hash(again) == hash(scenario)
    assert again.digest == scenario.digest


def test_a_scenario_cannot_be_changed():
    scenario = load(DEFAULT_SCENARIO)
    with pytest.raises(AttributeError):
        scenario.name = "other"
    with pytest.raises(TypeError):
        scenario.firm["units"] = 3
