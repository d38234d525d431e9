"""Maxima and sums a head: looked at for a day, confirmed against the specification, added and superseded.

What a rate says is never edited. One that takes its place supersedes it in the same step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk import errors, resources
from nhsdesk.commands import blocks, figures
from nhsdesk.domain import entitlement, rate_check, rate_table, rates, sum_table, superseding
from nhsdesk.domain.arrs import Post, Role, Scheme
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ListBase, ListSize, LondonZone, Organisation, Practice
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rate_table import Judged, TableRow, TableTold
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.sum_table import JudgedSum, SumsTold
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Shown:
    """One role and London zone for a day: what was known then, what is known now, and how sure it is."""

    role: Role
    zone: LondonZone
    needed: bool
    """Whether a post of ours rests on it."""
    then: Rate | Problem
    now: Rate | Problem

    @property
    def rate(self) -> Rate | None:
        """The maximum as it was known on the day asked for."""
        return self.then if isinstance(self.then, Rate) else None

    @property
    def differs(self) -> bool:
        """Whether knowing more has changed the answer."""
        return rates.Answers(self.then, self.now).differ

    @property
    def to_confirm(self) -> bool:
        """Whether nobody here has checked it against the specification."""
        return self.rate is not None and rates.unconfirmed(self.rate) is not None


def of_day(database: Database, on: date, known_on: date) -> tuple[Shown, ...]:
    """Every maximum for a day as known on another; what our posts rest on first, missing or not."""
    today = database.today()
    with database.read() as reader:
        held, needed = known_here(reader), needed_for(reader, on)
    others = {(rate.role, rate.zone) for rate in held} - needed
    order = list(LondonZone)
    asked = [
        *sorted(needed, key=lambda one: (one[0].words, order.index(one[1]))),
        *sorted(others, key=lambda one: (one[0].words, order.index(one[1]))),
    ]
    made = []
    for role, zone in asked:
        found = rates.answers(held, role, zone, on, known_on, today)
        shown = Shown(role, zone, (role, zone) in needed, found.then, found.now)
        if shown.needed or shown.rate is not None or isinstance(shown.now, Rate):
            made.append(shown)
    return tuple(made)


def known_here(reader: Reader) -> tuple[Rate, ...]:
    """National rates, and those for our PCN only."""
    ours = {one.id for one in reader.all(Organisation, ours=True)}
    return tuple(one for one in reader.counting(Rate) if one.network is None or one.network in ours)


def needed_for(reader: Reader, on: date) -> set[tuple[Role, LondonZone]]:
    """Roles of our posts that have not ended by a day, each with the London zone of its practice."""
    practices = {one.id: one for one in reader.all(Practice)}
    needed: set[tuple[Role, LondonZone]] = set()
    for post in reader.all(Post):
        base = practices.get(post.base) if post.base is not None else None
        over = post.ends is not None and post.ends < on
        if post.scheme is Scheme.ARRS and base is not None and base.london_zone is not None and not over:
            needed.add((post.role, base.london_zone))
    return needed


# ---- confirming


@dataclass(frozen=True, slots=True)
class Checked:
    """Who looked the figures up in the specification, when, and on which page."""

    who: str
    on: str
    page: str


def confirm(database: Database, ids: Iterable[Id], checked: Checked) -> tuple[Problem, ...]:
    """Marks maxima and sums as checked against the specification, as one step; or says what is still needed."""
    wanted = list(dict.fromkeys(ids))
    on = Rate.KIND.field("confirmed_on").kind.read(checked.on, database.today())
    problems = list(_lacking(checked, on, database.today()))
    if not wanted:
        problems.append(Problem("There is nothing to confirm.", Weight.MUST_FIX))
    if problems or not isinstance(on, date):
        return tuple(problems)
    who, page = checked.who.strip(), checked.page.strip()
    with database.change(f"Confirm {_counted(len(wanted), 'figure', 'figures')}") as change:
        for one in wanted:
            change.put(_confirmed(change.reader.any_of(one), who, on, page))
    return ()


def _confirmed(found: Record | None, who: str, on: date, page: str) -> Record:
    if isinstance(found, Rate):
        return superseding.confirmed(found, who, on, page)
    if isinstance(found, Sum):  # apart, for the type of what comes back is the type of what was given
        return superseding.confirmed(found, who, on, page)
    raise errors.ChangedMeanwhile("A figure was removed meanwhile. Nothing was confirmed. Look again.")


def checked_on(checked: Checked, today: date, *, page: bool = True) -> date | tuple[Problem, ...]:
    """The day something was checked on; or what is still to be said of who, when and on which page."""
    on = Rate.KIND.field("confirmed_on").kind.read(checked.on, today)
    problems = tuple(one for one in _lacking(checked, on, today) if page or one.field != "page")
    return on if isinstance(on, date) and not problems else problems


def _lacking(checked: Checked, on: date | Problem | None, today: date) -> Iterable[Problem]:
    if not checked.who.strip():
        yield Problem("Say who checked them: a role or initials.", Weight.MUST_FIX, field="who")
    if on is None:
        yield Problem("Say on which day they were checked.", Weight.MUST_FIX, field="on")
    elif isinstance(on, Problem):
        yield replace(on, weight=Weight.MUST_FIX, field="on")
    elif on > today:
        yield Problem(f"{day_words(on)} has not come yet.", Weight.MUST_FIX, field="on")
    if not checked.page.strip():
        yield Problem("Say on which page of the specification they stand.", Weight.MUST_FIX, field="page")


# ---- adding


def supersede(database: Database, rate: Rate) -> Record:
    """Adds one rate as a step; what it takes the place of is marked as superseded in it."""
    with database.change("Add a maximum") as change:
        return figures.add(change, rate)


@dataclass(frozen=True, slots=True)
class TableWords:
    """What is typed about a whole table, as words."""

    valid_from: str
    valid_to: str
    published_on: str
    source: str
    ours_only: bool = False


def told_of_table(database: Database, words: TableWords) -> TableTold | tuple[Problem, ...]:
    """What holds for a whole table, or what is wrong with the words, each beside its field."""
    today, field = database.today(), Rate.KIND.field
    read = {
        name: field(name).kind.read(getattr(words, name), today)
        for name in ("valid_from", "valid_to", "published_on")
    }
    problems = [replace(one, field=name) for name, one in read.items() if isinstance(one, Problem)]
    problems += [
        Problem(f"“{field(name).label}” is needed.", Weight.MUST_FIX, field=name)
        for name in ("valid_from", "published_on")
        if read[name] is None
    ]
    if not words.source.strip():
        problems.append(Problem("Say where the table is written.", Weight.MUST_FIX, field="source"))
    starts, ends, published = (_day(read[name]) for name in read)
    if starts is not None and ends is not None and ends < starts:
        problems.append(Problem("It ends before it begins.", Weight.MUST_FIX, field="valid_to"))
    if published is not None and published > today:
        problems.append(
            Problem("A table is taken in once it is published.", Weight.MUST_FIX, field="published_on")
        )
    if problems or starts is None or published is None:
        return tuple(problems)
    return TableTold(starts, ends, published, words.source.strip(), _ours(database, words))


def _day(read: date | Problem | None) -> date | None:
    return read if isinstance(read, date) else None


def _ours(database: Database, words: TableWords) -> Id | None:
    if not words.ours_only:
        return None
    with database.read() as reader:
        return reader.all(Organisation, ours=True)[0].id


def judge_table(database: Database, rows: Iterable[TableRow], told: TableTold) -> tuple[Judged, ...]:
    """Each figure of a pasted table: new, the same, a change of what is on file, or not recognised."""
    with database.read() as reader:
        held = known_here(reader)
    return rate_table.judge(rows, told, held, resources.pay_levels())


def take_table(
    database: Database,
    rows: Iterable[TableRow],
    told: TableTold,
    headings: Mapping[str, str] | None = None,
) -> int:
    """Adds what is new or changed of a pasted table as one step, its headings remembered; how many maxima it was."""
    judged = judge_table(database, rows, told)
    found = [one.rate for one in judged if one.takes and one.rate is not None]
    if not found:
        return 0
    with database.change(f"Add {_counted(len(found), 'maximum', 'maxima')}") as change:
        for rate in found:
            figures.add(change, rate)
        blocks.remember(change, Incoming.RATES, None, headings or {})
    return len(found)


def doubts(database: Database, rate: Rate) -> tuple[Problem, ...]:
    """What to ask about one maximum, beside all others on file."""
    with database.read() as reader:
        return rate_check.doubts(rate, known_here(reader), resources.pay_levels())


# ---- sums a head


def told_of_sums(database: Database, published_on: str, source: str) -> SumsTold | tuple[Problem, ...]:
    """What holds for a whole table of sums, or what is wrong with the words, each beside its field."""
    today, problems = database.today(), []
    read = Sum.KIND.field("published_on").kind.read(published_on, today)
    if isinstance(read, Problem):
        problems.append(replace(read, field="published_on"))
    elif read is None:
        problems.append(Problem("Say when they were published.", Weight.MUST_FIX, field="published_on"))
    elif read > today:
        problems.append(Problem("They are taken in once published.", Weight.MUST_FIX, field="published_on"))
    if not source.strip():
        problems.append(Problem("Say where they are written.", Weight.MUST_FIX, field="source"))
    if problems or not isinstance(read, date):
        return tuple(problems)
    return SumsTold(read, source.strip())


def judge_sums(
    database: Database, rows: Iterable[tuple[int, Mapping[str, Any]]], told: SumsTold
) -> tuple[JudgedSum, ...]:
    """Each row of a pasted table: new, the same, a change of what is on file, or to be put right."""
    with database.read() as reader:
        return sum_table.judge(rows, told, reader.counting(Sum))


def take_sums(database: Database, judged: Iterable[JudgedSum]) -> int:
    """Adds what is new or changed as one step; how many sums it was."""
    found = [one.sum for one in judged if one.takes and one.sum is not None]
    if not found:
        return 0
    with database.change(f"Add {_counted(len(found), 'sum a head', 'sums a head')}") as change:
        for one in found:
            figures.add(change, one)
    return len(found)


# ---- list sizes


def add_list_sizes(
    database: Database, base: ListBase, counted_on: date, typed: Mapping[Id, str], source: str
) -> tuple[Problem, ...]:
    """Adds what was typed of the practices' counts on one day as one step; empty fields are left out."""
    kind = ListSize.KIND.field("patients").kind
    read: dict[Id, Decimal] = {}
    problems: list[Problem] = []
    for practice, words in typed.items():
        value = kind.read(words, counted_on)
        if isinstance(value, Problem):
            problems.append(replace(value, kind="practice", record=practice, field="patients"))
        elif value is not None and value <= 0:
            told = "A practice has at least one patient. Leave the field empty while the count is not known."
            problems.append(Problem(told, Weight.MUST_FIX, "practice", practice, "patients"))
        elif value is not None:
            read[practice] = value
    if problems or not read:
        return tuple(problems) or (Problem("No count was typed.", Weight.MUST_FIX),)
    with database.change(f"Add {_counted(len(read), 'list size', 'list sizes')}") as change:
        for practice, patients in read.items():
            change.add(
                ListSize(
                    practice=practice,
                    base=base,
                    counted_on=counted_on,
                    patients=patients,
                    source=source.strip() or None,
                )
            )
    return ()


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def totals(judged: Sequence[Judged | JudgedSum]) -> str:
    """What a pasted table comes to, in words."""
    found = [
        f"{number:,} {standing.value}"
        for standing in rate_table.Standing
        if (number := sum(one.standing is standing for one in judged))
    ]
    return "; ".join(found) if found else "No figure was found in it"


def amount_words(found: Rate | Problem) -> str:
    """A maximum, or that none is on file."""
    return str(found.annual) if isinstance(found, Rate) else "No maximum on file"


def a_month(annual: Money) -> Money:
    """A twelfth of a year's maximum."""
    return entitlement.a_month(annual)
