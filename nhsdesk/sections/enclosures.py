"""The papers of a meeting under their letters: what its agenda says of them, and what its pack encloses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nhsdesk.domain import agendas, enclosures
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.enclosures import ItemPapers, Lettered
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Attachment
from nhsdesk.domain.meetings import AgendaItem
from nhsdesk.papers import Audience
from nhsdesk.sections import restricted
from nhsdesk.sections.restricted import WORDS, Restricted
from nhsdesk.store.reading import Reader

MINUTES, LOG, BOARD_PAPER = "minutes of the last meeting", "action log", "board paper"


@dataclass(frozen=True, slots=True)
class MeetingPapers:
    """The letters of all papers of a meeting, what each item has, and which of it an audience may not see."""

    letters: Lettered
    sheets: Mapping[Id, CoverSheet]
    files: Mapping[Id, tuple[Attachment, ...]]
    withheld: frozenset[Id]
    """Cover sheets and files."""

    def words(self, item: AgendaItem) -> str:
        """The paper column of an agenda: "Enclosure C: Business case.pdf"."""
        typed = item.paper or ""
        told = [] if enclosures.typed_letter(typed) else [typed]
        told += [f"{enclosures.words(self.letters.minutes)}: {MINUTES}"] if self._takes_minutes(item) else []
        told += [f"{enclosures.words(self.letters.log)}: {LOG}"] if self._takes_log(item) else []
        if item.id in self.letters.sheets:
            hidden = self.sheets[item.id].id in self.withheld
            told.append(
                f"{enclosures.words(self.letters.sheets[item.id])}: {WORDS if hidden else BOARD_PAPER}"
            )
        told += [f"{enclosures.words(letter)}: {self.name(file)}" for letter, file in self.of(item.id)]
        told += [enclosures.words(self.letters.missing[item.id])] if item.id in self.letters.missing else []
        return "; ".join(filter(None, told))

    def of(self, item: Id) -> tuple[tuple[str, Attachment], ...]:
        """The files of an item, each with its letter."""
        return tuple(zip(self.letters.files.get(item, ()), self.files.get(item, ()), strict=True))

    def name(self, file: Attachment) -> str:
        """What a file is called to this audience."""
        return WORDS if file.id in self.withheld else file.kept.name

    def _takes_minutes(self, item: AgendaItem) -> bool:
        return item.id == self.letters.minutes_item

    def _takes_log(self, item: AgendaItem) -> bool:
        return item.id == self.letters.log_item


def gather(
    reader: Reader, items: Iterable[AgendaItem], hidden: Restricted, audience: Audience
) -> MeetingPapers:
    """The papers of the items that stand on an agenda. A restricted item's letters are nobody else's."""
    held = [item for item in agendas.in_order(items) if item.state not in agendas.GONE]
    wanted = {item.id for item in held}
    files: dict[Id, tuple[Attachment, ...]] = {}
    for one in sorted(reader.all(Attachment), key=lambda one: one.id):
        if one.on in wanted:
            files[one.on] = (*files.get(one.on, ()), one)
    sheets = _newest(one for one in reader.all(CoverSheet) if one.item in wanted)
    letters = enclosures.lettered(
        [
            ItemPapers(item.id, item.title, item.paper or "", len(files.get(item.id, ())), item.id in sheets)
            for item in held
        ]
    )
    withheld = {one.id for item, one in sheets.items() if hidden.hides(one.id, item)}
    return MeetingPapers(letters, sheets, files, _withheld(reader, files, hidden, audience) | withheld)


def _newest(sheets: Iterable[CoverSheet]) -> dict[Id, CoverSheet]:
    """The newest version of the cover sheet of each item."""
    found: dict[Id, CoverSheet] = {}
    for one in sorted(sheets, key=lambda one: (one.edition or 0, one.id)):
        if one.item is not None:
            found[one.item] = one
    return found


def _withheld(
    reader: Reader, files: Mapping[Id, tuple[Attachment, ...]], hidden: Restricted, audience: Audience
) -> frozenset[Id]:
    every = [one for held in files.values() for one in held]
    if audience is Audience.OWN_BOARD or not every:
        return frozenset()
    closed = restricted.closed_files(reader, hidden)
    return frozenset(one.id for one in every if hidden.hides(one.id, one.on) or one.kept.sha256 in closed)
