"""Shares of lists by neighbourhood: whole or told, patients worked out from the list, those outside counted."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import neighbourhood_shares as rules
from nhsdesk.domain.areas import NeighbourhoodShare
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import ListBase, ListSize

DAY = date(2026, 11, 20)
OURS, OTHER = Id(1), Id(2)
NAMES = {Id(20): "Weir Bank", Id(21): "Chandler Road", Id(22): "Old Brewery"}


def share(practice: int, area: Id, percent: str, on: date = date(2026, 10, 1)) -> NeighbourhoodShare:
    return NeighbourhoodShare(
        id=Id(practice * 10 + area),
        practice=Id(practice),
        neighbourhood=area,
        share=Decimal(percent),
        counted_on=on,
    )


def listed(practice: int, patients: int, base: ListBase = ListBase.REGISTERED) -> ListSize:
    return ListSize(
        id=Id(practice),
        practice=Id(practice),
        base=base,
        counted_on=date(2026, 1, 1),
        patients=Decimal(patients),
    )


STRADDLING = (
    share(20, OURS, "71"), share(20, OTHER, "29"), share(21, OURS, "88"), share(21, OTHER, "12"),
    share(22, OURS, "96"), share(22, OTHER, "4"),
)  # fmt: skip
LISTS = (listed(20, 9120), listed(21, 6500), listed(22, 8330))


def test_a_pcn_that_straddles_is_told_patient_by_patient() -> None:
    found = rules.spread(NAMES, STRADDLING, LISTS, frozenset({OURS}), DAY)
    assert [[one.patients for one in practice.parts] for practice in found] == [
        [6475, 2645],
        [5720, 780],
        [7997, 333],
    ]
    assert [one.outside for one in found] == [2645, 780, 333]
    assert rules.outside(found) == 3758
    assert all(one.straddles for one in found)


def test_shares_that_make_no_whole_are_told_with_what_is_lacking_or_too_much() -> None:
    short = (share(20, OURS, "71"), share(20, OTHER, "28.5"))
    assert rules.why_not_whole(short) == "its shares make 99.5%, 0.5% lacking"
    assert rules.why_not_whole((*short, share(20, Id(3), "2"))) == "its shares make 101.5%, 1.5% too much"
    assert (
        rules.why_not_whole((share(20, OURS, "50"), share(20, OURS, "50")))
        == "a neighbourhood is named twice"
    )
    assert rules.why_not_whole((share(20, OURS, "-1"), share(20, OTHER, "101"))) == (
        "a share is no less than 0% and no more than 100%"
    )
    (told,) = rules.problems(short, NAMES)
    assert told.sentence == (
        "Weir Bank, counted on 1 October 2026: its shares make 99.5%, 0.5% lacking. Put the shares right."
    )


def test_each_count_day_is_a_whole_of_its_own_and_the_last_one_counts() -> None:
    earlier = share(20, OURS, "100", date(2024, 2, 29))
    assert rules.problems((earlier, *STRADDLING), NAMES) == ()
    assert rules.newest((earlier, *STRADDLING), date(2024, 2, 29))[Id(20)] == (earlier,)
    assert rules.newest((earlier, *STRADDLING), DAY)[Id(20)] == STRADDLING[:2]
    assert rules.newest((earlier,), date(2024, 2, 28)) == {}


def test_nobody_is_outside_where_it_is_not_said_which_neighbourhood_is_ours() -> None:
    (found,) = rules.spread((Id(20),), STRADDLING, LISTS, frozenset(), DAY)
    assert (found.outside, [one.outside for one in found.parts]) == (None, [None, None])


def test_without_a_list_size_the_shares_stand_and_the_patients_are_not_known() -> None:
    weighted = (listed(20, 9120, ListBase.WEIGHTED),)
    (found,) = rules.spread((Id(20),), STRADDLING, weighted, frozenset({OURS}), DAY)
    assert [one.patients for one in found.parts] == [None, None]
    assert found.outside is None


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=6), st.integers(0, 60_000))
def test_the_patients_of_shares_that_make_a_whole_are_the_list_but_for_rounding(
    cuts: list[int], list_: int
) -> None:
    edges = [0, *sorted(cuts), 10_000]
    shares = [Decimal(after - before) / 100 for before, after in itertools.pairwise(edges)]
    patients = [rules.patients_of(Decimal(list_), one) for one in shares]
    assert abs(sum(patients) - list_) <= len(shares) / 2
