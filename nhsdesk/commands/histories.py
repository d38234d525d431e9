"""The history of a record in words: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from nhsdesk import errors
from nhsdesk.commands.entries import link_words
from nhsdesk.domain import kinds
from nhsdesk.domain.fields import Field, RecordKind
from nhsdesk.domain.kinds import Stored
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.records import KINDS
from nhsdesk.store import journal, queries
from nhsdesk.store.database import LONDON, Database
from nhsdesk.store.journal import Step, StepChange
from nhsdesk.store.queries import Entry
from nhsdesk.store.reading import Reader

ERASED = "erased"
_FROM_NOTHING = "nothing → "


def history(database: Database, ref: str) -> tuple[str, ...]:
    """The lines of a record's history, oldest first, whether or not it is still there."""
    with database.read() as reader:
        given = reader.given_name(ref)
        if given is None:
            raise errors.FileRefused(
                f"{ref} is not the reference of anything in {database.path.name}. Check it."
            )
        letters = queries.letters(reader)
        lines: list[str] = []
        for entry in queries.history(reader, given[1]):
            step = entry.step
            lines.append(f"{moment_words(step.moment)}, {step.who}, copy {letters[step.copy]}: {step.label}")
            lines += [f"    {words}" for words in change_words(reader, KINDS[given[0]], entry)]
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Turn:
    """One field of one step in a record's history."""

    when: str
    who: str
    copy: str
    """The letter of the copy in which it was done."""
    step: str
    field: str
    """The field's name; empty where the whole record was added or removed."""
    words: str
    before: Stored = None
    may_go_back: bool = False
    """Whether the field can be given again what it held before this step."""


def turns(database: Database, id_: int) -> tuple[Turn, ...]:
    """A record's history field by field, newest first."""
    with database.read() as reader:
        kind = reader.kind_of(id_)
        if kind is None:
            return ()
        found: list[Turn] = []
        letters = queries.letters(reader)
        for entry in reversed(queries.history(reader, id_)):
            found += _turns(reader, kind, entry, letters[entry.step.copy])
        return tuple(found)


def _turns(reader: Reader, kind: RecordKind, entry: Entry, copy: str) -> Iterator[Turn]:
    change, step = entry.change, entry.step
    when, added = moment_words(step.moment), change.action == journal.ADD
    for place, (name, old, new) in enumerate(change.pairs()):
        if name == "ref":
            words = f"Added as {new}" if added else f"Removed ({old})"
            yield Turn(when, step.who, copy, step.label, "", words)
            continue
        field = kind.field(name)
        erasing = (
            step.kind == "erase"
        )  # what it says of the field is that it was erased, not what stands there since
        turn = ERASED if erasing else _turn(reader, field, change, place, old, new)
        told = f"{field.label}: {turn.removeprefix(_FROM_NOTHING) if added else turn}"
        kept = not erasing and not change.erased(place) and not (field.given and old is None)
        back = change.action == journal.PUT and kept
        yield Turn(when, step.who, copy, step.label, name, told, old, back)


def origin(step: Step, letters: queries.Letters) -> str:
    """Who did a step, in which copy, and when."""
    return told_by(step.who, letters[step.copy], step.moment)


def told_by(who: str, letter: str, moment: str) -> str:
    """The same of any kept moment: Jo Bell, copy B, 5 October 2026, 10:02."""
    return f"{who}, copy {letter}, {moment_words(moment)}"


def moment_words(moment: str) -> str:
    """A kept moment by London clocks: "5 October 2026, 10:02"."""
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(LONDON))
    return f"{day_words(local.date())}, {local:%H:%M}"


def change_words(reader: Reader, kind: RecordKind, entry: Entry) -> tuple[str, ...]:
    """Each field that a step changed: "Contracted hours a week: 30 → 37.5". Private words are told as changed only."""
    change = entry.change
    words = []
    for place, (name, old, new) in enumerate(change.pairs()):
        if name == "ref":
            words += [f"added as {new}"] if change.action == journal.ADD else []
            words += [f"removed ({old})"] if change.action == journal.REMOVE else []
            continue
        field = kind.field(name)
        words.append(f"{field.label}: {_turn(reader, field, change, place, old, new)}")
    return tuple(words)


def _turn(reader: Reader, field: Field, change: StepChange, place: int, old: Stored, new: Stored) -> str:
    if change.erased(place):
        return ERASED
    if field.private:
        return "changed"
    return f"{value_words(reader, field, old)} → {value_words(reader, field, new)}"


def value_words(reader: Reader, field: Field, stored: Stored) -> str:
    """A stored value in words, links by what they name; "nothing" where there is none."""
    if stored is None:
        return "nothing"
    value = field.kind.load(stored)
    if isinstance(field.kind, kinds.LinkTo):
        return _named(reader, value)
    if isinstance(field.kind, kinds.LinksTo):
        return ", ".join(_named(reader, one) for one in value) or "nothing"
    return field.kind.words(value) or "nothing"


def _named(reader: Reader, id_: int) -> str:
    record = reader.any_of(id_)
    return queries.ref_of(reader, id_) if record is None else link_words(record)
