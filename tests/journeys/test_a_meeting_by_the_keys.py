"""A meeting of twelve items minuted by the keyboard alone; minutes, action log and pack go out in a few strokes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2 as pdfium
import pytest

from nhsdesk.desktop import asking
from nhsdesk.domain.actions import Action
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.meetings import MinutesVersion
from tests.conftest import Clock
from tests.desktop.meetings.test_minuting import made_file
from tests.journeys.conftest import SitsDown
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
