"""Which outcomes the table and the charts show: one a question, none twice.

Every other one stands in summary.json and in the page's full table.
"""

from __future__ import annotations

from sim.model.outcomes import GROUPS, HEADLINE, OUTCOMES

CHART = (
    "return_on_spend", "cost_total", "benefits_money", "benefits_realised_share", "portfolio_value", "architecture_fit",
    "change_failure_rate", "time_to_restore", "breaches_per_year", "debt_level", "run_share", "attrition_rate",
    "lead_time_median", "lead_time_p85", "delivery_time_median", "finished_share", "shadow_share", "throughput_items", "flow_efficiency",
    "deployments_per_month",
    "innovations_per_100_technologist_years", "experiment_hit_rate", "knowledge_accuracy", "haphazardness_fano", "haphazardness_gini",
    "boundary_wait_share", "coordination_share", "handoffs_per_item", "escalations_per_month", "duplicated_work_share", "trust_mean",
    "trust_min",
)  # fmt: skip
"""Rows of the chart of differences, each with a better direction."""

FIRST = (HEADLINE[0], "benefits_money", "cost_total", *HEADLINE[1:])
"""Rows that stand at the head of their group in the chart: what the headline speaks of, and what its first outcome is made of."""

TABLE = (
    "return_on_spend", "cost_total", "benefits_money", "benefits_realised_share",
    "lead_time_median", "lead_time_p85", "finished_share", "rejected_share", "withdrawn_share", "shadow_share", "open_share",
    "throughput_items",
    "innovations_per_100_technologist_years", "knowledge_accuracy", "haphazardness_fano",
    "boundary_wait_share", "coordination_share", "duplicated_work_share", "trust_min",
    "portfolio_value", "change_failure_rate", "breaches_per_year", "debt_level", "attrition_rate",
)  # fmt: skip
"""Rows of the terminal's table: return, spend and benefits first; with the lead time stands what became of the items not live."""

SERIES = ("lead_time", "live", "innovations", "accuracy", "trust", "deployments")
"""Panels of the chart of months."""


def by_group(names: tuple[str, ...]) -> dict[str, list[str]]:
    """Group → its outcomes, both in their declared order; groups without any are left out."""
    found: dict[str, list[str]] = {group: [name for name in names if OUTCOMES[name].group == group] for group in GROUPS}
    return {group: members for group, members in found.items() if members}
