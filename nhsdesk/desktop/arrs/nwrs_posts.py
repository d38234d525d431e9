"""The reconciliation: each post beside its row, by role below it, and where our own export is taken in."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from nhsdesk.commands import workforce as commands
from nhsdesk.desktop.arrs.nwrs_panel import Panel
from nhsdesk.desktop.arrs.nwrs_take_in import TakeIn
from nhsdesk.desktop.block_table import CellsTable
from nhsdesk.desktop.cards import button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours
from nhsdesk.sections import workforce
from nhsdesk.sections.workforce import Facts, LineFacts

_HEADINGS = ("Post", "Role", "Outcome", "Here", "NWRS", "Role on NWRS", "Identifier", "What was found")
_BY_ROLE = (
    "Role", "Posts filled", "WTE in posts", "People on NWRS", "WTE on NWRS", "Contracted services", "NWRS less posts",
)  # fmt: skip
_ROWS_SHOWN = 10
_MARK = "Mark a row to read what was found. Enter opens its post."


class PostsPanel(Panel):
    """What differs first; Enter on a row opens its post."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._facts: Facts | None = None
        self._lines: tuple[LineFacts, ...] = ()
        self._sentence = label(role="h2")
        self._source = label(role="quiet")
        self._only = QCheckBox("Only what does not agree")
        self._only.toggled.connect(self._show_lines)
        self._open = button("Open the post", "open")
        self._open.clicked.connect(self._open_post)
        self._note = button("Note what agrees as on NWRS", "check")
        self._note.clicked.connect(self._note_agreeing)
        self.table = CellsTable("Posts beside the NWRS", _HEADINGS, (3, 4), _ROWS_SHOWN)
        self.table.activated.connect(self._open_post)
        self._whole = label(role="help")
        self._outcome = Told("")
        self.by_role = CellsTable("By role", _BY_ROLE, range(1, 7), _ROWS_SHOWN)
        self.take_in = TakeIn(desk)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._marked)

    # ---- what it shows

    def show_facts(self, facts: Facts) -> None:
        """Shows a comparison in place of the one before."""
        self._facts = facts
        self._sentence.setText(workforce.in_short(facts))
        self._source.setText(_source(facts))
        self.by_role.show_cells(
            tuple(
                (
                    one.role, f"{one.posts:,}", f"{one.wte}", f"{one.people:,}", f"{one.nwrs_wte}",
                    f"{one.services_wte}", f"{one.apart:+}",
                )
                for one in ((*facts.roles, facts.whole) if facts.roles else ())
            )
        )  # fmt: skip
        self._show_lines()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        agreeing = len(self._agreeing())
        self._note.setVisible(agreeing > 0)
        words = f"Note {counted(agreeing, 'post that agrees', 'posts that agree')} as on NWRS"
        self._note.setText(words)
        self._note.setEnabled(self._desk.may_write)
        self.take_in.allow()

    def selection_words(self) -> str:
        """How many lines there are, and how many differ."""
        if self._facts is None:
            return ""
        return f"{counted(len(self._lines), 'line', 'lines')} shown"

    def _show_lines(self) -> None:
        if self._facts is None:
            return
        only = self._only.isChecked()
        ranked = sorted(self._facts.lines, key=lambda line: (line.agrees, not line.findings))
        self._lines = tuple(line for line in ranked if not (only and line.agrees))
        self.table.show_cells(tuple(_cells(line) for line in self._lines))
        self._only.setVisible(self._facts.own)
        self._marked()
        self.chosen.emit()

    def _line(self) -> LineFacts | None:
        row = self.table.currentIndex().row()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _marked(self) -> None:
        line = self._line()
        self._whole.setText(
            _MARK if line is None else f"{line.post or line.nwrs_role}: {line.state}. {line.said}"
        )
        self.allow()

    # ---- what is done

    def _open_post(self, _: QModelIndex | bool = False) -> None:
        line = self._line()
        if line is None:
            self._desk.say("Mark a row first; then its post is opened.")
        elif line.post_id:
            self._desk.show(Post.KIND.name, Id(int(line.post_id)))
        else:
            self._desk.say("This row of the NWRS has no post here.")

    def _agreeing(self) -> dict[Id, str]:
        return {} if self._facts is None else commands.agreeing(self._facts)

    def _note_agreeing(self) -> None:
        database = self._desk.database
        noted = self._desk.attempt(
            lambda: commands.note_on_nwrs(database, self._agreeing(), database.today()), None
        )
        if noted is not None:
            self._outcome.tell(
                f"{counted(noted, 'post is', 'posts are')} noted as on NWRS, looked at today. Undo takes it back."
                if noted
                else "They were noted so already."
            )

    # ---- how it is laid out

    def _lay_out(self) -> None:
        line = Flow()
        line.setSpacing(12)
        for part in (self._open, self._note, self._only, self.take_in.begin):
            line.addWidget(part)
        framed, stack = card("By role")
        stack.addWidget(self.by_role)
        stack.addWidget(
            label("WTE is hours over 37.5. A contracted service is hours without people.", "help")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 8, 0)
        column.setSpacing(8)
        for one in (self._sentence, self._source, self.take_in):
            column.addWidget(one)
        column.addLayout(line)
        for below in (self._whole, self.table, self._outcome, framed):
            column.addWidget(below)
        column.addStretch(1)


def _source(facts: Facts) -> str:
    if not facts.source:
        return (
            "Take in an export from the NWRS to see each post beside its row. NHS England's published PCN workforce, "
            "taken in under PCN file, gives the same by role."
        )
    if facts.own:
        return f"Beside {facts.source}."
    return f"By role beside {facts.source}. Take in an export from the NWRS to see each post beside its row."


def _cells(line: LineFacts) -> tuple[str, ...]:
    return (
        line.post, line.role, line.state, _hours(line.hours), _hours(line.nwrs_hours), line.nwrs_role,
        line.identifier, line.said,
    )  # fmt: skip


def _hours(hours: Hours | None) -> str:
    return "" if hours is None else f"{hours}"
