"""The register of filings: what is due, what was sent with the paper it went as, and what became of it since.

due = filings.register(database).due            what waits for us, late ones first
filings.mark_sent(database, line, sent.id, on)  one step: the filing, its day and the paper that was issued
filings.note(database, id, state, on, words)    queried, accepted; of an invitation accepted, declined
filings.replace(database, id, sent.id, on)      a corrected return that takes the place of an earlier one
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from dataclasses import replace as with_values
from datetime import date

from nhsdesk import resources
from nhsdesk.commands import attachments
from nhsdesk.commands.attachments import Looked
from nhsdesk.domain import filing_rules, year_end_figures
from nhsdesk.domain.filing_rules import Standing
from nhsdesk.domain.filings import Filing, FilingEvent, FilingKind, FilingState, ReturnToMake
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.sections import filings_due
from nhsdesk.sections.filings_due import DueFiling
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Filed:
    """A filing with what it went as and what became of it."""

    filing: Filing
    to: str
    standing: Standing
    sent: SentPaper | None
    events: tuple[FilingEvent, ...]
    line: tuple[Filing, ...]
    """Itself, and those that it replaces, newest first."""

    @property
    def files(self) -> tuple[KeptFile, ...]:
        """The files that came back, newest first."""
        return tuple(one.kept for one in reversed(self.events) if one.kept is not None)


@dataclass(frozen=True, slots=True)
class Register:
    """What is due, everything that was filed, and what is wrong with the returns' rules."""

    due: tuple[DueFiling, ...]
    filed: tuple[Filed, ...]
    wrong: tuple[Problem, ...]

    def set_aside(self, closed: Collection[FinancialYear]) -> tuple[Filed, ...]:
        """What was filed of the years that were closed: out of the way, and still found."""
        return tuple(one for one in self.filed if year_end_figures.set_aside(one.filing, closed))


def register(database: Database) -> Register:
    """The whole register as it stands today; filings newest first."""
    today = database.today()
    with database.read() as reader:
        every = reader.all(Filing)
        filed = [_filed(reader, one, every, today) for one in every]
        wrong = [found for rule in reader.all(ReturnToMake) for found in filing_rules.problems(rule)]
        due = filings_due.due_filings(reader, today)
    filed.sort(
        key=lambda one: (one.filing.sent_on or one.filing.due_on or date.min, one.filing.id), reverse=True
    )
    return Register(due, tuple(filed), tuple(wrong))


def _filed(reader: Reader, one: Filing, every: tuple[Filing, ...], today: date) -> Filed:
    events = sorted(reader.all(FilingEvent, filing=one.id), key=lambda event: (event.happened_on, event.id))
    return Filed(
        one,
        filings_due.name_of(reader, one.to),
        filing_rules.standing(one, today),
        reader.find(SentPaper, one.sent),
        tuple(events),
        filing_rules.line_of(one, every),
    )


def papers_sent(database: Database, paper: str) -> tuple[SentPaper, ...]:
    """The papers that may be what was sent, newest first: of that kind where it is known, else all."""
    with database.read() as reader:
        found = reader.all(SentPaper, paper=paper) if paper else reader.all(SentPaper)
    return tuple(sorted(found, key=lambda one: (one.issued_at, one.id), reverse=True))


# ---- what is due


def make_due(database: Database) -> int:
    """Enters a filing for every period that has none, as one step; gives how many."""
    today = database.today()
    with database.read() as reader:
        found = [one for one in filings_due.due_filings(reader, today) if one.filing is None]
    if found:
        with database.change("Enter the filings that are due") as change:
            for one in found:
                change.add(_begun(change.reader, one))
    return len(found)


def _begun(reader: Reader, line: DueFiling) -> Filing:
    rule = reader.find(ReturnToMake, line.made_by)
    return Filing(
        title=line.title,
        made_by=line.made_by,
        period=line.period or None,
        due_on=line.due_on,
        to=rule.to if rule is not None else None,
    )


# ---- sent


def mark_sent(
    database: Database, line: DueFiling, sent: Id | None, on: date, by: Id | None = None
) -> Filing | Problem:
    """Notes that a return went, with the paper that was issued where there is one."""
    with database.read() as reader:
        held = _held(reader, line)
        refused = filing_rules.step_refused(held, FilingState.SENT, on, database.today())
    if refused:
        return Problem(refused)
    with database.change(f"Note {line.name} as sent") as change:
        return _put(change, with_values(held, state=FilingState.SENT, sent_on=on, sent=sent, sent_by=by))


def _held(reader: Reader, line: DueFiling) -> Filing:
    """The line's filing; of a line that has none, the one that was entered meanwhile, or a new one."""
    if line.filing is not None:
        return reader.get(Filing, line.filing)
    entered = reader.all(Filing, made_by=line.made_by)
    return next((one for one in entered if (one.period or "") == line.period), _begun(reader, line))


