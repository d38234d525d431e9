"""A name planted in every private field and a word in every restricted entry, looked for wherever they could leak."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

from nhsdesk import log
from nhsdesk.commands import entries, histories, papers
from nhsdesk.commands import sample as sample_
from nhsdesk.domain import requests
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.arrs import Assignment, Holder, Pay
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.employers import EmployerLine
from nhsdesk.domain.fields import Record
from nhsdesk.domain.links import Attachment, Link, LinkKind, Note
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.records import RECORDS
from nhsdesk.domain.requests import RequestEvent, SupportRequest
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import Audience, facts_to_json
from nhsdesk.sections import actions, commitments, expansions
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock

NAME = "Zebedeexample"
WORD = "quagmirexample"
FOR_OUR_OWN_BOARD = {
    "support-requests", "action-log-own", "decision-log-own", "week-sheet-own", "agenda-own", "minutes-own", "pack-own",
    "highlight-own", "board-paper-own", "minutes-book-own", "action-log-pages-own",
}  # fmt: skip
"""The papers that may tell what is restricted; none other may."""
PRIVATE = [(cls, field) for cls in RECORDS for field in cls.KIND.fields if field.private]


@pytest.fixture
def planted(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """The sample with a marker in each private field of its people and holders and in each restricted entry."""
    with sample_.create(tmp_path / "Sample.nhsdesk", None, "Ann Archer", clock) as database:
        with database.change("Plant") as change:
            reader = change.reader
            holder = change.add(Holder(name=NAME, payroll_ref=NAME, remarks=NAME))
            for assignment in reader.all(Assignment):
                change.put(replace(assignment, holder=holder.id))
            for person in reader.all(Person):
                change.put(replace(person, name=NAME, remarks=NAME))
            for pay in reader.all(Pay):
                change.put(replace(pay, source=NAME))
            for request in reader.all(SupportRequest, restricted=True):
                change.put(replace(request, summary=WORD, wanted_outcome=WORD, offer=WORD))
                change.add(Note(on=request.id, words=WORD))
                kept = change.keep_bytes(f"{WORD}.pdf", WORD.encode(), "f" * 64)
                change.add(Attachment(on=request.id, kept=kept, says=WORD))
                now = requests.state(reader.all(RequestEvent, request=request.id))
                change.add(RequestEvent(request=request.id, happened_on=AS_OF, state=now, told=WORD))
            for action in reader.all(Action, restricted=True):
                change.put(replace(action, what=WORD, evidence=WORD, support=WORD))
                change.add(ActionUpdate(action=action.id, said_on=AS_OF, said=WORD))
            hidden = change.add(Commitment(title=WORD, quotation=WORD, owed_to=WORD, restricted=True))
            linked = change.add(Commitment(title=WORD, paraphrase=WORD))
            change.add(Link(source=hidden.id, target=linked.id, says=LinkKind.RELATED, remark=WORD))
        yield database


def test_the_program_knows_which_fields_are_private() -> None:
    assert {(cls, field.name) for cls, field in PRIVATE} == {
        (Holder, "name"),
        (Holder, "payroll_ref"),
        (EmployerLine, "payroll_ref"),
        (Person, "name"),
    }


def everything_in(content: bytes) -> str:
    """All that can be read in a workbook or a PDF: its words, its parts, its properties, its bookmarks."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "\n".join(
                package.read(name).decode("utf-8", "replace") + name for name in package.namelist()
            )
    document = pdfium.PdfDocument(content)
    try:
        words = [page.get_textpage().get_text_range() for page in document]
        words += [str(document.get_metadata_dict()), *(mark.get_title() for mark in document.get_toc())]
    finally:
        document.close()
    with pikepdf.open(io.BytesIO(content)) as opened:
        words.append(repr(dict(opened.docinfo.items())))
        words += [
            one.read_bytes().decode("latin-1") for one in opened.objects if isinstance(one, pikepdf.Stream)
        ]
    return "\n".join(words)


