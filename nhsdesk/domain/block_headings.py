"""Which columns a pasted block has, and which of them holds what is wanted.

Headings may stand below a title, in any order, twice over, or be missing. Columns with names, and cells with NHS or
national insurance numbers, are left behind before anything else is done with a block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from nhsdesk.domain import kinds
from nhsdesk.domain.block_cells import (
    figure,
    heading_words,
    holds_a_persons_number,
    identifies,
    is_nobody,
    names_somebody,
    plain,
    tells_of_a_person,
)
from nhsdesk.domain.periods import MONTH_NAMES

_FIRST_ROWS = 30
"""Headings stand in one of these, below whatever title there is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field wanted of a block: what it is called, the kind that reads its words, headings it is known by."""

    name: str
    label: str
    kind: kinds.Kind
    headings: tuple[str, ...]
    needed: bool = False
    like: Callable[[Sequence[str]], bool] | None = None
    """Whether the cells of a column without a heading are what is wanted."""


@dataclass(frozen=True, slots=True)
class Block:
    """Headings and rows of words. `first_row` is the number that the first row has in its source."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int
    sheet: str = ""
    left_behind: tuple[str, ...] = ()
    """Headings of columns about persons, which were not taken over."""
    masked: int = 0
    """How many cells held what looks like a person's number, and were emptied."""
    somebody: tuple[int | None, ...] = ()
    """For each row the place of the first row about the same person; None where a row names nobody. Of a person no more
    than this is kept."""

    def persons(self) -> dict[int, int]:
        """By the number of a row whose it is: the same figure for all rows of one person."""
        return {self.first_row + n: one for n, one in enumerate(self.somebody) if one is not None}


# ---- headings


def of_rows(
    rows: Sequence[Sequence[str]],
    wanted: Sequence[Wanted] = (),
    remembered: Mapping[str, str] | None = None,
    sheet: str = "",
) -> Block:
    """A block of plain rows: its headings found, wherever they stand, and what tells of persons left behind."""
    cells = [tuple(plain(cell) for cell in row) for row in rows]
    width = max(map(len, cells), default=0)
    cells = [row + ("",) * (width - len(row)) for row in cells]
    at = _heading_row(cells, wanted, remembered or {})
    headings = _headings(cells[at] if at is not None else ("",) * width)
    first = 0 if at is None else at + 1
    return _without_persons(Block(headings, tuple(cells[first:]), first + 1, sheet))


def fitting(block: Block, wanted: Sequence[Wanted], remembered: Mapping[str, str]) -> int:
    """How many of the fields wanted a block has headings for: of several sheets the one with most is meant."""
    return len(guess(block, wanted, remembered))


def _heading_row(
    cells: Sequence[tuple[str, ...]], wanted: Sequence[Wanted], remembered: Mapping[str, str]
) -> int | None:
    known = {heading_words(one) for field in wanted for one in field.headings}
    known |= {heading_words(one) for one in remembered}
    scores = [_score(row, known) for row in cells[:_FIRST_ROWS]]
    best = max(scores, default=0)
    at = scores.index(best) if best >= 2 else _first_words_only(cells)
    return scores.index(best) if at is None and best else at


def _score(row: tuple[str, ...], known: set[str]) -> int:
    words = {heading_words(cell) for cell in row if cell}
    bare = {_bare(one) for one in words}
    return len(known & (words | bare)) + sum(map(tells_of_a_person, words))


def _filled(row: tuple[str, ...]) -> int:
    return sum(bool(cell) for cell in row)


def _first_words_only(cells: Sequence[tuple[str, ...]]) -> int | None:
    """The first row of words alone, as wide as what follows, with figures somewhere below it."""
    widest = max((_filled(row) for row in cells[: _FIRST_ROWS + 20]), default=0)
    for at, row in enumerate(cells[:_FIRST_ROWS]):
        if _filled(row) < 2:
            continue
        words_only = all(figure(cell) is None for cell in row if cell)
        below = any(figure(cell) is not None for later in cells[at + 1 : at + 20] for cell in later if cell)
        if words_only and below and _filled(row) * 2 > widest:
            return at
        if not words_only:
            return None
    return None


def _headings(row: Sequence[str]) -> tuple[str, ...]:
    """Each heading once: a second one of the same words is numbered, a missing one is called by its column."""
    made: list[str] = []
    seen: dict[str, int] = {}
    for place, cell in enumerate(row):
        words = cell or f"Column {_letter(place)}"
        seen[words] = seen.get(words, 0) + 1
        made.append(words if seen[words] == 1 else f"{words} ({seen[words]})")
    return tuple(made)


