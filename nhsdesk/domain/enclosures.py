"""Enclosures: which letter each paper of a meeting bears, the same on its agenda and in its pack.

A letter that was typed on an agenda item, such as "Enclosure C", stays with the item's first paper. All others take the
next free letters in the order of the agenda; the minutes of the last meeting and the action log stand with the item
that names them, else before all others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from string import ascii_uppercase

from nhsdesk.domain.kinds import Id

_TYPED = re.compile(r"\benc(?:losure|l)?s?\b\.?\s*([A-Z]{1,2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ItemPapers:
    """An agenda item: its title, what was typed of its paper, how many files hang on it, and whether it has a sheet."""

    id: Id
    title: str
    typed: str
    files: int
    sheet: bool = False
    """A board paper that is written here, under its cover sheet."""


@dataclass(frozen=True, slots=True)
class Lettered:
    """The letters of a meeting's papers."""

    minutes: str
    log: str
    minutes_item: Id | None
    """The item that takes the minutes of the last meeting, where one names them."""
    log_item: Id | None
    sheets: dict[Id, str]
    """Of items with a cover sheet, the letter of their board paper."""
    files: dict[Id, tuple[str, ...]]
    """For each item, one letter for each file."""
    missing: dict[Id, str]
    """Items that name an enclosure and have no file, with its letter."""

    def at(self, item: Id) -> tuple[str, ...]:
        """Every letter that stands with an item."""
        own = [self.minutes] if item == self.minutes_item else []
        own += [self.log] if item == self.log_item else []
        own += [held[item] for held in (self.sheets, self.missing) if item in held]
        return tuple(dict.fromkeys((*own, *self.files.get(item, ()))))


def typed_letter(words: str) -> str:
    """The letter in "Enclosure C" or "Enc. C"; empty where none is named."""
    found = _TYPED.search(words)
    return found[1].upper() if found else ""


def in_order(letter: str) -> tuple[int, str]:
    """What letters are sorted by: A to Z, then AA."""
    return len(letter), letter


def words(letter: str) -> str:
    """What a paper is called by its letter."""
    return f"Enclosure {letter}"


def lettered(items: Sequence[ItemPapers]) -> Lettered:
    """The letters of all papers of a meeting, those of restricted items among them, in the order of its agenda."""
    minutes_item = _naming(items, ("minutes",))
    log_item = _naming(items, ("action log", "actions from", "outstanding actions", "matters arising"))
    wanted: list[tuple[str, Id | None, str]] = []
    wanted += [("minutes", None, "")] if minutes_item is None else []
    wanted += [("log", None, "")] if log_item is None else []
    for item in items:
        typed = typed_letter(item.typed)
        here = ["minutes"] if item.id == minutes_item else []
        here += ["log"] if item.id == log_item else []
        here += ["sheet"] if item.sheet else []
        here += ["file"] * item.files
        here = here or (["missing"] if typed else [])
        wanted += [(what, item.id, typed if first == 0 else "") for first, what in enumerate(here)]
    return _given(wanted, minutes_item, log_item)


def _naming(items: Iterable[ItemPapers], names: tuple[str, ...]) -> Id | None:
    """The first item without files of its own whose title names a standing paper."""
    found = (
        item.id
        for item in items
        if not (item.files or item.sheet) and any(name in item.title.casefold() for name in names)
    )
    return next(found, None)


def _given(
    wanted: list[tuple[str, Id | None, str]], minutes_item: Id | None, log_item: Id | None
) -> Lettered:
    taken = {typed for _, _, typed in wanted if typed}
    free = (letter for letter in _letters() if letter not in taken)
    used: set[str] = set()
    standing = {"minutes": "", "log": ""}
    sheets: dict[Id, str] = {}
    files: dict[Id, tuple[str, ...]] = {}
    missing: dict[Id, str] = {}
    for what, item, typed in wanted:
        letter = typed if typed and typed not in used else next(free)
        used.add(letter)
        if item is None or what in standing:
            standing[what] = letter
        elif what == "file":
            files[item] = (*files.get(item, ()), letter)
        else:
            (sheets if what == "sheet" else missing)[item] = letter
    return Lettered(standing["minutes"], standing["log"], minutes_item, log_item, sheets, files, missing)


def _letters() -> Iterator[str]:
    """A to Z, then AA, AB and so on."""
    yield from ascii_uppercase
    for number in count():
        yield ascii_uppercase[number // 26 % 26] + ascii_uppercase[number % 26]