@pytest.mark.parametrize("paper", papers.PAPERS, ids=lambda paper: paper.key)
def test_no_name_and_no_restricted_word_is_anywhere_in_a_paper_or_what_is_kept_of_it(
    planted: Database, tmp_path: Path, paper: Any
) -> None:
    asked = papers.asked_of(planted, Month(2026, 10), AS_OF)
    made = papers.make(planted, paper, asked)
    target = tmp_path / "paper"
    sent = papers.issue(planted, made, target, acknowledged=True)
    with planted.read() as reader:
        facts = reader.kept_bytes(sent.facts.sha256)
    assert facts is not None
    sent_record = repr(sent) + "".join(
        field.kind.words(getattr(sent, field.name)) for field in SentPaper.KIND.fields
    )
    for held in (everything_in(target.read_bytes()), facts.decode(), sent_record):
        assert NAME not in held
        assert paper.key in FOR_OUR_OWN_BOARD or WORD not in held


@pytest.mark.parametrize("readers", [one for one in Audience if one is not Audience.OWN_BOARD])
def test_no_restricted_word_is_in_what_is_kept_of_a_briefing_for_any_readers_outside(
    planted: Database, readers: Audience
) -> None:
    asked = replace(papers.asked_of(planted, Month(2026, 10), AS_OF), readers=readers)
    composed = [one for one in papers.BRIEFINGS if one.may_be_for(readers)]
    assert {"integrator", "highlight", "board-paper", "delivered", "geography"} <= {
        one.key for one in composed
    }
    with planted.read() as reader:
        for paper in composed:
            facts = paper.gather(reader, asked)
            told = facts_to_json(facts).decode() + "\n".join(expansions.texts(paper.compile(facts)))
            assert NAME not in told, paper.key
            assert WORD not in told, paper.key


def test_no_step_is_labelled_with_what_was_written(planted: Database, tmp_path: Path) -> None:
    with planted.read() as reader:
        holder, person = reader.all(Holder)[0], reader.all(Person)[0]
    entries.enter(planted, Holder.KIND, holder.id, "name", f"{NAME} II")
    entries.enter(planted, Person.KIND, person.id, "name", f"{NAME} III")
    planted.undo()
    with planted.change("Add") as change:
        spare = change.add(Person(role_title=WORD, name=NAME))
    assert entries.remove(planted, spare) == ()
    for paper in papers.PAPERS:
        made = papers.make(planted, paper, papers.asked_of(planted, Month(2026, 10), AS_OF))
        papers.issue(planted, made, tmp_path / paper.key, acknowledged=True)
    with planted.read() as reader:
        labels = [step.label for step in queries.steps(reader)]
    assert len(labels) > 8
    assert not [label for label in labels if NAME in label or WORD in label]


def test_history_tells_that_a_name_changed_and_not_to_what(planted: Database) -> None:
    with planted.read() as reader:
        refs = [one.ref for cls in (Holder, Person) for one in reader.all(cls)]
    for ref in refs:
        lines = histories.history(planted, ref)
        assert not [line for line in lines if line.strip().startswith(("Name:", "Payroll")) and NAME in line]
    assert any(line.strip() == "Name: changed" for line in histories.history(planted, refs[0]))


@pytest.mark.parametrize(("cls", "field"), PRIVATE, ids=lambda one: getattr(one, "name", None))
def test_no_record_says_its_private_words_when_it_is_printed_by_mistake(
    cls: type[Record], field: Any
) -> None:
    needed: dict[type[Record], dict[str, Any]] = {
        Person: {"role_title": "Manager"},
        EmployerLine: {"statement": 1},
    }
    given = needed.get(cls, {})
    made = cls(**{**given, field.name: NAME})
    assert NAME not in repr(made)
    assert NAME not in made.title_words()


def test_the_log_holds_nothing_of_it(planted: Database, tmp_path: Path) -> None:
    log.start(tmp_path / "log")
    try:
        with planted.read() as reader:
            holder = reader.all(Holder)[0]
        try:
            with planted.change("Fail") as change:
                change.put(replace(holder, name=7))  # type: ignore[arg-type]
        except TypeError as mistake:
            log.mistake(mistake)
    finally:
        log.stop()
    written = (tmp_path / "log" / "nhsdesk.log").read_text()
    assert "TypeError" in written
    assert NAME not in written
    assert os.fspath(planted.path) not in written


def test_a_paper_for_our_own_board_would_show_restricted_entries(planted: Database) -> None:
    asked = papers.asked_of(planted, None, date(2026, 11, 20))
    with planted.read() as reader:
        own = commitments.gather(reader, asked, Audience.OWN_BOARD)
        shown = actions.gather(reader, asked, Audience.OWN_BOARD)
    assert own.withheld == shown.withheld == ()
    assert sum(line.what == WORD for line in own.lines) == 2
    assert any(line.what == WORD for line in shown.lines)
