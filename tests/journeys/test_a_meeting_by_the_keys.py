"""Meetings by the keyboard alone: twelve items minuted, and a first one from agenda to pack as the guide tells.

After the minutes, their action log and the pack go out in a few strokes.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest

from nhsdesk.desktop import asking
from nhsdesk.domain.actions import Action
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.meetings import AgendaItem, MinutesVersion
from nhsdesk.domain.organisations import Person as Role
from tests.conftest import Clock
from tests.desktop.meetings.test_minuting import made_file
from tests.journeys.conftest import SitsDown
from tests.journeys.guided import Does, follows
from tests.journeys.typist import Typist

ITEMS = 12
MOST_STROKES = 20


class Counted:
    """Somebody whose strokes are counted."""

    def __init__(self, one: Typist) -> None:
        self.one, self.strokes = one, 0

    def presses(self, *keys: str) -> None:
        self.strokes += len(keys)
        self.one.presses(*keys)


def words_of(path: Path) -> list[str]:
    document = pdfium.PdfDocument(path.read_bytes())
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def minutes_it(one: Typist) -> None:
    """Types what was said of each item, what was to be done, and one decision."""
    for number in range(1, ITEMS + 1):
        one.types(f"Said of {number}.")
        one.presses("Return")
        one.types(f"/action WF to send list {number} by 5 Dec")
        one.presses("Return")
        if number == 3:
            one.types("/decision Agreed to go on")
            one.presses("Return")
        if number < ITEMS:
            one.presses("Alt+Down")


def test_a_meeting_is_minuted_and_its_papers_are_out_in_twenty_strokes(
    sits_down: SitsDown,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
) -> None:
    path, out = made_file(tmp_path / "Ours.nhsdesk", clock, ITEMS), tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(asking, "choose_existing", lambda *_: path)
    monkeypatch.setattr(asking, "choose_folder", lambda *_: out)
    one = sits_down(clock)
    one.presses("Ctrl+O")
    one.waits(lambda: one.window.desk is not None)
    one.presses("Ctrl+5")
    one.turns_to("Take minutes")
    one.tabs_to("Minutes of this item")
    minutes_it(one)
    after = Counted(one)
    after.presses("Ctrl+Return", "Ctrl+Return")  # the minutes are final
    after.presses("Return", "Return")  # what is to be acknowledged, and then the papers
    after.strokes += 1  # Enter in the question for the folder
    assert after.strokes <= MOST_STROKES
    assert one.holds(MinutesVersion)
    assert len(one.holds(Action)) == ITEMS
    assert len(one.holds(Decision)) == 1
    assert set(one.kept()) == {"minutes", "minutes-own", "action-log", "pack"}
    the_papers_tell_it(out)


def the_papers_tell_it(out: Path) -> None:
    (minutes,) = out.glob("* Minutes*without*.pdf")
    assert all(f"Said of {number}." in " ".join(words_of(minutes)) for number in range(1, ITEMS + 1))
    (log,) = out.glob("* Action log*.xlsx")
    rows = openpyxl.load_workbook(log).worksheets[1].iter_rows(min_row=5, values_only=True)
    assert sum("send list" in str(row) for row in rows) == ITEMS
    (pack,) = out.glob("* Meeting pack*.pdf")
    pages = words_of(pack)
    assert any("Agenda, page 1 of" in page for page in pages)
    assert any("Enclosure A, page 1 of" in page and "PCNB/26/001" in page for page in pages)
    assert any("Enclosure B, page 1 of" in page and "12 actions are open" in page for page in pages)
    assert date(2026, 12, 5).strftime("5 %B %Y") in " ".join(pages)


SUBJECTS = ("Winter access", "Link nurse", "Any other business")


def test_a_first_meeting_goes_from_its_agenda_to_the_pack_as_the_guide_tells(
    sits_down: SitsDown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path)
    one = sits_down(clock)
    one.presses("Return")
    one.fills("Or type your PCN's name", "Eastfield PCN")
    one.presses_the_button("Make the PCN file")
    one.waits(lambda: one.window.desk is not None)
    with follows("meetings.md", "A meeting from its agenda to the pack, step by step", one) as step:
        the_meeting_is_entered(one, step)
        it_is_minuted(one, step)
        with step("Make them final"):
            one.presses("Ctrl+Return", "Ctrl+Return")
        with step("Issue minutes, action log and pack"):
            one.presses("Return", "Return")
    (version,) = one.holds(MinutesVersion)
    assert version
    (action,) = one.holds(Action)
    assert isinstance(action, Action)
    assert (action.due, action.owner) == (date(2026, 12, 5), one.holds(Role)[0].id)
    assert set(one.kept()) == {"minutes", "minutes-own", "action-log", "pack"}
    (pack,) = tmp_path.glob("* Meeting pack*.pdf")
    told = " ".join(words_of(pack))
    assert all(words in told for words in (*SUBJECTS, "PCNB/26/001", "1 action is open"))


def the_meeting_is_entered(one: Typist, step: Does) -> None:
    with step("Name a role that does things"):
        one.goes_to("Neighbourhoods", "People and roles")
        one.presses("Return", "Ctrl+N")
        one.fills("Role title", "PCN manager")
    with step("Enter the board"):
        one.goes_to("Meetings", "Lists")
        one.presses("Return", "Ctrl+N")
        one.fills("Name", "PCN Board")
        one.fills("Minutes are numbered", "PCNB/26/")
    with step("Enter the meeting"):
        one.goes_to("Meetings", "Meetings")
        one.presses("Return", "Ctrl+N")
        one.fills("Body", "PCN Board")
        one.fills("Date", "20 Nov 2026")
        one.fills("Board or group", "BD-001")
        one.fills("Starts at", "13:00")
    with step("Write its agenda"):
        one.goes_to("Meetings", "Agenda and attendance")
        one.tabs_to("New item")
        for subject in SUBJECTS:
            one.types(subject)
            one.presses("Return")
    held = [item.title for item in one.holds(AgendaItem) if isinstance(item, AgendaItem)]
    assert tuple(held) == SUBJECTS


def it_is_minuted(one: Typist, step: Does) -> None:
    with step("Take the minutes"):
        one.goes_to("Meetings", "Take minutes")
        one.tabs_to("Minutes of this item")
        for number, subject in enumerate(SUBJECTS):
            one.types(f"{subject} was talked about.")
            one.presses("Return")
            if number == 0:
                one.types("/action PCN manager to send the rota by 5 Dec")
                one.presses("Return")
                one.types("/decision Agreed as written")
                one.presses("Return")
            if number + 1 < len(SUBJECTS):
                one.presses("Alt+Down")
