"""Our evidence in short: how much there is, what runs out, what is met without any; and the pack of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from nhsdesk.commands import evidence_pack
from nhsdesk.commands.evidence_pack import InShort, Made
from nhsdesk.desktop import asking
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.papers import Audience
from nhsdesk.sections.file_words import FileWords
from nhsdesk.store.database import Notice

_FOLDER = "evidence.folder"
_READERS = (
    (Audience.PARTNERS, "Partners: without what is restricted"),
    (Audience.OWN_BOARD, "Our own board: with what is restricted"),
)
_KINDS = "Evidence pack (*.zip)"


class EvidencePanel(QWidget):
    """A card for any page: it refreshes itself when the file changes while it is in sight."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._words = FileWords()
        framed, stack = card("Evidence")
        self._short = label()
        self._list = PlainTable("Evidence to look at", ("Reference", "Why", "What it is"), stretched=2)
        self._list.opened.connect(self._open)
        self._nothing = label(
            "Nothing has run out, and whatever is said to be met has its evidence.", "quiet"
        )
        self._readers = QComboBox()
        self._readers.setAccessibleName("Who the evidence pack is for")
        self._readers.addItems([words for _, words in _READERS])
        self._readers.setMinimumWidth(0)
        self._readers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._readers.setMinimumContentsLength(12)
        self._make = button("Make an evidence pack…", "save", primary=True)
        self._make.clicked.connect(self._ask_where)
        self._anyway = QCheckBox("I have read this, and the pack may go out")
        self._anyway.hide()
        self._told = Told("")
        self._trouble = Told()
        named = label("Who the pack is for", "field")
        named.setBuddy(self._readers)
        row = Flow()
        row.setSpacing(8)
        row.addWidget(self._make)
        for one in (self._short, self._nothing, self._list, named, self._readers):
            stack.addWidget(one)
        stack.addLayout(row)
        for below in (self._trouble, self._anyway, self._told):
            stack.addWidget(below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)
        whole.addStretch(1)
        desk.changed.connect(self._take_in)

    def refresh(self) -> None:
        """Looks everything up anew."""
        short = evidence_pack.in_short(self._desk.database)
        self._short.setText(_words(short))
        rows = [((Evidence.KIND.name, one.id), (one.ref, why, one.what)) for one, why in short.to_look_at]
        rows += [
            (
                (Commitment.KIND.name, one.id),
                (one.ref, "Met, no evidence in date", one.title),
            )
            for one in short.unproved
        ]
        self._list.show_rows(rows)
        self._list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._make.setEnabled(bool(short.items))

    # ---- inside

    def _open(self, key: tuple[str, Id] | None) -> None:
        if key is not None:
            self._desk.show(*key)

    def _ask_where(self) -> None:
        audience = _READERS[max(self._readers.currentIndex(), 0)][0]
        database, words = self._desk.database, self._words
        self._make.setEnabled(False)
        self._desk.background.start(
            "Looking through the files of the evidence",
            lambda _: evidence_pack.gather(database, audience, words),
            self._looked,
            failed=self._could_not,
        )

    def _could_not(self, sentence: str) -> None:
        self._make.setEnabled(True)
        self._desk.warn(sentence)

    def _looked(self, made: Made) -> None:
        self._make.setEnabled(True)
        why = evidence_pack.to_acknowledge(made)
        if why and not self._anyway.isChecked():
            self._trouble.tell(f"The pack was not made. {why}")
            self._anyway.show()
            self._anyway.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        folder = Path(self._desk.layout.word(_FOLDER) or Path.home())
        name = evidence_pack.suggested_name(made)
        target = asking.choose_file(self, "Make an evidence pack", folder, name, _KINDS)
        if target is not None:
            self._write(made, target)

    def _write(self, made: Made, target: Path) -> None:
        def write() -> bool:
            evidence_pack.write(self._desk.database, made, target, acknowledged=self._anyway.isChecked())
            return True

        if not self._desk.attempt(write, otherwise=False):
            return
        self._desk.layout.keep_word(_FOLDER, str(target.parent))
        self._trouble.tell("")
        self._anyway.setChecked(False)
        self._anyway.hide()
        self._told.tell(f"{target.name} was written: {evidence_pack.told(made)}.")

    def _take_in(self, notice: Notice) -> None:
        if self.isVisible() and {Evidence.KIND.name, Commitment.KIND.name}.intersection(notice.changed):
            self.refresh()


def _words(short: InShort) -> str:
    if not short.items:
        return "No evidence is kept yet. Add an evidence item under Lists, with its file and what it proves."
    return (
        f"{counted(short.items, 'item', 'items')} kept, {short.soon:,} running out within 30 days, "
        f"{short.run_out:,} run out."
    )
