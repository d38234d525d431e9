"""Who is owed, from real files: claims, statements and payments each found under the employer they belong to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhsdesk.domain.arrs import Assignment, Pay, Post, Role
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage, ClaimState
from nhsdesk.domain.employers import EmployerLine, EmployerPayment, EmployerStatement, VatMarker
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.owed import Owed
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.sections import owed
from nhsdesk.store.database import Database
from tests.sections import making

TODAY = date(2026, 11, 20)
OCTOBER = Month(2026, 10)


class Books:
    """One post of a federation, with its rate, and whatever a test adds."""

    def __init__(self, database: Database) -> None:
        self.database = database
        base = making.practice(database)
        self.rate = making.maximum(database, "60000")
        with database.change("Add employers") as change:
            self.federation = change.add(Organisation(name="Federation")).id
            self.trust = change.add(Organisation(name="Trust")).id
        self.post = making.post(
            database, "4400", base=base.id, employer=self.federation, portal_label="Pharmacist"
        )

    def adds(self, *records: Any) -> list[Any]:
        with self.database.change("Add") as change:
            return [change.add(record) for record in records]

    def claims(self, cost: int = 5_600, claimed: int = 5_000, **fields: Any) -> Claim:
        fields.setdefault("state", ClaimState.DRAFT)
        with self.database.change("Add a claim") as change:
            claim = change.add(Claim(month=OCTOBER, **fields))
            amounts: dict[str, Any] = {
                "cost": Money.pounds(cost),
                "maximum": Money.pounds(claimed),
                "pro_rata_maximum": Money.pounds(claimed),
                "claimed": Money.pounds(claimed),
            }
            change.add(ClaimLine(claim=claim.id, post=self.post.id, rate=self.rate.id, **amounts))
        return claim

    def row(self, month: Month = OCTOBER, employer: Id | None = None) -> Owed:
        wanted = (month, employer or self.federation)
        (found,) = (one for one in self.rows() if (one.month, one.employer) == wanted)
        return found

    def rows(self) -> tuple[Owed, ...]:
        return self.facts().rows

    def facts(self) -> owed.Facts:
        with self.database.read() as reader:
            return owed.gather(reader, FinancialYear(2026), TODAY)


@pytest.fixture
def books(database: Database) -> Books:
    return Books(database)


def test_a_month_not_yet_claimed_costs_what_is_worked_out(books: Books) -> None:
    found = books.row()
    assert found.cost > Money.pounds(5_000)
    assert (found.claimed, found.paid) == (None, None)


def test_only_months_that_are_over_are_listed(books: Books) -> None:
    assert [one.month for one in books.rows()] == [Month(2026, n) for n in range(10, 3, -1)]


def test_a_submitted_claim_gives_cost_and_claimed_as_they_were_sent(books: Books) -> None:
    books.claims(state=ClaimState.SUBMITTED, submitted_on=date(2026, 11, 10))
    found = books.row()
    assert (found.cost, found.claimed) == (Money.pounds(5_600), Money.pounds(5_000))


def test_a_draft_claims_nothing_yet(books: Books) -> None:
    books.claims()
    assert (books.row().cost, books.row().claimed) == (Money.pounds(5_600), None)


def test_a_superseded_claim_does_not_count(books: Books) -> None:
    first = books.claims(state=ClaimState.SUBMITTED)
    books.claims(cost=5_700, state=ClaimState.SUBMITTED, supersedes=first.id)
    assert books.row().cost == Money.pounds(5_700)


def test_the_portals_newest_statement_says_what_was_paid(books: Books) -> None:
    for received, amount in ((date(2026, 11, 12), 4_000), (date(2026, 11, 15), 5_000)):
        (statement,) = books.adds(PortalStatement(month=OCTOBER, received_on=received))
        books.adds(
            PortalLine(
                statement=statement.id, label="Pharmacist", post=books.post.id, paid=Money.pounds(amount)
            )
        )
    found = books.row()
    assert (found.paid, found.paid_on, found.days(TODAY)) == (Money.pounds(5_000), date(2026, 11, 15), 5)


def test_what_was_paid_for_a_line_of_no_post_is_owed_to_nobody_known(books: Books) -> None:
    (statement,) = books.adds(PortalStatement(month=OCTOBER))
    books.adds(PortalLine(statement=statement.id, label="Leaver", paid=Money.pounds(100)))
    assert [one.paid for one in books.rows() if one.employer is None] == [Money.pounds(100)]
    assert books.facts().name(None) == "Employer not entered"


def test_a_claim_paid_in_full_needs_no_statement(books: Books) -> None:
    claim = books.claims(state=ClaimState.SUBMITTED)
    books.adds(ClaimEvent(claim=claim.id, happened_on=date(2026, 11, 18), stage=ClaimStage.PAID))
    assert (books.row().paid, books.row().days(TODAY)) == (Money.pounds(5_000), 2)


def test_a_claim_paid_in_part_without_a_statement_is_not_shared_out_by_guessing(books: Books) -> None:
    claim = books.claims(state=ClaimState.SUBMITTED)
    paid = ClaimEvent(
        claim=claim.id, happened_on=date(2026, 11, 18), stage=ClaimStage.PAID, amount=Money.pounds(4_000)
    )
    books.adds(paid)
    assert books.row().paid is None


def test_payments_passed_on_are_taken_off(books: Books) -> None:
    books.claims(state=ClaimState.SUBMITTED)
    for amount in (2_000, 3_000):
        books.adds(
            EmployerPayment(
                employer=books.federation, month=OCTOBER, amount=Money.pounds(amount), paid_on=TODAY
            )
        )
    assert (books.row().passed_on, books.row().outstanding) == (Money.pounds(5_000), Money.pounds(600))


def test_who_sent_the_pay_of_a_month_employed_the_post_in_it(books: Books) -> None:
    (statement,) = books.adds(
        EmployerStatement(employer=books.trust, month=OCTOBER, vat=VatMarker.IRRECOVERABLE)
    )
    books.adds(EmployerLine(statement=statement.id, post=books.post.id, salary=Money.pounds(4_400)))
    assert books.row(employer=books.trust).vat == (VatMarker.IRRECOVERABLE,)
    assert books.row(Month(2026, 9)).cost


def test_a_post_shared_under_two_employers_stands_under_its_own(books: Books) -> None:
    books.adds(Assignment(post=books.post.id, hours=Hours.of(5), starts=making.APRIL, employer=books.trust))
    books.claims(state=ClaimState.SUBMITTED)
    assert books.row(employer=books.trust).cost == Money.pounds(5_600)


def test_a_post_whose_figure_cannot_be_worked_out_is_counted(books: Books) -> None:
    with books.database.change("Add a post without a rate") as change:
        post = change.add(Post(role=Role.GP, base=books.post.base, starts=making.APRIL))
        change.add(Assignment(post=post.id, hours=Hours.of(25), starts=making.APRIL))
        change.add(Pay(post=post.id, starts=making.APRIL, salary=Money.pounds(6_500)))
    assert books.facts().not_worked_out == 7


def test_the_samples_year_is_gathered_whole(sample: Any, clock: Any) -> None:
    from nhsdesk.commands import files

    with files.open_for_work(sample, "Ann Archer", clock) as database, database.read() as reader:
        facts = owed.gather(reader, FinancialYear(2026), TODAY)
    assert {one.month for one in facts.rows} >= {Month(2026, n) for n in range(4, 11)}
