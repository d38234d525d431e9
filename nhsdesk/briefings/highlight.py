"""The highlight report: what the last period brought, what the next is to bring, and the path back to green.

A period is 31 days before and after the day of the paper. What is off track says what will bring it back, by whom and
when, as far as anybody has said so. One is for our own board, one for partners without what is restricted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from nhsdesk.documents.model import Block, Cell, CellKind, Column, Figure, Paragraph, Report, Section, Table
from nhsdesk.domain.highlight import PERIOD
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period, due_at_next_meeting
from nhsdesk.sections import apart, guarded_practices, heading, highlight
from nhsdesk.sections.highlight import LineFacts
from nhsdesk.sections.restricted import withheld_items
from nhsdesk.store.reading import Reader

AREAS = (highlight.PLANS, highlight.ACTIONS, highlight.INTEGRATORS, highlight.REQUESTS)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told under its heading, and where it names a practice that must not be named."""

    heading: Heading
    told: highlight.Facts
    naming: tuple[Problem, ...] = ()


def gather(audience: Audience, reader: Reader, asked: Asked) -> Facts:
    """Plans, actions, integrators and, for our own board, requests."""
    each, audience = apart.Read(), asked.audience(audience)
    told = highlight.gather(reader, asked, audience, each)
    naming = guarded_practices.named_in(reader, audience, highlight.texts(told))
    return Facts(each.under(heading.gather(reader, asked)), told, naming)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What is off track without a word on what will bring it back is to be acknowledged."""
    unsaid = tuple(
        Problem(
            f"{one.ref}: it is off track ({one.late}), and nobody has said what will bring it back.",
            Weight.ACKNOWLEDGE,
            one.kind,
            int(one.id),
        )
        for one in facts.told.lines
        if one.unsaid
    )
    return (*heading.check(facts.heading), *facts.naming, *unsaid)


def compile(facts: Facts) -> Report:
    """The report."""
    head = facts.heading
    sections = (
        *apart.part(_STANDS, facts, _stands),
        *(one for area in head.failed for one in apart.part(area, None, _stands)),
        *apart.titled(facts, {_LAST: _done, _AHEAD: _coming, _GREEN: _path}),
        *apart.part(_WITHHELD, facts, _withheld),
    )
    subtitle = f"{head.network}: {_last_words(head)}"
    return heading.report(head, facts, "Highlight report", subtitle, sections)


_STANDS, _LAST, _AHEAD = "Where it stands", "Last period: what was done", "Next period: what is due"
_GREEN, _WITHHELD = "Path to green", "Withheld"


def _last_words(head: Heading) -> str:
    return f"{day_words(head.as_at - PERIOD)} to {day_words(head.as_at)}"


def _stands(facts: Facts) -> Iterator[Section]:
    yield Section(_STANDS, tuple(_stands_blocks(facts)), figures=tuple(_figures(facts)))


def _areas(facts: Facts) -> tuple[str, ...]:
    """The parts of the work that are told of."""
    told = AREAS if facts.told.requests_told else AREAS[:-1]
    return tuple(area for area in told if area not in facts.heading.failed)


def _nothing(facts: Facts, words: str) -> str:
    """That nothing is there, of what could be read."""
    if not facts.heading.failed:
        return f"{words}."
    return f"{words} in what could be read, which is without: {'; '.join(facts.heading.failed)}."


_COUNTS = (
    Column("Part of the work"), Column("Done", CellKind.WHOLE),
    Column("Due next", CellKind.WHOLE), Column("Off track", CellKind.WHOLE),
)  # fmt: skip


def _stands_blocks(facts: Facts) -> Iterable[Block]:
    head = facts.heading
    ahead = f"{day_words(head.as_at)} to {day_words(head.as_at + PERIOD)}"
    lines = facts.told.lines
    counts = Counter(
        (one.area, what)
        for one in lines
        for what, held in (("done", one.done), ("next", one.next), ("late", bool(one.late)))
        if held
    )
    rows = tuple(
        (area, counts[(area, "done")], counts[(area, "next")], counts[(area, "late")])
        for area in _areas(facts)
    )
    yield Paragraph(f"Last period: {_last_words(head)}. Next period: {ahead}.")
    yield Table("Where it stands", _COUNTS, rows)
    late = sum(bool(one.late) for one in lines)
    unsaid = sum(one.unsaid for one in lines)
    if not late:
        yield Paragraph(_nothing(facts, "Nothing is late or off track"))
    else:
        said = f"of {unsaid} of them nobody has said" if unsaid else "of each it is said"
        counted = "1 entry is" if late == 1 else f"{late} entries are"
        of = f", in what could be read, which is without: {'; '.join(head.failed)}" if head.failed else ""
        yield Paragraph(f"{counted} late or off track{of}; {said} what will bring it back.")
    if not facts.told.requests_told:
        yield Paragraph("Requests for support are told of in the report for our own board only.")


def _figures(facts: Facts) -> Iterable[Figure]:
    """Each part of the work, and what is late or off track."""
    lines = facts.told.lines
    for area in _areas(facts):
        held = [one for one in lines if one.area == area]
        counts = (
            sum(one.done for one in held),
            sum(one.next for one in held),
            sum(bool(one.late) for one in held),
        )
        refs = tuple(one.ref for one in held if one.done or one.next or one.late)
        shown = "; ".join(str(number) for number in counts)
        by = "done in the last period; due in the next; late or off track"
        yield Figure(area, shown, f"Entries of {area[:1].lower()}{area[1:]}", by, refs, "Where it stands")
    late = tuple(one.ref for one in lines if one.late)
    if late:
        at = (
            "1 entry is late or off track" if len(late) == 1 else f"{len(late)} entries are late or off track"
        )
        yield Figure(
            at, f"{len(late)}", "Late or off track", "entries whose date is over, or said to be late", late
        )


_DONE = (Column("Ref"), Column("What"), Column("By whom"), Column("Done on", CellKind.DAY))
_NEXT = (Column("Ref"), Column("What"), Column("By whom"), Column("Due", CellKind.DAY))
_PATH = (
    Column("Ref"), Column("What"), Column("How late"), Column("What brings it back, as last said"), Column("By whom"),
    Column("By when"),
)  # fmt: skip
_NO_DATE = "No new date"


def _done(facts: Facts) -> tuple[Block, ...]:
    day = facts.heading.as_at
    done = sorted(
        (one for one in facts.told.lines if one.done), key=lambda one: (one.done_on or day, one.ref)
    )
    return _listed("Done", _DONE, map(_done_row, done), _nothing(facts, "Nothing was done"))


def _coming(facts: Facts) -> tuple[Block, ...]:
    coming = (_next_row(one) for one in facts.told.lines if one.next)
    return _listed("Due", _NEXT, coming, _nothing(facts, "Nothing is due"))


def _done_row(one: LineFacts) -> tuple[Cell, ...]:
    return one.ref, one.what, one.who, one.done_on


def _next_row(one: LineFacts) -> tuple[Cell, ...]:
    return one.ref, one.what, one.who, one.due


def _listed(
    name: str, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], none: str
) -> tuple[Block, ...]:
    held = tuple(rows)
    return (Table(name, columns, held),) if held else (Paragraph(none),)


def _path(facts: Facts) -> tuple[Block, ...]:
    late = (one for one in facts.told.lines if one.late)
    rows = ((one.ref, one.what, one.late, one.back, one.who, _by_when(one)) for one in late)
    return _listed("Path to green", _PATH, rows, _nothing(facts, "Nothing is late or off track"))


def _by_when(one: LineFacts) -> str:
    return day_words(one.back_by) if one.back_by is not None else _NO_DATE


def _withheld(facts: Facts) -> Iterator[Section]:
    if held := withheld_items(facts.told.withheld):
        yield Section(_WITHHELD, held)


def in_short(facts: Facts) -> str:
    """How much is off track."""
    late = sum(bool(one.late) for one in facts.told.lines)
    return f"{late} off track{f', {apart.IN_SHORT}' if facts.heading.failed else ''}"


def _paper(key: str, title: str, audience: Audience, readers: tuple[Audience, ...] = ()) -> Paper[Facts]:
    gather_for: Callable[[Reader, Asked], Facts] = partial(gather, audience)
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for, check=check,
        compile=compile, due=due_at_next_meeting, in_short=in_short, readers=readers,
    )  # fmt: skip


PAPER = _paper("highlight", "Highlight report, without restricted items", Audience.PARTNERS, tuple(Audience))
OWN = _paper("highlight-own", "Highlight report for our own board", Audience.OWN_BOARD)
