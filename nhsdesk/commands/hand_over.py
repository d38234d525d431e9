"""Handing a support request over to a host: as a file under a passphrase, a form, a page, or a draft e-mail.

    prepared = hand_over.prepare(database, request_id)
    hand_over.give(database, request_id, Giving(GivenAs.FILE, "Integrator host", path, passphrase))

Nothing leaves before the practice has agreed. Each copy is noted with to whom it went, as what, and its SHA-256; the
passphrase is kept nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nhsdesk import errors
from nhsdesk.commands import answer_forms, handed_file, whole_files
from nhsdesk.documents import eml, sealed
from nhsdesk.documents.model import Column, Paragraph, Report, Section, Table
from nhsdesk.domain import clock_limits, handing_over, passphrases, request_answers, requests
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.fields import Record
from nhsdesk.domain.handing_over import Message
from nhsdesk.domain.integrators import Integrator, IntegratorFunction
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.request_answers import QUESTIONS
from nhsdesk.domain.requests import (
    GivenAs,
    RequestCopy,
    RequestEvent,
    RequestNote,
    RequestState,
    SaidBy,
    SupportRequest,
)
from nhsdesk.domain.service_levels import Clock, ServiceLevel
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

ENDINGS = {
    GivenAs.FILE: ".nhsdesk-request",
    GivenAs.FORM: ".xlsx",
    GivenAs.PDF: ".pdf",
    GivenAs.EMAIL: ".eml",
}
"""The ways a request can be handed over as a file, and how each file's name ends."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would leave, and what stands in its way."""

    message: Message | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Giving:
    """How it is to leave: as what, to whom, where the file is to lie, and under which passphrase."""

    given_as: GivenAs
    given_to: str
    target: Path
    passphrase: str = ""


def named(database: Database, ref: str) -> SupportRequest:
    """The support request of a reference; a sentence where there is none."""
    with database.read() as reader:
        found = reader.by_ref(ref)
    if not isinstance(found, SupportRequest):
        raise errors.PaperRefused(
            f"There is no support request {quoted(ref)} in this PCN file. Nothing was done."
        )
    return found


@dataclass(frozen=True, slots=True)
class Offered:
    """A request that may be chosen to be handed over: its id, and the words it is known by."""

    id: Id
    words: str


def offered(database: Database) -> tuple[Offered, ...]:
    """Every request that has not come to its end, by its reference."""
    with database.read() as reader:
        events: dict[Id, list[RequestEvent]] = {}
        for event in reader.all(RequestEvent):
            events.setdefault(event.request, []).append(event)
        held = reader.all(SupportRequest)
        practices = reader.several(Practice, {one.practice for one in held})
    found = []
    for one in held:
        stands = requests.state(events.get(one.id, ()))
        if stands not in requests.ENDED:
            found.append(Offered(one.id, f"{one.ref}, {practices[one.practice].name} ({stands.value})"))
    return tuple(found)


def copies(database: Database, request: Id) -> tuple[RequestCopy, ...]:
    """Who was given a copy of a request, the newest first."""
    with database.read() as reader:
        return tuple(reversed(reader.all(RequestCopy, request=request)))


def advice_on(passphrase: str, prepared: Prepared) -> str:
    """What is wrong with a passphrase for this request; empty for a good one."""
    return passphrases.why_weak(passphrase, _known(prepared.message) if prepared.message else ())


def prepare(database: Database, request: Id) -> Prepared:
    """What would leave of a request just now; no message while something stands in its way."""
    with database.read() as reader:
        return _prepared(database, reader, request, number="")


def _prepared(database: Database, reader: Reader, id_: Id, number: str) -> Prepared:
    request = reader.get(SupportRequest, id_)
    notes = reader.all(RequestNote, request=id_)
    stands = requests.state(reader.all(RequestEvent, request=id_))
    problems = handing_over.may_go(request, stands, notes)
    if problems:
        return Prepared(None, problems)
    mark = "SAMPLE" if record_file.is_sample(database) else ""
    return Prepared(_message(reader, request, notes, database.today(), number, mark), ())


