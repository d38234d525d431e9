"""The pack of a meeting: what is in it, under which letters, and what it keeps back from others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from nhsdesk.briefings import agenda, pack
from nhsdesk.commands import attachments, files, meeting_papers, minuting, papers
from nhsdesk.documents.enclosures import plain_pages
from nhsdesk.documents.model import Attached, NotIncluded, Report
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.meetings import AgendaItem, Meeting, MeetingStage
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.sections import minutes
from nhsdesk.store.database import Database
from tests import made_once
from tests.briefings.test_meeting_papers import SECRET, add, made, told, words_of
from tests.commands.test_privacy import everything_in
from tests.conftest import AS_OF, Clock
from tests.documents.test_text import pdf, word

PACK, OWN = (papers.named(key, papers.PAPERS) for key in ("pack", "pack-own"))
AGENDA = papers.named("agenda", papers.PAPERS)


def put_on(database: Database, item: AgendaItem, name: str, content: bytes, why: str = "") -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        attachments.attach(database, item.id, attachments.look(path), patient_data_reason=why)


def a_board_with_papers(database: Database) -> None:
    """A meeting to come with papers on its items, one of them restricted; the last one set an action."""
    body = add(database, Body(name="PCN Board"))
    last = add(
        database,
        Meeting(body="PCN Board", held_on=date(2026, 11, 4), board=body.id, stage=MeetingStage.HELD),
    )
    talked = add(database, AgendaItem(meeting=last.id, number=1, title="Posts"))
    minuting.take_in(database, talked.id, "Talked of posts.\n/action CD to write to Wexshire by 5 Dec")
    minuting.make_all(database, last.id)
    add(database, Action(what="Belongs to another board"))
    held = add(
        database, Meeting(body="PCN Board", held_on=date(2026, 12, 2), board=body.id, starts_at=time(13))
    )
    _, funds, closed, posts = add(
        database,
        AgendaItem(meeting=held.id, number=1, title="Minutes and action log", minutes=10),
        AgendaItem(meeting=held.id, number=2, title="Funds", minutes=10),
        AgendaItem(meeting=held.id, number=3, title=f"{SECRET} House", minutes=10, restricted=True),
        AgendaItem(meeting=held.id, number=4, title="Posts", minutes=10, paper="Enclosure F"),
    )
    put_on(database, funds, "Spend.pdf", pdf(("What we spent",), ("And on what",)))
    put_on(database, funds, "Costs.docx", word("What it costs"))
    put_on(database, closed, f"{SECRET}.pdf", pdf((f"{SECRET} is struggling",)))
    put_on(database, posts, "Posts.pdf", pdf(("Who starts when",)))


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """A file with such a board, made once for all tests."""
    path = made_once.network(tmp_path / "Ours.nhsdesk", clock, a_board_with_papers)
    with files.open_for_work(path, "Ann Archer", clock) as opened:
        yield opened


@pytest.fixture
def coming(database: Database) -> Meeting:
    """Its next meeting."""
    with database.read() as reader:
        (held,) = reader.all(Meeting, held_on=date(2026, 12, 2))
    return held


def bytes_of(database: Database, name: str) -> bytes | None:
    with database.read() as reader:
        (held,) = (one for one in reader.all(Attachment) if one.kept.name == name)
        return reader.kept_bytes(held.kept.sha256)


def parts_of(facts: pack.Facts) -> list[tuple[str, str]]:
    return [(part.label, part.title) for part in pack.compile(facts).parts]


def test_a_pack_holds_agenda_minutes_log_and_papers_under_the_letters_of_the_agenda(
    database: Database, coming: Meeting
) -> None:
    ready = made(database, OWN, coming)
    assert parts_of(ready.facts) == [
        ("Agenda", "PCN Board, 2 December 2026"),
        ("Enclosure A", "Minutes, PCN Board, 4 November 2026"),
        ("Enclosure B", "Action log, PCN Board"),
        ("Enclosure C", "Spend.pdf"),
        ("Enclosure D", "Costs.docx"),
        ("Enclosure E", f"{SECRET}.pdf"),
        ("Enclosure F", "Posts.pdf"),
    ]
    assert [one.paper for one in ready.facts.agenda.items] == [
        "Enclosure A: minutes of the last meeting; Enclosure B: action log",
        "Enclosure C: Spend.pdf; Enclosure D: Costs.docx",
        f"Enclosure E: {SECRET}.pdf",
        "Enclosure F: Posts.pdf",
    ]
    words = words_of(ready.content)
    for one in (
        "Talked of posts.",
        "write to Wexshire",
        "And on what",
        "Enclosure C, page 2 of 2",
        "Who starts when",
    ):
        assert one in words
    assert "Belongs to another board" not in words
    assert [one.pages for one in ready.facts.enclosures] == [2, 0, 1, 1]


def test_the_agenda_by_itself_bears_the_same_letters(database: Database, coming: Meeting) -> None:
    inside = made(database, PACK, coming).facts.agenda
    assert made(database, AGENDA, coming).facts.items == inside.items


def test_what_cannot_be_included_is_said_on_its_page_and_acknowledged(
    database: Database, coming: Meeting
) -> None:
    ready = made(database, OWN, coming)
    assert "Enclosure D could not be included: it is a Word, Excel or PowerPoint file" in words_of(
        ready.content
    )
    assert "Enclosure D could not be included" in told(ready, Weight.ACKNOWLEDGE)


def test_an_enclosure_that_fails_says_so_on_its_page_and_the_rest_is_enclosed(
    database: Database, coming: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = bytes_of(database, "Posts.pdf")

    def fails_at_posts(content: bytes) -> Any:
        if content == posts:
            raise KeyError("a fault of the program")
        return plain_pages(content)

    monkeypatch.setattr(pack, "plain_pages", fails_at_posts)
    ready = made(database, OWN, coming)
    contents = [type(part.content) for part in pack.compile(ready.facts).parts]
    assert contents == [Report, Report, Report, Attached, NotIncluded, Attached, NotIncluded]
    words = words_of(ready.content)
    assert "it could not be made, through a fault of the program" in words
    assert "And on what" in words
    assert "Who starts when" not in words
    assert told(ready, Weight.ACKNOWLEDGE).count("Enclosure F") == 1


def test_an_item_of_the_minutes_that_fails_says_so_in_the_pack(
    database: Database, coming: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Any:
        raise KeyError("a fault of the program")

    monkeypatch.setattr(minutes, "_as_printed", fails)
    ready = made(database, OWN, coming)
    assert "“Enclosure A: 1. Posts” could not be made" in told(ready, Weight.ACKNOWLEDGE)
    assert "write to Wexshire" in words_of(ready.content)


def test_titles_are_looked_through_for_names_though_the_agenda_fails(
    database: Database, coming: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Any:
        raise KeyError("a fault of the program")

    practice = add(database, Practice(name="Foxglove Health Centre"))
    add(database, SupportRequest(practice=practice.id, summary="Help"))
    add(database, AgendaItem(meeting=coming.id, number=5, title="The lease of Foxglove Health Centre"))
    monkeypatch.setattr(agenda, "gather", fails)
    assert "a practice with an open restricted request" in told(made(database, PACK, coming), Weight.MUST_FIX)


def test_a_pack_for_others_has_no_word_of_what_is_restricted_and_the_same_letters(
    database: Database, coming: Meeting
) -> None:
    ready = made(database, PACK, coming)
    assert SECRET not in facts_to_json(ready.facts).decode()
    assert SECRET not in everything_in(ready.content)
    assert "1 restricted paper is left out." in words_of(ready.content)
    assert [label for label, _ in parts_of(ready.facts)] == [
        "Agenda", *(f"Enclosure {letter}" for letter in "ABCDF"),
    ]  # fmt: skip


def test_a_file_that_is_kept_with_something_restricted_stays_out_wherever_it_hangs(
    database: Database, coming: Meeting
) -> None:
    with database.read() as reader:
        (spend,) = [one for one in reader.all(Attachment) if one.kept.name == "Spend.pdf"]
    add(database, Evidence(what="Spend", kept=spend.kept, restricted=True, effective_on=AS_OF))
    ready = made(database, PACK, coming)
    assert "What we spent" not in words_of(ready.content)
    assert "Spend.pdf" not in facts_to_json(ready.facts).decode()
    assert "Enclosure C: Restricted item" in words_of(ready.content)
    assert "What we spent" in words_of(made(database, OWN, coming).content)


def test_a_named_enclosure_without_a_file_has_its_page(database: Database, coming: Meeting) -> None:
    add(database, AgendaItem(meeting=coming.id, number=5, title="Estates", paper="Enc G", minutes=5))
    ready = made(database, OWN, coming)
    assert "Enclosure G could not be included: no file is attached to its agenda item." in words_of(
        ready.content
    )


def test_a_number_in_a_file_that_looks_like_a_patients_is_acknowledged(
    database: Database, coming: Meeting
) -> None:
    item = add(database, AgendaItem(meeting=coming.id, number=6, title="List", minutes=5))
    put_on(database, item, "List.pdf", pdf(("NHS number 943 476 5919",)), "a test number")
    assert "holds what looks like an NHS number" in told(made(database, OWN, coming), Weight.ACKNOWLEDGE)


def test_files_beyond_what_goes_through_the_post_are_sent_by_themselves(
    database: Database, coming: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "MOST_BYTES", 1_500)
    found = {one.name: bool(one.why_not) for one in made(database, OWN, coming).facts.enclosures}
    assert list(found.values()).count(True) >= 2


def test_a_pack_is_kept_as_sent_and_made_again_from_its_facts(
    database: Database, coming: Meeting, tmp_path: Path
) -> None:
    ready = made(database, PACK, coming)
    sent = papers.issue(database, ready, tmp_path / "Pack.pdf", acknowledged=True)
    assert papers.as_sent(database, sent.ref)[1] == ready.content == (tmp_path / "Pack.pdf").read_bytes()
    assert papers.remake(database, sent) == ready.content
    assert facts_from_json(PACK, facts_to_json(ready.facts)) == ready.facts
    with database.read() as reader:
        (spend,) = [one for one in reader.all(Attachment) if one.kept.name == "Spend.pdf"]
    with database.change("Take it off the item") as change:
        change.remove(spend)
    assert papers.remake(database, sent) == ready.content


def test_after_the_meeting_its_own_minutes_are_in_the_pack(database: Database, coming: Meeting) -> None:
    with database.read() as reader:
        (last,) = reader.all(Meeting, stage=MeetingStage.HELD)
    facts = made(database, PACK, last).facts
    assert facts.minutes.title == "PCN Board, 4 November 2026"
    assert "pack" in meeting_papers.AFTER


def test_without_a_meeting_before_it_the_minutes_have_a_page_that_says_so(database: Database) -> None:
    held = add(database, Meeting(body="Another board", held_on=date(2026, 12, 2)))
    add(database, AgendaItem(meeting=held.id, number=1, title="Welcome", minutes=5))
    words = words_of(made(database, PACK, held).content)
    assert "Enclosure A could not be included: no meeting of this body has taken place yet." in words


def test_a_pack_without_any_meeting_is_refused(tmp_path: Path, clock: Clock) -> None:
    path = made_once.network(tmp_path / "Empty.nhsdesk", clock)
    with files.open_for_work(path, "Ann Archer", clock) as empty:
        ready = made(empty, PACK)
    assert "No meeting is entered" in told(ready, Weight.MUST_FIX)
    assert pack.compile(ready.facts).parts == ()


def test_every_part_from_outside_is_known_by_its_hash(database: Database, coming: Meeting) -> None:
    contents: list[Any] = [part.content for part in pack.compile(made(database, OWN, coming).facts).parts]
    assert [one.name for one in contents if isinstance(one, Attached)] == [
        "Spend.pdf", f"{SECRET}.pdf", "Posts.pdf",
    ]  # fmt: skip
    assert sum(isinstance(one, NotIncluded) for one in contents) == 1
