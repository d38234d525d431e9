"""Taking in an employer's month: whose and which, its lines pasted or from a file, looked at, and taken in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from nhsdesk.commands import pay_in
from nhsdesk.desktop import theme
from nhsdesk.desktop.arrs.pay_in_fields import PayInFields
from nhsdesk.desktop.arrs.pay_in_lines import PayInLines
from nhsdesk.desktop.block_box import BlockBox
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain import blocks
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.pay_columns import WANTED
from nhsdesk.domain.problems import Problem
from nhsdesk.errors import DeskError
from nhsdesk.sections.pay_seen import Asked, Seen

_PARTS = ("salary", "employer_ni", "employer_pension", "fees")
_LAYERS = 6
_NO_EMPLOYER = "Enter the employer first, under Neighbourhoods, Organisations."


class PayInPanel(QWidget):
    """One statement at a time. Nothing is written before the button that says so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._chosen: dict[int, Id | None] = {}
        self._seen: Seen | None = None
        self._replaces: Id | None = None
        self.fields = PayInFields(desk)
        self.box = BlockBox(desk, WANTED, Incoming.PAYROLL)
        self.box.without_table()
        self.lines = PayInLines()
        self.lines.hide()
        self._trouble, self._outcome = Told(), Told("")
        self.take = button("Take in", "import", primary=True)
        self._replace = button("Replace it", "refresh")
        self._start_again = button("Start again", "cancel")
        self._reason = label(role="help")
        self._lay_out()
        self.fields.whose_changed.connect(self._ask_afresh)
        self.fields.stated_changed.connect(self._look)
        self.box.changed.connect(self._read_otherwise)
        self.box.arrived.connect(self._arrive)
        self.lines.said.connect(self._say)
        self.take.clicked.connect(self._take)
        self._replace.clicked.connect(self._take_instead)
        self._start_again.clicked.connect(self.start_again)

    def refresh(self) -> None:
        """Reads employers and posts anew; what was pasted stays."""
        empty = self.box.block() is None
        self.fields.offer(pay_in.employers(self._desk.database), afresh=empty)
        if empty:
            self.box.for_employer(self.fields.employer.value())
        self._look()

    def take_focus(self) -> None:
        """Puts the cursor where lines are pasted."""
        self.box.take_focus()

    def start_again(self) -> None:
        """Forgets what was pasted."""
        self._forget()
        self._outcome.tell("")
        self.take_focus()

    # ---- looking

    def _ask_afresh(self) -> None:
        self._replaces = None
        self._chosen = {}
        self.box.for_employer(self.fields.employer.value())
        self._look()

    def _read_otherwise(self) -> None:
        self.fields.state_total(_stated(self.box.reading()))
        self._look()

    def _arrive(self) -> None:
        """Another block: what was said of the rows of the last one is forgotten, and the cursor goes on."""
        self._chosen, self._replaces = {}, None
        self._outcome.tell("")
        self._look()
        if self._nothing_named():
            self.box.open_columns()
        self._go_on()

    def _nothing_named(self) -> bool:
        """Whether no column says which post a row is for, or none what it comes to."""
        columns = self.box.columns.chosen().keys()
        return not (columns & {"payroll_ref", "post_ref", "label"} and columns & {*_PARTS, "total"})

    def _asked(self) -> Asked | None:
        asked = self.fields.asked(self._replaces)
        return asked if isinstance(asked, Asked) else None

    def _look(self) -> None:
        asked, rows = self._asked(), self.box.rows()
        self._seen = None
        if asked is not None and rows and not self.box.missing():
            found = self._desk.attempt(
                lambda: pay_in.look(self._desk.database, asked, rows, self._chosen), otherwise=None
            )
            self._seen = found if isinstance(found, Seen) else None
        if self._seen is not None:
            self.lines.show_seen(self._seen)
        self.lines.setVisible(self._seen is not None)
        self.allow()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now, and says why not."""
        why = self._desk.database.read_only_because or self._why_not()
        before = self._seen.before if self._seen is not None else None
        asked = self._asked()
        if asked is not None:
            words = f"Take in {asked.month.words} from {self.fields.name[:40]}"
            self.take.setText(on_a_button(words))
        self.take.setEnabled(not why and self._seen is not None and self._desk.may_write)
        if before is not None:
            self._replace.setText(on_a_button(f"Replace {before.ref} with it"))
        self._replace.setVisible(before is not None and self._desk.may_write)
        self._start_again.setVisible(self.box.block() is not None)
        self._reason.setText(why)
        self._reason.setVisible(bool(why))

    def _why_not(self) -> str:
        asked = self.fields.asked(self._replaces)
        if asked is None:
            return _NO_EMPLOYER
        if isinstance(asked, Problem):
            return "Something that is stated of it cannot be read."
        if self.box.block() is not None and self._nothing_named():
            return "Say which column names the post, and which holds what it comes to."
        if self._seen is None:
            return ""
        if self._seen.before is not None:
            return f"This month was taken in before, as {self._seen.before.ref}. Replace that one, or give a number."
        if self._seen.open:
            return "Say first what the rows that come first are for."
        return "" if self._seen.matched else "None of the rows is for a post in this file."

    def _say(self, row: int, post: Id | None) -> None:
        self._chosen[row] = post
        self._look()
        self._go_on()

    def _go_on(self) -> None:
        """Takes the cursor to what is to be done next, and brings it into sight."""
        if self._seen is not None and self._seen.open:
            self.lines.take_focus()
        elif self.take.isEnabled():
            self.take.setFocus()
        elif self._replace.isVisibleTo(self):
            self._replace.setFocus()
        QTimer.singleShot(0, self, self._bring_into_sight)

    def _bring_into_sight(self) -> None:
        """What the cursor is at, with the lines above it as far as there is room."""
        for _ in range(_LAYERS):  # each lays out what lies in it, and then tells the one around it
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        area, focused = self.parent(), QApplication.focusWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parent()
        if area is not None and focused is not None and self.isAncestorOf(focused):
            area.ensureWidgetVisible(self.take)
            area.ensureWidgetVisible(focused, 0, theme.px(96))

    # ---- taking in

    def _take_instead(self) -> None:
        if self._seen is not None and self._seen.before is not None:
            self._replaces = self._seen.before.id
            self._look()
            if self.take.isEnabled():
                self._take()

    def _take(self) -> None:
        asked, block = self._asked(), self.box.block()
        if asked is None or block is None:
            return
        persons = bool(block.left_behind or block.masked or block.sheet)
        self._trouble.tell("")
        try:
            taken = pay_in.take(
                self._desk.database, asked, self.box.rows(), self._chosen, self.box.headings(), self.box.source(),
                about_persons=persons,
            )  # fmt: skip
        except DeskError as refused:
            self._trouble.tell(str(refused))
            return
        focused = QApplication.focusWidget()
        self._forget()
        self.refresh()
        pay = f"the pay of {counted(taken.pay_changed, 'post', 'posts')} follows it"
        self._outcome.tell(
            f"Taken in as {taken.statement.ref}: {counted(taken.lines, 'line', 'lines')}; "
            f"{pay if taken.pay_changed else 'no pay changed'}. Undo takes all of it back."
        )
        if focused is not None and self.isAncestorOf(focused):
            self.take_focus()

    def _forget(self) -> None:
        self._chosen, self._replaces, self._seen = {}, None, None
        self.fields.forget_stated()
        self._trouble.tell("")
        self.box.clear()

    def _lay_out(self) -> None:
        framed, stack = card("What an employer sent")
        stack.addWidget(self.fields)
        stack.addWidget(self.box)
        stack.addWidget(self.lines)
        buttons = Flow()
        buttons.setSpacing(12)
        for part in (self.take, self._replace, self._start_again):
            buttons.addWidget(part)
        stack.addWidget(self._trouble)
        stack.addWidget(self._reason)
        stack.addLayout(buttons)
        stack.addWidget(self._outcome)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.addWidget(framed)
        whole.addStretch(1)


def _stated(reading: blocks.Reading) -> Money | None:
    """The total that the block's own last row states, whether in one figure or in its parts."""
    whole = blocks.total_of(reading, "total")
    if isinstance(whole, Money):
        return whole
    summed = [name for name in _PARTS if any(row.values.get(name) for row in reading.rows)]
    stated = [blocks.total_of(reading, name) for name in summed]
    told = [part for part in stated if isinstance(part, Money)]
    return total(told) if told and len(told) == len(summed) else None
