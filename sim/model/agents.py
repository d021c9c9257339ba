"""Agents: the Mesa faces of teams, liaisons and leaders. Each method is one line that calls the compiled act for its own row.

To try another behaviour, override a method in plain Python; `super()` is what the model does, and fields read and write the record:

    class Careful(Team):
        rested = 0                       # a field of one's own is declared in the class

        def build(self):
            if self.model.day % 5 == 4:  # every fifth day, this team does not build
                self.rested += 1
            else:
                super().build()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from sim.core.jit import entry
from sim.model.faces import Face
from sim.model.mechanisms import build, decide, innovate, learn, translate

if TYPE_CHECKING:
    from sim.model.mesa_model import OrgModel

_build, _translate, _decide = entry(build.act), entry(translate.act), entry(decide.act)
_take_stock, _learn, _innovate = entry(learn.take_stock), entry(learn.act), entry(innovate.act)


class _Agent(Face, mesa.Agent):
    """What the three kinds have in common: a place in the model and a row of the world."""

    model: OrgModel

    def __init__(self, model: OrgModel, number: int) -> None:
        self.sit(model.world, number)
        super().__init__(model)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.number})"


class Team(_Agent, table="teams"):
    """A team of technologists; its fields are those of the table `teams`.

    Raises AttributeError for a name that is no field, ValueError for a value that the rules have no room for.
    """

    def build(self) -> None:
        """Spend the day on run work, meetings, experiments and the items in hand."""
        _build(self.world, self.number, self.model.day)

    def take_stock(self) -> None:
        """On days of learning: record what the team does and shows, before anybody learns."""
        _take_stock(self.world, self.number, self.model.day)

    def learn(self) -> None:
        """On days of learning: learn from principles and peers."""
        _learn(self.world, self.number, self.model.day)

    def innovate(self) -> None:
        """Read results of experiments, and begin one where enough effort has been saved up."""
        self.model.make_room()
        _innovate(self.world, self.number, self.model.day)


class Liaison(_Agent, table="liaisons"):
    """A liaison between a unit and technology; its fields are those of the table `liaisons`."""

    def translate(self) -> None:
        """Translate what today's capacity allows."""
        _translate(self.world, self.number, self.model.day)


class Leader(_Agent, table="leaders"):
    """A unit's leader, or the technology leader who chairs the board (`unit` −1); its fields are those of the table `leaders`."""

    def decide(self) -> None:
        """Decide what waits for this leader; the board only when it meets."""
        _decide(self.world, self.number, self.model.day)
