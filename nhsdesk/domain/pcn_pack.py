"""A pack for another PCN: which fields of which entries may leave, and what a pack that came is to us.

    line_of(record, parents) -> a line: kind, key, fields in their stored form; None for what no pack holds
    marks.found(words) -> what of ours stands in words
    verdict(line, ours, taken) -> new, held already, newer, older, or an entry of our own

Only the fields listed here can ever be in a pack; everything else of an entry stays where it is. A line is known again
by its key, which is made from what it is about (a role, zone and first day; a document and its words) and never from
our ids, references, days or people.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from nhsdesk.domain import patient_data
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.kinds import Choice, Id, KeptFile, OneFile, Stored
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import MeetingSeries, SeriesItem
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill

FORM = 1
WHAT = "nhsdesk pack for another PCN"
ENDING = ".nhsdesk-pack"
MOST_LINES = 5_000
MOST_LETTERS = 20_000
"""Of a text that a person writes."""
MOST_OF_A_FINGERPRINT = 2_000_000
"""Letters of what a workbook looks like, which the program writes."""


@dataclass(frozen=True, slots=True)
class Portable:
    """What of a kind of entry may be in a pack, by which fields it is known again, and what it hangs on."""

    cls: type[Record]
    fields: tuple[str, ...]
    known_by: tuple[str, ...]
    of: str = ""
    """The link to the entry that it belongs to, which must be in the pack as well."""


_DATED = ("valid_from", "valid_to", "published_on", "source", "confidence")

PORTABLE: tuple[Portable, ...] = (
    Portable(WorkbookToFill, ("name", "edition", "blank", "fingerprint"), ("name",)),
    Portable(MappedCell, ("sheet", "cell", "heading", "fills", "words"), ("sheet", "cell"), "workbook"),
    Portable(
        MappedList,
        ("sheet", "header", "table", "fills", "only", "in_order"),
        ("sheet", "header"),
        "workbook",
    ),
    Portable(MappedColumn, ("column", "heading", "fills", "words"), ("column",), "table"),
    Portable(
        Rate,
        ("role", "zone", "annual", "reimbursed", *_DATED),
        ("role", "zone", "valid_from", "published_on", "source"),
    ),
    Portable(
        Sum,
        ("stream", "part", "year", "per_head", "base", "counted_on", "paid_to", *_DATED),
        ("stream", "part", "year", "published_on", "source"),
    ),
    Portable(
        SourceDocument,
        ("title", "body", "dated", "edition", "publication_ref", "library_key"),
        ("title", "body", "publication_ref"),
    ),
    Portable(
        Commitment,
        ("title", "quotation", "locator", "kind", "basis", "clause", "strength"),
        ("quotation", "locator"),
        "document",
    ),
    Portable(LocalRule, ("key", "value"), ("key",)),
    Portable(MeetingSeries, ("title", "rhythm", "starts_at", "lasts"), ("title",)),
    Portable(SeriesItem, ("number", "title", "purpose", "minutes"), ("number", "title"), "series"),
    Portable(
        GlossaryTerm,
        (
            "term", "expansion", "meaning", "used_from", "used_to", "predecessor", "successor", "warning",
            "source",
        ),
        ("term",),
    ),
)  # fmt: skip
"""In an order in which what a line hangs on comes before it."""

WHOLE = frozenset(cls.KIND.name for cls in (MappedCell, MappedList, MappedColumn, SeriesItem))
"""What goes with the workbook or series it belongs to, and stands or falls with it."""

BY_KIND = {one.cls.KIND.name: one for one in PORTABLE}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is in a pack: its fields in their stored form, and the key of the line it hangs on."""

    kind: str
    key: str
    fields: Mapping[str, Stored]
    of: str = ""

    @property
    def record_kind(self) -> RecordKind:
        """The kind of entry it is of."""
        return BY_KIND[self.kind].cls.KIND

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        portable = BY_KIND[self.kind]
        told = [self.words(name) for name in portable.known_by]
        if self.kind == Commitment.KIND.name:
            told = [self.words("title")]
        return ", ".join(one for one in told if one)

    def words(self, name: str) -> str:
        """The words of one of its fields."""
        kind = self.record_kind.field(name).kind
        return kind.words(kind.load(self.fields.get(name)))

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Every field that is filled, by its label."""
        return tuple(
            (self.record_kind.field(name).label, words)
            for name in BY_KIND[self.kind].fields
            if (words := self.words(name))
        )

    @property
    def blank(self) -> KeptFile | None:
        """The blank workbook that goes with it."""
        for name in self.fields:
            kind = self.record_kind.field(name).kind
            if isinstance(kind, OneFile):
                found = kind.load(self.fields[name])
                return found if isinstance(found, KeptFile) else None
        return None


# ---- out of our file


def line_of(record: Record, of: Line | None) -> Line | None:
    """An entry as a line of a pack; None where its kind is in no pack, or where there is nothing of it to give."""
    portable = BY_KIND.get(record.KIND.name)
    if portable is None or not _may_leave(record) or (portable.of and of is None):
        return None
    fields = {
        name: stored
        for name in portable.fields
        if (stored := record.KIND.field(name).kind.store(getattr(record, name))) is not None
    }
    parent = of.key if of is not None and portable.of else ""
    return Line(record.KIND.name, key_of(record.KIND.name, fields, parent), fields, parent)


def _may_leave(record: Record) -> bool:
    """Readings only of words that were copied out; nothing restricted; no figure for our PCN alone or made up."""
    if getattr(record, "restricted", None):
        return False
    if isinstance(record, Commitment):
        return bool(record.quotation)
    if isinstance(record, Rate | Sum):
        return record.network is None and record.confidence is not RateConfidence.SAMPLE
    return True


def key_of(kind: str, fields: Mapping[str, Stored], of: str) -> str:
    """By which a line is known again: what it is about, without regard to case and spaces."""
    about = [_folded(fields.get(name)) for name in BY_KIND[kind].known_by]
    told = json.dumps([kind, of, about], ensure_ascii=False)
    return f"{kind}:{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"


def _folded(stored: Stored) -> Stored:
    return " ".join(stored.split()).casefold() if isinstance(stored, str) else stored


# ---- names and codes


@dataclass(frozen=True, slots=True)
class Marks:
    """What would tell whose a pack is: our names, our people's, and codes, each with what it is."""

    words: tuple[tuple[str, str], ...] = ()
    """The words as written, and what they are: "our PCN", "a practice", "a person", "an ODS code"."""

    def found(self, text: str) -> tuple[str, ...]:
        """What of ours stands in a text, as what it is and the words."""
        folded = _spaced(text)
        return tuple(f"{what} ({words})" for words, what in self.words if _stands_in(_spaced(words), folded))


