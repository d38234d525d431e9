"""The one-page form of a round: written for those who have not answered, and taken in once when it comes back.

    written = write_forms(database, view, folder)       an Excel form and a page to print for each that is missing
    answer = look(database, path)                       nothing is written yet
    take_in(database, answer, looked)                   one step; the same answer a second time is nothing

A form is known by its number. One that no round of this file gave, one that was altered, and one of a question that is
asked differently by now are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nhsdesk import errors
from nhsdesk.commands import answer_forms, attachments, rounds
from nhsdesk.commands.answer_forms import Becomes
from nhsdesk.commands.attachments import Looked
from nhsdesk.commands.whole_files import refuse_own, write_whole
from nhsdesk.documents import eml
from nhsdesk.documents import reader as documents
from nhsdesk.documents.model import Column, Paragraph, Report, Section, Table
from nhsdesk.documents.refusals import refused
from nhsdesk.domain import filled_forms, kept_files, round_answers
from nhsdesk.domain.filled_forms import FilledForm, Question, Wrong
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.round_answers import ReadAnswer
from nhsdesk.domain.round_rules import Answer
from nhsdesk.domain.rounds import ReplyKind, Round, RoundReply
from nhsdesk.sections.rounds import RoundView
from nhsdesk.store import record_file
from nhsdesk.store.database import Database

_A_LINE = 36
"""Letters that a line to write on is as long as."""
_SEND_BACK = "Please fill in the yellow cells and send this file back."


@dataclass(frozen=True, slots=True)
class Form:
    """A form to one that is asked: the lines that stand fixed on it, who asks, and how it is marked."""

    round: Round
    key: Id
    name: str
    network: str
    mark: str
    made_at: datetime

    @property
    def title(self) -> str:
        """What stands over it."""
        by = f", by {day_words(self.round.due)}" if self.round.due is not None else ""
        return f"Your reply is wanted{by}"

    @property
    def fixed(self) -> tuple[tuple[str, str], ...]:
        """What stays as it is."""
        return (
            (round_answers.REFERENCE, self.round.ref),
            (round_answers.ASKED, self.name),
            (round_answers.ASK, self.round.ask),
            (round_answers.NUMBER, round_answers.number_of(self.round, self.key)),
            (round_answers.FORM_LINE, round_answers.FORM_WORDS),
        )


def forms(database: Database, view: RoundView) -> tuple[Form, ...]:
    """A form for each that has not answered, and for nobody else."""
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)
    network = ours[0].name if ours else "Our PCN"
    mark = "SAMPLE" if record_file.is_sample(database) else ""
    return tuple(
        Form(view.round, one.key, one.name, network, mark, database.now())
        for one in view.answers
        if not one.came
    )


def sheet_of(form: Form) -> bytes:
    """The form as an Excel file of one worksheet."""
    from nhsdesk.documents.answer_form import AnswerForm, write

    return write(
        AnswerForm(
            title=form.title,
            subject=f"{form.network}: {form.round.ref}",
            author=form.network,
            created=form.made_at,
            opening=(),
            told_sheet="",
            told=(),
            sheet="Your reply",
            intro=f"{form.network} asks. {_SEND_BACK}",
            headings=("What", "Your reply", "What to write"),
            fixed=(*form.fixed[:3], *_explained(form), *form.fixed[3:]),
            lines=answer_forms.lines(round_answers.questions(form.round)),
            mark=form.mark,
        )
    )


def _explained(form: Form) -> tuple[tuple[str, str], ...]:
    return (("Explanation", form.round.explanation),) if form.round.explanation else ()


def page_of(form: Form) -> bytes:
    """The form as one page to print, fill in by hand and send back."""
    from nhsdesk.documents import pdf

    asked = tuple((one.label, _room_for(one), one.takes) for one in round_answers.questions(form.round))
    columns = (Column("What"), Column("Your reply"), Column("What to write"))
    explained = tuple(Paragraph(words) for _, words in _explained(form))
    table = Table("Your reply", columns, asked)
    return pdf.write(
        Report(
            title=form.title,
            subtitle=f"{form.network} asks {form.name}",
            organisation=form.network,
            day=form.made_at.date(),
            created=form.made_at,
            sections=(
                Section(form.round.ask, explained),
                Section("Your reply", (Paragraph("Please fill this in and send it back."), table)),
            ),
            footer=f"{form.round.ref}, form number {dict(form.fixed)[round_answers.NUMBER]}",
            mark=form.mark,
        )
    )


def _room_for(question: Question) -> str:
    """Where a pen goes: a box for each choice, or a line."""
    return (
        "  ".join(
            f"[\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}] {one}" for one in question.choices
        )
        or "_" * _A_LINE
    )


def write_forms(database: Database, view: RoundView, folder: Path) -> tuple[Path, ...]:
    """Writes an Excel form and a page for each that has not answered into a folder."""
    found = forms(database, view)
    names = [f"{one.mark} {view.round.ref} {one.name}".strip() for one in found]
    made = kept_files.unique_names(kept_files.safe_name(f"{name}.xlsx") for name in names)
    sheets = [folder / name for name in made]
    pages = [path.with_suffix(".pdf") for path in sheets]
    for target in (*sheets, *pages):
        refuse_own(database, target)
    for one, sheet, page in zip(found, sheets, pages, strict=True):
        _write(database, sheet, sheet_of(one))
        _write(database, page, page_of(one))
    return tuple(sheets)


def write_chases(database: Database, view: RoundView, folder: Path) -> tuple[Path, ...]:
    """Writes a draft with the form for each that has not answered, and notes whom they chase today as one step."""
    found = tuple(zip(rounds.chases(database, view), forms(database, view), strict=True))
    names = [f"{view.round.ref} {chase.name}.eml" for chase, _ in found]
    targets = tuple(folder / name for name in kept_files.unique_names(map(kept_files.safe_name, names)))
    for target in targets:
        refuse_own(database, target)
    for target, (chase, form) in zip(targets, found, strict=True):
        named = kept_files.safe_name(f"{form.mark} {view.round.ref} reply".strip())
        attached = {f"{named}.xlsx": sheet_of(form), f"{named}.pdf": page_of(form)}
        _write(database, target, eml.draft(chase.subject, chase.words, attached))
    rounds.note_chased(database, view)
    return targets


def _write(database: Database, target: Path, content: bytes) -> None:
    write_whole(database, target, lambda out: out.write(content))


# ---------------------------------------------------------------- what came back


@dataclass(frozen=True, slots=True)
class Answered:
    """A form that was looked at. Nothing is written yet."""

    name: str
    view: RoundView
    key: Id
    who: str
    message: str
    """The form's number and what tells this answer from another on the same form."""
    read: ReadAnswer
    changes: tuple[Becomes, ...]
    notes: tuple[str, ...]
    read_before: bool

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """What is wrong, each with its cell."""
        return self.read.wrong

    @property
    def wants_file(self) -> bool:
        """Whether the reply is a file that is to be chosen with it."""
        return self.view.round.reply_kind is ReplyKind.FILE and self.may_be_taken_in

    @property
    def may_be_taken_in(self) -> bool:
        """Whether there is anything in it that is not in the file yet."""
        return self.read.reply is not None and bool(self.changes) and not self.read_before


