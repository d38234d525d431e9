"""A PCN file of ten thousand entries, gone through by the keys: no page and no action holds up the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from nhsdesk.desktop import last_place
from nhsdesk.desktop.places import PLACES, Place
from tests import made_once
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of, tab_to
from tests.journeys import large_file
from tests.journeys.conftest import SitsDown
from tests.journeys.typist import Typist
from tests.journeys.watchdog import MOST_MS, Watchdog

TRIES = 3
"""The later tries are for what the machine did in between, and for the code of a page, which is loaded once."""

NEAR = {
    "Packs": 150,
    "Agenda and attendance": 150,
    "Uplifts": 150,
    "Position": 150,
    "Views": 150,
    "Requests and clocks": 150,
    "Pay in": 150,
    "Read a document": 150,
    "Integrator": 150,
    "Statements": 150,
}
"""Pages whose first opening takes 68 to 91 ms at best on a machine that others use as well: within `MOST_MS` there, and
up to so many ms beside heavier work, which takes caches and memory from it. docs/performance.md has the figures."""


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
        watchdog = Watchdog(one.window)
        goes_through(watchdog, place)
        tries.append(beyond(watchdog.blocked))
        if not tries[-1]:
            break
        again(one, place)
    held_up = {what: ms for what, ms in tries[-1].items() if all(what in blocked for blocked in tries)}
    assert held_up == {}


def beyond(blocked: dict[str, float]) -> dict[str, float]:
    """What took longer than it may, in ms."""
    most = {f"turning to {title} (Right)": ms for title, ms in NEAR.items()}
    return {what: ms for what, ms in blocked.items() if ms > most.get(what, MOST_MS)}


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


def again(one: Typist, place: Place) -> None:
    """Closes the file and opens it once more elsewhere, with none of the place's pages made, and at its first."""
    path = one.database.path
    assert one.window.desk is not None
    layout = one.window.desk.layout
    one.window.close_file()
    last_place.keep(layout, place.title, place.titles[0])
    layout.keep_word("place", str((PLACES.index(place) + 1) % len(PLACES)))
    one.window.open(path)
    one.waits(lambda: one.window.desk is not None)


def test_an_hour_of_work_does_not_hold_up_the_window(at_the_large_file: Typist) -> None:
    one = at_the_large_file
    watchdog = Watchdog(one.window)
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
