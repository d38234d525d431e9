"""NHS England's workforce file: the PCN's staff by role beside PCNs of its size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from nhsdesk.commands import data_sets, workforce
from nhsdesk.desktop import asking
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.first.part import Part
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.new_file import PUBLISHED
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.under_way import UnderWay
from nhsdesk.domain.data_sets import DataSetKind
from nhsdesk.errors import FileRefused
from nhsdesk.sections.pcns_of_our_size import Facts

_HELP = (
    "NHS England publishes the PCN workforce each quarter (pcn_workforce_individual.csv) and list sizes each year "
    "(PCN practice list and adjusted population). Choose first the one, then the other. Each is taken in as one step, "
    "which Undo takes back; nothing is sent anywhere."
)
_FOLDER = "file.published_folder"


class WorkforcePart(Part):
    """Two files, and the comparison as soon as both are there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _HELP)
        self.staff = self._choosing("Choose the workforce file…", DataSetKind.WORKFORCE)
        self.sizes = self._choosing("Choose the list sizes…", DataSetKind.LIST_SIZES)
        line = Flow()
        line.setSpacing(8)
        line.addWidget(self.staff)
        line.addWidget(self.sizes)
        self._under_way = UnderWay(desk.background)
        self._trouble = Told()
        self.stack.addLayout(line)
        self.stack.addWidget(self._under_way)
        self.stack.addWidget(self._trouble)
        self.end_with("See it role by role", "ARRS", "NWRS")
        desk.background.began.connect(self._allow)
        desk.background.ended.connect(self._allow)
        self._allow()

    def take_focus(self) -> None:
        self.staff.setFocus()

    def _choosing(self, words: str, kind: DataSetKind) -> QPushButton:
        made = button(words, "open")
        made.clicked.connect(lambda: self._ask(kind))
        return made

    def _allow(self, _: object = None) -> None:
        for one in (self.staff, self.sizes):
            one.setEnabled(self.desk.may_write)

    def _ask(self, kind: DataSetKind) -> None:
        folder = Path(self.desk.layout.word(_FOLDER) or Path.home())
        path = asking.choose_existing(self, f"NHS England's file: {kind.words}", folder, PUBLISHED)
        if path is None:
            return
        self.desk.layout.keep_word(_FOLDER, str(path.parent))
        self._trouble.tell("")
        database = self.desk.database

        def work(job: Job) -> Facts:
            seen = data_sets.preview(path)
            if seen.reading.kind is not kind:
                raise FileRefused(
                    f"{path.name} is NHS England's file of {seen.reading.kind.words}. It was not taken in here. Choose "
                    f"the file of {kind.words}."
                )
            data_sets.adopt(database, seen, job.tell)
            return workforce.beside(database)

        job = self.desk.background.start(
            f"Taking in {path.name}", work, self._show, writes=True, failed=self._trouble.tell
        )
        self._under_way.follow(job)

    def _show(self, facts: Facts) -> None:
        self.tell(" ".join(filter(None, (facts.in_short, facts.missing, *facts.notes[:1]))))
        (self.sizes if facts.missing else self._on).setFocus()
