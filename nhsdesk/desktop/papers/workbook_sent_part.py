"""What was sent of a workbook: opened byte for byte, and each cell followed back to what filled it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import fill_sources, filling, mapped_workbooks, papers
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.papers.saving import FOLDER
from nhsdesk.desktop.papers.workbook_chosen import NONE_CHOSEN, Chosen
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.periods import Month
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.times import Moment
from nhsdesk.sections.filled_workbook import FilledFacts

_KINDS = "Excel workbook (*.xlsx *.xlsm)"


class SentPart(Part):
    """The list of what was sent, and the cells of the one in front."""

    def __init__(self, desk: Desk, chosen: Chosen) -> None:
        super().__init__(desk)
        self._chosen = chosen
        self._sent: dict[object, SentPaper] = {}
        self.whose = label(role="h2")
        self.list = table("What was sent of it", ("Ref", "Month", "Sent", "File"), 3)
        self.list.chosen.connect(lambda _: self._show_cells())
        self.list.opened.connect(lambda _: self._save())
        self.save = pressed("Save the file as it was sent…", "save", self._save)
        self.cells = table("What filled its cells", ("Sheet", "Cell", "As it was sent", "Filled with"), 2, 3)
        self.cells.opened.connect(self._follow)
        self.follow = pressed("Open what filled it", "open", lambda: self._follow(self.cells.current))
        column = scrolled_column(self)
        column.addWidget(self.whose)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.save, self.follow))
        column.addWidget(self.cells, 2)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        workbook = self._chosen.workbook()
        found = mapped_workbooks.sent_of(self.desk.database, workbook) if workbook else ()
        self._sent = {one.id: one for one in found}
        told = counted(len(found), "time", "times") if found else "not yet"
        self.whose.setText(f"{workbook.name}: sent {told}" if workbook else NONE_CHOSEN)
        self.list.show_rows(
            [
                (one.id, (one.ref, one.period or "", Moment().words(one.issued_at), one.kept.name))
                for one in found
            ]
        )
        self._show_cells()

    def _show_cells(self) -> None:
        sent = self._sent.get(self.list.current)
        facts = self.desk.attempt(lambda: filling.facts_of(self.desk.database, sent)) if sent else None
        self.cells.show_rows([] if facts is None else _rows(facts))
        for button in (self.save, self.follow):
            button.setEnabled(sent is not None)

    def _save(self) -> None:
        sent = self._sent.get(self.list.current)
        if sent is None:
            return
        folder = Path(self.desk.layout.word(FOLDER) or self.desk.database.path.parent)
        target = asking.choose_file(self, f"Save {sent.ref} as it was sent", folder, sent.kept.name, _KINDS)
        if target is None:
            return
        if self.desk.attempt(lambda: papers.write_again(self.desk.database, sent.ref, target)) is not None:
            self.desk.say(f"{sent.title}: {sent.ref} saved again as it was sent, as {target}.")

    def _follow(self, key: object) -> None:
        """To the entry of a row where it names one, else to the return it is from, of the month that was sent."""
        sent = self._sent.get(self.list.current)
        if sent is None or not isinstance(key, tuple):
            return
        _, source, refs = key
        found = self.desk.attempt(lambda: papers.first_entry_of(self.desk.database, refs))
        if found is not None:
            self.desk.show(found.KIND.name, found.id)
            return
        paper = fill_sources.open_returns().get(str(source).partition(": ")[0])
        month = read_month(sent.period or "")
        if paper is None:
            self.desk.say("This stands for no entry of its own: it is a figure of our PCN, or words of ours.")
        elif isinstance(month, Month):
            self.desk.show_period(paper.key, month)
        else:
            self.desk.show_paper(paper.key)


def _rows(facts: FilledFacts) -> list[tuple[tuple[object, ...], tuple[str, ...]]]:
    """Each cell, then each row of each list, with its source and the words that may be a reference."""
    found: list[tuple[tuple[object, ...], tuple[str, ...]]] = []
    for one in facts.cells:
        source = one.source or "these words, always"
        found.append(((len(found), one.source, ()), (one.sheet, one.cell, one.value, source)))
    for listed in facts.lists:
        for number, cells in enumerate(listed.rows, 1):
            told = ", ".join(one for one in cells if one)
            where = f"row {number:,} below {listed.header}"
            found.append(((len(found), listed.source, cells), (listed.sheet, where, told, listed.source)))
    return found
