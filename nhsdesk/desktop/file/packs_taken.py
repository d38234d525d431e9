"""What came from other PCNs: confirmed by us, or put aside."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import taken_over
from nhsdesk.commands.rates import Checked
from nhsdesk.commands.taken_over import Taken
from nhsdesk.desktop.commitments.parts import Part, line, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.tick_table import TickTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.taken_over import AdoptedKind

NONE = "Nothing was taken over from another PCN."
HOW = "A maximum or a sum a head is confirmed against the specification: say who looked it up, when, and on which page."


class TakenPart(Part):
    """Everything that was taken over, with its standing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._taken: dict[object, Taken] = {}
        self._first, self._trouble = label(), Told()
        headings = ("Ref", "What it is", "From", "Pack", "Standing")
        self.list = TickTable("From other PCNs", headings, wrapped=(1, 3, 4))
        self.list.ticked_changed.connect(self._allow)
        self.list.opened.connect(self._open)
        self.who, self.on, self.page = line("Who looked it up", 220), line("When"), line("Page")
        self.confirm = pressed("Confirm what is ticked", "check", self._confirm)
        self.aside = pressed("Put aside what is ticked", "cancel", self._put_aside)
        self.open = pressed("Open this entry", "open", lambda: self._open(self.list.current))
        column = scrolled_column(self)
        column.addWidget(self._first)
        column.addWidget(self.list, 1)
        column.addWidget(label(HOW, "help"))
        column.addLayout(
            row("Who looked it up", self.who, "When", self.on, "Page", self.page, self.confirm, self.aside)
        )
        column.addLayout(row(self.open))
        column.addWidget(self._trouble)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = taken_over.listed(self.desk.database)
        before = set(self.list.ticked)
        self._taken = {one.record.id: one for one in found}
        waiting = sum(one.mark.standing is AdoptedKind.NOT_CONFIRMED for one in found)
        told = counted(waiting, "entry is", "entries are")
        self._first.setText(
            f"{told} not confirmed, and so count{'s' if waiting == 1 else ''} nowhere." if found else NONE
        )
        done = [one.record.id for one in found if one.mark.standing is AdoptedKind.CONFIRMED]
        self.list.offer([(one.record.id, _cells(one)) for one in found], before - set(done), done)
        if not self.on.text():
            self.on.setText(day_words(self.desk.database.today()))
        self._allow()

    def _allow(self) -> None:
        ticked = self.desk.may_write and bool(self.list.ticked)
        self.confirm.setEnabled(ticked)
        self.aside.setEnabled(ticked)
        self.open.setEnabled(self.list.current is not None)

    def _open(self, id_: Id | None) -> None:
        one = self._taken.get(id_)
        if one is not None:
            self.desk.show(one.record.KIND.name, one.record.id)

    def _confirm(self) -> None:
        ids, checked = self.list.ticked, Checked(self.who.text(), self.on.text(), self.page.text())
        found = self.desk.attempt(lambda: taken_over.confirm(self.desk.database, ids, checked))
        if found is None:
            return
        self._trouble.tell(" ".join(problem.sentence for problem in found))
        if not found:
            self.look()
            self.desk.say(f"{counted(len(ids), 'entry was', 'entries were')} confirmed.")

    def _put_aside(self) -> None:
        ids = self.list.ticked
        number = self.desk.attempt(lambda: taken_over.put_aside(self.desk.database, ids))
        if number is not None:
            self.look()
            self.desk.say(f"{counted(number, 'entry was', 'entries were')} put aside.")


def _cells(one: Taken) -> tuple[str, ...]:
    mark = one.mark
    when = f" on {day_words(mark.confirmed_on)}" if mark.confirmed_on else ""
    title = " ".join(one.record.title_words().split())[:200]
    return (
        one.record.ref,
        f"{one.record.KIND.title}: {title}",
        mark.came_from,
        mark.pack or "",
        f"{mark.standing.words}{when}",
    )
