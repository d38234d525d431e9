"""What boards read of support requests: counts that single nobody out, alone or beside the paper before."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from nhsdesk.commands import papers
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import Category, Level, RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.service_levels import Clock as Until
from nhsdesk.domain.service_levels import ServiceLevel
from nhsdesk.sections import support
from nhsdesk.store.database import Database
from tests.conftest import Clock

SENT_ON = date(2026, 11, 2)


@pytest.fixture
def bases(database: Database) -> list[Practice]:
    with database.change("Add practices") as change:
        return [change.add(Practice(name=f"Practice {n}", ods_code=f"Y9990{n}")) for n in range(8)]


def ask(database: Database, bases: list[Practice], times: int, **fields: Any) -> None:
    """Requests sent on 2 November, of one practice after the other."""
    held: dict[str, Any] = {"category": Category.DIGITAL, "level": Level.TARGETED, **fields}
    with database.change("Ask") as change:
        for n in range(times):
            one = change.add(SupportRequest(practice=bases[n % len(bases)].id, **held))
            change.add(RequestEvent(request=one.id, happened_on=SENT_ON, state=RequestState.SENT))


def close(database: Database, how_many: int) -> None:
    """Closes so many of the first, those closed already once more."""
    with database.change("Close") as change:
        for one in change.reader.all(SupportRequest)[:how_many]:
            change.add(
                RequestEvent(request=one.id, happened_on=date(2026, 11, 20), state=RequestState.CLOSED)
            )


def asked(database: Database) -> Any:
    return papers.asked_of(database, None, None)


def counted(database: Database) -> support.Facts:
    with database.read() as reader:
        return support.gather(reader, asked(database))


def tables(facts: support.Facts) -> dict[str, dict[str, int]]:
    """What is shown and not nought, table by table."""
    return {
        one.name: {group.state: group.requests for group in one.groups if group.requests}
        for one in facts.tables
    }


def issue(database: Database, folder: Path, key: str = "support-counts") -> Any:
    paper = papers.named(key, papers.PAPERS)
    made = papers.make(database, paper, asked(database))
    target = folder / f"{key} {database.head.position}{papers.ending(paper)}"
    papers.issue(database, made, target, acknowledged=True)
    return made.facts.support if hasattr(made.facts, "support") else made.facts


def test_requests_are_counted_in_five_ways_over_the_same_total(
    database: Database, bases: list[Practice]
) -> None:
    with database.change("Agree") as change:
        change.add(ServiceLevel(clock=Until.ACKNOWLEDGE, amount=2, starts=date(2026, 4, 1)))
    ask(database, bases, 6)
    ask(database, bases, 7, category=Category.ESTATES, level=None)
    facts = counted(database)
    assert facts.total == 13
    assert tables(facts) == {
        support.BY_STATE: {"Sent": 13},
        support.BY_CATEGORY: {"Digital": 6, "Estates": 7},
        support.BY_LEVEL: {"Targeted": 6, "Not said": 7},
        support.BY_AGE: {"2 to 4 weeks": 13},
        support.BY_LATENESS: {"Late": 13},
    }


def test_a_table_that_gives_too_much_away_is_hidden_whole_and_the_others_stay(
    database: Database, bases: list[Practice]
) -> None:
    ask(database, bases[:1], 6)
    ask(database, bases, 7, level=Level.INTENSIVE, category=Category.DIGITAL)
    found = tables(counted(database))
    assert found[support.BY_LEVEL] == {}
    assert found[support.BY_CATEGORY] == {"Digital": 13}
    words = [block.text for block in support.section(counted(database)).blocks if hasattr(block, "text")]
    assert "Too few to be shown: by level of support." in words


def test_of_fewer_than_five_requests_nothing_at_all_is_told(
    database: Database, bases: list[Practice]
) -> None:
    ask(database, bases, 4)
    facts = counted(database)
    assert (facts.total, tables(facts)) == (None, {name: {} for name in tables(facts)})
    words = [getattr(block, "text", "") for block in support.section(facts).blocks]
    assert "Too few requests were sent for any number to be shown." in words


# ---- two papers, one after the other


def test_one_more_request_changes_no_figure_that_was_printed(
    database: Database, bases: list[Practice], tmp_path: Path, clock: Clock
) -> None:
    ask(database, bases, 6)
    first = issue(database, tmp_path)
    clock.moment += timedelta(days=3)
    ask(database, bases, 1, category=Category.SAFETY)
    second = issue(database, tmp_path)
    assert (second.total, second.tables) == (first.total, first.tables)
    assert second.held_back
    assert "6 requests were sent by 20 November 2026. Newer figures" in support.total_words(second)


def test_what_another_paper_printed_counts_as_printed(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    ask(database, bases, 6)
    issue(database, tmp_path, "place-board")
    ask(database, bases, 2)
    assert counted(database).total == 6


def test_enough_newer_requests_of_enough_practices_are_printed(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    ask(database, bases, 6)
    issue(database, tmp_path)
    ask(database, bases, 5)
    facts = counted(database)
    assert (facts.total, facts.held_back) == (11, False)
    assert tables(facts)[support.BY_STATE] == {"Sent": 11}


def test_five_more_of_one_practice_are_not(database: Database, bases: list[Practice], tmp_path: Path) -> None:
    ask(database, bases, 6)
    issue(database, tmp_path)
    ask(database, bases[:1], 5)
    assert tables(counted(database))[support.BY_STATE] == {"Sent": 6}


def test_a_request_that_moves_on_leaves_its_table_as_printed_and_others_stay_fresh(
    database: Database, bases: list[Practice], tmp_path: Path, clock: Clock
) -> None:
    ask(database, bases, 18)
    close(database, 6)
    issue(database, tmp_path)
    clock.moment += timedelta(days=4)
    close(database, 7)
    facts = counted(database)
    days = {one.name: one.as_at for one in facts.tables}
    assert tables(facts)[support.BY_STATE] == {"Sent": 12, "Closed": 6}
    assert days[support.BY_STATE] == date(2026, 11, 20)
    assert days[support.BY_CATEGORY] == date(2026, 11, 24)
    words = [getattr(block, "text", "") for block in support.section(facts).blocks]
    assert any(
        told.startswith("By where it stands, the figures are those of 20 November 2026.") for told in words
    )


def test_what_our_own_board_read_is_no_printed_figure(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    ask(database, bases, 6)
    issue(database, tmp_path, "support-requests")
    ask(database, bases, 1)
    assert counted(database).total == 7


def test_two_successive_papers_never_differ_by_few_whatever_comes_between(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    """Each figure, and each total, of every pair of papers in a growing year."""
    before: support.Facts | None = None
    for n, more in enumerate((5, 1, 3, 2, 6, 1, 4)):
        ask(database, bases[n:] + bases[:n], more, category=list(Category)[n % 2])
        now = issue(database, tmp_path)
        if before is not None:
            assert abs((now.total or 0) - (before.total or 0)) not in range(1, 5)
            then = {(table.name, one.state): one.requests for table in before.tables for one in table.groups}
            for table in now.tables:
                for one in table.groups:
                    was = then[table.name, one.state]
                    assert None in (was, one.requests) or abs(one.requests - was) not in range(1, 5)
        before = now


# ---- the workbooks


def words_in(path: Path) -> str:
    return "\n".join(
        str(cell.value) for sheet in load_workbook(path) for row in sheet for cell in row if cell.value
    )


def test_our_own_board_reads_every_request_and_who_holds_a_copy(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    ask(database, bases, 2, offer="Two sessions", no_mandated_model=False, wanted_outcome="Cover")
    issue(database, tmp_path, "support-requests")
    words = words_in(next(tmp_path.glob("support-requests*")))
    for told in (
        "SR-001",
        "Practice 1",
        "Cover",
        "Broken: mandates a model",
        "for our own board only",
        "2 requests.",
    ):
        assert told in words


def test_our_own_board_reads_of_safety_concerns_where_they_were_reported_and_what_is_late(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    with database.change("Agree") as change:
        change.add(ServiceLevel(clock=Until.ACKNOWLEDGE, amount=2, starts=date(2026, 4, 1)))
    ask(database, bases, 1, safety_concern=True, reported_elsewhere="ICB quality team, 2 November", risk=5)
    issue(database, tmp_path, "support-requests")
    file = load_workbook(next(tmp_path.glob("support-requests*")))
    asked_for = [cell.value for cell in file["Requests"][5]]
    stands = [cell.value for cell in file["Where they stand"][5]]
    assert asked_for[5:9] == [5, "[x]", "Yes", "ICB quality team, 2 November"]
    assert (stands[2], *stands[-2:]) == ("Sent", "Late", "Yes")
    assert "1 open request is late. 1 passed a time limit" in words_in(
        next(tmp_path.glob("support-requests*"))
    )


def test_what_met_its_limit_late_is_told_from_what_is_late_now(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    with database.change("Agree") as change:
        change.add(ServiceLevel(clock=Until.ACKNOWLEDGE, amount=2, starts=date(2026, 4, 1)))
    ask(database, bases, 5)
    with database.change("Acknowledge three late") as change:
        for one in change.reader.all(SupportRequest)[:3]:
            day = date(2026, 11, 9)
            change.add(RequestEvent(request=one.id, happened_on=day, state=RequestState.ACKNOWLEDGED))
    issue(database, tmp_path, "support-requests")
    words = words_in(next(tmp_path.glob("support-requests*")))
    assert "2 open requests are late. 5 passed a time limit" in words


def test_others_read_counts_and_no_practice_and_no_reference(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    ask(database, bases, 6, wanted_outcome="Cover")
    issue(database, tmp_path)
    words = words_in(next(tmp_path.glob("support-counts*")))
    assert "6 requests were sent by 20 November 2026." in words
    for hidden in ("SR-0", "Practice 1", "Y9990", "Cover\n"):
        assert hidden not in words


def test_a_request_closed_once_more_ended_on_the_later_day(
    database: Database, bases: list[Practice], tmp_path: Path
) -> None:
    ask(database, bases, 1)
    with database.change("Close, open again, close") as change:
        (one,) = change.reader.all(SupportRequest)
        for day, state in ((5, RequestState.CLOSED), (9, RequestState.SENT), (18, RequestState.CLOSED)):
            change.add(RequestEvent(request=one.id, happened_on=date(2026, 11, day), state=state))
    (line,) = issue(database, tmp_path, "support-requests").requests.lines
    assert (line.ended_on, line.days_open) == (date(2026, 11, 18), 16)
