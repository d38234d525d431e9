"""Taking in what an employer sent: its lines, and the pay of its posts brought up to date, as one step.

seen = pay_in.look(database, asked, rows, chosen)       nothing is written
taken = pay_in.take(database, asked, rows, chosen, headings, source)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nhsdesk import errors, resources
from nhsdesk.commands import blocks
from nhsdesk.domain import local_rules, pay_matching
from nhsdesk.domain.blocks import Row
from nhsdesk.domain.employers import EmployerLine, EmployerPayment, EmployerStatement, Incoming
from nhsdesk.domain.entry import whole_letters
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.pay_changes import PayChange
from nhsdesk.domain.pay_columns import labels_are_posts
from nhsdesk.domain.periods import Month
from nhsdesk.sections import pay_in as gathered
from nhsdesk.sections.pay_in import Facts
from nhsdesk.sections.pay_seen import Asked, Seen, SeenLine, see
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

_LARGEST_KEPT = 25_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in."""

    statement: EmployerStatement
    lines: int
    pay_changed: int
    file_kept: str = ""


# ---- looking


@dataclass(frozen=True, slots=True)
class Employer:
    """An organisation that may send its lines, and the first month it has not sent."""

    id: Id
    ref: str
    name: str
    due: Month | None = None
    posts: int = 0


def employers(database: Database) -> tuple[Employer, ...]:
    """All organisations, the one whose lines are due next first: of those that employ, the longest behind."""
    with database.read() as reader:
        organisations = reader.all(Organisation)
        last = gathered.last_taken(reader)
        employing = gathered.employing(reader, Month.of(database.today()).plus(-1))
    made = [
        Employer(
            one.id,
            one.ref,
            one.name,
            last[one.id].plus(1) if one.id in last else None,
            employing.get(one.id, 0),
        )
        for one in organisations
    ]
    return tuple(sorted(made, key=_turn))


def _turn(one: Employer) -> tuple[bool, bool, str, int, str]:
    """Employers first; of those, whose lines were taken in before, by month; else who employs most."""
    return (not one.posts, one.due is None, str(one.due or ""), -one.posts, one.name.casefold())


def look(database: Database, asked: Asked, rows: Sequence[Row], chosen: Mapping[int, Id | None]) -> Seen:
    """What the rows are matched to and how they stand to the month before."""
    with database.read() as reader:
        facts = _facts(reader, asked, database.today())
    return see(facts, asked, rows, chosen)


def _facts(reader: Reader, asked: Asked, today: date) -> Facts:
    settled = local_rules.in_force(reader.counting(LocalRule), asked.month.last, resources.bank_holidays())
    return gathered.gather(reader, asked.employer, asked.month, today, settled, asked.replaces)


# ---- taking in


def take(
    database: Database,
    asked: Asked,
    rows: Sequence[Row],
    chosen: Mapping[int, Id | None],
    headings: Mapping[str, str],
    source: Path | None = None,
    *,
    about_persons: bool = False,
) -> Taken:
    """Takes in the lines and brings the pay of their posts up to date, as one step.

    `about_persons` says that the file holds columns which were left behind: then only its name and SHA-256 are kept.
    """
    content = None if source is None else _content(source)
    ref = _employer(database, asked.employer).ref
    with database.change(f"Take in {asked.kind.value} of {ref} for {asked.month.words}") as change:
        facts = _facts(change.reader, asked, database.today())
        seen = see(facts, asked, rows, chosen)
        _refuse(seen)
        if asked.replaces is not None:
            change.remove(change.reader.get(EmployerStatement, asked.replaces))
        kept = None if source is None or content is None else _kept(change, source, content, about_persons)
        statement = change.add(_statement(asked, kept))
        known = labels_are_posts(headings)
        for line in seen.matched:
            change.add(_line(statement.id, line, known))
        changed = sum(_follow(change, line.change) for line in seen.lines)
        blocks.remember(change, Incoming.PAYROLL, asked.employer, headings)
    return Taken(statement, len(seen.matched), changed, kept.name if kept else "")


def _employer(database: Database, id_: Id) -> Organisation:
    with database.read() as reader:
        return reader.get(Organisation, id_)


def _refuse(seen: Seen) -> None:
    if seen.before is not None:
        raise errors.DeskError(
            f"The {seen.asked.kind.value} for {seen.asked.month.words} was taken in before, as {seen.before.ref}. "
            "Nothing was written. Replace that one, or give this one a number of its own."
        )
    if seen.open:
        rows = ", ".join(f"{one.match.line.number:,}" for one in seen.open[:10])
        raise errors.DeskError(
            f"Nothing was taken in: say first what rows {rows} are for, or leave them out."
        )
    if not seen.matched:
        raise errors.DeskError(
            "Nothing was taken in: none of the rows is for a post in this file. Say which post they are for, or enter "
            "the posts first."
        )


def _statement(asked: Asked, kept: KeptFile | None) -> EmployerStatement:
    return EmployerStatement(
        employer=asked.employer,
        month=asked.month,
        kind=asked.kind,
        number=asked.number,
        dated=asked.dated,
        total=asked.total,
        vat=asked.vat,
        vat_amount=asked.vat_amount,
        kept=kept,
    )


def _line(statement: Id, seen: SeenLine, labels_are_posts: bool) -> EmployerLine:
    sent_, figures = seen.match.line, seen.match.line.figures
    assert seen.post is not None
    ours = pay_matching.loose(sent_.label) == pay_matching.loose(seen.post.label)
    return EmployerLine(
        statement=statement,
        post=seen.post.id,
        label=(sent_.label or None) if labels_are_posts or ours else None,
        payroll_ref=sent_.payroll_ref or None,
        hours=sent_.hours,
        salary=figures.salary,
        employer_ni=figures.employer_ni,
        employer_pension=figures.employer_pension,
        fees=figures.fees,
        total=figures.cost,
    )


def _follow(change: Change, pay: PayChange) -> bool:
    for one in pay.put:
        change.put(one)
    for one in pay.remove:
        change.remove(one)
    for one in pay.add:
        change.add(one)
    return bool(pay)


# ---- the file


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise errors.Unwritable(
            f"{path.name} is no longer there, or may not be opened. Nothing was taken in. Choose it again."
        ) from error


def _kept(change: Change, path: Path, content: bytes, about_persons: bool) -> KeptFile:
    """The file as it was sent; one that is large, or holds what tells of persons, is only referred to."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = whole_letters(path.name)
    if about_persons or len(content) > _LARGEST_KEPT:
        return KeptFile(name, sha256, len(content), whole_letters(str(path)))
    return change.keep_bytes(name, content, sha256)


# ---- what was passed on


def note_payment(database: Database, payment: EmployerPayment) -> EmployerPayment:
    """Notes that the nominated payee passed money on to an employer for a month."""
    if payment.amount.pence <= 0:
        raise errors.DeskError("Nothing was noted: give the amount that was passed on, more than nothing.")
    ref = _employer(database, payment.employer).ref
    with database.change(f"Note payment passed on to {ref} for {payment.month.words}") as change:
        return change.add(payment)
