"""Practices with an open request that is guarded, and whether words for readers outside name one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nhsdesk.domain import requests
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.papers import Audience
from nhsdesk.sections import support
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Guarded:
    """A practice with an open restricted request, and the words by which a text names it, or may name it."""

    ref: str
    words: tuple[str, ...]
    hints: tuple[str, ...] = ()


def guarded(reader: Reader) -> tuple[Guarded, ...]:
    """The practices that no free text of a paper for others may name just now."""
    events = support.events_of(reader)
    open_ = {
        request.practice
        for request in reader.all(SupportRequest)
        if request.restricted and requests.state(events[request.id]) not in requests.ENDED
    }
    people = [one for one in reader.all(Person) if one.name]
    return tuple(_guarded(one, people) for one in reader.several(Practice, open_).values())


def _guarded(practice: Practice, people: Sequence[Person]) -> Guarded:
    """Its name, codes and the names of its people tell it; its name as people say it may tell it."""
    short = _short(practice.name)
    theirs = [one.name or "" for one in people if short and _names(one.role_title, short)]
    codes = [word for word in (practice.ods_code, practice.postcode) if word]
    if short:
        return Guarded(practice.ref, (practice.name, *codes, *theirs), (short,))
    return Guarded(practice.ref, tuple(codes), (practice.name,))


def named_in(reader: Reader, audience: Audience, texts: Iterable[tuple[str, str]]) -> tuple[Problem, ...]:
    """A problem for each text of a paper, told by its reference, that names a practice its readers must not know of.

    Our own board may read of all of them.
    """
    held = () if audience is Audience.OWN_BOARD else guarded(reader)
    return tuple(problem for where, text in texts for problem in naming(held, where, text))


def naming(guarded_practices: tuple[Guarded, ...], where: str, text: str) -> tuple[Problem, ...]:
    """A problem for each guarded practice that a text names or may name, in whatever case and spacing.

    What may be named is not told by reference, for a problem that is acknowledged is kept with the paper.
    """
    named = [one for one in guarded_practices if any(_names(text, word) for word in one.words)]
    found = [
        Problem(
            f"{where} names {one.ref}, a practice with an open restricted request. Reword it before this goes out.",
            Weight.MUST_FIX,
        )
        for one in named
    ]
    if not named and any(_names(text, hint) for one in guarded_practices for hint in one.hints):
        told = f"{where} may name a practice that this paper must not name. Look at its words once more."
        found.append(Problem(told, Weight.ACKNOWLEDGE))
    return tuple(found)


_ANY_PRACTICE = frozenset(
    {
        "", "centre", "center", "clinic", "doctors", "dr", "drs", "family", "general", "group", "health", "medical",
        "partners", "partnership", "practice", "practices", "surgeries", "surgery", "the",
    }
)  # fmt: skip
"""Words at the end of a practice's name that tell it from no other."""

_LEAST_SQUEEZED = 5  # the shortest postcodes


def _short(name: str) -> str:
    """A practice's name as people say it: "Chandler Road" for Chandler Road Surgery; empty for "The Surgery"."""
    words = name.split()
    while words and _plain(words[-1]) in _ANY_PRACTICE:
        words.pop()
    return " ".join(words)


def _names(text: str, word: str) -> bool:
    """Whether a text holds a name or code, as words of its own or run together."""
    plain, wanted = _plain(text), _plain(word)
    if not wanted:
        return False
    squeezed = wanted.replace(" ", "")
    return f" {wanted} " in f" {plain} " or (
        len(squeezed) >= _LEAST_SQUEEZED and squeezed in plain.replace(" ", "")
    )


@lru_cache(256)
def _plain(text: str) -> str:
    """Letters and figures only: no marks, no apostrophes, no "and", whatever the case."""
    seen = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    words = re.findall(r"\w+", re.sub(r"['’`]", "", seen.casefold()))
    return " ".join(word for word in words if word != "and")
