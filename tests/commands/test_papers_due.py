"""When papers are due, how they are listed, and the words they are known by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nhsdesk.briefings import place_board
from nhsdesk.commands import files, papers
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Rules, readable
from nhsdesk.papers import Diary, Due, no_due_day, read_as_at
from nhsdesk.returns import arrs_claim
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock

CLAIM, BOARD = arrs_claim.PAPER, place_board.PAPER


@pytest.fixture
def database(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample, open."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def claim_due(today: date, day: int, *sent: str) -> Due:
    return CLAIM.due(Diary(today, Rules({"papers.arrs_claim_day": str(day)}), sent))


# ---- the claim


def test_no_closing_day_is_made_up_where_none_was_settled() -> None:
    assert CLAIM.due(Diary(AS_OF, Rules())) == Due("No closing day is settled; add one as a local rule")


@pytest.mark.parametrize(
    ("today", "day", "on", "words"),
    [
        (date(2026, 11, 20), 30, date(2026, 11, 30), "Due 30 November 2026 for October 2026"),
        (date(2026, 11, 30), 30, date(2026, 11, 30), "Due 30 November 2026 for October 2026"),
        (date(2027, 2, 1), 31, date(2027, 2, 28), "Due 28 February 2027 for January 2027"),
        (date(2028, 2, 1), 30, date(2028, 2, 29), "Due 29 February 2028 for January 2028"),
        (date(2027, 4, 1), 31, date(2027, 4, 30), "Due 30 April 2027 for March 2027"),
        (date(2027, 3, 31), 31, date(2027, 3, 31), "Due 31 March 2027 for February 2027"),
        (date(2027, 1, 1), 5, date(2027, 1, 5), "Due 5 January 2027 for December 2026"),
    ],
)
def test_a_claim_is_due_by_the_closing_day_of_the_following_month(
    today: date, day: int, on: date, words: str
) -> None:
    assert claim_due(today, day) == Due(words, on)


def test_a_closing_day_gone_by_is_told_as_gone_by() -> None:
    told = claim_due(date(2026, 11, 20), 10)
    assert told == Due("Was due 10 November 2026 for October 2026", date(2026, 11, 10), late=True)


def test_what_was_sent_makes_the_month_after_it_the_next() -> None:
    assert claim_due(AS_OF, 10, "October 2026").words == "Due 10 December 2026 for November 2026"
    assert claim_due(date(2026, 12, 20), 31, "December 2026").words == "Due 28 February 2027 for January 2027"


def test_a_month_missed_is_still_due_but_not_for_ever() -> None:
    missed = claim_due(date(2026, 12, 1), 30, "September 2026", "August 2026")
    assert missed == Due("Was due 30 November 2026 for October 2026", date(2026, 11, 30), late=True)
    assert claim_due(AS_OF, 30, "April 2025").words == "Was due 30 October 2026 for September 2026"


def test_a_period_that_is_no_month_is_passed_over() -> None:
    assert claim_due(AS_OF, 30, "", "[erased]").words == "Due 30 November 2026 for October 2026"


@pytest.mark.parametrize(
    ("value", "can"), [("0", True), ("31", True), ("32", False), ("-1", False), ("5th", False)]
)
def test_a_closing_day_is_a_day_of_a_month(value: str, can: bool) -> None:
    assert readable("papers.arrs_claim_day", value) is can


# ---- the briefing


def meeting(body: str, held_on: date, number: int = 1) -> Meeting:
    return Meeting(id=Id(number), body=body, held_on=held_on)


def test_the_board_briefing_is_for_the_next_meeting_of_a_board_of_the_place() -> None:
    meetings = (
        meeting("Wexmere Together Partnership Board", date(2027, 1, 20)),
        meeting("Wexmere PLACE board", date(2026, 12, 16)),
        meeting("Place board", date(2026, 11, 19)),
        meeting("Millbrook Green PCN Board", date(2026, 11, 25)),
    )
    told = BOARD.due(Diary(AS_OF, Rules(), (), meetings))
    assert told == Due("For the meeting on 16 December 2026", date(2026, 12, 16))


def test_a_meeting_today_is_still_to_come() -> None:
    told = BOARD.due(Diary(AS_OF, Rules(), (), (meeting("Place board", AS_OF),)))
    assert told.words == "For the meeting on 20 November 2026"


def test_without_a_meeting_entered_no_day_is_made_up() -> None:
    assert BOARD.due(Diary(AS_OF, Rules())).on is None
    assert no_due_day(Diary(AS_OF, Rules())).on is None


# ---- the list


def test_every_paper_is_listed_with_its_due_day_and_what_was_sent_newest_first(
    database: Database, tmp_path: Path
) -> None:
    with database.change("Settle the closing day") as change:
        change.add(LocalRule(key="papers.arrs_claim_day", value="30", starts=date(2026, 4, 1)))
    for number, month in enumerate((Month(2026, 9), Month(2026, 10))):
        made = papers.make(database, CLAIM, papers.asked_of(database, month, None))
        papers.issue(database, made, tmp_path / f"{number}.xlsx", acknowledged=True)
    listed = papers.listed(database)
    assert [one.paper for one in listed] == list(papers.PAPERS)
    claim, board = (next(one for one in listed if one.paper is paper) for paper in (CLAIM, BOARD))
    assert claim.due.words == "Due 30 December 2026 for November 2026"
    assert [one.ref for one in claim.sent] == ["SP-002", "SP-001"]
    assert board.sent == ()


def test_a_paper_counts_as_sent_when_it_was_kept_however_long_it_was_looked_at(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    made = papers.make(database, CLAIM, papers.asked_of(database, None, None))
    clock.moment = clock.moment.replace(hour=16)
    sent = papers.issue(database, made, tmp_path / "x.xlsx", acknowledged=True)
    assert (sent.issued_at.hour, made.asked.made_at.hour) == (16, 9)


def test_a_file_is_called_by_its_mark_its_paper_and_its_period(database: Database) -> None:
    draft = papers.asked_of(database, Month(2026, 10), None, draft=True)
    assert papers.suggested_name(CLAIM, draft) == "SAMPLE DRAFT ARRS monthly claim 2026-10.xlsx"
    asked = papers.asked_of(database, None, AS_OF)
    assert papers.suggested_name(BOARD, asked) == "SAMPLE Place board briefing 2026-11-20.pdf"


def test_papers_say_how_much_is_in_them(database: Database) -> None:
    asked = papers.asked_of(database, Month(2026, 10), None)
    told = [paper.in_short(papers.make(database, paper, asked).facts) for paper in (CLAIM, BOARD)]
    assert told == ["26 posts", "25 commitments, 24 actions"]


def test_a_problem_that_begins_with_a_reference_leads_to_its_entry(database: Database) -> None:
    problems = (
        Problem("C-001 says too much.", Weight.ACKNOWLEDGE),
        Problem("C-999 was never given."),
        Problem("C-0012345678901234567890 is no reference."),
        Problem("15 maxima: RT-002."),
        Problem("P-001 is at home elsewhere.", kind="rate", record=7),
    )
    told = papers.with_entries(database, problems)
    with database.read() as reader:
        first = reader.by_ref("C-001")
    assert first is not None
    assert (told[0].kind, told[0].record, told[0].sentence) == ("commitment", first.id, problems[0].sentence)
    assert told[1:] == problems[1:]


# ---- the day a paper is made as at


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", AS_OF),
        ("30 Oct", date(2026, 10, 30)),
        ("25/12", date(2025, 12, 25)),
        ("20/11", AS_OF),
        ("31 March 2026", date(2026, 3, 31)),
    ],
)
def test_a_day_without_its_year_is_the_last_such_day(text: str, day: date) -> None:
    assert read_as_at(text, AS_OF) == day


@pytest.mark.parametrize("text", ["21 November 2026", "+14", "next Fri"])
def test_no_paper_is_made_as_at_a_day_to_come(text: str) -> None:
    told = read_as_at(text, AS_OF)
    assert isinstance(told, Problem)
    assert "has not come" in told.sentence


def test_what_is_no_day_is_told_as_typed() -> None:
    told = read_as_at("the other <b>week</b>", AS_OF)
    assert isinstance(told, Problem)
    assert "<b>week</b>" in told.sentence
