"""The desk: the next piece of work goes on while the last one is told, and nothing goes on once nobody listens."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing

import pytest

from sim.explorer.desk import Desk
from sim.explorer.runs import Superseded


@pytest.mark.parametrize("places", [1, 2])
def test_pieces_are_told_in_order_whatever_places_there_are(places):
    async def told():
        desk = Desk(at_once=places)
        return [each async for each in desk.one_ahead([lambda n=n: n for n in range(4)], lambda n: f"told {n}", threading.Event())]

    assert asyncio.run(told()) == ["told 0", "told 1", "told 2", "told 3"]


def test_the_next_piece_is_under_way_while_the_last_one_is_told():
    begun = threading.Event()

    def second():
        begun.set()
        return 2

    def tell(number):
        assert begun.wait(30), "telling would have waited for ever: the next piece had not begun"
        return number

    async def told():
        return [each async for each in Desk(at_once=2).one_ahead([lambda: 1, second], tell, threading.Event())]

    assert asyncio.run(told()) == [1, 2]


def test_who_stops_listening_stops_the_piece_that_works_ahead():
    stop, ended = threading.Event(), threading.Event()

    def endless():
        if not stop.wait(30):
            return None
        ended.set()
        raise Superseded

    async def first_only():
        async with aclosing(Desk(at_once=2).one_ahead([lambda: 1, endless], lambda number: number, stop)) as pieces:
            async for each in pieces:
                return each

    assert asyncio.run(first_only()) == 1
    assert stop.is_set()
    assert ended.is_set()


def test_what_goes_wrong_in_telling_is_raised_and_ends_the_piece_ahead():
    stop = threading.Event()

    def ahead():
        assert stop.wait(30)
        raise Superseded

    def tell(number):
        raise ValueError("no words")

    async def told():
        return [each async for each in Desk(at_once=2).one_ahead([lambda: 1, ahead], tell, stop)]

    with pytest.raises(ValueError, match="no words"):
        asyncio.run(told())
    assert stop.is_set()
