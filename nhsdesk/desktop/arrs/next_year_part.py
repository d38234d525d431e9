"""Next year beside this one: by role, the whole cost of starters, and what must be known before 31 March."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.desktop.arrs.position_tables import framed
from nhsdesk.desktop.arrs.position_work import Ready
from nhsdesk.desktop.arrs.rows_table import RowsTable
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.next_year import Beside, Ending
from nhsdesk.domain.periods import day_words
from nhsdesk.sections.next_year import NextYear

_NOTHING = "Nothing assumed"


class NextYearPart(QWidget):
    """The year to come, with what a scenario assumes of pay and maxima."""

    assumed = Signal(object)
    """The id of the scenario by which it is to be assumed; None for none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._next: NextYear | None = None
        self._ids: tuple[Id | None, ...] = (None,)
        self._title = label(role="h2")
        self.which = QComboBox()
        self.which.setAccessibleName("Next year with what is assumed in")
        self.which.addItem(_NOTHING)
        self._fits = label()
        self._assumes = label(role="help")
        money = frozenset({1, 2, 3})
        self.roles = RowsTable(
            "Next year by role", ("Role", "This year", "Next year", "Difference", "Maximum"), money
        )
        self.starters = RowsTable(
            "Full-year effect of starters", ("Post", "This year", "Next year", "Difference"), money
        )
        self.endings = RowsTable(
            "Notice, redundancy and TUPE",
            ("Post", "Ends or money ends", "Fixed term", "Give notice by", "Redundancy", "TUPE"),
            frozenset({4}),
            most_shown=8,
        )
        self._exposure = label()
        self._no_starters = label("Nobody starts during this year.")
        self._lay_out()
        self.which.activated.connect(lambda at: self.assumed.emit(self._ids[at]))
        self.starters.wanted.connect(self._open_starter)
        self.endings.wanted.connect(self._open_ending)

    def show_ready(self, ready: Ready) -> None:
        """The year after the one shown."""
        self._next = made = ready.next_year
        self._offer(ready)
        self._title.setText(f"{made.year} beside {made.this.year}")
        self._fits.setText(made.words)
        self._assumes.setText("\n".join(made.assumes))
        rows = [_beside(one, "Assumed" if one.assumed else "Published") for one in made.roles]
        self.roles.show_rows([*rows, _sum_row(made)] if rows else [])
        self.starters.show_rows([_beside(one) for one in made.starters])
        self._no_starters.setVisible(not made.starters)
        self.endings.show_rows([_ending(one) for one in made.endings])
        self._exposure.setText(_exposure_words(made))

    def _offer(self, ready: Ready) -> None:
        ids: tuple[Id | None, ...] = (None, *(one.scenario.id for one in ready.thoughts))
        words = [_NOTHING, *(f"{one.scenario.ref} {one.scenario.title}" for one in ready.thoughts)]
        if ids != self._ids or words != [self.which.itemText(n) for n in range(self.which.count())]:
            self.which.clear()
            self.which.addItems(words)
            self._ids = ids
        wanted = ready.wanted.assuming
        self.which.setCurrentIndex(ids.index(wanted) if wanted in ids else 0)

    def _open_starter(self, number: int) -> None:
        if self._next is not None:
            self._desk.show("post", Id(self._next.starters[number].post_id))

    def _open_ending(self, number: int) -> None:
        if self._next is not None:
            self._desk.show("post", Id(self._next.endings[number].post_id))

    def _lay_out(self) -> None:
        self.which.setMinimumContentsLength(12)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        chosen = QWidget()
        line = QHBoxLayout(chosen)
        line.setContentsMargins(0, 0, 0, 0)
        above = label("With what is assumed in", "field", wrap=False)
        above.setBuddy(self.which)
        line.addWidget(above)
        line.addWidget(self.which, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(framed(self._title, chosen, self._fits, self._assumes, self.roles))
        whole.addWidget(framed(label("Full-year effect of starters", "h2"), self._no_starters, self.starters))
        whole.addWidget(framed(label("Notice, redundancy and TUPE", "h2"), self._exposure, self.endings))


def _beside(one: Beside, maximum: str | None = None) -> tuple[str, ...]:
    name = (
        f"{one.name} ({counted(one.lacking, 'month', 'months')} without a figure)"
        if one.lacking
        else one.name
    )
    cells = (name, str(one.this_year), str(one.next_year), str(one.more))
    return cells if maximum is None else (*cells, maximum)


def _sum_row(made: NextYear) -> tuple[str, ...]:
    this: Money = total(one.this_year for one in made.roles)
    following = total(one.next_year for one in made.roles)
    return "Total", str(this), str(following), str(following - this), ""


def _ending(one: Ending) -> tuple[str, ...]:
    return (
        f"{one.post} {one.label}",
        day_words(one.ends),
        "Yes" if one.fixed_term else "No",
        "Not entered" if one.notice_by is None else day_words(one.notice_by),
        "Not entered" if one.redundancy is None else str(one.redundancy),
        {True: "May apply", False: "No", None: "Not entered"}[one.tupe],
    )


def _exposure_words(made: NextYear) -> str:
    told = made.exposure
    tupe = f"TUPE may apply to {', '.join(told.tupe)}." if told.tupe else "TUPE is entered for no post."
    return (
        f"Redundancy, as employers estimated it: {told.redundancy}, with no estimate for "
        f"{counted(told.without_estimate, 'post', 'posts')}. {tupe} Where no end date is entered, notice is "
        "counted back from 31 March, the day the year's money ends."
    )
