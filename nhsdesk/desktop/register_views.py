"""The views of a register and what it is grouped by: two chips behind the filters.

Views are kept in the file and shared; which of them a register opens with is kept on this computer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from nhsdesk.commands import saved_views
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.filters import FilterBar, choices_of
from nhsdesk.desktop.record_model import RecordModel
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.desktop.shown_columns import Shown
from nhsdesk.desktop.totals_line import TotalsLine, has_amounts
from nhsdesk.desktop.view_name import ViewName
from nhsdesk.desktop.words import on_a_button
from nhsdesk.domain import kinds, times
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.register_views import Arrangement, read
from nhsdesk.domain.saved_views import SavedView
from nhsdesk.store.register import Order

_GROUPED = (
    kinds.OneOf, kinds.Flag, kinds.LinkTo, kinds.Count, times.Day, times.InMonth, times.InQuarter, times.InYear,
)  # fmt: skip


class RegisterViews(QObject):
    """How the register is arranged, and the ways to change and keep it."""

    bar_made = Signal(object)
    """The line that asks for a name, to be put above the list."""
    bin_wanted = Signal()
    """What was removed is to be shown."""

    def __init__(
        self, desk: Desk, model: RecordModel, table: RecordTable, filters: FilterBar, totals: TotalsLine
    ) -> None:
        super().__init__(table)
        self._desk, self._table, self._filters, self._totals = desk, table, filters, totals
        self._model = model
        self.kind = model.kind
        self._opened: SavedView | None = None
        self._wants_totals = has_amounts(self.kind)
        self.bar: ViewName | None = None
        """The line that asks for a name, once it was made."""
        self._view = self._chip("View", self._offer_views)
        self._group = self._chip("Group by", self._offer_groups)
        for one in (self._view, self._group):
            filters.add(one)
        self._model.modelReset.connect(self._dress)
        filters.changed.connect(self._dress)
        desk.changed.connect(self._file_changed)

    # ---- for the page

    def open(self) -> None:
        """As this computer was left, or with the view chosen for it."""
        layout, name = self._desk.layout, self.kind.name
        kept = layout.word(f"{name}.totals")
        self._show_totals(kept == "yes" if kept else has_amounts(self.kind))
        grouped = layout.word(f"{name}.grouped")
        if any(one.name == grouped for one in self._groups()):
            self._model.group_by(grouped)
        default = layout.word(self._default_key)
        if default:
            self._open_default(default)
        self._dress()

    def keep_layout(self) -> None:
        """Leaves the grouping and the totals for the next time."""
        layout, name = self._desk.layout, self.kind.name
        layout.keep_word(f"{name}.totals", "yes" if self._wants_totals else "no")
        layout.keep_word(f"{name}.grouped", self._model.grouped_by)

    def arrangement(self) -> Arrangement:
        """How the register is shown now."""
        values, within = self._filters.arranged()
        order, columns = self._model.order, self._table.shown_columns()
        return Arrangement(
            columns,
            self._filters.words.strip(),
            values,
            within,
            order.column,
            order.descending,
            self._model.grouped_by,
            self._wants_totals,
        )

    def arrange(self, shown: Arrangement) -> tuple[str, ...]:
        """Shows the register so; a sentence for each thing that cannot be shown so any more."""
        self._table.show_columns(shown.columns)
        self._table.sort_by(Order(shown.order, shown.descending))
        may = not shown.grouped_by or any(one.name == shown.grouped_by for one in self._groups())
        self._model.group_by(shown.grouped_by if may else "")
        self._show_totals(shown.totals)
        told = self._filters.arrange(shown.words, shown.values, shown.within)
        return told if may else (*told, f"It groups by {shown.grouped_by}, which cannot be grouped by.")

    # ---- views

    def _offer_views(self, menu: QMenu) -> None:
        with self._desk.database.read() as reader:
            views = saved_views.of_register(reader, self.kind)
        opened = self._opened.id if self._opened else None
        _add(menu, "As at first", self._at_first, opened is None)
        for one in views:
            _add(menu, one.name, self._opener(one), one.id == opened)
        menu.addSeparator()
        may = not self._desk.database.read_only_because
        _add(menu, "Save this view…", self._ask_name).setEnabled(may)
        if self._opened is not None:
            name = self._opened.name
            _add(menu, f"Save changes to “{name}”", lambda: self._save(name)).setEnabled(may)
            default = self._desk.layout.word(self._default_key) == name
            _add(menu, "Open with this view on this computer", self._toggle_default, default)
            _add(menu, f"Remove “{name}” for everybody", self._remove).setEnabled(may)
        menu.addSeparator()
        _add(menu, f"Removed {self.kind.nouns}…", self.bin_wanted.emit)
        _add(menu, "Totals line", lambda: self._show_totals(not self._wants_totals), self._wants_totals)

    @property
    def _default_key(self) -> str:
        return f"{self.kind.name}.view of {self._desk.database.path}"

    def _opener(self, view: SavedView) -> Callable[[], None]:
        return lambda: self._open_view(view)

    def _open_view(self, view: SavedView) -> None:
        known = {one.name: one.label for one in self._model.columns}
        shown, told = read(view, known)
        self._opened = view
        told = (*told, *self.arrange(shown))
        if told:
            self._desk.warn(
                f"The view “{view.name}” is shown without what is no longer there. {' '.join(told)} "
                "Nothing was put in its place; save the view again to have it as it is now."
            )
        else:
            self._desk.say(f"View “{view.name}”.")
        self._dress()

    def _open_default(self, name: str) -> None:
        with self._desk.database.read() as reader:
            view = saved_views.named(reader, self.kind, name)
        if view is not None:
            self._open_view(view)
            return
        self._desk.layout.keep_word(self._default_key, "")
        self._desk.say(
            f"The view “{name}” is no longer in this PCN file; {self.kind.nouns} are shown as left."
        )

    def _at_first(self) -> None:
        self._opened = None
        self.arrange(Arrangement(totals=has_amounts(self.kind)))
        self._dress()

    def _ask_name(self) -> None:
        if self.bar is None:
            self.bar = ViewName()
            self.bar.named.connect(self._save)
            self.bar.closed.connect(self._close_bar)
            self.bar_made.emit(self.bar)
        self.bar.ask(self._opened.name if self._opened else "")

    def _close_bar(self) -> None:
        if self.bar is not None:
            self.bar.hide()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, name: str) -> None:
        shown = self.arrangement()
        saved = self._desk.attempt(lambda: saved_views.save(self._desk.database, self.kind, name, shown))
        if isinstance(saved, Problem):
            if self.bar is not None:
                self.bar.told.tell(saved.sentence)
        elif saved is not None:
            self._opened = saved
            self._desk.say(f"View “{saved.name}” is saved. Everybody who opens this PCN file has it.")
            self._close_bar()
        self._dress()

    def _toggle_default(self) -> None:
        if self._opened is None:
            return
        name = self._opened.name
        was = self._desk.layout.word(self._default_key) == name
        self._desk.layout.keep_word(self._default_key, "" if was else name)
        self._desk.layout.write()
        opens = "as they were left" if was else f"with the view “{name}”"
        self._desk.say(f"On this computer {self.kind.nouns} open {opens}.")

    def _remove(self) -> None:
        view = self._opened
        if view is None:
            return

        def remove() -> bool:
            saved_views.remove(self._desk.database, view)
            return True

        if self._desk.attempt(remove):
            self._opened = None
            self._desk.say(f"Removed the view “{view.name}”. Undo brings it back.")
        self._dress()

    def _file_changed(self, _: object) -> None:
        """A view that was opened may be gone, as when its saving is undone, or be another."""
        if self._opened is None:
            return
        with self._desk.database.read() as reader:
            kept = reader.find(SavedView, self._opened.id)
        if kept != self._opened:
            self._opened = kept
            self._dress()

    # ---- groups and totals

    def _groups(self) -> Iterator[Shown]:
        """The columns that may be grouped by, those in sight and the others."""
        return (one for one in self._model.columns if _may_group(one))

    def _offer_groups(self, menu: QMenu) -> None:
        grouped = self._model.grouped_by
        _add(menu, "Nothing", self._grouper(""), not grouped)
        for one in self._groups():
            _add(menu, one.label, self._grouper(one.name), one.name == grouped)
        if self._model.rows is not None:
            menu.addSeparator()
            words = self._model.rows.words()
            _add(menu, "Fold all groups", lambda: self._model.fold(words, True))
            _add(menu, "Open all groups", lambda: self._model.fold(words, False))

    def _grouper(self, name: str) -> Callable[[], None]:
        def group() -> None:
            self._desk.attempt(lambda: self._model.group_by(name))
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

        return group

    def _show_totals(self, shown: bool) -> None:
        self._wants_totals = shown
        self._totals.show_line(shown)

    # ---- the chips

    def _chip(self, name: str, offer: Callable[[QMenu], None]) -> QPushButton:
        chip = QPushButton()
        chip.setProperty("chip", "true")
        chip.setCheckable(True)
        chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        menu = QMenu(chip)
        menu.setAccessibleName(name)

        def fill() -> None:
            menu.clear()
            offer(menu)

        menu.aboutToShow.connect(fill)
        chip.clicked.connect(self._dress)
        chip.setMenu(menu)
        return chip

    def _dress(self) -> None:
        said = "as at first" if self._opened is None else self._opened.name
        if self._opened is not None and self._is_changed(self._opened):
            said += " (changed)"
        grouped = next((one.label for one in self._model.columns if one.name == self._model.grouped_by), "")
        self._view.setChecked(self._opened is not None)
        self._view.setText(on_a_button(f"View: {said}"))
        self._group.setChecked(bool(grouped))
        self._group.setText(on_a_button(f"Group by: {grouped or 'nothing'}"))

    def _is_changed(self, view: SavedView) -> bool:
        kept, _ = read(view, {one.name: one.label for one in self._model.columns})
        return self.arrangement() != kept


def _may_group(column: Shown) -> bool:
    if column.derived is not None:
        return choices_of(column.derived) is not None
    if column.field is None:
        return False
    kind = column.field.kind
    return isinstance(kind, _GROUPED) or type(kind) is kinds.Text


def _add(menu: QMenu, words: str, work: Callable[[], object], checked: bool | None = None) -> QAction:
    action = QAction(on_a_button(words), menu)
    if checked is not None:
        action.setCheckable(True)
        action.setChecked(checked)
    action.triggered.connect(lambda _=False: work())
    menu.addAction(action)
    return action
