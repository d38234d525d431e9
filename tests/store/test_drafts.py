"""Words still being typed outlive a crash, and words that cannot be read as their field are kept as typed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import entries
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.problems import Problem
from nhsdesk.store import drafts, record_file
from nhsdesk.store.database import Database
from tests.factories import HALF_A_LETTER, HOSTILE
from tests.store.conftest import SetClock
from tests.store.telling import dump, whole_steps

ROOT = Path(__file__).resolve().parents[2]


def words(database: Database) -> dict[tuple[str, str, str], str]:
    return {(one.kind, one.record, one.field): one.words for one in drafts.kept(database)}


def test_words_are_kept_word_for_word_and_the_last_of_a_field_counts(db: Database) -> None:
    drafts.keep(db, "commitment", "new", "title", "Share the r")
    drafts.keep(db, "commitment", "new", "title", "Share the rota")
    drafts.keep(db, "commitment", "new", "due", "31/2")
    assert words(db) == {
        ("commitment", "new", "title"): "Share the rota",
        ("commitment", "new", "due"): "31/2",
    }
    assert [one.field for one in drafts.kept(db)] == ["due", "title"]
    assert {one.who for one in drafts.kept(db)} == {"Ann Archer"}


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_are_kept_as_typed(
    db: Database, again: Callable[[Database], Database], typed: str
) -> None:
    drafts.keep(db, "commitment", "new", "title", typed)
    assert words(again(db)) == {("commitment", "new", "title"): typed}


def test_half_a_letter_is_kept_as_an_unknown_one(db: Database) -> None:
    drafts.keep(db, "commitment", "new", "title", HALF_A_LETTER)
    assert words(db) == {("commitment", "new", "title"): "half \ufffd a letter"}


def test_drafts_leave_the_journal_and_the_records_alone(db: Database) -> None:
    before, position = dump(db), db.head.position
    drafts.keep(db, "commitment", "new", "title", "Share the rota")
    drafts.drop(db, "commitment", "new", "title")
    drafts.drop(db, "commitment", "new", "title")
    assert (dump(db), db.head.position, drafts.kept(db), whole_steps(db)) == (before, position, (), ())


def test_the_thirty_first_of_february_is_told_by_its_day_and_kept_as_a_draft(db: Database) -> None:
    with db.change("Add") as change:
        promise = change.add(Commitment(title="Share the rota"))
    told = entries.enter(db, Commitment.KIND, promise.id, "due", "31/2")
    assert told == Problem(
        "31/2 is not a day: there is no 31 in February 2026.",
        kind="commitment",
        record=promise.id,
        field="due",
    )
    assert words(db) == {("commitment", str(promise.id), "due"): "31/2"}
    assert entries.enter(db, Commitment.KIND, promise.id, "due", "28/2") is None
    assert words(db) == {}


def test_drafts_of_a_file_open_to_read_only_are_refused_in_a_sentence(db: Database, clock: SetClock) -> None:
    with record_file.open_to_read(db.path, "Ben Baker", clock) as reading, pytest.raises(errors.Unwritable):
        drafts.keep(reading, "commitment", "new", "title", "Share")


TYPING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from nhsdesk.store import drafts, record_file

database = record_file.open_file(Path(sys.argv[1]), "Ann Archer", lambda: datetime(2026, 11, 20, tzinfo=UTC))
typed = ""
while True:
    for letter in "Share the rota of the winter clinics with Weir Bank ":
        typed += letter
        drafts.keep(database, "commitment", "new", "title", typed)
        print(len(typed), flush=True)
"""


def test_words_outlive_a_kill_in_the_middle_of_a_word(tmp_path: Path, clock: SetClock) -> None:
    path = tmp_path / "Eastfield.nhsdesk"
    record_file.create(path, "Ann Archer", clock).close()
    sentence = "Share the rota of the winter clinics with Weir Bank " * 20
    for letters in (3, 17, 58):
        typing = subprocess.Popen(
            [sys.executable, "-c", TYPING, str(path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert typing.stdout is not None
        printed = 0
        while printed < letters:
            printed = int(typing.stdout.readline())
        typing.send_signal(signal.SIGKILL)
        rest = typing.stdout.read().split()
        typing.wait()
        typing.stdout.close()
        printed = int(rest[-1]) if rest else printed
        with record_file.open_file(path, "Ann Archer", clock) as db:
            kept = words(db)["commitment", "new", "title"]
            assert kept in (sentence[:printed], sentence[: printed + 1])
            drafts.drop(db, "commitment", "new", "title")
