"""The table of a register: it holds ids, fetches the entries in sight, and enters what is typed into a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer

from nhsdesk.commands import entries, figures
from nhsdesk.desktop import whose
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import READ_ONLY
from nhsdesk.desktop.grouped_rows import GroupedRows, Heading
from nhsdesk.desktop.shown_columns import Shown, columns_of, derived_words, tone_of
from nhsdesk.desktop.words import counted
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Field, Record, RecordKind
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.problems import Problem
from nhsdesk.store import drafts, register_groups
from nhsdesk.store.database import Notice
from nhsdesk.store.register import REF, Chosen, Order, Register

Index = QModelIndex | QPersistentModelIndex
AT_ONCE = 64
"""Entries fetched together: about two screens of them."""

MOST_KEPT = 2_000
AGAIN_MS = 4_000
"""Words that the disk had no room for are tried again so much later."""

SEALS = (
    "after this nothing in the entry could be changed any more, and Undo would not take it back. Open the entry and do "
    "it in its form."
)
TONE = Qt.ItemDataRole.UserRole
"""The tone of a status; None for any other cell."""

DRAFTED = Qt.ItemDataRole.UserRole + 1
"""Whether the cell shows words that are not yet in the file."""

_SHORTENED = 300
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole, TONE, DRAFTED,
    }
)  # fmt: skip


class RecordModel(QAbstractTableModel):
    """The entries of a kind, or of those that belong to one record."""

    def __init__(self, desk: Desk, kind: RecordKind, owner: Id | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.columns = columns_of(kind)
        self._desk = desk
        self._register = Register(desk.database, kind, owner)
        self._records: dict[Id, Record] = {}
        self._drafts: dict[str, dict[str, drafts.Draft]] = {}
        self._waiting: dict[tuple[Id, str], str] = {}
        """What was typed while other work was writing; it goes in when that is done."""
        self._stopped: dict[tuple[Id, str], str] = {}
        """What looks like an NHS number: it stays in its cell here, and is kept nowhere."""
        self._not_confirmed: frozenset[Id] = frozenset()
        """What came from another PCN and was not confirmed: its reference wears a sign."""
        self.grouped_by = ""
        """The column by which the entries are grouped; empty where they are not."""
        self.rows: GroupedRows | None = None
        """The rows where they are grouped."""
        self._kept_its_place = False
        """Whether an entry changed since the list was put in order."""
        self._today = desk.database.today()
        self._register.open()
        self._read_drafts()
        desk.changed.connect(self._take_in)
        desk.drafted.connect(self._take_in_drafts)
        desk.background.ended.connect(self._enter_what_waits)

    def belong_to(self, owner: Id) -> None:
        """Lists the entries that belong to another record from now on; of NEW there are none."""
        if owner != self._register.owner:
            self._anew(lambda: self._register.belong_to(owner))

    # ---- what the view asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._register.ids if self.rows is None else self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label if 0 <= section < len(self.columns) else None
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 <= section < len(self.columns):
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].counts else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if not index.isValid() or self.heading_at(index.row()) is not None:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable if self._may_be_typed(index.column()) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES or not self.hasIndex(index.row(), index.column()):
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.counts else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        record = self._record(index.row())
        if record is None:
            return self._heading_data(index, role)
        draft = self._drafts.get(str(record.id), {}).get(column.name)
        key = (record.id, column.name)
        if role == DRAFTED:
            return draft is not None or key in self._waiting or key in self._stopped
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            if key in self._stopped:
                return "Not in the file: it looks like an NHS number"
            if draft is not None:
                return "Not yet in the file: it could not be read"
            if column.name == REF and record.id in self._not_confirmed:
                return whose.NOT_CONFIRMED
            shown = self._value(record, column, Qt.ItemDataRole.DisplayRole)
            return self._desk.meaning_of(str(shown or "")) or None
        words = self._stopped.get(key, self._waiting.get(key, draft.words if draft is not None else None))
        if words is not None:
            return None if role == TONE else words
        return self._value(record, column, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Enters the words typed into a cell. Words that cannot be read stay in it as a draft."""
        column = self.columns[index.column()]
        record = self._record(index.row())
        if role != Qt.ItemDataRole.EditRole or record is None or column.field is None:
            return False
        if isinstance(column.field.kind, READ_ONLY):
            return False
        if self._stop(record, column.field, str(value)):
            return False
        if not self._desk.may_write:
            self._desk.warn(why_not(self._desk))
            if self._desk.background.writing:
                self._waiting[record.id, column.name] = str(value)
            return False
        if entries.would_seal(self._desk.database, self.kind, record.id, column.name, str(value)):
            self._desk.warn(f"{record.ref} was left as it is: {SEALS}")
            return False
        return self._enter(record.id, column.name, str(value))

    def _stop(self, record: Record, field: Field, words: str) -> bool:
        """Whether the words stay in their cell alone, because they look like an NHS number."""
        self._stopped.pop((record.id, field.name), None)
        problem = entries.stopped(field, words, self._words(field, getattr(record, field.name)))
        if problem is None:
            return False
        self._stopped[record.id, field.name] = words
        self._desk.warn(f"{problem.sentence} It is not in the file. {_IN_THE_FORM}")
        self._desk.drafted.emit(self.kind.name)
        return True

    def _enter(self, id_: Id, name: str, words: str) -> bool:
        def entered() -> Problem | None:
            return entries.enter(self._desk.database, self.kind, id_, name, words)

        problem = self._desk.attempt(entered, otherwise=False)
        self._waiting.pop((id_, name), None)
        if isinstance(problem, Problem):
            self._desk.say(problem.sentence)
        if problem is False and not self._is_sealed(id_, name):
            # No room, or the disk was taken out: the words stay where they are.
            self._waiting[id_, name] = words
            QTimer.singleShot(AGAIN_MS, self, lambda: self._enter_what_waits(None))
        self._desk.drafted.emit(self.kind.name)
        return problem is not False

    def _is_sealed(self, id_: Id, name: str) -> bool:
        with self._desk.database.read() as reader:
            record = reader.find(self.kind.cls, id_)
            if record is None or entries.sealed(reader, record) is not None:
                return True
            fixed = figures.fixed(reader, record)
            return fixed is not None and name in fixed.names

    def enter_for_all(self, ids: list[Id], name: str, words: str) -> bool:
        """Gives one field of many entries the same words as one step; True when it was done."""
        if not self._desk.may_write:
            self._desk.warn(why_not(self._desk))
            return False
        if any(entries.would_seal(self._desk.database, self.kind, id_, name, words) for id_ in ids[:1]):
            self._desk.warn(f"Nothing was changed: {SEALS}")
            return False
        made = self._desk.attempt(
            lambda: entries.enter_for_all(self._desk.database, self.kind, ids, name, words)
        )
        if isinstance(made, Problem):
            self._desk.warn(f"{made.sentence} Nothing was changed.")
            return False
        if made is None:
            return False
        self._desk.drafted.emit(self.kind.name)
        label = self.kind.field(name).label
        self._desk.say(f"{label} changed in {counted(made, self.kind.noun, self.kind.nouns)}.")
        return True

    # ---- what the page asks

    @property
    def has_drafts(self) -> bool:
        """Whether any entry of the kind has words that are not yet in the file."""
        return bool(self._drafts or self._stopped)

    @property
    def ids(self) -> list[Id]:
        """The entries listed, in order."""
        return self._register.ids if self.rows is None else self.rows.ids

    @property
    def total(self) -> int:
        """How many there are before anything is filtered."""
        return self._register.total

    @property
    def order(self) -> Order:
        """The order they stand in."""
        return self._register.order

    def id_at(self, row: int) -> Id | None:
        """The entry in a row; None where a heading stands there."""
        if self.rows is not None:
            found = self.rows.at(row)
            return None if isinstance(found, Heading) else found
        return self.ids[row] if 0 <= row < len(self.ids) else None

    def heading_at(self, row: int) -> Heading | None:
        """The heading of a group in a row."""
        return None if self.rows is None else self.rows.heading(row)

    def heading_words(self, heading: Heading) -> str:
        """A heading as it is read."""
        by = next(one.label for one in self.columns if one.name == self.grouped_by)
        folded = ", folded" if heading.folded else ""
        return f"{by}: {heading.words} ({heading.count:,}{folded})"

    def row_of(self, id_: Id) -> int:
        """The row of an entry; -1 where it is not listed or folded away."""
        if self.rows is not None:
            return self.rows.row_of(id_)
        try:
            return self.ids.index(id_)
        except ValueError:
            return -1

    def records(self, ids: Iterable[Id]) -> list[Record]:
        """The entries with those ids that are there."""
        wanted = list(ids)
        with self._desk.database.read() as reader:
            found = reader.several(self.kind.cls, wanted)
        return [found[id_] for id_ in wanted if id_ in found]

    def sort_by(self, order: Order) -> None:
        """Puts the entries in another order."""
        self._anew(lambda: self._register.sort(order))

    def narrow(self, words: str, chosen: tuple[Chosen, ...]) -> None:
        """Lists only what holds the words and the chosen values."""
        self._anew(lambda: self._register.narrow(words, chosen))

    def group_by(self, name: str) -> None:
        """Groups the entries by a column; by none with empty words."""
        if name != self.grouped_by:
            self.grouped_by = name
            self._anew(lambda: None)

    def fold(self, words: Iterable[str], folded: bool) -> None:
        """Folds the entries below headings away, or shows them again."""
        if self.rows is not None:
            self.beginResetModel()
            self.rows.fold(words, folded)
            self.endResetModel()

    def unfold_for(self, id_: Id) -> None:
        """Shows an entry that is folded away."""
        if self.rows is not None and self.rows.row_of(id_) < 0 and (above := self.rows.heading_of(id_)):
            self.fold([above], False)

    def sums(self, names: Sequence[str], ids: Sequence[Id]) -> dict[str, Any]:
        """What those entries hold together in fields of amounts."""
        return register_groups.sums(self._register, names, ids)

    def prepare(self) -> bool:
        """Works ahead a little on what filtering and sorting will ask; False when all is ready."""
        return self._register.prepare()

    def look_again(self) -> None:
        """Brings the list up to date when its page is shown again: a new day, or entries that kept their place."""
        today = self._desk.database.today()
        if today != self._today:
            self._today = today
            self._register.a_day_has_passed()
            self._records.clear()
            self._kept_its_place = True
        if self._kept_its_place:
            self._anew(self._register.open)

    # ---- inside

    def _anew(self, change: Any) -> None:
        self._kept_its_place = False
        self.beginResetModel()
        change()
        self._group()
        self.endResetModel()

    def _group(self) -> None:
        if not self.grouped_by:
            self.rows = None
            return
        if self.rows is None:
            self.rows = GroupedRows()
        self.rows.show(register_groups.groups(self._register, self.grouped_by))

    def _heading_data(self, index: Index, role: int) -> Any:
        heading = self.heading_at(index.row())
        said = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if heading is None or not said or (index.column() and role == Qt.ItemDataRole.DisplayRole):
            return None
        return self.heading_words(heading)

    def _take_in(self, notice: Notice) -> None:
        for id_ in notice.changed.get(self.kind.name, ()):
            self._records.pop(Id(id_), None)
        if whose.changed(notice):
            self._records.clear()
        before = self.rowCount()
        # A reset is announced before anything changes, so whether it is one has to be known first.
        came_or_went = self._comes_or_goes(notice)
        if came_or_went:
            self._anew(lambda: self._register.renew(notice))
        else:
            self._register.renew(notice)
            self._kept_its_place = True
        self._read_drafts()
        if not came_or_went and before:
            last = self.index(before - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _take_in_drafts(self, kind_name: str) -> None:
        if kind_name == self.kind.name and self.ids:
            self._read_drafts()
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def _enter_what_waits(self, _: object) -> None:
        waiting, self._waiting = self._waiting, {}
        for (id_, name), words in waiting.items():
            self._enter(id_, name, words)

    def _comes_or_goes(self, notice: Notice) -> bool:
        return self._register.comes_or_goes(notice.changed.get(self.kind.name, frozenset()))

    def _read_drafts(self) -> None:
        with self._desk.database.read() as reader:
            self._drafts = drafts.of_kind(reader, self.kind.name)

    def _may_be_typed(self, column: int) -> bool:
        field = self.columns[column].field
        if field is None or isinstance(field.kind, READ_ONLY) or self._desk.database.read_only_because:
            return False
        return not (isinstance(field.kind, kinds.LinkTo) and field.kind.owned)

    def _record(self, row: int) -> Record | None:
        id_ = self.id_at(row)
        if id_ is None:
            return None
        if id_ not in self._records:
            self._fetch(row)
        return self._records.get(id_)

    def _fetch(self, row: int) -> None:
        if len(self._records) > MOST_KEPT:
            self._records.clear()
        first = max(0, row - AT_ONCE // 4)
        near = (
            self.ids[first : first + AT_ONCE] if self.rows is None else self.rows.entries_near(first, AT_ONCE)
        )
        wanted = [id_ for id_ in near if id_ not in self._records]
        with self._desk.database.read() as reader:
            found = reader.several(self.kind.cls, wanted)
            self._not_confirmed = reader.not_confirmed()
        self._records.update(found)
        named = {
            getattr(record, field.name)
            for record in found.values()
            for field in self.kind.fields
            if isinstance(field.kind, kinds.LinkTo) and getattr(record, field.name) is not None
        }
        self._register.titles(named)
        for column in self.kind.derived:
            self._register.derived(column.name, list(found))

    def _value(self, record: Record, column: Shown, role: int) -> Any:
        if column.name == REF:
            if role == TONE:
                return Tone.WARN if record.id in self._not_confirmed else None
            return record.ref
        if column.derived is not None:
            value = self._register.derived(column.name, [record.id]).get(record.id)
            return tone_of(value) if role == TONE else derived_words(value)
        assert column.field is not None
        value = getattr(record, column.name)
        if role == TONE:
            return tone_of(value)
        words = self._words(column.field, value)
        if role == Qt.ItemDataRole.EditRole:
            return words
        if type(value) is date and role == Qt.ItemDataRole.DisplayRole:
            return f"{value:%d %b %Y}".lstrip("0") if value.year > 999 else words
        if isinstance(column.field.kind, kinds.LinkTo) and " " in words:
            words = words.split(" ", 1)[
                1
            ]  # whoever reads a list wants to know who, not under which reference
        return " ".join(words[:_SHORTENED].split()) if len(words) > 60 or "\n" in words else words

    def _words(self, field: Field, value: Any) -> str:
        if isinstance(field.kind, kinds.LinkTo):
            return "" if value is None else self._register.titles([value]).get(value, "")
        if isinstance(field.kind, kinds.LinksTo):
            titles = self._register.titles(value)
            return "; ".join(titles[id_].split(" ", 1)[0] for id_ in value if id_ in titles)
        return field.kind.words(value)


_IN_THE_FORM = "To keep it with a reason, type it into the form beside the list."


def why_not(desk: Desk) -> str:
    """Why nothing can be entered just now."""
    return desk.database.read_only_because or (
        "Other work is being written into the file just now. What you type is kept; it goes in when that is done."
    )
