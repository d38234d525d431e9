"""The commitments register as a workbook: every line with where it is written, whether it binds, and its money."""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.unfunded import a_month, unfunded_words
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import commitments, guarded_practices, heading, restricted
from nhsdesk.sections.commitments import CommitmentFacts
from nhsdesk.store.reading import Reader

KEY = "commitments"
AUDIENCE = Audience.PARTNERS


@dataclass(frozen=True, slots=True)
class Facts:
    """The register under its heading, and where it names a practice that must not be named."""

    heading: Heading
    commitments: commitments.Facts
    naming: tuple[Problem, ...] = ()


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads every commitment for readers outside the PCN."""
    held = commitments.gather(reader, asked, AUDIENCE)
    naming = guarded_practices.named_in(reader, AUDIENCE, commitments.texts(held))
    return Facts(heading.gather(reader, asked), held, naming)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before anybody reads it."""
    return (*heading.check(facts.heading), *facts.naming, *commitments.check(facts.commitments))


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head = facts.heading
    return heading.workbook(
        head,
        facts,
        title=f"Commitments register of {head.network}",
        subject=f"Commitments as at {day_words(head.as_at)}",
        told=_cover(facts),
        sheets=(
            _register_sheet(facts.commitments),
            _written_sheet(facts.commitments),
            _money_sheet(facts.commitments),
            _links_sheet(facts.commitments),
        ),
        notes=_NOTES,
    )


_NOTES = (
    "A commitment is required only where its line says “Required by” and names the contract or law. An ask is not "
    "required, whatever its words.",
    "A local agreement binds those who signed it. One that this PCN has not signed is an ask.",
    "“Not yet known” means that nobody has entered it. It does not mean no.",
    "What was looked for in a contract counts for six months, and until the document looked in is superseded.",
    "Hours a month are hours a week times 52 divided by 12.",
)


def _cover(facts: Facts) -> tuple[str, ...]:
    head, held = facts.heading, facts.commitments
    told = f" {commitments.required_words(held)} {commitments.asked_words(held)}" if held.lines else ""
    return (
        f"As at {day_words(head.as_at)}.",
        f"{commitments.count_words(held)} listed.{told}",
        unfunded_words(held.unfunded, held.hour_cost),
        "Owners are named by their roles. No person is named.",
    )


_REGISTER_COLUMNS = (
    Column("Ref"), Column("What"), Column("Whether it binds"), Column("Kind"), Column("Rests on"), Column("Wording"),
    Column("In our contract"), Column("Who wants it"), Column("Applies to"), Column("Owner"),
    Column("First date", CellKind.DAY), Column("Date now", CellKind.DAY), Column("Times revised", CellKind.WHOLE),
    Column("Status"), Column("Result"), Column("Outcome wanted"), Column("Purpose"),
)  # fmt: skip


def _register_sheet(held: commitments.Facts) -> Sheet:
    nothing = (None,) * (len(_REGISTER_COLUMNS) - 2)
    return Sheet(
        "Commitments",
        "Commitments, what binds first",
        "This worksheet holds one table. What is withheld stands at its end with its reference alone.",
        Table(
            "Commitments",
            _REGISTER_COLUMNS,
            (
                *(_register_row(line) for line in held.lines),
                *((ref, restricted.WORDS, *nothing) for ref in held.withheld),
            ),
        ),
    )


def _register_row(line: CommitmentFacts) -> tuple[Cell, ...]:
    return (
        line.ref, line.what, line.binds, line.kind, line.basis, line.strength,
        line.contract or "nobody has looked", line.owed_to, line.applies_to, line.owner,
        line.due, line.revised_due or line.due, line.times_revised,
        line.status, line.result, line.outcome, line.purpose,
    )  # fmt: skip


def _written_sheet(held: commitments.Facts) -> Sheet:
    columns = (
        Column("Ref"), Column("Where it is written"), Column("Exact words"), Column("In our words"), Column("How sure"),
    )  # fmt: skip
    rows = tuple(
        (line.ref, line.where, line.quotation, line.paraphrase, line.confidence) for line in held.lines
    )
    return Sheet(
        "Where written",
        "Where each commitment is written",
        "This worksheet holds one table: the document and page of each, and its words.",
        Table("Where_written", columns, rows),
    )


def _money_sheet(held: commitments.Facts) -> Sheet:
    columns = (
        Column("Ref"), Column("What"), Column("Work class"), Column("Funding", CellKind.MONEY),
        Column("How certain the funding is"), Column("Unfunded hours a week", CellKind.HOURS),
        Column("Unfunded hours a month", CellKind.HOURS),
    )  # fmt: skip
    rows = tuple(
        (
            line.ref,
            line.what,
            line.work_class,
            line.money,
            line.certainty,
            line.unfunded,
            a_month(line.unfunded) if line.unfunded is not None else None,
        )
        for line in held.lines
    )
    return Sheet(
        "Money and time",
        "Money and unfunded time",
        "This worksheet holds one table. Amounts are in pounds. What came to an end counts no more in the totals.",
        Table("Money_and_time", columns, rows),
    )


def _links_sheet(held: commitments.Facts) -> Sheet:
    rows = tuple((line.ref, line.what, link) for line in held.lines for link in line.links)
    return Sheet(
        "Links",
        "What each says of other entries",
        "This worksheet holds one table: what a commitment rests on, answers, replaces, blocks or is not the same as.",
        Table("Links", (Column("Ref"), Column("What"), Column("Says")), rows),
    )


def due(diary: Diary) -> Due:
    """Whenever somebody asks for it: nobody waits for it on a known day."""
    return Due("Made when somebody asks for it")


def in_short(facts: Facts) -> str:
    """How many commitments it lists."""
    held = len(facts.commitments.lines)
    return f"{held} {'commitment' if held == 1 else 'commitments'}"


PAPER = Paper(
    key=KEY,
    title="Commitments register",
    audience=AUDIENCE,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
