"""A portal statement taken in beside what was claimed, through records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import blocks, claims, files, statements
from nhsdesk.commands.statements import WANTED, Seen
from nhsdesk.domain import blocks as read_blocks
from nhsdesk.domain.arrs import Post
from nhsdesk.domain.blocks import Reading
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimStage, ClaimState
from nhsdesk.domain.employers import Incoming
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month
from nhsdesk.domain.statements import Finding, PortalLine, PortalStatement
from nhsdesk.domain.uplifts import Uplift
from nhsdesk.sections import statements as gathered
from nhsdesk.sections.statements import MonthStatement
from nhsdesk.store.database import Database
from tests.conftest import Clock

JULY, OCTOBER = Month(2026, 7), Month(2026, 10)
P = Money.pounds
HEADINGS = "Employee ID\tProfession\tStarted on\tLeft on\tHours\tClaimed\tApproved\tPaid\tStatus\tPCN code"


@pytest.fixture
def claimed(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample: October is submitted, and no statement for it has come."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def statement_of(database: Database, **instead: str) -> list[str]:
    """The rows of a statement that agrees with the claim, but for what is given by portal label."""
    with database.read() as reader:
        claim = gathered.claim_of(reader, OCTOBER)
        assert claim is not None
        lines = reader.all(ClaimLine, claim=claim.id)
    rows = []
    for line in lines:
        paid = instead.get((line.label or "").replace(" ", "_"), f"{line.claimed.exact:,}")
        hours = str(line.hours)
        rows.append(f"{line.label}\t\t\t\t{hours}\t{line.claimed}\t{line.claimed}\t{paid}\tPaid\t")
    return rows


def read(database: Database, rows: list[str]) -> Reading:
    block = blocks.from_text("\n".join([HEADINGS, *rows]), WANTED)
    columns = read_blocks.guess(block, WANTED, {})
    return read_blocks.look(block, WANTED, columns, database.today())


def look(database: Database, rows: list[str], month: Month = OCTOBER) -> Seen:
    with database.read() as reader:
        return statements.look(reader, month, read(database, rows), database.today())


def gather(database: Database, month: Month = OCTOBER) -> MonthStatement:
    with database.read() as reader:
        return gathered.gather(reader, month, database.today())


def told(seen: Seen) -> str:
    return "\n".join((seen.doubt, *(problem.sentence for problem in seen.problems)))


def test_every_column_of_a_statement_is_found_by_its_heading(claimed: Database) -> None:
    block = blocks.from_text("\n".join([f"{HEADINGS}\tMonth", *statement_of(claimed)]), WANTED)
    columns = read_blocks.guess(block, WANTED, {})
    assert columns == {one.name: number for number, one in enumerate(WANTED)}


def test_the_samples_july_is_short_paid_for_the_nurse(claimed: Database) -> None:
    found = gather(claimed, JULY)
    assert found.told == ("Short-paid by £1,207.54: P-015.",)
    assert found.reconciled is not None
    assert found.reconciled.totals.claimed == P("113228.50")
    assert found.reconciled.totals.paid == P("112020.96")


def test_a_statement_taken_in_is_laid_beside_the_claim(claimed: Database) -> None:
    rows = statement_of(claimed, Enhanced_practice_nurse_1="3,632.55")
    seen = look(claimed, rows)
    assert (len(seen.lines), seen.problems, seen.doubt) == (26, (), "")
    statements.take_in(claimed, seen, date(2026, 11, 15), "October.xlsx")
    found = gather(claimed)
    assert found.told == ("Short-paid by £1,207.54: P-015.",)
    assert found.reconciled is not None
    assert found.reconciled.totals.claimed == P("116108.20")
    assert found.reconciled.totals.paid == P("114900.66")


def test_a_statement_is_taken_in_as_one_step_with_its_columns_remembered(claimed: Database) -> None:
    rows = statement_of(claimed)
    statements.take_in(claimed, look(claimed, rows), headings={"Employee ID": "label", "Paid": "paid"})
    with claimed.read() as reader:
        assert blocks.remembered(reader, Incoming.PORTAL, None) == {"Employee ID": "label", "Paid": "paid"}
        assert len(reader.all(PortalStatement, month=OCTOBER)) == 1
    claimed.undo()
    with claimed.read() as reader:
        assert reader.all(PortalStatement, month=OCTOBER) == ()
        assert blocks.remembered(reader, Incoming.PORTAL, None) == {}


def test_a_post_that_is_missing_and_one_that_left_are_told(claimed: Database) -> None:
    rows = [row for row in statement_of(claimed) if not row.startswith("Paramedic 1")]
    with claimed.change("Note the end") as change:
        (gone,) = change.reader.all(Post, portal_label="Care coordinator 1")
        change.put(replace(gone, ends=date(2026, 9, 30)))
    statements.take_in(claimed, look(claimed, rows))
    found = gather(claimed)
    assert found.told == (
        "Claimed but missing on the statement, £6,306.50: P-010.",
        "Paid after leaving: P-007.",
        "Left before the month, still listed: P-007.",
    )
    (recovery,) = found.recoveries
    assert (recovery.post, recovery.difference, recovery.because) == (
        "P-007", -P("3483.11"), "left on 30 September 2026"
    )  # fmt: skip


def test_an_unknown_label_stays_unmatched_until_a_person_chooses(claimed: Database) -> None:
    rows = [row.replace("Paramedic 1", "Paramedic (Canal Side)") for row in statement_of(claimed)]
    seen = look(claimed, rows)
    assert "Not matched to a post: “Paramedic (Canal Side)” (no post has this label)." in told(seen)
    statements.take_in(claimed, seen)
    found = gather(claimed)
    assert found.reconciled is not None
    (loose,) = found.reconciled.with_finding(Finding.UNMATCHED)
    with claimed.read() as reader:
        (paramedic,) = reader.all(Post, portal_label="Paramedic 1")
    statements.match_line(claimed, loose.lines[0], paramedic.id)
    assert gather(claimed).told == ("Every line agrees: £116,108.20 claimed and paid.",)


def test_capitals_and_spaces_make_no_difference(claimed: Database) -> None:
    rows = [row.replace("Paramedic 1", "  PARAMEDIC  1") for row in statement_of(claimed)]
    assert look(claimed, rows).problems == ()


def test_a_statement_of_another_pcn_is_told_before_anything_is_written(claimed: Database) -> None:
    with claimed.change("Say our code") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        change.put(replace(ours, ods_code="U12345"))
    seen = look(claimed, [f"{row}U54321" for row in statement_of(claimed)])
    assert seen.doubt
    assert "This statement names another PCN: “U54321”, and yours is U12345." in told(seen)
    strangers = look(claimed, ["Nurse 1\t\t\t\t30\t1\t1\t1\tPaid\t", "Nurse 2\t\t\t\t30\t1\t1\t1\tPaid\t"])
    assert strangers.doubt
    assert "2 of its 2 labels are of no post here" in told(strangers)
    with claimed.read() as reader:
        assert reader.all(PortalStatement, month=OCTOBER) == ()


def test_a_second_statement_for_a_month_is_told_and_both_stay(claimed: Database) -> None:
    rows = statement_of(claimed, Enhanced_practice_nurse_1="3,632.55")
    statements.take_in(claimed, look(claimed, rows), date(2026, 11, 15))
    second = look(claimed, statement_of(claimed))
    assert (
        "A statement for October 2026 was taken in before: PS-007, received on 15 November 2026. Both stay; the "
        "newest counts." in told(second)
    )
    statements.take_in(claimed, second, date(2026, 11, 18))
    found = gather(claimed)
    assert found.statement is not None
    assert (found.statement.ref, [one.ref for one in found.others]) == ("PS-008", ["PS-007"])
    assert found.told == ("Every line agrees: £116,108.20 claimed and paid.",)


def test_a_person_listed_twice_is_told(claimed: Database) -> None:
    rows = statement_of(claimed)
    seen = look(claimed, [*rows, rows[0]])
    assert "Listed more than once: “Clinical pharmacist 1”." in told(seen)


def test_figures_that_cannot_be_read_are_told_and_left_empty(claimed: Database) -> None:
    rows = statement_of(claimed, Paramedic_1="about £6,000", Care_coordinator_1="=1+1")
    seen = look(claimed, rows)
    assert "2 rows cannot be read whole" in told(seen)
    assert [line.paid for line in seen.lines if line.label == "Paramedic 1"] == [None]


def test_hostile_labels_are_kept_as_they_are_and_shortened_when_told(claimed: Database) -> None:
    label = "<b>x</b>" * 1_250
    seen = look(claimed, [f"{label}\t\t\t\t30\t1\t1\t-1.00\tPaid\t"])
    statements.take_in(claimed, seen)
    with claimed.read() as reader:
        assert reader.all(PortalLine)[-1].label == label
    assert len(told(seen)) < 500


def test_a_total_that_does_not_fit_the_lines_is_told(claimed: Database) -> None:
    rows = [*statement_of(claimed), "Total\t\t\t\t\t\t\t116,000.00\t\t"]
    statements.take_in(claimed, look(claimed, rows))
    assert "The statement says £116,000.00 in all, and its lines come to £116,108.20." in gather(claimed).told


def test_a_statement_without_labels_or_of_tomorrow_is_refused(claimed: Database) -> None:
    with pytest.raises(errors.DeskError, match="no row of it has a portal label"):
        statements.take_in(claimed, look(claimed, []))
    with pytest.raises(errors.DeskError, match="has not come"):
        statements.take_in(claimed, look(claimed, statement_of(claimed)), date(2026, 11, 21))


def test_a_month_that_has_not_begun_or_was_not_claimed_is_told(claimed: Database) -> None:
    seen = look(claimed, statement_of(claimed), Month(2027, 1))
    assert "January 2027 has not begun." in told(seen)
    assert "No claim for January 2027 is on file here." in told(seen)
    assert gather(claimed, Month(2027, 1)).told == (
        "No claim for January 2027 is on file, so there is nothing to lay beside a statement.",
    )


def test_hours_that_differ_are_told(claimed: Database) -> None:
    rows = [row.replace("\t30\t", "\t22.5\t") for row in statement_of(claimed)]
    statements.take_in(claimed, look(claimed, rows))
    (sentence,) = gather(claimed).told
    assert sentence.startswith("Figures differ from what we claimed: P-003")
    with claimed.read() as reader:
        assert Hours.of("22.5") in [line.hours for line in reader.all(PortalLine)]


# ---- what became of a claim


def test_a_query_and_a_payment_are_noted_about_the_sealed_claim(claimed: Database) -> None:
    claim = gather(claimed).claim
    assert claim is not None
    query = claims.note(claimed, claim, ClaimStage.QUERIED, date(2026, 11, 12), told="P-015 at 22.5 hours")
    assert gather(claimed).stage is ClaimStage.QUERIED
    claims.note(claimed, claim, ClaimStage.PAID, date(2026, 11, 20), amount=P("116108.20"))
    assert (query.claim, gather(claimed).stage) == (claim.id, ClaimStage.PAID)
    with claimed.read() as reader:
        assert reader.get(Claim, claim.id) == claim


def test_nothing_becomes_of_a_draft_or_on_a_day_to_come_or_before_it_was_sent(claimed: Database) -> None:
    claim = gather(claimed).claim
    assert claim is not None
    draft = Uplift(first=JULY, last=JULY)
    with pytest.raises(errors.PaperRefused, match="was not submitted yet"):
        claims.note(claimed, draft, ClaimStage.PAID, date(2026, 11, 12))
    with pytest.raises(errors.PaperRefused, match="has not come"):
        claims.note(claimed, claim, ClaimStage.PAID, date(2026, 11, 21))
    with pytest.raises(errors.PaperRefused, match="was submitted on 10 November 2026"):
        claims.note(claimed, claim, ClaimStage.PAID, date(2026, 11, 9))


def test_a_draft_is_laid_beside_the_statement_and_said_to_be_one(claimed: Database) -> None:
    with claimed.change("Begin a claim") as change:
        change.add(Claim(month=Month(2026, 11), state=ClaimState.DRAFT))
    assert gather(claimed, Month(2026, 11)).told == (
        "CL-008 for November 2026 is a draft: it was not marked as submitted.",
    )
