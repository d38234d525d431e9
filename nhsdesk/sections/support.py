"""Support requests as a board may see them: how many stand where, never which practice, never a small number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.documents.model import Block, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import clocks, lateness, privacy, requests
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.lateness import Lateness
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.privacy import Together
from nhsdesk.domain.requests import Category, Level, RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import Asked, Audience, of_plain
from nhsdesk.sections.request_clocks import Settled
from nhsdesk.store import queries
from nhsdesk.store.reading import Reader

BY_STATE, BY_CATEGORY, BY_LEVEL, BY_AGE, BY_LATENESS = (
    "By where it stands", "By category", "By level of support", "By days open", "By time limit",
)  # fmt: skip
NOT_SAID = "Not said"
_AGES = ((14, "Under 2 weeks"), (29, "2 to 4 weeks"), (92, "Over 4 weeks, up to 3 months"))
_OLDER = "Over 3 months"
_SENT = tuple(state for state in RequestState if state not in (RequestState.DRAFTED, RequestState.AGREED))


@dataclass(frozen=True, slots=True)
class StateFacts:
    """How many requests are such; None where too few to be shown."""

    state: str
    requests: int | None


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One way of sharing out all the requests, as at a day: an earlier one where newer figures would single one out."""

    name: str
    as_at: date
    groups: tuple[StateFacts, ...]
    position: int = 0
    """Where the journal stood when it was counted; nought where that was not kept."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Requests by state and in other ways, suppressed before they are kept."""

    states: tuple[StateFacts, ...]
    total: int | None
    smallest: int
    fewest_practices: int
    tables: tuple[TableFacts, ...] = ()
    as_at: date | None = None
    """The day of the total. What was kept before there were further tables has neither."""
    held_back: bool = False
    """Whether all stands as it was printed last, for newer figures beside it would single out a request."""


def gather(reader: Reader, asked: Asked) -> Facts:
    """Counts the requests the host had been sent by the day, and holds back what the last paper would give away."""
    smallest, fewest = (
        asked.rules.whole("privacy.fewest_requests"),
        asked.rules.whole("privacy.fewest_people"),
    )
    shared = shared_out(reader, asked.day)
    if not any(shared[BY_STATE].values()):
        return Facts((), 0, smallest, fewest)
    together = privacy.suppress_together(_practices(shared), smallest, fewest)
    last = last_printed(reader)
    if last is not None and (
        _total_tells(last, together, smallest) or _total_moved_by_few(reader, last, together, shared, fewest)
    ):
        return replace(last, smallest=smallest, fewest_practices=fewest, held_back=True)
    tables = tuple(
        _table_to_print(reader, asked, name, together, shared[name], last, smallest, fewest)
        for name in together.tables
    )
    return Facts(tables[0].groups, together.total, smallest, fewest, tables, asked.day)


Shared = dict[str, dict[str, list[tuple[Id, Id]]]]
"""For each table its groups, and in each group the request and practice of those in it."""


def shared_out(reader: Reader, day: date, not_yet: frozenset[int] = frozenset()) -> Shared:
    """All requests sent by a day, shared out in each way that is printed. Every group there is stands in its table.

    Events of the ids `not_yet` count as not yet entered.
    """
    found: Shared = {
        BY_STATE: _empty(state.words for state in _SENT),
        BY_CATEGORY: _empty((*(one.words for one in Category), NOT_SAID)),
        BY_LEVEL: _empty((*(one.words for one in Level), NOT_SAID)),
        BY_AGE: _empty((*(words for _, words in _AGES), _OLDER)),
        BY_LATENESS: _empty(one.words for one in Lateness),
    }
    events = events_of(reader, day, not_yet)
    settled = Settled(reader, clocks.end_of(day))
    for request in reader.all(SupportRequest):
        open_for = requests.days_open(events[request.id], day)
        if open_for is None:
            continue
        groups = (
            requests.state(events[request.id]).words,
            request.category.words if request.category else NOT_SAID,
            request.level.words if request.level else NOT_SAID,
            next((words for days, words in _AGES if open_for < days), _OLDER),
            lateness.standing(settled.read(request, events[request.id])).words,
        )
        for name, group in zip(found, groups, strict=True):
            found[name].setdefault(group, []).append((request.id, request.practice))
    return found


def _empty(groups: Iterable[str]) -> dict[str, list[tuple[Id, Id]]]:
    return {words: [] for words in groups}


