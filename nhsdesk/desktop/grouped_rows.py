"""The rows of a register under headings: which row is a heading, which an entry, and which entries are folded away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nhsdesk.domain.kinds import Id


@dataclass(frozen=True, slots=True)
class Heading:
    """The row above a group: what its entries hold, how many there are, and whether they are folded away."""

    words: str
    count: int
    folded: bool = False


class GroupedRows:
    """Headings and entries, row by row."""

    def __init__(self) -> None:
        self.ids: list[Id] = []
        """All entries in the order they stand, folded away or not."""
        self._rows: list[Id | Heading] = []
        self._row_of: dict[Id, int] | None = None
        self._heading_of: dict[Id, str] | None = None
        """Both are made when they are first asked for."""
        self._groups: Sequence[tuple[str, list[Id]]] = ()
        self._folded: set[str] = set()

    def __len__(self) -> int:
        return len(self._rows)

    def show(self, groups: Sequence[tuple[str, list[Id]]]) -> None:
        """Puts those groups in place of what stood there; what was folded away stays so."""
        self._groups = groups
        self.ids = [id_ for _, listed in groups for id_ in listed]
        self._heading_of = None
        self._lay_out()

    def at(self, row: int) -> Id | Heading | None:
        """What stands in a row; None below the last."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def heading(self, row: int) -> Heading | None:
        """The heading in a row; None where an entry stands there."""
        found = self.at(row)
        return found if isinstance(found, Heading) else None

    def row_of(self, id_: Id) -> int:
        """The row of an entry; -1 where it is not listed or folded away."""
        if self._row_of is None:
            self._row_of = {one: n for n, one in enumerate(self._rows) if not isinstance(one, Heading)}
        return self._row_of.get(id_, -1)

    def row_of_heading(self, words: str) -> int:
        """The row of the heading with those words; -1 where there is none."""
        found = (n for n, one in enumerate(self._rows) if isinstance(one, Heading) and one.words == words)
        return next(found, -1)

    def heading_of(self, id_: Id) -> str | None:
        """The words above an entry; None where it is not listed."""
        if self._heading_of is None:
            self._heading_of = {one: words for words, listed in self._groups for one in listed}
        return self._heading_of.get(id_)

    def fold(self, words: Iterable[str], folded: bool) -> None:
        """Folds the entries below headings away, or shows them again."""
        self._folded = self._folded | set(words) if folded else self._folded - set(words)
        self._lay_out()

    def words(self) -> list[str]:
        """The words of all headings."""
        return [words for words, _ in self._groups]

    def entries_near(self, row: int, many: int) -> list[Id]:
        """The entries in so many rows from one on."""
        return [one for one in self._rows[row : row + many] if not isinstance(one, Heading)]

    def _lay_out(self) -> None:
        rows = list[Id | Heading]()
        for words, listed in self._groups:
            folded = words in self._folded
            rows.append(Heading(words, len(listed), folded))
            rows += () if folded else listed
        self._rows, self._row_of = rows, None