def look(database: Database, path: Path) -> Answered:
    """Reads a form and says what it would change. FileRefused with a sentence for what is no reply to us."""
    grids = [(grid.name, grid.rows) for grid in documents.read_workbook(path)]
    found = round_answers.find_form(grids)
    if found is None:
        raise refused(
            path.name,
            "it is not the form of a round",
            "Look for the file with “Form number” on its worksheet.",
        )
    answer_forms.refuse_other_form(
        found.fixed[round_answers.FORM_LINE], round_answers.FORM_WORDS, path.name, _altered
    )
    view, asked = _whose(database, found, path.name)
    filled = round_answers.filled_for(view.round, grids)
    assert filled is not None
    return _looked(database, view, asked, filled, path.name)


def _altered(name: str) -> errors.FileRefused:
    return refused(
        name,
        "the lines that say what it answers were altered",
        "Ask whoever sent it what happened to it, and for a reply on the form as it went out.",
    )


def _whose(database: Database, found: FilledForm, name: str) -> tuple[RoundView, Answer]:
    """The round and whom it asked; refused where the lines do not fit together, or the round is over or changed."""
    number, ref = found.fixed[round_answers.NUMBER].upper(), found.fixed[round_answers.REFERENCE].upper()
    every = [(view, one) for view in rounds.seen(database) for one in view.answers]
    mine = [(v, one) for v, one in every if round_answers.number_of(v.round, one.key) == number]
    if not mine:
        raise refused(
            name,
            f"no form with the number {number or 'it lacks'} went out from this PCN file",
            "Look whether it belongs to another PCN file, and ask whoever sent it where the form is from.",
        )
    view, asked = mine[0]
    if ref != view.round.ref.upper() or not _same(found.fixed[round_answers.ASKED], asked.name):
        raise _altered(name)
    if not _same(found.fixed[round_answers.ASK], view.round.ask):
        raise refused(
            name,
            f"it does not ask what {view.round.ref} asks now: the round was changed since, or the form was",
            "Send the form again, as it is now.",
        )
    if view.round.closed_on is not None:
        raise refused(
            name,
            f"{view.round.ref} was closed on {day_words(view.round.closed_on)}",
            "Take its “Closed on” out first if late replies are to count.",
        )
    return view, asked


