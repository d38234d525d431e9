"""Reading a host's answer to a support request back in: looked at first, taken in as one step, twice without harm.

    reply = request_replies.look(database, path, passphrase)
    reply.changes, reply.wrong, reply.read_before
    request_replies.take_in(database, reply)

A file is known by the number of the copy that was handed out. One that names no copy of ours, or a copy of another
request, is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from nhsdesk import errors
from nhsdesk.commands import answer_forms, handed_file, whole_files
from nhsdesk.commands.answer_forms import Becomes
from nhsdesk.commands.handed_file import Parts
from nhsdesk.documents import reader as documents
from nhsdesk.documents import sealed
from nhsdesk.documents.refusals import refused
from nhsdesk.domain import kept_files, request_answers, requests
from nhsdesk.domain.filled_forms import NO, YES, Wrong
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.request_answers import Answers, Filled
from nhsdesk.domain.requests import (
    Happening,
    RequestCopy,
    RequestEvent,
    RequestState,
    SaidBy,
    SupportRequest,
)
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that was looked at. Nothing is written yet."""

    name: str
    request: Id
    ref: str
    number: str
    message: str
    """The copy's number and what tells this answer from another to the same copy."""
    answers: Answers
    changes: tuple[Becomes, ...]
    wrong: tuple[Wrong, ...]
    notes: tuple[str, ...]
    read_before: date | None


def needs_passphrase(path: Path) -> bool:
    """Whether a file is one under a passphrase."""
    return sealed.is_sealed(_bytes(path)[: len(sealed.KIND)])


def open_handed(path: Path, passphrase: str) -> Parts:
    """What a PCN handed to us under a passphrase: its words, its form, its page."""
    return handed_file.unpack(sealed.unseal(_bytes(path), passphrase, path.name), path.name)


def unpack_into(path: Path, passphrase: str, folder: Path) -> tuple[Path, ...]:
    """Writes the page and the form of a request handed to us into a folder; never over what is there."""
    parts = open_handed(path, passphrase)
    name = kept_files.safe_name(f"Support request {parts.message.ref}")
    targets = ((folder / f"{name}.pdf", parts.page), (folder / f"{name} answer form.xlsx", parts.form))
    for target, _ in targets:
        if target.exists():
            raise errors.Unwritable(
                f"{target.name} is in {folder} already. Nothing was written. Choose another folder."
            )
    for target, content in targets:
        with whole_files.written_beside(target, partial(_write, content)) as put_in_place:
            put_in_place()
    return tuple(target for target, _ in targets)


def _write(content: bytes, out: BinaryIO) -> None:
    out.write(content)


def told(reply: Reply) -> tuple[str, ...]:
    """What a person is told of an answer before it is taken in, line by line."""
    if reply.read_before is not None:
        opening = f"This answer to {reply.ref} was already read on {day_words(reply.read_before)}."
    else:
        opening = f"An answer to {reply.ref}, form number {reply.number}."
    becomes = tuple(
        f"{one.what}: {one.now} → {one.then}" if one.now else f"{one.what}: {one.then}"
        for one in reply.changes
    )
    wrong = tuple(f"{one.cell}, {one.label}: {one.sentence}" for one in reply.wrong)
    return (opening, *becomes, *wrong, *reply.notes)


def look(database: Database, path: Path, passphrase: str = "") -> Reply:
    """Reads an answer and says what it would change. FileRefused with a sentence for what is no answer to us."""
    data = _bytes(path)
    if sealed.is_sealed(data):
        parts = handed_file.unpack(sealed.unseal(data, passphrase, path.name), path.name)
        grids = documents.read_workbook_bytes(parts.form, path.name)
    else:
        parts = None
        grids = documents.read_workbook(path)
    filled = request_answers.find_form([(grid.name, grid.rows) for grid in grids])
    if filled is None:
        raise refused(
            path.name,
            "it is not the answer form of a support request",
            "Look for the file with “Your answer” on its second worksheet.",
        )
    answer_forms.refuse_other_form(filled.form, request_answers.FORM_WORDS, path.name, _altered)
    if parts is not None and (parts.message.ref.upper(), parts.message.number.upper()) != (
        filled.ref,
        filled.number,
    ):
        raise _altered(path.name)
    with database.read() as reader:
        return _looked(reader, database.today(), filled, path.name)


