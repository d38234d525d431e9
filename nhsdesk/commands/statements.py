"""The portal's statement: looked at, taken in as one step, its lines matched to posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk import errors
from nhsdesk.commands import blocks
from nhsdesk.domain import kinds, times
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.blocks import Reading, Row, Wanted, total_of
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entry import Lean, quoted, read_month
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.statements import PortalLine, PortalStatement, match, not_ours
from nhsdesk.sections import statements as gathered
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

WANTED = (
    Wanted(
        "label", "Portal label", kinds.Text(),
        ("portal label", "employee id", "employee reference", "employee label", "post", "label", "necs_employeeid"),
        needed=True,
    ),
    Wanted("role_title", "Role", kinds.Text(), ("role", "profession", "job role", "staff role", "necs_professionid")),
    Wanted("starts", "Start date", times.Day(Lean.LAST), ("start date", "started on", "start", "necs_startedon")),
    Wanted("ends", "Leave date", times.Day(Lean.LAST), ("leave date", "left on", "end date", "leaver", "necs_lefton")),
    Wanted(
        "hours", "Hours a week", kinds.HoursAWeek(),
        ("hours", "hours a week", "hours per week", "hours worked per week", "weekly hours", "necs_hoursworkedperweek"),
    ),
    Wanted(
        "claimed", "Claimed", kinds.Pounds(), ("claimed", "claimed amount", "amount claimed", "claim", "claim amount"),
    ),
    Wanted("approved", "Approved", kinds.Pounds(), ("approved", "approved amount", "amount approved")),
    Wanted("paid", "Paid", kinds.Pounds(), ("paid", "paid amount", "amount paid", "payment", "payment amount")),
    Wanted("status", "Status", kinds.Text(), ("status", "claim status", "state")),
    Wanted("pcn", "PCN code", kinds.Text(), ("pcn code", "pcn", "network code", "ods code", "pcn ods code")),
    Wanted("month", "Month", kinds.Text(), ("month", "claim month", "period", "claim period")),
)  # fmt: skip
"""What is looked for in a statement."""

MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """A statement as it would be taken in: to be looked at first."""

    month: Month
    lines: tuple[PortalLine, ...]
    problems: tuple[Problem, ...]
    code: str = ""
    total: Money | None = None
    doubt: str = ""
    """Why it may be another PCN's or month's: then a person says that it is not before it is taken in."""


def look(reader: Reader, month: Month, reading: Reading, today: date) -> Seen:
    """Matches the rows of a statement to posts and says what is to be known before it is taken in."""
    labels = [(post.portal_label, post.id) for post in reader.all(Post) if post.portal_label]
    rows = [row for row in reading.rows if row.values.get("label")]
    lines = tuple(_line(row, labels) for row in rows)
    codes = [str(row.values.get("pcn") or "") for row in rows]
    ours = reader.all(Organisation, ours=True)
    own = (ours[0].ods_code or "") if ours else ""
    doubt = not_ours(codes, own, sum(line.post is None for line in lines), len(lines)) or _other_month(
        rows, month
    )
    problems = [
        *_of_month(reader, month, today),
        *_of_rows(reading, lines, labels),
    ]
    code = next((one for one in codes if one), "")
    return Seen(month, lines, tuple(problems), code, total_of(reading, "paid"), doubt)


def _line(row: Row, labels: Sequence[tuple[str, Id]]) -> PortalLine:
    values = {name: value for name, value in row.values.items() if name not in ("pcn", "month")}
    label = str(values.pop("label"))
    return PortalLine(statement=NEW, label=label, post=match(label, labels).post, **values)


def _other_month(rows: Sequence[Row], month: Month) -> str:
    """What to ask where a statement names another month than the one in front; words that are no month say nothing."""
    told = {read_month(str(row.values.get("month") or "")) for row in rows}
    others = sorted(one for one in told if isinstance(one, Month) and one != month)
    if not others:
        return ""
    return f"This statement is for {others[0].words}, and {month.words} is chosen. Choose its month first."


def _of_month(reader: Reader, month: Month, today: date) -> Iterator[Problem]:
    if month.first > today:
        yield Problem(f"{month.words} has not begun. Is it the month of this statement?", Weight.ACKNOWLEDGE)
    before = reader.all(PortalStatement, month=month)
    if before:
        which = ", ".join(gathered.statement_words(one) for one in before)
        yield Problem(
            f"A statement for {month.words} was taken in before: {which}. Both stay; the newest counts."
        )
    if gathered.claim_of(reader, month) is None:
        yield Problem(f"No claim for {month.words} is on file here.")


def _of_rows(
    reading: Reading, lines: Sequence[PortalLine], labels: Sequence[tuple[str, Id]]
) -> Iterator[Problem]:
    unread = [row for row in reading.rows if row.problems]
    if unread:
        told = " ".join(problem.sentence for row in unread[:3] for problem in row.problems[:1])
        yield Problem(f"{_rows(len(unread))} cannot be read whole: what is wrong stays empty. {told}")
    loose = [line for line in lines if line.post is None]
    if loose:
        named = [f"{quoted(line.label)} ({match(line.label, labels).why_not})" for line in loose[:MOST_NAMED]]
        more = f" and {len(loose) - MOST_NAMED:,} more" if len(loose) > MOST_NAMED else ""
        yield Problem(
            f"Not matched to a post: {', '.join(named)}{more}. They stay as they are; choose their posts later."
        )
    counts = Counter(line.post for line in lines if line.post is not None)
    twice = [line.label for line in lines if line.post is not None and counts[line.post] > 1]
    if twice:
        named = [quoted(one) for one in dict.fromkeys(twice)]
        yield Problem(f"Listed more than once: {', '.join(named[:MOST_NAMED])}.")


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


def take_in(
    database: Database,
    seen: Seen,
    received_on: date | None = None,
    source: str | None = None,
    headings: Mapping[str, str] | None = None,
) -> PortalStatement:
    """Takes a statement in with its lines, as one step, and remembers which column held what."""
    if not seen.lines:
        raise errors.DeskError(
            "Nothing was taken in: no row of it has a portal label. Choose the column that holds it."
        )
    if received_on is not None and received_on > database.today():
        raise errors.DeskError(
            f"{day_words(received_on)} has not come. Nothing was taken in. Give today or an earlier day."
        )
    with database.change("Take in a portal statement") as change:
        made = change.add(
            PortalStatement(
                month=seen.month,
                received_on=received_on or database.today(),
                total=seen.total,
                network_code=seen.code or None,
                source=source,
            )
        )
        for line in seen.lines:
            change.add(replace(line, statement=made.id))
        if headings:
            blocks.remember(change, Incoming.PORTAL, None, headings)
    return made


def match_line(database: Database, line: Id, post: Id | None) -> PortalLine:
    """Says which post a statement's line is for."""
    with database.change("Match a statement line to a post") as change:
        return change.put(replace(change.reader.get(PortalLine, line), post=post))
