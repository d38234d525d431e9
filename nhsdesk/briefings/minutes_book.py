"""All final minutes of a body in the order of its meetings, or of all bodies: one document for the archive.

Each meeting begins on a page of its own, in its newest version. There is one paper for our own board and one for
everybody else, from which what is restricted is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from nhsdesk.documents.model import Bullets, Paragraph, Report, Section
from nhsdesk.domain import agendas
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.meetings import Meeting, MinutesVersion
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import apart, heading, meetings, minutes
from nhsdesk.sections.apart import NotRead
from nhsdesk.sections.minutes import MeetingMinutes
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Bound:
    """The minutes of one meeting, and the reference it is known by."""

    ref: str
    minutes: MeetingMinutes


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose minutes they are, each meeting in order, and the meetings held whose minutes are not final."""

    heading: Heading
    whose: str
    bound: tuple[Bound | NotRead, ...]
    not_final: tuple[str, ...]


def gather(audience: Audience, reader: Reader, asked: Asked) -> Facts:
    """The body that was chosen, or that of the chosen meeting; all bodies where none was."""
    body = _body(reader, asked)
    every = reader.all(Meeting) if body is None else meetings.meetings_of(reader, body)
    been = [one for one in every if one.held_on <= asked.day and agendas.has_been(one, asked.day)]
    been.sort(key=lambda one: (one.held_on, one.id))
    final = {one.meeting for one in reader.all(MinutesVersion)}
    bound = [one for one in been if one.id in final]
    each = apart.Read()
    found = minutes.gather(reader, bound, asked.day, audience, each, lambda one: f"{one.ref}: ")
    return Facts(
        each.under(heading.gather(reader, asked)),
        body.name if body is not None else "All bodies",
        tuple(
            of if isinstance(of, NotRead) else Bound(one.ref, of)
            for one, of in zip(bound, found, strict=True)
        ),
        tuple(f"{one.ref} {one.title_words()}" for one in been if one.id not in final),
    )


def _body(reader: Reader, asked: Asked) -> Body | None:
    chosen = reader.find(Meeting, asked.about)
    return meetings.body_of(reader, chosen) if chosen is not None else reader.find(Body, asked.about)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before they go out."""
    none = () if facts.bound else (
        Problem(f"{facts.whose}: no minutes are final yet. Make those of a meeting final first.", Weight.MUST_FIX),
    )  # fmt: skip
    found = (problem for one in apart.read(facts.bound) for problem in one.minutes.problems)
    missing = (
        Problem(f"{one}: its minutes are not final, and not in it.", Weight.NOTE) for one in facts.not_final
    )
    return (*heading.check(facts.heading), *none, *found, *missing)


def due(diary: Diary) -> Due:
    """Whenever an archive or an auditor asks for it."""
    return Due("When an archive or an auditor asks for it")


def in_short(facts: Facts) -> str:
    """How many meetings."""
    return f"{len(facts.bound)} {'meeting' if len(facts.bound) == 1 else 'meetings'}"


def compile(facts: Facts) -> Report:
    """What is in it, then each meeting from a page of its own."""
    failed = facts.heading.failed
    sections = (
        *apart.part(_IN_IT, facts, _listed),
        *apart.part(_NOT_IN_IT, facts, _not_in_it),
        *apart.each(facts.bound, _begins, lambda one: _bound(one, failed)),
    )
    subtitle = f"{facts.whose}, {in_short(facts)} in order"
    return heading.report(facts.heading, facts, "Minutes", subtitle, sections)


_IN_IT, _NOT_IN_IT = "What is in it", "What is not in it"


def _listed(facts: Facts) -> Iterator[Section]:
    listed = tuple(
        one.not_read if isinstance(one, NotRead) else f"{one.ref} {one.minutes.title}. {one.minutes.version}"
        for one in facts.bound
    )
    yield Section(_IN_IT, (Bullets(listed),) if listed else (Paragraph("No minutes are final."),))


def _not_in_it(facts: Facts) -> Iterator[Section]:
    if facts.not_final:
        told = Paragraph("These meetings took place, and their minutes are not final:")
        yield Section(_NOT_IN_IT, (told, Bullets(facts.not_final)))


def _begins(one: Bound) -> str:
    return f"{one.ref}: {one.minutes.title}"


def _bound(one: Bound, failed: tuple[str, ...]) -> Iterator[Section]:
    first, *others = minutes.sections(one.minutes, failed, f"{one.ref}: ")
    yield replace(first, heading=_begins(one), own_page=True)
    yield from others


def _paper(key: str, title: str, audience: Audience) -> Paper[Facts]:
    gather_for: Callable[[Reader, Asked], Facts] = partial(gather, audience)
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for, check=check,
        compile=compile, due=due, in_short=in_short,
    )  # fmt: skip


PAPER = _paper("minutes-book", "All final minutes in order, without restricted items", Audience.PARTNERS)
OWN = _paper("minutes-book-own", "All final minutes in order, for our own board", Audience.OWN_BOARD)
