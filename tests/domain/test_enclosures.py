"""The letters of a meeting's papers."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.enclosures import ItemPapers, in_order, lettered, typed_letter
from nhsdesk.domain.kinds import Id

HIGH = 1 << 60


def item(number: int, title: str, typed: str = "", files: int = 0, sheet: bool = False) -> ItemPapers:
    return ItemPapers(Id(HIGH + number), title, typed, files, sheet)


def test_papers_take_letters_in_the_order_of_the_agenda() -> None:
    found = lettered((item(1, "Welcome"), item(2, "Funds", files=2), item(3, "Posts", files=1)))
    assert (found.minutes, found.log) == ("A", "B")
    assert found.files == {HIGH + 2: ("C", "D"), HIGH + 3: ("E",)}


def test_minutes_and_log_stand_with_the_item_that_names_them() -> None:
    items = (item(1, "Public report", files=1), item(2, "Minutes and action log"), item(3, "Funds", files=1))
    found = lettered(items)
    assert found.at(Id(HIGH + 2)) == ("B", "C")
    assert (found.files[Id(HIGH + 1)], found.files[Id(HIGH + 3)]) == (("A",), ("D",))


def test_a_typed_letter_stays_and_the_others_go_round_it() -> None:
    found = lettered(
        (item(1, "Funds", files=1), item(2, "Posts", "Enc. C", files=2), item(3, "Close", files=1))
    )
    assert found.files == {HIGH + 1: ("D",), HIGH + 2: ("C", "E"), HIGH + 3: ("F",)}


def test_a_paper_written_here_comes_before_the_files_of_its_item() -> None:
    found = lettered((item(1, "Funds", "Enclosure D", files=1, sheet=True),))
    assert found.sheets == {HIGH + 1: "D"}
    assert found.files == {HIGH + 1: ("C",)}


def test_a_named_enclosure_without_a_file_is_missing() -> None:
    found = lettered((item(1, "Funds", "Enclosure F"), item(2, "Posts", "verbal")))
    assert found.missing == {HIGH + 1: "F"}
    assert found.at(Id(HIGH + 2)) == ()


def test_letters_are_read_as_people_type_them() -> None:
    typed = ("Enclosure C", "enc c", "Encl. AB", "Enc", "verbal", "encouraging A", "See enclosure D, page 4")
    assert [typed_letter(one) for one in typed] == ["C", "C", "AB", "", "", "", "D"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Funds", "Minutes of the last meeting", "Action log", "Close"]),
            st.sampled_from(["", "verbal", "Enclosure A", "Enc C", "Enclosure AA"]),
            st.integers(0, 30),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_no_letter_is_given_twice(rows: list[tuple[str, str, int, bool]]) -> None:
    found = lettered([item(number, *row) for number, row in enumerate(rows)])
    given_out = [found.minutes, found.log, *chain(*found.files.values())]
    given_out += [*found.missing.values(), *found.sheets.values()]
    assert len(set(given_out)) == len(given_out)
    assert all(given_out)
    assert sorted(["B", "AA", "A"], key=in_order) == ["A", "B", "AA"]
