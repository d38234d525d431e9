"""A file that goes away, comes back, or is changed by somebody else while it is open, and the words typed meanwhile."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nhsdesk import errors, paths
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, drafts, kept_beside, lock, record_file
from nhsdesk.store.database import Database
from tests.store.children import asked, only_posix
from tests.store.files import Clock, assert_sound, names_in, new_file, opened

pytestmark = only_posix


@pytest.fixture(autouse=True)
def _own_home(own_home: Path) -> None:
    """Words kept beside are nobody else's."""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def db(stick: Path) -> Iterator[Database]:
    with new_file(stick) as made:
        add(made, "First")
        made.rest()
        yield made


def add(db: Database, title: str) -> None:
    with db.change("Add") as change:
        change.add(Commitment(title=title))


def titles(db: Database) -> list[str]:
    with db.read() as reader:
        return [one.title for one in reader.all(Commitment)]


def put_back_anew(db: Database, bytes_: bytes) -> None:
    """Another file of those bytes in its place, as a disk mounted anew shows it."""
    beside = db.path.with_suffix(".other")
    beside.write_bytes(bytes_)
    beside.replace(db.path)


@pytest.mark.parametrize("what", ["the file", "its folder"])
def test_a_file_gone_from_its_place_takes_nothing_and_goes_on_once_it_is_back(
    db: Database, what: str
) -> None:
    there = db.path if what == "the file" else db.path.parent
    away = there.with_name("away")
    there.rename(away)
    with pytest.raises(errors.OutOfReach, match=r"is no longer in .*Put it back"):
        add(db, "Lost?")
    assert str(db.out_of_reach).startswith("Eastfield.nhsdesk is no longer in")
    away.rename(there)
    add(db, "Second")
    assert db.out_of_reach is None
    assert titles(db) == ["First", "Second"]
    assert_sound(db)


def test_the_same_file_put_back_as_another_is_gone_on_with_under_its_lock(db: Database) -> None:
    log = db.path.with_name(db.path.name + "-wal")
    whole = db.path.read_bytes()
    db.path.unlink()
    log.unlink(missing_ok=True)
    lock.lock_path(db.path).unlink()
    with pytest.raises(errors.OutOfReach):
        add(db, "Lost?")
    db.path.write_bytes(whole)
    add(db, "Second")
    held_by = lock.holder(db.path)
    assert held_by is not None
    assert held_by.process == os.getpid()
    db.close()
    with opened(db.path) as again:
        assert titles(again) == ["First", "Second"]
        assert_sound(again)


def test_a_lock_left_on_the_disk_by_this_very_program_is_its_own(db: Database) -> None:
    words = lock.lock_path(db.path).read_text(encoding="utf-8")
    whole = db.path.read_bytes()
    shutil.rmtree(db.path.parent)
    db.path.parent.mkdir()
    db.path.write_bytes(whole)
    lock.lock_path(db.path).write_text(words, encoding="utf-8")
    add(db, "Second")
    assert titles(db) == ["First", "Second"]


def test_a_file_opened_elsewhere_while_it_was_out_is_not_written_until_they_close_it(db: Database) -> None:
    whole = db.path.read_bytes()
    theirs = replace(
        lock.holder(db.path) or lock.Holder("", "", 0, 0.0, ""), person="Ben", machine="PRACTICE-7"
    )
    shutil.rmtree(db.path.parent)
    db.path.parent.mkdir()
    db.path.write_bytes(whole)
    lock.lock_path(db.path).write_text(json.dumps(asdict(theirs)), encoding="utf-8")
    with pytest.raises(errors.OutOfReach, match="opened for writing by Ben on PRACTICE-7"):
        add(db, "Mine")
    assert db.path.read_bytes() == whole
    lock.lock_path(db.path).unlink()
    add(db, "Mine")
    assert titles(db) == ["First", "Mine"]


@pytest.mark.parametrize("how", ["another file in its place", "written over where it lies"])
def test_an_older_file_put_in_its_place_is_never_written_over(db: Database, stick: Path, how: str) -> None:
    older = db.path.read_bytes()
    add(db, "Second")
    db.rest()
    if how == "another file in its place":
        put_back_anew(db, older)
    else:
        db.path.write_bytes(older)
    with pytest.raises(errors.ChangedOutside, match=r"no longer as this window last saw it.*Open it again"):
        add(db, "Third")
    with pytest.raises(errors.ChangedOutside):
        add(db, "Third again")
    db.close()
    with opened(stick / "Eastfield.nhsdesk") as again:
        assert titles(again) == ["First"]
        assert_sound(again)


def test_anything_else_in_its_place_is_told_and_left(db: Database) -> None:
    put_back_anew(db, b"A letter about the claim. " * 4_000)
    with pytest.raises(errors.ChangedOutside, match="another file was put in its place"):
        add(db, "Second")
    assert db.path.read_bytes().startswith(b"A letter")


def _write_without_asking(path: Path) -> int:
    """Another program that heeds no lock, as on a disk that knows none."""
    lock.lock_path(path).unlink()
    with record_file.open_file(path, "Ben", Clock()) as db:
        add(db, "Ben's")
        return db.head.position


def test_two_programs_that_cannot_see_each_others_lock_never_write_over_each_other(db: Database) -> None:
    asked(_write_without_asking, db.path)
    with pytest.raises(errors.ChangedOutside, match="another program changed it"):
        add(db, "Mine")
    db.close()
    with opened(db.path) as again:
        assert titles(again) == ["First", "Ben's"]
        assert_sound(again)


