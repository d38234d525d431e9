"""Groups and sums of a register, held against a plain working out."""

from __future__ import annotations

from collections import Counter
from datetime import date

from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Person
from nhsdesk.store.database import Database
from nhsdesk.store.register import OneOf, Order, Register
from nhsdesk.store.register_groups import groups, sums


def filled(database: Database) -> Register:
    with database.change("Fill") as change:
        ann, bea = (change.add(Person(role_title=title)) for title in ("zoo keeper", "Accountant"))
        for number in range(12):
            change.add(
                Commitment(
                    title=f"Number {number}",
                    status=(Status.MET, Status.ON_TRACK)[number % 2],
                    due=date(2026, 11 + number % 2, 1 + number) if number % 3 else None,
                    owner=(ann.id, bea.id, None)[number % 3],
                    funding=Money(number * 100) if number else None,
                )
            )
    register = Register(database, Commitment.KIND)
    register.open()
    return register


def test_groups_stand_in_the_order_of_their_column_and_those_without_come_last(database: Database) -> None:
    register = filled(database)
    assert [words for words, _ in groups(register, "status")] == [Status.ON_TRACK.words, Status.MET.words]
    assert [words for words, _ in groups(register, "owner")] == ["Accountant", "zoo keeper", "Not given"]
    assert [words for words, _ in groups(register, "due")] == ["November 2026", "December 2026", "Not given"]


def test_every_listed_entry_stands_in_one_group_in_the_order_of_the_list(database: Database) -> None:
    register = filled(database)
    register.sort(Order("title", True))
    register.narrow("number", (OneOf("status", (Status.MET,)),))
    for name in ("owner", "due", "status", "title"):
        made = groups(register, name)
        assert Counter(id_ for _, ids in made for id_ in ids) == Counter(register.ids)
        for _, ids in made:
            assert ids == [id_ for id_ in register.ids if id_ in set(ids)]


def test_sums_are_of_the_entries_asked_for_and_leave_out_what_none_fills(database: Database) -> None:
    register = filled(database)
    assert sums(register, ["funding", "unfunded_hours"], register.ids) == {"funding": Money(6600)}
    assert sums(register, ["funding"], register.ids[:1]) == {}
    assert sums(register, ["funding"], register.ids[-1:]) == {"funding": Money(1100)}
