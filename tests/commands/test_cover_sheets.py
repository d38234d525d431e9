"""The cover sheet of an agenda item."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nhsdesk.commands import cover_sheets
from nhsdesk.domain.bodies import Body, Purpose
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.store.database import Database


def test_it_is_begun_once_from_what_the_item_says_and_its_newest_version_is_found(database: Database) -> None:
    with database.change("Add") as change:
        body = change.add(Body(name="PCN Board"))
        held = change.add(Meeting(body="PCN Board", held_on=date(2026, 12, 2), board=body.id))
        item = change.add(
            AgendaItem(
                meeting=held.id, number=1, title="Posts", purpose=Purpose.DECISION, ask="Agree three posts"
            )
        )
    begun = cover_sheets.of_item(database, item.id)
    assert (begun.title, begun.item, begun.body) == ("Posts", item.id, body.id)
    assert (begun.purpose, begun.recommendations) == (Purpose.DECISION, "Agree three posts")
    assert cover_sheets.of_item(database, item.id) == begun
    with database.change("Amend") as change:
        second = change.add(replace(CoverSheet(title="Posts, amended", item=item.id), edition=2))
    assert cover_sheets.of_item(database, item.id).id == second.id
