"""Documents from outside: taken in with their file, read, quoted from, looked through again, replaced by newer ones.

Reading a file takes a while and is done first, beside the window; what is kept is then one step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nhsdesk import errors
from nhsdesk.commands import entries
from nhsdesk.documents import text
from nhsdesk.documents.text import DocumentText, Whole
from nhsdesk.domain import lineage, patient_data, quotations
from nhsdesk.domain.commitments import Commitment, CommitmentKind, QuotationFound
from nhsdesk.domain.entry import whole_letters
from nhsdesk.domain.kinds import KeptFile
from nhsdesk.domain.lineage import Step, ToReadAgain
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.quotations import Finding
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from nhsdesk.store.door import Change
from nhsdesk.store.reading import Reader

# ---- taking in


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as read, before anything of it is kept."""

    path: Path
    whole: Whole


def look_at(path: Path) -> Seen:
    """Reads a file from outside. Refused in a sentence: no document, what means harm, a patient's number."""
    whole = text.take(path)
    _refuse_patient_data(path.name, whole.text)
    return Seen(path, whole)


def _refuse_patient_data(name: str, read: text.DocumentText | None) -> None:
    named = tuple(one for one in patient_data.find_in_name(name) if one.grade is patient_data.Grade.HIGH)
    in_text = ((one.locator, patient_data.likely(one.text)) for one in (read.passages if read else ()))
    for where, found in (("its name", named), *in_text):
        if found:
            raise errors.PatientData(
                f"{patient_data.masked(name)} was not taken in: {where} holds what looks like an "
                f"{found[0].what} ({found[0].masked}). Nothing has been changed. No patient’s number is kept here: "
                "have it taken out and take that copy in. If it is something else, keep the file with an entry, on its "
                "tab Files, and give the reason."
            )


def known(database: Database, seen: Seen) -> SourceDocument | None:
    """The document that has this very file already."""
    with database.read() as reader:
        held = reader.all(SourceDocument)
    return next((one for one in held if one.kept is not None and one.kept.sha256 == seen.whole.sha256), None)


def take_in(database: Database, seen: Seen, into: SourceDocument | None = None) -> SourceDocument:
    """Keeps a file as a new document, or as the file of one; a file that is known already is not kept twice."""
    already = known(database, seen)
    if already is not None and (into is None or into.id == already.id):
        return already
    if already is not None:
        raise errors.FileRefused(
            f"{seen.path.name} was not taken in: it is the file of {already.ref} already. Nothing was changed."
        )
    label = "Take in a document" if into is None else f"Take in the file of {into.ref}"
    with database.change(label) as change:
        kept = _kept(change, seen)
        if into is None:
            title = " ".join(whole_letters(seen.path.stem).replace("_", " ").split()) or kept.name
            return change.add(SourceDocument(title=title, kept=kept, mentions_pcns=_names_pcns(seen)))
        held = change.reader.get(SourceDocument, into.id)
        named = held.mentions_pcns if held.mentions_pcns is not None else _names_pcns(seen)
        return change.put(replace(held, kept=kept, mentions_pcns=named))


def _kept(change: Change, seen: Seen) -> KeptFile:
    whole, name = seen.whole, whole_letters(seen.whole.name)
    if whole.content is None:
        return KeptFile(name, whole.sha256, whole.size, whole_letters(str(seen.path.absolute())))
    return change.keep_bytes(name, whole.content, whole.sha256)


def _names_pcns(seen: Seen) -> bool | None:
    """A scan tells nothing: it is not yet known what it names."""
    read = seen.whole.text
    return bool(quotations.names_pcns(read.passages)) if read is not None and read.has_words else None


# ---- reading


