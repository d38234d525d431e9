"""A pack for another PCN: every line that would leave, ticked or not, looked through for names and codes first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import pcn_pack
from nhsdesk.commands.pcn_pack import Offer
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.commitments.parts import Part, line, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.tick_table import TickTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.pcn_pack import ENDING, WHOLE
from nhsdesk.domain.pcn_pack_form import Pack

FOLDER = "packs.folder"
KINDS = f"Pack for another PCN (*{ENDING})"
FIRST = (
    "What another PCN could use: workbook mappings, maxima and sums with their source, readings of documents, local "
    "rules, meeting templates and words of the field. Nothing else of an entry leaves than what is shown here. What "
    "names you, a practice, a person or a code of yours stays."
)
NONE = (
    "There is nothing here yet that another PCN could use: no workbook mapping, no figure beside those that came with "
    "the program, no reading with its exact words, no local rule, meeting series or word of your own."
)


class GivePart(Part):
    """The lines, what the chosen one tells, and the pack's name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._offers: dict[object, Offer] = {}
        self._first, self._count, self._trouble = label(FIRST), label(role="quiet"), Told()
        self.list = TickTable(
            "What would leave", ("Ref", "What it is", "What it says", "Stays here"), wrapped=(2, 3)
        )
        self.list.chosen.connect(lambda _: self._show())
        self.list.ticked_changed.connect(self._told)
        self.story = reading("Every word that would leave")
        self.story.setMaximumHeight(theme.px(96))
        self.all = pressed("Tick all", "check", lambda: self.list.tick_all(True))
        self.none = pressed("Tick none", "cancel", lambda: self.list.tick_all(False))
        self.name = line("What the pack is called", 320)
        self.write = pressed("Write the pack…", "save", self._write, primary=True)
        column = scrolled_column(self)
        for part in (self._first, self._count):
            column.addWidget(part)
        column.addWidget(self.list, 3)
        column.addWidget(self.story)
        column.addLayout(row(self.all, self.none, "What the pack is called", self.name, self.write))
        column.addWidget(self._trouble)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = pcn_pack.offered(self.desk.database)
        before = set(self.list.ticked)
        self._offers = {one.line.key: one for one in found}
        rows = [(one.line.key, _cells(one)) for one in found]
        self.list.offer(rows, before, [one.line.key for one in found if one.why_not])
        self._first.setText(FIRST if found else NONE)
        self._told()
        self._show()

    def _show(self) -> None:
        one = self._offers.get(self.list.current)
        words = "\n".join(f"{label}: {words}" for label, words in one.line.told) if one is not None else ""
        self.story.setPlainText(words)

    def _told(self) -> None:
        ticked = len(self.list.ticked)
        stays = sum(bool(one.why_not) for one in self._offers.values())
        none = "Nothing is ticked" if not ticked else f"{counted(ticked, 'line is', 'lines are')} ticked"
        words = f"{none} of {len(self._offers):,}."
        self._count.setText(
            f"{words} {counted(stays, 'names you and stays', 'name you and stay')}." if stays else words
        )
        self.write.setEnabled(bool(ticked))

    def _with_what_they_hang_on(self) -> list[str]:
        """The ticked lines, with the entry that each hangs on; a workbook or series goes whole."""
        keys = set(self.list.ticked)
        for one in reversed(self._offers.values()):
            if one.line.key in keys and one.line.of:
                keys.add(one.line.of)
        for one in self._offers.values():
            if one.line.of in keys and one.line.kind in WHOLE and not one.why_not:
                keys.add(one.line.key)
        return list(keys)

    def _write(self) -> None:
        folder = Path(self.desk.layout.word(FOLDER) or Path.home())
        suggested = f"{self.name.text().strip() or 'Pack'}{ENDING}".replace("/", "-")
        target = asking.choose_file(self, "Write the pack", folder, suggested, KINDS)
        if target is None:
            return
        self.desk.layout.keep_word(FOLDER, str(target.parent))
        keys, name = self._with_what_they_hang_on(), self.name.text()
        pack = self.desk.attempt(lambda: pcn_pack.write(self.desk.database, keys, name, target))
        if isinstance(pack, Pack):
            self.desk.say(
                f"{counted(len(pack.lines), 'line', 'lines')} written to {target.name}. It says nothing of you."
            )


def _cells(one: Offer) -> tuple[str, ...]:
    says = "; ".join(words for _, words in one.line.told)
    return one.ref, one.line.record_kind.title, " ".join(says.split())[:300], one.why_not
