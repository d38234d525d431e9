"""Uplifts through records: the worked examples of the dossier and the sample's uplift, to the penny."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands import claims, files, uplifts
from nhsdesk.domain.arrs import Assignment, BackPay, Pay, Post, Role
from nhsdesk.domain.claimed import ClaimEvent, ClaimLine, ClaimStage, ClaimState
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.uplifts import Due, Uplift, UpliftLine
from nhsdesk.sections import uplifts as gathered
from nhsdesk.sections.uplifts import UpliftFacts
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests import made_once
from tests.commands.claimed_year import freeze
from tests.conftest import Clock
from tests.sections.conftest import without_maxima
from tests.sections.making import maximum, post, practice
from tests.sections.withdrawing import withdraw_uplift

APRIL, JULY = Month(2026, 4), Month(2026, 7)
PAID = date(2026, 9, 25)
P = Money.pounds

SAMPLE_LINES = {
    "P-001": "368.76", "P-002": "333.36", "P-003": "302.76", "P-004": "244.52", "P-007": "209.60",
    "P-008": "214.24", "P-010": "376.48", "P-013": "194.08", "P-014": "205.72", "P-015": "235.48",
    "P-016": "415.32", "P-017": "380.40", "P-018": "229.00", "P-019": "190.16", "P-020": "166.92",
    "P-021": "209.60", "P-023": "120.32", "P-024": "127.97", "P-025": "201.84", "P-026": "329.92",
}  # fmt: skip


@pytest.fixture
def database(tmp_path: Path, clock: Clock) -> Iterator[Database]:
    """A file without the maxima shipped with the program."""
    path = made_once.ready(without_maxima, tmp_path / "Ours.nhsdesk", clock)
    with record_file.open_file(path, "Ann Archer", clock) as opened:
        yield opened


@pytest.fixture
def claimed_sample(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample: claimed from April on, its award on file, paid but by three employers."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        withdraw_uplift(opened)
        yield opened


def worked(
    database: Database, first: Month = APRIL, last: Month = JULY, known_on: date | None = None
) -> UpliftFacts:
    with database.read() as reader:
        return gathered.work_out(reader, first, last, known_on or database.today())


def sums(facts: UpliftFacts) -> tuple[str, str, str]:
    return tuple(str(facts.total_of(due)) for due in Due)  # type: ignore[return-value]


# ---- the sample


def test_the_samples_uplift_comes_out_line_by_line(claimed_sample: Database) -> None:
    facts = worked(claimed_sample, known_on=date(2026, 10, 2))
    assert {line.post: line.difference for line in facts.of(Due.UPLIFT)} == {
        ref: P(amount) for ref, amount in SAMPLE_LINES.items()
    }
    assert facts.total_of(Due.UPLIFT) == P("5056.45")
    assert facts.total_of(Due.WAITING) == P("1002.84")
    assert {line.post for line in facts.of(Due.WAITING)} == {"P-005", "P-006", "P-009", "P-011", "P-022"}
    assert facts.of(Due.RECOVERY) == ()
    assert facts.problems == ()


def test_the_samples_award_counts_only_from_the_day_it_was_paid(claimed_sample: Database) -> None:
    facts = worked(claimed_sample, known_on=date(2026, 9, 24))
    assert sums(facts) == ("£0.00", "£6,059.29", "£0.00")


def test_the_months_of_the_samples_rise_are_found(claimed_sample: Database) -> None:
    with claimed_sample.read() as reader:
        assert gathered.suggested(reader, claimed_sample.today()) == (APRIL, JULY)


def test_what_was_submitted_is_not_due_again_and_the_rest_still_waits(claimed_sample: Database) -> None:
    made = uplifts.begin(claimed_sample, APRIL, JULY)
    uplifts.mark_submitted(claimed_sample, made.id, date(2026, 10, 2))
    assert sums(worked(claimed_sample)) == ("£0.00", "£1,002.84", "£0.00")
    with claimed_sample.read() as reader:
        waiting = reader.all(Post, portal_label="First contact physiotherapist 1")
        rows = uplifts.unconfirmed_back_pay(reader, [waiting[0].id], claimed_sample.today())
    assert uplifts.confirm_back_pay(claimed_sample, rows, date(2026, 11, 1)) == 1
    facts = worked(claimed_sample)
    assert [(line.post, str(line.difference)) for line in facts.of(Due.UPLIFT)] == [("P-009", "£194.08")]


def test_the_original_lines_stay_as_they_were(claimed_sample: Database) -> None:
    with claimed_sample.read() as reader:
        before = reader.all(ClaimLine)
    made = uplifts.begin(claimed_sample, APRIL, JULY)
    uplifts.mark_submitted(claimed_sample, made.id, date(2026, 10, 2))
    with claimed_sample.read() as reader:
        assert reader.all(ClaimLine) == before


# ---- examples of the dossier, section 7


def pharmacist(database: Database, **fields: Any) -> Post:
    """Cost and maximum alike £5,581.00 a month from April to July, all claimed; a higher maximum since August."""
    there = practice(database)
    old = maximum(database, "66972", superseded_on=date(2026, 8, 3))
    made = post(database, "5581.00", base=there.id, portal_label="Clinical pharmacist 1", **fields)
    with database.change("Say what the employer pays on top") as change:
        (pay,) = change.reader.all(Pay, post=made.id)
        change.put(replace(pay, employer_ni=Money(), employer_pension=Money()))
    for number in range(4):
        freeze(database, APRIL.plus(number), date(2026, 8, 2))
    maximum(database, "69400", published_on=date(2026, 8, 3))
    assert old.annual == P("66972")
    return made


def back_paid(database: Database, held: Post, cost: str, paid_on: date | None = PAID) -> BackPay:
    """Pay such that a month costs so much, with nothing on top."""
    late = BackPay(
        post=held.id,
        starts=APRIL.first,
        ends=JULY.last,
        salary=P(cost),
        employer_ni=Money(),
        employer_pension=Money(),
        paid_on=paid_on,
    )
    with database.change("Record back-pay") as change:
        return change.add(late)


def test_e8_an_uplift_is_nothing_until_back_pay_was_paid(database: Database) -> None:
    held = pharmacist(database)
    assert worked(database).lines == ()
    late = back_paid(database, held, "5760.00", paid_on=None)
    assert sums(worked(database)) == ("£0.00", "£716.00", "£0.00")
    uplifts.confirm_back_pay(database, [late], PAID)
    assert sums(worked(database)) == ("£716.00", "£0.00", "£0.00")


def test_e21_an_uplift_for_a_leaver_counts_the_days_worked(database: Database) -> None:
    held = pharmacist(database, ends=date(2026, 6, 14))
    back_paid(database, held, "5760.00")
    (line,) = worked(database).of(Due.UPLIFT)
    assert line.difference == P("441.53")
    assert line.left_on == date(2026, 6, 14)
    assert line.months == "April 2026 to June 2026"


def test_e22_an_uplift_stops_at_the_maximum(database: Database) -> None:
    held = pharmacist(database)
    back_paid(database, held, "5900.00")
    assert sums(worked(database)) == ("£809.32", "£0.00", "£0.00")


def ends_early(database: Database, held: Post, day: date) -> None:
    with database.change("Note the end date") as change:
        change.put(replace(change.reader.get(Post, held.id), ends=day))


def test_e24_days_after_leaving_are_a_recovery_and_the_original_is_untouched(database: Database) -> None:
    held = pharmacist(database)
    ends_early(database, held, date(2026, 7, 21))
    (line,) = worked(database).of(Due.RECOVERY)
    assert line.difference == P("3780.68") - P("5581.00")
    assert line.because == "left on 21 July 2026"
    with database.read() as reader:
        assert [one.claimed for one in reader.all(ClaimLine)] == [P("5581.00")] * 4


def test_months_after_leaving_are_recovered_whole_and_not_netted(database: Database) -> None:
    held = pharmacist(database)
    back_paid(database, held, "5760.00")
    ends_early(database, held, date(2026, 5, 31))
    assert sums(worked(database)) == ("£358.00", "£0.00", "-£11,162.00")


def test_an_assignment_that_ended_is_a_recovery_too(database: Database) -> None:
    held = pharmacist(database)
    with database.change("Note the end") as change:
        (hours,) = change.reader.all(Assignment, post=held.id)
        change.put(replace(hours, ends=date(2026, 6, 30)))
    (line,) = worked(database).of(Due.RECOVERY)
    assert (line.difference, line.months, line.because) == (
        P("-5581.00"), "July 2026", "left on 30 June 2026"
    )  # fmt: skip


def test_a_maximum_without_its_successor_gives_no_figure_and_is_told(database: Database) -> None:
    held = pharmacist(database)
    back_paid(database, held, "5760.00")
    with database.change("Take a rate out") as change:
        (new,) = (one for one in change.reader.all(Rate) if one.superseded_on is None)
        change.remove(new)
    facts = worked(database)
    assert facts.lines == ()
    assert "P-001 Clinical pharmacist 1, April 2026, is not worked out: No maximum" in (
        facts.problems[0].sentence
    )


def shared_post(database: Database) -> Post:
    """A post of two employers, claimed for April at the old maximum; back-pay is on file, the second's not paid."""
    there = practice(database)
    with database.change("Add employers") as change:
        trust = change.add(Organisation(name="Trust"))
    maximum(database, "40000", role=Role.CARE_COORDINATOR, superseded_on=date(2026, 8, 3))
    held = post(database, "1700.00", hours="18.75", role=Role.CARE_COORDINATOR, base=there.id)
    with database.change("Share the post") as change:
        change.add(Assignment(post=held.id, hours=Hours.of("18.75"), starts=APRIL.first, employer=trust.id))
        change.add(Pay(post=held.id, starts=APRIL.first, salary=P("1700.00"), employer=trust.id))
    freeze(database, APRIL, date(2026, 5, 8))
    maximum(database, "42000", role=Role.CARE_COORDINATOR, published_on=date(2026, 8, 3))
    with database.read() as reader:
        ours, theirs = uplifts.back_pay_for(reader, [held], Decimal(3), APRIL, APRIL, PAID).rows
    unpaid = replace(theirs, back_pay=replace(theirs.back_pay, paid_on=None))
    uplifts.record_back_pay(database, [ours, unpaid])
    return held


