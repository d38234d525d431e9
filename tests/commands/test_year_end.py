"""A year is closed as one step that keeps its outturn, undone and redone; what ends with it is extended or let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import claims, duties, filings, today, year_end
from nhsdesk.domain import year_end_figures
from nhsdesk.domain.arrs import Assignment, Post, Stage
from nhsdesk.domain.bodies import Seat
from nhsdesk.domain.claimed import Claim
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.duties import Occurrence, RecurringDuty, Rhythm
from nhsdesk.domain.fields import Record
from nhsdesk.domain.filings import Filing, FilingKind, FilingState
from nhsdesk.domain.organisations import ListBase, ListSize, Practice
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.year_end import Standing, StepTold, YearStep
from nhsdesk.store import proving
from nhsdesk.store.database import Database
from tests.commands.claimed_year import freeze
from tests.conftest import Clock

YEAR = FinancialYear(2026)
LAST = date(2027, 3, 31)
APRIL = datetime(2027, 4, 20, 9, 30, tzinfo=UTC)


@pytest.fixture
def sampled(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample, open three weeks after the year has ended."""
    from nhsdesk.commands import files

    clock.moment = APRIL
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def step(database: Database, wanted: YearStep) -> StepTold:
    end = year_end.see(database, YEAR).end
    return next(one for one in end.steps if one.step is wanted)


def closed(database: Database) -> ClosedYear:
    return year_end.close(database, year_end.prepare(database, YEAR), acknowledged=True)


def held(database: Database, ref: str) -> Record:
    with database.read() as reader:
        found = reader.by_ref(ref)
    assert found is not None
    return found


# ---- closing


def test_closing_is_one_step_that_undo_takes_back_and_redo_brings_again(sampled: Database) -> None:
    before = sampled.head.position
    done = closed(sampled)
    assert sampled.head.position == before + 1
    assert (done.closed_by, done.closed_on) == ("Ann Archer", APRIL.date())
    assert year_end.closed_years(sampled) == {YEAR}
    sampled.undo()
    assert year_end.closed_years(sampled) == frozenset()
    sampled.redo()
    assert year_end.closed_years(sampled) == {YEAR}
    assert proving.prove(sampled).faults == ()


def test_what_is_in_the_way_is_acknowledged_or_the_year_stays_open(sampled: Database) -> None:
    ready = year_end.prepare(sampled, YEAR)
    assert any(one.startswith("March 2027 (M12) is not claimed") for one in ready.in_the_way)
    assert any("Late advice, March 2027 is not filed" in one for one in ready.in_the_way)
    with pytest.raises(
        errors.YearNotClosed, match=r"2026/27 was not closed: \d+ things must be acknowledged"
    ):
        year_end.close(sampled, ready, acknowledged=False)
    assert year_end.closed_years(sampled) == frozenset()
    done = year_end.close(sampled, ready, acknowledged=True)
    assert (done.acknowledged or "").splitlines() == list(ready.in_the_way)


def test_what_looks_like_an_nhs_number_in_a_title_does_not_keep_a_year_open(sampled: Database) -> None:
    with sampled.change("Await a return", patient_data_reason="it is the number of a contract") as change:
        filing = Filing(
            title="Contract 943 476 5919", kind=FilingKind.RETURN, period=str(YEAR), state=FilingState.DRAFT
        )
        change.add(filing)
    done = closed(sampled)
    assert done.acknowledged is not None
    assert "Contract xxx xxx 59xx, 2026/27 is not filed" in done.acknowledged


def test_a_year_is_not_closed_before_its_end_nor_twice(sample: Path, clock: Clock) -> None:
    from nhsdesk.commands import files

    clock.moment = datetime(2027, 3, 31, 20, tzinfo=UTC)
    with files.open_for_work(sample, "Ann Archer", clock) as database:
        with pytest.raises(errors.YearNotClosed, match=r"ends on 31 March 2027"):
            year_end.prepare(database, YEAR)
        clock.moment = datetime(2027, 3, 31, 23, 30, tzinfo=UTC)  # half past midnight in London
        closed(database)
        with pytest.raises(errors.YearNotClosed, match=r"was closed on 1 April 2027 by Ann Archer"):
            year_end.prepare(database, YEAR)


