"""Where nothing may be written: tried as another user, because the tests often run as the one who may do all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import backups, exchange, record_file, search
from tests.store.children import asked, become_nobody, only_posix
from tests.store.files import Clock, bytes_of, fill, held, names_in, new_file

pytestmark = only_posix


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others may enter and read, and a file in it; another in which anybody may write."""
    made = Path(tempfile.mkdtemp(prefix="nhsdesk-read-only-"))
    with new_file(made) as db:
        fill(db)
        backups.make(db, made / "Backups")
    (made / "open").mkdir()
    (made / "open").chmod(0o777)
    (made / "Backups").chmod(0o555)
    for path in (made / "Eastfield.nhsdesk", *(made / "Backups").iterdir()):
        path.chmod(0o444)
    made.chmod(0o555)
    yield made
    for path in (made, made / "Backups", made / "open"):
        path.chmod(0o755)
    shutil.rmtree(made)


def told(doing: Any, *args: Any) -> str:
    """The sentence another user gets."""
    become_nobody()
    try:
        doing(*args)
    except errors.DeskError as error:
        return f"{type(error).__name__}: {error}"
    return "nothing"


def everything(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): bytes_of(path) for path in folder.rglob("*") if path.is_file()}


def _look(path: Path) -> tuple[str, int, list[str]]:
    become_nobody()
    with record_file.open_file(path, "Ben", Clock()) as db:
        found = len(held(db))
        search.find(db, "promise")
        db.follow()
        db.as_at(0).close()
        sentences = [db.read_only_because]
        for doing in (lambda: _add(db), db.undo, lambda: exchange.exchange(db, db)):
            try:
                doing()
            except errors.DeskError as error:
                sentences.append(str(error))
        return db.read_only_because, found, [*sentences, *names_in(path.parent)]


def _add(db: Any) -> None:
    with db.change("Add") as change:
        change.add(Commitment(title="More"))


def test_a_file_in_a_folder_that_may_only_be_read_is_open_to_read_without_writing_anything(
    folder: Path,
) -> None:
    before = everything(folder)
    why, found, sentences = asked(_look, folder / "Eastfield.nhsdesk")
    assert "read only" in why
    assert found > 20
    assert sentences == [why] * 4 + names_in(folder)
    assert everything(folder) == before


def test_a_file_that_may_only_be_read_is_open_to_read_without_writing_anything(folder: Path) -> None:
    path = folder / "open" / "Eastfield.nhsdesk"
    shutil.copy(folder / "Eastfield.nhsdesk", path)
    path.chmod(0o444)
    before = everything(folder)
    why, found, _ = asked(_look, path)
    assert "Eastfield.nhsdesk may only be read" in why
    assert found > 20
    assert everything(folder) == before


def test_a_file_in_a_folder_that_may_only_be_read_though_the_file_may_be_written(folder: Path) -> None:
    (folder / "Eastfield.nhsdesk").chmod(0o666)
    before = everything(folder)
    why, found, _ = asked(_look, folder / "Eastfield.nhsdesk")
    assert "The folder allows reading only" in why
    assert found > 20
    assert everything(folder) == before


def _look_at_backup(path: Path) -> int:
    become_nobody()
    with record_file.open_to_read(path, "Ben", Clock()) as db:
        return len(held(db))


def test_a_backup_may_be_looked_at_where_nothing_may_be_written(folder: Path) -> None:
    before = everything(folder)
    (backup,) = (folder / "Backups").iterdir()
    assert asked(_look_at_backup, backup) > 20
    assert everything(folder) == before


def _create(path: Path) -> None:
    record_file.create(path, "Ben", Clock())


def test_a_new_file_where_nothing_may_be_written_is_refused_in_a_sentence(folder: Path) -> None:
    before = everything(folder)
    sentence = asked(told, _create, folder / "New.nhsdesk")
    assert sentence.startswith("Unwritable: New.nhsdesk cannot be written where it is")
    assert everything(folder) == before


def _backup(path: Path, to: Path) -> None:
    with record_file.open_to_read(path, "Ben", Clock()) as db:
        backups.make(db, to)


@pytest.mark.parametrize("to", ["Backups", "Elsewhere", "Backups/deeper"])
def test_a_backup_where_nothing_may_be_written_is_refused_in_a_sentence(folder: Path, to: str) -> None:
    before = everything(folder)
    sentence = asked(told, _backup, folder / "Eastfield.nhsdesk", folder / to)
    assert sentence.startswith("Unwritable: ")
    assert "allows reading only" in sentence
    assert everything(folder) == before


def test_a_backup_of_a_file_that_may_only_be_read_is_made_where_one_may_write(folder: Path) -> None:
    assert asked(told, _backup, folder / "Eastfield.nhsdesk", folder / "open") == "nothing"
    (made,) = (folder / "open").iterdir()
    backups.prove(made)


def _restore(backup: Path, to: Path) -> None:
    backups.restore(backup, to, "Ben", Clock())[0].close()


@pytest.mark.parametrize("to", ["Eastfield.nhsdesk", "New.nhsdesk"])
def test_a_backup_is_not_brought_back_where_nothing_may_be_written(folder: Path, to: str) -> None:
    before = everything(folder)
    (backup,) = (folder / "Backups").iterdir()
    sentence = asked(told, _restore, backup, folder / to)
    assert sentence.startswith("Unwritable: ")
    assert everything(folder) == before


def test_a_backup_that_may_only_be_read_is_brought_back_where_one_may_write(folder: Path) -> None:
    (backup,) = (folder / "Backups").iterdir()
    assert asked(told, _restore, backup, folder / "open" / "Back.nhsdesk") == "nothing"
    assert names_in(folder / "open") == ["Back.nhsdesk"]


def _hand_out(path: Path, to: Path) -> None:
    with record_file.open_file(path, "Ben", Clock(), moved=record_file.Moved.MOVED) as db:
        backups.hand_out(db, to)


def test_a_copy_is_not_handed_out_where_nothing_may_be_written_and_no_letter_is_spent(folder: Path) -> None:
    path = folder / "open" / "Eastfield.nhsdesk"
    shutil.copy(folder / "Eastfield.nhsdesk", path)
    path.chmod(0o666)
    sentence = asked(told, _hand_out, path, folder / "Cara.nhsdesk")
    assert sentence.startswith("Unwritable: Cara.nhsdesk cannot be written where it is")
    assert names_in(folder / "open") == ["Eastfield.nhsdesk"]
    with record_file.open_file(path, "Ann", Clock(), moved=record_file.Moved.MOVED) as db:
        assert backups.hand_out(db, folder / "open" / "Ben.nhsdesk") == "B"


def _read_forbidden(path: Path) -> None:
    record_file.open_file(path, "Ben", Clock())


def test_a_file_that_may_not_even_be_read_is_told_of(folder: Path) -> None:
    (folder / "Eastfield.nhsdesk").chmod(0o600)
    sentence = asked(told, _read_forbidden, folder / "Eastfield.nhsdesk")
    if sentence != "nothing":  # whoever owns the file may read it all the same
        assert sentence.startswith("Unwritable: Eastfield.nhsdesk")