def text_of(database: Database, document: SourceDocument) -> DocumentText:
    """The text of a document's file. Raises DeskError where there is none to read here."""
    if document.kept is None:
        raise errors.DeskError(
            f"{document.ref} has no file yet. Nothing was changed. Take in its file, or cite it by page as before."
        )
    if document.kept.lies_at:
        raise errors.DeskError(
            f"The file of {document.ref} is larger than 25 MB and is only referred to: it lies at "
            f"{document.kept.lies_at}. Nothing was changed. Open it there."
        )
    with database.read() as reader:
        content = reader.kept_bytes(document.kept.sha256)
    if content is None:
        raise errors.Damaged(
            f"The file of {document.ref} is not in the PCN file. Nothing was changed. Take it in again."
        )
    return text.of(content, document.kept.name)


def read_from(database: Database, document: SourceDocument) -> tuple[Commitment, ...]:
    """The commitments read from a document, in the order in which they stand in it."""
    with database.read() as reader:
        found = reader.all(Commitment, document=document.id)
    return tuple(sorted(found, key=lambda one: (quotations.place_of(one.locator), one.id)))


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked of whoever found a commitment, as typed; where it is written is known already."""

    what: str
    who: str = ""
    by_when: str = ""
    kind: str = ""

    def by_field(self) -> dict[str, str]:
        """Each answer under the field it fills."""
        return {"title": self.what, "owed_to": self.who, "due": self.by_when, "kind": self.kind}


def keep_begun(
    database: Database, key: str, document: SourceDocument, answers: Answers, locator: str, quotation: str
) -> str:
    """Keeps answers as drafts of a commitment not yet added, which the register offers to go on with. Gives the key."""
    where = {"document": entries.link_words(document), "locator": locator, "quotation": quotation}
    typed = {name: words for name, words in answers.by_field().items() if words}
    drafts.keep_all(database, Commitment.KIND.name, key, where | typed)
    return key


def capture(
    database: Database,
    document: SourceDocument,
    answers: Answers,
    locator: str,
    quotation: str,
    *,
    key: str = "",
) -> Commitment | tuple[Problem, ...]:
    """Keeps a commitment with the words it was read from, or says which answer cannot be read.

    Under `key` lie the drafts that it takes the place of.
    """
    typed = answers.by_field()
    today = database.today()
    with database.read() as reader:
        values: dict[str, Any] = {
            name: entries.read_words(reader, Commitment.KIND.field(name), words, today)
            for name, words in typed.items()
        }
    wrong = [replace(one, field=name) for name, one in values.items() if isinstance(one, Problem)]
    if wrong:
        return tuple(wrong)
    quoted = quotation.strip()
    if quoted:
        values |= {"quotation": quoted, "quotation_found": QuotationFound.THERE, "quotation_checked": today}
    made = Commitment(**values, document=document.id, locator=locator.strip() or None, read_on=today)
    with database.change(f"Add commitment from {document.ref}") as change:
        drafts.forget(change.reader.connection, Commitment.KIND.name, key)
        return change.add(made)


# ---- looking again


@dataclass(frozen=True, slots=True)
class Rechecked:
    """A commitment whose exact words were looked for, and what became of them."""

    commitment: Commitment
    finding: Finding


def recheck(
    database: Database, document: SourceDocument, read: DocumentText, only: Commitment | None = None
) -> tuple[Rechecked, ...]:
    """Looks for the exact words read from a document, of all commitments or of one; keeps only what is another."""
    today = database.today()
    found: list[Rechecked] = []
    with database.change(f"Look for exact words in {document.ref}") as change:
        for one in change.reader.all(Commitment, document=document.id):
            if not one.quotation or (only is not None and one.id != only.id):
                continue
            finding = quotations.look(one.quotation, one.locator, read.passages)
            now = replace(one, quotation_found=finding.found, quotation_checked=today)
            found.append(Rechecked(change.put(now) if now != one else one, finding))
    return tuple(found)


def take_page(database: Database, commitment: Commitment, at: str) -> Commitment:
    """Gives a commitment the page on which its exact words were found."""
    with database.change(f"Change Page or paragraph of {commitment.ref}") as change:
        held = change.reader.get(Commitment, commitment.id)
        return change.put(
            replace(
                held,
                locator=at,
                quotation_found=QuotationFound.THERE,
                quotation_checked=database.today(),
            )
        )


# ---- what replaces what


def supersede(database: Database, newer: SourceDocument, older: SourceDocument) -> SourceDocument:
    """Says that a document takes the place of another, which from then on counts as replaced."""
    with database.change(f"{newer.ref} supersedes {older.ref}") as change:
        held = change.reader.get(SourceDocument, newer.id)
        before = {one.id: one.supersedes for one in change.reader.all(SourceDocument)}
        if lineage.would_ring(before, newer.id, older.id):
            what = "itself" if newer.id == older.id else f"{older.ref}, which already supersedes it"
            raise errors.DeskError(
                f"{newer.ref} cannot supersede {what}. Nothing was changed. Choose another."
            )
        if held.supersedes is not None and held.supersedes != older.id:
            raise errors.DeskError(
                f"{newer.ref} supersedes {change.ref_of(held.supersedes)} already. Nothing was changed. Open "
                f"{newer.ref} in the register where that is wrong."
            )
        gone = change.reader.get(SourceDocument, older.id)
        change.put(replace(gone, status=DocumentStatus.REPLACED))
        return change.put(replace(held, supersedes=older.id))


def carry_out(database: Database, document: SourceDocument, origin: SourceDocument) -> SourceDocument:
    """Says that a document carries out the policy of another."""
    with database.change(f"{document.ref} comes from {origin.ref}") as change:
        before = {one.id: one.comes_from for one in change.reader.all(SourceDocument)}
        if lineage.would_ring(before, document.id, origin.id):
            what = "itself" if document.id == origin.id else f"{origin.ref}, which already comes from it"
            raise errors.DeskError(
                f"{document.ref} cannot come from {what}. Nothing was changed. Choose another."
            )
        held = change.reader.get(SourceDocument, document.id)
        return change.put(replace(held, comes_from=origin.id))


@dataclass(frozen=True, slots=True)
class Standing:
    """What rests on words that may no longer hold."""

    superseded: tuple[tuple[SourceDocument, SourceDocument | None, tuple[Commitment, ...]], ...]
    """A document that was replaced, what holds today where that is known, and what still rests on the old one."""
    to_read_again: tuple[ToReadAgain, ...]


def standing(database: Database) -> Standing:
    """Every commitment that rests on a superseded document, and every assurance to be read again."""
    with database.read() as reader:
        documents, organisations = reader.all(SourceDocument), reader.all(Organisation)
        commitments = _asking(reader, documents)
    resting = []
    for document, several in lineage.resting_on_superseded(documents, commitments):
        now = lineage.latest(documents, document)
        resting.append((document, now if now.id != document.id else None, several))
    return Standing(tuple(resting), lineage.to_read_again(documents, commitments, organisations))


def _asking(reader: Reader, documents: tuple[SourceDocument, ...]) -> tuple[Commitment, ...]:
    """What rests on superseded documents, and assurances, in the order they were added: few of thousands."""
    assured = reader.all(Commitment, kind=CommitmentKind.ASSURANCE)
    old = [one.id for one in lineage.superseded(documents)]
    held = {one.id: one for one in (*assured, *reader.hanging_on(Commitment, "document", old))}
    return tuple(held[id_] for id_ in sorted(held))


def mark_read_again(database: Database, older: SourceDocument) -> SourceDocument:
    """Notes that the assurances of a document were read again today, beside what its publisher said since."""
    with database.change(f"Read the assurances of {older.ref} again") as change:
        held = change.reader.get(SourceDocument, older.id)
        return change.put(replace(held, reread_on=database.today()))


def where_from(database: Database, document: SourceDocument) -> tuple[Step, ...]:
    """The whole line of policy that a document stands in."""
    with database.read() as reader:
        return lineage.line(reader.all(SourceDocument), document)


def mentions(database: Database) -> tuple[lineage.Mentions, ...]:
    """For each body, how many of its documents name PCNs."""
    with database.read() as reader:
        return lineage.mentions(reader.all(SourceDocument))
