"""The kinds of dated events: what each changes, by how much where nothing is said, and what it costs in the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sim.organisation.coordinates import COORDINATES
from sim.scenario.keys import Key, key_of_coordinate


@dataclass(frozen=True)
class Kind:
    """One kind of event.

    meaning     what happens, in words an executive reads
    numbers     what an event of this kind may say, each with range, unit, meaning and value where nothing is said
    coordinate  the coordinate whose value `level` is, or that `share` is added to; none where agents or people change
    price       what it costs, and where that is charged
    usual       whether it is what firms do to the IT unit when the partnership disappoints, rather than to how work is organised
    """

    meaning: str
    price: str
    numbers: Mapping[str, Key] = field(default_factory=dict)
    coordinate: str = ""
    usual: bool = False


def _level(coordinate: str, value: float) -> dict[str, Key]:
    axis = key_of_coordinate(COORDINATES[coordinate])
    return {"level": Key(axis.least, axis.most, axis.unit, f"{coordinate} from that day on", value)}


def _to(coordinate: str, value: float, meaning: str, price: str) -> Kind:
    return Kind(meaning, price, _level(coordinate, value), coordinate)


KINDS: Mapping[str, Kind] = MappingProxyType({
    "replace_leader": Kind(
        "the technology leader is replaced", "the board does not meet during the vacancy, and the search is paid (intervene)",
        {"fluency": Key(0, 1, "share", "technology fluency of the successor; drawn where nothing is said")}, usual=True,
    ),
    "restructure": Kind(
        "the IT unit's people are put into other teams of it", "ramp-up, lost ties, handed-over work (reorganise)",
        {"share": Key(0, 1, "share", "people of the pools who change teams", 1.0)}, usual=True,
    ),
    "tsar": Kind(
        "a digital unit with mixed teams and its own experts is set up beside units and pool",
        "its people leave where they were and have to settle (reorganise); its experts are paid on top of every budget (spend); units "
        "talk to it through liaisons (translate)",
        {"people": Key(1, 1000, "people", "technologists who are set apart", 16.0)}, usual=True,
    ),
    "outsource": Kind(
        "more build capacity is bought", "what the coordinate costs",
        {"share": Key(0, 0.8, "share", "build capacity bought from third parties, beyond what is bought already", 0.2)},
        "vendor_share", usual=True,
    ),
    "budget_cut": Kind(
        "technologists are let go, in every place alike", "leaving is paid for; their work stays (demand); crews lose people (reorganise)",
        {"share": Key(0, 0.9, "share", "technologists who leave", 0.1)}, usual=True,
    ),
    "persistent_funding": _to("funding_persistence", 0.95, "teams are funded instead of projects", "what the coordinate costs"),
    "enabling_platform": _to("enabling_share", 0.2, "people make tools that others serve themselves with",
                             "they leave where they were and have to settle (reorganise)"),
    "embed": _to("tech_embedding", 0.95, "technologists move into the business units", "ramp-up, lost ties, handed-over work (reorganise)"),
    "change_ownership": _to("change_ownership", 0.9, "teams bring what they build into use", "what the coordinate costs"),
    "fluent_leaders": _to("leader_fluency", 0.7, "leaders who understand technology are hired or taught",
                          "each one's search is paid (intervene); hours of learning (build)"),
})  # fmt: skip
"""Kind of event → what it is."""
