"""The action log as printed pages, in the parts that boards use."""

from __future__ import annotations

from nhsdesk.documents.model import CellKind, Column, Figure, Paragraph, Section, Table
from nhsdesk.domain.action_log import ORDER, Block
from nhsdesk.sections import action_log
from nhsdesk.sections.action_log import LogLine
from nhsdesk.sections.restricted import withheld_items

NONE = "There are no outstanding actions."

_COLUMNS = (
    Column("Ref"), Column("Action"), Column("Lead"), Column("Due now", CellKind.DAY), Column("BRAG"),
    Column("Last update"),
)  # fmt: skip


def sections(facts: action_log.Facts) -> tuple[Section, ...]:
    """How many there are, then each part that has any."""
    told = f"{action_log.count_words(facts)}." if action_log.open_lines(facts) else NONE
    withheld = withheld_items(facts.withheld)
    opening = Section("Where the actions stand", (Paragraph(told), *withheld), figures=_figures(facts))
    parts = ((block, [line for line in facts.lines if line.block is block]) for block in ORDER)
    return (opening, *(_part(block, lines) for block, lines in parts if lines))


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


def _part(block: Block, lines: list[LogLine]) -> Section:
    rows = tuple(
        (line.ref, line.what, line.owner, line.due_now, line.brag.partition(":")[0], _last(line))
        for line in lines
    )
    return Section(block.words, (Table(block.words, _COLUMNS, rows),))


def _last(line: LogLine) -> str:
    return line.updates[-1] if line.updates else "None"
