"""Opening never makes a file worse: what is not ours, not whole or not for us is told of and left as it is."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.records import KINDS
from nhsdesk.store import connections, exchange, queries, record_file, schema, search
from nhsdesk.store.database import Database
from nhsdesk.store.record_file import Moved
from tests.examples import examples
from tests.store.files import Clock, as_file, bytes_of, fill, held, names_in, new_file

RECORD = "Eastfield.nhsdesk"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled file at rest."""
    folder = tmp_path_factory.mktemp("filled")
    with new_file(folder) as db:
        fill(db)
        search.bring_up_to_date(db)
    return folder / RECORD


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    """A filled file at rest that knows the test's folder as its home."""
    path = as_file(filled, tmp_path / RECORD)
    record_file.open_file(path, "Ann", Clock(), moved=Moved.MOVED).close()
    return path


def open_and_close(path: Path, opening: str) -> None:
    if opening == "write":
        record_file.open_file(path, "Ann Archer", Clock(), moved=Moved.MOVED).close()
    else:
        record_file.open_to_read(path, "Ann Archer", Clock()).close()


def refused(path: Path, kind: type[errors.DeskError], words: str, opening: str = "write") -> str:
    """Opening is refused with such a sentence, the file untouched and nothing left beside it."""
    before = bytes_of(path) if path.is_file() else None
    beside = names_in(path.parent)
    with pytest.raises(kind, match=words) as told:
        open_and_close(path, opening)
    assert names_in(path.parent) == beside
    assert (bytes_of(path) if path.is_file() else None) == before
    sentence = str(told.value)
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert "sqlite" not in sentence.lower()
    return sentence


def read_everything(db: Database) -> int:
    """Reads whatever stands in a file; how many records."""
    count = 0
    with db.read() as reader:
        for given in reader.connection.exec_driver_sql("SELECT id FROM given_names").scalars().all():
            reader.any_of(given)
        for kind in KINDS.values():
            for record in reader.all(kind.cls):
                count += 1
                record.title_words()
                queries.history(reader, record.id)
        queries.steps(reader)
        queries.conflicts(reader)
        queries.letters(reader)
    search.find(db, "promise")
    db.offers()
    db.as_at(0).close()
    exchange.parcel_for(db, {})
    return count


# ---- not one of our files


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:99])


def _words(path: Path) -> None:
    path.write_text("Minutes of the board\n" * 500, encoding="utf-8")


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")


def _only_the_first_words(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00")


def _of_another_program(path: Path) -> None:
    path.unlink()
    other = sqlite3.connect(path)
    other.executescript("CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x')")
    other.close()


@pytest.mark.parametrize("opening", ["write", "read"])
@pytest.mark.parametrize(
    "make",
    [_empty, _short, _words, _zip, _only_the_first_words, _of_another_program],
    ids=lambda make: make.__name__,
)
def test_what_is_not_a_pcn_file_is_refused_and_left(
    path: Path, make: Callable[[Path], None], opening: str
) -> None:
    make(path)
    refused(path, errors.NotARecord, "not a PCN file", opening)


@pytest.mark.parametrize("opening", ["write", "read"])
def test_a_folder_is_no_pcn_file(tmp_path: Path, opening: str) -> None:
    (tmp_path / RECORD).mkdir()
    refused(tmp_path / RECORD, errors.NotARecord, "a folder", opening)


@pytest.mark.parametrize("opening", ["write", "read"])
def test_a_missing_file_is_told_by_name_and_folder(tmp_path: Path, opening: str) -> None:
    sentence = refused(tmp_path / RECORD, errors.NotARecord, "There is no file", opening)
    assert RECORD in sentence
    assert str(tmp_path) in sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes on the disk here")
def test_what_is_no_file_at_all_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / RECORD)
    refused(tmp_path / RECORD, errors.NotARecord, "not a PCN file")


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(offset)
        file.write(content)


@pytest.mark.parametrize("opening", ["write", "read"])
def test_a_newer_file_is_refused_with_both_forms_named(path: Path, opening: str) -> None:
    overwrite(path, 60, struct.pack(">I", schema.SCHEMA_NUMBER + 3))
    sentence = refused(path, errors.NewerRecord, "later version", opening)
    assert f"form {schema.SCHEMA_NUMBER + 3};" in sentence
    assert f"forms up to {schema.SCHEMA_NUMBER})" in sentence