def _message(
    reader: Reader, request: SupportRequest, notes: tuple[RequestNote, ...], today: date, number: str, mark: str
) -> Message:  # fmt: skip
    practice = reader.get(Practice, request.practice)
    ours = next(iter(reader.all(Organisation, ours=True)), None)
    contact = reader.find(Person, request.contact)
    assert request.practice_agreed_on is not None
    return Message(
        number=number,
        ref=request.ref,
        network=ours.name if ours else "A primary care network",
        network_code=(ours.ods_code or "") if ours else "",
        practice=practice.name,
        practice_code=practice.ods_code or "",
        given_on=today,
        category=request.category.words if request.category else "",
        level=request.level.words if request.level else "",
        risk=request.risk,
        threatens_team=request.threatens_team,
        safety_concern=request.safety_concern,
        reported_elsewhere=request.reported_elsewhere or "",
        words=(request.agreed_words or "").strip(),
        wanted_outcome=request.wanted_outcome or "",
        agreed_on=request.practice_agreed_on,
        agreed_by=request.agreed_by or "",
        support_looked_at=request.support_looked_at or "",
        contact=contact.role_title if contact else "",
        asked_of=_asked_of(reader, request),
        service_levels=_service_levels(reader, request, today),
        notes=tuple(note.words for note in notes if note.shareable),
        mark=mark,
    )


def _asked_of(reader: Reader, request: SupportRequest) -> str:
    integrator = reader.find(Integrator, request.integrator)
    function = reader.find(IntegratorFunction, request.function)
    return ", ".join(one.name for one in (integrator, function) if one is not None)


def _service_levels(reader: Reader, request: SupportRequest, today: date) -> tuple[str, ...]:
    """The time limit of each clock in force for such a request: the one that names most of it."""
    levels = reader.all(ServiceLevel)
    serious = (request.risk, request.level)
    limits = (clock_limits.in_force(levels, clock, serious, today) for clock in Clock)
    return tuple(
        f"To be {one.clock.value} within {one.amount} {one.unit.value}." for one in limits if one is not None
    )


# ---------------------------------------------------------------- the copy


def give(database: Database, request: Id, giving: Giving) -> RequestCopy:
    """Writes the copy, notes who holds it, and that the request was sent, in one step."""
    _refuse(giving)
    with database.read() as reader:
        number = f"{reader.get(SupportRequest, request).ref}-{secrets.token_hex(5).upper()}"
        prepared = _prepared(database, reader, request, number)
        message = prepared.message
    if message is None:
        told = " ".join(problem.sentence for problem in prepared.problems)
        raise errors.PaperRefused(f"Nothing was handed over. {told}", prepared.problems)
    why = giving.given_as is GivenAs.FILE and passphrases.why_weak(giving.passphrase, _known(message))
    if why:
        raise errors.PaperRefused(f"Nothing was handed over. {why}")
    content = copy_of(message, giving, database.now())
    whole_files.refuse_own(database, giving.target)
    with whole_files.written_beside(giving.target, lambda out: out.write(content)) as put_in_place:
        copy = _note(database, request, giving, number, hashlib.sha256(content).hexdigest())
        put_in_place()
    return copy


def _refuse(giving: Giving) -> None:
    ending = ENDINGS.get(giving.given_as)
    if ending is None:
        raise ValueError(f"nothing is written for {giving.given_as}")
    if not giving.given_to.strip():
        raise errors.PaperRefused("Nothing was handed over. Say to whom it goes: an organisation and a role.")
    if giving.target.suffix.lower() != ending:
        raise errors.Unwritable(
            f"Nothing was handed over. This copy is a file whose name ends in {ending}. Choose such a name."
        )


def _known(message: Message) -> tuple[str, ...]:
    """What anybody would try first as the passphrase."""
    return tuple(filter(None, (
        message.practice, message.practice_code, message.network, message.network_code, message.ref, message.category,
    )))  # fmt: skip


