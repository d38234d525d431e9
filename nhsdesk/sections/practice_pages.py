"""What stands on the page of one practice: its lists, what is asked of it, what it has not answered, posts based there.

Each page is for its own practice. Requests for support are on none of them: who asked for help is told to nobody else,
and pages are printed together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from nhsdesk.domain.arrs import Post
from nhsdesk.domain.organisations import ListSize, Practice
from nhsdesk.domain.rounds import Round, RoundReply
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import apart, commitments, meetings, restricted
from nhsdesk.sections.apart import NotRead
from nhsdesk.sections.commitments import CommitmentFacts
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

_ALL = re.compile(r"\b(?:all|each|every|our|the|member)\s+(?:our\s+|member\s+)?practices?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListFacts:
    """How many patients by one way of counting, and when they were counted."""

    base: str
    patients: Decimal
    counted_on: date
    source: str


@dataclass(frozen=True, slots=True)
class AskFacts:
    """A commitment that concerns the practice, as much of it as the page tells."""

    ref: str
    what: str
    binds: str
    owed_to: str
    due: date | None


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """A round in which this practice is asked, and what it has said; nothing while replies are private."""

    ref: str
    ask: str
    due: date | None
    answer: str


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post based at the practice; who holds it is left out."""

    ref: str
    role: str
    hours: str
    starts: date | None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One practice's page."""

    ref: str
    name: str
    code: str
    contract: str
    lists: tuple[ListFacts, ...]
    asks: tuple[AskFacts, ...]
    rounds: tuple[AskedFacts, ...]
    posts: tuple[PostFacts, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The pages, and what is withheld from all of them."""

    pages: tuple[PageFacts | NotRead, ...]
    withheld: tuple[str, ...]
    unsaid: int
    """Commitments of which nobody has said whom they apply to: they are on no page."""


NOT_ANSWERED, NOT_SHOWN = "not answered yet", "not shown before its deadline"


def gather(reader: Reader, asked: Asked, each: apart.Read) -> Facts:
    """The practices of our PCN that are open on the day, by name, each apart."""
    hidden = restricted.gather(reader, Audience.PRACTICE)
    told = commitments.gather(reader, asked, Audience.PRACTICE)
    ours = [one for one in meetings.our_practices(reader) if _open(one, asked.day)]
    unsaid = sum(not one.over and not one.applies_to.strip() for one in told.lines)

    def page(one: Practice) -> PageFacts | NotRead:
        made = partial(_page, reader, one, told.lines, hidden, asked.day)
        return each.one_of(heading_of(one.name), made, _page_texts)

    return Facts(tuple(map(page, sorted(ours, key=lambda one: one.name))), told.withheld, unsaid)


def _open(practice: Practice, day: date) -> bool:
    return (practice.valid_from is None or practice.valid_from <= day) and (
        practice.valid_to is None or day <= practice.valid_to
    )


def _page(
    reader: Reader, practice: Practice, lines: Sequence[CommitmentFacts], hidden: Restricted, day: date
) -> PageFacts:
    sizes = reader.all(ListSize, practice=practice.id)
    return PageFacts(
        ref=practice.ref,
        name=practice.name,
        code=practice.ods_code or "",
        contract=practice.contract_type.words if practice.contract_type else "",
        lists=_lists((one for one in sizes if not hidden.hides(one.id)), day),
        asks=tuple(
            AskFacts(one.ref, one.what, one.binds, one.owed_to, one.revised_due or one.due)
            for one in lines
            if not one.over and applies(one.applies_to, practice)
        ),
        rounds=tuple(_rounds(reader, practice, hidden, day)),
        posts=tuple(
            PostFacts(one.ref, one.role.words, str(one.contracted) if one.contracted else "", one.starts)
            for one in reader.all(Post, base=practice.id)
            if not hidden.hides(one.id) and (one.ends is None or one.ends >= day)
        ),
    )


def applies(words: str, practice: Practice) -> bool:
    """Whether the words that say whom a commitment concerns name this practice, or all of them."""
    told = words.casefold()
    named = [one for one in (practice.name, practice.ods_code) if one]
    return bool(_ALL.search(words)) or any(one.casefold() in told for one in named)


def _lists(sizes: Iterable[ListSize], day: date) -> tuple[ListFacts, ...]:
    """The newest count of each base that was made by the day."""
    newest: dict[str, ListSize] = {}
    for one in sorted(sizes, key=lambda one: one.counted_on):
        if one.counted_on <= day:
            newest[one.base.words] = one
    return tuple(
        ListFacts(base, one.patients, one.counted_on, one.source or "")
        for base, one in sorted(newest.items())
    )


def _rounds(reader: Reader, practice: Practice, hidden: Restricted, day: date) -> Iterable[AskedFacts]:
    for reply in reader.all(RoundReply, practice=practice.id):
        one = reader.find(Round, reply.round)
        if one is None or one.closed_on is not None or hidden.hides(one.id) or hidden.hides(reply.id):
            continue
        said = reply.answer or (str(reply.figure) if reply.figure is not None else "")
        if one.private_until is not None and day < one.private_until:
            said = NOT_SHOWN if said or reply.replied_on else ""
        yield AskedFacts(one.ref, one.ask, one.due, said or NOT_ANSWERED)


def heading_of(name: str) -> str:
    """A practice's name as it stands over its page."""
    return name if len(name) <= _LONGEST_HEADING else name[:_LONGEST_HEADING] + "…"


_LONGEST_HEADING = 90


def _page_texts(page: PageFacts) -> Iterable[tuple[str, str]]:
    """The free words of a page, to be looked through before it goes out."""
    yield page.ref, "\n".join(_words(page))


def _words(page: PageFacts) -> Iterable[str]:
    yield from (one.source for one in page.lists)
    for ask in page.asks:
        yield from (ask.what, ask.owed_to)
    for asked in page.rounds:
        yield from (asked.ask, asked.answer)
