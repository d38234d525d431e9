"""Filling a commissioner's own workbook: look at what would be written, then write it and keep it as sent.

    workbook = workbook_mapping.named(database, "Place return")
    prepared = filling.prepare(database, workbook, papers.asked_of(database, month, None))
    prepared.problems, prepared.differences, prepared.since
    filling.issue(database, prepared, target, acknowledged=True)

What was sent is kept byte for byte with the source of each cell, so that every one can be followed back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import nhsdesk
from nhsdesk import errors
from nhsdesk.commands import filings, whole_files, workbook_mapping
from nhsdesk.commands.fill_sources import Sources
from nhsdesk.documents import template
from nhsdesk.documents.template import Difference, Filled, Rows
from nhsdesk.documents.template_differences import differences
from nhsdesk.documents.template_print import Fate
from nhsdesk.domain import filling, patient_data
from nhsdesk.domain.entry import quoted, whole_letters
from nhsdesk.domain.filling import Value
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.papers import Asked, Audience, facts_to_json, read_facts
from nhsdesk.sections import heading
from nhsdesk.sections.filled_workbook import FilledFacts, PutCell, PutRows
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

KEY = "filled-workbook"
"""The name under which what was sent is kept."""
MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workbook that is ready: its bytes, what differs from the blank and from what was sent last, and problems."""

    workbook: WorkbookToFill
    asked: Asked
    facts: FilledFacts
    content: bytes
    problems: tuple[Problem, ...]
    differences: tuple[Difference, ...]
    since: tuple[Difference, ...] | None
    """Against what was sent last; None where nothing was."""
    position: int

    @property
    def suggested_name(self) -> str:
        """A name for its file, ending as the blank does."""
        assert self.workbook.blank is not None
        ending = Path(self.workbook.blank.name).suffix.lower()
        return " ".join(filter(None, (self.asked.mark, self.workbook.name, str(self.asked.month)))) + ending


def prepare(
    database: Database, workbook: WorkbookToFill, asked: Asked, blank_file: Path | None = None
) -> Prepared:
    """Fills the blank from what the file holds now; nothing is written. Raises a sentence where there is no blank.

    A workbook given as a file is filled where every mapped place is where it was in the one that is kept.
    """
    given = None if blank_file is None else _checked(database, workbook, blank_file)
    with database.read() as reader:
        blank = given or (reader.kept_bytes(workbook.blank.sha256) if workbook.blank else None)
        if blank is None or workbook.blank is None:
            raise errors.PaperRefused(
                f"{workbook.name} has no blank workbook to fill. Nothing was made. Keep its file first."
            )
        sources = Sources.of(reader, asked)
        cells, lists, put, put_lists, problems = _asked_for(reader, workbook, sources)
        before = _sent_last(reader, workbook)
        position = queries.position(reader)
        told = (*heading.check(sources.head), *sources.problems, *problems)
    name = workbook.blank.name
    filled: Filled = template.fill(blank, name, cells, lists)
    since = None if before is None else differences((before, name), (filled.content, name))
    facts = FilledFacts(sources.head, workbook.ref, workbook.name, _hash(blank), tuple(put), tuple(put_lists))
    found = tuple(dict.fromkeys((*told, *filled.problems, *_patient_data(facts))))
    return Prepared(workbook, asked, facts, filled.content, found, filled.differences, since, position)


def _checked(database: Database, workbook: WorkbookToFill, path: Path) -> bytes:
    """The bytes of a workbook that is given, where all that was mapped is where it was."""
    newer = workbook_mapping.look_at_newer(database, workbook, path)
    moved = [one for one in newer.compared.places if one.fate is not Fate.SAME or one.missing]
    if moved:
        told = " ".join(one.told for one in moved[:MOST_TOLD])
        more = f" And {len(moved) - MOST_TOLD} more." if len(moved) > MOST_TOLD else ""
        raise errors.PaperRefused(
            f"{path.name} is another version than the one that was mapped as {workbook.name}. Nothing was made. "
            f"{told}{more} Take it over as the newer version, on the page Workbooks to fill."
        )
    return newer.content


