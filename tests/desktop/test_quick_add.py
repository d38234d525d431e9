"""One line from anywhere becomes an entry, with what was understood in sight before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nhsdesk.commands import files
from nhsdesk.domain.actions import Action
from nhsdesk.domain.organisations import Person as Role
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.store import queries
from tests import made_once
from tests.conftest import Clock
from tests.desktop.desk_side import Person

LINE = "Add anything in one line"


@pytest.fixture
def adding(opens: Callable[[Path], Person], tmp_path: Path, clock: Clock) -> Person:
    path = made_once.network(tmp_path / "Ours.nhsdesk", clock)
    with files.open_for_work(path, "Ann Archer", clock) as database, database.change("Fill") as change:
        change.add(Role(role_title="PCN workforce and finance officer"))
        change.add(Role(role_title="PCN manager"))
        for name in ("Alder House Surgery", "Weir Bank Practice"):
            change.add(Practice(name=name))
    person = opens(path)
    person.presses("Ctrl+Shift+N")
    return person


def chooses_on(person: Person, chip: str, words: str) -> None:
    """Opens the menu of a chip with the keys and chooses from it."""
    button = person.button(chip)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    person.chooses(words)
    person.window.activateWindow()  # without a screen a menu that closes keeps the keys
    person.control(LINE).setFocus(Qt.FocusReason.PopupFocusReason)
    person.waits()


def test_an_action_is_added_in_one_line_from_anywhere_and_is_one_step(adding: Person) -> None:
    adding.types("action WF starter list 5 Dec")
    assert adding.sees("Owner: PCN workforce and finance officer")
    assert adding.sees("Original date: 5 December 2026")
    assert adding.sees("Action: starter list")
    with adding.database.read() as reader:
        before = queries.position(reader)
    adding.presses("Return")
    assert adding.told == "Added A-001 starter list."
    with adding.database.read() as reader:
        (made,) = reader.all(Action)
        assert queries.position(reader) == before + 1
        assert (made.what, made.due) == ("starter list", date(2026, 12, 5))
    assert adding.reads(LINE) == ""
    adding.clicks("Open A-001")
    assert adding.shown == "A-001"
    adding.presses("Ctrl+Z")
    with adding.database.read() as reader:
        assert reader.all(Action) == ()


def test_a_chip_is_taken_away_and_its_words_stand_in_the_title_again(adding: Person) -> None:
    adding.types("action WF starter list 5 Dec")
    chooses_on(adding, "Original date: 5 December 2026", "Not this: “5 Dec” stays in the words")
    assert adding.sees("Action: starter list 5 Dec")
    adding.presses("Return")
    with adding.database.read() as reader:
        (made,) = reader.all(Action)
    assert (made.what, made.due) == ("starter list 5 Dec", None)


def test_a_chip_is_put_right_from_its_menu(adding: Person) -> None:
    adding.types("request Alder House estates roof leaks")
    chooses_on(adding, "Practice: Alder House Surgery", "Weir Bank Practice")
    adding.presses("Return")
    with adding.database.read() as reader:
        (made,) = reader.all(SupportRequest)
        assert reader.get(Practice, made.practice).name == "Weir Bank Practice"
    assert made.summary == "roof leaks"


def test_a_line_that_says_no_kind_is_not_added_until_somebody_says_it(adding: Person) -> None:
    adding.types("ring the ICB")
    assert adding.sees("Say what it is: an action, a request, a question")
    adding.presses("Return")
    with adding.database.read() as reader:
        assert reader.all(Action) == ()
    chooses_on(adding, "What is it?", "Action")
    adding.presses("Return")
    with adding.database.read() as reader:
        assert [one.what for one in reader.all(Action)] == ["ring the ICB"]


def test_escape_goes_back_to_where_one_was_and_the_line_waits(adding: Person) -> None:
    adding.presses("Escape")
    before = adding.focus
    adding.presses("Ctrl+Shift+N")
    adding.types("question who pays")
    adding.presses("Escape")
    assert adding.focus is before
    adding.presses("Ctrl+Shift+N")
    assert adding.reads(LINE) == "question who pays"
    adding.presses("Escape")


def test_words_that_look_like_an_nhs_number_are_refused_and_stay(adding: Person) -> None:
    adding.types("action ring about 943 476 5919")
    adding.presses("Return")
    assert "NHS number" in adding.message
    assert adding.reads(LINE) == "action ring about 943 476 5919"
    with adding.database.read() as reader:
        assert reader.all(Action) == ()
    adding.presses("Escape")
