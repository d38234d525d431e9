"""The minutes of one meeting: final ones as their version says them, else marked as a draft.

There is one paper for our own board and one for everybody else, from which what is restricted is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import partial

from nhsdesk.documents.model import Report
from nhsdesk.domain import agendas
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import apart, guarded_practices, heading, minutes
from nhsdesk.sections.apart import NotRead
from nhsdesk.sections.minutes import MeetingMinutes
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Facts(MeetingMinutes):
    """One meeting; nothing in it where no meeting was held."""

    heading: Heading


def gather(audience: Audience, reader: Reader, asked: Asked) -> Facts:
    """The meeting that was chosen, or the last that took place by the day of the paper."""
    meeting = _meeting(reader, asked)
    head = heading.gather(reader, asked)
    if meeting is None:
        return _under(head, replace(minutes.NONE, title="Minutes"))
    each = apart.Read()
    (found,) = minutes.gather(reader, (meeting,), asked.day, audience, each)
    if isinstance(found, NotRead):
        title = meeting.title_words()
        naming = guarded_practices.named_in(reader, audience, [(meeting.ref, title)])
        none = replace(minutes.NONE, title=title, problems=naming)
        return _under(replace(head, failed=(found.not_read,)), none)
    return _under(each.under(head), found)


def _under(head: Heading, of: MeetingMinutes) -> Facts:
    return Facts(heading=head, **{field.name: getattr(of, field.name) for field in fields(of)})


def _meeting(reader: Reader, asked: Asked) -> Meeting | None:
    if asked.about is not None:
        return reader.find(Meeting, asked.about)
    been = [
        one for one in reader.all(Meeting) if one.held_on <= asked.day and agendas.has_been(one, asked.day)
    ]
    return max(been, key=lambda one: (one.held_on, one.id), default=None)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before minutes go out."""
    none = () if facts.title != "Minutes" else (
        Problem("No meeting has taken place that minutes could be made of. Enter one.", Weight.MUST_FIX),
    )  # fmt: skip
    return (*heading.check(facts.heading), *none, *facts.problems)


def due(diary: Diary) -> Due:
    """After each meeting; the body's own rule stands on the meeting's page."""
    return Due("After each meeting, by the body’s own rule")


def in_short(facts: Facts) -> str:
    """How many items, and which version."""
    count = f"{len(facts.items)} {'item' if len(facts.items) == 1 else 'items'}"
    return f"{count}; {facts.version}" if facts.version else count


def compile(facts: Facts) -> Report:
    """The minutes."""
    head = facts.heading
    sections = minutes.sections(facts, head.failed)
    subtitle = f"{facts.title}. {facts.version}" if facts.version else facts.title
    made = heading.report(head, facts, "Minutes", subtitle, sections)
    return replace(made, footer=f"{facts.version}. {made.footer}", mark=_mark(facts))


def _mark(facts: Facts) -> str:
    mark = facts.heading.mark
    return f"{mark} DRAFT".strip() if facts.version.startswith("Draft") and "DRAFT" not in mark else mark


def _paper(key: str, title: str, audience: Audience) -> Paper[Facts]:
    gather_for: Callable[[Reader, Asked], Facts] = partial(gather, audience)
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for, check=check,
        compile=compile, due=due, in_short=in_short,
    )  # fmt: skip


PAPER = _paper("minutes", "Minutes, without restricted items", Audience.PARTNERS)
OWN = _paper("minutes-own", "Minutes for our own board", Audience.OWN_BOARD)
