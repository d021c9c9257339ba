"""Stages of a work item's life. Numbers 0 to 8 are causes that a day can be charged to; 10 and above are ends."""

from __future__ import annotations

from types import MappingProxyType

# A waiting or working item is in the stage whose cause its days are charged to.
LIAISON = 0  #: with a liaison, to be translated
BOARD = 1  #: awaiting a decision
FUNDING = 2  #: awaiting project money
TEAM_QUEUE = 3  #: awaiting a team of its home, or in a team's hands without a crew
OTHER_TEAM = 4  #: with another team, for the specialism that its own team lacks
REVIEW = 5  #: awaiting a central review
RELEASE = 6  #: built, awaiting the next release
REWORK = 7  #: being mended before release
BUILDING = 8  #: never a stage: what a day with a full crew's work is charged to
EXPERIMENT = 9  #: an experiment under way; its days are charged to nothing

LIVE = 10  #: released and in use
REJECTED = 11  #: not worth its effort when it was decided on
WITHDRAWN = 12  #: given up while it waited
SHADOWED = 13  #: built around by the unit itself
STOPPED = 14  #: stopped while it was built, because what it rested on is no longer true
FAILED = 15  #: an experiment that found nothing
RETIRED = 16  #: live once, no longer in use

STAGES = MappingProxyType({name.lower(): number for name, number in globals().items() if name.isupper() and isinstance(number, int)})
STAGE_COUNT = 17

CHANGE, IDEA = 0, 1
"""Kinds of item: change is raised by a unit, an idea begins as an experiment and, found true, becomes a change."""
