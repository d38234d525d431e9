"""The commitments register as a workbook: what binds, where it is written, its money, and nothing withheld."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from nhsdesk.commands import papers
from nhsdesk.domain.commitments import (
    BINDING,
    Basis,
    Commitment,
    CommitmentKind,
    Confidence,
    FourPurposes,
    Funding,
    InContract,
    Result,
    Status,
    WorkClass,
)
from nhsdesk.domain.contracts import Agreement, Signature
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.factories import HOSTILE

REGISTER = papers.named("commitments", papers.PAPERS)
SECRET = "zzquietword"


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def made(database: Database) -> papers.Made:
    return papers.make(database, REGISTER, papers.asked_of(database, Month(2026, 10), AS_OF))


def rows(paper: papers.Made, sheet: str = "Commitments") -> list[dict[str, Any]]:
    page = openpyxl.load_workbook(BytesIO(paper.content))[sheet]
    lines = list(page.iter_rows(min_row=4, values_only=True))
    read = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    return [] if read[0][lines[0][0]] == "No entries" else read


def words(paper: papers.Made) -> str:
    book = openpyxl.load_workbook(BytesIO(paper.content))
    cells = (str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell)
    return "\n".join(cells)


def told(paper: papers.Made, weight: Weight) -> list[str]:
    return [problem.sentence for problem in paper.problems if problem.weight is weight]


def test_a_line_carries_all_that_a_reader_judges_it_by(database: Database) -> None:
    document = add(database, SourceDocument(title="Operating model", body="The ICB", publication_ref="P1"))
    add(
        database,
        Commitment(
            title="Give the INT a lead", kind=CommitmentKind.ASK, basis=Basis.GUIDANCE, owed_to="The ICB",
            document=document.id, locator="page 14", quotation="should give", confidence=Confidence.HIGH,
            due=date(2026, 10, 1), revised_due=date(2026, 12, 1), times_revised=1, status=Status.ON_TRACK,
            work_class=WorkClass.UNFUNDED, funding=Money(1_800_000), funding_certainty=Funding.UNCLEAR,
            unfunded_hours=Hours.of(3), outcome_wanted="A named lead", serves=FourPurposes.LEAD,
        ),
    )  # fmt: skip
    paper = made(database)
    (line,) = rows(paper)
    assert (line["Ref"], line["Whether it binds"], line["Rests on"]) == (
        "C-001", "Asked of us; not required", "Guidance",
    )  # fmt: skip
    assert line["First date"] == datetime(2026, 10, 1)  # noqa: DTZ001 - a sheet's day has no zone
    assert line["Date now"] == datetime(2026, 12, 1)  # noqa: DTZ001
    assert (line["Times revised"], line["Status"], line["Outcome wanted"]) == (1, "On track", "A named lead")
    (where,) = rows(paper, "Where written")
    assert where["Where it is written"] == "Operating model, The ICB, P1, page 14"
    assert where["Exact words"] == "should give"
    (money,) = rows(paper, "Money and time")
    assert (money["Work class"], money["Funding (£)"], money["How certain the funding is"]) == (
        "Additional unfunded", 18000, "Unclear",
    )  # fmt: skip
    assert (money["Unfunded hours a week"], money["Unfunded hours a month"]) == (3, 13)


def test_a_register_of_partners_behind_a_status_quo_shows_the_outcome_each_line_is_to_bring(
    database: Database,
) -> None:
    add(database, Commitment(title="Meet weekly", outcome_wanted="Fewer falls at home"))
    add(database, Commitment(title="Meet monthly"))
    assert [line["Outcome wanted"] for line in rows(made(database))] == ["Fewer falls at home", "[x]"]


def test_required_is_said_where_a_contract_or_law_is_named_and_nowhere_else(database: Database) -> None:
    every = [(kind, basis) for kind in (None, *CommitmentKind) for basis in (None, *Basis)]
    with database.change("Add every sort") as change:
        for n, (kind, basis) in enumerate(every):
            change.add(Commitment(title=f"Sort {n}", kind=kind, basis=basis))
    for line in rows(made(database)):
        kind, basis = every[int(line["What"].split()[1])]
        required = kind is CommitmentKind.DUTY and basis in BINDING
        assert line["Whether it binds"].startswith("Required by") == required
        if kind in (CommitmentKind.ASK, CommitmentKind.AGREEMENT):
            assert line["Whether it binds"].endswith("not required")


def test_a_local_agreement_binds_once_we_have_signed(database: Database) -> None:
    agreement = add(database, Agreement(title="Frailty"))
    add(database, Commitment(title="Keep a list", kind=CommitmentKind.AGREEMENT, agreement=agreement.id))
    assert rows(made(database))[0]["Whether it binds"].endswith("not required")
    add(database, Signature(agreement=agreement.id, ours=True, signed_on=date(2026, 6, 1)))
    assert rows(made(database))[0]["Whether it binds"] == "Agreed locally; binds those who signed"


@pytest.mark.parametrize("came_to", [Result.DECLINED, Result.PARKED])
def test_a_decision_to_do_nothing_prints_with_its_reason(database: Database, came_to: Result) -> None:
    one = add(database, Commitment(title="Join the pilot", came_to=came_to))
    assert any("it is not said why" in sentence for sentence in told(made(database), Weight.MUST_FIX))
    with database.change("Say why") as change:
        change.put(change.reader.get(Commitment, one.id).__class__(**_with(one, result="Core funding first")))
    paper = made(database)
    assert rows(paper)[0]["Result"] == f"{came_to.words}: Core funding first"
    assert not told(paper, Weight.MUST_FIX)


def test_met_is_printed_as_unshown_until_evidence_in_date_names_it(database: Database) -> None:
    by_status = add(database, Commitment(title="Open on Saturdays", status=Status.MET))
    by_result = add(database, Commitment(title="Send a plan", came_to=Result.MET, result="Sent"))
    first, second = rows(made(database))
    assert first["Status"] == "Met, with no evidence in date"
    assert second["Result"] == "Met, with no evidence in date: Sent"
    add(database, Evidence(what="Rota and plan", proves=(by_status.id, by_result.id)))
    first, second = rows(made(database))
    assert (first["Status"], second["Result"]) == ("Met", "Met: Sent")


def test_variation_that_no_contract_names_prints_the_clause_and_the_day_and_when_it_is_stale(
    database: Database,
) -> None:
    for on in (date(2026, 10, 1), date(2026, 1, 1)):
        add(
            database,
            Commitment(
                title="Reduce variation",
                in_contract=InContract.ABSENT,
                checked_clause="DES 8.2",
                checked_on=on,
            ),
        )
    fresh, stale = (line["In our contract"] for line in rows(made(database)))
    assert fresh == "Not in our contract: DES 8.2, looked at on 1 October 2026"
    assert "Stale: that is more than six months ago" in stale


def test_improvement_behind_a_box_to_tick_is_followed_by_links(database: Database) -> None:
    tick, aim = (
        add(database, Commitment(title="Return the form")),
        add(database, Commitment(title="Fewer falls")),
    )
    add(database, Link(source=tick.id, target=aim.id, says=LinkKind.RESTS_ON))
    add(database, Link(source=aim.id, target=tick.id, says=LinkKind.NOT_THE_SAME))
    found = [(line["Ref"], line["Says"]) for line in rows(made(database), "Links")]
    assert found == [("C-001", "rests on C-002"), ("C-002", "is not the same as C-001")]


def test_separate_hubs_print_as_not_the_same_as_neighbourhood_teams(database: Database) -> None:
    hubs = add(database, Commitment(title="Same-day access hubs"))
    teams = add(database, Commitment(title="Neighbourhood teams"))
    add(database, Link(source=hubs.id, target=teams.id, says=LinkKind.NOT_THE_SAME))
    (line,) = rows(made(database), "Links")
    assert (line["What"], line["Says"]) == ("Same-day access hubs", "is not the same as C-002")


def test_the_cover_tells_unfunded_hours_and_their_cost(database: Database) -> None:
    add(database, Commitment(title="Share", unfunded_hours=Hours.of(3)))
    assert "no cost is given" in words(made(database))
    add(database, LocalRule(key="commitments.hour_cost", value="85", starts=date(2026, 4, 1)))
    assert "13 hours a month. At £85 an hour that is £1,105.00 a month." in words(made(database))


# ---- what is withheld


def everything_of(paper: papers.Made) -> str:
    return words(paper) + facts_to_json(paper.facts).decode()


def test_what_is_restricted_prints_its_reference_alone(database: Database) -> None:
    add(database, Commitment(title=SECRET, quotation=SECRET, clause=SECRET, purpose=SECRET, restricted=True))
    paper = made(database)
    assert (rows(paper)[-1]["Ref"], rows(paper)[-1]["What"]) == ("C-001", "Restricted item")
    assert SECRET not in everything_of(paper)


def test_what_was_read_from_a_restricted_document_is_withheld(database: Database) -> None:
    document = add(database, SourceDocument(title=SECRET, restricted=True))
    add(database, Commitment(title=SECRET, quotation=SECRET, document=document.id))
    paper = made(database)
    assert SECRET not in everything_of(paper)
    assert rows(paper)[0]["What"] == "Restricted item"


def test_a_link_to_what_is_restricted_is_left_out_and_restricts_its_other_end(database: Database) -> None:
    hidden = add(database, Commitment(title=SECRET, restricted=True))
    near = add(database, Commitment(title=SECRET))
    far = add(database, Commitment(title="Far"))
    add(database, Link(source=near.id, target=hidden.id, says=LinkKind.RELATED))
    add(database, Link(source=far.id, target=near.id, says=LinkKind.RELATED))
    paper = made(database)
    assert SECRET not in everything_of(paper)
    assert [line["What"] for line in rows(paper)] == ["Far", "Restricted item", "Restricted item"]
    assert rows(paper, "Links") == []


# ---- as a paper


def test_problems_are_quiet_in_the_register_and_speak_when_a_paper_is_made(database: Database) -> None:
    one = add(database, Commitment(title="Share", kind=CommitmentKind.ASK, basis=Basis.GMS))
    assert Commitment.KIND.derived_column("problems") is None
    (spoken,) = [problem for problem in made(database).problems if problem.weight is Weight.MUST_FIX]
    assert (spoken.kind, spoken.record, spoken.field) == ("commitment", one.id, "basis")


def test_an_empty_file_gives_a_workbook_that_says_so(database: Database) -> None:
    paper = made(database)
    assert "No commitments are listed." in words(paper)
    assert rows(paper) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(database: Database, text: str) -> None:
    add(database, Commitment(title=text, result=text, clause=text, outcome_wanted=text, applies_to=text))
    page = openpyxl.load_workbook(BytesIO(made(database).content))["Commitments"]
    assert all(cell.data_type in ("s", "n", "d") for row in page.iter_rows() for cell in row)


def test_the_kept_facts_give_the_same_workbook(sample: Any, clock: Any) -> None:
    from nhsdesk.store import record_file

    with record_file.open_file(sample, "me", clock, moved=record_file.Moved.MOVED) as database:
        paper = made(database)
    again = facts_from_json(REGISTER, facts_to_json(paper.facts))
    assert again == paper.facts
    assert papers.written(papers.compiled(REGISTER, again)) == paper.content
    assert not told(paper, Weight.MUST_FIX)


def _with(one: Commitment, **values: Any) -> dict[str, Any]:
    from nhsdesk.store.reading import values_of

    return {**values_of(one), "id": one.id, "version": one.version, "ref": one.ref, **values}
