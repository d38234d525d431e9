"""What bodies say, what they send round, what they want to be told, and what they ask of our figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.domain.entry import Lean
from nhsdesk.domain.fields import (
    Record,
    choice,
    day,
    flag,
    link,
    long_text,
    money,
    month,
    number,
    record,
    text,
)
from nhsdesk.domain.kinds import NEW, Choice, Id, Tone
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month, day_words


@record(
    title="Policy position",
    plural="Policy positions",
    prefix="PP",
    columns=("body", "position", "taken_on", "document"),
)
class PolicyPosition(Record):
    """What a national or local body has said, when and where."""

    body: str = text("Body")
    position: str = long_text("Position, in our words")
    quotation: str | None = text("Exact words", default=None)
    taken_on: date | None = day("Taken on", default=None, lean=Lean.LAST)
    document: Id | None = link("Where it is written", "SourceDocument", default=None)
    locator: str | None = text("Page or paragraph", default=None)


def by_body(
    positions: Iterable[PolicyPosition], until: date | None = None
) -> dict[str, tuple[PolicyPosition, ...]]:
    """What each body has said by a day, the newest first and what has no day last; bodies in the order of the alphabet.

    One body written in capitals here and not there is one.
    """
    held: dict[str, list[PolicyPosition]] = {}
    names: dict[str, str] = {}
    for one in positions:
        if until is None or one.taken_on is None or one.taken_on <= until:
            key = " ".join(one.body.split()).casefold()
            names.setdefault(key, " ".join(one.body.split()))
            held.setdefault(key, []).append(one)
    return {
        names[key]: tuple(sorted(said, key=lambda one: (one.taken_on or date.min, one.id), reverse=True))
        for key, said in sorted(held.items())
    }


class NoticeResult(Choice):
    """What a notice asks of us once somebody has read it; an invitation is offered, then accepted or declined."""

    UNREAD = "not yet read"
    ACTION = "action"
    NONE = "no action"
    OFFERED = "invitation, not yet answered"
    ACCEPTED = "invitation accepted"
    DECLINED = "invitation declined"

    @property
    def tone(self) -> Tone:
        """What nobody has read or answered wants attention."""
        return Tone.WARN if self in (NoticeResult.UNREAD, NoticeResult.OFFERED) else Tone.GREY


@record(
    title="Bulletin",
    plural="Bulletins",
    prefix="BU",  # codespell:ignore bu
    columns=("title", "sender", "dated", "result", "answer_by", "action"),
)
class Bulletin(Record):
    """A dated notice that was sent round, and whether anything has to be done."""

    title: str = text("Title")
    sender: str | None = text("From", default=None)
    dated: date | None = day("Dated", default=None, lean=Lean.LAST)
    replaces: Id | None = link("Replaces", "Bulletin", default=None)
    result: NoticeResult = choice("What it asks", NoticeResult, default=NoticeResult.UNREAD)
    answer_by: date | None = day("Answer by", default=None, help="Of an invitation: its last day.")
    action: Id | None = link("Action", "Action", default=None)
    remarks: str | None = long_text("Remarks", default=None)


def current(bulletins: Iterable[Bulletin]) -> tuple[Bulletin, ...]:
    """Those that no other replaces, the newest first. Two that replace each other both stay."""
    held = {one.id: one for one in bulletins}
    replaced = {one.replaces for one in held.values() if one.replaces not in (None, one.id)}
    both = {id_ for id_ in replaced if (one := held.get(id_ or NEW)) and _replaces_back(one, held)}
    left = [one for one in held.values() if one.id not in replaced or one.id in both]
    return tuple(sorted(left, key=lambda one: (one.dated or date.min, one.id), reverse=True))


def _replaces_back(bulletin: Bulletin, held: Mapping[Id, Bulletin]) -> bool:
    """Whether following what it replaces leads back to it."""
    seen: set[Id] = set()
    now = bulletin.replaces
    while now is not None and now not in seen and now in held:
        if now == bulletin.id:
            return True
        seen.add(now)
        now = held[now].replaces
    return False


def to_attend_to(bulletins: Iterable[Bulletin]) -> tuple[Bulletin, ...]:
    """Current notices that nobody has read, that ask for something, or that invite and wait for our answer."""
    wanted = (NoticeResult.UNREAD, NoticeResult.ACTION, NoticeResult.OFFERED)
    return tuple(one for one in current(bulletins) if one.result in wanted)


def attention_words(bulletin: Bulletin, today: date) -> str:
    """Why a notice is to be attended to, in words; empty where it is not."""
    match bulletin.result:
        case NoticeResult.UNREAD:
            return "not yet read"
        case NoticeResult.ACTION:
            return "asks for an action; none is entered yet" if bulletin.action is None else "has an action"
        case NoticeResult.OFFERED:
            return _invitation_words(bulletin.answer_by, today)
        case _:
            return ""


def _invitation_words(answer_by: date | None, today: date) -> str:
    if answer_by is None:
        return "an invitation, not yet answered"
    if answer_by < today:
        return "an invitation whose last day has passed, not answered"
    return f"an invitation, to be answered by {day_words(answer_by)}"


@record(
    title="Reporting burden",
    plural="Reporting burden",
    prefix="RB",
    columns=("what", "requester", "month", "hours_spent"),
)
class ReportingBurden(Record):
    """The hours that one return took in one month, and for whom."""

    what: str = text("Return")
    requester: Id | None = link("For whom", "Organisation", default=None)
    month: Month = month("Month")
    hours_spent: Decimal = number("Hours", places=2)


@dataclass(frozen=True, slots=True)
class Burden:
    """Hours that reporting took: in all, for each return and requester, for each requester, in each month."""

    hours: Decimal
    by_return: Mapping[tuple[str, Id | None], Decimal]
    by_requester: Mapping[Id | None, Decimal]
    by_month: Mapping[Month, Decimal]


def burden(
    entries: Iterable[ReportingBurden], first: Month | None = None, last: Month | None = None
) -> Burden:
    """Adds up the hours of the months from first to last, the most hours first, months in their order."""
    held = [
        one
        for one in entries
        if (first is None or one.month >= first) and (last is None or one.month <= last)
    ]
    returns: dict[tuple[str, Id | None], Decimal] = {}
    requesters: dict[Id | None, Decimal] = {}
    months: dict[Month, Decimal] = {}
    for one in held:
        key = (one.what, one.requester)
        returns[key] = returns.get(key, Decimal()) + one.hours_spent
        requesters[one.requester] = requesters.get(one.requester, Decimal()) + one.hours_spent
        months[one.month] = months.get(one.month, Decimal()) + one.hours_spent
    return Burden(
        sum((one.hours_spent for one in held), Decimal()),
        dict(sorted(returns.items(), key=lambda pair: (-pair[1], pair[0][0], pair[0][1] or 0))),
        dict(sorted(requesters.items(), key=lambda pair: (-pair[1], pair[0] or 0))),
        dict(sorted(months.items())),
    )


@record(
    title="Data request",
    plural="Data requests",
    prefix="MR",
    columns=("metric", "asked_by", "asked_on", "basis_found", "checked_on", "answered_on"),
    groups={
        "What was asked": "metric",
        "What the contract says": "basis_found",
        "Our reply": "glad_to_discuss",
    },
)
class DataRequest(Record):
    """Somebody asks for a figure about practices: what our contract says of it, and what we replied."""

    metric: str = text("Figure asked for")
    asked_by: Id | None = link("Asked by", "Organisation", default=None)
    of_whom: str | None = text("Of whom", default=None)
    asked_on: date | None = day("Asked on", default=None, lean=Lean.LAST)
    basis_found: bool | None = flag("A contract asks for it", default=None)
    document: Id | None = link("Contract looked in", "SourceDocument", default=None)
    clause: str | None = text("Clause", default=None)
    checked_on: date | None = day("Looked on", default=None, lean=Lean.LAST)
    glad_to_discuss: str | None = text("What we are glad to discuss", default=None)
    hours_needed: Decimal | None = number("Hours it would take", places=2, default=None)
    cost: Money | None = money("What it would cost", default=None)
    answered_on: date | None = day("Answered on", default=None, lean=Lean.LAST)
    remarks: str | None = long_text("Remarks", default=None)
