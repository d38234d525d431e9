"""What is disclosed of what an information request asks for, what is struck out or withheld, and on which ground.

    struck("Ring Ann Archer on Monday", (Strike("Ann Archer", "s40"),), grounds)
    "Ring █████ [s.40] on Monday"

Words are struck out wherever they stand in the bundle, whatever their case and however their lines break; nothing of
them is left behind the bar. The grounds are names to choose from and no legal advice: the Freedom of Information Act
2000, Part II and section 12; UK GDPR, article 15, and the Data Protection Act 2018, Schedules 2 and 3.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from nhsdesk.domain import patient_data
from nhsdesk.domain.consultations import RequestLaw
from nhsdesk.domain.kinds import Choice
from nhsdesk.domain.problems import Problem

BAR = "█████"
"""Of one length, whatever stood there."""

DPO = "Settle with your data protection officer what is disclosed. The list of grounds is no legal advice."
TALK_FIRST = "given in confidence for practice support. Talk to the practice before disclosure."


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something is struck out or withheld: kept under its key, shown beside the bar by its mark."""

    key: str
    mark: str
    words: str

    @property
    def told(self) -> str:
        """As a list of grounds shows it: "s.40 personal information"."""
        return f"{self.mark} {self.words}"


NHS_NUMBER = Ground("nhs_number", "NHS number", "a patient’s number is never disclosed")
"""Struck out by itself, under either law."""

_FOI = (
    Ground("s40", "s.40", "personal information"),
    Ground("s41", "s.41", "information provided in confidence"),
    Ground("s43", "s.43", "commercial interests"),
    Ground("s36", "s.36", "conduct of public affairs (a qualified person decides)"),
    Ground("s21", "s.21", "accessible by other means"),
    Ground("s22", "s.22", "intended for future publication"),
    Ground("s12", "s.12", "cost of compliance is over the limit"),
    Ground("s38", "s.38", "health and safety"),
    Ground("s42", "s.42", "legal professional privilege"),
    Ground("s44", "s.44", "disclosure is prohibited by law"),
    Ground("not_asked", "not asked for", "outside what the request asks for"),
)
_SUBJECT_ACCESS = (
    Ground("others", "another person", "personal data of somebody else (Schedule 2, paragraph 16)"),
    Ground("not_theirs", "not theirs", "not the personal data of whoever asks"),
    Ground("privilege", "privilege", "legal professional privilege (Schedule 2, paragraph 19)"),
    Ground("planning", "planning", "management forecasts (Schedule 2, paragraph 22)"),
    Ground("negotiation", "negotiation", "negotiations with whoever asks (Schedule 2, paragraph 23)"),
    Ground("reference", "reference", "confidential references (Schedule 2, paragraph 24)"),
    Ground("harm", "harm", "serious harm to health (Schedule 3, paragraph 5)"),
)


def grounds(law: RequestLaw) -> tuple[Ground, ...]:
    """The grounds to choose from under a law, the most used first."""
    return _FOI if law is RequestLaw.FOI else _SUBJECT_ACCESS


def ground(law: RequestLaw, key: str) -> Ground | None:
    """The ground of that key; None where none is chosen."""
    return next((one for one in (*grounds(law), NHS_NUMBER) if one.key == key), None)


def for_people(law: RequestLaw) -> str:
    """The ground on which what tells of a person is struck out to begin with."""
    return grounds(law)[0].key


def for_confidence(law: RequestLaw) -> str:
    """The ground on which a practice's request for support is withheld to begin with."""
    return "s41" if law is RequestLaw.FOI else "others"


class Becomes(Choice):
    """What becomes of one thing that was found."""

    UNDECIDED = "not yet decided"
    DISCLOSED = "disclosed"
    AS_TEXT = "disclosed as text, words struck out"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry or file in scope. `id` is an entry's, as text; `field` names the file in it, empty for its words."""

    kind: str
    id: str
    ref: str
    field: str = ""
    becomes: Becomes = Becomes.UNDECIDED
    ground: str = ""
    hidden: tuple[str, ...] = ()
    """The fields struck out whole, each as its name, a colon and its ground."""
    began_because: str = ""
    """Why it was marked before anybody decided."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other."""
        return self.id, self.field

    @property
    def hides(self) -> dict[str, str]:
        """The fields struck out whole, with the ground of each."""
        return dict(one.split(":", 1) for one in self.hidden)

    def with_field(self, name: str, ground_key: str) -> Item:
        """The same with a field struck out on a ground, or shown for none."""
        kept = {one: key for one, key in self.hides.items() if one != name}
        if ground_key:
            kept[name] = ground_key
        return replace(self, hidden=tuple(f"{one}:{key}" for one, key in sorted(kept.items())))


