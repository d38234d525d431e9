"""The action log as printed pages, in the parts that boards use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from nhsdesk.documents.model import CellKind, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain.action_log import ORDER, Block
from nhsdesk.sections import action_log, apart
from nhsdesk.sections.action_log import LogLine
from nhsdesk.sections.restricted import withheld_items

NONE = "There are no outstanding actions."

_COLUMNS = (
    Column("Ref"), Column("Action"), Column("Lead"), Column("Due now", CellKind.DAY), Column("BRAG"),
    Column("Last update"),
)  # fmt: skip


STAND = "Where the actions stand"


def sections(facts: action_log.Facts | None) -> tuple[Section, ...]:
    """How many there are, then each part that has any, each apart; None where they could not be read."""
    opening = apart.part(STAND, facts, _opening)
    held = facts.lines if facts is not None else ()
    parts = ((block, [line for line in held if line.block is block]) for block in ORDER)
    made = (apart.part(block.words, lines, partial(_part, block)) for block, lines in parts if lines)
    return (*opening, *chain.from_iterable(made))


def _opening(facts: action_log.Facts) -> Iterator[Section]:
    told = f"{action_log.count_words(facts)}." if action_log.open_lines(facts) else NONE
    withheld = withheld_items(facts.withheld)
    yield Section(STAND, (Paragraph(told), *withheld), figures=_figures(facts))


def _figures(facts: action_log.Facts) -> tuple[Figure, ...]:
    """How many are open, and how many of those are red."""
    held = action_log.open_lines(facts)
    red = [line for line in held if line.brag.startswith("Red")]
    told = action_log.count_words(facts).partition(", ")
    return (
        (
            Figure(told[0], f"{len(held)}", "Actions", "open", tuple(line.ref for line in held)),
            Figure(
                told[2],
                f"{len(red)}",
                "Actions",
                "open, and red by the BRAG rule",
                tuple(line.ref for line in red),
            ),
        )
        if held
        else ()
    )


def _part(block: Block, lines: list[LogLine]) -> Iterator[Section]:
    rows = tuple(
        (line.ref, line.what, line.owner, line.due_now, line.brag.partition(":")[0], _last(line))
        for line in lines
    )
    yield Section(block.words, (Table(block.words, _COLUMNS, rows),))


def _last(line: LogLine) -> str:
    return line.updates[-1] if line.updates else "None"
