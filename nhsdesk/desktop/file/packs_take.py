"""A pack of another PCN: looked at line by line, and adopted as not confirmed by us."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import pcn_pack
from nhsdesk.commands.pcn_pack import Seen
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.parts import Part, line, pressed, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file.packs_give import FOLDER, KINDS
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.tick_table import TickTable
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.pcn_pack import Line, Verdict
from nhsdesk.domain.periods import day_words

FIRST = (
    "Open a pack, look at each of its lines, and tick what to take over. Until somebody here has confirmed it, it "
    "counts in no claim, rule or paper. It is taken over in one step, which Undo takes back."
)


class TakePart(Part):
    """The lines of a pack with what each is to us."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Seen | None = None
        self._told, self._trouble = Told("h2"), Told()
        self.open = pressed("Open a pack…", "import", self._ask)
        self.list = TickTable(
            "Lines of the pack", ("What it is to you", "What it is", "What it says"), wrapped=(0, 2)
        )
        self.list.ticked_changed.connect(self._allow)
        self.came_from = line("From whom it came", 260)
        self.came_from.textChanged.connect(lambda _: self._allow())
        self.adopt = pressed("Take over what is ticked", "check", self._adopt, primary=True)
        column = scrolled_column(self)
        column.addWidget(label(FIRST))
        column.addLayout(row(self.open))
        column.addWidget(self._trouble)
        column.addWidget(self._told)
        column.addWidget(self.list, 1)
        column.addLayout(row("From whom it came", self.came_from, self.adopt))
        self._allow()

    def begin_at(self) -> QWidget:
        return self.open

    def look(self) -> None:
        self._allow()

    def _ask(self) -> None:
        folder = Path(self.desk.layout.word(FOLDER) or Path.home())
        path = asking.choose_existing(self, "Open a pack", folder, KINDS)
        if path is None:
            return
        self.desk.layout.keep_word(FOLDER, str(path.parent))
        self._clear()
        database = self.desk.database
        self.desk.background.start(
            f"Reading {path.name}",
            lambda _: pcn_pack.look(database, path),
            self._arrived,
            failed=self._trouble.tell,
        )

    def _clear(self) -> None:
        self._seen = None
        self._told.tell("")
        self._trouble.tell("")
        self.list.offer([], ())
        self._allow()

    def _arrived(self, seen: Seen) -> None:
        self._seen = seen
        self._told.tell(f"{seen.told} Made on {day_words(seen.pack.made_on)}.")
        rows = [(one.key, _cells(one, seen)) for one in seen.pack.lines]
        fixed = [key for key, found in seen.verdicts.items() if found in (Verdict.SAME, Verdict.OURS)]
        self.list.offer(rows, seen.offered, [*fixed, *seen.why_not])
        self._allow()

    def _allow(self) -> None:
        ready = self._seen is not None and bool(self.list.ticked) and bool(self.came_from.text().strip())
        self.adopt.setEnabled(ready and self.desk.may_write)

    def _adopt(self) -> None:
        seen = self._seen
        if seen is None:
            return
        keys, who = self.list.ticked, self.came_from.text()
        number = self.desk.attempt(lambda: pcn_pack.adopt(self.desk.database, seen, keys, who))
        if number is None:
            return
        self._clear()
        self.desk.say(
            f"{counted(number, 'line was', 'lines were')} taken over. Until you confirm them they count nowhere."
        )


def _cells(one: Line, seen: Seen) -> tuple[str, ...]:
    standing = seen.why_not.get(one.key) or seen.verdicts[one.key].words
    says = "; ".join(words for _, words in one.told)
    return standing, one.record_kind.title, " ".join(says.split())[:300]