@dataclass(frozen=True, slots=True)
class Strike:
    """Words that are struck out everywhere in the bundle, and why."""

    words: str
    ground: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What is in scope of a request, what becomes of each, what is struck out everywhere, and how it was searched."""

    items: tuple[Item, ...] = ()
    strikes: tuple[Strike, ...] = ()
    searches: tuple[str, ...] = ()

    def item(self, key: tuple[str, str] | None) -> Item | None:
        """The item of that key, where it is in scope."""
        return next((one for one in self.items if one.key == key), None)

    def added(self, found: Iterable[Item]) -> Choices:
        """With more in scope; what is there already keeps what was decided of it."""
        known = {one.key for one in self.items}
        fresh = {one.key: one for one in found if one.key not in known}
        return replace(self, items=(*self.items, *fresh.values()))

    def put(self, item: Item) -> Choices:
        """With an item as it is now."""
        return replace(self, items=tuple(item if one.key == item.key else one for one in self.items))

    def without(self, key: tuple[str, str]) -> Choices:
        """With one item out of scope."""
        return replace(self, items=tuple(one for one in self.items if one.key != key))


def read_strike(words: str, ground_key: str) -> Strike | Problem:
    """Words to strike out as somebody types them."""
    plain = " ".join(plainly(words).split())
    if patient_data.find(plain):
        return Problem(
            "That looks like an NHS number. Those are struck out by themselves; none is kept here."
        )
    if sum(one.isalnum() for one in plain) < _SHORTEST:
        return Problem("Give at least two letters or figures to strike out.")
    return Strike(plain, ground_key)


_SHORTEST = 2
_SHORTEST_SQUEEZED = 5


def begin_words_of(text: str, words: str) -> bool:
    """Whether every one of the words begins a word of the text, whatever its case and accents."""
    said = _without_accents(text)
    return all(re.search(rf"(?<![^\W_]){re.escape(one)}", said) for one in _without_accents(words).split())


def _without_accents(text: str) -> str:
    return "".join(
        one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one)
    )


def plainly(text: str) -> str:
    """Words with every sign in its plain form and none that cannot be seen, so that the same words are the same."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return "".join(one for one in plain if one in "\n\t" or unicodedata.category(one) not in ("Cf", "Cc"))


def struck(text: str, strikes: Sequence[Strike], law: RequestLaw) -> str:
    """A text with those words and every likely NHS number struck out, each with the mark of its ground behind it."""
    plain, shown, at = plainly(text), [], 0
    for found in patient_data.find(plain):
        shown += [_struck(plain[at : found.start], strikes, law), f"{BAR} [{NHS_NUMBER.mark}]"]
        at = found.end
    return "".join((*shown, _struck(plain[at:], strikes, law)))


def _struck(plain: str, strikes: Sequence[Strike], law: RequestLaw) -> str:
    # The longest first: "Ann Archer" is struck out as one, though "Archer" alone is to be struck out too.
    ordered = sorted(strikes, key=lambda strike: -len(strike.words))
    if not ordered:
        return plain
    marks = [ground(law, one.ground) for one in ordered]

    def bar(found: re.Match[str]) -> str:
        why = marks[(found.lastindex or 1) - 1]
        return f"{BAR} [{why.mark}]" if why else BAR

    return re.sub("|".join(f"({_sought(one.words)})" for one in ordered), bar, plain, flags=re.IGNORECASE)


def holds(text: str, strikes: Sequence[Strike]) -> bool:
    """Whether any of the words to strike out stands in a text."""
    plain = plainly(text)
    return any(re.search(_sought(one.words), plain, re.IGNORECASE) for one in strikes)


def may_hold(text: str, strikes: Sequence[Strike]) -> bool:
    """Whether any of the words may stand there broken or run together, where striking out does not find them."""
    squeezed = _squeezed(text)
    wanted = (_squeezed(one.words) for one in strikes)
    return any(len(one) >= _SHORTEST_SQUEEZED and one in squeezed for one in wanted)


@lru_cache(64)
def _squeezed(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if one.isalnum())


_NO_LETTER_BEFORE, _BETWEEN, _NO_LETTER_BEHIND = r"(?<![^\W_])", r"[\s_]+", r"(?![^\W_])"
_APOSTROPHES, _DASHES = "'’‘`", "-‐‑‒–—"


@lru_cache(256)
def _sought(words: str) -> str:
    """A pattern of the words as they may stand: over several lines, with either apostrophe; never part of a word."""
    parts = ("".join(map(_sign, word)) for word in words.split())
    return f"{_NO_LETTER_BEFORE}{_BETWEEN.join(parts)}{_NO_LETTER_BEHIND}"


def _sign(one: str) -> str:
    for alike in (_APOSTROPHES, _DASHES):
        if one in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(one)
