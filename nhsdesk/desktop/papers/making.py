"""Makes previews beside the window: one at a time, and only the newest asked for arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from nhsdesk.desktop.background import Job
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.papers.showing import Shown, shown_of
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Paper
from nhsdesk.store.database import Database

if TYPE_CHECKING:  # loaded when the first paper is made
    from nhsdesk.commands.papers import Made

CANCELLED = "The preview was not made, because it was cancelled. Choose the paper again to make it."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that is wanted: of which month, or as at which day; None for the usual one."""

    paper: Paper[Any]
    month: Month | None = None
    day: date | None = None
    draft: bool = False
    composed: str = ""
    """The reference of a composed briefing, which says itself of which day and for whom it is."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper that is ready, and its file as it is shown."""

    made: Made
    shown: Shown
    problems: tuple[Problem, ...]
    """What was found, each with the entry it is about wherever that is told."""


def make(database: Database, wanted: Wanted, job: Job) -> Made:
    """The paper from what the file holds now, or held at the close of an earlier day; it can be stopped at any page."""
    from nhsdesk.commands import papers

    if wanted.composed:
        from nhsdesk.commands import composing

        return composing.make(database, composing.named(database, wanted.composed), draft=wanted.draft)
    asked = asked_of(database, wanted)
    makes = papers.make_as_at if asked.day < database.today() else papers.make
    return makes(database, wanted.paper, asked, lambda page: job.tell(page, 0))


def asked_of(database: Database, wanted: Wanted) -> Asked:
    """What is asked of the paper."""
    if wanted.composed:
        from nhsdesk.commands import composing

        named = composing.named(database, wanted.composed)
        return composing.asked_of(database, named, draft=wanted.draft)
    from nhsdesk.commands import papers

    return papers.asked_of(database, wanted.month, wanted.day, draft=wanted.draft)


class Making(QObject):
    """The preview under way."""

    ready = Signal(object)
    """A `Preview`."""
    failed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job | None = None
        self._turn = 0
        desk.background.ended.connect(self._over)

    def start(self, wanted: Wanted) -> None:
        """Makes a preview; one that is under way is thrown away."""
        self.forget()
        turn = self._turn
        job = self._desk.background.start(
            "Making the preview",
            lambda job: _previewed(self._desk.database, wanted, job),
            lambda preview: self._arrived(turn, preview),
            failed=lambda sentence: self._refused(turn, sentence),
        )
        self._job = None if job.over else job

    def forget(self) -> None:
        """What is under way is no longer wanted."""
        self._turn += 1
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()

    def _arrived(self, turn: int, preview: Preview) -> None:
        if turn == self._turn:
            self.ready.emit(preview)

    def _refused(self, turn: int, sentence: str) -> None:
        if turn == self._turn:
            self.failed.emit(sentence)

    def _over(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            if job.cancelled:
                self.failed.emit(CANCELLED)


def _previewed(database: Database, wanted: Wanted, job: Job) -> Preview:
    from nhsdesk.commands import paper_checks, papers

    made = make(database, wanted, job)
    shown = shown_of(made.content, made.figures, paper_checks.titles(database, made.figures))
    return Preview(made, shown, papers.with_entries(database, made.problems))