def test_an_older_form_than_any_there_was_is_damaged(path: Path) -> None:
    overwrite(path, 60, struct.pack(">I", 0))
    refused(path, errors.Damaged, "does not say of which form")


# ---- not whole


def page_size(path: Path) -> int:
    return int(struct.unpack(">H", path.read_bytes()[16:18])[0])


def roots(path: Path) -> dict[str, int]:
    """The first page of each table and index."""
    connection = driver.connect(f"{path.as_uri()}?immutable=1", uri=True)
    try:
        found = connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall()
        return {str(name): int(page) for name, page in found}
    finally:
        connection.close()


@pytest.mark.parametrize("opening", ["write", "read"])
@pytest.mark.parametrize("cut", ["mid page", "page boundary", "one byte", "half", "header only", "one page"])
def test_a_file_cut_short_is_refused(path: Path, cut: str, opening: str) -> None:
    size, page = path.stat().st_size, page_size(path)
    sizes = {
        "mid page": size - page // 2, "page boundary": size - 3 * page, "one byte": size - 1, "half": size // 2,
        "header only": 100, "one page": page,
    }  # fmt: skip
    os.truncate(path, sizes[cut])
    sentence = refused(path, errors.Damaged, "is damaged", opening)
    assert f"{size:,}" in sentence
    assert f"{sizes[cut]:,}" in sentence


def test_a_file_with_something_added_behind_is_refused(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"x" * 100)
    refused(path, errors.Damaged, "is damaged")


def test_a_log_cut_off_behind_a_crash_leaves_what_was_committed_before(path: Path) -> None:
    db = record_file.open_file(path, "Ann", Clock())
    for n in range(3):
        with db.change("Add") as change:
            change.add(Commitment(title=f"Number {n}"))
    folder = path.parent / "crashed"
    folder.mkdir()
    log = path.with_name(RECORD + "-wal")
    shutil.copy(path, folder / RECORD)
    (folder / log.name).write_bytes(log.read_bytes()[:-2000])
    db.close()
    with (
        record_file.open_file(folder / RECORD, "Ann", Clock(), moved=Moved.MOVED) as after,
        after.read() as reader,
    ):
        found = {one.title for one in reader.all(Commitment) if one.title.startswith("Number")}
    assert found == {"Number 0", "Number 1"}


@pytest.mark.parametrize("opening", ["write", "read"])
@pytest.mark.parametrize(
    ("field", "offset", "length"),
    [
        ("page size", 16, 2),
        ("versions", 18, 2),
        ("fractions", 21, 3),
        ("schema format", 44, 4),
        ("encoding", 56, 4),
    ],
)
def test_garbage_in_the_first_words_is_refused(
    path: Path, field: str, offset: int, length: int, opening: str
) -> None:
    overwrite(path, offset, b"\x93" * length)
    refused(path, errors.DeskError, RECORD, opening)


@pytest.mark.parametrize("opening", ["write", "read"])
def test_garbage_over_the_list_of_tables_is_refused(path: Path, opening: str) -> None:
    overwrite(path, 100, bytes(range(7, 207)) * 4)
    refused(path, errors.Damaged, "damaged", opening)


@pytest.mark.parametrize(
    "over", ["commitment", "steps", "changes", "uq_commitment_ref", "ix_changes_id", "given_names"]
)
def test_garbage_over_a_table_or_an_index_is_refused(path: Path, over: str) -> None:
    name = over if over in roots(path) else f"sqlite_autoindex_{over.split('_')[1]}_1"
    overwrite(path, (roots(path)[name] - 1) * page_size(path), bytes(range(3, 203)) * 5)
    refused(path, errors.Damaged, "does not hold what it should")


