"""The year's position for a briefing: by role with no small group, and for our own board whole.

Others are told what was claimed so far: beside the entitlement, which anybody can work out, a forecast would give the
underspend. Salaries are left out, and so is everything from which a small group's amount would follow: where the total
would tell it, the sums, the months and the underspend go as well, for each of them gives the total back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nhsdesk.documents.model import Block, Bullets, CellKind, Chart, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import outturn, privacy
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.outturn import CLAIMED, OUTTURN, Entry, Outturn, Row
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import outturn_charts, year_position
from nhsdesk.sections.year_position import Position
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What a role comes to; None where its group is too small to be shown."""

    role: str
    amount: Money | None
    refs: tuple[str, ...] = ()
    """The posts, where the role is shown."""


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """A month of all roles together."""

    month: Month
    claimed: Money
    uplift: Money
    committed: Money


@dataclass(frozen=True, slots=True)
class Sums:
    """The year in sum, for our own board."""

    entitlement: Money | None
    claimed: Money
    paid: Money | None
    committed: Money
    forecast: Money
    headroom: Money | None
    starters: Money


@dataclass(frozen=True, slots=True)
class Facts:
    """The year, suppressed before it is kept, so that the trace gives nothing back."""

    year: FinancialYear
    roles: tuple[RoleFacts, ...]
    amount: Money | None
    """All roles together; None where it would tell of a small group."""
    smallest: int
    complete: bool
    forecast: bool
    """Whether the amounts are the forecast outturn; else what was claimed."""
    sums: Sums | None
    """For our own board, as is all that follows: beside the entitlement the underspend could be read off."""
    months: tuple[MonthFacts, ...]
    """All roles together: a month in which few were in post tells of them."""
    underspend: str
    twelfth: Money | None
    not_claimed: tuple[str, ...]
    assumes: tuple[str, ...]
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """The year of the day asked, for those readers."""
    year = FinancialYear.of(asked.day)
    position, _ = year_position.gather(reader, year, asked.day)
    return of_position(position, asked, audience)


def of_position(position: Position, asked: Asked, audience: Audience) -> Facts:
    """The same from a position worked out already."""
    worked, smallest = position.outturn, fewest_shown(asked)
    own = audience is Audience.OWN_BOARD
    entries = [one for one in worked.entries if one.standing in (OUTTURN if own else CLAIMED)]
    amounts, posts = _amounts(entries), _posts(entries)
    told = privacy.suppress_amounts(amounts, fewest_at_once(entries), smallest)
    whole = own and told.total is not None
    return Facts(
        year=worked.year,
        roles=tuple(
            RoleFacts(role, told.shown[role], posts[role] if told.shown[role] is not None else ())
            for role in sorted(amounts)
        ),
        amount=told.total,
        smallest=smallest,
        complete=worked.complete,
        forecast=own,
        sums=_sums(worked) if whole else None,
        months=tuple(_months(worked)) if whole else (),
        underspend=position.loss.words if whole else "",
        twelfth=worked.twelfth if whole else None,
        not_claimed=tuple(one.words for one in worked.not_claimed) if whole else (),
        assumes=position.loss.assumes if whole else (),
        problems=outturn.problems(worked) if own else (),
    )


def fewest_shown(asked: Asked) -> int:
    """How many a group must have to be shown."""
    return asked.rules.whole("privacy.fewest_people")


def fewest_at_once(entries: Iterable[Entry]) -> dict[str, int]:
    """Of each role, the posts of the month in which it has fewest: two papers' difference tells no more of it."""
    months: dict[str, dict[Month, set[int]]] = {}
    for one in entries:
        months.setdefault(one.role, {}).setdefault(one.month, set()).add(one.post_id)
    return {role: min(map(len, found.values())) for role, found in months.items()}


def _amounts(entries: Iterable[Entry]) -> dict[str, Money]:
    amounts: dict[str, Money] = {}
    for one in entries:
        amounts[one.role] = amounts.get(one.role, Money()) + one.amount
    return amounts


