"""The action log to print, in the form boards use: held over, due, not due yet, proposed for closure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from nhsdesk.documents.model import Report
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period, due_at_next_meeting
from nhsdesk.sections import action_log, action_log_pages, apart, guarded_practices, heading
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Facts:
    """The log under its heading, and where it names a practice that must not be named."""

    heading: Heading
    actions: action_log.Facts | None
    """None where they could not be read."""
    naming: tuple[Problem, ...] = ()
    whose: str = ""
    """The body whose log it is; empty for all of them."""


def gather(audience: Audience, reader: Reader, asked: Asked) -> Facts:
    """Reads every open action, and those closed lately, for an audience; of a body where one is asked for."""
    each = apart.Read()
    held = each.of(
        action_log_pages.STAND, lambda: action_log.of_asked(reader, asked, audience), action_log.texts
    )
    naming = guarded_practices.named_in(reader, audience, each.texts)
    head = each.under(heading.gather(reader, asked))
    return Facts(head, held, naming, action_log.whose(reader, asked))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before anybody reads it."""
    return (*heading.check(facts.heading), *facts.naming)


def compile(facts: Facts) -> Report:
    """The log, a part at a time."""
    head = facts.heading
    subtitle = f"{facts.whose or head.network}, as at {day_words(head.as_at)}"
    return heading.report(head, facts, "Action log", subtitle, action_log_pages.sections(facts.actions))


def in_short(facts: Facts) -> str:
    """How many actions are open."""
    if facts.actions is None:
        return apart.IN_SHORT
    return f"{len(action_log.open_lines(facts.actions))} open"


def _paper(key: str, title: str, audience: Audience) -> Paper[Facts]:
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=partial(gather, audience),
        check=check, compile=compile, due=due_at_next_meeting, in_short=in_short,
    )  # fmt: skip


PAPER = _paper("action-log-pages", "Action log to print, without restricted items", Audience.PARTNERS)
OWN = _paper("action-log-pages-own", "Action log to print, for our own board", Audience.OWN_BOARD)
