"""The position page as a person finds it: figures, the chart's numbers, what rests on what, scenarios, next year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files
from nhsdesk.desktop.arrs.position_page import PositionPage
from nhsdesk.desktop.chart_view import Drawing
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.scenarios import Scenario, ScenarioPost
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of, tab_to
from tests.desktop.conftest import Opened
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import faults_here, told
from tests.desktop.screen import table
from tests.sections.claiming import sample_year

PARTS = (
    "By month",
    "By role",
    "Planned starters",
    "Not claimed",
    "Scenarios",
    "Next year",
    "What it rests on",
)


@pytest.fixture
def at_position(opens: Opened, sample: Path, clock: Clock) -> Person:
    """Somebody on the page, with the sample's whole year entered."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        sample_year(opened)
    person = opens(sample)
    person.goes_to("ARRS", "Position")
    return person


def page(person: Person) -> PositionPage:
    assert person.window.page is not None
    shown = person.window.page.page
    assert isinstance(shown, PositionPage)
    return shown


def in_sight(person: Person, kind: type[Drawing]) -> Drawing:
    return next(one for one in person.window.findChildren(kind) if one.isVisible())


def test_the_figures_and_what_would_be_lost_come_first(at_position: Person) -> None:
    for words in ("£1,552,451.48", "£781,848.11", "£584,130.30", "£1,365,978.41", "£186,473.07"):
        assert at_position.sees(words)
    assert at_position.sees("£186,473.07 will be lost on 31 March unless it is spent.")
    assert at_position.sees("advertise by 7 December 2026.")
    assert at_position.status == "2026/27: £1,365,978.41 forecast outturn, £186,473.07 headroom"


def test_the_numbers_of_the_chart_are_one_key_away(at_position: Person) -> None:
    drawing = in_sight(at_position, Drawing)
    said = QAccessible.queryAccessibleInterface(drawing)
    assert said.text(QAccessible.Text.Name) == "ARRS by month, 2026/27, in pounds"
    assert "£781,848.11 is claimed for April 2026 to October 2026" in said.text(QAccessible.Text.Description)
    tab_to(at_position.window, lambda one: one is drawing, "the chart")
    at_position.presses("Return")
    numbers = table(page(at_position), "The numbers of ARRS by month, 2026/27, in pounds")
    assert numbers[6][:2] == ["October 2026", "£116,108.20"]
    at_position.presses("Space")
    assert at_position.focus is drawing
    shown = [one for one in page(at_position).findChildren(QTableView) if one.isVisible()]
    assert not any(name_of(one).startswith("The numbers") for one in shown)


def test_a_month_shows_the_posts_it_rests_on_and_each_opens(at_position: Person) -> None:
    months = table(page(at_position), "By month")
    assert months[3] == [
        "July 2026 (M4)", "£113,228.50", "£5,056.45", "£0.00", "£118,284.95", "£0.00",
    ]  # fmt: skip
    assert months[-1][0] == "Total"
    assert months[-1][4] == "£1,365,978.41"
    tab_to(
        at_position.window,
        lambda one: name_of(one) == "By month" and isinstance(one, QTableView),
        "the months",
    )
    at_position.presses("Down", "Down", "Down", "Return")
    assert at_position.sees("July 2026 (M4) rests on 26 posts.")
    at_position.presses("Down", "Down", "Return")
    assert at_position.shown == "P-002"


def test_a_role_shows_its_posts_with_their_months(at_position: Person) -> None:
    at_position.turns_to("By role")
    tab_to(
        at_position.window, lambda one: name_of(one) == "By role" and isinstance(one, QTableView), "the roles"
    )
    at_position.presses("Return")
    assert at_position.sees("Adult mental health practitioner rests on 1 post.")
    resting = table(page(at_position), "By role: the posts a row rests on")
    assert [row[2:4] for row in resting] == [["Claimed", "7"], ["To come", "5"], ["Uplift claimed", "1"]]


def test_planned_starters_are_listed_with_the_day_of_the_notice(at_position: Person) -> None:
    at_position.turns_to("Planned starters")
    assert at_position.sees("Planned starters notice: tell the ICB by 31 December 2026")
    assert at_position.sees("1 confirmed and 1 planned to start before 31 March.")
    rows = table(page(at_position), "Planned starters")
    assert [row[2] for row in rows] == ["Confirmed", "Planned"]


def test_every_month_claimed_is_said_in_a_sentence(at_position: Person) -> None:
    at_position.turns_to("Not claimed")
    assert at_position.sees("Every month that is over is claimed.")


