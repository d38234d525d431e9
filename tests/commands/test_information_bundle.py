"""A redacted bundle holds what is disclosed, and no byte of what is struck out or withheld."""

from __future__ import annotations

import csv
import hashlib
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document

from nhsdesk import errors
from nhsdesk.commands import attachments, information_bundle, papers
from nhsdesk.commands.information_bundle import Search
from nhsdesk.documents import pdf
from nhsdesk.documents.model import Paragraph, Report, Section
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment, Note
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.plans import Milestone, Plan
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.redaction import BAR, Becomes, Item
from nhsdesk.domain.requests import Category, SupportRequest
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.store.database import Database
from tests.conftest import AS_OF

SECRET, NAME, WITHHELD = "Zanzibar", "Quentin Farthingale", "Kilimanjaro"
MOMENT = datetime(2026, 11, 20, tzinfo=UTC)


def asked(database: Database, law: RequestLaw = RequestLaw.FOI, **fields: Any) -> InformationRequest:
    with database.change("Ask") as change:
        return change.add(
            InformationRequest(what="The access hub", law=law, received=date(2026, 11, 2), **fields)
        )


def attached(database: Database, on: Id, name: str, content: bytes) -> Attachment:
    with database.change("Attach") as change:
        kept = change.keep_bytes(name, content, hashlib.sha256(content).hexdigest())
        return change.add(Attachment(on=on, kept=kept))


def put(database: Database, request: InformationRequest, words: str, **how: Any) -> tuple[Item, ...]:
    search = Search(words, **how)
    found = information_bundle.search(database, request, search)
    information_bundle.put_in_scope(database, request, search, found)
    return found


def decide(database: Database, request: InformationRequest, **by_ref: Becomes) -> None:
    held = information_bundle.choices(database, request)
    wanted = [
        replace(one, becomes=by_ref[key], ground=one.ground or "s43")
        for one in held.items
        if (key := one.ref.replace("-", "_")) in by_ref
    ]
    information_bundle.decide(database, request, *wanted)


def given(database: Database, request: InformationRequest, target: Path) -> dict[str, bytes]:
    information_bundle.give_out(
        database, information_bundle.make(database, request), target, acknowledged=True
    )
    with zipfile.ZipFile(target) as package:
        return {name: package.read(name) for name in package.namelist()}


def all_words(parts: dict[str, bytes]) -> str:
    """Every word and byte of a bundle: names, text of PDF pages and properties, parts of workbooks, raw bytes."""
    found = []
    for name, content in parts.items():
        found += [name, content.decode("utf-8", "replace"), content.decode("utf-16-le", "replace")]
        if name.endswith(".pdf"):
            paper = pypdfium2.PdfDocument(content)
            found += [page.get_textpage().get_text_range() for page in paper]
            found += [str(paper.get_metadata_dict()), *(one.get_title() for one in paper.get_toc())]
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(BytesIO(content)) as workbook:
                found += [workbook.read(one).decode("utf-8", "replace") for one in workbook.namelist()]
    return "\n".join(found).casefold()


def word_file(words: str) -> bytes:
    made, out = Document(), BytesIO()
    made.add_paragraph(words)
    made.core_properties.author = NAME
    made.save(out)
    return out.getvalue()


def pdf_file(words: str) -> bytes:
    made = Report("Minutes", "", NAME, AS_OF, MOMENT, (Section("Hub", (Paragraph(words),)),), "")
    return pdf.write(made)


