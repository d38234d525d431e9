"""What fills a workbook, said by pointing: the blank as a person sees it, and beside it what fills the cell."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from nhsdesk.commands import mapped_workbooks, papers, workbook_mapping
from nhsdesk.commands.mapped_workbooks import Said
from nhsdesk.desktop import theme
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.commitments.parts import Part, pressed
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.source_picker import Kind, Source, SourcePicker
from nhsdesk.desktop.papers.workbook_chosen import NONE_CHOSEN, Chosen
from nhsdesk.desktop.papers.workbook_filled_list import FilledList, Mapped
from nhsdesk.desktop.papers.workbook_model import SeenPart, WorkbookModel, in_words, read_part
from nhsdesk.desktop.papers.workbook_pointing import Pointing, fills_by_cell
from nhsdesk.desktop.papers.workbook_rows import RowsForm, RowsSaid
from nhsdesk.desktop.papers.workbook_sheet import SheetView
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.words import label, on_a_button
from nhsdesk.documents.template_look import Blank, SeenSheet
from nhsdesk.documents.template_xml import place
from nhsdesk.domain.filling import Offered
from nhsdesk.domain.workbook_mappings import MappedCell, WorkbookToFill

NEXT_KEY = "F8"
SHEET, MORE = "Looking at the sheet", "Looking at more rows"
READING = (SHEET, MORE)
"""Work that reads the blank, which is no two readers' at once."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A blank with the first sheet that is shown."""

    blank: Blank
    sheets: tuple[SeenSheet, ...]
    first: SeenPart


