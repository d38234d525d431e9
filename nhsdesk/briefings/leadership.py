"""Leading the PCN, for our own board: the leaders' time inside and outside with target and trend, and who can stand in.

Nobody else sees it: where a clinical director's time goes is for our own board alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Block, CellKind, Column, Figure, Paragraph, Report, Section, Table
from nhsdesk.domain.leadership_rules import MonthOfTime
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period
from nhsdesk.sections import apart, heading, leadership
from nhsdesk.sections.leadership import CarriedFacts, DutiesTold, DutyFacts, TimeFacts, TimeTold
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Facts:
    """The time by month with what is said of it, the duties of today, and how many each role does."""

    heading: Heading
    time: tuple[TimeFacts, ...]
    months: tuple[MonthOfTime, ...]
    said: tuple[str, ...]
    duties: tuple[DutyFacts, ...]
    carried: tuple[CarriedFacts, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """As our own board sees it on the day."""
    each = apart.Read()
    time = each.of(_TIME, lambda: leadership.time_as_at(reader, asked.day, asked.rules)) or TimeTold()
    told = each.of(_DUTY, lambda: leadership.duties_as_at(reader, asked.day)) or DutiesTold()
    head = each.under(heading.gather(reader, asked))
    return Facts(head, time.time, time.months, time.said, told.duties, told.carried)


_TIME, _DUTY = "Time inside and outside", "Duties"


def check(facts: Facts) -> tuple[Problem, ...]:
    """Without any month there is no share and no trend to read."""
    known = facts.time or _TIME in facts.heading.failed
    none = "No time of a leader is entered: two numbers a month, the sessions inside and outside."
    return (*heading.check(facts.heading), *(() if known else (Problem(none, Weight.ACKNOWLEDGE),)))


def in_short(facts: Facts) -> str:
    """How many months it tells of."""
    if _TIME in facts.heading.failed:
        return apart.IN_SHORT
    return f"{len(facts.time)} {'month' if len(facts.time) == 1 else 'months'}"


def compile(facts: Facts) -> Report:
    """The time first, then the duties."""
    head = facts.heading
    subtitle = f"{head.network}, as at {day_words(head.as_at)}"
    sections = (
        *apart.sections(_TIME, head.failed, facts, lambda held: (_time(held),)),
        *apart.sections(_DUTY, head.failed, facts, lambda held: (_duties(held),)),
    )
    return heading.report(head, facts, "Leading the PCN", subtitle, sections)


_MONTHS = (
    Column("Month", CellKind.MONTH),
    Column("Whose"),
    Column("Inside", CellKind.DECIMAL, 1),
    Column("Outside", CellKind.DECIMAL, 1),
    Column("Share outside"),
    Column("Against the target"),
)


def _time(facts: Facts) -> Section:
    if not facts.time:
        return Section(_TIME, (Paragraph("No time of a leader is entered."),))
    rows = tuple(
        (one.month, one.who, one.internal, one.external, one.share, one.target)
        for one in reversed(facts.time)
    )
    table = Table("Sessions by month", _MONTHS, rows)
    blocks: tuple[Block, ...] = (
        *(Paragraph(one) for one in facts.said), leadership.time_chart(facts.months), table,
    )  # fmt: skip
    return Section(_TIME, blocks)


_DUTIES = (Column("Ref"), Column("Duty"), Column("Held by"), Column("Delegated to"), Column("Deputy"))
_CARRIED = (
    Column("Who"), Column("Duties", CellKind.WHOLE), Column("With no deputy", CellKind.WHOLE),
)  # fmt: skip


def _duties(facts: Facts) -> Section:
    if not facts.duties:
        return Section(_DUTY, (Paragraph("No duty is entered."),))
    alone = sum(one.alone for one in facts.duties)
    hangs = f"{'duty' if len(facts.duties) == 1 else 'duties'} {'hangs' if alone == 1 else 'hang'}"
    told = f"{alone} of {len(facts.duties)} {hangs} on one person, because nobody steps in. They stand first."
    rows = tuple((one.ref, one.duty, one.held_by, one.delegated_to, one.deputy) for one in facts.duties)
    carried = tuple((one.who, one.duties, one.alone) for one in facts.carried)
    refs = tuple(one.ref for one in facts.duties if one.alone)
    by = f"of {len(facts.duties)} duties of today, those that nobody steps in for"
    figure = Figure(told.partition(",")[0], f"{alone}", "Duties that hang on one person", by, refs)
    blocks = (Paragraph(told), Table("Duties", _DUTIES, rows), Table("Who does how many", _CARRIED, carried))
    return Section(_DUTY, blocks, figures=(figure,))


PAPER = Paper(
    key="leadership",
    title="Leading the PCN: time, target and trend",
    audience=Audience.OWN_BOARD,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    in_short=in_short,
)