def test_what_is_struck_out_is_in_no_byte_name_or_property_of_the_bundle(
    database: Database, tmp_path: Path
) -> None:
    request = asked(database, searched=None)
    with database.change("Fill") as change:
        open_ = change.add(
            Commitment(title=f"Access hub with {SECRET} Ltd", paraphrase=f"{NAME} agreed to it")
        )
        change.add(Commitment(title=f"Access hub {WITHHELD}"))
        change.add(Note(on=open_.id, words=f"Access hub: ring quentin\nFARTHINGALE, {SECRET}’s man"))
    attached(database, open_.id, f"Access hub {SECRET}.docx", word_file(f"The hub costs {SECRET} a lot"))
    attached(database, open_.id, "Minutes.pdf", pdf_file(f"{NAME} spoke of the access hub"))
    put(database, request, "access hub")
    for words, ground in ((SECRET, "s43"), (NAME, "s40")):
        assert not isinstance(information_bundle.strike_out(database, request, words, ground), Problem)
    decide(
        database, request, C_001=Becomes.DISCLOSED, C_002=Becomes.WITHHELD, NT_001=Becomes.DISCLOSED,
        AT_001=Becomes.AS_TEXT, AT_002=Becomes.AS_TEXT,
    )  # fmt: skip
    parts = given(database, request, tmp_path / "bundle.zip")
    words = all_words(parts)
    for planted in (SECRET, *NAME.split(), WITHHELD):
        assert planted.casefold() not in words
    assert "struck out" in words
    assert "the hub costs" in words
    texts = [parts[name].decode() for name in parts if name.endswith(".txt")]
    assert f"The hub costs {BAR} [s.43] a lot" in texts[0]
    with database.read() as reader:  # nor in the facts kept with it
        sent = reader.all(SentPaper)[0]
        assert SECRET not in (reader.kept_bytes(sent.facts.sha256) or b"").decode()


def test_the_schedule_says_what_became_of_everything_and_describes_nothing_withheld(
    database: Database, tmp_path: Path
) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        change.add(Commitment(title="Access hub one"))
        change.add(Commitment(title="Access hub two"))
    put(database, request, "access hub")
    decide(database, request, C_001=Becomes.DISCLOSED, C_002=Becomes.WITHHELD)
    facts = information_bundle.make(database, request).bundle.facts
    assert [(row.number, row.ref, row.what, row.became, row.why) for row in facts.rows] == [
        (1, "C-001", "Commitment: Access hub one", "Disclosed", ""),
        (2, "", "An entry", "Withheld", "s.43 commercial interests"),
    ]
    parts = given(database, request, tmp_path / "a.zip")
    listed = list(csv.reader(StringIO(parts["manifest.csv"].decode("utf-8-sig"), newline="")))[1:]
    assert {name: sha for name, _, sha in listed} == {
        name: hashlib.sha256(content).hexdigest() for name, content in parts.items() if name != "manifest.csv"
    }
    assert "Withheld on the ground of s.43 commercial interests: 1" in parts["index.html"].decode()


def test_the_same_choices_give_the_same_bytes(database: Database) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        change.add(Commitment(title="Access hub"))
    put(database, request, "access hub")
    decide(database, request, C_001=Becomes.DISCLOSED)
    made = [information_bundle.make(database, request).content for _ in range(2)]
    assert made[0] == made[1]


