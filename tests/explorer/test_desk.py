"""The desk: of two questions of one page the one that came in last is answered, whichever begins first."""

from __future__ import annotations

import asyncio

import pytest

from sim.explorer.desk import Busy, Desk
from sim.explorer.runs import Superseded


def test_a_new_question_stops_the_one_before_it_and_nobody_elses():
    async def stopped():
        desk = Desk()
        async with (
            desk.question(desk.ticket("mine", "compare")) as old,
            desk.question(desk.ticket("yours", "compare")) as yours,
            desk.question(desk.ticket("mine", "map")) as other_view,
            desk.question(desk.ticket("mine", "compare")) as new,
        ):
            return [each.is_set() for each in (old, yours, other_view, new)], desk.questions

    assert asyncio.run(stopped()) == ([True, False, False, False], 4)


def test_an_older_question_that_begins_later_does_not_stop_the_newer_one():
    async def begun_late():
        desk = Desk()
        older, newer = desk.ticket("mine", "compare"), desk.ticket("mine", "compare")
        async with desk.question(newer) as stop:
            with pytest.raises(Superseded):
                async with desk.question(older):
                    pass
            assert not stop.is_set()
            assert desk.questions == 1
        assert desk.questions == 0

    asyncio.run(begun_late())


def test_pages_without_a_name_stop_nobody():
    async def both():
        desk = Desk()
        async with desk.question(desk.ticket("", "csv")) as first, desk.question(desk.ticket("", "csv")) as second:
            return first.is_set(), second.is_set()

    assert asyncio.run(both()) == (False, False)


def test_a_question_too_many_is_turned_away_unless_it_ends_another():
    async def asked():
        desk = Desk(most=1)
        async with desk.question(desk.ticket("mine", "compare")):
            with pytest.raises(Busy):
                desk.ticket("yours", "compare")
            async with desk.question(desk.ticket("mine", "compare")):
                return desk.questions

    assert asyncio.run(asked()) == 2
