"""What is typed while a meeting goes on: lines that begin with /action, /decision, /risk or /question.

    /action WF to send starter list by 5 Dec

What can be understood is; what cannot is asked, and nothing is made up. The line itself stays in the minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from nhsdesk.domain.entry import quoted, read_day, read_time
from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.problems import Problem

LONGEST_NAME = 5
"""Words before “to” that may still name somebody."""


class Begins(Choice):
    """What a line starts."""

    ACTION = "action"
    DECISION = "decision"
    RISK = "risk"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as typed and as understood: what it makes, its words, and for an action who and by when."""

    typed: str
    begins: Begins
    what: str
    owner: Person | None = None
    owner_words: str = ""
    due: date | None = None
    asks: tuple[str, ...] = ()
    """What could not be understood, each as a question."""


_LINE = re.compile(r"\s*/(?P<begins>[a-z]+)\b[:\s]*(?P<rest>.*?)\s*", re.IGNORECASE | re.DOTALL)
_TO = re.compile(r"\s+to\s+", re.IGNORECASE)
_BY = re.compile(r"[\s,;(]+(?:by|due|before)\s+", re.IGNORECASE)
_LIKE_A_DAY = re.compile(
    r"\d|^(?:the\s+)?(?:next|end|mid|early|late|start)\b|^(?:mon|tue|wed|thu|fri|sat|sun)|tomorrow|today|christmas",
    re.IGNORECASE,
)


def begins_of(typed: str) -> Begins | None:
    """What a line starts; None for one of plain words. A beginning such as /act is enough where it is one only."""
    found = _LINE.fullmatch(typed)
    if found is None:
        return None
    word = found["begins"].lower()
    like = [one for one in Begins if one.value.startswith(word)]
    return like[0] if len(like) == 1 else None


def not_known(typed: str) -> str:
    """The word after a stroke that starts nothing, or a stroke set apart from its word; empty where there is none."""
    found = _LINE.fullmatch(typed)
    if found is None and (apart := re.match(r"\s*/\s+(?P<word>[a-z]+)\b", typed, re.IGNORECASE)):
        return (
            f"/ {apart['word']}"
            if apart["word"].lower() in (*(one.value for one in Begins), LEFT, CAME)
            else ""
        )
    if found is None or begins_of(typed) is not None or found["begins"].lower() in (LEFT, CAME):
        return ""
    return f"/{found['begins']}"


def read(typed: str, people: Sequence[Person], day: date) -> Line | None:
    """What a line says, on the day of the meeting; None for plain words and for a stroke with nothing behind it."""
    begins, found = begins_of(typed), _LINE.fullmatch(typed)
    if begins is None or found is None or not found["rest"].strip():
        return None
    rest = " ".join(found["rest"].split())
    if begins is not Begins.ACTION:
        return Line(typed, begins, rest)
    return _action(typed, rest, people, day)


def lines(text: str, people: Sequence[Person], day: date) -> tuple[Line, ...]:
    """All such lines of a text, in their order."""
    held = tuple(people)
    read_ = (read(one, held, day) for one in text.splitlines() if one.lstrip().startswith("/"))
    return tuple(one for one in read_ if one is not None)


def _action(typed: str, rest: str, people: Sequence[Person], day: date) -> Line:
    words, due, asks_when = _due(rest, day)
    name, what = _who_and_what(words)
    if not name:
        return Line(typed, Begins.ACTION, words, due=due, asks=("Who is to do it?", *asks_when))
    owner = whose(name, people)
    if isinstance(owner, Person):
        return Line(typed, Begins.ACTION, what, owner, due=due, asks=asks_when)
    if not _may_be_a_name(name, people):
        return Line(typed, Begins.ACTION, words, due=due, asks=("Who is to do it?", *asks_when))
    return Line(typed, Begins.ACTION, words, None, name, due, (owner.sentence, *asks_when))


_INITIALS = re.compile(
    r"(?:[A-Z]{1,5}|all|lead|\?+)(?:(?:\s*[/,&+]\s*|\s+and\s+|\s+)(?:[A-Z]{1,5}|\?+))*", re.ASCII
)


def _may_be_a_name(words: str, people: Sequence[Person]) -> bool:
    """Whether words before “to” may name somebody: initials or part of a role, unlike “Send the list”."""
    if len(words.split()) > LONGEST_NAME:
        return False
    first, _, rest = words.partition(" ")
    small = f"{first.lower()} {rest}".strip() if first.lower() in ("all", "lead") else words
    return _INITIALS.fullmatch(small) is not None or any(
        fits(one, _plain(words)) for fits in _FITS for one in people
    )


def _who_and_what(words: str) -> tuple[str, str]:
    """The name before the first “to”, and what is to be done; no name where there is none."""
    parts = _TO.split(words, maxsplit=1)
    return (parts[0].strip(" ,:"), parts[1].strip()) if len(parts) == 2 and parts[1].strip() else ("", words)


