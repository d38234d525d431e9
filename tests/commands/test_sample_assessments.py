"""The sample's assessment as the demonstration has it."""

from __future__ import annotations

from nhsdesk import resources
from nhsdesk.commands import assessments, sample_assessments
from nhsdesk.domain.assessments import ReplyLine
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.periods import Quarter
from nhsdesk.store.database import Database


def test_the_samples_levels_and_replies_are_those_of_its_story(database: Database) -> None:
    with database.change("Fill") as change:
        practice = change.add(Practice(name="Alder House")).id

        def named(name: str | None) -> Id | None:
            return practice if (name or "").startswith("PR-") else None

        sample_assessments.fill(change, named)
    quarter = Quarter.parse("2026/27 Q2")
    facts = assessments.view(database, None, quarter).facts
    assert facts is not None
    levels = {one.name[:1]: (one.lowest, one.difference) for one in facts.sections}
    assert levels == {
        "1": (2, 0), "2": (1, 0), "3": (1, 1), "4": (0, 0), "5": (1, 0), "6": (1, 0), "7": (1, -1), "G": (None, None),
    }  # fmt: skip
    assert facts.whose.startswith("This is the assessment of the ICB")
    assert facts.problems == ()
    with database.read() as reader:
        log = reader.all(ReplyLine)
    assert (sum(one.asked for one in log), sum(one.in_time or 0 for one in log)) == (145, 87)
    assert {one.month for one in log} == set(quarter.months)


def test_the_sample_scores_only_lines_that_its_framework_has() -> None:
    told = resources.sample_assessments()
    framework = next(one for one in resources.frameworks() if one.key == told["framework"])
    assert {row["line"] for row in told["scores"]} <= {line.standard_ref for line in framework.lines}
