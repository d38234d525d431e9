"""A quarter's assessments as a workbook: levels beside the quarter before, evidence, and what is official in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain import assessments
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.periods import Month, Quarter, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.working_days import add_working_days
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import assessments as section
from nhsdesk.sections import guarded_practices, heading
from nhsdesk.sections.assessments import AssessmentFacts, LineFacts, SectionFacts
from nhsdesk.store.reading import Reader

KEY = "assessment"


@dataclass(frozen=True, slots=True)
class Facts:
    """The assessments of a quarter that leave the PCN, and those that stay."""

    heading: Heading
    quarter: str
    assessments: tuple[AssessmentFacts, ...]
    kept_back: tuple[str, ...]
    naming: tuple[Problem, ...] = ()
    """Where its words name a practice that must not be named."""


def gather(reader: Reader, asked: Asked) -> Facts:
    """The last quarter that was over when the month asked for ended."""
    quarter = assessments.last_over(asked.month)
    found = section.of_quarter(reader, quarter, Audience.PARTNERS)
    going = tuple(one for one in found if one.goes_out)
    naming = guarded_practices.named_in(reader, Audience.PARTNERS, _texts(going))
    return Facts(
        heading.gather(reader, asked),
        str(quarter),
        going,
        tuple(one.ref for one in found if not one.goes_out),
        naming,
    )


def _texts(going: tuple[AssessmentFacts, ...]) -> Iterator[tuple[str, str]]:
    """The free words of each assessment, line and piece of evidence, with where they stand."""
    for one in going:
        yield one.ref, "\n".join((one.framework, one.our_part, one.source, *one.levels))
        for line in one.lines:
            words = (line.section, line.standard, line.note, *line.learning, *line.claims, line.source)
            yield f"{one.ref}, line {line.ref}", "\n".join(words)
        for proof in one.evidence:
            yield proof.ref, f"{proof.what}\n{proof.lies_at}"


def check(facts: Facts) -> tuple[Problem, ...]:
    """What a reader would be misled by."""
    found = [
        *heading.check(facts.heading),
        *facts.naming,
        *(one for each in facts.assessments for one in each.problems),
    ]
    if not facts.assessments:
        words = f"No assessment of {facts.quarter} goes out. Begin one under Quarter’s scores, or give another month."
        found.append(Problem(words, Weight.ACKNOWLEDGE, "assessment"))
    if facts.kept_back:
        words = f"Kept to ourselves, and not in this workbook: {', '.join(facts.kept_back)}."
        found.append(Problem(words, Weight.NOTE, "assessment"))
    return tuple(found)


def due(diary: Diary) -> Due:
    """By the working day that was settled after each quarter; none is made up."""
    quarter = assessments.last_over(Month.of(diary.today))
    sent = [month for month in map(read_month, diary.sent) if isinstance(month, Month)]
    if any(assessments.last_over(month) == quarter for month in sent):
        quarter = _after(quarter)
    ends = quarter.months[-1].last
    day = diary.rules.whole("papers.assessment_working_day")
    if not day:
        return Due(
            f"For {quarter}, which ends on {day_words(ends)}; no day is settled, add one as a local rule"
        )
    on = add_working_days(ends, day, diary.rules.holidays)
    verb = "Was due" if on < diary.today else "Due"
    return Due(f"{verb} {day_words(on)} for {quarter}", on, on < diary.today)


def _after(quarter: Quarter) -> Quarter:
    return Quarter.of(quarter.months[-1].plus(1).first)


# ---- the workbook


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head = facts.heading
    return heading.workbook(
        head,
        facts,
        title=f"Assessment for {head.network}, {facts.quarter}",
        subject=f"Scores and evidence, {facts.quarter}",
        told=_cover(facts),
        sheets=(_sections(facts), _lines(facts), _evidence(facts), _standing(facts)),
        notes=_notes(facts),
    )


def _cover(facts: Facts) -> Iterator[str]:
    yield f"Quarter: {facts.quarter}."
    if not facts.assessments:
        yield "No assessment of this quarter goes out."
    for one in facts.assessments:
        yield f"{one.ref}: {one.framework}, {one.edition}. {one.whose}"
        if one.our_part:
            yield f"Our part in {one.ref}: {one.our_part}."
        yield f"{one.ref}: {_scored(one.whole)}. Time spent: {assessments.minutes_words(one.minutes)}."
    yield "Only lines marked as verified or imported come from a published framework. All others are local prompts."


def _scored(whole: SectionFacts) -> str:
    return f"{whole.scored:,} of {whole.lines:,} lines are scored"


def _notes(facts: Facts) -> Iterator[str]:
    for one in facts.assessments:
        yield f"{one.ref}, what the levels of {one.framework} mean:"
        yield from one.levels or ("Not yet known.",)
        if one.source:
            yield f"{one.ref}, where the framework is from: {one.source}"
        if one.carried:
            yield f"{one.ref}: {one.carried:,} levels stand as carried forward, looked at by nobody since."
        if one.withheld:
            yield f"{one.ref}, restricted and left out: {', '.join(one.withheld)}."
    yield "A difference counts levels up or down in lines scored in both quarters. Levels are never averaged."


_SECTION_COLUMNS = (
    Column("Assessment"), Column("Section"), Column("Lines", CellKind.WHOLE), Column("Scored", CellKind.WHOLE),
    Column("Lowest level", CellKind.WHOLE), Column("Rose", CellKind.WHOLE), Column("Fell", CellKind.WHOLE),
    Column("Difference from last quarter", CellKind.WHOLE),
)  # fmt: skip


def _sections(facts: Facts) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for one in facts.assessments:
        for part in (*one.sections, one.whole):
            rows.append(
                (
                    one.ref,
                    part.name,
                    part.lines,
                    part.scored,
                    part.lowest,
                    part.rose,
                    part.fell,
                    part.difference,
                )
            )
    return Sheet(
        "Sections",
        f"Levels by section, {facts.quarter}",
        "This worksheet holds one table: each section beside the quarter before.",
        Table("Levels_by_section", _SECTION_COLUMNS, tuple(rows)),
    )


_LINE_COLUMNS = (
    Column("Assessment"), Column("Section"), Column("Reference"), Column("Standard"),
    Column("Level", CellKind.WHOLE), Column("Last quarter", CellKind.WHOLE),
    Column("Difference", CellKind.WHOLE), Column("Carried forward"), Column("Note"), Column("Evidence"),
    Column("What goes with it"), Column("In a contract?"), Column("Official or local"),
    Column("Minutes spent", CellKind.WHOLE),
)  # fmt: skip


def _lines(facts: Facts) -> Sheet:
    rows = tuple(_line(one, line) for one in facts.assessments for line in one.lines)
    return Sheet(
        "Lines",
        f"Levels by line, {facts.quarter}",
        "This worksheet holds one table: each line beside the quarter before.",
        Table("Levels_by_line", _LINE_COLUMNS, rows),
    )


def _line(one: AssessmentFacts, line: LineFacts) -> tuple[Cell, ...]:
    return (
        one.ref, line.section, line.ref, line.standard, line.level, line.before, line.difference,
        "Carried forward" if line.carried else "", line.note, "; ".join(line.evidence), "; ".join(line.learning),
        "; ".join(line.claims), line.standing, line.minutes,
    )  # fmt: skip


def _evidence(facts: Facts) -> Sheet:
    columns = (
        Column("Assessment"), Column("Evidence"), Column("What it is"), Column("Holds from"), Column("Runs out on"),
        Column("Where it is"), Column("Given for"),
    )  # fmt: skip
    rows = tuple(
        (
            one.ref,
            proof.ref,
            proof.what,
            proof.effective_on,
            proof.expires_on,
            proof.lies_at,
            ", ".join(proof.lines),
        )
        for one in facts.assessments
        for proof in one.evidence
    )
    return Sheet(
        "Evidence",
        f"Evidence, {facts.quarter}",
        "This worksheet holds one table: each piece of evidence once, with the lines it is given for.",
        Table("Evidence_given", columns, rows),
    )


def _standing(facts: Facts) -> Sheet:
    columns = (
        Column("Assessment"), Column("Reference"), Column("Standard"), Column("Official or local"),
        Column("Where it is written"),
    )  # fmt: skip
    rows = tuple(
        chain.from_iterable(
            ((one.ref, line.ref, line.standard, line.standing, line.source) for line in one.lines)
            for one in facts.assessments
        )
    )
    return Sheet(
        "Official or local",
        "What is verified, and what is a local prompt",
        "This worksheet holds one table: each line with where it is written.",
        Table("Official_or_local", columns, rows),
    )


def in_short(facts: Facts) -> str:
    """How many lines are scored."""
    scored = sum(one.whole.scored for one in facts.assessments)
    return "1 line scored" if scored == 1 else f"{scored:,} lines scored"


PAPER = Paper(
    key=KEY,
    title="Quarterly assessment",
    audience=Audience.PARTNERS,
    period=Period.MONTH,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
