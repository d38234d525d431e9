"""A briefing put together: which of its sections stand where, for whom, and with which words of one's own.

Pure: what a paper offers and what somebody chose go in; what is printed and what is left out, and why, comes out. No
section is ever lost: each that is offered is either placed once or told of as left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.composed import Draft, Readers
from nhsdesk.domain.periods import day_words

PRIVATE = "PRIVATE"
DRAFT = "DRAFT"
SWITCHED_OFF = "switched off"
OWN_BOARD_ONLY = "starts at our own board, and no day is given from which others may read it"


@dataclass(frozen=True, slots=True)
class Offered:
    """A section as its paper has it; `own_board` where it starts at our own board."""

    heading: str
    own_board: bool = False
    private_until: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose for a section."""

    heading: str
    shown: bool = True
    before: str = ""
    after: str = ""
    private_until: date | None = None

    @property
    def worded(self) -> bool:
        """Whether it has words of its own, which must not go unnoticed."""
        return bool(self.before.strip() or self.after.strip())


@dataclass(frozen=True, slots=True)
class Placed:
    """A section that is printed: its place among those offered, and the words around it."""

    place: int
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A section that is not printed, and why."""

    place: int
    chosen: Chosen
    why: str


@dataclass(frozen=True, slots=True)
class Arranged:
    """All sections offered, in their order: those printed and those left out; and choices of what is not there."""

    printed: tuple[Placed, ...]
    left_out: tuple[LeftOut, ...]
    absent: tuple[Chosen, ...]
    order: tuple[Placed, ...]
    """Printed or not, as a list of sections shows them."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed briefing as it goes with its facts: what is kept with what was sent, to remake it."""

    ref: str
    title: str
    paper: str
    readers: Readers
    made_on: date
    chosen: tuple[Chosen, ...]
    body: str = ""
    met_on: date | None = None
    draft: Draft = Draft.DRAFT
    edition: int = 1

    @property
    def own_board(self) -> bool:
        """Whether our own board alone will read it."""
        return self.readers is Readers.OWN_BOARD

    @property
    def version_words(self) -> str:
        """How far it has come: "Version 2, draft"."""
        return f"Version {self.edition}, {self.draft.value}"

    @property
    def watermark(self) -> str:
        """What lies across each page of a paper that is not for the public."""
        return "" if self.readers is Readers.PUBLIC else PRIVATE


def arranged(offered: Iterable[Offered], chosen: Iterable[Chosen], *, own_board: bool, day: date) -> Arranged:
    """The sections offered in the order chosen. One that nobody chose stands behind the one it follows in the paper."""
    every, wanted = tuple(offered), tuple(chosen)
    order, absent = _matched(every, wanted)
    order = _with_the_rest(order, every)
    printed, left_out = [], []
    for one in order:
        why = why_left_out(every[one.place], one.chosen, own_board=own_board, day=day)
        if why:
            left_out.append(LeftOut(one.place, one.chosen, why))
        else:
            printed.append(one)
    return Arranged(tuple(printed), tuple(left_out), absent, tuple(order))


def _matched(
    every: tuple[Offered, ...], wanted: tuple[Chosen, ...]
) -> tuple[list[Placed], tuple[Chosen, ...]]:
    """Choices with the place of their section; the second of two like headings goes with the second of such."""
    free: dict[str, list[int]] = {}
    for place, one in enumerate(every):
        free.setdefault(one.heading, []).append(place)
    order, absent = [], []
    for choice in wanted:
        places = free.get(choice.heading)
        if places:
            order.append(Placed(places.pop(0), choice))
        else:
            absent.append(choice)
    return order, tuple(absent)


def _with_the_rest(order: list[Placed], every: tuple[Offered, ...]) -> list[Placed]:
    whole = list(order)
    for place, one in enumerate(every):
        if not any(held.place == place for held in whole):
            behind = next((n for n, held in enumerate(whole) if held.place == place - 1), -1)
            whole.insert(behind + 1, Placed(place, Chosen(one.heading)))
    return whole


def why_left_out(section: Offered, chosen: Chosen, *, own_board: bool, day: date) -> str:
    """Why a section is not printed for its readers on a day; empty where it is."""
    if not chosen.shown:
        return SWITCHED_OFF
    if own_board:
        return ""
    until = chosen.private_until or section.private_until
    if until is not None:
        return f"private until {day_words(until)}" if day < until else ""
    return OWN_BOARD_ONLY if section.own_board else ""


def moved(chosen: tuple[Chosen, ...], place: int, by: int) -> tuple[Chosen, ...]:
    """The choices with one moved up (-1) or down (1); as they were at either end."""
    to = place + by
    if not (0 <= place < len(chosen) and 0 <= to < len(chosen)):
        return chosen
    rest = [*chosen[:place], *chosen[place + 1 :]]
    rest.insert(to, chosen[place])
    return tuple(rest)
