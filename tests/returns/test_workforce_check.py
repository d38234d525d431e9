"""The NWRS reconciliation as a workbook: what it says, what stands in its way, and when it is due."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import blocks as read_blocks
from nhsdesk.commands import files, papers, workforce
from nhsdesk.domain import blocks
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Audience, Diary, facts_from_json, facts_to_json
from nhsdesk.returns import workforce_check
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.sections.making import post

NOVEMBER = Month(2026, 11)
TODAY = date(2026, 11, 20)
HEADINGS = "Unique identifier\tFirst name\tDetailed staff role\tContracted weekly hours\tRecord status"
ROWS = (
    "1\tSecretname\tPharmacist\t37.5\tSubmitted",
    "2\tSecretname\tCare Coordinator\t22.5\tIn progress",
    "3\tSecretname\tPeer Support Worker\t30\tSubmitted",
    "4\tSecretname\tParamedic\t30\tSubmitted",
    "5\tSecretname\tClinical Director – Medical\t7.5\tSubmitted",
)


def take_in(database: Database, *lines: str) -> None:
    block = read_blocks.from_text("\n".join((HEADINGS, *lines)), workforce.WANTED)
    rows = blocks.read(block, workforce.WANTED, blocks.guess(block, workforce.WANTED, {}), TODAY)
    workforce.take_in(database, rows, "export.csv", {})


@pytest.fixture
def filled(database: Database) -> Database:
    """Two posts and an export that differs from them."""
    post(database, "4000", portal_label="=1+1")
    post(database, "1500", "30", Role.CARE_COORDINATOR, portal_label="<b>Care coordinator 1")
    take_in(database, *ROWS)
    return database


def made(database: Database, month: Month = NOVEMBER) -> papers.Made:
    return papers.make(database, workforce_check.PAPER, papers.asked_of(database, month, None))


def sheets(content: bytes) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    found = {}
    for page in book:
        lines = list(page.iter_rows(min_row=4, values_only=True))
        heads = lines[0] if lines else ()
        found[page.title] = [dict(zip(heads, line, strict=True)) for line in lines[1:]]
    return found


def sentences(database: Database, month: Month = NOVEMBER) -> list[str]:
    return [one.sentence for one in made(database, month).problems]


def test_it_says_by_post_and_by_role_what_differs_and_names_nobody(filled: Database) -> None:
    ready = made(filled)
    book = sheets(ready.content)
    assert [(one["Post"], one["Outcome"]) for one in book["By post"]] == [
        ("P-001", "Agrees"),
        ("P-002", "Hours differ; Not “Submitted”, so not counted"),
    ]
    assert book["By post"][0]["Portal label"] == "=1+1"
    assert [one["Role on NWRS"] for one in book["Missing here"]] == ["Paramedic", "Peer Support Worker"]
    assert [(one["Role"], one["NWRS less posts"]) for one in book["By role"]] == [
        ("Care coordinator", -0.8),
        ("Clinical pharmacist", 0),
        ("Paramedic", 0.8),
        ("All ARRS roles", 0),
    ]
    assert {one["Check"]: one["Answer"] for one in book["Checklist"]}["Leavers are marked as left"] == (
        "Not answered"
    )
    counted = {one["Role on NWRS"]: one["Counts as"] for one in book["Crosswalk"]}
    assert counted["Peer Support Worker"] == "Not settled"
    assert counted["Clinical Director – Medical"] == "Not an ARRS role"
    assert b"Secretname" not in facts_to_json(ready.facts)


def test_it_is_for_our_own_board_and_kept_facts_come_back_the_same(filled: Database) -> None:
    ready = made(filled)
    assert workforce_check.PAPER.audience is Audience.OWN_BOARD
    assert facts_from_json(workforce_check.PAPER, facts_to_json(ready.facts)) == ready.facts
    assert workforce_check.PAPER.in_short(ready.facts) == "2 posts"


def test_what_is_not_settled_and_a_check_not_taken_must_be_acknowledged(filled: Database) -> None:
    problems = made(filled).problems
    assert [one.sentence for one in problems] == [
        "Roles on NWRS that are not in the crosswalk count as nothing here: 1, in 1 row. Settle them on the NWRS page.",
        "The check for November 2026 is not taken.",
    ]
    assert {one.weight for one in problems} == {Weight.ACKNOWLEDGE}


def test_a_yes_against_what_is_known_is_told(filled: Database) -> None:
    workforce.take_check(filled, NOVEMBER, {"submitted": True, "hours_agree": False})
    told = " ".join(sentences(filled))
    assert "“Every record reads “Submitted”” is answered with yes, but: 1 row is not “Submitted”" in told
    assert "Hours agree" not in told
    assert "The check has lines without an answer: Leavers are marked as left;" in told


def test_without_an_export_posts_are_listed_with_what_is_noted(database: Database) -> None:
    post(database, "4000", on_nwrs=True, nwrs_checked=date(2026, 10, 30))
    assert "nothing is compared" in sentences(database)[0]
    (line,) = sheets(made(database).content)["By post"]
    assert (line["Outcome"], line["What was found"]) == ("Noted as on NWRS", "Looked at on 30 October 2026.")


def test_an_empty_file_makes_an_empty_workbook(database: Database) -> None:
    book = sheets(made(database).content)
    assert len(book["Checklist"]) == 6
    assert [one["Role"] for one in book["By role"]] == ["All ARRS roles"]


def test_a_month_that_has_not_begun_is_refused(filled: Database, tmp_path: Path) -> None:
    with pytest.raises(errors.PaperRefused, match="has not begun"):
        papers.issue(filled, made(filled, Month(2027, 1)), tmp_path / "x.xlsx", acknowledged=True)


def test_it_is_due_at_the_months_end_and_the_next_one_when_it_was_sent() -> None:
    due = workforce_check.due(Diary(TODAY, Rules()))
    assert (due.words, due.on, due.late) == (
        "Due 30 November 2026 for November 2026",
        date(2026, 11, 30),
        False,
    )
    sent = workforce_check.due(Diary(TODAY, Rules(), ("November 2026", "nonsense")))
    assert sent.words == "Due 31 December 2026 for December 2026"
    assert workforce_check.due(Diary(TODAY, Rules(), ("June 2026",))).on == date(2026, 11, 30)


def test_the_sample_is_reconciled_and_says_that_one_post_is_not_on_nwrs(sample: Path, clock: Clock) -> None:
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        ready = made(opened)
    lines = {one["Post"]: one["Outcome"] for one in sheets(ready.content)["By post"]}
    assert lines["P-013"] == "Noted as not on NWRS"
    assert "P-021" not in lines
    assert len(lines) == 26
    starters = next(one for one in ready.facts.check.lines if one.name == "starters")
    assert "Noted as not on NWRS: P-013" in starters.known
