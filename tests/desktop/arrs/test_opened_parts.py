"""The opened parts of Statements and Uplifts, as a screen reader, keys and large type find them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.theme import Look
from nhsdesk.domain.arrs import BackPay
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import faults_here, told

STATEMENT = "Portal label\tHours\tPaid\nParamedic 1\t37.5\t5\nParamedic X\t37.5\tabout 6"


def takes_in(person: Person) -> None:
    person.goes_to("ARRS", "Statements")
    person.clicks("Take in a statement…")
    person.control("Paste here").setFocus()
    person.pastes(STATEMENT)


def matches(person: Person) -> None:
    takes_in(person)
    person.clicks("Take in the statement for October 2026")


def records_back_pay(person: Person) -> None:
    person.goes_to("ARRS", "Uplifts")
    person.clicks("Record back-pay for many posts…")
    person.writes("Rise (%)", "2")


def drafts(person: Person) -> None:
    with person.database.change("Confirm all back-pay") as change:
        for one in change.reader.all(BackPay):
            if one.paid_on is None:
                change.put(replace(one, paid_on=date(2026, 11, 12)))
    person.goes_to("ARRS", "Uplifts")
    person.clicks("Begin the uplift claim")
    person.control("Paste the ICB's figures here").setFocus()
    person.pastes("P-001\t368.76\nP-002\t333.00")
    person.clicks("Mark the uplift as submitted…")


def submits(person: Person) -> None:
    drafts(person)
    person.clicks("Yes, mark as submitted")


@pytest.mark.parametrize("work", [takes_in, matches, records_back_pay, drafts, submits])
@pytest.mark.parametrize(("zoom", "look"), [(100, Look.LIGHT), (200, Look.CONTRAST)])
def test_opened_parts_are_named_large_enough_and_reached_by_keys(
    person: Person, qtbot: QtBot, work: Callable[[Person], None], zoom: int, look: Look
) -> None:
    person.action(look.value[:1].upper() + look.value[1:]).trigger()
    for _ in range((zoom - 100) // 25):
        person.presses("Ctrl++")
    work(person)
    faults = faults_here(person, qtbot, work.__name__)
    assert not faults, told(faults)
