"""What is in scope of an information request, item by item: marked to begin with, and as its reader will see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nhsdesk.domain import kinds, redaction
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.fields import Field, Record
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.links import Attachment, Note
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.redaction import BAR, Becomes, Choices, Item
from nhsdesk.domain.requests import RequestEvent, SupportRequest
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.file_words import FileWords
from nhsdesk.sections.restricted import Restricted
from nhsdesk.store.reading import Reader

CONFIDENTIAL = (SupportRequest.KIND.name, RequestEvent.KIND.name)
_UNSAID = frozenset({"restricted"})


@dataclass(frozen=True, slots=True)
class Line:
    """One field of an entry as its reader sees it."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One item while it is decided: what it is called, its fields, and what its reader will see."""

    item: Item
    title: str
    fields: tuple[Field, ...]
    """Those of an entry that hold something, so that each can be struck out."""
    will_read: str


# ---- what nobody outside may see unasked


class Outside:
    """What stays with our own board unless somebody decides otherwise, and what was given in confidence."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.hidden = restricted.gather(reader, Audience.PUBLIC)
        self._closed = restricted.closed_files(reader, self.hidden)

    def confides(self, record: Record) -> bool:
        """Whether it is a request for support, or belongs to one: its events, notes and files."""
        return any(one.KIND.name in CONFIDENTIAL for one in (record, *self._above(record)))

    def hides(self, record: Record, field: str = "") -> bool:
        """Whether it is restricted, names or belongs to what is, or holds the same file; or went to our board only."""
        kept = getattr(record, field) if field else None
        if isinstance(kept, KeptFile) and kept.sha256 in self._closed:
            return True
        if isinstance(record, SentPaper) and record.audience == Audience.OWN_BOARD.value:
            return True
        if isinstance(record, ClosedYear):  # the outturn kept with it is our own board's
            return True
        return any(self.hidden.hides(one.id, *_named_by(one)) for one in (record, *self._above(record)))

    def _above(self, record: Record) -> Iterator[Record]:
        """What a record belongs to, and what that belongs to."""
        owner = record.KIND.owner
        above = None if owner is None else self._reader.any_of(getattr(record, owner.name))
        if above is not None:
            yield above
            yield from self._above(above)


def _named_by(record: Record) -> Iterator[Id]:
    for field in record.KIND.fields:
        value = getattr(record, field.name)
        if isinstance(field.kind, kinds.LinkTo) and value is not None:
            yield value
        elif isinstance(field.kind, kinds.LinksTo):
            yield from value


# ---- what is in scope


def items_of(
    reader: Reader, record: Record, law: RequestLaw, outside: Outside, *, mine: Id
) -> Iterator[Item]:
    """An entry that was found, the files in it and kept with it, and its notes, marked to begin with."""
    if isinstance(record, Attachment):
        if record.on != mine:
            yield _file(record, "kept", law, outside)
        return
    yield _entry(record, law, outside)
    for field in record.KIND.fields:
        if isinstance(field.kind, kinds.OneFile) and getattr(record, field.name) and field.name != "facts":
            yield _file(record, field.name, law, outside)
    for kept in reader.all(Attachment, on=record.id):
        yield _file(kept, "kept", law, outside)
    for note in reader.all(Note, on=record.id):
        yield _entry(note, law, outside)


def _entry(record: Record, law: RequestLaw, outside: Outside) -> Item:
    people = redaction.for_people(law)
    private = tuple(
        f"{field.name}:{people}"
        for field in record.KIND.fields
        if field.private and getattr(record, field.name)
    )
    begun = _marked(Item(record.KIND.name, str(record.id), record.ref, hidden=private), record, law, outside)
    if private and not begun.began_because:
        return replace(begun, began_because="Fields that tell of a person are struck out to begin with.")
    return begun


def _file(record: Record, field: str, law: RequestLaw, outside: Outside) -> Item:
    return _marked(Item(record.KIND.name, str(record.id), record.ref, field), record, law, outside)


def _marked(item: Item, record: Record, law: RequestLaw, outside: Outside) -> Item:
    """What nobody outside may see unasked is withheld to begin with."""
    withheld = replace(item, becomes=Becomes.WITHHELD)
    if outside.confides(record):
        why = f"Withheld to begin with: {redaction.TALK_FIRST}"
        return replace(withheld, ground=redaction.for_confidence(law), began_because=why)
    if outside.hides(record, item.field):
        why = "Withheld to begin with: it is restricted to our own board, or linked with what is. Choose the ground."
        return replace(withheld, began_because=why)
    return item


# ---- one item


def seen(
    reader: Reader, request: InformationRequest, item: Item, choices: Choices, words: FileWords
) -> Seen | None:
    """An item as it is now; None where its entry was removed."""
    record = reader.find(KINDS[item.kind].cls, Id(int(item.id)))
    if record is None:
        return None
    called = _called(record, item)
    if item.field:
        kept = getattr(record, item.field)
        will = _file_will(reader, request, item, kept, choices, words)
        return Seen(item, called, (), will)
    hidden = restricted.gather(reader, Audience.PUBLIC)
    told = lines(reader, record, item, hidden, choices, request.law)
    will = (
        "Nothing: it is withheld."
        if item.becomes is Becomes.WITHHELD
        else "\n".join(f"{one.label}: {one.words}" for one in told)
    )
    return Seen(item, called, filled(record), will)


def title(reader: Reader, item: Item) -> str:
    """What an item is called in the window."""
    record = reader.find(KINDS[item.kind].cls, Id(int(item.id)))
    return "No longer there" if record is None else _called(record, item)


def _called(record: Record, item: Item) -> str:
    if not item.field:
        return f"{record.KIND.title}: {record.title_words()}"
    kept = getattr(record, item.field)
    return f"File: {kept.name}" if kept else "File: taken out"


def _file_will(
    reader: Reader,
    request: InformationRequest,
    item: Item,
    kept: KeptFile | None,
    choices: Choices,
    words: FileWords,
) -> str:
    if kept is None or item.becomes is Becomes.WITHHELD:
        return "Nothing: it is withheld."
    if item.becomes is Becomes.DISCLOSED:
        return f"The whole of {kept.name}, with its properties, comments and tracked changes. Look at it yourself."
    told = words.to_disclose(reader, kept)
    if told is None:
        return "There is no text version of this file: disclose it whole, or withhold it."
    return redaction.struck(told, choices.strikes, request.law)


def filled(record: Record) -> tuple[Field, ...]:
    """The fields of an entry that hold something to tell."""
    return tuple(
        field
        for field in record.KIND.fields
        if field.name not in _UNSAID and getattr(record, field.name) not in (None, "", ())
    )


def lines(
    reader: Reader, record: Record, item: Item, hidden: Restricted, choices: Choices, law: RequestLaw
) -> tuple[Line, ...]:
    """The fields of an entry as its reader sees them."""
    found, hides = [], item.hides
    for field in filled(record):
        if field.name in hides:
            why = redaction.ground(law, hides[field.name])
            found.append(Line(field.label, f"{BAR} [{why.mark}]" if why else BAR))
        else:
            words = _words(reader, field, getattr(record, field.name), hidden)
            found.append(Line(field.label, redaction.struck(words, choices.strikes, law)))
    return tuple(found)


def _words(reader: Reader, field: Field, value: object, hidden: Restricted) -> str:
    if isinstance(field.kind, kinds.LinkTo):
        return _named(reader, value, hidden)
    if isinstance(field.kind, kinds.LinksTo):
        assert isinstance(value, tuple)
        return ", ".join(_named(reader, one, hidden) for one in value)
    return field.kind.words(value)


def _named(reader: Reader, id_: object, hidden: Restricted) -> str:
    """What another entry is called, where it may be named at all."""
    assert isinstance(id_, int)
    record = reader.any_of(id_)
    if record is None or record.KIND.name in CONFIDENTIAL or hidden.hides(record.id):
        return restricted.WORDS
    title = record.title_words()
    return record.ref if title == record.ref else f"{record.ref} {title}"
