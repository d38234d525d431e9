"""Getting a framework: one that comes with the program, or an official file, each looked at before it is taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from nhsdesk.commands import frameworks
from nhsdesk.commands.frameworks import Preview
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.papers.problem_list import ProblemList
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.assessments import Framework

KINDS = "Framework file (*.csv *.xlsx);;Every file (*)"
_FOLDER = "commitments.framework_folder"


class FrameworkIntake(QFrame):
    """What a framework holds, what is wrong with it, what it changes; then taken in as one step, or left."""

    taken = Signal(object)
    """The id of a framework that is in the file now."""
    turned = Signal()
    """It was opened or put away."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._offered: tuple[Preview, ...] = ()
        self._seen: Preview | None = None
        self.which = QComboBox()
        self.which.setAccessibleName("Framework that comes with the program")
        self.which.setMinimumContentsLength(12)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.currentIndexChanged.connect(self._chosen)
        self._title = label(role="h2")
        self._words = label()
        self._standing = label(role="help")
        self._problems = ProblemList()
        self._problems.wanted.connect(desk.show)
        self.accept = button("Take it in", "import", primary=True)
        self.accept.clicked.connect(self._take_in)
        self.leave = button("Leave it", "cancel")
        self.leave.clicked.connect(self._put_away)
        self.trouble = Told()
        self._lay_out()
        self.hide()

    def offer(self) -> None:
        """Shows the frameworks that come with the program."""
        self._offered = self._desk.attempt(lambda: frameworks.shipped(self._desk.database), ())
        self.which.blockSignals(True)
        self.which.clear()
        for one in self._offered:
            self.which.addItem(one.name)
        self.which.blockSignals(False)
        first = next((n for n, one in enumerate(self._offered) if one.held is None), 0)
        self.which.show()
        self.which.setCurrentIndex(first)
        self._chosen(first)
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Asks for an official file and reads it beside the window."""
        folder = Path(self._desk.layout.word(_FOLDER) or Path.home())
        path = asking.choose_existing(self, "Look at a framework file", folder, KINDS)
        if path is None:
            return
        self._desk.layout.keep_word(_FOLDER, str(path.parent))
        database = self._desk.database
        self._desk.background.start(
            f"Reading {path.name}",
            lambda _: frameworks.preview(database, path),
            self._looked_at,
            failed=self._refused,
        )

    def _refused(self, sentence: str) -> None:
        self._seen = None
        self._show("The file could not be read", "", sentence)
        self.accept.setEnabled(False)

    def _looked_at(self, seen: Preview) -> None:
        self.which.hide()
        self._show_preview(seen)
        (self.accept if self.accept.isEnabled() else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, at: int) -> None:
        if 0 <= at < len(self._offered):
            self._show_preview(self._offered[at])

    def _show_preview(self, seen: Preview) -> None:
        self._seen = seen
        template = seen.template
        title = seen.name if template is None else f"{template.title}, {template.edition}"
        whose = f"Scored by: {template.scored_by}." if template is not None and template.scored_by else ""
        self._show(title, " ".join(filter(None, (*seen.told, whose))), "")
        self._standing.setText(_standing(seen))
        self._problems.show_problems(seen.problems)
        self._problems.setVisible(bool(seen.problems))
        may = seen.may_be_taken_in and not self._desk.database.read_only_because
        self.accept.setEnabled(may)

    def _show(self, title: str, words: str, trouble: str) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self._standing.setText("")
        self._problems.hide()
        self.show()
        self.turned.emit()
        self.trouble.tell(trouble)
        if trouble:
            self.which.hide()

    def _take_in(self) -> None:
        seen = self._seen
        if seen is None or seen.template is None:
            return
        database, template = self._desk.database, seen.template
        if template.key:
            self._came(self._desk.attempt(lambda: frameworks.adopt(database, template.key)))
            return
        self.accept.setEnabled(False)
        self._desk.background.start(
            f"Taking in {seen.name}", lambda _: frameworks.take_in(database, seen), self._came, writes=True
        )

    def _came(self, framework: Framework | None) -> None:
        if framework is None:
            return
        self._put_away()
        self._desk.say(f"{framework.ref} was taken in: {framework.title}.")
        self.taken.emit(framework.id)

    def _put_away(self) -> None:
        self.hide()
        self.turned.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(8)
        row = Flow()
        row.setSpacing(8)
        row.addWidget(self.accept)
        row.addWidget(self.leave)
        parts: tuple[QWidget, ...] = (
            self.which, self._title, self._words, self._standing, self._problems, self.trouble,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addLayout(row)


def _standing(seen: Preview) -> str:
    if seen.held is not None and not seen.problems:
        return f"It is in the PCN file already, as {seen.held.ref}. There is nothing to add."
    if seen.before is not None:
        told = " ".join(seen.changes.told) or "No line is other than it was."
        return f"It will stand beside {seen.before.ref}, version {seen.before.edition or 'not yet known'}. {told}"
    return "" if seen.template is None else "It is new to this PCN file."
