"""The page of the day, as somebody reads it with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTableWidget

from nhsdesk.commands import files
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.domain.actions import Action
from nhsdesk.domain.organisations import Person as Role
from tests import made_once
from tests.conftest import Clock
from tests.desktop.by_keyboard import name_of, tab_to
from tests.desktop.desk_side import Person, visible

Opens = Callable[[Path], Person]


def rows(person: Person, name: str) -> list[tuple[str, ...]]:
    """The rows of a list in sight, by its name."""
    table = next(one for one in visible(person.window, QTableWidget) if one.accessibleName() == name)
    cells = [[table.item(row, column) for column in range(3)] for row in range(table.rowCount())]
    return [tuple(cell.text() if cell else "" for cell in row) for row in cells]


def goes_to_list(person: Person, name: str) -> None:
    tab_to(person.window, lambda one: name_of(one) == name, name)


@pytest.fixture
def looking(person: Person) -> Person:
    person.waits_for_today()
    return person


def test_the_day_opens_on_what_is_late_and_due_and_what_would_be_lost(looking: Person) -> None:
    assert rows(looking, "What needs you")[0] == (
        "SR-005",
        "Foxglove Health Centre: support to be offered",
        "44 days overdue",
    )
    assert looking.sees("8 overdue, 2 due this week, 2 due next week. ")
    assert looking.sees(" papers to send. £186,473.07 would be lost on 31 March.")
    assert ("Q-001", "Will the host hold neighbourhood contracts?", "Waits 170 days") in rows(
        looking, "Questions without an answer"
    )


def test_a_line_opens_its_entry_with_enter(looking: Person) -> None:
    goes_to_list(looking, "What needs you")
    looking.presses("Down", "Return")
    assert looking.shown == "A-007"


def test_a_paper_opens_ready_to_be_looked_at_and_so_does_the_week_sheet(looking: Person) -> None:
    goes_to_list(looking, "Papers and meetings")
    looking.presses("Down", "Return")
    assert looking.sees("Action log for our own board")
    looking.goes_to("Today")
    looking.clicks("Week sheet")
    assert looking.status.startswith("Week sheet for our own board")


def test_who_i_am_is_chosen_once_and_kept_on_this_computer(
    looking: Person, opens: Opens, preferences: Preferences
) -> None:
    looking.writes("Whose work is shown", "PCN manager", leave=False)
    looking.presses("Return")
    assert [row[0] for row in rows(looking, "What needs you")] == [
        "SR-005",
        "RM-002",
        "C-011",
        "RM-003",
        "SR-012",
        "A-022",
        "SR-010",
    ]
    assert looking.sees("Not shown: 5 for others.")
    path = looking.database.path
    looking.window.close_file()
    again = opens(path)
    again.waits_for_today()
    assert again.reads("Whose work is shown") == "PCN manager"


def test_what_others_changed_is_listed_until_it_was_seen(opens: Opens, tmp_path: Path, clock: Clock) -> None:
    path = made_once.network(tmp_path / "Ours.nhsdesk", clock)
    person = opens(path)
    person.waits_for_today()
    person.window.close_file()
    with files.open_for_work(path, "Ben Baker", clock) as his, his.change("Add action A-001") as change:
        change.add(Action(what="Ring the ICB"))
    again = opens(path)
    again.waits_for_today()
    assert rows(again, "What others changed")[0][:2] == ("Ben Baker", "Add action A-001 (1 entry)")
    again.clicks("I have seen these")
    assert again.sees("Nothing by others since you last looked.")
    again.goes_to("PCN file")
    again.goes_to("Today")
    again.waits_for_today()
    assert again.sees("Nothing by others since you last looked.")


def test_a_new_file_is_calm_and_offers_three_things(newcomer: Person) -> None:
    newcomer.waits_for_today()
    assert newcomer.sees("Nothing is overdue, and nothing is due by the end of next week.")
    assert newcomer.sees("Three things to begin with, before anything is typed")


def test_what_is_added_appears_while_one_looks(newcomer: Person) -> None:
    newcomer.waits_for_today()
    with newcomer.database.change("Add") as change:
        owner = change.add(Role(role_title="PCN manager"))
        change.add(Action(what="Late already", due=date(2026, 11, 2), owner=owner.id))
    newcomer._until(lambda: newcomer.sees("1 overdue."))


def test_the_page_goes_on_with_the_day(newcomer: Person, clock: Clock) -> None:
    with newcomer.database.change("Add") as change:
        change.add(Action(what="Due on Friday", due=date(2026, 11, 20)))
    newcomer.waits_for_today()
    newcomer._until(lambda: newcomer.sees("1 due this week."))
    clock.moment += timedelta(days=1)
    newcomer.window._look_at_the_day()
    newcomer.waits_for_today()
    assert newcomer.sees("Saturday 21 November 2026")
    assert newcomer.sees("1 overdue.")


def test_a_long_list_shows_its_first_lines_and_all_when_asked(
    opens: Opens, tmp_path: Path, clock: Clock
) -> None:
    path = made_once.network(tmp_path / "Many.nhsdesk", clock)
    with files.open_for_work(path, "Ann Archer", clock) as database, database.change("Many") as change:
        for number in range(40):
            change.add(Action(what=f"Task {number}", due=date(2026, 11, 2)))
    person = opens(path)
    person.waits_for_today()
    assert len(rows(person, "What needs you")) == 10
    person.clicks("Show all 40 lines")
    assert len(rows(person, "What needs you")) == 40
