"""At rest one file holds everything; a reader delays that, and never a writer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import record_file, resting
from nhsdesk.store.database import Database
from nhsdesk.store.resting import Rest
from tests.store.files import Clock, as_file, fill, held, names_in, new_file, opened

PATIENCE = 20


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An open file that rests a twentieth of a second after the last write."""
    monkeypatch.setattr(resting.Rest.__init__, "__defaults__", (0.05,))
    with new_file(tmp_path) as made:
        yield made


def add(db: Database, title: str = "One") -> None:
    with db.change("Add") as change:
        change.add(Commitment(title=title))


def titles(db: Database) -> list[str]:
    with db.read() as reader:
        return [one.title for one in reader.all(Commitment)]


def alone(db: Database, folder: Path) -> list[str]:
    """What the file holds without anything that lies beside it."""
    folder.mkdir()
    with opened(as_file(db.path, folder / db.path.name)) as copy:
        return titles(copy)


def test_after_an_idle_moment_the_file_alone_holds_everything(db: Database, tmp_path: Path) -> None:
    for n in range(5):
        add(db, f"Number {n}")
    assert db._rest.settled.wait(PATIENCE)
    assert len(alone(db, tmp_path / "copy")) == 5
    assert db.path.with_name(db.path.name + "-wal").stat().st_size == 0


def test_after_closing_the_file_alone_holds_everything_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    with new_file(tmp_path) as db:
        fill(db)
        whole = held(db)
    assert names_in(tmp_path) == ["Eastfield.nhsdesk"]
    (tmp_path / "copy").mkdir()
    with opened(as_file(db.path, tmp_path / "copy" / "Eastfield.nhsdesk")) as copy:
        assert held(copy) == whole


def test_writing_again_begins_the_wait_anew_and_all_comes_in(db: Database, tmp_path: Path) -> None:
    for n in range(3):
        add(db, f"Number {n}")
        assert db._rest.settled.wait(PATIENCE)
    add(db, "Last")
    assert not db._rest.settled.is_set()
    assert db._rest.settled.wait(PATIENCE)
    assert len(alone(db, tmp_path / "copy")) == 4


def test_an_open_reader_delays_the_checkpoint_and_no_commit(db: Database, tmp_path: Path) -> None:
    add(db, "Before")
    with db.read() as reader:
        assert len(reader.all(Commitment)) == 1
        for n in range(3):
            add(db, f"While reading {n}")
        assert not db.rest()
        assert not db._rest.settled.wait(0.3)
        assert len(reader.all(Commitment)) == 1
    assert db._rest.settled.wait(PATIENCE)
    assert len(alone(db, tmp_path / "copy")) == 4


def test_nobody_waits_for_a_checkpoint_that_waits_for_a_reader(db: Database) -> None:
    add(db, "Before")
    slowest = 0.0
    with db.read() as reader:
        assert len(reader.all(Commitment)) == 1
        until = time.monotonic() + 0.6  # some ten tries at a checkpoint
        while time.monotonic() < until:
            begun = time.monotonic()
            add(db, "While reading")
            slowest = max(slowest, time.monotonic() - begun)
    assert slowest < 2


def test_a_reader_in_another_place_does_not_make_closing_fail(tmp_path: Path) -> None:
    db = new_file(tmp_path)
    fill(db)
    whole = held(db)
    with record_file.open_to_read(db.path, "Ben", Clock()) as looking, looking.read() as reader:
        assert reader.all(Commitment)
        add(db, "While Ben looks")
        db.close()
    with record_file.open_file(db.path, "Ann", Clock()) as again:
        assert len(held(again)) == len(whole) + 1
    assert names_in(tmp_path) == ["Eastfield.nhsdesk"]


def test_a_checkpoint_that_finds_no_room_is_tried_again_and_nobody_is_told_twice() -> None:
    tries = threading.Semaphore(0)
    room = threading.Event()

    def settle() -> bool:
        tries.release()
        if not room.is_set():
            raise errors.Unwritable("There is no room left on the disk.")
        return True

    rest = Rest(settle, after=0.01)
    rest.written()
    for _ in range(3):
        assert tries.acquire(timeout=PATIENCE)
    assert not rest.settled.is_set()
    room.set()
    assert rest.settled.wait(PATIENCE)
    rest.stop()


def test_stopping_does_not_wait_for_the_idle_moment() -> None:
    rest = Rest(lambda: True, after=3600)
    rest.written()
    begun = time.monotonic()
    rest.stop()
    assert time.monotonic() - begun < PATIENCE


def test_without_a_write_there_is_no_thread_and_stopping_is_nothing() -> None:
    before = threading.active_count()
    rest = Rest(lambda: True)
    rest.stop()
    assert threading.active_count() == before


def test_a_file_that_is_only_read_starts_no_thread(tmp_path: Path) -> None:
    new_file(tmp_path).close()
    before = threading.active_count()
    with opened(tmp_path / "Eastfield.nhsdesk") as db:
        held(db)
        assert threading.active_count() == before
