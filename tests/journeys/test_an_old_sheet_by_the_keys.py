"""An old spreadsheet in by paste, by the keys alone, as the guide tells it step by step."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication

from nhsdesk.desktop.register_excel import BringBack
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.money import Money
from tests.conftest import Clock
from tests.journeys.conftest import SitsDown
from tests.journeys.guided import Does, follows
from tests.journeys.typist import Typist

SHEET = """\
Wexmere PCN: what we have promised\t\t\t\t\t
\t\t\t\t\t
Commitment\tAsked by\tWhen\t\tCost\tNotes
\t\tDue date\tRevised date\t\t
Offer enhanced access\tNHS England\t31.03.27\t\t£12,400.00\tEvening clinics
Care home rounds\tICB\t31-Mar-27\t30/6/27\t£ 8,000\t
\t\t\t\t\t
Commitment\tAsked by\tWhen\t\tCost\tNotes
\t\tDue date\tRevised date\t\t
Learning disability checks\tICB\tend of March\t\t-\tsee minutes
Social prescribing plan\tPlace board\t1 April 2027\t\t3200\t
Total\t\t\t\t£23,600.00\t
"""
MENDED = SHEET.replace("end of March", "31/3/2027")


def test_an_old_spreadsheet_comes_in_by_paste_as_the_guide_tells(sits_down: SitsDown, clock: Clock) -> None:
    one = sits_down(clock)
    a_new_file(one)
    with follows("old-spreadsheets.md", "An old spreadsheet in by paste, step by step", one) as step:
        it_is_pasted(one, step)
        it_is_mended(one, step)
        it_is_taken_in(one, step)
        with step("Take it back, if it was wrong"):
            one.presses("Ctrl+Z")
            assert one.holds(Commitment) == []
            one.presses("Ctrl+Y")
    assert len(one.holds(Commitment)) == 4


def a_new_file(one: Typist) -> None:
    one.presses("Return")
    one.tabs_to("Or type your PCN's name")
    one.types("Wexmere PCN")
    one.presses("Return")
    one.waits(lambda: one.window.desk is not None)


def it_is_pasted(one: Typist, step: Does) -> None:
    with step("Go to the list it belongs in"):
        one.goes_to("Commitments")
    QApplication.clipboard().setText(SHEET)
    with step("Paste it"):
        one.presses("Ctrl+V")
    told = one.on_screen()
    assert "4 rows in what was pasted. Nothing is written yet. 4 commitments would be added." in told
    assert "The headings begin in row 3; what stands above them is left out." in told
    assert "Totals, and left out: row 12." in told
    assert one.holds(Commitment) == []


def it_is_mended(one: Typist, step: Does) -> None:
    with step("Say what its columns are"):
        one.fills("Column “Asked by” is", "Who wants it")
    assert "left out: “Asked by”" not in one.on_screen()
    with step("Read what is not taken"):
        one.tabs_to("Changes in the file")
    assert any("“end of March” could not be read as a day." in row for row in listed(one))
    with step("Mend it in the spreadsheet, and paste again"):
        one.presses_the_button("Leave it")
        QApplication.clipboard().setText(MENDED)
        one.presses("Ctrl+V")
        one.fills("Column “Asked by” is", "Who wants it")
    assert not any("could not be read" in row for row in listed(one))


def it_is_taken_in(one: Typist, step: Does) -> None:
    with step("Take it in"):
        one.presses_the_button("Take in 4 commitments")
    found = [each for each in one.holds(Commitment) if isinstance(each, Commitment)]
    assert [(each.title, each.owed_to, each.due) for each in found] == [
        ("Offer enhanced access", "NHS England", date(2027, 3, 31)),
        ("Care home rounds", "ICB", date(2027, 3, 31)),
        ("Learning disability checks", "ICB", date(2027, 3, 31)),
        ("Social prescribing plan", "Place board", date(2027, 4, 1)),
    ]
    assert [each.funding for each in found] == [
        Money.pounds(12_400),
        Money.pounds(8_000),
        None,
        Money.pounds(3_200),
    ]
    assert (found[0].result, found[1].revised_due) == ("Evening clinics", date(2027, 6, 30))


def listed(one: Typist) -> list[str]:
    (part,) = (each for each in one.window.findChildren(BringBack) if each.isVisible())
    return [" ".join(part.list.words(row)) for row in range(part.list.rowCount())]
