r"""The part of a text that shows why it was found: the words around the first that were asked for.

snippet("C-001\nShare the rota\nAgreed at the hub on Tuesday", "hub")     "Agreed at the hub on Tuesday"
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
ROOM = 90


def plain(words: str) -> str:
    """Small letters without accents, one for each letter, so that places stay the same."""
    return "".join(_plain(letter) for letter in words)


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[:1].casefold()
    return base if len(base) == 1 else letter


def snippet(text: str, asked: str, *, but: str = "", room: int = ROOM) -> str:
    """A piece of the first line that holds a word beginning as one asked for; empty where none does.

    A line that stands in `but` already is passed over: it is shown anyway.
    """
    wanted = tuple(_WORD.findall(plain(asked)))
    shown = plain(but)
    for line in text.splitlines():
        at = _place(line, wanted)
        if at is not None and plain(line.strip()) not in shown:
            return _piece(" ".join(line.split()), wanted, room)
    return ""


def _place(line: str, wanted: tuple[str, ...]) -> int | None:
    """Where the first word stands that begins as one of those wanted."""
    for word in _WORD.finditer(plain(line)):
        if word[0].startswith(wanted):
            return word.start()
    return None


def _piece(line: str, wanted: tuple[str, ...], room: int) -> str:
    at = _place(line, wanted) or 0
    if len(line) <= room:
        return line
    start = max(0, at - room // 3)
    if start:
        start = line.find(" ", start, at) + 1 or start
    piece = line[start : start + room]
    if start + room < len(line):
        piece = f"{piece.rpartition(' ')[0] or piece}…"
    return f"…{piece}" if start else piece
