"""A newer version of a workbook: what became of each place, what is not sure asked one by one, then taken over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from nhsdesk.commands import workbook_mapping
from nhsdesk.commands.workbook_mapping import Newer
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, line, narrow_box, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.papers.saving import FOLDER
from nhsdesk.desktop.papers.workbook_chosen import NONE_CHOSEN, Chosen
from nhsdesk.desktop.papers.workbooks_kept import KINDS
from nhsdesk.desktop.words import counted, label
from nhsdesk.documents.template_print import Fate, MappedPlace
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.workbook_mappings import MappedCell

LEAVE_OUT = "Leave it out"
_FATES = {
    Fate.SAME: "Where it was",
    Fate.MOVED: "Moved",
    Fate.UNSURE: "To be said",
    Fate.GONE: "No longer there",
}


class NewerPart(Part):
    """The places as a list, those that ask first, and the answer to the one in front."""

    taken_over = Signal(object)
    """The id of the workbook that has taken the place of the older one."""

    def __init__(self, desk: Desk, chosen: Chosen) -> None:
        super().__init__(desk)
        self._chosen = chosen
        self._newer: Newer | None = None
        self._settled: dict[int, MappedPlace | None] = {}
        self._of: Id | None = None
        self.whose, self.told = label(role="h2"), label(role="help")
        self.choose = pressed("Choose the newer version…", "folder", self._choose)
        self.list = table("What became of each place", ("Place", "Filled with", "Now", ""), 1, 2)
        self.list.setMinimumHeight(150)
        self.list.chosen.connect(lambda _: self._ask())
        self.asks = label()
        self.answers = narrow_box("Where is it now", 24)
        self.list.opened.connect(lambda _: self.answers.setFocus(Qt.FocusReason.OtherFocusReason))
        self.settle = pressed("That is it", "check", self._settle)
        self.edition = line("Version", 160)
        self.take_over = pressed("Take over the newer version", "check", self._take_over)
        column = scrolled_column(self)
        column.addWidget(self.whose)
        column.addWidget(self.told)
        column.addLayout(row(self.choose))
        column.addWidget(self.list, 1)
        column.addWidget(self.asks)
        column.addLayout(row("Where is it now", self.answers, self.settle))
        column.addLayout(row("Version", self.edition, self.take_over))

    def begin_at(self) -> QWidget:
        return self.list if self._newer is not None else self.choose

    def look(self) -> None:
        workbook = self._chosen.workbook()
        if workbook is None or workbook.id != self._of:
            self._newer, self._settled = None, {}
        self._of = workbook.id if workbook else None
        self.whose.setText(workbook.name if workbook else NONE_CHOSEN)
        replaced = workbook is not None and workbook.replaced_by is not None
        self.choose.setEnabled(workbook is not None and not replaced and self.desk.may_write)
        self._show("A newer version has taken its place already." if replaced else "")

    def _choose(self) -> None:
        workbook = self._chosen.workbook()
        folder = Path(self.desk.layout.word(FOLDER) or self.desk.database.path.parent)
        path = asking.choose_existing(self, "The newer version", folder, KINDS)
        if workbook is None or path is None:
            return
        database, of = self.desk.database, workbook.id
        self.told.setText(f"Holding {path.name} against the version that is kept…")

        def arrived(newer: Newer) -> None:
            if self._of == of:
                self._newer, self._settled = newer, {}
                self._show()
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)

        self.desk.background.start(
            "Looking at the newer version",
            lambda _: workbook_mapping.look_at_newer(database, workbook, path),
            arrived,
            failed=self._refused,
        )

    def _refused(self, sentence: str) -> None:
        self._show()
        self.desk.warn(sentence)

    # ---- what became of each place

    def _show(self, instead: str = "") -> None:
        newer = self._newer
        for one in (self.list, self.asks, self.answers, self.settle, self.edition, self.take_over):
            one.setVisible(newer is not None)
        if newer is None:
            self.told.setText(
                instead
                or "When its publisher sends a newer version, choose its file: what moved is found by the words beside "
                "it, and what is not sure is asked. Nothing is written before you take it over."
            )
            return
        left = self._left()
        asks = counted(len(left), "place is", "places are")
        self.told.setText(
            f"{newer.name}: {asks} still to be said."
            if left
            else f"{newer.name}: everything is said. Take it over when you have looked."
        )
        settle = newer.to_settle
        order = sorted(range(len(newer.mapped)), key=lambda n: (n not in settle, self._same(n), n))
        self.list.show_rows([(n, self._cells(n)) for n in order])
        self._ask()
        self.take_over.setEnabled(not left and self.desk.may_write)

    def _left(self) -> list[int]:
        """The places that a person has yet to say something of."""
        return [n for n in self._newer.to_settle if n not in self._settled] if self._newer else []

    def _same(self, number: int) -> bool:
        assert self._newer is not None
        return self._newer.compared.places[number].fate is Fate.SAME

    def _cells(self, number: int) -> tuple[str, ...]:
        assert self._newer is not None
        mapped, found = self._newer.mapped[number], self._newer.compared.places[number]
        ref = mapped.cell if isinstance(mapped, MappedCell) else f"below {mapped.header}"
        fills = mapped.fills or (
            f"always {quoted(mapped.words or '')}" if isinstance(mapped, MappedCell) else ""
        )
        if number in self._settled:
            settled = self._settled[number]
            return f"{ref} of {mapped.sheet}", fills, _where(settled), "Said by you"
        now = ", ".join(_where(one) for one in found.now[:3]) or "nowhere"
        fate = _FATES[Fate.UNSURE] if number in self._newer.to_settle and found.now else _FATES[found.fate]
        return f"{ref} of {mapped.sheet}", fills, now, fate

    def _ask(self) -> None:
        newer, number = self._newer, self.list.current
        if newer is None or number is None:
            self.asks.setText("")
            return
        found = newer.compared.places[number]
        self.asks.setText(found.told)
        self.answers.clear()
        self.answers.addItems([*(_where(one) for one in found.now), LEAVE_OUT])
        asked = number in newer.to_settle
        for one in (self.answers, self.settle):
            one.setEnabled(asked)

    def _settle(self) -> None:
        newer, number = self._newer, self.list.current
        if newer is None or number not in newer.to_settle:
            return
        now = newer.compared.places[number].now
        at = self.answers.currentIndex()
        self._settled[number] = now[at] if 0 <= at < len(now) else None
        self._show()
        left = self._left()
        if left:
            self.list.go_to(left[0])
            self.answers.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_over.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_over(self) -> None:
        newer = self._newer
        if newer is None:
            return
        edition = self.edition.text().strip() or None
        made = self.desk.attempt(
            lambda: workbook_mapping.take_over_newer(self.desk.database, newer, edition, self._settled)
        )
        if made is not None:
            self._newer, self._settled = None, {}
            self.edition.clear()
            self._chosen.choose(made.id)
            self.look()
            self.desk.say(
                f"{made.name}: the newer version is taken over with what fills it. Undo takes it back whole."
            )
            self.taken_over.emit(made.id)


def _where(one: MappedPlace | None) -> str:
    return LEAVE_OUT if one is None else f"{one.cell} of {one.sheet}"