def _spaced(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).split())


def _stands_in(words: str, text: str) -> bool:
    return bool(words) and f" {words} " in f" {text} "


def why_not(line: Line, marks: Marks) -> str:
    """Why a line may not leave: what of ours stands in it, or a likely NHS number; empty where it may."""
    for label, words in line.told:
        if found := marks.found(words):
            return f"{label} names {' and '.join(found)}"
        if patient_data.likely(words):
            return f"{label} holds what looks like an NHS number"
    return ""


# ---- into our file


class Verdict(Choice):
    """What a line of a pack is to us."""

    NEW = "new"
    SAME = "held already"
    NEWER = "newer than what you took over"
    OLDER = "older than what you took over"
    OURS = "differs from an entry of your own, which stays"


@dataclass(frozen=True, slots=True)
class Held:
    """An entry of ours as a line, with its id; and, where it was taken over, the day of that pack."""

    line: Line
    id: Id
    taken: bool = False
    pack_day: date | None = None


def verdict(line: Line, held: Mapping[str, Held], made_on: date) -> Verdict:
    """What a line is to us: by its key, its fields, and whose entry it is."""
    ours = held.get(line.key)
    if ours is None:
        owner = held.get(line.of) if line.kind in WHOLE else None
        return Verdict.OURS if owner is not None and not owner.taken else Verdict.NEW
    if same(line, ours.line):
        return Verdict.SAME
    if not ours.taken:
        return Verdict.OURS
    return Verdict.OLDER if ours.pack_day is not None and made_on < ours.pack_day else Verdict.NEWER


