"""A fund as a person works with it: signs with words, answers noted by keys, money noted on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.funds.funds_page import FundsPage
from nhsdesk.domain.funds import (
    Answered,
    Fund,
    FundEntry,
    FundMovement,
    FundPartner,
    MovementKind,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation, Sector
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import faults_here, told
from tests.desktop.funds.test_integrator_page import add, cells


def page(person: Person, part: str) -> FundsPage:
    person.goes_to("Support and funds", "Funds")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, FundsPage)
    return front


@pytest.fixture
def treasurer(newcomer: Person) -> Person:
    """A file with a fund of two partners, one principle and one entry on which money was spent."""
    trust, federation, fund = add(
        newcomer,
        Organisation(name="The trust", sector=Sector.COMMUNITY_TRUST),
        Organisation(name="The federation", sector=Sector.FEDERATION),
        Fund(name="Development", value=Money.pounds(1_000)),
    )
    (rule,) = add(newcomer, SpendPrinciple(fund=fund.id, words="Data first"))
    _, _, _, entry = add(
        newcomer,
        FundPartner(fund=fund.id, organisation=trust.id),
        FundPartner(fund=fund.id, organisation=federation.id),
        Ratification(principle=rule.id, partner=trust.id, answered_on=date(2026, 7, 22)),
        FundEntry(
            fund=fund.id, what="Tools", planned=Money.pounds(500), principle=rule.id, sector=Sector.PRIVATE
        ),
    )
    spent = MovementKind.SPENT
    add(newcomer, FundMovement(entry=entry.id, kind=spent, amount=Money.pounds(300), on=date(2026, 10, 1)))
    return newcomer


def ratifications(person: Person) -> list[tuple[Answered, date | None]]:
    with person.database.read() as reader:
        return [(one.answer, one.answered_on) for one in reader.all(Ratification)]


def test_a_page_without_a_fund_says_what_belongs_there(newcomer: Person) -> None:
    for part in ("Where it stands", "Entries", "Principles"):
        page(newcomer, part)
        assert newcomer.sees("No fund is recorded. Add it to the list of funds")


def test_holder_on_behalf_of_beneficiary_and_accountable_are_asked_apart(treasurer: Person) -> None:
    page(treasurer, "Where it stands")
    assert treasurer.labels().count("Nobody has said so on file.") == 4
    assert treasurer.sees("£300.00 spent without a ratified principle")
    assert treasurer.sees("£700.00")
    assert treasurer.sees("Whether what is left lapses or carries forward: unknown.")


def test_spend_without_a_ratified_principle_bears_sign_word_and_who_is_missing(treasurer: Person) -> None:
    front = page(treasurer, "Entries").entries
    ((ref, _, rests, *_),) = cells(front.table)
    assert (ref, rests) == ("FE-001", "Not ratified")
    item = front.table.item(0, 2)
    assert item is not None
    assert not item.icon().isNull()
    assert treasurer.sees("£300.00 spent. Not yet ratified by The federation.")


def test_a_partner_ratifies_by_keys_alone_and_the_spend_is_red_no_more(treasurer: Person) -> None:
    front = page(treasurer, "Principles").principles
    assert cells(front.matrix) == [
        ("The trust", "Ratified 22 July 2026"),
        ("The federation", "Not yet ratified"),
    ]
    front.matrix.setFocus()
    treasurer.presses("Down", "Return")
    treasurer.types("19/11/2026")
    treasurer.presses("Tab", "Space")
    assert cells(front.matrix)[1] == ("The federation", "Ratified 19 November 2026")
    assert treasurer.sees("1 of 1 ratified by all partners.")
    assert treasurer.undoes == "Undo: Note the answer of O-003 to FN-001"
    entries = page(treasurer, "Entries").entries
    assert cells(entries.table)[0][2] == "Ratified"
    assert treasurer.sees("£300.00 was spent before every partner had ratified it.")


def test_an_answer_is_refused_taken_back_and_not_of_a_day_to_come(treasurer: Person) -> None:
    front = page(treasurer, "Principles").principles
    front.matrix.setFocus()
    treasurer.presses("Down")
    treasurer.writes("Said on", "1/12/2026", leave=False)
    treasurer.clicks("Mark as ratified")
    assert treasurer.sees("1 December 2026 has not come.")
    treasurer.writes("Said on", "", leave=False)
    treasurer.clicks("Mark as refused")
    assert ratifications(treasurer)[-1] == (Answered.REFUSED, date(2026, 11, 20))
    assert cells(front.matrix)[1][1] == "Refused 20 November 2026"
    treasurer.clicks("Take this answer back")
    assert len(ratifications(treasurer)) == 1


def test_money_is_noted_on_a_day_and_bad_amounts_are_told_beside_the_field(treasurer: Person) -> None:
    front = page(treasurer, "Entries").entries
    for amount, said in (("lots", "amount"), ("-5", "Give an amount above nothing"), ("", "Give an amount")):
        treasurer.writes("Amount", amount, leave=False)
        treasurer.clicks("Note this money")
        assert said in treasurer.beside("Amount")
    treasurer.writes("What happened", "Committed", leave=False)
    treasurer.writes("Amount", "150", leave=False)
    treasurer.writes("On", "3/11/2026", leave=False)
    treasurer.clicks("Note this money")
    assert cells(front.table)[0][4] == "£0.00", "what is spent uses up what was committed"
    treasurer.writes("What happened", "Refunded", leave=False)
    treasurer.writes("Amount", "200", leave=False)
    treasurer.clicks("Note this money")
    assert cells(front.table)[0][4:6] == ("£50.00", "£100.00")
    with treasurer.database.read() as reader:
        assert [one.on for one in reader.all(FundMovement)][1:] == [date(2026, 11, 3), date(2026, 11, 20)]


@pytest.mark.parametrize("part", ["Where it stands", "Entries", "Principles", "Take in a ledger"])
def test_everyone_can_use_each_part(person: Person, qtbot: QtBot, part: str) -> None:
    page(person, part)
    faults = faults_here(person, qtbot, part)
    assert not faults, told(faults)


def test_a_ledger_is_pasted_looked_at_and_noted_as_one_step(treasurer: Person) -> None:
    front = page(treasurer, "Take in a ledger").ledger
    front.box.paste.setFocus()
    treasurer.pastes("Line\tDate\tAmount\nTools\t30 Oct 2026\t40\nAway day\t31 Oct 2026\t60\n")
    assert treasurer.sees("2 amounts to note, 0 noted already.")
    assert treasurer.sees("1 new entry without a principle: Away day.")
    treasurer.clicks("Note 2 amounts")
    assert treasurer.undoes == "Undo: Take in the ledger of F-001"
    table = page(treasurer, "Entries").entries.table
    assert [(one[1], one[5]) for one in cells(table)] == [("Tools", "£340.00"), ("Away day", "£60.00")]


def many(person: Person, number: int) -> Any:
    with person.database.change("Add") as change:
        fund = change.add(Fund(name="Large", value=Money.pounds(10)))
        for n in range(number):
            change.add(FundEntry(fund=fund.id, what=f"Entry {n}"))


def test_many_entries_are_listed(newcomer: Person) -> None:
    many(newcomer, 120)
    front = page(newcomer, "Entries").entries
    assert front.table.rowCount() == 120
    assert newcomer.sees("0 of 120 have money spent without a ratified principle.")
