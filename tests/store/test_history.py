"""The history of a record in words, and what was removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from nhsdesk.commands import histories
from nhsdesk.domain.arrs import Holder, Post, Role
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.records import RECORDS
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from tests.factories import HOSTILE, added
from tests.store.conftest import SetClock


def test_history_tells_old_and_new_in_the_words_of_the_field(db: Database) -> None:
    with db.change("Add") as change:
        practice = change.add(Practice(name="Abbey Surgery"))
        post = change.add(Post(role=Role.GP, contracted=Hours.of(30), starts=date(2026, 4, 1)))
    with db.change("Change hours") as change:
        post = change.put(
            replace(post, contracted=Hours.of("37.5"), base=practice.id, starts=None, on_nwrs=False)
        )
    told = "\n".join(histories.history(db, post.ref))
    assert "Contracted hours a week: 30 → 37.5" in told
    assert "Practice base: nothing → PR-001 Abbey Surgery" in told
    assert "Start date: 1 April 2026 → nothing" in told
    assert "On NWRS: nothing → No" in told
    assert "Role: nothing → GP (ARRS)" in told
    assert "added as P-001" in told


def test_history_tells_who_and_when_by_london_clocks(db: Database, clock: SetClock) -> None:
    clock.moment = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    with db.change("Add commitment") as change:
        promise = change.add(Commitment(title="Share the rota", funding=Money(4_400_00)))
    first = histories.history(db, promise.ref)[0]
    assert first == "2 July 2026, 00:30, Ann Archer, copy A: Add commitment"


def test_history_goes_on_after_removal_and_undo(db: Database) -> None:
    with db.change("Add") as change:
        person = change.add(Person(role_title="PCN manager"))
    with db.change("Remove") as change:
        change.remove(person)
    db.undo()
    with db.read() as reader:
        entries = queries.history(reader, person.id)
    assert [entry.change.action for entry in entries] == ["add", "remove", "add"]
    assert [entry.step.label for entry in entries] == ["Add", "Remove", "Undo: Remove"]
    assert f"    removed ({person.ref})" in histories.history(db, person.ref)


def test_private_words_are_told_as_changed_only(db: Database) -> None:
    with db.change("Add") as change:
        holder = change.add(Holder(name="Zyxwvut"))
    told = "\n".join(histories.history(db, holder.ref))
    assert "Zyxwvut" not in told
    assert "Name: changed" in told


def test_the_recycle_bin_holds_what_was_removed_newest_first_until_it_comes_back(db: Database) -> None:
    with db.change("Add") as change:
        one, two, three = (change.add(Person(role_title=f"Person {n}")) for n in range(3))
    for person in (one, two):
        with db.change(f"Remove {person.ref}") as change:
            change.remove(person)
    with db.read() as reader:
        bin_ = queries.removed(reader, "person")
        assert [entry.change.id for entry in bin_] == [two.id, one.id]
        assert dict(zip(bin_[0].change.fields, bin_[0].change.old, strict=True))["role_title"] == "Person 1"
        assert queries.removed(reader, "commitment") == ()
    db.undo()
    with db.read() as reader:
        assert [entry.change.id for entry in queries.removed(reader, "person")] == [one.id]
        assert reader.count(Person) == 2
    assert three.ref == "R-003"


@pytest.mark.parametrize("cls", RECORDS)
def test_every_kind_of_record_has_a_history_in_words_whatever_was_typed(
    db: Database, cls: type[Record]
) -> None:
    with db.change("Add") as change:
        record = added(change, cls, HOSTILE[len(cls.KIND.name) % len(HOSTILE)])
    told = histories.history(db, record.ref)
    assert len(told) == 2 + sum(
        1 for field in cls.KIND.fields if field.kind.store(getattr(record, field.name)) is not None
    )
    with db.change("Empty what may be empty") as change:
        if record.sealed() is None:
            emptied: dict[str, Any] = {f.name: None for f in cls.KIND.fields if not f.given}
            change.put(replace(record, **emptied))
    assert all(
        "→" in line or "changed" in line for line in histories.history(db, record.ref)[len(told) + 1 :]
    )