class MappingPart(Part):
    """The sheets as tabs, the one in front, and the question or the list beside it."""

    def __init__(self, desk: Desk, chosen: Chosen) -> None:
        super().__init__(desk)
        self._chosen = chosen
        self._workbook: WorkbookToFill | None = None
        self._blank: Blank | None = None
        self._sheets: tuple[SeenSheet, ...] = ()
        self._asks: SeenPart | None = None
        self._said = Said((), ())
        self._offered = Offered()
        self._turn = 0
        self._wanted_after: tuple[str, int, int] | None = None
        self.none = label(NONE_CHOSEN)
        self.told = label(role="help")
        self.sheets = QTabBar()
        self.sheets.setAccessibleName("Sheets of the workbook")
        self.sheets.setDrawBase(False)
        self.sheets.setUsesScrollButtons(True)
        self.sheets.setExpanding(False)
        self.view = SheetView()
        self.next = pressed(f"Next place that asks ({NEXT_KEY})", "forward", self.go_on)
        self.filled = FilledList()
        self.picker = SourcePicker()
        self.rows = RowsForm()
        self.beside = QStackedWidget()
        self._column = ""
        self._lay_out()
        self._connect()

    def begin_at(self) -> QWidget:
        return self.view

    # ---- what is looked at

    def look(self) -> None:
        workbook = self._chosen.workbook()
        for part in (self.splitter, self.sheets, self.next):
            part.setVisible(workbook is not None)
        self.none.setVisible(workbook is None)
        self.filled.whose = workbook.name if workbook else ""
        if workbook is None:
            self._workbook, self._blank = None, None
            self.told.setText("")
            return
        same = self._workbook is not None and self._workbook.id == workbook.id
        if not (same and self._workbook and self._workbook.blank == workbook.blank and self._blank):
            self._load(workbook)
        self._workbook = workbook
        self._show_said()

    def _load(self, workbook: WorkbookToFill) -> None:
        self._turn += 1
        turn, database = self._turn, self.desk.database
        self._blank = None
        self.told.setText("Opening the workbook…")
        self.beside.setCurrentWidget(self.filled)

        def read(_: Job) -> Looked:
            blank = mapped_workbooks.blank_of(database, workbook)
            shown = [one for one in blank.sheets if not one.hidden] or list(blank.sheets)
            # Before the cover many returns have a sheet of nothing but a few codes: the order is theirs all the same.
            return Looked(blank, tuple(shown), read_part(blank, shown[0]))

        self.desk.background.start(
            "Looking at the workbook",
            read,
            lambda looked: self._arrived(turn, looked),
            failed=lambda sentence: self._refused(turn, sentence),
        )

    def _refused(self, turn: int, sentence: str) -> None:
        if turn == self._turn:
            self.told.setText("")
            self.desk.warn(sentence)

    def _arrived(self, turn: int, looked: Looked) -> None:
        if turn != self._turn:
            return
        self._blank, self._sheets = looked.blank, looked.sheets
        self.sheets.blockSignals(True)
        while self.sheets.count():
            self.sheets.removeTab(0)
        for one in looked.sheets:
            self.sheets.addTab(on_a_button(one.name))
        self.sheets.setCurrentIndex(0)
        self.sheets.blockSignals(False)
        self._show_sheet(looked.first)
        self._find_sources(turn)

    def _find_sources(self, turn: int) -> None:
        """What can fill it is gathered beside the window; what is there whatever the file holds, at once."""
        database = self.desk.database
        asked = papers.asked_of(database, None, None)
        self._offered = self.desk.attempt(lambda: mapped_workbooks.ours(database, asked), Offered())

        def found(offered: Offered) -> None:
            if turn == self._turn:
                self._offered = offered
                if self.beside.currentWidget() is self.picker and not self._column:
                    self.picker.offer(self._pointing().sources())

        self.desk.background.start(
            "Looking at what can fill the workbook",
            lambda job: mapped_workbooks.offered(database, asked, job.tell),
            found,
        )

    def _show_sheet(self, part: SeenPart) -> None:
        self._asks = part
        model = WorkbookModel(part)
        model.more_wanted.connect(self._read_more)
        self.view.show_sheet(model, part)
        self._show_said()
        if self._wanted_after is not None and self._wanted_after[0] == part.sheet.name:
            _, at_row, column = self._wanted_after
            self._wanted_after = None
            self.view.go_to(at_row, column)
        self._tell_cell()

    def _turn_to(self, at: int) -> None:
        if self._blank is None or not 0 <= at < len(self._sheets):
            return
        blank, sheet, turn = self._blank, self._sheets[at], self._turn
        self.told.setText("Opening the sheet…")
        self.desk.background.start(
            SHEET,
            lambda _: read_part(blank, sheet),
            lambda part: self._sheet_arrived(turn, at, part),
        )

    def _sheet_arrived(self, turn: int, at: int, part: SeenPart) -> None:
        if turn == self._turn and self.sheets.currentIndex() == at:
            self._show_sheet(part)

    def _read_more(self, first: int) -> None:
        blank, sheet = self._blank, self.view.shown.sheet if self.view.shown else None
        if blank is None or sheet is None:
            return

        def arrived(part: SeenPart) -> None:
            if self.view.shown is not None and self.view.shown.sheet is sheet:
                self.view.add(part)

        self.desk.background.start(MORE, lambda _: read_part(blank, sheet, first), arrived)

    # ---- what is said of it

    @property
    def sheet(self) -> str:
        """The name of the sheet in front."""
        return self._asks.sheet.name if self._asks is not None else ""

    def _show_said(self) -> None:
        if self._workbook is None:
            return
        self._said = mapped_workbooks.said_of(self.desk.database, self._workbook.id)
        self.filled.show_said(self._said)
        if self.view.shown is not None and self._blank is not None:
            self.view.shown.show_fills(fills_by_cell(self._said, self.sheet))
            self._tell_cell()

    def _tell_cell(self) -> None:
        model, at = self.view.shown, self.view.at
        if model is None or at is None or self._blank is None:
            return
        words = in_words(model.seen(*at), *at, model.fills(*at))
        choices = self._pointing().choices
        offers = f" It offers: {', '.join(choices[:8])}{'…' if len(choices) > 8 else ''}." if choices else ""
        self.told.setText(f"{words}.{offers}")

    def _pointing(self) -> Pointing:
        """What is pointed at."""
        assert self._blank is not None
        assert self._asks is not None
        assert self.view.shown is not None
        at = self.view.at or (1, 1)
        idle = not any(job.label in READING for job in self.desk.background.jobs)
        return Pointing(
            self._blank if idle else None, self._asks, self.view.shown, at, self._said, self._offered
        )

    def _point(self, *_: int) -> None:
        """Asks what fills the cell in front; at the headings of a list that is filled, shows how."""
        if self._blank is None or self._workbook is None or self._workbook.replaced_by is not None:
            return
        pointing = self._pointing()
        known = pointing.known_rows()
        if known is not None:
            self._ask_rows(known)
            return
        self._column = ""
        self.picker.ask(pointing.asks, pointing.question, pointing.sources())
        self.beside.setCurrentWidget(self.picker)
        self.picker.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_rows(self, said: RowsSaid) -> None:
        self.beside.setCurrentWidget(self.rows)
        self.rows.ask(said)

    def _picked(self, source: Source) -> None:
        if self._column:
            letter, self._column = self._column, ""
            self.beside.setCurrentWidget(self.rows)
            self.rows.take(letter, source)
            return
        pointing = self._pointing()
        if source.kind is Kind.ROWS:
            self._ask_rows(pointing.rows_of(source.name))
            return
        if source.kind is Kind.NOTHING:
            self._empty()
            self._back()
            return
        assert self._workbook is not None
        id_, database = self._workbook.id, self.desk.database
        fills, words = (source.name, "") if source.kind is Kind.FIGURE else ("", source.name)
        made = self.desk.attempt(
            lambda: workbook_mapping.map_cell(
                database, id_, self.sheet, pointing.ref, fills=fills, words=words, heading=pointing.question
            )
        )
        if made is not None:
            self._mapped(pointing, f"{made.cell} is filled with {source.name}.")

    def _agreed(self, said: RowsSaid) -> None:
        assert self._workbook is not None
        id_, database = self._workbook.id, self.desk.database
        columns = {one: what.name for one, what in said.columns.items() if what.kind is Kind.FIGURE}
        always = {one: what.name for one, what in said.columns.items() if what.kind is Kind.WORDS}
        made = self.desk.attempt(
            lambda: workbook_mapping.map_list(
                database, id_, said.sheet, said.header, said.listing.name, columns, headings=dict(said.headings),
                always=always, table=said.table, only=said.only, in_order=said.in_order,
            )
        )  # fmt: skip
        if made is not None:
            self._mapped(self._pointing(), f"The rows below {made.header} are filled with {made.fills}.")

    def _mapped(self, pointing: Pointing, sentence: str) -> None:
        """Shows what was said, and goes on: from a place that asked to the next one, from any other down."""
        self._show_said()
        self._back()
        self.desk.say(sentence)
        if not (pointing.asked and self._go_to_next()):
            self.view.go_to(*pointing.below)

    def _back(self) -> None:
        if self._column:
            letter, self._column = self._column, ""
            self.beside.setCurrentWidget(self.rows)
            self.rows.return_to(letter)
            return
        self.beside.setCurrentWidget(self.filled)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self, *_: int) -> None:
        if self._blank is not None and (mapped := self._pointing().mapped) is not None:
            self._leave_empty(mapped)

    def _leave_empty(self, mapped: Mapped) -> None:
        def leave() -> bool:
            mapped_workbooks.leave_empty(self.desk.database, mapped)
            return True

        if self.desk.attempt(leave, False):
            self._show_said()
            self.desk.say("It is left as it came from now on.")

    def _column_wanted(self, letter: str) -> None:
        self._column = letter
        heading = self.rows.heading(letter)
        self.beside.setCurrentWidget(self.picker)
        self.picker.ask(f"What fills column {letter}, “{heading}”?", heading, self.rows.sources())

    # ---- going about

    def go_on(self) -> None:
        """Goes to the next place that asks to be filled and is not, round to the first again."""
        self.beside.setCurrentWidget(self.filled)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._go_to_next():
            self.desk.say("No other place of this sheet asks to be filled. Go to any cell and press Enter.")

    def _go_to_next(self) -> bool:
        found = self._pointing().next_ask() if self._blank is not None else None
        if found is not None:
            self.view.go_to(*found)
        return found is not None

    def go_to_place(self, sheet: str, ref: str) -> None:
        """Brings a cell into sight, on whichever sheet it is."""
        at = place(ref)
        if at is None:
            return
        if sheet == self.sheet and self._blank is not None:
            self.view.go_to(*at)
            return
        self._wanted_after = (sheet, *at)
        names = [one.name for one in self._sheets]
        if self._blank is not None and sheet in names:
            self.sheets.setCurrentIndex(names.index(sheet))

    def _go_and_ask(self, mapped: Mapped) -> None:
        ref = mapped.cell if isinstance(mapped, MappedCell) else mapped.header
        elsewhere = mapped.sheet != self.sheet
        self.go_to_place(mapped.sheet, ref)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not elsewhere:
            self._point()

    # ---- how it is laid out

    def _connect(self) -> None:
        self.sheets.currentChanged.connect(self._turn_to)
        self.view.pointed.connect(self._point)
        self.view.emptied.connect(self._empty)
        self.view.moved.connect(self._tell_cell)
        self.picker.picked.connect(self._picked)
        self.picker.left.connect(self._back)
        self.rows.agreed.connect(self._agreed)
        self.rows.column_wanted.connect(self._column_wanted)
        self.rows.left.connect(self._back)
        self.filled.wanted.connect(self._go_and_ask)
        self.filled.emptied.connect(self._leave_empty)
        for keys, work in (
            (NEXT_KEY, self.go_on),
            ("Ctrl+PgDown", lambda: self._step(1)),
            ("Ctrl+PgUp", lambda: self._step(-1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(work)

    def _step(self, by: int) -> None:
        """The next or the last sheet, with the keys that spreadsheets have for it."""
        at = self.sheets.currentIndex() + by
        if 0 <= at < self.sheets.count():
            self.sheets.setCurrentIndex(at)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        for one in (self.filled, self.picker, self.rows):
            self.beside.addWidget(one)
        self.beside.setMinimumWidth(theme.px(260))
        self.view.setMinimumWidth(theme.px(240))
        self.splitter = Split()
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.beside)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([theme.px(760), theme.px(340)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        above = QHBoxLayout()
        above.addWidget(self.sheets, 1)
        above.addWidget(self.next)
        column.addWidget(self.none)
        column.addLayout(above)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.told)
