"""What is to be filed: late first, with the rule each day rests on; made, noted as sent, or an invitation answered."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from nhsdesk.commands import filings, papers
from nhsdesk.desktop.commitments.parts import Part, line, narrow_box, pressed, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.papers.chosen_day import read_day
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.filing_rules import Standing
from nhsdesk.domain.filings import Filing, FilingKind, FilingState
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Period
from nhsdesk.sections.filings_due import DueFiling

NONE_DUE = (
    "Nothing is due. Under Lists, Returns to make, enter each return with who must get it, how often, and by which "
    "rule it is due; what is due then stands here."
)
NO_PAPER = "none of those kept here"


class DuePart(Part):
    """The list above, what is known of the chosen line, and what can be done with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, DueFiling] = {}
        self._sent: list[Id | None] = [None]
        self._first, self._rule, self._wrong, self._trouble = label(), Told("help"), Told("help"), Told()
        self.list = table("What is due", ("How it stands", "Return", "Period", "Due on", "Who gets it"), 1, 4)
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda _: self._make())
        self.make = pressed("Make it", "document", self._make, primary=True)
        self.sent_as, self.on = narrow_box("Paper it went as", 24), line("Sent on")
        self.note = pressed("Note as sent", "check", self._note)
        self.answered, self.said = line("Answered on"), line("What was said", 260)
        self.accept = pressed("Note as accepted", "check", lambda: self._answer(FilingState.ACCEPTED))
        self.decline = pressed("Note as declined", "cancel", lambda: self._answer(FilingState.DECLINED))
        self.offered, self.closes = line("An invitation that came", 320), line("Closing day")
        self.invite = pressed("Enter this invitation", "add", self._invite)
        self._sending = _held(row(self.make, "Paper it went as", self.sent_as, "Sent on", self.on, self.note))
        self._answering = _held(
            row("Answered on", self.answered, "What was said", self.said, self.accept, self.decline)
        )
        column = scrolled_column(self)
        column.addWidget(self._first)
        column.addWidget(self._wrong)
        column.addWidget(self.list, 1)
        for part in (self._rule, self._sending, self._answering):
            column.addWidget(part)
        column.addLayout(
            row("An invitation that came", self.offered, "Closing day", self.closes, self.invite)
        )
        column.addWidget(self._trouble)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = filings.register(self.desk.database)
        self._seen = {one.key: one for one in found.due}
        self._first.setText(_first_words(found.due))
        self._wrong.tell(" ".join(problem.sentence for problem in found.wrong[:3]))
        self.list.show_rows([(one.key, _cells(one)) for one in found.due])
        for field in (self.on, self.answered):
            if not field.text():
                field.setText(day_words(self.desk.database.today()))
        self._show()

    @property
    def chosen(self) -> DueFiling | None:
        """The line in front."""
        return self._seen.get(self.list.current)

    def _show(self) -> None:
        one = self.chosen
        invitation = one is not None and one.kind is FilingKind.INVITATION
        self._rule.tell(_rule_words(one) if one is not None else "")
        self._sending.setVisible(one is not None and not invitation)
        self._answering.setVisible(invitation)
        self._offer_papers(one)
        self._allow()

    def _offer_papers(self, one: DueFiling | None) -> None:
        found = () if one is None else filings.papers_sent(self.desk.database, one.paper)
        self._sent = [*(each.id for each in found), None]
        self.sent_as.clear()
        self.sent_as.addItems([f"{each.ref} {each.title}" for each in found] + [NO_PAPER])
        # What was sent earlier for another period is no more likely than none of them.
        self.sent_as.setCurrentIndex(
            next(
                (n for n, each in enumerate(found) if one and each.period == one.period),
                len(self._sent) - 1,
            )
        )

    def _allow(self) -> None:
        one, writes = self.chosen, self.desk.may_write
        self.make.setEnabled(one is not None and bool(one.paper or one.workbook))
        unsent = one is not None and one.standing is not Standing.QUERIED
        self.note.setEnabled(writes and unsent)
        for control in (self.accept, self.decline, self.invite):
            control.setEnabled(writes)

    # ---- what the person does

    def _make(self) -> None:
        """Opens the paper or the workbook for the line's period; a line that has neither opens its entry."""
        one = self.chosen
        if one is None:
            return
        if one.workbook is not None:
            last = one.last or self.desk.database.today()
            self.desk.show_workbook(one.workbook, Month.of(last))
            return
        if not one.paper:
            if one.filing is not None:
                self.desk.show("filing", one.filing)
            return
        of = self.desk.attempt(lambda: _asked_for(one, self.desk.database.today()))
        if of is not None:
            self.desk.show_period(one.paper, of)

    def _note(self) -> None:
        one = self.chosen
        on = read_day(self.on.text(), Filing, "sent_on", self.desk.database.today())
        if one is None or isinstance(on, Problem):
            self._trouble.tell(on.sentence if isinstance(on, Problem) else "")
            return
        sent = self._sent[max(self.sent_as.currentIndex(), 0)]
        done = self.desk.attempt(lambda: filings.mark_sent(self.desk.database, one, sent, on))
        self._told(done, f"{one.name} was noted as sent.")

    def _answer(self, to: FilingState) -> None:
        one = self.chosen
        on = read_day(self.answered.text(), Filing, "sent_on", self.desk.database.today())
        if one is None or one.filing is None or isinstance(on, Problem):
            self._trouble.tell(on.sentence if isinstance(on, Problem) else "")
            return
        id_, words = one.filing, self.said.text()
        done = self.desk.attempt(
            lambda: filings.note(self.desk.database, id_, to, on, words) or True, otherwise=None
        )
        self._told(done, f"{one.title} was noted as {to.value}.")
        if done is True:
            self.said.clear()

    def _invite(self) -> None:
        closes: date | Problem | None = None
        if self.closes.text().strip():
            closes = read_day(self.closes.text(), Filing, "due_on", self.desk.database.today())
        if isinstance(closes, Problem):
            self._trouble.tell(closes.sentence)
            return
        title, day = self.offered.text(), closes
        done = self.desk.attempt(lambda: filings.invite(self.desk.database, title, None, day))
        self._told(done, "The invitation was entered.")
        if isinstance(done, Filing):
            self.offered.clear()
            self.closes.clear()

    def _told(self, done: object, sentence: str) -> None:
        self._trouble.tell(done.sentence if isinstance(done, Problem) else "")
        if done is not None and not isinstance(done, Problem):
            self.look()
            self.desk.say(sentence)


