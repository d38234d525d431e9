"""The divider between a list and its detail is moved by keys, wherever there is one."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import nhsdesk.desktop
from nhsdesk.desktop.guide_window import GuideWindow
from nhsdesk.desktop.split import Split
from tests.desktop.desk_side import Person


def split_of(person: Person) -> Split:
    assert person.window.page is not None
    return next(one for one in person.window.page.page.findChildren(Split) if one.isVisible())


def test_keys_give_a_list_more_room_and_less_and_tell_how_much(person: Person) -> None:
    person.goes_to("Commitments")
    split = split_of(person)
    before = split.sizes()
    person.presses("Ctrl+[", "Ctrl+[")
    less = split.sizes()
    assert less[0] < before[0]
    assert sum(less) == sum(before)
    assert person.told == f"The first part has {round(100 * less[0] / sum(less))}% of the width."
    person.presses(*["Ctrl+]"] * 2)
    assert abs(split.sizes()[0] - before[0]) <= 2
    person.presses(*["Ctrl+["] * 40)
    assert min(split.sizes()) > 0, "nothing is pushed out of sight"


def test_the_divider_around_the_focus_is_the_one_that_moves_also_in_a_field(person: Person) -> None:
    person.goes_to("Support and funds", "Requests and clocks")
    split = split_of(person)
    assert split.orientation() is Qt.Orientation.Vertical
    before = split.sizes()
    person.presses("Ctrl+]")
    assert split.sizes() != before
    assert person.told.endswith("% of the height.")


def test_a_page_without_a_divider_says_so(person: Person) -> None:
    person.goes_to("Today")
    person.presses("Ctrl+]")
    assert person.told == "There is no divider on this page."


def test_the_guides_divider_has_the_same_keys(person: Person, qtbot: QtBot) -> None:
    person.window.at_hand.help.here()
    person.waits()
    guide = person.window.findChild(GuideWindow)
    assert isinstance(guide, GuideWindow)
    qtbot.waitUntil(guide.isActiveWindow)
    split = guide.findChildren(Split)[0]
    before = split.sizes()[0]
    QTest.keySequence(guide, QKeySequence("Ctrl+]"))
    assert split.sizes()[0] > before
    guide.close()


def test_no_page_has_a_divider_that_only_a_mouse_can_move() -> None:
    folder = Path(nhsdesk.desktop.__file__).parent
    bare = [
        path.name for path in folder.rglob("*.py") if re.search(r"\bQSplitter\(", path.read_text("utf-8"))
    ]
    assert bare == ["split.py"] or bare == []
