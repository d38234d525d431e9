"""What is not finished: words that were typed and could not be read yet, kept until somebody comes back to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_note import KEY
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.times import Moment
from nhsdesk.store import drafts
from nhsdesk.store.drafts import Draft
from nhsdesk.store.reading import Reader

_MOST_SHOWN = 30
_LONGEST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One field's words as typed, and the entry to open; no id where there is no entry yet, or none any more."""

    where: str
    words: str
    typed: str
    kind: str
    id: Id | None


class DraftsPanel(QWidget):
    """Each with its words as typed, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        framed, self._stack = card("Not finished")
        self._about = label(role="help")
        self._stack.addWidget(self._about)
        self._rows: QWidget | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)

    def refresh(self) -> None:
        """Reads the drafts anew."""
        kept = drafts.kept(self._desk.database)
        with self._desk.database.read() as reader:
            shown = tuple(unfinished(reader, draft) for draft in kept[:_MOST_SHOWN])
        more = len(kept) - len(shown)
        self._about.setText(
            _about_words(len(kept)) + (f" The newest {len(shown)} are shown." if more else "")
        )
        if self._rows is not None:
            self._stack.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = self._made_rows(shown)
        self._stack.addWidget(self._rows)

    def _made_rows(self, shown: tuple[Unfinished, ...]) -> QWidget:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for at, one in enumerate(shown):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(label(one.where))
            column.addWidget(label(one.typed, "quiet"))
            grid.addLayout(column, at, 0)
            grid.addWidget(label(one.words, "quote"), at, 1)
            if one.id is not None:
                grid.addWidget(self._opens(one, one.id), at, 2)
        rows.setVisible(bool(shown))
        return rows

    def _opens(self, one: Unfinished, id_: Id) -> QWidget:
        opens = button("Open", "forward")
        opens.setAccessibleName(f"Open {one.where}")
        opens.clicked.connect(lambda: self._desk.show(one.kind, id_))
        return opens


def unfinished(reader: Reader, draft: Draft) -> Unfinished:
    """A draft in words: which field of which entry, what was typed, by whom and when."""
    kind = KINDS.get(draft.kind)
    label_ = (
        next((f.label for f in kind.fields if f.name == draft.field), draft.field) if kind else draft.field
    )
    typed = f"Typed by {draft.who}, {Moment().words(datetime.fromisoformat(draft.moment))}"
    words = draft.words if len(draft.words) <= _LONGEST_SHOWN else f"{draft.words[:_LONGEST_SHOWN]}…"
    if (on := _noted_on(reader, draft)) is not None:
        where = f"A note on {on.ref}, {on.title_words()}"
        return Unfinished(where, words, typed, on.KIND.name, on.id)
    if kind is None or not draft.record.isascii() or not draft.record.isdigit():
        what = f"{kind.title}, not added yet" if kind is not None else "not added yet"
        return Unfinished(f"“{label_}” ({what})", words, typed, draft.kind, None)
    record = reader.find(kind.cls, Id(int(draft.record)))
    if record is None:
        return Unfinished(f"“{label_}” of an entry that was removed", words, typed, draft.kind, None)
    return Unfinished(
        f"“{label_}” of {record.ref}, {record.title_words()}", words, typed, draft.kind, record.id
    )


def _noted_on(reader: Reader, draft: Draft) -> Record | None:
    """The entry on which a note was begun; None for all other drafts."""
    number = draft.record.removeprefix(KEY)
    if number == draft.record or not (number.isascii() and number.isdigit()):
        return None
    return reader.any_of(Id(int(number)))


def _about_words(number: int) -> str:
    if not number:
        return "Nothing is left unfinished. Words that cannot be read as their field yet are kept and listed here."
    return (
        f"{counted(number, 'field holds', 'fields hold')} words that could not be read yet. They are kept as typed, in "
        "no paper and in no copy, until you come back to them."
    )
