"""A commitment captured with four answers: what, who wants it, by when, where it is written. The rest can wait."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout

from nhsdesk.commands import commitments
from nhsdesk.commands.commitments import FourAnswers
from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.commitments import Commitment

_ASKED = (
    ("title", "What", "Give each PCN’s INT a named lead"),
    ("owed_to", "Who wants it", "South West ICB"),
    ("due", "By when", "31/3, or leave it empty"),
    ("where", "Where it is written", "A title or reference, then the page: D-004, page 14"),
)


class FourAnswersPanel(QFrame):
    """Four fields; Enter goes on from each, and from the last adds the commitment and begins the next."""

    added = Signal(object)
    """The commitment that was added."""
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName("New commitment")
        self._desk = desk
        self._titles = QStringListModel(self)
        self.fields = {name: self._field(words, example) for name, words, example in _ASKED}
        self._complete(self.fields["where"])
        self._told = Told()
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.hide()

    def begin(self) -> None:
        """Shows the fields, with the cursor in the first."""
        titles = self._desk.attempt(lambda: commitments.document_titles(self._desk.database), ())
        self._titles.setStringList(list(titles))
        self.show()
        self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the fields away; what is typed stays in them."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def _add(self) -> None:
        typed = {name: field.text() for name, field in self.fields.items()}
        answers = FourAnswers(typed["title"], typed["owed_to"], typed["due"], typed["where"])
        made = self._desk.attempt(lambda: commitments.capture(self._desk.database, answers))
        if isinstance(made, Commitment):
            self._told.tell("")
            for field in self.fields.values():
                field.clear()
            self.begin()
            self.added.emit(made)
        elif made:
            self._told.tell(" ".join(one.sentence for one in made))
            self.fields[made[0].field].setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _field(self, words: str, example: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(words)
        made.setPlaceholderText(example)
        made.setMinimumWidth(theme.px(120))
        made.returnPressed.connect(lambda: self._go_on(made))
        return made

    def _go_on(self, from_: QLineEdit) -> None:
        fields = list(self.fields.values())
        at = fields.index(from_)
        if at + 1 == len(fields):
            self._add()
        else:
            fields[at + 1].setFocus(Qt.FocusReason.TabFocusReason)

    def _complete(self, field: QLineEdit) -> None:
        offers = QCompleter(self._titles, self)
        offers.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        offers.setFilterMode(Qt.MatchFlag.MatchContains)
        field.setCompleter(offers)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for place, (name, words, _) in enumerate(_ASKED):
            row, column = divmod(place, 2)
            named = label(words, "field", wrap=False)
            named.setBuddy(self.fields[name])
            grid.addWidget(named, row * 2, column)
            grid.addWidget(self.fields[name], row * 2 + 1, column)
        add, leave = button("Add commitment", "add", primary=True), button("Done adding", "close")
        add.clicked.connect(lambda _=False: self._add())
        leave.clicked.connect(lambda _=False: self._leave())
        row_ = Flow()
        row_.setSpacing(8)
        row_.addWidget(add)
        row_.addWidget(leave)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(12, 8, 12, 8)
        column_.setSpacing(6)
        column_.addLayout(grid)
        help_ = "Only the first is needed. A document that is not in the file yet is added with its title."
        column_.addWidget(label(help_, "help"))
        column_.addWidget(self._told)
        column_.addLayout(row_)
