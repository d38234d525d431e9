"""A PCN file of ten thousand entries, gone through by the keys: no page and no action holds up the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from nhsdesk.desktop.places import PLACES, Place
from tests import made_once
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of, tab_to
from tests.journeys import large_file
from tests.journeys.conftest import SitsDown
from tests.journeys.typist import Typist
from tests.journeys.watchdog import MOST_MS, SHARED, Watchdog

TRIES = 2
"""The second try is for what the machine did in between, and for the code of a page, which is loaded once."""


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of ten thousand entries of all areas, made once."""
    path = tmp_path_factory.mktemp("large") / "Large.nhsdesk"
    assert large_file.make(path, Clock()) >= large_file.MANY
    return path


@pytest.fixture
def at_the_large_file(sits_down: SitsDown, large: Path, tmp_path: Path, clock: Clock) -> Typist:
    """Somebody with a file of ten thousand entries open."""
    path = tmp_path / "Large.nhsdesk"
    shutil.copy(large, path)
    made_once.be_at_home(path)
    one = sits_down(clock)
    one.window.open(path)
    one.waits(lambda: one.window.desk is not None)
    return one


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.title)
def test_every_page_opens_without_holding_up_the_window(at_the_large_file: Typist, place: Place) -> None:
    one, tries = at_the_large_file, list[dict[str, float]]()
    for _ in range(TRIES):
        watchdog = Watchdog(one.window, MOST_MS * SHARED)
        goes_through(watchdog, place)
        tries.append(watchdog.blocked)
        if not watchdog.blocked:
            break
        again(one)
    held_up = {what: ms for what, ms in tries[-1].items() if all(what in blocked for blocked in tries)}
    assert held_up == {}


def goes_through(watchdog: Watchdog, place: Place) -> None:
    """Goes to a place, through all its pages, away and back."""
    number = PLACES.index(place) + 1
    watchdog.presses(f"going to {place.title}", f"Ctrl+{number}")
    for title in place.titles[1:]:
        watchdog.presses("going to the tabs", "F6")
        watchdog.presses(f"turning to {title}", "Right")
        watchdog.presses(f"going into {title}", "Return")
    watchdog.presses("going away", f"Ctrl+{number % len(PLACES) + 1}")
    watchdog.presses("coming back", f"Ctrl+{number}")


def again(one: Typist) -> None:
    """Closes the file and opens it once more, with none of its pages made."""
    path = one.database.path
    one.window.close_file()
    one.window.open(path)
    one.waits(lambda: one.window.desk is not None)


def test_an_hour_of_work_does_not_hold_up_the_window(at_the_large_file: Typist) -> None:
    one = at_the_large_file
    watchdog = Watchdog(one.window, MOST_MS * SHARED)
    for keys, what in (("Ctrl+2", "commitments"), ("Ctrl+5", "actions")):
        watchdog.presses(f"going to {what}", keys)
        watchdog.presses("opening an entry", "Down", "Down", "F4")
        watchdog.presses("going to the filter", "Ctrl+F")
        watchdog.types("filtering", "nurse")
        watchdog.presses("taking the filter back", *["Backspace"] * 5)
    search_and_add(one, watchdog)
    edit_and_undo(one, watchdog)
    a_month_is_turned(one, watchdog)
    assert watchdog.blocked == {}


def search_and_add(one: Typist, watchdog: Watchdog) -> None:
    watchdog.presses("going to the search", "Ctrl+K")
    watchdog.types("searching", "pharmasist rota")
    watchdog.presses("leaving the search", "Escape")
    watchdog.presses("beginning to add", "Ctrl+Shift+N")
    watchdog.types("typing a line", "action CD to ring them by 5 Dec")
    watchdog.presses("adding it", "Return")
    assert one.told.startswith("Added A-")
    watchdog.presses("closing the line", "Escape")


def edit_and_undo(one: Typist, watchdog: Watchdog) -> None:
    watchdog.presses("going to commitments", "Ctrl+2")
    watchdog.presses("going into the form", "F4")
    watchdog.types("typing into a field", "Offer access")
    watchdog.presses("leaving the field", "Tab")
    watchdog.presses("undoing", "Ctrl+Z")
    watchdog.presses("doing again", "Ctrl+Y")


def a_month_is_turned(one: Typist, watchdog: Watchdog) -> None:
    """What is worked out anew when something is chosen on a page."""
    one.goes_to("Support and funds", "Requests and clocks")
    orders = tab_to(one.window, lambda now: isinstance(now, QComboBox), "the first choice of the page")
    watchdog.presses(f"choosing in {name_of(orders)}", "Down", "Down", "Up")
    one.goes_to("ARRS", "Claim month")
    tab_to(one.window, lambda now: name_of(now) == "Months of the year", "the months")
    watchdog.presses("choosing a month", "Up", "Up", "Down")
