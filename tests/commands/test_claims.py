"""A month is claimed: begun, brought up to date, marked as submitted, and from then on as it was submitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import claims, papers
from nhsdesk.domain import claim_steps
from nhsdesk.domain.arrs import Assignment, Pay, Post
from nhsdesk.domain.claimed import Claim, ClaimEvent, ClaimLine, ClaimStage, ClaimState
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.organisations import Organisation, Sector
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.sections import claim_month
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from tests.sections.making import maximum, post, practice

OCTOBER = Month(2026, 10)
ON = date(2026, 11, 10)


class Noon:
    """A clock that stands at noon of a day, and moves when told."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 10, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


@pytest.fixture
def noon() -> Noon:
    return Noon()


@pytest.fixture
def database(tmp_path: Path, noon: Noon) -> Iterator[Database]:
    """A PCN with two posts under a confirmed maximum."""
    with record_file.create(tmp_path / "Ours.nhsdesk", "Ann Archer", noon) as opened:
        with opened.change("Begin the file") as change:
            change.add(Organisation(name="Eastfield PCN", sector=Sector.PCN, ours=True))
        maximum(opened, "71725")
        base = practice(opened).id
        post(opened, "4400", base=base, portal_label="Clinical Pharmacist 1")
        post(opened, "4800", base=base, portal_label="Clinical Pharmacist 2")
        yield opened


def lines(database: Database) -> list[tuple[str | None, str]]:
    with database.read() as reader:
        return [(line.label, str(line.claimed)) for line in reader.all(ClaimLine)]


def raise_pay(database: Database, label: str, salary: str) -> None:
    with database.change("Raise pay") as change:
        (held,) = change.reader.all(Post, portal_label=label)
        (pay,) = change.reader.all(Pay, post=held.id)
        change.put(replace(pay, salary=Money.pounds(salary)))


def submit(database: Database, month: Month = OCTOBER, on: date = ON) -> Claim:
    return claims.mark_submitted(database, month, on, acknowledged=True)


# ---- a draft


def test_a_claim_is_begun_with_a_line_for_each_post_as_one_step(database: Database) -> None:
    before = database.head.position
    claim = claims.begin(database, OCTOBER)
    assert database.head.position == before + 1
    assert (claim.state, claim.month, claim.known_on) == (ClaimState.DRAFT, OCTOBER, ON)
    assert lines(database) == [("Clinical Pharmacist 1", "£5,630.17"), ("Clinical Pharmacist 2", "£5,977.08")]


def test_a_line_keeps_its_five_numbers_apart_and_its_working_as_numbers(database: Database) -> None:
    claims.begin(database, OCTOBER)
    with database.read() as reader:
        line = reader.all(ClaimLine)[1]
        assert reader.get(Rate, line.rate).ref == line.rates_used == "RT-001"
    assert (line.salary, line.employer_ni, line.employer_pension, line.fees) == (
        Money(480_000), Money(65_745), Money(69_024), Money(),
    )  # fmt: skip
    assert (str(line.cost), str(line.maximum), str(line.pro_rata_maximum), str(line.claimed)) == (
        "£6,147.69", "£5,977.08", "£5,977.08", "£5,977.08",
    )  # fmt: skip
    assert line.working is not None
    assert "£" not in line.working
    assert claim_steps.kept_words(line.working)[-1].startswith("Claimed £5,977.08, the lower of cost")


def test_beginning_twice_gives_the_same_draft(database: Database) -> None:
    assert claims.begin(database, OCTOBER).id == claims.begin(database, OCTOBER).id


def test_a_draft_whose_month_has_changed_says_which_posts_differ_and_takes_todays_figures(
    database: Database,
) -> None:
    claim = claims.begin(database, OCTOBER)
    assert claims.view(database, OCTOBER).out_of_date == ()
    raise_pay(database, "Clinical Pharmacist 1", "4500")
    assert claims.view(database, OCTOBER).out_of_date == ("P-001",)
    assert lines(database)[0] == ("Clinical Pharmacist 1", "£5,630.17")
    assert claims.bring_up_to_date(database, claim) == 1
    assert claims.view(database, OCTOBER).out_of_date == ()
    assert lines(database)[0] == ("Clinical Pharmacist 1", "£5,759.55")


def test_bringing_up_to_date_keeps_the_tick_of_a_line_that_stays_and_not_of_one_that_changed(
    database: Database,
) -> None:
    claim = claims.begin(database, OCTOBER)
    with database.read() as reader:
        for line in reader.all(ClaimLine):
            claims.tick(database, line, typed=True)
    raise_pay(database, "Clinical Pharmacist 1", "4500")
    claims.bring_up_to_date(database, claim)
    with database.read() as reader:
        assert [line.keyed for line in reader.all(ClaimLine)] == [None, True]


