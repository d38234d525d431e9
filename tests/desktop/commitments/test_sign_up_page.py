"""Contracts under watch, practices that decide on an offer one after the other, and who has signed what."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.commitments.sign_up_page import SignUpPage
from nhsdesk.domain.contracts import Decided, SignUpDecision, SignUpRisk
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import faults_here, told


def page(person: Person, part: str) -> SignUpPage:
    person.goes_to("Commitments", "Contracts and sign-up")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, SignUpPage)
    return front


def cells(table: QTableWidget) -> list[tuple[str, ...]]:
    items = [
        [table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())
    ]
    return [tuple("" if item is None else item.text() for item in row) for row in items]


def decisions(person: Person) -> tuple[SignUpDecision, ...]:
    with person.database.read() as reader:
        return reader.all(SignUpDecision)


def test_a_contract_under_watch_says_core_scope_layers_holder_and_legal_form(director: Person) -> None:
    shown = page(director, "Contracts").contracts
    assert cells(shown.list) == [
        ("K-001", "Integrated health organisation", "Silent", "Wexmere Hospitals (acute trust, NHS foundation trust)",
         "4 reasons"),
    ]  # fmt: skip
    told = director.reads("What is said of this contract")
    assert "Not yet known what it lies on top of." in told
    assert "Wexmere Hospitals holds it, which is not general practice: acute trust." in told
    assert director.sees("1 contract is watched. Of 1 the holder or manager wants a look.")


def test_practices_sign_up_one_after_the_other_without_leaving_the_page(director: Person) -> None:
    front = page(director, "Decisions")
    shown = front.decisions
    assert director.sees("£136,306.79 (6.2%) above the national entitlement")
    assert director.sees("Decide by 18 December 2026: 28 days left. 0 of 2 practices have consented.")
    assert "ARRS sum: £2,199,493.21" in director.reads("What the offer comes to")
    director.clicks("Begin the decisions of 2 practices")
    assert director.undoes == "Undo: Begin the decisions on LV-001"
    director.turns_to("1 Facts, for, against")
    director.writes("Facts", "Four sessions a week")
    director.writes("For", "The money")
    director.clicks("Copy these facts to the other practices")
    assert "The facts were copied to 1 practice." in director.told
    director.turns_to("2 Risks")
    director.writes("What may happen", "The team is late", leave=False)
    director.writes("Likelihood, 1 to 5", "3", leave=False)
    director.writes("Consequence, 1 to 5", "4", leave=False)
    director.clicks("Add this risk")
    assert "12 high (3 × 4) was added." in director.told
    director.turns_to("3 Decision")
    assert director.sees("This is a decision of the practice's partners; talk to your LMC.")
    director.writes("What the partners decided", "Agreed", leave=False)
    director.writes("Said or signed on", "18/11/2026", leave=False)
    director.clicks("Note the decision")
    assert director.sees("Give the role that signed: without it this is no consent.")
    director.writes("Signed by, as a role", "Senior partner", leave=False)
    director.clicks("Note the decision")
    assert "Agreed: consent signed on 18 November 2026 by Senior partner." in director.told
    director.presses("F8")
    assert director.reads("What the partners decided") == "Undecided"
    director.writes("What the partners decided", "Leaning to agree", leave=False)
    director.writes("Said or signed on", "19/11/2026", leave=False)
    director.clicks("Note the decision")
    assert "this is no consent" in director.told
    front.shown()
    shown.look()
    assert cells(shown.practices) == [
        ("Abbey Surgery", "Consent signed", "4 of 5 steps"),
        ("Brook Surgery", "Leaning to agree", "1 of 5 steps"),
    ]
    first, second = decisions(director)
    assert (first.decided, second.decided) == (Decided.AGREED, Decided.LEANING)
    assert (first.facts, second.facts, first.reasons_for) == (
        "Four sessions a week",
        "Four sessions a week",
        "The money",
    )
    assert director.sees("1 of 2 practices has consented. The consent of each is needed.")


def test_what_was_noted_and_undone_stands_so_in_the_form(director: Person) -> None:
    shown = page(director, "Decisions").decisions
    director.clicks("Begin the decisions of 2 practices")
    director.turns_to("3 Decision")
    director.writes("What the partners decided", "Declined", leave=False)
    director.writes("Said or signed on", "19/11/2026", leave=False)
    director.clicks("Note the decision")
    director.presses("Ctrl+Z")
    shown.look()
    assert decisions(director)[0].decided is Decided.UNDECIDED
    assert director.reads("What the partners decided") == "Undecided"


def test_a_risk_without_words_is_not_added_and_one_is_removed_again(director: Person) -> None:
    shown = page(director, "Decisions").decisions
    director.clicks("Begin the decisions of 2 practices")
    director.turns_to("2 Risks")
    director.clicks("Add this risk")
    assert director.sees("Say what may happen.")
    director.writes("What may happen", "Staff leave", leave=False)
    director.clicks("Add this risk")
    shown.look()
    director.clicks("Remove the chosen risk")
    with director.database.read() as reader:
        assert reader.all(SignUpRisk) == ()


def test_who_has_signed_what_stands_in_a_matrix(director: Person) -> None:
    shown = page(director, "Agreements").agreements
    assert cells(shown.list)[0][:5] == (
        "AG-001", "INT data sharing", "v0.9", "1 of 2", "Not signed by all; binds those who signed",
    )  # fmt: skip
    assert cells(shown.matrix) == [
        ("Abbey Surgery", "Signed 30 October 2026"),
        ("Wexshire ICB", "Not signed"),
    ]
    assert "Not yet signed by: Wexshire ICB." in director.reads("What is to be known of this agreement")


def test_a_file_with_nothing_says_what_belongs_here(newcomer: Person) -> None:
    page(newcomer, "Contracts")
    assert newcomer.sees("No contract is listed.")
    newcomer.turns_to("Decisions")
    assert newcomer.sees("No offer is listed.")
    newcomer.turns_to("Agreements")
    assert newcomer.sees("No agreement is listed.")


@pytest.mark.parametrize("zoom", [100, 200])
def test_the_filled_pages_are_named_reached_and_not_cut_off(
    director: Person, qtbot: QtBot, zoom: int
) -> None:
    for _ in range((zoom - 100) // 25):
        director.presses("Ctrl++")
    director.window.resize(1366, 768)
    page(director, "Decisions")
    director.clicks("Begin the decisions of 2 practices")
    faults = []
    for step in ("The offer", "1 Facts, for, against", "2 Risks", "3 Decision"):
        director.turns_to(step)
        faults += faults_here(director, qtbot, step, walk=zoom == 100)
    for part in ("Contracts", "Agreements"):
        director.turns_to(part)
        faults += faults_here(director, qtbot, part, walk=zoom == 100)
    director.goes_to("Commitments", "Requests and questions")
    for part in ("Data requests", "Questions", "Information requests"):
        director.turns_to(part)
        faults += faults_here(director, qtbot, part, walk=zoom == 100)
    assert not faults, told(faults)
