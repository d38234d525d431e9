"""What our PCN has delivered: one page for partners and boards, with what we offered to lead and what came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhsdesk.documents.model import Paragraph, Report, Section
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import apart, delivered, guarded_practices, heading
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PARTNERS


@dataclass(frozen=True, slots=True)
class Facts:
    """What was delivered and offered, and where a practice is named that must not be."""

    heading: Heading
    delivered: delivered.Facts
    naming: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads it for readers outside the PCN."""
    each, audience = apart.Read(), asked.audience(AUDIENCE)
    told = delivered.gather(reader, asked, audience, each)
    naming = guarded_practices.named_in(reader, audience, each.texts)
    return Facts(each.under(heading.gather(reader, asked)), told, naming)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What a reader would ask for next."""
    told = facts.delivered
    known = told.delivered or delivered.OUTCOMES in facts.heading.failed
    nothing = () if known else (Problem("Nothing delivered is written down.", Weight.ACKNOWLEDGE),)
    return (*heading.check(facts.heading), *facts.naming, *nothing, *told.problems)


def compile(facts: Facts) -> Report:
    """The page."""
    head, told, failed = facts.heading, facts.delivered, facts.heading.failed
    subtitle = f"{head.network}, as at {day_words(head.as_at)}"
    sections = (
        *apart.part(_OPENING, facts, _opening),
        *apart.sections(delivered.OUTCOMES, failed, told, lambda held: (delivered.outcomes(held),)),
        *apart.sections(delivered.OFFERS, failed, told, lambda held: (delivered.offers(held),)),
        *apart.part(delivered.WITHHELD, told, delivered.withheld),
    )
    return heading.report(head, facts, delivered.TITLE, subtitle, sections)


_OPENING = "In short"


def _opening(facts: Facts) -> Iterator[Section]:
    words = _counts(facts)
    figures = delivered.counted(
        facts.delivered,
        words.get(delivered.OUTCOMES, ""),
        words.get(delivered.OFFERS, ""),
        _unanswered(facts),
    )
    yield Section(_OPENING, (Paragraph(_opening_words(facts)),), figures=figures)


def _opening_words(facts: Facts) -> str:
    unanswered = _unanswered(facts)
    told = f"{in_short(facts)}.{f' {unanswered}.' if unanswered else ''}"
    return (
        f"{told} Each outcome stands with its own measure and period as they were entered; “not said” means that "
        "nobody has written it down."
    )


def _unanswered(facts: Facts) -> str:
    waits = sum(one.unanswered for one in facts.delivered.offers)
    return f"{waits} of the offers to lead {'has' if waits == 1 else 'have'} no reply" if waits else ""


def in_short(facts: Facts) -> str:
    """How many outcomes and offers it tells of."""
    counts = _counts(facts)
    return ", ".join((*counts.values(), *((apart.IN_SHORT,) if len(counts) < 2 else ())))


def _counts(facts: Facts) -> dict[str, str]:
    """How many there are of each part that could be read."""
    done, made = len(facts.delivered.delivered), len(facts.delivered.offers)
    counts = {
        delivered.OUTCOMES: "1 outcome" if done == 1 else f"{done:,} outcomes",
        delivered.OFFERS: f"{'1 offer' if made == 1 else f'{made:,} offers'} to lead",
    }
    return {part: words for part, words in counts.items() if part not in facts.heading.failed}


def due(diary: Diary) -> Due:
    """Nobody waits for it on a known day."""
    return Due("Wanted when somebody asks what the PCN has done")


PAPER = Paper(
    key="delivered",
    title=delivered.TITLE,
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
