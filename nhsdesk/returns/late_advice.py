"""How advice was replied to, by practice, specialty and month, for those who answer for it. No patients are in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain import reply_log
from nhsdesk.domain.assessments import ReplyLine
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.working_days import add_working_days
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import guarded_practices, heading, restricted
from nhsdesk.store.reading import Reader

KEY = "late-advice"
MONTHS = 3


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """One practice, specialty and month; what partners may not see is not here."""

    ref: str
    practice: str
    specialty: str
    month: Month
    asked: int | None
    in_time: int | None
    usable: int | None
    returned: int | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One month: its lines, and all that were asked unless that would tell of a few."""

    month: Month
    lines: tuple[ReplyFacts, ...]
    asked: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Three months of the reply log as partners may see it."""

    heading: Heading
    months: tuple[MonthFacts, ...]
    smallest: int
    restricted: tuple[str, ...]
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """The month asked for and the two before. What partners may not see is left out here, before facts are kept."""
    wanted = {asked.month.plus(-n) for n in range(MONTHS)}
    held = [line for line in reader.all(ReplyLine) if line.month in wanted]
    hidden = restricted.gather(reader, Audience.PARTNERS)
    withheld = [line for line in held if hidden.hides(line.id, line.practice)]
    problems = reply_log.problems(held, Month.of(asked.day))
    wrong = {problem.record for problem in problems if problem.weight is Weight.MUST_FIX}
    sound = [line for line in held if line not in withheld and line.id not in wrong]
    smallest = asked.rules.whole("privacy.fewest_requests")
    practices = reader.several(Practice, {line.practice for line in sound})
    names = {id_: practice.name for id_, practice in practices.items()}
    months = tuple(_month(one, names) for one in reply_log.shown(sound, smallest))
    specialties = ((line.ref, line.specialty) for month in months for line in month.lines)
    naming = guarded_practices.named_in(reader, Audience.PARTNERS, specialties)
    refs = tuple(line.ref for line in withheld)
    return Facts(heading.gather(reader, asked), months, smallest, refs, (*problems, *naming))


def _month(month: reply_log.MonthShown, names: Mapping[Id, str]) -> MonthFacts:
    ordered = sorted(month.lines, key=lambda one: (names[one.line.practice], one.line.specialty, one.line.id))
    return MonthFacts(
        month.month, tuple(_line(one, names[one.line.practice]) for one in ordered), month.asked
    )


def _line(one: reply_log.Shown, practice: str) -> ReplyFacts:
    return ReplyFacts(
        one.line.ref, practice, one.line.specialty, one.line.month, one.asked, one.in_time, one.usable, one.returned,
        one.withheld,
    )  # fmt: skip


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way, and what is not in it."""
    found = [*heading.check(facts.heading), *facts.problems]
    if not any(month.lines for month in facts.months):
        words = f"The reply log has no line for the three months to {facts.heading.month.words}."
        found.append(Problem(words, Weight.ACKNOWLEDGE, "reply_line"))
    hidden = sum(line.withheld for month in facts.months for line in month.lines)
    if hidden:
        lines = "1 line shows" if hidden == 1 else f"{hidden:,} lines show"
        words = (
            f"{lines} fewer counts than the log has: they would tell of fewer than {facts.smallest} requests."
        )
        found.append(Problem(words, Weight.NOTE, "reply_line"))
    return tuple(found)


def due(diary: Diary) -> Due:
    """By the working day that was settled after each month; none is made up."""
    month = Month.of(diary.today).plus(-1)
    sent = [read for read in map(read_month, diary.sent) if isinstance(read, Month)]
    if month in sent:
        month = month.plus(1)
    day = diary.rules.whole("papers.late_advice_working_day")
    if not day:
        return Due(f"For {month.words}; no day is settled, add one as a local rule")
    on = add_working_days(month.last, day, diary.rules.holidays)
    verb = "Was due" if on < diary.today else "Due"
    return Due(f"{verb} {day_words(on)} for {month.words}", on, on < diary.today)


# ---- the workbook


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head = facts.heading
    return heading.workbook(
        head,
        facts,
        title=f"Late advice, {head.network}, three months to {head.month.words}",
        subject=f"Replies to requests for advice, three months to {head.month.words}",
        told=_cover(facts),
        sheets=(_replies(facts), _months(facts), _specialties(facts)),
        notes=_notes(facts),
    )


