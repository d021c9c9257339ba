"""The space of organisation designs: its coordinates, their ranges, bundles and prices.

A design is a point in this space. Both models of the title are points; so is everything between and beyond.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

BUNDLES = ("structure", "decision", "funding", "culture", "practice")


@dataclass(frozen=True)
class Coordinate:
    """One axis of the space of designs.

    default, low, high  value where a design says nothing, and the legal range   [unit]
    meaning             what it is, in words an executive reads
    bundle              one of BUNDLES: what the attribution groups it under
    price               what more of it costs, and where that is charged
    """

    low: float
    high: float
    unit: str
    meaning: str
    bundle: str
    price: str


_DECLARED = {
    "tech_embedding": Coordinate(
        0.0, 1.0, "share", "technologists outside enabling teams whose home is a business-unit team", "structure",
        "queues are split: capacity idles in one unit while another waits (route); the knowledge of other units fades",
    ),
    "cross_functionality": Coordinate(
        0.0, 1.0, "share", "teams that hold every specialism they need, business experts included", "structure",
        "specialist depth is lost in mixed teams (build); business experts leave operations, and are paid (spend)",
    ),
    "liaisons_per_unit": Coordinate(
        0.0, 4.0, "FTE", "people per business unit whose job is to translate between unit and technologists",
        "structure", "liaisons are paid: they are taken from the technologists' head count",
    ),
    "enabling_share": Coordinate(
        0.0, 0.4, "share", "technologists on enabling teams that serve others by self-service tooling", "structure",
        "people taken from features: they run and automate instead; their tooling is paid (spend)",
    ),
    "product_grouping": Coordinate(
        0.0, 1.0, "share", "dependencies of an item that fall inside its own unit, because units are cut by product",
        "structure", "functional depth lost: skill falls; duplicated support: run work rises (coordinate)",
    ),
    "vendor_share": Coordinate(
        0.0, 0.8, "share", "build capacity bought from third parties", "structure",
        "paid above the wage; intent is lost in vendors' hands, and knowledge leaves with them (vendors)",
    ),
    "delegation": Coordinate(
        0.0, 1.0, "quantile", "item size, as a quantile, up to which a team starts work on its own authority",
        "decision", "local sight: value for other units is seen only as far as goals are joint (decide); "
        "drift and queues where leaders lack fluency and attention (lead)",
    ),
    "board_interval": Coordinate(
        1.0, 60.0, "days", "days between meetings of the body that decides the rest", "decision",
        "each meeting takes hours of technologists (decide) and of executives, who are dearer (spend); a long interval makes items wait",
    ),
    "governance_scope": Coordinate(
        0.0, 1.0, "share", "items that pass a central review", "decision",
        "waiting for finite reviewers, and hours of technologists and business people for each review (review)",
    ),
    "principles_strength": Coordinate(
        0.0, 1.0, "share", "how strongly shared principles shape daily work: pull of the common code on teams' beliefs",
        "decision",
        "hours of writing, teaching and keeping them, charged as coordination (build); early uniformity: teams stop knowing what the "
        "code does not know yet (learn)",
    ),
    "leader_fluency": Coordinate(
        0.0, 1.0, "share", "mean technology fluency of the leadership team", "decision",
        "hours of learning that fluent leaders spend, charged as coordination (build); their pay, dearer where talent is scarce (lead)",
    ),
    "funding_persistence": Coordinate(
        0.0, 1.0, "share", "capacity funded as standing teams; the rest waits for project money", "funding",
        "standing money stays where it is: only project money moves work to a freer home (fund)",
    ),
    "funding_interval": Coordinate(
        20.0, 240.0, "days", "days between funding windows", "funding",
        "each window takes hours of bidding, and work carried over pays a restart cost (fund)",
    ),
    "joint_goals": Coordinate(
        0.0, 1.0, "share", "weight of the firm's result, against the own unit's, in what a team is judged by", "funding",
        "hours of meeting to agree goals, charged as coordination (decide)",
    ),
    "change_ownership": Coordinate(
        0.0, 1.0, "share", "organisational change that the delivering team owns", "funding",
        "the teams' own hours, before experiments and items (adopt, charged in build)",
    ),
    "experiment_budget": Coordinate(
        0.0, 0.3, "share", "capacity that teams may spend on experiments", "culture", "that capacity (innovate)",
    ),
    "failure_tolerance": Coordinate(
        0.0, 1.0, "probability", "that a failed experiment costs its team nothing", "culture",
        "bad bets are kept longer: failing experiments take more effort before they are stopped (innovate)",
    ),
    "self_organisation": Coordinate(
        0.0, 1.0, "probability", "that an idle team helps another, and that teams set their own limits on work in progress",
        "culture", "help comes with less knowledge of the unit helped (build)",
    ),
    "visibility": Coordinate(
        0.0, 1.0, "probability", "that work elsewhere is seen in time", "culture",
        "hours of reporting and attention, charged as coordination (build); ideas grow alike sooner (learn)",
    ),
    "guild_strength": Coordinate(
        0.0, 1.0, "share", "strength of communities of practice across teams", "culture",
        "hours of meeting, charged as coordination (build); too many links make beliefs alike too early (learn)",
    ),
    "release_interval": Coordinate(
        1.0, 60.0, "days", "days between releases", "practice",
        "each release has a fixed cost that only automation by enabling teams lowers (release)",
    ),
    "metrics_interval": Coordinate(
        1.0, 240.0, "days", "days until an outcome is measured and fed back", "practice",
        "measuring takes hours each time, charged as coordination (rework)",
    ),
    "cloud_share": Coordinate(
        0.0, 1.0, "share", "infrastructure run work that providers do", "practice",
        "usage price, which rises with what is bought (cloud)",
    ),
}  # fmt: skip

COORDINATES = MappingProxyType(_DECLARED)
