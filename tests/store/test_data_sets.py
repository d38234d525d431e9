"""A published file is adopted as a whole, never written twice, and withdrawn by undo."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.store import data_sets, queries
from nhsdesk.store.data_sets import Row
from nhsdesk.store.database import Database
from tests.factories import HOSTILE

NAMES = ("code", "name", "patients")


def described(sha256: str = "ab" * 32, rows: int = 3) -> DataSet:
    return DataSet(
        kind=DataSetKind.WORKFORCE, file_name="workforce.csv", sha256=sha256, rows=rows,
        read_at=datetime(2026, 11, 20, tzinfo=UTC),
    )  # fmt: skip


def rows(count: int) -> list[Row]:
    return [(f"Y{n:05}", f"U{n % 7}", (f"Y{n:05}", HOSTILE[n % len(HOSTILE)], n)) for n in range(count)]


def test_rows_come_back_as_they_were_and_in_their_order(db: Database) -> None:
    with db.change("Adopt") as change:
        kept = data_sets.adopt(change, described(rows=4_321), NAMES, rows(4_321))
    with db.read() as reader:
        found = queries.rows_of_data_set(reader, kept.sha256)
        group = queries.rows_of_data_set(reader, kept.sha256, "U3")
    assert found == tuple(dict(zip(NAMES, values, strict=True)) for _, _, values in rows(4_321))
    assert [row["code"] for row in group] == [code for code, group, _ in rows(4_321) if group == "U3"]


def test_a_file_of_other_columns_than_named_is_our_own_mistake_and_keeps_nothing(db: Database) -> None:
    def adopt() -> None:
        with db.change("Adopt") as change:
            data_sets.adopt(change, described(), NAMES, [("Y1", None, ("Y1", "Abbey"))])

    with pytest.raises(ValueError, match="argument"):
        adopt()
    with db.read() as reader:
        assert queries.rows_of_data_set(reader, described().sha256) == ()


def test_undo_withdraws_a_data_set_and_redo_brings_it_back_with_its_rows(db: Database) -> None:
    with db.change("Adopt") as change:
        kept = data_sets.adopt(change, described(), NAMES, rows(3))
    db.undo()
    with db.read() as reader:
        assert reader.all(DataSet) == ()
    db.redo()
    with db.read() as reader:
        assert [one.sha256 for one in reader.all(DataSet)] == [kept.sha256]
        assert len(queries.rows_of_data_set(reader, kept.sha256)) == 3


def test_a_file_adopted_again_after_undo_is_not_written_twice(db: Database) -> None:
    for _ in range(2):
        with db.change("Adopt") as change:
            kept = data_sets.adopt(change, described(), NAMES, rows(3))
        db.undo()
    with db.change("Adopt") as change:
        kept = data_sets.adopt(change, described(), NAMES, rows(3))
    with db.read() as reader:
        assert len(queries.rows_of_data_set(reader, kept.sha256)) == 3
        assert kept.ref == "DS-003"


def test_the_journal_holds_the_data_set_and_none_of_its_rows(db: Database) -> None:
    with db.change("Adopt") as change:
        kept = data_sets.adopt(change, described(), NAMES, rows(3))
    with db.read() as reader:
        assert [entry.change.action for entry in queries.history(reader, kept.id)] == ["add"]
        assert "Y00001" not in str(queries.history(reader, kept.id))
