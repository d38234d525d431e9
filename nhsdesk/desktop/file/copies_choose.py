"""What two copies changed apart, as a three-way view: as both had it, mine, theirs, and what stands there now."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import settling
from nhsdesk.commands.settling import Choice, Side
from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.commitments.parts import Part, narrow_box, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Id

HOW = (
    "Choose what holds for each, or leave it for later: it stays listed here. An amount of money keeps what both last "
    "had until you have chosen. Each choice is one step, which Undo takes back."
)
NONE = "Nothing waits to be chosen: no field was changed on both sides."


class ChoosePart(Part):
    """Each field changed on both sides, and the choice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._choices: dict[object, Choice] = {}
        self._first, self._trouble = label(), Told()
        headings = ("Entry", "Field", "As it was", "Mine", "Theirs", "Now")
        self.list = table("Changed on both sides", headings, 0, 1, 2, 3, 4, 5)
        self.list.setMinimumHeight(theme.px(160))
        self.list.chosen.connect(lambda _: self._offer())
        self.list.opened.connect(lambda _: self._open())
        self.box = narrow_box("What holds", 34)
        self.choose = pressed("Choose", "check", self._choose)
        self.choose.setProperty("primary", "true")
        icons.put(self.choose, "check", "on_accent")
        self.later = pressed("Leave for later", "page-next", self._later)
        self.open = pressed("Open this entry", "open", self._open)
        self.mine = pressed("Choose mine for all", "check", lambda: self._all(ours=True))
        self.theirs = pressed("Choose theirs for all", "check", lambda: self._all(ours=False))
        column = scrolled_column(self)
        column.addWidget(self._first)
        column.addWidget(self.list, 1)
        column.addLayout(row("What holds", self.box, self.choose, self.later, self.open))
        column.addLayout(row(self.mine, self.theirs))
        column.addWidget(self._trouble)
        column.addWidget(label(HOW, "help"))

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = settling.unsettled(self.desk.database)
        self._choices = {one.key: one for one in found}
        waits = counted(len(found), "choice waits", "choices wait")
        self._first.setText(f"{waits} for you." if found else NONE)
        self.list.show_rows([(one.key, _cells(one)) for one in found])
        self._offer()

    @property
    def _choice(self) -> Choice | None:
        return self._choices.get(self.list.current)

    def _offer(self) -> None:
        choice, may = self._choice, self.desk.may_write
        self.box.clear()
        for side in () if choice is None else choice.sides:
            by = f" ({side.by})" if side.by else ""
            self.box.addItem(" ".join(f"{side.whose}: {side.words}{by}".split()), side)
        for one in (self.box, self.choose):
            one.setEnabled(choice is not None and may)
        self.later.setEnabled(len(self._choices) > 1)
        self.open.setEnabled(choice is not None)
        for button, ours in ((self.mine, True), (self.theirs, False)):
            button.setEnabled(may and bool(settling.of_one_side(self._choices.values(), ours=ours)))

    def _choose(self) -> None:
        choice, side = self._choice, self.box.currentData()
        if choice is not None and isinstance(side, Side):
            self._keep(((choice, side),))

    def _all(self, *, ours: bool) -> None:
        self._keep(settling.of_one_side(self._choices.values(), ours=ours))

    def _keep(self, chosen: tuple[tuple[Choice, Side], ...]) -> None:
        kept = self.desk.attempt(lambda: settling.choose(self.desk.database, chosen))
        if kept:
            self.look()
            self.list.setFocus()
            self.desk.say(f"{counted(kept, 'choice was', 'choices were')} kept. Undo takes it back.")

    def _later(self) -> None:
        """The next line, from the last to the first again."""
        self.list.setCurrentCell((self.list.currentRow() + 1) % self.list.rowCount(), 0)
        self.list.setFocus()

    def _open(self) -> None:
        choice = self._choice
        if choice is not None:
            self.desk.show(choice.kind.name, Id(choice.id))


def _cells(one: Choice) -> tuple[str, ...]:
    return one.entry, one.label, one.base, one.side(ours=True), one.side(ours=False), one.result
