"""Queues: linked lists through the items themselves, so that joining at either end and leaving cost the same at any length.

An item that gives up waiting keeps its place and is passed over when the queue is served.
"""

from __future__ import annotations

import math

from sim.core.jit import jit, jit_apart

NONE = -1
"""Row number that stands for nobody."""

FOREMOST = 1e300
"""Rank of what is put at the head of a queue."""

MARKS = 16
"""Items of a long queue that are known by place, so that nobody who joins by rank has to walk along all of it."""

FAR = 64
"""Steps along a queue after which whoever joined is worth a mark."""


@jit
def join(w, line, item):
    """Put an item at the end of a queue."""
    queue = w.lines[line]
    row = w.items[item]
    row.line = line
    row.next = -1
    if queue.head < 0:
        queue.head = item
    else:
        w.items[queue.tail].next = item
    queue.tail = item
    queue.count += 1


@jit
def first_in(w, line):
    """The item that has waited longest and has not given up, −1 for none; forgets those that have given up before it."""
    queue = w.lines[line]
    item = queue.head
    while item >= 0 and w.items[item].line != line:
        item = w.items[item].next
    if item != queue.head:
        queue.head = item
        if item < 0:
            queue.tail = -1
    return item


@jit
def leave(w, line):
    """Take the item that has waited longest out of a queue; −1 if nobody waits."""
    item = first_in(w, line)
    if item >= 0:
        row = w.items[item]
        queue = w.lines[line]
        queue.head = row.next
        if row.next < 0:
            queue.tail = -1
        row.next = -1
        row.line = -1
        queue.count -= 1
    return item


@jit
def give_up(w, item):
    """Mark an item that stops waiting: its queue passes it over, its place is forgotten when the queue is served."""
    row = w.items[item]
    w.lines[row.line].count -= 1
    row.line = -1


@jit
def nearest_mark(w, line, rank):
    """The marked item of a queue from which the way to a rank is the shortest, −1 for none."""
    best = -1
    lowest = math.inf
    for place in range(MARKS):
        item = w.marks[line, place] - 1
        if item >= 0 and w.items[item].line == line and rank <= w.items[item].rank < lowest:
            best = item
            lowest = w.items[item].rank
    return best


@jit_apart
def join_by_rank(w, line, item, rank):
    """Put an item before those of lower rank, behind its equals; those who have given up are forgotten on the way."""
    queue = w.lines[line]
    row = w.items[item]
    row.rank = rank
    before = -1
    other = queue.head
    # Where all ranks are equal nobody is passed, and the queue is served in order of arrival.
    if other >= 0 and w.items[queue.tail].line == line and w.items[queue.tail].rank >= rank:
        before = queue.tail
        other = -1
    elif queue.count > FAR:
        before = nearest_mark(w, line, rank)
        if before >= 0:
            other = w.items[before].next
    steps = 0
    while other >= 0 and (w.items[other].line != line or w.items[other].rank >= rank):
        following = w.items[other].next
        if w.items[other].line == line:
            before = other
        elif before < 0:
            queue.head = following
        else:
            w.items[before].next = following
        if following < 0:
            queue.tail = before
        other = following
        steps += 1
    if steps > FAR:
        w.marks[line, item % MARKS] = item + 1
    row.line = line
    row.next = other
    if before < 0:
        queue.head = item
    else:
        w.items[before].next = item
    if other < 0:
        queue.tail = item
    queue.count += 1


@jit
def join_first(w, line, item):
    """Put an item at the head of a queue: it is served next, whatever joins by rank."""
    queue = w.lines[line]
    row = w.items[item]
    row.rank = FOREMOST
    row.line = line
    row.next = queue.head
    queue.head = item
    if queue.tail < 0:
        queue.tail = item
    queue.count += 1
