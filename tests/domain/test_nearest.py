"""Two lists of numbers are paired off: as many as can agree, and the rest with the least difference in all."""

from __future__ import annotations

from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.nearest import agreeing, nearest

SHORT = st.lists(st.integers(0, 60), max_size=6).map(sorted)


def differences(ours: list[int], theirs: list[int], pairs: list[tuple[int, int]]) -> int:
    return sum(abs(ours[here] - theirs[there]) for here, there in pairs)


def least_of_all(ours: list[int], theirs: list[int]) -> int:
    """Every pairing tried."""
    few, many = sorted((ours, theirs), key=len)
    tried = (order for some in combinations(many, len(few)) for order in permutations(some))
    return min(sum(abs(a - b) for a, b in zip(few, order, strict=True)) for order in tried)


def most_that_agree(ours: list[int], theirs: list[int], tolerance: int) -> int:
    if not ours:
        return 0
    without = most_that_agree(ours[1:], theirs, tolerance)
    taken = [
        1 + most_that_agree(ours[1:], theirs[:n] + theirs[n + 1 :], tolerance)
        for n, other in enumerate(theirs)
        if abs(other - ours[0]) <= tolerance
    ]
    return max([without, *taken])


@given(SHORT, SHORT)
def test_the_nearest_pairing_is_the_least_of_all_and_uses_each_once(
    ours: list[int], theirs: list[int]
) -> None:
    pairs = nearest(ours, theirs)
    assert len(pairs) == min(len(ours), len(theirs))
    assert len({here for here, _ in pairs}) == len({there for _, there in pairs}) == len(pairs)
    assert differences(ours, theirs, pairs) == least_of_all(ours, theirs)


@given(SHORT, SHORT, st.integers(0, 10))
def test_no_more_numbers_can_agree_than_are_paired(
    ours: list[int], theirs: list[int], tolerance: int
) -> None:
    pairs = agreeing(ours, theirs, tolerance)
    assert all(abs(ours[here] - theirs[there]) <= tolerance for here, there in pairs)
    assert len({here for here, _ in pairs}) == len({there for _, there in pairs}) == len(pairs)
    assert len(pairs) == most_that_agree(ours, theirs, tolerance)


def test_the_first_that_fits_is_not_taken_where_that_costs_more_in_all() -> None:
    assert nearest([20, 30], [29, 40]) == [(0, 0), (1, 1)]
    assert nearest([29], [10, 28, 31]) == [(0, 1)]
