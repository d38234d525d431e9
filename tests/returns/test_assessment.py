"""The quarter's assessments as a workbook: whose they are, what is official in them, and what stays behind."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from nhsdesk.commands import assessments, frameworks, papers
from nhsdesk.domain.actions import Action
from nhsdesk.domain.assessments import Assessment, Framework, FrameworkLine
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.periods import Month, Quarter
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import Category, SupportRequest
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.papers import Diary, facts_from_json, facts_to_json
from nhsdesk.returns import assessment
from nhsdesk.returns.assessment import Facts
from nhsdesk.store.database import Database

Q1, Q2 = Quarter.parse("2026/27 Q1"), Quarter.parse("2026/27 Q2")
SECRET = "Letter about one practice"


@pytest.fixture
def framework(database: Database) -> Framework:
    return frameworks.adopt(database, "advice-and-guidance")


def scored(database: Database, framework: Framework, quarter: Quarter, **levels: str) -> Assessment:
    begun = assessments.begin(database, framework, quarter)
    for ref, level in levels.items():
        assert assessments.give_level(database, begun, line(database, ref), level) is None
    return begun


def line(database: Database, ref: str) -> Id:
    with database.read() as reader:
        return next(one.id for one in reader.all(FrameworkLine) if one.standard_ref == ref.replace("_", "-"))


def made(database: Database) -> papers.Made:
    return papers.make(database, assessment.PAPER, papers.asked_of(database, Month(2026, 10), None))


def rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    table = openpyxl.load_workbook(BytesIO(content))[sheet]
    values = [row for row in table.iter_rows(values_only=True) if any(cell is not None for cell in row)]
    at = next(n for n, row in enumerate(values) if row[0] == "Assessment")
    return [dict(zip(map(str, values[at]), row, strict=False)) for row in values[at + 1 :]]


def words(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    return "\n".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
    )


def test_each_level_stands_beside_that_of_last_quarter_by_line_and_by_section(
    database: Database, framework: Framework
) -> None:
    scored(database, framework, Q1, AG_01="1", AG_03="2")
    scored(database, framework, Q2, AG_01="3")
    content = made(database).content
    audits = next(one for one in rows(content, "Lines") if one["Reference"] == "AG-01")
    assert (audits["Level"], audits["Last quarter"], audits["Difference"]) == (3, 1, 2)
    assert audits["Official or local"] == "Verified against a source"
    section = next(one for one in rows(content, "Sections") if one["Section"] == "3 Improving quality")
    assert (section["Scored"], section["Lowest level"], section["Difference from last quarter"]) == (2, 2, 2)


def test_the_workbook_says_whose_assessment_it_is_and_what_is_nobodys_official_wording(
    database: Database, framework: Framework
) -> None:
    scored(database, framework, Q2, AG_01="0")
    told = words(made(database).content)
    assert (
        "This is the assessment of the ICB, not ours. We give evidence to it; its scores are theirs." in told
    )
    assert "Our part in AM-001: Evidence the PCN supplies" in told
    assert "All others are local prompts." in told
    assert "1 = some standards met (local wording, not NHS England’s)" in told


def test_our_own_scores_stay_with_us_unless_we_say_otherwise(
    database: Database, framework: Framework
) -> None:
    scored(database, framework, Q2, AG_01="0")
    own = scored(database, frameworks.adopt(database, "int-readiness"), Q2)
    assessments.give_level(database, own, line(database, "IR-1.1"), "2")
    found = made(database)
    assert own.ref not in words(found.content).replace(f"sent: {own.ref}", "")
    assert [p.sentence for p in found.problems if p.weight is Weight.NOTE] == [
        f"Kept to ourselves, and not in this workbook: {own.ref}."
    ]
    assessments.send(database, own, goes_out=True)
    assert own.ref in words(made(database).content)


def _restricted(database: Database, proves: Commitment | None = None) -> Evidence:
    with database.change("Add evidence") as change:
        if proves is not None:
            return change.add(Evidence(what=SECRET, proves=(change.add(proves).id,)))
        return change.add(Evidence(what=SECRET, restricted=True))


def test_a_score_that_rests_on_restricted_evidence_is_left_out_with_its_words(
    database: Database, framework: Framework
) -> None:
    begun = scored(database, framework, Q2, AG_01="2", AG_03="1")
    proof = _restricted(database)
    assessments.give(database, begun, line(database, "AG_01"), "evidence", proof.ref)
    assessments.give(database, begun, line(database, "AG_01"), "note", SECRET)
    found = made(database)
    assert SECRET not in words(found.content)
    assert SECRET.encode() not in facts_to_json(found.facts)
    audits = next(one for one in rows(found.content, "Lines") if one["Reference"] == "AG-01")
    assert (audits["Level"], audits["Note"]) == ("[x]", "Restricted item")
    assert any("its score rests on something restricted" in p.sentence for p in found.problems)
    seen = assessments.view(database, framework.id, Q2).facts
    assert seen is not None
    assert any(one.note == SECRET for one in seen.lines)


def test_evidence_of_a_restricted_commitment_is_named_by_its_reference_alone(
    database: Database, framework: Framework
) -> None:
    begun = scored(database, framework, Q2, AG_01="2")
    proof = _restricted(database, Commitment(title="Quiet", restricted=True))
    assessments.give(database, begun, line(database, "AG_01"), "evidence", proof.ref)
    content = made(database).content
    assert SECRET not in words(content)
    assert next(one for one in rows(content, "Evidence"))["What it is"] == "Restricted item"


def test_what_was_read_from_a_restricted_document_stands_beside_no_line(
    database: Database, framework: Framework
) -> None:
    begun = scored(database, framework, Q2, AG_01="2")
    about = line(database, "AG_01")
    with database.change("Fill") as change:
        paper = change.add(SourceDocument(title="Paper of the closed part", restricted=True))
        read = change.add(Commitment(title=SECRET, document=paper.id))
        proof = change.add(Evidence(what=SECRET, proves=(read.id,)))
        for action in (Action(what=SECRET, commitment=read.id), Action(what="Ask")):
            change.add(Link(source=change.add(action).id, target=about, says=LinkKind.RELATED))
    assessments.give(database, begun, about, "evidence", proof.ref)
    found = made(database)
    assert SECRET not in words(found.content)
    assert SECRET.encode() not in facts_to_json(found.facts)
    audits = next(one for one in rows(found.content, "Lines") if one["Reference"] == "AG-01")
    assert audits["What goes with it"] == "A-002 Ask"
    with database.change("Join") as change:
        change.add(Link(source=read.id, target=about, says=LinkKind.RELATED))
    assert SECRET not in words(made(database).content)


def test_words_that_name_a_practice_with_an_open_restricted_request_must_be_put_right(
    database: Database, framework: Framework
) -> None:
    begun = scored(database, framework, Q2, AG_01="2")
    with database.change("Fill") as change:
        practice = change.add(Practice(name="Brook Surgery"))
        change.add(SupportRequest(practice=practice.id, category=next(iter(Category))))
        proof = change.add(Evidence(what="Audit at BROOK surgery"))
    assessments.give(database, begun, line(database, "AG_01"), "evidence", proof.ref)
    assessments.give(database, begun, line(database, "AG_01"), "note", "Slow at Brook Surgery")
    told = [p.sentence for p in made(database).problems if p.weight is Weight.MUST_FIX]
    reworded = "names PR-001, a practice with an open restricted request. Reword it before this goes out."
    assert told == [f"AM-001, line AG-01 {reworded}", f"EV-001 {reworded}"]


def test_evidence_that_ran_out_before_the_quarter_ended_is_told(
    database: Database, framework: Framework
) -> None:
    begun = scored(database, framework, Q2, AG_01="2")
    with database.change("Add evidence") as change:
        proof = change.add(Evidence(what="Audit", expires_on=date(2026, 8, 31)))
    assessments.give(database, begun, line(database, "AG_01"), "evidence", proof.ref)
    assert "EV-001: this evidence ran out on 31 August 2026, before the quarter ended." in [
        p.sentence for p in made(database).problems
    ]


def test_facts_that_were_kept_give_the_same_workbook(database: Database, framework: Framework) -> None:
    scored(database, framework, Q2, AG_01="2")
    found = made(database)
    again: Facts = facts_from_json(assessment.PAPER, facts_to_json(found.facts))
    assert papers.written(papers.compiled(assessment.PAPER, again)) == found.content


def test_no_day_is_made_up_where_none_was_settled() -> None:
    told = assessment.due(Diary(date(2026, 11, 20), Rules()))
    assert (told.on, told.late) == (None, False)
    assert (
        told.words
        == "For 2026/27 Q2, which ends on 30 September 2026; no day is settled, add one as a local rule"
    )


def test_it_is_due_on_the_working_day_settled_and_after_one_was_sent_for_the_next_quarter() -> None:
    rules = Rules({"papers.assessment_working_day": "10"})
    told = assessment.due(Diary(date(2026, 10, 20), rules))
    assert (told.words, told.late) == ("Was due 14 October 2026 for 2026/27 Q2", True)
    told = assessment.due(Diary(date(2026, 10, 20), rules, ("September 2026",)))
    assert told.on is not None
    assert told.words.endswith("for 2026/27 Q3")
