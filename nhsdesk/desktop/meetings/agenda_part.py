"""The agenda: items with start times that add up, their papers, and where an item goes that is not for this meeting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from nhsdesk import resources
from nhsdesk.commands import cover_sheets
from nhsdesk.commands import meetings as commands
from nhsdesk.commands.meeting_papers import BEFORE, OF_ITEM, PACK
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, line, narrow_box, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.meetings.going_out import GoingOut
from nhsdesk.desktop.meetings.which_meeting import WhichMeeting
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain import agendas
from nhsdesk.domain.agendas import Slot
from nhsdesk.domain.bodies import ForwardItem
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Meeting
from nhsdesk.sections.enclosures import MeetingPapers
from nhsdesk.sections.meetings import MeetingView

_NONE = "No meeting is entered. “New meeting” begins one from its series, or add one in the list of meetings."
MOVE_HELP = "Move takes the item off this agenda and puts it on the other. Duplicate leaves it here as well."


class AgendaPart(Part):
    """The agenda of the chosen meeting."""

    def __init__(self, desk: Desk, which: WhichMeeting) -> None:
        super().__init__(desk)
        self._which = which
        self._others: tuple[Meeting, ...] = ()
        self._waits: tuple[ForwardItem, ...] = ()
        self._times, self._papers, self._along = label(role="h2"), label(), label()
        headings = ("No", "Time", "Item", "Purpose", "Presenter", "Minutes", "Paper", "State")
        self.list = WrappedTable("Agenda items", headings, wrapped=(2, 4, 6), figures=(0, 5))
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        self.list.opened.connect(lambda key: desk.show("agenda_item", key))
        self.earlier = pressed("Earlier (Alt+Up)", "chevron-up", lambda: self._step(-1))
        self.later = pressed("Later (Alt+Down)", "chevron-down", lambda: self._step(1))
        self.open = pressed("Open this item", "open", self._open)
        self.title = line("New item", 320)
        self.title.returnPressed.connect(self._add)
        self.add = pressed("Add this item", "add", self._add)
        self.sent = pressed("Papers went out today", "check", self._sent)
        self.going_out, self.pack = GoingOut(desk, "agenda", BEFORE), GoingOut(desk, "pack", PACK)
        self.cover = pressed("Cover sheet", "edit", self._cover)
        self.board_paper = GoingOut(desk, "board paper", OF_ITEM)
        self.list.chosen.connect(lambda _: self._of_item())
        self.park = pressed("Put in the backlog", "clock", self._park)
        self.other = narrow_box("Other meeting", 24)
        self.moves = pressed("Move", "forward", lambda: self._onto(commands.move, "moved"))
        self.duplicate = pressed("Duplicate", "copy", lambda: self._onto(commands.duplicate, "duplicated"))
        self.backlog = narrow_box("Backlog", 24)
        self.take = pressed("Take onto this agenda", "add", self._take)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._step(step))
        self._lay_out()

    def begin_at(self) -> QWidget:
        return self.list

    # ---- looking

    def look(self) -> None:
        meeting = self._which.id
        seen = None if meeting is None else commands.view(self.desk.database, meeting)
        self._tell(seen)
        if seen is None:
            self.list.show_rows([])
        else:
            papers = commands.papers_on(self.desk.database, seen)
            self.list.show_rows([(slot.item.id, _cells(slot, seen, papers)) for slot in seen.slots])
        everything = commands.all_meetings(self.desk.database)
        today = self.desk.database.today()
        self._others = tuple(
            one for one in everything if one.id != meeting and not agendas.has_been(one, today)
        )
        _fill(self.other, [f"{one.ref} {one.title_words()}" for one in self._others])
        self._waits = agendas.backlog(seen.plan) if seen is not None else ()
        _fill(self.backlog, [one.title for one in self._waits])
        self._enable(seen)

    def _tell(self, seen: MeetingView | None) -> None:
        if seen is None:
            self._times.setText("No meeting")
            self._papers.setText(_NONE)
            self._along.setText("")
            return
        today = self.desk.database.today()
        self._times.setText(seen.time_words)
        words = agendas.papers_words(seen.meeting, seen.body, resources.bank_holidays(), today)
        self._papers.setText(words)
        carried = sum(item.carried_from is not None for item in seen.items)
        open_ = len(seen.open_before)
        along = f"{counted(open_, 'open action comes', 'open actions come')} along from earlier meetings"
        self._along.setText(f"{along}; {counted(carried, 'item', 'items')} carried over.")

    def _enable(self, seen: MeetingView | None) -> None:
        may = seen is not None and not seen.is_final and not self.desk.database.read_only_because
        chosen = may and bool(self.list.rowCount())
        for one in (self.earlier, self.later, self.park):
            one.setEnabled(chosen)
        for one in (self.moves, self.duplicate):
            one.setEnabled(chosen and bool(self._others))
        self.open.setEnabled(bool(self.list.rowCount()))
        self.take.setEnabled(may and bool(self._waits))
        self.title.setEnabled(may)
        self.add.setEnabled(may)
        waits = seen is not None and seen.meeting.papers_sent_on is None
        self.sent.setEnabled(may and waits)
        for issuing in (self.going_out, self.pack):
            issuing.show_meeting(seen)
        self.cover.setEnabled(self.open.isEnabled() and not self.desk.database.read_only_because)
        self._of_item()

    def _of_item(self) -> None:
        self.board_paper.show_entry(self.list.current if self.list.rowCount() else None)

    # ---- doing

    def _cover(self) -> None:
        """Opens the cover sheet of the chosen item; it is begun where there is none."""
        item: Id | None = self.list.current
        if item is not None:
            sheet = self.desk.attempt(lambda: cover_sheets.of_item(self.desk.database, item))
            if sheet is not None:
                self.desk.show("cover_sheet", sheet.id)

    def _step(self, step: int) -> None:
        chosen: Id | None = self.list.current
        if chosen is not None and self.earlier.isEnabled():
            self.desk.attempt(lambda: commands.set_number(self.desk.database, chosen, step))
            self.look()
            self.list.go_to(chosen)

    def _add(self) -> None:
        meeting, title = self._which.id, self.title.text()
        if meeting is None or not title.strip():
            return
        made = self.desk.attempt(lambda: commands.add_item(self.desk.database, meeting, title))
        if made is not None:
            self.title.clear()
            self.look()
            self.list.go_to(made.id)
            self.desk.say(f"“{made.title}” is item {made.number}.")

    def _sent(self) -> None:
        meeting, today = self._which.id, self.desk.database.today()
        if meeting is not None:
            self.desk.attempt(lambda: commands.papers_sent(self.desk.database, meeting, today))
            self.look()
            self.desk.say(self._papers.text())

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("agenda_item", self.list.current)

    def _park(self) -> None:
        chosen = self.list.current
        made = self.desk.attempt(lambda: commands.park(self.desk.database, chosen)) if chosen else None
        if made is not None:
            self.desk.say(f"“{made.title}” waits in the backlog as {made.ref}.")

    def _onto(self, work: Callable[..., object], done: str) -> None:
        chosen, at = self.list.current, self.other.currentIndex()
        if chosen is None or not 0 <= at < len(self._others):
            return
        to = self._others[at]
        made = self.desk.attempt(lambda: work(self.desk.database, chosen, to.id))
        if made is not None:
            self.desk.say(f"The item was {done} onto the agenda of {to.title_words()}.")

    def _take(self) -> None:
        meeting, at = self._which.id, self.backlog.currentIndex()
        if meeting is None or not 0 <= at < len(self._waits):
            return
        wanted = self._waits[at].id
        made = self.desk.attempt(lambda: commands.take_from_backlog(self.desk.database, meeting, wanted))
        if made is not None:
            self.desk.say(f"“{made.title}” stands on this agenda as item {made.number}.")

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        for one in (self._times, self._papers, self._along):
            column.addWidget(one)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.open, self.earlier, self.later, self.park, self.cover, self.board_paper))
        column.addLayout(row("New item", self.title, self.add, self.sent, self.going_out, self.pack))
        column.addLayout(row("Other meeting", self.other, self.moves, self.duplicate))
        column.addLayout(row("Backlog", self.backlog, self.take))
        column.addWidget(label(MOVE_HELP, "help"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled_down(inside))


def _fill(box: QComboBox, words: list[str]) -> None:
    before = box.currentText()
    box.clear()
    box.addItems(words)
    box.setCurrentIndex(max(box.findText(before), 0) if words else -1)


def _cells(slot: Slot, seen: MeetingView, papers: MeetingPapers) -> tuple[str, ...]:
    item = slot.item
    title = f"{item.title} (restricted)" if item.restricted else item.title
    return (
        str(item.number),
        f"{slot.start:%H:%M}" if slot.start else "",
        title,
        item.purpose.words if item.purpose else "",
        seen.name(item.presenter),
        "" if item.minutes is None else str(item.minutes),
        papers.words(item),
        item.state.words,
    )
