"""Backups are proved before they count, thinned by age, and come back as a copy that collides with nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, connections, drafts, exchange, lock, record_file
from nhsdesk.store.backups import Backup
from nhsdesk.store.database import Database, Opened
from tests.store.children import begin, heard, only_posix, others
from tests.store.files import (
    Clock,
    assert_sound,
    bytes_of,
    fill,
    held,
    names_in,
    new_file,
    opened,
    until_quiet,
)

NOW = datetime(2026, 10, 1, 9, 5, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def db(tmp_path: Path, clock: Clock) -> Database:
    made = new_file(tmp_path, clock=clock)
    fill(made)
    return made


def add(db: Database, title: str) -> Commitment:
    with db.change("Add") as change:
        return change.add(Commitment(title=title))


def titles(db: Database) -> set[str]:
    with db.read() as reader:
        return {one.title for one in reader.all(Commitment)}


# ---- made


def test_a_backup_is_a_file_of_its_own_with_all_that_was_committed(db: Database, tmp_path: Path) -> None:
    add(db, "Just now")  # still in the log
    made = backups.make(db, tmp_path / "Backups")
    assert names_in(tmp_path / "Backups") == [made.name]
    with record_file.open_to_read(made, "Ann", Clock()) as copy:
        assert held(copy) == held(db)
    db.close()


def test_a_backup_is_made_while_somebody_reads_and_writes_go_on(db: Database, tmp_path: Path) -> None:
    with db.read() as reader:
        assert reader.all(Commitment)
        add(db, "While reading")
        made = backups.make(db, tmp_path / "Backups")
    with record_file.open_to_read(made, "Ann", Clock()) as copy:
        assert "While reading" in titles(copy)
    db.close()


def test_two_backups_within_one_second_are_two_files(db: Database, tmp_path: Path) -> None:
    still = record_file.open_to_read(db.path, "Ann", lambda: NOW)
    folder = tmp_path / "Backups"
    made = []
    for n in range(3):
        add(db, f"Number {n}")
        made.append(backups.make(still, folder))
    assert len(set(made)) == 3
    found = backups.found_in(folder, "Eastfield")
    assert [one.path for one in found] == made[::-1]
    assert {one.made for one in found} == {NOW.replace(microsecond=0)}
    still.close()
    db.close()


def test_only_backups_of_that_file_are_found(tmp_path: Path) -> None:
    for name in (
        "Eastfield 2026-10-01 090500.nhsdesk-backup", "Eastfield 2026-10-01 090500 (2).nhsdesk-backup",
        "Eastfield 2 2026-10-01 090500.nhsdesk-backup", "Eastfield 2026-13-41 990500.nhsdesk-backup",
        "Eastfield.nhsdesk", "Eastfield before upgrade 2026-10-01 090500.nhsdesk-backup", "notes.txt",
    ):  # fmt: skip
        (tmp_path / name).touch()
    assert [(one.path.name, one.number) for one in backups.found_in(tmp_path, "Eastfield")] == [
        ("Eastfield 2026-10-01 090500 (2).nhsdesk-backup", 2),
        ("Eastfield 2026-10-01 090500.nhsdesk-backup", 1),
    ]


def test_a_folder_that_is_a_file_is_told_in_a_sentence(db: Database, tmp_path: Path) -> None:
    (tmp_path / "Backups").touch()
    with pytest.raises(errors.DeskError, match=r"\.$"):
        backups.make(db, tmp_path / "Backups")
    db.close()


def spoil(path: Path) -> None:
    """Damages an index, which a quick check misses, behind the back of whoever has the file open."""
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_note_on'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with path.open("rb+") as file:
        file.seek((root - 1) * size)
        page = bytearray(file.read(size))
        # Of two entries of the index, each gets the other's place: well formed, out of order.
        at = 8
        page[at : at + 2], page[at + 2 : at + 4] = page[at + 2 : at + 4], page[at : at + 2]
        file.seek((root - 1) * size)
        file.write(page)


def test_a_quick_check_misses_what_the_proof_finds(db: Database, tmp_path: Path) -> None:
    db.close()
    spoil(db.path)
    connection = driver.connect(str(db.path), isolation_level=None)
    quick = connection.execute("PRAGMA quick_check").fetchall()
    whole = connection.execute("PRAGMA integrity_check").fetchall()
    connection.close()
    assert quick == [("ok",)]
    assert whole != [("ok",)]


def test_a_damaged_file_never_makes_a_backup_nor_removes_a_good_one(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "Backups"
    old = folder / "Eastfield 2020-01-01 000000.nhsdesk-backup"
    good = backups.make(db, folder)
    shutil.copy(good, old)
    before = {name: bytes_of(folder / name) for name in names_in(folder)}
    db.close()
    spoil(db.path)
    reading = Database(
        connections.engine_for(db.path, query="?mode=ro"),
        Opened(db.path, "Ann", Clock(), read_only_because="for the test"),
    )
    with reading, pytest.raises(errors.Damaged, match="Earlier copies are as they were") as told:
        backups.make(reading, folder)
    assert "unfinished" not in str(told.value)
    assert {name: bytes_of(folder / name) for name in names_in(folder)} == before


def _half(path: Path, age: timedelta = timedelta()) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"half")
    then = (datetime.now(UTC) - age).timestamp()  # noqa: TID251 — a file's own time is the computer's
    os.utime(path, (then, then))
    return path


def test_what_a_broken_off_restore_left_is_taken_away_by_the_next(db: Database, tmp_path: Path) -> None:
    made = backups.make(db, tmp_path / "Backups")
    half = _half(db.path.with_name(f".{db.path.stem} before restore 2026-01-01 090000.nhsdesk.unfinished"))
    another = _half(db.path.with_name(".Westfield before restore 2026-01-01 090000.nhsdesk.unfinished"))
    db.close()
    backups.restore(made, db.path, "Ann", Clock())[0].close()
    assert (half.exists(), another.exists()) == (False, True)


def test_half_a_backup_is_taken_away_once_nobody_can_still_be_writing_it(
    db: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "Backups"
    old = _half(folder / f".{db.path.stem} 2020-01-01 090000.nhsdesk-backup.unfinished", timedelta(days=3000))
    young = _half(folder / f".{db.path.stem} 2026-11-29 090000.nhsdesk-backup.unfinished")
    backups.make(db, folder)
    assert (old.exists(), young.exists()) == (False, True)


def test_an_existing_file_is_never_written_over_by_a_copy(db: Database, tmp_path: Path) -> None:
    target = tmp_path / "Ben.nhsdesk"
    target.write_text("mine", encoding="utf-8")
    for write in (backups.hand_out, lambda database, path: backups.copy_proved(database.path, path)):
        with pytest.raises(errors.Unwritable, match="already there"):
            write(db, target)
    assert target.read_text(encoding="utf-8") == "mine"
    db.close()


# ---- thinned by age

MOMENTS = st.lists(
    st.integers(0, 3 * 365 * 86_400).map(lambda seconds: NOW - timedelta(seconds=seconds)),
    max_size=60,
    unique=True,
)  # fmt: skip


@given(MOMENTS)
def test_thinning_keeps_the_newest_the_last_day_and_a_few_of_each_age(moments: list[datetime]) -> None:
    all_ = [Backup(Path(f"{at:%Y-%m-%d %H%M%S}"), at) for at in moments]
    gone = backups.thinned(all_, NOW)
    kept = [one for one in all_ if one not in gone]
    assert set(gone) <= set(all_)
    if all_:
        assert max(all_, key=lambda one: one.made) in kept
    today = [one for one in all_ if NOW - one.made < timedelta(days=1)]
    assert set(today) <= set(kept)
    assert len(kept) <= backups.KEEP_DAYS + backups.KEEP_WEEKS + backups.KEEP_MONTHS + len(today)
    assert backups.thinned(kept, NOW) == ()


@given(MOMENTS)
def test_thinning_after_each_backup_always_leaves_one_of_each_of_the_last_days_weeks_and_months(
    moments: list[datetime],
) -> None:
    kept: list[Backup] = []
    for at in sorted(moments):
        kept.append(Backup(Path(f"{at}"), at))
        gone = backups.thinned(kept, at)
        kept = [one for one in kept if one not in gone]
    for key, most in (("%Y-%j", 7), ("%G-%V", 5), ("%Y-%m", 12)):
        ever = sorted({at.strftime(key) for at in moments})[-most:]
        assert set(ever) <= {one.made.strftime(key) for one in kept}


def test_old_backups_are_thinned_when_a_new_one_is_made(db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "Backups"
    first = backups.make(db, folder)
    for day in range(1, 60):
        at = NOW - timedelta(days=day)
        for hour in (0, 1):
            shutil.copy(
                first, folder / f"Eastfield {at - timedelta(hours=hour):%Y-%m-%d %H%M%S}.nhsdesk-backup"
            )
    (folder / "Eastfield keep me.nhsdesk-backup").touch()
    made = backups.make(db, folder)
    found = backups.found_in(folder, "Eastfield")
    assert found[0].path == made
    assert 7 <= len(found) <= 7 + 5 + 12 + 2
    assert (folder / "Eastfield keep me.nhsdesk-backup").exists()
    db.close()


# ---- brought back


def test_a_restored_backup_is_a_new_copy_and_the_file_it_replaces_is_kept(
    db: Database, tmp_path: Path
) -> None:
    made = backups.make(db, tmp_path / "Backups")
    add(db, "Since")
    now, whole, copy = held(db), bytes_of(made), db.head.copy
    db.close()
    before = bytes_of(db.path)
    back, aside = backups.restore(made, db.path, "Ann", Clock())
    with back:
        assert "Since" not in titles(back)
        assert back.head.letter == "B"
        assert back.head.copy != copy
        with pytest.raises(errors.NothingToUndo, match="restored from"):
            back.undo()
    assert aside is not None
    assert bytes_of(aside) == before
    with opened(aside) as replaced:
        assert held(replaced) == now
    assert bytes_of(made) == whole
    assert names_in(tmp_path) == sorted([aside.name, "Backups", db.path.name])
    record_file.open_file(db.path, "Ann", Clock()).close()


def test_a_backup_restored_where_nothing_is_keeps_nothing_aside(db: Database, tmp_path: Path) -> None:
    made = backups.make(db, tmp_path / "Backups")
    whole = held(db)
    db.close()
    back, aside = backups.restore(made, tmp_path / "New.nhsdesk", "Ann", Clock())
    with back:
        assert aside is None
        assert held(back) == whole


def test_a_restored_backup_changed_and_exchanged_with_the_one_it_replaced_collides_with_nothing(
    db: Database, tmp_path: Path, clock: Clock
) -> None:
    made = backups.make(db, tmp_path / "Backups")
    lost = [add(db, f"Since {n}") for n in range(3)]
    backups.hand_out(db, tmp_path / "Ben.nhsdesk")  # copy B, of which the backup knows nothing
    db.close()
    back, aside = backups.restore(made, db.path, "Ann", clock)
    assert aside is not None
    with back, opened(aside, clock) as replaced, opened(tmp_path / "Ben.nhsdesk", clock) as ben:
        assert back.head.letter not in ("A", "B")
        again = [add(back, f"After {n}") for n in range(3)]
        bens = [add(ben, f"Ben {n}") for n in range(3)]
        more = [add(replaced, f"Going on {n}") for n in range(3)]
        every = [*lost, *again, *bens, *more]
        assert len({one.id for one in every}) == len({one.ref for one in every}) == 12
        until_quiet(back, replaced, ben)
        assert held(back) == held(replaced) == held(ben)
        assert {one.title for one in every} <= titles(back)
        for copy in (back, replaced, ben):
            assert_sound(copy)


def test_two_backups_restored_one_after_the_other_exchange_with_all(
    db: Database, tmp_path: Path, clock: Clock
) -> None:
    made = backups.make(db, tmp_path / "Backups")
    db.close()
    first, aside = backups.restore(made, db.path, "Ann", clock)
    add(first, "First")
    first.close()
    second, first_aside = backups.restore(made, db.path, "Ann", clock)
    add(second, "Second")
    assert aside is not None
    assert first_aside is not None
    with second, opened(aside, clock) as one, opened(first_aside, clock) as two:
        assert [copy.head.letter for copy in (one, two, second)] == ["A", "B", "C"]
        until_quiet(one, two, second)
        assert {"First", "Second"} <= titles(one)
        assert held(one) == held(two) == held(second)


def _cut(path: Path) -> None:
    os.truncate(path, 5_000)


def _spoil(path: Path) -> None:
    spoil(path)


def _words(path: Path) -> None:
    path.write_text("not a file of ours", encoding="utf-8")


def _empty(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("damage", [_cut, _spoil, _words, _empty], ids=lambda damage: damage.__name__)
def test_a_damaged_file_is_replaced_and_kept_as_it_is(
    db: Database, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    made = backups.make(db, tmp_path / "Backups")
    db.close()
    damage(db.path)
    before = bytes_of(db.path)
    back, aside = backups.restore(made, db.path, "Ann", Clock())
    with back:
        assert_sound(back)
    assert aside is not None
    assert bytes_of(aside) == before


def test_the_log_a_crash_left_is_kept_with_the_file_it_belongs_to(
    db: Database, tmp_path: Path, clock: Clock
) -> None:
    made = backups.make(db, tmp_path / "Backups")
    add(db, "Just before the crash")
    crash = tmp_path / "crash"
    crash.mkdir()
    for end in ("", "-wal"):
        shutil.copy(db.path.with_name(db.path.name + end), crash / (db.path.name + end))
    db.close()
    back, aside = backups.restore(made, crash / db.path.name, "Ann", clock)
    with back:
        assert "Just before the crash" not in titles(back)
    assert aside is not None
    with opened(aside, clock) as replaced:
        assert "Just before the crash" in titles(replaced)


@pytest.mark.parametrize("damage", [_cut, _spoil, _words, _empty], ids=lambda damage: damage.__name__)
def test_a_damaged_backup_is_refused_and_the_file_in_place_untouched(
    db: Database, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    made = backups.make(db, tmp_path / "Backups")
    db.close()
    damage(made)
    before, spoilt = bytes_of(db.path), bytes_of(made)
    with pytest.raises(errors.DeskError, match=r"left as it is") as told:
        backups.restore(made, db.path, "Ann", Clock())
    assert made.name in str(told.value)
    assert (bytes_of(db.path), bytes_of(made)) == (before, spoilt)
    assert names_in(tmp_path) == ["Backups", db.path.name]


def test_a_missing_backup_is_told_by_name(db: Database, tmp_path: Path) -> None:
    db.close()
    with pytest.raises(errors.NotARecord, match="There is no file"):
        backups.restore(tmp_path / "none.nhsdesk-backup", db.path, "Ann", Clock())


def test_a_backup_brought_back_into_no_folder_is_refused(db: Database, tmp_path: Path) -> None:
    made = backups.make(db, tmp_path / "Backups")
    db.close()
    with pytest.raises(errors.DeskError, match=r"There is no f"):
        backups.restore(made, tmp_path / "none" / "E.nhsdesk", "Ann", Clock())


def _hold(path: Path, told: object) -> None:
    with record_file.open_file(path, "Ben Baker", Clock()):
        told.send("open")  # type: ignore[attr-defined]
        told.recv()  # type: ignore[attr-defined]


@only_posix
def test_a_file_that_is_open_elsewhere_is_not_replaced(db: Database, tmp_path: Path) -> None:
    made = backups.make(db, tmp_path / "Backups")
    db.close()
    here, there = others.Pipe()
    child = begin(_hold, db.path, there)
    assert heard(here) == "open"
    before = bytes_of(db.path)
    with pytest.raises(errors.RecordInUse, match="open for writing by Ben Baker"):
        backups.restore(made, db.path, "Ann", Clock())
    assert bytes_of(db.path) == before
    here.send("end")
    child.join()
    assert names_in(tmp_path) == ["Backups", db.path.name]
    back, _ = backups.restore(made, db.path, "Ann", Clock())
    back.close()


def test_a_restore_gives_its_lock_back(db: Database, tmp_path: Path) -> None:
    made = backups.make(db, tmp_path / "Backups")
    db.close()
    back, _ = backups.restore(made, db.path, "Ann", Clock())
    assert lock.holder(db.path) is not None
    back.close()
    assert not lock.lock_path(db.path).exists()


def test_a_newer_backup_is_refused_and_the_file_in_place_untouched(db: Database, tmp_path: Path) -> None:
    made = backups.make(db, tmp_path / "Backups")
    db.close()
    with made.open("rb+") as file:
        file.seek(60)
        file.write((99).to_bytes(4, "big"))
    before = bytes_of(db.path)
    with pytest.raises(errors.NewerRecord):
        backups.restore(made, db.path, "Ann", Clock())
    assert bytes_of(db.path) == before


# ---- copies for others


def test_a_handed_out_copy_has_everything_but_what_was_still_being_typed(
    db: Database, tmp_path: Path
) -> None:
    drafts.keep(db, "commitment", "new", "title", "Half a wo")
    letter = backups.hand_out(db, tmp_path / "Ben.nhsdesk")
    with record_file.open_file(tmp_path / "Ben.nhsdesk", "Ben", Clock()) as copy:
        assert (letter, copy.head.letter) == ("B", "B")
        assert held(copy) == held(db)
        assert drafts.kept(copy) == ()
        assert add(copy, "Ben's").ref == "C-B1"
        assert backups.hand_out(copy, tmp_path / "Of Ben.nhsdesk") == "BA"
    assert len(drafts.kept(db)) == 1
    assert names_in(tmp_path) == sorted(
        [
            "Ben.nhsdesk",
            "Of Ben.nhsdesk",
            db.path.name,
            *(f"{db.path.name}{end}" for end in (".lock", "-shm", "-wal")),
        ]
    )
    db.close()


def test_a_handed_out_copy_is_at_home_where_it_is_first_opened(db: Database, tmp_path: Path) -> None:
    backups.hand_out(db, tmp_path / "Ben.nhsdesk")
    (tmp_path / "desk").mkdir()
    there = (tmp_path / "Ben.nhsdesk").rename(tmp_path / "desk" / "Ben.nhsdesk")
    with record_file.open_file(there, "Ben", Clock()) as copy:
        exchange.exchange(db, copy)
    record_file.open_file(there, "Ben", Clock()).close()
    with pytest.raises(errors.Moved):
        record_file.open_file(there.rename(tmp_path / "Ben.nhsdesk"), "Ben", Clock())
    db.close()


def test_backups_of_two_files_of_one_name_do_not_thin_each_other(tmp_path: Path) -> None:
    clock = Clock()
    folder = tmp_path / "backups"
    kept: list[Path] = []
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        with record_file.create(tmp_path / place / "PCN.nhsdesk", "Ann", clock) as database:
            for _ in range(12):
                kept.append(backups.make(database, folder))
                clock.moment += timedelta(days=40)
    first = [path for path in kept[:12] if path.exists()]
    with record_file.open_file(tmp_path / "two" / "PCN.nhsdesk", "Ann", clock) as database:
        backups.make(database, folder)
    assert [path for path in kept[:12] if path.exists()] == first != []


def test_a_backup_of_another_pcn_does_not_take_the_place_of_ours(tmp_path: Path) -> None:
    clock = Clock()
    ours, theirs = tmp_path / "Ours.nhsdesk", tmp_path / "Theirs.nhsdesk"
    record_file.create(ours, "Ann", clock).close()
    with record_file.create(theirs, "Ann", clock) as database:
        backup = backups.make(database, tmp_path / "backups")
    before = ours.read_bytes()
    with pytest.raises(errors.CannotExchange, match="of another PCN file"):
        backups.restore(backup, ours, "Ann", clock)
    assert ours.read_bytes() == before
