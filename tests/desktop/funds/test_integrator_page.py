"""The integrator as a person reads it, and functions taken over from others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QTableWidget
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.funds.integrator_page import IntegratorPage
from nhsdesk.domain.integrators import (
    FunctionTransfer,
    Integrator,
    IntegratorFunction,
    IntegratorPartner,
    SelectionCriterion,
    TransferStatus,
)
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.domain.sources import SourceDocument
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import faults_here, told


def page(person: Person, part: str = "Our integrator") -> IntegratorPage:
    person.goes_to("Support and funds", "Integrator")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, IntegratorPage)
    return front


def cells(table: QTableWidget) -> list[tuple[str, ...]]:
    items = [
        [table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())
    ]
    return [tuple("" if item is None else item.text() for item in row) for row in items]


def add(person: Person, *records: Any) -> list[Any]:
    with person.database.change("Add") as change:
        return [change.add(one) for one in records]


def theirs(person: Person, **fields: Any) -> Integrator:
    trust, paper = add(
        person,
        Organisation(name="Riverside Trust", sector=Sector.COMMUNITY_TRUST),
        SourceDocument(title="Paper 9", dated=date(2026, 5, 20)),
    )
    made: Integrator
    (made,) = add(
        person,
        Integrator(
            name="Eastfield Integrator",
            host=trust.id,
            host_document=paper.id,
            host_locator="page 2",
            **fields,
        ),
    )
    return made


def test_a_page_without_an_integrator_says_what_belongs_there(newcomer: Person) -> None:
    page(newcomer)
    assert newcomer.sees("No integrator is recorded. Add yours to the list of integrators")


def test_four_questions_stand_apart_and_one_answer_gives_no_other(newcomer: Person) -> None:
    theirs(newcomer)
    page(newcomer)
    labels = newcomer.labels()
    assert "Riverside Trust\nD-001 Paper 9, page 2, 20 May 2026" in labels
    assert labels.count("Nobody has said so in a document on file.") == 3
    assert labels.count("Unknown") == 3


def test_partners_named_only_as_a_sector_bear_a_word(newcomer: Person) -> None:
    made = theirs(newcomer)
    add(newcomer, IntegratorPartner(integrator=made.id, named_as="primary care", part="partner"))
    front = page(newcomer)
    (line,) = cells(front.overview.table)
    assert line[1] == "primary care (named only as a sector)"
    assert newcomer.sees("GP provider named as a partner? No. Named only as a sector: primary care.")
    assert any("named only as a sector" in one[0] for one in cells(front.overview.to_look_at.table))


def test_a_function_others_have_is_added_by_keys_and_undone(newcomer: Person) -> None:
    made = theirs(newcomer)
    front = page(newcomer, "Who does what").functions
    assert newcomer.sees("The list is partial")
    front.suggested.setFocus()
    newcomer.presses("Down", "Return")
    with newcomer.database.read() as reader:
        (added,) = reader.all(IntegratorFunction, integrator=made.id)
    assert added.name == "Business intelligence"
    assert cells(front.functions) == [
        ("IF-001", "Business intelligence", "unknown", "unknown", "none agreed")
    ]
    assert newcomer.undoes == "Undo: Add functions to IG-001"


def test_our_own_scores_are_said_to_be_for_our_own_board(newcomer: Person) -> None:
    made = theirs(newcomer)
    add(newcomer, SelectionCriterion(integrator=made.id, criterion="GP skills", our_score=4))
    front = page(newcomer, "Selection")
    assert cells(front.selection.table) == [("SL-001", "GP skills", "4 of 5", "")]
    assert newcomer.sees("go to our own board only")


def test_what_moves_is_listed_with_from_to_day_and_status(newcomer: Person) -> None:
    add(
        newcomer,
        FunctionTransfer(
            function="General practice", moves_from="ICB", moves_to="provider", status=TransferStatus.REPORTED
        ),
    )
    front = page(newcomer, "Functions that move")
    ((_, function, known, where),) = cells(front.moves.table)
    assert (function, known) == ("General practice", "From ICB to provider. Expected: unknown. Reported.")
    assert where == "not said where this is written"


def test_four_arrangements_elsewhere_are_examples_and_in_no_list(newcomer: Person) -> None:
    front = page(newcomer, "Elsewhere")
    places = [one[0] for one in cells(front.elsewhere.table)]
    assert places == [f"{name} (example)" for name in ("Bexley", "Lambeth", "Lewisham", "Southwark")]
    assert newcomer.sees("they are not in your PCN file, and no paper prints them as yours")
    front.elsewhere.table.setFocus()
    newcomer.presses("Down", "Down")
    told_of = newcomer.reads("What was told of this arrangement")
    assert told_of.startswith("Lewisham: an example, not your data")
    assert "primary care (named only as a sector)" in told_of
    newcomer.presses("Down")
    southwark = newcomer.reads("What was told of this arrangement")
    assert "Who hosts it: Guy's and St Thomas' NHS Foundation Trust" in southwark
    assert "Improving Health Ltd, Quay Health Solutions" in southwark
    with newcomer.database.read() as reader:
        assert reader.all(Integrator) == ()


def test_of_two_integrators_the_chosen_one_is_shown_and_stays_chosen(newcomer: Person) -> None:
    theirs(newcomer)
    add(newcomer, Integrator(name="Westfield Integrator"))
    page(newcomer)
    newcomer.writes("Which integrator", "IG-002 Westfield Integrator", leave=False)
    newcomer.presses("Return")
    add(newcomer, Integrator(name="Northfield Integrator"))
    newcomer.goes_to("Today")
    page(newcomer)
    assert newcomer.sees("IG-002 Westfield Integrator")
    assert newcomer.reads("Which integrator") == "IG-002 Westfield Integrator"


@pytest.mark.parametrize(
    "part", ["Our integrator", "Who does what", "Selection", "Functions that move", "Elsewhere"]
)
def test_everyone_can_use_each_part(person: Person, qtbot: QtBot, part: str) -> None:
    page(person, part)
    faults = faults_here(person, qtbot, part)
    assert not faults, told(faults)