def same(one: Line, other: Line) -> bool:
    """Whether two lines say the same; how sure a figure was elsewhere plays no part.

    Nor does a blank workbook's file, which left its properties behind: its fingerprint tells it.
    """
    return _said(one) == _said(other)


def _said(line: Line) -> dict[str, Stored]:
    return {name: stored for name, stored in line.fields.items() if name not in ("confidence", "blank")}


def values_of(line: Line) -> dict[str, Any]:
    """The fields of a line as an entry holds them. ValueError where one cannot be."""
    kind = line.record_kind
    return {name: kind.field(name).kind.load(stored) for name, stored in line.fields.items()}


def second_hand(found: RateConfidence) -> RateConfidence:
    """How sure a figure of another PCN is here: one step further from the specification than it was there."""
    if found is RateConfidence.CONFIRMED:
        return RateConfidence.QUOTED
    return (
        found if found in (RateConfidence.BACKGROUND, RateConfidence.SAMPLE) else RateConfidence.TWICE_REMOVED
    )


def entry_of(line: Line, parent: Id | None, today: date) -> Record:
    """The entry that a line becomes here, not yet in the file."""
    portable = BY_KIND[line.kind]
    values = values_of(line)
    if "confidence" in values:
        values["confidence"] = second_hand(values["confidence"])
    if portable.of:
        values[portable.of] = parent
    if portable.cls is LocalRule:
        values["starts"] = today
    made: Record = portable.cls(**values)
    return made


def brought_up(held: Record, line: Line) -> Record:
    """An entry that was taken over, as a newer pack has it; what we added to it stays."""
    values = values_of(line)
    if "confidence" in values:
        values["confidence"] = second_hand(values["confidence"])
    whole: dict[str, Any] = {**dict.fromkeys(BY_KIND[line.kind].fields), **values}
    return replace(held, **whole)


PACK_NAME = re.compile(r"^(?P<name>.*), made on (?P<day>\d{4}-\d{2}-\d{2})$", re.DOTALL)


def pack_words(name: str, made_on: date) -> str:
    """How a pack is named with each entry that came in it."""
    return f"{name}, made on {made_on.isoformat()}"


def pack_day(words: str | None) -> date | None:
    """The day of a pack from its words."""
    found = PACK_NAME.match(words or "")
    return date.fromisoformat(found["day"]) if found else None


