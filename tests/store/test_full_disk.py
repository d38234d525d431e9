"""A full disk stops what was being done, in a sentence, and harms nothing; after room was made it is done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, drafts, erasing, exchange, record_file, search
from nhsdesk.store.database import Database
from tests.store.at_work import create_without_room, open_without_room, restore_without_room, without_room
from tests.store.children import asked, only_posix
from tests.store.files import Clock, assert_sound, bytes_of, fill, held, names_in, new_file, opened

SEVERAL_PAGES = 40


@pytest.fixture(autouse=True)
def _own_home(own_home: Path) -> None:
    """Words kept beside are nobody else's."""


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with new_file(tmp_path) as made:
        fill(made)
        yield made


def limited(db: Database, pages: int | None) -> None:
    """Lets the file grow by so many pages and no more; as large as it likes with None."""
    with db._engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        (now,) = raw.execute("PRAGMA page_count").fetchone()
        most = 2**30 if pages is None else now + pages
        raw.execute(f"PRAGMA max_page_count={most}").fetchall()


def much(db: Database, size: int = 400) -> None:
    with db.change("Much") as change:
        for n in range(size):
            change.add(Commitment(title=f"Much {n} " * 40))


def draft(db: Database) -> None:
    drafts.keep(db, "commitment", "new", "title", "Half a word " * 20_000)


def erase(db: Database) -> None:
    with db.read() as reader:
        erasing.erase(db, reader.all(Commitment)[0], ("title",), "why " * 60_000)


def index(db: Database) -> None:
    search.bring_up_to_date(db)


@pytest.mark.parametrize("pages", [0, 1, 5, SEVERAL_PAGES])
@pytest.mark.parametrize("doing", [much, draft, erase, index], ids=lambda doing: doing.__name__)
def test_what_finds_no_room_changes_nothing_and_is_done_once_there_is_some(
    db: Database, doing: Callable[[Database], None], pages: int
) -> None:
    before, position, full = held(db), db.head.position, ""
    limited(db, pages)
    try:
        doing(db)
        done = True
    except errors.Unwritable as told:
        full, done = str(told), False
    if not done and "are erased" in full:  # it was, and only the file could not be written anew
        assert held(db) != before
    elif not done:
        assert "There is no room left on the disk that holds Eastfield.nhsdesk" in full
        assert (held(db), db.head.position) == (before, position)
    assert not (done and doing is much and pages < SEVERAL_PAGES)
    limited(db, None)
    if doing is not erase or held(db) == before:
        doing(db)
    with db.change("And on") as change:
        again = change.add(Commitment(title="And on"))
    assert again.ref == ("C-405" if doing is much else "C-005")
    assert_sound(db)


def test_undo_finds_no_room_and_is_done_once_there_is_some(db: Database) -> None:
    much(db)
    whole = held(db)
    limited(db, 0)
    with pytest.raises(errors.Unwritable, match="no room"):
        db.undo()
    assert held(db) == whole
    limited(db, None)
    db.undo()
    db.redo()
    assert held(db) == whole
    assert_sound(db)


def test_an_exchange_that_finds_no_room_changes_nothing_here_and_goes_on_later(
    db: Database, tmp_path: Path
) -> None:
    backups.hand_out(db, tmp_path / "B.nhsdesk")
    with opened(tmp_path / "B.nhsdesk") as other:
        much(other)
        before, position = held(db), db.head.position
        limited(db, 10)
        with pytest.raises(errors.Unwritable, match="no room"):
            exchange.exchange(db, other)
        assert (held(db), db.head.position) == (before, position)
        limited(db, None)
        exchange.exchange(db, other)
        assert held(db) == held(other)
        assert_sound(db)


# ---- the same by the limit that the system sets to each file


@only_posix
@pytest.mark.parametrize("room", [0, 100, 5_000, 60_000, 200_000, 400_000])
def test_a_new_file_without_room_is_not_made_at_all(tmp_path: Path, room: int) -> None:
    sentence, names, again = asked(create_without_room, tmp_path / "New.nhsdesk", room)
    assert sentence.startswith("Unwritable: ")
    assert "room" in sentence or "full" in sentence
    assert names == []
    assert again == "nothing"
    assert names_in(tmp_path) == ["New.nhsdesk"]


@only_posix
def test_a_file_opened_where_not_even_the_lock_can_be_written_is_open_to_read(
    db: Database, tmp_path: Path
) -> None:
    records = len(held(db))
    db.close()
    before = bytes_of(db.path)
    why, seen = asked(open_without_room, db.path, 0)
    assert "no room" in why
    assert seen == records
    assert bytes_of(db.path) == before
    assert not (tmp_path / "Eastfield.nhsdesk.lock").exists()


@only_posix
@pytest.mark.parametrize("room", [0, 4_000, 100_000])
@pytest.mark.parametrize("what", ["edit", "backup", "hand out", "erase", "exchange", "search"])
def test_what_finds_no_room_leaves_nothing_half_made(tmp_path: Path, what: str, room: int) -> None:
    with new_file(tmp_path) as db:
        fill(db)
        backups.hand_out(db, tmp_path / "B.nhsdesk")
    sentence, names, as_before, again, names_after = asked(without_room, db.path, what, room)
    if sentence != "nothing":
        assert sentence.startswith("Unwritable: ")
        assert as_before != ("are erased" in sentence)
    if room == 0:
        assert sentence != "nothing"
    assert [name for name in names if "unfinished" in name or "backup" in name] == []
    assert "Cara.nhsdesk" not in names or sentence == "nothing"
    assert again == "nothing" or (what == "hand out" and sentence == "nothing")
    assert [name for name in names_after if "unfinished" in name] == []
    with record_file.open_file(db.path, "Ann", Clock()) as after:
        assert_sound(after)


@only_posix
@pytest.mark.parametrize("room", [0, 4_000, 300_000])
@pytest.mark.parametrize("over", ["the file in its place", "nothing"])
def test_a_backup_brought_back_without_room_leaves_the_file_in_its_place(
    tmp_path: Path, room: int, over: str
) -> None:
    with new_file(tmp_path) as db:
        fill(db)
        made = backups.make(db, tmp_path / "Backups")
        much(db, 3)
    target = db.path if over == "the file in its place" else tmp_path / "New.nhsdesk"
    before, there = bytes_of(db.path), sorted(names_in(tmp_path))
    sentence, names, again = asked(restore_without_room, made, target, room)
    assert sentence.startswith("Unwritable: ")
    assert [name for name in names if "/" not in name] == [name for name in there if name != "Backups"]
    assert again == "nothing"
    kept = [name for name in names_in(tmp_path) if "before restore" in name]
    assert len(kept) == (over == "the file in its place")
    assert [bytes_of(tmp_path / name) for name in kept] == [before] * len(kept)
    with record_file.open_file(target, "Ann", Clock()) as after:
        assert_sound(after)