def _letter(place: int) -> str:
    """As a spreadsheet letters its columns."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _without_persons(block: Block) -> Block:
    kept = [n for n, heading in enumerate(block.headings) if not tells_of_a_person(_unnumbered(heading))]
    masked = 0
    rows: list[tuple[str, ...]] = []
    for row in block.rows:
        cells = [row[n] for n in kept]
        for n, cell in enumerate(cells):
            if len(cell) > 7 and holds_a_persons_number(cell):
                cells[n] = ""
                masked += 1
        rows.append(tuple(cells))
    gone = [n for n in range(len(block.headings)) if n not in set(kept)]
    headings = tuple(block.headings[n] for n in kept)
    behind = tuple(block.headings[n] for n in gone)
    return replace(
        block,
        headings=headings,
        rows=tuple(rows),
        left_behind=behind,
        masked=masked,
        somebody=_same_person(block, gone),
    )


def _same_person(block: Block, columns: Sequence[int]) -> tuple[int | None, ...]:
    """Which rows are about one person: by a number of their own where a column has such, else by all names."""
    by_number = [n for n in columns if identifies(_unnumbered(block.headings[n]))]
    named = by_number[:1] or [n for n in columns if names_somebody(_unnumbered(block.headings[n]))]
    first: dict[tuple[str, ...], int] = {}
    found: list[int | None] = []
    for place, row in enumerate(block.rows):
        words = tuple(" ".join(row[n].casefold().split()) for n in named)
        nobody = all(is_nobody(one) for one in words)
        found.append(None if nobody else first.setdefault(words, place))
    return tuple(found)


def _unnumbered(heading: str) -> str:
    return re.sub(r" \(\d+\)$", "", heading)


# ---- which column holds what


def guess(block: Block, wanted: Sequence[Wanted], remembered: Mapping[str, str]) -> dict[str, int]:
    """The column of each field, as far as it is remembered or can be told from the headings.

    `remembered` gives a heading its field; a heading with no field is one that somebody said holds nothing wanted.
    """
    names = {one.name for one in wanted}
    words = [heading_words(heading) for heading in block.headings]
    kept = {heading_words(heading): name for heading, name in remembered.items()}
    found = _by_contents(block, wanted)
    spent = {n for n, one in enumerate(words) if kept.get(one) == ""} | set(found.values())
    for n, one in enumerate(words):
        name = kept.get(one, "")
        if name in names and name not in found and n not in spent:
            found[name] = n
            spent.add(n)
    for alike in (_same, _same_bare, _within):
        for field_ in wanted:
            column = None if field_.name in found else _first(alike, field_, words, spent)
            if column is not None:
                found[field_.name] = column
                spent.add(column)
    return found


def _by_contents(block: Block, wanted: Sequence[Wanted]) -> dict[str, int]:
    """Columns without a heading by what stands in them: what was chosen for such a letter once may not hold again."""
    found: dict[str, int] = {}
    for n, heading in enumerate(block.headings):
        if heading != f"Column {_letter(n)}":
            continue
        cells = [row[n] for row in block.rows]
        told = [one.name for one in wanted if one.like is not None and one.like(cells)]
        if told and told[0] not in found:
            found[told[0]] = n
    return found


def _first(
    alike: Callable[[str, str], bool], wanted: Wanted, words: list[str], spent: set[int]
) -> int | None:
    for known in wanted.headings:
        for n, one in enumerate(words):
            if n not in spent and alike(heading_words(known), one):
                return n
    return None


def _same(known: str, heading: str) -> bool:
    return known == heading


def _same_bare(known: str, heading: str) -> bool:
    return known == _bare(heading)


def _within(known: str, heading: str) -> bool:
    """Several words that are known, inside a longer heading; one word alone may mean something else there."""
    return " " in known and f" {known} " in f" {heading} "


_PERIOD_WORDS = {name.casefold() for name in MONTH_NAMES if name} | {
    name[:3].casefold() for name in MONTH_NAMES if name
}


def _bare(heading: str) -> str:
    """A heading without the month, year and currency it was printed for."""
    left = [
        word
        for word in heading.split()
        if word not in _PERIOD_WORDS
        and word not in ("gbp", "amount", "per", "month", "monthly", "m", "the", "for", "in")
        and not re.fullmatch(r"\d{2}|\d{4}|m\d{1,2}", word)
    ]
    return " ".join(left) or heading
