"""The sample's board papers under their cover sheets, and what their agenda items are linked with."""

from __future__ import annotations

from collections.abc import Callable

from nhsdesk import resources
from nhsdesk.domain.bodies import Purpose
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.store.door import Change

Named = Callable[[str | None], Id | None]
"""The id of what the sample's own files call by a name; None where they have none."""


def fill(change: Change, named: Named) -> None:
    """All of it into a file whose meetings, decisions and plans are there."""
    for row in resources.sample_cover_sheets()["sheets"]:
        (item,) = change.reader.all(AgendaItem, title=row["item"])
        change.add(
            CoverSheet(
                title=row["title"],
                item=item.id,
                body=change.reader.get(Meeting, item.meeting).board,
                author=named(row["author"]),
                presenter=named(row["presenter"]),
                sponsor=named(row["sponsor"]),
                purpose=Purpose(row["purpose"]),
                summary=row["summary"],
                recommendations=row["recommendations"],
                quality=row["quality"],
                equality=row["equality"],
                engagement=row["engagement"],
                sustainability=row["sustainability"],
                proposal=row["proposal"],
                in_public=row["in_public"],
            )
        )
        for ref in row["linked"]:
            target = change.reader.by_ref(ref)
            assert target is not None
            change.add(Link(source=item.id, target=target.id, says=LinkKind.RELATED))
