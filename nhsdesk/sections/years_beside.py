"""Next year beside this one, for a paper of our own board: in sum, by role with no small group, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhsdesk.documents.model import Block, Bullets, Cell, CellKind, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain import privacy
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.outturn import OUTTURN, STARTERS
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.papers import Asked
from nhsdesk.sections import position
from nhsdesk.sections.next_year import NextYear


@dataclass(frozen=True, slots=True)
class BesideFacts:
    """A role in both years."""

    role: str
    this_year: Money
    next_year: Money


@dataclass(frozen=True, slots=True)
class Facts:
    """Both years, suppressed before they are kept; nothing of either where a sum would tell of a small group."""

    this: FinancialYear
    next: FinancialYear
    words: str
    this_entitlement: Money | None
    next_entitlement: Money | None
    roles: tuple[BesideFacts, ...]
    """Those shown, then the others together."""
    smallest: int
    assumes: tuple[str, ...]


def of_years(made: NextYear, asked: Asked) -> Facts:
    """What is shown of two years worked out."""
    smallest = position.fewest_shown(asked)
    counts = _counts(made)
    this = {one.name: one.this_year for one in made.roles}
    after = {one.name: one.next_year for one in made.roles}
    held = privacy.suppress_amounts(this, counts, smallest)
    coming = privacy.suppress_amounts(after, counts, smallest)
    told = held.total is not None and coming.total is not None
    shown = [one for one in made.roles if one.name not in held.hidden]
    roles = [BesideFacts(one.name, one.this_year, one.next_year) for one in shown]
    hidden = [one for one in made.roles if one.name in held.hidden]
    if hidden:
        name = f"{len(hidden)} {'other ' if shown else ''}roles together"
        roles.append(
            BesideFacts(name, total(one.this_year for one in hidden), total(one.next_year for one in hidden))
        )
    return Facts(
        made.this.year,
        made.year,
        made.words if told else "",
        made.this.entitlement.amount if told else None,
        made.next.entitlement.amount if told else None,
        tuple(roles) if told else (),
        smallest,
        made.assumes if told else (),
    )


def _counts(made: NextYear) -> dict[str, int]:
    """Of each role the fewest posts filled in any month of either year; where none is, those planned."""
    every = (*made.this.entries, *made.next.entries)
    planned = position.fewest_at_once(one for one in every if one.standing in STARTERS)
    filled = position.fewest_at_once(one for one in every if one.standing in OUTTURN)
    return {one.name: filled.get(one.name, planned.get(one.name, 0)) for one in made.roles}


def heading_of(year: FinancialYear) -> str:
    """The heading under which a year stands beside the one that follows it."""
    return f"{FinancialYear(year.first_year + 1)} beside {year}"


def section(facts: Facts) -> Section:
    """Both years in one table, whether the next fits its entitlement, and what was assumed."""
    title = heading_of(facts.this)
    if not facts.roles:
        return Section(title, (Paragraph("No amounts that may be shown are worked out for both years."),))
    blocks: list[Block] = [
        Paragraph(facts.words),
        _in_sum(facts),
        _by_role(facts),
        Paragraph("What is assumed:"),
        Bullets(facts.assumes),
    ]
    return Section(title, tuple(blocks), figures=tuple(_figures(facts)))


def _figures(facts: Facts) -> Iterator[Figure]:
    """The sums of both years; the posts behind them are in the return of the position."""
    not_named = f"posts, which the return names; groups under {facts.smallest} are left out"
    told = (
        ("Filled posts and planned starters", "monthly amounts of both years added up", not_named),
        ("Entitlement", "the year's weighted list size times the sum a head", "local rules and list sizes"),
        ("What is left of it", "entitlement less filled posts and planned starters", not_named),
    )
    for at, by, left in told:
        yield Figure(at, "both years", at, by, (), "Years_in_sum", left)


def _in_sum(facts: Facts) -> Table:
    this, after = total(one.this_year for one in facts.roles), total(one.next_year for one in facts.roles)
    before, following = facts.this_entitlement, facts.next_entitlement
    rows = (
        _row("Filled posts and planned starters", this, after),
        _row("Entitlement", before, following),
        _row("What is left of it", _less(before, this), _less(following, after)),
    )
    return Table("Years_in_sum", _columns(facts, "What"), rows)


def _by_role(facts: Facts) -> Table:
    rows = tuple(_row(one.role, one.this_year, one.next_year) for one in facts.roles)
    caption = "Filled posts and planned starters, by role"
    return Table("Years_by_role", _columns(facts, "Role"), rows, caption)


def _columns(facts: Facts, first: str) -> tuple[Column, ...]:
    years = (str(facts.this), str(facts.next), "Difference")
    return (Column(first), *(Column(name, CellKind.MONEY) for name in years))


def _row(name: str, this: Money | None, after: Money | None) -> tuple[Cell, ...]:
    return name, this, after, _less(after, this)


def _less(amount: Money | None, off: Money | None) -> Money | None:
    return None if amount is None or off is None else amount - off
