"""A board reads who works in the neighbourhood by sector, and which sector is still missing."""

from __future__ import annotations

from datetime import date

from nhsdesk.commands import papers
from nhsdesk.documents.model import Paragraph, Table
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.domain.periods import Month
from nhsdesk.papers import Audience
from nhsdesk.sections import sectors
from nhsdesk.store.database import Database
from tests.conftest import AS_OF


def gathered(database: Database) -> sectors.Facts:
    asked = papers.asked_of(database, Month(2026, 10), AS_OF)
    with database.read() as reader:
        return sectors.gather(reader, asked, Audience.PARTNERS)


def test_private_charity_and_social_enterprise_providers_are_listed_or_said_to_be_missing(
    database: Database,
) -> None:
    with database.change("Fill") as change:
        for name, sector in (
            ("Wexmere Hospice", Sector.VCSE), ("Age Well CIC", Sector.VCSE), ("Careline Ltd", Sector.PRIVATE),
        ):  # fmt: skip
            change.add(Organisation(name=name, sector=sector))
    table = sectors.section(gathered(database)).blocks[0]
    assert isinstance(table, Table)
    assert table.rows == (
        ("VCSE", "Age Well CIC; Wexmere Hospice"), ("Social care", sectors.NOBODY), ("Private", "Careline Ltd"),
    )  # fmt: skip


def test_what_has_gone_is_not_yet_there_or_is_ours_is_left_out_and_an_unknown_sector_counted(
    database: Database,
) -> None:
    with database.change("Fill") as change:
        change.add(Organisation(name="Gone", sector=Sector.PRIVATE, valid_to=date(2026, 10, 1)))
        change.add(Organisation(name="To come", sector=Sector.PRIVATE, valid_from=date(2027, 4, 1)))
        change.add(Organisation(name="Not yet known"))
        change.add(Organisation(name="Abbey Surgery", sector=Sector.PRACTICE))
    facts = gathered(database)
    assert all(one.names == () for one in facts.sectors)
    told = sectors.section(facts).blocks[-1]
    assert told == Paragraph("Of 1 more the sector is not yet known.")
