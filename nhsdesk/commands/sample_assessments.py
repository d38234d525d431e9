"""The sample's assessment of advice and guidance, the quarter before it, and the practices' reply log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nhsdesk import resources
from nhsdesk.commands import frameworks
from nhsdesk.domain.assessments import Assessment, FrameworkLine, ReplyLine, Score
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month, Quarter
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own file calls by a name; None where it has none."""


def fill(change: Change, named: Named) -> None:
    """The framework, two quarters of scores, and the reply log."""
    told = resources.sample_assessments()
    template = next(one for one in resources.frameworks() if one.key == told["framework"])
    framework = frameworks.add(change, template)
    lines = {line.standard_ref: line.id for line in change.reader.all(FrameworkLine, framework=framework.id)}
    owner = change.reader.find(Person, named(told["owner"]))
    for quarter, level in ((told["before"], "before"), (told["quarter"], "level")):
        assessment = change.add(
            Assessment(
                framework=framework.id,
                quarter=Quarter.parse(quarter),
                owner=owner.role_title if owner else None,
                our_part=f"{told['our_part']}. {told['basis']}",
            )
        )
        for row in told["scores"]:
            change.add(_score(assessment.id, lines[row["line"]], row, level))
    for row in told["replies"]:
        _reply(change, row, named(row["practice"]))


def _score(assessment: Id, line: Id, row: dict[str, Any], level: str) -> Score:
    now = level == "level"
    return Score(
        assessment=assessment,
        line=line,
        level=row[level],
        note=row["note"] if now else None,
        minutes_spent=row["minutes"] if now else None,
    )


def _reply(change: Change, row: dict[str, Any], practice: Id | None) -> None:
    """A practice that the sample has not is left out."""
    if practice is None:
        return
    change.add(
        ReplyLine(
            practice=practice,
            specialty=row["specialty"],
            month=Month.parse(row["month"]),
            asked=row["asked"],
            in_time=row["in_time"],
            usable=row["usable"],
            returned=row["returned"],
        )
    )
