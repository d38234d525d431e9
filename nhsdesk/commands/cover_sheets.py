"""Cover sheets of board papers: the one of an agenda item, begun from what the item says."""

from __future__ import annotations

from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.store.database import Database


def of_item(database: Database, item: Id) -> CoverSheet:
    """The newest cover sheet of an agenda item; one is begun where there is none."""
    with database.read() as reader:
        held = reader.all(CoverSheet, item=item)
        if held:
            return max(held, key=lambda one: (one.edition or 0, one.id))
        of = reader.get(AgendaItem, item)
        board = reader.get(Meeting, of.meeting).board
    with database.change(f"Begin cover sheet of {of.ref}") as change:
        return change.add(
            CoverSheet(
                title=of.title, item=of.id, body=board, presenter=of.presenter, purpose=of.purpose,
                recommendations=of.ask,
            )
        )  # fmt: skip
