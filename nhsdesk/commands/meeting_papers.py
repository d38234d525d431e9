"""The papers that go out before and after a meeting, issued together into one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nhsdesk.commands import papers
from nhsdesk.commands.papers import Made
from nhsdesk.domain.kept_files import safe_name
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import Paper
from nhsdesk.store.database import Database

AFTER = ("minutes", "minutes-own", "action-log", "pack")
"""What a board expects after a meeting, as far as there is such a paper."""
BEFORE = ("agenda", "agenda-own", "pack", "pack-own")
"""What it expects before one."""


def ready(database: Database, meeting: Id, keys: tuple[str, ...]) -> tuple[Made, ...]:
    """Each of these papers of a meeting, to be looked at or issued."""
    wanted: list[Paper[Any]] = [one for key in keys for one in papers.PAPERS if one.key == key]
    return tuple(
        papers.make(database, one, papers.asked_of(database, None, None, about=meeting)) for one in wanted
    )


def problems(made: tuple[Made, ...]) -> tuple[Problem, ...]:
    """What must be put right or acknowledged, each once."""
    return tuple(dict.fromkeys(problem for one in made for problem in one.problems))


def issue(
    database: Database, meeting: Id, made: tuple[Made, ...], folder: Path, *, acknowledged: bool
) -> tuple[SentPaper, ...]:
    """Writes them into a folder and keeps each as sent, all under the day and body of the meeting."""
    with database.read() as reader:
        held = reader.get(Meeting, meeting)
    return tuple(
        papers.issue(database, one, folder / _name(held, one), acknowledged=acknowledged) for one in made
    )


def _name(meeting: Meeting, made: Made) -> str:
    words = " ".join(
        filter(None, (made.asked.mark, meeting.held_on.isoformat(), meeting.body, made.paper.title))
    )
    return safe_name(words + papers.ending(made.paper))
