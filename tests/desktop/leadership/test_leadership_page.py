"""The leadership page: what each part tells, and what opens from it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.leadership.leadership_page import LeadershipPage
from nhsdesk.desktop.plain_table import PlainTable
from nhsdesk.domain.leadership import (
    Collaborative,
    CollaborativeKind,
    CollaborativeMember,
    Delegation,
    LeadAssignment,
    LeaderTime,
    OfferToLead,
    PaidHow,
    ResourceClaim,
    Stakeholder,
    Stance,
)
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.organisations import Person as Role
from nhsdesk.domain.periods import Month
from nhsdesk.domain.sources import SourceDocument
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import SCREEN, faults_here, told


def page(person: Person, part: str) -> LeadershipPage:
    person.goes_to("Meetings", "Leadership")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, LeadershipPage)
    return front


def rows(table: PlainTable) -> list[tuple[str, ...]]:
    return [table.words(row) for row in range(table.rowCount())]


def add(person: Person, *records: Any) -> list[Any]:
    with person.database.change("Add") as change:
        return [change.add(one) for one in records]


def time(month: int, internal: int, external: int) -> LeaderTime:
    return LeaderTime(month=Month(2026, month), internal=Decimal(internal), external=Decimal(external))


def test_each_part_of_an_empty_file_says_what_belongs_there(newcomer: Person) -> None:
    for part, words in (
        ("Time", "Add two numbers a month to the list of leaders’ time"),
        ("Duties", "Add yours to the list of delegated duties"),
        ("Stakeholders", "No stakeholder is written down."),
        ("Offers and delivered", "Add what you offered to lead to the list of offers to lead"),
        ("Resource claims", "No claim is written down."),
        ("Collaborative", "Add a collaborative with its members"),
    ):
        page(newcomer, part)
        assert newcomer.sees(words), part


def test_time_outside_is_shown_with_its_trend_a_chart_and_the_target_settled_here(
    newcomer: Person, qtbot: QtBot
) -> None:
    add(newcomer, time(9, 11, 4), time(10, 10, 5), time(11, 7, 4))
    front = page(newcomer, "Time")
    assert newcomer.sees("The share outside rose from 27 % in September 2026 to 36 % in November 2026.")
    assert newcomer.sees("No target is settled")
    add(newcomer, LocalRule(key="leadership.share_outside", value="35", starts=date(2026, 11, 1)))
    qtbot.waitUntil(lambda: newcomer.sees("Target: meets 35 %."))
    assert rows(front.time.list)[:2] == [
        ("November 2026", "not said whose", "7", "4", "36 %", "meets 35 %"),
        ("October 2026", "not said whose", "10", "5", "33 %", "2 points under 35 %"),
    ]
    front.time.chart.drawing.setFocus()
    newcomer.presses("Return")
    assert front.time.chart.table is not None
    assert front.time.chart.table.rowCount() == 3


def test_a_time_so_long_past_or_still_to_come_is_not_in_the_trend(newcomer: Person) -> None:
    old = LeaderTime(month=Month(2025, 11), internal=Decimal(1), external=Decimal(9))
    add(newcomer, old, time(11, 7, 4), time(12, 1, 9))
    assert [row[0] for row in rows(page(newcomer, "Time").time.list)] == ["November 2026"]


def test_a_duty_that_nobody_else_can_do_comes_first_and_says_on_whom_it_hangs(newcomer: Person) -> None:
    director, manager = add(
        newcomer, Role(role_title="PCN clinical director"), Role(role_title="PCN manager")
    )
    add(
        newcomer,
        Delegation(duty="Enhanced access", held_by=director.id, deputy=manager.id),
        Delegation(duty="Goodwill", held_by=director.id),
        Delegation(duty="Home visiting", held_by=director.id, ended_on=date(2026, 11, 1)),
    )
    front = page(newcomer, "Duties")
    assert rows(front.duties.list) == [
        ("DG-002", "Goodwill", "PCN clinical director", "nobody", "nobody", "nobody steps in"),
        ("DG-001", "Enhanced access", "PCN clinical director", "nobody", "PCN manager", "covered"),
    ]
    assert newcomer.sees("Most hangs on the PCN clinical director: 1 duty without a deputy.")
    assert "If the PCN clinical director is away, nobody steps in." in newcomer.reads("About this duty")


def test_who_holds_a_duty_now_to_whom_it_went_since_when_and_who_covers_is_one_line(newcomer: Person) -> None:
    director, deputy, manager = add(
        newcomer, *(Role(role_title=title) for title in ("Director", "Deputy director", "PCN manager"))
    )
    add(
        newcomer,
        Delegation(
            duty="Home visiting",
            held_by=director.id,
            delegated_to=deputy.id,
            since=date(2026, 9, 2),
            deputy=manager.id,
        ),
    )
    front = page(newcomer, "Duties")
    (line,) = rows(front.duties.list)
    assert line == ("DG-001", "Home visiting", "Director", "Deputy director", "PCN manager", "covered")
    assert newcomer.reads("About this duty") == "The PCN manager steps in.\nDelegated since: 2 September 2026"


def test_stakeholders_show_last_contact_days_since_and_what_is_overdue_and_no_score(newcomer: Person) -> None:
    (council,) = add(newcomer, Organisation(name="Wexmere Council"))
    add(
        newcomer,
        Stakeholder(
            organisation=council.id,
            last_contact=date(2026, 9, 29),
            next_step="Ask for a social work link",
            next_by=date(2026, 11, 19),
            stance=Stance.OPEN,
        ),
        Stakeholder(what_for="Estates"),
    )
    front = page(newcomer, "Stakeholders")
    contact, step = "29 September 2026, 52 days ago", "Ask for a social work link"
    assert rows(front.stakeholders.list) == [
        ("SW-001", "Wexmere Council", "unknown", contact, step, "19 November 2026, overdue"),
        ("SW-002", "unknown", "unknown", "none known", "none", "no day"),
    ]
    assert newcomer.sees("2 stakeholders; 1 next step is overdue. People are not scored.")
    assert "To a joint bid: Open" in newcomer.reads("About this stakeholder")


def test_an_offer_nobody_answered_comes_first_and_opens(newcomer: Person) -> None:
    add(
        newcomer,
        OfferToLead(what="Lead frailty", offered_on=date(2026, 1, 5), reply="Thank you, no"),
        OfferToLead(what="Lead practice support", forum_words="Place board", offered_on=date(2026, 5, 20)),
    )
    front = page(newcomer, "Offers and delivered")
    assert [row[0] for row in rows(front.offers.list)] == ["OL-002", "OL-001"]
    assert "To: Place board\nReply: No reply for 184 days" in newcomer.reads("About this line")
    newcomer.clicks("Open this line")
    newcomer.waits()
    assert newcomer.shown == "OL-002"


def test_a_claim_shows_invoiced_paid_outstanding_and_a_basis_that_nobody_checked(newcomer: Person) -> None:
    (paper,) = add(newcomer, SourceDocument(title="Design framework", dated=date(2021, 6, 16)))
    add(
        newcomer,
        ResourceClaim(
            what="Sessions at the place board",
            sessions=Decimal(8),
            rate=Money.pounds(320),
            invoiced=Money.pounds(2560),
            paid=Money.pounds(560),
            document=paper.id,
            locator="page 27",
        ),
        ResourceClaim(what="Hours in the hub", hours=Decimal(3), rate=Money.pounds(80)),
    )
    front = page(newcomer, "Resource claims")
    work = "Sessions at the place board"
    assert rows(front.claims.list)[0] == (
        "RX-001", work, "8 sessions at £320.00", "£2,560.00", "£2,560.00", "£560.00", "£2,000.00",
    )  # fmt: skip
    assert newcomer.sees("2 claims; £2,000.00 outstanding. Of 1 it is not said what was invoiced or paid.")
    basis = "Rests on: D-001 Design framework, page 27, 16 June 2021; not checked to be still in force"
    assert basis in newcomer.reads("About this claim")


def collaborative(person: Person) -> Organisation:
    ours, federation = add(person, Organisation(name="Our PCN"), Organisation(name="Our federation"))
    (group,) = add(
        person,
        Collaborative(
            name="One voice",
            kind=CollaborativeKind.PRIMARY_CARE,
            terms_version="1.1",
            mandate="Nominates the GP provider seat",
            paid=PaidHow.LEAD_PROVIDER,
            vision=2,
            estates=0,
            scored_on=date(2026, 10, 1),
        ),
    )
    add(
        person,
        CollaborativeMember(collaborative=group.id, organisation=ours.id),
        CollaborativeMember(collaborative=group.id, organisation=federation.id, ends=date(2026, 6, 30)),
    )
    found: Organisation = ours
    return found


def test_a_collaborative_shows_members_terms_mandate_and_five_lines_of_maturity(newcomer: Person) -> None:
    collaborative(newcomer)
    page(newcomer, "Collaborative")
    words = newcomer.reads("About this line")
    assert "Members: Our PCN\n" in words
    assert "Terms of reference: version 1.1" in words
    assert "Mandate: Nominates the GP provider seat" in words
    assert words.count("•") == 5
    assert "• Shared vision and leadership: 2, partly in place" in words
    assert "• Workforce: not scored" in words


def test_a_collaborative_says_which_kind_it_is_and_how_it_is_paid(newcomer: Person) -> None:
    collaborative(newcomer)
    (line,) = rows(page(newcomer, "Collaborative").collaborative.list)
    assert line[2:] == ("Primary care collaborative", "version 1.1", "paid: Through a lead provider")


def test_who_leads_what_for_whom_is_one_line_while_it_holds(newcomer: Person) -> None:
    (lead,) = add(newcomer, Organisation(name="Canal PCN"))
    add(
        newcomer,
        LeadAssignment(
            what="Frailty", leader=lead.id, on_behalf_of="five PCNs", agreed_where="Minute PCC/26/007"
        ),
        LeadAssignment(what="Vaccines", leader=lead.id, ends=date(2026, 3, 31)),
    )
    (line,) = rows(page(newcomer, "Collaborative").collaborative.list)
    assert line == ("LD-001", "Frailty", "led by Canal PCN", "Minute PCC/26/007", "for five PCNs")


@pytest.mark.parametrize("zoom", [100, 200])
def test_every_part_of_the_sample_can_be_used_by_everyone(person: Person, qtbot: QtBot, zoom: int) -> None:
    for _ in range((zoom - 100) // 25):
        person.presses("Ctrl++")
    person.window.resize(*SCREEN)
    faults = []
    for part in (
        "Time",
        "Duties",
        "Stakeholders",
        "Offers and delivered",
        "Resource claims",
        "Collaborative",
    ):
        page(person, part)
        faults += faults_here(person, qtbot, part, walk=zoom == 100 and part in ("Time", "Duties"))
    assert not faults, told(faults)
