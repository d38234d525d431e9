"""The workbooks that are kept: one more is kept from its file, one is taken out, Enter goes on to what fills it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import mapped_workbooks, workbook_mapping
from nhsdesk.commands.mapped_workbooks import Kept
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, line, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.saving import FOLDER
from nhsdesk.desktop.papers.workbook_chosen import Chosen
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.periods import day_words

KINDS = "Excel workbook (*.xlsx *.xlsm)"
NONE_KEPT = (
    "A workbook that a commissioner wants back filled in is kept here as it came, blank. Say once what fills each of "
    "its cells; from then on it is filled from the PCN file for any month, and everything else in it stays as it came. "
    "Press Keep a workbook to choose its file."
)


class KeptPart(Part):
    """The list, and how one comes into it."""

    wanted = Signal()
    """The chosen workbook is wanted with what fills it."""

    def __init__(self, desk: Desk, chosen: Chosen) -> None:
        super().__init__(desk)
        self._chosen = chosen
        self._seen: dict[object, Kept] = {}
        self._first, self._trouble = label(), Told()
        self.list = table(
            "Workbooks kept",
            ("Workbook", "Version", "From", "Received", "Places filled", "Filled last"),
            0,
            2,
        )
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _: self.wanted.emit())
        self.name, self.edition = line("Name", 260), line("Version", 140)
        self.keep = pressed("Keep a workbook…", "add", self._keep)
        self.open = pressed("Say what fills it", "open", self.wanted.emit, primary=True)
        self.take_out = pressed("Take out", "remove", self._take_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self.list, 1)
        column.addLayout(row(self.open, self.take_out))
        column.addLayout(row("Name", self.name, "Version", self.edition, self.keep))
        column.addWidget(self._trouble)

    def begin_at(self) -> QWidget:
        return self.list if self._seen else self.keep

    def look(self) -> None:
        found = mapped_workbooks.kept(self.desk.database)
        self._seen = {one.workbook.id: one for one in found}
        told = counted(len(found), "workbook is", "workbooks are")
        self._first.setText(f"{told} kept. Enter goes on to what fills it." if found else NONE_KEPT)
        wanted = self._chosen.id
        # The list keeps its own current row, which would be taken for another choice.
        self.list.blockSignals(True)
        self.list.show_rows([(one.workbook.id, _cells(one)) for one in found])
        if wanted in self._seen:
            self.list.go_to(wanted)
        self.list.blockSignals(False)
        self._choose(self.list.current)

    def _choose(self, id_: object) -> None:
        one = self._seen.get(id_)
        self._chosen.choose(one.workbook.id if one else None)
        self.open.setEnabled(one is not None)
        self.take_out.setEnabled(one is not None and self.desk.may_write)
        self.keep.setEnabled(self.desk.may_write)

    # ---- what the person does

    def _keep(self) -> None:
        """Asks for the file; without a name it is called as its file is."""
        folder = Path(self.desk.layout.word(FOLDER) or self.desk.database.path.parent)
        path = asking.choose_existing(self, "Keep a workbook to fill", folder, KINDS)
        if path is None:
            return
        name = self.name.text().strip() or path.stem
        edition = self.edition.text().strip() or None
        made = self.desk.attempt(
            lambda: workbook_mapping.keep(self.desk.database, path, name, edition=edition)
        )
        if made is None:
            return
        self.name.clear()
        self.edition.clear()
        self._chosen.choose(made.id)
        self.look()
        self.desk.say(f"{made.name} is kept as {made.ref}. Say now what fills it.")

    def _take_out(self) -> None:
        one = self._seen.get(self.list.current)
        if one is None:
            return

        def take_out() -> bool:
            mapped_workbooks.take_out(self.desk.database, one.workbook)
            return True

        if self.desk.attempt(take_out, False):
            self.look()
            self.desk.say(f"{one.workbook.name} was taken out. What was sent of it stays.")


def _cells(one: Kept) -> tuple[str, ...]:
    workbook = one.workbook
    name = f"{workbook.name} (a newer version has taken its place)" if workbook.replaced_by else workbook.name
    return (
        name,
        workbook.edition or "",
        one.published_by,
        day_words(workbook.received_on) if workbook.received_on else "not known",
        f"{one.mapped:,}",
        one.sent[0].period or "" if one.sent else "never",
    )
