"""The divider between a list and what stands beside or below it: moved by the mouse, and by keys as well.

The commands stand in the View menu. They move the divider around what has the focus, or the first one in sight.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

MORE, LESS = "Ctrl+]", "Ctrl+["
STEP = 0.05
"""Of the room of both parts together, at each key."""


class Split(QSplitter):
    """Two parts with a divider between them."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        super().__init__(orientation)

    def give(self, steps: int) -> str:
        """Gives the first part so many steps more room; tells how much it has now."""
        shown = [
            at for at, one in enumerate(map(self.widget, range(self.count()))) if one and one.isVisible()
        ]
        if len(shown) < 2:
            return ""
        sizes = self.sizes()
        first, second = shown[0], shown[-1]
        by = round(sum(sizes) * STEP * steps)
        sizes[first], sizes[second] = max(sizes[first] + by, 0), max(sizes[second] - by, 0)
        self.setSizes(sizes)
        self.splitterMoved.emit(self.sizes()[first], 1)
        now = self.sizes()
        whole = "width" if self.orientation() is Qt.Orientation.Horizontal else "height"
        return f"The first part has {round(100 * now[first] / max(sum(now), 1))}% of the {whole}."


def move_divider(within: QWidget, steps: int) -> str:
    """Moves the divider around what has the focus, or the first in sight; what to tell, in a sentence."""
    split = _around(QApplication.focusWidget()) or next(
        (one for one in within.findChildren(Split) if one.isVisible()), None
    )
    told = split.give(steps) if split is not None else ""
    return told or "There is no divider on this page."


def _around(one: QWidget | None) -> Split | None:
    while one is not None and not isinstance(one, Split):
        one = one.parentWidget()
    return one