def test_a_scenario_is_added_compared_and_turned_into_posts(at_position: Person) -> None:
    at_position.turns_to("Scenarios")
    for name, words in (
        ("Name of the scenario", "Two paramedics"),
        ("How many posts", "2"),
        ("Hours a week each", "37.5"),
        ("From", "1/2/2027"),
        ("Salary a month each", "4,900"),
    ):
        at_position.writes(name, words)
    at_position.writes("Role", "Paramedic")
    at_position.clicks("Add scenario")
    assert at_position.sees("SN-001 was added.")
    page(at_position)._keep_up()
    at_position.waits()
    rows = table(page(at_position), "Scenarios compared")
    assert [row[0] for row in rows] == ["Without any", "SN-001 Two paramedics"]
    assert rows[1][2] != "£0.00"
    assert rows[1][4] == "Not yet"
    compared = page(at_position).scenarios.table
    tab_to(at_position.window, lambda one: one is compared, "the scenarios")
    at_position.presses("Down")
    assert at_position.sees("2 × Paramedic, 37.5 hours a week, £4,900.00 a month, from 1 February 2027.")
    at_position.clicks("Turn into posts")
    assert at_position.sees("SN-001 was turned into 2 planned posts")
    page(at_position)._keep_up()
    at_position.waits()
    became = table(page(at_position), "Scenarios compared")[1][4].split(", ")
    assert len(became) == 2
    assert all(ref.startswith("P-0") for ref in became)
    assert not at_position.button("Turn into posts").isEnabled()
    assert "SN-001" in at_position.undoes
    at_position.presses("Ctrl+Z")
    assert not at_position.sees("SN-001 was turned into 2 planned posts")
    page(at_position)._keep_up()
    at_position.waits()
    assert table(page(at_position), "Scenarios compared")[1][4] == "Not yet"


def test_what_cannot_be_read_is_told_and_nothing_is_added(at_position: Person) -> None:
    at_position.turns_to("Scenarios")
    at_position.writes("Name of the scenario", "=1+1 <b>&")
    at_position.writes("Hours a week each", "many")
    at_position.writes("From", "1/2/2027")
    at_position.writes("Salary a month each", "-4")
    at_position.clicks("Add scenario")
    assert any(one.startswith("Hours a week each: ") for one in at_position.labels())
    with at_position.database.read() as reader:
        assert reader.count(Scenario) == 0
    assert at_position.reads("Name of the scenario") == "=1+1 <b>&"


def test_next_year_is_assumed_by_the_scenario_that_is_chosen(at_position: Person) -> None:
    with at_position.database.change("Add") as change:
        change.add(Scenario(title="Three per cent", award=Decimal(3), maximum_rise=Decimal(3)))
    page(at_position)._keep_up()
    at_position.waits()
    at_position.turns_to("Next year")
    before = table(page(at_position), "Next year by role")
    assert {row[4] for row in before[:-1]} == {"Assumed"}
    assert at_position.sees("2027/28 beside 2026/27")
    at_position.writes("Next year with what is assumed in", "SN-001 Three per cent")
    combo = page(at_position).next_year.which
    combo.activated.emit(combo.currentIndex())
    at_position.waits()
    after = table(page(at_position), "Next year by role")
    assert before[-1][2] != after[-1][2]
    assert at_position.sees("Pay award 3% from 1 April 2027")


def test_another_year_is_worked_out_when_it_is_chosen(at_position: Person) -> None:
    at_position.writes("Financial year", "2025/26")
    combo = page(at_position).year
    combo.activated.emit(combo.currentIndex())
    at_position.waits()
    assert at_position.sees("What would be lost on 31 March cannot be said")
    assert at_position.sees("points to know")


def test_an_empty_file_shows_the_page_and_says_what_is_missing(newcomer: Person) -> None:
    newcomer.goes_to("ARRS", "Position")
    assert newcomer.sees(
        "cannot be said: ARRS, 2026/27: no figure, because no practice of this PCN is on file."
    )
    newcomer.turns_to("What it rests on")
    assert newcomer.sees("What the forecast assumes")


def test_every_part_is_named_large_enough_and_reached_by_keys(at_position: Person, qtbot: QtBot) -> None:
    with at_position.database.change("Add") as change:
        made = change.add(Scenario(title="A scenario <b>of</b> a long name " * 20))
        change.add(
            ScenarioPost(
                scenario=made.id,
                role=Role.GP,
                hours=Hours.of(25),
                starts=date(2027, 1, 1),
                salary=Money.pounds(6_500),
            )
        )
    page(at_position)._keep_up()
    at_position.waits()
    faults = []
    for part in PARTS:
        at_position.turns_to(part)
        faults += faults_here(at_position, qtbot, part, walk=part in ("By month", "Scenarios", "Next year"))
    assert not faults, told(faults)


def test_at_200_per_cent_no_part_is_cut_off(at_position: Person, qtbot: QtBot) -> None:
    for _ in range(4):
        at_position.presses("Ctrl++")
    at_position.window.resize(1366, 768)
    faults = []
    for number in range(len(PARTS)):
        page(at_position).tabs.setCurrentIndex(number)
        at_position.waits()
        faults += faults_here(at_position, qtbot, PARTS[number], walk=False)
    assert not faults, told(faults)
