"""What words hold besides words: addresses that lead somewhere, numbers of figures, and bars over what is struck out.

Only an address of a web page or a mailbox that stands as a word of its own leads anywhere, and only where it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from nhsdesk.documents.marks import NUMBER, STANDS, TOLD, without_marks
from nhsdesk.documents.page_text import BAR, STRUCK_OUT

_LINK = re.compile(r"""(?<![^\s(\[])(?:https?://|mailto:)[!#-;=?-~]+""", re.IGNORECASE)
_SPECIAL = re.compile(rf"({BAR.pattern}|{NUMBER.pattern}|{_LINK.pattern})", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}'"
_LONGEST_ADDRESS = 2_000
_MAILBOX = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_HOST = re.compile(r"[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """Words that are alike; spaces in them are theirs."""

    words: str
    address: str = ""
    bar: bool = False
    figure: int = 0
    """The number of a figure, where these words are one."""
    told: bool = False
    """Whether it stands where the figure is told of, not where the figure stands."""

    @property
    def plain(self) -> bool:
        """True where it is nothing but words."""
        return not self.address and not self.bar and not self.figure

    @property
    def name(self) -> str:
        """By what name the place of a figure's number is known: "figure-3", and where it is told of "told-3"."""
        return f"{'told' if self.told else 'figure'}-{self.figure}"

    @property
    def leads(self) -> str:
        """The name of the place a figure's number leads to."""
        return f"{'figure' if self.told else 'told'}-{self.figure}"


def only_words(text: str) -> bool:
    """True where a text has no such part; answered quickly, for most have none."""
    marked = "://" in text or STANDS in text or TOLD in text or "mailto:" in text.lower()
    return not marked and not BAR.search(text)


def parts_of(text: str) -> Iterator[Part]:
    """A text in its parts, from its beginning to its end."""
    for number, piece in enumerate(_SPECIAL.split(text)):
        if number % 2 == 0:
            yield Part(without_marks(piece))
        elif piece[0] in (STANDS, TOLD):
            yield figure_of(piece)
        elif BAR.fullmatch(piece):
            yield Part(STRUCK_OUT, bar=True)
        else:
            words = piece.rstrip(_AFTER_LINK)
            yield Part(words, address_of(words))
            yield Part(piece[len(words) :])


def figure_of(number: str) -> Part:
    """The number of a figure as it stands in a text, with what stands unseen before it."""
    return Part(number[1:], figure=int(number[2:-1]), told=number[0] == TOLD)


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
        return words if _MAILBOX.fullmatch(parts.path) else ""
    known = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return words if known and _HOST.fullmatch(parts.hostname or "") else ""
