"""The register of filings: due, noted as sent with the paper that was issued, queried, accepted, replaced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhsdesk.commands import attachments, files, filings, papers
from nhsdesk.domain.filing_rules import WAITING, Standing
from nhsdesk.domain.filings import DueRule, Filing, FilingEvent, FilingKind, FilingState, ReturnToMake, Rhythm
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.sections.filings_due import DueFiling
from nhsdesk.store.database import Database
from tests.conftest import Clock

TODAY = date(2026, 11, 20)
NOVEMBER_6 = date(2026, 11, 6)


@pytest.fixture
def database(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample, open."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def due(database: Database) -> tuple[DueFiling, ...]:
    return filings.register(database).due


def line(database: Database, title: str, period: str) -> DueFiling:
    return next(one for one in due(database) if (one.title, one.period) == (title, period))


def filed(database: Database, title: str, period: str) -> Filing:
    every = filings.register(database).filed
    return next(one.filing for one in every if (one.filing.title, one.filing.period) == (title, period))


def issue_claim(database: Database, folder: Path) -> SentPaper:
    paper = papers.named("arrs-claim", papers.PAPERS)
    made = papers.make(database, paper, papers.asked_of(database, Month(2026, 10), TODAY))
    return papers.issue(database, made, folder / "Claim.xlsx", acknowledged=True)


def test_what_is_due_comes_late_first_and_says_where_its_day_is_written(database: Database) -> None:
    found = due(database)
    first, second = found[:2]
    assert (first.name, first.words) == (
        "Fund statement to the partnership board, 2026/27 Q2",
        "Late by 23 days",
    )
    assert (second.name, second.words) == ("Late advice, October 2026", "Late by 5 days")
    assert "D-010" in second.rule
    assert "section 5" in second.rule
    claim = line(database, "ARRS monthly claim", "October 2026")
    assert (claim.due_on, claim.words, claim.rule) == (None, "Due day not known", "Not known")
    assert [one.standing for one in found] == sorted((one.standing for one in found), key=WAITING.index)


def test_issuing_the_paper_of_a_period_notes_its_filing_in_the_same_step(
    database: Database, tmp_path: Path
) -> None:
    sent = issue_claim(database, tmp_path)
    one = filed(database, "ARRS monthly claim", "October 2026")
    assert (one.state, one.sent, one.sent_on) == (FilingState.SENT, sent.id, TODAY)
    assert not any(each.name == "ARRS monthly claim, October 2026" for each in due(database))
    again = issue_claim(database, tmp_path)
    assert filed(database, "ARRS monthly claim", "October 2026").sent == sent.id != again.id


def test_a_paper_as_at_the_last_day_of_a_quarter_is_that_quarters_return(database: Database) -> None:
    with database.change("Send") as change:
        held = change.reader.all(SentPaper)
        assert not held
        sent = change.add(
            SentPaper(
                paper="fund-statement", title="Fund statement", period="30 September 2026",
                issued_at=database.now(), kept=change.keep_bytes("a.xlsx", b"a", "0" * 64),
                facts=change.keep_bytes("f.json", b"{}", "1" * 64), position=1, program="1",
            )
        )  # fmt: skip
        (noted,) = filings.noted_with(change, sent, TODAY)
    assert (noted.period, noted.due_on) == ("2026/27 Q2", date(2026, 10, 28))
    assert noted.sent == sent.id


def test_a_filing_that_waited_for_months_is_noted_when_its_paper_is_sent(database: Database) -> None:
    with database.change("Send late") as change:
        (rule,) = change.reader.all(ReturnToMake, paper="arrs-claim")
        assert rule.valid_from is None or change.put(replace(rule, valid_from=None))
        waited = Filing(title=rule.title, made_by=rule.id, period="June 2026", due_on=date(2026, 7, 7))
        waiting = change.add(waited)
        sent = change.add(
            SentPaper(
                paper="arrs-claim", title="ARRS monthly claim", period="June 2026", issued_at=database.now(),
                kept=change.keep_bytes("a.xlsx", b"a", "0" * 64),
                facts=change.keep_bytes("f.json", b"{}", "1" * 64), position=1, program="1",
            )
        )  # fmt: skip
        (noted,) = filings.noted_with(change, sent, TODAY)
    assert (noted.id, noted.state, noted.sent) == (waiting.id, FilingState.SENT, sent.id)


def test_a_return_sent_from_elsewhere_is_noted_without_a_paper(database: Database) -> None:
    one = filings.mark_sent(database, line(database, "Late advice", "October 2026"), None, TODAY)
    assert isinstance(one, Filing)
    assert (one.state, one.sent, one.due_on) == (FilingState.SENT, None, date(2026, 11, 15))
    database.undo()
    assert line(database, "Late advice", "October 2026").standing is Standing.LATE


def test_the_filings_that_are_due_are_entered_once(database: Database) -> None:
    waiting = sum(one.filing is None for one in due(database))
    assert filings.make_due(database) == waiting > 0
    assert filings.make_due(database) == 0
    assert all(one.filing is not None for one in due(database))


def test_a_query_keeps_its_words_and_the_file_that_came_back(database: Database, tmp_path: Path) -> None:
    came = tmp_path / "Query.txt"
    came.write_text("Row 4 please", encoding="utf-8")
    one = filed(database, "Late advice", "September 2026")
    done = filings.note(
        database, one.id, FilingState.QUERIED, TODAY, "Row 4 is asked about", attachments.look(came)
    )
    assert done is None
    with database.read() as reader:
        (event,) = reader.all(FilingEvent, filing=one.id)
        assert event.kept is not None
        assert reader.kept_bytes(event.kept.sha256) == b"Row 4 please"
    assert (event.state, event.words) == (FilingState.QUERIED, "Row 4 is asked about")
    assert line(database, "Late advice", "September 2026").standing is Standing.QUERIED
    assert isinstance(filings.note(database, one.id, FilingState.SENT, TODAY), Problem)


def test_a_corrected_return_takes_the_place_of_the_queried_one_and_undo_brings_it_back(
    database: Database, tmp_path: Path
) -> None:
    queried = filed(database, "ARRS monthly claim", "September 2026")
    sent = issue_claim(database, tmp_path)
    corrected = filings.replace(database, queried.id, sent.id, TODAY)
    assert isinstance(corrected, Filing)
    assert (corrected.supersedes, corrected.period, corrected.sent) == (queried.id, "September 2026", sent.id)
    entry = next(one for one in filings.register(database).filed if one.filing.id == corrected.id)
    assert [one.id for one in entry.line] == [corrected.id, queried.id]
    assert isinstance(filings.replace(database, corrected.id, sent.id, TODAY), Problem)
    database.undo()
    assert filed(database, "ARRS monthly claim", "September 2026").state is FilingState.QUERIED


def test_an_invitation_is_declined_after_its_day_with_that_said(database: Database) -> None:
    one = filings.invite(database, "  A pilot ", None, NOVEMBER_6)
    assert isinstance(one, Filing)
    assert (one.kind, one.title) == (FilingKind.INVITATION, "A pilot")
    assert line(database, "A pilot", "").standing is Standing.CLOSED
    assert filings.note(database, one.id, FilingState.DECLINED, TODAY, "Too late.") is None
    with database.read() as reader:
        (event,) = reader.all(FilingEvent, filing=one.id)
    assert event.words == "Too late. Its closing day was 6 November 2026."
    assert isinstance(filings.invite(database, " ", None, None), Problem)


def test_what_is_wrong_with_a_rule_is_told(database: Database) -> None:
    with database.change("Add") as change:
        rule = change.add(
            ReturnToMake(title="A", rhythm=Rhythm.MONTHLY, due_rule=DueRule.FIXED, due_on=TODAY)
        )
    told = [one.sentence for one in filings.register(database).wrong if one.record == Id(rule.id)]
    assert any("fixed day serves" in sentence for sentence in told)
    assert any("which document" in sentence for sentence in told)