def test_what_was_changed_since_it_was_looked_at_is_looked_at_again(sampled: Database) -> None:
    ready = year_end.prepare(sampled, YEAR)
    with sampled.change("Rename") as change:
        change.put(replace(change.reader.all(Practice)[0], name="Another"))
    with pytest.raises(errors.ChangedMeanwhile, match="Look again"):
        year_end.close(sampled, ready, acknowledged=True)


def test_a_new_file_has_nothing_to_close(database: Database, clock: Clock) -> None:
    clock.moment = APRIL
    assert all(one.standing is Standing.NOT for one in year_end.see(database, YEAR).end.steps)
    with pytest.raises(errors.YearNotClosed, match="Nothing of 2026/27 is in this PCN file"):
        year_end.prepare(database, YEAR)
    assert isinstance(year_end.open_again(database, YEAR), Problem)


def test_a_year_over_before_the_file_was_begun_is_not_closed_unless_something_of_it_is_entered(
    sampled: Database,
) -> None:
    long_over = FinancialYear(2020)
    with pytest.raises(
        errors.YearNotClosed, match="2020/21 ended before this PCN file was begun, and no post"
    ):
        year_end.prepare(sampled, long_over)
    with sampled.change("Enter a filing") as change:
        change.add(
            Filing(title="Accounts", kind=FilingKind.RETURN, period=str(long_over), state=FilingState.DRAFT)
        )
    assert year_end.prepare(sampled, long_over).year == long_over


def test_who_is_to_start_after_a_year_is_of_no_concern_to_it(sampled: Database) -> None:
    assert "was to start on" in "\n".join(year_end.prepare(sampled, YEAR).in_the_way)
    assert "to start on" not in "\n".join(year_end.prepare(sampled, FinancialYear(2025)).in_the_way)


def test_a_closed_year_is_opened_again_after_other_steps(sampled: Database) -> None:
    closed(sampled)
    with sampled.change("Rename") as change:
        change.put(replace(change.reader.all(Practice)[0], name="Another"))
    assert year_end.open_again(sampled, YEAR) == "2026/27 is open again."
    assert year_end.closed_years(sampled) == frozenset()


# ---- the outturn that was kept


def test_the_outturn_is_kept_byte_for_byte_and_later_claims_stand_beside_it(
    sampled: Database, tmp_path: Path
) -> None:
    done = closed(sampled)
    kept = year_end.outturn_as_kept(sampled, done.ref)[1]
    assert done.outturn is not None
    assert done.outturn.name == "SAMPLE ARRS outturn 2026-27.xlsx"
    assert not any(row.changed for row in year_end.see(sampled, YEAR).beside)
    freeze(sampled, Month(2026, 11), APRIL.date())
    rows = {row.name: row for row in year_end.see(sampled, YEAR).beside}
    claimed = rows["Claimed, uplifts included"]
    assert claimed.kept is not None
    assert claimed.today is not None
    assert claimed.today > claimed.kept
    year_end.save_outturn(sampled, done.ref, tmp_path / "Kept.xlsx")
    assert (tmp_path / "Kept.xlsx").read_bytes() == kept
    with pytest.raises(errors.PaperRefused, match="No outturn is kept under"):
        year_end.outturn_as_kept(sampled, "C-001")


def test_a_claim_of_the_closed_year_is_superseded_as_ever(sampled: Database) -> None:
    closed(sampled)
    with sampled.read() as reader:
        before = next(one for one in reader.all(Claim) if one.month == Month(2026, 4))
    later = claims.begin(sampled, before.month)
    assert later.supersedes == before.id
    assert year_end.closed_years(sampled) == {YEAR}


