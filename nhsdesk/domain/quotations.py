"""Exact words in a document: whether they still stand on their page, stand on another, or are gone.

Two texts are the same words when they differ only in what a printer did to them: spaces and line breaks, a word parted
at the end of a line, soft hyphens, and curly for straight quotation marks. Nothing else is forgiven: a document that
says "may" where "must" was read no longer says it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from nhsdesk.domain.commitments import QuotationFound

MOST_WORDS_QUOTED = 20
"""Of somebody else's document no more is quoted in one piece than this."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that can be named: a page, or a paragraph where there are no pages."""

    locator: str
    text: str


class Unit(Enum):
    """What a locator counts. A paragraph that bears no number of its own is counted by us, and says so."""

    PAGE = "p"
    PARAGRAPH = "paragraph "
    COUNTED = "counted paragraph "


@dataclass(frozen=True, slots=True)
class Locator:
    """Where in a document, from first to last: "p14", "pp 14-15", "paragraph 3.2"."""

    unit: Unit
    first: str
    last: str

    @property
    def words(self) -> str:
        """As it is written beside a commitment."""
        if self.first == self.last:
            return f"{self.unit.value}{self.first}"
        pages = self.unit is Unit.PAGE
        return f"{'pp ' if pages else self.unit.value}{self.first}-{self.last}"

    def covers(self, other: Locator) -> bool:
        """Whether what another names lies in this one."""
        if self.unit is not other.unit:
            return False
        at = _order(other.first)
        return _order(self.first) <= at <= _order(self.last) or other.first in (self.first, self.last)


_NUMBER = r"\d{1,6}(?:\.\d{1,4}){0,6}[a-z]?"
_LOCATOR = re.compile(
    rf"(?P<unit>counted\s+para(?:graph)?s?|pages?|pp?\.?|para(?:graph)?s?\.?|¶+)\s*(?P<first>{_NUMBER})"
    rf"(?:\s*(?:-|–|to)\s*(?P<last>{_NUMBER}))?\.?",
    re.IGNORECASE,
)


def locator(words: str | None) -> Locator | None:
    """What "p14", "page 14", "pp 14-15" or "paragraph 3.2" names; None for words that name neither."""
    found = _LOCATOR.fullmatch((words or "").strip())
    if found is None:
        return None
    said, first = found["unit"].casefold(), found["first"].casefold()
    unit = Unit.COUNTED if said.startswith("counted") else Unit.PARAGRAPH
    if said.startswith("p") and not said.startswith("para"):
        unit = Unit.PAGE
    last = (found["last"] or first).casefold()
    return Locator(unit, first, last) if _order(first) <= _order(last) else Locator(unit, last, first)


def place_of(words: str | None) -> tuple[int, tuple[tuple[int, str], ...]]:
    """By what commitments are put in the order of their document; those without a readable place come last."""
    found = locator(words)
    return (1, ()) if found is None else (0, _order(found.first))


