"""What the PCN file is: whose, where, how large, which copy, and who works in it here."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nhsdesk.commands import files
from nhsdesk.commands.files import About
from nhsdesk.desktop.cards import beside, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.long_words import to_copy
from nhsdesk.desktop.words import counted, label

_SAMPLE = "This is the sample. Everything in it is made up, and every paper made from it is marked SAMPLE."


class AboutPanel(QWidget):
    """Facts to read and to copy."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.totals = ""
        framed, stack = card("What it is")
        self._sample = label(_SAMPLE, "banner")
        stack.addWidget(self._sample)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._network, self._size, self._copy, self._who = label(), label(), label(), label()
        path = to_copy(str(desk.database.path), "Where the PCN file lies")
        facts = (
            ("PCN", self._network),
            ("Lies at", path),
            ("Holds", self._size),
            ("Copy", self._copy),
            ("Works here", self._who),
        )
        for row, (name, fact) in enumerate(facts):
            self._grid.addWidget(beside(name), row, 0)
            self._grid.addWidget(fact, row, 1)
        stack.addLayout(self._grid)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)

    def refresh(self) -> None:
        """Reads the facts anew."""
        about = files.about(self._desk.database)
        self.totals = f"{counted(about.entries, 'entry', 'entries')}, {counted(about.steps, 'step', 'steps')}"
        self._network.setText(network_words(about))
        self._size.setText(f"{self.totals}; {size_words(about.size)}")
        self._copy.setText(copy_words(about))
        self._who.setText(self._desk.database.who)
        self._sample.setVisible(about.sample)


def network_words(about: About) -> str:
    """The PCN with its code: "North Stockton PCN (U07032)"."""
    if not about.network:
        return "It is not said yet which PCN this file is of."
    return (
        f"{about.network} ({about.code})" if about.code else f"{about.network}, whose code is not known yet"
    )


def copy_words(about: About) -> str:
    """Which copy this is, and whether there are others."""
    if about.copies == 1:
        return f"{about.letter}, the only one"
    return f"{about.letter}, one of {about.copies} that were made so far"


def size_words(size: int) -> str:
    """A file's size as people say it: "812 kB", "4.2 MB"."""
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1_000)):,} kB"
