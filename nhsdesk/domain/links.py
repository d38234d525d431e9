"""What can hang on any record: links of a kind to another, tags, notes and attachments. They go with their record."""

from __future__ import annotations

from nhsdesk.domain.fields import Record, about, choice, file, link, long_text, record, text
from nhsdesk.domain.kinds import Choice, Id, KeptFile


class LinkKind(Choice):
    """What one record says of another."""

    RESTS_ON = "rests on"
    ANSWERS = "answers"
    REPLACES = "replaces"
    BLOCKS = "blocks"
    PAYS_FOR = "pays for"
    NOT_THE_SAME = "is not the same as"
    EVIDENCE = "is evidence for"
    RELATED = "is related to"


@record(title="Link", plural="Links", prefix="LK")
class Link(Record):
    """A link of a kind from one record to another."""

    source: Id = about("From")
    target: Id = about("To")
    says: LinkKind = choice("Says", LinkKind)
    remark: str | None = text("Remark", default=None)


@record(title="Tag", plural="Tags", prefix="TG")
class Tag(Record):
    """A word by which records of any kind are found together."""

    on: Id = about("On")
    word: str = text("Tag")


@record(title="Note", plural="Notes", prefix="NT")
class Note(Record):
    """Free words about a record."""

    on: Id = about("On")
    words: str = long_text("Note")
    written_by: Id | None = link("Written by", "Person", default=None)


@record(title="Attachment", plural="Attachments", prefix="AT")
class Attachment(Record):
    """A file kept with a record, or a reference to a larger one."""

    on: Id = about("On")
    kept: KeptFile = file("File")
    says: str | None = text("What it shows", default=None)