def _asked_for(
    reader: Reader, workbook: WorkbookToFill, sources: Sources
) -> tuple[dict[tuple[str, str], template.Value], list[Rows], list[PutCell], list[PutRows], list[Problem]]:
    cells: dict[tuple[str, str], template.Value] = {}
    put: list[PutCell] = []
    problems: list[Problem] = []
    for one in reader.all(MappedCell, workbook=workbook.id):
        source = one.fills or ""
        value: Value | Problem = sources.figure(source) if source else one.words
        if isinstance(value, Problem):
            problems.append(_at(value, f"{one.cell} of {quoted(one.sheet)}", one))
            continue
        cells[one.sheet, one.cell] = _for_cell(value)
        put.append(PutCell(one.sheet, one.cell, source, filling.words_of(value)))
    lists: list[Rows] = []
    put_lists: list[PutRows] = []
    for listed in reader.all(MappedList, workbook=workbook.id):
        made = _rows(reader, listed, sources, problems)
        if made is not None:
            lists.append(made[0])
            put_lists.append(made[1])
    if not cells and not lists and not problems:
        problems.append(Problem(f"Nothing is said yet of what fills {workbook.name}.", Weight.MUST_FIX))
    if workbook.id in reader.not_confirmed():
        sentence = (
            f"What fills {workbook.name} came from another PCN and is not confirmed by us. Look at each cell."
        )
        problems.append(Problem(sentence, Weight.ACKNOWLEDGE, WorkbookToFill.KIND.name, workbook.id))
    return cells, lists, put, put_lists, problems


def _rows(
    reader: Reader, listed: MappedList, sources: Sources, problems: list[Problem]
) -> tuple[Rows, PutRows] | None:
    where = f"The rows below {listed.header} of {quoted(listed.sheet)}"
    listing = sources.listing(listed.fills)
    if isinstance(listing, Problem):
        problems.append(_at(listing, where, listed))
        return None
    rows, wrong = filling.rows_wanted(listing, listed.only or "", listed.in_order or "", sources.asked.day)
    problems += [_at(one, where, listed) for one in wrong]
    letters: list[str] = []
    named: list[str] = []
    columns: list[list[Value]] = []
    for column in reader.all(MappedColumn, table=listed.id):
        if not column.fills:
            values: list[Value] = [column.words] * len(rows)
        else:
            place = filling.place_of(listing, column.fills)
            if isinstance(place, Problem):
                problems.append(_at(place, where, listed))
                continue
            values = [row[place] for row in rows]
        letters.append(column.column)
        named.append(column.fills or f"always {quoted(column.words or '')}")
        columns.append(values)
    if wrong or not letters:
        return None
    across = list(zip(*columns, strict=True)) if rows else []
    cells = tuple(tuple(_for_cell(value) for value in row) for row in across)
    said = tuple(tuple(filling.words_of(value) for value in row) for row in across)
    asked = Rows(listed.sheet, listed.header, tuple(letters), cells, listed.table or "")
    kept = PutRows(
        listed.sheet,
        listed.header,
        listed.fills,
        listed.only or "",
        listed.in_order or "",
        tuple(named),
        said,
    )
    return asked, kept


def _for_cell(value: Value) -> template.Value:
    """A month goes in as its words: a cell knows days, and none of them is the month."""
    return value.words if isinstance(value, Month) else value


def _at(problem: Problem, where: str, record: MappedCell | MappedList) -> Problem:
    return Problem(f"{where}: {problem.sentence}", problem.weight, record.KIND.name, record.id)


def sent_of(reader: Reader, workbook: WorkbookToFill) -> tuple[SentPaper, ...]:
    """What was sent of a workbook and of those it replaced, newest first: known by the name that it has kept."""
    sent = [one for one in reader.all(SentPaper, paper=KEY) if one.title.startswith(f"{workbook.name}, ")]
    return tuple(sorted(sent, key=lambda one: (one.issued_at, one.id), reverse=True))


def _sent_last(reader: Reader, workbook: WorkbookToFill) -> bytes | None:
    sent = sent_of(reader, workbook)
    return reader.kept_bytes(sent[0].kept.sha256) if sent else None


def facts_of(database: Database, sent: SentPaper) -> FilledFacts:
    """What was put into a workbook that was sent, cell by cell. Raises a sentence where that can no longer be read."""
    with database.read() as reader:
        content = reader.kept_bytes(sent.facts.sha256)
    try:
        return read_facts(FilledFacts, content or b"")
    except ValueError:
        raise errors.PaperRefused(
            f"What filled the cells of {sent.ref} can no longer be read. Its file is kept, and can be saved again as "
            "it was sent."
        ) from None


def _patient_data(facts: FilledFacts) -> tuple[Problem, ...]:
    told: dict[str, Problem] = {}
    words = [one.value for one in facts.cells] + [
        cell for one in facts.lists for row in one.rows for cell in row
    ]
    for text in words:
        for found in patient_data.likely(text):
            sentence = (
                f"What is to be filled in holds what looks like an {found.what} ({found.masked}). Take it out, or "
                "acknowledge that it is something else."
            )
            told[sentence] = Problem(sentence, Weight.ACKNOWLEDGE)
    return tuple(told.values())


