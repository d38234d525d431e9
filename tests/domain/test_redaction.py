"""What is struck out is gone from the words, however it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import redaction
from nhsdesk.domain.consultations import RequestLaw
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.redaction import BAR, Becomes, Choices, Item, Strike

FOI = RequestLaw.FOI
ANN = Strike("Ann O'Brien", "s40")


@pytest.mark.parametrize(
    "written",
    [
        "Ann O'Brien", "ANN O’BRIEN", "Ann\nO'Brien", "Ann \u00a0 O'Brien", "A\u00adnn O'Br\u200bien", "Ａｎｎ O'Brien",
        "Ann_O'Brien",
    ],
)  # fmt: skip
def test_words_are_struck_out_however_they_are_written(written: str) -> None:
    assert redaction.struck(f"Ring {written}, please", (ANN,), FOI) == f"Ring {BAR} [s.40], please"


def test_a_bar_has_one_length_and_part_of_a_longer_word_stays() -> None:
    strikes = (Strike("Ann", "s40"), ANN, Strike("Abbey Group Practice Ltd", "s43"))
    told = redaction.struck("Annual: Ann, Ann O'Brien, Abbey Group Practice Ltd", strikes, FOI)
    assert told == f"Annual: {BAR} [s.40], {BAR} [s.40], {BAR} [s.43]"


def test_a_mark_beside_a_bar_is_not_struck_out_itself() -> None:
    strikes = (Strike("Ann", "s40"), Strike("s.40", "s43"), Strike("40", "s43"))
    assert redaction.struck("Ann", strikes, FOI) == f"{BAR} [s.40]"


def test_a_patients_number_is_struck_out_by_itself_and_never_kept_as_words() -> None:
    assert redaction.struck("NHS number 450 557 7104.", (), FOI) == f"NHS number {BAR} [NHS number]."
    assert isinstance(redaction.read_strike("450 557 7104", "s40"), Problem)
    assert isinstance(redaction.read_strike(" a. ", "s40"), Problem)


def test_words_broken_over_a_hyphen_or_run_together_are_told() -> None:
    strikes = (Strike("Wexmere", "s43"),)
    assert redaction.may_hold("the Wex-\nmere contract", strikes)
    assert redaction.may_hold("WexmereHospitals", strikes)
    assert not redaction.may_hold("nothing of the kind", strikes)


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["Ann Archer", "O'Brien & Co", "a.b*c[d"]))
def test_no_text_around_them_saves_words_from_the_bar(before: str, behind: str, words: str) -> None:
    strikes = (Strike(words, "s40"),)
    assert not redaction.holds(redaction.struck(f"{before} {words} {behind}", strikes, FOI), strikes)


def test_every_ground_is_found_by_its_key_under_its_own_law_only() -> None:
    for law in RequestLaw:
        keys = [one.key for one in redaction.grounds(law)]
        assert len(set(keys)) == len(keys)
        assert [redaction.ground(law, key) for key in keys] == list(redaction.grounds(law))
    marks = {one.mark for one in redaction.grounds(FOI)}
    assert {"s.40", "s.41", "s.43", "s.36", "s.21", "s.12"} <= marks
    assert redaction.ground(RequestLaw.SUBJECT_ACCESS, "s43") is None


def test_what_was_decided_stays_when_it_is_found_again() -> None:
    item = Item("commitment", "7", "C-001")
    held = Choices().added([item]).put(Item("commitment", "7", "C-001", becomes=Becomes.WITHHELD))
    assert held.added([item, Item("commitment", "8", "C-002")]).items[0].becomes is Becomes.WITHHELD
    assert held.without(item.key) == Choices()


def test_a_field_is_struck_out_on_a_ground_and_shown_again() -> None:
    item = Item("note", "7", "NT-001").with_field("words", "s41").with_field("other", "s40")
    assert item.hides == {"words": "s41", "other": "s40"}
    assert item.with_field("words", "").hides == {"other": "s40"}


def test_an_entry_is_found_by_the_beginnings_of_its_words_with_or_without_accents() -> None:
    assert redaction.begin_words_of("The Zoë Access-hub", "acc zoe")
    assert not redaction.begin_words_of("Inaccessible", "access")
