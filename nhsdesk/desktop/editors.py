"""What a person types into: one control for each kind of field. All of them give and take words.

editor = editor_for(field, desk)
editor.show_words("£4,400.00")
editor.typed.connect(...)       each time the person changed something
editor.left.connect(...)        when they are done with it: focus gone, Enter, or a choice made
editor.entered.connect(...)     just before, when it was Enter
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QCompleter,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from nhsdesk.desktop import theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file_field import FileField
from nhsdesk.desktop.line_edit import LineEdit, WordsEdit
from nhsdesk.desktop.several_edit import SeveralEdit
from nhsdesk.domain import kinds, times
from nhsdesk.domain.fields import Field
from nhsdesk.store.candidates import candidates

FEW = 7
"""Lists longer than this are searched as you type."""

READ_ONLY = (kinds.OneFile, kinds.Mark, times.Moment)
"""Kinds that no words can be typed for."""


class LongEdit(QPlainTextEdit):
    """Words of any length. Tab leaves it, as it leaves every other field."""

    typed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = False
        self.setTabChangesFocus(True)
        self.setMinimumHeight(theme.px(84))
        self.setMaximumHeight(theme.px(168))
        self.textChanged.connect(self._changed)

    def event(self, event: QEvent) -> bool:
        """Undo and Redo are the window's while nothing typed here can be taken back."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            held = self.document()
            if (event.matches(undo) and not held.isUndoAvailable()) or (
                event.matches(redo) and not held.isRedoAvailable()
            ):
                event.ignore()
                return False
        return super().event(event)

    def words(self) -> str:
        # Qt's plain text turns spaces that hold words together into others; line breaks are all alike here.
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def show_words(self, words: str) -> None:
        self._showing = True
        self.setPlainText(words)
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter is what Enter is in other fields."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _changed(self) -> None:
        if not self._showing:
            self.typed.emit()


