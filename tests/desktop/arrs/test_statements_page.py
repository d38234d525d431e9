"""Statements as a manager works with them: pasted, looked at, taken in, matched, and what became of the claim."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from nhsdesk.domain.claimed import ClaimEvent, ClaimLine, ClaimStage
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.statements import PortalStatement
from nhsdesk.sections import statements as gathered
from tests.desktop import screen
from tests.desktop.desk_side import Person

OCTOBER = Month(2026, 10)
HEADINGS = "Portal label\tHours\tClaimed\tApproved\tPaid\tStatus"
TABLE = "Statement beside the claim"


@pytest.fixture
def at(person: Person) -> Person:
    """Somebody on the page, with October in front."""
    person.goes_to("ARRS", "Statements")
    return person


def page(person: Person) -> QWidget:
    assert person.window.page is not None
    return person.window.page.page


def rows(person: Person, label: str = "", paid: str = "") -> str:
    """October's statement as it would be pasted; it agrees with the claim but for one label."""
    with person.database.read() as reader:
        claim = gathered.claim_of(reader, OCTOBER)
        assert claim is not None
        lines = reader.all(ClaimLine, claim=claim.id)
    told = [HEADINGS]
    for line in lines:
        amount = paid if line.label == label else f"{line.claimed}"
        told.append(f"{line.label}\t{line.hours}\t{line.claimed}\t{line.claimed}\t{amount}\tPaid")
    return "\n".join(told)


def pastes(person: Person, words: str) -> None:
    person.clicks("Take in a statement…")
    person.control("Paste here").setFocus()
    person.pastes(words)


def statements_of(person: Person) -> tuple[PortalStatement, ...]:
    with person.database.read() as reader:
        return reader.all(PortalStatement, month=OCTOBER)


def test_a_month_says_what_it_was_paid_short_and_each_line_has_its_word(at: Person) -> None:
    at.writes("Month", "July 2026")
    assert at.sees("Short-paid by £1,207.54: P-015.")
    first, second, *_ = screen.table(page(at), TABLE)
    assert first[:6] == [
        "P-015", "Enhanced practice nurse 1", "Short-paid by £1,207.54", "£4,767.63", "£3,560.09", "-£1,207.54"
    ]  # fmt: skip
    assert second[2] == "Agrees"
    assert at.status == "July 2026: claimed £113,228.50, paid £112,020.96"


def test_a_statement_is_pasted_looked_at_and_taken_in(at: Person) -> None:
    assert at.sees("No statement for October 2026 was taken in.")
    pastes(at, rows(at, "Paramedic 1", "6,000.00"))
    assert statements_of(at) == ()
    at.clicks("Take in the statement for October 2026")
    assert len(statements_of(at)) == 1
    assert at.sees("Short-paid by £306.50: P-010.")
    assert at.told == "PS-007 for October 2026 was taken in with 26 lines."
    assert at.undoes == "Undo: Take in a portal statement"


def test_what_was_pasted_can_be_left_and_nothing_is_written(at: Person) -> None:
    pastes(at, rows(at))
    at.clicks("Leave it")
    assert statements_of(at) == ()
    assert not at.sees("Take in the statement for October 2026")


def test_a_statement_of_strangers_is_told_and_taken_in_only_all_the_same(at: Person) -> None:
    pastes(
        at, f"{HEADINGS}\nNurse (Canal Side)\t30\t1.00\t1.00\t1.00\tPaid\nOther\t30\t1.00\t1.00\t1.00\tPaid"
    )
    assert at.sees("2 of its 2 labels are of no post here: it may be another PCN's")
    at.clicks("Take in the statement for October 2026 all the same")
    assert len(statements_of(at)) == 1


def test_a_statement_of_another_month_is_told(at: Person) -> None:
    label = rows(at).splitlines()[1].split("\t")[0]
    pastes(at, f"Portal label\tMonth\tPaid\n{label}\tSeptember 2026\t5.00")
    assert at.sees("This statement is for September 2026, and October 2026 is chosen.")
    at.clicks("Leave it")
    pastes(at, f"Portal label\tMonth\tPaid\n{label}\tOctober 2026\t5.00")
    assert at.button("Take in the statement for October 2026").isEnabled()


def test_a_second_statement_says_that_there_is_one(at: Person) -> None:
    pastes(at, rows(at))
    at.clicks("Take in the statement for October 2026")
    pastes(at, rows(at, "Paramedic 1", "1.00"))
    assert at.sees("A statement for October 2026 was taken in before: PS-007")
    at.clicks("Take in the statement for October 2026")
    assert at.sees("Taken in before and not counted: PS-007")


def test_a_line_that_fits_no_post_is_matched_by_a_person(at: Person) -> None:
    pastes(at, rows(at).replace("Paramedic 1", "Paramedic X"))
    assert at.sees("Not matched to a post: “Paramedic X” (no post has this label).")
    at.clicks("Take in the statement for October 2026")
    assert screen.table(page(at), TABLE)[0][:3] == ["none", "Paramedic X", "Not matched to a post"]
    at.clicks("Match it to this post")
    assert at.sees("Choose a post from the list.")
    at.writes("Post the line is for", "P-010 Paramedic 1")
    at.clicks("Match it to this post")
    assert at.sees("Every line agrees: £116,108.20 claimed and paid.")


def test_a_query_and_a_payment_are_noted_of_the_claim(at: Person) -> None:
    at.clicks("Note a query about it")
    assert at.sees("Say what the query is about.")
    at.writes("What was said", "P-015 at 22.5 hours")
    at.clicks("Note a query about it")
    at.writes("Amount", "116,108.20")
    at.clicks("Note that it was paid")
    with at.database.read() as reader:
        query, paid = reader.all(ClaimEvent)[-2:]
    assert (query.stage, query.told, query.amount) == (ClaimStage.QUERIED, "P-015 at 22.5 hours", None)
    assert (paid.stage, paid.amount) == (ClaimStage.PAID, Money.pounds("116108.20"))
    assert at.sees("Claim CL-007, paid.")


def test_an_amount_that_is_none_is_told_beside_it(at: Person) -> None:
    at.writes("Amount", "about 5")
    at.clicks("Note that it was paid")
    assert at.sees("“about 5” could not be read as an amount.")


def test_hostile_words_do_no_harm(at: Person) -> None:
    label = "<b>=HYPERLINK(1)</b>" * 500
    pastes(at, f"{HEADINGS}\n{label}\t60\t-1,000.00\t\t1e9\t<i>")
    at.clicks("Take in the statement for October 2026 all the same")
    assert len(statements_of(at)) == 1