def _practices(shared: Shared) -> dict[str, dict[str, list[Id]]]:
    return {
        name: {group: [practice for _, practice in held] for group, held in groups.items()}
        for name, groups in shared.items()
    }


def events_of(
    reader: Reader, until: date = date.max, not_yet: frozenset[int] = frozenset()
) -> dict[Id, list[RequestEvent]]:
    """What happened with each request until a day, without what was not yet typed."""
    found: dict[Id, list[RequestEvent]] = {request.id: [] for request in reader.all(SupportRequest)}
    for event in reader.all(RequestEvent):
        if event.happened_on <= until and event.id not in not_yet:
            found.setdefault(event.request, []).append(event)
    return found


# ---- beside the paper before


def last_printed(reader: Reader) -> Facts | None:
    """The counts as they last went to readers outside our own board, in whichever paper."""
    return next(_printed(reader), None)


def _printed(reader: Reader) -> Iterator[Facts]:
    """The counts as they went to readers outside our own board, in whichever paper, the newest first."""
    sent = sorted(reader.all(SentPaper), key=lambda one: (one.issued_at, one.id), reverse=True)
    for paper in sent:
        if paper.audience == Audience.OWN_BOARD.value:
            continue
        kept = reader.kept_bytes(paper.facts.sha256)
        found = (
            _kept_counts(kept, paper.issued_at.date()) if kept is not None and b'"support"' in kept else None
        )
        if found is not None:
            yield found


def _kept_counts(kept: bytes, issued_on: date) -> Facts | None:
    """The counts of a paper's facts; those kept before there were further tables hold only the states."""
    try:
        told = json.loads(kept)["facts"]["support"]
        found = of_plain(Facts, told)
    except Exception:  # facts of another form, or erased: the converter complains in groups of any kind
        return None
    if not found.states:
        return None
    if found.tables:
        return found
    return replace(found, tables=(TableFacts(BY_STATE, issued_on, found.states),), as_at=issued_on)


def _total_tells(last: Facts, together: Together, smallest: int) -> bool:
    """Whether the total alone would single out what came since; then every figure is printed as it was."""
    if last.total is None:
        return False
    return together.total is None or 0 < abs(together.total - last.total) < smallest


def _table_to_print(
    reader: Reader, asked: Asked, name: str, together: Together, shared: dict[str, list[tuple[Id, Id]]],
    last: Facts | None, smallest: int, fewest: int,
) -> TableFacts:  # fmt: skip
    now = together.tables[name]
    fresh = TableFacts(
        name,
        asked.day,
        tuple(StateFacts(group, count) for group, count in now.items()),
        queries.position(reader),
    )
    before = next((one for one in last.tables if one.name == name), None) if last else None
    if last is None or before is None:
        return fresh
    was = privacy.Printed({one.state: one.requests for one in before.groups}, _total_then(reader, before))
    is_ = privacy.Printed(now, together.total)
    changed = [group for group, change in privacy.changes_told(was, is_).items() if change]
    if privacy.differs_by_few(was, is_, smallest) or _moved_by_few(reader, before, changed, shared, fewest):
        return before
    return fresh


def _total_then(reader: Reader, before: TableFacts) -> int | None:
    """The total that went with a table when it was counted, which may be papers ago: readers have kept it."""
    total = None
    for facts in _printed(reader):
        if before not in facts.tables:
            break
        total = facts.total
    return total


def _moved_by_few(
    reader: Reader, before: TableFacts, changed: Sequence[frozenset[str]],
    shared: dict[str, list[tuple[Id, Id]]], fewest: int,
) -> bool:  # fmt: skip
    """Whether a change of groups that can be told is the doing of fewer than `fewest` practices."""
    then = _shared_out_then(reader, before.as_at, before.position)[before.name] if changed else {}
    for group in changed:
        moved = {one for cell in group for one in shared.get(cell, ())} ^ {
            one for cell in group for one in then.get(cell, ())
        }
        if len({practice for _, practice in moved}) < fewest:
            return True
    return False


def _total_moved_by_few(reader: Reader, last: Facts, together: Together, shared: Shared, fewest: int) -> bool:
    """Whether a printed change of the total is the doing of fewer than `fewest` practices."""
    if None in (last.total, together.total) or last.total == together.total or last.as_at is None:
        return False
    position = max((one.position for one in last.tables if one.as_at == last.as_at), default=0)
    then = _shared_out_then(reader, last.as_at, position)[BY_STATE]
    moved = {one for held in shared[BY_STATE].values() for one in held} ^ {
        one for held in then.values() for one in held
    }
    return len({practice for _, practice in moved}) < fewest


