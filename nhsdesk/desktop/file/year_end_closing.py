"""Closing the year: what is acknowledged by it, the outturn that was kept beside today, and opening it again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import year_end
from nhsdesk.commands.year_end import Prepared, Seen
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.cards import ReadOnlyTable, card
from nhsdesk.desktop.commitments.parts import pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.under_way import UnderWay
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.money import Money
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.year_end import BesideRow, YearEnd, beside_words

FOLDER = "papers.folder"
SEALS_NOTHING = (
    "Closing keeps the outturn as it is known now, with the facts it was made from, and sets aside what was filed. It "
    "is one step, which Undo takes back. Nothing is locked: a claim of the year is still put right by one that "
    "supersedes it."
)
_ACKNOWLEDGED = "What is acknowledged by closing the year"
_HEADINGS = ("What", "As kept", "Today", "Difference")


class ClosingPart(QWidget):
    """The end of the page: the year is closed here, or was."""

    done = Signal()
    """The year was closed or opened again."""
    asked = Signal(object)
    """The last control of what is asked before the year is closed, which is to be seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._end: YearEnd | None = None
        self._prepared: Prepared | None = None
        self._go_on = False
        """Whether the keys go to what can be done next once the year is shown anew."""
        framed, stack = card("Close the year")
        self._first, self._help, self._trouble = label(), label(SEALS_NOTHING, "help"), Told()
        self._under_way = UnderWay(desk.background)
        self.close_it = pressed("Close the year…", "lock", self._prepare)
        self.points_told = label(role="field")
        self.points = reading(_ACKNOWLEDGED)
        self.points.setFixedHeight(theme.px(132))
        self.confirm = pressed("Close the year with these acknowledged", "check", self._close, primary=True)
        self.not_now = pressed("Not now", "cancel", self._put_away)
        self.beside = ReadOnlyTable("The outturn as kept beside today", _HEADINGS, stretched=0)
        self._beside_words = label()
        self.save = pressed("Save the outturn as kept…", "save", self._save)
        self.again = pressed("Open the year again", "undo", self._open_again)
        for part in (self._first, self._beside_words, self.beside, self._help, self.points_told, self.points):
            stack.addWidget(part)
        buttons = QWidget()
        buttons.setLayout(row(self.close_it, self.confirm, self.not_now, self.save, self.again))
        for below in (buttons, self._under_way, self._trouble):
            stack.addWidget(below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)

    def show_year(self, seen: Seen) -> None:
        """Shows how a year stands; what was about to be acknowledged goes where the file has changed since."""
        if self._end is not None and seen.end.year != self._end.year:
            self._trouble.tell("")
        self._end = seen.end
        position = self._desk.database.head.position
        stale = self._prepared is None or (self._prepared.year, self._prepared.position) != (
            seen.end.year,
            position,
        )
        if stale:
            self._prepared = None
        self._show(seen.end)
        self._show_kept(seen.end.closed, seen.beside)
        self.allow()
        if self._go_on:
            self._go_on = False
            (self.again if seen.end.closed is not None else self.close_it).setFocus()

    def _show(self, end: YearEnd) -> None:
        closed, ready = end.closed, self._prepared
        self._first.setText(end.refused or end.words)
        self._help.setText(self._desk.database.read_only_because or SEALS_NOTHING)
        self._help.setVisible(closed is None)
        self.close_it.setText(on_a_button(f"Close {end.year}…"))
        self.confirm.setText(on_a_button(f"Close {end.year} with these acknowledged"))
        self.again.setText(on_a_button(f"Open {end.year} again"))
        self.close_it.setVisible(closed is None and ready is None)
        for one in (self.confirm, self.not_now):
            one.setVisible(ready is not None)
        points = ready.in_the_way if ready is not None else _acknowledged(closed)
        told = "must be acknowledged" if ready is not None else "acknowledged when it was closed"
        things = counted(len(points), "thing", "things")
        self.points_told.setText(f"{things} {told}:")
        self.points.setPlainText("\n".join(points))
        for part in (self.points_told, self.points):
            part.setVisible(bool(points))

    def _show_kept(self, closed: ClosedYear | None, beside: tuple[BesideRow, ...]) -> None:
        self.save.setVisible(closed is not None and closed.outturn is not None)
        self.again.setVisible(closed is not None)
        self.beside.show_rows(tuple(map(_cells, beside)))
        self._beside_words.setText(beside_words(beside) if beside else "")
        self._beside_words.setVisible(bool(beside))

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        writes = self._desk.may_write
        may = self._end is not None and not self._end.refused
        self.close_it.setEnabled(writes and may and not self._desk.background.writing)
        self.confirm.setEnabled(writes)
        self.again.setEnabled(writes)

    # ---- what the person does

    def _prepare(self) -> None:
        end, database = self._end, self._desk.database
        if end is None:
            return
        self._trouble.tell("")
        job = self._desk.background.start(
            f"Looking at what closing {end.year} leaves open",
            lambda _: year_end.prepare(database, end.year),
            self._offer,
            failed=self._trouble.tell,
        )
        self._under_way.follow(job)

    def _offer(self, ready: Prepared) -> None:
        if self._end is None or ready.year != self._end.year:
            return
        self._prepared = ready
        if not ready.in_the_way:
            self._close()
            return
        self._show(self._end)
        self.allow()
        self.points.setFocus(Qt.FocusReason.OtherFocusReason)
        self.asked.emit(self.confirm)

    def _put_away(self) -> None:
        self._prepared = None
        if self._end is not None:
            self._show(self._end)
            self.allow()
        self.close_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        ready = self._prepared
        if ready is None:
            return
        done = self._desk.attempt(lambda: year_end.close(self._desk.database, ready, acknowledged=True))
        self._prepared = None
        if done is not None:
            self._go_on = True
            self._desk.say(f"{done.year} is closed, as {done.ref}.")
        self.done.emit()

    def _open_again(self) -> None:
        end = self._end
        if end is None:
            return
        told = self._desk.attempt(lambda: year_end.open_again(self._desk.database, end.year))
        self._trouble.tell(told.sentence if isinstance(told, Problem) else "")
        if isinstance(told, str):
            self._go_on = True
            self._desk.say(told)
        self.done.emit()

    def _save(self) -> None:
        """That of each closing, where copies closed the year apart."""
        end = self._end
        if end is None or end.closed is None:
            return
        self._save_of(end.closed, "Save the outturn as kept", "")
        for one in end.also:
            self._save_of(one, f"Save the outturn as {one.closed_by} kept it", f" {one.ref}")

    def _save_of(self, closed: ClosedYear, caption: str, apart: str) -> None:
        if closed.outturn is None:
            return
        folder = Path(self._desk.layout.word(FOLDER) or self._desk.database.path.parent)
        named = Path(closed.outturn.name)
        target = asking.choose_file(
            self, caption, folder, f"{named.stem}{apart}{named.suffix}", "Excel workbook (*.xlsx)"
        )
        if target is None:
            return
        self._desk.layout.keep_word(FOLDER, str(target.parent))
        saved = self._desk.attempt(lambda: year_end.save_outturn(self._desk.database, closed.ref, target))
        if saved is not None:
            self._desk.say(f"The outturn of {closed.year} was saved as it was kept, as {target}.")


def _acknowledged(closed: ClosedYear | None) -> tuple[str, ...]:
    return tuple((closed.acknowledged or "").splitlines()) if closed is not None else ()


def _cells(one: BesideRow) -> tuple[str, ...]:
    return (one.name, *map(_amount, (one.kept, one.today, one.difference)))


def _amount(amount: Money | None) -> str:
    return "Not known" if amount is None else str(amount)