def test_an_index_that_disagrees_with_its_table_is_refused(path: Path) -> None:
    """A quick check misses this: both pages are well formed."""
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA writable_schema=ON")
    root, other = roots(path)["ix_note_on"], roots(path)["ix_tag_on"]
    connection.execute("UPDATE sqlite_master SET rootpage=? WHERE name='ix_note_on'", (other,))
    connection.execute("UPDATE sqlite_master SET rootpage=? WHERE name='ix_tag_on'", (root,))
    connection.close()
    refused(path, errors.Damaged, "does not hold what it should")


@pytest.mark.parametrize(
    ("planted", "words"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON commitment BEGIN DELETE FROM steps; END", "holds t"),
        ("CREATE VIEW v AS SELECT * FROM commitment", "holds v"),
        ("DROP TABLE tag", "lacks tag"),
        ("ALTER TABLE commitment DROP COLUMN clause", "lacks commitment clause"),
        ("ALTER TABLE commitment RENAME COLUMN clause TO sentence", "lacks commitment clause"),
    ],
)
@pytest.mark.parametrize("opening", ["write", "read"])
def test_a_file_that_is_not_as_the_program_makes_it_is_refused(
    path: Path, planted: str, words: str, opening: str
) -> None:
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute(planted)
    connection.close()
    if (
        opening == "read"
    ):  # a reader may find the log of a writer beside the file, and makes one where there is none
        with pytest.raises(errors.Damaged, match=words):
            record_file.open_to_read(path, "Ann", Clock())
    else:
        refused(path, errors.Damaged, words)


@pytest.mark.parametrize("gone", ["copy", "the copies", "numbering"])
def test_a_file_that_does_not_know_which_copy_it_is_is_damaged(path: Path, gone: str) -> None:
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute(
        {
            "copy": "UPDATE about_file SET value = 'x' WHERE key = 'copy'",
            "the copies": "DELETE FROM copies",
            "numbering": "UPDATE about_file SET value = '{' WHERE key = 'numbering'",
        }[gone]
    )
    connection.close()
    refused(path, errors.Damaged, "does not say which copy it is")
    refused(path, errors.Damaged, "does not say which copy it is", "read")


