"""The NWRS reconciliation as a workbook: our posts beside the workforce return, by post and by role, and the checks.

Names are left out: a post is known by its reference and portal label, a row by its role, hours and identifier.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import heading, nwrs_check, workforce
from nhsdesk.store.reading import Reader

KEY = "workforce-check"


@dataclass(frozen=True, slots=True)
class Facts:
    """The comparison as of the month's end under its heading, and the month's check."""

    heading: Heading
    compared: workforce.Facts
    check: nwrs_check.Facts


def gather(reader: Reader, asked: Asked) -> Facts:
    """Our posts on the last day of the month beside the rows that were taken in."""
    compared = workforce.gather(reader, asked.month.last)
    return Facts(heading.gather(reader, asked), compared, nwrs_check.gather(reader, asked.month, compared))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of handing it on, and what must be known of it."""
    return (*heading.check(facts.heading), *_of_source(facts), *_of_lines(facts), *_of_check(facts.check))


def _of_source(facts: Facts) -> list[Problem]:
    month, compared = facts.check.month, facts.compared
    if facts.heading.as_at < month.first:
        return [Problem(f"{month.words} has not begun: there is nothing to compare yet.", Weight.MUST_FIX)]
    if not compared.source:
        return [
            Problem(
                "Neither an own NWRS export nor the published PCN workforce is taken in, so nothing is compared: posts "
                "are listed with what is noted of them.",
                Weight.ACKNOWLEDGE,
            )
        ]
    if compared.own:
        return []
    day = day_words(compared.day)
    words = f"No own NWRS export is taken in: roles are compared as of {day}, and no post by itself."
    return [Problem(words, Weight.ACKNOWLEDGE)]


def _of_lines(facts: Facts) -> list[Problem]:
    compared = facts.compared
    found = []
    if compared.unknown:
        rows = sum(one.rows for one in compared.unknown)
        found.append(
            Problem(
                f"Roles on NWRS that are not in the crosswalk count as nothing here: {len(compared.unknown):,}, in "
                f"{'1 row' if rows == 1 else f'{rows:,} rows'}. Settle them on the NWRS page.",
                Weight.ACKNOWLEDGE,
            )
        )
    if not compared.directors and compared.source:
        found.append(Problem("No clinical director is listed on NWRS; at least one must be.", Weight.NOTE))
    return found


def _of_check(made: nwrs_check.Facts) -> list[Problem]:
    unanswered = [line for line in made.lines if line.answer is None]
    against = [line for line in made.lines if line.answer and line.doubtful]
    found = []
    if made.checked_on is None:
        found.append(Problem(f"The check for {made.month.words} is not taken.", Weight.ACKNOWLEDGE))
    elif unanswered:
        asks = "; ".join(line.asks for line in unanswered)
        found.append(Problem(f"The check has lines without an answer: {asks}.", Weight.ACKNOWLEDGE))
    found += [
        Problem(f"“{line.asks}” is answered with yes, but: {line.known}", Weight.ACKNOWLEDGE)
        for line in against
    ]
    return found


def due(diary: Diary) -> Due:
    """By the last day of the month, before the extract at midnight; a later month once that one was made."""
    made = [month for month in map(read_month, diary.sent) if isinstance(month, Month)]
    month = max([Month.of(diary.today), *(one.plus(1) for one in made)])
    return Due(f"Due {day_words(month.last)} for {month.words}", month.last)


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head, month = facts.heading, facts.check.month
    return heading.workbook(
        head,
        facts,
        title=f"NWRS reconciliation for {head.network}, {month.words}",
        subject=f"Posts beside the workforce return, {month.words}",
        told=_cover(facts),
        sheets=(
            _posts_sheet(facts),
            _missing_sheet(facts),
            _roles_sheet(facts),
            _check_sheet(facts),
            _crosswalk_sheet(facts),
        ),
        notes=_notes(facts),
    )


def _cover(facts: Facts) -> tuple[str, ...]:
    compared = facts.compared
    checked = facts.check.checked_on
    return (
        f"Month: {facts.check.month.words_with_number}. {facts.check.due_words}",
        f"Compared with: {compared.source or 'nothing taken in'}.",
        workforce.in_short(compared),
        f"The check was taken on {day_words(checked)}." if checked else "The check is not taken.",
        "No person is named: posts have their reference, rows the identifier that the NWRS gives them.",
    )


