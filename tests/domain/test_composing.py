"""Which sections of a composed briefing are printed, and why others are not."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import composing
from nhsdesk.domain.composing import Chosen, Offered

DAY = date(2026, 11, 20)
EVERY = tuple(Offered(name) for name in ("In short", "Commitments", "Actions"))


def printed(
    chosen: tuple[Chosen, ...], offered: tuple[Offered, ...] = EVERY, *, own_board: bool = False
) -> list[str]:
    found = composing.arranged(offered, chosen, own_board=own_board, day=DAY)
    return [offered[one.place].heading for one in found.printed]


def why(offered: Offered, chosen: Chosen, *, own_board: bool = False) -> str:
    return composing.why_left_out(offered, chosen, own_board=own_board, day=DAY)


def test_sections_stand_in_the_order_chosen_and_new_ones_behind_what_they_follow() -> None:
    assert printed((Chosen("Actions"), Chosen("In short"))) == ["Actions", "In short", "Commitments"]


def test_a_section_switched_off_is_told_as_left_out() -> None:
    found = composing.arranged(EVERY, (Chosen("Actions", shown=False),), own_board=True, day=DAY)
    assert [(one.chosen.heading, one.why) for one in found.left_out] == [("Actions", "switched off")]


def test_a_choice_whose_section_is_not_there_is_kept_apart() -> None:
    found = composing.arranged(EVERY, (Chosen("Funds", before="Mind this"),), own_board=True, day=DAY)
    assert [one.heading for one in found.absent] == ["Funds"]


def test_what_starts_at_our_own_board_is_others_from_the_day_given() -> None:
    own, plain = Offered("Forecast", own_board=True), Chosen("Forecast")
    assert why(own, plain, own_board=True) == ""
    assert why(own, plain).startswith("starts at our own board")
    assert why(own, Chosen("Forecast", private_until=date(2026, 12, 1))) == "private until 1 December 2026"
    assert why(own, Chosen("Forecast", private_until=DAY)) == ""


def test_a_section_for_anybody_can_be_kept_private_until_a_day() -> None:
    votes = Offered("Votes", private_until=date(2026, 12, 1))
    assert why(votes, Chosen("Votes")) == "private until 1 December 2026"
    assert why(votes, Chosen("Votes"), own_board=True) == ""


headings = st.sampled_from(["In short", "Commitments", "Actions", "Funds"])
offers = st.lists(st.builds(Offered, headings, st.booleans(), st.none() | st.dates()), max_size=6).map(tuple)
choices = st.lists(
    st.builds(Chosen, headings, st.booleans(), st.sampled_from(["", "Mind this"])), max_size=6
).map(tuple)


@given(offers, choices, st.booleans())
def test_no_section_and_no_choice_is_lost_or_doubled(
    offered: tuple[Offered, ...], chosen: tuple[Chosen, ...], own_board: bool
) -> None:
    found = composing.arranged(offered, chosen, own_board=own_board, day=DAY)
    places = [one.place for one in found.printed] + [one.place for one in found.left_out]
    assert sorted(places) == list(range(len(offered)))
    assert [one.place for one in found.order if one in found.printed] == [one.place for one in found.printed]
    assert all(offered[one.place].heading == one.chosen.heading for one in found.order)
    kept = [one.chosen for one in found.order if one.chosen in chosen] + list(found.absent)
    assert all(kept.count(one) >= 1 for one in chosen)


@given(choices, st.integers(-1, 6), st.sampled_from([-1, 1]))
def test_moving_one_loses_none(chosen: tuple[Chosen, ...], place: int, by: int) -> None:
    moved = composing.moved(chosen, place, by)
    assert sorted(map(repr, moved)) == sorted(map(repr, chosen))
    if 0 <= place < len(chosen) and 0 <= place + by < len(chosen):
        assert moved[place + by] == chosen[place]
