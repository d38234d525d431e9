"""Figures that can be followed back: each numbered where it stands, and told of in an annex at the back.

A number stands behind its figure in square brackets, [3], so that it is read out, found and copied like any word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from nhsdesk.documents.marks import STANDS, TOLD, without_marks
from nhsdesk.documents.model import (
    Block,
    Bullets,
    Bundle,
    Cell,
    Chart,
    Column,
    Figure,
    Paragraph,
    Report,
    Section,
    Table,
)
from nhsdesk.domain.periods import day_words

HEADING = "Where each figure comes from"
TABLE = "Figures"
MOST_REFS = 120
"""Runs of references told of one figure; the facts kept with the paper hold them all."""

_COLUMNS = (
    Column("No."),
    Column("Figure"),
    Column("What was counted, and how"),
    Column("From which entries"),
)


def traced(report: Report) -> Report:
    """The report with its figures numbered in reading order, and the annex; as it was where it has none."""
    if not any(section.figures for section in report.sections):
        return report
    number, sections = 0, []
    told: list[tuple[Cell, ...]] = []
    for section in report.sections:
        marked = _numbered(_with_own_words_only(section), number)
        number += len(section.figures)
        rows = tuple(_row(marked, one) for one in marked.figures)
        if section.handed_out:
            marked = replace(marked, blocks=(*marked.blocks, *_at_its_foot(report, marked, rows)))
        else:
            told += rows
        sections.append(marked)
    annex = (
        (Section(HEADING, (Paragraph(_how(report)), Table(TABLE, _COLUMNS, tuple(told)))),) if told else ()
    )
    return replace(report, sections=(*sections, *annex))


def each_traced(bundle: Bundle) -> Bundle:
    """A bundle whose papers each have their figures numbered, and an annex of their own."""
    parts = tuple(
        replace(part, content=traced(part.content)) if isinstance(part.content, Report) else part
        for part in bundle.parts
    )
    return replace(bundle, front=traced(bundle.front), parts=parts)


def _how(report: Report) -> str:
    return (
        f"Each number in square brackets stands behind a figure. All are as at {day_words(report.day)} unless another "
        "day is given. Entries are named by their references, in which a paper kept with its facts finds them again."
    )


def _at_its_foot(report: Report, section: Section, rows: tuple[tuple[Cell, ...], ...]) -> tuple[Block, ...]:
    """A page that is handed out alone says itself where its figures come from."""
    caption = f"{HEADING}, as at {day_words(report.day)}"
    return (Table(f"{TABLE} {section.figures[0].number}", _COLUMNS, rows, caption),) if rows else ()


def _row(section: Section, one: Figure) -> tuple[Cell, ...]:
    day = f" As at {day_words(one.as_at)}." if one.as_at is not None else ""
    what = f"{one.what}: {one.by}.{day}" if one.by else f"{one.what}.{day}"
    told = "; ".join(filter(None, (refs_words(one.refs), one.not_named)))
    number = f"{TOLD}[{one.number}]" if _bears(section, one) else f"[{one.number}]"
    return number, one.shown, what, told or "none"


def mark(number: int) -> str:
    """How a figure's number stands behind it: "[3]", and before it what makes it lead to where it is told of."""
    return f"{STANDS}[{number}]"


def _with_own_words_only(section: Section) -> Section:
    """The section without marks that people typed, so that none of their words leads to a figure."""
    return replace(section, blocks=tuple(map(_without_marks, section.blocks)))


def _without_marks(block: Block) -> Block:
    texts = _texts(block)
    marked = any(STANDS in text or TOLD in text for text in texts)
    return _with_texts(block, list(map(without_marks, texts))) if marked else block


def _bears(section: Section, figure: Figure) -> bool:
    """Whether the figure's number stands in its section."""
    return any(mark(figure.number) in text for block in section.blocks for text in _texts(block))


_REF = re.compile(r"(.*?)(\d{1,18})", re.DOTALL)