def test_a_line_that_has_gone_is_not_ticked_and_said_so(database: Database) -> None:
    claim = claims.begin(database, OCTOBER)
    with database.read() as reader:
        line = next(one for one in reader.all(ClaimLine) if one.label == "Clinical Pharmacist 2")
    with database.change("End a post") as change:
        (held,) = change.reader.all(Post, portal_label="Clinical Pharmacist 2")
        change.put(replace(held, ends=date(2026, 9, 30)))
    claims.bring_up_to_date(database, claim)
    with pytest.raises(
        errors.ChangedMeanwhile, match="Clinical Pharmacist 2 is no longer a line of this claim"
    ):
        claims.tick(database, line, typed=True)


def test_a_post_that_left_and_one_that_came_are_taken_from_the_draft_and_into_it(database: Database) -> None:
    claim = claims.begin(database, OCTOBER)
    with database.change("End a post") as change:
        (held,) = change.reader.all(Post, portal_label="Clinical Pharmacist 2")
        change.put(replace(held, ends=date(2026, 9, 30)))
    post(database, "4000", base=held.base, portal_label="Clinical Pharmacist 3")
    assert claims.view(database, OCTOBER).out_of_date == ("P-002", "P-003")
    claims.bring_up_to_date(database, claim)
    assert [label for label, _ in lines(database)] == ["Clinical Pharmacist 1", "Clinical Pharmacist 3"]


def test_a_draft_can_be_thrown_away_and_brought_back(database: Database) -> None:
    claim = claims.begin(database, OCTOBER)
    assert claims.throw_away(database, claim) == "CL-001"
    assert lines(database) == []
    database.undo()
    assert len(lines(database)) == 2


# ---- submitting


def test_a_submitted_claim_is_frozen_with_the_rates_it_used(database: Database) -> None:
    claim = submit(database)
    assert (claim.state, claim.submitted_on) == (ClaimState.SUBMITTED, ON)
    raise_pay(database, "Clinical Pharmacist 1", "4500")
    seen = claims.view(database, OCTOBER)
    assert seen.submitted
    assert str(seen.total) == "£11,607.25"
    assert str(total(line.claimed for line in seen.now.lines)) == "£11,736.63"
    with pytest.raises(errors.Sealed), database.change("Change") as change:
        change.put(replace(change.reader.all(ClaimLine)[0], claimed=Money(1)))


def test_submitting_takes_the_figures_of_that_moment_though_the_draft_was_older(database: Database) -> None:
    claims.begin(database, OCTOBER)
    raise_pay(database, "Clinical Pharmacist 1", "4500")
    submit(database)
    assert lines(database)[0] == ("Clinical Pharmacist 1", "£5,759.55")


def test_what_was_typed_into_the_portal_is_not_frozen_with_other_figures(database: Database) -> None:
    claims.begin(database, OCTOBER)
    with database.read() as reader:
        for line in reader.all(ClaimLine):
            claims.tick(database, line, typed=True)
    with database.read() as reader:
        last = reader.all(ClaimLine)[-1]
    claims.tick(database, last, typed=False)
    raise_pay(database, "Clinical Pharmacist 1", "4500")
    with pytest.raises(errors.PaperRefused, match="for P-001 changed after the claim was typed"):
        submit(database)
    claims.tick(database, last, typed=True)
    claim = claims.view(database, OCTOBER).claim
    assert claim is not None
    claims.bring_up_to_date(database, claim)
    with database.read() as reader:
        assert [line.keyed for line in reader.all(ClaimLine)] == [None, True]
    assert submit(database).submitted_on == ON


def test_a_claim_typed_whole_is_kept_as_it_was_typed_once_that_was_read(database: Database) -> None:
    claims.begin(database, OCTOBER)
    with database.read() as reader:
        typed = reader.all(ClaimLine)
    for line in typed:
        claims.tick(database, line, typed=True)
    raise_pay(database, "Clinical Pharmacist 1", "4500")
    seen = claims.view(database, OCTOBER)
    assert claims.why_not_submitted(database, seen) == ()
    with pytest.raises(errors.PaperRefused, match="kept as it was typed"):
        claims.mark_submitted(database, OCTOBER, ON, acknowledged=False)
    claim = submit(database)
    assert claim.acknowledged is not None
    assert "P-001 changed after the whole claim was typed" in claim.acknowledged
    with database.read() as reader:
        kept = reader.all(ClaimLine, claim=claim.id)
    assert [line.claimed for line in kept] == [line.claimed for line in typed]


