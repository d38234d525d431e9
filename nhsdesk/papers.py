"""What a return and a briefing both are: facts gathered, problems told, a document compiled.

    gather(reader, asked) -> Facts          the only part that reads
    check(facts) -> problems                what must be put right, what must be acknowledged
    compile(facts) -> Document              pure: a workbook, a report, or a bundle of papers; no file, no clock
    due(diary) -> Due                       pure: when it is next wanted

The facts are kept with what was sent, so that every printed figure can be followed back, and an old paper remade.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nhsdesk.documents.model import Document
from nhsdesk.domain.composing import Composition
from nhsdesk.domain.entry import read_day
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rules import Rules
from nhsdesk.store.reading import Reader

if TYPE_CHECKING:  # loaded when the first facts are kept
    from cattrs.preconf.json import JsonConverter

F = TypeVar("F")

FACTS_FORM = 1
"""Counts the changes of what facts hold, so that facts kept earlier can be told apart."""


def later(default: Any) -> Any:
    """A field that facts kept earlier do not have. It is left out where it is the default, so that they keep theirs.

    Their trace number stays, and what was sent is remade as it was.
    """
    return field(default=default, metadata={_LATER: True})


_LATER = "later"


class Audience(Enum):
    """Who will read it. Restricted entries and small groups are shown to our own board only."""

    OWN_BOARD = "own board"
    PRACTICE = "practice"
    PARTNERS = "partners"
    PUBLIC = "public"


_WIDTH = (Audience.OWN_BOARD, Audience.PRACTICE, Audience.PARTNERS, Audience.PUBLIC)
"""From the fewest readers to all."""


class Period(Enum):
    """What a paper is asked for."""

    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a paper: for which month or as at which day, made when, with which rules and mark.

    A month's claim follows the rules of that month, everything else those of the day.
    """

    day: date
    month: Month
    made_at: datetime
    rules: Rules
    month_rules: Rules
    mark: str = ""
    about: Id | None = None
    """The meeting, where a paper is of one that was chosen."""
    readers: Audience | None = None
    """For whom, where it is composed for others than it is usually for."""
    since: date | None = None
    """Since which day changes are to be told; the last paper sent, or the last board, where none is given."""
    compared: date | None = None
    """The day of the earlier reading, where there is to be one."""
    composed: Composition | None = None
    """How somebody put it together."""
    earlier: Reader | None = None
    """The file as it was at the close of that day; None where it had not begun."""
    year: FinancialYear | None = None
    """Of which financial year a paper is to tell, where that is another than the day's."""

    def audience(self, usual: Audience) -> Audience:
        """Who will read it."""
        return self.readers or usual


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of every paper."""

    network: str
    network_code: str
    as_at: date
    month: Month
    made_at: datetime
    mark: str
    position: int
    rule_problems: tuple[Problem, ...] = ()
    own_words: tuple[tuple[str, str], ...] = later(())
    """Short forms used in the paper that this PCN explains itself, with what they stand for."""
    failed: tuple[str, ...] = later(())
    """The headings of sections that could not be read, which say so in their place."""


@dataclass(frozen=True, slots=True)
class Diary:
    """What the day a paper is next due rests on: today, the rules of today, periods sent, and meetings entered."""

    today: date
    rules: Rules
    sent: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """When a paper is next due, in words that say what for; no day where none is known."""

    words: str
    on: date | None = None
    late: bool = False


def no_earlier_day(_reader: Reader, _asked: Asked) -> date | None:
    """Of a paper that tells no changes."""
    return None


NO_MEETING = "No coming meeting is entered"


def no_due_day(diary: Diary) -> Due:
    """Of a paper that nobody waits for on a known day."""
    return Due("No day is settled for it.")


def _any(_: Meeting) -> bool:
    return True


def due_at_next_meeting(diary: Diary, whose: Callable[[Meeting], bool] = _any, none: str = NO_MEETING) -> Due:
    """Of a paper that is taken to the next meeting entered, of any board or of some; `none` says that there is none."""
    soonest = _next_meeting(diary, whose)
    if soonest is None:
        return Due(none)
    return Due(f"For the meeting on {day_words(soonest.held_on)}", soonest.held_on)


def due_with_next_meeting(diary: Diary) -> Due:
    """Of a paper that is of the next meeting entered itself, so that its body is named."""
    soonest = _next_meeting(diary, _any)
    return Due(NO_MEETING) if soonest is None else Due(f"For {soonest.title_words()}", soonest.held_on)


def _next_meeting(diary: Diary, whose: Callable[[Meeting], bool]) -> Meeting | None:
    """Today's included."""
    coming = (one for one in diary.meetings if one.held_on >= diary.today and whose(one))
    return min(coming, key=lambda one: (one.held_on, one.id), default=None)


