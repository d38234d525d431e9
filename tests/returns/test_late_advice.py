"""Late advice as a workbook for partners: shares of what may be shown, and nothing that tells of a few requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from nhsdesk.commands import papers
from nhsdesk.domain.assessments import ReplyLine
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Diary, facts_from_json, facts_to_json
from nhsdesk.returns import late_advice
from nhsdesk.store.database import Database

OCTOBER = Month(2026, 10)


@pytest.fixture
def practice(database: Database) -> Id:
    with database.change("Add practice") as change:
        return change.add(Practice(name="Abbey Surgery")).id


def log(database: Database, practice: Id, *counts: tuple[str, int, int, int, int]) -> list[ReplyLine]:
    with database.change("Add reply log") as change:
        return [
            change.add(
                ReplyLine(
                    practice=practice, specialty=name, month=OCTOBER, asked=asked, in_time=in_time, usable=usable,
                    returned=returned,
                )
            )
            for name, asked, in_time, usable, returned in counts
        ]  # fmt: skip


def made(database: Database) -> papers.Made:
    return papers.make(database, late_advice.PAPER, papers.asked_of(database, OCTOBER, None))


def rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    table = openpyxl.load_workbook(BytesIO(content))[sheet]
    values = [row for row in table.iter_rows(values_only=True) if any(cell is not None for cell in row)]
    at = next(n for n, row in enumerate(values) if row[0] in ("Log line", "Month", "Specialty"))
    return [dict(zip(map(str, values[at]), row, strict=False)) for row in values[at + 1 :]]


def test_replies_are_told_by_practice_specialty_and_month_with_their_shares(
    database: Database, practice: Id
) -> None:
    log(database, practice, ("Dermatology", 46, 21, 33, 6))
    (line,) = rows(made(database).content, "Replies")
    assert (line["Practice"], line["Specialty"], line["Asked"]) == ("Abbey Surgery", "Dermatology", 46)
    assert (line["Replied within 5 working days"], float(line["In time (%)"])) == (21, 45.7)
    assert (line["Usable"], line["Work sent back"], line["Shown"]) == (33, 6, "All that is known")


def test_nothing_under_the_smallest_number_is_shown_nor_kept_with_the_paper(
    database: Database, practice: Id
) -> None:
    log(
        database,
        practice,
        ("Cardiology", 31, 27, 28, 1),
        ("Rare", 3, 2, 1, 1),
        ("Dermatology", 46, 21, 33, 6),
    )
    found = made(database)
    shown = {line["Specialty"]: line for line in rows(found.content, "Replies")}
    assert [shown["Rare"][name] for name in ("Asked", "Usable", "Work sent back")] == ["[x]"] * 3
    assert shown["Cardiology"]["Asked"] == "[x]"
    assert shown["Dermatology"]["Asked"] == 46
    (facts,) = found.facts.months
    assert [(one.asked, one.in_time, one.returned) for one in facts.lines] == [
        (None, None, None), (46, 21, 6), (None, None, None),
    ]  # fmt: skip
    assert [float(one["In time (%)"]) for one in rows(found.content, "Months")] == [45.7]
    assert any("fewer than 5 requests" in p.sentence for p in found.problems)


def test_what_is_linked_with_a_restricted_entry_is_in_no_count(database: Database, practice: Id) -> None:
    quiet, *_ = log(database, practice, ("Quiet", 40, 20, 20, 10), ("Dermatology", 46, 21, 33, 6))
    with database.change("Link") as change:
        secret = change.add(Commitment(title="Secret", restricted=True))
        change.add(Link(source=secret.id, target=quiet.id, says=LinkKind.RELATED))
    found = made(database)
    assert [line["Specialty"] for line in rows(found.content, "Replies")] == ["Dermatology"]
    assert [one["Asked in the month"] for one in rows(found.content, "Months")] == [46]
    assert found.facts.restricted == (quiet.ref,)


def test_a_line_that_cannot_be_stops_the_paper_and_is_in_no_count(database: Database, practice: Id) -> None:
    log(database, practice, ("Wrong", 10, 11, 5, 0), ("Dermatology", 46, 21, 33, 6))
    found = made(database)
    assert [p.sentence for p in found.problems if p.weight is Weight.MUST_FIX] == [
        "RL-001: 11 were replied to within 5 working days, of 10 that were asked."
    ]
    assert [line["Log line"] for line in rows(found.content, "Replies")] == ["RL-002"]


def test_an_empty_log_makes_a_workbook_that_says_so(database: Database) -> None:
    found = made(database)
    assert "The reply log has no line for the three months to October 2026." in [
        p.sentence for p in found.problems
    ]
    kept = facts_from_json(late_advice.PAPER, facts_to_json(found.facts))
    assert papers.written(papers.compiled(late_advice.PAPER, kept)) == found.content


def test_it_is_due_on_the_working_day_that_was_settled_and_on_none_otherwise() -> None:
    diary = Diary(date(2026, 11, 20), Rules())
    assert late_advice.due(diary).on is None
    settled = replace(diary, rules=Rules({"papers.late_advice_working_day": "5"}))
    assert late_advice.due(settled).words == "Was due 6 November 2026 for October 2026"
    sent = replace(settled, sent=("October 2026",))
    assert late_advice.due(sent).words == "Due 7 December 2026 for November 2026"
