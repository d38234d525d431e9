"""The file as it was after a step, and at the close of a day in London."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.records import KINDS, RECORDS
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from tests.factories import HOSTILE, added
from tests.store.conftest import SetClock
from tests.store.telling import dump, dump_at


def test_every_position_of_a_file_with_every_kind_of_record_can_be_shown(db: Database) -> None:
    dumps = [dump(db)]
    for cls, words in zip(RECORDS, HOSTILE * 2, strict=False):
        with db.change(f"Add {cls.KIND.title}") as change:
            added(change, cls, words)
        dumps.append(dump(db))
    with db.read() as reader:
        people = reader.all(Person)
    with db.change("Change all people") as change:
        for person in people:
            change.put(replace(person, name=None, remarks="changed"))
    dumps.append(dump(db))
    for position, was in enumerate(dumps):
        assert dump_at(db, position) == was
    assert dump_at(db, 10_000) == dumps[-1]


def test_the_past_has_the_ordinary_reader_and_knows_nothing_of_what_came_after(db: Database) -> None:
    with db.change("Add") as change:
        kept = change.add(Commitment(title="Share the rota"))
    with db.change("Change") as change:
        change.put(replace(kept, title="Share the rota by May"))
    past = db.as_at(1)
    with past.read() as reader:
        assert reader.get(Commitment, kept.id).title == "Share the rota"
        assert reader.by_ref(kept.ref) == reader.get(Commitment, kept.id)
        assert len(queries.history(reader, kept.id)) == 1
        assert queries.position(reader) == 1
    past.close()
    with db.read() as reader:
        assert len(queries.history(reader, kept.id)) == 2


def test_looking_back_changes_nothing_in_the_file(db: Database) -> None:
    with db.change("Add") as change:
        change.add(Commitment(title="Share the rota"))
    before, position = dump(db), db.head.position
    dump_at(db, 0)
    assert (dump(db), db.head.position) == (before, position)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC), date(2026, 7, 1)),  # 23:59 in London
        (datetime(2026, 7, 1, 23, 0, 0, tzinfo=UTC), date(2026, 7, 2)),  # midnight in London
        (datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 2, 0, 0, 0, tzinfo=UTC), date(2026, 12, 2)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 28)),  # the night the clocks go forward
        (datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),  # and back
        (datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_step_belongs_to_the_day_a_london_calendar_showed(
    db: Database, clock: SetClock, moment: datetime, day: date
) -> None:
    clock.moment = moment - timedelta(seconds=2)  # asked for the day, and then for the moment
    with db.change("Add") as change:
        change.add(Person(role_title="PCN manager"))
    assert db.position_on(day) == 1
    assert db.position_on(day - timedelta(days=1)) == 0
    assert db.position_on(day + timedelta(days=1)) == 1


def test_a_day_means_its_last_position(db: Database, clock: SetClock) -> None:
    for n in range(6):
        clock.moment = datetime(2026, 11, 1 + n // 2, 9 + n, tzinfo=UTC)
        with db.change(f"Step {n}") as change:
            change.add(Action(what=f"Action {n}"))
    assert [db.position_on(date(2026, 11, n)) for n in range(1, 5)] == [2, 4, 6, 6]
    assert db.position_on(date(2026, 10, 31)) == 0


def test_every_kind_of_record_was_tried() -> None:
    assert {cls.KIND.name for cls in RECORDS} == set(KINDS)
