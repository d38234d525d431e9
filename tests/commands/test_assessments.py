"""A quarter is begun with what the last one came to, and scored line by line, each with what it rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nhsdesk import errors
from nhsdesk.commands import assessments, frameworks
from nhsdesk.domain.actions import Action
from nhsdesk.domain.assessments import Assessment, Framework, FrameworkLine, Score
from nhsdesk.domain.commitments import Commitment, InContract
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.periods import Quarter
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.sections.assessments import AssessmentFacts, LineFacts
from nhsdesk.store.database import Database

Q1, Q2 = Quarter.parse("2026/27 Q1"), Quarter.parse("2026/27 Q2")


@pytest.fixture
def framework(database: Database) -> Framework:
    return frameworks.adopt(database, "advice-and-guidance")


def line(database: Database, ref: str) -> Id:
    with database.read() as reader:
        return next(one.id for one in reader.all(FrameworkLine) if one.standard_ref == ref)


def scores(database: Database, assessment: Assessment) -> list[Score]:
    with database.read() as reader:
        return list(reader.all(Score, assessment=assessment.id))


def facts(database: Database, framework: Framework, quarter: Quarter = Q2) -> AssessmentFacts:
    seen = assessments.view(database, framework.id, quarter)
    assert seen.facts is not None
    return seen.facts


def of(found: AssessmentFacts, ref: str) -> LineFacts:
    return next(one for one in found.lines if one.ref == ref)


def evidence(database: Database) -> Evidence:
    with database.change("Add evidence") as change:
        return change.add(Evidence(what="Audit of dermatology"))


def test_a_quarter_carries_levels_notes_and_evidence_forward_and_tells_the_difference(
    database: Database, framework: Framework
) -> None:
    first = assessments.begin(database, framework, Q1)
    proof = evidence(database)
    audits, learning = line(database, "AG-01"), line(database, "AG-02")
    for id_, level in ((audits, "1"), (learning, "2")):
        assert assessments.give_level(database, first, id_, level) is None
    assert assessments.give(database, first, audits, "evidence", proof.ref) is None
    assert assessments.give(database, first, audits, "minutes_spent", "40") is None
    second = assessments.begin(database, framework, Q2)
    assert [(one.level, one.evidence, one.carried, one.minutes_spent) for one in scores(database, second)] == [
        (1, (proof.id,), True, None), (2, (), True, None),
    ]  # fmt: skip
    assert assessments.give_level(database, second, audits, "3") is None
    seen = facts(database, framework)
    changed, carried = of(seen, "AG-01"), of(seen, "AG-02")
    assert (changed.level, changed.before, changed.difference, changed.carried) == (3, 1, 2, False)
    assert (carried.level, carried.difference, carried.carried) == (2, 0, True)
    assert {one.name: one.difference for one in seen.sections}["3 Improving quality"] == 2
    assert (seen.whole.difference, seen.quarter_before, seen.carried) == (2, "2026/27 Q1", 1)


def test_beginning_is_one_step_and_a_second_time_gives_the_same(
    database: Database, framework: Framework
) -> None:
    first = assessments.begin(database, framework, Q1)
    assessments.give_level(database, first, line(database, "AG-01"), "1")
    second = assessments.begin(database, framework, Q2)
    assert assessments.begin(database, framework, Q2) == second
    assert second.our_part == "Evidence the PCN supplies; the self-assessment and its scores are the ICB's"
    database.undo()
    with database.read() as reader:
        assert [one.id for one in reader.all(Assessment)] == [first.id]


def test_seventy_standards_a_quarter_cost_little(
    database: Database, framework: Framework, tmp_path: Path
) -> None:
    """Carried forward, evidence used again, the time told, one press for the workbook."""
    first = assessments.begin(database, framework, Q1)
    proof = evidence(database)
    with database.read() as reader:
        ids = [one.id for one in reader.all(FrameworkLine)]
    for id_ in ids[:5]:
        assessments.give_level(database, first, id_, "1")
        assessments.give(database, first, id_, "evidence", proof.ref)
    second = assessments.begin(database, framework, Q2)
    assert assessments.still_so(database, second) == 5
    assessments.give(database, second, ids[0], "minutes_spent", "1:15")
    seen = facts(database, framework)
    assert (seen.minutes, seen.carried) == (75, 0)
    assert [(one.ref, len(one.lines)) for one in seen.evidence] == [(proof.ref, 5)]
    target = assessments.save_workbook(database, Q2, tmp_path / "Q2.xlsx")
    assert target.read_bytes().startswith(b"PK")


def test_giving_the_carried_level_again_says_that_it_still_holds(
    database: Database, framework: Framework
) -> None:
    first = assessments.begin(database, framework, Q1)
    audits = line(database, "AG-01")
    assessments.give_level(database, first, audits, "1")
    second = assessments.begin(database, framework, Q2)
    assessments.give(database, second, audits, "minutes_spent", "5")
    assert scores(database, second)[0].carried
    assessments.give_level(database, second, audits, "1")
    assert not scores(database, second)[0].carried


@pytest.mark.parametrize("words", ["4", "-1", "two", "1.5"])
def test_a_level_that_is_none_is_told_and_not_kept(
    database: Database, framework: Framework, words: str
) -> None:
    begun = assessments.begin(database, framework, Q2)
    assert isinstance(assessments.give_level(database, begun, line(database, "AG-01"), words), Problem)
    assert scores(database, begun) == []


def test_evidence_that_is_not_there_is_told_and_not_kept(database: Database, framework: Framework) -> None:
    begun = assessments.begin(database, framework, Q2)
    told = assessments.give(database, begun, line(database, "AG-01"), "evidence", "EV-099")
    assert told is not None
    assert "names no evidence item here" in told.sentence
    assert scores(database, begun) == []


def test_a_line_scored_in_an_older_version_is_carried_into_the_newer(
    database: Database, framework: Framework
) -> None:
    first = assessments.begin(database, framework, Q1)
    assessments.give_level(database, first, line(database, "AG-01"), "2")
    with database.change("Add the next version") as change:
        newer = change.add(Framework(title=framework.title, edition="2026/27", scored_by="the ICB"))
        kept = FrameworkLine(
            framework=newer.id, section="3", standard="Audits each month", standard_ref="AG-01"
        )
        change.add(kept)
    assessments.begin(database, newer, Q2)
    found = of(facts(database, newer), "AG-01")
    assert (found.level, found.before, found.carried) == (2, 2, True)


def _claim(database: Database, ref: str, **fields: object) -> None:
    id_ = line(database, ref)
    with database.change("Add commitment") as change:
        claim = change.add(Commitment(title="Reduce unwarranted variation", **fields))  # type: ignore[arg-type]
        change.add(Link(source=id_, target=claim.id, says=LinkKind.RELATED))


def test_a_principle_of_accountability_is_a_line_with_the_commitment_claimed_from_it(
    database: Database, framework: Framework
) -> None:
    _claim(database, "AG-13")
    assessments.begin(database, framework, Q2)
    found = of(facts(database, framework), "AG-13")
    assert found.section == "Guiding principles"
    assert found.standard.startswith("General practice has a duty to reduce unwarranted variation")
    assert found.claims == ("C-001 Reduce unwarranted variation: not yet looked up in any contract",)


def test_a_claim_that_no_contract_makes_is_told_with_the_clause_and_the_day(
    database: Database, framework: Framework
) -> None:
    with database.change("Add document") as change:
        contract = change.add(SourceDocument(title="Enhanced service 2025/26"))
    _claim(
        database, "AG-13", in_contract=InContract.ABSENT, checked_in=contract.id, checked_clause="whole text",
        checked_on=date(2026, 3, 2),
    )  # fmt: skip
    assessments.begin(database, framework, Q2)
    assert of(facts(database, framework), "AG-13").claims == (
        "C-001 Reduce unwarranted variation: not in your contract (Enhanced service 2025/26, whole text), looked up "
        "on 2 March 2026",
    )


def test_clinicians_who_met_to_learn_stand_beside_the_standard(
    database: Database, framework: Framework
) -> None:
    learning = line(database, "AG-02")
    met = assessments.add_session(database, learning, "12/11")
    assert isinstance(met, Meeting)
    assessments.begin(database, framework, Q2)
    assert of(facts(database, framework), "AG-02").learning == (
        f"{met.ref} Learning session, 12 November 2026",
    )
    assert isinstance(assessments.add_session(database, learning, "someday"), Problem)
    assert isinstance(assessments.add_session(database, learning, " "), Problem)


def test_a_standard_may_lead_to_something_done_better(database: Database, framework: Framework) -> None:
    action = assessments.add_action(database, line(database, "AG-01"), "Look at five replies together")
    assessments.begin(database, framework, Q2)
    assert of(facts(database, framework), "AG-01").learning == (
        f"{action.ref} Look at five replies together",
    )
    with pytest.raises(errors.Incomplete):
        assessments.add_action(database, line(database, "AG-01"), "  ")
    with database.read() as reader:
        assert reader.count(Action) == 1


def test_the_page_begins_with_the_newest_quarter_that_was_begun(
    database: Database, framework: Framework
) -> None:
    assert str(assessments.usual_quarter(database)) == "2026/27 Q3"
    assessments.begin(database, framework, Q1)
    assert assessments.usual_quarter(database) == Q1
    assert [str(one) for one in assessments.quarters(database)][:2] == ["2026/27 Q3", "2026/27 Q2"]
