"""Work that moved to general practice, what was asked of its people and rooms, and what reporting takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nhsdesk.documents.model import Block, Bullets, CellKind, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import policy, workload
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.policy import ReportingBurden
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.workload import ResourceRequest, Sum, Totals, TransferKind, WorkloadTransfer
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import Restricted, withheld_items
from nhsdesk.store.reading import Reader

TITLE = "Work that moved to general practice"
NOT_KNOWN = "not yet known"
MONTHS_BACK = 11


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """One piece of work that moved."""

    ref: str
    id: str
    what: str
    moved_from: str
    since: date | None
    funded: bool | None
    hours_a_month: Decimal | None
    amount: Money | None
    agreed_where: str
    answer: str


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """One call on our people or rooms."""

    ref: str
    id: str
    what: str
    asked_by: str
    asked_on: date | None
    cost: Money | None
    agreed: bool | None
    agreed_where: str


@dataclass(frozen=True, slots=True)
class BurdenFacts:
    """The hours that one return took for one requester in twelve months."""

    what: str
    requester: str
    hours: Decimal


@dataclass(frozen=True, slots=True)
class SentBack:
    """How many pieces of work one organisation sent back to us."""

    sent_by: str
    pieces: int
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader may see, its totals, what an hour is reckoned to cost, and the references withheld."""

    transfers: tuple[TransferFacts, ...]
    totals: Totals
    an_hour: Money | None
    unfunded_cost: Money | None
    requests: tuple[RequestFacts, ...]
    requested: workload.Requested
    burden: tuple[BurdenFacts, ...]
    withheld: tuple[str, ...]
    sent_back: tuple[SentBack, ...] = ()


def gather(reader: Reader, asked: Asked, audience: Audience, an_hour: Money | None = None) -> Facts:
    """What had moved and been asked by the day of the paper. An hour's cost is the local rule's where none is given."""
    hidden = restricted.gather(reader, audience)
    names = {one.id: one.name for one in reader.all(Organisation)}
    moved, asked_for = reader.all(WorkloadTransfer), reader.all(ResourceRequest)
    transfers = [one for one in moved if not hidden.hides(one.id) and _by(one.since, asked.day)]
    requests = [one for one in asked_for if not hidden.hides(one.id) and _by(one.asked_on, asked.day)]
    an_hour = an_hour or _settled(asked)
    totals = workload.totals(transfers)
    return Facts(
        transfers=tuple(_transfer(one, names) for one in _in_order(transfers)),
        totals=totals,
        an_hour=an_hour,
        unfunded_cost=workload.cost_a_month(totals.unfunded.hours, an_hour) if an_hour else None,
        requests=tuple(_request(one, names) for one in requests),
        requested=workload.requested(requests),
        burden=_burden(reader, asked, names, hidden),
        withheld=tuple(one.ref for one in (*moved, *asked_for) if hidden.hides(one.id)),
        sent_back=tuple(
            SentBack(_name(whom, names), n, _sent_by(whom, transfers))
            for whom, n in workload.sent_back(transfers).items()
        ),
    )


def _sent_by(whom: Id | None, transfers: list[WorkloadTransfer]) -> tuple[str, ...]:
    return tuple(
        one.ref for one in transfers if one.kind is TransferKind.SENT_BACK and one.moved_from == whom
    )


def _by(day: date | None, until: date) -> bool:
    return day is None or day <= until


def _settled(asked: Asked) -> Money | None:
    pounds = asked.rules.whole("commitments.hour_cost")
    return Money.pounds(pounds) if pounds else None


def _in_order(transfers: list[WorkloadTransfer]) -> list[WorkloadTransfer]:
    """Unfunded before what is not known before funded, the most hours first."""
    rank = {False: 0, None: 1, True: 2}
    return sorted(transfers, key=lambda one: (rank[one.funded], -(one.hours_a_month or 0), one.id))


def _transfer(one: WorkloadTransfer, names: dict[Id, str]) -> TransferFacts:
    return TransferFacts(
        ref=one.ref,
        id=str(one.id),
        what=one.what,
        moved_from=_name(one.moved_from, names),
        since=one.since,
        funded=one.funded,
        hours_a_month=one.hours_a_month,
        amount=one.amount,
        agreed_where=one.agreed_where or NOT_KNOWN,
        answer=one.answer.words if one.answer else "Not yet answered",
    )