def _same(told: str, ours: str) -> bool:
    return filled_forms.plain(told) == filled_forms.plain(ours[: filled_forms.LONGEST_FIXED])


def _looked(database: Database, view: RoundView, asked: Answer, filled: FilledForm, name: str) -> Answered:
    message = f"{round_answers.number_of(view.round, asked.key)}:{answer_forms.fingerprint(filled.cells)}"
    read = round_answers.read_answer(view.round, filled, database.today())
    before = "" if view.agreement is not None else _message(database, asked.key)
    changes = () if read.reply is None else _changes(view, asked, read)
    return Answered(
        name,
        view,
        asked.key,
        asked.name,
        message,
        read,
        changes,
        _notes(view, asked, read, changes),
        before == message,
    )


def _message(database: Database, key: Id) -> str:
    with database.read() as reader:
        return reader.get(RoundReply, key).message or ""


def _changes(view: RoundView, asked: Answer, read: ReadAnswer) -> tuple[Becomes, ...]:
    """The reply as it stands and as it would; nothing where they are the same."""
    reply = read.reply
    assert reply is not None
    then = Answer(
        asked.key, asked.name, reply.answer or "", reply.figure, read.file, reply.on, reply.by_role or ""
    )
    told = (
        [Becomes("Reply", asked.words if asked.came else "", then.words)] if then.words != asked.words else []
    )
    return (*told, *((Becomes("Remark", "", read.remark),) if _keeps_remark(view, read) else ()))


def _keeps_remark(view: RoundView, read: ReadAnswer) -> bool:
    """A signature has no room for anything else; it is told instead."""
    return bool(read.remark) and view.agreement is None


def _notes(view: RoundView, asked: Answer, read: ReadAnswer, changes: tuple[Becomes, ...]) -> tuple[str, ...]:
    told = []
    if asked.came and any(one.now for one in changes):
        told.append("It takes the place of the reply that is there.")
    if read.remark and view.agreement is not None:
        told.append(f"They add, and it is not kept with the signature: {read.remark}")
    if read.file:
        told.append(f"The file “{read.file}” should have come with it. Choose it when you take the reply in.")
    return tuple(told)


def take_in(database: Database, answered: Answered, file: Looked | None = None) -> bool:
    """Notes the reply of a form as one step; False where there is nothing to take in, or it was taken in before.

    Looks once more at what stands, so that the same answer taken in twice is written once.
    """
    reply, signed = answered.read.reply, answered.view.agreement is not None
    if reply is None or not answered.may_be_taken_in:
        return False
    if answered.wants_file and file is None:
        raise errors.DeskError(
            "The reply is a file. Nothing was taken in. Choose the file that came with the form."
        )
    with database.change(f"Take in the reply of {answered.who} to {answered.view.round.ref}") as change:
        if not signed and change.reader.get(RoundReply, answered.key).message == answered.message:
            return False
        if file is not None:
            attachments.keep(change, file)
        rounds.note(
            change, answered.view, answered.key, reply, file=None if file is None else file.kept,
            remark=answered.read.remark or None, message=answered.message,
        )  # fmt: skip
    return True
