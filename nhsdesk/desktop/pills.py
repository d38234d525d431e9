"""A status in a table: a shape, a word and then a colour, on a rounded ground."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from nhsdesk.desktop import icons, theme
from nhsdesk.domain.kinds import Tone

TONE = Qt.ItemDataRole.UserRole + 7
"""The role under which an item of a short table says that its words are a status, and how it is to be read."""

_SIGNS = {Tone.GOOD: "ok", Tone.WARN: "warning", Tone.BAD: "late", Tone.GREY: "clock", Tone.DONE: "ok"}


def paint_pill(painter: QPainter, option: QStyleOptionViewItem, words: str, tone: Tone) -> None:
    """Paints a status into its cell, with an ellipsis where there is too little room."""
    tokens, rect = theme.tokens(), option.rect
    front = tokens.quiet if tone is Tone.GREY else getattr(tokens, tone.value)
    back = tokens.pick if tone is Tone.DONE else getattr(tokens, f"{tone.value}_back")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(option.font)
    font.setPointSizeF(font.pointSizeF() * 0.9)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    sign, pad = theme.px(14), theme.px(8)
    height = painter.fontMetrics().height() + theme.px(4)
    room = rect.width() - 2 * theme.px(4)
    words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room - sign - 3 * pad)
    width = painter.fontMetrics().horizontalAdvance(words) + sign + 3 * pad
    pill = QRect(rect.x() + theme.px(4), rect.center().y() - height // 2, min(width, room), height)
    painter.setPen(QColor(front) if tokens.card == back else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(back))
    painter.drawRoundedRect(pill, height / 2, height / 2)
    picture = icons.icon(_SIGNS[tone], "quiet" if tone is Tone.GREY else tone.value)
    picture.paint(painter, pill.x() + pad, pill.center().y() - sign // 2, sign, sign)
    painter.setPen(QColor(front))
    painter.drawText(
        pill.adjusted(sign + 2 * pad - theme.px(3), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words
    )
    painter.restore()


class PillDelegate(QStyledItemDelegate):
    """Paints the cells of a short table that hold a status."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)  # the ground; `initStyleOption` leaves the words out
        if (tone := index.data(TONE)) is not None:
            paint_pill(painter, option, str(index.data() or ""), tone)

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        if index.data(TONE) is not None:
            option.text = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Never so narrow that a status loses its word."""
        hint = super().sizeHint(option, index)
        if index.data(TONE) is None:
            return hint
        words = option.fontMetrics.horizontalAdvance(str(index.data() or ""))
        return QSize(words + theme.px(48), hint.height())
