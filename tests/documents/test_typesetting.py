"""Words set in lines: none lost, none outside the line, and only true addresses are links."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents.page_text import BAR, printable
from nhsdesk.documents.typesetting import Look, lines_of

LOOK = Look(12)
PARTS = ["a", "ii ", "W", " ", "\n", "\u2588", "https://x.org/", "mailto:a@b.uk", ".", "é"]
TYPED = st.lists(st.sampled_from(PARTS), max_size=60).map("".join)


def letters(text: str) -> str:
    return "".join(text.split())


@given(TYPED, st.floats(60, 500))
def test_no_letter_is_lost_and_none_stands_outside(typed: str, room: float) -> None:
    lines = lines_of(printable(typed), LOOK, room)
    told = "".join(run.words for line in lines for run in line.runs)
    assert letters(told) == letters(BAR.sub("[struck out]", typed))
    assert all(line.width <= room + 0.01 for line in lines)


@given(st.lists(st.sampled_from(["a", "https://x.org/a", "\u2588", "word"]), min_size=1, max_size=30))
def test_runs_of_a_line_follow_each_other_without_overlap(words: list[str]) -> None:
    for line in lines_of(" ".join(words), LOOK, 200):
        reached = 0.0
        for run in line.runs:
            assert run.left >= reached - 0.01
            reached = run.left + run.width


def test_a_line_that_goes_on_ends_in_a_space_for_whoever_reads_it_out() -> None:
    first, second = lines_of("some words that do not fit", LOOK, 80)[:2]
    assert first.runs[-1].words.endswith(" ")
    assert not second.runs[0].words.startswith(" ")
