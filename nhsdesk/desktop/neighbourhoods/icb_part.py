"""A whole ICB from NHS England's file of practices and PCNs: looked at first, then taken in as one step."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.commands import geography
from nhsdesk.commands.geography import OfferedIcb, Taking
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label

_NONE = (
    "No file of practices and PCNs has been read in. Take in NHS England’s “Patients Registered at a GP Practice, "
    "mapping” under PCN file; then an ICB of it can be chosen here."
)
_WORDS = (
    "Region, ICB, PCNs and practices come in together, named by their codes. Names written here stay as they are, and "
    "practices of our own PCN are not moved. One Undo takes all of it back."
)


class IcbPart(Part):
    """The ICB above, what taking it in would do below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._offered: tuple[OfferedIcb, ...] = ()
        self._seen: Taking | None = None
        self._first = label()
        self.icb = QComboBox()
        self.icb.setAccessibleName("ICB")
        self.icb.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.icb.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.icb.setMinimumContentsLength(24)
        self.icb.setMinimumWidth(theme.px(240))
        self.icb.activated.connect(lambda _: self._preview())
        self.take = pressed("Take it in", "import", self._take_in)
        self.told = reading("What would come in")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        named = label("ICB or part of one", "field", wrap=False)
        named.setBuddy(self.icb)
        column.addWidget(named)
        column.addWidget(self.icb)
        column.addWidget(self.told, 1)
        column.addLayout(row(self.take))
        column.addWidget(label(_WORDS, "help"))

    def begin_at(self) -> QWidget:
        return self.icb

    def look(self) -> None:
        before = self._chosen()
        self._offered = geography.offered(self.desk.database)
        self.icb.blockSignals(True)
        self.icb.clear()
        self.icb.addItem("(choose)")
        self.icb.addItems([_words(one) for one in self._offered])
        codes = [one.code for one in self._offered]
        self.icb.setCurrentIndex(1 + codes.index(before.code) if before and before.code in codes else 0)
        self.icb.blockSignals(False)
        whole = sum(not one.part for one in self._offered)
        self._first.setText(
            f"{counted(whole, 'ICB is', 'ICBs are')} in the file taken in." if whole else _NONE
        )
        self.icb.setEnabled(bool(whole))
        self._preview()

    def _chosen(self) -> OfferedIcb | None:
        at = self.icb.currentIndex() - 1
        return self._offered[at] if 0 <= at < len(self._offered) else None

    def _preview(self) -> None:
        chosen = self._chosen()
        self._seen = None
        if chosen is not None:
            self._seen = self.desk.attempt(lambda: geography.preview(self.desk.database, chosen.code))
        words = self._seen.words if self._seen is not None else ()
        self.told.setPlainText("\n".join(words))
        self.take.setEnabled(self._seen is not None and self._seen.changes and self.desk.may_write)

    def _take_in(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        taken = self.desk.attempt(lambda: geography.take_in(self.desk.database, chosen.code))
        if taken is not None:
            self.desk.say(f"Taken in: {taken.words[0]}")
            self._preview()


def _words(one: OfferedIcb) -> str:
    told = f"{one.name}, {counted(one.practices, 'practice', 'practices')}"
    return f"    {told}" if one.part else told
