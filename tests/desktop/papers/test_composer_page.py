"""Composing a briefing by keyboard: begun, arranged, worded, looked at, made final."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nhsdesk.briefings import integrator, place_board
from nhsdesk.commands import composing
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.papers.composer_page import ComposerPage
from nhsdesk.domain.composed import Draft
from nhsdesk.domain.integrators import Integrator
from nhsdesk.store.database import Database
from tests.desktop.papers.conftest import press

BOARD = place_board.PAPER


@pytest.fixture
def composer(database: Database, qtbot: QtBot) -> ComposerPage:
    """The tab over a file with nothing in it but its PCN, a briefing begun."""
    desk = Desk(database, Background(inline=True), KeptLayout())
    made = ComposerPage(desk)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.show_paper(BOARD)
    press(made, "Begin one")
    return made


def headings(composer: ComposerPage) -> list[str]:
    return [one.heading for one in composer.sections.choices]


def key(composer: ComposerPage, *pressed: Qt.Key, alt: bool = False) -> None:
    held = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    for one in pressed:
        QTest.keyClick(composer.sections, one, held)


def kept(composer: ComposerPage) -> composing.Composing:
    return composing.view(composer._desk.database, composer.which.currentData())


def test_it_says_what_belongs_there_before_anything_is_composed(database: Database, qtbot: QtBot) -> None:
    made = ComposerPage(Desk(database, Background(inline=True), KeptLayout()))
    qtbot.addWidget(made)
    made.show()
    made.show_paper(BOARD)
    assert made.none_yet.isVisible()
    assert not made.look.isEnabled()
    made._desk.close()


def test_sections_are_moved_and_switched_off_by_keys_and_stay_in_front(composer: ComposerPage) -> None:
    before = headings(composer)
    key(composer, Qt.Key.Key_Down)
    key(composer, Qt.Key.Key_Up, alt=True)
    assert headings(composer)[:2] == [before[1], before[0]]
    assert composer.sections.currentRow() == 0
    key(composer, Qt.Key.Key_Space)
    assert composer.sections.words(0)[0] == "No"
    assert kept(composer).found.left_out[0].chosen.heading == before[1]


def test_enter_goes_into_the_words_and_leaving_them_keeps_them(composer: ComposerPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    key(composer, Qt.Key.Key_Return)
    assert composer.section.before.hasFocus()
    QTest.keyClicks(composer.section.before, "Please read this first.")
    QTest.keyClick(composer.section.before, Qt.Key.Key_Tab)
    assert composer.section.after.hasFocus()
    assert kept(composer).chosen[0].before == "Please read this first."
    assert composer.sections.words(0) == ("Yes", "In short (with own words)")


def test_a_day_that_cannot_be_read_stays_as_typed_with_what_to_do(composer: ComposerPage) -> None:
    composer.section.until.setText("someday")
    assert not composer.finish_typing()
    assert composer.section.trouble.isVisible()
    assert composer.section.until.text() == "someday"
    composer.section.until.setText("1 December 2026")
    assert composer.finish_typing()
    assert composer.sections.words(0) == ("No", "In short (private until 1 December 2026)")


def test_what_is_final_is_not_changed_until_a_new_version_is_begun(composer: ComposerPage) -> None:
    press(composer, "Mark as final")
    assert kept(composer).briefing.draft is Draft.FINAL
    assert not composer.section.before.isEnabled()
    key(composer, Qt.Key.Key_Space)
    assert kept(composer).found.left_out == ()
    press(composer, "Begin a new version")
    assert composer.which.currentText() == "CF-001 Place board briefing, version 2, draft"


def test_a_template_is_kept_and_the_next_is_begun_from_it(composer: ComposerPage) -> None:
    key(composer, Qt.Key.Key_Space)
    press(composer, "Keep as a template")
    assert composer.which.currentText().endswith("(template)")
    press(composer, "Begin one")
    assert not kept(composer).briefing.template
    assert composer.sections.words(0)[0] == "No"


def test_words_being_typed_outlive_the_end_of_the_program(composer: ComposerPage, qtbot: QtBot) -> None:
    database, briefing = composer._desk.database, composer.which.currentData()
    key(composer, Qt.Key.Key_Return)
    QTest.keyClicks(composer.section.before, "Half a sent")
    qtbot.waitUntil(lambda: composing.typing_left(database, briefing, "In short") is not None)
    again = ComposerPage(Desk(database, Background(inline=True), KeptLayout()))
    qtbot.addWidget(again)
    again.show_paper(BOARD)
    assert again.section.before.toPlainText() == "Half a sent"
    assert again.finish_typing()
    assert kept(composer).chosen[0].before == "Half a sent"
    assert composing.typing_left(database, briefing, "In short") is None
    again._desk.close()


def test_words_that_cannot_be_kept_stay_in_their_field_with_a_sentence(composer: ComposerPage) -> None:
    database = composer._desk.database
    warned: list[str] = []
    composer._desk.warned.connect(warned.append)
    key(composer, Qt.Key.Key_Return)
    QTest.keyClicks(composer.section.before, "Read this")
    with database.change("Remove") as change:
        change.remove(kept(composer).briefing)
    assert not composer.finish_typing()
    assert warned == ["Place board briefing was removed meanwhile, so nothing was kept. Undo brings it back."]
    database.undo()
    assert composer.finish_typing()
    assert kept(composer).chosen[0].before == "Read this"


def test_words_go_to_the_section_they_were_typed_in_though_another_has_its_heading(
    composer: ComposerPage,
) -> None:
    with composer._desk.database.change("Add") as change:
        for name in ("Host one", "Host two"):
            change.add(Integrator(name=name))
    composer.show_paper(integrator.PAPER)
    press(composer, "Begin one")
    second = [n for n, heading in enumerate(headings(composer)) if heading == "Partners"][1]
    key(composer, *[Qt.Key.Key_Down] * second, Qt.Key.Key_Return)
    QTest.keyClicks(composer.section.before, "Of the second")
    assert composer.finish_typing()
    assert [n for n, one in enumerate(kept(composer).chosen) if one.before] == [second]