def test_a_salary_that_leaves_the_cost_as_it_is_differs_too_since_it_is_typed(database: Database) -> None:
    claims.begin(database, OCTOBER)
    with database.change("Move pay into the pension") as change:
        (held,) = change.reader.all(Post, portal_label="Clinical Pharmacist 1")
        (pay,) = change.reader.all(Pay, post=held.id)
        change.put(
            replace(pay, salary=Money(450_000), employer_ni=Money(59_745), employer_pension=Money(53_272))
        )
    seen = claims.view(database, OCTOBER)
    assert [line.cost for line in seen.lines] == [line.cost for line in seen.now.lines]
    assert seen.out_of_date == ("P-001",)


def test_two_claims_for_a_month_are_told_and_the_submitted_one_counts(database: Database) -> None:
    first = submit(database)
    with database.change("Take in another copy") as change:
        second = change.add(Claim(month=OCTOBER))
    seen = claims.view(database, OCTOBER)
    assert seen.claim == first
    assert f"{second.ref} is a claim for October 2026 too. {first.ref} counts" in seen.problems[0].sentence
    assert claims.year(database, OCTOBER.financial_year)[6].claimed == Money(1_160_725)


def test_undo_stops_at_a_submitted_claim(database: Database) -> None:
    submit(database)
    with pytest.raises(errors.NothingToUndo, match="Mark the October 2026 claim as submitted"):
        database.undo()


def test_a_claim_cannot_be_submitted_on_a_rate_nobody_has_confirmed(database: Database) -> None:
    with database.change("Doubt the rate") as change:
        change.put(replace(change.reader.all(Rate)[0], confidence=RateConfidence.QUOTED))
    before = database.head.position
    with pytest.raises(
        errors.PaperRefused, match=r"1 of the maxima used is not confirmed: RT-001\. Confirm"
    ) as told:
        submit(database)
    assert database.head.position == before
    assert str(told.value).startswith(
        "The October 2026 claim was not marked as submitted: one thing must be put right"
    )


def test_what_must_be_acknowledged_is_kept_with_the_claim(database: Database) -> None:
    with pytest.raises(errors.PaperRefused, match="must be acknowledged first"):
        claims.mark_submitted(database, OCTOBER, ON, acknowledged=False)
    claim = submit(database)
    assert claim.acknowledged is not None
    assert "P-001 Clinical Pharmacist 1: its additionality is not stated." in claim.acknowledged.splitlines()


def test_a_month_with_a_gap_in_its_pay_is_not_submitted(database: Database) -> None:
    with database.change("End the pay") as change:
        pay = change.reader.all(Pay)[0]
        change.put(replace(pay, ends=date(2026, 10, 20)))
    with pytest.raises(errors.PaperRefused, match="No pay is on file for 21 to 31 October 2026"):
        submit(database)


@pytest.mark.parametrize("month", [Month(2026, 12), Month(2019, 6)])
def test_a_month_to_come_or_before_the_scheme_is_not_submitted(database: Database, month: Month) -> None:
    with pytest.raises(errors.PaperRefused, match="put right"):
        submit(database, month)


def test_a_day_to_come_is_no_day_of_submission(database: Database) -> None:
    with pytest.raises(errors.PaperRefused, match="11 November 2026 has not come"):
        submit(database, on=date(2026, 11, 11))
    assert lines(database) == []


def test_a_second_claim_for_a_month_is_one_that_supersedes_and_the_first_stays(database: Database) -> None:
    first = submit(database)
    with pytest.raises(errors.PaperRefused, match="was marked as submitted"):
        submit(database)
    raise_pay(database, "Clinical Pharmacist 1", "4500")
    second = claims.begin(database, OCTOBER)
    assert second.supersedes == first.id
    submit(database)
    seen = claims.view(database, OCTOBER)
    assert seen.claim is not None
    assert seen.claim.id == second.id
    with database.read() as reader:
        kept = [str(line.claimed) for line in reader.all(ClaimLine, claim=first.id)]
    assert kept == ["£5,630.17", "£5,977.08"]


def test_a_missed_month_is_claimed_later_with_what_is_known_then(database: Database) -> None:
    submit(database)
    with database.read() as reader:
        missed = claim_month.missed(reader, database.today())
    assert missed == tuple(Month(2026, n) for n in range(4, 10))
    assert claims.usual_month(database) == Month(2026, 4)
    submit(database, Month(2026, 4))
    with database.read() as reader:
        assert claim_month.missed(reader, database.today())[0] == Month(2026, 5)