def _put(change: Change, filing: Filing) -> Filing:
    return change.put(filing) if filing.ref else change.add(filing)


def noted_with(
    change: Change, sent: SentPaper, today: date, workbook: Id | None = None
) -> tuple[Filing, ...]:
    """Notes, in the step that issues a paper, the filing for which it was made: same paper, same period, not yet sent.

    A paper as at a day is the return of the period that ends on that day. Any other is left for a person to note.
    Of a workbook that was filled, it is the return that names that workbook, whose period its month ends.
    """
    noted = []
    reader = change.reader
    made_with = {"paper": sent.paper} if workbook is None else {"workbook": workbook}
    for rule in reader.all(ReturnToMake, **made_with):
        if (turn := _turn_of(rule, sent.period or "", today)) is None:
            continue
        entered = change.reader.all(Filing, made_by=rule.id)
        held = next((one for one in entered if (one.period or "") == turn.period), None)
        if held is None:
            held = Filing(
                title=rule.title, made_by=rule.id, period=turn.period, due_on=turn.due_on, to=rule.to
            )
        if held.state is FilingState.DRAFT:
            noted.append(_put(change, with_values(held, state=FilingState.SENT, sent_on=today, sent=sent.id)))
    return tuple(noted)


def _turn_of(rule: ReturnToMake, period: str, today: date) -> filing_rules.Turn | None:
    every = filing_rules.recent_turns(rule, today, resources.bank_holidays())
    return next((turn for turn in every if turn.period and period in _names_of(rule, turn)), None)


def _names_of(rule: ReturnToMake, turn: filing_rules.Turn) -> tuple[str, ...]:
    """How what is sent may name that period: as the rule does, by its last day, and a workbook by its last month."""
    if turn.last is None:
        return (turn.period,)
    month = (Month.of(turn.last).words,) if rule.workbook is not None else ()
    return (turn.period, day_words(turn.last), *month)


# ---- what became of it


def note(
    database: Database, id_: Id, to: FilingState, on: date, words: str = "", came: Looked | None = None
) -> Problem | None:
    """Notes what became of a filing, with the file that came back where there is one, as one step."""
    with database.read() as reader:
        held = reader.get(Filing, id_)
    if to is FilingState.REPLACED:
        return Problem("Issue the corrected return first, then note it as the one that replaces this.")
    if refused := filing_rules.step_refused(held, to, on, database.today()):
        return Problem(refused)
    said = " ".join(filter(None, (words.strip(), filing_rules.after_closing(held, on)))) or None
    with database.change(f"Note {held.ref} as {to.value}") as change:
        kept = attachments.keep(change, came) if came is not None else None
        change.add(FilingEvent(filing=held.id, happened_on=on, state=to, words=said, kept=kept))
        change.put(with_values(held, state=to))
    return None


def replace(
    database: Database, id_: Id, sent: Id | None, on: date, by: Id | None = None, words: str = ""
) -> Filing | Problem:
    """Enters a corrected return that takes the place of one that was sent, as one step."""
    with database.read() as reader:
        held = reader.get(Filing, id_)
    if refused := filing_rules.step_refused(held, FilingState.REPLACED, on, database.today()):
        return Problem(refused)
    if sent is not None and sent == held.sent:
        return Problem(f"That is the paper {held.ref} was sent as. Issue the corrected one first.")
    with database.change(f"Replace {held.ref} by a corrected return") as change:
        change.put(with_values(held, state=FilingState.REPLACED))
        change.add(
            FilingEvent(
                filing=held.id, happened_on=on, state=FilingState.REPLACED, words=words.strip() or None
            )
        )
        return change.add(
            Filing(
                title=held.title,
                made_by=held.made_by,
                period=held.period,
                due_on=held.due_on,
                to=held.to,
                state=FilingState.SENT,
                sent_on=on,
                sent=sent,
                sent_by=by,
                supersedes=held.id,
            )
        )


def invite(
    database: Database, title: str, to: Id | None, answer_by: date | None, words: str = ""
) -> Filing | Problem:
    """Enters an invitation that was offered to us, with its closing day where one is known."""
    if not title.strip():
        return Problem("Say what was offered. Nothing was entered.")
    with database.change(f"Enter an invitation: {' '.join(title.split())[:60]}") as change:
        return change.add(
            Filing(
                title=" ".join(title.split()),
                kind=FilingKind.INVITATION,
                state=FilingState.OFFERED,
                due_on=answer_by,
                to=to,
                remarks=words.strip() or None,
            )
        )


def people(database: Database) -> tuple[Person, ...]:
    """Those who may have sent it."""
    with database.read() as reader:
        return reader.all(Person)
