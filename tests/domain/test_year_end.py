"""A financial year's end: which year it is about, how each step stands and why, and what was kept beside today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import year_end, year_end_carried, year_end_figures
from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Assignment, Post, Role, Stage
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.duties import RecurringDuty, Rhythm
from nhsdesk.domain.filings import Filing, FilingState
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import ListBase, LondonZone, Practice
from nhsdesk.domain.outturn import Entitlement, Entry, Lacking, Outturn
from nhsdesk.domain.outturn import Standing as Amount
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.year_end import Kept, Standing, StepTold, YearEnd, YearStep
from nhsdesk.domain.year_end_carried import DutyAsked, OpenRequest, Term
from nhsdesk.domain.year_end_figures import ListAsked, NotFiled, RateAsked

YEAR = FinancialYear(2026)
LAST = date(2027, 3, 31)
APRIL = date(2027, 4, 20)
CLOSED = ClosedYear(
    ref="YC-001", id=Id(9), year=YEAR, closed_on=APRIL, closed_by="Ann Archer", position=7, program="1"
)
WORKED = Outturn(YEAR, APRIL, Entitlement(Money.pounds(1000), "£1 × 1,000", True), ())


# ---- which year


@pytest.mark.parametrize(
    ("today", "closed", "year"),
    [
        (date(2026, 11, 20), [], 2026),
        (date(2027, 3, 31), [], 2026),
        (date(2027, 4, 1), [], 2026),
        (date(2027, 4, 1), [2026], 2027),
        (date(2027, 6, 30), [], 2026),
        (date(2027, 7, 1), [], 2027),
        (date(2028, 2, 29), [], 2027),
    ],
)
def test_the_year_that_ended_is_asked_for_until_it_is_closed_or_its_weeks_are_over(
    today: date, closed: list[int], year: int
) -> None:
    assert year_end.year_at(today, {FinancialYear(one) for one in closed}) == FinancialYear(year)


@pytest.mark.parametrize(
    ("today", "stands"),
    [
        (date(2027, 3, 2), None),
        (date(2027, 3, 3), "Ends in 28 days"),
        (date(2028, 3, 2), None),
        (date(2028, 3, 3), "Ends in 28 days"),
        (date(2027, 3, 30), "Ends tomorrow"),
        (LAST, "Ends today"),
        (date(2027, 4, 1), "Ended 31 March 2027"),
        (date(2027, 6, 30), "Ended 31 March 2027"),
        (date(2027, 7, 1), None),
    ],
)
def test_the_page_of_the_day_speaks_of_it_in_the_weeks_around_31_march(
    today: date, stands: str | None
) -> None:
    told = year_end.told_today(today, ())
    assert (told.stands if told else None) == stands


def test_the_page_of_the_day_is_silent_once_the_year_is_closed() -> None:
    assert year_end.told_today(APRIL, {YEAR}) is None


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.booleans())
def test_whatever_the_day_a_year_told_of_is_one_that_may_be_chosen(today: date, closed: bool) -> None:
    done = {FinancialYear(FinancialYear.of(today).first_year - 1)} if closed else set()
    told = year_end.told_today(today, done)
    assert told is None or told.year in year_end.years_offered(today, done)
    assert told is None or told.over == (today > told.year.last)


def test_a_year_that_was_never_closed_may_still_be_chosen_years_later() -> None:
    later = date(2029, 4, 20)
    years = [one.first_year for one in year_end.years_offered(later, {FinancialYear(2025)}, YEAR)]
    assert years == [2029, 2028, 2027, 2026, 2025]


def test_a_month_not_claimed_has_no_amount_of_nothing_where_it_is_not_known() -> None:
    month, later = YEAR.months[0], YEAR.months[1]
    lacking = (Lacking(month, "P-001", 1, "", ""), Lacking(later, "P-001", 1, "", ""))
    entries = (Entry(later, "P-002", 2, "", Amount.UNCLAIMED, Money.pounds(5)),)
    days = ((month, None), (later, None), (YEAR.months[2], None))
    worked = replace(WORKED, entries=entries, lacking=lacking, last_days=days)
    assert [one.amount_words for one in worked.not_claimed] == ["amount not known", "at least £5.00", "£0.00"]


# ---- the whole


def end(*steps: StepTold, today: date = APRIL, closed: ClosedYear | None = None) -> YearEnd:
    return YearEnd(YEAR, today, closed, steps)


TO_DO = StepTold(YearStep.FILINGS, Standing.TO_DO, "1 is not filed.", in_the_way=("March is not filed.",))
NOT = StepTold(YearStep.POSTS, Standing.NOT, "No post.")


def test_a_year_can_be_closed_from_the_day_after_its_last() -> None:
    assert "can be closed from the day after" in end(TO_DO, today=LAST).refused
    assert end(TO_DO, today=date(2027, 4, 1)).refused == ""
    assert end(TO_DO).words == "1 step is to do to close 2026/27 and open 2027/28."
    assert end(TO_DO).in_the_way == ("March is not filed.",)


def test_a_closed_year_is_not_closed_twice_and_an_empty_one_never() -> None:
    assert end(TO_DO, closed=CLOSED).refused == (
        "2026/27 was closed on 20 April 2027 by Ann Archer (YC-001)."
    )
    assert end(NOT).refused == "Nothing of 2026/27 is in this PCN file, so there is nothing to close."


def test_of_two_copies_that_closed_a_year_the_first_counts() -> None:
    later = replace(CLOSED, id=Id(3), closed_on=date(2027, 5, 1))
    assert year_end.current((later, CLOSED), YEAR) is CLOSED
    assert year_end.current((later, CLOSED), FinancialYear(2025)) is None


def test_a_year_that_two_copies_closed_tells_of_both() -> None:
    other = replace(CLOSED, ref="YC-B1", closed_on=date(2027, 5, 1), closed_by="Ben Bow")
    assert YearEnd(YEAR, APRIL, CLOSED, (), (other,)).words == (
        "2026/27 was closed on 20 April 2027 by Ann Archer (YC-001). Another copy closed it too: on 1 May 2027 by "
        "Ben Bow (YC-B1). The outturn shown is that of YC-001."
    )


# ---- list sizes


def practice(number: int) -> Practice:
    return Practice(id=Id(number), ref=f"PR-00{number}", name=f"Practice {number}")


def test_practices_without_a_list_size_of_1_january_are_named_once_with_all_they_lack() -> None:
    one, two = practice(1), practice(2)
    on = year_end.counted_on(YEAR)
    step = year_end_figures.lists(
        (ListAsked(ListBase.REGISTERED, on, 2, (one,)), ListAsked(ListBase.WEIGHTED, on, 2, (one, two)))
    )
    assert step.standing is Standing.TO_DO
    assert step.in_the_way == (
        "1 of 2 practices has no registered count on 1 January 2027.",
        "2 of 2 practices have no contractor weighted count on 1 January 2027.",
    )
    assert [(entry.ref, entry.told) for entry in step.entries] == [
        ("PR-001", "No registered and no contractor weighted count"),
        ("PR-002", "No contractor weighted count"),
    ]


def test_list_sizes_are_done_when_every_practice_has_them_and_nothing_where_there_is_no_practice() -> None:
    on = year_end.counted_on(YEAR)
    assert year_end_figures.lists((ListAsked(ListBase.WEIGHTED, on, 2, ()),)).standing is Standing.DONE
    assert year_end_figures.lists((ListAsked(ListBase.WEIGHTED, on, 0, ()),)).standing is Standing.NOT


# ---- maxima


def rate(valid_from: date, confidence: RateConfidence = RateConfidence.CONFIRMED) -> Rate:
    return Rate(
        id=Id(5), ref="RT-005", role=Role.PARAMEDIC, zone=LondonZone.NONE, annual=Money.pounds(60_000),
        valid_from=valid_from, source="The specification", confidence=confidence,
    )  # fmt: skip


def told_of(found: Rate | None, has_sum: bool = True) -> StepTold:
    asked = RateAsked(Role.PARAMEDIC, LondonZone.NONE, 2, found)
    return year_end_figures.rates((asked,), YEAR, has_sum)


def test_a_maximum_of_this_year_is_provisional_for_the_next_and_never_counts_as_its_own() -> None:
    step = told_of(rate(date(2026, 4, 1)))
    assert step.standing is Standing.TO_DO
    assert "provisional for 2027/28 until the new one is published: Paramedic" in step.told
    assert step.entries[0].told.startswith("Provisional: £60,000.00 a year of the year before")


def test_a_role_without_a_maximum_and_a_year_without_its_sum_a_head_are_named() -> None:
    step = told_of(None, has_sum=False)
    assert step.in_the_way == (
        "1 role has no maximum for 2027/28: Paramedic.",
        "No ARRS sum a head for 2027/28 is on file, so its entitlement is not known.",
    )


def test_a_maximum_of_the_next_year_is_enough_and_says_when_nobody_confirmed_it() -> None:
    assert told_of(rate(date(2027, 4, 1))).standing is Standing.DONE
    step = told_of(rate(date(2027, 4, 1), RateConfidence.TYPED))
    assert step.standing is Standing.DONE
    assert "1 maximum is not confirmed." in step.told
    assert year_end_figures.rates((), YEAR, False).standing is Standing.NOT


# ---- posts


def post(number: int, **more: object) -> Post:
    return Post(id=Id(number), ref=f"P-{number:03}", role=Role.PARAMEDIC, stage=Stage.FILLED, **more)  # type: ignore[arg-type]


def hours(post: int, ends: date | None, starts: date = date(2026, 4, 1)) -> Assignment:
    return Assignment(id=Id(post * 10), post=Id(post), hours=Hours(37 * 3600), starts=starts, ends=ends)


def test_posts_without_an_end_go_on_with_nothing_to_copy() -> None:
    step = year_end_carried.posts((post(1), post(2, ends=date(2027, 4, 1))), {}, YEAR)
    assert step.standing is Standing.DONE
    assert step.told == (
        "2 posts go on into 2027/28 with nothing to copy: no end is entered, or one after 31 March."
    )


def test_a_post_that_ends_on_31_march_is_to_be_extended_or_let_go() -> None:
    every = (post(1, ends=LAST), post(2, ends=date(2027, 3, 30)), post(3))
    step = year_end_carried.posts(every, {}, YEAR)
    assert step.standing is Standing.TO_DO
    assert [entry.ref for entry in step.entries] == ["P-001"]
    assert step.in_the_way == ("1 post ends on 31 March 2027: P-001.",)


def test_a_post_whose_hours_end_with_the_year_is_named_unless_somebody_follows() -> None:
    ends = {Id(1): [hours(1, LAST)]}
    (found,) = year_end_carried.ending_with((post(1),), ends, YEAR)
    assert not found.post_ends
    assert found.hours == tuple(ends[Id(1)])
    followed = {Id(1): [hours(1, LAST), hours(1, None, starts=date(2027, 4, 1))]}
    assert year_end_carried.ending_with((post(1),), followed, YEAR) == ()


def test_a_post_that_goes_on_is_never_said_to_end_with_the_hours_in_it() -> None:
    step = year_end_carried.posts((post(1), post(2, ends=LAST)), {Id(1): [hours(1, LAST)]}, YEAR)
    assert step.in_the_way == (
        "1 post ends on 31 March 2027: P-002.",
        "1 post goes on while the hours of who is in it end on 31 March 2027: P-001.",
    )


def test_a_post_that_was_let_go_is_asked_for_no_more() -> None:
    gone = replace(post(1, ends=LAST), stage=Stage.ENDED)
    vacant = replace(post(2), stage=Stage.VACANT)
    assert year_end_carried.ending_with((gone, vacant), {Id(2): [hours(2, LAST)]}, YEAR) == ()
    assert year_end_carried.posts((gone,), {}, YEAR).standing is Standing.NOT


def test_ten_thousand_posts_are_told_in_a_sentence() -> None:
    every = tuple(post(n, ends=LAST if n % 2 else None) for n in range(1, 10_001))
    step = year_end_carried.posts(every, {one.id: [hours(one.id, None)] for one in every}, YEAR)
    assert len(step.entries) == 5_000
    assert step.in_the_way[0].endswith("P-001, P-003, P-005, P-007, P-009 and 4,995 more.")
    assert "5,000 posts go on into 2027/28" in step.told


# ---- duties


DUTY = RecurringDuty(
    id=Id(4), ref="RU-004", title="Claim", rhythm=Rhythm.DAY_OF_MONTH, number=5, starts=date(2026, 4, 1)
)


def test_days_of_duties_are_to_be_made_until_they_are() -> None:
    step = year_end_carried.duties((DutyAsked(DUTY, 12, 0, 1),), YEAR)
    assert step.standing is Standing.TO_DO
    assert step.in_the_way == ("12 days of RU-004 are to be made.",)
    done = year_end_carried.duties((DutyAsked(DUTY, 0, 0, 12),), YEAR)
    assert (done.standing, done.told) == (
        Standing.DONE,
        "1 recurring duty has 12 days in 2027/28 so far.",
    )
    assert year_end_carried.duties((), YEAR).standing is Standing.NOT


def test_a_duty_that_gives_no_days_is_told_with_what_is_wrong() -> None:
    wrong = DutyAsked(DUTY, 0, 0, 0, (Problem("RU-004: say which day."),))
    assert year_end_carried.duties((wrong,), YEAR).in_the_way == ("RU-004: say which day.",)


# ---- terms


def term(ref: str, ends: date | None, of: str = "") -> Term:
    return Term(ref, "Chair, PCN board", ends, "seat", Id(1), (of or ref,))


@pytest.mark.parametrize(
    ("ends", "asked"),
    [
        (date(2026, 3, 31), False),
        (date(2026, 4, 1), True),
        (LAST, True),
        (date(2027, 6, 30), True),
        (date(2027, 7, 1), False),
        (None, False),
    ],
)
def test_terms_that_end_by_30_june_are_looked_at(ends: date | None, asked: bool) -> None:
    assert bool(year_end_carried.terms_ending((term("ST-001", ends),), YEAR)) is asked


def test_a_term_that_somebody_follows_is_not_asked_for() -> None:
    every = (term("ST-001", LAST, "chair"), term("ST-002", None, "chair"), term("ST-003", LAST))
    assert [one.ref for one in year_end_carried.terms_ending(every, YEAR)] == ["ST-003"]
    step = year_end_carried.terms(every, YEAR)
    assert step.in_the_way == ("1 term ends by 30 June 2027: ST-003.",)
    assert year_end_carried.terms((), YEAR).standing is Standing.NOT


# ---- what stays open


def test_open_actions_and_requests_go_on_and_nothing_of_them_is_asked() -> None:
    actions = (
        Action(id=Id(1), ref="A-001", what="Reply", due=date(2027, 3, 1)),
        Action(id=Id(2), ref="A-002", what="Chase", due=date(2027, 5, 1)),
    )
    request = OpenRequest("SR-001", "Alder House", "Sent", Id(3))
    step = year_end_carried.carried(actions, (request,), YEAR, APRIL)
    assert step.standing is Standing.DONE
    assert step.in_the_way == ()
    assert step.told.startswith("2 open actions (1 past its day) and 1 support request stay open and go on")
    assert [entry.told for entry in step.entries] == ["Was due 1 March 2027", "Due 1 May 2027", "Sent"]
    assert year_end_carried.carried((), (), YEAR, APRIL).standing is Standing.NOT


# ---- filings


@pytest.mark.parametrize(
    ("period", "due_on", "year"),
    [
        ("March 2027", None, 2026),
        ("April 2027", None, 2027),
        ("2026/27 Q4", None, 2026),
        ("2026/27", date(2027, 5, 1), 2026),
        ("31 March 2027", None, 2026),
        ("1 April 2027", None, 2027),
        ("29 February 2028", None, 2027),
        ("", date(2027, 3, 31), 2026),
        ("", None, None),
        ("the spring", date(2027, 3, 31), None),
    ],
)
def test_the_year_of_a_filing_is_that_of_its_period(
    period: str, due_on: date | None, year: int | None
) -> None:
    assert year_end_figures.year_of_period(period, due_on) == (None if year is None else FinancialYear(year))


def filing(state: FilingState, period: str = "March 2027") -> Filing:
    return Filing(title="ARRS monthly claim", period=period, state=state)


def test_what_is_filed_of_a_closed_year_is_set_aside_and_what_is_not_stays() -> None:
    assert year_end_figures.set_aside(filing(FilingState.ACCEPTED), {YEAR})
    assert not year_end_figures.set_aside(filing(FilingState.QUERIED), {YEAR})
    assert not year_end_figures.set_aside(filing(FilingState.DRAFT), {YEAR})
    assert not year_end_figures.set_aside(filing(FilingState.SENT, "April 2027"), {YEAR})
    assert not year_end_figures.set_aside(filing(FilingState.SENT), ())


def test_what_is_not_filed_is_named_as_what_is_in_the_way() -> None:
    waiting = NotFiled("RM-001", "ARRS monthly claim, March 2027", "Late by 3 days", "return_to_make", Id(1))
    step = year_end_figures.filings((filing(FilingState.SENT),), (waiting,), YEAR, None)
    assert step.standing is Standing.TO_DO
    assert step.told == "1 filing of 2026/27 is filed; 1 is still to be filed or answered."
    assert step.in_the_way == ("ARRS monthly claim, March 2027 is not filed (late by 3 days).",)
    queried = replace(waiting, words="Queried", queried=True)
    assert queried.sentence == (
        "ARRS monthly claim, March 2027 is filed and queried; the query is not settled."
    )


def test_filings_are_done_when_none_waits_and_set_aside_when_the_year_is_closed() -> None:
    done = year_end_figures.filings((filing(FilingState.SENT),), (), YEAR, None)
    assert done.standing is Standing.DONE
    assert "Closing the year sets them aside" in done.told
    aside = year_end_figures.filings((filing(FilingState.SENT),), (), YEAR, CLOSED)
    assert aside.told == "1 filing of 2026/27 is set aside; search finds them."
    assert year_end_figures.filings((), (), YEAR, None).standing is Standing.NOT


# ---- outturn


def test_months_that_were_not_claimed_and_what_the_outturn_lacks_are_acknowledged() -> None:
    march = Month(2027, 3)
    entry = Entry(march, "P-001", 1, "Paramedic", Amount.UNCLAIMED, Money.pounds(500))
    worked = replace(WORKED, entries=(entry,), last_days=((march, None),))
    step = year_end_figures.outturn(worked, None)
    assert step.standing is Standing.TO_DO
    assert "entitlement £1,000.00, claimed £0.00, filled, not claimed £500.00, outturn £500.00" in step.told
    assert step.in_the_way[0].startswith("March 2027 (M12) is not claimed (£500.00).")


def test_a_year_without_posts_has_no_outturn_and_a_closed_one_says_that_it_is_kept() -> None:
    assert year_end_figures.outturn(WORKED, None).standing is Standing.NOT
    assert "no outturn was kept" in year_end_figures.outturn(WORKED, CLOSED).told


def test_what_was_kept_stands_beside_today_and_never_under_it() -> None:
    kept = Kept(Money.pounds(1000), Money(), None, Money())
    assert year_end.beside_words(year_end.beside(kept, WORKED)) == "Nothing of it is another sum today."
    more = replace(kept, claimed=Money.pounds(30))
    rows = year_end.beside(more, WORKED)
    claimed = next(row for row in rows if row.changed)
    assert claimed.difference == Money.pounds(-30)
    assert year_end.beside_words(rows) == (
        "Changed since. Claimed, uplifts included: kept £30.00, today £0.00."
    )


@given(st.integers(2000, 2090), st.integers(0, 365))
def test_every_day_of_a_year_lies_in_the_year_of_its_day_words(first: int, days: int) -> None:
    year = FinancialYear(first)
    day = min(year.first + timedelta(days=days), year.last)
    words = f"{day.day} {Month.of(day).words}"
    assert year_end_figures.year_of_period(words) == year
