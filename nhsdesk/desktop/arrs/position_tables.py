"""The year's position as tables: by month and by role with what each rests on, who is to start, what is not claimed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from nhsdesk.desktop.arrs.rows_table import MOST_ROWS, RowsTable
from nhsdesk.desktop.chart_view import ChartView
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label
from nhsdesk.documents.model import Chart
from nhsdesk.domain import outturn
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.outturn import Entry, Lacking, Outturn, Row
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.starters import Starter
from nhsdesk.sections import outturn_charts
from nhsdesk.sections.year_position import Position

_AMOUNTS = ("Claimed", "Uplift", "Filled, not yet claimed", "Forecast outturn", "Planned starters")
_NO_FIGURE = "No figure"


def framed(*parts: QWidget) -> QFrame:
    """A card around parts that have headings of their own."""
    made = QFrame()
    made.setObjectName("card")
    stack = QVBoxLayout(made)
    stack.setContentsMargins(16, 14, 16, 14)
    stack.setSpacing(8)
    for part in parts:
        stack.addWidget(part)
    return made


class Breakdown(QWidget):
    """A chart, its rows, and the posts that the row last asked for rests on."""

    opened = Signal(QWidget)
    """A part that somebody asked for has come below."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._worked: Outturn | None = None
        self._keys: tuple[str, ...] = ()
        self._posts: tuple[int, ...] = ()
        self._key_of: Callable[[Entry | Lacking], str] = lambda one: one.role
        self._asked = ""
        self.chart = ChartView()
        self.rows = RowsTable(
            name, (name.removeprefix("By ").capitalize(), *_AMOUNTS), frozenset(range(1, 6))
        )
        self._help = label("Enter on a row shows the posts it rests on.", "help")
        self.rests_title = label(role="h2")
        self.rests = RowsTable(
            f"{name}: the posts a row rests on",
            ("Post", "Role", "Standing", "Months", "Amount"),
            frozenset({4}),
            most_shown=8,
        )
        self._more = label(role="help")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(framed(self.chart, self.rows, self._help))
        self._below = framed(self.rests_title, self.rests, self._more)
        self._below.hide()
        whole.addWidget(self._below)
        self.rows.wanted.connect(self._ask)
        self.rests.wanted.connect(self._open)

    def show_months(self, worked: Outturn) -> None:
        """April to March."""
        rows = outturn.by_month(worked)
        self._key_of = lambda one: str(one.month)
        self._take(
            worked,
            outturn_charts.by_month(worked),
            [(str(month), month.words_with_number, row) for month, row in rows],
        )

    def show_roles(self, worked: Outturn) -> None:
        """Every role that has a post this year."""
        self._key_of = lambda one: one.role
        rows = [(row.name, row.name, row) for row in outturn.by_role(worked)]
        self._take(worked, outturn_charts.by_role(worked), rows)

    def _take(self, worked: Outturn, chart: Chart, rows: Sequence[tuple[str, str, Row]]) -> None:
        self._worked = worked
        self._keys = tuple(key for key, _, _ in rows)
        self.chart.show_chart(chart)
        told = [_row_words(name, row) for _, name, row in rows]
        sums = [
            total(getattr(row, part) for _, _, row in rows)
            for part in ("claimed", "uplift", "committed", "outturn", "starters")
        ]
        self.rows.show_rows([*told, ("Total", *map(str, sums))] if told else [])
        if self._asked in self._keys:
            self._show_rests(self._keys.index(self._asked))
        else:
            self._below.hide()

    def _ask(self, number: int) -> None:
        if 0 <= number < len(self._keys):
            self._show_rests(number)
            self.rests.setFocus()
            self.opened.emit(self._below)

    def _show_rests(self, number: int) -> None:
        if self._worked is None or not 0 <= number < len(self._keys):
            return
        self._asked = self._keys[number]
        found = _resting(self._worked, lambda one: self._key_of(one) == self._asked)
        self._posts = tuple(post for post, _ in found)
        name = self.rows.rows[number][0]
        what = counted(len(set(self._posts)), "post", "posts")
        self.rests_title.setText(f"{name} rests on {what}. Enter opens a post.")
        self.rests.show_rows([words for _, words in found])
        left = len(found) - MOST_ROWS
        self._more.setText(f"And {left:,} more; the register of posts has them all." if left > 0 else "")
        self._more.setVisible(left > 0)
        self._below.show()

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._posts):
            self._desk.show("post", Id(self._posts[number]))


