"""A workbook that came back: read in, and shown cell by cell against what was sent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import filings, returned_workbooks
from nhsdesk.commands.filings import Filed
from nhsdesk.commands.returned_workbooks import Returned
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, line, narrow_box, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.papers.chosen_day import read_day
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.domain.filings import Filing, FilingState
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem

FOLDER = "filings.returned_folder"
MOST_SHOWN = 500
FIRST = (
    "Choose the filing, and the workbook that came back about it. It is held cell by cell against what was sent; "
    "nothing is written until you note it."
)
NONE_SENT = "No filing has a workbook that was sent from here, so there is nothing to hold one against."


class ReturnedPart(Part):
    """One filing, one workbook, and every cell that differs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._filed: list[Filed] = []
        self._found: Returned | None = None
        self._first, self._told, self._trouble = label(FIRST), Told("h2"), Told()
        self.filing = narrow_box("Filing", 32)
        self.filing.currentIndexChanged.connect(lambda _: self._clear())
        self.read = pressed("Read the workbook that came back…", "import", self._ask)
        self.list = table("What differs", ("Sheet", "Cell", "Sent", "Came back", "What"), 2, 3)
        self.said, self.on = line("What they ask", 320), line("Came on")
        self.note = pressed("Note as queried, with this file", "check", self._note)
        column = scrolled_column(self)
        column.addWidget(self._first)
        column.addLayout(row("Filing", self.filing, self.read))
        column.addWidget(self._told)
        column.addWidget(self.list, 1)
        column.addLayout(row("What they ask", self.said, "Came on", self.on, self.note))
        column.addWidget(self._trouble)

    def begin_at(self) -> QWidget:
        return self.filing

    def look(self) -> None:
        found = filings.register(self.desk.database).filed
        before = self._chosen
        self._filed = [
            one for one in found if one.sent and one.sent.kept.name.lower().endswith(("xlsx", "xlsm"))
        ]
        self.filing.blockSignals(True)
        self.filing.clear()
        self.filing.addItems(
            [f"{one.filing.ref} {one.filing.title}, {one.filing.period or ''}" for one in self._filed]
        )
        ids = [one.filing.id for one in self._filed]
        if before is not None and before.filing.id in ids:
            self.filing.setCurrentIndex(ids.index(before.filing.id))
        else:
            self._clear()
        self.filing.blockSignals(False)
        self._first.setText(FIRST if self._filed else NONE_SENT)
        if not self.on.text():
            self.on.setText(day_words(self.desk.database.today()))
        self._allow()

    @property
    def _chosen(self) -> Filed | None:
        at = self.filing.currentIndex()
        return self._filed[at] if 0 <= at < len(self._filed) else None

    def _clear(self) -> None:
        self._found = None
        self._told.tell("")
        self._trouble.tell("")
        self.list.show_rows([])
        self._allow()

    def _allow(self) -> None:
        one, found = self._chosen, self._found
        self.read.setEnabled(one is not None)
        may = one is not None and one.filing.state in (FilingState.SENT, FilingState.ACCEPTED)
        self.note.setEnabled(self.desk.may_write and may and found is not None and found.looked is not None)

    def _ask(self) -> None:
        one = self._chosen
        if one is None:
            return
        folder = Path(self.desk.layout.word(FOLDER) or Path.home())
        path = asking.choose_existing(
            self, "The workbook that came back", folder, "Excel workbook (*.xlsx *.xlsm)"
        )
        if path is None:
            return
        self.desk.layout.keep_word(FOLDER, str(path.parent))
        self._clear()
        database, id_ = self.desk.database, one.filing.id
        self.desk.background.start(
            f"Reading {path.name}",
            lambda _: returned_workbooks.compare(database, id_, path),
            self._arrived,
            failed=self._trouble.tell,
        )

    def _arrived(self, found: Returned) -> None:
        self._found = found
        more = len(found.differences) - MOST_SHOWN
        self._told.tell(f"{found.told} The first {MOST_SHOWN} are shown." if more > 0 else found.told)
        self.list.show_rows(
            [
                (at, (one.sheet, one.cell, one.sent, one.returned, one.change.value))
                for at, one in enumerate(found.differences[:MOST_SHOWN])
            ]
        )
        self._allow()

    def _note(self) -> None:
        one, found = self._chosen, self._found
        on = read_day(self.on.text(), Filing, "sent_on", self.desk.database.today())
        if one is None or found is None or isinstance(on, Problem):
            self._trouble.tell(on.sentence if isinstance(on, Problem) else "")
            return
        words = self.said.text()
        done = self.desk.attempt(
            lambda: (
                filings.note(self.desk.database, one.filing.id, FilingState.QUERIED, on, words, found.looked)
                or True
            )
        )
        self._trouble.tell(done.sentence if isinstance(done, Problem) else "")
        if done is True:
            self.said.clear()
            self.look()
            self.desk.say(f"{one.filing.ref} was noted as queried; {found.name} is kept with it.")
