"""Who was there, marked with one key each, when they came and left, and the quorum worked out from it."""

from __future__ import annotations

from datetime import time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import meetings as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, line, narrow_box, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.meetings.which_meeting import WhichMeeting
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.bodies import Interest
from nhsdesk.domain.entry import read_time
from nhsdesk.domain.meetings import AgendaItem, Presence
from nhsdesk.domain.problems import Problem
from nhsdesk.sections.meetings import Expected, MeetingView

_KEYS = (
    ("Alt+P", "Present", Presence.PRESENT, "check"),
    ("Alt+U", "Deputy", Presence.DEPUTY, "person"),
    ("Alt+A", "Apologies", Presence.APOLOGIES, "cancel"),
    ("Alt+I", "In attendance", Presence.ATTENDING, "person"),
)


class AttendancePart(Part):
    """Everybody expected, one line each."""

    def __init__(self, desk: Desk, which: WhichMeeting) -> None:
        super().__init__(desk)
        self._which = which
        self._rows: dict[int, Expected] = {}
        self._to_ask: tuple[Interest, ...] = ()
        self._quorum = label(role="h2")
        self.list = WrappedTable("Who was there", ("Who", "Counts", "There", "Came", "Left"), wrapped=(0,))
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        self.list.chosen.connect(lambda _: self._show_times())
        self.marks = [self._mark_button(*one) for one in _KEYS]
        self.came, self.left = line("Came at", 100), line("Left at", 100)
        self.keep = pressed("Keep the times", "clock", self._keep_times)
        self.left.returnPressed.connect(self._keep_times)
        self._trouble = Told()
        self.working = reading("How the quorum is worked out")
        self.interest, self.item = narrow_box("Interest to declare", 20), narrow_box("For which item", 20)
        self._items: tuple[AgendaItem, ...] = ()
        self.managed = line("What was done", 240)
        self.declare = pressed("Note as declared", "add", self._declare)
        self.none = pressed("Interests were asked for", "check", self._asked)
        self._lay_out()

    def begin_at(self) -> QWidget:
        return self.list

    def _mark_button(self, keys: str, words: str, presence: Presence, picture: str) -> QWidget:
        made = pressed(f"{words} ({keys})", picture, lambda: self._mark(presence))
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self._mark(presence))
        return made

    # ---- looking

    def look(self) -> None:
        meeting = self._which.id
        seen = None if meeting is None else commands.view(self.desk.database, meeting)
        found = () if meeting is None else commands.expected(self.desk.database, meeting)
        self._rows = dict(enumerate(found, 1))
        self._quorum.setText(seen.quorum.words if seen is not None else "No meeting is entered.")
        self.working.setPlainText("" if seen is None else "\n".join(seen.quorum.steps))
        self.list.show_rows([(key, _cells(one)) for key, one in self._rows.items()])
        self._show_interests(seen)
        may = seen is not None and not self.desk.database.read_only_because
        for one in (*self.marks, self.keep):
            one.setEnabled(may and bool(found))
        self.none.setEnabled(may)

    def _show_interests(self, seen: MeetingView | None) -> None:
        self._to_ask = seen.to_ask if seen is not None else ()
        self.interest.clear()
        self.interest.addItems([_interest(one, seen) for one in self._to_ask])
        self._items = seen.items if seen is not None else ()
        self.item.clear()
        self.item.addItems(["The whole meeting", *(f"{one.number}. {one.title}" for one in self._items)])
        self.declare.setEnabled(bool(self._to_ask) and not self.desk.database.read_only_because)

    def _show_times(self) -> None:
        entry = self._entry()
        self.came.setText(f"{entry.came_at:%H:%M}" if entry and entry.came_at else "")
        self.left.setText(f"{entry.left_at:%H:%M}" if entry and entry.left_at else "")

    def _entry(self) -> Any:
        one = self._rows.get(self.list.current)
        return one.entry if one is not None else None

    # ---- doing

    def _mark(self, presence: Presence) -> None:
        one, meeting = self._rows.get(self.list.current), self._which.id
        if one is None or meeting is None or not self.marks[0].isEnabled():
            return
        at = self.list.currentRow()
        done = self.desk.attempt(lambda: commands.mark(self.desk.database, meeting, one, presence))
        if done is None:
            return
        self.look()
        self.list.setCurrentCell(min(at + 1, self.list.rowCount() - 1), 0)
        self.desk.say(f"{one.name}: {presence.value}. {self._quorum.text()}")

    def _keep_times(self) -> None:
        entry = self._entry()
        if entry is None:
            self._trouble.tell("Mark first that they were there; then say when they came or left.")
            return
        came, left = _time(self.came.text()), _time(self.left.text())
        wrong = next((one for one in (came, left) if isinstance(one, Problem)), None)
        self._trouble.tell(wrong.sentence if wrong is not None else "")
        if wrong is not None:
            return
        assert not isinstance(came, Problem)
        assert not isinstance(left, Problem)
        if (
            self.desk.attempt(lambda: commands.mark_times(self.desk.database, entry.id, came, left))
            is not None
        ):
            at = self.list.current
            self.look()
            self.list.go_to(at)
            self.desk.say(self._quorum.text())

    def _asked(self) -> None:
        meeting = self._which.id
        if meeting is not None:
            self.desk.attempt(lambda: commands.ask_interests(self.desk.database, meeting))
            self.desk.say("It is noted that interests were asked for.")

    def _declare(self) -> None:
        meeting, at = self._which.id, self.interest.currentIndex()
        if meeting is None or not 0 <= at < len(self._to_ask):
            return
        wanted, done = self._to_ask[at].id, self.managed.text()
        number = self.item.currentIndex() - 1
        item = self._items[number].id if 0 <= number < len(self._items) else None
        made = self.desk.attempt(lambda: commands.declare(self.desk.database, meeting, wanted, item, done))
        if made is not None:
            self.managed.clear()
            self.desk.say(f"Noted as declared, {made.ref}.")

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._quorum)
        column.addWidget(self.list, 3)
        column.addLayout(row(*self.marks))
        column.addLayout(row("Came at", self.came, "Left at", self.left, self.keep))
        column.addWidget(self._trouble)
        column.addWidget(self.working, 1)
        column.addLayout(row("Interest", self.interest, "For", self.item, self.none))
        column.addLayout(row("What was done", self.managed, self.declare))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled_down(inside))


def _time(words: str) -> time | Problem | None:
    return read_time(words) if words.strip() else None


def _interest(one: Interest, seen: MeetingView | None) -> str:
    who = seen.name(one.holder) if seen is not None else ""
    return f"{who}: {one.what} ({one.kind.value})"


def _cells(one: Expected) -> tuple[str, ...]:
    entry = one.entry
    return (
        one.name,
        "Yes" if one.votes else "No",
        entry.presence.words if entry else "Not entered",
        f"{entry.came_at:%H:%M}" if entry and entry.came_at else "",
        f"{entry.left_at:%H:%M}" if entry and entry.left_at else "",
    )