def _cover(facts: Facts) -> Iterator[str]:
    head = facts.heading
    yield f"Three months to {head.month.words_with_number}, as the practices’ reply log has them."
    yield f"No patient is in it. A count that would tell of fewer than {facts.smallest} requests is not shown."


def _notes(facts: Facts) -> Iterator[str]:
    yield "In time: replied to within 5 working days, the day of asking not counted, without bank holidays."
    yield (
        f"A part of the requests is shown only where it, and what it leaves, are at least {facts.smallest} each. "
        "A count that is not shown is left empty, and so is one that is not known."
    )
    yield "Asked in the month is left empty where it would tell what a hidden line holds."
    yield "Shares of a month or a specialty are those of the lines that show the count, and of no others."
    if facts.restricted:
        yield f"{restricted.WORDS}, left out of every count: {', '.join(facts.restricted)}."


_COUNTS = (
    Column("Asked", CellKind.WHOLE), Column("Replied within 5 working days", CellKind.WHOLE),
    Column("In time (%)", CellKind.DECIMAL, 1), Column("Usable", CellKind.WHOLE),
    Column("Usable (%)", CellKind.DECIMAL, 1), Column("Work sent back", CellKind.WHOLE),
    Column("Sent back (%)", CellKind.DECIMAL, 1),
)  # fmt: skip


def _replies(facts: Facts) -> Sheet:
    columns = (
        Column("Log line"), Column("Practice"), Column("Specialty"), Column("Month", CellKind.MONTH), *_COUNTS,
        Column("Shown"),
    )  # fmt: skip
    return Sheet(
        "Replies",
        "Replies by practice, specialty and month",
        "This worksheet holds one table: each line of the reply log.",
        Table("Replies", columns, tuple(_reply(line) for month in facts.months for line in month.lines)),
    )


def _reply(line: ReplyFacts) -> tuple[Cell, ...]:
    cells: list[Cell] = [line.asked]
    for part in (line.in_time, line.usable, line.returned):
        cells += [part, reply_log.share(part, line.asked)]
    shown = "In part" if line.withheld else "All that is known"
    return (line.ref, line.practice, line.specialty, line.month, *cells, shown)


def _months(facts: Facts) -> Sheet:
    columns = (
        Column("Month", CellKind.MONTH), Column("Lines", CellKind.WHOLE),
        Column("Asked in the month", CellKind.WHOLE), *_SHARES,
    )  # fmt: skip
    rows = tuple((one.month, len(one.lines), one.asked, *_shares(one.lines)) for one in facts.months)
    return Sheet(
        "Months",
        "Month by month",
        "This worksheet holds one table: each month, its shares those of the lines that show them.",
        Table("Months", columns, rows),
    )


def _specialties(facts: Facts) -> Sheet:
    by_name: dict[str, list[ReplyFacts]] = {}
    for line in (line for month in facts.months for line in month.lines):
        by_name.setdefault(" ".join(line.specialty.split()).casefold(), []).append(line)
    rows = tuple(
        (lines[0].specialty, len(lines), *_shares(tuple(lines))) for _, lines in sorted(by_name.items())
    )
    return Sheet(
        "Specialties",
        "Specialty by specialty",
        "This worksheet holds one table: each specialty over the months, of the lines that show a count.",
        Table("Specialties", (Column("Specialty"), Column("Lines", CellKind.WHOLE), *_SHARES), rows),
    )


_SHARES = (
    Column("In time (%)", CellKind.DECIMAL, 1), Column("Usable (%)", CellKind.DECIMAL, 1),
    Column("Sent back (%)", CellKind.DECIMAL, 1),
)  # fmt: skip


def _shares(lines: tuple[ReplyFacts, ...]) -> tuple[Decimal | None, ...]:
    """Worked out from what is shown and nothing else, so that nothing follows from it that is not shown."""
    found = []
    for name in ("in_time", "usable", "returned"):
        told = [(getattr(line, name), line.asked or 0) for line in lines if getattr(line, name) is not None]
        found.append(
            reply_log.share(sum(part for part, _ in told), sum(asked for _, asked in told)) if told else None
        )
    return tuple(found)


def in_short(facts: Facts) -> str:
    """How many lines of the log are in it."""
    lines = sum(len(month.lines) for month in facts.months)
    return "1 line" if lines == 1 else f"{lines:,} lines"


PAPER = Paper(
    key=KEY,
    title="Late advice",
    audience=Audience.PARTNERS,
    period=Period.MONTH,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
