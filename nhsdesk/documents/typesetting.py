"""Words set in lines for a printed page: broken to a width, with their links and black bars at their places.

    for line in lines_of("See https://www.england.nhs.uk", LOOK, 300):
        for run in line.runs: ...

Words come printable (`page_text.printable`). Every character of them is data: nothing in them is a tag. Only an
address that stands as a word of its own is a link. A word longer than the line is cut, so that nothing ever stands
outside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from nhsdesk.documents import theme
from nhsdesk.documents.page_text import BAR, STRUCK_OUT, width

_LINK = re.compile(r"""(?<![^\s(\[])(?:https?://|mailto:)[!#-;=?-~]+""", re.IGNORECASE)
_SPECIAL = re.compile(rf"({BAR.pattern}|{_LINK.pattern})", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}'"
_LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of words is set; measures in points."""

    size: float
    bold: bool = False
    colour: str = theme.TEXT
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0

    @property
    def font(self) -> str:
        """The name under which its font is known."""
        return theme.PAGE_FONT_BOLD if self.bold else theme.PAGE_FONT

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.size * theme.LINE

    def width_of(self, words: str) -> float:
        """How wide printable words are."""
        return width(words, self.font, self.size)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one line that are alike: plain, a link to an address, or a bar over what is struck out."""

    left: float
    words: str
    width: float
    address: str = ""
    bar: bool = False


@dataclass(slots=True)
class Line:
    """What stands on one line, from its left edge."""

    runs: list[Run] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Up to the end of its last word."""
        return self.runs[-1].left + self.runs[-1].width if self.runs else 0

    @property
    def plain(self) -> bool:
        """True where it is nothing but words."""
        return all(not run.address and not run.bar for run in self.runs)


def lines_of(text: str, look: Look, room: float) -> list[Line]:
    """Printable text as lines no wider than the room."""
    found: list[Line] = []
    for paragraph in text.split("\n"):
        if _SPECIAL.search(paragraph):
            found += _mixed(paragraph, look, room)
        else:
            found += _plain(paragraph, look, room)
    return found


def address_of(words: str) -> str:
    """Where a link leads: a web page or a mailbox; nothing for what is no such address."""
    if len(words) > _LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(words)
        parts.port  # noqa: B018 - raises for what is no number
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return words if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", parts.path, re.ASCII) else ""
    known = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return words if known and re.fullmatch(r"[\w.-]+", parts.hostname or "", re.ASCII) else ""


# ---- nothing but words


def _plain(paragraph: str, look: Look, room: float) -> Iterator[Line]:
    space = look.width_of(" ")
    line: list[str] = []
    reached = 0.0
    for word in paragraph.split(" "):
        if not word:
            continue
        wide = look.width_of(word)
        if line and reached + space + wide <= room:
            line.append(word)
            reached += space + wide
            continue
        if line:
            yield Line([Run(0, " ".join(line) + " ", reached)])
        *cut, word = _cut(word, wide, look, room)
        for piece in cut:
            yield Line([Run(0, piece, room)])
        line, reached = [word], look.width_of(word)
    yield Line([Run(0, " ".join(line), reached)] if line else [])


def _cut(word: str, wide: float, look: Look, room: float) -> list[str]:
    """A word in pieces that each fit the room; one piece where it fits as it is."""
    if wide <= room:
        return [word]
    pieces, begin, reached = [], 0, 0.0
    for place, letter in enumerate(word):
        step = look.width_of(letter)
        if reached + step > room and place > begin:
            pieces.append(word[begin:place])
            begin, reached = place, 0.0
        reached += step
    return [*pieces, word[begin:]]


# ---- with links and bars


@dataclass(frozen=True, slots=True)
class _Part:
    words: str
    address: str = ""
    bar: bool = False


def _mixed(paragraph: str, look: Look, room: float) -> Iterator[Line]:
    space = look.width_of(" ")
    line, reached = Line(), 0.0
    for word in _words(paragraph):
        wide = sum(look.width_of(part.words) for part in word)
        if line.runs and reached + space + wide > room:
            yield _closed(line)
            line, reached = Line(), 0.0
        elif line.runs:
            _append(line, _Part(" "), reached, space)
            reached += space
        for part in word:
            *cut, rest = _cut_part(part, look, reached, room)
            for piece in cut:
                _append(line, piece, reached, look.width_of(piece.words))
                yield line
                line, reached = Line(), 0.0
            _append(line, rest, reached, look.width_of(rest.words))
            reached += look.width_of(rest.words)
    yield line


def _cut_part(part: _Part, look: Look, reached: float, room: float) -> list[_Part]:
    """A part as pieces for one line each, the first beginning where the line has come to."""
    wide = look.width_of(part.words)
    if reached + wide <= room:
        return [part]
    pieces = _cut(part.words, wide, look, room) if not reached else ["", *_cut(part.words, wide, look, room)]
    return [_Part(piece, part.address, part.bar) for piece in pieces]


def _words(paragraph: str) -> Iterator[list[_Part]]:
    """What stands between two spaces, as its parts."""
    word: list[_Part] = []
    for number, piece in enumerate(_SPECIAL.split(paragraph)):
        if number % 2:
            word += _special(piece)
            continue
        first, *others = piece.split(" ")
        word += [_Part(first)] if first else []
        for other in others:
            if word:
                yield word
            word = [_Part(other)] if other else []
    if word:
        yield word


def _special(piece: str) -> Iterable[_Part]:
    if BAR.fullmatch(piece):
        return [_Part(STRUCK_OUT, bar=True)]
    words = piece.rstrip(_AFTER_LINK)
    rest = [_Part(piece[len(words) :])] if len(words) < len(piece) else []
    return [_Part(words, address_of(words)), *rest]


def _append(line: Line, part: _Part, left: float, wide: float) -> None:
    """Adds to a line; words like those before them lengthen their run."""
    if not part.words:
        return
    last = line.runs[-1] if line.runs else None
    if last is not None and not (last.address or last.bar or part.address or part.bar):
        line.runs[-1] = Run(last.left, last.words + part.words, last.width + wide)
    else:
        line.runs.append(Run(left, part.words, wide, part.address, part.bar))


def _closed(line: Line) -> Line:
    """A line that goes on in the next, with the space between the two for whoever reads it out."""
    last = line.runs[-1]
    if last.address or last.bar:
        line.runs.append(Run(last.left + last.width, " ", 0))
    else:
        line.runs[-1] = Run(last.left, last.words + " ", last.width)
    return line