def refs_words(refs: Iterable[str]) -> str:
    """References in order with their runs drawn together: "C-001 to C-004, C-009"."""
    runs: list[list[str]] = []
    for ref in sorted(set(refs), key=_in_order):
        if runs and _follows(runs[-1][-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    told = [part for run in runs for part in _run_words(run)]
    more = f" and {len(told) - MOST_REFS:,} more, which the facts kept with the paper name"
    return ", ".join(told[:MOST_REFS]) + (more if len(told) > MOST_REFS else "")


def _in_order(ref: str) -> tuple[str, int]:
    found = _REF.fullmatch(ref)
    return (found[1], int(found[2])) if found else (ref, 0)


def _follows(before: str, ref: str) -> bool:
    one, two = _REF.fullmatch(before), _REF.fullmatch(ref)
    return bool(one and two) and one[1] == two[1] and int(two[2]) == int(one[2]) + 1  # type: ignore[index]


def _run_words(run: list[str]) -> list[str]:
    return [f"{run[0]} to {run[-1]}"] if len(run) > 2 else run


# ---- where the numbers stand


def _numbered(section: Section, before: int) -> Section:
    """The section with its figures numbered from the one after `before`, in the order in which they stand."""
    placed = sorted(enumerate(section.figures), key=lambda one: (_place(section, one[1]), one[0]))
    figures = tuple(replace(one, number=before + n) for n, (_, one) in enumerate(placed, 1))
    blocks = section.blocks
    for one in figures:
        blocks = _marked(blocks, one)
    return replace(section, blocks=blocks, figures=figures)


def _place(section: Section, figure: Figure) -> tuple[int, int]:
    """Block and place within it; behind everything where it stands nowhere."""
    found = _find(section.blocks, figure)
    return found if found is not None else (len(section.blocks), 0)


def stands(section: Section, figure: Figure) -> bool:
    """Whether the words of a figure are found in its section."""
    return _find(section.blocks, figure) is not None


def _find(blocks: tuple[Block, ...], figure: Figure) -> tuple[int, int] | None:
    """Where a figure stands: the block, and which of its texts.

    A whole cell comes before words within words, and words that bear no number yet before those that do.
    """
    patterns = [re.compile(re.escape(figure.at)), _unmarked(figure.at), _within(figure.at)]
    for pattern in patterns:
        looks = pattern.fullmatch if pattern is patterns[0] else pattern.search
        for at, block in enumerate(blocks):
            if figure.table and getattr(block, "name", "") != figure.table:
                continue
            for place, text in enumerate(_texts(block)):
                if looks(text):
                    return at, place
    return None


_BEFORE, _AFTER = r"(?<![\w,.])", r"(?!\w|[.,]\d)"


def _within(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}{re.escape(words)}{_AFTER}((?: {STANDS}\[\d+\])*)")


def _unmarked(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE}{re.escape(words)}{_AFTER}(?! {STANDS}\[\d)")


def _marked(blocks: tuple[Block, ...], figure: Figure) -> tuple[Block, ...]:
    """The blocks with the figure's number behind it."""
    found = _find(blocks, figure)
    if found is None:
        return blocks
    at, place = found
    texts = list(_texts(blocks[at]))
    pattern = _unmarked(figure.at) if _unmarked(figure.at).search(texts[place]) else _within(figure.at)
    number = mark(figure.number)
    if texts[place] == figure.at:
        texts[place] = f"{texts[place]} {number}"
    else:
        texts[place] = pattern.sub(lambda found: f"{found[0]} {number}", texts[place], count=1)
    return (*blocks[:at], _with_texts(blocks[at], texts), *blocks[at + 1 :])


def _texts(block: Block) -> tuple[str, ...]:
    """The texts of a block in which a number may stand; a table's caption last, for its cells are more exact."""
    match block:
        case Paragraph():
            return (block.text,)
        case Bullets():
            return block.items
        case Table():
            return (*(cell for row in block.rows for cell in row if isinstance(cell, str)), block.caption)
        case Chart():
            return (block.title,)
        case _:
            return ()


def _with_texts(block: Block, texts: list[str]) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=texts[0])
        case Bullets():
            return replace(block, items=tuple(texts))
        case Table():
            cells = iter(texts)
            rows = tuple(
                tuple(next(cells) if isinstance(cell, str) else cell for cell in row) for row in block.rows
            )
            return replace(block, rows=rows, caption=next(cells))
        case Chart():
            return replace(block, title=texts[0])
        case _:
            return block
