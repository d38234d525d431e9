"""Where a point lies on pages laid below one another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.desktop.papers.page_places import Laid, followed

SIZES = [(595.0, 842.0), (842.0, 595.0), (595.0, 842.0)]


def laid(zoom: float | None) -> Laid:
    return Laid(SIZES, 700, (6, 6, 6), 3, 96, zoom)


@given(st.none() | st.floats(0.25, 4), st.integers(0, 2), st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_place_on_a_page_is_found_again(zoom: float | None, page: int, across: float, down: float) -> None:
    pages = laid(zoom)
    widest = max(pages.size(one)[0] for one in range(3))
    whole = max(700, widest + 12)
    wide, high = pages.size(page)
    top = 6 + sum(pages.size(one)[1] + 3 for one in range(page))
    found = pages.at((whole - wide) / 2 + across * wide, top + down * high)
    assert found is not None
    assert found[0] == page
    assert abs(found[1] - across * SIZES[page][0]) < 1e-6
    assert abs(found[2] - down * SIZES[page][1]) < 1e-6


def test_beside_the_pages_there_is_nothing() -> None:
    assert laid(0.5).at(1, 50) is None
    assert laid(None).at(350, 2) is None


def test_numbers_of_figures_and_references_are_followed_and_nothing_else() -> None:
    told = [one[2] for one in followed("3 of [12] rest on C-014 and AB-B7; U07032 [x] PRN02483")]
    assert told == ["12", "C-014", "AB-B7"]
