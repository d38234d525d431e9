"""A section that fails says so in its place, and the board gets the others."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands import papers
from nhsdesk.documents.model import Report
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.risks import Risk
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.sections import actions, apart, commitments, questions, risks, role_totals, since, support
from nhsdesk.store.database import Database
from tests.briefings.test_place_board import BOARD, add, made, text_of

SAID = "This section could not be made"


def fails(*_: object) -> Any:
    raise KeyError("a patient’s name that no log may hold")


def planted(monkeypatch: pytest.MonkeyPatch, module: ModuleType, part: str) -> None:
    monkeypatch.setattr(module, part, fails)


def headings(paper: papers.Made) -> list[str]:
    document = papers.compiled(paper.paper, paper.facts)
    assert isinstance(document, Report)
    every = [one.heading for one in document.sections]
    return (
        every[: every.index("Where each figure comes from")]
        if "Where each figure comes from" in every
        else every
    )


@pytest.mark.parametrize(
    ("part", "module", "title"),
    [
        ("gather", risks, "Risk register"),
        ("texts", risks, "Risk register"),
        ("section", risks, "Risk register"),
        ("gather", commitments, "Commitments"),
    ],
)
def test_a_section_that_fails_says_so_in_its_place_and_the_rest_is_made(
    database: Database, monkeypatch: pytest.MonkeyPatch, part: str, module: ModuleType, title: str
) -> None:
    add(database, Commitment(title="Share one list"))
    add(database, Risk(event="Go-live slips", likelihood=4, consequence=3))
    whole = headings(made(database))
    planted(monkeypatch, module, part)
    paper = made(database)
    text = text_of(paper.content)
    assert f"{title} {SAID}" in text
    assert headings(paper) == whole
    assert ("Go-live slips" in text) == (module is commitments)
    told = [one for one in paper.problems if title in one.sentence and "could not be made" in one.sentence]
    assert [one.weight for one in told] == [Weight.ACKNOWLEDGE]
    assert "patient" not in text


def test_several_sections_may_fail_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (commitments, actions, role_totals, support, questions):
        planted(monkeypatch, module, "gather")
    paper = made(database)
    text = text_of(paper.content)
    assert "No commitment has been recorded" not in text
    assert "Could not be made, and said in its place: Commitments; Additional roles;" in text
    assert since.TITLE in paper.facts.heading.failed


def test_what_failed_is_kept_with_the_facts_and_other_papers_keep_their_form(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert b"failed" not in facts_to_json(made(database).facts)
    planted(monkeypatch, risks, "gather")
    paper = made(database)
    again = facts_from_json(BOARD, facts_to_json(paper.facts))
    assert papers.written(papers.compiled(BOARD, again)) == paper.content


def test_a_section_whose_check_fails_is_to_be_read_by_somebody(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted(monkeypatch, risks, "check")
    told = [one for one in made(database).problems if "could not be looked through" in one.sentence]
    assert [one.weight for one in told] == [Weight.ACKNOWLEDGE]


def test_a_file_that_cannot_be_read_is_told_as_such() -> None:
    def refuses() -> int:
        raise errors.PaperRefused("The file is gone.")

    with pytest.raises(errors.PaperRefused):
        apart.Read().of("Risks", refuses)
