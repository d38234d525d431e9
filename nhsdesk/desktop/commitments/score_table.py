"""The lines of a framework by section, each with its level, last quarter's and the difference; 0 to 3 set a level."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from nhsdesk.desktop import theme
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.domain.assessments import signed
from nhsdesk.sections.assessments import AssessmentFacts, LineFacts, SectionFacts

HEADINGS = (
    "Reference",
    "Standard",
    "Level",
    "Last\nquarter",
    "Differ-\nence",
    "Evi-\ndence",
    "Official\nor local",
)
_STANDARD = 1
_ENDLESS = 100_000
_STANDING = {"Verified against a source": "Verified", "From an imported file": "Imported"}


class ScoreTable(PlainTable):
    """A row for each section and one for each of its lines; a section's row has no level to set."""

    leveled = Signal(str)
    """The level pressed for the current line; empty to take it away."""

    def __init__(self) -> None:
        super().__init__("Lines of the framework", HEADINGS, figures=(2, 3, 4, 5), stretched=_STANDARD)
        self._rows = QTimer(self)
        self._rows.setSingleShot(True)
        self._rows.setInterval(0)
        self._rows.timeout.connect(self.resizeRowsToContents)
        self.horizontalHeader().sectionResized.connect(self._resized)

    def _resized(self, column: int, *_: int) -> None:
        """Rows are as high as their words need at this width."""
        if column == _STANDARD:
            self._rows.start()

    def sizeHintForRow(self, row: int) -> int:
        """The wrapped words of the standard, less the room that the sheet keeps beside them."""
        item = self.item(row, _STANDARD)
        if item is None:
            return super().sizeHintForRow(row)
        room = self.columnWidth(_STANDARD) - theme.px(28)
        wrapped = self.fontMetrics().boundingRect(
            0, 0, max(room, theme.px(40)), _ENDLESS, Qt.TextFlag.TextWordWrap, item.text()
        )
        return max(super().sizeHintForRow(row), wrapped.height() + theme.px(12))

    def show_facts(self, facts: AssessmentFacts | None) -> None:
        """Shows every line under its section; nothing where the quarter was not begun."""
        rows: list[tuple[object, tuple[str, ...]]] = []
        begun = self.current is not None
        if facts is not None:
            lines: dict[str, list[LineFacts]] = {}
            for line in facts.lines:
                lines.setdefault(line.section, []).append(line)
            for section in facts.sections:
                rows.append((section.name, _section(section)))
                rows.extend((line.line_id, _line(line)) for line in lines[section.name])
        self.show_rows(rows)
        if not begun and facts is not None and facts.lines:
            self.go_to(facts.lines[0].line_id)  # the section above it has nothing to be scored

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit sets the level of the current line, Delete takes it away."""
        if event.text().isdecimal() and len(event.text()) == 1:
            self.leveled.emit(event.text())
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.leveled.emit("")
            return
        super().keyPressEvent(event)


def _section(section: SectionFacts) -> tuple[str, ...]:
    lowest = "" if section.lowest is None else f"lowest {section.lowest}"
    words = f"{section.name}: {section.scored} of {section.lines} scored"
    return ("", words, lowest, "", signed(section.difference), "", "")


def _line(line: LineFacts) -> tuple[str, ...]:
    level = "" if line.level is None else str(line.level)
    return (
        line.ref,
        line.standard,
        f"{level}\ncarried" if line.carried else level,
        "" if line.before is None else str(line.before),
        signed(line.difference),
        str(len(line.evidence)) if line.evidence else "",
        _STANDING.get(line.standing, "Local"),
    )
