"""An older PCN file is brought up to date whole or not at all, and its history reads in today's words."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import StaticPool

from nhsdesk import errors, paths
from nhsdesk.commands import files, histories
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.rates import Rate
from nhsdesk.store import backups, drafts, proving, queries, record_file, schema, undoing, upgrade
from nhsdesk.store.database import Database
from nhsdesk.store.reading import stored_of

RECORDS = Path(__file__).parents[1] / "records"
FORMS = sorted(RECORDS.glob("form-*.nhsdesk"))


class Clock:
    """A minute later each time."""

    def __init__(self) -> None:
        self.moment = datetime(2027, 1, 4, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(RECORDS / "form-1.nhsdesk", tmp_path / "Ours.nhsdesk"))


@pytest.fixture
def upgraded(old: Path) -> Iterator[Database]:
    with files.open_for_work(old, "me", Clock()) as database:
        yield database


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def raw_rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = driver.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        return list(connection.execute(sql))
    finally:
        connection.close()


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_a_file_of_every_form_there_was_opens_whole(form: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(form, tmp_path / form.name))
    with files.open_for_work(path, "me", Clock()) as database:
        proof = proving.prove(database)
        assert proof.faults == ()
        assert proof.records > 300


def test_no_row_is_lost(old: Path) -> None:
    counts = {
        name: raw_rows(old, f'SELECT count(*) FROM "{name}"')
        for name in ("commitment", "steps", "action", "post", "rate")
    }
    with files.open_for_work(old, "me", Clock()):
        pass
    after = {name: raw_rows(old, f'SELECT count(*) FROM "{name}"') for name in counts}
    assert after == {**counts, "steps": [(counts["steps"][0][0] + 1,)]}


def test_a_renamed_field_keeps_its_words_and_an_empty_share_is_filled(old: Path) -> None:
    pages: dict[str, str | None] = dict(raw_rows(old, "SELECT ref, page FROM commitment"))
    with files.open_for_work(old, "me", Clock()) as database, database.read() as reader:
        assert {one.ref: one.locator for one in reader.all(Commitment)} == pages
        assert {one.reimbursed for one in reader.all(Rate)} == {100}


def test_history_reads_across_the_upgrade_in_todays_words(upgraded: Database) -> None:
    lines = histories.history(upgraded, "C-001")
    assert "    Page or paragraph: p14 → p15" in lines
    assert histories.history(upgraded, "RT-001")[-1] == "    Share reimbursed: nothing → 100.00%"


def test_undo_stops_at_the_upgrade_and_takes_back_what_came_after(upgraded: Database) -> None:
    with upgraded.read() as reader:
        first = reader.all(Commitment)[0]
    with upgraded.change("Change Page or paragraph") as change:
        change.put(replace(first, locator="paragraph 3.2"))
    assert upgraded.undo() == undoing.Undone("Change Page or paragraph")
    with pytest.raises(errors.NothingToUndo, match="Brought up to date from form 1"):
        upgraded.undo()
    with upgraded.read() as reader:
        assert reader.get(Commitment, first.id).locator == first.locator


def test_the_past_before_the_upgrade_is_as_it_was(old: Path) -> None:
    rows = raw_rows(old, "SELECT id, ref, title, page FROM commitment ORDER BY id")
    last = raw_rows(old, "SELECT max(position) FROM steps")[0][0]
    assert isinstance(last, int)
    with files.open_for_work(old, "me", Clock()) as database:
        past = database.as_at(last)
        with past.read() as reader:
            assert [(c.id, c.ref, c.title, c.locator) for c in reader.all(Commitment)] == rows
            assert {rate.reimbursed for rate in reader.all(Rate)} == {None}
        past.close()


def test_every_position_before_the_upgrade_can_be_read(upgraded: Database) -> None:
    for position in range(upgraded.head.position + 1):
        past = upgraded.as_at(position)
        with past.read() as reader:
            told = [stored_of(one) for one in reader.all(Commitment)]
        past.close()
        assert len(told) == (0 if position < 4 else len(told))


def test_what_was_erased_before_stays_erased(upgraded: Database) -> None:
    assert b"MARKER-1" not in upgraded.path.read_bytes()
    with upgraded.read() as reader:
        holder = reader.given_name("H-001")
        assert holder is not None
        told = [entry for entry in queries.history(reader, holder[1]) if entry.step.kind == "erase"]
        assert [entry.change.fields for entry in told] == [("payroll_ref",)]


def test_drafts_are_still_there(upgraded: Database) -> None:
    assert [(draft.field, draft.words) for draft in drafts.kept(upgraded)] == [("due", "31/2")]


def test_a_draft_of_a_renamed_field_goes_with_it(old: Path) -> None:
    connection = driver.connect(str(old))
    connection.execute("UPDATE drafts SET field = 'page'")
    connection.commit()
    connection.close()
    with files.open_for_work(old, "me", Clock()) as database:
        assert [draft.field for draft in drafts.kept(database)] == ["locator"]


def test_a_checked_copy_from_before_is_left_beside(old: Path) -> None:
    before: dict[str, str | None] = dict(raw_rows(old, "SELECT ref, page FROM commitment"))
    with files.open_for_work(old, "me", Clock()):
        pass
    (backup,) = old.parent.glob(f"*{backups.SUFFIX}")
    assert backup.name.startswith("Ours before upgrade 2027-01-04")
    backups.prove(backup)
    assert dict(raw_rows(backup, "SELECT ref, page FROM commitment")) == before


def test_an_older_file_is_not_opened_only_to_read(old: Path) -> None:
    before = sha256(old)
    with pytest.raises(errors.NewerRecord, match="earlier version"):
        record_file.open_to_read(old, "me", Clock())
    assert sha256(old) == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_copies_of_different_forms_do_not_exchange(old: Path, tmp_path: Path) -> None:
    with files.open_for_work(old, "me", Clock()) as database:
        letter = files.hand_out(database, tmp_path / "other.nhsdesk")
        assert letter == "C"
        from nhsdesk.store import exchange

        with record_file.open_file(tmp_path / "other.nhsdesk", "you", Clock()) as other:
            parcel = replace(exchange.parcel_for(other, exchange.known(database)), schema=1)
            with pytest.raises(errors.CannotExchange, match="different forms"):
                exchange.take_in(database, parcel)


FILL_THE_DISK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from datetime import UTC, datetime
from nhsdesk import errors
from nhsdesk.commands import files
path = Path(sys.argv[1])
room = path.stat().st_size + int(sys.argv[3])
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    files.open_for_work(path, "me", lambda: datetime(2027, 1, 4, 9, tzinfo=UTC))
except errors.DeskError as refused:
    print(refused)
    sys.exit(2)
print("upgraded")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
@pytest.mark.parametrize("room", [-1_000_000, -4096])
def test_a_full_disk_leaves_the_old_file_as_it_was(old: Path, room: int) -> None:
    assert hasattr(resource, "RLIMIT_FSIZE")
    before = raw_rows(old, "SELECT * FROM commitment ORDER BY id")
    script = [sys.executable, "-c", FILL_THE_DISK, str(old), str(RECORDS.parents[1]), str(room)]
    done = subprocess.run(script, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2, done.stderr
    assert "safe" in done.stdout or "left as it" in done.stdout
    assert raw_rows(old, "PRAGMA user_version") == [(1,)]
    assert raw_rows(old, "SELECT * FROM commitment ORDER BY id") == before
    assert not [path for path in old.parent.iterdir() if "unfinished" in path.name]


KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from datetime import UTC, datetime
from nhsdesk.commands import files
from nhsdesk.store import upgrade
fill = upgrade.FILLED[1]
def killed(connection):
    fill(connection)
    os.kill(os.getpid(), signal.SIGKILL)
upgrade.FILLED[1] = killed
files.open_for_work(Path(sys.argv[1]), "me", lambda: datetime(2027, 1, 4, 9, tzinfo=UTC))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_kill_in_the_middle_leaves_the_old_file_which_then_upgrades(old: Path) -> None:
    before = raw_rows(old, "SELECT * FROM commitment ORDER BY id")
    script = [sys.executable, "-c", KILLED, str(old), str(RECORDS.parents[1])]
    done = subprocess.run(script, capture_output=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert record_file.look(old).schema == 1
    with files.open_for_work(old, "me", Clock()) as database:
        assert proving.prove(database).faults == ()
        with database.read() as reader:
            assert len(reader.all(Commitment)) == len(before)


def test_rows_that_would_be_lost_stop_the_upgrade(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(connection: Connection) -> None:
        connection.execute(text("DELETE FROM action_update"))
        command_upgrade(connection)

    command_upgrade = upgrade._migrate
    monkeypatch.setattr(upgrade, "_migrate", losing)
    with pytest.raises(errors.Damaged, match="could not be brought up to date"):
        files.open_for_work(old, "me", Clock())
    assert record_file.look(old).schema == 1
    assert raw_rows(old, "SELECT count(*) FROM action_update") != [(0,)]


def test_the_migrations_come_to_the_same_tables_as_the_declared_fields() -> None:
    made = _by_declaration()
    migrated = _by_migration()
    assert sorted(migrated) == sorted(made)
    for name, columns in made.items():
        assert migrated[name] == columns, name


def _describe(connection: Connection) -> dict[str, object]:
    run = connection.exec_driver_sql
    names = [
        row[0]
        for row in run("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'alembic%'")
    ]
    told: dict[str, object] = {}
    for name in names:
        columns = run(f'PRAGMA table_xinfo("{name}")').fetchall()
        keys = sorted(tuple(row[2:]) for row in run(f'PRAGMA foreign_key_list("{name}")'))
        indexes = sorted((row[1], row[2]) for row in run(f'PRAGMA index_list("{name}")') if row[3] == "c")
        strict = run(f"SELECT strict FROM pragma_table_list WHERE name = '{name}'").fetchall()
        sql = run(f"SELECT sql FROM sqlite_master WHERE name = '{name}'").scalar()
        deferred = str(sql).upper().count("DEFERRABLE INITIALLY DEFERRED")
        told[name] = (
            [tuple(row) for row in columns],
            keys,
            indexes,
            [tuple(row) for row in strict],
            deferred,
        )
    return told


def _memory() -> Engine:
    return create_engine("sqlite://", module=driver, poolclass=StaticPool)


def _by_declaration() -> dict[str, object]:
    engine = _memory()
    with engine.begin() as connection:
        schema.create(connection)
        return _describe(connection)


def _by_migration() -> dict[str, object]:
    engine = _memory()
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        return _describe(connection)


def test_there_is_a_file_of_every_earlier_form() -> None:
    assert [path.stem for path in FORMS] == [f"form-{number}" for number in range(1, schema.SCHEMA_NUMBER)]
    assert len(list((paths.migrations() / "versions").glob("0*.py"))) == schema.SCHEMA_NUMBER
    assert os.access(RECORDS / "make_record.py", os.R_OK)