def confirms_all(database: Database, held: Post) -> None:
    with database.read() as reader:
        rows = uplifts.unconfirmed_back_pay(reader, [held.id], database.today())
    uplifts.confirm_back_pay(database, rows, PAID)


def test_of_two_who_share_one_line_both_must_have_been_paid(database: Database) -> None:
    held = shared_post(database)
    first = worked(database, APRIL, APRIL)
    assert first.total_of(Due.UPLIFT) == Money()
    assert first.total_of(Due.WAITING) > Money()
    confirms_all(database, held)
    assert worked(database, APRIL, APRIL).total_of(Due.UPLIFT) == first.total_of(Due.WAITING)


def test_of_two_with_a_line_each_one_is_claimed_and_the_other_waits(database: Database) -> None:
    with database.change("Settle the lines") as change:
        change.add(LocalRule(key="arrs.split", value="a line for each employment", starts=APRIL.first))
    held = shared_post(database)
    first = worked(database, APRIL, APRIL)
    paid, waits = first.total_of(Due.UPLIFT), first.total_of(Due.WAITING)
    assert paid == waits > Money()
    made = uplifts.begin(database, APRIL, APRIL)
    uplifts.mark_submitted(database, made.id, database.today())
    assert sums(worked(database, APRIL, APRIL)) == ("£0.00", str(waits), "£0.00")
    confirms_all(database, held)
    assert sums(worked(database, APRIL, APRIL)) == (str(waits), "£0.00", "£0.00")


