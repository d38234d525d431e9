"""How wide the columns of a register are: at first, and at the least."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics

from nhsdesk.desktop import theme
from nhsdesk.desktop.delegates import may_be_a_status, pill_words
from nhsdesk.desktop.record_model import TONE, RecordModel
from nhsdesk.desktop.shown_columns import Shown
from nhsdesk.domain.kinds import LinkTo, OneOf, Text

_REF, _LONG, _WORKED_OUT, _LINK, _PLAIN = 76, 200, 122, 106, 112

_BESIDE = 36
"""What a heading or a reference keeps free beside its words."""

MOST_LINES = 3
"""What a heading may take."""

_LOOKED_AT, _WIDEST_PILL = 12, 190
"""Of so many rows the statuses are measured, and none is given more room than this."""


def at_first(columns: Sequence[Shown]) -> list[int]:
    """Widths in pixels at 100 %, before they are stretched over the room there is; the first words get the most."""
    texts = (number for number, one in enumerate(columns) if one.field and type(one.field.kind) is Text)
    long_one = 1 if len(columns) > 1 and columns[1].derived is not None else next(texts, 1)
    widths = [_LONG if number == long_one else _width_of(one) for number, one in enumerate(columns)]
    return [_REF, *widths[1:]]


def least(model: RecordModel, number: int, metrics: QFontMetrics) -> int:
    """Room for a whole reference, for a heading in the lines it may take, and for a status as far as it is shown."""
    if number == 0:
        return metrics.horizontalAdvance(f"{model.kind.prefix}-000") + theme.px(_BESIDE)
    column = model.columns[number]
    heading = narrowest([metrics.horizontalAdvance(f"{word} ") for word in column.label.split()])
    rows = range(min(model.rowCount(), _LOOKED_AT)) if may_be_a_status(column) else ()
    pills = max((_pill_width(model, row, number, metrics) for row in rows), default=0)
    return max(heading + theme.px(_BESIDE), min(pills, theme.px(_WIDEST_PILL)))


def narrowest(words: Sequence[int], lines: int = MOST_LINES) -> int:
    """The least width in which words of these widths, one after the other, take no more than so many lines."""
    parts = {sum(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)}
    widths = sorted(width for width in parts if width >= max(words))
    return next((width for width in widths if _lines_at(words, width) <= lines), 0)


def _lines_at(words: Sequence[int], width: int) -> int:
    """How many lines they take, where none is wider."""
    lines, left = 0, 0
    for word in words:
        if word > left:
            lines, left = lines + 1, width
        left -= word
    return lines


def _pill_width(model: RecordModel, row: int, number: int, metrics: QFontMetrics) -> int:
    index = model.index(row, number)
    if model.data(index, TONE) is None:
        return 0
    return metrics.horizontalAdvance(pill_words(index)) + theme.px(48)


def _width_of(column: Shown) -> int:
    if column.field is None:
        return _WORKED_OUT  # "Asked of us; not required" must not be cut before its end
    return _LINK if isinstance(column.field.kind, LinkTo | OneOf) else _PLAIN
