"""Another copy looked at before anything is written: what would come from each side, and then the exchange."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nhsdesk import errors
from nhsdesk.commands import copies
from nhsdesk.commands.copies import Coming, Exchanged, Preview
from nhsdesk.desktop import asking, icons, theme
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.new_file import KINDS
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.under_way import UnderWay
from nhsdesk.desktop.words import counted, label
from nhsdesk.store.record_file import Moved

FIRST = (
    "Choose the other copy. It is looked at first: what would come here, what would go there, and what was changed on "
    "both sides. Neither file is written to until you press Exchange."
)
MOST = 500
"""Lines shown; the counts tell of all."""
MOVED = "It was moved here"
SECOND = "It is a second copy"


class ExchangePart(Part):
    """The other copy, what an exchange would come to line by line, and the exchange."""

    both_changed = Signal()
    """An exchange has left something to choose."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._other: Path | None = None
        self._seen: Preview | None = None
        self._told, self._counts, self._outcome, self._trouble = Told("h2"), Told(""), Told(""), Told()
        self._under_way = UnderWay(desk.background)
        self.ask = pressed("Look at another copy…", "open", self._ask)
        self.exchange = pressed("Exchange", "check", lambda: self._exchange(Moved.NOT_SAID))
        self.exchange.setProperty("primary", "true")
        icons.put(self.exchange, "check", "on_accent")
        self.moved = pressed(MOVED, "check", lambda: self._exchange(Moved.MOVED))
        self.second = pressed(SECOND, "copy", lambda: self._exchange(Moved.SECOND_COPY))
        headings = ("Comes to", "What", "Entry", "What it changes", "By whom")
        self.list = table("What would come", headings, 2, 3, 4)
        self.list.setMinimumHeight(theme.px(160))
        self.conflicts = reading("Changed on both sides")
        self.conflicts.setMaximumHeight(theme.px(110))
        column = scrolled_column(self)
        column.addWidget(label(FIRST))
        column.addLayout(row(self.ask, self.exchange, self.moved, self.second))
        for part in (self._under_way, self._outcome, self._trouble, self._told, self._counts):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        column.addWidget(self.conflicts)
        self._clear()

    def begin_at(self) -> QWidget:
        return self.ask

    def look(self) -> None:
        if self._seen is not None and not self._told.text().endswith(_STALE):
            self._told.tell(f"{self._told.text()} {_STALE}")
        self._allow()

    # ---- before

    def _ask(self) -> None:
        folder = self.desk.database.path.parent if self._other is None else self._other.parent
        path = asking.choose_existing(self, "Look at another copy", folder, KINDS)
        if path is not None:
            self._clear()
            self._other = path
            database = self.desk.database
            words = f"Looking at {path.name}"
            job = self.desk.background.start(
                words, lambda _: copies.look_ahead(database, path), self._show, failed=self._trouble.tell
            )
            self._under_way.follow(job)

    def _show(self, seen: Preview) -> None:
        self._seen = seen
        nothing = not seen.coming and not seen.conflicts
        both = f" {_both(len(seen.conflicts))}" if seen.conflicts else ""
        self._told.tell(
            f"Copy {seen.theirs} and this copy {seen.mine} hold the same."
            if nothing
            else f"Nothing is written yet.{both}"
        )
        sides = [
            f"To copy {to}{here}: {'. '.join(seen.counts(to)) or 'nothing'}." for to, here in _sides(seen)
        ]
        self._counts.tell("" if nothing else "\n".join((*sides, *_more(seen))))
        self.list.show_rows([(n, _cells(one, seen)) for n, one in enumerate(seen.coming[:MOST])])
        self.conflicts.setPlainText("\n".join(seen.conflicts))
        self.conflicts.setVisible(bool(seen.conflicts))
        self._allow()

    def _clear(self) -> None:
        self._seen = None
        for one in (self._told, self._counts, self._outcome, self._trouble):
            one.tell("")
        self.list.show_rows([])
        self.conflicts.hide()
        self._ask_how(False)
        self._allow()

    def _allow(self) -> None:
        self.exchange.setEnabled(self._seen is not None and self.desk.may_write)

    # ---- the exchange

    def _exchange(self, moved: Moved) -> None:
        other, seen, database = self._other, self._seen, self.desk.database
        if other is None or seen is None:
            return
        self._ask_how(False)
        self._trouble.tell("")
        job = self.desk.background.start(
            f"Exchanging with {other.name}",
            lambda _: _attempted(lambda: copies.exchange_file(database, other, seen, moved)),
            self._done,
            writes=True,
            failed=self._trouble.tell,
        )
        self._under_way.follow(job, may_stop=False)

    def _done(self, came: Exchanged | str) -> None:
        if isinstance(came, str):
            self._trouble.tell(came)
            self._ask_how(True)
            return
        self._clear()
        here = counted(came.here.records, "entry was", "entries were")
        there = counted(came.there.records, "entry was", "entries were")
        both = f" {_both(len(came.here.conflicts))} Choose what holds." if came.here.conflicts else ""
        self._outcome.tell(
            f"Exchanged with copy {came.letter}: {here} changed here, {there} changed there.{both}"
        )
        if came.here.conflicts:
            self.both_changed.emit()

    def _ask_how(self, wanted: bool) -> None:
        self.moved.setVisible(wanted)
        self.second.setVisible(wanted)


_STALE = "This file has changed since; look again."


def _attempted(work: Callable[[], Exchanged]) -> Exchanged | str:
    """What the exchange came to, or the question how the other copy came here."""
    try:
        return work()
    except errors.Moved as asked:
        return str(asked)


def _both(number: int) -> str:
    return f"{counted(number, 'thing was', 'things were')} changed on both sides."


def _sides(seen: Preview) -> tuple[tuple[str, str], ...]:
    return (seen.mine, " (here)"), (seen.theirs, "")


def _more(seen: Preview) -> tuple[str, ...]:
    left = len(seen.coming) - MOST
    return (f"The first {MOST:,} are listed.",) if left > 0 else ()


def _cells(one: Coming, seen: Preview) -> tuple[str, ...]:
    to = f"{one.to} (here)" if one.to == seen.mine else one.to
    words = " ".join(one.words.split())[:300]
    return to, one.what, f"{one.kind.title}: {one.entry}", words, "; ".join(one.by) or "Worked out from both"
