"""Words set in lines for a printed page: broken to a width, with their links and black bars at their places.

    for line in lines_of("See https://www.england.nhs.uk", LOOK, 300):
        for run in line.runs: ...

Words come printable (`page_text.printable`). Every character of them is data: nothing in them is a tag. Only an
address that stands as a word of its own is a link, and the number of a figure. A word longer than the line is cut, so
that nothing ever stands outside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nhsdesk.documents import theme
from nhsdesk.documents.page_text import width
from nhsdesk.documents.word_parts import Part, only_words, parts_of


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
    """Words of one line that are alike, and what they are besides words."""

    left: float
    words: str
    width: float
    special: Part | None = None
    """A link, the number of a figure, or a bar over what is struck out."""


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
        return all(run.special is None for run in self.runs)


def lines_of(text: str, look: Look, room: float) -> list[Line]:
    """Printable text as lines no wider than the room."""
    found: list[Line] = []
    for paragraph in text.split("\n"):
        if only_words(paragraph):
            found += _plain(paragraph, look, room)
        else:
            found += _mixed(paragraph, look, room)
    return found


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


def _mixed(paragraph: str, look: Look, room: float) -> Iterator[Line]:
    space = look.width_of(" ")
    line, reached = Line(), 0.0
    for word in _words(paragraph):
        wide = sum(look.width_of(part.words) for part in word)
        if line.runs and reached + space + wide > room:
            yield _closed(line)
            line, reached = Line(), 0.0
        elif line.runs:
            _append(line, Part(" "), reached, space)
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


def _cut_part(part: Part, look: Look, reached: float, room: float) -> list[Part]:
    """A part as pieces for one line each, the first beginning where the line has come to."""
    wide = look.width_of(part.words)
    if reached + wide <= room:
        return [part]
    pieces = _cut(part.words, wide, look, room) if not reached else ["", *_cut(part.words, wide, look, room)]
    return [replace(part, words=piece) for piece in pieces]


def _words(paragraph: str) -> Iterator[list[Part]]:
    """What stands between two spaces, as its parts."""
    word: list[Part] = []
    for part in parts_of(paragraph):
        if not part.plain:
            word.append(part)
            continue
        first, *others = part.words.split(" ")
        word += [Part(first)] if first else []
        for other in others:
            if word:
                yield word
            word = [Part(other)] if other else []
    if word:
        yield word


def _append(line: Line, part: Part, left: float, wide: float) -> None:
    """Adds to a line; words like those before them lengthen their run."""
    if not part.words:
        return
    last = line.runs[-1] if line.runs else None
    if last is not None and last.special is None and part.plain:
        line.runs[-1] = Run(last.left, last.words + part.words, last.width + wide)
    else:
        line.runs.append(Run(left, part.words, wide, None if part.plain else part))


def _closed(line: Line) -> Line:
    """A line that goes on in the next, with the space between the two for whoever reads it out."""
    last = line.runs[-1]
    if last.special is None:
        line.runs[-1] = Run(last.left, last.words + " ", last.width)
    else:
        line.runs.append(Run(last.left + last.width, " ", 0))
    return line
