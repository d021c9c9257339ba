"""The settings of a run: how many days are simulated, and how many of them count."""

from __future__ import annotations

from sim.core.parameters import Param, parameters

LONGEST_RUN = 1_000_000
"""Days that warm-up and counted window may have together: about 4000 years, more is a slip of the pen."""

RUN = parameters(
    days=Param(720, "working days that are counted", "days", 240, 2400, "definition: three years of 240 working days",
               whole=True, minimum=1, maximum=LONGEST_RUN),
    warm_up=Param(480, "working days that are simulated before and not counted", "days", 0, 2400,
                  "definition: two fiscal years", whole=True, minimum=0, maximum=LONGEST_RUN),
)  # fmt: skip

EQUAL_MONEY, EQUAL_TECHNOLOGY, EQUAL_HEADCOUNT = "money", "technology", "headcount"
EQUAL = (EQUAL_MONEY, EQUAL_TECHNOLOGY, EQUAL_HEADCOUNT)
"""What the designs compared may have in common: planned spend, planned spend without the business experts in teams, or the number of
technologists. The first is the default."""

EQUAL_SPEND = (EQUAL_MONEY, EQUAL_TECHNOLOGY)
"""Those under which technologists are scaled."""

DEFAULT_COMPARE = ("partnership", "modern_partnership", "pervasive")
DEFAULT_SCENARIO = "branch_bank"
