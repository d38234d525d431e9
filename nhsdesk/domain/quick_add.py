"""One line typed anywhere, read as an entry: its kind, the fields that can be understood, and the rest as its words.

    read("action WF starter list 5 Dec", known, today)
        an action, owner “PCN workforce and finance officer”, due 5 December, “starter list”

Every word typed stands in exactly one place: it says the kind, it is a chip, or it stays in the title. A chip that is
taken away gives its words back to the title. Nothing is read that would have to be guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nhsdesk.domain import minuting
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.entry import Lean, quoted, read_day
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.questions import Question
from nhsdesk.domain.requests import Category, Level, SupportRequest
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.times import Day


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of entry takes from one line: the field of its words, and those of its day and owner."""

    word: str
    cls: type[Record]
    title: str
    day: str = ""
    owner: str = ""


FORMS = (
    Form("action", Action, "what", "due", "owner"),
    Form("request", SupportRequest, "summary"),
    Form("question", Question, "question", "asked_on"),
    Form("risk", Risk, "event", owner="owner"),
    Form("decision", Decision, "words", "decided_on"),
    Form("commitment", Commitment, "title", "due", "owner"),
)
BY_WORD: Mapping[str, Form] = {form.word: form for form in FORMS}


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what a line may name."""

    people: tuple[Person, ...] = ()
    practices: tuple[Practice, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """One field that was understood: its name and label, its value with its words, and the words it was read from."""

    field: str
    label: str
    value: Any
    words: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """A line as understood; no form while nobody said what it is."""

    form: Form | None
    kind_typed: str
    chips: tuple[Chip, ...]
    title: str
    asks: tuple[str, ...] = ()
    """What could not be understood, each as a question."""

    @property
    def lacking(self) -> str:
        """What still keeps it from being added, in a sentence; empty where nothing does."""
        if self.form is None:
            return "Say what it is: an action, a request, a question, a risk, a decision or a commitment."
        if self.form.cls is SupportRequest:
            named = any(chip.field == "practice" for chip in self.chips)
            return "" if named else "A support request needs its practice: write the first word of its name."
        return "" if self.title else "Write what it is about."


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person has put right: the kind, fields that are not meant, and values that are meant instead."""

    kind: str = ""
    off: frozenset[str] = frozenset()
    said: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Corrected()


def read(line: str, known: Known, today: date, corrected: Corrected = NOTHING) -> Understood:
    """What a line says."""
    words = line.split()
    begins = _kind(words[0]) if words and not corrected.kind else ""
    form = BY_WORD.get(corrected.kind or begins)
    if form is None:
        return Understood(None, "", (), " ".join(words))
    left = _Left(words, begun=1 if begins else 0)
    chips = list(_chips(form, left, known, today, corrected))
    said = {chip.field for chip in chips}
    chips += [_chip(form, name, value) for name, value in corrected.said.items() if name not in said]
    asks = tuple(_asks(form, left, known, corrected, chips))
    return Understood(form, words[0] if begins else "", tuple(chips), " ".join(left.words), asks)


def record_of(understood: Understood) -> Record:
    """The entry a line makes. ValueError while something is lacking."""
    form = understood.form
    if form is None or understood.lacking:
        raise ValueError(understood.lacking)
    values: dict[str, Any] = {chip.field: chip.value for chip in understood.chips}
    if understood.title:
        values[form.title] = understood.title
    return form.cls(**values)


def offers(form: Form, name: str, known: Known) -> tuple[tuple[Any, str], ...]:
    """The values that may stand in a field instead, with their words; none where a day is typed."""
    if name == form.owner:
        return tuple((one.id, one.role_title) for one in known.people)
    if name == "practice":
        return tuple((one.id, one.name) for one in known.practices)
    choices: Mapping[str, type[Choice]] = {"category": Category, "level": Level}
    return tuple((one, one.words) for one in choices[name]) if name in choices else ()


# ---- the words that are left


class _Left:
    """The words of a line that nothing has taken yet, in their order."""

    def __init__(self, words: Sequence[str], begun: int) -> None:
        self._words = list(enumerate(words))[begun:]

    @property
    def words(self) -> list[str]:
        return [word for _, word in self._words]

    def take(self, start: int, end: int) -> str:
        """Takes words by their places among those left."""
        taken = " ".join(word for _, word in self._words[start:end])
        del self._words[start:end]
        return taken


def _kind(word: str) -> str:
    """The kind that a first word says: "action", "/action", "Action:"."""
    plain = word.strip("/:.,").casefold()
    return plain if plain in BY_WORD else ""


def _chip(form: Form, name: str, value: Any, words: str = "", typed: str = "") -> Chip:
    declared = form.cls.KIND.field(name)
    return Chip(name, declared.label, value, words or declared.kind.words(value), typed)


