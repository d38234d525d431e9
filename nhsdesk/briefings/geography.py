"""Where we are: region, system, place, neighbourhood, team, PCN and practices on one page, each with its definition."""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Report
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import apart, geography, guarded_practices, heading
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PARTNERS
_TITLE = "Where we are"


@dataclass(frozen=True, slots=True)
class Facts:
    """The tiers above our practices on a day."""

    heading: Heading
    geography: geography.Facts
    naming: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads where our practices lie on the day."""
    each, audience = apart.Read(), asked.audience(AUDIENCE)
    lies = geography.gather(reader, asked, audience, each)
    naming = guarded_practices.named_in(reader, audience, each.texts)
    return Facts(each.under(heading.gather(reader, asked)), lies, naming)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What is missing, and words that name who must not be named."""
    failed = facts.heading.failed
    found = apart.problems(_TITLE, facts.geography, lambda held: geography.check(held, failed))
    return (*heading.check(facts.heading), *facts.naming, *found)


def due(diary: Diary) -> Due:
    """Nobody asks for it on a day."""
    return Due("When somebody asks which area is meant")


def in_short(facts: Facts) -> str:
    """How many practices it places."""
    if geography.PRACTICES in facts.heading.failed:
        return apart.IN_SHORT
    number = len(facts.geography.practices)
    return "1 practice" if number == 1 else f"{number} practices"


def compile(facts: Facts) -> Report:
    """One page for a PCN of usual size; a larger one goes on."""
    head, lies, failed = facts.heading, facts.geography, facts.heading.failed
    sections = (
        *apart.sections(geography.TIERS, failed, lies, geography.tiers),
        *apart.sections(geography.PRACTICES, failed, lies, geography.practices),
        *apart.sections(geography.NOT_KNOWN, failed, lies, geography.not_known),
    )
    subtitle = f"From region to practice, on {day_words(head.as_at)}"
    return heading.report(head, facts, _TITLE, subtitle, sections)


PAPER = Paper(
    key="geography",
    title=_TITLE,
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
    readers=tuple(Audience),
)
