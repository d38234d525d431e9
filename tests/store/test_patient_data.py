"""Nothing that looks like an NHS number gets into the file, unless somebody has said why; and nothing tells it."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.employers import EmployerStatement
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.links import Note
from nhsdesk.store import backups, drafts, exchange, journal, record_file
from nhsdesk.store.database import Database
from nhsdesk.store.patient_data import Watch
from tests.store.conftest import SetClock

MARKER = "4505577104"
SPACED = "450 557 7104"
PARTS = (MARKER, SPACED, "450 557", "5577104", "557 7104")


def steps(db: Database) -> list[str]:
    with db.read() as reader:
        return [step.label for step in journal.read_steps(reader.connection)]


def count(db: Database, kind: type[Commitment]) -> int:
    with db.read() as reader:
        return reader.count(kind)


def kept(db: Database, title: str = "Ring the practice", reason: str = "") -> Commitment:
    with db.change("Add commitment", patient_data_reason=reason) as change:
        return change.add(Commitment(title=title))


def test_a_new_entry_with_a_likely_number_is_refused_in_a_sentence_that_masks_it(db: Database) -> None:
    with pytest.raises(errors.PatientData) as refused:
        kept(db, f"Rang {SPACED} back")
    told = str(refused.value)
    assert told == (
        "“What” holds what looks like an NHS number (xxx xxx 71xx). No patient’s number is kept here. Take it out; or, "
        "if it is something else, say why it is to be kept. Nothing was written."
    )
    assert [(problem.kind, problem.field) for problem in refused.value.problems] == [("commitment", "title")]  # type: ignore[attr-defined]
    assert count(db, Commitment) == 0


@pytest.mark.parametrize(
    "record",
    [
        Commitment(title="A", quotation=f"words\nNHS no {MARKER}"),
        Note(on=Id(1), words=f"pt {MARKER}"),
        Evidence(what="Letter", kept=KeptFile(f"Smith_{MARKER[:3]}-{MARKER[3:6]}-{MARKER[6:]}.pdf", "0" * 64, 1)),
        Evidence(what="Letter", kept=KeptFile("a.pdf", "0" * 64, 1, lies_at=f"S:\\NHS {MARKER}\\a.pdf")),
    ],
)  # fmt: skip
def test_every_field_that_holds_words_or_the_name_of_a_file_is_looked_at(
    db: Database, record: Record
) -> None:
    with pytest.raises(errors.PatientData), db.change("Add") as change:
        change.add(record)


def test_a_changed_field_is_refused_and_one_left_alone_is_not_asked_again(db: Database) -> None:
    held = kept(db, f"Rang {SPACED}", "the council’s own case number")
    with db.change("Change What we do") as change:
        held = change.put(replace(held, clause="4.2"))
    with db.change("Change What") as change:
        held = change.put(replace(held, title=f"Rang {SPACED} twice"))
    with pytest.raises(errors.PatientData), db.change("Change Outcome") as change:
        change.put(replace(held, outcome_wanted=f"pt {MARKER} seen"))
    assert "twice" in held.title


def test_all_of_a_step_is_refused_for_one_entry_of_it(db: Database) -> None:
    rows = [Commitment(title=f"Row {n}" if n != 11 else f"Row {SPACED}") for n in range(20)]
    with pytest.raises(errors.PatientData), db.change("Paste") as change:
        list(map(change.add, rows))
    assert count(db, Commitment) == 0


def test_ten_digits_on_their_own_are_not_refused(db: Database) -> None:
    assert kept(db, f"ref {MARKER}").title.endswith(MARKER)


def test_a_code_is_read_with_the_label_of_its_field(db: Database) -> None:
    assert EmployerStatement.KIND.field("number").label == "Invoice or report number"
    stored = {
        "ref": "X-001",
        **{field.name: None for field in EmployerStatement.KIND.fields},
        "number": SPACED,
    }
    Watch().let_by(EmployerStatement.KIND, stored)  # no refusal


# ---- with a reason


def test_with_a_reason_it_is_kept_and_the_journal_says_why_without_the_number(db: Database) -> None:
    kept(db, f"Rang {SPACED}", "  the council’s own\ncase number ")
    assert steps(db) == [
        "Add commitment (kept although it looks like an NHS number: the council’s own case number)"
    ]


def test_a_reason_that_was_not_needed_is_not_told(db: Database) -> None:
    kept(db, "Ring the practice", "the council’s own case number")
    assert steps(db) == ["Add commitment"]


def test_a_reason_may_not_hold_the_number_itself(db: Database) -> None:
    with pytest.raises(errors.PatientData, match="without the number"):
        kept(db, f"Rang {SPACED}", f"because {MARKER} is theirs")
    assert count(db, Commitment) == 0


# ---- what was there comes back


def test_undo_and_redo_are_not_refused(db: Database) -> None:
    held = kept(db, f"Rang {SPACED}", "theirs")
    with db.change("Change What") as change:
        change.put(replace(held, title="Rang them"))
    db.undo()
    db.undo()
    db.redo()
    assert count(db, Commitment) == 1
    with db.read() as reader:
        assert reader.all(Commitment)[0].title == f"Rang {SPACED}"


def test_another_copy_brings_what_was_kept_in_it(db: Database, tmp_path: Path, clock: SetClock) -> None:
    backups.hand_out(db, tmp_path / "B.nhsdesk")
    with record_file.open_file(tmp_path / "B.nhsdesk", "Bea", clock) as other:
        kept(other, f"Rang {SPACED}", "theirs")
        exchange.exchange(db, other)
    assert count(db, Commitment) == 1


# ---- drafts


def test_words_that_look_like_a_number_are_not_kept_as_a_draft(db: Database) -> None:
    drafts.keep(db, "commitment", "new-1", "title", f"Rang {SPACED}")
    assert drafts.kept(db) == ()


def test_what_was_kept_of_a_field_before_is_forgotten_when_it_becomes_a_number(db: Database) -> None:
    drafts.keep_all(db, "commitment", "new-1", {"title": "Rang 450 557 71", "clause": "4"})
    drafts.keep_all(db, "commitment", "new-1", {"title": f"Rang {SPACED}", "clause": "4.2"})
    assert [(draft.field, draft.words) for draft in drafts.kept(db)] == [("clause", "4.2")]


# ---- the marker


def test_no_refused_number_is_found_in_the_file_the_log_or_the_sentences(
    db: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    owner = kept(db)
    for record in (
        Commitment(title=f"Rang {SPACED}"),
        Commitment(title="A", quotation=f"NHS no {MARKER}"),
        Note(on=owner.id, words=f"pt {MARKER}"),
        Action(what=f"Ring {SPACED}"),
    ):
        with pytest.raises(errors.PatientData) as refused, db.change("Add") as change:
            change.add(record)
        told += [str(refused.value), repr(refused.value), repr(refused.value.problems)]
    drafts.keep(db, "commitment", "new-1", "title", f"Rang {SPACED}")
    db.rest()
    told += [record.getMessage() for record in caplog.records] + steps(db)
    assert not [part for part in PARTS for words in told if part in words]
    for path in tmp_path.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [part for part in PARTS if part.encode() in content], path.name