class _Combo(QComboBox):
    """A list that a wheel turning over it does not change by accident."""

    chosen = Signal()
    """One was picked from the list that was open."""
    typed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._by_key = False
        self._by_letters = False
        self._letters, self._since = "", QElapsedTimer()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # As wide as there is room, whatever the longest of its words.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(96))

    def words(self) -> str:
        return self.currentText()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._take_the_only_one()
            self.left.emit()

    def _offered(self, words: str) -> list[str]:
        """What of the list holds the words."""
        return []

    def _take_the_only_one(self) -> None:
        """A few letters are enough where they are in one of the list and in no other."""
        words = self.currentText().strip()
        if self._by_letters and words and len(only := self._offered(words)) == 1:
            self.setEditText(only[0])
        self._by_letters = False

    def _written(self) -> None:
        self._by_letters = True
        self.typed.emit()

    def _made_searchable(self) -> None:
        line = WordsEdit()
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line.textEdited.connect(lambda _: self._written())
        line.returnPressed.connect(self._finished)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys run through a list without leaving a change at each step of the way."""
        self._by_key = True
        if not self._finds(event):
            super().keyPressEvent(event)
        self._by_key = False
        if not self.isEditable() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finished()

    def _finds(self, event: QKeyEvent) -> bool:
        """Letters typed one after another go to the item that begins so, or has a word that does; a space among
        them opens no list.
        """
        letter = event.text()
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if self.isEditable() or not letter.isprintable() or not letter or event.modifiers() & commands:
            return False
        goes_on = self._since.isValid() and self._since.elapsed() < QApplication.keyboardInputInterval()
        if letter == " " and not goes_on:
            return False
        self._since.start()
        self._letters = (self._letters if goes_on else "") + letter.casefold()
        again = len(set(self._letters)) == 1
        after = range(self.currentIndex() + 1, self.count()) if again else range(0)
        wanted = self._letters[0] if again else self._letters
        items = [(n, self.itemText(n).casefold()) for n in (*after, *range(self.count()))]
        begins = [n for n, words in items if words.startswith(wanted)]
        at = next(iter(begins or [n for n, words in items if f" {wanted}" in words]), -1)
        if at >= 0 and at != self.currentIndex():
            self.setCurrentIndex(at)
            self.activated.emit(at)
        return True

    def _finished(self) -> None:
        self._take_the_only_one()
        self.entered.emit()
        self.left.emit()

    def _chosen(self) -> None:
        self.typed.emit()
        if not self._by_key:
            self.chosen.emit()
            self.left.emit()


class ChoiceEdit(_Combo):
    """One of a list; a long list is searched as you type."""

    def __init__(self, words: list[str], *, may_be_empty: bool) -> None:
        super().__init__()
        self.addItems([""] if may_be_empty else [])
        self.addItems(words)
        self.setMaxVisibleItems(14)
        if len(words) > FEW:
            self._made_searchable()
            completer = QCompleter(words, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            self.setCompleter(completer)
            completer.activated.connect(self._chosen)
        self.activated.connect(self._chosen)

    def _offered(self, words: str) -> list[str]:
        wanted = words.casefold()
        every = [self.itemText(row) for row in range(self.count())]
        whole = [one for one in every if one.casefold() == wanted]
        return whole or [one for one in every if wanted in one.casefold()]

    def show_words(self, words: str) -> None:
        at = self.findText(words)
        self.setCurrentIndex(at)
        if self.isEditable():
            self.setEditText(words)
        elif at < 0 and words:  # a draft that is none of the list is still shown as it was typed
            self.addItem(words)
            self.setCurrentText(words)


class LinkEdit(_Combo):
    """Another record, found by its reference or words of its title as you type."""

    def __init__(self, target: str, desk: Desk) -> None:
        super().__init__()
        self._target = target
        self._desk = desk
        self._found = QStringListModel(self)
        self._made_searchable()
        self.setModel(self._found)
        self.setCurrentIndex(-1)
        completer = QCompleter(self._found, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        completer.activated.connect(self._chosen)
        self.activated.connect(self._chosen)
        line = self.lineEdit()
        assert line is not None
        line.textEdited.connect(self._look)

    def _offered(self, words: str) -> list[str]:
        with self._desk.database.read() as reader:
            return candidates(reader, self._target, words, most=2)

    def show_words(self, words: str) -> None:
        self.setEditText(words)
        line = self.lineEdit()
        assert line is not None
        line.setCursorPosition(0)

    def showPopup(self) -> None:
        words = self.currentText()
        self._look("")
        self.setEditText(words)
        super().showPopup()

    def _look(self, words: str) -> None:
        with self._desk.database.read() as reader:
            found = candidates(reader, self._target, words)
        line = self.lineEdit()
        assert line is not None
        at = line.cursorPosition()
        self._found.setStringList(found)
        self.setEditText(words)  # a new list would otherwise choose its first for the person
        line.setCursorPosition(at)


Editor = LineEdit | LongEdit | ChoiceEdit | LinkEdit | FileField


def editor_for(field: Field, desk: Desk, parent: QWidget | None = None) -> Editor:
    """The control for a field, named by its label."""
    made = _made(field, desk)
    made.setParent(parent)
    made.setAccessibleName(field.label)
    if field.help:
        made.setAccessibleDescription(field.help)
    return made


def _made(field: Field, desk: Desk) -> Editor:
    match field.kind:
        case kinds.OneOf(choices=choices):
            return ChoiceEdit([choice.words for choice in choices], may_be_empty=not field.given)
        case kinds.Mark():
            return _shown_only(field, desk)
        case kinds.Flag():
            return ChoiceEdit(["Yes", "No"], may_be_empty=not field.given)
        case kinds.LinkTo(target=target) if target:
            return LinkEdit(target, desk)
        case kinds.LongText():
            return LongEdit()
        case kinds.LinksTo() | kinds.SeveralOf():
            return SeveralEdit(field, desk)
        case kinds.OneFile():
            return FileField(field, desk)
        case _:
            return _shown_only(field, desk) if isinstance(field.kind, READ_ONLY) else LineEdit(field, desk)


def _shown_only(field: Field, desk: Desk) -> LineEdit:
    line = LineEdit(field, desk)
    line.setReadOnly(True)
    return line
