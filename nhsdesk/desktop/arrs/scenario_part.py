"""Scenarios on the position page: compared side by side, made from a few words, turned into posts."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nhsdesk.commands import scenarios
from nhsdesk.commands.entries import link_words
from nhsdesk.commands.scenarios import Typed
from nhsdesk.desktop import theme
from nhsdesk.desktop.arrs.position_tables import framed
from nhsdesk.desktop.arrs.position_work import Ready
from nhsdesk.desktop.arrs.rows_table import RowsTable
from nhsdesk.desktop.cards import button
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.flow import Flow
from nhsdesk.desktop.told_here import Told, ToldOf
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.scenarios import Scenario
from nhsdesk.sections.scenario_outturns import Compared

_WITHOUT = "Without any"
_POST = "scenario_post"


class ScenarioPart(QWidget):
    """The comparison above, a new scenario below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._compared: tuple[Compared, ...] = ()
        self.table = RowsTable(
            "Scenarios compared",
            ("Scenario", "Forecast outturn", "Adds", "Headroom", "Turned into"),
            frozenset({1, 2, 3}),
        )
        self._assumes = label()
        self._turn = button("Turn into posts", "add")
        self._open = button("Open scenario", "open")
        self._told = ToldOf(desk)
        self._trouble = Told()
        self.form = ScenarioForm(desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        buttons = in_a_line(self._turn, self._open)
        help_ = label(
            "Each is worked out by the claim engine over the same year, with and without it. Nothing of a scenario is "
            "in the forecast outturn above.",
            "help",
        )
        whole.addWidget(
            framed(
                label("Scenarios compared", "h2"),
                help_,
                self.table,
                self._assumes,
                buttons,
                self._told,
                self._trouble,
            )
        )
        whole.addWidget(self.form)
        self.table.marked.connect(lambda _: self._mark())
        self.table.wanted.connect(lambda _: self._show())
        self._turn.clicked.connect(self._turn_into_posts)
        self._open.clicked.connect(self._show)

    def show_ready(self, ready: Ready) -> None:
        """The year without any scenario, and with each."""
        self._compared = ready.compared
        base = ready.position.outturn
        rows = [(_WITHOUT, str(base.forecast), "£0.00", _amount(base.headroom), "")]
        rows += [
            (
                f"{one.ref} {one.title}",
                _at_least(one),
                str(one.adds),
                _amount(one.headroom),
                ", ".join(one.became) or "Not yet",
            )
            for one in ready.compared
        ]
        self.table.show_rows(rows)
        self._mark()
        self.form.offer(ready)

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        marked = self._marked()
        self._turn.setEnabled(marked is not None and not marked.became and self._desk.may_write)
        self._open.setEnabled(marked is not None)
        self.form.allow()

    def _marked(self) -> Compared | None:
        at = self.table.currentRow() - 1
        return self._compared[at] if 0 <= at < len(self._compared) else None

    def _mark(self) -> None:
        marked = self._marked()
        if marked is None:
            told = (
                "Mark a scenario to see what it assumes."
                if self._compared
                else "There is no scenario for this year yet."
            )
        else:
            gaps = [f"{gap.post}: {gap.sentence}" for gap in marked.outturn.lacking[:3]]
            gaps += [one.sentence for one in marked.outturn.problems if one.kind == _POST]
            told = "\n".join((f"{marked.ref} {marked.title}", *marked.assumes, *dict.fromkeys(gaps)))
            if marked.became:
                told += (
                    f"\nTurned into {', '.join(marked.became)}: these are counted as planned starters now."
                )
        self._assumes.setText(told)
        self.allow()

    def _show(self) -> None:
        marked = self._marked()
        if marked is not None:
            self._desk.show("scenario", marked.id)

    def _turn_into_posts(self) -> None:
        marked = self._marked()
        if marked is None:
            return
        self._trouble.tell("")
        made = self._desk.attempt(lambda: scenarios.turn_into_posts(self._desk.database, marked.id), ())
        if made:
            refs = ", ".join(post.ref for post in made)
            posts = counted(len(made), "planned post", "planned posts")
            self._told.tell_of(f"{marked.ref} was turned into {posts}: {refs}. Undo takes it back.", made)


def _amount(value: object) -> str:
    return "Not known" if value is None else str(value)


def _at_least(one: Compared) -> str:
    return str(one.forecast) if one.outturn.complete else f"At least {one.forecast}"


class ScenarioForm(QWidget):
    """A scenario of one kind of post, from a few fields; all else is typed in its entry."""

    _FIELDS = (
        ("title", "Name of the scenario", 240),
        ("posts", "How many posts", 120),
        ("hours", "Hours a week each", 140),
        ("starts", "From", 160),
        ("salary", "Salary a month each", 160),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.fields: dict[str, QLineEdit] = {}
        self._year = ""
        self.role, self.base = QComboBox(), QComboBox()
        for role in sorted(Role, key=lambda one: one.words):
            self.role.addItem(role.words)
        self._add = button("Add scenario", "add")
        self._trouble = Told()
        self._told = ToldOf(desk)
        line = Flow()
        line.setSpacing(12)
        for name, words, wide in self._FIELDS:
            self.fields[name] = QLineEdit()
            line.addWidget(_Named(self.fields[name], words, wide))
        line.addWidget(_Named(self.role, "Role", 360))
        line.addWidget(_Named(self.base, "Practice base", 360))
        held = QWidget()
        held.setLayout(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            framed(label("Add a scenario", "h2"), held, in_a_line(self._add), self._trouble, self._told)
        )
        self._add.clicked.connect(self._make)

    def offer(self, ready: Ready) -> None:
        """The practices there are; the one chosen stays."""
        with self._desk.database.read() as reader:
            practices = [link_words(one) for one in reader.all(Practice)]
        if practices != [self.base.itemText(n) for n in range(self.base.count())]:
            was = self.base.currentText()
            self.base.clear()
            self.base.addItems(practices)
            self.base.setCurrentIndex(max(self.base.findText(was), 0))
        self._year = str(ready.wanted.year)

    def allow(self) -> None:
        """Whether one can be added just now."""
        self._add.setEnabled(self._desk.may_write)

    def _make(self) -> None:
        post = {name: self.fields[name].text() for name in ("posts", "hours", "starts", "salary")}
        post |= {"role": self.role.currentText(), "base": self.base.currentText()}
        typed = Typed({"title": self.fields["title"].text(), "year": self._year}, post)
        made = self._desk.attempt(lambda: scenarios.make(self._desk.database, typed))
        if isinstance(made, Scenario):
            self._tell(())
            self._told.tell_of(f"{made.ref} was added. It is compared above. Undo takes it back.", (made,))
            for one in self.fields.values():
                one.clear()
        elif made:
            self._told.tell("")
            self._tell(made)

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong, beside the button and with the field itself."""
        wrong = {one.field: one.sentence for one in problems}
        for name, edit in self.fields.items():
            edit.setProperty("wrong", name in wrong)
            edit.setAccessibleDescription(wrong.get(name, ""))
            edit.style().polish(edit)
        labels = {name: words for name, words, _ in self._FIELDS} | {"role": "Role", "base": "Practice base"}
        self._trouble.tell("\n".join(f"{labels.get(name, name)}: {told}" for name, told in wrong.items()))


def in_a_line(*parts: QWidget) -> QWidget:
    """Buttons beside each other, no wider than their words."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for one in parts:
        line.addWidget(one)
    line.addStretch(1)
    return made


class _Named(QWidget):
    """A field under its label, of a width that follows the zoom."""

    def __init__(self, control: QLineEdit | QComboBox, words: str, wide: int) -> None:
        super().__init__()
        self._control, self._wide = control, wide
        control.setAccessibleName(words)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        above = label(words, "field", wrap=False)
        above.setBuddy(control)
        stack.addWidget(above)
        stack.addWidget(control)
        theme.changes.made.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._control.setFixedWidth(theme.px(self._wide))
