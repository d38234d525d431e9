"""Exact words on their page, on another, or gone; forgiven is only what a printer does to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import quotations
from nhsdesk.domain.commitments import QuotationFound
from nhsdesk.domain.quotations import Finding, Locator, Passage, Unit

PAGES = (
    Passage("p1", "The neigh-\nbourhood  service is wider\nthan its teams."),
    Passage("p2", "They work “across more\u00a0than one INT” and cross-\nINT plans run"),
    Passage("p3", "on and on. Mustard may be asked for. A co\u00adordi\u00ad\nnated reply."),
)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("The neighbourhood service is wider than its teams.", "p1"),
        ("service\n  is\twider", "page 1"),
        ('"across more than one INT"', "p2"),
        ("cross-INT plans", "pp 2-3"),
        ("neigh-\nbourhood service", "p1"),
        ("A coordinated reply", "p3"),
    ],
)
def test_words_that_only_the_printer_changed_are_on_their_page(words: str, page: str) -> None:
    assert quotations.look(words, page, PAGES).found is QuotationFound.THERE


@pytest.mark.parametrize(
    "words",
    [
        "the neighbourhood service",
        "service is wider that its teams",
        "Must",
        "across more than two INT",
        "PCNs",
        "coordinated  replies",
        "",
        " - ",
    ],
)
def test_nothing_else_is_forgiven(words: str) -> None:
    assert quotations.look(words, "p1", PAGES) == Finding(QuotationFound.GONE)


def test_words_on_another_page_are_moved_and_the_page_is_told() -> None:
    assert quotations.look("may be asked for", "p14", PAGES) == Finding(QuotationFound.MOVED, "p3")


def test_words_that_run_on_over_two_pages_stand_on_both() -> None:
    assert quotations.look("INT plans run on and on", "p2", PAGES) == Finding(QuotationFound.THERE, "pp 2-3")
    assert quotations.look("INT plans run on and on", "p1", PAGES) == Finding(QuotationFound.MOVED, "pp 2-3")


def test_words_without_a_page_are_found_but_on_no_page_anybody_named() -> None:
    assert quotations.look("may be asked for", None, PAGES) == Finding(QuotationFound.MOVED, "p3")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("p14", Locator(Unit.PAGE, "14", "14")),
        ("Page 14", Locator(Unit.PAGE, "14", "14")),
        ("p. 14", Locator(Unit.PAGE, "14", "14")),
        ("pp 14-15", Locator(Unit.PAGE, "14", "15")),
        ("pages 15 to 14", Locator(Unit.PAGE, "14", "15")),
        ("paragraph 3.2", Locator(Unit.PARAGRAPH, "3.2", "3.2")),
        ("para 4.10.6", Locator(Unit.PARAGRAPH, "4.10.6", "4.10.6")),
        ("counted paragraph 12", Locator(Unit.COUNTED, "12", "12")),
        ("Annex B", None),
        ("p", None),
        (None, None),
    ],
)
def test_a_place_is_read_as_people_write_it(typed: str | None, meant: Locator | None) -> None:
    assert quotations.locator(typed) == meant


@given(st.sampled_from(Unit), st.integers(1, 9_999), st.integers(0, 50))
def test_a_place_as_we_write_it_is_read_as_the_same_place(unit: Unit, first: int, more: int) -> None:
    place = Locator(unit, str(first), str(first + more))
    assert quotations.locator(place.words) == place


def test_pages_are_in_the_order_of_their_numbers() -> None:
    typed = ["p10", None, "p9", "Annex", "pp 2-3"]
    assert sorted(typed, key=quotations.place_of)[:3] == ["pp 2-3", "p9", "p10"]


@given(st.text(alphabet="abc- \n\u00ad’'", max_size=40), st.text(alphabet="abc- \n", max_size=10))
def test_words_taken_from_a_page_are_found_on_it(words: str, around: str) -> None:
    kept = quotations.tidied(words)
    if any(letter.isalnum() for letter in kept):
        text = f"{around}\n\n{words}\n\n{around}"
        assert quotations.stands_in(kept, text)


def test_a_word_parted_at_the_end_of_a_line_is_kept_whole() -> None:
    assert (
        quotations.tidied("the neigh-\nbourhood and a cross-\nINT\u2029plan")
        == "the neighbourhood and a cross-INT plan"
    )


def test_paragraphs_are_read_about_a_page_at_a_time_and_pages_one_by_one() -> None:
    paragraphs = [Passage(f"counted paragraph {n}", "word " * 200) for n in range(10)]
    sheets = quotations.sheets(paragraphs, has_pages=False)
    assert [list(one) for one in sheets] == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]
    assert len(quotations.sheets(paragraphs, has_pages=True)) == 10
    assert quotations.sheets((), has_pages=False) == ()


def test_networks_are_counted_under_their_names_and_nothing_like_them() -> None:
    pages = [Passage("p1", "PCNs and a PCN, primary care\nnetworks. TPCNX, primary care.")]
    assert quotations.names_pcns(pages) == 3
