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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
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

ENDING = ".nhsdesk-pack"


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
        """Every field that is filled, by its label; of what a workbook looks like, the words that stand in it."""
        return tuple(
            (self.record_kind.field(name).label, _words_in(words) if name == "fingerprint" else words)
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


def _words_in(fingerprint: str) -> str:
    """Its sheets, names and headings as people read them; whatever cannot be read so, as it stands."""
    try:
        kept = json.loads(fingerprint)
    except ValueError:
        return fingerprint
    if not isinstance(kept, dict):
        return fingerprint
    told = (words for part, held in kept.items() if part != "digest" for words in _texts(held))
    return "; ".join(dict.fromkeys(" ".join(words.split()) for words in told if words.strip()))


def _texts(held: Any) -> Iterator[str]:
    """Every text in what JSON holds, keys apart."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping | list):
        for one in held.values() if isinstance(held, Mapping) else held:
            yield from _texts(one)


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
