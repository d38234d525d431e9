"""What is in scope of an information request, item by item: marked to begin with, and as its reader will see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nhsdesk.domain import kinds, redaction
from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.fields import Field, Record
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.links import Attachment, Note
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.redaction import BAR, Becomes, Choices, Item
from nhsdesk.domain.requests import RequestEvent, SupportRequest
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


# ---- what is in scope


def items_of(
    reader: Reader, record: Record, law: RequestLaw, hidden: Restricted, *, mine: Id
) -> Iterator[Item]:
    """An entry that was found, the files in it and kept with it, and its notes, marked to begin with."""
    if isinstance(record, Attachment):
        if record.on != mine:
            yield _file(record, "kept", law, hidden)
        return
    yield _entry(record, law, hidden)
    for field in record.KIND.fields:
        if isinstance(field.kind, kinds.OneFile) and getattr(record, field.name) and field.name != "facts":
            yield _file(record, field.name, law, hidden)
    for kept in reader.all(Attachment, on=record.id):
        yield _file(kept, "kept", law, hidden)
    for note in reader.all(Note, on=record.id):
        yield _entry(note, law, hidden)


def _entry(record: Record, law: RequestLaw, hidden: Restricted) -> Item:
    people = redaction.for_people(law)
    private = tuple(
        f"{field.name}:{people}"
        for field in record.KIND.fields
        if field.private and getattr(record, field.name)
    )
    begun = Item(record.KIND.name, str(record.id), record.ref, hidden=private)
    begun = _withheld(begun, record, law, hidden)
    if private and not begun.began_because:
        return replace(begun, began_because="Fields that tell of a person are struck out to begin with.")
    return begun


def _file(record: Record, field: str, law: RequestLaw, hidden: Restricted) -> Item:
    return _withheld(Item(record.KIND.name, str(record.id), record.ref, field), record, law, hidden)


def _withheld(item: Item, record: Record, law: RequestLaw, hidden: Restricted) -> Item:
    """What nobody outside may see is withheld to begin with."""
    if item.kind in CONFIDENTIAL:
        why = f"Withheld to begin with: {redaction.TALK_FIRST}"
        return replace(
            item, becomes=Becomes.WITHHELD, ground=redaction.for_confidence(law), began_because=why
        )
    if hidden.hides(record.id, *owners(record)):
        why = "Withheld to begin with: it is restricted to our own board, or linked with what is. Choose the ground."
        return replace(item, becomes=Becomes.WITHHELD, began_because=why)
    return item


def owners(record: Record) -> Iterator[Id]:
    """What a record belongs to: a note or file of something restricted is as restricted as that."""
    owner = record.KIND.owner
    if owner is not None:
        yield getattr(record, owner.name)


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