def _posts(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """The posts of each role by their references, in order."""
    found: dict[str, dict[str, None]] = {}
    for one in sorted(entries, key=lambda one: one.post_id):
        found.setdefault(one.role, {})[one.post] = None
    return {role: tuple(refs) for role, refs in found.items()}


def _sums(worked: Outturn) -> Sums:
    return Sums(
        worked.entitlement.amount,
        worked.claimed,
        worked.paid_in_all,
        worked.committed,
        worked.forecast,
        worked.headroom,
        worked.starters,
    )


def _months(worked: Outturn) -> list[MonthFacts]:
    return [
        MonthFacts(month, row.claimed, row.uplift, row.committed) for month, row in outturn.by_month(worked)
    ]


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of the figures."""
    return facts.problems


# ---- in a paper for others


def claimed_heading(year: FinancialYear) -> str:
    """The heading of what was claimed in a year."""
    return f"Additional roles: claimed so far in {year}"


def claimed_section(facts: Facts) -> Section:
    """What was claimed in the year so far, by role."""
    title = claimed_heading(facts.year)
    if not facts.roles:
        return Section(title, (Paragraph(f"Nothing is claimed for {facts.year} yet."),))
    blocks = (Paragraph("Every month claimed so far together, uplifts included."), *_by_role(facts))
    return Section(title, blocks, figures=_role_figures(facts))


# ---- in a paper for our own board


IN_SUM, BY_MONTH, BY_ROLE, RESTS_ON = "In short", "By month", "By role", "What the forecast rests on"


def whole_sections(facts: Facts) -> tuple[Section, ...]:
    """The year in sum with what would be lost, by month, and by role."""
    return (*in_sum(facts), *by_month(facts), *by_role(facts))


def in_sum(facts: Facts) -> Iterator[Section]:
    """The year in sum with what would be lost, or why it is not told."""
    if not facts.roles:
        yield Section(IN_SUM, (Paragraph(f"No ARRS spend is worked out for {facts.year}."),))
    elif facts.sums is None:
        yield Section(IN_SUM, (Paragraph(_TOO_FEW.format(facts.smallest)),))
    else:
        yield Section(IN_SUM, tuple(_in_short(facts, facts.sums)), figures=_sum_figures(facts, facts.sums))


def by_month(facts: Facts) -> Iterator[Section]:
    """A chart of the months, where their sums may be told."""
    if facts.roles and facts.sums is not None:
        yield Section(BY_MONTH, (month_chart(facts),))


def by_role(facts: Facts) -> Iterator[Section]:
    """A chart of the roles that may be told, where there is any spend."""
    if facts.roles:
        yield _roles_section(facts)


_TOO_FEW = (
    "So few posts are filled that the sums would tell of a group under {}, which could be recognised. The return "
    "“ARRS forecast outturn” holds them."
)


def _in_short(facts: Facts, sums: Sums) -> list[Block]:
    told: list[Block] = [Paragraph(facts.underspend), _sums_table(facts.year, sums)]
    if facts.not_claimed:
        told += [Paragraph("Months that are over and not claimed:"), Bullets(facts.not_claimed)]
    if not facts.complete:
        told.append(Paragraph("Some posts have months without a figure; they are in no sum."))
    return told


_SUMS = "ARRS_in_sum"


def _sums_table(year: FinancialYear, sums: Sums) -> Table:
    columns = (Column("What"), Column("Amount", CellKind.MONEY))
    rows = (
        ("Entitlement", sums.entitlement),
        ("Claimed, uplifts included", sums.claimed),
        ("Paid", sums.paid),
        ("Filled, not yet claimed", sums.committed),
        (f"Forecast outturn to {day_words(year.last)}", sums.forecast),
        ("Headroom", sums.headroom),
        ("Planned starters would add", sums.starters),
    )
    return Table(_SUMS, columns, rows, caption=f"The year {year} in sum")


def month_chart(facts: Facts) -> Chart:
    """The same chart as the window's."""
    rows = [
        (one.month, Row(one.month.words, one.claimed, one.uplift, one.committed, Money(), 0))
        for one in facts.months
    ]
    return outturn_charts.of_months(facts.year, rows, facts.twelfth)


def _roles_section(facts: Facts) -> Section:
    what = f"What was claimed, and what filled posts come to by {day_words(facts.year.last)}."
    return Section(BY_ROLE, (Paragraph(what), *_by_role(facts)), figures=_role_figures(facts))


def _role_figures(facts: Facts) -> tuple[Figure, ...]:
    """All roles of the chart together. The posts of a small group are not named."""
    chart = role_chart(facts)
    if chart is None:
        return ()
    refs = tuple(ref for one in facts.roles for ref in one.refs)
    hidden = any(one.amount is None for one in facts.roles)
    return (
        Figure(
            at=chart.title,
            shown="by role",
            what=f"{'Forecast outturn' if facts.forecast else 'Claimed'}, {facts.year}",
            by="the monthly amounts of each role's posts added up"
            + (", and what filled posts come to" if facts.forecast else ", as claimed, uplifts included"),
            refs=refs,
            table=chart.name,
            not_named=f"posts in groups under {facts.smallest} are counted and not named" if hidden else "",
        ),
    )


def _sum_figures(facts: Facts, sums: Sums) -> tuple[Figure, ...]:
    """Each sum of the year with how it is come by."""
    refs = tuple(ref for one in facts.roles for ref in one.refs)
    outturn_ = f"Forecast outturn to {day_words(facts.year.last)}"
    told = (
        ("Entitlement", sums.entitlement, "the year's weighted list size times the sum a head", ()),
        ("Claimed, uplifts included", sums.claimed, "lines of submitted claims and uplifts", refs),
        ("Paid", sums.paid, "lines of the portal's statements", refs),
        ("Filled, not yet claimed", sums.committed, "filled posts in months not yet claimed", refs),
        (outturn_, sums.forecast, "what is claimed and what is filled and not yet claimed", refs),
        ("Headroom", sums.headroom, "entitlement less forecast outturn", refs),
        ("Planned starters would add", sums.starters, "posts with a planned or confirmed start", ()),
    )
    return tuple(
        Figure(at, str(amount), at, by, refs_, _SUMS) for at, amount, by, refs_ in told if amount is not None
    )


def rests_on(facts: Facts) -> Section:
    """What the forecast assumes, and what of it is not sure."""
    sure = tuple(problem.sentence for problem in facts.problems)
    blocks: list[Block] = [Bullets(facts.assumes)] if facts.assumes else []
    if sure:
        blocks += [Paragraph("What is not sure, or lacking:"), Bullets(sure)]
    return Section(RESTS_ON, tuple(blocks) or (Paragraph("Nothing is assumed."),))


# ---- by role


def _by_role(facts: Facts) -> list[Block]:
    """The chart, and which roles are not in it or not apart, and why."""
    chart = role_chart(facts)
    return [*([] if chart is None else [chart]), *_hidden_words(facts)]


def role_chart(facts: Facts) -> Chart | None:
    """What each role comes to, those not shown together last; None where no role may be shown."""
    what = "Forecast outturn" if facts.forecast else "Claimed"
    shown = sorted(_shown(facts), key=lambda one: (-one[1].pence, one[0]))
    others = _others(facts)
    if not shown and others is None:
        return None
    return outturn_charts.of_roles(facts.year, what, shown, others)


def _shown(facts: Facts) -> list[tuple[str, Money]]:
    return [(one.role, one.amount) for one in facts.roles if one.amount is not None]


def _others(facts: Facts) -> tuple[str, Money] | None:
    """The roles that are not shown, together, where all roles together may be told."""
    shown = _shown(facts)
    hidden = len(facts.roles) - len(shown)
    if not hidden or facts.amount is None:
        return None
    name = f"{hidden} {'other ' if shown else ''}roles together"
    return name, facts.amount - total(amount for _, amount in shown)


def _hidden_words(facts: Facts) -> list[Block]:
    hidden = [one.role for one in facts.roles if one.amount is None]
    if not hidden:
        return []
    verb = "is" if len(hidden) == 1 else "are"
    apart = "shown" if facts.amount is None else "shown apart"
    why = f"because a group under {facts.smallest} could be recognised"
    return [Paragraph(f"{listed(hidden)} {verb} not {apart}, {why}.")]


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "Dietitian, Paramedic and Podiatrist"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