def _altered(name: str) -> errors.FileRefused:
    return refused(
        name,
        "the lines that say which request it answers were altered",
        "Ask the host what happened to it, and for an answer on the form as it was handed over.",
    )


def _looked(reader: Reader, today: date, filled: Filled, name: str) -> Reply:
    copy, request = _ours(reader, filled, name)
    events = reader.all(RequestEvent, request=request.id)
    went = [one.happened_on for one in events if one.state is RequestState.SENT]
    read = request_answers.read_answers(filled, today, min([copy.given_on, *went]))
    message = f"{copy.message}:{answer_forms.fingerprint(filled.cells)}"
    before = next((event for event in events if event.message == message), None)
    changes = _changes(request, events, read.answers)
    return Reply(
        name=name,
        request=request.id,
        ref=request.ref,
        number=filled.number,
        message=message,
        answers=read.answers,
        changes=() if before else changes,
        wrong=read.wrong,
        notes=_notes(reader, request, events, read.answers),
        read_before=copy.reply_read_on if before else None,
    )


def _ours(reader: Reader, filled: Filled, name: str) -> tuple[RequestCopy, SupportRequest]:
    """The copy it answers, and its request; refused where its lines do not fit together."""
    copy = next(
        (one for one in reader.all(RequestCopy) if (one.message or "").upper() == filled.number), None
    )
    if copy is None or not filled.number:
        raise refused(
            name,
            f"no copy with the form number {filled.number or 'it lacks'} was handed out from this PCN file",
            "Look whether it belongs to another PCN file, and ask the host where it has the form from.",
        )
    request = reader.get(SupportRequest, copy.request)
    practice = reader.get(Practice, request.practice)
    code = (practice.ods_code or "").upper()
    if filled.ref != request.ref.upper() or (code and filled.practice_code != code):
        raise _altered(name)
    return copy, request


# ---------------------------------------------------------------- what it would change


_FIELDS = (
    ("offer", "Offer"),
    ("done_before", "Where it has done this before"),
    ("no_contract_transfer", "Offer takes over no contract"),
    ("no_mandated_model", "Offer mandates no model"),
    ("existing_support_checked", "Existing support was checked first"),
    ("safeguard_note", "About the safeguards"),
    ("outcome", "Outcome"),
)


def _changes(
    request: SupportRequest, events: Iterable[RequestEvent], answers: Answers
) -> tuple[Becomes, ...]:
    told = [
        Becomes(label, _shown(getattr(request, name)), _shown(getattr(answers, name)))
        for name, label in _FIELDS
        if getattr(answers, name) not in (None, "", getattr(request, name))
    ]
    told += [
        Becomes(_what(event), "", _event_words(event)) for event in _events(request.id, events, answers, "")
    ]
    return tuple(told)


def _shown(value: Any) -> str:
    if value is None:
        return "not said"
    return (YES if value else NO) if isinstance(value, bool) else str(value)


def _what(event: RequestEvent) -> str:
    kind = event.state or event.happening
    return kind.words if kind is not None else "Word of it"


def _event_words(event: RequestEvent) -> str:
    waiting = f"waiting on {event.waiting_on.value}" if event.waiting_on else ""
    return ". ".join(filter(None, (day_words(event.happened_on), waiting, event.told)))


def _events(
    request: Id, held: Iterable[RequestEvent], answers: Answers, message: str
) -> tuple[RequestEvent, ...]:
    """What happened by the host's word, without what is told already."""
    by = f"By: {answers.acknowledged_by}" if answers.acknowledged_by else None
    provider = f"Provider: {answers.provider}" if answers.provider else None
    told: list[tuple[date | None, dict[str, Any]]] = [
        (answers.acknowledged_on, {"state": RequestState.ACKNOWLEDGED, "told": by}),
        (answers.offered_on, {"state": RequestState.OFFERED, "told": provider}),
        (
            answers.paused_on,
            {
                "happening": Happening.PAUSED,
                "waiting_on": answers.waiting_on,
                "told": answers.why_paused or None,
            },
        ),
        (answers.resumed_on, {"happening": Happening.RESUMED}),
        (answers.closed_on, {"state": RequestState.CLOSED, "told": answers.outcome or None}),
    ]
    known = {(event.happened_on, event.state, event.happening, event.waiting_on) for event in held}
    found = [
        RequestEvent(request=request, happened_on=day, said_by=SaidBy.HOST, message=message or None, **fields)
        for day, fields in told
        if day is not None
        and (day, fields.get("state"), fields.get("happening"), fields.get("waiting_on")) not in known
    ]
    return tuple(sorted(found, key=lambda event: event.happened_on))


