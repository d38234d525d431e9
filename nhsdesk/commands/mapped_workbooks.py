"""The workbooks that are kept to be filled, what is said of each, and what was sent of each.

mapped_workbooks.kept(database)                  each with its publisher and when it was filled last
mapped_workbooks.said_of(database, workbook)     its cells and lists, each with what fills it
mapped_workbooks.offered(database, asked)        all that can fill something, by name
mapped_workbooks.take_out(database, workbook)    one step
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nhsdesk import errors
from nhsdesk.commands import fill_sources, filling
from nhsdesk.commands.fill_sources import Sources
from nhsdesk.documents import template_look
from nhsdesk.documents.template_look import Blank
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.filling import Listing, Offered, Value, figures_of
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.domain.workbook_mappings import MappedCell, MappedColumn, MappedList, WorkbookToFill
from nhsdesk.papers import Asked
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Kept:
    """A workbook with who publishes it, how many places are mapped, and what was sent of it, newest first."""

    workbook: WorkbookToFill
    published_by: str
    mapped: int
    sent: tuple[SentPaper, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What fills a workbook: its cells, and its lists with their columns."""

    cells: tuple[MappedCell, ...]
    lists: tuple[tuple[MappedList, tuple[MappedColumn, ...]], ...]


def kept(database: Database) -> tuple[Kept, ...]:
    """Every workbook by its name; those that a newer version replaced come last."""
    with database.read() as reader:
        found = [_kept(reader, one) for one in reader.all(WorkbookToFill)]
    found.sort(key=lambda one: (one.workbook.replaced_by is not None, one.workbook.name.casefold()))
    return tuple(found)


def _kept(reader: Reader, workbook: WorkbookToFill) -> Kept:
    publisher = reader.find(Organisation, workbook.published_by)
    cells, lists = reader.all(MappedCell, workbook=workbook.id), reader.all(MappedList, workbook=workbook.id)
    mapped = len(cells) + len(lists)
    return Kept(workbook, publisher.name if publisher else "", mapped, filling.sent_of(reader, workbook))


def find(database: Database, workbook: Id | None) -> WorkbookToFill | None:
    """A workbook as it is now; None where it is gone."""
    with database.read() as reader:
        return reader.find(WorkbookToFill, workbook)


def sent_of(database: Database, workbook: WorkbookToFill) -> tuple[SentPaper, ...]:
    """What was sent of a workbook, newest first."""
    with database.read() as reader:
        return filling.sent_of(reader, workbook)


def said_of(database: Database, workbook: Id) -> Said:
    """What is said of a workbook now."""
    with database.read() as reader:
        lists = tuple(
            (one, tuple(reader.all(MappedColumn, table=one.id)))
            for one in reader.all(MappedList, workbook=workbook)
        )
        return Said(tuple(reader.all(MappedCell, workbook=workbook)), lists)


def blank_of(database: Database, workbook: WorkbookToFill) -> Blank:
    """The blank, to be looked at. Raises PaperRefused where none is kept, FileRefused where it cannot be read."""
    with database.read() as reader:
        content = reader.kept_bytes(workbook.blank.sha256) if workbook.blank else None
    if content is None or workbook.blank is None:
        raise errors.PaperRefused(
            f"{workbook.name} has no blank workbook. Nothing is lost: keep its file again under another name."
        )
    return template_look.look(content, workbook.blank.name)


def take_out(database: Database, workbook: WorkbookToFill) -> None:
    """Takes a workbook out with all that is said of it; what was sent of it stays. One step."""
    with database.change(f"Take out the workbook {quoted(workbook.name)}") as change:
        change.remove(workbook)


def leave_empty(database: Database, mapped: MappedCell | MappedList) -> None:
    """Nothing fills that place from now on. One step."""
    where = mapped.cell if isinstance(mapped, MappedCell) else f"the rows below {mapped.header}"
    with database.change(f"Fill {where} of {quoted(mapped.sheet)} no longer") as change:
        change.remove(mapped)


def ours(database: Database, asked: Asked) -> Offered:
    """The figures that are there whatever the file holds."""
    with database.read() as reader:
        sources = Sources.of(reader, asked)
        return Offered({name: _value(sources.figure(name)) for name in fill_sources.figure_names()})


def offered(database: Database, asked: Asked, tell: Callable[[int, int], None] = lambda *_: None) -> Offered:
    """All that can fill something: figures with their values, and lists with their rows. `tell` may stop it."""
    names = (*fill_sources.open_returns(), *fill_sources.register_names())
    figures = dict(ours(database, asked).figures)
    listings: dict[str, Listing] = {}
    for done, name in enumerate(names):
        tell(done, len(names))
        for one in fill_sources.listings(database, asked, name):
            listings[one.name] = one
            figures |= figures_of(one)
    return Offered(figures, listings)


def _value(found: Value | Problem) -> Value:
    return None if isinstance(found, Problem) else found
