"""The parts of the integrator page. Each reads the file when it comes to the front."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from nhsdesk import resources
from nhsdesk.commands import integrators as commands
from nhsdesk.desktop import theme
from nhsdesk.desktop.cards import card
from nhsdesk.desktop.chart_view import ChartView
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.funds.chosen import ChosenPart
from nhsdesk.desktop.funds.told import Lines, ToLookAt, WholeTable, scrolled_column, sign
from nhsdesk.desktop.words import counted, label, pill
from nhsdesk.domain.elsewhere import Arrangement, SuggestedFunction
from nhsdesk.domain.integrators import Integrator
from nhsdesk.domain.kinds import Id
from nhsdesk.sections.integrator_facts import (
    UNKNOWN,
    Facts,
    HeldFacts,
    IntegratorFacts,
    partner_name,
    step_days,
    steps_timeline,
)

_NONE = (
    "No integrator is recorded. Add yours to the list of integrators: the organisations that host what neighbourhood "
    "partners need in common. What you do not know stays unknown."
)
_ELSEWHERE = (
    "Examples to read beside your own. They came with the program, they are not in your PCN file, and no paper prints "
    "them as yours."
)
_PARTIAL = (
    "Functions found in published papers. The list is partial; add those that yours has, then say who leads."
)


class IntegratorPart(ChosenPart):
    """A part about the integrator that was chosen on its page."""

    def look(self) -> None:
        facts = commands.view(self.desk.database)
        self.show_facts(facts, next((one for one in facts.integrators if one.id == str(self.chosen)), None))

    def show_facts(self, facts: Facts, one: IntegratorFacts | None) -> None:
        """Shows the chosen integrator; None where none is recorded."""
        raise NotImplementedError


class OverviewPart(IntegratorPart):
    """Status and dates, the four answers, the partners, and what wants a look."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._first = label(_NONE)
        self._title, self._status = label(role="h2", wrap=False), pill("", "good")
        self._facts, self._four, self._partners = Lines(), Lines(), label()
        self.open = pressed("Open this integrator", "open", self._open)
        self.table = WholeTable("Partners", ("Ref", "Partner", "Sector", "Part"), wrapped=(1, 3))
        self.table.opened.connect(lambda id_: desk.show("integrator_partner", Id(int(id_))))
        self.to_look_at = ToLookAt(desk)
        self._head, stack = card("The integrator")
        stack.addLayout(row(self._title, self._status, self.open))
        stack.addWidget(self._facts)
        self._dates, stack = card("When each step was first set for, and when it came")
        self.steps = ChartView()
        stack.addWidget(self.steps)
        self._answers, stack = card("Who hosts, holds and answers: four questions, each on its own evidence")
        stack.addWidget(self._four)
        self._named, stack = card("Partners")
        stack.addWidget(self._partners)
        stack.addWidget(self.table)
        scrolled_column(
            self, self._first, self._head, self._dates, self._answers, self._named, self.to_look_at
        )

    def begin_at(self) -> QWidget:
        return self.open if self.open.isVisible() else self.to_look_at.table

    def show_facts(self, facts: Facts, one: IntegratorFacts | None) -> None:
        for part in (self._head, self._dates, self._answers, self._named, self.to_look_at):
            part.setVisible(one is not None)
        self._first.setVisible(one is None)
        if one is None:
            return
        self._title.setText(f"{one.ref} {one.name[:80]}")
        self._status.setText(one.status)
        self._facts.show_lines(
            [
                ("Place", "", one.place),
                *((step.step, "", step_days(step)) for step in one.steps),
                ("Hosting", "", one.hosting),
                ("Host’s sector", "", one.host_sector or UNKNOWN),
                ("In service of", "", one.in_service_of),
                ("Approved by", "", f"{one.approved_by}. A board decides; an integrator supports it."),
            ]
        )
        self._dates.setVisible(bool(one.steps))
        for line in steps_timeline(one, self.desk.database.today()):
            self.steps.show_chart(line)
        self._four.show_lines([(held.question, _lacks(held), _answer(held)) for held in one.held])
        self._partners.setText(f"GP provider named as a partner? {one.gp_provider}.")
        self.table.show_rows(
            [
                (partner.id, (partner.ref, partner_name(partner), partner.sector, partner.part))
                for partner in one.partners
            ]
        )
        sign(self.table, 1, ["warn" if partner.only_a_sector else "" for partner in one.partners])
        self.to_look_at.show_problems((*one.problems, *facts.deciding))

    def _open(self) -> None:
        if self.chosen is not None:
            self.desk.show(Integrator.KIND.name, self.chosen)