@dataclass(frozen=True, slots=True)
class Paper(Generic[F]):
    """A return or briefing: what it is called, who reads it, its three parts, and when it is due."""

    key: str
    title: str
    audience: Audience
    period: Period
    facts: type[F]
    gather: Callable[[Reader, Asked], F]
    check: Callable[[F], tuple[Problem, ...]]
    compile: Callable[[F], Document]
    due: Callable[[Diary], Due] = no_due_day
    in_short: Callable[[F], str] = lambda _: ""
    """How much is in it, for a status line: "10 posts"."""
    compared_with: Callable[[Reader, Asked], date | None] = no_earlier_day
    """Of which day an earlier reading of the file is wanted beside today's."""
    readers: tuple[Audience, ...] = ()
    """For whom else it can be made, with what they may see."""

    def may_be_for(self, audience: Audience) -> bool:
        """Whether those readers may have it: a paper for many may go to fewer, and for others where it is made so."""
        return audience in self.readers or _WIDTH.index(audience) <= _WIDTH.index(self.audience)

    def period_words(self, asked: Asked) -> str:
        """The period as its heading gives it."""
        return asked.month.words if self.period is Period.MONTH else day_words(asked.day)


def read_as_at(text: str, today: date) -> date | Problem:
    """The day a paper is to be made as at. A day without its year is the last such day, for none may be to come."""
    read = read_day(text, today)
    if isinstance(read, Problem) or read <= today:
        return read
    last = read_day(text, today - timedelta(days=364))
    if (
        any(letter.isdigit() for letter in text)
        and "+" not in text
        and isinstance(last, date)
        and last <= today
    ):
        return last
    return Problem(f"{day_words(read)} has not come. Give today or an earlier day.")


@cache
def _converter() -> JsonConverter:
    from cattrs.gen import make_dict_unstructure_fn, override
    from cattrs.preconf.json import make_converter

    made = make_converter(forbid_extra_keys=True)
    left: Any = override(omit_if_default=True)
    made.register_unstructure_hook_factory(
        lambda cls: bool(_later(cls)),
        lambda cls: make_dict_unstructure_fn(cls, made, **dict.fromkeys(_later(cls), left)),
    )
    made.register_unstructure_hook(Decimal, str)
    made.register_structure_hook(Decimal, lambda value, _: Decimal(value))
    return made


def _later(cls: Any) -> tuple[str, ...]:
    """The fields of facts that came later."""
    own = fields(cls) if isinstance(cls, type) and is_dataclass(cls) else ()
    return tuple(one.name for one in own if _LATER in one.metadata)


def plain_of(value: Any) -> Any:
    """A frozen value as what JSON can hold."""
    return _converter().unstructure(value)


def of_plain(cls: type[F], plain: Any) -> F:
    """A frozen value from what JSON held, checked against its types; an exception of any kind where it is not one."""
    return _converter().structure(plain, cls)


def facts_to_json(facts: Any, composed: Composition | None = None) -> bytes:
    """Facts as JSON with the number of their form, and how they were composed: the same facts are the same bytes."""
    plain = {"form": FACTS_FORM, "facts": _converter().unstructure(facts)}
    if composed is not None:
        plain["composed"] = _converter().unstructure(composed)
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "surrogatepass")


def facts_from_json(paper: Paper[F], kept: bytes) -> F:
    """The facts a paper was made of, to remake it in today's layout. Raises ValueError for another form."""
    return read_facts(paper.facts, kept)


def composition_from_json(kept: bytes) -> Composition | None:
    """How a paper was composed, from what is kept with its facts; None where nobody composed it."""
    plain = json.loads(kept).get("composed")
    return None if plain is None else _converter().structure(plain, Composition)


def read_facts(cls: type[F], kept: bytes) -> F:
    """Facts of a class from their JSON. Raises ValueError for another form."""
    plain = json.loads(kept)
    if plain["form"] != FACTS_FORM:
        raise ValueError(f"facts of form {plain['form']}")
    return _converter().structure(plain["facts"], cls)


def facts_hash(facts: Any) -> str:
    """The hash printed on a paper, by which its facts are known."""
    return hashlib.sha256(facts_to_json(facts)).hexdigest()


def words_in(facts: Any) -> Iterator[tuple[str, str]]:
    """Every text that facts hold, with the reference of the entry it stands with; empty where it stands alone."""
    return _words_in(_converter().unstructure(facts), "")


def _words_in(plain: Any, ref: str) -> Iterator[tuple[str, str]]:
    if isinstance(plain, str):
        yield ref, plain
    elif isinstance(plain, dict):
        own = plain.get("ref")
        for key, held in plain.items():
            yield from _words_in(key, ref)
            yield from _words_in(held, own if isinstance(own, str) else ref)
    elif isinstance(plain, list | tuple):
        for held in plain:
            yield from _words_in(held, ref)