def _request(one: ResourceRequest, names: dict[Id, str]) -> RequestFacts:
    return RequestFacts(
        ref=one.ref,
        id=str(one.id),
        what=one.what,
        asked_by=_name(one.asked_by, names),
        asked_on=one.asked_on,
        cost=one.cost,
        agreed=one.agreed,
        agreed_where=one.agreed_where or "",
    )


def _burden(
    reader: Reader, asked: Asked, names: dict[Id, str], hidden: Restricted
) -> tuple[BurdenFacts, ...]:
    """Of the twelve months up to that of the paper's day."""
    last = asked.month.of(asked.day)
    held = [one for one in reader.all(ReportingBurden) if not hidden.hides(one.id)]
    found = policy.burden(held, last.plus(-MONTHS_BACK), last)
    return tuple(
        BurdenFacts(what, _name(whom, names), hours) for (what, whom), hours in found.by_return.items()
    )


def _name(id_: Id | None, names: dict[Id, str]) -> str:
    return names.get(id_, NOT_KNOWN) if id_ is not None else NOT_KNOWN


def check(facts: Facts) -> tuple[Problem, ...]:
    """Work of which it is not known whether it is funded, or what it takes, makes the totals less than whole."""
    found = []
    for one in facts.transfers:
        if one.funded is None:
            found.append(_problem(one, "it is not yet known whether it is funded", "funded"))
        if one.hours_a_month is None:
            found.append(_problem(one, "its hours a month are not yet known", "hours_a_month"))
    return tuple(found)


def _problem(one: TransferFacts, what: str, field: str) -> Problem:
    return Problem(f"{one.ref}: {what}.", Weight.ACKNOWLEDGE, "workload_transfer", int(one.id), field)


def texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """The free words of each line, by its reference."""
    for line in facts.transfers:
        yield line.ref, "\n".join((line.what, line.moved_from, line.agreed_where))
    for asked in facts.requests:
        yield asked.ref, "\n".join((asked.what, asked.asked_by, asked.agreed_where))
    for one in facts.burden:
        yield "Reporting burden", "\n".join((one.what, one.requester))
    for back in facts.sent_back:
        yield "Work sent back", back.sent_by


_MOVED = (
    Column("Ref"),
    Column("What moved"),
    Column("From"),
    Column("Funded"),
    Column("Hours a month", CellKind.DECIMAL),
    Column("Money that came", CellKind.MONEY),
    Column("Agreed where"),
    Column("Our answer"),
)
_ASKED = (
    Column("Ref"),
    Column("What was asked for"),
    Column("By"),
    Column("Cost to us", CellKind.MONEY),
    Column("Agreed"),
)
_SPENT = (Column("Return"), Column("For whom"), Column("Hours in 12 months", CellKind.DECIMAL))


def section(facts: Facts) -> Section:
    """What moved with its totals, then calls on our people and rooms, then the hours of reporting."""
    blocks: list[Block] = []
    if facts.transfers:
        blocks += [Bullets(total_points(facts)), Table(TITLE, _MOVED, _moved_rows(facts))]
    elif not facts.withheld:
        blocks.append(Paragraph("No work that moved has been recorded."))
    if facts.requests:
        blocks += [
            Paragraph(_requested_words(facts)),
            Table("Calls on our people and rooms", _ASKED, _asked_rows(facts)),
        ]
    if facts.burden:
        rows = tuple((one.what, one.requester, one.hours) for one in facts.burden)
        blocks.append(Table("Hours spent on reporting", _SPENT, rows))
    return Section(TITLE, (*blocks, *withheld_items(facts.withheld)), figures=tuple(_figures(facts)))


