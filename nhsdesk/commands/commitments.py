"""What is done with commitments beyond filling in a field: capture one, move its date and keep count, look over all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhsdesk import resources
from nhsdesk.domain import local_rules, revised_dates
from nhsdesk.domain.commitments import Commitment, due_now
from nhsdesk.domain.held import Held
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.sections import commitment_views
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader


def held(database: Database) -> Held:
    """What questions about all commitments rest on, as it stands today."""
    today = database.today()
    with database.read() as reader:
        rules = local_rules.in_force(reader.counting(LocalRule), today, resources.bank_holidays())
        return commitment_views.gather(reader, today, rules)


@dataclass(frozen=True, slots=True)
class FourAnswers:
    """The answers with which a commitment is captured, each as typed; only the first cannot be left out."""

    what: str
    who: str = ""
    when: str = ""
    where: str = ""


def capture(database: Database, answers: FourAnswers) -> Commitment | tuple[Problem, ...]:
    """Adds a commitment of four answers, with its document where that is not in the file yet; or what is wrong."""
    kind = Commitment.KIND
    today = database.today()
    read: dict[str, Any] = {
        name: kind.field(name).kind.read(words, today)
        for name, words in (("title", answers.what), ("owed_to", answers.who), ("due", answers.when))
    }
    if read["title"] is None:
        read["title"] = Problem("Say what is wanted.")
    wrong = tuple(
        replace(one, kind=kind.name, field=name) for name, one in read.items() if isinstance(one, Problem)
    )
    if wrong:
        return wrong
    with database.change("Add commitment") as change:
        document, locator = _document(change, answers.where)
        return change.add(Commitment(document=document, locator=locator, **read))


_LOCATOR = re.compile(
    r"(?:p{1,2}\.?\s*\d|pages?\b|para|section\b|clause\b|annex\b|slide\b|§|\d)", re.IGNORECASE
)


def _document(change: Change, where: str) -> tuple[Id | None, str | None]:
    """The document that words name, and the page in it: "D-004, page 14", or a title with or without its page."""
    words = " ".join(where.split())
    title, comma, rest = (part.strip() for part in words.rpartition(","))
    titled = _titled(change.reader, words)
    if titled is None and comma and _LOCATOR.match(rest):
        return _found_or_added(change, title), rest
    return (titled.id if titled is not None else _found_or_added(change, words)), None


def _found_or_added(change: Change, words: str) -> Id | None:
    if not words:
        return None
    by_ref = change.reader.by_ref(words.split()[0])
    found = by_ref if isinstance(by_ref, SourceDocument) else _titled(change.reader, words)
    return (found or change.add(SourceDocument(title=words))).id


def _titled(reader: Reader, words: str) -> SourceDocument | None:
    """The one document of that title; a title may itself hold a comma and a number."""
    alike = [one for one in reader.all(SourceDocument) if one.title.casefold() == words.casefold()]
    return alike[0] if len(alike) == 1 else None


def document_titles(database: Database) -> tuple[str, ...]:
    """The documents as they are offered while somebody types where a commitment is written."""
    with database.read() as reader:
        return tuple(f"{one.ref} {one.title}" for one in reader.all(SourceDocument))


def revise_due(database: Database, id_: Id, to: date) -> Commitment:
    """Moves the day a commitment is due: the first day is kept, and how often it was moved is counted."""
    with database.read() as reader:
        one = reader.get(Commitment, id_)
    if due_now(one) == to:
        return one
    if one.due is None:
        moved = replace(one, due=to, revised_due=None)
    else:
        moved = revised_dates.counted(one, replace(one, revised_due=to))
    with database.change(f"Move the date of {one.ref}") as change:
        return change.put(moved)
