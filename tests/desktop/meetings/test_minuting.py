"""Minutes typed during a meeting by the keys alone: kept as they are typed, made into what they say, issued."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nhsdesk import errors
from nhsdesk.commands import files, meetings
from nhsdesk.desktop import asking
from nhsdesk.desktop.meetings.minuting_page import KEPT_AFTER_MS, MinutingPage
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.meetings import AgendaItem, Meeting, MinutesLine, MinutesVersion
from nhsdesk.domain.organisations import Person as Role
from nhsdesk.domain.questions import Question
from nhsdesk.domain.risks import Risk
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.desktop.desk_side import Person

ROOT = Path(__file__).resolve().parents[3]
TEXT = "Minutes of this item"


def fill(change: Any, items: int) -> None:
    """A meeting of so many items, and the people its lines name."""
    for title in ("PCN clinical director", "PCN workforce and finance officer", "PCN manager"):
        change.add(Role(role_title=title))
    body = change.add(Body(name="PCN Board", minute_prefix="PCNB/26/"))
    held = change.add(
        Meeting(body="PCN Board", held_on=date(2026, 11, 20), board=body.id, starts_at=time(13))
    )
    for n in range(1, items + 1):
        change.add(AgendaItem(meeting=held.id, number=n, title=f"Subject {n}", minutes=5))


def made_file(path: Path, clock: Clock, items: int) -> Path:
    files.create(path, "Eastfield PCN", "Ann Archer", clock).close()
    with files.open_for_work(path, "Ann Archer", clock) as database, database.change("Fill") as change:
        fill(change, items)
    return path


@pytest.fixture
def minutes_of(opens: Callable[[Path], Person], tmp_path: Path, clock: Clock) -> Callable[[int], Person]:
    """Somebody at the minutes of a meeting of so many items, with the cursor in the text."""

    def at(items: int) -> Person:
        person = opens(made_file(tmp_path / "Ours.nhsdesk", clock, items))
        person.goes_to("Meetings", "Take minutes")
        person.control(TEXT).setFocus()
        return person

    return at


def page_of(person: Person) -> MinutingPage:
    page = person.window.page
    assert page is not None
    assert isinstance(page.page, MinutingPage)
    return page.page


def held(database: Database, cls: Any, **equal: Any) -> Any:
    with database.read() as reader:
        return reader.all(cls, **equal)


def test_a_meeting_of_twelve_items_is_minuted_and_issued_by_the_keys(
    minutes_of: Callable[[int], Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(asking, "choose_folder", lambda *_: out)
    person = minutes_of(12)
    for n in range(1, 13):
        person.types(f"Said of {n}.")
        person.presses("Return")
        person.types(f"/action WF to send list {n} by 5 Dec")
        person.presses("Return")
        if n == 3:
            person.types("/decision Agreed to go on")
            person.presses("Return")
        if n < 12:
            person.presses("Alt+Down")
    strokes = ("Ctrl+Return", "Ctrl+Return", "Return", "Return")
    person.presses(*strokes)
    assert len(strokes) + 1 <= 20  # and Enter in the question for the folder
    actions = held(person.database, Action)
    assert len(actions) == 12
    assert {one.due for one in actions} == {date(2026, 12, 5)}
    assert [one.words for one in held(person.database, Decision)] == ["Agreed to go on"]
    (version,) = held(person.database, MinutesVersion)
    lines = held(person.database, MinutesLine, minutes=version.id)
    assert [one.said.splitlines()[0] for one in lines] == [f"Said of {n}." for n in range(1, 13)]
    assert len(list(out.glob("2026-11-20 PCN Board Minutes*.pdf"))) == 2
    assert len(list(out.glob("2026-11-20 PCN Board Action log*.xlsx"))) == 1
    assert len(list(out.glob("2026-11-20 PCN Board Meeting pack*.pdf"))) == 1


def test_lines_start_what_they_say_and_stay_as_said(minutes_of: Callable[[int], Person]) -> None:
    person = minutes_of(2)
    for typed in ("/risk Staff leave", "/question Who pays?", "/action CD to write by Friday"):
        person.types(typed)
        person.presses("Return")
    assert person.told.startswith("A-001 is made")
    person.presses("Alt+Down")
    assert held(person.database, Risk)[0].event == "Staff leave"
    assert held(person.database, Question)[0].question == "Who pays?"
    (item, _) = held(person.database, AgendaItem)
    assert item.said == "/risk Staff leave\n/question Who pays?\n/action CD to write by Friday\n"


def test_what_is_not_understood_is_asked_without_leaving_the_keys(
    minutes_of: Callable[[int], Person],
) -> None:
    person = minutes_of(1)
    person.types("/action XY to write")
    person.presses("Return")
    assert person.sees("Who is “XY”?")
    person.presses("Alt+Q")
    person.types("CD")
    person.presses("Return")
    assert person.sees("By when?")
    person.types("11/12")
    person.presses("Return")
    assert person.focus is person.control(TEXT)
    (action,) = held(person.database, Action)
    assert (action.what, action.due) == ("write", date(2026, 12, 11))
    assert page_of(person).finish_typing()


def test_a_stroke_that_starts_nothing_is_told(minutes_of: Callable[[int], Person]) -> None:
    person = minutes_of(1)
    person.types("/acton CD to write")
    person.presses("Return")
    assert person.sees("“/acton” starts nothing.")
    assert held(person.database, Action) == ()


def test_a_line_put_right_changes_its_action_and_makes_no_second(minutes_of: Callable[[int], Person]) -> None:
    person = minutes_of(1)
    person.types("/action CD to write by Friday")
    person.presses("Return", "Up", "End")
    for _ in "Friday":
        person.presses("Backspace")
    person.types("9 Dec")
    person.presses("Down")
    (action,) = held(person.database, Action)
    assert action.due == date(2026, 12, 9)
    assert page_of(person).finish_typing()


def test_words_are_kept_while_typing_goes_on_without_a_pause(minutes_of: Callable[[int], Person]) -> None:
    person = minutes_of(1)
    text = person.control(TEXT)
    for _ in range(KEPT_AFTER_MS // 20 + 15):
        QTest.keyClicks(text, "a")
        QTest.qWait(20)
    assert drafts.kept(person.database)[0].words.startswith("aaaa")
    person.presses("Alt+Up")
    page_of(person).finish_typing()
    assert drafts.kept(person.database) == ()


def test_minutes_once_final_are_locked_and_amended_as_version_2(minutes_of: Callable[[int], Person]) -> None:
    person = minutes_of(1)
    person.types("As it was.")
    person.presses("Ctrl+Return", "Ctrl+Return")
    assert not person.may_type_into(TEXT)
    person.clicks("Amend these minutes")
    person.writes(TEXT, "As it truly was.", leave=False)
    person.clicks("Make the amended minutes final")
    assert person.sees("Say why the minutes are amended")
    person.writes("Why amended", "A word was wrong", leave=False)
    person.presses("Return")
    said = [one.said for one in held(person.database, MinutesLine)]
    assert said == ["As it was.", "As it truly was."]
    assert person.sees("Final, version 2, amended because A word was wrong")
    assert drafts.kept(person.database) == ()


def test_what_looks_like_a_patients_number_is_kept_nowhere(minutes_of: Callable[[int], Person]) -> None:
    person = minutes_of(2)
    person.types("Spoke of 943 476 5919 at length")
    person.presses("Alt+Down")
    assert person.reads(TEXT).startswith("Spoke of")
    assert person.sees("NHS number")
    assert drafts.kept(person.database) == ()
    person.writes(TEXT, "Spoke of one patient", leave=False)
    person.presses("Alt+Down")
    assert held(person.database, AgendaItem)[0].said == "Spoke of one patient"


def test_a_number_that_is_something_else_is_kept_with_its_reason(minutes_of: Callable[[int], Person]) -> None:
    person = minutes_of(2)
    person.types("Case 943 476 5919 was told of")
    person.presses("Alt+Down")
    person.clicks("Keep “What was said”, because…")
    person.writes("Why “What was said” is kept", "the council's own case number", leave=False)
    person.presses("Return")
    assert held(person.database, AgendaItem)[0].said == "Case 943 476 5919 was told of"


TYPING = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtTest import QTest
from nhsdesk.commands import files
from nhsdesk.desktop import start
from nhsdesk.desktop.places import PLACES
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.settings import Settings

clock = lambda: datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
window = start.made_window(start.application(), Preferences(Settings(who="Ann Archer")), clock)
window.show()
window.take_over(files.open_for_work(Path(sys.argv[1]), "Ann Archer", clock))
window.go_to(next(n for n, place in enumerate(PLACES) if place.title == "Meetings"))
window.page.turn_to(window.page.titles.index("Take minutes"))
text = window.page.page.text
text.setFocus()
for n in range(100_000):
    QTest.keyClicks(text, "abcdefghij"[n % 10])
    QTest.qWait(20)
    print(n + 1, time.monotonic(), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_a_kill_at_any_key_loses_at_most_a_second_of_typing(tmp_path: Path, clock: Clock) -> None:
    path = made_file(tmp_path / "Ours.nhsdesk", clock, 1)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
    }
    typing = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(path)], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert typing.stdout is not None
    typed = [typing.stdout.readline().split() for _ in range(random.Random(os.getpid()).randint(20, 70))]
    typing.send_signal(signal.SIGKILL)
    typed += [line.split() for line in typing.stdout.read().splitlines() if len(line.split()) == 2]
    typing.wait()
    typing.stdout.close()
    last = float(typed[-1][1])
    before = max((int(n) for n, at in typed if float(at) <= last - 1), default=0)
    with files.open_for_work(path, "Ann Archer", clock) as database:
        found = [one.words for one in drafts.kept(database)]
        kept = found[0] if found else ""
    assert kept == ("abcdefghij" * 20)[: len(kept)]
    assert before <= len(kept) <= int(typed[-1][0]) + 1


def test_words_of_before_a_crash_are_brought_back(
    opens: Callable[[Path], Person], tmp_path: Path, clock: Clock
) -> None:
    path = made_file(tmp_path / "Ours.nhsdesk", clock, 1)
    with files.open_for_work(path, "Ann Archer", clock) as database:
        (item,) = held(database, AgendaItem)
        drafts.keep(database, "agenda_item", str(item.id), "said", "Half a sen")
    person = opens(path)
    person.goes_to("Meetings", "Take minutes")
    assert person.reads(TEXT) == "Half a sen"
    person.control(TEXT).setFocus()
    person.types("tence")
    assert page_of(person).finish_typing()
    assert held(person.database, AgendaItem)[0].said == "Half a sentence"
    QApplication.processEvents()


def test_final_minutes_are_read_from_their_newest_version(
    opens: Callable[[Path], Person], tmp_path: Path, clock: Clock
) -> None:
    path = made_file(tmp_path / "Ours.nhsdesk", clock, 1)
    with files.open_for_work(path, "Ann Archer", clock) as database:
        (meeting,), (item,) = held(database, Meeting), held(database, AgendaItem)
        meetings.finalise(database, meeting.id)
        meetings.amend(database, meeting.id, {item.id: "Said after all"}, "It was left out")
    person = opens(path)
    person.goes_to("Meetings", "Take minutes")
    assert person.reads(TEXT) == "Said after all"


def test_words_kept_in_another_item_when_the_laptop_died_are_in_the_final_minutes(
    opens: Callable[[Path], Person], tmp_path: Path, clock: Clock
) -> None:
    path = made_file(tmp_path / "Ours.nhsdesk", clock, 3)
    with files.open_for_work(path, "Ann Archer", clock) as database:
        third = held(database, AgendaItem)[2]
        drafts.keep(
            database, "agenda_item", str(third.id), "said", "Agreed to wait\n/action CD to write by Friday"
        )
    person = opens(path)
    person.goes_to("Meetings", "Take minutes")
    person.control(TEXT).setFocus()
    person.presses("Ctrl+Return", "Ctrl+Return")
    assert held(person.database, MinutesLine)[2].said == "Agreed to wait\n/action CD to write by Friday"
    assert [one.what for one in held(person.database, Action)] == ["write"]
    assert drafts.kept(person.database) == ()


def test_minutes_are_not_made_final_over_words_that_are_only_typed(database: Database) -> None:
    with database.change("Fill") as change:
        fill(change, 1)
    (meeting,), (item,) = held(database, Meeting), held(database, AgendaItem)
    drafts.keep(database, "agenda_item", str(item.id), "said", "Half")
    with pytest.raises(errors.DeskError, match="not yet taken into it"):
        meetings.finalise(database, meeting.id)


def test_what_is_not_taken_in_stays_when_another_meeting_is_picked(
    minutes_of: Callable[[int], Person],
) -> None:
    person = minutes_of(1)
    with person.database.change("Another") as change:
        change.add(Meeting(body="Other board", held_on=date(2026, 11, 25)))
    page = page_of(person)
    page.which.fill()
    person.types("Spoke of 943 476 5919 at length")
    other = next(n for n in range(2) if "Other" in page.which.itemText(n))
    page.which.setCurrentIndex(other)
    page.which.activated.emit(other)
    assert person.reads(TEXT) == "Spoke of 943 476 5919 at length"
    assert "PCN Board" in page.which.currentText()
    person.writes(TEXT, "Spoke", leave=False)
    assert page.finish_typing()


def test_one_line_with_a_number_does_not_keep_the_others_from_being_kept(
    minutes_of: Callable[[int], Person],
) -> None:
    person = minutes_of(2)
    person.types("All of the story")
    person.presses("Return")
    person.types("943 476 5919")
    person.presses("Return", "Alt+Down")
    assert [one.words for one in drafts.kept(person.database)] == ["All of the story\n"]
    assert person.sees("NHS number")
    person.writes(TEXT, "All of the story", leave=False)
    assert page_of(person).finish_typing()


def test_an_amendment_that_may_not_be_kept_leaves_what_was_minuted(
    minutes_of: Callable[[int], Person],
) -> None:
    person = minutes_of(1)
    person.types("As it was.")
    person.presses("Ctrl+Return", "Ctrl+Return")
    person.clicks("Amend these minutes")
    person.writes(TEXT, "943 476 5919", leave=False)
    QTest.qWait(KEPT_AFTER_MS + 100)
    assert drafts.kept(person.database) == ()
    assert person.sees("NHS number")
    person.writes(TEXT, "As it truly was.", leave=False)
    person.clicks("Leave as they are")
