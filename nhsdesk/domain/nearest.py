"""Pairs off two sorted lists of whole numbers: those that agree, and those that lie nearest. Each is used once."""

from __future__ import annotations

from collections.abc import Sequence

Pairs = list[tuple[int, int]]
"""Places in the one list and in the other."""


def agreeing(ours: Sequence[int], theirs: Sequence[int], tolerance: int) -> Pairs:
    """As many pairs as there can be of numbers that differ by no more than the tolerance."""
    found: Pairs = []
    here = there = 0
    while here < len(ours) and there < len(theirs):
        apart = theirs[there] - ours[here]
        if abs(apart) <= tolerance:
            found.append((here, there))
            here, there = here + 1, there + 1
        elif apart > 0:
            here += 1
        else:
            there += 1
    return found


def nearest(ours: Sequence[int], theirs: Sequence[int]) -> Pairs:
    """As many pairs as the shorter list has numbers, with the least difference in all.

    On a line no two pairs of the best pairing cross, so that it is enough to try how far each lies behind its place.
    """
    if len(ours) > len(theirs):
        return [(here, there) for there, here in nearest(theirs, ours)]
    spare = len(theirs) - len(ours)
    least = [0] * (spare + 1)
    improved: list[bytearray] = []
    for place, number in enumerate(ours):
        marks, row = bytearray(spare + 1), list[int]()
        for skipped in range(spare + 1):
            cost = least[skipped] + abs(number - theirs[place + skipped])
            if row and cost >= row[-1]:
                row.append(row[-1])
            else:
                row.append(cost)
                marks[skipped] = 1
        least = row
        improved.append(marks)
    return _traced(improved, spare)


def _traced(improved: list[bytearray], skipped: int) -> Pairs:
    found: Pairs = []
    for place in range(len(improved) - 1, -1, -1):
        while not improved[place][skipped]:
            skipped -= 1
        found.append((place, place + skipped))
    return found[::-1]
