"""What is asked of a cover sheet before a board reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nhsdesk.domain import cover_sheets
from nhsdesk.domain.bodies import Purpose
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.cover_sheets import HEADINGS, Under
from nhsdesk.domain.problems import Weight

WHOLE = CoverSheet(title="Posts", purpose=Purpose.DECISION, in_public=True, proposal="Three posts.")
AT = ("cover_sheet", 1 << 60)


def headings(**typed: str) -> tuple[Under, ...]:
    words = dict.fromkeys(HEADINGS, "Said.") | typed
    return tuple(Under(name, cover_sheets.label(name), words[name], ()) for name in HEADINGS)


def asked(sheet: CoverSheet | None, under: tuple[Under, ...]) -> list[tuple[str, str]]:
    found = cover_sheets.problems(sheet, "CH-001", AT, under)
    assert all(one.weight is Weight.ACKNOWLEDGE and (one.kind, one.record) == AT for one in found)
    return [(one.field, one.sentence) for one in found]


def test_nothing_is_asked_of_a_sheet_that_says_everything() -> None:
    assert asked(WHOLE, headings()) == []


@pytest.mark.parametrize("name", HEADINGS)
def test_each_blank_heading_is_asked_about_by_its_name(name: str) -> None:
    found = asked(WHOLE, headings(**{name: " \n"}))
    assert found == [(name, f"CH-001: nothing is written under “{cover_sheets.label(name)}”.")]


def test_what_the_record_says_under_a_heading_is_enough() -> None:
    under = tuple(replace(one, typed="", from_record=("RK-001 Late",)) for one in headings())
    assert asked(WHOLE, under) == []


def test_a_summary_of_more_than_150_words_is_asked_about() -> None:
    assert asked(WHOLE, headings(summary="word " * 150)) == []
    assert [name for name, _ in asked(WHOLE, headings(summary="word " * 151))] == ["summary"]


def test_who_may_read_it_what_for_and_what_is_proposed_must_be_said() -> None:
    assert [name for name, _ in asked(None, headings())] == ["purpose", "in_public", "proposal"]
    private = replace(WHOLE, in_public=False)
    assert [name for name, _ in asked(private, headings())] == ["exemption"]
    assert asked(replace(private, exemption="Names a person"), headings()) == []
