"""The briefing on the integrator and the fund statement, as the sample and small files make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nhsdesk.briefings import integrator
from nhsdesk.commands import files, papers
from nhsdesk.domain.arrs import Funder, OtherFunding, Post, Role
from nhsdesk.domain.funds import (
    Fund,
    FundedPost,
    FundEntry,
    FundMovement,
    FundPartner,
    MovementKind,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.integrators import (
    Integrator,
    IntegratorFunction,
    IntegratorPartner,
    IntegratorStatus,
    SelectionCriterion,
)
from nhsdesk.domain.leadership import Stakeholder, Stance
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation, Practice, Sector
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.sections import apart, funds, integrators
from nhsdesk.store.database import Database
from tests.briefings.test_place_board import add, text_of
from tests.conftest import AS_OF, Clock
from tests.factories import HOSTILE, added

INTEGRATOR = papers.named("integrator", papers.PAPERS)
STATEMENT = papers.named("fund-statement", papers.PAPERS)
BOARD = papers.named("place-board", papers.PAPERS)
TRUST = "Wexmere and Ashcombe Community NHS Foundation Trust"


def made(database: Database, paper: Any, day: date = AS_OF) -> papers.Made:
    return papers.make(database, paper, papers.asked_of(database, None, day))


def words_of(content: bytes) -> str:
    """Every cell of every sheet, in order."""
    book = openpyxl.load_workbook(BytesIO(content))
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return " | ".join(str(cell) for cell in cells if cell is not None)


def rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet's table by heading."""
    table = openpyxl.load_workbook(BytesIO(content))[sheet]
    held = [row for row in table.iter_rows(values_only=True) if sum(cell is not None for cell in row) > 1]
    return [dict(zip(map(str, held[0]), row, strict=False)) for row in held[1:]]