def issue(database: Database, prepared: Prepared, target: Path, *, acknowledged: bool) -> SentPaper:
    """Writes the filled workbook and keeps it with each cell's source.

    Refused while something must be put right, and where the PCN file would fill it otherwise now.
    """
    _refuse(prepared, acknowledged)
    refuse_target(database, prepared, target)
    _refuse_overtaken(database, prepared)
    facts = facts_to_json(prepared.facts)
    workbook, asked = prepared.workbook, prepared.asked
    with whole_files.written_beside(target, lambda out: out.write(prepared.content)) as put_in_place:
        with database.change(f"Fill {quoted(workbook.name)}") as change:
            kept = change.keep_bytes(whole_letters(target.name), prepared.content, _hash(prepared.content))
            kept_facts = change.keep_bytes(f"{KEY} facts.json", facts, _hash(facts))
            sent = change.add(
                SentPaper(
                    paper=KEY,
                    title=f"{workbook.name}, {asked.month.words}",
                    period=asked.month.words,
                    audience=Audience.PARTNERS.value,
                    issued_at=database.now(),
                    kept=kept,
                    facts=kept_facts,
                    acknowledged="\n".join(one.sentence for one in prepared.problems) or None,
                    position=prepared.position,
                    program=nhsdesk.__version__,
                )
            )
            filings.noted_with(change, sent, database.today(), workbook.id)
        put_in_place()
    return sent


def save_draft(database: Database, prepared: Prepared, target: Path) -> None:
    """Writes the filled workbook to look at; nothing is kept as sent."""
    refuse_target(database, prepared, target)
    with whole_files.written_beside(target, lambda out: out.write(prepared.content)) as put_in_place:
        put_in_place()


def refuse_target(database: Database, prepared: Prepared, target: Path) -> None:
    """A filled workbook ends as its blank does, and never takes the place of a PCN file or of what is open."""
    ending = Path(prepared.suggested_name).suffix
    if target.suffix.lower() != ending:
        raise errors.Unwritable(
            f"{prepared.workbook.name} is a {ending} file. Nothing was written. Choose a name ending in {ending}."
        )
    whole_files.refuse_own(database, target)
    if target.is_file() and (whose := template.opened_elsewhere(target)) is not None:
        raise errors.Unwritable(
            f"{target.name} is open {whose}. It was left as it is. Close it there, or choose another name."
        )


def may_go_on(prepared: Prepared) -> bool:
    """Whether nothing but a word of acknowledgement stands in the way."""
    return all(one.weight is not Weight.MUST_FIX for one in prepared.problems)


def is_overtaken(database: Database, prepared: Prepared) -> bool:
    """Whether what was looked at is no longer what the PCN file holds: other cells, other points, or no workbook."""
    with database.read() as reader:
        if queries.position(reader) == prepared.position:
            return False
        workbook = reader.find(WorkbookToFill, prepared.workbook.id)
    if workbook is None:
        return True
    now = prepare(database, workbook, prepared.asked)
    facts = replace(
        now.facts, heading=prepared.facts.heading
    )  # it says at which step of the journal it was made
    return (facts, now.problems) != (prepared.facts, prepared.problems)


def _refuse_overtaken(database: Database, prepared: Prepared) -> None:
    if is_overtaken(database, prepared):
        raise errors.ChangedMeanwhile(
            f"{prepared.workbook.name} was not saved: the PCN file was changed since you looked at what will be "
            "written. Nothing was written or kept. Look at it as it is now, then save it."
        )


def _refuse(prepared: Prepared, acknowledged: bool) -> None:
    must = [one for one in prepared.problems if one.weight is Weight.MUST_FIX]
    unsaid = [one for one in prepared.problems if one.weight is Weight.ACKNOWLEDGE]
    stopping, done = (must, "put right") if must else (unsaid, "acknowledged")
    if not must and (acknowledged or not unsaid):
        return
    what = "one thing" if len(stopping) == 1 else f"{len(stopping)} things"
    told = " ".join(one.sentence for one in stopping[:MOST_TOLD])
    more = f" And {len(stopping) - MOST_TOLD} more." if len(stopping) > MOST_TOLD else ""
    raise errors.PaperRefused(
        f"{prepared.workbook.name} was not filled: {what} must be {done} first. {told}{more}",
        prepared.problems,
    )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