def _lacks(held: HeldFacts) -> str:
    if held.who == UNKNOWN:
        return "Unknown"
    return "" if held.evidenced else "No evidence"


def _answer(held: HeldFacts) -> str:
    if held.who == UNKNOWN and not held.evidenced:
        return "Nobody has said so in a document on file."
    return f"{held.who}\n{held.where[:1].upper()}{held.where[1:]}"


class FunctionsPart(IntegratorPart):
    """The functions, who does what, and functions that others have."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._suggested: tuple[SuggestedFunction, ...] = ()
        self._first = label()
        self.functions = WholeTable(
            "Functions", ("Ref", "Function", "Lead", "Status", "Service level"), wrapped=(1, 2, 4)
        )
        self.functions.opened.connect(lambda id_: desk.show("integrator_function", Id(int(id_))))
        self.does = WholeTable("Who does what", ("Who", "Part", "Holds", "Leads"), wrapped=(0, 1, 2, 3))
        self.suggested = WholeTable(
            "Functions others have", ("Function", "Where it was found"), wrapped=(0, 1), most=6
        )
        self.suggested.opened.connect(lambda _: self._add())
        self.add = pressed("Add this function", "add", self._add)
        framed, stack = card("Functions")
        stack.addWidget(self._first)
        stack.addWidget(self.functions)
        who, under = card("Who does what")
        under.addWidget(self.does)
        self._others, others = card("Functions that others have")
        others.addWidget(label(_PARTIAL, "help"))
        others.addWidget(self.suggested)
        others.addLayout(row(self.add))
        scrolled_column(self, framed, who, self._others)

    def begin_at(self) -> QWidget:
        return self.functions if self.functions.rowCount() else self.suggested

    def show_facts(self, facts: Facts, one: IntegratorFacts | None) -> None:
        held = one.functions if one else ()
        live = sum(it.tone == "good" for it in held)
        told = f"{counted(len(held), 'function', 'functions')}, {live} of them live."
        self._first.setText(told if one else _NONE)
        rows = [(it.id, (it.ref, it.name, it.lead, it.status, it.service_level)) for it in held]
        self.functions.show_rows(rows)
        sign(self.functions, 3, [it.tone for it in held])
        does = one.does if one else ()
        self.does.show_rows(
            [(it.name, (it.name, it.part, it.holds, it.leads or "nothing named")) for it in does]
        )
        self._suggested = (
            commands.suggested(self.desk.database, self.chosen) if one and self.chosen is not None else ()
        )
        self._others.setVisible(bool(self._suggested))
        self.suggested.show_rows([(at, (it.name, it.source)) for at, it in enumerate(self._suggested)])
        self.add.setEnabled(self.desk.may_write and bool(self._suggested))

    def _add(self) -> None:
        at, integrator = self.suggested.current, self.chosen
        if at is None or integrator is None or not self.add.isEnabled():
            return
        chosen = self._suggested[at]
        added = self.desk.attempt(
            lambda: commands.add_functions(self.desk.database, integrator, (chosen,)), ()
        )
        if added:
            self.look()
            self.suggested.setFocus(Qt.FocusReason.OtherFocusReason)
            self.desk.say(f"{added[0].ref} {added[0].name} was added. Who leads it is unknown.")


class SelectionPart(IntegratorPart):
    """What the integrator is chosen by, with our own score, and who would take part in a joint bid."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._first = label()
        self.table = WholeTable(
            "Selection criteria", ("Ref", "Criterion", "Our own score", "Comment"), wrapped=(1, 3)
        )
        self.table.opened.connect(lambda id_: desk.show("selection_criterion", Id(int(id_))))
        self.open = pressed("Open this integrator", "open", self._open)
        framed, stack = card("What it is chosen by")
        for part in (self._first, self.table):
            stack.addWidget(part)
        stack.addLayout(row(self.open))
        self._no_stance = label()
        self.stances = WholeTable("To a joint bid", ("Ref", "Who", "Says", "Next step"), wrapped=(1, 3))
        self.stances.opened.connect(lambda id_: desk.show("stakeholder", Id(int(id_))))
        bid, stack = card("Who would take part in a joint bid")
        stack.addWidget(self._no_stance)
        stack.addWidget(self.stances)
        scrolled_column(self, framed, bid)

    def begin_at(self) -> QWidget:
        return self.table if self.table.rowCount() else self.open

    def show_facts(self, facts: Facts, one: IntegratorFacts | None) -> None:
        held = one.criteria if one else ()
        scored = [it.score for it in held if it.score is not None]
        told = (
            f"{counted(len(held), 'criterion', 'criteria')}, {len(scored)} scored by us. Scores are from 1 to 5 and go "
            "to our own board only."
        )
        self._first.setText(
            told if held else "No criterion is recorded. Add them in the form of the integrator."
        )
        rows = [
            (
                it.id,
                (it.ref, it.criterion, "not scored" if it.score is None else f"{it.score} of 5", it.comment),
            )
            for it in held
        ]
        self.table.show_rows(rows)
        self.open.setEnabled(one is not None)
        none = "Nobody’s stance is recorded. Add it to the list of stakeholders: not asked, open, agreed or declined."
        self._no_stance.setText("" if facts.stances else none)
        self._no_stance.setVisible(not facts.stances)
        self.stances.show_rows([(it.id, (it.ref, it.who, it.stance, it.next)) for it in facts.stances])

    def _open(self) -> None:
        if self.chosen is not None:
            self.desk.show(Integrator.KIND.name, self.chosen)