@pytest.fixture(scope="module")
def from_the_sample(sample_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The three papers of the sample, made once."""
    path = tmp_path_factory.mktemp("papers") / "Sample.nhsdesk"
    path.write_bytes(sample_as_made.read_bytes())
    with files.open_to_read(path, "Ann Archer", Clock()) as database:
        found = {paper.key: made(database, paper) for paper in (INTEGRATOR, STATEMENT, BOARD)}
    return {
        "integrator": text_of(found["integrator"].content),
        "place-board": text_of(found["place-board"].content),
        "fund-statement": found["fund-statement"].content,
    }


# ---- what the sample's papers answer


@pytest.mark.parametrize("paper", ["integrator", "place-board"])
def test_host_money_contract_and_answering_are_four_lines_each_with_page_and_day(
    from_the_sample: dict[str, Any], paper: str
) -> None:
    text = from_the_sample[paper]
    nomination = "D-008 Paper 9: integrator nomination, board meeting of 20 May 2026"
    assert f"Who hosts it: {TRUST} ({nomination}, page 2, 20 May 2026)" in text
    assert f"Who holds the money: {TRUST} ({nomination}, page 4, 20 May 2026)" in text
    assert "Who holds the contract: unknown" in text
    assert "Who answers for it: NHS South Riverside London ICB (D-007" in text


def test_the_integrator_is_told_with_its_place_board_dates_and_slippage(
    from_the_sample: dict[str, Any],
) -> None:
    text = from_the_sample["integrator"]
    assert "Hosting: shared with local partners" in text
    assert "Approved: first set for 20 May 2026, done on 20 May 2026, on the day" in text
    assert "Live: first set for 1 July 2026, done on 3 August 2026, 33 days late" in text
    assert "Approved by: Wexmere Together Partnership Board" in text
    assert "A board decides; an integrator supports it." in text


@pytest.mark.parametrize("paper", ["integrator", "place-board"])
def test_whose_ratification_is_missing_and_what_was_spent_under_which_principle(
    from_the_sample: dict[str, Any], paper: str
) -> None:
    text = from_the_sample[paper]
    assert (
        "Not yet ratified by Riverside Minds NHS Foundation Trust, Wexmere Council and Wexmere Voluntary Forum."
        in text
    )
    assert "Spent without a ratified principle: £124,500.00 of £124,500.00." in text
    assert (
        "FE-004 Design consultancy: £31,400.00 spent. No principle, so none of the 6 partners has ratified it."
        in text
    )
    assert "Consultancy: £31,400.00 (12.6% of the value) spent" in text
    assert "Held on behalf of: Wexmere Neighbourhood Integrator." in text


def test_who_does_what_tells_what_each_body_holds_and_leads(from_the_sample: dict[str, Any]) -> None:
    text = from_the_sample["integrator"]
    does = text[text.index("Who does what") :]
    assert "hosts, holds the money" in does
    assert "Organisational development (live); Practice support (live)" in does
    assert "not a partner answers for it" in does


def test_our_own_scores_go_to_our_own_board_only(from_the_sample: dict[str, Any]) -> None:
    for criterion in ("Size and scale", "Maturity", "Local footprint", "Record of supporting practices"):
        assert criterion in from_the_sample["integrator"]
    assert "a criterion it is chosen by: our own score is 2 of 5" in from_the_sample["integrator"]
    assert "Record of supporting practices" not in from_the_sample["place-board"]
    assert "our own score" not in from_the_sample["place-board"]


def test_the_case_for_a_federation_partner_names_hosts_sources_and_what_the_file_shows(
    from_the_sample: dict[str, Any],
) -> None:
    text = from_the_sample["integrator"]
    case = text[text.rindex("The case for a federation partner") :]
    assert "Wexmere GP Alliance Ltd is a partner. Its part: practice support." in case
    assert "community trust, acute trust, local authority, and others with scale" in case
    assert "Federations are not named as hosts" in case
    assert "3 of 4 arrangements in South East London (Bexley, Lambeth, Southwark)" in case
    assert "second-hand" in case


def test_other_places_are_in_no_paper_as_ours(from_the_sample: dict[str, Any]) -> None:
    for text in (from_the_sample["place-board"], words_of(from_the_sample["fund-statement"])):
        for name in ("Oxleas", "Guy's", "Quay Health", "Lambeth"):
            assert name not in text


def test_the_statement_has_entries_matrix_sums_and_what_wants_a_look(from_the_sample: dict[str, Any]) -> None:
    content = from_the_sample["fund-statement"]
    (fund,) = rows(content, "Funds")
    assert (fund["Holder"], fund["Held on behalf of"]) == (TRUST, "Wexmere Neighbourhood Integrator")
    assert fund["Accountable body"] == "unknown"
    assert fund["Purpose"] == "Early development and implementation of the integrator"
    assert float(fund["Value (£)"]) == 250_000
    entries = rows(content, "Entries")
    assert [one["Ref"] for one in entries] == ["FE-001", "FE-002", "FE-003", "FE-004"]
    assert (
        entries[2]["Not yet ratified by"] == "Riverside Minds NHS Foundation Trust, Wexmere Voluntary Forum"
    )
    assert entries[3]["What it rests on"] == "Spent without a ratified principle: no principle"
    first = rows(content, "Principles")[0]
    assert first[TRUST] == "Ratified 22 July 2026"
    assert first["Wexmere Voluntary Forum"] == "Not yet ratified"
    by_principle = {one["Principle"]: one for one in rows(content, "Spent under principles")}
    spent = {name: float(one["Spent (£)"]) for name, one in by_principle.items()}
    assert spent == {
        "FN-001 Spend first on shared data and workforce tools": 70_300.0,
        "FN-002 At least a third reaches practice support": 22_800.0,
        "none": 31_400.0,
    }
    sectors = {one["Sector"]: float(one["Share of what is spent (%)"]) for one in rows(content, "Sectors")}
    assert sectors["Private"] == 25.2


# ---- files of every size


@pytest.fixture
def trust(database: Database) -> Organisation:
    return add(database, Organisation(name="The trust", sector=Sector.COMMUNITY_TRUST))  # type: ignore[no-any-return]


def spend(database: Database, fund: Fund, pounds: int, **fields: Any) -> FundEntry:
    entry: FundEntry = add(database, FundEntry(fund=fund.id, what=fields.pop("what", "Tools"), **fields))
    add(
        database,
        FundMovement(
            entry=entry.id, kind=MovementKind.SPENT, amount=Money.pounds(pounds), on=date(2026, 10, 1)
        ),
    )
    return entry


def test_papers_of_a_file_with_nothing_say_that_nothing_is_recorded(database: Database) -> None:
    briefing = made(database, INTEGRATOR)
    text = text_of(briefing.content)
    assert "No integrator is recorded." in text
    assert "No fund is recorded." in text
    assert any("No fund is recorded" in one.sentence for one in made(database, STATEMENT).problems)


def test_an_integrator_of_which_nothing_is_known_says_unknown_four_times(database: Database) -> None:
    add(database, Integrator(name="Theirs"))
    text = text_of(made(database, INTEGRATOR).content)
    for question in ("Who hosts it", "Who holds the money", "Who holds the contract", "Who answers for it"):
        assert f"{question}: unknown" in text


def test_an_integrator_that_has_ended_is_in_no_paper(database: Database) -> None:
    add(database, Integrator(name="Southmoor Integrator", status=IntegratorStatus.ENDED))
    assert "Southmoor" not in text_of(made(database, INTEGRATOR).content)


def test_a_holder_without_a_document_is_printed_with_its_missing_evidence(
    database: Database, trust: Organisation
) -> None:
    add(database, Integrator(name="Theirs", fund_holder=trust.id))
    text = text_of(made(database, INTEGRATOR).content)
    assert "Who holds the money: The trust (no evidence: where this is written is not given)" in text
    assert "Who hosts it: unknown" in text


def test_a_fund_without_value_partners_or_principles_is_still_a_statement(database: Database) -> None:
    fund = add(database, Fund(name="A grant"))
    spend(database, fund, 40)
    paper = made(database, STATEMENT)
    (line,) = rows(paper.content, "Entries")
    assert line["Not yet ratified by"] == "nobody"
    told = [one.sentence for one in paper.problems]
    assert any("no balance can be told" in one for one in told)
    assert any("£40.00 spent. No principle." in one for one in told)
    assert "Where it is written: not said." in words_of(paper.content)


def test_a_principle_of_another_fund_holds_nothing(database: Database, trust: Organisation) -> None:
    ours, theirs = (add(database, Fund(name=name, value=Money.pounds(100))) for name in ("Ours", "Theirs"))
    for fund in (ours, theirs):
        add(database, FundPartner(fund=fund.id, organisation=trust.id))
    rule = add(database, SpendPrinciple(fund=theirs.id, words="Anything"))
    add(database, Ratification(principle=rule.id, partner=trust.id, answered_on=date(2026, 5, 1)))
    spend(database, ours, 10, principle=rule.id)
    (line,) = rows(made(database, STATEMENT).content, "Entries")
    assert line["What it rests on"].endswith("its principle belongs to another fund")


def test_a_statement_of_an_earlier_day_counts_what_was_spent_and_said_by_then(
    database: Database, trust: Organisation
) -> None:
    fund = add(database, Fund(name="Ours", value=Money.pounds(100)))
    add(database, FundPartner(fund=fund.id, organisation=trust.id))
    rule = add(database, SpendPrinciple(fund=fund.id, words="Anything"))
    add(database, Ratification(principle=rule.id, partner=trust.id, answered_on=date(2026, 11, 1)))
    spend(database, fund, 30, principle=rule.id)
    before, between, now = (
        rows(made(database, STATEMENT, day).content, "Entries")[0]
        for day in (date(2026, 9, 30), date(2026, 10, 2), AS_OF)
    )
    assert [float(one["Spent (£)"]) for one in (before, between, now)] == [0, 30, 30]
    assert [one["Not yet ratified by"] for one in (before, between, now)] == [
        "The trust",
        "The trust",
        "nobody",
    ]
    assert float(now["Spent before it was ratified (£)"]) == 30


def test_hostile_words_are_printed_as_words(database: Database) -> None:
    with database.change("Add") as change:
        integrator, fund = added(change, Integrator, status=IntegratorStatus.LIVE), added(change, Fund)
        rule = added(change, SpendPrinciple, fund=fund.id, words=HOSTILE[0])
        for n, words in enumerate(HOSTILE):
            if len(words) < 1_000:
                cls = (IntegratorPartner, IntegratorFunction, SelectionCriterion)[n % 3]
                added(change, cls, words, integrator=integrator.id)
            added(change, FundEntry, words[:200], fund=fund.id, principle=rule.id)
            body = change.add(Organisation(name=words[:200]))
            change.add(FundPartner(fund=fund.id, organisation=body.id))
    assert made(database, INTEGRATOR).content[:4] == b"%PDF"
    headings = list(rows(made(database, STATEMENT).content, "Principles")[0])
    assert len(headings) == len(set(headings))


def test_money_that_went_to_hospitals_and_consultants_stands_beside_general_practices(
    database: Database,
) -> None:
    fund = add(database, Fund(name="Ours", value=Money.pounds(1_000)))
    spend(database, fund, 600, sector=Sector.ACUTE_TRUST)
    spend(database, fund, 300, sector=Sector.FEDERATION)
    spend(database, fund, 100, sector=Sector.PRIVATE, consultancy=True, supplier="Bright Ideas")
    text = text_of(made(database, INTEGRATOR).content)
    assert "General practice (practices, PCNs, federations): £300.00 (30.0%)" in text
    assert "acute and mental health trusts: £600.00 (60.0%)" in text
    assert "consultancy: £100.00 (10.0%)" in text
    (advice,) = [
        one for one in rows(made(database, STATEMENT).content, "Entries") if one["Consultancy"] == "Yes"
    ]
    assert advice["Supplier"] == "Bright Ideas"


def test_stances_to_a_joint_bid_are_for_our_own_board(database: Database, trust: Organisation) -> None:
    add(database, Integrator(name="Ours"))
    step = Stakeholder(organisation=trust.id, stance=Stance.OPEN, next_step="Meet", next_by=date(2026, 12, 1))
    add(database, step)
    assert "The trust Open Meet, by 1 December 2026" in text_of(made(database, INTEGRATOR).content)
    assert "Meet, by" not in text_of(made(database, BOARD).content)


# ---- what partners may not see


def test_what_a_restricted_entry_is_linked_with_keeps_its_money_and_loses_its_words(
    database: Database, trust: Organisation
) -> None:
    base = add(database, Practice(name="Foxglove Health Centre"))
    request = add(database, SupportRequest(practice=base.id, restricted=True))
    fund = add(database, Fund(name="Ours", value=Money.pounds(100)))
    entry = spend(database, fund, 30, what="Locum days at Weir Bank", supplier="A. Locum Ltd")
    add(database, Link(source=entry.id, target=request.id, says=LinkKind.PAYS_FOR))
    paper = made(database, STATEMENT)
    text = words_of(paper.content)
    assert "Restricted item" in text
    assert "Weir Bank" not in text + str(paper.facts)
    assert "A. Locum" not in text + str(paper.facts)
    assert float(rows(paper.content, "Entries")[0]["Spent (£)"]) == 30
    assert "Weir Bank" in text_of(made(database, INTEGRATOR).content)


@pytest.mark.parametrize("paper", [STATEMENT, BOARD])
def test_an_entry_that_names_a_practice_with_an_open_restricted_request_must_be_reworded(
    database: Database, paper: Any
) -> None:
    base = add(database, Practice(name="Foxglove Health Centre"))
    add(database, SupportRequest(practice=base.id, restricted=True))
    fund = add(database, Fund(name="Ours"))
    spend(database, fund, 30, what="Days at Foxglove Health Centre")
    told = [one.sentence for one in made(database, paper).problems if one.weight is Weight.MUST_FIX]
    assert any("FE-001 names PR-001" in one for one in told)


def test_a_post_claimed_on_arrs_is_named_where_the_fund_pays_for_it_and_other_money_is_added(
    database: Database,
) -> None:
    post = add(database, Post(role=Role.CARE_COORDINATOR))
    add(database, OtherFunding(post=post.id, funder=Funder.GRANT, share=Decimal(60), starts=date(2026, 4, 1)))
    fund = add(database, Fund(name="Ours"))
    entry = spend(database, fund, 30)
    add(database, FundedPost(entry=entry.id, post=post.id, share=Decimal(50)))
    paper = made(database, STATEMENT)
    told = [one.sentence for one in paper.problems if one.weight is Weight.MUST_FIX]
    assert any("P-001 Care coordinator would be paid for to 110% of its cost" in one for one in told)
    assert "P-001 Care coordinator, 50%" in words_of(paper.content)


def test_kept_facts_give_the_same_paper_again(database: Database, trust: Organisation) -> None:
    document = add(database, SourceDocument(title="Paper 9", dated=date(2026, 5, 20)))
    add(database, Integrator(name="Ours", host=trust.id, host_document=document.id, host_locator="page 2"))
    fund = add(database, Fund(name="Ours", value=Money.pounds(100)))
    spend(database, fund, 30)
    for paper in (INTEGRATOR, STATEMENT):
        facts: Any = made(database, paper).facts
        kept = facts_to_json(facts)
        assert paper.compile(facts_from_json(paper, kept)) == paper.compile(facts)


def test_what_cannot_be_read_says_so_in_its_place_and_the_rest_is_made(sample: Path, clock: Clock) -> None:
    with files.open_to_read(sample, "Ann Archer", clock) as database:
        paper = papers.named("integrator", papers.BRIEFINGS)
        whole = papers.make(database, paper, papers.asked_of(database, None, None)).facts
    failed = replace(whole.heading, failed=(funds.TITLE,))
    sections = integrator.compile(replace(whole, heading=failed, funds=None)).sections
    (money,) = (one for one in sections if one.heading == funds.TITLE)
    assert apart.NOT_MADE in money.blocks
    assert "Partners" in [one.heading for one in sections]
    failed = replace(whole.heading, failed=(integrators.TITLE,))
    sections = integrator.compile(replace(whole, heading=failed, integrators=None)).sections
    assert [one.heading for one in sections if apart.NOT_MADE in one.blocks] == [
        integrators.TITLE,
        "Functions that move",
        "The case for a federation partner",
    ]
    assert funds.TITLE in [one.heading for one in sections]