def _order(number: str) -> tuple[tuple[int, str], ...]:
    parts = re.findall(r"(\d+)([a-z]?)", number)
    return tuple((int(digits), letter) for digits, letter in parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of the exact words, and where they stand now; nowhere where they are gone."""

    found: QuotationFound
    at: str = ""


def look(quotation: str, where: str | None, passages: Sequence[Passage]) -> Finding:
    """Looks for exact words where they are said to stand, then everywhere else.

    Words that run on over two pages stand on both. Where no page was named, words that are found count as on another
    page: nobody has yet said which.
    """
    wanted = _Words(quotation)
    named = locator(where)
    places = [locator(passage.locator) for passage in passages]
    found = [at for at, passage in enumerate(passages) if wanted.stand_in(passage.text)]
    spans = [(at, at) for at in found] or _over_two(wanted, passages)
    if not spans:
        return Finding(QuotationFound.GONE)
    for first, last in spans:
        if named is not None and any(
            (place := places[at]) is not None and named.covers(place) for at in {first, last}
        ):
            return Finding(QuotationFound.THERE, between(passages, first, last))
    return Finding(QuotationFound.MOVED, between(passages, *spans[0]))


def _over_two(wanted: _Words, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    return [
        (at, at + 1)
        for at, (one, next_) in enumerate(pairwise(passages))
        if wanted.stand_in(f"{one.text}\n{next_.text}")
    ]


def between(passages: Sequence[Passage], first: int, last: int) -> str:
    """The words that name everything from one passage to another, or the first alone where no words name both."""
    begins, ends = locator(passages[first].locator), locator(passages[last].locator)
    if first == last or begins is None or ends is None or begins.unit is not ends.unit:
        return passages[first].locator
    return Locator(begins.unit, begins.first, ends.last).words


def tidied(selected: str) -> str:
    """Words taken from a page as they are kept: in one line, and whole where a line's end had parted them."""
    lines = _NO_WIDTH.sub("", _SOFT.sub("", selected.replace("\u2029", "\n")))
    return " ".join(
        re.sub(r"(?<=[a-z])-[^\S\n]*\n[^\S\n]*(?=[a-z])", "", _KEPT_HYPHEN.sub("-", lines)).split()
    )


def stands_in(words: str, text: str) -> bool:
    """Whether exact words stand in a text."""
    return _Words(words).stand_in(text)


def too_long(quotation: str | None) -> bool:
    """Whether more is quoted in one piece than is fair."""
    return len((quotation or "").split()) >= MOST_WORDS_QUOTED


SHEET = 3_000
"""Letters of paragraphs that are read at a time, about a printed page."""


def sheets(passages: Sequence[Passage], *, has_pages: bool) -> tuple[range, ...]:
    """What is shown at a time: one page, or as many paragraphs as make up about one."""
    if has_pages:
        return tuple(range(at, at + 1) for at in range(len(passages)))
    found: list[range] = []
    begins = letters = 0
    for at, passage in enumerate(passages):
        if at > begins and letters + len(passage.text) > SHEET:
            found.append(range(begins, at))
            begins, letters = at, 0
        letters += len(passage.text)
    return (*found, range(begins, len(passages))) if passages else ()


_NAMED = re.compile(r"\bPCNs?\b|\b[Pp]rimary [Cc]are [Nn]etworks?\b")


def names_pcns(passages: Sequence[Passage]) -> int:
    """How often a document names primary care networks."""
    return sum(len(_NAMED.findall(folded(passage.text))) for passage in passages)


# ---------------------------------------------------------------- what counts as the same words

_PARTED = "\0"
"""Stands where a hyphen ended a line: the word may be written with it or without."""

_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛", "'"), **dict.fromkeys("“”„‟", '"'), "‐": "-", "‑": "-"})
_SOFT = re.compile("\u00ad(?:[ \t]*(?:\r\n|[\r\n])[ \t]*(?=\\S))?")
_KEPT_HYPHEN = re.compile(r"(?<=\w)-[^\S\n]*\n[^\S\n]*(?=[A-Z0-9])|(?<=[A-Z0-9])-[^\S\n]*\n[^\S\n]*(?=\w)")
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_LINE_END = re.compile(r"(?<=\w)-[^\S\r\n]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])[^\S\r\n]*(?=\w)")


def folded(text: str) -> str:
    """The words alone: one space between them, straight quotation marks, no soft hyphens."""
    text = _NO_WIDTH.sub("", _SOFT.sub("", unicodedata.normalize("NFC", text).replace(_PARTED, " ")))
    return " ".join(_LINE_END.sub(_PARTED, text.translate(_QUOTES)).split())


class _Words:
    """A quotation made ready to be looked for in many pages."""

    def __init__(self, quotation: str) -> None:
        self._folded = folded(quotation)
        self._bare = _bare(self._folded)
        self._pattern: re.Pattern[str] | None = None

    def stand_in(self, text: str) -> bool:
        """Whether they stand in a text, as whole words."""
        if not self._bare:
            return False
        page = folded(text)
        # What holds the words holds them without their hyphens too; asking that first spares most pages the search.
        return self._bare in _bare(page) and self._made().search(page) is not None

    def _made(self) -> re.Pattern[str]:
        if self._pattern is None:
            begins = r"(?<!\w)" if re.match(r"\w", self._folded) else ""
            ends = r"(?!\w)" if re.search(r"\w$", self._folded) else ""
            parts = f"{_PARTED}?".join(map(_part, self._folded))
            self._pattern = re.compile(f"{begins}{parts}{ends}")
        return self._pattern


def _part(letter: str) -> str:
    if letter == "-":
        return f"[-{_PARTED}]"
    return f"[-{_PARTED}]?" if letter == _PARTED else re.escape(letter)


def _bare(words: str) -> str:
    return words.replace("-", "").replace(_PARTED, "")