class MovesPart(IntegratorPart):
    """Functions said to move from one body to another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._first = label()
        self.table = WholeTable(
            "Functions that move",
            ("Ref", "Function", "What is known", "Where it is written"),
            wrapped=(1, 2, 3),
        )
        self.table.opened.connect(lambda id_: desk.show("function_transfer", Id(int(id_))))
        framed, stack = card("Functions that move from one body to another")
        stack.addWidget(self._first)
        stack.addWidget(self.table)
        scrolled_column(self, framed)

    def begin_at(self) -> QWidget:
        return self.table

    def show_facts(self, facts: Facts, one: IntegratorFacts | None) -> None:
        none = (
            "No function is said to move. Add to the list of function transfers what is said to pass from one body to "
            "another, such as responsibility for general practice."
        )
        moving = counted(len(facts.transfers), "function is", "functions are")
        self._first.setText(f"{moving} said to move." if facts.transfers else none)
        rows = [(it.id, (it.ref, it.function, it.told, it.where)) for it in facts.transfers]
        self.table.show_rows(rows)


class ElsewherePart(Part):
    """The arrangements of other places, to be read and nothing else."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._every = resources.integrators_elsewhere()
        first = self._every[0]
        self.table = WholeTable(
            "Arrangements elsewhere, examples only", ("Place", "Host", "GP provider named?"), wrapped=(1, 2)
        )
        self.table.chosen.connect(self._show)
        self.told = reading("What was told of this arrangement")
        self.told.setMinimumHeight(theme.px(230))
        framed, stack = card("Integrators elsewhere")
        stack.addLayout(row(pill("Examples, not your data", "warn")))
        stack.addWidget(label(_ELSEWHERE))
        stack.addWidget(label(f"Source: {first.source} ({first.standing}). {first.dated}", "help"))
        stack.addWidget(self.table)
        stack.addWidget(self.told)
        scrolled_column(self, framed)

    def begin_at(self) -> QWidget:
        return self.table

    def look(self) -> None:
        rows = [
            (at, (f"{one.place} (example)", one.host, one.gp_provider)) for at, one in enumerate(self._every)
        ]
        self.table.show_rows(rows)

    def _show(self, at: Any) -> None:
        self.told.setPlainText(_example(self._every[at]) if isinstance(at, int) else "")


def _example(one: Arrangement) -> str:
    lines = [
        f"{one.place}: an example, not your data",
        f"Who hosts it: {one.host}",
        f"Who holds the money: {one.fund_holder}",
        f"Who holds the contract: {one.contract_holder}",
        f"Who answers for it: {one.accountable_body}",
        f"GP provider named as a partner? {one.gp_provider}",
        "Partners:",
        *(f"• {partner.words}" for partner in one.partners),
    ]
    return "\n".join(lines)
