"""A quarter's scores: carried forward, compared, added up, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import assessments
from nhsdesk.domain.assessments import Assessment, Framework, FrameworkLine, Score, Standard
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import Month, Quarter
from nhsdesk.domain.problems import Weight

ONE = Id(1)


def standard(level: int | None, before: int | None = None, section: str = "1", **other: object) -> Standard:
    line = FrameworkLine(framework=ONE, section=section, standard="Audits", standard_ref="S1")
    score = None if level is None else Score(assessment=ONE, line=ONE, level=level)
    return Standard(line, score and replace(score, **other), before)  # type: ignore[arg-type]


def test_a_score_is_carried_forward_with_its_note_and_evidence_and_without_its_time() -> None:
    score = Score(assessment=ONE, line=ONE, level=2, note="Done", evidence=(Id(7),), minutes_spent=40)
    carried = assessments.carried_forward(score, Id(2), Id(3))
    assert (carried.level, carried.note, carried.evidence) == (2, "Done", (Id(7),))
    assert (carried.assessment, carried.line, carried.carried, carried.minutes_spent) == (
        Id(2),
        Id(3),
        True,
        None,
    )


def test_lines_together_tell_the_lowest_level_and_never_a_mean() -> None:
    whole = assessments.together([standard(3, 1), standard(0, 1), standard(2), standard(None, 2)])
    assert (whole.lines, whole.scored, whole.lowest) == (4, 3, 0)
    assert (whole.rose, whole.fell, whole.difference) == (1, 1, 1)
    assert assessments.together([standard(2)]).difference is None


@given(
    st.lists(st.tuples(st.sampled_from("123"), st.integers(0, 3) | st.none(), st.integers(0, 3) | st.none()))
)
def test_the_differences_of_sections_add_up_to_that_of_all(
    rows: list[tuple[str, int | None, int | None]],
) -> None:
    held = [standard(level, before, section) for section, level, before in rows]
    parts = [assessments.together(lines) for lines in assessments.by_section(held).values()]
    whole = assessments.together(held)
    assert sum(part.difference or 0 for part in parts) == (whole.difference or 0)
    assert sum(part.scored for part in parts) == whole.scored


def test_a_level_out_of_range_must_be_put_right() -> None:
    (problem,) = assessments.score_problems([standard(4, note="Yes")], 3)
    assert (problem.sentence, problem.weight) == (
        "S1: 4 is no level here. Give one from 0 to 3.",
        Weight.MUST_FIX,
    )


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (standard(2), True),
        (standard(2, note=" "), True),
        (standard(2, note="Minutes of 3 May"), False),
        (standard(2, evidence=(Id(9),)), False),
        (standard(0), False),
        (standard(None), False),
    ],
)
def test_a_level_with_neither_evidence_nor_note_is_told(one: Standard, told: bool) -> None:
    found = assessments.score_problems([one], 3)
    assert [p.sentence for p in found] == ["S1: level 2 has neither evidence nor a note."] * told


def test_what_was_carried_and_not_looked_at_is_told_once() -> None:
    found = assessments.score_problems([standard(1, note="a", carried=True)] * 3, 3)
    assert [p.sentence for p in found] == [
        "3 lines stand as carried forward from the quarter before, looked at by nobody since."
    ]


def test_whose_assessment_it_is_stands_in_a_sentence_and_decides_where_it_goes() -> None:
    theirs, own, unknown = (Framework(title="F", scored_by=who) for who in ("the ICB", "Ours", None))
    assert assessments.whose(theirs).startswith("This is the assessment of the ICB, not ours.")
    assert assessments.whose(own).startswith("This is our own assessment.")
    assert assessments.whose(unknown) == "It is not yet known whose assessment this is."
    one = Assessment(framework=ONE, quarter=Quarter.parse("2026/27 Q2"))
    assert [assessments.goes_out(one, each) for each in (theirs, own, unknown)] == [True, False, False]
    assert assessments.goes_out(replace(one, state=assessments.TO_SEND), own)
    assert not assessments.goes_out(replace(one, state=assessments.TO_OURSELVES), theirs)


@pytest.mark.parametrize(
    ("month", "quarter"),
    [
        ((2026, 10), "2026/27 Q2"),
        ((2026, 12), "2026/27 Q3"),
        ((2026, 4), "2025/26 Q4"),
        ((2027, 1), "2026/27 Q3"),
    ],
)
def test_the_quarter_of_a_return_is_the_last_that_was_over(month: tuple[int, int], quarter: str) -> None:
    assert str(assessments.last_over(Month(*month))) == quarter


def test_minutes_are_added_up_and_said_as_people_say_them() -> None:
    scores = [Score(assessment=ONE, line=ONE, minutes_spent=n) for n in (40, None, 41)]
    assert assessments.minutes_in_all(scores) == 81
    assert [assessments.minutes_words(n) for n in (81, 60, 1, 0)] == [
        "1 hour 21 minutes", "1 hour", "1 minute", "no time",
    ]  # fmt: skip
