"""The statement of a fund as at a day: its entries, who has ratified what, totals by sector and principle, problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain import fund_rules
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period
from nhsdesk.sections import fund_facts, funds, guarded_practices, heading
from nhsdesk.sections.fund_facts import EntryFacts, FundFacts
from nhsdesk.store.reading import Reader

AUDIENCE = Audience.PARTNERS
_LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class Facts:
    """The funds as partners may see them."""

    heading: Heading
    funds: fund_facts.Facts
    naming: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """Every fund as at the day; words about restricted entries are left out here, before facts are kept."""
    found = funds.gather(reader, asked, AUDIENCE)
    naming = guarded_practices.named_in(reader, AUDIENCE, funds.texts(found))
    return Facts(heading.gather(reader, asked), found, naming)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before partners read it."""
    found = [*heading.check(facts.heading), *facts.naming, *funds.check(facts.funds)]
    if not facts.funds.funds:
        found.append(Problem("No fund is recorded.", Weight.ACKNOWLEDGE, "fund"))
    return tuple(found)


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head = facts.heading
    every = facts.funds.funds
    return heading.workbook(
        head,
        facts,
        title=f"Fund statement of {head.network}",
        subject=f"Funds held for the partnership, as at {day_words(head.as_at)}",
        told=_cover(facts),
        sheets=(
            _funds(every),
            _entries(every),
            _matrix(every),
            _sectors(every),
            _principles(every),
            _problems(facts),
        ),
        notes=(
            "Committed is what was committed less what was released and less what was spent of it.",
            "Spent is less what was paid back. Balance is the value less what is spent.",
            "“Unknown” means that nobody has said it in a document on file. Nothing is read from anything else.",
        ),
    )


def _cover(facts: Facts) -> tuple[str, ...]:
    lines = [f"As at {day_words(facts.heading.as_at)}."]
    for fund in facts.funds.funds:
        lines += [
            f"{fund.ref} {fund.name}, {fund.year}",
            *fund_facts.whose_points(fund),
            *fund_facts.money_points(fund),
        ]
        lines += [f"{one.ref} {one.words}: {fund_facts.ratified_words(one)}" for one in fund.principles]
    lines += [f"{ref}: Restricted item" for ref in facts.funds.withheld]
    return tuple(lines)


def _funds(every: tuple[FundFacts, ...]) -> Sheet:
    columns = (
        Column("Ref"), Column("Fund"), Column("Year"), Column("Purpose"), Column("Holder"),
        Column("Held on behalf of"), Column("Beneficiary"), Column("Accountable body"), Column("Where it is written"),
        Column("Value", CellKind.MONEY), Column("Planned", CellKind.MONEY), Column("Committed", CellKind.MONEY),
        Column("Spent", CellKind.MONEY), Column("Balance", CellKind.MONEY),
        Column("Neither spent nor committed", CellKind.MONEY), Column("At the end of the year"),
    )  # fmt: skip
    rows = tuple(
        (
            one.ref, one.name, one.year, one.purpose, one.holder, one.held_for, one.beneficiary, one.accountable_body,
            one.where, one.value, one.planned, one.committed, one.spent, one.balance, one.free, one.year_end,
        )
        for one in every
    )  # fmt: skip
    return _sheet("Funds", "Whose money it is and what is left", "each fund", columns, rows)


def _entries(every: tuple[FundFacts, ...]) -> Sheet:
    columns = (
        Column("Fund"), Column("Ref"), Column("What for"), Column("Sector"), Column("Consultancy"), Column("Supplier"),
        Column("Planned", CellKind.MONEY), Column("Committed", CellKind.MONEY), Column("Spent", CellKind.MONEY),
        Column("Principle"), Column("What it rests on"), Column("Not yet ratified by"),
        Column("Spent before it was ratified", CellKind.MONEY), Column("Posts it pays for"),
    )  # fmt: skip
    rows = tuple(_entry(fund, one) for fund in every for one in fund.entries)
    return _sheet("Entries", "What was planned, committed and spent", "each entry", columns, rows)


