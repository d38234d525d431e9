"""The forecast outturn from real records: claims as submitted, months to come by the engine, what is missing told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nhsdesk.commands import files
from nhsdesk.domain import outturn as sums
from nhsdesk.domain.arrs import Assignment, Certainty, Pay, Post, Role, Scheme, Stage
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.outturn import Outturn, Standing
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.sections import outturn, year_position
from nhsdesk.sections.year_position import Position
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock
from tests.sections.claiming import SUBMITTED, YEAR, claimed, claimed_as, entitled, sample_year, uplifted
from tests.sections.making import APRIL, maximum, post, practice

MARCH = Month(2027, 3)


def worked(database: Database, on: date = AS_OF, year: FinancialYear = YEAR) -> Outturn:
    with database.read() as reader:
        return outturn.work_out(outturn.read(reader, year, on), year, on)


def position(database: Database, on: date = AS_OF, year: FinancialYear = YEAR) -> Position:
    with database.read() as reader:
        return year_position.gather(reader, year, on)[0]


def pounds(amount: str) -> Money:
    return Money.pounds(amount)


def of_month(made: Outturn, month: Month) -> Money:
    return dict(sums.by_month(made))[month].outturn


# ---- the sample's year


@pytest.fixture
def sample_file(sample: Path, clock: Clock) -> Iterator[Database]:
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        sample_year(opened)
        yield opened


def test_the_sample_year_comes_to_its_figures_to_the_penny(sample_file: Database) -> None:
    made = worked(sample_file)
    months = {month: row.claimed for month, row in sums.by_month(made)}
    assert [str(months[month]) for month in SUBMITTED] == [
        "£106,520.17", "£106,520.17", "£109,424.73", "£113,228.50", "£113,664.62", "£111,325.27", "£116,108.20",
    ]  # fmt: skip
    assert made.entitlement.amount == pounds("1552451.48")
    assert made.claimed == pounds("781848.11")
    assert made.committed == pounds("584130.30")
    assert made.forecast == pounds("1365978.41")
    assert made.headroom == pounds("186473.07")
    assert made.complete
    assert made.twelfth == pounds("129370.96")


def test_what_will_be_lost_is_said_with_the_last_day_to_advertise(sample_file: Database) -> None:
    made = position(sample_file, date(2026, 11, 9))
    assert made.outturn.headroom == pounds("186473.07")
    assert made.loss.words.startswith("£186,473.07 will be lost on 31 March unless it is spent.")
    assert made.loss.words.endswith(
        "A full-time clinical pharmacist from 1 February would use £13,333.34. To start by then, advertise by "
        "9 November 2026."
    )


def test_a_day_later_the_example_moves_on_to_the_next_month(sample_file: Database) -> None:
    words = position(sample_file, date(2026, 11, 10)).loss.words
    assert "A full-time clinical pharmacist from 1 March would use £6,666.67." in words
    assert words.endswith("advertise by 7 December 2026.")


# ---- one post


def test_a_post_in_post_all_year_is_forecast_to_31_march(database: Database) -> None:
    maximum(database, "72000")
    post(database, "4000", base=practice(database).id)
    made = worked(database, date(2026, 6, 15))
    line = of_month(made, MARCH)
    assert line
    assert made.committed == Money(12 * line.pence)
    standings = {one.month: one.standing for one in made.entries}
    assert standings[Month(2026, 5)] is Standing.UNCLAIMED
    assert standings[Month(2026, 6)] is Standing.TO_COME


def test_a_post_that_starts_and_one_that_ends_mid_month_are_forecast_by_the_day(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    base = practice(database).id
    post(database, "9000", role=Role.PARAMEDIC, base=base, starts=date(2027, 2, 15))
    made = worked(database, date(2027, 1, 4))
    assert of_month(made, Month(2027, 2)) == pounds("1500.00")  # 14 of 28 days
    leaving = post(database, "9000", role=Role.PARAMEDIC, base=base, starts=APRIL, ends=date(2026, 9, 10))
    made = worked(database, date(2026, 5, 1))
    mine = [one for one in made.entries if one.post_id == leaving.id]
    assert mine[-1].month == Month(2026, 9)
    assert mine[-1].amount == pounds("1000.00")  # 10 of 30 days


def test_february_of_a_leap_year_and_31_march_are_whole_months(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC, valid_from=date(2027, 4, 1), published_on=None)
    base = practice(database).id
    post(database, "9000", role=Role.PARAMEDIC, base=base, starts=date(2028, 2, 1), ends=date(2028, 3, 31))
    made = worked(database, date(2028, 1, 10), FinancialYear(2027))
    assert of_month(made, Month(2028, 2)) == of_month(made, Month(2028, 3)) == pounds("3000.00")
    assert made.forecast == pounds("6000.00")
    assert worked(database, date(2028, 1, 10), FinancialYear(2028)).forecast == Money()


def test_on_31_march_and_after_it_nothing_is_to_come(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id, starts=date(2027, 3, 1))
    last_day = worked(database, date(2027, 3, 31))
    assert [one.standing for one in last_day.entries] == [Standing.TO_COME]
    after = worked(database, date(2027, 4, 1))
    assert [one.standing for one in after.entries] == [Standing.UNCLAIMED]


def test_a_post_that_ended_before_today_keeps_its_claims_and_has_nothing_to_come(database: Database) -> None:
    rate = maximum(database, "36000", Role.PARAMEDIC)
    gone = post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id, ends=date(2026, 4, 30))
    claimed_as(database, Month(2026, 4), {gone.id: "3000"}, rate.id)
    made = worked(database)
    assert (made.claimed, made.committed) == (pounds("3000"), Money())


def test_a_claimed_month_stays_as_it_was_claimed_whatever_is_entered_since(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id)
    claimed(database, Month(2026, 4), date(2026, 5, 8))
    before = of_month(worked(database), Month(2026, 4))
    maximum(database, "60000", Role.PARAMEDIC, published_on=date(2026, 8, 1))
    made = worked(database)
    assert of_month(made, Month(2026, 4)) == before == pounds("3000")
    assert of_month(made, Month(2026, 5)) == pounds("5000")


# ---- what was claimed and paid


def test_a_superseded_claim_counts_once_and_a_draft_not_at_all(database: Database) -> None:
    rate = maximum(database, "36000", Role.PARAMEDIC)
    one = post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id, ends=date(2026, 4, 30))
    first = claimed_as(database, Month(2026, 4), {one.id: "2000"}, rate.id)
    second = claimed_as(database, Month(2026, 4), {one.id: "2500"}, rate.id, supersedes=first.id)
    with database.change("Begin another") as change:
        change.add(Claim(month=Month(2026, 4), supersedes=second.id))
    assert worked(database).claimed == pounds("2500")


def test_a_withdrawn_claim_leaves_its_month_to_be_claimed(database: Database) -> None:
    rate = maximum(database, "36000", Role.PARAMEDIC)
    one = post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id, ends=date(2026, 4, 30))
    claim = claimed_as(database, Month(2026, 4), {one.id: "2000"}, rate.id)
    with database.change("Withdraw") as change:
        change.add(ClaimEvent(claim=claim.id, happened_on=date(2026, 6, 1), stage=ClaimStage.WITHDRAWN))
    made = worked(database)
    assert (made.claimed, made.committed) == (Money(), pounds("3000"))


def test_a_post_left_out_of_a_claim_is_still_to_be_claimed(database: Database) -> None:
    rate = maximum(database, "36000", Role.PARAMEDIC)
    base = practice(database).id
    one = post(database, "9000", role=Role.PARAMEDIC, base=base, ends=date(2026, 4, 30))
    post(database, "9000", role=Role.PARAMEDIC, base=base, ends=date(2026, 4, 30))
    claimed_as(database, Month(2026, 4), {one.id: "2000"}, rate.id)
    made = worked(database)
    assert (made.claimed, made.committed) == (pounds("2000"), pounds("3000"))


def test_an_uplift_counts_once_in_its_last_month(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    one = post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id)
    uplifted(database, one.id, "12.34", Month(2026, 4), Month(2026, 7), date(2026, 10, 2))
    made = worked(database)
    assert dict(sums.by_month(made))[Month(2026, 7)].uplift == pounds("12.34")
    assert worked(database, date(2026, 10, 1)).claimed == Money()


def test_paid_is_what_the_newest_statement_says_or_else_the_events(database: Database) -> None:
    rate = maximum(database, "36000", Role.PARAMEDIC)
    one = post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id)
    april = claimed_as(database, Month(2026, 4), {one.id: "3000"}, rate.id)
    may = claimed_as(database, Month(2026, 5), {one.id: "3000"}, rate.id)
    with database.change("Statements") as change:
        for received, paid in ((date(2026, 6, 1), "2800"), (date(2026, 7, 1), "2900")):
            told = change.add(PortalStatement(month=Month(2026, 4), received_on=received))
            change.add(PortalLine(statement=told.id, label="One", paid=pounds(paid)))
        for claim in (april, may):
            change.add(
                ClaimEvent(
                    claim=claim.id,
                    happened_on=date(2026, 7, 2),
                    stage=ClaimStage.PAID,
                    amount=pounds("3000"),
                )
            )
    assert worked(database).paid_in_all == pounds("5900")


def test_a_statement_for_another_pcn_is_not_what_we_were_paid(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    from nhsdesk.domain.organisations import Organisation

    with database.change("Statement") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        change.put(replace(ours, ods_code="U11111"))
        told = change.add(PortalStatement(month=Month(2026, 4), network_code="U22222"))
        change.add(PortalLine(statement=told.id, label="One", paid=pounds("2800")))
    assert worked(database).paid_in_all is None


# ---- what is not claimed


def test_months_not_claimed_are_listed_and_without_a_limit_may_still_be_claimed(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id, starts=date(2026, 9, 1))
    claimed(database, Month(2026, 9), date(2026, 10, 5))
    (october,) = worked(database).not_claimed
    assert october.month == Month(2026, 10)
    assert october.amount == pounds("3000")
    assert not october.too_late
    assert "No limit is settled" in october.words


def test_what_is_too_late_to_claim_is_lost_and_not_forecast(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id, starts=date(2026, 8, 1))
    with database.change("Settle") as change:
        change.add(LocalRule(key="arrs.back_months", value="2", starts=APRIL))
    made = worked(database)
    august, september, _ = made.not_claimed
    assert (august.last_day, august.too_late) == (date(2026, 10, 31), True)
    assert august.words.endswith("which has passed: it is lost.")
    assert (september.last_day, september.too_late) == (date(2026, 11, 30), False)
    assert "until 30 November 2026" in september.words
    assert made.committed == pounds("21000")  # September to March
    assert dict(sums.by_month(made))[Month(2026, 8)].too_late == pounds("3000")
    assert worked(database, date(2026, 10, 31)).committed == pounds("24000")


# ---- what has no figure


def test_months_without_a_maximum_are_told_and_have_no_figure(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC, valid_to=date(2026, 12, 31))
    entitled(database, "1", "100000")
    one = post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id)
    made = worked(database)
    assert not made.complete
    assert {gap.month for gap in made.lacking} == {Month(2027, 1), Month(2027, 2), MARCH}
    assert of_month(made, MARCH) == Money()
    (told,) = (one for one in sums.problems(made) if "no figure" in one.sentence)
    assert told.record == one.id
    assert "January 2027 to March 2027" in told.sentence
    loss = position(database).loss
    assert loss.words.startswith(
        "At most £73,000.00 will be lost on 31 March unless it is spent. 1 post has months"
    )


def test_an_empty_file_says_what_is_missing_and_nothing_more(database: Database) -> None:
    made = position(database)
    assert made.outturn.forecast == Money()
    assert made.outturn.headroom is None
    assert made.loss.amount is None
    assert made.loss.words.startswith("What would be lost on 31 March cannot be said: No ARRS sum a head")
    assert made.starters == ()
    assert len(sums.by_month(made.outturn)) == 12


def test_an_entitlement_without_every_list_size_is_no_figure(database: Database) -> None:
    entitled(database, "27.668", "56110")
    from nhsdesk.domain.organisations import Organisation

    with database.read() as reader:
        (ours,) = reader.all(Organisation, ours=True)
    missing = practice(database, "Late Surgery", network=ours.id)
    told = worked(database).entitlement
    assert told.amount is None
    assert missing.ref in told.working


def test_a_superseded_sum_and_one_published_later_are_not_known(database: Database) -> None:
    first = entitled(database, "27.668", "56110")
    with database.change("Supersede") as change:
        change.put(replace(first, superseded_on=date(2026, 8, 1)))
        change.add(
            replace(
                first,
                id=type(first.id)(0),
                version=0,
                ref="",
                per_head=Decimal("30"),
                published_on=date(2026, 8, 3),
            )
        )
    assert worked(database, date(2026, 7, 31)).entitlement.amount == pounds("1552451.48")
    assert worked(database, date(2026, 8, 2)).entitlement.amount is None
    assert worked(database, date(2026, 8, 3)).entitlement.amount == pounds("1683300.00")


def test_a_post_of_which_no_scheme_is_said_is_left_out_with_a_word(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    base = practice(database).id
    post(database, "9000", role=Role.PARAMEDIC, base=base, scheme=None)
    post(database, "9000", role=Role.PARAMEDIC, base=base, scheme=Scheme.OTHER)
    made = worked(database)
    assert made.forecast == Money()
    assert sum("which money pays" in one.sentence for one in made.problems) == 1


# ---- planned starters


def vacancy(database: Database, **fields: object) -> Post:
    held: dict[str, object] = {
        "role": Role.PARAMEDIC,
        "base": practice(database).id,
        "stage": Stage.ADVERTISED,
        "planned_start": date(2027, 2, 1),
        "planned_salary": pounds("9000"),
        "contracted": Hours.of("37.5"),
    }
    with database.change("Add a vacancy") as change:
        return change.add(Post(**{**held, **fields}))  # type: ignore[arg-type]


def test_planned_starters_stand_apart_confirmed_from_planned(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    sure = vacancy(
        database, stage=Stage.OFFER_MADE, certainty=Certainty.CONFIRMED, planned_start=date(2027, 3, 1)
    )
    thought = vacancy(database)
    made = position(database)
    assert made.outturn.forecast == Money()
    assert made.outturn.starters == pounds("9000")
    assert [(one.post, one.certainty, one.amount) for one in made.starters] == [
        (sure.ref, "Confirmed", pounds("3000")),
        (thought.ref, "Planned", pounds("6000")),
    ]
    assert made.notice_due == date(2026, 12, 31)


def test_a_starter_without_pay_or_hours_is_named_and_has_no_figure(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    vacancy(database, planned_salary=None)
    vacancy(database, contracted=None)
    made = position(database)
    assert [one.amount for one in made.starters] == [None, None]
    told = [one.sentence for one in made.outturn.problems]
    assert "no planned salary" in told[0]
    assert "no contracted hours" in told[1]


def test_a_planned_start_that_passed_is_told(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    vacancy(database, planned_start=AS_OF)
    made = position(database)
    assert made.starters == ()
    assert "was to start on 20 November 2026, and nobody is in it" in made.outturn.problems[0].sentence


def test_a_leavers_end_date_does_not_stop_the_next_planned_start(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    base = practice(database).id
    left = post(
        database,
        "9000",
        role=Role.PARAMEDIC,
        base=base,
        ends=date(2026, 8, 21),
        stage=Stage.OFFER_MADE,
        planned_start=date(2027, 1, 1),
        planned_salary=pounds("9000"),
        contracted=Hours.of("18.75"),
    )
    made = position(database)
    assert [(one.post, one.amount) for one in made.starters] == [(left.ref, pounds("4500"))]
    assert not any(
        one.month > Month(2026, 8) for one in made.outturn.entries if one.standing is Standing.TO_COME
    )


def test_hours_entered_from_a_day_to_come_are_a_confirmed_start_counted_once(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    coming = post(
        database,
        "9000",
        role=Role.PARAMEDIC,
        base=practice(database).id,
        starts=date(2027, 2, 1),
        stage=Stage.OFFER_MADE,
        planned_start=date(2027, 2, 1),
        planned_salary=pounds("9000"),
        contracted=Hours.of("37.5"),
    )
    made = position(database)
    assert made.outturn.committed == pounds("6000")
    assert made.outturn.starters == Money()
    assert [(one.post, one.certainty, one.amount) for one in made.starters] == [
        (coming.ref, "Confirmed", pounds("6000"))
    ]


def test_a_change_of_hours_to_come_is_no_starter(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    one = post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id)
    with database.change("More hours") as change:
        (first,) = change.reader.all(Assignment)
        change.put(replace(first, ends=date(2026, 12, 31)))
        change.add(Assignment(post=one.id, hours=Hours.of(30), starts=date(2027, 1, 1)))
    assert position(database).starters == ()


# ---- the sums, and many posts


def test_months_roles_and_posts_all_come_to_the_year(sample_file: Database) -> None:
    made = worked(sample_file)
    months = total(row.outturn for _, row in sums.by_month(made))
    roles = total(row.outturn for row in sums.by_role(made))
    posts = total(row.outturn for _, row in sums.by_post(made))
    assert months == roles == posts == made.forecast


def test_ten_thousand_posts_take_seconds(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    base = practice(database).id
    with database.change("Many") as change:
        for _ in range(10_000):
            one = change.add(Post(role=Role.PARAMEDIC, base=base))
            change.add(Assignment(post=one.id, hours=Hours.of("37.5"), starts=date(2025, 4, 1)))
            change.add(Pay(post=one.id, starts=date(2025, 4, 1), salary=pounds("9000")))
    began = time.process_time()
    made = worked(database)
    took = time.process_time() - began
    assert len(made.entries) == 120_000
    assert made.forecast == pounds("360000000")
    assert took < 30, took


def test_claim_lines_of_a_post_in_two_employments_are_added_up(database: Database) -> None:
    rate = maximum(database, "36000", Role.PARAMEDIC)
    one = post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id, ends=date(2026, 4, 30))
    claim = claimed_as(database, Month(2026, 4), {one.id: "1000"}, rate.id)
    with database.read() as reader:
        (line,) = reader.all(ClaimLine)
    assert line.claim == claim.id
    second = claimed_as(database, Month(2026, 5), {one.id: "250"}, rate.id)
    assert second.month == Month(2026, 5)
    ((_, row),) = sums.by_post(worked(database))
    assert row.claimed == pounds("1250")


def test_a_gap_for_want_of_a_london_zone_opens_the_practice(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC)
    base = practice(database, london_zone=None)
    post(database, "9000", role=Role.PARAMEDIC, base=base.id)
    gap = next(one for one in sums.problems(worked(database)) if "no figure" in one.sentence)
    assert (gap.kind, gap.record) == ("practice", base.id)
