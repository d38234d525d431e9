"""A register: filters, table, and the chosen entry whole beside it. One for every kind, made from the kind alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nhsdesk.commands import entries
from nhsdesk.desktop import icons, last_place, theme
from nhsdesk.desktop.change_all import ChangeAll
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.filters import FilterBar
from nhsdesk.desktop.page import Page, first_button
from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.desktop.record_panel import RecordPanel
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.recycle_bin import RecycleBin
from nhsdesk.desktop.register_duplicates import duplicate
from nhsdesk.desktop.register_excel import BringBack, Pasted, export
from nhsdesk.desktop.register_print import RegisterPrint
from nhsdesk.desktop.register_views import RegisterViews
from nhsdesk.desktop.selection_sums import sums_of
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.tool_row import ToolButton, ToolRow
from nhsdesk.desktop.totals_line import TotalsLine
from nhsdesk.desktop.words import counted, label, on_a_button, still_named
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.store import drafts

if TYPE_CHECKING:  # loaded when a register goes out
    from nhsdesk.commands.register_files import View

MOST_SUMMED = 2_000
"""Of a larger selection only the number is told."""


class RegisterPage(Page):
    """All entries of a kind."""

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__(desk)
        self.kind = kind
        self.title = kind.plural
        self.model = RecordModel(desk, kind)
        self.table = RecordTable(desk, self.model)
        self.filters = FilterBar(desk, kind)
        self.totals = TotalsLine(self.model, self.table)
        self.views = RegisterViews(desk, self.model, self.table, self.filters, self.totals)
        self.panel = RecordPanel(desk)
        self._change_all: ChangeAll | None = None
        self._printed: RegisterPrint | None = None
        self._shortcuts: list[QShortcut] = []
        self._bring_back: BringBack | None = None
        self._bin: RecycleBin | None = None
        self._fresh = True
        self._beside: Id | None = None
        """The row that was current when the panel was last brought to something."""
        self._build()
        self.table.restore_layout(kind.name)
        self._restore_splitter()
        self._connect()
        self.views.open()
        self._show_state()

    # ---- for the window

    def shown(self) -> None:
        if not self._fresh:
            self.model.look_again()
            self._show_state()
        self._fresh = False
        if self.model.ids and self.table.current_id() is None:
            left = last_place.entry_of(self.desk.layout, self.kind.name)
            if left is None or not self.table.go_to(left):
                self.table.go_to(self.model.ids[0])
        if self.table.current_id() != self._beside:
            self._follow.start()

    def take_focus(self) -> None:
        instead = first_button(self._printed, self._bring_back, self._bin)
        (instead or (self.table if self.model.ids else self._new)).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, id_: Id) -> None:
        """Makes an entry the chosen one, showing all if the filter hides it."""
        if not self.table.go_to(id_):
            self.filters.clear()
            self.table.go_to(id_)
        self._show_beside(id_)

    def begin_new(self) -> None:
        """Begins an entry in the panel."""
        if self.desk.database.read_only_because:
            self.desk.warn(self.desk.database.read_only_because)
            return
        self._stay_beside()
        self.panel.begin(self.kind)
        if self.panel.form is not None:
            self.panel.form.focus_first()

    def finish_typing(self) -> bool:
        if self._typing_in_a_cell():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # its editor gives its words as it loses it
        return self.panel.leave()

    def selection_words(self) -> str:
        ids = self.table.selected_ids()
        shown, every = len(self.model.ids), self.model.total
        told = counted(every, self.kind.noun, self.kind.nouns)
        if shown != every:
            told = f"{shown:,} of {told}"
        if len(ids) > 1 or (ids and shown):
            told += f", {len(ids):,} chosen"
        return told + (sums_of(self.kind, self.model.records(ids)) if 1 < len(ids) <= MOST_SUMMED else "")

    def keep_layout(self) -> None:
        self.table.keep_layout(self.kind.name)
        last_place.keep(self.desk.layout, self.kind.name, str(self.table.current_id() or ""))
        self.panel.keep_layout()
        self.views.keep_layout()
        self.desk.layout.keep_state(f"{self.kind.name}.splitter", self._splitter.saveState())

    def event(self, event: QEvent) -> bool:
        """Buttons that go on in a second line take their room from no one: the page is scrolled instead."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.setMinimumHeight(self._column.minimumHeightForWidth(self.width()))
        return super().event(event)

    # ---- building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(12)
        column.addLayout(self._heading())
        column.addWidget(self.filters)
        self._unfinished = QPushButton()
        self._unfinished.setProperty("link", "true")
        icons.put(self._unfinished, "edit", "warn")
        self._unfinished.clicked.connect(self._go_on)
        column.addWidget(self._unfinished, 0, Qt.AlignmentFlag.AlignLeft)
        self._column = column
        self._splitter = Split()
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(12)
        self._splitter.setMinimumHeight(theme.px(200))
        self._splitter.addWidget(self._list())
        self._splitter.addWidget(self.panel)
        self.panel.setMinimumWidth(theme.px(280))
        column.addWidget(self._splitter, 1)

    def _heading(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self.kind.plural, "h1", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
        buttons = ToolRow()
        buttons.setSpacing(8)
        buttons.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addLayout(buttons, 1)
        self._columns = self._button("Columns", "columns", self._choose_columns)
        self._out = self._button("Export…", "export", self._export)
        self._paper = self._button("Print…", "print", self._print)
        self._back = self._button("Bring back…", "import", self._ask_what_to_bring_back)
        self._back.setAccessibleDescription(f"Take in changes from {self.kind.nouns} that were exported")
        self._all = self._button("Change for all chosen", "edit", self._ask_for_all)
        self._copy = self._button("Duplicate", "copy", self._duplicate)
        self._remove = self._button("Remove", "remove", self._remove_chosen)
        self._new = self._button(f"New {self.kind.noun}", "add", self.begin_new)
        self._new.setProperty("primary", "true")
        icons.put(self._new, "add", "on_accent")
        self._buttons = (
            self._columns, self._paper, self._out, self._back, self._all, self._copy, self._remove, self._new,
        )  # fmt: skip
        for one in self._buttons:
            buttons.addWidget(one)
        return row

    def _button(self, words: str, icon: str, work: object) -> QPushButton:
        button = ToolButton(words)
        icons.put(button, icon)
        button.clicked.connect(work)
        return button

    def _list(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 4, 1, 1)
        self._empty = QFrame()
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(24, 24, 24, 24)
        self._empty_words = label("", "quiet")
        empty.addWidget(self._empty_words)
        empty.addStretch(1)
        inside.addWidget(self._empty, 1)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.totals)
        card.setMinimumWidth(theme.px(280))
        return card

    def _connect(self) -> None:
        self.filters.changed.connect(self._narrow)
        self.views.bar_made.connect(self._put_above)
        self.views.bin_wanted.connect(self._show_bin)
        self.table.chosen_changed.connect(self._chosen)
        self.table.pasted.connect(self._paste)
        self.table.opened.connect(lambda _: self._into_panel())
        self.model.modelReset.connect(self._show_state)
        self.model.dataChanged.connect(self._data_changed)
        self.panel.added.connect(self._was_added)
        self.panel.pasted.connect(lambda pasted: self._brought_back().read_pasted(pasted))
        self.desk.changed.connect(self._file_changed)
        # The panel follows a moment later, so that arrow keys run through the table without waiting for forms.
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(60)
        self._follow.timeout.connect(self._show_chosen)
        for keys, work in (
            ("Ctrl+N", self.begin_new),
            ("Ctrl+F", self._go_to_filter),
            ("F4", self._into_panel),
            ("Ctrl+Shift+D", self._duplicate),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(work)
            self._shortcuts.append(shortcut)

    def _restore_splitter(self) -> None:
        state = self.desk.layout.state(f"{self.kind.name}.splitter")
        if state is None or not self._splitter.restoreState(state):
            self._splitter.setSizes([theme.px(720), theme.px(400)])
            self._splitter.setStretchFactor(0, 3)
            self._splitter.setStretchFactor(1, 2)

    # Methods, not lambdas: they end with the page, and the desk goes on without it.

    def _data_changed(self) -> None:
        self.selection_changed.emit()

    def _file_changed(self, _: object) -> None:
        self._look_for_unfinished()

    # ---- what the person does

    def _narrow(self) -> None:
        self.desk.attempt(lambda: self.model.narrow(self.filters.words, self.filters.chosen()))
        self.selection_changed.emit()

    def _chosen(self) -> None:
        self.selection_changed.emit()
        self._follow.start()
        several = len(self.table.selected_ids()) > 1
        may = not self.desk.database.read_only_because
        self._all.setEnabled(several and may)
        for one in (self._copy, self._remove):
            one.setEnabled(bool(self.table.selected_ids()) and may)

    def _show_chosen(self) -> None:
        """Brings the panel to the row the person has gone to; what they began there stays while they stay."""
        if not self.isVisible():
            return  # they went on to another page at once
        id_ = self.table.current_id()
        if id_ is not None and (id_ != self._beside or self.panel.form is None):
            self._show_beside(id_)

    def _show_beside(self, id_: Id) -> None:
        if self.panel.show_record(self.kind, id_):
            self._beside = id_
            self._look_for_unfinished()

    def _stay_beside(self) -> None:
        """The panel is about to show something else than the row; it keeps it until another row is gone to."""
        self._follow.stop()
        self._beside = self.table.current_id()

    def _into_panel(self) -> None:
        self._follow.stop()
        id_ = self.table.current_id()
        if id_ is not None and self.table.hasFocus():
            self._show_beside(id_)
        self.panel.into_form()

    def _go_to_filter(self) -> None:
        self.filters.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.line.selectAll()

    def _choose_columns(self) -> None:
        menu = self.table.column_menu()
        menu.popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    def _ask_for_all(self) -> None:
        if self._change_all is None:
            self._change_all = ChangeAll(self.desk, self.model, self.table)
            self._change_all.closed.connect(self._close_change_all)
            self._put_above(self._change_all)
        self._change_all.show()
        self._change_all.ask()

    def _put_above(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.indexOf(self._splitter), part)

    def _close_change_all(self) -> None:
        if self._change_all is not None:
            self._change_all.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _export(self) -> None:
        export(self.desk, self, self._view())

    def _print(self) -> None:
        if self._printed is None:
            self._printed = RegisterPrint(self.desk)
            self._printed.closed.connect(lambda: self._put_in_place(self._printed, False))
            self._column.insertWidget(self._column.indexOf(self._splitter), self._printed, 1)
        self._put_in_place(self._printed, True)
        self._printed.show_view(self._view())

    def _view(self) -> View:
        """What is shown, for a file."""
        from nhsdesk.commands.register_files import View

        columns, ordered = self.table.shown_columns(), self.table.order_words()
        narrowed = self.filters.described()
        return View(self.kind, tuple(self.model.ids), columns, self.model.total, narrowed, ordered)

    def _ask_what_to_bring_back(self) -> None:
        self._brought_back().ask()

    def _paste(self, words: str) -> None:
        self._brought_back().read_pasted(Pasted(self.kind, words, self.table.cells_from_here()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cells can be pasted where no entry stands yet."""
        words = QApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if not self.model.ids and self._new.isVisible() and any(sign in words for sign in "\t\n"):
            self._paste(words.rstrip("\r\n"))
            return
        super().keyPressEvent(event)

    def _brought_back(self) -> BringBack:
        if self._bring_back is None:
            self._bring_back = BringBack(self.desk)
            self._bring_back.hide()
            self._bring_back.opened.connect(lambda: self._put_in_place(self._bring_back, True))
            self._bring_back.closed.connect(lambda: self._put_in_place(self._bring_back, False))
            self._column.insertWidget(self._column.indexOf(self._splitter), self._bring_back, 1)
        return self._bring_back

    def _show_bin(self) -> None:
        if self._bin is None:
            self._bin = RecycleBin(self.desk, self.kind)
            self._bin.closed.connect(lambda: self._put_in_place(self._bin, False))
            self._column.insertWidget(self._column.indexOf(self._splitter), self._bin, 1)
        self._put_in_place(self._bin, True)
        self._bin.look()

    def _put_in_place(self, part: QWidget | None, shown: bool) -> None:
        """A part in place of the list, or the list again."""
        assert part is not None
        part.setVisible(shown)
        for shortcut in self._shortcuts:  # the pages have a Ctrl+F of their own
            shortcut.setEnabled(not shown)
        for one in (self._splitter, self.filters, *self._buttons):
            one.setVisible(not shown)
        for asking in filter(None, (self._change_all, self.views.bar)):
            asking.hide()
        if not shown:
            self._show_state()
            self.take_focus()

    def _remove_chosen(self) -> None:
        records = self.model.records(self.table.selected_ids())
        told = self.desk.attempt(lambda: entries.remove_all(self.desk.database, records))
        if told:
            self.desk.warn(still_named(told))
        elif told is not None:
            what = records[0].ref if len(records) == 1 else f"{len(records):,} {self.kind.nouns}"
            self.desk.say(f"Removed {what}. Undo brings back what was removed.")

    def _duplicate(self) -> None:
        if self.finish_typing():
            duplicate(self.desk, self.model, self.table.selected_ids(), self._show_copies)

    def _show_copies(self, made: tuple[Id, ...]) -> None:
        if not self.isVisible():  # left while they were made
            return
        self.show_record(made[0])
        self.table.select_entries(made)
        if self.panel.form is not None:
            self.panel.form.focus_first()

    def _was_added(self, record: Record) -> None:
        if record.KIND is self.kind:
            self.table.blockSignals(True)
            self.table.go_to(record.id)
            self.table.blockSignals(False)
            self._stay_beside()
        self._look_for_unfinished()
        self.selection_changed.emit()

    # ---- what is shown

    def _show_state(self) -> None:
        empty = not self.model.ids
        self._empty.setVisible(empty)
        left = empty and self.table.hasFocus()
        self.table.setVisible(not empty)
        if left:  # otherwise Qt would give it to whatever comes first in the window
            self._new.setFocus(Qt.FocusReason.OtherFocusReason)
        if empty and not self.model.total:
            purpose = " ".join((self.kind.cls.__doc__ or "").split())
            first = f"None yet. “New {self.kind.noun}” or Ctrl+N enters the first."
            self._empty_words.setText(f"{purpose}\n\n{first} Ctrl+V takes in rows copied from a spreadsheet.")
        elif empty:
            self._empty_words.setText("Nothing here is as the filter asks. “Show all” takes the filter away.")
        self._new.setEnabled(not self.desk.database.read_only_because)
        self._back.setEnabled(not self.desk.database.read_only_because)
        self._look_for_unfinished()
        self._chosen()

    def _look_for_unfinished(self) -> None:
        begun = self._begun()
        what = counted(len(begun), self.kind.noun, self.kind.nouns)
        self._unfinished.setText(on_a_button(f"{what} begun and not yet added: go on"))
        self._unfinished.setVisible(bool(begun))

    def _begun(self) -> list[str]:
        with self.desk.database.read() as reader:
            held = drafts.of_kind(reader, self.kind.name)
        form = self.panel.form
        shown = form.key if form is not None else ""
        return [key for key in held if key.startswith(entries.NEW) and key != shown]

    def _go_on(self) -> None:
        begun = self._begun()
        if begun:
            self._stay_beside()
            self.panel.begin(self.kind, begun[0])
            self._look_for_unfinished()
            if self.panel.form is not None:
                self.panel.form.focus_first()

    def _typing_in_a_cell(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and focus is not self.table and self.table.isAncestorOf(focus)
