"""Which of many names a question most likely asks for: proposed to a person, never taken without them.

nearest("Name of PCN", ["Our PCN: name", "Day: as at"])
paired({"A": "Ref", "B": "What is it"}, ["Ref", "What"])
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[a-z0-9]+")
_SAY_NOTHING = frozenset(
    {"the", "of", "a", "an", "and", "or", "to", "in", "is", "your", "our", "please", "for"}
)


def words_in(text: str) -> frozenset[str]:
    """The words that say something, made alike."""
    return frozenset(_WORD.findall(text.casefold())) - _SAY_NOTHING


def nearest(question: str, names: Sequence[str], typed: str = "") -> tuple[str, ...]:
    """Names that hold every word typed, those first that begin so or share most words with the question."""
    wanted = _WORD.findall(typed.casefold())
    found = [one for one in names if _holds(one, wanted)]
    asked = words_in(question)

    def measure(name: str) -> tuple[bool, bool, float]:
        words = words_in(name)
        begins = bool(wanted) and any(word.startswith(wanted[0]) for word in words)
        starts = bool(wanted) and name.casefold().startswith(typed.strip().casefold())
        return not starts, not begins, -len(asked & words) / max(len(words), 1)

    return tuple(sorted(found, key=measure))


def _holds(name: str, wanted: Sequence[str]) -> bool:
    """Whether each part typed begins a word of the name."""
    words = _WORD.findall(name.casefold())
    return all(any(word.startswith(part) for word in words) for part in wanted)


def paired(headings: Mapping[str, str], columns: Sequence[str]) -> dict[str, str]:
    """By letter, the column of the same words as its heading; headings that fit none are left out."""
    by_words = {words_in(one): one for one in reversed(columns)}
    found = {letter: by_words.get(words_in(heading)) for letter, heading in headings.items()}
    return {letter: column for letter, column in found.items() if column is not None}
