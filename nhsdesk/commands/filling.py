"""Filling a commissioner's own workbook: keep its blank, say what fills which cell, look at it, write it.

    workbook = filling.keep(database, path, "Place return")
    filling.map_cell(database, workbook.id, "Summary", "C4", fills="Our PCN: name")
    filling.map_list(database, workbook.id, "Staff", "A6", "ARRS monthly claim: Claim lines", {"A": "Post"})
    prepared = filling.prepare(database, workbook, papers.asked_of(database, month, None))
    filling.issue(database, prepared, target, acknowledged=True)

What fills a cell is named in words (`domain/filling.py`): figures of our PCN and the day, the tables of every return
that others may read, and registers as partners may read them. So what a return withholds or suppresses is withheld
here too. What was sent is kept byte for byte with each cell's source.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nhsdesk
from nhsdesk import errors
from nhsdesk.commands import papers, whole_files
from nhsdesk.documents import template
from nhsdesk.documents.model import Workbook
from nhsdesk.documents.template import Difference, Filled, Rows
from nhsdesk.domain import filling, patient_data
from nhsdesk.domain.entry import quoted, whole_letters
from nhsdesk.domain.filling import Listing, Value
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.papers import Asked, Audience, Heading, Paper, facts_to_json
from nhsdesk.returns import RETURNS
from nhsdesk.sections import fill_registers, heading
from nhsdesk.sections.filled_workbook import FilledFacts, PutCell, PutRows
from nhsdesk.store import queries
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

KEY = "filled-workbook"
"""The name under which what was sent is kept."""
ENDINGS = (".xlsx", ".xlsm")
MOST_TOLD = 5
_OURS = ("Our PCN: name", "Our PCN: ODS code", "Day: as at", "Month: words", "Month: first day", "Month: last day",
         "Year: financial year")  # fmt: skip


# ---- what can fill


def figure_names() -> tuple[str, ...]:
    """The single figures that are there whatever the file holds."""
    return _OURS


def open_returns() -> dict[str, Paper[object]]:
    """The returns that others may read, by title: our own board's stay ours."""
    return {one.title: one for one in RETURNS if one.audience is not Audience.OWN_BOARD}


def register_names() -> tuple[str, ...]:
    """The registers whose entries can fill rows."""
    return tuple(fill_registers.BY_NAME)


