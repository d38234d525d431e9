"""Rounds: asked of practices and partners, each reply noted with its day and role, those missing chased by drafts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from nhsdesk.commands import attachments
from nhsdesk.commands.attachments import Looked
from nhsdesk.domain import round_rules
from nhsdesk.domain.contracts import Signature
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.round_rules import Reply
from nhsdesk.domain.rounds import ReplyKind, Round, RoundReply
from nhsdesk.papers import Audience
from nhsdesk.sections import rounds
from nhsdesk.sections.rounds import RoundView
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change


def seen(database: Database) -> tuple[RoundView, ...]:
    """All rounds, for our own eyes."""
    with database.read() as reader:
        return rounds.gather(reader, database.today(), Audience.OWN_BOARD)


def ask(database: Database, one: Round, practices: Iterable[Id], organisations: Iterable[Id] = ()) -> Round:
    """Begins a round with a line for each that is asked, as one step."""
    with database.change(f"Ask: {one.ask[:60]}") as change:
        made = change.add(one)
        for practice in practices:
            change.add(RoundReply(round=made.id, practice=practice))
        for organisation in organisations:
            change.add(RoundReply(round=made.id, organisation=organisation))
    return made


def ask_our_practices(
    database: Database, words: str, due: date | None, kind: ReplyKind = ReplyKind.YES_NO, choices: str = ""
) -> Round | Problem:
    """Asks all our practices for a reply of a kind."""
    made = round_rules.begun(words, kind, choices, database.today(), due)
    if isinstance(made, Problem):
        return made
    with database.read() as reader:
        ours = [one.id for one in reader.all(Organisation, ours=True)]
        practices = [one.id for one in reader.all(Practice) if one.network in ours]
    if not practices:
        return Problem("No practice of our PCN is entered. Nobody can be asked.")
    return ask(database, made, practices)


def reply(database: Database, view: RoundView, key: Id, answer: str, on: date, role: str) -> Problem | None:
    """Notes a reply as typed; of a round of signatures the signature itself."""
    read = round_rules.read(view.round, answer, on, role, database.today())
    if isinstance(read, Problem):
        return read
    with database.change(f"Note a reply to {view.round.ref}") as change:
        note(change, view, key, read)
    return None


def reply_with_file(
    database: Database, view: RoundView, key: Id, looked: Looked, on: date, role: str
) -> Problem | None:
    """Keeps the file that came as the reply, with its day and role, as one step."""
    if (why := round_rules.why_not_on(view.round, on, database.today())) is not None:
        return why
    read = Reply(None, None, on, " ".join(role.split()) or None)
    with database.change(f"Note a reply to {view.round.ref}") as change:
        attachments.keep(change, looked)
        note(change, view, key, read, file=looked.kept)
    return None


def note(
    change: Change, view: RoundView, key: Id, read: Reply, *, file: KeptFile | None = None,
    remark: str | None = None, message: str | None = None,
) -> None:  # fmt: skip
    """Writes a reply: in the entry of whom was asked, or in the signature itself."""
    if view.agreement is not None:
        signature = change.reader.get(Signature, key)
        change.put(replace(signature, signed_on=read.on, role=read.by_role or signature.role))
        return
    held = change.reader.get(RoundReply, key)
    change.put(
        replace(
            held, answer=read.answer, figure=read.figure, replied_on=read.on, by_role=read.by_role,
            evidence=file or held.evidence, remark=remark or held.remark, message=message or held.message,
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chase:
    """A draft to one that has not answered."""

    key: Id
    name: str
    subject: str
    words: str


def chases(database: Database, view: RoundView) -> tuple[Chase, ...]:
    """A draft for each that has not answered, and for nobody else. It tells nothing of the others' replies."""
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)
    mark = "SAMPLE" if record_file.is_sample(database) else ""
    network = f"{ours[0].name if ours else 'Our PCN'} {mark}".strip()
    subject = f"{mark} Your reply is wanted: {view.round.ask}".strip()
    today = database.today()
    return tuple(
        Chase(one.key, one.name, subject, round_rules.chase(view.round, one.name, network, today))
        for one in view.answers
        if not one.came
    )


def note_chased(database: Database, view: RoundView) -> None:
    """Notes that whoever has not answered was chased today, as one step."""
    missing = [one for one in view.answers if not one.came]
    if not missing or view.agreement is not None or database.read_only_because:
        return
    with database.change(f"Chase the replies to {view.round.ref}") as change:
        for one in missing:
            change.put(replace(change.reader.get(RoundReply, one.key), chased_on=database.today()))
