"""Each question about all commitments is answered by the entries it should be, and by no others."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import closing_soon, held
from nhsdesk.domain.commitment_views import VIEWS, counted, owner_of, shares
from nhsdesk.domain.commitments import (
    Basis,
    Commitment,
    CommitmentKind,
    FourPurposes,
    Funding,
    InContract,
    QuotationFound,
    Result,
    Status,
    WorkClass,
)
from nhsdesk.domain.consultations import Consultation, DecisionWindow
from nhsdesk.domain.contracts import Agreement, LocalVariation
from nhsdesk.domain.duties import Occurrence, RecurringDuty, Rhythm
from nhsdesk.domain.held import Held
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation, Person, Sector
from nhsdesk.domain.plans import Milestone, Plan, PlanStatus, TeamLink
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.domain.unfunded import a_month, certainty_words, cost_a_month, unfunded_words

TODAY = date(2026, 11, 20)


def one(number: int, **values: Any) -> Commitment:
    return Commitment(id=Id(number), ref=f"C-{number:03}", title=f"Commitment {number}", **values)


def file(*commitments: Commitment, **values: Any) -> Held:
    return Held(today=TODAY, commitments=commitments, **values)


def answers(title: str, of: Held) -> list[int]:
    view = next(view for view in VIEWS if view.title == title)
    return [row.id for row in view.rows(of)]


def cells(title: str, of: Held) -> list[tuple[str, ...]]:
    view = next(view for view in VIEWS if view.title == title)
    return [row.cells for row in view.rows(of)]


# ---- every question


EVERYTHING = file(
    *(
        one(n, kind=kind, status=status, came_to=result, basis=basis)
        for n, (kind, status, result, basis) in enumerate(
            product([*CommitmentKind, None], [*Status, None], [None, Result.PARKED], [Basis.NONE]), 1
        )
    )
)  # fmt: skip


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.title)
def test_every_answer_has_a_cell_under_each_heading_and_every_question_says_what_it_asks(view: Any) -> None:
    assert all(len(row.cells) == len(view.headings) for row in view.rows(EVERYTHING))
    assert view.asks.endswith(".")
    assert view.rows(file()) == ()
    assert isinstance(view.says(file()), str)


# ---- money


@pytest.mark.parametrize("certainty", [*Funding, None])
@pytest.mark.parametrize("kind", list(CommitmentKind))
def test_an_aspirational_plan_without_money_is_found_among_the_asks(
    kind: CommitmentKind, certainty: Funding | None
) -> None:
    of = file(one(1, kind=kind, funding_certainty=certainty))
    unfunded = certainty is not Funding.AGREED
    assert answers("Asked, not funded", of) == ([1] if kind is CommitmentKind.ASK and unfunded else [])


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, True), ({"funding_certainty": Funding.OFFERED}, True), ({"funding_certainty": Funding.AGREED}, False),
        ({"came_to": Result.WITHDRAWN}, False), ({"kind": CommitmentKind.ASK}, False),
    ],
)  # fmt: skip
def test_reassurance_that_budgets_are_ring_fenced_is_an_assurance_without_money(
    values: dict[str, Any], found: bool
) -> None:
    of = file(one(1, **{"kind": CommitmentKind.ASSURANCE, **values}))
    assert answers("Assurance without money", of) == ([1] if found else [])


def test_unfunded_hours_are_totalled_a_month_with_their_cost_where_an_hours_cost_is_settled() -> None:
    held_ = (
        one(1, unfunded_hours=Hours.of(3), work_class=WorkClass.UNFUNDED),
        one(2, unfunded_hours=Hours.of("1.5")),
        one(3, unfunded_hours=Hours.of(40), status=Status.CLOSED),
    )
    view = next(view for view in VIEWS if view.title == "Unfunded hours")
    assert view.says(file(*held_)) == (
        "Unfunded work takes 4.5 hours a week, 19.5 hours a month. "
        "What an hour costs is not settled, so no cost is given."
    )
    settled = file(*held_, rules=Rules({"commitments.hour_cost": "85"}))
    assert view.says(settled).endswith("At £85 an hour that is £1,657.50 a month.")
    assert [row[2:5] for row in cells("Unfunded hours", settled)] == [
        ("3", "13", "£1,105.00"), ("1.5", "6.5", "£552.50"),
    ]  # fmt: skip


@given(st.integers(0, 10**9), st.integers(0, 9_999))
def test_a_months_cost_is_a_twelfth_of_a_years_to_the_penny(seconds: int, pounds: int) -> None:
    cost, exact = cost_a_month(Hours(seconds), pounds), seconds * 52 * pounds * 100
    assert abs(cost.pence * 12 * 3600 - exact) * 2 <= 12 * 3600
    assert abs(a_month(Hours(seconds)).seconds * 12 - seconds * 52) <= 12 * 18
    assert unfunded_words(Hours(), pounds) == "No unfunded hours are recorded."


# ---- groups


def test_commitments_are_counted_by_owner_and_those_at_an_end_are_left_out() -> None:
    people = {Id(90): Person(id=Id(90), role_title="PCN manager")}
    of = file(one(1, owner=Id(90)), one(2), one(3, owner=Id(90)), one(4, status=Status.MET), people=people)
    assert counted(owner_of, of) == (("PCN manager", 2), ("Nobody yet", 1))
    assert answers("By owner", of) == [2, 1, 3]


def test_the_four_reasons_have_their_shares() -> None:
    of = file(
        one(1, serves=FourPurposes.LEAD), one(2, purpose="Lead the work"), one(3, purpose="join up care"), one(4)
    )  # fmt: skip
    assert shares(of) == (
        ("Lead the work", 2, 50), ("Join up care", 1, 25), ("None of the four named", 1, 25),
    )  # fmt: skip


def test_who_wants_it_is_its_publisher_where_nobody_else_is_said() -> None:
    documents = {Id(70): SourceDocument(id=Id(70), title="Model", body="NHS England")}
    of = file(one(1, document=Id(70)), one(2, owed_to="The ICB"), one(3), documents=documents)
    assert [row[0] for row in cells("By body", of)] == ["NHS England", "Not yet known who", "The ICB"]


# ---- what is missing or no longer holds


def test_half_known_ones_say_what_is_not_yet_known() -> None:
    of = file(
        one(1, kind=CommitmentKind.ASK, owner=Id(90), document=Id(7)), one(2, kind=CommitmentKind.DEFINITION),
        one(3, owed_to="ICB"), one(4, status=Status.CLOSED),
    )  # fmt: skip
    assert answers("Half-known", of) == [3]
    assert cells("Half-known", of)[0][2].startswith("where it is written, whether it binds")


def test_usage_that_no_contract_mentions_is_listed_with_the_clause_and_the_day() -> None:
    of = file(
        one(1, in_contract=InContract.ABSENT, checked_clause="A&G service 4.1", checked_on=date(2026, 10, 1)),
        one(2, in_contract=InContract.ABSENT, checked_clause="A&G service 4.1", checked_on=date(2026, 1, 1)),
        one(3, in_contract=InContract.PRESENT), one(4),
    )  # fmt: skip
    words = [row[3] for row in cells("Not in our contract", of)]
    assert words[0] == "Not in our contract: A&G service 4.1, looked at on 1 October 2026"
    assert words[1].endswith("Stale: that is more than six months ago. Look again.")
    assert len(words) == 2


def test_signatures_evidence_quotations_and_reviews_are_each_found() -> None:
    of = file(
        one(1, kind=CommitmentKind.AGREEMENT), one(2, status=Status.MET), one(3, status=Status.MET),
        one(4, quotation_found=QuotationFound.GONE), one(5, review_on=date(2026, 11, 19)),
        one(6, status=Status.ON_TRACK),
        proved=frozenset({Id(3)}),
        plans=(Plan(id=Id(60), ref="PL-001", title="Frailty", status=PlanStatus.LIVE),),
    )  # fmt: skip
    assert answers("No signature of ours", of) == [1]
    assert answers("Met without evidence", of) == [2]
    assert answers("Quotation gone", of) == [4]
    assert answers("Review overdue", of) == [5]
    assert answers("Live without a purpose", of) == [6, 60]


# ---- documents


def document(number: int, **values: Any) -> SourceDocument:
    return SourceDocument(id=Id(number), ref=f"D-{number:03}", title=f"Paper {number}", **values)


def test_a_document_is_superseded_by_its_successor_or_by_its_status_and_never_by_itself() -> None:
    held_ = (
        document(1), document(2, supersedes=Id(1)), document(3, status=DocumentStatus.REPLACED),
        document(4, supersedes=Id(4)),
    )  # fmt: skip
    assert held.superseded_by(held_) == {Id(1): "D-002", Id(3): "a newer document"}


@pytest.mark.parametrize(
    ("newer", "asks"),
    [
        ({"body": "The ICB", "dated": TODAY}, True), ({"body": " the icb ", "dated": TODAY}, True),
        ({"body": "NHS England", "dated": TODAY}, False), ({"body": "The ICB", "dated": date(2026, 1, 1)}, False),
        ({"body": "The ICB", "dated": TODAY, "reread_on": TODAY}, False), ({"body": "The ICB"}, False),
    ],
)  # fmt: skip
def test_no_changes_proposed_is_read_again_after_a_newer_document_of_the_same_body(
    newer: dict[str, Any], asks: bool
) -> None:
    held_ = (document(1, body="The ICB", dated=date(2026, 2, 1)), document(2, **newer))
    of = file(
        one(1, kind=CommitmentKind.ASSURANCE, document=Id(1)),
        documents={each.id: each for each in held_},
        newer=held.newest_of_the_body(held_),
    )
    assert answers("Assurances to read again", of) == ([1] if asks else [])
    read = file(one(1, kind=CommitmentKind.ASSURANCE, document=Id(1), reviewed_on=TODAY), newer=of.newer)
    assert answers("Assurances to read again", read) == []


# ---- closing soon


CLAIM = RecurringDuty(id=Id(14), ref="RU-001", title="Claim", rhythm=Rhythm.LAST_WORKING_DAY, starts=TODAY)


def test_what_closes_is_listed_by_day_whatever_it_is() -> None:
    of = file(
        one(1, due=date(2026, 12, 1), revised_due=date(2026, 12, 9)), one(2, due=date(2026, 11, 1)),
        one(3, due=date(2026, 11, 1), came_to=Result.PARKED), one(4, due=date(2027, 6, 1)),
        windows=(DecisionWindow(id=Id(10), ref="DW-001", what="Footprint", closes=date(2026, 12, 11)),),
        consultations=(Consultation(id=Id(11), ref="CO-001", title="Model", closes=date(2026, 12, 2)),),
        agreements=(Agreement(id=Id(12), ref="AG-001", title="Data", expires=date(2026, 12, 3)),),
        variations=(LocalVariation(id=Id(13), ref="LV-001", title="Frailty", decide_by=date(2026, 12, 4)),),
        duties={Id(14): CLAIM},
        occurrences=(
            Occurrence(id=Id(15), duty=Id(14), due=date(2026, 11, 30), moved_to=date(2026, 12, 5)),
            Occurrence(id=Id(16), duty=Id(14), due=date(2026, 12, 31), skipped_because="Closed"),
        ),
        plans=(Plan(id=Id(17), ref="PL-001", title="Frailty"),),
        milestones=(Milestone(id=Id(18), plan=Id(17), what="Hub open", original=date(2026, 12, 6)),),
    )  # fmt: skip
    assert answers("Closing soon", of) == [2, 11, 12, 13, 15, 18, 1, 10]
    found = cells("Closing soon", of)
    assert found[0][:2] == ("1 November 2026", "19 days late")
    assert found[4][3] == "Comes round: last working day of each month. Moved from 30 November 2026"
    assert found[6][3] == "Falls due, moved from 1 December 2026"


def test_a_window_in_which_something_can_be_shaped_goes_when_it_has_closed() -> None:
    for closes, found in (
        (TODAY, [1]),
        (date(2026, 11, 19), []),
        (date(2027, 1, 19), [1]),
        (date(2027, 1, 20), []),
    ):
        window = DecisionWindow(
            id=Id(1), what="Development window", closes=closes, decided_by="The place board"
        )
        assert answers("Closing soon", file(windows=(window,))) == found


def test_a_decision_before_its_consultation_closed_is_told() -> None:
    early = Consultation(id=Id(1), title="Hubs", closes=date(2026, 12, 2), decided_on=date(2026, 11, 2))
    assert (
        cells("Closing soon", file(consultations=(early,)))[0][3]
        == "Consultation closes, though it is decided already"
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "today"), (date(2026, 11, 21), "1 day"), (date(2026, 11, 19), "1 day late"),
        (date(2027, 11, 20), "365 days"),
    ],
)  # fmt: skip
def test_how_far_off_a_day_is_reads_as_words(day: date, words: str) -> None:
    assert closing_soon.away(day, TODAY) == words


# ---- people


def test_people_at_an_icb_that_halved_are_listed_until_they_are_confirmed_since() -> None:
    organisations = {
        Id(1): Organisation(
            id=Id(1), name="Old ICB", sector=Sector.ICB, valid_to=date(2026, 3, 31), successor=Id(2)
        ),
        Id(2): Organisation(id=Id(2), name="New ICB", sector=Sector.ICB, valid_from=date(2026, 4, 1)),
        Id(3): Organisation(id=Id(3), name="Trust", sector=Sector.ACUTE_TRUST),
    }

    def person(number: int, **values: Any) -> Person:
        return Person(id=Id(number), role_title=f"Role {number}", **values)

    people = (
        person(10, organisation=Id(1)), person(11, organisation=Id(2), confirmed_on=date(2026, 4, 1)),
        person(12, organisation=Id(2), confirmed_on=date(2026, 4, 2)), person(13, organisation=Id(3)),
        person(14, organisation=Id(1), ends=date(2026, 3, 31)), person(15),
    )  # fmt: skip
    of = file(people={each.id: each for each in people}, organisations=organisations)
    assert answers("People not confirmed", of) == [10, 11]
    assert closing_soon.people_words(of) == "The ICB changed on 1 April 2026."
    assert closing_soon.people_words(file()).startswith("No change of the ICB is entered.")


def test_money_is_told_with_how_certain_it_is() -> None:
    funded = one(1, funding=Money(1_800_000), funding_certainty=Funding.OFFERED)
    assert certainty_words(funded) == "Offered, £18,000.00"
    assert certainty_words(one(2)) == "Not yet known"


# ---- plans and teams


def test_all_that_can_still_be_shaped_is_listed_with_the_days_left_however_far_off() -> None:
    windows = (
        DecisionWindow(id=Id(1), ref="DW-001", what="Footprint", closes=date(2027, 6, 30)),
        DecisionWindow(id=Id(2), ref="DW-002", what="Estates", closes=TODAY),
        DecisionWindow(id=Id(3), ref="DW-003", what="Too late", closes=date(2026, 1, 1)),
    )
    held_ = file(windows=windows)
    assert [row[1:3] for row in cells("Can still be shaped", held_)] == [
        ("today", "Estates"), (f"{(date(2027, 6, 30) - TODAY).days} days", "Footprint"),
    ]  # fmt: skip
    assert closing_soon.shaped_words(held_) == "1 of them within a fortnight."


def test_teams_are_out_of_touch_after_the_days_of_the_local_rule() -> None:
    teams = (
        TeamLink(id=Id(1), ref="TL-001", team="Nurses", last_contact=TODAY - timedelta(days=20)),
        TeamLink(id=Id(2), ref="TL-002", team="Hospice"),
    )
    assert answers("Teams out of touch", file(teams=teams)) == [2]
    rules = Rules({"commitments.out_of_touch_days": "20"})
    assert answers("Teams out of touch", file(teams=teams, rules=rules)) == [2, 1]


def test_a_benefit_counts_as_shown_only_once_measured_and_a_stopped_plan_is_left_out() -> None:
    shown = Plan(
        id=Id(1), ref="PL-001", title="Hub", benefit="Shorter waits", measure="days", baseline="9", actual="4",
        measured_on=TODAY,
    )  # fmt: skip
    hoped = Plan(id=Id(2), ref="PL-002", title="Van", benefit="Reach")
    stopped = Plan(id=Id(3), ref="PL-003", title="Shed", status=PlanStatus.STOPPED)
    held_ = file(plans=(shown, hoped, stopped))
    assert answers("Benefits", held_) == [2, 1]
    view = next(view for view in VIEWS if view.title == "Benefits")
    assert view.says(held_) == "1 of 2 measured against a baseline."
