"""Imports, papers and typed words: what looks like an NHS number is turned away, and nothing tells it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import data_sets, entries, files, papers
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.store import drafts, journal
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock, Command, refused

NUMBER = "4505577104"
SPACED = "450 557 7104"


@pytest.fixture
def opened(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample, open."""
    with files.open_for_work(sample, "Ann Archer", clock) as database:
        yield database


def a_commitment(database: Database) -> Commitment:
    with database.change("Add commitment") as change:
        return change.add(Commitment(title="Ring the practice"))


# ---- typed words


def test_typed_words_that_look_like_a_number_are_told_and_kept_nowhere(database: Database) -> None:
    held = a_commitment(database)
    for name in ("title", "due", "owner", "funding"):
        drafts.keep(database, "commitment", str(held.id), name, "half typed")
        told = entries.enter(database, Commitment.KIND, held.id, name, f"NHS no {SPACED}")
        assert isinstance(told, Problem)
        assert (told.weight, told.field, told.record) == (Weight.MUST_FIX, name, held.id)
        assert "xxx xxx 71xx" in told.sentence
        assert "450" not in told.sentence
    assert drafts.kept(database) == ()


def test_typed_words_are_kept_with_a_reason(database: Database) -> None:
    held = a_commitment(database)
    entries.enter(
        database, Commitment.KIND, held.id, "title", f"Case {SPACED}", patient_data_reason="the council’s"
    )
    with database.read() as reader:
        assert reader.get(Commitment, held.id).title == f"Case {SPACED}"
        last = [step.label for step in journal.read_steps(reader.connection)][-1]
    assert last == "Change What of C-001 (kept although it looks like an NHS number: the council’s)"


def test_one_number_is_not_given_to_many_entries(database: Database) -> None:
    held = a_commitment(database)
    told = entries.enter_for_all(database, Commitment.KIND, [held.id], "title", f"pt {NUMBER}")
    assert isinstance(told, Problem)


def test_a_reason_for_erasing_may_not_hold_a_number(database: Database) -> None:
    held = a_commitment(database)
    with pytest.raises(errors.PatientData, match="without the number"):
        entries.erase(database, held, ("title",), f"It held {SPACED}")
    with database.read() as reader:
        assert reader.get(Commitment, held.id) == held


# ---- imports


def with_a_column(source: Path, target: Path, heading: str, cell: str) -> Path:
    """The first rows of a published file with one cell under a heading put in place of another's."""
    with source.open(encoding="utf-8-sig", newline="") as read, target.open("w", newline="") as out:
        lines = csv.reader(read)
        headings = next(lines)
        rows = [row for _, row in zip(range(5), lines, strict=False)]
        rows[3][headings.index(heading)] = cell
        csv.writer(out).writerows([headings, *rows])
    return target


def test_a_published_file_with_a_likely_number_is_turned_away_with_its_row_and_column(
    practice_map: Path, tmp_path: Path, database: Database, nhsdesk: Command
) -> None:
    path = with_a_column(practice_map, tmp_path / "map.csv", "PRACTICE_NAME", f"SURGERY OF {SPACED}")
    with pytest.raises(errors.PatientData) as told:
        data_sets.preview(path)
    assert (
        "row 4 below the headings, “practice name”, holds what looks like an NHS number (xxx xxx 71xx)"
        in str(told.value)
    )
    database.close()
    sentence = refused(nhsdesk("import", path, database.path))
    assert "xxx xxx 71xx" in sentence
    assert SPACED not in sentence


def test_pasted_rows_are_looked_through_with_their_headings() -> None:
    with pytest.raises(errors.PatientData, match="row 2 below the headings, “Patient”"):
        data_sets.refuse_patient_data("The block", ("What", "Patient"), [("a", "b"), ("c", NUMBER)])
    data_sets.refuse_patient_data("The block", ("What", "Invoice"), [("a", "b"), ("c", NUMBER)])


# ---- papers


def test_a_paper_that_would_tell_a_likely_number_waits_for_an_acknowledgement(
    opened: Database, tmp_path: Path
) -> None:
    with opened.read() as reader:
        held = reader.by_ref("C-003")
    assert isinstance(held, Commitment)
    with opened.change("Change What", patient_data_reason="theirs") as change:
        change.put(replace(held, title=f"Close case {SPACED}"))
    paper = papers.named("place-board", papers.BRIEFINGS)
    asked = papers.asked_of(opened, Month(2026, 10), AS_OF)
    made = papers.make(opened, paper, asked)
    told = [one for one in made.problems if "xxx xxx 71xx" in one.sentence]
    assert [one.weight for one in told] == [Weight.ACKNOWLEDGE]
    assert told[0].sentence.startswith("C-003: ")
    assert papers.with_entries(opened, tuple(told))[0].record == held.id
    with pytest.raises(errors.PaperRefused):
        papers.issue(opened, made, tmp_path / "paper.pdf", acknowledged=False)
    sent = papers.issue(opened, made, tmp_path / "paper.pdf", acknowledged=True)
    assert sent.acknowledged is not None
    assert SPACED not in sent.acknowledged


def test_a_paper_is_not_kept_under_a_name_with_a_number(opened: Database, tmp_path: Path) -> None:
    paper = papers.named("place-board", papers.BRIEFINGS)
    made = papers.make(opened, paper, papers.asked_of(opened, Month(2026, 10), date(2026, 11, 20)))
    target = tmp_path / f"Paper {SPACED}.pdf"
    with pytest.raises(errors.PatientData):
        papers.issue(opened, made, target, acknowledged=True)
    assert not target.exists()