def _note(database: Database, request: Id, giving: Giving, number: str, sha256: str) -> RequestCopy:
    with database.change("Hand over a support request") as change:
        change.sealing = True  # what has left the house is not undone by a key
        copy = change.add(
            RequestCopy(
                request=request,
                given_to=" ".join(giving.given_to.split()),
                given_on=database.today(),
                given_as=giving.given_as,
                message=number,
                sha256=sha256,
            )
        )
        stands = requests.state(change.reader.all(RequestEvent, request=request))
        if stands in (RequestState.DRAFTED, RequestState.AGREED):
            asked = change.reader.get(SupportRequest, request)
            sent: Record = RequestEvent(
                request=request,
                happened_on=database.today(),
                state=RequestState.SENT,
                said_by=SaidBy.US,
                risk=asked.risk,
                level=asked.level,
            )
            change.add(sent)
    return copy


def suggested_name(prepared: Prepared, given_as: GivenAs) -> str:
    """A name for its file that tells nothing of the practice: "Support request SR-003.pdf"."""
    message = prepared.message
    ref = message.ref if message else ""
    mark = f"{message.mark} " if message and message.mark else ""
    return f"{mark}Support request {ref}".strip() + ENDINGS[given_as]


def copy_of(message: Message, giving: Giving, made_at: datetime) -> bytes:
    """The bytes of the copy."""
    match giving.given_as:
        case GivenAs.FORM:
            return form_of(message, made_at)
        case GivenAs.PDF:
            return page_of(message, made_at)
        case GivenAs.EMAIL:
            return _letter(message, made_at)
        case _:
            packed = handed_file.pack(message, form_of(message, made_at), page_of(message, made_at))
            return sealed.seal(packed, giving.passphrase)


def form_of(message: Message, made_at: datetime) -> bytes:
    """The Excel form that the host answers on."""
    from nhsdesk.documents.answer_form import AnswerForm, write

    return write(
        AnswerForm(
            title=f"Support request {message.ref}",
            subject=f"In confidence: support request {message.ref} of {message.network}",
            author=message.network,
            created=made_at,
            opening=(handing_over.MARK, "Your answer goes on the second worksheet."),
            told_sheet="The request",
            told=handing_over.request_words(message),
            sheet=request_answers.SHEET,
            intro=f"{handing_over.MARK} Fill in the yellow cells you can answer now, and send this file back.",
            headings=("Question", request_answers.ANSWER, "What to write"),
            fixed=(
                (request_answers.REFERENCE, message.ref),
                (request_answers.NUMBER, message.number),
                (request_answers.PRACTICE_CODE, message.practice_code or handing_over.NOT_SAID),
                (request_answers.FORM_LINE, request_answers.FORM_WORDS),
            ),
            lines=answer_forms.lines(QUESTIONS),
            mark=message.mark,
        )
    )


def page_of(message: Message, made_at: datetime) -> bytes:
    """The request as a page to read."""
    from nhsdesk.documents import pdf

    words = handing_over.request_words(message)
    table = Table("Request", (Column("What"), Column("Answer")), tuple(words))
    notice = (
        f"{handing_over.MARK} Please answer on the Excel form that goes with this, or by a letter with the reference. "
        "Who holds a copy is noted; please say when yours was destroyed."
    )
    return pdf.write(
        Report(
            title="Support request",
            subtitle=f"{message.ref} of {message.network}",
            organisation=message.network,
            day=message.given_on,
            created=made_at,
            sections=(
                Section("In confidence", (Paragraph(notice),)),
                Section("The request", (table,)),
            ),
            footer=f"In confidence. {message.ref}, form number {message.number}",
            mark=message.mark,
        )
    )


def _letter(message: Message, made_at: datetime) -> bytes:
    """A draft to be opened in Outlook or another mail program, with no address and no sender."""
    name = f"Support request {message.ref}"
    attached = {
        f"{name}.pdf": page_of(message, made_at),
        f"{name} answer form.xlsx": form_of(message, made_at),
    }
    return eml.draft(handing_over.subject(message), handing_over.letter(message), attached)
