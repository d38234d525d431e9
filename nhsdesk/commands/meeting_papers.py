"""The papers that go out before and after a meeting, or of an item or a body, issued together into one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nhsdesk.commands import papers
from nhsdesk.commands.papers import Made
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.kept_files import safe_name
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import Audience, Paper
from nhsdesk.store.database import Database

AFTER = ("minutes", "minutes-own", "action-log", "pack")
"""What a board expects after a meeting, as far as there is such a paper."""
BEFORE = ("agenda", "agenda-own")
"""What it expects before one."""
PACK = ("pack", "pack-own")
"""All of it in one file."""
OF_ITEM = ("board-paper", "board-paper-own")
"""What a board reads of one agenda item."""
ARCHIVE = ("minutes-book", "minutes-book-own")
"""All that it has minuted."""


def ready(database: Database, about: Id, keys: tuple[str, ...]) -> tuple[Made, ...]:
    """Each of these papers of a meeting, item or body, to be looked at or issued; of a restricted item only our own."""
    with database.read() as reader:
        closed = getattr(reader.any_of(about), "restricted", False)
    wanted: list[Paper[Any]] = [
        one
        for key in keys
        for one in papers.PAPERS
        if one.key == key and (one.audience is Audience.OWN_BOARD or not closed)
    ]
    return tuple(
        papers.make(database, one, papers.asked_of(database, None, None, about=about)) for one in wanted
    )


def problems(made: tuple[Made, ...]) -> tuple[Problem, ...]:
    """What must be put right or acknowledged, each once."""
    return tuple(dict.fromkeys(problem for one in made for problem in one.problems))


def issue(
    database: Database, about: Id, made: tuple[Made, ...], folder: Path, *, acknowledged: bool
) -> tuple[SentPaper, ...]:
    """Writes them into a folder and keeps each as sent, all under the day and body of the meeting."""
    with database.read() as reader:
        held, item = reader.any_of(about), ""
        if isinstance(held, AgendaItem):
            item = f" item {held.number}"
            held = reader.get(Meeting, held.meeting)
    whose = ""
    if isinstance(held, Meeting):
        whose = f"{held.held_on.isoformat()} {held.body}{item}"
    elif isinstance(held, Body):
        whose = f"{database.today().isoformat()} {held.name}"
    return tuple(
        papers.issue(database, one, folder / _name(whose, one), acknowledged=acknowledged) for one in made
    )


def _name(whose: str, made: Made) -> str:
    words = " ".join(filter(None, (made.asked.mark, whose, made.paper.title)))
    return safe_name(words + papers.ending(made.paper))
