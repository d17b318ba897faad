"""What people's decisions say of entries that are equal: an order of those that they name, and of nobody else.

A decision puts each entry that it names before those named after it. A later decision holds before an earlier one; of
an earlier one holds what contradicts neither the later ones nor, together with them, itself. What follows, holds: A
before B, and B before C, is A before C.

So a tie is settled once every two of its entries are in an order. Where they are not, it falls into parts: everybody of
one part is before everybody of the next, and inside a part somebody is in no order with somebody else. Such a part is
still open, and keeps what was decided as an order among themselves.

An entry that is no longer there takes nothing with it: who put A, B and C in order compared all of them,
and A stays before C.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

Group = tuple[str, ...]
Places = dict[str, str]
Before = list[int]  # of each entry the entries that it is before, as bits


def ordered_by_decisions(
    groups: Sequence[Group], decisions: Sequence[Sequence[str]]
) -> tuple[list[Group], list[tuple[Places, Sequence[Group]]]]:
    """(groups, steps): the groups after all decisions (the last one is the latest), and for each decision that orders
    any of them, the latest first, the places of the entries that it orders and the groups that it leaves. An open group
    lists its entries in an order that keeps to what was decided, otherwise by code."""
    refined = [group if len(group) == 1 else tuple(sorted(group)) for group in groups]
    known: dict[Group, Before] = {group: [0] * len(group) for group in refined if len(group) > 1}
    whole = list(refined)
    steps: list[tuple[Places, Sequence[Group]]] = []
    for decision in reversed(decisions):
        places: Places = {}
        for group, before in known.items():
            members = {entry: n for n, entry in enumerate(group)}
            named = [entry for entry in dict.fromkeys(decision) if entry in members]
            known[group] = _with(before, [members[entry] for entry in named])
            if known[group] != before:
                places |= {entry: str(n) for n, entry in enumerate(named, start=1)}
        if places:
            refined = [part for group in whole for part in (_parts(group, known[group]) if group in known else [group])]
            steps.append((places, tuple(refined)))
    return refined, steps


def _with(before: Before, order: Sequence[int]) -> Before:
    """What is known, and of the order what does not contradict it; with all that follows."""
    if not any(before):
        fresh, later = list(before), 0
        for one in reversed(order):
            fresh[one], later = later, later | 1 << one
        return fresh
    added = [(one, other) for n, one in enumerate(order) for other in order[n + 1 :]]
    together = _closed(before, added)
    return _closed(before, [(one, other) for one, other in added if not together[other] >> one & 1])


def _closed(before: Before, added: Sequence[tuple[int, int]]) -> Before:
    reach = list(before)
    for one, other in added:
        reach[one] |= 1 << other
    ahead = [one for one, others in enumerate(reach) if others]
    for middle in ahead:
        for one in ahead:
            if reach[one] >> middle & 1:
                reach[one] |= reach[middle]
    return reach


def _parts(group: Group, before: Before) -> list[Group]:
    """The group in order, apart wherever everybody on one side is before everybody on the other."""
    parts: list[list[str]] = [[]]
    common = rest = (1 << len(group)) - 1  # whom everybody so far is before; who is still to come
    for n, one in enumerate(_in_line(before)):
        if n and common & rest == rest:
            parts.append([])
        parts[-1].append(group[one])
        common, rest = common & before[one], rest & ~(1 << one)
    return [tuple(part) for part in parts]


def _in_line(before: Before) -> list[int]:
    """Everybody after those who are before them, otherwise in the order given."""
    waits_for = [0] * len(before)
    for others in before:
        for other in _bits(others):
            waits_for[other] += 1
    free = [one for one, ahead in enumerate(waits_for) if not ahead]
    order: list[int] = []
    while free:
        order.append(one := heappop(free))
        for other in _bits(before[one]):
            waits_for[other] -= 1
            if not waits_for[other]:
                heappush(free, other)
    return order


def _bits(number: int) -> list[int]:
    return [place for place, bit in enumerate(reversed(f"{number:b}")) if bit == "1"]
