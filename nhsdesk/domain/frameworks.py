"""Frameworks as templates: what an official file must hold, what is wrong with one, what changed between versions.

A file is read by its headings (`COLUMNS`). Nothing in a file makes a line verified: what is imported says that it
was imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from nhsdesk.domain.assessments import FrameworkLine, Standing
from nhsdesk.domain.entry import quoted, whole_letters
from nhsdesk.domain.problems import Problem, Weight

COLUMNS = (
    "framework", "version", "section", "indicator_ref", "indicator", "standard_ref", "standard", "source_page",
)  # fmt: skip
MOST_LINES = 20_000
LONGEST_NAME = 300
LONGEST_STANDARD = 5_000
MOST_TOLD = 20
"""Problems told one by one; the others are counted."""

_LOOKED_THROUGH = 20
"""Rows among which the headings are looked for: a title often stands above them."""

_KNOWN_BY = 3
"""Headings of ours that make a row the row of headings."""

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """One standard of a template, before it is in the file."""

    section: str
    standard: str
    standard_ref: str = ""
    indicator_ref: str = ""
    indicator: str = ""
    source_page: str = ""
    standing: Standing = Standing.IMPORTED


@dataclass(frozen=True, slots=True)
class Template:
    """A framework in one version, before it is in the file."""

    title: str
    edition: str
    lines: tuple[TemplateLine, ...]
    key: str = ""
    published_by: str = ""
    scored_by: str = ""
    our_part: str = ""
    standing: Standing | None = None
    top: int = 3
    levels: str = ""
    source: str = ""

    def count(self, standing: Standing) -> int:
        """How many of its lines stand so."""
        return sum(line.standing is standing for line in self.lines)

    @property
    def sections(self) -> tuple[str, ...]:
        """Its sections, in their order."""
        return tuple(dict.fromkeys(line.section for line in self.lines))

    @property
    def told(self) -> tuple[str, ...]:
        """What a person is told of it before it is taken in."""
        parts = [(n, words) for standing, words in _STANDINGS.items() if (n := self.count(standing))]
        kinds = "; ".join(f"{n:,} {words}" for n, words in parts)
        lines, sections = _counted(len(self.lines), "line"), _counted(len(self.sections), "section")
        whole = f"{lines} in {sections}: {kinds}."
        return tuple(filter(None, (whole, self.source)))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


_STANDINGS = {
    Standing.VERIFIED: "verified against a source",
    Standing.LOCAL: "local prompts, which are nobody's official wording",
    Standing.IMPORTED: "from the file, not verified by us",
}


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """An official file as read: its template, unless something must be put right, and what is to be told."""

    template: Template | None
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())


# ---- reading


def headings_at(rows: Sequence[Sequence[object]]) -> int | None:
    """Which row holds the headings; None where none of the first does, so that it is no framework file."""
    found = [len(set(map(_heading, row)) & set(COLUMNS)) for row in rows[:_LOOKED_THROUGH]]
    most = max(found, default=0)
    return found.index(most) if most >= _KNOWN_BY else None


def read(rows: Sequence[Sequence[object]]) -> FrameworkFile | None:
    """The framework in the rows of a sheet; None where it is no framework file at all."""
    at = headings_at(rows)
    if at is None:
        return None
    heads = [_heading(cell) for cell in rows[at]]
    wrong = _heading_problems(heads)
    if wrong:
        return FrameworkFile(None, wrong)
    places = {name: heads.index(name) for name in COLUMNS}
    held = [
        (number, {name: row[place] for name, place in places.items()})
        for number, row in enumerate(rows[at + 1 :], at + 2)
        if any(row[place] is not None and str(row[place]).strip() for place in places.values())
    ]
    if not held:
        return FrameworkFile(None, (_must("It has its headings and no line below them."),))
    if len(held) > MOST_LINES:
        return FrameworkFile(None, (_must(f"It has {len(held):,} lines; the most is {MOST_LINES:,}."),))
    return _of_lines([(number, _words(cells)) for number, cells in held], heads)


def _of_lines(rows: list[tuple[int, dict[str, str]]], heads: list[str]) -> FrameworkFile:
    """A framework and version that stand only in the first row are those of all."""
    first = rows[0][1]
    title, edition = first["framework"], first["version"]
    filled = [
        (n, {**cells, "framework": cells["framework"] or title, "version": cells["version"] or edition})
        for n, cells in rows
    ]
    problems = (*_named_otherwise(filled, title, edition), *_row_problems(filled), *_twice(filled))
    if any(one.weight is Weight.MUST_FIX for one in problems):
        return FrameworkFile(None, _shortened(problems))
    lines = tuple(
        TemplateLine(**{name: cells[name] for name in COLUMNS[2:]}, standing=Standing.IMPORTED)
        for _, cells in filled
    )
    return FrameworkFile(
        Template(title, edition, lines, standing=Standing.IMPORTED), (), _notes(lines, heads)
    )


def _notes(lines: tuple[TemplateLine, ...], heads: list[str]) -> tuple[str, ...]:
    found = []
    unnamed = sum(not line.standard_ref for line in lines)
    if unnamed:
        found.append(
            f"{unnamed:,} without a standard_ref: from version to version they are known by section and wording alone."
        )
    nowhere = sum(not line.source_page for line in lines)
    if nowhere:
        found.append(f"{nowhere:,} without a source_page: where they are written is not yet known.")
    others = [head for head in heads if head and head not in COLUMNS]
    if others:
        found.append(
            f"Left aside, because no column of ours is called so: {', '.join(map(quoted, others[:5]))}."
        )
    return tuple(found)


def _heading(cell: object) -> str:
    return "_".join(_clean(cell).casefold().replace("-", " ").replace("_", " ").split())


def _words(cells: dict[str, object]) -> dict[str, str]:
    return {name: _clean(cell) for name, cell in cells.items()}


def _clean(cell: object) -> str:
    """The words of a cell without signs that nobody sees."""
    return "" if cell is None else _CONTROL.sub("", whole_letters(str(cell))).strip()


# ---- what is wrong


def _must(sentence: str, name: str = "") -> Problem:
    return Problem(sentence, Weight.MUST_FIX, "framework_line", 0, name)


def _heading_problems(heads: list[str]) -> tuple[Problem, ...]:
    missing = [name for name in COLUMNS if name not in heads]
    twice = [name for name in COLUMNS if heads.count(name) > 1]
    found = []
    if missing:
        has = "There is no column" if len(missing) == 1 else "There are no columns"
        found.append(
            _must(
                f"{has} called {_listed(missing)}. Add {'it' if len(missing) == 1 else 'them'} to the file."
            )
        )
    if twice:
        found.append(_must(f"More than one column is called {_listed(twice)}. Keep the one that is meant."))
    return tuple(found)


def _named_otherwise(rows: list[tuple[int, dict[str, str]]], title: str, edition: str) -> Iterator[Problem]:
    """A file is one framework in one version."""
    for name, meant in (("framework", title), ("version", edition)):
        if not meant:
            yield _must(f"Row {rows[0][0]:,} does not say which {name} this is.", name)
        others = [n for n, cells in rows if cells[name] != meant]
        if others and meant:
            yield _must(f"{_rows(others)} {'names' if len(others) == 1 else 'name'} another {name}.", name)


def _row_problems(rows: list[tuple[int, dict[str, str]]]) -> Iterator[Problem]:
    for name in ("section", "standard"):
        empty = [n for n, cells in rows if not cells[name]]
        if empty:
            yield _must(f"{_rows(empty)} {'has' if len(empty) == 1 else 'have'} no {name}.", name)
    for name in COLUMNS:
        longest = LONGEST_STANDARD if name in ("standard", "indicator") else LONGEST_NAME
        long = [n for n, cells in rows if len(cells[name]) > longest]
        if long:
            yield _must(f"{_rows(long)}: the {name} is longer than {longest:,} letters.", name)
        broken = [n for n, cells in rows if cells[name].upper().startswith(_ERRORS)]
        if broken:
            yield _must(f"{_rows(broken)}: the {name} is an error of the spreadsheet, such as #REF!.", name)


def _twice(rows: list[tuple[int, dict[str, str]]]) -> Iterator[Problem]:
    at: dict[str, list[int]] = {}
    for n, cells in rows:
        if cells["standard_ref"]:
            at.setdefault(cells["standard_ref"].casefold(), []).append(n)
    written = {cells["standard_ref"].casefold(): cells["standard_ref"] for _, cells in rows}
    for ref, found in at.items():
        if len(found) > 1:
            yield _must(
                f"The standard_ref {quoted(written[ref])} stands in {_rows(found, inside=True)}.",
                "standard_ref",
            )


def _shortened(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    left = len(problems) - MOST_TOLD
    if left <= 0:
        return problems
    return (*problems[:MOST_TOLD], _must(f"And {left:,} more of the kind."))


def _rows(numbers: list[int], *, inside: bool = False) -> str:
    word = "row" if inside else "Row"
    if len(numbers) == 1:
        return f"{word} {numbers[0]:,}"
    shown = [f"{number:,}" for number in numbers[:5]]
    if len(numbers) > 5:
        return f"{word}s {', '.join(shown)} and {len(numbers) - 5:,} more"
    return f"{word}s {', '.join(shown[:-1])} and {shown[-1]}"


def _listed(names: list[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)


# ---- versions


def known_by(line: TemplateLine | FrameworkLine) -> tuple[str, str]:
    """What a line is known by from version to version: its reference, or else its section and wording."""
    if line.standard_ref:
        return line.standard_ref.casefold(), ""
    return _alike(line.section), _alike(line.standard)


def _alike(words: str) -> str:
    return " ".join(words.split()).casefold()


@dataclass(frozen=True, slots=True)
class Changes:
    """What another version brings: lines that are new, gone, worded otherwise, and moved to another section."""

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.added, self.gone, self.reworded, self.moved))

    @property
    def told(self) -> tuple[str, ...]:
        """In sentences, each with the lines it is about."""
        parts = (
            ("New", self.added), ("No longer there", self.gone), ("Worded otherwise", self.reworded),
            ("In another section", self.moved),
        )  # fmt: skip
        return tuple(f"{words}: {_some(names)}." for words, names in parts if names)


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 8:,} more" if len(names) > 8 else ""
    return f"{', '.join(names[:8])}{more}"


def changes(
    old: Iterable[TemplateLine | FrameworkLine], new: Iterable[TemplateLine | FrameworkLine]
) -> Changes:
    """What changed from one version to another, line by line."""
    before = {known_by(line): line for line in old}
    now = {known_by(line): line for line in new}
    both = [(before[key], line) for key, line in now.items() if key in before]
    return Changes(
        added=tuple(_name(line) for key, line in now.items() if key not in before),
        gone=tuple(_name(line) for key, line in before.items() if key not in now),
        reworded=tuple(_name(b) for a, b in both if _alike(a.standard) != _alike(b.standard)),
        moved=tuple(_name(b) for a, b in both if _alike(a.section) != _alike(b.section)),
    )


def _name(line: TemplateLine | FrameworkLine) -> str:
    return line.standard_ref or quoted(line.standard)


def template_line(line: FrameworkLine) -> TemplateLine:
    """A line of the file as a template has it, for comparing the two."""
    return TemplateLine(
        line.section, line.standard, line.standard_ref or "", line.indicator_ref or "", line.indicator or "",
        line.source_page or "", line.standing,
    )  # fmt: skip


def framework_line(line: TemplateLine, blank: FrameworkLine) -> FrameworkLine:
    """A line of a template as the file keeps it."""
    return replace(
        blank,
        section=line.section,
        indicator_ref=line.indicator_ref or None,
        indicator=line.indicator or None,
        standard_ref=line.standard_ref or None,
        standard=line.standard,
        source_page=line.source_page or None,
        standing=line.standing,
    )
