"""The reply to requests for figures: what our contract says, what we are glad to discuss, and what it would cost.

Three sentences, a page for each request. A reply whose contract was looked up too long ago, or in a document since
superseded, is not sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from nhsdesk.documents.model import Block, Bullets, Paragraph, Report, Section
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import apart, data_requests, guarded_practices, heading, restricted
from nhsdesk.sections.apart import NotRead
from nhsdesk.sections.data_requests import NOT_KNOWN, DataRequestView
from nhsdesk.sections.guarded_practices import Guarded
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PARTNERS


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """One reply."""

    ref: str
    id: str
    figure: str
    asked_by: str
    of_whom: str
    asked_on: date | None
    sentences: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The replies to requests not yet answered, what is withheld, and what stands in their way."""

    heading: Heading
    letters: tuple[LetterFacts | NotRead, ...]
    withheld: tuple[str, ...]
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """The requests not answered by the day. Whether a look at the contract is too old is judged when it is made."""
    each, guarded = apart.Read(), guarded_practices.guarded(reader)
    shown, withheld = each.of(_REPLIES, lambda: _waiting(reader, asked)) or ((), ())
    letters = tuple(each.one_of(_heading(one.request.ref), partial(_letter, one)) for one in shown)
    problems = [problem for one in shown for problem in one.problems]
    problems += [problem for letter in apart.read(letters) for problem in _naming(guarded, letter)]
    return Facts(each.under(heading.gather(reader, asked)), letters, withheld, tuple(problems))


_REPLIES = "Replies"


def _waiting(reader: Reader, asked: Asked) -> tuple[tuple[DataRequestView, ...], tuple[str, ...]]:
    """The requests that wait, and those that are withheld."""
    hidden = restricted.gather(reader, AUDIENCE)
    open_ = [one for one in data_requests.gather(reader, _latest(asked)) if _open(one.request, asked.day)]
    shown = tuple(one for one in open_ if not hidden.hides(one.request.id, one.request.document))
    return shown, tuple(one.request.ref for one in open_ if one not in shown)


def _heading(ref: str) -> str:
    return f"Your request, our reference {ref}"


def _latest(asked: Asked) -> date:
    return max(asked.day, asked.made_at.date())


def _open(request: DataRequest, day: date) -> bool:
    asked = request.asked_on is None or request.asked_on <= day
    return asked and (request.answered_on is None or request.answered_on > day)


def _letter(seen: DataRequestView) -> LetterFacts:
    one = seen.request
    return LetterFacts(
        one.ref, str(one.id), one.metric, seen.asked_by, one.of_whom or NOT_KNOWN, one.asked_on, seen.reply
    )


def _naming(guarded: tuple[Guarded, ...], letter: LetterFacts) -> tuple[Problem, ...]:
    text = "\n".join((letter.figure, letter.asked_by, letter.of_whom, *letter.sentences))
    return guarded_practices.naming(guarded, letter.ref, text)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of sending it."""
    return (*heading.check(facts.heading), *facts.problems)


def due(diary: Diary) -> Due:
    """Wanted whenever a request waits."""
    return Due("Wanted when somebody has asked for a figure")


def in_short(facts: Facts) -> str:
    """How many replies it holds."""
    if _REPLIES in facts.heading.failed:
        return apart.IN_SHORT
    return f"{len(facts.letters)} {'reply' if len(facts.letters) == 1 else 'replies'}"


def compile(facts: Facts) -> Report:
    """A page for each reply."""
    head = facts.heading
    pages = apart.sections(_REPLIES, head.failed, facts, _pages)
    return heading.report(head, facts, "Reply to a request for figures", f"From {head.network}", pages)


def _pages(facts: Facts) -> tuple[Section, ...]:
    none = Section(_REPLIES, (Paragraph("No request waits for a reply."),))
    letters = apart.each(facts.letters, lambda one: _heading(one.ref), lambda one: (_section(one),))
    return heading.pages(letters, none, facts.withheld)


def _section(letter: LetterFacts) -> Section:
    asked = (
        f"Figure asked for: {letter.figure}",
        f"Asked by: {letter.asked_by}",
        f"Of whom: {letter.of_whom}",
        f"Asked on: {day_words(letter.asked_on) if letter.asked_on else NOT_KNOWN}",
    )
    blocks: tuple[Block, ...] = (Bullets(asked), *(Paragraph(sentence) for sentence in letter.sentences))
    return Section(_heading(letter.ref), blocks)


PAPER = Paper(
    key="reply",
    title="Reply to requests for figures",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