# ---- a pack as it is written


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as a whole: its name, the day it was made, and its lines, each after the one it hangs on."""

    name: str
    made_on: date
    lines: tuple[Line, ...] = field(default_factory=tuple)


class NotAPack(ValueError):
    """The text is not a pack; the message says what is wrong, as the end of a sentence."""


def to_json(pack: Pack) -> bytes:
    """The same pack is the same bytes."""
    plain = {
        "what": WHAT,
        "form": FORM,
        "name": pack.name,
        "made_on": pack.made_on.isoformat(),
        "lines": [
            {"kind": one.kind, "key": one.key, "of": one.of, "fields": dict(one.fields)} for one in pack.lines
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True).encode()


def from_json(content: bytes) -> Pack:
    """A pack from its bytes, each value checked against its field. NotAPack for anything else."""
    try:
        plain = json.loads(content)
    except (ValueError, RecursionError):
        raise NotAPack("what it lists cannot be read") from None
    if not isinstance(plain, dict) or plain.get("what") != WHAT:
        raise NotAPack("it is no pack of this program")
    if plain.get("form") != FORM:
        raise NotAPack("it was made by a later version of the program")
    lines = plain.get("lines")
    if not isinstance(lines, list):
        raise NotAPack("it has no list of lines")
    if len(lines) > MOST_LINES:
        raise NotAPack(f"it has {len(lines):,} lines, and no pack has more than {MOST_LINES:,}")
    name, made_on = plain.get("name"), plain.get("made_on")
    if not isinstance(name, str) or len(name) > 200 or not isinstance(made_on, str):
        raise NotAPack("it does not say its name and day")
    try:
        day = date.fromisoformat(made_on)
    except ValueError:
        raise NotAPack("it does not say on which day it was made") from None
    return Pack(" ".join(name.split()), day, tuple(_lines(lines)))


def _lines(lines: Iterable[object]) -> Iterator[Line]:
    known: dict[str, str] = {}
    for number, plain in enumerate(lines, 1):
        line = _line(plain, number)
        portable = BY_KIND[line.kind]
        parent = _PARENT.get((line.kind, portable.of), "")
        if (known.get(line.of, "") != parent) if portable.of else line.of:
            raise NotAPack(f"line {number:,} hangs on nothing that is in it")
        if line.key in known:
            raise NotAPack(f"line {number:,} stands in it twice")
        known[line.key] = line.kind
        yield line


def _line(plain: object, number: int) -> Line:
    if not isinstance(plain, dict) or set(plain) != {"kind", "key", "of", "fields"}:
        raise NotAPack(f"line {number:,} is not written as a line is")
    kind, of, fields = plain["kind"], plain["of"], plain["fields"]
    portable = BY_KIND.get(kind) if isinstance(kind, str) else None
    if portable is None:
        raise NotAPack(f"line {number:,} is of a kind that no pack holds")
    if not isinstance(of, str) or not isinstance(fields, dict) or not set(fields) <= set(portable.fields):
        raise NotAPack(f"line {number:,} holds what no pack holds")
    for name, stored in fields.items():
        _check(portable, name, stored, number)
    lacking = [one.name for one in portable.cls.KIND.fields if one.given and one.name in portable.fields]
    if not set(lacking) <= set(fields):
        raise NotAPack(f"line {number:,} lacks what it must have")
    line = Line(kind, key_of(kind, fields, of), fields, of)
    if plain["key"] != line.key:
        raise NotAPack(f"line {number:,} was changed after the pack was made")
    return line


def _check(portable: Portable, name: str, stored: object, number: int) -> None:
    """A value that its field can hold, and that is no longer than a person writes."""
    kind = portable.cls.KIND.field(name).kind
    try:
        if isinstance(stored, bool) or not isinstance(stored, int | str):
            raise TypeError
        most = MOST_OF_A_FINGERPRINT if name == "fingerprint" else MOST_LETTERS
        if isinstance(stored, str) and len(stored) > most:
            raise NotAPack(f"line {number:,} is longer than any that a person writes")
        if kind.store(kind.load(stored)) != stored:
            raise ValueError
        if isinstance(kind, OneFile):
            _check_file(kind.load(stored))
    except NotAPack:
        raise
    except Exception:  # whatever a field's own reading makes of nonsense
        label = portable.cls.KIND.field(name).label
        raise NotAPack(f"line {number:,} holds under “{label}” what cannot stand there") from None


def _check_file(kept: KeptFile) -> None:
    """The list came from outside, so that its values may be of any type, whatever they are declared to be."""
    kinds = [type(one) for one in (kept.name, kept.sha256, kept.size, kept.lies_at)]
    if kinds != [str, str, int, str] or kept.lies_at or not re.fullmatch(r"[0-9a-f]{64}", kept.sha256):
        raise ValueError("not a file in a pack")


_PARENT = {
    (MappedCell.KIND.name, "workbook"): WorkbookToFill.KIND.name,
    (MappedList.KIND.name, "workbook"): WorkbookToFill.KIND.name,
    (MappedColumn.KIND.name, "table"): MappedList.KIND.name,
    (Commitment.KIND.name, "document"): SourceDocument.KIND.name,
    (SeriesItem.KIND.name, "series"): MeetingSeries.KIND.name,
}