def _chips(form: Form, left: _Left, known: Known, today: date, corrected: Corrected) -> Iterator[Chip]:
    """Each field that can be understood takes its words; what a person said instead takes their place."""
    parts = (
        (form.day, lambda: _day(form, left, today)),
        (form.owner, lambda: _owner(form, left, known.people)),
        *(_of_request(form, left, known) if form.cls is SupportRequest else ()),
    )
    for name, found in parts:
        if not name or name in corrected.off:
            continue
        chip = found()
        if name in corrected.said:
            value = corrected.said[name]
            words = dict(offers(form, name, known)).get(value, "")
            yield _chip(form, name, value, words, chip.typed if chip is not None else "")
        elif chip is not None:
            yield chip


# ---- a day

_BEFORE_A_DAY = frozenset({"by", "due", "before", "on"})
_NEEDS_A_WORD_BEFORE = frozenset({"sat", "sun", "wed", "mon"})
_DAY_WORD = re.compile(
    r"\d|^[+-]\d|^(?:next|today|tomorrow|yesterday|mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE
)
_MOST_WORDS_OF_A_DAY = 4


def _day(form: Form, left: _Left, today: date) -> Chip | None:
    kind = form.cls.KIND.field(form.day).kind
    lean = kind.lean if isinstance(kind, Day) else Lean.NEXT
    words = left.words
    for start, end in _places_of_a_day(words):
        first = start + 1 if words[start].casefold() in _BEFORE_A_DAY else start
        found = _as_day(words[first:end], today, lean, marked=first > start)
        if found is not None:
            return _chip(form, form.day, found, typed=left.take(start, end))
    return None


