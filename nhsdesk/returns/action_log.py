"""The action log as a workbook, in the form boards use: held over, due, not due yet, proposed for closure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.action_log import ORDER
from nhsdesk.domain.actions import Brag
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period, due_at_next_meeting
from nhsdesk.sections import action_log, guarded_practices, heading, restricted
from nhsdesk.sections.action_log import LogLine
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Facts:
    """The log under its heading, and where it names a practice that must not be named."""

    heading: Heading
    actions: action_log.Facts
    naming: tuple[Problem, ...] = ()
    whose: str = ""
    """The body whose log it is; empty for all of them."""


def gather_for(audience: Audience) -> Callable[[Reader, Asked], Facts]:
    """Reads every open action, and those closed lately, for an audience; of a body where one is asked for."""

    def gather(reader: Reader, asked: Asked) -> Facts:
        held = action_log.of_asked(reader, asked, audience)
        naming = guarded_practices.named_in(reader, audience, action_log.texts(held))
        return Facts(heading.gather(reader, asked), held, naming, action_log.whose(reader, asked))

    return gather


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before anybody reads it."""
    return (*heading.check(facts.heading), *facts.naming)


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head, held = facts.heading, facts.actions
    return heading.workbook(
        head,
        facts,
        title=f"Action log of {facts.whose or head.network}",
        subject=f"Actions as at {day_words(head.as_at)}",
        told=(
            f"As at {day_words(head.as_at)}.",
            f"{action_log.count_words(held)}." if held.lines else "There are no outstanding actions.",
            "People are named by their roles, or as the log they were read from has them.",
        ),
        sheets=(_log(held), _owners(held)),
        notes=(*(f"{one.words}." for one in Brag), *_NOTES),
    )


_NOTES = (
    "Held over means that the first date has passed. The revised date says by when it is to be done now.",
    "An action that is closed without evidence stays amber.",
    "Closed actions are listed for a month.",
)

_COLUMNS = (
    Column("Part of the log"), Column("Ref"), Column("Body"), Column("Meeting"), Column("Minute reference"),
    Column("Reference in their log"), Column("Source item"), Column("Action"), Column("Owner"), Column("Support"),
    Column("Original due", CellKind.DAY), Column("Revised due", CellKind.DAY),
    Column("Times revised", CellKind.WHOLE), Column("BRAG"), Column("Dated updates"), Column("Evidence"),
    Column("Proposed for closure"), Column("Closed on", CellKind.DAY), Column("Closed at"),
    Column("Linked commitment"),
)  # fmt: skip


def _log(held: action_log.Facts) -> Sheet:
    nothing = (None,) * (len(_COLUMNS) - 8)
    withheld = ((None, ref, *(None,) * 5, restricted.WORDS, *nothing) for ref in held.withheld)
    return Sheet(
        "Action log",
        "Action log: held over, due, not due yet, proposed for closure",
        "This worksheet holds one table. What is withheld stands at its end with its reference alone.",
        Table("Action_log", _COLUMNS, (*map(_row, held.lines), *withheld)),
    )


def _row(line: LogLine) -> tuple[Cell, ...]:
    return (
        line.block.words, line.ref, line.body, line.meeting, line.minute_ref, line.their_ref, line.item, line.what,
        line.owner, line.support, line.due, line.revised_due, line.times_revised, line.brag,
        "\n".join(line.updates), line.evidence, "Proposed" if line.proposed else "", line.closed_on,
        line.closed_at, line.commitment,
    )  # fmt: skip


def _owners(held: action_log.Facts) -> Sheet:
    open_ = action_log.open_lines(held)
    blocks = [one for one in ORDER if one.value != "closed"]
    counts = Counter((line.owner, line.block) for line in open_)
    red = Counter(line.owner for line in open_ if line.brag.startswith("Red"))
    owners = sorted({line.owner for line in open_}, key=str.casefold)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (owner, red[owner], *(counts[(owner, one)] for one in blocks)) for owner in owners
    )
    headings = (Column(one.words.partition(":")[0], CellKind.WHOLE) for one in blocks)
    return Sheet(
        "By owner",
        "Open actions by owner",
        "This worksheet holds one table: how many open actions each owner has, and how many of them are red.",
        Table("By_owner", (Column("Owner"), Column("Red", CellKind.WHOLE), *headings), rows),
    )


def in_short(facts: Facts) -> str:
    """How many actions it lists."""
    held = len(facts.actions.lines)
    return f"{held} {'action' if held == 1 else 'actions'}"


def _paper(key: str, title: str, audience: Audience) -> Paper[Facts]:
    return Paper(
        key=key, title=title, audience=audience, period=Period.DAY, facts=Facts, gather=gather_for(audience),
        check=check, compile=compile, due=due_at_next_meeting, in_short=in_short,
    )  # fmt: skip


PAPER = _paper("action-log", "Action log, without restricted items", Audience.PARTNERS)
OWN = _paper("action-log-own", "Action log for our own board", Audience.OWN_BOARD)
