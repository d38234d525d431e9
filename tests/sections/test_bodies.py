"""A body is seen with its area, what it may decide, its quorum worked out, its plan, and what follows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from nhsdesk import resources
from nhsdesk.commands import bodies as commands
from nhsdesk.commands import files
from nhsdesk.domain.areas import Area, Tier
from nhsdesk.domain.bodies import (
    Body,
    BodyKind,
    CountedOf,
    ForwardItem,
    GovernanceForm,
    Mandate,
    QuorumKind,
    QuorumNeed,
    Route,
    Seat,
    SeatGroup,
)
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Organisation, Person, Sector
from nhsdesk.domain.periods import Month
from nhsdesk.sections import bodies
from nhsdesk.sections.bodies import BodyView, words
from nhsdesk.store.database import Database
from tests.conftest import Clock


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def seen(database: Database, body: Body) -> BodyView:
    return next(one for one in commands.view(database) if one.body.id == body.id)


def test_a_place_board_says_of_which_area_people_recognise_it_is(database: Database) -> None:
    area = add(database, Area(name="Wexmere", tier=Tier.PLACE))
    body = add(database, Body(name="Wexmere Together", kind=BodyKind.PLACE_BOARD, place=area.id))
    assert "Area: Wexmere" in words(seen(database, body))


def test_the_five_forms_are_told_apart_and_none_stands_above_another(database: Database) -> None:
    told = []
    for form in GovernanceForm:
        body = add(database, Body(name=f"A {form.value}", governance=form, may_decide="The same."))
        told.append(words(seen(database, body)).replace(form.value, "FORM"))
    assert len(told) == 5
    assert len(set(told)) == 1


def test_the_board_of_an_icb_follows_that_of_a_clinical_commissioning_group(database: Database) -> None:
    icb = add(database, Organisation(name="NHS Wexshire ICB", sector=Sector.ICB))
    after = add(database, Body(name="ICB board", kind=BodyKind.ICB_COMMITTEE, organisation=icb.id))
    chair = add(database, Person(role_title="Chair"))
    before = add(
        database,
        Body(name="CCG governing body", valid_to=date(2022, 6, 30), successor=after.id, terms_version="v9"),
    )
    for body in (before, after):
        add(database, Seat(body=body.id, seat="Chair", holder=chair.id))
    told = words(seen(database, before))
    assert "Succeeded by ICB board. 1 of the 1 who hold a seat on ICB board sat on this body before." in told
    assert "until 30 June 2022" in told


def test_the_quorum_of_a_unitary_board_is_worked_out_from_its_seats(database: Database) -> None:
    body = add(
        database,
        Body(
            name="ICB board", kind=BodyKind.ICB_COMMITTEE, quorum_kind=QuorumKind.SHARE, quorum_share=Decimal(50),
            quorum_of=CountedOf.SEATS,
        ),
    )  # fmt: skip
    for seat in (
        "Chair", "Non-executive 1", "Non-executive 2", "Chief executive", "Finance", "Medical", "Nursing",
        "Partner member: trust", "Partner member: council", "Partner member: general practice",
    ):  # fmt: skip
        partner = seat.startswith("Partner")
        add(
            database,
            Seat(
                body=body.id, seat=seat, route=Route.APPOINTED,
                mandate=Mandate.PERSPECTIVE if partner else Mandate.REPRESENTATIVE,
            ),
        )  # fmt: skip
    add(database, QuorumNeed(body=body.id, what="chair or a non-executive", groups=(SeatGroup.OTHER,)))
    assert seen(database, body).steps == (
        "At least 50% of 10 seats: 50% × 10 = 5.",
        "There must be: chair or a non-executive.",
    )


def test_a_bodys_year_and_backlog_and_its_next_papers_are_seen(database: Database) -> None:
    body = add(database, Body(name="Board", papers_days=5))
    add(database, ForwardItem(body=body.id, title="Terms", month=Month(2027, 3)))
    add(database, ForwardItem(body=body.id, title="Estates"))
    add(database, Meeting(body="Board", held_on=date(2027, 1, 20), board=body.id))
    told = words(seen(database, body))
    assert "March 2027: Terms" in told
    assert "Backlog, in no month yet: Estates" in told
    assert "by 12 January 2027" in told


def test_the_sample_says_where_general_practice_is_not_heard(sample: Path, clock: Clock) -> None:
    with files.open_for_work(sample, "Ann Archer", clock) as database, database.read() as reader:
        found = bodies.all_bodies(reader, date(2026, 11, 20), resources.bank_holidays())
    heard = {one.body.name: one.voice.value for one in found}
    assert heard["Wexmere Together Partnership Board"] == "perspective only"
    assert heard["Millbrook Green PCN Board"] == "speaks and votes for general practice"
    rates = {one.seat.seat: one.rate.words for one in found[0].seats}
    assert (rates["Primary care (PCN CDs)"], rates["Director of public health"]) == ("5 of 6", "4 of 6")