def test_nothing_goes_out_while_something_is_undecided_or_withheld_without_a_ground(
    database: Database, tmp_path: Path
) -> None:
    request = asked(database)
    with pytest.raises(errors.PaperRefused, match="Nothing is in scope yet"):
        given(database, request, tmp_path / "a.zip")
    with database.change("Fill") as change:
        change.add(Commitment(title="Access hub", restricted=True))
        change.add(Commitment(title="Access hub too"))
    found = put(database, request, "access hub")
    restricted = next(one for one in found if one.ref == "C-001")
    assert restricted.becomes is Becomes.WITHHELD  # nobody had to remember it
    made = information_bundle.make(database, request)
    assert information_bundle.to_put_right(made) == (
        "C-001 is withheld, and no ground is chosen for it.",
        "C-002: it is not yet decided what becomes of it.",
    )
    with pytest.raises(errors.PaperRefused):
        given(database, request, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_a_request_for_support_is_withheld_and_asks_for_a_talk_with_the_practice(
    database: Database, tmp_path: Path
) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        practice = change.add(Practice(name="Abbey Group Practice"))
        change.add(
            SupportRequest(
                practice=practice.id, category=Category.ESTATES, summary="Access hub roof", restricted=False
            )
        )
        change.add(Commitment(title="Access hub roof at Abbey Group Practice"))
    found = put(database, request, "access hub roof")
    support = next(one for one in found if one.ref == "SR-001")
    assert (support.becomes, support.ground) == (Becomes.WITHHELD, "s41")
    decide(database, request, C_001=Becomes.DISCLOSED)
    made = information_bundle.make(database, request)
    assert (
        "SR-001 was given in confidence for practice support. Talk to the practice before disclosure."
        in information_bundle.to_acknowledge(made)
    )
    with pytest.raises(errors.PaperRefused, match="Talk to the practice"):
        information_bundle.give_out(database, made, tmp_path / "a.zip", acknowledged=False)
    assert "roof" not in str([row.what for row in made.bundle.facts.rows if not row.ref])


def test_a_practice_that_asked_in_confidence_is_not_named_unasked(database: Database) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        practice = change.add(Practice(name="Abbey Group Practice"))
        change.add(SupportRequest(practice=practice.id, restricted=True))
        change.add(Commitment(title="Access hub at Abbey Group Practice"))
    put(database, request, "access hub")
    decide(database, request, C_001=Becomes.DISCLOSED)
    told = information_bundle.to_acknowledge(information_bundle.make(database, request))
    assert any("with an open request for support. Talk to it first." in one for one in told)
    information_bundle.strike_out(database, request, "Abbey Group Practice", "s41")
    assert information_bundle.to_acknowledge(information_bundle.make(database, request)) == ()


def test_names_of_people_are_struck_out_to_begin_with_and_asked_about_when_shown(database: Database) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        change.add(Person(name=NAME, role_title="Access hub lead"))
    (person,) = put(database, request, "access hub")
    assert person.hides["name"] == "s40"
    decide(database, request, **{person.ref.replace("-", "_"): Becomes.DISCLOSED})
    made = information_bundle.make(database, request)
    assert NAME not in str(made.bundle.facts)
    assert made.bundle.facts.rows[0].became == "Disclosed in part"
    (held,) = information_bundle.choices(database, request).items
    information_bundle.decide(database, request, held.with_field("name", ""))
    told = information_bundle.to_acknowledge(information_bundle.make(database, request))
    assert any("tells of a person and is not struck out" in one for one in told)


def test_a_whole_file_that_holds_words_to_strike_out_stays_behind(database: Database) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        one = change.add(Commitment(title="Access hub"))
    attached(database, one.id, "Costs.docx", word_file("Plain words"))  # its author is a struck-out name
    put(database, request, "access hub")
    decide(database, request, C_001=Becomes.DISCLOSED, AT_001=Becomes.DISCLOSED)
    assert information_bundle.to_put_right(information_bundle.make(database, request)) == ()
    information_bundle.strike_out(database, request, NAME, "s40")
    assert information_bundle.to_put_right(information_bundle.make(database, request)) == (
        "AT-001: the file holds words to strike out. Disclose it as text, or withhold it.",
    )


def test_a_search_narrows_by_kind_and_day_and_reads_what_is_kept_with_an_entry(database: Database) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        old = change.add(Commitment(title="Access hub", due=date(2024, 5, 1)))
        change.add(Note(on=old.id, words="Something else"))
    attached(database, old.id, "a.txt", b"words")
    assert [one.ref for one in put(database, request, "access hub")] == ["C-001", "AT-001", "NT-001"]
    assert put(database, request, "access hub", kinds=("plan",)) == ()
    in_year = {"first": date(2024, 4, 1), "last": date(2025, 3, 31)}
    assert len(put(database, request, "access hub", **in_year)) == 3
    assert put(database, request, "access hub", last=date(2024, 4, 1)) == ()
    assert information_bundle.choices(database, request).searches == (
        "“access hub” (3 found)",
        "“access hub”, in plans (0 found)",
        "“access hub”, from 1 April 2024, to 31 March 2025 (3 found)",
        "“access hub”, to 1 April 2024 (0 found)",
    )


def test_what_was_decided_is_undone_step_by_step_until_it_went_out(
    database: Database, tmp_path: Path
) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        change.add(Commitment(title="Access hub"))
    put(database, request, "access hub")
    decide(database, request, C_001=Becomes.DISCLOSED)
    database.undo()
    assert information_bundle.choices(database, request).items[0].becomes is Becomes.UNDECIDED
    database.redo()
    parts = given(database, request, tmp_path / "bundle.zip")
    with pytest.raises(errors.NothingToUndo):
        database.undo()
    with database.read() as reader:
        kept = reader.get(InformationRequest, request.id)
        assert kept.bundle is not None
        assert kept.bundle.name == "bundle.zip"
        assert kept.searched == "“access hub” (1 found)"
        content = attachments.content_of(database, kept.bundle)
    again = papers.write_again(database, "SP-001", tmp_path / "again.zip")
    assert again.title == "Redacted bundle for IR-001"
    assert (tmp_path / "again.zip").read_bytes() == content == (tmp_path / "bundle.zip").read_bytes()
    assert "disclosed.pdf" in parts


def test_a_subject_access_request_has_grounds_of_its_own(database: Database) -> None:
    request = asked(database, RequestLaw.SUBJECT_ACCESS)
    with database.change("Fill") as change:
        change.add(Person(name=NAME, role_title="Access hub lead"))
    (person,) = put(database, request, "access hub")
    assert person.hides == {"name": "others"}


def test_what_belongs_to_a_request_for_support_or_to_what_is_restricted_is_withheld_with_it(
    database: Database,
) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        practice = change.add(Practice(name="Abbey Surgery"))
        support = change.add(SupportRequest(practice=practice.id, summary="Roof", restricted=False))
        change.add(Note(on=support.id, words="Hub: rang them"))
        plan = change.add(Plan(title="Hub", restricted=True))
        step = change.add(Milestone(plan=plan.id, what="Hub opens", original=date(2027, 1, 1)))
        change.add(Note(on=step.id, words="Hub: late"))
        open_ = change.add(Commitment(title="Hub rota"))
    attached(database, plan.id, "Hub.txt", b"the same bytes")
    attached(database, open_.id, "Rota.txt", b"the same bytes")
    found = {one.ref: one for one in put(database, request, "hub")}
    assert {ref for ref, one in found.items() if one.becomes is Becomes.UNDECIDED} == {"C-001"}
    assert (found["NT-001"].ground, found["NT-002"].ground) == ("s41", "")


def test_a_paper_for_our_own_board_stays_with_it(database: Database) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        kept = change.keep_bytes("Hub.pdf", b"%PDF-1.7", hashlib.sha256(b"%PDF-1.7").hexdigest())
        for audience in ("own board", "partners"):
            change.add(
                SentPaper(
                    paper="x", title="Hub paper", audience=audience, issued_at=MOMENT, kept=kept, facts=kept,
                    position=1, program="1",
                )
            )  # fmt: skip
    found = put(database, request, "hub paper")
    assert [(one.ref, one.field, one.becomes) for one in found] == [
        ("SP-001", "", Becomes.WITHHELD), ("SP-001", "kept", Becomes.WITHHELD),
        ("SP-002", "", Becomes.UNDECIDED), ("SP-002", "kept", Becomes.UNDECIDED),
    ]  # fmt: skip


def test_a_name_of_a_person_left_in_free_words_is_asked_about(database: Database) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        change.add(Person(name=NAME, role_title="Lead"))
        change.add(Commitment(title=f"Access hub run by {NAME}"))
    put(database, request, "access hub")
    decide(database, request, C_001=Becomes.DISCLOSED)
    told = information_bundle.to_acknowledge(information_bundle.make(database, request))
    assert told == (
        "C-001: its words name somebody who is listed as a person. Strike the name out, or leave it knowingly.",
    )
    information_bundle.strike_out(database, request, NAME, "s40")
    assert information_bundle.to_acknowledge(information_bundle.make(database, request)) == ()


def test_the_words_inside_files_are_found_where_they_are_asked_for(database: Database) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        one = change.add(Commitment(title="Rota"))
    attached(database, one.id, "a.docx", word_file("The access hubs open in May"))
    attached(database, one.id, "b.pdf", pdf_file("Nothing of the kind"))
    assert put(database, request, "access hub") == ()
    heard: list[tuple[int, int]] = []
    search = Search("access hub", in_files=True)
    found = information_bundle.search(
        database, request, search, tell=lambda done, of: heard.append((done, of))
    )
    assert [one.ref for one in found] == ["AT-001"]
    assert heard == [(0, 2), (1, 2)]
    assert search.told == "“access hub”, inside files too"


def test_what_was_searched_for_is_looked_through_and_no_patients_number_is_kept_of_it(
    database: Database,
) -> None:
    request = asked(database)
    with database.change("Fill") as change:
        change.add(Person(name=NAME, role_title="Lead"))
    put(database, request, NAME)
    put(database, request, "NHS number 450 557 7104")
    searches = information_bundle.choices(database, request).searches
    assert searches[1] == "“NHS number xxx xxx 71xx” (0 found)"
    told = information_bundle.to_acknowledge(information_bundle.make(database, request))
    assert any(one.startswith("What was asked for and searched: its words name somebody") for one in told)
    information_bundle.strike_out(database, request, NAME, "s40")
    facts = information_bundle.make(database, request).bundle.facts
    assert facts.searches[0] == f"“{BAR} [s.40]” (1 found)"
