"""Who opened a file to read only sees what the writer commits, each time it looks, and announces it once."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import exchange, record_file, search
from nhsdesk.store.database import Database, Notice
from tests.store.files import Clock, fill, held, new_file, opened


def add(db: Database, *titles: str) -> int:
    with db.change("Add") as change:
        for title in titles:
            change.add(Commitment(title=title))
    return db.head.position


def reading(db: Database) -> Database:
    return record_file.open_to_read(db.path, "Ben", Clock())


def test_what_was_committed_since_is_announced_once(tmp_path: Path) -> None:
    with new_file(tmp_path) as writer, reading(writer) as reader:
        told: list[Notice] = []
        reader.subscribe(told.append)
        add(writer, "One", "Two")
        position = add(writer, "Three")
        assert reader.follow()
        (notice,) = told
        assert notice.position == position
        assert len(notice.changed["commitment"]) == 3
        assert not reader.follow()
        assert held(reader) == held(writer)


def test_what_was_undone_is_announced_too(tmp_path: Path) -> None:
    with new_file(tmp_path) as writer, reading(writer) as reader:
        add(writer, "One")
        assert reader.follow()
        writer.undo()
        assert reader.follow()
        assert held(reader) == {}


def test_what_arrived_by_an_exchange_is_announced_by_what_it_changed_here(tmp_path: Path) -> None:
    from nhsdesk.store import backups

    with new_file(tmp_path) as writer:
        fill(writer)
        backups.hand_out(writer, tmp_path / "B.nhsdesk")
        with opened(tmp_path / "B.nhsdesk") as other, reading(writer) as reader:
            told: list[Notice] = []
            reader.subscribe(told.append)
            add(other, "Theirs")
            exchange.exchange(writer, other)
            assert reader.follow()
            assert [set(notice.changed) for notice in told] == [{"commitment"}]
            assert held(reader) == held(writer)
            assert reader.head.seen == writer.head.seen


def test_a_view_once_begun_does_not_change_under_the_reader(tmp_path: Path) -> None:
    with new_file(tmp_path) as writer, reading(writer) as looking:
        add(writer, "One")
        with looking.read() as reader:
            assert reader.count(Commitment) == 1
            add(writer, "Two")
            assert reader.count(Commitment) == 1
        with looking.read() as reader:
            assert reader.count(Commitment) == 2


def test_a_reader_writes_nothing_and_says_why(tmp_path: Path) -> None:
    with new_file(tmp_path) as writer:
        fill(writer)
        with reading(writer) as reader:
            with pytest.raises(errors.Unwritable, match="opened to read only"):
                add(reader, "One")
            with pytest.raises(errors.Unwritable):
                reader.undo()
            assert search.bring_up_to_date(reader) == 0
            assert reader.rest()


def test_a_reader_goes_on_after_the_writer_has_closed_and_another_has_come(tmp_path: Path) -> None:
    writer = new_file(tmp_path)
    add(writer, "One")
    with reading(writer) as reader:
        writer.close()
        assert not reader.follow() or held(reader)
        with record_file.open_file(writer.path, "Cara", Clock()) as another:
            assert another.read_only_because == ""
            add(another, "Two")
            assert reader.follow()
            assert len(held(reader)) == 2


def test_a_file_that_goes_away_under_a_reader_is_told_in_a_sentence(tmp_path: Path) -> None:
    with new_file(tmp_path) as writer:
        fill(writer)
    with record_file.open_to_read(writer.path, "Ben", Clock()) as reader:
        writer.path.write_bytes(b"not a file of ours any more" * 400)
        with pytest.raises(errors.DeskError, match=r"\.$"):
            reader.follow()