def _held(controls: object) -> QWidget:
    """A line of controls that is shown and hidden as one."""
    made = QWidget()
    made.setLayout(controls)  # type: ignore[arg-type]
    made.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]
    return made


def _first_words(found: tuple[DueFiling, ...]) -> str:
    if not found:
        return NONE_DUE
    late = sum(one.standing in (Standing.LATE, Standing.CLOSED) for one in found)
    waits = counted(len(found), "line waits", "lines wait")
    return (
        f"{waits} for you, {counted(late, 'of them late', 'of them late')}." if late else f"{waits} for you."
    )


def _cells(one: DueFiling) -> tuple[str, ...]:
    due = day_words(one.due_on) if one.due_on else "not known"
    kind = "Invitation: " if one.kind is FilingKind.INVITATION else ""
    return one.words, f"{kind}{one.title}", one.period, due, one.to


def _rule_words(one: DueFiling) -> str:
    told = [f"{one.name}."]
    if one.rule:
        told.append(f"Due: {one.rule}.")
    if one.address:
        told.append(f"Sent to: {one.address}.")
    return " ".join(told)


def _asked_for(one: DueFiling, today: date) -> Month | date:
    """The month, or the day, for which a paper is made so that it is this line's return."""
    paper = papers.named(one.paper, papers.PAPERS)
    if paper.period is Period.MONTH:
        return Month.of(one.last) if one.last is not None else Month.of(today).plus(-1)
    return min(one.last, today) if one.last is not None else today