def test_our_own_writing_is_never_taken_for_somebody_elses(db: Database) -> None:
    for n in range(5):
        add(db, f"One {n}")
        if n % 2:
            db.rest()
    with db.change("Much") as change:
        for n in range(500):  # more than the log holds before it is brought in
            change.add(Commitment(title=f"Much {n} " * 100))
    add(db, "Last")
    assert len(titles(db)) == 507


# ---- the clock


def test_a_clock_set_back_keeps_the_order_of_steps_undo_drafts_and_backups(tmp_path: Path) -> None:
    clock = Clock()
    with new_file(tmp_path, clock=clock) as db:
        add(db, "First")
        drafts.keep(db, "commitment", "new", "title", "Half")
        before = backups.make(db, tmp_path / "Backups")
        clock.moment = datetime(2019, 1, 1, tzinfo=UTC)
        add(db, "Second")
        drafts.keep(db, "commitment", "new", "title", "Half a word")
        after = backups.make(db, tmp_path / "Backups")
        assert before.exists()
        assert after.exists()
        assert [one.words for one in drafts.kept(db)] == ["Half a word"]
        db.undo()
        assert titles(db) == ["First"]
        db.redo()
        clock.moment += timedelta(days=4_000)
        add(db, "Third")
        assert titles(db) == ["First", "Second", "Third"]
        assert_sound(db)


# ---- words kept on this computer


def test_words_that_find_the_file_gone_are_kept_here_and_brought_in_when_it_is_back(db: Database) -> None:
    away = db.path.with_name("away")
    db.path.rename(away)
    with pytest.raises(errors.KeptBeside, match="kept on this computer meanwhile"):
        drafts.keep_all(db, "commitment", "7", {"title": "Half a wo", "paraphrase": "Ours"})
    with pytest.raises(errors.KeptBeside):
        drafts.keep(db, "commitment", "7", "title", "Half a word")
    away.rename(db.path)
    brought = drafts.bring_in(db, lambda _, one: one.field == "paraphrase")
    assert [(one.field, one.words) for one in brought] == [("title", "Half a word")]
    assert [(one.record, one.field, one.words) for one in drafts.kept(db)] == [("7", "title", "Half a word")]
    assert kept_beside.kept(db.head.copy) == ()


def test_words_that_reach_the_file_after_all_are_kept_here_no_more(db: Database) -> None:
    away = db.path.with_name("away")
    db.path.rename(away)
    for field in ("title", "paraphrase", "clause"):
        with pytest.raises(errors.KeptBeside):
            drafts.keep(db, "commitment", "7", field, "Half")
    away.rename(db.path)
    drafts.keep(db, "commitment", "7", "title", "Half a word")
    drafts.drop(db, "commitment", "7", "paraphrase")
    assert [one.field for one in kept_beside.kept(db.head.copy)] == ["clause"]


def test_what_looks_like_an_nhs_number_is_not_kept_here_either(db: Database) -> None:
    db.path.rename(db.path.with_name("away"))
    with pytest.raises(errors.OutOfReach):
        drafts.keep(db, "commitment", "7", "title", "NHS number 943 476 5919")
    assert kept_beside.kept(db.head.copy) == ()


@pytest.mark.parametrize("words", [b"", b"{", b"[1]", b'[{"kind": 1}]', b"\xff\xfe", b"[" * 100_000])
def test_a_spoilt_file_of_kept_words_is_as_good_as_none(words: bytes) -> None:
    draft = kept_beside.Draft("commitment", "7", "title", "Half", "Ann", "2026-10-01T09:00:00+00:00")
    assert kept_beside.keep(5, [draft])
    (place,) = paths.words_folder().iterdir()
    assert oct(place.stat().st_mode)[-3:] == "600"
    place.write_bytes(words)
    assert kept_beside.kept(5) == ()
    assert kept_beside.keep(5, [draft])
    assert kept_beside.kept(5) == (draft,)


def test_words_half_written_when_the_program_was_ended_are_forgotten_with_the_others() -> None:
    draft = kept_beside.Draft("commitment", "7", "title", "Half", "Ann", "2026-10-01T09:00:00+00:00")
    assert kept_beside.keep(5, [draft])
    (place,) = paths.words_folder().iterdir()
    place.with_suffix(".part").write_bytes(place.read_bytes())
    kept_beside.clear(5)
    assert list(paths.words_folder().iterdir()) == []


def test_where_nothing_can_be_kept_here_either_the_sentence_promises_nothing(
    db: Database, own_home: Path
) -> None:
    folder = paths.words_folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"a file where the folder should be")
    db.path.rename(db.path.with_name("away"))
    with pytest.raises(errors.OutOfReach) as told:
        drafts.keep(db, "commitment", "7", "title", "Half")
    assert "kept on this computer" not in str(told.value)


# ---- saved elsewhere


def test_a_file_whose_place_is_gone_is_saved_elsewhere_through_the_open_program(
    db: Database, tmp_path: Path
) -> None:
    add(db, "Second")  # in the log alone
    db.path.parent.rename(tmp_path / "away")
    target = tmp_path / "Saved.nhsdesk"
    backups.save_elsewhere(db, target)
    with record_file.open_file(target, "Ann", Clock(), moved=record_file.Moved.SECOND_COPY) as saved:
        assert titles(saved) == ["First", "Second"]
        assert saved.head.copy != db.head.copy
        assert_sound(saved)
    assert [name for name in names_in(tmp_path) if "unfinished" in name] == []
