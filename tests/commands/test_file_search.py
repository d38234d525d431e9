"""Words inside kept files: read once, found by beginnings, and forgotten with the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from nhsdesk.commands import attachments, file_search
from nhsdesk.domain.actions import Action
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment
from nhsdesk.store import search
from nhsdesk.store.database import Database


@pytest.fixture
def about(database: Database) -> Id:
    with database.change("Begin") as change:
        return change.add(Action(what="Keep the letter")).id


def attach(database: Database, about: Id, folder: Path, name: str, words: str) -> Id:
    path = folder / name
    path.write_text(words, encoding="utf-8")
    return attachments.attach(database, about, attachments.look(path)).id


def names(database: Database, asked: str) -> list[str]:
    return [one.kept.name for one in file_search.find(database, asked)]


def test_a_file_is_read_once_and_found_by_its_words(database: Database, about: Id, tmp_path: Path) -> None:
    attach(database, about, tmp_path, "Letter.txt", "The café lease at Naïve Street")
    attach(database, about, tmp_path, "Other.txt", "Nothing of it")
    assert names(database, "lease") == []
    assert file_search.read_all(database) == 2
    assert file_search.read_all(database) == 0
    assert names(database, "cafe lease") == names(database, "cafe lea") == ["Letter.txt"]
    assert names(database, "lease nothing") == []
    assert names(database, "le") == []


def test_an_empty_and_an_unreadable_file_are_not_read_again(
    database: Database, about: Id, tmp_path: Path
) -> None:
    attach(database, about, tmp_path, "Broken.pdf", "%PDF-1.4 not one")
    assert file_search.read_all(database) == 1
    assert file_search.read_some(database) == ()


def test_another_file_in_its_place_is_read_anew_and_the_old_words_are_gone(
    database: Database, about: Id, tmp_path: Path
) -> None:
    first, second = tmp_path / "First.txt", tmp_path / "Second.txt"
    first.write_text("dispensary", encoding="utf-8")
    second.write_text("pharmacy", encoding="utf-8")
    looked = [attachments.look(path) for path in (first, second)]
    with database.change("Keep") as change:
        for one in looked:
            change.keep_bytes(one.kept.name, one.content or b"", one.kept.sha256)
        kept = change.add(Evidence(what="Letter", kept=looked[0].kept))
    file_search.read_all(database)
    assert names(database, "dispensary") == ["First.txt"]
    with database.change("Replace") as change:
        change.put(replace(kept, kept=looked[1].kept))
    assert names(database, "dispensary") == []
    file_search.read_all(database)
    assert names(database, "pharmacy") == ["Second.txt"]


def test_what_is_removed_is_found_no_more(database: Database, about: Id, tmp_path: Path) -> None:
    attached = attach(database, about, tmp_path, "Letter.txt", "dispensary")
    file_search.read_all(database)
    with database.change("Remove") as change:
        change.remove(change.reader.get(Attachment, attached))
    assert names(database, "dispensary") == []


def test_the_index_can_be_thrown_away(database: Database, about: Id, tmp_path: Path) -> None:
    attach(database, about, tmp_path, "Letter.txt", "dispensary")
    file_search.read_all(database)
    with database.writing() as connection:
        search.forget(connection)
        left = connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'found_%'"))
        assert left.scalar() == 0
    assert names(database, "dispensary") == []
    assert file_search.read_all(database) == 1
