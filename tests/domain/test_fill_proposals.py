"""What a question most likely asks for is put first; what shares no word with a heading is paired with nothing."""

from __future__ import annotations

from nhsdesk.domain.fill_proposals import nearest, paired

NAMES = ("Our PCN: ODS code", "Our PCN: name", "Month: words", "Register: Practices: number of rows")


def test_what_shares_words_with_the_question_comes_first() -> None:
    assert nearest("Name of your PCN", NAMES)[0] == "Our PCN: name"


def test_without_words_in_common_names_stay_as_they_stood() -> None:
    assert nearest("Signature", NAMES) == NAMES


def test_each_part_typed_begins_a_word_of_the_name() -> None:
    assert nearest("", NAMES, "prac num") == ("Register: Practices: number of rows",)
    assert nearest("", NAMES, "ractices") == ()


def test_a_name_that_begins_as_typed_comes_before_one_that_only_holds_it() -> None:
    assert nearest("", ("Old register: Plans", "Register: Plans"), "register: pl")[0] == "Register: Plans"


def test_headings_are_paired_with_columns_of_the_same_words() -> None:
    found = paired({"A": "Due  on*", "B": "Owner’s name", "C": "What?"}, ("What", "Due on", "Owner"))
    assert found == {"A": "Due on", "C": "What"}
