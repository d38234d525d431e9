"""The table of a register as a person works in it: keys, sorting, copying cells, choosing columns, filling down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import cast

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from nhsdesk.desktop import column_widths, theme
from nhsdesk.desktop.copied_cells import as_cell
from nhsdesk.desktop.delegates import CellDelegate
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.heading_rows import paint_headings
from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.desktop.sorting_header import SortingHeader
from nhsdesk.desktop.words import on_a_button
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.times import Day
from nhsdesk.store.register import Order

_SOON_MS = 200
"""What filtering and sorting will ask is worked out ahead so long after the table is there to be seen."""

_FOLDING = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
"""Keys on a heading: what is below it is folded away, or shown again."""

_SQUEEZED = 1.08
"""One more column is taken in where all together need so much more than the room there is."""


class RecordTable(QTableView):
    """A register's rows. Tab leaves it; Enter or F2 types into a cell, and Tab then goes to the next."""

    chosen_changed = Signal()
    """Another entry is the current one, or others are selected."""
    opened = Signal(object)
    """The id of an entry somebody wants to see whole."""
    pasted = Signal(str)
    """Several cells that were copied elsewhere, to be looked at before anything is written."""

    def __init__(self, desk: Desk, model: RecordModel) -> None:
        super().__init__()
        self._desk = desk
        self._model = model
        self._fit_columns = False
        self._held: tuple[Id | None, tuple[Id, ...], int] = (None, (), 0)
        self._held_at = (0, 0)
        self._dress()  # before there is a model, of which each heading that is dressed asks again how wide it is
        self.setModel(model)
        self.setItemDelegate(CellDelegate(desk, model, self))
        self.setAccessibleName(model.kind.plural)
        header = self.horizontalHeader()
        # Headings show nothing of what is chosen, and would ask it of every row.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.sortIndicatorChanged.connect(self._sort)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.column_menu().popup(header.mapToGlobal(at)))
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._let_go)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen_changed.emit())
        self.clicked.connect(lambda index: self._fold(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda *_: self._paint_headings_anew())
        self.horizontalScrollBar().valueChanged.connect(lambda _: self._paint_headings_anew())
        self._ahead = QTimer(self)
        self._ahead.setInterval(_SOON_MS)
        self._ahead.timeout.connect(self._prepare)
        self._ahead.start()

    # ---- what is chosen

    def current_id(self) -> Id | None:
        """The entry the person is at."""
        return self._model.id_at(self.currentIndex().row())

    def selected_ids(self) -> list[Id]:
        """The entries whose rows hold a selected cell, in order."""
        rows: set[int] = set()
        for one in cast(Iterable[QItemSelectionRange], self.selectionModel().selection()):
            rows.update(range(one.top(), one.bottom() + 1))
        found = (self._model.id_at(row) for row in sorted(rows))
        return [id_ for id_ in found if id_ is not None]

    def go_to(self, id_: Id) -> bool:
        """Makes an entry the current one and shows it, also one folded away; False where it is not listed."""
        self._model.unfold_for(id_)
        row = self._model.row_of(id_)
        if row < 0:
            return False
        column = max(self.currentIndex().column(), 0)
        index = self._model.index(row, column)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def select_entries(self, ids: Sequence[Id]) -> None:
        """Selects the rows of several entries; the current one stays."""
        flags, found = QItemSelectionModel.SelectionFlag, QItemSelection()
        for row in filter(lambda row: row >= 0, map(self._model.row_of, ids)):
            found.select(self._model.index(row, 0), self._model.index(row, 0))
        self.selectionModel().select(found, flags.Select | flags.Rows)  # at once: each time it is told on

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _FOLDING and self._fold(self.currentIndex().row(), _FOLDING[Qt.Key(event.key())]):
            return
        for keys, work in self._keys():
            if event.matches(keys) if isinstance(keys, QKeySequence.StandardKey) else _is(event, keys):
                work()
                return
        super().keyPressEvent(event)

    def _keys(self) -> tuple[tuple[QKeySequence.StandardKey | str, Callable[[], object]], ...]:
        return (
            (QKeySequence.StandardKey.Copy, self.copy_cells),
            (QKeySequence.StandardKey.Paste, self.paste),
            (QKeySequence.StandardKey.Delete, self.clear_cells),
            ("Return", self._edit_or_open),
            ("Enter", self._edit_or_open),
            ("Ctrl+D", self.fill_down),
            ("Ctrl+;", self.write_today),
        )

    def _edit_or_open(self) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the Enter that ends the typing comes by here as well
        index = self.currentIndex()
        if self._fold(index.row()):
            return
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        elif (id_ := self.current_id()) is not None:
            self.opened.emit(id_)

    def copy_cells(self) -> None:
        """Puts the selected cells on the clipboard as a spreadsheet takes them."""
        indexes = (one for one in self.selectionModel().selectedIndexes() if self._is_entry(one))
        cells = {(i.row(), i.column()): i for i in indexes if not self.isColumnHidden(i.column())}
        if not cells:
            return
        header = self.horizontalHeader()
        columns = sorted({column for _, column in cells}, key=header.visualIndex)
        lines = []
        for row in sorted({row for row, _ in cells}):
            words = (cells.get((row, column)) for column in columns)
            lines.append(
                "\t".join(
                    "" if index is None else as_cell(index, self._model.columns[index.column()])
                    for index in words
                )
            )
        QGuiApplication.clipboard().setText("\n".join(lines))
        rows = len(lines)
        self._desk.say(f"Copied {rows:,} {'row' if rows == 1 else 'rows'}.")

    def paste(self) -> None:
        """Enters one copied cell into the chosen cells of the current column; several are to be looked at first."""
        words = QGuiApplication.clipboard().text().rstrip("\r\n")
        if any(sign in words for sign in "\t\r\n"):
            self.pasted.emit(words)
        elif words and self._is_entry(self.currentIndex()):
            self._enter_for_column(words)

    def cells_from_here(self) -> tuple[tuple[Id, ...], tuple[str, ...]]:
        """The entries from the cursor down, and the columns in sight from it to the right."""
        chosen = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        header = self.horizontalHeader()
        row, left = min(one.row() for one in chosen), min(header.visualIndex(one.column()) for one in chosen)
        rows = (self._model.id_at(n) for n in range(max(row, 0), self._model.rowCount()))
        shown = self.shown_columns()
        at = sum(not self.isColumnHidden(header.logicalIndex(n)) for n in range(max(left, 0)))
        return tuple(id_ for id_ in rows if id_ is not None), shown[at:]

    def clear_cells(self) -> None:
        """Empties the selected cells of the current column."""
        self._enter_for_column("")

    def write_today(self) -> None:
        """Writes today into the current cell of a day."""
        index = self.currentIndex()
        field = self._model.columns[index.column()].field if index.isValid() else None
        if field is not None and isinstance(field.kind, Day):
            self._model.setData(index, day_words(self._desk.database.today()))

    def fill_down(self) -> None:
        """Gives the selected cells of the current column what stands in the uppermost of them."""
        index = self.currentIndex()
        rows = sorted(one.row() for one in self._selected_in_column())
        if index.isValid() and len(rows) > 1:
            top = self._model.index(rows[0], index.column())
            self._enter_for_column(str(top.data(Qt.ItemDataRole.EditRole) or ""))

    def _selected_in_column(self) -> list[QModelIndex]:
        column = self.currentIndex().column()
        chosen = self.selectionModel().selectedIndexes()
        return [one for one in chosen if one.column() == column and self._is_entry(one)]

    def _is_entry(self, index: QModelIndex) -> bool:
        """Whether an entry stands in the row, and no heading."""
        return self._model.heading_at(index.row()) is None

    def _enter_for_column(self, words: str) -> None:
        cells = self._selected_in_column()
        if not cells or not cells[0].flags() & Qt.ItemFlag.ItemIsEditable:
            return
        ids = [id_ for one in cells if (id_ := self._model.id_at(one.row())) is not None]
        self._model.enter_for_all(ids, self._model.columns[cells[0].column()].name, words)

    # ---- groups

    def _fold(self, row: int, folded: bool | None = None) -> bool:
        """Folds the group below a heading away, or shows it again; False where no heading stands in the row."""
        heading = self._model.heading_at(row)
        if heading is None or self._model.rows is None:
            return False
        folded = not heading.folded if folded is None else folded
        if folded != heading.folded:
            self._model.fold([heading.words], folded)
            self._stand_in(self._model.rows.row_of_heading(heading.words))
        return True

    def _stand_in(self, row: int) -> None:
        at = self._model.index(row, max(self.currentIndex().column(), 0))
        self.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _paint_headings_anew(self) -> None:
        if self._model.rows is not None:
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._model.rows is not None:
            paint_headings(self, self._model)

    # ---- columns and order

    def column_menu(self) -> QMenu:
        """The order, by the column the cursor is in, and every column, to be shown or hidden."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = max(self.currentIndex().column(), 0)
        for words, direction in (
            ("first to last", Qt.SortOrder.AscendingOrder),
            ("last to first", Qt.SortOrder.DescendingOrder),
        ):
            sort = QAction(on_a_button(f"Sort by “{self._model.columns[at].label}”, {words}"), menu)
            sort.triggered.connect(
                lambda _=False, to=direction: self.horizontalHeader().setSortIndicator(at, to)
            )
            menu.addAction(sort)
        menu.addSeparator()
        for number, column in enumerate(self._model.columns):
            action = QAction(on_a_button(column.label), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setEnabled(number > 0)  # a row without its reference could not be told from another
            action.toggled.connect(lambda shown, number=number: self._show_column(number, shown))
            menu.addAction(action)
        return menu

    def shown_columns(self) -> tuple[str, ...]:
        """The names of the columns in sight, in the order they stand."""
        header = self.horizontalHeader()
        placed = sorted(range(header.count()), key=header.visualIndex)
        return tuple(self._model.columns[n].name for n in placed if not self.isColumnHidden(n))

    def show_columns(self, names: Sequence[str]) -> None:
        """Shows those columns in that order and hides the others; those of the first time where none are named."""
        known = {one.name: number for number, one in enumerate(self._model.columns)}
        wanted = [known[name] for name in names if name in known] or list(range(self._shown_at_first()))
        if 0 not in wanted:
            wanted.insert(0, 0)
        header = self.horizontalHeader()
        for number in range(header.count()):
            if self.isColumnHidden(number) is (number in wanted):
                self._show_column(number, number in wanted)
        for place, number in enumerate(wanted):
            header.moveSection(header.visualIndex(number), place)
            if self.columnWidth(number) < header.minimumSectionSize():
                self.setColumnWidth(number, theme.px(column_widths.at_first(self._model.columns)[number]))

    def sort_by(self, order: Order) -> None:
        """Puts the rows in another order, and the sign of it above its column."""
        number = next(n for n, one in enumerate(self._model.columns) if one.name == order.column)
        direction = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(number, direction)

    def order_words(self) -> str:
        """The order of the rows, for whoever reads them elsewhere."""
        order = self._model.order
        by = next(one.label for one in self._model.columns if one.name == order.column)
        said = f"{by}, {'last to first' if order.descending else 'first to last'}"
        grouped = self._model.grouped_by
        above = next((one.label for one in self._model.columns if one.name == grouped), "")
        return f"{above}, then {said}" if above else said

    def keep_layout(self, name: str) -> None:
        """Leaves columns and their widths for the next time."""
        self._desk.layout.keep_state(f"{name}.columns", self.horizontalHeader().saveState())

    def restore_layout(self, name: str) -> None:
        """Columns as they were left, where there are as many as then."""
        state = self._desk.layout.state(f"{name}.columns")
        header = self.horizontalHeader()
        if state is None or not header.restoreState(state) or header.count() != len(self._model.columns):
            self._columns_at_first()
        header.setSortIndicatorShown(True)

    def _sort(self, column: int, direction: Qt.SortOrder) -> None:
        descending = direction is Qt.SortOrder.DescendingOrder
        wanted = Order(self._model.columns[column].name, descending)
        if wanted != self._model.order:
            self._desk.attempt(lambda: self._model.sort_by(wanted))

    def _columns_at_first(self) -> None:
        shown = self._shown_at_first()
        header = self.horizontalHeader()
        for number, width in enumerate(column_widths.at_first(self._model.columns)):
            self.setColumnHidden(number, number >= shown)
            least = self._least(number) if number < shown else 0
            self.setColumnWidth(number, max(theme.px(width), least))
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self._fit_columns = True

    def _shown_at_first(self) -> int:
        return 1 + len(self._model.kind.columns or self._model.kind.fields[:6])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fit_columns and self.isVisible():
            self._fit_columns = False
            self._fit(event.size().width())

    def _fit(self, room: int) -> None:
        """Stretches or squeezes the first columns a little, so that none is seen by half."""
        whole, taken = 0, list[int]()
        for number in range(self.horizontalHeader().count()):
            width = self.columnWidth(number)  # nought for a hidden one
            if whole + width > room * _SQUEEZED:
                break
            taken.append(number)
            whole += width
        for number in taken:
            if not self.isColumnHidden(number):
                shared = self.columnWidth(number) * room // max(whole, 1)
                self.setColumnWidth(number, max(shared, self._least(number)))

    def _show_column(self, number: int, shown: bool) -> None:
        """Hides a column, or shows it with room for what stands in it."""
        self.setColumnHidden(number, not shown)
        if shown:
            self.setColumnWidth(number, max(self.columnWidth(number), self._least(number)))

    def _least(self, number: int) -> int:
        return column_widths.least(self._model, number, self.horizontalHeader().fontMetrics())

    # ---- inside

    def _dress(self) -> None:
        self.setHorizontalHeader(SortingHeader(self))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        down = self.verticalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setMinimumSectionSize(24)
        down.setDefaultSectionSize(2 * self.fontMetrics().lineSpacing() + theme.px(14))

    def _prepare(self) -> None:
        if not self.isVisible():
            return
        self._ahead.setInterval(0)
        if not self._desk.attempt(self._model.prepare, otherwise=False):
            self._ahead.stop()

    def _hold(self) -> None:
        index = self.currentIndex()
        self._held = (self.current_id(), tuple(self.selected_ids()), index.column())
        self._held_at = (index.row(), len(self._model.ids))

    def _let_go(self) -> None:
        current, selected, column = self._held
        row = -1 if current is None else self._model.row_of(current)
        if row < 0:
            if self._model.rows is not None:  # folded away, or a heading was current
                self._stand_in(min(max(self._held_at[0], 0), self._model.rowCount() - 1))
            elif self._model.ids:
                now = set(self._model.ids)
                self.go_to(self._model.ids[self._row_after(sum(one not in now for one in selected))])
            else:
                self.chosen_changed.emit()
            return
        flags = QItemSelectionModel.SelectionFlag
        index = self._model.index(row, max(column, 0))
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        if len(selected) <= 1:
            self.selectionModel().select(index, flags.ClearAndSelect)
        else:
            self.select_entries(selected)
        self._ahead.start()

    def _row_after(self, gone: int) -> int:
        """The row to go to when the entry in front is no longer listed: the one that took its place, where only it and
        those chosen with it went; the first of any other list.
        """
        row, listed = self._held_at
        now = len(self._model.ids)
        return min(max(row, 0), now - 1) if listed - now == max(gone, 1) else 0


def _is(event: QKeyEvent, keys: str) -> bool:
    return QKeySequence(event.keyCombination()) == QKeySequence(keys)
