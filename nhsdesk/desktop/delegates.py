"""How a cell is painted and typed into: a status as shape, word and colour; words not yet in the file marked so."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.editors import ChoiceEdit, LinkEdit, LongEdit, editor_for
from nhsdesk.desktop.pills import paint_pill
from nhsdesk.desktop.record_model import DRAFTED, TONE, RecordModel
from nhsdesk.desktop.shown_columns import Shown
from nhsdesk.domain.kinds import OneOf, Tone
from nhsdesk.store.register import REF

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints statuses as pills and opens the editor of the column's field."""

    def __init__(self, desk: Desk, model: RecordModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._plain = frozenset(n for n, column in enumerate(model.columns) if not may_be_a_status(column))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() in self._plain and not self._model.has_drafts:
            super().paint(painter, option, index)  # most cells, and they are painted at every letter typed
            return
        tone = index.data(TONE)
        drafted = bool(index.data(DRAFTED))
        if tone is None and not drafted:
            super().paint(painter, option, index)
            return
        super().paint(painter, option, index)  # the ground; `initStyleOption` leaves the words out
        if self._is_ref(index):
            self._paint_sign(painter, option, tone)
        elif drafted:
            self._paint_draft(painter, option, str(index.data() or ""))
        else:
            paint_pill(painter, option, pill_words(index), tone)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.column() in self._plain and not self._model.has_drafts:
            return
        if not self._is_ref(index) and (index.data(TONE) is not None or index.data(DRAFTED)):
            option.text = ""

    def _is_ref(self, index: Index) -> bool:
        """A reference keeps its words, with a sign in the corner of the cell."""
        return self._model.columns[index.column()].name == REF

    def _paint_sign(self, painter: QPainter, option: QStyleOptionViewItem, tone: Tone) -> None:
        side = theme.px(14)
        place = QRect(option.rect.right() - side, option.rect.top() + theme.px(2), side, side)
        icons.icon("warning", tone.value).paint(painter, place)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = self._model.columns[index.column()].field
        assert field is not None
        editor = editor_for(field, self._desk, parent)
        if isinstance(editor, ChoiceEdit | LinkEdit):
            editor.chosen.connect(lambda: self.commitData.emit(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        show = getattr(editor, "show_words", None)
        if show is not None:
            show(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        line = editor.lineEdit() if isinstance(editor, ChoiceEdit | LinkEdit) else None
        if line is not None:
            line.selectAll()  # as in every other cell: what is typed takes the place of what stood there

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        words = getattr(editor, "words", None)
        if words is not None and index.isValid():
            typed = words()
            if typed != str(index.data(Qt.ItemDataRole.EditRole) or ""):
                model.setData(index, typed)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        place = QRect(option.rect)
        if isinstance(editor, LongEdit):
            place.setHeight(max(place.height(), theme.px(120)))
        editor.setGeometry(place)

    # ---- painting

    def _paint_draft(self, painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
        rect = option.rect
        painter.save()
        painter.setPen(QColor(theme.tokens().warn))
        sign = theme.px(16)
        icons.icon("edit", "warn").paint(
            painter, rect.x() + theme.px(4), rect.center().y() - sign // 2, sign, sign
        )
        place = rect.adjusted(sign + theme.px(8), 0, -theme.px(4), 0)
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Never so narrow that a status loses its word."""
        hint = super().sizeHint(option, index)
        if index.data(TONE) is None:
            return hint
        words = option.fontMetrics.horizontalAdvance(str(index.data() or ""))
        return hint + QSize(words + theme.px(40), 0)


def pill_words(index: Index) -> str:
    """A status that explains itself is told by its first words; a screen reader gets all of them."""
    return str(index.data() or "").split(":")[0]


def may_be_a_status(column: Shown) -> bool:
    """Whether a column holds choices, or a reference that may wear a sign; only of those has any a tone."""
    if column.field is not None:
        return isinstance(column.field.kind, OneOf)
    return column.derived is not None or column.name == REF