@dataclass(slots=True)
class Sources:
    """What can fill something, gathered when it is first named; one look at the file for one filling."""

    reader: Reader
    asked: Asked
    head: Heading
    _listings: dict[str, dict[str, Listing]]
    _problems: dict[str, tuple[Problem, ...]]

    @classmethod
    def of(cls, reader: Reader, asked: Asked) -> Sources:
        """From what the file holds now."""
        return cls(reader, asked, heading.gather(reader, asked), {}, {})

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the returns that were used are told of themselves."""
        return tuple(one for found in self._problems.values() for one in found)

    def listing(self, name: str) -> Listing | Problem:
        """A list by its name."""
        of, _, _ = name.partition(": ")
        found = self._gathered(of, name).get(name)
        if found is not None:
            return found
        return Problem(
            f"There is no list called {quoted(name)} to fill rows with. They were left as they were. Choose again what "
            "fills them.",
            Weight.MUST_FIX,
        )

    def figure(self, name: str) -> Value | Problem:
        """A single figure by its name."""
        ours = dict(zip(_OURS, self._ours(), strict=True))
        if name in ours:
            return ours[name]
        for listing in self._gathered(name.partition(": ")[0], name).values():
            if name.startswith(f"{listing.name}: "):
                figures = filling.figures_of(listing)
                if name in figures:
                    return figures[name]
        return Problem(
            f"There is no figure called {quoted(name)}. The cell was left as it was. Choose again what fills it.",
            Weight.MUST_FIX,
        )

    def _ours(self) -> tuple[Value, ...]:
        month = self.asked.month
        year = month.financial_year
        return (
            self.head.network, self.head.network_code, self.asked.day, month.words, month.first, month.last, str(year),
        )  # fmt: skip

    def _gathered(self, of: str, name: str) -> dict[str, Listing]:
        if of == "Register":
            register = ": ".join(name.split(": ")[:2])
            cls = fill_registers.BY_NAME.get(register)
            if cls is None:
                return {}
            if register not in self._listings:
                self._listings[register] = {register: fill_registers.gather(self.reader, self.asked, cls)}
            return self._listings[register]
        paper = open_returns().get(of)
        if paper is None:
            return {}
        if of not in self._listings:
            facts = paper.gather(self.reader, self.asked)
            self._problems[of] = paper.check(facts)
            document = papers.compiled(paper, facts)
            assert isinstance(document, Workbook)
            self._listings[of] = {one.name: one for one in _tables(paper.title, document)}
        return self._listings[of]


def listings(database: Database, asked: Asked, of: str) -> tuple[Listing, ...]:
    """The lists of a return by its title, or a register by its name, for somebody to choose from."""
    with database.read() as reader:
        sources = Sources.of(reader, asked)
        return tuple(sources._gathered(of.partition(": ")[0], of).values())


def _tables(title: str, document: Workbook) -> Iterator[Listing]:
    for sheet in document.sheets:
        labels = tuple(column.label for column in sheet.table.columns)
        yield Listing(f"{title}: {sheet.name}", labels, sheet.table.rows)


# ---- what is kept of a workbook


def keep(
    database: Database, path: Path, name: str, published_by: Id | None = None, edition: str | None = None
) -> WorkbookToFill:
    """Keeps a blank workbook under a name, once it was read and found sound. Raises FileRefused."""
    content = template.read(path)
    if path.suffix.lower() not in ENDINGS:
        raise errors.FileRefused(
            f"{path.name} was not kept: only .xlsx and .xlsm workbooks can be filled in place. Nothing has been "
            "changed. Open it in Excel, save it as .xlsx, and keep that."
        )
    template.fill(content, path.name, {})
    _refuse_second(database, name)
    shown = whole_letters(path.name)
    with database.change(f"Keep the workbook {quoted(name)}") as change:
        kept = change.keep_bytes(shown, content, _hash(content))
        return change.add(
            WorkbookToFill(
                name=name,
                published_by=published_by,
                edition=edition,
                received_on=database.today(),
                blank=kept,
            )
        )


def workbook_named(database: Database, name: str) -> WorkbookToFill:
    """A workbook by its name or reference; a sentence naming those there are where there is none."""
    with database.read() as reader:
        every = reader.all(WorkbookToFill)
    wanted = name.strip().casefold()
    for one in every:
        if wanted in (one.name.casefold(), one.ref.casefold()):
            return one
    known = ", ".join(one.name for one in every) or "none yet"
    raise errors.PaperRefused(f"There is no workbook to fill called {quoted(name)}. There are: {known}.")


def map_cell(
    database: Database,
    workbook: Id,
    sheet: str,
    cell: str,
    *,
    fills: str = "",
    words: str = "",
    heading: str = "",
) -> MappedCell:
    """Says what fills a cell; what was said of that cell before gives way. One step."""
    with database.change(f"Fill {cell} of {quoted(sheet)}") as change:
        for before in change.reader.all(MappedCell, workbook=workbook):
            if (before.sheet, before.cell) == (sheet, cell):
                change.remove(before)
        return change.add(
            MappedCell(
                workbook=workbook, sheet=sheet, cell=cell, heading=heading or None, fills=fills or None,
                words=words or None,
            )
        )  # fmt: skip


def map_list(
    database: Database,
    workbook: Id,
    sheet: str,
    header: str,
    fills: str,
    columns: Mapping[str, str],
    *,
    headings: Mapping[str, str] | None = None,
    table: str = "",
    only: str = "",
    in_order: str = "",
) -> MappedList:
    """Says which list fills the rows below a heading, and which of its columns each letter is. One step."""
    with database.change(f"Fill the rows below {header} of {quoted(sheet)}") as change:
        for before in change.reader.all(MappedList, workbook=workbook):
            if (before.sheet, before.header) == (sheet, header):
                change.remove(before)
        listed = change.add(
            MappedList(
                workbook=workbook, sheet=sheet, header=header, table=table or None, fills=fills, only=only or None,
                in_order=in_order or None,
            )
        )  # fmt: skip
        for letter, column in columns.items():
            found = (headings or {}).get(letter)
            change.add(MappedColumn(table=listed.id, column=letter, heading=found, fills=column))
        return listed


# ---- filling


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

    A blank given as a file is filled where it is the very one that was mapped.
    """
    given = template.read(blank_file) if blank_file is not None else None
    with database.read() as reader:
        blank = reader.kept_bytes(workbook.blank.sha256) if workbook.blank else None
        if given is not None and given != blank and blank_file is not None:
            raise errors.PaperRefused(
                f"{blank_file.name} is not the workbook whose cells were chosen for {workbook.name}: it differs from "
                "the blank that is kept. Nothing was made. Take it in as its newer version first."
            )
        if blank is None or workbook.blank is None:
            raise errors.PaperRefused(
                f"{workbook.name} has no blank workbook to fill. Nothing was made. Keep its file first."
            )
        sources = Sources.of(reader, asked)
        cells, lists, put, put_lists, problems = _asked_for(reader, workbook, sources)
        before = _sent_last(reader, workbook)
        position = queries.position(reader)
        head = sources.head
        told = (*heading.check(head), *sources.problems, *problems)
    name = workbook.blank.name
    filled: Filled = template.fill(blank, name, cells, lists)
    since = None if before is None else template.differences(before, filled.content)
    facts = FilledFacts(
        head, workbook.ref, workbook.name, workbook.blank.sha256, tuple(put), tuple(put_lists)
    )
    found = tuple(dict.fromkeys((*told, *filled.problems, *_patient_data(facts))))
    return Prepared(workbook, asked, facts, filled.content, found, filled.differences, since, position)


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


def _sent_last(reader: Reader, workbook: WorkbookToFill) -> bytes | None:
    sent = [one for one in reader.all(SentPaper, paper=KEY) if one.title.startswith(f"{workbook.name}, ")]
    if not sent:
        return None
    newest = max(sent, key=lambda one: (one.issued_at, one.id))
    return reader.kept_bytes(newest.kept.sha256)


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
    """Writes the filled workbook and keeps it with each cell's source. Refused while something must be put right."""
    _refuse(prepared, acknowledged)
    refuse_target(database, prepared, target)
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


def _refuse_second(database: Database, name: str) -> None:
    with database.read() as reader:
        if any(one.name.casefold() == name.strip().casefold() for one in reader.all(WorkbookToFill)):
            raise errors.PaperRefused(
                f"A workbook to fill is already called {quoted(name)}. Nothing was changed. Give this one another name."
            )


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