def unchecked(path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Opens a file as one is opened that is too large to be looked through each time."""
    monkeypatch.setattr(record_file, "CHECKED_AT_EACH_OPENING", 0)
    return record_file.open_file(path, "Ann", Clock())


@pytest.mark.parametrize("over", ["commitment", "changes", "ix_changes_id"])
def test_reading_and_writing_over_a_damaged_page_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch, over: str
) -> None:
    overwrite(path, (roots(path)[over] - 1) * page_size(path), bytes(range(3, 203)) * 5)
    db = unchecked(path, monkeypatch)
    try:
        with pytest.raises(errors.Damaged, match="damaged"):
            read_everything(db)
        with pytest.raises(errors.Damaged, match="damaged"), db.change("Add") as change:
            change.add(Commitment(title="More"))
    finally:
        db.close()


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("post", "role", "'NOBODY'"), ("claim", "month", "'Octember'"), ("pay", "starts", "'31/2'"),
        ("action_update", "said_on", "''"), ("commitment", "title", "CAST(x'ff00fe41' AS TEXT)"),
        ("commitment", "quotation", "CAST(x'c328' AS TEXT)"), ("steps", "seen", "'{'"), ("changes", "fields", "'[1'"),
        ("changes", "new", "'7'"), ("given_names", "kind", "'nothing'"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_what_they_should_be_are_told_of(
    path: Path, table: str, column: str, words: str
) -> None:
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute(f"UPDATE {table} SET {column} = {words}")
    connection.close()
    with record_file.open_file(path, "Ann", Clock()) as db, pytest.raises(errors.Damaged, match=r"\.$"):
        read_everything(db)


def test_a_complaint_that_the_driver_cannot_word_is_told_of_all_the_same(path: Path) -> None:
    content = path.read_bytes()
    root = content.index(b"CREATE TABLE about_file") + 12
    overwrite(path, root, b"\x80")
    refused(path, errors.DeskError, "damaged|not as this program")
    refused(path, errors.DeskError, "damaged|not as this program", "read")


@settings(
    max_examples=examples(15, 150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_random_bytes_anywhere_are_told_of_or_do_no_harm(filled: Path, data: st.DataObject) -> None:
    size = filled.stat().st_size
    place = st.one_of(st.integers(0, size - 1), st.integers(0, 4200))
    flips = data.draw(st.lists(st.tuples(place, st.binary(min_size=1, max_size=40)), min_size=1, max_size=6))
    with TemporaryDirectory() as folder:
        path = as_file(filled, Path(folder) / RECORD)
        for offset, content in flips:
            overwrite(path, min(offset, size - len(content)), content)
        before = bytes_of(path)
        with suppress(errors.DeskError), record_file.open_to_read(path, "Ann", Clock()) as db:
            read_everything(db)
        assert bytes_of(path) == before
        for beside in ("-wal", "-shm"):
            path.with_name(RECORD + beside).unlink(missing_ok=True)
        try:
            db = record_file.open_file(path, "Ann", Clock(), moved=Moved.MOVED)
        except errors.DeskError:
            assert bytes_of(path) == before
            assert names_in(path.parent) == [RECORD]
            return
        try:
            read_everything(db)
            with db.change("More") as change:
                change.add(Commitment(title="More"))
        except errors.DeskError:
            pass
        finally:
            db.close()


# ---- after a crash


def crashed(path: Path, folder: Path) -> Path:
    """The file as a crash leaves it, its log beside it."""
    db = record_file.open_file(path, "Ann", Clock())
    with db.change("Just before") as change:
        change.add(Commitment(title="Just before"))
    folder.mkdir()
    for end in ("", "-wal"):
        shutil.copy(path.with_name(path.name + end), folder / (path.name + end))
    db.close()
    return folder / path.name


def test_what_was_committed_before_a_crash_is_there_after_it(path: Path, tmp_path: Path) -> None:
    left = crashed(path, tmp_path / "crash")
    with record_file.open_file(left, "Ann", Clock(), moved=Moved.MOVED) as db, db.read() as reader:
        assert "Just before" in [one.title for one in reader.all(Commitment)]
    assert names_in(left.parent) == [RECORD]


def test_after_a_crash_even_a_large_file_is_looked_through(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = crashed(path, tmp_path / "crash")
    overwrite(left, (roots(path)["ix_note_on"] - 1) * page_size(path), b"\x55" * 900)
    monkeypatch.setattr(record_file, "CHECKED_AT_EACH_OPENING", 0)
    before = {name: bytes_of(left.parent / name) for name in names_in(left.parent)}
    with pytest.raises(errors.Damaged, match="damaged"):
        record_file.open_file(left, "Ann", Clock(), moved=Moved.MOVED)
    assert {name: bytes_of(left.parent / name) for name in names_in(left.parent)} == before


def test_a_large_file_that_was_closed_is_looked_through_once_it_is_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with record_file.open_file(path, "Ann", Clock()) as db:
        assert record_file.checked_when_opened(db)
        record_file.look_through(db)
    overwrite(path, (roots(path)["ix_note_on"] - 1) * page_size(path), b"\x55" * 900)
    with unchecked(path, monkeypatch) as db:
        assert not record_file.checked_when_opened(db)
        with pytest.raises(errors.Damaged, match="damaged"):
            record_file.look_through(db)


def test_a_log_of_another_file_beside_it_is_told_of_and_nothing_is_touched(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with new_file(other, "Other") as db:
        for n in range(40):
            with db.change("Add") as change:
                change.add(Commitment(title=f"Other {n}" * 50))
        shutil.copy(other / "Other.nhsdesk-wal", path.with_name(RECORD + "-wal"))
    before = {name: bytes_of(path.parent / name) for name in names_in(tmp_path) if name.startswith(RECORD)}
    try:
        record_file.open_file(path, "Ann", Clock()).close()
    except errors.DeskError:
        after = {name: bytes_of(path.parent / name) for name in names_in(tmp_path) if name.startswith(RECORD)}
        assert after == before


# ---- where it lies


def test_a_file_carried_elsewhere_asks_what_it_is_and_is_left_until_told(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    moved = as_file(path, tmp_path / "elsewhere" / RECORD)
    before = bytes_of(moved)
    with pytest.raises(errors.Moved, match="second copy") as told:
        record_file.open_file(moved, "Ann", Clock())
    assert str(path) in str(told.value)
    assert socket.gethostname() in str(told.value)
    assert bytes_of(moved) == before
    assert names_in(moved.parent) == [RECORD]


def test_a_file_said_to_be_moved_goes_on_as_the_same_copy(path: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    moved = tmp_path / "elsewhere" / RECORD
    with record_file.open_file(path, "Ann", Clock()) as db:
        copy = db.head.copy
    path.rename(moved)
    with record_file.open_file(moved, "Ann", Clock(), moved=Moved.MOVED) as db:
        assert (db.head.copy, db.head.letter) == (copy, "A")
    record_file.open_file(moved, "Ann", Clock()).close()


def test_a_file_said_to_be_a_second_copy_gets_a_number_and_letter_of_its_own(
    path: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    second = as_file(path, tmp_path / "elsewhere" / RECORD)
    with (
        record_file.open_file(path, "Ann", Clock()) as first,
        record_file.open_file(second, "Ben", Clock(), moved=Moved.SECOND_COPY) as other,
    ):
        assert other.head.letter == "B"
        assert other.head.copy != first.head.copy
        with first.change("Add") as change:
            one = change.add(Commitment(title="One"))
        with other.change("Add") as change:
            two = change.add(Commitment(title="Two"))
        assert (one.ref, two.ref) == ("C-005", "C-B1")
        assert one.id != two.id
        exchange.exchange(first, other)
        assert held(first) == held(other)


def test_opened_once_where_it_is_at_home_a_second_copy_is_not_made_again(path: Path) -> None:
    with record_file.open_file(path, "Ann", Clock(), moved=Moved.SECOND_COPY) as db:
        assert db.head.letter == "A"


# ---- made anew


def test_an_existing_file_is_never_written_over(path: Path) -> None:
    before = bytes_of(path)
    with pytest.raises(errors.Unwritable, match="already there"):
        record_file.create(path, "Ann", Clock())
    assert bytes_of(path) == before
    assert names_in(path.parent) == [RECORD]


def test_a_new_file_in_no_folder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(errors.Unwritable, match="There is no folder"):
        record_file.create(tmp_path / "none" / RECORD, "Ann", Clock())
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["A b?c#d%20.nhsdesk", "Östfeld “PCN”.nhsdesk", "a;b&mode=ro.nhsdesk", "-wal.nhsdesk"]
)
def test_any_name_the_disk_takes_will_do(tmp_path: Path, name: str) -> None:
    with record_file.create(tmp_path / name, "Ann", Clock()) as db:
        fill(db)
        whole = held(db)
    with record_file.open_file(tmp_path / name, "Ann", Clock()) as db:
        assert held(db) == whole
    assert names_in(tmp_path) == [name]


def test_only_the_sample_says_that_it_is_one(tmp_path: Path, path: Path) -> None:
    with record_file.create(tmp_path / "Sample.nhsdesk", "Ann", Clock(), sample=True) as db:
        assert record_file.is_sample(db)
    with record_file.open_file(path, "Ann", Clock()) as db:
        assert not record_file.is_sample(db)


def test_a_file_left_by_a_new_one_that_was_broken_off_is_no_hindrance(tmp_path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        (tmp_path / f".{RECORD}.unfinished{end}").write_bytes(b"half")
    record_file.create(tmp_path / RECORD, "Ann", Clock()).close()
    assert names_in(tmp_path) == [RECORD]


@pytest.fixture
def settings_of(path: Path) -> Iterator[Callable[[str], Any]]:
    connection = connections.connect(path)
    yield lambda name: connection.execute(f"PRAGMA {name}").fetchone()[0]
    connection.close()


def test_every_connection_has_the_settings_that_keep_the_file_safe(settings_of: Callable[[str], Any]) -> None:
    assert settings_of("journal_mode") == "wal"
    wanted = {
        "foreign_keys": 1,
        "synchronous": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
    }
    assert {name: settings_of(name) for name in wanted} == wanted
    assert settings_of("locking_mode") == "normal"
    assert settings_of("application_id") == record_file.APPLICATION_ID
    assert settings_of("user_version") == schema.SCHEMA_NUMBER
