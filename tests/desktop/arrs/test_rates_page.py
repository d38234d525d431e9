"""Rates and rules as a person uses them: confirm, paste, read the entitlement, settle a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QTabBar, QTableView
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files
from nhsdesk.desktop.arrs.rates_page import RatesPage
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ListBase, ListSize, Organisation
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.desktop import screen
from tests.desktop.conftest import Opened
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import faults_here, told
from tests.sections import making

PARTS = ("Confirm", "Paste a table", "Entitlement", "Local choices")
HEADINGS = "Role\tMaximum reimbursable amount\tOuter London\tInner London\n"
JANUARY = date(2026, 1, 1)


def two_practices(database: Database) -> None:
    """Two practices with their lists, a pharmacist and a podiatrist."""
    with database.read() as reader:
        pcn = reader.all(Organisation, ours=True)[0].id
    abbey = making.practice(database, "Abbey Surgery", network=pcn)
    mill = making.practice(database, "Mill Lane", network=pcn)
    making.post(database, "4400", base=abbey.id)
    making.post(database, "3900", role=Role.PODIATRIST, base=mill.id)
    with database.change("Count") as change:
        for practice, patients in ((abbey, "20350"), (mill, "22000")):
            change.add(
                ListSize(practice=practice.id, base=ListBase.WEIGHTED, counted_on=JANUARY,
                         patients=Decimal(patients))
            )  # fmt: skip


@pytest.fixture
def manager(opens: Opened, tmp_path: Path, clock: Clock) -> Person:
    """Somebody with a file of two practices, a pharmacist and a podiatrist, at the page."""
    person = opens(made_once.network(tmp_path / "Ours.nhsdesk", clock, two_practices))
    person.goes_to("ARRS", "Rates and rules")
    return person


def table(person: Person, name: str) -> list[list[str]]:
    """The cells of the table of that name in sight."""
    (found,) = [one for one in person._all(QTableView) if one.accessibleName() == name]
    model = found.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def rates_of(person: Person, role: Role) -> list[Rate]:
    with person.database.read() as reader:
        return list(reader.all(Rate, role=role))


def pastes(person: Person, words: str) -> None:
    person.turns_to("Paste a table")
    person.control("Paste here").setFocus()
    QApplication.clipboard().setText(HEADINGS + words)
    person.presses("Ctrl+V")


def dated(person: Person, published: str = "30/4/2026") -> None:
    person.writes("Published on", published)
    person.writes("Where it is written", "PRN02483, Table 2")


# ---- confirming


def test_only_what_our_posts_rest_on_is_shown_and_all_on_demand(manager: Person) -> None:
    shown = table(manager, "Maxima in force")
    assert [row[:3] for row in shown] == [
        ["Clinical pharmacist", "Outside London", "£71,725.00"],
        ["Podiatrist", "Outside London", "No maximum on file"],
    ]
    assert shown[0][4] == "Not confirmed: secondary, two removes"
    assert manager.sees(
        "No maximum is on file for a podiatrist on 20/11/2026. Add it from the specification."
    )
    manager.clicks("Show all roles")
    assert len(table(manager, "Maxima in force")) > 8
    manager.clicks("Show only roles we have posts in")
    assert len(table(manager, "Maxima in force")) == 2


def test_all_shown_are_confirmed_in_one_sheet_and_then_there_is_silence(manager: Person) -> None:
    manager.clicks("Show all roles")
    manager.writes("Checked by", "Practice manager")
    manager.writes("Page of the specification", "31")
    manager.clicks("Confirm these 9 maxima")
    assert manager.sees("Confirmed 9 maxima.")
    assert manager.sees("All of them are confirmed.")
    assert not manager.sees("Checked by")
    confirmed = [row[4] for row in table(manager, "Maxima in force") if row[4]]
    assert set(confirmed) == {"Confirmed by Practice manager on 20 November 2026, page 31"}
    manager.presses("Ctrl+Z")
    assert manager.sees("Confirm these 9 maxima")


def test_a_sheet_without_who_or_page_says_so_beside_the_field(manager: Person) -> None:
    manager.writes("Checked on", "30/2/2026")
    manager.clicks("Confirm this maximum")
    assert "Say who checked them" in manager.beside("Checked by")
    assert "30/2/2026" in manager.beside("Checked on")
    assert "Say on which page" in manager.beside("Page of the specification")
    assert rates_of(manager, Role.CLINICAL_PHARMACIST)[-1].confidence is not RateConfidence.CONFIRMED


def test_what_was_known_on_a_day_and_what_is_known_today_stand_beside_each_other(manager: Person) -> None:
    manager.writes("Maxima for the day", "1/4/2025")
    manager.writes("As known on", "1/6/2025")
    manager.clicks("Show all roles")
    row = next(row for row in table(manager, "Maxima in force") if row[0] == "Clinical pharmacist")
    assert (row[2], row[5]) == ("£66,972.00", "No maximum on file")
    manager.writes("As known on", "some day")
    assert "some day" in manager.beside("As known on")


# ---- pasting


def test_table_2_is_pasted_looked_at_and_taken_in_as_one_step(manager: Person) -> None:
    pastes(
        manager,
        "Clinical pharmacists\t£71,725\t£79,145\t\nPodiatrists\t69,515\t\t\nCare coordinators\t£38,800\t\t\n"
        "Apprentice physician assistants\t30,000\t\t\n",
    )
    dated(manager)
    assert manager.sees("2 new; 1 the same as on file; 1 changes what is on file; 1 not recognised.")
    rows = table(manager, "Figures of the table")
    assert [(row[2], row[4]) for row in rows] == [
        ("Clinical pharmacist", "The same as on file"),
        ("Clinical pharmacist, outer London", "New"),
        ("Podiatrist", "New"),
        ("Care coordinator", "Changes what is on file"),
        ("", "Not recognised"),
    ]
    assert rates_of(manager, Role.PODIATRIST)[-1].valid_from.year == 2020, "nothing is written yet"
    manager.clicks("Add 3 maxima")
    assert manager.sees("Added 3 maxima, not yet confirmed. Undo takes them back.")
    added = rates_of(manager, Role.PODIATRIST)[-1]
    assert (added.annual, added.published_on, added.source) == (
        Money.pounds(69_515), date(2026, 4, 30), "PRN02483, Table 2",
    )  # fmt: skip
    assert "Add 3 maxima" in manager.undoes
    manager.turns_to("Confirm")
    assert table(manager, "Maxima in force")[1][2] == "£69,515.00"


def test_a_slip_of_a_digit_is_asked_about_and_not_put_right(manager: Person) -> None:
    pastes(manager, "Pharmacy technicians\t£64,447\t\t\nSocial prescribing link workers\t£46,447\t\t\n")
    dated(manager)
    assert manager.sees("To be looked at; nothing is changed for you.")
    assert manager.sees("£64,447.00 is 38.8% more than about £46,447")
    manager.clicks("Add 2 maxima")
    assert rates_of(manager, Role.PHARMACY_TECHNICIAN)[-1].annual == Money.pounds(64_447)


@pytest.mark.parametrize(
    "words",
    [
        "Podiatrists\tabc\t\t\n",
        "Podiatrists\t-5\t\t\n",
        "Podiatrists\t0\t\t\n",
        "Podiatrists\t=1+1\t\t\n",
        "<b>Podiatrists</b>\t\t\t\n",
        f"{'x' * 10_000}\t69,515\t\t\n",
        "Podiatrists\t69,515\t\t\nPodiatrists\t69,516\t\t\n",
    ],
)
def test_what_cannot_be_taken_is_told_and_leaves_nothing_to_add(manager: Person, words: str) -> None:
    pastes(manager, words)
    dated(manager)
    assert manager.sees("To be looked at") or not manager.sees("Add 1 maximum")
    assert not manager.button("Add maxima").isEnabled()
    assert not manager.warned


def test_without_its_day_of_publication_a_table_is_not_taken_in(manager: Person) -> None:
    pastes(manager, "Podiatrists\t69,515\t\t\n")
    assert "“Published on” is needed." in manager.beside("Published on")
    assert not manager.button("Add maxima").isEnabled()


def test_a_local_variation_is_for_our_pcn_only(manager: Person) -> None:
    pastes(manager, "Clinical pharmacists\t£80,000\t\t\n")
    dated(manager)
    manager.clicks("A local variation: for our PCN only")
    manager.clicks("Add 1 maximum")
    manager.turns_to("Confirm")
    (pharmacist, _) = table(manager, "Maxima in force")
    assert pharmacist[2] == "£80,000.00"
    assert ", for our PCN only: " in pharmacist[8]


# ---- what stays as it is


def test_the_form_of_a_shipped_rate_shows_its_figures_and_takes_none(manager: Person) -> None:
    held = rates_of(manager, Role.CLINICAL_PHARMACIST)[-1]
    manager.turns_to_list("Rates")
    manager.leaves_entry_for(held.ref)
    assert not manager.may_type_into("Maximum a year")
    assert manager.may_type_into("Superseded on")
    assert manager.sees(f"What {held.ref} says stays as it is: it is kept with the source it came from.")
    manager.types_into_cell(held.ref, "Maximum a year", "1")
    assert "stays as it is" in manager.message
    assert rates_of(manager, Role.CLINICAL_PHARMACIST)[-1] == held
    manager.warned.clear()


# ---- the entitlement


def test_the_years_entitlement_stands_with_its_working_and_that_it_is_not_confirmed(manager: Person) -> None:
    manager.turns_to("Entitlement")
    assert manager.sees("£1,171,739.80")
    assert manager.sees("£27.668 × 42,350 = £1,171,739.80")
    assert manager.sees("PR-001 Abbey Surgery: 20,350")
    assert manager.sees("A straight-line twelfth is £97,644.98.")
    assert manager.sees("Not confirmed: ARRS (secondary, two removes;")
    assert manager.sees("Paid to the practices, never income of the PCN: £74,578.35.")
    assert manager.sees("Together no figure, because one below has none.")


def test_missing_list_sizes_are_typed_where_they_are_missed(manager: Person) -> None:
    manager.turns_to("Entitlement")
    assert manager.sees("PCN adjusted list sizes on 1 January 2026 that are missing")
    manager.writes("PR-001 Abbey Surgery", "20,005")
    manager.writes("PR-002 Mill Lane", "lots")
    manager.clicks("Add these list sizes")
    assert "“lots” could not be read" in manager.beside("PR-002 Mill Lane")
    manager.writes("PR-002 Mill Lane", "22,000")
    manager.clicks("Add these list sizes")
    assert manager.sees("Added 2 list sizes.")
    assert manager.sees("Registered list sizes on 1 January 2026 that are missing")
    assert table(manager, "Other income of the PCN")[-1][5] == "£373,970.52"
    manager.writes("PR-001 Abbey Surgery", "21,000")
    manager.writes("PR-002 Mill Lane", "22,120")
    manager.clicks("Add these list sizes")
    assert manager.sees("Together £505,040.58. Enhanced access is 2,520.3 minutes a week")
    assert not manager.sees("that are missing")


def test_sums_are_confirmed_like_maxima(manager: Person) -> None:
    manager.turns_to("Entitlement")
    manager.writes("Checked by", "Practice manager")
    manager.writes("Page of the specification", "9")
    manager.clicks("Confirm these 5 sums a head")
    assert manager.sees("Confirmed 5 sums a head.")
    assert not manager.sees("Not confirmed")


def test_a_year_whose_sum_was_superseded_has_no_figure(manager: Person) -> None:
    manager.turns_to("Entitlement")
    manager.writes("Financial year", "2025/26")
    assert manager.sees("No figure")
    assert manager.sees("and its successor is not on file. Add it from the specification.")
    manager.writes("Financial year", "2019/20")
    assert manager.sees("£53,942.25")


# ---- local choices


def test_a_question_is_settled_from_a_day_on_and_keeps_its_history(manager: Person) -> None:
    manager.turns_to("Local choices")
    assert manager.sees("How is the maximum of part of a month shared out?")
    assert manager.sees("Nothing was settled for today, so the default holds.")
    manager.writes("Holds from that day on", "weekdays of the month")
    manager.writes("In force from", "1/10/2026")
    manager.writes("Agreed with", "The ICB")
    manager.clicks("Settle it from this day on")
    assert manager.sees("Settled as LR-001 from 1 October 2026. Undo takes it back.")
    assert manager.sees("Since 1 October 2026 it is “weekdays of the month”, agreed with The ICB.")
    assert table(manager, "Local choices")[0] == [
        "How is the maximum of part of a month shared out?", "weekdays of the month", "1 October 2026", "The ICB",
    ]  # fmt: skip
    assert table(manager, "What was settled before")[0][:3] == [
        "LR-001", "1 October 2026", "weekdays of the month",
    ]  # fmt: skip


def test_another_question_is_reached_by_arrow_and_a_value_it_cannot_take_is_refused(manager: Person) -> None:
    manager.turns_to("Local choices")
    keys = [row[0] for row in table(manager, "Local choices")]
    at = next(n for n, asks in enumerate(keys) if asks.startswith("How many weeks from advertising"))
    (found,) = [one for one in manager._all(QTableView) if one.accessibleName() == "Local choices"]
    found.setFocus()
    manager.presses(*["Down"] * at)
    assert manager.reads("Holds from that day on") == "12"
    manager.writes("Holds from that day on", "<b>soon</b>")
    manager.clicks("Settle it from this day on")
    assert manager.sees("A whole number from 1 to 104.")
    assert "Say who agreed it." in manager.beside("Agreed with")
    with manager.database.read() as reader:
        assert reader.all(LocalRule) == ()


# ---- everyone


@pytest.fixture
def with_a_screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_part_can_be_used_by_everyone(
    manager: Person, qtbot: QtBot, with_a_screen_reader: None, zoom: int
) -> None:
    for _ in range((zoom - 100) // 25):
        manager.presses("Ctrl++")
    manager.window.resize(1366, 768)
    faults = []
    for part in PARTS:
        manager.turns_to(part)
        if part == "Paste a table":
            pastes(manager, "Podiatrists\t69,515\t\t\nDietitians\t65,915\t\t\n")
            dated(manager)
        faults += faults_here(manager, qtbot, part, walk=zoom == 100)
    assert not faults, told(faults)


def test_a_file_that_may_only_be_read_says_so_and_offers_no_button(
    sample: Path, clock: Clock, qtbot: QtBot
) -> None:
    desk = Desk(files.open_to_read(sample, "Ann Archer", clock), Background(inline=True), KeptLayout())
    why = desk.database.read_only_because
    try:
        screen.dress()
        page = RatesPage(desk)
        qtbot.addWidget(page)
        page.show()
        page.shown()
        (bar,) = page.findChildren(QTabBar)
        for part, words in (
            ("Confirm", "Confirm these 15 maxima"), ("Paste a table", "Add maxima"),
            ("Local choices", "Settle it from this day on"),
        ):  # fmt: skip
            bar.setCurrentIndex(PARTS.index(part))
            assert not screen.button(page, words).isEnabled()
            assert why in screen.read(page)
    finally:
        desk.close()


def test_sums_a_head_are_pasted_looked_at_and_taken_in_as_one_step(manager: Person) -> None:
    manager.turns_to("Entitlement")
    manager.control("Paste here").setFocus()
    QApplication.clipboard().setText(
        "For\tYear\tPounds a head\tBase\tCounted on\n"
        "ARRS\t2026/27\t£28.5\tcontractor weighted\t1 January 2026\n"
        "Biscuits\t2026/27\t1\tregistered\t1 January 2026\n"
    )
    manager.presses("Ctrl+V")
    assert not manager.button("Add sums a head").isEnabled()
    manager.writes("Sums published on", "26 March 2026")
    manager.writes("Where the sums are written", "PRN02483, section 10")
    assert manager.sees("1 changes what is on file; 1 to be put right.")
    assert manager.sees("Row 3, For: “Biscuits” is not one of")
    with manager.database.read() as reader:
        before = reader.count(Sum)
    manager.clicks("Add 1 sum a head")
    assert manager.sees("Added 1 sum a head, not yet confirmed. Undo takes them back.")
    with manager.database.read() as reader:
        assert reader.count(Sum) == before + 1
    assert "Add 1 sum a head" in manager.undoes
