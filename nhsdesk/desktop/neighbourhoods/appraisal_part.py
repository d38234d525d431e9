"""Appraisals of a border: the options beside each other, the window with its days left, the decision and sign-off."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from nhsdesk.commands import neighbourhood_shares as commands
from nhsdesk.commands.neighbourhood_shares import Appraisals
from nhsdesk.desktop import theme
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import label
from nhsdesk.desktop.wrapped_table import WrappedTable
from nhsdesk.domain.kinds import Id
from nhsdesk.sections.footprint import AppraisalFacts, OptionFacts

_NONE = (
    "No appraisal is written down. Add one to the list of footprint appraisals where our border and those of the "
    "neighbourhoods differ, with its options."
)


class AppraisalPart(Part):
    """One appraisal at a time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: Appraisals | None = None
        self.which = QComboBox()
        self.which.setAccessibleName("Appraisal")
        self.which.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.which.setMinimumWidth(theme.px(200))
        self.which.activated.connect(lambda _: self._show())
        self._window, self._stands, self._wrong = label(role="h2"), label(), Told()
        self.options = WrappedTable(
            "Options", ("Option", "For", "Against", "Cost", "Evidence"), wrapped=(1, 0, 2, 4), figures=(3,)
        )
        self.options.setMinimumHeight(theme.px(120))
        self.words = reading("What was said")
        self.open = pressed("Open this appraisal", "open", self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        for part in (self.which, self._window, self._stands, self._wrong):
            column.addWidget(part)
        column.addWidget(self.options, 3)
        column.addWidget(self.words, 1)
        column.addLayout(row(self.open))
        told = "Options, response, decision and sign-off are written in the appraisal’s own form."
        column.addWidget(label(told, "help"))

    def begin_at(self) -> QWidget:
        return self.options if self._seen is not None and self._seen.entries else self.which

    def look(self) -> None:
        before = self._entry()
        self._seen = commands.appraisals(self.desk.database)
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItems([f"{one.ref} {one.title[:120]}" for one in self._seen.entries])
        ids = [one.id for one in self._seen.entries]
        if before is not None and before in ids:
            self.which.setCurrentIndex(ids.index(before))
        self.which.blockSignals(False)
        self._show()

    def _entry(self) -> Id | None:
        at = self.which.currentIndex()
        held = self._seen.entries if self._seen is not None else ()
        return held[at].id if 0 <= at < len(held) else None

    def _facts(self) -> AppraisalFacts | None:
        at = self.which.currentIndex()
        held = self._seen.facts.appraisals if self._seen is not None else ()
        return held[at] if 0 <= at < len(held) else None

    def _show(self) -> None:
        one = self._facts()
        self._window.setText(one.window if one is not None else "No appraisal yet")
        self._stands.setText(f"{one.decision}. {one.sign_off}." if one is not None else _NONE)
        self._wrong.tell("\n".join(problem.sentence for problem in one.problems) if one is not None else "")
        self.options.show_rows(
            [] if one is None else [(n, _cells(held)) for n, held in enumerate(one.options)]
        )
        self.words.setPlainText(_said(one) if one is not None else "")
        self.words.setVisible(bool(self.words.toPlainText()))
        self.open.setEnabled(one is not None)
        self.which.setEnabled(one is not None)

    def _open(self) -> None:
        id_ = self._entry()
        if id_ is not None:
            self.desk.show("footprint_appraisal", id_)


def _cells(one: OptionFacts) -> tuple[str, ...]:
    cost = "" if one.cost is None else str(one.cost)
    return one.option, one.speaks_for, one.speaks_against, cost, one.evidence or "none named"


def _said(one: AppraisalFacts) -> str:
    lines = [
        f"Map: {one.map_reference}" if one.map_reference else "",
        f"Reason given: {one.reason}" if one.reason else "",
        f"Our response: {one.our_view}" if one.our_view else "",
    ]
    return "\n".join(words for words in lines if words)
