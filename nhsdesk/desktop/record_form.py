"""The form of one entry, made from its fields: every key kept within a second, a readable value saved on leaving.

Words that cannot be read are never thrown away: they stay in the field as a draft, with what is wrong beside them. A
field changed by somebody else meanwhile is brought up to date, and never written over unless the person says so.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from nhsdesk.commands import entries, figures
from nhsdesk.desktop.built_form import BuiltForm
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import READ_ONLY
from nhsdesk.desktop.form_line import (
    NOT_LEFT,
    SEALS,
    WITH_ITS_REASON,
    Line,
    ask_why,
    beside,
    lock,
    mark,
    overtaken,
    show_chips,
    show_file,
    why_not_in,
    without,
    words_in,
)
from nhsdesk.domain import kinds
from nhsdesk.domain.at_odds import at_odds
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Problem
from nhsdesk.store import drafts
from nhsdesk.store.database import Notice

KEPT_AFTER_MS = 700
"""A draft is written so long after the last key: within a second, and not at every letter."""


class RecordForm(BuiltForm):
    """One entry, or one begun and not yet added. Its id is known by `id`; None while it is not added."""

    added = Signal(object)
    """The record, once all that must be given was given."""
    wanted = Signal(str, object)
    """Kind and id of a linked record somebody wants to see."""
    wanted_new = Signal(str, str)
    """A kind of which somebody wants to add one, to link the named field to it."""
    vanished = Signal()
    """The entry was removed."""

    def __init__(self, desk: Desk, kind: RecordKind) -> None:
        super().__init__(desk, kind)
        self.id: Id | None = None
        self.key = ""
        self._sealed = ""
        self._fixed: frozenset[str] = frozenset()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_AFTER_MS)
        self._timer.timeout.connect(self._keep_typed)
        self._build()
        desk.changed.connect(self._take_in)
        desk.drafted.connect(self._take_in_drafts)
        desk.background.ended.connect(self._after_other_work)

    # ---- for whoever shows it

    def show_entry(self, id_: Id | None, key: str = "") -> None:
        """Shows an entry, or one begun and not yet added, whose drafts are known by a key."""
        self._timer.stop()
        self.id = id_
        self.key = str(id_) if id_ is not None else key
        for line in self._lines.values():
            line.dirty = line.drafted = line.confirmed = False
            line.told, line.reason = None, ""
            line.editor.show_words("")  # so that Undo in the field never brings words of the entry before
        self.verticalScrollBar().setValue(0)
        self.bring_up_to_date()
        self._go_on_building()

    def rest(self) -> None:
        """Shows nothing any more, and listens to no change."""
        self._timer.stop()
        self.id, self.key = None, ""
        for line in self._lines.values():
            line.dirty = False

    def focus_first(self) -> None:
        """Puts the cursor into the first field that can be typed into."""
        owner = self.kind.owner
        for line in self._lines.values():
            known = owner is not None and line.field.name == owner.name  # it was begun from there
            if line.editor.isEnabled() and not known and not isinstance(line.field.kind, READ_ONLY):
                line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def focus_field(self, name: str) -> None:
        """Puts the cursor into a field and brings it into sight."""
        self._build_all()
        line = self._lines.get(name)
        if line is not None:
            line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(line.editor)

    def enter_words(self, name: str, words: str) -> None:
        """Types words into a field for the person, such as the link to what they have just added."""
        self._build_all()
        line = self._lines[name]
        line.editor.show_words(words)
        self._typed(line)
        self._left(line)

    def finish_typing(self) -> bool:
        """Takes what is being typed into the file; False where words could not even be kept as a draft."""
        for line in self._lines.values():
            if line.dirty:
                self._left(line)
        if not self.keep_drafts():
            return False
        stopped = next((line for line in self._lines.values() if line.stopped is not None), None)
        if stopped is not None:
            self.focus_field(stopped.field.name)
            self._desk.warn(f"{NOT_LEFT}{stopped.problem.text()}")
        return stopped is None

    def give_up(self) -> None:
        """Forgets a record begun and not added."""
        self._timer.stop()
        if self.id is None:
            for line in self._lines.values():
                line.dirty = False
            self._desk.attempt(lambda: drafts.drop(self._desk.database, self.kind.name, self.key))

    def is_empty(self) -> bool:
        """Whether nothing was typed into a record not yet added; what it belongs to was not typed."""
        self._build_all()
        owner = self.kind.owner
        return all(
            line.editor.words() == line.base
            for name, line in self._lines.items()
            if owner is None or name != owner.name
        )

    # ---- building

    def _line_added(self, line: Line) -> None:
        line.editor.typed.connect(lambda: self._typed(line))
        line.editor.entered.connect(lambda: self._entered(line))
        line.editor.left.connect(lambda: self._left(line))
        field = line.field
        if line.chips is not None:
            line.chips.opened.connect(self._open_named)
            line.chips.removed.connect(lambda ref: self._name_no_more(line, ref))
        if line.adds is None or not isinstance(field.kind, kinds.LinkTo):
            return
        target = field.kind.target
        line.adds.clicked.connect(lambda: self.wanted_new.emit(target, field.name))
        if field.kind.owned or self._desk.database.read_only_because:
            line.adds.hide()

    def _more_built(self) -> None:
        self._lock()
        if self.key:
            self.bring_up_to_date()

    # ---- what the file holds

    def bring_up_to_date(self) -> None:
        """Shows what the file holds, and the drafts; leaves alone what the person is in the midst of."""
        with self._desk.database.read() as reader:
            record = None if self.id is None else reader.find(self.kind.cls, self.id)
            held = drafts.of_record(reader, self.kind.name, self.key)
            words = {
                name: words_in(reader, line.field, record, self.kind) for name, line in self._lines.items()
            }
            sealed = entries.sealed(reader, record) if record is not None else None
            fixed = figures.fixed(reader, record) if record is not None else None
        odd = {one.field: one.sentence for one in at_odds(record)} if record is not None else {}
        if self.id is not None and record is None:
            self.vanished.emit()
            return
        self._show_seal(sealed or self._desk.database.read_only_because, fixed)
        for name, line in self._lines.items():
            self._show(line, record, words[name], held.get(name), odd.get(name))

    def _show(
        self, line: Line, record: Record | None, words: str, draft: drafts.Draft | None, odd: str | None
    ) -> None:
        show_chips(line, record, words)
        show_file(line, record, self.kind)
        if line.dirty:
            if words != line.base:
                self._say_changed(line, words)
            return
        line.drafted = draft is not None
        line.base = words
        line.told, line.asked, line.confirmed, line.reason = None, False, False, ""
        ask_why(line, lambda _: None, wanted=False)
        shown = words if draft is None else draft.words
        if line.editor.words() != shown:
            line.editor.show_words(shown)
        mark(line.editor, "draft", on=draft is not None and record is not None)
        self._tell(
            line,
            beside(line, words) or odd
            if draft is None
            else why_not_in(self._desk, self.kind, line, draft.words, self.id),
        )

    def _show_seal(self, why: str, fixed: figures.Fixed | None) -> None:
        """Why nothing may be changed, or why some fields may not."""
        names, told = (frozenset(fixed.names), why or fixed.why) if fixed else (frozenset[str](), why)
        if (why, names, told) == (self._sealed, self._fixed, self._seal.text()):
            return
        self._sealed, self._fixed = why, names
        self._seal.setText(told)
        self._seal.setVisible(bool(told))
        self._lock()

    def _lock(self) -> None:
        for name, line in self._lines.items():
            lock(line, fixed=bool(self._sealed) or name in self._fixed)

    # ---- what the person does

    def _typed(self, line: Line) -> None:
        line.dirty, line.reason = True, ""
        self._timer.start()

    def _entered(self, line: Line) -> None:
        """Enter takes in what leaving the field would leave alone: an old draft, and words the file has overtaken."""
        line.dirty = line.dirty or line.drafted
        line.confirmed = line.told is not None or line.asked

    def _left(self, line: Line) -> None:
        if not line.dirty or self._sealed:
            return
        words = line.editor.words()
        if words == line.base and not line.drafted:
            line.dirty = False
            self._tell(line, None)
            return
        if self._stop(line):
            return
        if not self._desk.may_write:
            return  # other work is being written; `_after_other_work` comes back to it
        if self.id is None:
            self._take_for_new(line)
        elif self._may_overwrite(line) and self._may_seal(line, self.id, words):
            self._take(line, self.id, words)

    def _stop(self, line: Line) -> bool:
        """Whether the words stay in the field alone, because they look like an NHS number and no reason was given."""
        problem = line.stopped if not line.reason else None
        if problem is not None:
            self._tell(line, problem.sentence)
        ask_why(line, lambda reason: self._keep_because(line, reason), wanted=problem is not None)
        return problem is not None

    def _stopped_anywhere(self) -> bool:
        return sum(self._stop(line) for line in self._lines.values()) > 0  # each is told of

    def _keep_because(self, line: Line, reason: str) -> None:
        line.reason = reason
        line.confirmed = line.told is not None or line.asked
        ask_why(line, lambda _: None, wanted=False)
        line.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._left(line)

    def _may_overwrite(self, line: Line) -> bool:
        """Whether the file still holds what it held when typing began, or the person has been told that it does not."""
        assert self.id is not None
        with self._desk.database.read() as reader:
            record = reader.find(self.kind.cls, self.id)
            now = "" if record is None else words_in(reader, line.field, record, self.kind)
        if record is None:
            return False
        if now == line.base or (line.confirmed and line.told == now):
            return True
        self._say_changed(line, now)
        return False

    def _may_seal(self, line: Line, id_: Id, words: str) -> bool:
        """What cannot be undone is done at the second asking only."""
        if line.asked and line.confirmed:
            return True
        line.asked = entries.would_seal(self._desk.database, self.kind, id_, line.field.name, words)
        if line.asked:
            self._tell(line, SEALS)
        return not line.asked

    def _say_changed(self, line: Line, words: str) -> None:
        line.told, line.confirmed = words, False
        self._tell(line, overtaken(line, words))

    def _take(self, line: Line, id_: Id, words: str) -> None:
        before, reason = line.base, line.reason
        line.dirty, line.base = False, words  # what the commit announces is what the person wrote
        made = self._desk.attempt(
            lambda: entries.enter(
                self._desk.database, self.kind, id_, line.field.name, words, patient_data_reason=reason
            ),
            otherwise=False,
        )
        if made is False:
            line.dirty, line.base = True, before
            self._timer.start()
            return
        self.bring_up_to_date()
        if isinstance(made, Problem) or line.drafted:
            self._desk.drafted.emit(self.kind.name)

    def _take_for_new(self, line: Line) -> None:
        if not self.keep_drafts() or self._stopped_anywhere():
            return
        reasoned = {name: one.editor.words() for name, one in self._lines.items() if one.reason}
        reason = "; ".join(dict.fromkeys(one.reason for one in self._lines.values() if one.reason))
        made = self._desk.attempt(
            lambda: entries.add_begun(
                self._desk.database, self.kind, self.key, reasoned, patient_data_reason=reason
            )
        )
        if isinstance(made, entries.Lacking):
            self.bring_up_to_date()
            told = dict.fromkeys(reasoned, WITH_ITS_REASON)
            told |= {problem.field: problem.sentence for problem in made.problems}
            if line.field.name in told:
                self._tell(line, told[line.field.name])
        elif isinstance(made, Record):
            self.id, self.key = made.id, str(made.id)
            for name in reasoned:
                self._lines[name].dirty = False
            self.bring_up_to_date()
            self.added.emit(made)

    def _keep_typed(self) -> None:
        """After the last key; and again and again where there was no room for what had been left already."""
        if self.keep_drafts():
            for line in self._lines.values():
                if line.dirty and not line.editor.hasFocus() and not line.asked and line.told is None:
                    self._left(line)

    def keep_drafts(self) -> bool:
        """Keeps every word being typed, so that it outlives a crash; False where it could not be kept.

        Words that look like an NHS number are kept nowhere but in their field.
        """
        typed = {name: line for name, line in self._lines.items() if line.dirty and not self._held_back(line)}
        if not typed:
            return True
        if not self._desk.may_write:
            self._timer.start()
            return False
        words = {name: line.editor.words() for name, line in typed.items()}

        def keep() -> bool:
            drafts.keep_all(self._desk.database, self.kind.name, self.key, words)
            return True

        if not self._desk.attempt(keep, otherwise=False):
            self._timer.start(5 * KEPT_AFTER_MS)  # the words stay here; perhaps there will be room
            return False
        for line in typed.values():
            line.drafted = True
            if self.id is None:
                line.dirty = False
        return True

    def _held_back(self, line: Line) -> bool:
        if line.stopped is None:
            return False
        if not self._stop(line):
            return True  # with its reason, until the entry is added
        if line.drafted and self._desk.may_write:
            self._desk.attempt(
                lambda: drafts.drop(self._desk.database, self.kind.name, self.key, line.field.name)
            )
            line.drafted = False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed into the field and not yet taken into the file."""
        key = event.key()
        line = next((one for one in self._lines.values() if one.editor.hasFocus()), None)
        if line is not None and key == Qt.Key.Key_Escape and (line.dirty or line.drafted):
            self._take_back(line)
            return
        super().keyPressEvent(event)

    def _take_back(self, line: Line) -> None:
        line.dirty = False
        if line.drafted:
            self._desk.attempt(
                lambda: drafts.drop(self._desk.database, self.kind.name, self.key, line.field.name)
            )
            self._desk.drafted.emit(self.kind.name)
        self.bring_up_to_date()

    def _open_named(self, id_: Id) -> None:
        with self._desk.database.read() as reader:
            target = reader.any_of(id_)
        if target is not None:
            self.wanted.emit(target.KIND.name, target.id)

    def _name_no_more(self, line: Line, ref: str) -> None:
        if line.field.given or not line.editor.isEnabled():
            self._desk.say(f"“{line.field.label}” still names {ref}: it may not be left without it.")
            return
        # A link is shown with its title, in which any sign may stand; only several are told apart by theirs.
        several = isinstance(line.field.kind, kinds.LinksTo)
        self.enter_words(line.field.name, without(line.editor.words(), ref) if several else "")
        line.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- word from elsewhere

    def _take_in(self, notice: Notice) -> None:
        if not self.key:
            return
        linked = {f.kind.target for f in self.kind.fields if isinstance(f.kind, kinds.LinkTo | kinds.LinksTo)}
        mine = self.id is not None and self.id in notice.changed.get(self.kind.name, ())
        if mine or linked.intersection(notice.changed):
            self.bring_up_to_date()

    def _take_in_drafts(self, kind_name: str) -> None:
        if kind_name == self.kind.name:
            self.bring_up_to_date()

    def _after_other_work(self, _: object) -> None:
        for line in self._lines.values():
            if line.dirty and not line.editor.hasFocus():
                self._left(line)

    # ---- telling

    def _tell(self, line: Line, sentence: str | None) -> None:
        if line.problem.text() == (sentence or ""):
            return
        line.problem.setText(sentence or "")
        line.problem.setVisible(bool(sentence))
        mark(line.editor, "wrong", on=bool(sentence))
        line.editor.setAccessibleDescription(" ".join(part for part in (line.field.help, sentence) if part))
        if sentence:
            self._desk.say(sentence)