def test_a_year_left_open_is_offered_and_closed_when_the_next_one_is_over(
    sampled: Database, clock: Clock
) -> None:
    clock.moment = APRIL.replace(year=2028)
    seen = year_end.see(sampled)
    assert (seen.end.year, YEAR in seen.years) == (FinancialYear(2027), True)
    closed(sampled)
    assert year_end.closed_years(sampled) == {YEAR}


# ---- posts


def ending_posts(database: Database) -> tuple[Post, Post]:
    """A post that ends on 31 March with who is in it, and one whose hours alone end then."""
    with database.change("End with the year") as change:
        one, two = [
            post
            for post in change.reader.all(Post)
            if post.ends is None
            and post.stage is Stage.FILLED
            and len(change.reader.all(Assignment, post=post.id, ends=None)) == 1
        ][:2]
        for post in (one, two):
            (hours,) = change.reader.all(Assignment, post=post.id, ends=None)
            change.put(replace(hours, ends=LAST))
        one = change.put(replace(one, ends=LAST))
    return one, two


def test_posts_that_end_with_the_year_are_extended_as_one_step(sampled: Database) -> None:
    one, two = ending_posts(sampled)
    assert {entry.id for entry in step(sampled, YearStep.POSTS).entries} == {one.id, two.id}
    told = year_end.extend_posts(sampled, YEAR, {one.id, two.id}, date(2028, 3, 31))
    assert isinstance(told, str)
    assert told.startswith("2 posts go on to 31 March 2028.")
    assert step(sampled, YearStep.POSTS).standing is Standing.DONE
    with sampled.read() as reader:
        assert reader.get(Post, one.id).ends == date(2028, 3, 31)
        assert reader.get(Post, two.id).ends is None
        assert reader.all(Assignment, post=two.id, ends=date(2028, 3, 31))
    sampled.undo()
    assert len(step(sampled, YearStep.POSTS).entries) == 2


def test_the_hours_of_a_post_with_an_end_of_its_own_go_no_further_than_it(sampled: Database) -> None:
    _, two = ending_posts(sampled)
    with sampled.change("End in June") as change:
        change.put(replace(two, ends=date(2027, 6, 30)))
    told = year_end.extend_posts(sampled, YEAR, {two.id}, date(2028, 3, 31))
    assert isinstance(told, str)
    assert f"Some end before, and the hours in them no later: {two.ref} on 30 June 2027." in told
    with sampled.read() as reader:
        assert reader.get(Post, two.id).ends == date(2027, 6, 30)
        assert max(one.ends for one in reader.all(Assignment, post=two.id) if one.ends) == date(2027, 6, 30)


def test_posts_are_extended_without_an_end_but_not_to_a_day_that_has_passed(sampled: Database) -> None:
    one, _ = ending_posts(sampled)
    refused = year_end.extend_posts(sampled, YEAR, {one.id}, LAST)
    assert isinstance(refused, Problem)
    assert refused.sentence == "31 March 2027 is no later than 31 March 2027. Nothing was changed."
    assert year_end.extend_posts(sampled, YEAR, {one.id}, None) == "1 post goes on without an end."
    assert isinstance(year_end.extend_posts(sampled, YEAR, {one.id}, None), Problem)


def test_posts_are_let_go_and_one_that_goes_on_becomes_vacant(sampled: Database) -> None:
    one, two = ending_posts(sampled)
    told = year_end.let_posts_go(sampled, YEAR, {one.id, two.id})
    assert told == "1 post ends with 2026/27. 1 post goes on and is vacant from then on."
    with sampled.read() as reader:
        assert reader.get(Post, one.id).stage is Stage.ENDED
        assert reader.get(Post, two.id).stage is Stage.VACANT
    assert step(sampled, YearStep.POSTS).standing is Standing.DONE
    assert isinstance(year_end.let_posts_go(sampled, YEAR, {one.id}), Problem)


# ---- duties, terms, list sizes, filings