def test_before_a_claim_supersedes_it_says_what_an_uplift_claimed_already(claimed_sample: Database) -> None:
    claims.begin(claimed_sample, APRIL)
    before = claims.view(claimed_sample, APRIL).problems
    made = uplifts.begin(claimed_sample, APRIL, JULY)
    uplifts.mark_submitted(claimed_sample, made.id, date(2026, 10, 2))
    (told,) = set(claims.view(claimed_sample, APRIL).problems) - set(before)
    assert told.weight is Weight.ACKNOWLEDGE
    assert "for April 2026 was claimed in an uplift already" in told.sentence


def test_a_claim_that_supersedes_after_the_uplift_shows_what_was_claimed_twice(database: Database) -> None:
    held = pharmacist(database)
    back_paid(database, held, "5760.00")
    made = uplifts.begin(database, APRIL, JULY)
    uplifts.mark_submitted(database, made.id, database.today())
    freeze(database, JULY, database.today())
    assert sums(worked(database)) == ("£0.00", "£0.00", "-£179.00")
    (back,) = worked(database).of(Due.RECOVERY)
    assert back.because == "claimed in the month's own claim and in an uplift too"


def test_a_draft_is_begun_and_submitted_within_one_change_for_a_past_day(claimed_sample: Database) -> None:
    with claimed_sample.change("Claim the uplift") as change:
        made = uplifts.draft(change, APRIL, JULY, date(2026, 10, 2))
        sealed = uplifts.submit(change, made.id, date(2026, 10, 2), sample=True)
    assert sealed.submitted_on == date(2026, 10, 2)
    assert sums(worked(claimed_sample)) == ("£0.00", "£1,002.84", "£0.00")