def _places_of_a_day(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Behind the last “by” first, then at the end of the line; the longest first."""
    for start in range(len(words) - 1, -1, -1):
        if words[start].casefold() in _BEFORE_A_DAY:
            for end in range(min(len(words), start + 1 + _MOST_WORDS_OF_A_DAY), start + 1, -1):
                yield start, end
    for number in range(min(_MOST_WORDS_OF_A_DAY, len(words)), 0, -1):
        yield len(words) - number, len(words)


def _as_day(words: Sequence[str], today: date, lean: Lean, *, marked: bool) -> date | None:
    typed = " ".join(words).strip(".,;()")
    if not _DAY_WORD.search(typed) or typed.isdecimal() or not _DAY_WORD.search(typed.split()[0]):
        return None  # “list 5 Dec” begins with no word of a day
    if not marked and typed.casefold() in _NEEDS_A_WORD_BEFORE:
        return None
    found = read_day(typed, today, lean)
    return found if isinstance(found, date) else None


# ---- whose it is

_LONGEST_NAME = 6


def _owner(form: Form, left: _Left, people: Sequence[Person]) -> Chip | None:
    found = _named(left.words, people)
    if found is None:
        return None
    person, end = found
    return _chip(form, form.owner, person.id, person.role_title, left.take(0, end))


_JOINS = frozenset({"and", "&", "or"})
"""What stands between two owners, of whom none is chosen for the other."""


def _named(words: Sequence[str], people: Sequence[Person]) -> tuple[Person, int] | None:
    """Who is named at the front, and how many words that takes: all before “to”, or a title, reference or initials."""
    to = next((n for n, word in enumerate(words[:_LONGEST_NAME]) if word.casefold() == "to"), 0)
    if to and isinstance(person := minuting.whose(" ".join(words[:to]), people), Person):
        return person, to + 1
    for number in range(min(_LONGEST_NAME, len(words)), 0, -1):
        name = " ".join(words[:number]).strip(":,")
        if isinstance(person := minuting.whose(name, people), Person) and _plainly(name, person):
            return (
                None
                if words[number : number + 1] and words[number].casefold() in _JOINS
                else (person, number)
            )
    return None


def _plainly(name: str, person: Person) -> bool:
    """Whether words without “to” behind them can only be a name: a reference, a whole title, or capital initials."""
    whole = name.casefold() in (person.ref.casefold(), person.role_title.casefold())
    return whole or (name.isalpha() and name.isupper() and len(name) > 1)


# ---- a request for support

_COMMON = frozenset({"practice", "clinical"})


def _of_request(form: Form, left: _Left, known: Known) -> tuple[Any, ...]:
    return (
        ("practice", lambda: _practice(form, left, known.practices)),
        ("risk", lambda: _risk(form, left)),
        ("category", lambda: _choice(form, left, "category", Category)),
        ("level", lambda: _how_much(form, left) or _choice(form, left, "level", Level)),
    )


def _practice(form: Form, left: _Left, practices: Sequence[Practice]) -> Chip | None:
    """The one practice whose name begins with words of the line; the most words count."""
    words = [_letters(word) for word in left.words]
    best: list[tuple[int, int, Practice]] = []
    for practice in practices:
        name = [_letters(word) for word in practice.name.split()]
        for start in range(len(words)):
            number = _alike(words[start:], name)
            if number and len(name[0]) > 2:
                best.append((number, start, practice))
    most = max((number for number, _, _ in best), default=0)
    found = [(start, practice) for number, start, practice in best if number == most]
    if len({practice.id for _, practice in found}) != 1:
        return None
    start, practice = found[0]
    return _chip(form, "practice", practice.id, practice.name, left.take(start, start + most))


def _letters(word: str) -> str:
    return re.sub(r"[^\w]", "", word).casefold()


def _alike(words: Sequence[str], name: Sequence[str]) -> int:
    """How many words at the front are the same."""
    number = 0
    while number < min(len(words), len(name)) and words[number] and words[number] == name[number]:
        number += 1
    return number


def _risk(form: Form, left: _Left) -> Chip | None:
    words = left.words
    for at in range(len(words) - 1):
        if words[at].casefold() == "risk" and words[at + 1] in ("1", "2", "3", "4", "5"):
            value = int(words[at + 1])
            return _chip(form, "risk", value, typed=left.take(at, at + 2))
    return None


def _choice(form: Form, left: _Left, name: str, choices: type[Choice]) -> Chip | None:
    """A choice by its words, or by the first of them where that is no everyday word."""
    words = [_letters(word) for word in left.words]
    for choice in choices:
        whole = [_letters(word) for word in str(choice.value).split()]
        short = whole[:1] if whole[0] not in _COMMON else whole
        for wanted in (whole, short):
            for start in range(len(words) - len(wanted) + 1):
                if words[start : start + len(wanted)] == wanted:
                    return _chip(form, name, choice, typed=left.take(start, start + len(wanted)))
    return None


_LEVELS: Mapping[str, Level] = {"low": Level.UNIVERSAL, "medium": Level.TARGETED, "high": Level.INTENSIVE}
_BY_WORD: Mapping[str, Level] = {**_LEVELS, **{str(level.value): level for level in Level}}
_SAID_BEFORE = (("level", "of", "support"), ("support", "level"), ("level",), ("priority",), ("urgency",))
_SAID_BEHIND = frozenset({"priority", "level", "urgency"})


def _how_much(form: Form, left: _Left) -> Chip | None:
    """The level of support that “high” stands for, where the word can mean nothing else: it is all that is left, or is
    said to be a level or priority. “Low morale” is what is wrong, and no level.
    """
    words = [_letters(word) for word in left.words]
    for at, word in enumerate(words):
        before = next(
            (len(one) for one in _SAID_BEFORE if tuple(words[max(at - len(one), 0) : at]) == one), 0
        )
        behind = not before and not _SAID_BEHIND.isdisjoint(words[at + 1 : at + 2])
        if word in _BY_WORD and (before or behind or (len(words) == 1 and word in _LEVELS)):
            return _chip(form, "level", _BY_WORD[word], typed=left.take(at - before, at + 1 + behind))
    return None


# ---- what is asked

_SIZES = frozenset({*_LEVELS, "urgent", "critical"})


def _asks(
    form: Form, left: _Left, known: Known, corrected: Corrected, chips: Sequence[Chip]
) -> Iterator[str]:
    words = left.words
    if form.owner and form.owner not in corrected.off and words:
        name = words[0].strip(":,")
        if name.isalpha() and name.isupper() and 1 < len(name) < 6:
            found = minuting.whose(name, known.people)
            if not isinstance(found, Person) and ":" in found.sentence:  # it may be several
                yield found.sentence
    if form.cls is SupportRequest:
        yield from _asks_how_much(words, chips)


def _asks_how_much(words: Sequence[str], chips: Sequence[Chip]) -> Iterator[str]:
    for chip in chips:
        if chip.field == "level" and any(_letters(word) in _LEVELS for word in chip.typed.split()):
            yield f"{quoted(chip.typed)} is read as the level of support {quoted(chip.words)}. Its chip takes another."
    for word in dict.fromkeys(words):
        if word.casefold() in _SIZES:
            yield (
                f"{quoted(word)} stays in the words. A level of support is universal, targeted or intensive, or "
                f"“{word} priority”; a risk is written as risk 1 to risk 5."
                if word.casefold() in _LEVELS
                else f"{quoted(word)} stays in the words. A level of support is universal, targeted or intensive; a "
                "risk is written as risk 1 to risk 5."
            )
