"""What is measured: every outcome with unit, meaning, direction and the smallest difference that matters.

Command line, report, page and notebooks read this list; nothing else names outcomes. Order is the order of
the columns in a run's row of results.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

GROUPS = MappingProxyType({
    "consequence": "Return and consequences",
    "speed": "Delivery speed",
    "innovation": "Innovation",
    "friction": "Cross-unit friction",
    "days": "Where the days went",
})  # fmt: skip

CAUSES = ("liaison", "board", "funding", "team_queue", "other_team", "review", "release", "rework", "building")
"""What a day of an item's life is charged to, in the order of an item's life; building last."""

CAUSE_LABELS = MappingProxyType({
    "liaison": "liaison", "board": "board", "funding": "funding", "team_queue": "team queue",
    "other_team": "other team", "review": "review", "release": "release", "rework": "rework", "building": "building",
})  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """One measured quantity.

    label       a few words for tables and axes
    unit        as printed; a share is stored as 0 to 1 and printed in per cent
    meaning     a sentence for someone who has not seen the model
    group       key of GROUPS
    better      +1: more is better, −1: less is better, 0: neither, it only describes
    share       True for quantities between 0 and 1
    window      True where "not reached" means the length of the counted window, and is marked "beyond"
    source      where the definition is from
    """

    label: str
    unit: str
    meaning: str
    group: str
    better: int
    source: str
    share: bool = False
    window: bool = False

    def matters(self, first_mean: float) -> float:
        """Smallest difference that matters: 0.02 for shares, else 5 % of the first design's mean (an assumption)."""
        return 0.02 if self.share else 0.05 * abs(first_mean)


def _days(cause: str) -> Outcome:
    meaning = "building, counted in crew-days" if cause == "building" else f"waiting: {CAUSE_LABELS[cause]}"
    return Outcome(f"days, {CAUSE_LABELS[cause]}", "days", f"mean days of finished items spent {meaning}", "days",
                   -1 if cause != "building" else 0, "definition: the causes add up to the mean lead time")


_DORA = "dora2024: delivery metrics"
_COHORT = "aalen1978: cumulative incidence of going live among the items raised in the counted window"

