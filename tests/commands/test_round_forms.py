"""The form of a round goes out to those missing and comes back once; one altered or not ours is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook

from nhsdesk import errors
from nhsdesk.commands import attachments, round_forms, rounds
from nhsdesk.commands.round_forms import Answered
from nhsdesk.documents import reader as documents
from nhsdesk.domain.contracts import Agreement, Signature
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.rounds import ReplyKind, Round, RoundReply
from nhsdesk.sections.rounds import RoundView
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.factories import HOSTILE

ON = date(2026, 11, 20)


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


@pytest.fixture
def practices(database: Database) -> list[Practice]:
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)[0]
    return [add(database, Practice(name=name, network=ours.id)) for name in ("Abbey", "Brook")]


def asked(database: Database, kind: ReplyKind, choices: str = "") -> RoundView:
    made = rounds.ask_our_practices(database, "Agree the rules", date(2026, 12, 4), kind, choices)
    assert isinstance(made, Round)
    return rounds.seen(database)[0]


def filled(path: Path, **lines: Any) -> Path:
    """The form with these lines answered, as Excel would save it; words of a fixed line replace what it says."""
    book = load_workbook(path)
    page = book["Your reply"]
    for row in page.iter_rows(min_row=5, max_col=2):
        key = str(row[0].value).lower().replace(" ", "_")
        if key in lines:
            row[1].value = lines[key]
    book.save(path)
    return path


def form(database: Database, view: RoundView, folder: Path) -> Path:
    return round_forms.write_forms(database, view, folder)[0]


def reply(database: Database, key: Any) -> RoundReply:
    with database.read() as reader:
        return reader.get(RoundReply, key)


SAID = {"answered_on": ON, "your_role": "GP partner", "anything_else": "With thanks"}


@pytest.mark.parametrize(
    ("kind", "line", "cell", "words"),
    [
        (ReplyKind.YES_NO, "answer", "Yes", "yes"),
        (ReplyKind.CHOICE, "answer", "tuesday", "Tuesday"),
        (ReplyKind.FIGURE, "figure", 1250.5, "1,250.50"),
        (ReplyKind.WORDS, "answer", "As before", "As before"),
    ],
)
def test_a_form_goes_out_and_comes_back_once(
    database: Database,
    practices: list[Practice],
    tmp_path: Path,
    kind: ReplyKind,
    line: str,
    cell: Any,
    words: str,
) -> None:
    view = asked(database, kind, "Monday; Tuesday")
    path = filled(form(database, view, tmp_path), **{line: cell}, **SAID)
    seen = round_forms.look(database, path)
    assert (seen.who, seen.wrong, seen.notes) == ("Abbey", (), ())
    assert [(one.what, one.now, one.then) for one in seen.changes] == [
        ("Reply", "", f"{words} on 20 November 2026, GP partner"),
        ("Remark", "", "With thanks"),
    ]
    assert reply(database, seen.key).replied_on is None, "nothing is written before it was looked at"
    assert round_forms.take_in(database, seen)
    assert not round_forms.take_in(database, seen)
    assert rounds.seen(database)[0].answers[0].words == f"{words} on 20 November 2026, GP partner"
    again = round_forms.look(database, path)
    assert (again.read_before, again.may_be_taken_in) == (True, False)
    database.undo()
    assert rounds.seen(database)[0].standing.words == "0 of 2"


def test_a_reply_that_is_a_file_is_taken_in_with_it(
    database: Database, practices: list[Practice], tmp_path: Path
) -> None:
    view = asked(database, ReplyKind.FILE)
    seen = round_forms.look(
        database, filled(form(database, view, tmp_path), name_of_the_file="Rota.txt", **SAID)
    )
    assert seen.wants_file
    with pytest.raises(errors.DeskError, match="Choose the file that came with the form"):
        round_forms.take_in(database, seen)
    rota = tmp_path / "Rota.txt"
    rota.write_text("Monday: both")
    assert round_forms.take_in(database, seen, attachments.look(rota))
    kept = reply(database, seen.key)
    assert kept.evidence is not None
    assert attachments.content_of(database, kept.evidence) == b"Monday: both"
    assert (kept.answer, kept.replied_on) == (None, ON)


def test_a_file_is_noted_as_the_reply_on_the_page_and_one_with_an_nhs_number_is_not(
    database: Database, practices: list[Practice], tmp_path: Path
) -> None:
    view = asked(database, ReplyKind.FILE)
    rota = tmp_path / "Rota.txt"
    rota.write_text("NHS number 943 476 5919")
    with pytest.raises(errors.PatientData):
        rounds.reply_with_file(database, view, view.answers[0].key, attachments.look(rota), AS_OF, "Partner")
    assert rounds.seen(database)[0].standing.words == "0 of 2"
    rota.write_text("Monday: both")
    rounds.reply_with_file(database, view, view.answers[0].key, attachments.look(rota), AS_OF, "Partner")
    assert rounds.seen(database)[0].answers[0].words == "Rota.txt on 20 November 2026, Partner"


def test_a_signature_comes_back_into_its_agreement(
    database: Database, practices: list[Practice], tmp_path: Path
) -> None:
    agreement = add(database, Agreement(title="Data sharing"))
    waiting = add(database, Signature(agreement=agreement.id, practice=practices[0].id))
    add(database, Round(ask="Sign it", agreement=agreement.id, reply_kind=ReplyKind.SIGNATURE))
    view = rounds.seen(database)[0]
    path = filled(
        form(database, view, tmp_path),
        signature="signed",
        signed_on=ON,
        your_role="Senior partner",
        anything_else="Hi",
    )
    seen = round_forms.look(database, path)
    assert seen.notes == ("They add, and it is not kept with the signature: Hi",)
    assert round_forms.take_in(database, seen)
    with database.read() as reader:
        held = reader.get(Signature, waiting.id)
    assert (held.signed_on, held.role) == (ON, "Senior partner")
    assert not round_forms.look(database, path).may_be_taken_in


def refused(database: Database, path: Path) -> str:
    with pytest.raises(errors.FileRefused) as told:
        round_forms.look(database, path)
    return str(told.value)


@pytest.mark.parametrize(
    ("line", "words", "told"),
    [
        ("round", "RD-002", "were altered"),
        ("asked_of", "Brook", "were altered"),
        ("what_is_asked", "Leave the PCN", "does not ask what RD-001 asks now"),
        ("form_number", "RD-001-0000000000", "no form with the number RD-001-0000000000 went out"),
        ("form_number", None, "no form with the number it lacks went out"),
        ("form", "nhsdesk round 2", "of another version of this program"),
        ("form", "something else", "were altered"),
    ],
)
def test_an_altered_or_foreign_form_is_refused_in_a_sentence(
    database: Database, practices: list[Practice], tmp_path: Path, line: str, words: str | None, told: str
) -> None:
    path = filled(form(database, asked(database, ReplyKind.YES_NO), tmp_path), answer="yes", **SAID)
    assert told in refused(database, filled(path, **{line: words}))
    assert rounds.seen(database)[0].standing.words == "0 of 2"


def test_an_old_form_is_refused_when_the_question_changed_or_the_round_is_closed(
    database: Database, practices: list[Practice], tmp_path: Path
) -> None:
    view = asked(database, ReplyKind.YES_NO)
    path = filled(form(database, view, tmp_path), answer="yes", **SAID)
    with database.change("Close") as change:
        closed = change.put(replace(view.round, closed_on=AS_OF))
    assert "RD-001 was closed on 20 November 2026" in refused(database, path)
    with database.change("Ask otherwise") as change:
        change.put(replace(closed, closed_on=None, ask="Agree other rules"))
    assert "does not ask what RD-001 asks now" in refused(database, path)
    other = tmp_path / "List.xlsx"
    load_workbook(path).save(other)
    filled(other, form_number="x")
    assert "it is not an Excel workbook" in refused(database, _text(tmp_path))


def _text(folder: Path) -> Path:
    path = folder / "a.xlsx"
    path.write_text("Round,RD-001")
    return path


def test_a_reply_noted_meanwhile_is_shown_beside_what_would_take_its_place(
    database: Database, practices: list[Practice], tmp_path: Path
) -> None:
    view = asked(database, ReplyKind.YES_NO)
    path = filled(form(database, view, tmp_path), answer="no", answered_on=ON)
    rounds.reply(database, view, view.answers[0].key, "yes", AS_OF, "Partner")
    seen = round_forms.look(database, path)
    assert [(one.now, one.then) for one in seen.changes] == [
        ("yes on 20 November 2026, Partner", "no on 20 November 2026")
    ]
    assert seen.notes == ("It takes the place of the reply that is there.",)


def test_only_those_missing_get_a_form_of_one_sheet_and_a_page(
    database: Database, practices: list[Practice], tmp_path: Path
) -> None:
    view = asked(database, ReplyKind.FIGURE)
    rounds.reply(database, view, view.answers[0].key, "7", AS_OF, "Partner")
    round_forms.write_forms(database, rounds.seen(database)[0], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".pdf", ".xlsx")) == [
        "RD-001 Brook.pdf",
        "RD-001 Brook.xlsx",
    ]
    assert len(documents.read_workbook(tmp_path / "RD-001 Brook.xlsx")) == 1
    page = pdfium.PdfDocument(tmp_path / "RD-001 Brook.pdf")
    words = page[0].get_textpage().get_text_range()
    pages = len(page)
    page.close()
    assert pages == 1
    assert "Agree the rules" in words
    assert "Abbey" not in words


@pytest.mark.parametrize("words", [one for one in HOSTILE if one.strip()])
def test_hostile_words_go_out_and_come_back_as_words(
    database: Database, practices: list[Practice], tmp_path: Path, words: str
) -> None:
    made = rounds.ask(database, Round(ask=words, reply_kind=ReplyKind.WORDS), [practices[0].id])
    view = next(one for one in rounds.seen(database) if one.round.id == made.id)
    path = filled(form(database, view, tmp_path), answered_on=ON, answer="Fine")
    seen: Answered = round_forms.look(database, path)
    assert round_forms.take_in(database, seen)
