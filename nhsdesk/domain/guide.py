"""The user guide as pages with headings, and what is found in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nhsdesk.domain.snippets import plain, snippet

_HEADING = re.compile(r"(#{1,4})\s+(.+?)\s*#*\s*")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"[*`|]|\[|\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the lines below it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the name of its file, its title, and its sections; `text` is as it was written."""

    key: str
    title: str
    text: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that holds what was asked for, with the words around it."""

    page: str
    title: str
    heading: str
    words: str


def page(key: str, text: str) -> Page:
    """A page read from its text; its title is its first heading."""
    sections = tuple(_sections(text))
    return Page(key, sections[0].heading if sections else key, text, sections)


def _sections(text: str) -> Iterator[Section]:
    heading, lines, inside = "", list[str](), False
    for line in text.splitlines():
        inside ^= line.startswith("```")
        found = None if inside else _HEADING.fullmatch(line)
        if found is None:
            lines.append(line)
            continue
        if heading:
            yield Section(heading, "\n".join(lines))
        heading, lines = found[2], []
    if heading:
        yield Section(heading, "\n".join(lines))


def find(pages: Iterable[Page], asked: str, *, most: int = 30) -> tuple[Hit, ...]:
    """Sections that hold a word beginning as each one asked for; those with it in their heading first."""
    wanted = _WORD.findall(plain(asked))
    if not wanted:
        return ()
    found: list[tuple[bool, Hit]] = []
    for one in pages:
        for section in one.sections:
            begins = _begins(f"{section.heading} {section.text}", wanted)
            if begins:
                words = snippet(unmarked(section.text), asked)
                hit = Hit(one.key, one.title, section.heading, words)
                found.append((not _begins(section.heading, wanted), hit))
    return tuple(hit for _, hit in sorted(found, key=lambda pair: pair[0])[:most])


def _begins(text: str, wanted: Iterable[str]) -> bool:
    words = set(_WORD.findall(plain(text)))
    return all(any(word.startswith(one) for word in words) for one in wanted)


def unmarked(text: str) -> str:
    """A text without the marks that lay it out; a sentence that runs over lines is one line."""
    paragraphs = re.split(r"\n\s*\n|\n(?=[|#-])", text)
    return "\n".join(" ".join(_MARKS.sub("", one).split()) for one in paragraphs)