def _figures(facts: Facts) -> Iterator[Figure]:
    """Each total of what moved, and what the calls on our people and rooms came to."""
    by = "work that moved by the day of the paper and that its readers may see"
    if facts.transfers:
        for point, refs in zip(total_points(facts), _point_refs(facts), strict=True):
            told = point.rstrip(".")
            yield Figure(told, _first_number(told), "Work that moved", by, refs)
    if facts.requests:
        told = _requested_words(facts).partition(":")[0]
        refs = tuple(one.ref for one in facts.requests)
        shown = f"{facts.requested.requests}; {facts.requested.cost}"
        yield Figure(told, shown, "Calls on our people and rooms", "asked by the day of the paper", refs)


def _point_refs(facts: Facts) -> Iterator[tuple[str, ...]]:
    """For each sentence of the totals, the entries it is of."""

    def those(wanted: Callable[[TransferFacts], bool]) -> tuple[str, ...]:
        return tuple(one.ref for one in facts.transfers if wanted(one))

    yield those(lambda _: True)
    yield those(lambda one: one.funded is False)
    if facts.totals.unknown.transfers:
        yield those(lambda one: one.funded is None)
    yield those(lambda one: one.funded is True)
    if facts.totals.all.without_hours:
        yield those(lambda one: one.hours_a_month is None)
    if facts.sent_back:
        yield tuple(ref for one in facts.sent_back for ref in one.refs)


def _first_number(words: str) -> str:
    """The figure that stands first in a sentence; "none" where it is said in words."""
    found = re.search(r"\d[\d,.]*", words)
    return found[0].rstrip(".,") if found else "none"


def total_points(facts: Facts) -> tuple[str, ...]:
    """The totals in sentences: all, not funded with its cost, not yet known, and what came in money."""
    totals = facts.totals
    cost = ""
    if facts.unfunded_cost is not None:
        cost = f", which cost {facts.unfunded_cost} a month at {facts.an_hour} an hour"
    points = [
        f"{_count(totals.all.transfers)} moved: {_hours(totals.all)} in all.",
        f"Not funded: {_count(totals.unfunded.transfers)}, {_hours(totals.unfunded)}{cost}.",
    ]
    if totals.unknown.transfers:
        count = _count(totals.unknown.transfers)
        points.append(f"Not yet known whether funded: {count}, {_hours(totals.unknown)}.")
    points.append(
        f"Funded: {_count(totals.funded.transfers)}, {_hours(totals.funded)}. Money that came with what moved: "
        f"{totals.all.money}."
    )
    if totals.all.without_hours:
        points.append(f"The hours of {_count(totals.all.without_hours)} are not yet known and not counted.")
    if facts.sent_back:
        by = ", ".join(f"{one.pieces} by {one.sent_by}" for one in facts.sent_back)
        points.append(f"Sent back to us: {_count(sum(one.pieces for one in facts.sent_back))}: {by}.")
    return tuple(points)


def _hours(together: Sum) -> str:
    """Without noughts behind the point that say nothing."""
    return f"{together.hours:,.2f}".rstrip("0").rstrip(".") + " hours a month"


def _count(number: int) -> str:
    return "1 piece of work" if number == 1 else f"{number or 'no'} pieces of work"


def _moved_rows(facts: Facts) -> tuple[tuple[str | Decimal | Money | None, ...], ...]:
    return tuple(
        (
            one.ref,
            one.what,
            one.moved_from,
            _yes_no(one.funded),
            one.hours_a_month,
            one.amount,
            one.agreed_where,
            one.answer,
        )
        for one in facts.transfers
    )


def _asked_rows(facts: Facts) -> tuple[tuple[str | Money | None, ...], ...]:
    return tuple((one.ref, one.what, one.asked_by, one.cost, _yes_no(one.agreed)) for one in facts.requests)


def _requested_words(facts: Facts) -> str:
    asked = facts.requested
    made = "1 call was" if asked.requests == 1 else f"{asked.requests} calls were"
    unknown = sum(one.cost is None for one in facts.requests)
    missing = f" What {unknown} of them cost is not known and not counted." if unknown else ""
    return (
        f"{made} made on our people and rooms, at a cost to us of {asked.cost} in all: {asked.agreed} agreed, "
        f"{asked.waiting} not yet answered.{missing}"
    )


def _yes_no(value: bool | None) -> str:
    return "Not yet known" if value is None else "Yes" if value else "No"
