"""Open actions put together by part of the log, owner, body, week or BRAG, narrowed by words as they are typed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from nhsdesk.commands import follow_up
from nhsdesk.commands.follow_up import By
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, line, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.actions import Action
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.sections.action_log import LogLine

_NONE = "There are no outstanding actions. Actions come from meetings, from a board's log, or from the list of actions."
FEW = 500
"""As many are read before anybody notices; more are read beside the window."""
MOST_ROWS = 100
"""A longer list is read in the register, which filters as one types."""


_Found = tuple[str, LogLine, str]
"""What an action has in common with its neighbours, the action, and all by which it is found."""


class ActionsPart(Part):
    """The actions under the words they have in common; the chosen one is opened in its register."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: tuple[LogLine, ...] = ()
        self._ordered: dict[By, list[_Found]] = {}
        self._words: dict[str, str] = {}
        self._first, self._more = label(), label(role="quiet")
        self.by = QComboBox()
        self.by.setAccessibleName("Put together by")
        for one in By:
            self.by.addItem(one.words, one)
        self.by.currentIndexChanged.connect(lambda _: self._show())
        self.only = line("Only with these words", 240)
        self.only.textChanged.connect(lambda _: self._show())
        self.list = WrappedTable(
            "Open actions",
            ("Together", "Ref", "Action", "Owner", "Date now", "BRAG", "Last update"),
            wrapped=(2, 3, 5, 6),
        )
        self.list.keep_in_sight()
        self.list.setMinimumWidth(theme.px(120))
        self.list.opened.connect(lambda key: desk.show("action", key))
        self.open = pressed("Open this action", "open", self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addLayout(row("Put together by", self.by, "Only with these words", self.only))
        column.addWidget(self.list, 1)
        column.addWidget(self._more)
        column.addLayout(row(self.open))
        column.addWidget(
            label(
                "To change many at once after a meeting, filter the list of actions and change all of them.",
                "help",
            )
        )

    def begin_at(self) -> QWidget:
        return self.only

    def look(self) -> None:
        database = self.desk.database
        with database.read() as reader:
            many = reader.count(Action) > FEW
        if many:
            self.desk.background.start(
                "Reading the open actions", lambda _: follow_up.open_actions(database), self._looked
            )
        else:
            self._looked(follow_up.open_actions(database))

    def _looked(self, lines: tuple[LogLine, ...]) -> None:
        self._lines, self._ordered = lines, {}
        self._words = {line.id: _words(line) for line in lines}
        red = sum(one.brag.startswith("Red") for one in self._lines)
        told = f"{counted(len(self._lines), 'action is', 'actions are')} open, {red} of them red."
        self._first.setText(told if self._lines else _NONE)
        self._show()

    def _show(self) -> None:
        found = self._together(self.by.currentData())
        for word in self.only.text().casefold().split():
            found = [one for one in found if word in one[2]]
        self.list.show_rows([(Id(int(one.id)), _cells(words, one)) for words, one, _ in found[:MOST_ROWS]])
        more = len(found) - MOST_ROWS
        self._more.setText(f"And {more:,} more. Filter the list of actions to see them." if more > 0 else "")
        self._more.setVisible(more > 0)
        self.open.setEnabled(bool(found))

    def _together(self, by: By) -> list[_Found]:
        """All actions in their order, which is worked out once and stays the same however they are narrowed."""
        if by not in self._ordered:
            self._ordered[by] = [
                (words, one, self._words[one.id]) for words, one in follow_up.together(self._lines, by)
            ]
        return self._ordered[by]

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("action", self.list.current)


def _words(one: LogLine) -> str:
    """All by which an action is found."""
    return " ".join((one.ref, one.what, one.owner, one.body, one.brag, one.block.value)).casefold()


def _cells(together: str, one: LogLine) -> tuple[str, ...]:
    due = day_words(one.due_now) if one.due_now else "no date"
    due += f" (revised {counted(one.times_revised, 'time', 'times')})" if one.times_revised else ""
    last = one.updates[-1] if one.updates else ""
    return together.partition(":")[0], one.ref, one.what, one.owner, due, one.brag, last