def _shared_out_then(reader: Reader, day: date, position: int) -> Shared:
    """All requests as they were shared out as at a day, by what was entered up to a position in the journal."""
    not_yet = queries.added_since(reader, RequestEvent.KIND.name, position) if position else frozenset()
    return shared_out(reader, day, not_yet)


# ---- on paper


def section(facts: Facts) -> Section:
    """The counts, and why some are not shown."""
    title = "Support requests from practices"
    if not facts.states:
        return Section(title, (Paragraph("No support request has been sent."),))
    if not facts.tables:
        old = (Paragraph(told(facts)), _table(BY_STATE, facts.states, facts.total))
        return Section(title, old, figures=_figures(facts))
    few = [one.name[0].lower() + one.name[1:] for one in facts.tables if _all_hidden(one)]
    blocks: list[Block] = [Paragraph(told(facts)), Paragraph(total_words(facts))]
    if few and facts.total is not None:
        blocks.append(Paragraph(f"Too few to be shown: {'; '.join(few)}."))
    for one in facts.tables:
        blocks += () if _all_hidden(one) else _blocks(one, facts)
    return Section(title, tuple(blocks), figures=_figures(facts))


_NOT_NAMED = "support requests, none named: a request would tell of its practice"


def _figures(facts: Facts) -> tuple[Figure, ...]:
    """The total, and each table; requests are counted and never named."""
    told: list[tuple[str, str, date | None]] = []
    if facts.total is not None and facts.tables:
        told.append((f"{facts.total} requests were sent", f"{facts.total}", facts.as_at))
    told += [(_table_name(one.name), "by group", one.as_at) for one in facts.tables if not _all_hidden(one)]
    by = f"those that the host had been sent by the day, in any state; groups under {facts.smallest} are hidden"
    tables = {_table_name(one.name) for one in facts.tables}
    return tuple(
        Figure(at, shown, "Support requests", by, (), at if at in tables else "", _NOT_NAMED, day)
        for at, shown, day in told
    )


def _table_name(name: str) -> str:
    return f"Support requests {name.lower()}"


def _all_hidden(one: TableFacts) -> bool:
    return all(group.requests is None for group in one.groups)


def told(facts: Facts) -> str:
    """What is not shown, and why."""
    return (
        f"Practices are not named. Numbers under {facts.smallest}, those of fewer than {facts.fewest_practices} "
        "practices, and any from which one follows, are not shown."
    )


def total_words(facts: Facts) -> str:
    """How many requests there are, as at which day."""
    if facts.total is None:
        return "Too few requests were sent for any number to be shown."
    as_at = f" by {day_words(facts.as_at)}" if facts.as_at else ""
    why = f" {HELD_BACK}" if facts.held_back else ""
    return f"{facts.total} requests were sent{as_at}.{why}"


LATE_MEANS = "Late is a request of which a time limit was passed, also where it was met afterwards."


HELD_BACK = "Newer figures beside those of the last paper would tell of single requests."


def count_words(count: int | None) -> str:
    """A count, or that it is not shown."""
    return "not shown" if count is None else f"{count:,}"


def _blocks(one: TableFacts, facts: Facts) -> Iterator[Block]:
    """A table, with a sentence before it where it stands from an earlier day."""
    if one.as_at != facts.as_at:
        yield Paragraph(f"{one.name}, the figures are those of {day_words(one.as_at)}. {HELD_BACK}")
    if one.name == BY_LATENESS:
        yield Paragraph(LATE_MEANS)
    whole = all(group.requests is not None for group in one.groups)
    groups = tuple(group for group in one.groups if group.requests or not whole)
    yield _table(one.name, groups, facts.total if one.as_at == facts.as_at else None)


def _table(name: str, groups: Sequence[StateFacts], total: int | None) -> Table:
    rows = [(one.state, count_words(one.requests)) for one in groups]
    if total is not None or name == BY_STATE:
        rows.append(("All requests", count_words(total)))
    columns = (Column(name), Column("Requests"))
    return Table(_table_name(name), columns, tuple(rows), caption=_table_name(name))


# ---- no paper may say by its free text what the counts hide