def _due(words: str, day: date) -> tuple[str, date | None, tuple[str, ...]]:
    """The words before the last “by” that a day follows, that day, and what is asked where none can be read."""
    for found in reversed(tuple(_BY.finditer(words))):
        tail = words[found.end() :].strip(" .,;)")
        read_ = read_day(tail, day)
        if isinstance(read_, date):
            return words[: found.start()].strip(" .,;("), read_, ()
        if _LIKE_A_DAY.search(tail):
            return words, None, (f"By when? {quoted(tail)} could not be read as a day.",)
    return words.rstrip(" ."), None, ("By when?",)


# ---- who came and left

LEFT, CAME = "left", "came"
_AT = re.compile(r"(?:\s+|^)(?:at\s+)?(?P<time>\S+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who came or left, as said; no time where none could be read."""

    who: str
    came: bool
    at: time | None

    @property
    def words(self) -> str:
        """As minutes print it."""
        at = f" at {self.at:%H:%M}" if self.at is not None else ""
        return f"{self.who} {CAME if self.came else LEFT}{at}."


def moved(typed: str) -> Moved | None:
    """Who came or left by a line such as "/left acute provider at 15:10"; None for any other line."""
    found = _LINE.fullmatch(typed)
    if found is None or found["begins"].lower() not in (LEFT, CAME) or not found["rest"].strip():
        return None
    rest = " ".join(found["rest"].split())
    came = found["begins"].lower() == CAME
    ends = _AT.search(rest)
    at = read_time(ends["time"]) if ends is not None else None
    if ends is None or not isinstance(at, time):
        return Moved(rest, came, None)
    return Moved(rest[: ends.start()].strip(), came, at)


def which(name: str, names: Sequence[str]) -> int | Problem:
    """The number of the one name meant, by itself, its initials or some of its words; a question for none or more."""
    wanted = _plain(name)
    shortened = [frozenset().union(*map(initials, re.split(r"[:;]", one))) for one in names]
    for found in (
        [n for n, one in enumerate(names) if wanted and _plain(one) == wanted],
        [n for n, one in enumerate(shortened) if wanted in one],
        [n for n, one in enumerate(names) if wanted and set(wanted.split()) <= set(_plain(one).split())],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            return Problem(f"Who is {quoted(name)}: {'; '.join(names[n] for n in found[:4])}?")
    return Problem(f"Who is {quoted(name)}? It names nobody who is expected at this meeting.")


# ---- who is meant


def whose(name: str, people: Iterable[Person]) -> Person | Problem:
    """The one person meant by a reference, role title, initials or part of a title; a question where it is not one."""
    held = tuple(people)
    wanted = _plain(name)
    if not wanted:
        return Problem("Who is to do it?")
    for fits in _FITS:
        found = [one for one in held if fits(one, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            among = "; ".join(one.role_title for one in found[:4])
            more = f"; or one of {len(found) - 4} more" if len(found) > 4 else ""
            return Problem(f"Who is {quoted(name)}: {among}{more}?")
    return Problem(f"Who is {quoted(name)}? It names nobody here.")


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+(?:-[^\W_]+)?", words.casefold()))


def _by_ref(one: Person, wanted: str) -> bool:
    return one.ref.casefold() == wanted


def _by_title(one: Person, wanted: str) -> bool:
    return _plain(one.role_title) == wanted


def _by_initials(one: Person, wanted: str) -> bool:
    return wanted in initials(one.role_title)


def _by_first_initials(one: Person, wanted: str) -> bool:
    return len(wanted) > 1 and any(form.startswith(wanted) for form in initials(one.role_title))


def _by_words(one: Person, wanted: str) -> bool:
    return len(wanted) > 2 and set(wanted.split()) <= set(_plain(one.role_title).split())


_FITS = (_by_ref, _by_title, _by_initials, _by_first_initials, _by_words)
"""The ways in which words are somebody, the surest first."""

_SMALL = frozenset({"a", "and", "at", "for", "in", "of", "on", "the", "to", "with"})


def initials(title: str) -> frozenset[str]:
    """The ways a role title is shortened: "PCN clinical director" is pcd, cd and pcncd.

    Small words give no letter; an abbreviation at the front is kept whole, kept as its first letter, or left away.
    """
    main = title.split(",")[0].split("(")[0]
    words = [one for one in re.findall(r"[^\W_]+", main) if one.casefold() not in _SMALL]
    if not words:
        return frozenset()
    letters = "".join(one[0] for one in words).casefold()
    found = {letters}
    first = words[0]
    if len(first) > 1 and first.isupper() and len(words) > 1:
        found |= {letters[1:], first.casefold() + letters[1:]}
    return frozenset(found)