def _row_words(name: str, row: Row) -> tuple[str, ...]:
    if row.lacking:
        gaps = counted(row.lacking, "line", "lines")
        name = f"{name} ({gaps} without a figure)"
    amounts = (row.claimed, row.uplift, row.committed, row.outturn, row.starters)
    return (name, *map(str, amounts))


def _resting(worked: Outturn, wanted: Callable[[Entry | Lacking], bool]) -> list[tuple[int, tuple[str, ...]]]:
    """One row for each post and standing, the months counted and the amounts added up."""
    pence: dict[tuple[str, int, str, str], list[int]] = {}
    for one in worked.entries:
        if wanted(one):
            key = (one.post, one.post_id, one.role, _capital(one.standing.value))
            pence.setdefault(key, []).append(one.amount.pence)
    found = [
        (post_id, (post, role, standing, f"{len(amounts)}", str(Money(sum(amounts)))))
        for (post, post_id, role, standing), amounts in pence.items()
    ]
    found += [
        (gap.post_id, (gap.post, gap.role, gap.sentence, "1", _NO_FIGURE))
        for gap in worked.lacking
        if wanted(gap)
    ]
    return sorted(found, key=lambda row: row[1])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class StartersPart(QWidget):
    """The planned starters notice: a list and the day by which the ICB is told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._starters: tuple[Starter, ...] = ()
        self._due = label(role="h2")
        self._says = label()
        self.table = RowsTable(
            "Planned starters",
            ("Post", "Role", "How sure", "Stage", "Planned start", "Hours a week", "To 31 March"),
            frozenset({6}),
        )
        self._help = label(
            "A post is a planned starter when its stage is planned, advertised, offer made or vacant and it has a "
            "planned start, contracted hours and a planned salary. Enter opens a post.",
            "help",
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed(self._due, self._says, self.table, self._help))
        self.table.wanted.connect(lambda number: self._desk.show("post", Id(self._starters[number].post_id)))

    def show_position(self, position: Position) -> None:
        """Who is to start by 31 March, confirmed before planned."""
        self._starters = position.starters
        self._due.setText(f"Planned starters notice: tell the ICB by {day_words(position.notice_due)}")
        sure = sum(one.confirmed for one in position.starters)
        thought = len(position.starters) - sure
        self._says.setText(
            f"{sure} confirmed and {thought} planned to start before 31 March. They would add "
            f"{position.outturn.starters} to the forecast outturn."
            if position.starters
            else "Nobody is entered to start before 31 March."
        )
        self.table.show_rows([_starter_words(one) for one in position.starters])


def _starter_words(one: Starter) -> tuple[str, ...]:
    name = one.post if one.label == one.role else f"{one.post} {one.label}"
    hours = "Not entered" if one.hours is None else str(one.hours)
    amount = _NO_FIGURE if one.amount is None else str(one.amount)
    return name, one.role, one.certainty, one.stage, day_words(one.starts), hours, amount


class NotClaimedPart(QWidget):
    """Months that are over and not claimed, and what becomes of them."""

    def __init__(self) -> None:
        super().__init__()
        self._none = label("Every month that is over is claimed.")
        self.table = RowsTable("Months not claimed", ("Month", "Amount", "What it means"), frozenset({1}))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed(label("Months not claimed", "h2"), self._none, self.table))

    def show_position(self, position: Position) -> None:
        """The oldest month first."""
        months = position.outturn.not_claimed
        self._none.setVisible(not months)
        self.table.show_rows(
            [
                (one.month.words_with_number, one.amount_words.capitalize(), one.words.split(". ", 1)[-1])
                for one in months
            ]
        )
