"""A filled workbook before it is saved: what stands in the way, every cell that will be written, then the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QTabWidget, QWidget

from nhsdesk.commands import filling, mapped_workbooks, papers
from nhsdesk.commands.filling import Prepared
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.papers.period_field import PeriodField
from nhsdesk.desktop.papers.problem_list import ProblemList
from nhsdesk.desktop.papers.saving import FOLDER
from nhsdesk.desktop.papers.workbook_chosen import NONE_CHOSEN, Chosen
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.documents.template import Difference, FillProblem, Held
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.workbook_mappings import MappedCell, MappedList
from nhsdesk.papers import Period

MOST_SHOWN = 2_000
_ENDINGS = {".xlsx": "Excel workbook (*.xlsx)", ".xlsm": "Excel workbook with macros (*.xlsm)"}
_HEADINGS = ("Sheet", "Cell", "Before", "As it will be")


class SavingPart(Part):
    """The month, the problems, the differences, and the buttons that write."""

    wanted = Signal(str, str)
    """Sheet and cell that a problem is about."""

    def __init__(self, desk: Desk, chosen: Chosen) -> None:
        super().__init__(desk)
        self._chosen = chosen
        self._ready: Prepared | None = None
        self._turn = 0
        self.whose = label(role="h2")
        self.period = PeriodField(desk.database)
        self.period.ask_for(Period.MONTH)
        self.period.changed.connect(self.look)
        self.problems = ProblemList()
        self.problems.wanted.connect(self._follow)
        self.read_them = QCheckBox()
        self.read_them.toggled.connect(lambda _: self._allow())
        self.problems.inside.addWidget(self.read_them)
        self.blank = table("What will be written", _HEADINGS, 2, 3)
        self.last = table("What is other than in what was sent last", _HEADINGS, 2, 3)
        for one in (self.blank, self.last):
            one.setMinimumHeight(150)
            one.opened.connect(lambda key: self.wanted.emit(*key) if key else None)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Against the blank, or against what was sent last")
        self.tabs.addTab(self.blank, "What will be written")
        self.tabs.addTab(self.last, "Other than sent last")
        self.save_sent = pressed("Save as sent…", "save", self._save_sent)
        self.save_draft = pressed("Save a draft…", "edit", self._save_draft)
        self.where = Told("help")
        column = scrolled_column(self)
        column.addWidget(self.whose)
        column.addLayout(row(self.period, self.save_sent, self.save_draft))
        column.addWidget(self.problems)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.where)

    def begin_at(self) -> QWidget:
        return self.period.edit

    def ask_for(self, month: Month) -> None:
        """Another month."""
        self.period.choose(month)

    # ---- what would be written

    def look(self) -> None:
        """Fills the blank beside the window; nothing is written."""
        workbook = self._chosen.workbook()
        self._turn += 1
        self._ready = None
        self.whose.setText(workbook.name if workbook else NONE_CHOSEN)
        self.problems.hide()
        self.period.show_value()
        if workbook is None or self.period.problem:
            self._show_differences(None)
            return
        turn, database = self._turn, self.desk.database
        asked = self.desk.attempt(lambda: papers.asked_of(database, self.period.month, None))
        if asked is None:
            return
        self.whose.setText(f"{workbook.name}: filling it in…")
        self._allow()
        self.desk.background.start(
            "Filling the workbook",
            lambda _: filling.prepare(database, workbook, asked),
            lambda ready: self._arrived(turn, ready),
            failed=lambda sentence: self._refused(turn, sentence),
        )

    def _refused(self, turn: int, sentence: str) -> None:
        if turn == self._turn:
            self._show_differences(None)
            self.whose.setText(sentence)

    def _arrived(self, turn: int, ready: Prepared) -> None:
        if turn != self._turn:
            return
        self._ready = ready
        cells = counted(len(ready.differences), "cell", "cells")
        self.whose.setText(f"{ready.workbook.name}, {ready.asked.month.words}: {cells} will be written")
        said = mapped_workbooks.said_of(self.desk.database, ready.workbook.id)
        self.problems.show_problems([_told(one, said) for one in ready.problems])
        self.problems.show()
        count = sum(one.weight is Weight.ACKNOWLEDGE for one in ready.problems)
        self.read_them.setChecked(False)
        self.read_them.setVisible(bool(count))
        self.read_them.setText(
            "I have read this point and send it with it"
            if count == 1
            else f"I have read these {count:,} points and send it with them"
        )
        self._show_differences(ready)

    def _show_differences(self, ready: Prepared | None) -> None:
        self.blank.show_rows(_rows(ready.differences if ready else ()))
        since = ready.since if ready else None
        self.last.show_rows(_rows(since or ()))
        told = "nothing was sent before" if since is None else f"{len(since):,}"
        self.tabs.setTabText(1, f"Other than sent last ({told})")
        self._allow()

    def _allow(self) -> None:
        ready = self._ready
        unread = not self.read_them.isHidden() and not self.read_them.isChecked()
        self.save_draft.setEnabled(ready is not None)
        may = ready is not None and filling.may_go_on(ready) and self.desk.may_write
        self.save_sent.setEnabled(may and not unread)

    def _follow(self, kind: str, id_: object) -> None:
        """A problem about a mapped place leads to it, any other to its entry."""
        if self._ready is None or kind not in (MappedCell.KIND.name, MappedList.KIND.name):
            self.desk.show(kind, id_)  # type: ignore[arg-type]
            return
        said = mapped_workbooks.said_of(self.desk.database, self._ready.workbook.id)
        for cell in said.cells:
            if (kind, id_) == (cell.KIND.name, cell.id):
                self.wanted.emit(cell.sheet, cell.cell)
        for listed, _ in said.lists:
            if (kind, id_) == (listed.KIND.name, listed.id):
                self.wanted.emit(listed.sheet, listed.header)

    # ---- writing it

    def _save_sent(self) -> None:
        ready = self._ready
        target = self._target(f"Save {ready.workbook.name} as sent", ready.suggested_name) if ready else None
        if ready is None or target is None or ready is not self._ready:
            return
        acknowledged = self.read_them.isChecked()
        sent = self.desk.attempt(
            lambda: filling.issue(self.desk.database, ready, target, acknowledged=acknowledged)
        )
        if sent is not None:
            self._told(f"{sent.title}: saved as {target}, and kept as {sent.ref}.")
        elif filling.is_overtaken(self.desk.database, ready):
            self.look()

    def _save_draft(self) -> None:
        ready = self._ready
        if ready is None:
            return
        target = self._target(f"Save a draft of {ready.workbook.name}", f"DRAFT {ready.suggested_name}")
        if target is None:
            return

        def write() -> bool:
            filling.save_draft(self.desk.database, ready, target)
            return True

        if self.desk.attempt(write, False):
            self._told(f"Draft saved as {target}. It is not kept as sent.")

    def _target(self, title: str, name: str) -> Path | None:
        folder = Path(self.desk.layout.word(FOLDER) or self.desk.database.path.parent)
        target = asking.choose_file(self, title, folder, name, _ENDINGS[Path(name).suffix])
        if target is not None:
            self.desk.layout.keep_word(FOLDER, str(target.parent))
        return target

    def _told(self, sentence: str) -> None:
        self.where.tell(sentence)
        self.desk.say(sentence)


def _told(problem: Problem, said: mapped_workbooks.Said) -> Problem:
    """A problem with the nearest of what could be chosen, and with the mapped place it is about."""
    if not isinstance(problem, FillProblem):
        return problem
    offered = ", ".join(f"“{one}”" for one in problem.offered[:5])
    unsaid = offered and problem.offered[0] not in problem.sentence
    sentence = f"{problem.sentence} It could be {offered}." if unsaid else problem.sentence
    for one in said.cells:
        if (one.sheet, one.cell) == (problem.sheet, problem.cell):
            return replace(problem, sentence=sentence, kind=one.KIND.name, record=one.id)
    return replace(problem, sentence=sentence)


def _rows(found: tuple[Difference, ...]) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    rows: list[tuple[tuple[str, str], tuple[str, ...]]] = [
        ((one.sheet, one.cell), (one.sheet, one.cell, _shown(one.old), _shown(one.new)))
        for one in found[:MOST_SHOWN]
    ]
    if len(found) > MOST_SHOWN:
        rows.append((("", ""), ("", "", "", f"and {len(found) - MOST_SHOWN:,} more cells")))
    return rows


def _shown(value: Held) -> str:
    if value is None or value == "":
        return "empty"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)
