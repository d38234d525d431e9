"""Agendas and minutes: what they tell, what they keep back from others, and what their versions say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from nhsdesk import errors
from nhsdesk.commands import amended, meeting_papers, meetings, minuting, papers
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body, BodyKind, Purpose, Seat, SeatGroup
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import AgendaItem, Attendance, Meeting, MeetingStage, Presence
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.store.database import Database
from tests.briefings.test_trace_numbers import without_numbers
from tests.conftest import AS_OF
from tests.factories import HOSTILE

MINUTES, OWN = (papers.named(key, papers.PAPERS) for key in ("minutes", "minutes-own"))
AGENDA, AGENDA_OWN = (papers.named(key, papers.PAPERS) for key in ("agenda", "agenda-own"))
BOARD = papers.named("place-board", papers.PAPERS)
SECRET = "Zephyrine"
"""A word that stands in nothing but what is restricted."""


def add(database: Database, *records: Any) -> Any:
    with database.change("Add") as change:
        made = [change.add(one) for one in records]
    return made[0] if len(made) == 1 else made


def made(database: Database, paper: Any, meeting: Meeting | None = None) -> papers.Made:
    about = meeting.id if meeting is not None else None
    return papers.make(database, paper, papers.asked_of(database, None, AS_OF, about=about))


def words_of(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def told(paper: papers.Made, weight: Weight) -> str:
    return " ".join(one.sentence for one in paper.problems if one.weight is weight)


@pytest.fixture
def meeting(database: Database) -> Meeting:
    """A meeting of two open items and a restricted one, with what each decided and set."""
    director = add(database, Person(role_title="PCN clinical director", name="Not To Be Printed"))
    body = add(database, Body(name="PCN Board", minute_prefix="PCNB/26/"))
    held: Meeting = add(
        database,
        Meeting(
            body="PCN Board", held_on=date(2026, 11, 18), board=body.id, starts_at=time(13), stage=MeetingStage.HELD
        ),
    )  # fmt: skip
    add(database, Attendance(meeting=held.id, person=director.id))
    first, second, closed = add(
        database,
        AgendaItem(meeting=held.id, number=1, title="Welcome", purpose=Purpose.INFORMATION, minutes=5),
        AgendaItem(meeting=held.id, number=2, title="Funds", purpose=Purpose.DECISION, minutes=20),
        AgendaItem(meeting=held.id, number=3, title=f"{SECRET} House", minutes=10, restricted=True),
    )
    for item, text in (
        (first, "All were welcomed."),
        (
            second,
            "Talked over.\n/decision Fund it\n/action CD to write by 5 Dec\n/action CD to sing by Friday",
        ),
        (closed, f"{SECRET} is struggling.\n/decision Help {SECRET}\n/action CD to call {SECRET} by Friday"),
    ):
        minuting.take_in(database, item.id, text)
    minuting.make_all(database, held.id)
    return held


def test_minutes_for_others_hold_no_word_of_what_is_restricted(database: Database, meeting: Meeting) -> None:
    paper = made(database, MINUTES, meeting)
    assert SECRET not in facts_to_json(paper.facts).decode()
    assert SECRET not in words_of(paper.content)
    assert "1 restricted item is left out." in without_numbers(words_of(paper.content))
    assert SECRET in words_of(made(database, OWN, meeting).content)


def test_a_line_leaves_with_what_it_made_though_that_is_worded_otherwise_by_now(
    database: Database, meeting: Meeting
) -> None:
    with database.read() as reader:
        (sing,) = reader.all(Action, what="sing")
        (fund,) = reader.all(Decision, words="Fund it")
    with database.change("Restrict") as change:
        change.put(replace(sing, what="a task", restricted=True))
        change.put(replace(fund, words="a decision", restricted=True))
    words = words_of(made(database, MINUTES, meeting).content)
    assert "sing" not in words
    assert "Fund it" not in words
    assert "write" in words


def test_a_line_that_made_something_restricted_leaves_with_it(database: Database, meeting: Meeting) -> None:
    secret = add(database, Commitment(title=SECRET, owed_to="Us", restricted=True))
    with database.read() as reader:
        (sing,) = reader.all(Action, what="sing")
        (fund,) = reader.all(Decision, words="Fund it")
    with database.change("Restrict") as change:
        change.put(replace(sing, restricted=True))
        change.add(Link(source=secret.id, target=fund.id, says=LinkKind.RELATED))
    words = words_of(made(database, MINUTES, meeting).content)
    assert "sing" not in words
    assert "Fund it" not in words
    assert "write" in words
    own = words_of(made(database, OWN, meeting).content)
    assert "sing" in own
    assert "Fund it" in own


def test_minutes_are_a_draft_until_they_are_final_and_then_print_their_version(
    database: Database, meeting: Meeting
) -> None:
    draft = made(database, MINUTES, meeting)
    assert "Draft, not yet final" in words_of(draft.content)
    meetings.finalise(database, meeting.id)
    final = words_of(made(database, MINUTES, meeting).content)
    assert "Version 1, made final 20 November 2026" in final
    assert "PCNB/26/001" in final
    assert "Draft" not in final


def test_amended_minutes_print_their_version_and_why(database: Database, meeting: Meeting) -> None:
    meetings.finalise(database, meeting.id)
    seen = meetings.view(database, meeting.id)
    assert seen is not None
    amended.keep(database, meeting.id, seen.items[0].id, "All but one were welcomed.")
    amended.amend(database, meeting.id, "A late arrival")
    words = words_of(made(database, MINUTES, meeting).content)
    assert "Amended minutes, version 2" in words
    assert "Amended because: A late arrival" in words
    assert "All but one were welcomed." in words


def test_minutes_print_roles_and_no_names(database: Database, meeting: Meeting) -> None:
    words = words_of(made(database, OWN, meeting).content)
    assert "PCN clinical director" in words
    assert "Not To Be Printed" not in words


def test_minutes_without_a_meeting_are_refused(database: Database) -> None:
    paper = made(database, MINUTES)
    assert "No meeting has taken place" in told(paper, Weight.MUST_FIX)
    assert "No meeting to come is entered" in told(made(database, AGENDA), Weight.MUST_FIX)


@pytest.fixture
def coming(database: Database, meeting: Meeting) -> Meeting:
    """The next meeting of the board, with a restricted item."""
    held: Meeting = add(
        database,
        Meeting(body="PCN Board", held_on=date(2026, 12, 2), board=meeting.board, starts_at=time(13)),
    )
    add(
        database,
        AgendaItem(meeting=held.id, number=1, title="Welcome", minutes=10),
        AgendaItem(meeting=held.id, number=2, title=f"{SECRET} again", minutes=15, restricted=True),
        AgendaItem(meeting=held.id, number=3, title="Close", minutes=5, ask="agree the dates"),
    )
    return held


def test_an_agenda_gives_times_that_add_up_and_open_actions(database: Database, coming: Meeting) -> None:
    facts = made(database, AGENDA_OWN).facts
    assert [(one.starts, one.title) for one in facts.items] == [
        ("13:00", "Welcome"), ("13:10", f"{SECRET} again"), ("13:25", "Close"),
    ]  # fmt: skip
    assert {one.what for one in facts.open_before} == {"write", "sing", f"call {SECRET}"}
    assert facts.times == "30 minutes planned."


def test_an_agenda_for_others_hides_restricted_items_and_actions_but_keeps_the_times(
    database: Database, coming: Meeting
) -> None:
    paper = made(database, AGENDA)
    assert SECRET not in words_of(paper.content)
    assert SECRET not in facts_to_json(paper.facts).decode()
    assert [one.starts for one in paper.facts.items] == ["13:00", "13:10", "13:25"]


def test_papers_are_remade_from_their_kept_facts(
    database: Database, meeting: Meeting, coming: Meeting
) -> None:
    for paper in (MINUTES, OWN, AGENDA, AGENDA_OWN):
        facts = made(database, paper).facts
        assert facts_from_json(paper, facts_to_json(facts)) == facts


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_printed_as_words(database: Database, words: str) -> None:
    held = add(database, Meeting(body=words or "x", held_on=date(2026, 11, 18), stage=MeetingStage.HELD))
    add(database, AgendaItem(meeting=held.id, number=1, title=words, said=words))
    assert words_of(made(database, OWN, held).content)
    assert words_of(made(database, AGENDA_OWN, held).content)


def test_what_goes_out_after_a_meeting_is_issued_together(
    database: Database, meeting: Meeting, tmp_path: Path
) -> None:
    meetings.finalise(database, meeting.id)
    ready = meeting_papers.ready(database, meeting.id, meeting_papers.AFTER)
    with pytest.raises(errors.PaperRefused, match="acknowledged"):
        meeting_papers.issue(database, meeting.id, ready, tmp_path, acknowledged=False)
    sent = meeting_papers.issue(database, meeting.id, ready, tmp_path, acknowledged=True)
    assert {"minutes", "minutes-own"} <= {one.paper for one in sent}
    assert len(list(tmp_path.glob("2026-11-18 PCN Board*.pdf"))) >= 2


# ---- the voice of general practice


def test_a_board_reads_where_general_practice_has_no_voice(database: Database) -> None:
    body = add(database, Body(name="Wexshire Partnership", kind=BodyKind.CARE_PARTNERSHIP))
    add(database, Seat(body=body.id, seat="Trust", group=SeatGroup.ACUTE, general_practice=False))
    voice = made(database, BOARD).facts.voice
    assert [(one.body, one.heard, one.seats) for one in voice.lines] == [
        ("Wexshire Partnership", "No seat", ())
    ]
    assert "Where general practice has no voice" in words_of(made(database, BOARD).content)


def test_a_place_board_reads_its_vacant_seats_and_gaps(database: Database) -> None:
    body = add(database, Body(name="Place", kind=BodyKind.PLACE_BOARD))
    add(
        database,
        Seat(
            body=body.id, seat="GP provider", group=SeatGroup.PRIMARY_CARE, general_practice=True,
            vacant_since=date(2026, 7, 1),
        ),
    )  # fmt: skip
    voice = made(database, BOARD).facts.voice
    assert voice.lines[0].seats == ("GP provider: vacant since 1 July 2026, 4 months",)
    assert "Place: Primary care leadership, vacant: GP provider" in voice.gaps
    assert (
        voice.by_quarter == "2026/27 Q1: 1 of 1 filled; 2026/27 Q2: 0 of 1 filled; 2026/27 Q3: 0 of 1 filled"
    )


# ---- all minutes of a body


@pytest.fixture
def archive(database: Database, meeting: Meeting) -> Body:
    """The board of the meeting, with its minutes final and amended, an earlier final meeting and one in draft."""
    with database.read() as reader:
        body = reader.get(Body, meeting.board)  # type: ignore[arg-type]
    earlier, draft, elsewhere = add(
        database,
        Meeting(body="PCN Board", board=body.id, held_on=date(2026, 10, 7), stage=MeetingStage.HELD),
        Meeting(body="PCN Board", board=body.id, held_on=date(2026, 11, 4), stage=MeetingStage.DRAFT),
        Meeting(body="Place", held_on=date(2026, 10, 1), stage=MeetingStage.HELD),
    )
    for one, words in ((earlier, "The first was minuted."), (draft, "Unfinished"), (elsewhere, "Elsewhere")):
        add(database, AgendaItem(meeting=one.id, number=1, title="Business", said=words))
    for one in (meeting, earlier, elsewhere):
        meetings.finalise(database, one.id)
    with database.read() as reader:
        (second,) = reader.all(AgendaItem, title="Funds")
    meetings.amend(database, meeting.id, {second.id: "Talked over at length."}, "Put right")
    return body


BOOK, BOOK_OWN = (papers.named(key, papers.PAPERS) for key in ("minutes-book", "minutes-book-own"))


def book(database: Database, paper: Any, body: Body | None) -> papers.Made:
    about = body.id if body is not None else None
    return papers.make(database, paper, papers.asked_of(database, None, AS_OF, about=about))


def test_all_final_minutes_of_a_body_stand_in_the_order_of_its_meetings(
    database: Database, archive: Body
) -> None:
    paper = book(database, BOOK_OWN, archive)
    assert [one.minutes.title for one in paper.facts.bound] == [
        "PCN Board, 7 October 2026",
        "PCN Board, 18 November 2026",
    ]
    words = words_of(paper.content)
    assert words.index("The first was minuted.") < words.index("Talked over at length.")
    assert "Amended because: Put right" in words
    assert "Unfinished" not in words
    assert "PCN Board, 4 November 2026: its minutes are not final" in told(paper, Weight.NOTE)
    assert facts_from_json(BOOK_OWN, facts_to_json(paper.facts)) == paper.facts


def test_all_minutes_for_others_hold_no_word_of_what_is_restricted(database: Database, archive: Body) -> None:
    paper = book(database, BOOK, archive)
    assert SECRET not in facts_to_json(paper.facts).decode()
    assert SECRET not in words_of(paper.content)
    assert "1 restricted item is left out." in without_numbers(words_of(paper.content))
    assert SECRET in words_of(book(database, BOOK_OWN, archive).content)


def test_where_no_body_is_chosen_those_of_all_are_bound_by_day(database: Database, archive: Body) -> None:
    facts = book(database, BOOK, None).facts
    assert facts.whose == "All bodies"
    assert [one.minutes.title.partition(",")[0] for one in facts.bound] == ["Place", "PCN Board", "PCN Board"]
    none = book(database, BOOK, add(database, Body(name="Empty")))
    assert "Empty: no minutes are final yet" in told(none, Weight.MUST_FIX)


def test_a_list_of_all_our_practices_names_none_of_them_and_a_part_of_it_does(
    database: Database, meeting: Meeting
) -> None:
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)[0]
    weir, alder = add(
        database,
        Practice(name="Weir Bank Surgery", network=ours.id),
        Practice(name="Alder House", network=ours.id),
    )
    request = add(database, SupportRequest(practice=weir.id, restricted=True))
    add(database, RequestEvent(request=request.id, happened_on=AS_OF, state=RequestState.SENT))
    add(database, Attendance(meeting=meeting.id, practice=weir.id))
    named = "a practice with an open restricted request"
    assert named in told(made(database, MINUTES, meeting), Weight.MUST_FIX)
    add(database, Attendance(meeting=meeting.id, practice=alder.id, presence=Presence.APOLOGIES))
    assert named not in told(made(database, MINUTES, meeting), Weight.MUST_FIX)
