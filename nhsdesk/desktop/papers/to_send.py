"""A paper before it is sent: its period, what stands in the way, the paper as it will be, and the ways to save it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.desktop import icons, words
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.papers import making
from nhsdesk.desktop.papers.making import Making, Wanted
from nhsdesk.desktop.papers.period_field import PeriodField
from nhsdesk.desktop.papers.preview import Preview
from nhsdesk.desktop.papers.problem_list import ProblemList
from nhsdesk.desktop.papers.saving import Saving
from nhsdesk.domain.composed import Draft
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.papers import Paper

UNDER_WAY = "Making the preview…"
CHANGED_MEANWHILE = (
    "Nothing was saved: the PCN file changed after this preview was made. The preview is made again. Look at it, and "
    "press Save as sent again."
)
WRITTEN_TO = (
    "Nothing was saved: other work is being written into the PCN file just now. Press Save as sent again when it is "
    "over."
)


class ToSend(QWidget):
    """One paper to be looked at, put right and saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: Wanted | None = None
        self._ready: making.Preview | None = None
        self._fresh = False
        self.period = PeriodField(desk.database)
        self.of_which = words.label(role="field", wrap=False)
        self.as_usual = QPushButton("Show it as usual")
        self.problems = ProblemList()
        self.preview = Preview()
        self.status = words.label(role="quiet", wrap=False)
        """What is under way; whoever lays the page out finds a place for it."""
        self.why_not = words.label(role="help")
        self.read_them = QCheckBox()
        self.save_draft = QPushButton("Save a draft…")
        self.save_working = QPushButton("Working copy…")
        self.save_sent = QPushButton("Save as sent…")
        self.where = words.label()
        self.open_folder = QPushButton("Open folder")
        self.copy_path = QPushButton("Copy path")
        self.saving = Saving(desk, self)
        self._making = Making(desk)
        self.last_saved = self._saved_row()
        self._lay_out()
        self._connect()

    # ---- what is shown

    @property
    def paper(self) -> Paper[Any] | None:
        """The paper in front."""
        return self._wanted.paper if self._wanted is not None else None

    def show_paper(self, paper: Paper[Any]) -> None:
        """Another paper, of its usual period."""
        self._show(Wanted(paper))

    def show_composed(self, paper: Paper[Any], ref: str) -> None:
        """A briefing as somebody composed it."""
        self._show(Wanted(paper, composed=ref))

    def _show_as_usual(self) -> None:
        if self.paper is not None:
            self.show_paper(self.paper)

    def _show(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.period.ask_for(wanted.paper.period)
        self.period.setVisible(not wanted.composed)
        self.of_which.setText(f"As composed: {wanted.composed}")
        self.as_usual.setVisible(bool(wanted.composed))
        self.of_which.setVisible(bool(wanted.composed))
        self._another_period()

    def ask_for(self, of: Month | date) -> None:
        """The same paper of another period."""
        self.period.choose(of)

    def keep_up(self) -> None:
        """Makes the preview again where the file or the day has moved on."""
        if self._wanted is None or self.period.problem:
            return
        self.period.show_value()
        if not self._fresh or self._asked() != self._wanted or self._of_another_day():
            self._make()

    def changed(self) -> None:
        """Something changed in the file: what is shown may no longer be so."""
        self._fresh = False

    def in_words(self) -> str:
        """The paper, its period, how much is in it and how many problems it has."""
        if self._ready is None:
            return self.paper.title if self.paper is not None else ""
        made = self._ready.made
        found = (made.paper.in_short(made.facts), words.counted(len(made.problems), "problem", "problems"))
        composed = made.asked.composed
        title = composed.title if composed is not None else made.paper.title
        return f"{title}, {made.paper.period_words(made.asked)}: {', '.join(filter(None, found))}"

    # ---- making it

    def _asked(self) -> Wanted:
        assert self._wanted is not None
        return replace(self._wanted, month=self.period.month, day=self.period.day)

    def _of_another_day(self) -> bool:
        """A claim is worked out with what is known today; a preview of yesterday was not."""
        if self._ready is None or self._wanted is None or self._wanted.day is not None:
            return False
        return self._ready.made.asked.day != self._desk.database.today()

    def _another_period(self) -> None:
        """Nothing of the period before may be taken for this one."""
        self._making.forget()
        self._ready, self._fresh = None, False
        self.problems.hide()
        if self.period.problem:
            self.status.setText("")
            self.preview.say("The preview is made when the period can be read.")
            self._allow()
        else:
            self.preview.say(UNDER_WAY)
            self._make()

    def _make(self) -> None:
        self._wanted = self._asked()
        self._fresh = True
        self.status.setText(UNDER_WAY)
        self._allow()
        self._making.start(self._wanted)

    def _arrived(self, ready: making.Preview) -> None:
        before = self._ready.made.problems if self._ready is not None else ()
        self._ready = ready
        self.status.setText("")
        problems = ready.made.problems
        if before != problems:
            self.read_them.setChecked(False)
        self.problems.show_problems(ready.problems)
        self.problems.show()
        count = sum(problem.weight is Weight.ACKNOWLEDGE for problem in problems)
        self.read_them.setText(
            "I have read this point and send it with it"
            if count == 1
            else f"I have read these {count:,} points and send it with them"
        )
        self.read_them.setVisible(bool(count))
        self.preview.show_file(ready.shown)
        self._allow()

    def _refused(self, sentence: str) -> None:
        self._ready = None
        self.status.setText("")
        self.problems.hide()
        self.preview.say(sentence)
        self._allow()

    # ---- what may be pressed

    def _allow(self) -> None:
        ready = self._ready is not None and not self.status.text() and not self.period.problem
        why_not = self._why_not()
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.save_draft.setEnabled(ready)
        self.save_working.setEnabled(ready)
        self.save_working.setVisible(self.paper is not None and _is_return(self.paper))
        unread = not self.read_them.isHidden() and not self.read_them.isChecked()
        self.save_sent.setEnabled(ready and not why_not and not unread)
        self.save_sent.setAccessibleDescription(why_not)
        self.read_them.setEnabled(not why_not)

    def _why_not(self) -> str:
        """Why it cannot be sent, whatever a person may say to it."""
        if self._ready is None:
            return ""
        if because := self._desk.database.read_only_because:
            return f"It cannot be sent from here. {because} A draft can be saved."
        composed = self._ready.made.asked.composed
        if composed is not None and composed.draft is Draft.DRAFT:
            return f"It can be sent when {composed.ref} is marked as final, on Compose. A draft can be saved."
        must = sum(problem.weight is Weight.MUST_FIX for problem in self._ready.made.problems)
        if must:
            points = words.counted(must, "point is", "points are")
            return f"It can be sent when {points} put right. A draft can be saved."
        return ""

    # ---- saving it

    def _save_sent(self) -> None:
        from nhsdesk.commands import papers

        ready = self._ready
        if ready is None:
            return
        made = ready.made
        title = f"Save {made.paper.title}, {made.paper.period_words(made.asked)}, as sent"
        target = self.saving.choose(title, papers.suggested_name(made.paper, made.asked), made.paper)
        if target is None:
            return
        # While the question was open, an import or another copy may have moved the figures.
        if not self._fresh or ready is not self._ready or self._of_another_day():
            self._desk.warn(CHANGED_MEANWHILE)
            self.keep_up()
        elif not self._desk.may_write and not self._desk.database.read_only_because:
            self._desk.warn(WRITTEN_TO)
        else:
            self.saving.send(made, target, acknowledged=self.read_them.isChecked())

    def _save_draft(self) -> None:
        from nhsdesk.commands import papers

        if self._ready is None:
            return
        wanted = replace(self._asked(), draft=True)
        asked = self._desk.attempt(lambda: making.asked_of(self._desk.database, wanted))
        if asked is None:
            return
        name = papers.suggested_name(wanted.paper, asked)
        target = self.saving.choose(f"Save a draft of {wanted.paper.title}", name, wanted.paper)
        if target is not None:
            self.saving.draft(wanted, target)

    def _save_working(self) -> None:
        from nhsdesk.commands import papers

        if self._ready is None:
            return
        made = self._ready.made
        title = f"Save a working copy of {made.paper.title}"
        target = self.saving.choose(title, papers.working_copy_name(made), made.paper)
        if target is not None:
            self.saving.working_copy(made, target)

    def _saved(self, sentence: str) -> None:
        self.where.setText(sentence)
        self.last_saved.show()
        for button in (self.open_folder, self.copy_path):
            button.setEnabled(True)

    # ---- how it is laid out

    def _connect(self) -> None:
        self.period.changed.connect(self._another_period)
        self.as_usual.clicked.connect(self._show_as_usual)
        self.read_them.toggled.connect(self._allow)
        self.save_sent.clicked.connect(self._save_sent)
        self.save_draft.clicked.connect(self._save_draft)
        self.save_working.clicked.connect(self._save_working)
        self.saving.saved.connect(self._saved)
        self.open_folder.clicked.connect(self.saving.open_folder)
        self.copy_path.clicked.connect(self.saving.copy_path)
        self.problems.wanted.connect(self._desk.show)
        self._making.ready.connect(self._arrived)
        self._making.failed.connect(self._refused)

    def _lay_out(self) -> None:
        self.save_sent.setProperty("primary", "true")
        icons.put(self.save_sent, "save", "on_accent")
        icons.put(self.save_draft, "edit")
        icons.put(self.open_folder, "folder")
        icons.put(self.copy_path, "copy")
        for button in (self.open_folder, self.copy_path):
            button.setEnabled(False)
        # A path without spaces is one long word, which must not push the buttons out of sight.
        self.where.setMinimumWidth(1)
        self.where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.problems.inside.addWidget(self.why_not)
        self.problems.inside.addWidget(self.read_them)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 12, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(self._top_row())
        inside.addWidget(self.problems)
        inside.addWidget(self.preview, 1)
        inside.addWidget(self.last_saved)
        self.problems.hide()
        self.read_them.hide()
        self._allow()

    def _top_row(self) -> Flow:
        """In large type the buttons go on below the period."""
        row = Flow()
        row.setSpacing(8)
        buttons = (self.save_working, self.save_draft, self.save_sent)
        for control in (self.period, self.of_which, self.as_usual, *buttons):
            row.addWidget(control)
        return row

    def _saved_row(self) -> QWidget:
        """Where the last file went; nothing before there is one."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.where, 1)
        row.addWidget(self.open_folder)
        row.addWidget(self.copy_path)
        whole.hide()
        return whole


def _is_return(paper: Paper[Any]) -> bool:
    """Whether it is a workbook, which somebody may want to work in."""
    from nhsdesk.commands import papers

    return paper in papers.RETURNS
