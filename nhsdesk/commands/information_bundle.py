"""Answering an information request: search the file, decide of each item, give out a redacted bundle.

    found = information_bundle.search(database, request, Search("access hub"))
    information_bundle.put_in_scope(database, request, Search("access hub"), found)
    information_bundle.decide(database, request, item)
    made = information_bundle.make(database, request)
    information_bundle.give_out(database, made, path, acknowledged=True)

What was decided is kept with the request as a file of its own, each decision one step. What went out is kept byte for
byte, with its facts, as every paper is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import nhsdesk
from nhsdesk import errors, resources
from nhsdesk.commands import whole_files
from nhsdesk.documents import zipped
from nhsdesk.domain import kept_files, kinds, patient_data, redaction, times
from nhsdesk.domain.consultations import InformationRequest
from nhsdesk.domain.entry import whole_letters
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.links import Attachment, Link, Tag
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.records import KINDS, RECORDS
from nhsdesk.domain.redaction import Choices, Item, Strike
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import facts_to_json, read_facts
from nhsdesk.sections import information_bundle, information_items, information_pages
from nhsdesk.sections.file_words import FileWords
from nhsdesk.sections.information_bundle import Bundle
from nhsdesk.sections.information_items import Outside, Seen
from nhsdesk.store import queries, record_file
from nhsdesk.store import search as index
from nhsdesk.store.database import LONDON, Database
from nhsdesk.store.reading import Reader

KEY = "information-bundle"
"""The name under which what went out is kept."""
KEPT_AS = "Choices for the bundle.json"
_SAYS = "What was decided for the redacted bundle"
_ENDING = ".zip"
MOST_FOUND = 500
MOST_TOLD = 5
_ORDER = {name: place for place, name in enumerate(KINDS)}
_NEVER = frozenset({Link.KIND.name, Tag.KIND.name})
"""What says nothing of its own."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: words or their beginnings, kinds of entries (all where none is named), and days."""

    words: str
    kinds: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    alike: bool = False
    """Whether words spelt much like these are found too."""
    in_files: bool = False
    """Whether the words inside kept files are looked through as well, which takes a second for a PDF."""

    @property
    def told(self) -> str:
        """As the bundle tells it: "“access hub”, in commitments, from 1 April 2026"."""
        parts = [f"“{' '.join(self.words.split())}”"]
        if self.alike:
            parts.append("and words spelt alike")
        if self.in_files:
            parts.append("inside files too")
        if self.kinds:
            parts.append("in " + ", ".join(KINDS[one].nouns for one in self.kinds))
        if self.first:
            parts.append(f"from {day_words(self.first)}")
        if self.last:
            parts.append(f"to {day_words(self.last)}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle that is ready: whose, what goes out, its bytes."""

    request: InformationRequest
    bundle: Bundle
    choices: Choices
    content: bytes
    position: int

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What stands in its way."""
        return self.bundle.problems

    @property
    def told(self) -> str:
        """What is in it."""
        return information_pages.in_short(self.bundle.facts)


def search(
    database: Database,
    request: InformationRequest,
    asked: Search,
    words: FileWords | None = None,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Item, ...]:
    """The entries and files found, each marked as it is to begin with; private words are searched too.

    `words` remembers what was read of files; `tell` hears how many of them are looked through.
    """
    found = index.find(database, asked.words, most=MOST_FOUND, names_shown=True)
    with database.read() as reader:
        outside = Outside(reader)
        items: dict[tuple[str, str], Item] = {}
        for one in sorted(found, key=lambda one: (_ORDER[one.kind], one.id)):
            record = reader.any_of(one.id)
            if record is None or not (_wanted(reader, record, request, asked) and _said(record, asked)):
                continue
            for item in information_items.items_of(reader, record, request.law, outside, mine=request.id):
                items.setdefault(item.key, item)
        if asked.in_files:
            for item in _in_files(reader, request, asked, words or FileWords(), outside, tell):
                items.setdefault(item.key, item)
    return tuple(items.values())


def choices(database: Database, request: InformationRequest) -> Choices:
    """What was decided so far."""
    with database.read() as reader:
        return _choices(reader, request.id)


def put_in_scope(
    database: Database, request: InformationRequest, asked: Search, found: tuple[Item, ...], *, of: int = 0
) -> Choices:
    """Adds what was found, or some `of` it, to the scope and notes the search, as one step."""
    held = choices(database, request)
    told = patient_data.masked(f"{asked.told} ({of or len(found):,} found)")
    searches = tuple(dict.fromkeys((*held.searches, told)))
    return _keep(database, request, replace(held.added(found), searches=searches), "Put in scope of")


def decide(database: Database, request: InformationRequest, *items: Item) -> Choices:
    """Keeps what becomes of these, as one step."""
    held = choices(database, request)
    for item in items:
        held = held.put(item)
    return _keep(database, request, held, "Decide what is disclosed for")


def take_out_of_scope(database: Database, request: InformationRequest, key: tuple[str, str]) -> Choices:
    """Takes one item out of scope. Undo brings it back."""
    held = choices(database, request).without(key)
    return _keep(database, request, held, "Take out of scope of")


def strike_out(database: Database, request: InformationRequest, words: str, ground: str) -> Choices | Problem:
    """Has words struck out everywhere in the bundle."""
    strike = redaction.read_strike(words, ground)
    if isinstance(strike, Problem):
        return strike
    held = choices(database, request)
    others = tuple(one for one in held.strikes if one.words.casefold() != strike.words.casefold())
    return _keep(database, request, replace(held, strikes=(*others, strike)), "Strike words out for")


def leave_standing(database: Database, request: InformationRequest, strike: Strike) -> Choices:
    """Has words stand again."""
    held = choices(database, request)
    others = tuple(one for one in held.strikes if one != strike)
    return _keep(database, request, replace(held, strikes=others), "Let words stand for")


def titles(database: Database, items: Iterable[Item]) -> tuple[str, ...]:
    """What each item is called in the window."""
    with database.read() as reader:
        return tuple(information_items.title(reader, item) for item in items)


def look_at(
    database: Database, request: InformationRequest, item: Item, held: Choices, words: FileWords
) -> Seen | None:
    """One item with its fields and what its reader will see."""
    with database.read() as reader:
        return information_items.seen(reader, request, item, held, words)


def make(database: Database, request: InformationRequest, words: FileWords | None = None) -> Made:
    """The bundle as it would go out now; nothing is written."""
    mark = "SAMPLE" if record_file.is_sample(database) else ""
    with database.read() as reader:
        held = _choices(reader, request.id)
        asked = reader.get(InformationRequest, request.id)
        bundle = information_bundle.gather(
            reader, asked, held, database.today(), resources.bank_holidays(), words or FileWords(), mark=mark
        )
        position = queries.position(reader)
    out = BytesIO()
    zipped.write(out, information_pages.pages(bundle.facts, bundle.files))
    return Made(asked, bundle, held, out.getvalue(), position)


def to_put_right(made: Made) -> tuple[str, ...]:
    """What must be put right before it can go out."""
    return _of_weight(made, Weight.MUST_FIX)


def to_acknowledge(made: Made) -> tuple[str, ...]:
    """What must be acknowledged before it goes out."""
    return _of_weight(made, Weight.ACKNOWLEDGE)


def to_know(made: Made) -> tuple[str, ...]:
    """What is good to know of it."""
    return _of_weight(made, Weight.NOTE)


def suggested_name(made: Made) -> str:
    """A name for its file: "Redacted bundle IR-001 2026-11-20.zip"."""
    facts = made.bundle.facts
    words = (facts.heading.mark, "Redacted bundle", made.request.ref, facts.heading.as_at.isoformat())
    return " ".join(filter(None, words)) + _ENDING


def give_out(database: Database, made: Made, target: Path, *, acknowledged: bool) -> SentPaper:
    """Writes the bundle and keeps it as what went out, in one step that cannot be undone."""
    _refuse(made, target, acknowledged)
    whole_files.refuse_own(database, target)
    name, sha256 = whole_letters(target.name), hashlib.sha256(made.content).hexdigest()
    facts = facts_to_json(made.bundle.facts)
    with whole_files.written_beside(target, lambda out: out.write(made.content)) as put_in_place:
        with database.change(f"Give out the redacted bundle of {made.request.ref}") as change:
            if len(made.content) > kept_files.MOST_BYTES:
                kept = KeptFile(name, sha256, len(made.content), whole_letters(str(target.absolute())))
            else:
                kept = change.keep_bytes(name, made.content, sha256)
            request = change.reader.get(InformationRequest, made.request.id)
            change.put(_answered(request, made, kept))
            sent = change.add(
                SentPaper(
                    paper=KEY,
                    title=f"Redacted bundle for {request.ref}",
                    period=day_words(made.bundle.facts.heading.as_at),
                    audience="whoever asked",
                    issued_at=database.now(),
                    kept=kept,
                    facts=change.keep_bytes(f"{KEY} facts.json", facts, hashlib.sha256(facts).hexdigest()),
                    acknowledged="\n".join(to_acknowledge(made)) or None,
                    position=made.position,
                    program=nhsdesk.__version__,
                )
            )
        put_in_place()
    return sent


# ---- inside


def _choices(reader: Reader, request: Id) -> Choices:
    kept = _kept(reader, request)
    content = None if kept is None else reader.kept_bytes(kept.kept.sha256)
    if content is None:
        return Choices()
    try:
        return read_facts(Choices, content)
    except (ValueError, KeyError, TypeError, ExceptionGroup) as unread:
        raise errors.FileRefused(
            f"{KEPT_AS} of this request was changed by another program and cannot be read. Your PCN file is safe. Take "
            "it out under Files, and decide again."
        ) from unread


def _kept(reader: Reader, request: Id) -> Attachment | None:
    found = (one for one in reader.all(Attachment, on=request) if one.kept.name == KEPT_AS)
    return next(found, None)


def _keep(database: Database, request: InformationRequest, held: Choices, label: str) -> Choices:
    content = facts_to_json(held)
    with database.change(f"{label} {request.ref}") as change:
        kept = change.keep_bytes(KEPT_AS, content, hashlib.sha256(content).hexdigest())
        before = _kept(change.reader, request.id)
        if before is None:
            change.add(Attachment(on=request.id, kept=kept, says=_SAYS))
        else:
            change.put(replace(before, kept=kept))
    return held


def _wanted(reader: Reader, record: Record, request: InformationRequest, asked: Search) -> bool:
    if record.id == request.id or record.KIND.name in _NEVER:
        return False
    if asked.kinds and record.KIND.name not in asked.kinds:
        return False
    if asked.first is None and asked.last is None:
        return True
    first, last = asked.first or date.min, asked.last or date.max
    return any(first <= day <= last for day in (*_days(record), *_entered(reader, record.id)))


def _said(record: Record, asked: Search) -> bool:
    """Whether every word begins some word of the entry, unless words spelt alike will do."""
    said = f"{index.words_of(record)}\n{index.private_words_of(record)}"
    return asked.alike or redaction.begin_words_of(said, asked.words)


def _in_files(
    reader: Reader,
    request: InformationRequest,
    asked: Search,
    words: FileWords,
    outside: Outside,
    tell: Callable[[int, int], None],
) -> Iterator[Item]:
    """The files in whose own words every word asked for begins some word."""
    held = [
        (record, item)
        for cls in RECORDS
        if any(isinstance(field.kind, kinds.OneFile) for field in cls.KIND.fields)
        for record in reader.all(cls)
        if _wanted(reader, record, request, asked)
        for item in information_items.items_of(reader, record, request.law, outside, mine=request.id)
        if item.field and item.id == str(record.id)
    ]
    for number, (record, item) in enumerate(held):
        tell(number, len(held))
        if redaction.begin_words_of(words.to_look_through(reader, getattr(record, item.field)), asked.words):
            yield item


def _days(record: Record) -> tuple[date, ...]:
    fields = (field for field in record.KIND.fields if isinstance(field.kind, times.Day))
    return tuple(day for field in fields if (day := getattr(record, field.name)) is not None)


def _entered(reader: Reader, id_: Id) -> tuple[date, ...]:
    """The days on which it was entered or changed."""
    london = ZoneInfo(LONDON)
    moments = (datetime.fromisoformat(one.step.moment) for one in queries.history(reader, id_))
    return tuple(moment.astimezone(london).date() for moment in moments)


def _of_weight(made: Made, weight: Weight) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.sentence for one in made.problems if one.weight is weight))


def _refuse(made: Made, target: Path, acknowledged: bool) -> None:
    unsaid = to_put_right(made) or (() if acknowledged else to_acknowledge(made))
    if unsaid:
        more = f" And {len(unsaid) - MOST_TOLD} more." if len(unsaid) > MOST_TOLD else ""
        told = " ".join(unsaid[:MOST_TOLD])
        raise errors.PaperRefused(f"The bundle was not given out. {told}{more}", made.problems)
    if target.suffix.lower() != _ENDING:
        raise errors.Unwritable("A bundle is a .zip file. Nothing was written. Choose a name ending in .zip.")


def _answered(request: InformationRequest, made: Made, kept: KeptFile) -> InformationRequest:
    """The request with its bundle; what nobody has filled in of search and exemptions is filled from it."""
    used = dict.fromkeys(row.why for row in made.bundle.facts.rows if row.why)
    return replace(
        request,
        bundle=kept,
        searched=request.searched or "\n".join(made.choices.searches) or None,
        exemptions=request.exemptions or "; ".join(used) or None,
    )
