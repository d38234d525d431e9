"""The single uplift form as a workbook: from facts made by hand, and from a file as it is issued."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nhsdesk import errors
from nhsdesk.commands import claims, files, papers, uplifts
from nhsdesk.documents import xlsx
from nhsdesk.domain.arrs import BackPay, Holder
from nhsdesk.domain.claimed import ClaimStage
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.uplifts import Due
from nhsdesk.papers import Heading, facts_from_json, facts_hash, facts_to_json
from nhsdesk.returns import arrs_uplift
from nhsdesk.returns.arrs_uplift import Facts
from nhsdesk.sections.claim_lines import RateFacts
from nhsdesk.sections.uplifts import LineFacts, UpliftFacts
from nhsdesk.store.database import Database
from tests.conftest import Clock
from tests.sections.withdrawing import withdraw_uplift

APRIL, JULY = Month(2026, 4), Month(2026, 7)
P = Money.pounds
HEAD = Heading(
    network="Eastfield PCN",
    network_code="U12345",
    as_at=date(2026, 10, 2),
    month=Month(2026, 9),
    made_at=datetime(2026, 10, 2, 9, tzinfo=UTC),
    mark="",
    position=42,
)
LINE = LineFacts(
    post="P-001",
    post_id="5333205949668655185",
    label="=1+1",
    role="Clinical pharmacist",
    employer="",
    due="uplift",
    months="April 2026 to July 2026",
    was=P("22324.00"),
    difference=P("716.00"),
    back_paid_on=date(2026, 9, 25),
    left_on=None,
    icb=P("700.00"),
    because="",
    rates=("RT-002",),
    working=("April 2026: £5,760.00 now", "Claimed £5,760.00"),
)
WAITS = replace(
    LINE, post="P-002", due="waiting", difference=P("179.00"), icb=None, because="back-pay is not confirmed"
)
BACK = replace(
    LINE, post="P-003", due="recovery", difference=P("-1800.32"), icb=None, because="left on 21 July 2026"
)
RATE = RateFacts(
    "RT-002", "Clinical pharmacist", "None", P("69400.00"), date(2026, 4, 1), None, "The notice", "Confirmed", True
)  # fmt: skip
FACTS = Facts(
    HEAD,
    UpliftFacts(
        APRIL, JULY, date(2026, 10, 2), (LINE, WAITS, BACK), (RATE,), (), ref="UP-002", icb_total=P("700.00")
    ),
)


def opened(facts: Facts) -> Any:
    return openpyxl.load_workbook(BytesIO(xlsx.write(arrs_uplift.compile(facts))))


def rows(page: Any) -> list[dict[str, Any]]:
    lines = list(page.iter_rows(min_row=4, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def sentences(facts: Facts, weight: Weight) -> list[str]:
    return [problem.sentence for problem in arrs_uplift.check(facts) if problem.weight is weight]


def test_the_form_has_our_figure_the_icbs_and_the_difference() -> None:
    line, sums = rows(opened(FACTS)["Uplift claim"])
    assert (line["Post"], line["Portal label"], line["Employer"]) == ("P-001", "=1+1", "Ours")
    assert (line["Claimed before (£)"], line["Now (£)"], line["Difference (£)"]) == (22324, 23040, 716)
    assert (line["ICB's figure (£)"], line["Ours less the ICB's (£)"]) == (700, 16)
    assert (sums["Post"], sums["Difference (£)"], sums["ICB's figure (£)"]) == ("Total", 716, 700)
    page = opened(FACTS)["Uplift claim"]
    assert page["B5"].data_type == "s"


def test_what_waits_and_what_is_paid_back_stand_apart_and_are_not_in_the_total() -> None:
    book = opened(FACTS)
    assert [row["Would be (£)"] for row in rows(book["Waiting"])] == [179, 179]
    assert [row["Difference (£)"] for row in rows(book["To be paid back"])] == [-1800.32, -1800.32]
    cover = [row[0].value for row in book["Cover_sheet"]]
    assert "1 post, £716.00 claimed in all." in cover
    assert (
        "Waiting for back-pay to be confirmed: £179.00. To be paid back: £1,800.32. Neither is part of the claim."
    ) in cover


def test_the_maxima_are_told_with_how_sure_they_are() -> None:
    (line,) = rows(opened(FACTS)["Maxima"])
    assert (line["Rate"], line["How sure"]) == ("RT-002", "Confirmed")
    unsure = replace(FACTS, uplift=replace(FACTS.uplift, rates=(replace(RATE, confirmed=False),)))
    assert "1 of the 1 maxima used is not confirmed against the specification: RT-002." in sentences(
        unsure, Weight.ACKNOWLEDGE
    )


def test_a_figure_that_differs_from_the_icbs_must_be_acknowledged() -> None:
    assert sentences(FACTS, Weight.ACKNOWLEDGE) == [
        "Our figure differs from the ICB's: P-001 by £16.00.",
        "£1,800.32 was claimed and is to be paid back, for 1 post.",
    ]
    assert sentences(FACTS, Weight.NOTE) == ["£179.00 waits for back-pay to be confirmed, for 1 post."]


def test_a_draft_that_is_out_of_date_must_be_worked_out_again() -> None:
    old = replace(FACTS, uplift=replace(FACTS.uplift, out_of_date=True))
    assert sentences(old, Weight.MUST_FIX) == [
        "UP-002: what it rests on has changed since. Work it out again."
    ]


def test_what_was_never_begun_or_was_sent_before_is_told() -> None:
    loose = replace(
        FACTS, uplift=replace(FACTS.uplift, ref="", lines=()), sent_before=("SP-001 on 2 October 2026",)
    )
    told = sentences(loose, Weight.ACKNOWLEDGE)
    assert told[0].startswith("No uplift claim is begun")
    assert told[1:] == [
        "An uplift form was sent before: SP-001 on 2 October 2026.",
        "Nothing can be claimed for April 2026 to July 2026 now.",
    ]
    assert opened(loose).sheetnames == [
        "Cover_sheet", "Uplift claim", "Waiting", "To be paid back", "Working", "Maxima", "Notes"
    ]  # fmt: skip


def test_what_cannot_be_worked_out_stands_in_the_way() -> None:
    fault = Problem("P-004, April 2026, is not worked out.", Weight.ACKNOWLEDGE)
    told = replace(FACTS, uplift=replace(FACTS.uplift, problems=(fault,)))
    assert fault in arrs_uplift.check(told)


def test_the_same_facts_are_the_same_bytes_and_the_same_hash_even_from_json() -> None:
    again = facts_from_json(arrs_uplift.PAPER, facts_to_json(FACTS))
    assert again == FACTS
    assert facts_hash(again) == facts_hash(FACTS)
    assert xlsx.write(arrs_uplift.compile(again)) == xlsx.write(arrs_uplift.compile(FACTS))


# ---- from a file


@pytest.fixture
def database(sample: Path, clock: Clock) -> Iterator[Database]:
    """The sample: claimed from April on, its award on file, paid but by three employers."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened_:
        withdraw_uplift(opened_)
        yield opened_


