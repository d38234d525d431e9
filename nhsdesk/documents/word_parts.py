"""What words hold besides words: addresses that lead somewhere, and bars over what is struck out.

Only an address of a web page or a mailbox that stands as a word of its own leads anywhere, and only where it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from nhsdesk.documents.page_text import BAR, STRUCK_OUT

_LINK = re.compile(r"""(?<![^\s(\[])(?:https?://|mailto:)[!#-;=?-~]+""", re.IGNORECASE)
_SPECIAL = re.compile(rf"({BAR.pattern}|{_LINK.pattern})", re.IGNORECASE)
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


def only_words(text: str) -> bool:
    """True where a text has no such part; answered quickly, for most have none."""
    return "://" not in text and "mailto:" not in text.lower() and not BAR.search(text)


def parts_of(text: str) -> Iterator[Part]:
    """A text in its parts, from its beginning to its end."""
    for number, piece in enumerate(_SPECIAL.split(text)):
        if number % 2 == 0:
            yield Part(piece)
        elif BAR.fullmatch(piece):
            yield Part(STRUCK_OUT, bar=True)
        else:
            words = piece.rstrip(_AFTER_LINK)
            yield Part(words, address_of(words))
            yield Part(piece[len(words) :])


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
