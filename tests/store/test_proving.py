"""The proof of a file finds whatever was changed outside the program, and nothing in a file that was not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from nhsdesk.commands import data_sets, entries, files, papers, sample
from nhsdesk.domain.commitments import Commitment
from nhsdesk.store import proving
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The sample with a paper sent, closed."""
    path = tmp_path / "Sample.nhsdesk"
    with sample.create(path, None, "Ann", Clock()) as database:
        claim = papers.named("arrs-claim", papers.PAPERS)
        made = papers.make(database, claim, papers.asked_of(database, sample.CLAIM_MONTH, AS_OF))
        papers.issue(database, made, tmp_path / "claim.xlsx", acknowledged=True)
    return path


@pytest.fixture
def opened(path: Path) -> Iterator[Database]:
    with files.open_to_read(path, "me", Clock()) as database:
        yield database


def tampered(path: Path, *statements: str) -> tuple[str, ...]:
    """What the proof says after somebody wrote to the file with another program."""
    connection = driver.connect(str(path))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    with files.open_to_read(path, "me", Clock()) as database:
        return proving.prove(database).faults


def test_a_file_that_nobody_touched_has_no_fault(opened: Database) -> None:
    proof = proving.prove(opened)
    assert proof.faults == ()
    assert proof.records > 300


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE pay SET salary = 999999900 WHERE ref = 'PY-001'", "“Salary a month” of PY-001 is not as"),
        ("UPDATE commitment SET title = 'HACKED' WHERE ref = 'C-014'", "“What” of C-014 is not as"),
        ("DELETE FROM commitment WHERE ref = 'C-014'", "C-014 is gone"),
        ("UPDATE organisation SET ours = 0", "“This is our PCN”"),
        ("UPDATE commitment SET status = 'nonsense' WHERE ref = 'C-001'", "“Where it stands”|“Status”"),
        ("DELETE FROM file_bytes", "is not in the PCN file any more"),
        ("UPDATE file_bytes SET bytes = x'00'", "does not have the contents"),
        ("DELETE FROM data_rows WHERE place = 0", "should have 6 rows and has 5"),
        ("UPDATE steps SET label = 'Nothing happened' WHERE position = 3", "does not follow"),
        ("UPDATE changes SET new = replace(new, 'Ask', 'Must') WHERE step = 4", "does not follow|is not as"),
    ],
)
def test_what_another_program_changed_is_found(path: Path, statement: str, told: str) -> None:
    faults = tampered(path, statement)
    assert any(re.search(told, fault) for fault in faults), faults


def test_the_newest_step_taken_away_is_found_by_what_it_left(path: Path) -> None:
    last = "(SELECT max(position) FROM steps)"
    faults = tampered(
        path, f"DELETE FROM changes WHERE step = {last}", f"DELETE FROM steps WHERE position = {last}"
    )
    assert "SP-001 is in the file, but its history does not tell of it." in faults


def test_many_faults_are_counted_not_listed(path: Path) -> None:
    faults = tampered(path, "UPDATE commitment SET title = 'x'", "UPDATE action SET what = 'y'")
    assert len(faults) == proving.MOST_TOLD + 1
    assert "more entries do not stand as their history says" in faults[-1]


def test_an_undone_data_set_leaves_its_rows_without_a_fault(path: Path, practice_map: Path) -> None:
    with files.open_for_work(path, "me", Clock()) as database:
        data_sets.adopt(database, data_sets.preview(practice_map))
        database.undo()
        assert proving.prove(database).faults == ()


def test_erased_words_leave_the_kept_facts_of_papers_and_the_file_is_whole(path: Path) -> None:
    with files.open_for_work(path, "Ann", Clock()) as database:
        board = papers.named("place-board", papers.PAPERS)
        made = papers.make(database, board, papers.asked_of(database, sample.CLAIM_MONTH, AS_OF))
        papers.issue(database, made, path.with_name("board.pdf"), acknowledged=True)
        with database.read() as reader:
            commitment = reader.by_ref("C-001")
            assert isinstance(commitment, Commitment)
            words = commitment.paraphrase
        assert words is not None
        shown_in = entries.erase(database, commitment, ("paraphrase",), "it named somebody")
        assert shown_in == (papers.sent_papers(database)[-1].ref,)
        sent = papers.sent_papers(database)[-1]
        with database.read() as reader:
            facts = reader.kept_bytes(sent.facts.sha256)
        assert facts is not None
        assert words.encode() not in facts
        assert papers.remake(database, sent).startswith(b"%PDF")
        assert proving.prove(database).faults == ()