# ---- the claim as a record


def test_a_draft_keeps_the_working_and_the_icbs_figures_beside_ours(database: Database) -> None:
    held = pharmacist(database)
    back_paid(database, held, "5760.00")
    made = uplifts.begin(database, APRIL, JULY)
    uplifts.note_icb_figures(database, made.id, {held.id: P("700.00")})
    uplifts.note_icb_total(database, made.id, P("700.00"))
    with database.read() as reader:
        facts = gathered.of_record(reader, reader.get(Uplift, made.id), database.today())
    (line,) = facts.lines
    assert (line.difference, line.icb, line.beside_icb) == (P("716.00"), P("700.00"), P("16.00"))
    assert line.working[0] == (
        "April 2026: £5,760.00 now, £5,581.00 claimed before (CL-001), difference £179.00"
    )
    assert (facts.out_of_date, facts.icb_total, facts.submitted) == (False, P("700.00"), False)
    assert [rate.ref for rate in facts.rates] == ["RT-002"]


def test_the_icbs_figure_for_a_post_we_have_no_line_for_gets_one(database: Database) -> None:
    held = pharmacist(database)
    other = post(database, "1.00", portal_label="Pharmacist 2")
    back_paid(database, held, "5760.00")
    made = uplifts.begin(database, APRIL, JULY)
    uplifts.note_icb_figures(database, made.id, {other.id: P("12.00")})
    uplifts.work_out_again(database, made.id)
    with database.read() as reader:
        facts = gathered.of_record(reader, reader.get(Uplift, made.id), database.today())
    assert [(line.post, line.difference, line.icb) for line in facts.of(Due.UPLIFT)] == [
        (held.ref, P("716.00"), None), (other.ref, Money(), P("12.00"))
    ]  # fmt: skip
    assert not facts.out_of_date