# ---- what becomes of it


def test_what_became_of_a_claim_is_noted_though_it_is_sealed(database: Database) -> None:
    claim = submit(database)
    claims.note(database, claim, ClaimStage.QUERIED, ON, told="Which hours?")
    assert claims.view(database, OCTOBER).stage is ClaimStage.QUERIED
    claims.note(database, claim, ClaimStage.PAID, ON, amount=Money(1_160_725))
    seen = claims.view(database, OCTOBER)
    assert seen.stage is ClaimStage.PAID
    assert [event.told for event in seen.events] == ["Which hours?", None]
    database.undo()
    assert claims.view(database, OCTOBER).stage is ClaimStage.QUERIED


def test_nothing_becomes_of_a_draft(database: Database) -> None:
    claim = claims.begin(database, OCTOBER)
    with pytest.raises(errors.PaperRefused, match="was not submitted yet"):
        claims.note(database, claim, ClaimStage.PAID, ON)
    with database.read() as reader:
        assert reader.all(ClaimEvent) == ()


def test_a_year_shows_how_far_each_month_has_come(database: Database) -> None:
    submit(database)
    claims.begin(database, Month(2026, 9))
    told = {one.month: one.words for one in claims.year(database, FinancialYear(2026))}
    assert told[OCTOBER] == "submitted"
    assert told[Month(2026, 9)] == "draft"
    assert told[Month(2026, 8)] == "not begun"
    assert len(told) == 12


# ---- the return


def test_the_return_of_a_submitted_month_prints_what_was_submitted(database: Database) -> None:
    paper = papers.named("arrs-claim", papers.PAPERS)
    submit(database)
    raise_pay(database, "Clinical Pharmacist 1", "4500")
    made = papers.make(database, paper, papers.asked_of(database, OCTOBER, None))
    assert [str(line.claimed) for line in made.facts.month.lines] == ["£5,630.17", "£5,977.08"]
    assert made.facts.submitted == "CL-001, submitted on 10 November 2026"
    assert made.facts.month.lines[0].working[-1].startswith("Claimed £5,630.17, the lower of")
    assert all(problem.weight is not Weight.MUST_FIX for problem in made.problems)


def test_the_return_of_a_superseding_claim_says_which_it_supersedes(database: Database) -> None:
    submit(database)
    claims.begin(database, OCTOBER)
    submit(database)
    made = papers.make(
        database, papers.named("arrs-claim", papers.PAPERS), papers.asked_of(database, OCTOBER, None)
    )
    assert made.facts.superseded == "CL-001"


# ---- hostile and many


def test_markup_and_long_labels_are_kept_as_typed(database: Database) -> None:
    words = "<b>Clinical</b> =1+1 " + "x" * 10_000
    with database.change("Label") as change:
        (held,) = change.reader.all(Post, portal_label="Clinical Pharmacist 1")
        change.put(replace(held, portal_label=words))
    claims.begin(database, OCTOBER)
    assert lines(database)[0][0] == words


def test_a_file_with_no_posts_has_nothing_to_claim(tmp_path: Path, noon: Noon) -> None:
    with record_file.create(tmp_path / "Empty.nhsdesk", "Ann", noon) as empty:
        assert claims.view(empty, OCTOBER).now.lines == ()
        with pytest.raises(errors.PaperRefused, match="No post has a line for October 2026"):
            submit(empty)


def test_two_halves_of_a_post_are_two_lines_where_the_rule_says_so(database: Database) -> None:
    from nhsdesk.domain.arrs import Holder
    from nhsdesk.domain.local_rules import LocalRule

    with database.change("Share a post") as change:
        (held,) = change.reader.all(Post, portal_label="Clinical Pharmacist 1")
        for assignment in change.reader.all(Assignment, post=held.id):
            change.remove(assignment)
        for pay in change.reader.all(Pay, post=held.id):
            change.remove(pay)
        for _ in range(2):
            holder = change.add(Holder()).id
            half = Hours.of("18.75")
            change.add(Assignment(post=held.id, holder=holder, hours=half, starts=date(2026, 4, 1)))
            change.add(Pay(post=held.id, holder=holder, salary=Money(220_000), starts=date(2026, 4, 1)))
        change.add(LocalRule(key="arrs.split", value="a line for each employment", starts=date(2026, 4, 1)))
    claims.begin(database, OCTOBER)
    assert [claimed for _, claimed in lines(database)] == ["£2,783.81", "£2,783.81", "£5,977.08"]
    assert claims.view(database, OCTOBER).out_of_date == ()