def made(database: Database, day: date | None = None) -> papers.Made:
    return papers.make(database, arrs_uplift.PAPER, papers.asked_of(database, None, day))


def test_the_samples_form_is_issued_once_acknowledged_and_remade(database: Database, tmp_path: Path) -> None:
    uplifts.begin(database, APRIL, JULY)
    ready = made(database)
    with pytest.raises(errors.PaperRefused, match="not confirmed"):
        papers.issue(database, ready, tmp_path / "x.xlsx", acknowledged=False)
    sent = papers.issue(database, ready, tmp_path / "x.xlsx", acknowledged=True)
    *lines, sums = rows(openpyxl.load_workbook(tmp_path / "x.xlsx")["Uplift claim"])
    assert (len(lines), sums["Difference (£)"]) == (20, 5056.45)
    assert papers.remake(database, sent) == ready.content
    assert any("was sent before" in problem.sentence for problem in made(database).problems)


def test_before_a_claim_is_begun_the_form_says_what_it_would_be(database: Database) -> None:
    facts = made(database).facts
    assert (facts.uplift.ref, facts.uplift.months_words) == ("", "April 2026 to July 2026")
    assert "No uplift claim is begun" in " ".join(p.sentence for p in made(database).problems)


def test_a_submitted_uplift_prints_as_it_was_kept_and_a_withdrawn_one_not(database: Database) -> None:
    begun = uplifts.begin(database, APRIL, JULY)
    sealed = uplifts.mark_submitted(database, begun.id, database.today())
    facts = made(database).facts.uplift
    assert (facts.ref, facts.submitted, len(facts.of(Due.UPLIFT))) == ("UP-002", True, 20)
    claims.note(database, sealed, ClaimStage.WITHDRAWN, database.today())
    assert made(database).facts.uplift.ref == ""


def test_no_person_is_named_on_the_form(database: Database) -> None:
    with database.change("Name somebody") as change:
        holder = change.add(Holder(name="Zebedee Quux"))
        for one in change.reader.all(BackPay)[:1]:
            change.put(replace(one, evidence="payslip of Zebedee Quux"))
    assert holder.id != Id(0)
    uplifts.begin(database, APRIL, JULY)
    ready = made(database)
    assert b"Zebedee" not in facts_to_json(ready.facts)


def test_a_file_without_claims_gives_an_empty_form(tmp_path: Path, clock: Clock) -> None:
    with files.create(tmp_path / "Ours.nhsdesk", "Eastfield PCN", "Ann Archer", clock) as empty:
        ready = made(empty)
        assert ready.facts.uplift.lines == ()
        assert any("Nothing can be claimed" in problem.sentence for problem in ready.problems)