OUTCOMES = MappingProxyType({
    "lead_time_median": Outcome("lead time, median", "days", "days from an item being raised to being live, half of all items raised",
                                "speed", -1, _COHORT, window=True),
    "lead_time_median_all": Outcome("lead time, median of all that went live", "days",
                                    "median days from raised to live of the items that went live in the window, whenever they were raised",
                                    "speed", -1, "definition: the other way of counting, which forgets what is still open"),
    "lead_time_p85": Outcome("lead time, 85th percentile", "days", "days within which 85 % of all items raised are live", "speed", -1,
                             _COHORT, window=True),
    "lead_time_mean": Outcome("lead time, mean of finished", "days", "mean days from raised to live of the items that went live", "speed",
                              -1, "definition: live day less raised day"),
    "delivery_time_median": Outcome("delivery time, median", "days", "days from the first day of work to live, median of finished items",
                                    "speed", -1, _DORA),
    "finished_share": Outcome("finished", "%", "share of the items raised that went live", "speed", 1, _COHORT, share=True),
    "rejected_share": Outcome("rejected", "%", "share of the items raised that were turned down as not worth their effort", "speed", 0,
                              _COHORT, share=True),
    "withdrawn_share": Outcome("withdrawn", "%", "share of the items raised that were given up while waiting", "speed", -1, _COHORT,
                               share=True),
    "shadow_share": Outcome("built around", "%", "share of the items raised that their unit built around, asking for no more", "speed",
                            -1, _COHORT, share=True),
    "open_share": Outcome("still open", "%", "share of the items raised still under way at the end", "speed", -1, _COHORT, share=True),
    "open_age": Outcome("age of open work", "days", "mean age of the items still under way at the end", "speed", -1, "definition"),
    "throughput_items": Outcome("throughput", "items a month", "items of any age that went live, a month", "speed", 1, "definition"),
    "throughput_days": Outcome("throughput", "person-days a month", "work that went live, a month", "speed", 1, "definition"),
    "flow_efficiency": Outcome("flow efficiency", "%", "building days as a share of lead time, finished items", "speed", 1,
                               "modig2012: value-adding time over lead time", share=True),
    "deployments_per_month": Outcome("deployments", "a month and product", "releases that carried something, a month and product",
                                     "speed", 1, _DORA),
    "wip": Outcome("work in progress", "items", "items being built or handed over, mean over days", "speed", 0, "definition"),
    "innovations_per_100_technologist_years": Outcome("innovations", "per 100 person-years",
                                                      "ideas found by experiment that were adopted, per 100 years of a technologist's work",
                                                      "innovation", 1, "definition"),
    "experiment_hit_rate": Outcome("experiments that succeed", "%", "share of finished experiments that found something", "innovation",
                                   1, "kohavi2013: share of ideas that improve what they were meant to", share=True),
    "knowledge_accuracy": Outcome("knowledge right", "%", "share of teams' beliefs that agree with reality, mean over months",
                                  "innovation", 1, "march1991: page 75, performance of knowledge", share=True),
    "haphazardness_fano": Outcome("haphazardness in time", "excess Fano",
                                  "variance over mean of the quarterly starts of ideas that were adopted, beyond random scatter",
                                  "innovation", -1, "fano1947: variance-to-mean ratio"),
    "haphazardness_gini": Outcome("haphazardness across units", "excess Gini",
                                  "inequality between units of the starts of ideas that were adopted, beyond random scatter",
                                  "innovation", -1, "gini1912: mean difference"),
    "coordination_share": Outcome("coordination", "%", "share of technologists' and liaisons' hours spent on keeping in step", "friction",
                                  -1, "definition", share=True),
    "boundary_wait_share": Outcome("waiting at boundaries", "%",
                                   "share of lead time spent waiting at a boundary: for a liaison, another team or a review",
                                   "friction", -1,
                                   "definition", share=True),
    "handoffs_per_item": Outcome("handoffs", "per item", "times a finished item changed hands", "friction", -1, "definition"),
    "escalations_per_month": Outcome("escalations", "a month", "lateness, missed agreements and failed releases that go up to a unit's "
                                     "leader, whole firm, a month", "friction", -1, "definition"),
    "trust_mean": Outcome("trust, mean", "0 to 1", "trust of units in those who deliver to them, weighted by deliveries", "friction", 1,
                          "definition", share=True),
    "trust_min": Outcome("trust, lowest", "0 to 1", "trust of the unit that trusts its suppliers least", "friction", 1, "definition",
                         share=True),
    "portfolio_value": Outcome("value of work chosen", "thousand a person-day", "true value per person-day of the items given a go, "
                               "less what choice under leaders without fluency loses of it",
                               "consequence", 1, "definition"),
    "duplicated_work_share": Outcome("duplicated work", "%",
                                     "share of work that found or built what was there, or asked for, already: experiments, shadow work",
                                     "friction", -1, "definition", share=True),
    "benefits_realised_share": Outcome("benefits realised", "%",
                                       "what finished items earn, against all benefits from the day they went live", "consequence", 1,
                                       "bloch2012: benefits of large projects against plan", share=True),
    "benefits_money": Outcome("benefits", "thousand", "what the items raised earn in the window, and for ever after as they stand then",
                              "consequence", 1, "definition"),
    "benefits_money_window": Outcome("benefits in the window", "thousand", "what the items raised earn in the counted window",
                                     "consequence", 1, "definition"),
    "architecture_fit": Outcome("fit of the architecture", "0 to 1",
                                "what a unit's choices in the firm's architecture contribute, mean over units and rounds; 0.5 at random",
                                "consequence", 1, "siggelkow2003: mean contribution", share=True),
    "change_failure_rate": Outcome("change failures", "%", "share of releases that fail in service", "consequence", -1, _DORA, share=True),
    "time_to_restore": Outcome("time to restore", "days", "days until a failed release is mended", "consequence", -1, _DORA),
    "breaches_per_year": Outcome("breaches", "a year", "regulated items that broke a rule in service, a year", "consequence", -1,
                                 "definition"),
    "debt_level": Outcome("technical debt", "years", "mending owed, in years of the work of a product's technologists, mean over days",
                          "consequence", -1, "definition"),
    "run_share": Outcome("run work", "%", "share of technologists' hours that keep things running", "consequence", -1, "definition",
                         share=True),
    "attrition_rate": Outcome("attrition", "%", "technologists who left in a year, of all posts", "consequence", -1, "definition"),
    "return_on_spend": Outcome("return on spend", "per 1 spent",
                               "what the items raised earn, in the window and after, per unit of all technology spend",
                               "consequence", 1, "definition: benefits over spend"),
    "cost_total": Outcome("technology spend", "thousand a year", "all that technology work costs: people, tools, business hours, purchases",
                          "consequence", -1, "definition: people, business hours and what is bought, at wage and price"),
    "spend_experts": Outcome("spend on business experts", "thousand a year", "pay of business experts in teams, of the technology spend",
                             "consequence", 0, "definition: business experts in teams, at wage"),
    **{f"days_{cause}": _days(cause) for cause in CAUSES},
})  # fmt: skip

NAMES = tuple(OUTCOMES)
INDEX = MappingProxyType({name: index for index, name in enumerate(NAMES)})

HEADLINE = ("return_on_spend", "lead_time_median", "innovations_per_100_technologist_years", "boundary_wait_share")
"""The outcomes that the headline and its simultaneous intervals speak of first."""
