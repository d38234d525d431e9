"""The decision log as a workbook: exact words, authority, votes, conflicts, procurement and what is to be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import decisions, guarded_practices, heading, restricted
from nhsdesk.sections.decisions import DecisionFacts
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Facts:
    """The log under its heading, and where it names a practice that must not be named."""

    heading: Heading
    decisions: decisions.Facts
    naming: tuple[Problem, ...] = ()


def gather_for(audience: Audience) -> Callable[[Reader, Asked], Facts]:
    """Reads every decision for an audience."""

    def gather(reader: Reader, asked: Asked) -> Facts:
        held = decisions.gather(reader, asked, audience)
        naming = guarded_practices.named_in(reader, audience, decisions.texts(held))
        return Facts(heading.gather(reader, asked), held, naming)

    return gather


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before anybody reads it."""
    return (*heading.check(facts.heading), *facts.naming, *facts.decisions.problems)


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head, held = facts.heading, facts.decisions
    return heading.workbook(
        head,
        facts,
        title=f"Decision log of {head.network}",
        subject=f"Decisions as at {day_words(head.as_at)}",
        told=(
            f"As at {day_words(head.as_at)}.",
            f"{decisions.count_words(held)}.",
            "People are named by their roles.",
        ),
        sheets=(_log(held), _scrutiny(held), _asked(held)),
        notes=_NOTES,
    )


_NOTES = (
    "Outside delegated authority means: as far as is entered here. Where nothing is entered, it is not known.",
    "Accountable is the body that answers for the money, which may be another than the one that decided.",
    "“Not known” means that nobody has entered it. It does not mean no.",
    "A tender is one way to choose a supplier among others. What is asked is whether the way is told.",
)

_COLUMNS = (
    Column("Ref"), Column("Decided on", CellKind.DAY), Column("Body"), Column("Accountable body"),
    Column("Meeting"), Column("Minute reference"), Column("Delegation or authority"),
    Column("Outside delegated authority, or not known"), Column("Decision, in its exact words"),
    Column("Options considered"), Column("Reason"), Column("Vote or consensus"), Column("Dissent"), Column("Status"),
    Column("General practice seat"), Column("Review on", CellKind.DAY), Column("Supersedes"),
    Column("Superseded by"), Column("Published"), Column("Commitment"), Column("Evidence"),
)  # fmt: skip


def _log(held: decisions.Facts) -> Sheet:
    nothing = (None,) * (len(_COLUMNS) - 9)
    withheld = ((ref, *(None,) * 7, restricted.WORDS, *nothing) for ref in held.withheld)
    return Sheet(
        "Decisions",
        "Decision log, the newest first",
        "This worksheet holds one table. What is withheld stands at its end with its reference alone.",
        Table("Decisions", _COLUMNS, (*map(_row, held.lines), *withheld)),
    )


def _row(line: DecisionFacts) -> tuple[Cell, ...]:
    return (
        line.ref, line.decided_on, line.body, line.accountable, line.meeting, line.minute_ref, line.delegation,
        line.outside or line.authority_not_known, line.words, line.options, line.reason,
        line.how, line.dissent, line.status,
        line.practice_seat, line.review_on, line.supersedes, line.superseded_by, line.published,
        line.commitment, line.evidence,
    )  # fmt: skip


def _scrutiny(held: decisions.Facts) -> Sheet:
    columns = (
        Column("Ref"), Column("Decision"), Column("Cost", CellKind.MONEY), Column("Paid from"),
        Column("Procurement route"), Column("Supplier"), Column("Adviser or consultancy"),
        Column("Conflicts of interest"), Column("How they were managed"),
    )  # fmt: skip
    rows = tuple(
        (
            line.ref, line.words, line.cost, line.finance, line.procurement, line.supplier, line.adviser,
            line.conflicts, line.managed,
        )
        for line in held.lines
    )  # fmt: skip
    return Sheet(
        "Money and conflicts",
        "Money, procurement and conflicts of interest",
        "This worksheet holds one table: what each costs, who is paid, how they were chosen, and who had an interest.",
        Table("Money_and_conflicts", columns, rows),
    )


def _asked(held: decisions.Facts) -> Sheet:
    rows = tuple((line.ref, line.words, asked) for line in held.lines for asked in line.to_ask)
    return Sheet(
        "To be asked",
        "What is to be asked of each decision",
        "This worksheet holds one table: a line for each thing that is missing or overdue.",
        Table("To_be_asked", (Column("Ref"), Column("Decision"), Column("To be asked")), rows),
    )


def due(diary: Diary) -> Due:
    """Whenever somebody asks for it."""
    return Due("Made when somebody asks for it")


def in_short(facts: Facts) -> str:
    """How many decisions it lists."""
    held = len(facts.decisions.lines)
    return f"{held} {'decision' if held == 1 else 'decisions'}"


def _paper(key: str, title: str, audience: Audience) -> Paper[Facts]:
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for(audience),
        check=check, compile=compile, due=due, in_short=in_short,
    )  # fmt: skip


PAPER = _paper("decision-log", "Decision log, without restricted items", Audience.PARTNERS)
OWN = _paper("decision-log-own", "Decision log for our own board", Audience.OWN_BOARD)
