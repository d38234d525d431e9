"""What may happen next to the chosen request: a button for each step, and a line that asks for what the step needs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.commands import support_requests
from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import editor_for
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.line_edit import LineEdit
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain import request_steps
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.request_steps import STEPS, Need, NextStep
from nhsdesk.domain.requests import RequestEvent
from nhsdesk.sections.request_clocks import RequestView

_WORDS = {
    Need.AGREED_BY: "Agreed by (a role)",
    Need.REASON: "Why",
    Need.OFFER: "What is offered",
    Need.OUTCOME: "What came of it",
}
_FIELDS = {
    Need.WAITING_ON: "waiting_on",
    Need.RISK: "risk",
    Need.LEVEL: "level",
    Need.CONTACT: "escalated_to",
}
_ASKED = {
    "waiting_on": "Waiting on",
    "risk": "Risk now, 1 to 5",
    "level": "Level now",
    "escalated_to": "To whom",
}
_WIDTHS = {
    "happened_on": 172,
    "at": 124,
    "told": 260,
    "waiting_on": 150,
    "risk": 60,
    "level": 130,
    "escalated_to": 240,
}
_PICTURES = {
    "agree": "ok", "send": "export", "acknowledge": "check", "offer": "support", "accept": "ok", "decline": "cancel",
    "begin": "forward", "close": "close", "pause": "clock", "resume": "forward", "risk": "late", "level": "edit",
    "escalate": "warning", "reopen": "refresh", "withdraw": "remove",
}  # fmt: skip


class StepLine(QWidget):
    """The buttons, and below them the line for the step that was begun."""

    did = Signal()
    """A step was taken, and the request is another now."""
    asking = Signal()
    """The line below the buttons is there and asks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._view: RequestView | None = None
        self._step: NextStep | None = None
        self.buttons = {step.key: self._button(step) for step in STEPS}
        kind = RequestEvent.KIND
        self._editors = {name: editor_for(kind.field(name), desk) for name in _WIDTHS if name != "told"}
        self._editors["told"] = LineEdit(kind.field("told"), desk)
        self._names: dict[str, QLabel] = {}
        self._line = self._asking_line()
        self._told = Told()
        self._lay_out()
        self.show_request(None)

    def show_request(self, view: RequestView | None) -> None:
        """The chosen request: what may happen to it is offered."""
        before = self._view.request.id if self._view is not None else None
        if view is None or view.request.id != before:
            self._told.tell("")
            self._line.hide()
        self._view = view
        may = () if view is None else request_steps.may_follow(view.events)
        writes = not self._desk.database.read_only_because
        for step in STEPS:
            self.buttons[step.key].setVisible(step in may and writes)

    def finish_typing(self) -> bool:
        """Whether nothing is left half said: what was begun in words is kept or given up by the person, not by us."""
        if self._step is None or self._view is None or self._line.isHidden():
            return True
        if self._editors["told"].words().strip() in ("", self._at_first("told", self._step)):
            return True
        begun = self._step.button.rstrip("…")
        self._told.tell(
            f"“{begun}” of {self._view.request.ref} is not kept yet. Keep it, or leave it as it is."
        )
        return False

    # ---- asking

    def _begin(self, step: NextStep) -> None:
        self._step = step
        words = next((_WORDS[need] for need in step.needs if need in _WORDS), "What was said")
        shown = {"happened_on": "On", "at": "At, if it matters", "told": words}
        shown |= {name: _ASKED[name] for need, name in _FIELDS.items() if need in step.needs}
        for name, editor in self._editors.items():
            named = self._names[name]
            named.setVisible(name in shown)
            editor.setVisible(name in shown)
            if name in shown:
                named.setText(shown[name])
                editor.setAccessibleName(shown[name])
            editor.show_words(self._at_first(name, step))
        self._told.tell("")
        self.keep.setText(step.button.rstrip("…"))
        self._line.show()
        first = next(
            (_FIELDS[need] for need in step.needs if need in _FIELDS), "told" if step.needs else "happened_on"
        )
        self._editors[first].setFocus(Qt.FocusReason.OtherFocusReason)
        self.asking.emit()

    def _at_first(self, name: str, step: NextStep) -> str:
        """What stands in a field before anything is typed: today, and what the request says already."""
        if name == "happened_on":
            return day_words(self._desk.database.today())
        if name == "told" and step is request_steps.OFFER and self._view is not None:
            return self._view.request.offer or ""
        if name == "escalated_to" and step is request_steps.ESCALATE and self._view is not None:
            return support_requests.contact_words(self._desk.database, self._view.request)
        return ""

    def _take(self) -> None:
        if self._view is None or self._step is None:
            return
        step, request = self._step, self._view.request
        typed = {name: one.words() for name, one in self._editors.items() if not one.isHidden()}
        database = self._desk.database

        def work() -> RequestEvent | Problem:
            given = support_requests.read_given(database, typed)
            return (
                given
                if isinstance(given, Problem)
                else support_requests.take(database, request.id, step, given)
            )

        done = self._desk.attempt(work)
        if isinstance(done, Problem):
            self._told.tell(done.sentence)
        elif done is not None:
            self._line.hide()
            self._told.tell("")
            self._desk.say(step.done.format(ref=request.ref))
            self.did.emit()

    def _leave(self) -> None:
        self._line.hide()
        self._told.tell("")

    # ---- how it is laid out

    def _button(self, step: NextStep) -> QPushButton:
        made = button(step.button, _PICTURES[step.key])
        made.clicked.connect(lambda _=False: self._begin(step))
        return made

    def _asking_line(self) -> QWidget:
        whole = QWidget()
        row = Flow()
        row.setSpacing(8)
        for name, width in _WIDTHS.items():
            editor, named = self._editors[name], label("", "field", wrap=False)
            editor.setFixedWidth(theme.px(width))
            editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            editor.entered.connect(self._take)
            named.setBuddy(editor)
            self._names[name] = named
            row.addWidget(named)
            row.addWidget(editor)
        self.keep, leave = button("Keep", "check", primary=True), button("Leave it as it is", "cancel")
        self.keep.clicked.connect(lambda _=False: self._take())
        leave.clicked.connect(lambda _=False: self._leave())
        row.addWidget(self.keep)
        row.addWidget(leave)
        whole.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        whole.hide()
        return whole

    def _lay_out(self) -> None:
        buttons = Flow()
        buttons.setSpacing(8)
        for one in self.buttons.values():
            buttons.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self._line)
        column.addWidget(self._told)