def _entry(fund: FundFacts, one: EntryFacts) -> tuple[Cell, ...]:
    flagged = "Spent without a ratified principle: " if one.spent_on_nothing else ""
    return (
        fund.ref, one.ref, one.what, one.sector, one.consultancy, one.supplier or None, one.planned, one.committed,
        one.spent, one.principle, flagged + one.basis, ", ".join(one.lacking) or "nobody", one.early,
        "; ".join(one.posts) or "none",
    )  # fmt: skip


def _matrix(every: tuple[FundFacts, ...]) -> Sheet:
    """A row for each principle, a column for each partner of any fund."""
    partners = {
        answer.partner_id: answer.partner
        for fund in every
        for one in fund.principles
        for answer in one.answers
    }
    headings = _different(partners.values(), {"fund", "ref", "principle", "checked"})
    columns = (Column("Fund"), Column("Ref"), Column("Principle"), *map(Column, headings), Column("Checked"))
    rows: list[tuple[Cell, ...]] = []
    for fund in every:
        for one in fund.principles:
            said = {answer.partner_id: fund_facts.answer_words(answer) for answer in one.answers}
            cells = [said.get(id_, "not a partner of this fund") for id_ in partners]
            checked = f"{one.verdict}. {one.checked}" if one.verdict else "words alone"
            rows.append((fund.ref, one.ref, one.words, *cells, checked))
    return _sheet("Principles", "Who has ratified which principle", "each principle", columns, tuple(rows))


def _different(names: Iterable[str], taken: set[str]) -> list[str]:
    """Names as headings: on one line, not too long, and no two alike."""
    found = []
    for name in names:
        plain = " ".join(name.split())[:_LONGEST_HEADING] or "no name"
        heading_, number = plain, 1
        while heading_.casefold() in taken:
            number += 1
            heading_ = f"{plain} ({number})"
        taken.add(heading_.casefold())
        found.append(heading_)
    return found


_SUMS = (
    Column("Planned", CellKind.MONEY), Column("Committed", CellKind.MONEY), Column("Spent", CellKind.MONEY),
    Column("Share of what is spent (%)", CellKind.DECIMAL, 1),
)  # fmt: skip


def _sectors(every: tuple[FundFacts, ...]) -> Sheet:
    rows = tuple(
        (fund.ref, one.name, one.planned, one.committed, one.spent, fund_rules.share(one.spent, fund.spent))
        for fund in every
        for one in fund.sectors
    )
    columns = (Column("Fund"), Column("Sector"), *_SUMS)
    return _sheet("Sectors", "Who gets the money", "each sector of each fund", columns, rows)


def _principles(every: tuple[FundFacts, ...]) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for fund in every:
        for name in dict.fromkeys(one.principle for one in fund.entries):
            of = [one for one in fund.entries if one.principle == name]
            spent = total(one.spent for one in of)
            planned = total(one.planned or Money() for one in of)
            committed = total(one.committed for one in of)
            rows.append((fund.ref, name, planned, committed, spent, fund_rules.share(spent, fund.spent)))
    columns = (Column("Fund"), Column("Principle"), *_SUMS)
    title = "What was spent under which principle"
    return _sheet("Spent under principles", title, "each principle of each fund", columns, tuple(rows))


def _problems(facts: Facts) -> Sheet:
    rows = tuple((problem.sentence,) for problem in funds.check(facts.funds))
    return _sheet(
        "To look at", "What wants a look", "what is unknown or odd", (Column("What wants a look"),), rows
    )


def _sheet(
    name: str, title: str, of: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]
) -> Sheet:
    table = Table(name.replace(" ", "_"), columns, rows)
    return Sheet(name, title, f"This worksheet holds one table: {of}.", table)


def in_short(facts: Facts) -> str:
    """How many funds and entries are in it."""
    held = facts.funds.funds
    entries = sum(len(one.entries) for one in held)
    told = "1 fund" if len(held) == 1 else f"{len(held):,} funds"
    return f"{told}, {'1 entry' if entries == 1 else f'{entries:,} entries'}"


PAPER = Paper(
    key="fund-statement",
    title="Fund statement",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    in_short=in_short,
)
