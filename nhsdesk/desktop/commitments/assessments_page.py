"""Quarter’s scores: one quarter scored against a framework, beside the quarter before, with what it rests on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nhsdesk.commands import assessments
from nhsdesk.commands.assessments import Shelf
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.commitments.framework_intake import FrameworkIntake
from nhsdesk.desktop.commitments.parts import narrow_box
from nhsdesk.desktop.commitments.score_detail import ScoreDetail
from nhsdesk.desktop.commitments.score_table import ScoreTable
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.following import FollowingPage
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.split import Split
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.assessments import Framework, goes_out, minutes_words, signed, whose
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Quarter
from nhsdesk.sections.assessments import AssessmentFacts

_BOTH_BESIDE = 900
WORKBOOK = "Excel workbook (*.xlsx)"
_NONE = (
    "No framework is in this PCN file yet. Adopt one that comes with the program, or import an official file."
)


class AssessmentsPage(FollowingPage):
    """Framework and quarter at the top with whose assessment it is; lines by section; the chosen line beside them."""

    title = "Quarter’s scores"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._quarter = assessments.usual_quarter(desk.database)
        self._framework: Id | None = None
        self._seen = Shelf(())
        self._build()

    # ---- what the window asks

    def take_focus(self) -> None:
        where = self.table if self.table.isVisible() else self.adopt
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish_typing(self) -> bool:
        return self.detail.keep_typed()

    def selection_words(self) -> str:
        facts = self._seen.facts
        return "" if facts is None else f"{facts.quarter}: {_summary(facts)}"

    # ---- looking

    def look(self) -> None:
        seen = self.desk.attempt(lambda: assessments.view(self.desk.database, self._framework, self._quarter))
        if seen is None:
            return
        self._seen = seen
        self._framework = seen.framework.id if seen.framework else None
        self._offer(seen)
        facts = seen.facts
        self.whose.setText(whose(seen.framework) if seen.framework else _NONE)
        self.part.setText(f"Our part: {facts.our_part}" if facts and facts.our_part else "")
        self.part.setVisible(bool(self.part.text()))
        self.summary.setText(_summary(facts) if facts else _not_begun(seen, self._quarter))
        self.table.show_facts(facts)
        self._make_room()
        self._show_line(self.table.current)
        self._allow()
        self.selection_changed.emit()

    def _offer(self, seen: Shelf) -> None:
        """The choices, without telling of a choice nobody made."""
        quarters = assessments.quarters(self.desk.database)
        _choices(
            self.frameworks, [(_name(one), str(one.id)) for one in seen.frameworks], str(self._framework)
        )
        _choices(self.quarters, [(str(one), str(one)) for one in quarters], str(self._quarter))
        self.frameworks.setVisible(bool(seen.frameworks))
        self.quarters.setVisible(bool(seen.frameworks))

    def _make_room(self) -> None:
        """The scores step back while a framework is looked at."""
        scored = self._seen.facts is not None and self.intake.isHidden()
        self.split.setVisible(scored)
        self._rest.setVisible(not scored)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room beside the table, the chosen line comes below it."""
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_BOTH_BESIDE)
        self.split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _show_line(self, key: object) -> None:
        self.detail.show_line(self._seen.facts, self._seen.assessment, key)

    def _allow(self) -> None:
        may, seen = not self.desk.database.read_only_because, self._seen
        self.begin.setText(f"Begin {self._quarter}")
        self.begin.setVisible(seen.framework is not None and seen.assessment is None)
        self.begin.setEnabled(may)
        self.adopt.setEnabled(may)
        self.take.setEnabled(may)
        carried = seen.facts.carried if seen.facts else 0
        self.still.setText(f"Still so: {counted(carried, 'line', 'lines')} carried forward")
        self.still.setVisible(bool(carried))
        self.still.setEnabled(may)
        self.save.setVisible(seen.facts is not None)
        self.sent.setVisible(seen.assessment is not None)
        self.sent.setEnabled(may)
        if seen.assessment is not None and seen.framework is not None:
            self.sent.blockSignals(True)
            self.sent.setChecked(goes_out(seen.assessment, seen.framework))
            self.sent.blockSignals(False)

    # ---- doing

    def _choose(self) -> None:
        self.detail.keep_typed()
        self._framework = Id(int(self.frameworks.currentData()))
        self._quarter = Quarter.parse(str(self.quarters.currentData()))
        self.look_now()

    def _taken(self, framework: Id) -> None:
        self._framework = framework
        self.look_now()

    def _begin(self) -> None:
        framework = self._seen.framework
        if framework is None:
            return
        begun = self.desk.attempt(lambda: assessments.begin(self.desk.database, framework, self._quarter))
        if begun is not None:
            self.look_now()
            self.desk.say(f"{begun.ref} was begun for {self._quarter}.")
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _still(self) -> None:
        held = self._seen.assessment
        if held is None:
            return
        done = self.desk.attempt(lambda: assessments.still_so(self.desk.database, held))
        if done is not None:
            self.look_now()
            self.desk.say(f"{counted(done, 'line', 'lines')} carried forward still hold.")

    def _send(self, out: bool) -> None:
        held = self._seen.assessment
        if held is not None:
            self.desk.attempt(lambda: assessments.send(self.desk.database, held, goes_out=out))
            self.look_now()

    def _save(self) -> None:
        self.detail.keep_typed()
        name = f"DRAFT Quarterly assessment {str(self._quarter).replace('/', '-')}.xlsx"
        path = asking.choose_file(self, "Save a draft of the quarter", Path.home(), name, WORKBOOK)
        if path is None:
            return
        database, quarter = self.desk.database, self._quarter
        self.desk.background.start(
            f"Writing {path.name}",
            lambda _: assessments.save_workbook(database, quarter, path),
            lambda saved: self.desk.say(f"{saved.name} was saved, marked as a draft."),
        )

    # ---- how it is laid out

    def _build(self) -> None:
        self.frameworks = narrow_box("Framework", 32)
        self.quarters = narrow_box("Quarter", 8)
        for one in (self.frameworks, self.quarters):
            one.activated.connect(lambda _: self._choose())
        self.whose = label(role="h2")
        self.part = label(role="quiet")
        self.summary = label()
        self.begin = button("", "add", primary=True)
        self.still = button("", "check")
        self.save = button("Save a draft workbook…", "export")
        self.adopt = button("Adopt a framework…", "add")
        self.take = button("Import a framework file…", "import")
        self.sent = QCheckBox("Goes into the return")
        self.begin.clicked.connect(self._begin)
        self.still.clicked.connect(self._still)
        self.save.clicked.connect(self._save)
        self.sent.toggled.connect(self._send)
        self.intake = FrameworkIntake(self.desk)
        self.intake.taken.connect(self._taken)
        self.intake.turned.connect(self._make_room)
        self.adopt.clicked.connect(lambda _=False: self.intake.offer())
        self.take.clicked.connect(lambda _=False: self.intake.ask())
        self.table = ScoreTable()
        self.table.setMinimumWidth(theme.px(240))
        self.table.setMinimumHeight(theme.px(160))
        self.detail = ScoreDetail(self.desk)
        self.detail.changed.connect(self.look_now)
        self.table.chosen.connect(self._show_line)
        self.table.leveled.connect(self.detail.give_level)
        self.table.opened.connect(lambda _: self.detail.level.setFocus(Qt.FocusReason.OtherFocusReason))
        self._lay_out()

    def _lay_out(self) -> None:
        self.split = Split()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        beside = scrolled_down(self.detail)
        beside.setMinimumWidth(theme.px(220))
        beside.setMinimumHeight(theme.px(200))
        self.split.addWidget(beside)
        self.split.setStretchFactor(0, 1)
        # Its least height counts, not the height it would like: the words above it need theirs whole.
        self.split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.split.setMinimumHeight(theme.px(280))
        self.split.setSizes([theme.px(760), theme.px(320)])
        self._rest = QWidget()
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(24, 16, 24, 12)
        inside.setSpacing(8)
        inside.addWidget(label("Quarter’s scores", "h1"))
        for row in (
            (self.frameworks, self.quarters, self.begin, self.still),
            (self.adopt, self.take, self.save, self.sent),
        ):
            flow = Flow()
            flow.setSpacing(8)
            for one in row:
                flow.addWidget(one)
            inside.addLayout(flow)
        for part in (self.intake, self.whose, self.part, self.summary):
            inside.addWidget(part)
        inside.addWidget(self.split, 1)
        inside.addWidget(self._rest, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled_down(whole))


def _choices(combo: QComboBox, offered: list[tuple[str, str]], chosen: str) -> None:
    combo.blockSignals(True)
    combo.clear()
    for words, data in offered:
        combo.addItem(words, data)
    combo.setCurrentIndex(max(combo.findData(chosen), 0) if offered else -1)
    combo.blockSignals(False)


def _name(framework: Framework) -> str:
    return ", ".join(filter(None, (framework.title, framework.edition)))


def _summary(facts: AssessmentFacts) -> str:
    whole = facts.whole
    parts = [f"{whole.scored:,} of {counted(whole.lines, 'line', 'lines')} scored"]
    if facts.quarter_before:
        parts.append(f"{signed(whole.difference) or 'nothing to compare'} since {facts.quarter_before}")
    parts.append(f"{minutes_words(facts.minutes)} spent")
    return "; ".join(parts) + "."


def _not_begun(seen: Shelf, quarter: Quarter) -> str:
    if seen.framework is None:
        return ""
    return f"{quarter} was not begun yet. Beginning it carries forward what the last quarter came to."