def test_the_days_of_the_new_year_are_made_once(sampled: Database) -> None:
    with sampled.change("Add") as change:
        change.add(
            RecurringDuty(title="Claim", rhythm=Rhythm.DAY_OF_MONTH, number=5, starts=date(2026, 4, 1))
        )
    assert step(sampled, YearStep.DUTIES).standing is Standing.TO_DO
    duties.bring_up_to_date(sampled)
    duties.bring_up_to_date(sampled)
    done = step(sampled, YearStep.DUTIES)
    assert done.standing is Standing.DONE
    with sampled.read() as reader:
        days = [one.due for one in reader.all(Occurrence)]
    assert len(days) == len(set(days))
    assert date(2028, 3, 5) in days


def test_terms_are_extended_beyond_30_june_as_one_step(sampled: Database) -> None:
    with sampled.change("End a term") as change:
        seat = change.put(replace(change.reader.all(Seat)[0], ends=LAST))
    assert [one.ref for one in step(sampled, YearStep.TERMS).entries] == [seat.ref]
    refused = year_end.extend_terms(sampled, YEAR, {seat.id}, date(2027, 6, 30))
    assert isinstance(refused, Problem)
    told = year_end.extend_terms(sampled, YEAR, {seat.id}, date(2030, 3, 31))
    assert told == "1 term goes on to 31 March 2030."
    assert step(sampled, YearStep.TERMS).standing is Standing.DONE


def test_list_sizes_of_1_january_are_asked_for_by_the_ways_this_year_was_counted(sampled: Database) -> None:
    asked = step(sampled, YearStep.LISTS)
    assert len(asked.in_the_way) == 2
    with sampled.change("Add") as change:
        for practice in change.reader.all(Practice):
            for base in (ListBase.REGISTERED, ListBase.WEIGHTED):
                size = ListSize(
                    practice=practice.id, base=base, counted_on=date(2027, 1, 1), patients=Decimal(100)
                )
                change.add(size)
    assert step(sampled, YearStep.LISTS).standing is Standing.DONE


def test_filings_of_a_closed_year_are_set_aside_and_still_found(sampled: Database) -> None:
    closed(sampled)
    years = year_end.closed_years(sampled)
    filed = filings.register(sampled).filed
    aside = {one.filing.ref for one in filed if year_end_figures.set_aside(one.filing, years)}
    assert aside
    assert "FF-002" not in aside  # it is queried
    assert held(sampled, min(aside))


# ---- on the page of the day


def test_the_page_of_the_day_leads_to_it_until_the_year_is_closed(sampled: Database) -> None:
    line = today.papers_and_meetings(sampled)[0]
    assert (line.what, line.told) == ("Close 2026/27 and open 2027/28", "Ended 31 March 2027")
    assert (line.opens.place, line.opens.tab) == ("PCN file", "Close a year")
    closed(sampled)
    assert not [one for one in today.papers_and_meetings(sampled) if one.what.startswith("Close ")]


def test_months_not_claimed_stay_on_the_page_of_the_day_until_their_year_is_closed(sampled: Database) -> None:
    facts = today.money(sampled)
    assert facts is not None
    assert facts.year == FinancialYear(2027)
    assert [one.what[:30] for one in facts.not_claimed][-1] == "ARRS claim for March 2027 (M12"
    assert len(facts.not_claimed) == 5
    closed(sampled)
    facts = today.money(sampled)
    assert facts is not None
    assert facts.not_claimed == ()


def test_the_page_of_the_day_is_silent_of_a_year_that_ended_before_the_file_was_begun(
    tmp_path: Path, clock: Clock
) -> None:
    from nhsdesk.commands import files

    clock.moment = APRIL
    with files.create(tmp_path / "Ours.nhsdesk", "Eastfield PCN", "Ann Archer", clock) as database:
        assert year_end.told_today(database) is None
        assert year_end.see(database).end.year == FinancialYear(2027)
