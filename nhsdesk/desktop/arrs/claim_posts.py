"""The posts of a month's claim with the five numbers apart, and the working of the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.arrs.giving_table import GivingTable
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import claim_steps
from nhsdesk.domain.claimed import ClaimLine
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.sections.claim_lines import LineFacts
from nhsdesk.sections.claim_month import MonthView

_HEADINGS = ("Post", "Portal\nlabel", "Hours", "Cost", "Maximum", "Pro rata\nmaximum", "Claimed", "Paid")
_FIGURES = range(2, 8)
_GIVING = (2, 4)
"""Hours, then the maximum: the working of each post has both."""


class ClaimPosts(QWidget):
    """A table of posts, and beside it how the chosen one's claim comes about."""

    wanted = Signal(str, object)
    """Kind and id of an entry somebody wants to see."""

    def __init__(self) -> None:
        super().__init__()
        self.table = GivingTable(
            "Posts claimed for", _HEADINGS, figures=_FIGURES, stretched=1, giving=_GIVING
        )
        self.table.gave_way.connect(self._tell_hidden)
        self.table.chosen.connect(self._show_working)
        self.table.opened.connect(lambda key: self.wanted.emit("post", key[0]))
        self._working: dict[tuple[Id, str], tuple[str, tuple[str, ...]]] = {}
        self._title = label(role="h2")
        self._steps = QPlainTextEdit()
        self._steps.setReadOnly(True)
        self._steps.setTabChangesFocus(True)
        self._steps.setFrameShape(QFrame.Shape.NoFrame)
        self._steps.setAccessibleName("How it is worked out")
        self._open = QPushButton("Open the post")
        icons.put(self._open, "open")
        self._open.clicked.connect(self._open_post)
        self._totals = label(role="quiet")
        self._hidden = label(role="help")
        self._hidden.hide()
        self._lay_out()

    def show_month(self, seen: MonthView) -> None:
        """The month's lines: those kept where there is a claim, else those it would come to now."""
        self._working = {}
        rows = []
        if seen.claim is None:
            for fresh in seen.now.lines:
                rows.append(self._row(_key(fresh), _now_cells(fresh, seen.paid), fresh.working))
        else:
            posts = {Id(int(line.post_id)): line.post for line in seen.now.lines}
            for kept in seen.lines:
                words = claim_steps.kept_words(kept.working)
                ref = posts.get(kept.post, "")
                rows.append(
                    self._row((kept.post, kept.employment or ""), _kept_cells(ref, kept, seen.paid), words)
                )
        self.table.show_rows(rows)
        self._totals.setText(totals_words(seen))

    def _row(
        self, key: tuple[Id, str], cells: tuple[str, ...], words: Sequence[str]
    ) -> tuple[tuple[Id, str], tuple[str, ...]]:
        self._working[key] = (f"{cells[0]} {cells[1]}: {cells[6]}", tuple(words))
        return key, cells

    def _show_working(self, key: tuple[Id, str] | None) -> None:
        title, words = self._working.get(key, ("", ())) if key is not None else ("", ())
        self._title.setText(title)
        numbered = [f"{number}. {words_}" for number, words_ in enumerate(words, 1)]
        self._steps.setPlainText("\n".join(numbered) or "Choose a post to see how its claim comes about.")
        self._open.setEnabled(key is not None)

    def _tell_hidden(self, headings: list[str]) -> None:
        """Which columns there is no room for, and where else they stand."""
        named = " and ".join(heading.lower() for heading in headings)
        self._hidden.setText(f"No room here for {named}: the working of each post has them." if named else "")
        self._hidden.setVisible(bool(named))

    def _open_post(self) -> None:
        key = self.table.current
        if key is not None:
            self.wanted.emit("post", key[0])

    def _lay_out(self) -> None:
        beside = QFrame()
        beside.setObjectName("card")
        inside = QVBoxLayout(beside)
        inside.setContentsMargins(12, 8, 12, 12)
        inside.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        row.addWidget(self._open)
        inside.addLayout(row)
        inside.addWidget(self._steps, 1)
        split = Split(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(beside)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.table.setMinimumWidth(theme.px(190))
        self.table.keep_in_sight()
        beside.setMinimumHeight(theme.px(150))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(split, 1)
        column.addWidget(self._hidden)
        column.addWidget(self._totals)


def _key(line: LineFacts) -> tuple[Id, str]:
    return Id(int(line.post_id)), line.employment


def _now_cells(line: LineFacts, paid: object) -> tuple[str, ...]:
    return (line.post, line.label, str(line.hours), *_figures(line, _paid(paid, Id(int(line.post_id)))))


def _kept_cells(ref: str, line: ClaimLine, paid: object) -> tuple[str, ...]:
    hours = "" if line.hours is None else str(line.hours)
    return (ref or line.ref, line.label or "", hours, *_figures(line, _paid(paid, line.post)))


def _paid(paid: object, post: Id) -> str:
    held = paid.get(post) if isinstance(paid, dict) else None
    return "" if held is None else str(held)


def _figures(line: LineFacts | ClaimLine, paid: str) -> tuple[str, ...]:
    return str(line.cost), str(line.maximum), str(line.pro_rata_maximum), str(line.claimed), paid


def totals_words(seen: MonthView) -> str:
    """The totals of a month in one line."""
    lines: Sequence[LineFacts | ClaimLine] = seen.lines if seen.claim is not None else seen.now.lines
    cost = sum(line.cost.pence for line in lines)
    claimed = sum(line.claimed.pence for line in lines)
    told = f"{counted(len(lines), 'line', 'lines')}: cost {Money(cost)}, claimed {Money(claimed)}"
    told += f", borne by the PCN {Money(cost - claimed)}"
    if seen.paid:
        told += f", paid {Money(sum(amount.pence for amount in seen.paid.values()))}"
    return told + "."
