"""What can fill a workbook of others, gathered from the file when it is first named.

Figures of our PCN and the day, the tables of every return that others may read, and registers as partners may read
them: so what a return withholds or suppresses is withheld here too. How they are named is in `domain/filling.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nhsdesk.commands import papers
from nhsdesk.documents.model import Workbook
from nhsdesk.domain import filling
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.filling import Listing, Value
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper
from nhsdesk.returns import RETURNS
from nhsdesk.sections import fill_registers, heading
from nhsdesk.store.database import Database
from nhsdesk.store.reading import Reader

_OURS = ("Our PCN: name", "Our PCN: ODS code", "Day: as at", "Month: words", "Month: first day", "Month: last day",
         "Year: financial year")  # fmt: skip


def figure_names() -> tuple[str, ...]:
    """The single figures that are there whatever the file holds."""
    return _OURS


def open_returns() -> dict[str, Paper[Any]]:
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