def _notes(facts: Facts) -> tuple[str, ...]:
    return (
        "WTE is hours over 37.5: contracted hours first, average hours where contracted ones are not relevant.",
        "Posts and rows are brought together by the identifier noted on the post, then by role and hours, each once. "
        "Where several could be meant, it is said how many.",
        "Hours agree when they differ by no more than a hundredth of an hour.",
        "Only records that read “Submitted” are extracted; those in progress are not counted.",
        f"Rows compared: {facts.compared.rows:,}.",
    )


_POST_COLUMNS = (
    Column("Post"),
    Column("Portal label"),
    Column("Role"),
    Column("Hours a week", CellKind.HOURS),
    Column("Role on NWRS"),
    Column("Hours on NWRS", CellKind.HOURS),
    Column("NWRS identifier"),
    Column("Outcome"),
    Column("What was found"),
)


def _posts_sheet(facts: Facts) -> Sheet:
    rows = tuple(
        (
            line.post, line.label, line.role, line.hours, line.nwrs_role or None, line.nwrs_hours,
            line.identifier or None, line.state, line.said,
        )
        for line in facts.compared.lines
        if line.post
    )  # fmt: skip
    return Sheet(
        "By post",
        f"Posts beside the NWRS, {day_words(facts.compared.day)}",
        "This worksheet holds one table: each post in use, and what the NWRS says of it.",
        Table("Posts_beside_NWRS", _POST_COLUMNS, rows),
    )


def _missing_sheet(facts: Facts) -> Sheet:
    columns = (
        Column("Role on NWRS"), Column("Hours on NWRS", CellKind.HOURS), Column("NWRS identifier"), Column("Outcome"),
        Column("What was found"),
    )  # fmt: skip
    rows = tuple(
        (line.nwrs_role or None, line.nwrs_hours, line.identifier or None, line.state, line.said)
        for line in facts.compared.lines
        if not line.post
    )
    return Sheet(
        "Missing here",
        "On NWRS without a post here",
        "This worksheet holds one table: rows that no post explains, and roles that nobody has settled.",
        Table("Missing_here", columns, rows),
    )


def _roles_sheet(facts: Facts) -> Sheet:
    columns = (
        Column("Role"), Column("Posts filled", CellKind.WHOLE), Column("WTE in posts", CellKind.DECIMAL),
        Column("People on NWRS", CellKind.WHOLE), Column("WTE on NWRS", CellKind.DECIMAL),
        Column("WTE of contracted services", CellKind.DECIMAL), Column("NWRS less posts", CellKind.DECIMAL),
    )  # fmt: skip
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.role, one.posts, one.wte, one.people, one.nwrs_wte, one.services_wte, one.apart)
        for one in (*facts.compared.roles, facts.compared.whole)
    )
    return Sheet(
        "By role",
        f"By role, {day_words(facts.compared.day)}",
        "This worksheet holds one table. A contracted service is hours without people.",
        Table("By_role", columns, rows),
    )


def _check_sheet(facts: Facts) -> Sheet:
    rows = tuple((line.asks, _answer(line.answer), line.known) for line in facts.check.lines)
    return Sheet(
        "Checklist",
        f"Month-end check, {facts.check.month.words}",
        "This worksheet holds one table: each line of the check and what is known beside it.",
        Table("Checklist", (Column("Check"), Column("Answer"), Column("What is known")), rows),
    )


def _answer(answer: bool | None) -> str:
    return "Not answered" if answer is None else "Yes" if answer else "No"


def _crosswalk_sheet(facts: Facts) -> Sheet:
    columns = (
        Column("Role on NWRS"), Column("Counts as"), Column("Rows", CellKind.WHOLE), Column("Settled here"),
        Column("Source"),
    )  # fmt: skip
    known = tuple(
        (one.nwrs_role or None, one.counts_as, one.rows, "Yes" if one.settled_here else "No", one.source)
        for one in facts.compared.crosswalk
    )
    unknown = tuple(
        (one.nwrs_role or None, "Not settled", one.rows, "No", None) for one in facts.compared.unknown
    )
    return Sheet(
        "Crosswalk",
        "Crosswalk used",
        "This worksheet holds one table: what each role on NWRS was counted as.",
        Table("Crosswalk_used", columns, (*known, *unknown)),
    )


PAPER = Paper(
    key=KEY,
    title="NWRS reconciliation",
    audience=Audience.OWN_BOARD,
    period=Period.MONTH,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=lambda facts: _posts(facts.compared),
)


def _posts(compared: workforce.Facts) -> str:
    count = len({line.post for line in compared.lines if line.post}) or compared.whole.posts
    return "1 post" if count == 1 else f"{count} posts"
