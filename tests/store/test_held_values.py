"""What a filter can offer: what the entries of a kind name, and the months they are of."""

from __future__ import annotations

from decimal import Decimal

from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.leadership import LeaderTime
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.database import Database
from nhsdesk.store.held_values import held_values, may_be_listed
from nhsdesk.store.register import OneOf, Register


def test_whom_entries_name_is_offered_by_title_once_and_kept_by_reference(database: Database) -> None:
    with database.change("Add") as change:
        one, two, _ = (
            change.add(Person(role_title=words)) for words in ("Manager", "clinical lead", "Nobody")
        )
        for owner in (one.id, two.id, one.id, None):
            change.add(Commitment(title="Huddle", owner=owner))
    with database.read() as reader:
        found = held_values(reader, Commitment.KIND, Commitment.KIND.field("owner"))
    assert [(held.words, held.kept, held.value) for held in found] == [
        ("clinical lead", two.ref, two.id), ("Manager", one.ref, one.id),
    ]  # fmt: skip
    register = Register(database, Commitment.KIND)
    register.narrow("", (OneOf("owner", (one.id,)),))
    assert len(register.ids) == 2
    register.narrow("", (OneOf("owner", (None,)),))
    assert len(register.ids) == 1


def test_months_are_offered_the_newest_first(database: Database) -> None:
    with database.change("Add") as change:
        for month in (4, 11, 4):
            change.add(LeaderTime(month=Month(2026, month), internal=Decimal(1), external=Decimal(1)))
    with database.read() as reader:
        found = held_values(reader, LeaderTime.KIND, LeaderTime.KIND.field("month"))
    assert [held.words for held in found] == ["November 2026", "April 2026"]


def test_words_and_what_replaces_its_like_are_not_listed() -> None:
    for kind, name, may in (
        (Commitment.KIND, "owner", True), (Commitment.KIND, "title", False), (SourceDocument.KIND, "supersedes", False),
    ):  # fmt: skip
        assert may_be_listed(kind, kind.field(name)) is may
