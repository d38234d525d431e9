"""Minutes typed while the meeting goes on: items down the side, one large text, and no need for the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import meetings, minuting
from nhsdesk.commands.meeting_papers import AFTER
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.keep_because import KeepBecause
from nhsdesk.desktop.meetings.amending import Amending
from nhsdesk.desktop.meetings.going_out import GoingOut
from nhsdesk.desktop.meetings.made_list import MadeList
from nhsdesk.desktop.meetings.minutes_text import MinutesText
from nhsdesk.desktop.meetings.which_meeting import WhichMeeting
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import AgendaItem
from nhsdesk.domain.minuting import Moved, moved, not_known
from nhsdesk.domain.problems import Problem
from nhsdesk.sections.meetings import MeetingView

KEPT_AFTER_MS = 600
"""Words are kept so long after the first key that is not yet kept, however fast typing goes on."""

_HOW = (
    "Begin a line with /action, /decision, /risk or /question, such as “/action WF to send starter list by 5 Dec”; "
    "“/left CD 15:10” and /came keep the quorum. Alt+Down and Alt+Up: other items. Alt+Q: what is asked. Ctrl+Enter: "
    "make the minutes final."
)
_NONE = "No meeting is entered. Begin one under “Agenda and attendance”; its items then stand here."
_SURE = (
    "Press Ctrl+Enter again to make these minutes final. They are numbered, and can then only be amended as a new "
    "version."
)


class MinutingPage(Page):
    """One meeting, one item at a time."""

    title = "Take minutes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: MeetingView | None = None
        self._item: Id | None = None
        self._dirty = False
        self._sure: Id | None = None
        """The meeting whose minutes the next Ctrl+Enter makes final."""
        self.which = WhichMeeting(desk)
        self._quorum, self._heading, self._about = label(role="quiet"), label(role="h2"), label(role="quiet")
        self.items = WrappedTable("Items", ("No", "Item", "Time"), wrapped=(1,), figures=(0,))
        self.text = MinutesText("Minutes of this item")
        self.made = MadeList(desk)
        self.amending, self.going_out = Amending(desk), GoingOut(desk, "minutes, action log and pack", AFTER)
        self.final = pressed("Make the minutes final (Ctrl+Enter)", "lock", self.finalise)
        self._trouble, self.because, self._why = Told(), KeepBecause("What was said"), ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_AFTER_MS)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self._timer.timeout.connect(self._keep)
        self.which.picked.connect(self._picked)
        self.items.chosen.connect(self._choose)
        self.items.opened.connect(lambda _: self.text.setFocus())
        self.text.textChanged.connect(self._typed)
        self.text.line_left.connect(self._line_left)
        self.because.kept.connect(self._keep_because)
        self.made.settled.connect(self._show_made)
        self.made.done.connect(self.text.setFocus)
        self.amending.finishing.connect(self._take_in)
        self.amending.held_up = lambda: self._dirty
        self.amending.done.connect(self._amended)
        self.amending.began.connect(self.text.setFocus)
        self.desk.changed.connect(self._changed)
        for keys, work in (
            ("Alt+Down", lambda: self._step(1)),
            ("Alt+Up", lambda: self._step(-1)),
            ("Alt+Q", self.made.ask),
            ("Ctrl+Return", self.finalise),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(work)

    # ---- what the window asks

    def shown(self) -> None:
        self._look()

    def take_focus(self) -> None:
        (self.text if self.items.rowCount() else self.which).setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> bool:
        return self._take_in()

    def selection_words(self) -> str:
        return self._quorum.text()

    # ---- looking

    def _changed(self, _: object) -> None:
        if self.isVisible() and not self._dirty:
            self._look()

    def _picked(self) -> None:
        if not self._take_in() and self._seen is not None:
            self.which.stay_at(self._seen.meeting)
            return
        self._item = self._sure = None
        self._trouble.tell("")
        self._look()

    def _look(self) -> None:
        self.which.fill()
        meeting = self.which.id
        self._seen = None if meeting is None else meetings.view(self.desk.database, meeting)
        seen = self._seen
        self._quorum.setText(seen.quorum.words if seen is not None else _NONE)
        self.amending.show_meeting(seen)
        self.going_out.show_meeting(seen if seen is not None and seen.is_final else None)
        may = seen is not None and not seen.is_final and not self.desk.database.read_only_because
        self.final.setVisible(seen is None or not seen.is_final)
        self.final.setEnabled(may and bool(seen and seen.items))
        rows = [] if seen is None else [(slot.item.id, _cells(slot.item, slot.start)) for slot in seen.slots]
        before = self._item
        self.items.blockSignals(True)
        self.items.show_rows(rows)
        self.items.go_to(before)
        self.items.blockSignals(False)
        self._choose(self.items.current)
        self.selection_changed.emit()

    def _amended(self) -> None:
        """An amendment was begun, made or given up: the text is another."""
        self._timer.stop()
        self._dirty, self._item = False, None
        self._look()

    def _choose(self, item: Id | None) -> None:
        if item != self._item and not self._take_in():
            return
        again = item == self._item
        self._item = item
        held = self._held(item)
        self._heading.setText(f"{held.number}. {held.title}" if held else "")
        self._about.setText(_about(held, self._seen))
        self._about.setVisible(bool(self._about.text()))
        locked = self._seen is None or (self._seen.is_final and not self.amending.under_way)
        self.text.setReadOnly(locked or held is None or bool(self.desk.database.read_only_because))
        if not (again and self._dirty):
            self._show_text(held)
        self._show_made()

    def _show_text(self, held: AgendaItem | None) -> None:
        if held is None:
            words = ""
        elif self._seen is not None and self._seen.is_final:
            words = self.amending.words(held.id)
        else:
            words = minuting.texts(self.desk.database, [held.id])[held.id]
        self.text.blockSignals(True)
        if self.text.toPlainText() != words:
            self.text.show_words(words)
        self.text.blockSignals(False)
        self._dirty = held is not None and not self.text.isReadOnly() and self._is_draft(held.id)

    def _is_draft(self, item: Id) -> bool:
        return not self.amending.under_way and minuting.is_draft(self.desk.database, item)

    def _held(self, item: Id | None) -> AgendaItem | None:
        items = self._seen.items if self._seen is not None else ()
        return next((one for one in items if one.id == item), None)

    def _show_made(self) -> None:
        item = self._item
        found = (
            () if item is None else self.desk.attempt(lambda: minuting.made_in(self.desk.database, item), ())
        )
        self.made.show_made(found)

    # ---- typing

    def _typed(self) -> None:
        if self._item is None or self.text.isReadOnly():
            return
        self._dirty, self._sure = True, None
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        """Keeps the words as a draft; where there is no room for it just now, tries again."""
        item, words = self._item, self.text.toPlainText()
        if item is None or not self._dirty:
            return
        if not self.desk.may_write or not self.desk.attempt(lambda: self._kept(item, words), otherwise=False):
            self._timer.start()

    def _kept(self, item: Id, words: str) -> bool:
        may = minuting.may_be_kept(words)
        if (wrong := minuting.stopped(words)) is not None:
            self._trouble.tell(wrong.sentence)
        if wrong is not None and not may.strip():
            return True
        if self.amending.under_way:
            self.amending.keep_words(item, may)
        else:
            minuting.keep(self.desk.database, item, may)
        return True

    def _take_in(self) -> bool:
        """Takes the words into the minutes; False where they must stay in their field."""
        self.text.leave_line()
        item, words = self._item, self.text.toPlainText()
        if item is None or not self._dirty:
            return True
        if self.amending.under_way:
            return self._take_in_amended(item, words)
        if not self.desk.may_write:
            self._timer.start()
            return False
        self._dirty = False
        why, self._why = self._why, ""
        told = self.desk.attempt(
            lambda: minuting.take_in(self.desk.database, item, words, reason=why), otherwise=False
        )
        self.because.offer(isinstance(told, Problem))
        if told is None:
            self._trouble.tell("")
            return True
        self._dirty = True
        if isinstance(told, Problem):
            self._trouble.tell(told.sentence)
            self._keep()
        return False

    def _take_in_amended(self, item: Id, words: str) -> bool:
        """No draft keeps what looks like an NHS number, so such words must be put right in their field."""
        wrong = minuting.stopped(words)
        self._trouble.tell(wrong.sentence if wrong is not None else "")
        if wrong is None:
            self._kept(item, words)
            self._dirty = False
        return wrong is None

    def _keep_because(self, why: str) -> None:
        self._why = why
        if self._take_in():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line_left(self, before: str, now: str) -> None:
        seen, item = self._seen, self._item
        if seen is None or item is None or self.text.isReadOnly() or self.amending.under_way:
            return
        if word := not_known(now):
            self._trouble.tell(f"“{word}” starts nothing. Write /action, /decision, /risk or /question.")
            return
        self._trouble.tell("")
        if (gone := moved(now)) is not None:
            self._note_moved(seen.meeting.id, gone)
            return
        said = minuting.read(self.desk.database, seen.meeting, now)
        if said is None:
            return
        was = minuting.read(self.desk.database, seen.meeting, before) if before else None
        made = self.desk.attempt(lambda: minuting.make_or_change(self.desk.database, item, was, said))
        self._show_made()
        if made is not None:
            asks = f" {' '.join(made.asks)} Alt+Q answers." if made.asks else ""
            self.desk.say(f"{made.record.ref} is made from this line.{asks}")

    def _note_moved(self, meeting: Id, gone: Moved) -> None:
        asked = self.desk.attempt(lambda: minuting.note_moved(self.desk.database, meeting, gone))
        if isinstance(asked, Problem):
            self._trouble.tell(asked.sentence)
            return
        now = meetings.view(self.desk.database, meeting)
        if now is not None:
            self._quorum.setText(now.quorum.words)
            self.desk.say(f"{gone.words} {now.quorum.words}")

    # ---- going on

    def _step(self, step: int) -> None:
        rows = self.items.rowCount()
        if rows and self._take_in():
            self.items.setCurrentCell(min(max(self.items.currentRow() + step, 0), rows - 1), 0)
            self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def finalise(self) -> None:
        """Asks once more, then makes the minutes final and offers to send them out; amended ones at once."""
        seen = self._seen
        if seen is None or self.text.isReadOnly() or not self._take_in():
            return
        if self.amending.under_way:
            self.amending.finish()
            return
        if not self._all_taken_in(seen.meeting.id):
            return
        if self._sure != seen.meeting.id:
            self._sure = seen.meeting.id
            left = self.desk.attempt(lambda: minuting.make_all(self.desk.database, seen.meeting.id), ())
            asked = f"{len(left)} of what was made is still asked about: Alt+Q answers. " if left else ""
            self._show_made()
            self._trouble.tell(f"{asked}{_SURE}")
            return
        self._sure = None
        self._trouble.tell("")
        made = self.desk.attempt(lambda: meetings.finalise(self.desk.database, seen.meeting.id))
        if made is not None:
            self._look()
            self.going_out.take_focus()
            self.desk.say(f"The minutes are final as version {made.number}. Enter issues them.")

    def _all_taken_in(self, meeting: Id) -> bool:
        """Takes in what other items still hold as typed, as after a crash; goes to one that refuses it."""
        refusing = self.desk.attempt(
            lambda: minuting.take_in_kept(self.desk.database, meeting), otherwise=self._item
        )
        if refusing is not None:
            self.items.go_to(refusing)
        return refusing is None

    # ---- how it is laid out

    def _lay_out(self) -> None:
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(theme.px(12), 0, 0, 0)
        inside.setSpacing(6)
        for one in (self._heading, self._about):
            inside.addWidget(one)
        self.text.setMinimumHeight(theme.px(120))
        self.text.setMinimumWidth(theme.px(160))
        inside.addWidget(self.text, 5)
        inside.addWidget(self._trouble)
        inside.addWidget(self.because)
        inside.addWidget(self.made)
        self.items.setMinimumWidth(theme.px(150))
        split = Split()
        split.addWidget(self.items)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(340), theme.px(860)])
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label(self.title, "h1", wrap=False))
        top.addWidget(self.which, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._quorum)
        column.addWidget(split, 1)
        column.addWidget(self.amending)
        column.addLayout(row(self.final, self.going_out))
        column.addWidget(label(_HOW, "help"))


def _cells(item: AgendaItem, start: object) -> tuple[str, ...]:
    mark = " (restricted)" if item.restricted else ""
    return str(item.number), f"{item.title}{mark}", f"{start:%H:%M}" if start else ""


def _about(item: AgendaItem | None, seen: MeetingView | None) -> str:
    if item is None or seen is None:
        return ""
    parts = [
        f"For {item.purpose.value}" if item.purpose else "",
        seen.name(item.presenter),
        f"{item.minutes} minutes" if item.minutes is not None else "",
        f"The body is asked to: {item.ask}" if item.ask else "",
        f"Minute {item.minute_ref}" if item.minute_ref else "",
        "Restricted: left out of minutes for others" if item.restricted else "",
        *seen.papers.get(item.id, ()),
    ]
    return ". ".join(part for part in parts if part)