def test_a_draft_that_is_out_of_date_is_told_and_not_submitted(database: Database) -> None:
    held = pharmacist(database)
    late = back_paid(database, held, "5760.00", paid_on=None)
    made = uplifts.begin(database, APRIL, JULY)
    uplifts.confirm_back_pay(database, [late], PAID)
    with pytest.raises(errors.DeskError, match="Work it out again"):
        uplifts.mark_submitted(database, made.id, database.today())
    uplifts.note_icb_figures(database, made.id, {held.id: P("716.00")})
    uplifts.work_out_again(database, made.id)
    sealed = uplifts.mark_submitted(database, made.id, database.today())
    assert sealed.sealed() is not None
    with database.read() as reader:
        assert reader.all(UpliftLine)[0].icb == P("716.00")
    with pytest.raises(errors.Sealed):
        uplifts.note_icb_total(database, made.id, P("1.00"))


def test_an_uplift_on_a_maximum_nobody_confirmed_is_not_submitted(claimed_sample: Database) -> None:
    made = uplifts.begin(claimed_sample, APRIL, JULY)
    with (
        pytest.raises(errors.DeskError, match="nobody has confirmed the maxima"),
        claimed_sample.change("x") as change,
    ):
        uplifts.submit(change, made.id, date(2026, 10, 2))


def test_a_withdrawn_uplift_no_longer_counts(database: Database) -> None:
    held = pharmacist(database)
    back_paid(database, held, "5760.00")
    made = uplifts.begin(database, APRIL, JULY)
    uplifts.mark_submitted(database, made.id, database.today())
    assert worked(database).lines == ()
    with database.change("Note what became of it") as change:
        change.add(ClaimEvent(claim=made.id, happened_on=database.today(), stage=ClaimStage.WITHDRAWN))
    assert sums(worked(database)) == ("£716.00", "£0.00", "£0.00")


def test_nothing_is_begun_where_nothing_is_due_or_a_draft_is_there(database: Database) -> None:
    held = pharmacist(database)
    with pytest.raises(errors.DeskError, match="nothing is due"):
        uplifts.begin(database, APRIL, JULY)
    with pytest.raises(errors.DeskError, match="comes before"):
        uplifts.begin(database, JULY, APRIL)
    back_paid(database, held, "5760.00")
    made = uplifts.begin(database, APRIL, JULY)
    with pytest.raises(errors.DeskError, match=f"{made.ref} is a draft"):
        uplifts.begin(database, JULY, JULY)


def test_a_day_that_has_not_come_is_refused(database: Database) -> None:
    held = pharmacist(database)
    late = back_paid(database, held, "5760.00")
    with pytest.raises(errors.DeskError, match="has not come"):
        uplifts.confirm_back_pay(database, [late], date(2026, 11, 21))


def test_back_pay_for_many_posts_is_one_step_that_undo_takes_back(database: Database) -> None:
    held = pharmacist(database)
    with database.read() as reader:
        rise = uplifts.back_pay_for(reader, [held], Decimal("1.5"), APRIL, JULY, PAID)
    assert [row.words for row in rise.rows] == [
        "1 April 2026 to 31 July 2026: £5,581.00 to £5,664.72 a month"
    ]
    assert uplifts.record_back_pay(database, rise.rows) == 1
    database.undo()
    with database.read() as reader:
        assert reader.all(BackPay) == ()
    assert uplifts.record_back_pay(database, ()) == 0


def test_a_rise_that_is_no_rise_writes_nothing(database: Database) -> None:
    held = pharmacist(database)
    with database.read() as reader:
        rise = uplifts.back_pay_for(reader, [held], Decimal(0), APRIL, JULY, PAID)
    assert rise.rows == ()
    assert "more than 0%" in rise.problems[0].sentence


def test_of_a_superseded_claim_only_the_newer_counts(database: Database) -> None:
    held = pharmacist(database)
    back_paid(database, held, "5760.00")
    freeze(database, JULY, database.today())
    assert sums(worked(database)) == ("£537.00", "£0.00", "£0.00")
    with database.read() as reader:
        assert all(one.state is ClaimState.DRAFT for one in reader.all(Uplift))
