"""What is typed in a meeting is understood as far as it says something; the rest is asked and never made up."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import minuting
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.minuting import Begins, Line, Moved
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.problems import Problem
from tests.factories import HOSTILE

TITLES = (
    "PCN clinical director",
    "Deputy clinical director",
    "PCN manager",
    "PCN workforce and finance officer",
    "Practice manager, Alder House",
    "Practice manager, Weir Bank",
    "LMC chair",
)
PEOPLE = tuple(Person(id=Id(n), ref=f"R-{n:03d}", role_title=title) for n, title in enumerate(TITLES, 1))
DAY = date(2026, 11, 20)


def read(typed: str) -> Line:
    found = minuting.read(typed, PEOPLE, DAY)
    assert found is not None
    return found


def owner(typed: str) -> str:
    found = read(typed).owner
    return found.role_title if found else ""


def test_who_what_and_by_when_are_understood() -> None:
    found = read("/action WF to send starter list by 5 Dec")
    assert (found.what, owner(found.typed), found.due, found.asks) == (
        "send starter list", "PCN workforce and finance officer", date(2026, 12, 5), (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("CD", "PCN clinical director"),
        ("dcd", "Deputy clinical director"),
        ("PCNM", "PCN manager"),
        ("LMC chair", "LMC chair"),
        ("R-005", "Practice manager, Alder House"),
        ("Weir Bank", "Practice manager, Weir Bank"),
        ("LMC", "LMC chair"),
    ],
)
def test_an_owner_is_known_by_initials_title_reference_or_words(name: str, title: str) -> None:
    assert owner(f"/action {name} to write by Friday") == title


def test_initials_of_two_ask_which() -> None:
    found = read("/action PM to write by Friday")
    assert found.owner is None
    assert found.owner_words == "PM"
    assert found.asks == (
        "Who is “PM”: PCN manager; Practice manager, Alder House; Practice manager, Weir Bank?",
    )


def test_two_owners_are_kept_as_written_and_asked() -> None:
    found = read("/action TJ/JT to check the return by 1/12")
    assert (found.owner, found.owner_words, found.what) == (None, "TJ/JT", "TJ/JT to check the return")
    assert found.asks == ("Who is “TJ/JT”? It names nobody here.",)


@pytest.mark.parametrize("what", ["send the list to practices", "Write to the ICB", "We need to look at it"])
def test_what_is_to_be_done_is_not_taken_for_a_name(what: str) -> None:
    found = read(f"/action {what} by 5 Dec")
    assert (found.what, found.owner, found.owner_words) == (what, None, "")
    assert found.asks == ("Who is to do it?",)


@pytest.mark.parametrize("name", ["XY", "CD and WF", "TJ/JT", "Lead ??", "All", "PM"])
def test_what_may_be_a_name_is_kept_as_written(name: str) -> None:
    assert read(f"/action {name} to write").owner_words == name


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("/action CD to write to the ICB", ("By when?",)),
        ("/action CD to write by end of month", ("By when? “end of month” could not be read as a day.",)),
        ("/action CD to write by 31 Feb", ("By when? “31 Feb” could not be read as a day.",)),
        ("/action send list by 5 Dec", ("Who is to do it?",)),
    ],
)
def test_what_cannot_be_understood_is_asked(typed: str, asks: tuple[str, ...]) -> None:
    found = read(typed)
    assert found.asks == asks
    assert found.due is None or found.owner is None


def test_a_way_of_sending_is_no_day() -> None:
    found = read("/action CD to send the list by email by next Fri")
    assert (found.what, found.due) == ("send the list by email", date(2026, 11, 27))


def test_decisions_risks_and_questions_keep_their_words() -> None:
    assert (read("/decision Agree to fund by 5 Dec").what, read("/d Agree").begins) == (
        "Agree to fund by 5 Dec", Begins.DECISION,
    )  # fmt: skip
    assert read("/risk Staff leave").begins is Begins.RISK
    assert read("/q Who pays?").begins is Begins.QUESTION


def test_plain_words_and_other_strokes_start_nothing() -> None:
    for typed in ("The chair said so", "and/or", "/", "/action", "/action   ", "/nonsense x", ""):
        assert minuting.read(typed, PEOPLE, DAY) is None
    assert minuting.not_known("/acton CD to go") == "/acton"
    assert minuting.not_known("/action CD to go") == ""
    assert minuting.not_known("/ action CD to go") == "/ action"
    assert minuting.not_known("/ and so on") == ""


def test_every_line_of_a_text_is_found_in_order() -> None:
    text = "Talked.\n/action CD to go by Friday\n\n/decision Yes\nDone."
    assert [one.begins for one in minuting.lines(text, PEOPLE, DAY)] == [Begins.ACTION, Begins.DECISION]


@pytest.mark.parametrize(
    ("typed", "who", "came", "at"),
    [
        ("/left acute provider at 15:10", "acute provider", False, time(15, 10)),
        ("/came CD 2pm", "CD", True, time(14)),
        ("/left CD", "CD", False, None),
        ("/left CD soon", "CD soon", False, None),
    ],
)
def test_who_came_and_left_is_read_with_its_time_and_none_made_up(
    typed: str, who: str, came: bool, at: time | None
) -> None:
    assert minuting.moved(typed) == Moved(who, came, at)
    assert minuting.not_known(typed) == ""


def test_who_left_is_known_by_seat_initials_or_words_and_else_asked() -> None:
    names = ("Acute provider: Hospital interface lead", "GP provider: vacant", "Chair: PCN clinical director")
    assert minuting.which("acute", names) == 0
    assert minuting.which("CD", names) == 2
    assert isinstance(minuting.which("provider", names), Problem)
    assert isinstance(minuting.which("nobody", names), Problem)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_or_asked(words: str) -> None:
    found = minuting.read(f"/action {words} to go by 5 Dec", PEOPLE, DAY)
    assert found is None or found.asks or found.owner is not None


@given(st.text(max_size=80))
def test_no_words_stop_the_reading_and_no_owner_is_made_up(words: str) -> None:
    found = minuting.read(f"/action {words}", PEOPLE, DAY)
    assert found is None or found.owner is not None or found.asks