def _notes(
    reader: Reader, request: SupportRequest, events: Iterable[RequestEvent], answers: Answers
) -> tuple[str, ...]:
    """What a person should know before it is taken in."""
    told = []
    stands = requests.state(events)
    if stands in requests.ENDED:
        told.append(f"{request.ref} is {stands.value} already.")
    if answers.empty:
        told.append("Nothing is filled in that can be taken in.")
    no = [label for name, label in _FIELDS[2:5] if getattr(answers, name) is False]
    if no:
        told.append(f"The host says no to a safeguard: {'; '.join(no)}. Tell the practice before it accepts.")
    if answers.anything_else:
        told.append(f"The host adds: {answers.anything_else}")
    if answers.provider and _provider(reader, answers.provider) is None:
        told.append("The provider is not among the organisations; its name is kept with the offer.")
    return tuple(told)


def _provider(reader: Reader, name: str) -> Organisation | None:
    plain = " ".join(name.split()).casefold()
    return next((one for one in reader.all(Organisation) if one.name.casefold() == plain), None)


# ---------------------------------------------------------------- taking it in


def take_in(database: Database, reply: Reply) -> int:
    """Writes what an answer changes in one step; how many things that were. The same answer a second time is nothing.

    Looks once more at what stands, so that what was changed since the preview is not written twice.
    """
    if reply.read_before is not None or not _says_anything(reply):
        return 0
    with database.change(f"Take in the host's answer to {reply.ref}") as change:
        reader = change.reader
        request = reader.get(SupportRequest, reply.request)
        copy = next(one for one in reader.all(RequestCopy) if (one.message or "").upper() == reply.number)
        events = reader.all(RequestEvent, request=request.id)
        if any(event.message == reply.message for event in events):
            return 0
        changes = _changes(request, events, reply.answers)
        change.put(_with_answers(reader, request, reply.answers))
        added = _events(request.id, events, reply.answers, reply.message)
        for event in added:
            change.add(event)
        if reply.answers.anything_else or not added:
            change.add(_word(request.id, database.today(), reply))
        change.put(replace(copy, reply_read_on=database.today()))
    return len(changes) + bool(reply.answers.anything_else)


def _says_anything(reply: Reply) -> bool:
    return bool(reply.changes or reply.answers.anything_else)


def _with_answers(reader: Reader, request: SupportRequest, answers: Answers) -> SupportRequest:
    said = {name: getattr(answers, name) for name, _ in _FIELDS if getattr(answers, name) not in (None, "")}
    provider = _provider(reader, answers.provider) if answers.provider else None
    if provider is not None:
        said["offered_by"] = provider.id
    return replace(request, **said)


def _word(request: Id, today: date, reply: Reply) -> RequestEvent:
    """What else was said, and the mark by which the answer is known again."""
    return RequestEvent(
        request=request,
        happened_on=today,
        happening=Happening.TOLD,
        said_by=SaidBy.HOST,
        told=reply.answers.anything_else or None,
        message=reply.message,
    )


def _bytes(path: Path) -> bytes:
    """The file, within the size that such a file may have."""
    try:
        if path.stat().st_size > documents.MOST_BYTES:
            raise refused(
                path.name, "it is far too large", "Choose the answer form, or the file under a passphrase."
            )
        return path.read_bytes()
    except OSError as error:
        raise refused(
            path.name,
            "it is not there, or may not be opened",
            "If it is open in another program, close it there; otherwise look where it was saved, and try again.",
        ) from error
