"""Beside a register: one entry whole, with what belongs to it and its history, and the way back from what it names."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QToolButton, QVBoxLayout

from nhsdesk.commands import entries
from nhsdesk.desktop import icons, whose
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.entry_tabs import EntryTabs
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.long_words import Whole
from nhsdesk.desktop.record_form import RecordForm
from nhsdesk.desktop.words import label, on_a_button, pill, still_named
from nhsdesk.domain import local_rules
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Choice, Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.records import KINDS
from nhsdesk.store import drafts
from nhsdesk.store.database import Notice


@dataclass(frozen=True, slots=True)
class _Place:
    """One stop of the way: an entry, or one begun; and the field of the stop before that is to name it."""

    kind: RecordKind
    id: Id | None
    key: str = ""
    for_field: str = ""


class RecordPanel(QFrame):
    """One entry. What it names opens in the same place, with a way back."""

    added = Signal(object)
    """A record that was begun here and is now in the file."""
    emptied = Signal()
    """There is nothing to show any more."""
    pasted = Signal(object)
    """Cells for a list that belongs to the entry, as `Pasted`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("card")
        self._desk = desk
        self._way: list[_Place] = []
        self._tabs: EntryTabs | None = None
        self._made: dict[str, EntryTabs] = {}
        self._build()
        self._show_nothing()
        desk.changed.connect(self._take_in)

    # ---- for the page

    @property
    def form(self) -> RecordForm | None:
        """The form shown, if any."""
        return None if self._tabs is None else self._tabs.form

    def show_record(self, kind: RecordKind, id_: Id | None) -> bool:
        """Shows an entry, and forgets the way by which the last was reached; False where typing cannot be finished."""
        if self._way and self._way[-1] == _Place(kind, id_):
            return True
        if not self.leave():
            return False
        self._way = [] if id_ is None else [_Place(kind, id_)]
        self._show()
        return True

    def begin(self, kind: RecordKind, key: str = "") -> None:
        """Begins an entry, or goes on with one that was begun."""
        if self.leave():
            self._way = [_Place(kind, None, key or _new_key())]
            self._show()

    def follow(self, kind_name: str, id_: Id) -> None:
        """Shows what the entry names, with a way back to it."""
        if self.leave():
            self._way.append(_Place(KINDS[kind_name], id_))
            self._show()
            self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """Takes what is being typed into the file; an entry begun with nothing in it is forgotten."""
        form = self.form
        if form is None:
            return True
        kept = [tabs.keep_typed() for tabs in self._made.values()]
        if not form.finish_typing() or not all(kept):
            return False
        if form.id is None and form.is_empty():
            form.give_up()
        return True

    def into_form(self) -> None:
        """Puts the cursor into the form, whichever part of the entry was in front."""
        if self._tabs is not None:
            self._tabs.setCurrentWidget(self._tabs.form)
            self._tabs.form.focus_first()

    def keep_layout(self) -> None:
        """Leaves the columns of the lists as they are for the next time."""
        for tabs in self._made.values():
            tabs.keep_layout()

    # ---- building

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._back = QPushButton("Back")
        icons.put(self._back, "back")
        self._back.clicked.connect(self._go_back)
        self._ref = label("", "ref", wrap=False)
        self._pills = Flow()
        self._pills.setSpacing(6)
        self._remove = QToolButton()
        icons.put(self._remove, "remove", "quiet")
        self._remove.setAccessibleName("Remove this entry")
        self._remove.setToolTip("Remove")
        self._remove.clicked.connect(self._remove_shown)
        row.addWidget(self._back)
        row.addWidget(self._ref)
        row.addStretch(1)
        row.addWidget(self._remove)
        self._title = Whole("", "h2")
        head.addLayout(row)
        head.addWidget(self._title)
        head.addLayout(self._pills)
        self._column.addLayout(head)
        self._nothing = label("Choose an entry to see all of it here.", "quiet")
        self._nothing.setContentsMargins(16, 4, 16, 16)
        self._column.addWidget(self._nothing)
        self._parts = QStackedWidget()
        self._column.addWidget(self._parts, 1)

    def _show_nothing(self) -> None:
        self._put_to_rest()
        for one in (self._back, self._ref, self._remove, self._title, self._parts):
            one.hide()
        self._clear_pills()
        self._nothing.show()

    def _show(self) -> None:
        if not self._way:
            self._show_nothing()
            return
        place = self._way[-1]
        tabs = self._tabs_of(place.kind)
        if tabs is not self._tabs:
            self._put_to_rest()
        self._tabs = tabs
        self._nothing.hide()
        self._parts.show()
        self._parts.setCurrentWidget(tabs)
        tabs.show_entry(place.id, place.key)
        if self._way and self._way[-1] == place:  # it may have been removed meanwhile
            self._show_head()

    def _tabs_of(self, kind: RecordKind) -> EntryTabs:
        if kind.name not in self._made:
            tabs = self._made[kind.name] = EntryTabs(self._desk, kind)
            tabs.wanted.connect(self.follow)
            tabs.owned_wanted.connect(self._begin_owned)
            tabs.pasted.connect(self.pasted)
            tabs.form.added.connect(self._was_added)
            tabs.form.wanted_new.connect(self._begin_linked)
            tabs.form.vanished.connect(self._was_removed)
            self._parts.addWidget(tabs)
        return self._made[kind.name]

    def _put_to_rest(self) -> None:
        if self._tabs is not None:
            self._tabs.rest()
        self._tabs = None

    def _show_head(self) -> None:
        place = self._way[-1]
        record = self._record()
        for one in (self._ref, self._title):
            one.show()
        self._back.setVisible(len(self._way) > 1)
        if len(self._way) > 1:
            before = self._way[-2]
            self._back.setAccessibleName(f"Back to the {before.kind.noun}")
        self._clear_pills()
        self._remove.setVisible(not self._desk.database.read_only_because)
        does = "Remove this entry" if record is not None else "Throw away what is not yet added"
        self._remove.setAccessibleName(does)
        self._remove.setToolTip(does)
        if record is None:
            self._ref.setText("Not yet added")
            self._title.setText(f"New {place.kind.noun}")
            return
        self._ref.setText(record.ref)
        self._title.setText(" ".join(record.title_words()[:300].split()))
        self._show_pills(record)

    def _show_pills(self, record: Record) -> None:
        from nhsdesk import resources

        self._show_whose(record)
        if not record.KIND.derived:
            return
        today = self._desk.database.today()
        with self._desk.database.read() as reader:
            rules = local_rules.in_force(reader.counting(LocalRule), today, resources.bank_holidays())
        for column in record.KIND.derived:
            value = column.work_out(record, rules, today)
            tone = value.tone if isinstance(value, Choice) else None
            words = value.words if isinstance(value, Choice) else str(value or "")
            if words and words != record.title_words():
                made = pill(words.split(":")[0], tone.value if tone is not None else "grey")
                made.setAccessibleName(f"{column.label}: {words}")
                made.setToolTip(on_a_button(words))
                self._pills.addWidget(made)

    def _show_whose(self, record: Record) -> None:
        """Says of what came from another PCN that it did, and whether we have confirmed it since."""
        with self._desk.database.read() as reader:
            held = whose.of_entry(reader, record.id)
        if held is not None:
            made = pill(held.words, "grey" if held.confirmed else "warn")
            made.setAccessibleName(f"Taken over: {held.words}")
            made.setToolTip(on_a_button(held.came_from))
            self._pills.addWidget(made)

    def _clear_pills(self) -> None:
        while (item := self._pills.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _record(self) -> Record | None:
        place = self._way[-1] if self._way else None
        if place is None or place.id is None:
            return None
        with self._desk.database.read() as reader:
            return reader.find(place.kind.cls, place.id)

    # ---- what the person does

    def _go_back(self) -> None:
        if self.leave() and len(self._way) > 1:
            self._way.pop()
            self._show()
            self._focus_form()

    def _begin_linked(self, kind_name: str, for_field: str) -> None:
        if self.leave():
            self._way.append(_Place(KINDS[kind_name], None, _new_key(), for_field))
            self._show()
            self._focus_form()

    def _begin_owned(self, kind_name: str) -> None:
        record, kind = self._record(), KINDS[kind_name]
        owner = kind.owner
        if record is None or owner is None or not self.leave():
            return
        with self._desk.database.read() as reader:
            why = entries.sealed(reader, record)
            begun = [
                key
                for key, held in drafts.of_kind(reader, kind.name).items()
                if key.startswith(entries.NEW) and owner.name in held and held[owner.name].words == record.ref
            ]
        if why is not None:
            self._desk.warn(f"{why} Nothing is added to it.")
            return
        key = begun[0] if begun else _new_key()  # what was begun and left is gone on with

        def preset() -> bool:
            drafts.keep(self._desk.database, kind.name, key, owner.name, record.ref)
            return True

        if self._desk.attempt(preset, otherwise=False):
            self._way.append(_Place(kind, None, key))
            self._show()
            self._focus_form()

    def _focus_form(self) -> None:
        """On the way back to a list that belongs to the entry, the cursor comes to its tab."""
        if self._tabs is not None and self._tabs.currentWidget() is not self._tabs.form:
            self._tabs.tabBar().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.into_form()

    def _remove_shown(self) -> None:
        record = self._record()
        if record is None:
            self._throw_away()
            return
        told = self._desk.attempt(lambda: entries.remove(self._desk.database, record))
        if told:
            self._desk.warn(still_named(told))
        elif told is not None:
            self._desk.say(f"{record.ref} was removed. Undo brings it back.")

    def _throw_away(self) -> None:
        """Gives up an entry that was begun and not added."""
        place = self._way[-1] if self._way else None
        if place is None or place.id is not None or self.form is None:
            return
        self.form.give_up()
        self._desk.drafted.emit(place.kind.name)
        self._way.pop()
        self._show()
        self._desk.say(f"The {place.kind.noun} was thrown away; it had not been added.")
        if not self._way:
            self.emptied.emit()

    # ---- word from the form and from elsewhere

    def _was_added(self, record: Record) -> None:
        place = self._way[-1]
        self._way[-1] = _Place(place.kind, record.id, "", place.for_field)
        self._desk.say(f"{record.ref} was added.")
        if self._tabs is not None:
            self._tabs.show_further(record.id)
        self._show_head()
        if place.for_field and len(self._way) > 1:
            self._link_back(record, place.for_field)
        self.added.emit(record)

    def _link_back(self, record: Record, name: str) -> None:
        """Names what was just added in the field it was wanted for, without leaving it."""
        before = self._way[-2]
        words, key = entries.link_words(record), before.key or str(before.id)

        def link() -> Record | None:
            if before.id is not None:
                entries.enter(self._desk.database, before.kind, before.id, name, words)
                return None
            drafts.keep(self._desk.database, before.kind.name, key, name, words)
            made = entries.add_begun(self._desk.database, before.kind, key)
            return made if isinstance(made, Record) else None

        made = self._desk.attempt(link)
        if made is not None:  # it was all that was still needed
            self._way[-2] = _Place(before.kind, made.id, "", before.for_field)
            self._desk.say(f"{record.ref} and {made.ref} were added.")
            self.added.emit(made)

    def _was_removed(self) -> None:
        # What belonged to it is gone as well, and so may be what led to it.
        with self._desk.database.read() as reader:
            self._way = [p for p in self._way[:-1] if p.id is None or reader.find(p.kind.cls, p.id)]
        self._show()
        if not self._way:
            self.emptied.emit()

    def _take_in(self, notice: Notice) -> None:
        place = self._way[-1] if self._way else None
        if place is None or place.id is None:
            return
        if place.id in notice.changed.get(place.kind.name, ()) and self._record() is not None:
            self._show_head()


def _new_key() -> str:
    return f"{entries.NEW}-{uuid.uuid4().hex}"
