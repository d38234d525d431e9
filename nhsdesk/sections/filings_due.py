"""What is to be filed: returns whose period has begun, queries, invitations that are open; late ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nhsdesk import resources
from nhsdesk.domain import filing_rules
from nhsdesk.domain.filing_rules import WAITING, Standing, Turn
from nhsdesk.domain.filings import Filing, FilingKind, ReturnToMake
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.store.reading import Reader

NOT_WRITTEN = "where that is written is not entered"


@dataclass(frozen=True, slots=True)
class DueFiling:
    """One thing to be filed or answered. It has a filing once somebody has entered one, else its return alone."""

    title: str
    period: str
    to: str
    address: str
    due_on: date | None
    standing: Standing
    words: str
    """How it stands, with its day counted: "Late by 3 days"."""
    rule: str
    """By which rule it is due, and where that is written."""
    kind: FilingKind = FilingKind.RETURN
    filing: Id | None = None
    made_by: Id | None = None
    paper: str = ""
    last: date | None = None
    """The last day of its period."""
    ref: str = ""
    """The filing's reference, or that of the return where no filing is entered."""
    workbook: Id | None = None
    """The workbook to fill in which it goes."""

    @property
    def key(self) -> tuple[Id | None, Id | None, str]:
        """By which the same line is known again."""
        return self.filing, self.made_by, self.period

    @property
    def name(self) -> str:
        """The return with its period."""
        return f"{self.title}, {self.period}" if self.period else self.title


def due_filings(reader: Reader, today: date) -> tuple[DueFiling, ...]:
    """Everything that waits for us, the most pressing first: late, closed, queried, due, open, without a day."""
    found = [*_entered(reader, today), *_not_entered(reader, today)]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                WAITING.index(one.standing),
                one.due_on or date.max,
                one.last or date.max,
                one.title,
            ),
        )
    )


def _entered(reader: Reader, today: date) -> Iterator[DueFiling]:
    rules = {one.id: one for one in reader.all(ReturnToMake)}
    for filing in reader.all(Filing):
        how = filing_rules.standing(filing, today)
        if how not in WAITING:
            continue
        rule = rules.get(filing.made_by) if filing.made_by is not None else None
        yield DueFiling(
            filing.title,
            filing.period or "",
            name_of(reader, filing.to),
            (rule.address or "") if rule else "",
            filing.due_on,
            how,
            filing_rules.due_words(filing.due_on, how, today),
            rule_told(reader, rule) if rule else "",
            filing.kind,
            filing.id,
            filing.made_by,
            (rule.paper or "") if rule else "",
            _last_of(rule, filing.period or "", today),
            filing.ref,
            workbook=rule.workbook if rule else None,
        )


def _not_entered(reader: Reader, today: date) -> Iterator[DueFiling]:
    for rule in reader.all(ReturnToMake):
        for turn in open_turns(reader, rule, today):
            how = filing_rules.standing(Filing(title=rule.title, due_on=turn.due_on), today)
            yield DueFiling(
                rule.title,
                turn.period,
                name_of(reader, rule.to),
                rule.address or "",
                turn.due_on,
                how,
                filing_rules.due_words(turn.due_on, how, today),
                rule_told(reader, rule),
                made_by=rule.id,
                paper=rule.paper or "",
                last=turn.last,
                workbook=rule.workbook,
                ref=rule.ref,
            )


def open_turns(reader: Reader, rule: ReturnToMake, today: date) -> tuple[Turn, ...]:
    """The periods of a return that no filing stands for."""
    held = reader.all(Filing, made_by=rule.id)
    return filing_rules.open_turns(rule, held, today, resources.bank_holidays())


def _last_of(rule: ReturnToMake | None, period: str, today: date) -> date | None:
    turn = None if rule is None else turn_of(rule, period, today)
    return None if turn is None else turn.last


def turn_of(rule: ReturnToMake, period: str, today: date) -> Turn | None:
    """The turn of that period; None where the rule gives none such in a year around today."""
    every = filing_rules.recent_turns(rule, today, resources.bank_holidays())
    return next((turn for turn in every if turn.period == period), None)


def rule_told(reader: Reader, rule: ReturnToMake) -> str:
    """The rule, and where it is written: "Working day 5 after the month (D-003, page 4)"."""
    words = filing_rules.rule_words(rule)
    if words == "Not known":
        return words
    document = reader.find(SourceDocument, rule.document)
    where = NOT_WRITTEN if document is None else f"{document.ref} {document.title}"
    return f"{words} ({where}{f', {rule.locator}' if rule.locator else ''})"


def name_of(reader: Reader, organisation: Id | None) -> str:
    """What an organisation is called; empty where none is named."""
    found = reader.find(Organisation, organisation)
    return found.name if found else ""
