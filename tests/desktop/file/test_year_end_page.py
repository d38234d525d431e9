"""From Today to a closed year and back by the keys: steps told, posts extended, the year closed, undone and closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from nhsdesk.commands import year_end
from nhsdesk.desktop import asking
from nhsdesk.desktop.file.year_end_page import YearEndPage
from nhsdesk.domain.arrs import Assignment, Post, Stage
from nhsdesk.domain.bodies import Seat
from nhsdesk.domain.duties import RecurringDuty, Rhythm
from nhsdesk.domain.kinds import NEW
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.year_end import YearStep
from tests.conftest import Clock
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import SCREEN, faults_here, told

YEAR = FinancialYear(2026)
LAST = date(2027, 3, 31)


@pytest.fixture
def april(opens: Callable[[Path], Person], sample: Path, clock: Clock) -> Person:
    """Somebody at the window with the sample open, three weeks after the year has ended."""
    clock.moment = datetime(2027, 4, 20, 9, 30, tzinfo=UTC)
    return opens(sample)


def settled(person: Person) -> YearEndPage:
    """The page, once the year was looked at."""
    person._until(lambda: not person.sees("Looking at the year…"))
    person.waits()
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, YearEndPage)
    return front


def at_step(person: Person, wanted: YearStep) -> YearEndPage:
    """The page with that step chosen by the keys."""
    person.goes_to("PCN file", "Close a year")
    page = settled(person)
    page.take_focus()
    person.presses("Ctrl+Home")
    while page.steps.current is not wanted:
        person.presses("Down")
    return page


def end_with_the_year(person: Person) -> tuple[str, ...]:
    """Two posts that end on 31 March."""
    with person.database.change("End with the year") as change:
        found = [one for one in change.reader.all(Post) if one.ends is None and one.stage is Stage.FILLED][:2]
        for post in found:
            change.put(replace(post, ends=LAST))
            for hours in change.reader.all(Assignment, post=post.id, ends=None):
                change.put(replace(hours, ends=LAST))
    return tuple(one.ref for one in found)


def test_a_year_is_closed_from_today_by_the_keys_and_undone(april: Person) -> None:
    april.waits_for_today()
    papers = april.window.page.page.papers.table  # type: ignore[union-attr]
    assert papers.words(0)[1:] == ("Close 2026/27 and open 2027/28", "Ended 31 March 2027")
    papers.setFocus(Qt.FocusReason.TabFocusReason)
    april.presses("Home", "Return")
    page = settled(april)
    assert page.steps.hasFocus()
    assert april.sees("4 steps are to do to close 2026/27 and open 2027/28.")
    april.button("Close 2026/27…").setFocus(Qt.FocusReason.TabFocusReason)
    april.presses("Return")
    assert "March 2027 (M12) is not claimed" in april.reads("What is acknowledged by closing the year")
    assert page.closing.points.hasFocus()
    april.presses("Tab", "Return")
    settled(april)
    assert april.told == "2026/27 is closed, as YC-001."
    assert year_end.closed_years(april.database) == {YEAR}
    april._until(page.closing.again.hasFocus)
    april.presses("Ctrl+Z")
    assert year_end.closed_years(april.database) == frozenset()
    april._until(page.closing.close_it.isVisible)
    assert april.button("Close 2026/27…").isEnabled()


def test_what_was_about_to_be_acknowledged_is_put_away_or_goes_when_the_file_changes(april: Person) -> None:
    page = at_step(april, YearStep.LISTS)
    april.clicks("Close 2026/27…")
    april.clicks("Not now")
    assert page.closing.close_it.hasFocus()
    april.clicks("Close 2026/27…")
    end_with_the_year(april)
    settled(april)
    april._until(page.closing.close_it.isVisible)
    assert not page.closing.confirm.isVisible()


def test_posts_that_end_with_the_year_are_ticked_and_extended(april: Person) -> None:
    refs = end_with_the_year(april)
    page = at_step(april, YearStep.POSTS)
    assert [page.step.list.words(n)[0] for n in range(2)] == list(refs)
    assert not april.button("Extend what is ticked").isEnabled()
    page.step.list.setFocus(Qt.FocusReason.TabFocusReason)
    april.presses("Space", "Down", "Space")
    april.writes("Extend to", "31/3/27")
    april.clicks("Extend what is ticked")
    assert april.sees("31 March 2027 is no later than 31 March 2027. Nothing was changed.")
    april.writes("Extend to", "31/3/28")
    april.clicks("Extend what is ticked")
    assert april.told.startswith("2 posts go on to 31 March 2028.")
    assert april.undoes == "Undo: Extend 2 posts beyond 2026/27"
    april._until(lambda: april.sees("Posts: done"))


def test_posts_are_let_go_and_an_entry_opens_where_it_is_at_home(april: Person) -> None:
    refs = end_with_the_year(april)
    at_step(april, YearStep.POSTS)
    april.clicks("Open this entry")
    assert april.shown == refs[0]
    at_step(april, YearStep.POSTS)
    april.clicks("Tick all")
    april.clicks("Let what is ticked go")
    assert april.told == "2 posts end with 2026/27."


def test_terms_are_extended_and_the_days_of_duties_made(april: Person) -> None:
    with april.database.change("Fill") as change:
        seat = change.put(replace(change.reader.all(Seat)[0], ends=LAST))
        change.add(
            RecurringDuty(title="Claim", rhythm=Rhythm.DAY_OF_MONTH, number=5, starts=date(2026, 4, 1))
        )
    page = at_step(april, YearStep.TERMS)
    assert page.step.list.words(0)[0] == seat.ref
    april.clicks("Tick all")
    april.clicks("Extend what is ticked")
    assert april.sees("Give the day to which the terms are extended. Nothing was changed.")
    april.writes("Extend to", "31 March 2030")
    april.clicks("Extend what is ticked")
    assert april.told == "1 term goes on to 31 March 2030."
    at_step(april, YearStep.DUTIES)
    april.clicks("Make the days that are missing")
    assert april.told == "13 days were made."
    april._until(lambda: april.sees("Recurring duties: done"))
    assert not april.button("Make the days that are missing").isEnabled()


def test_the_kept_outturn_is_saved_and_the_year_opened_again(
    april: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = year_end.close(april.database, year_end.prepare(april.database, YEAR), acknowledged=True)
    april.window.show_record("closed_year", done.id)
    april.waits()
    page = settled(april)
    page.year.setCurrentText("2026/27")
    page.look_now()
    settled(april)
    assert april.sees("2026/27 was closed on 20 April 2027 by Ann Archer (YC-001).")
    assert april.sees("Nothing of it is another sum today.")
    target = tmp_path / "Kept.xlsx"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    april.clicks("Save the outturn as kept…")
    assert target.read_bytes() == year_end.outturn_as_kept(april.database, done.ref)[1]
    april.clicks("Open 2026/27 again")
    assert april.told == "2026/27 is open again."


def test_of_a_year_that_two_copies_closed_both_outturns_are_saved(
    april: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = year_end.close(april.database, year_end.prepare(april.database, YEAR), acknowledged=True)
    with april.database.change("Close as another copy did") as change:
        change.add(replace(done, id=NEW, ref="", closed_by="Ben Bow", closed_on=date(2027, 5, 1)))
    april.goes_to("PCN file", "Close a year")
    page = settled(april)
    page.year.setCurrentText("2026/27")
    page.look_now()
    settled(april)
    assert april.sees("Another copy closed it too: on 1 May 2027 by Ben Bow (YC-002).")
    monkeypatch.setattr(
        asking, "choose_file", lambda _parent, _caption, _folder, name, _kinds: tmp_path / name
    )
    april.clicks("Save the outturn as kept…")
    assert {one.name for one in tmp_path.glob("*.xlsx")} == {
        "SAMPLE ARRS outturn 2026-27.xlsx",
        "SAMPLE ARRS outturn 2026-27 YC-002.xlsx",
    }


def test_before_its_end_a_year_says_from_when_it_can_be_closed(person: Person) -> None:
    person.goes_to("PCN file", "Close a year")
    settled(person)
    assert person.sees("2026/27 ends on 31 March 2027 and can be closed from the day after.")
    assert not person.button("Close 2026/27…").isEnabled()


def test_a_step_and_what_is_acknowledged_are_for_everyone_in_large_type(april: Person, qtbot: QtBot) -> None:
    QAccessible.setActive(True)
    end_with_the_year(april)
    april.presses(*["Ctrl++"] * 4)
    april.window.resize(*SCREEN)
    at_step(april, YearStep.POSTS)
    april.clicks("Close 2026/27…")
    faults = faults_here(april, qtbot, "Close a year")
    QAccessible.setActive(False)
    assert not faults, told(faults)
