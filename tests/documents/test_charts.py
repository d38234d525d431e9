"""Charts laid out: what is drawn is what the numbers say, whoever draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents import charts, pdf
from nhsdesk.documents.model import BarLook, Chart, Level, Report, Section, Series, cell_words
from nhsdesk.documents.shapes import Bar, Dot, Label, Line, Room, Stroke, Type
from nhsdesk.domain.money import Money

PLAIN = Type(lambda words: 6.0 * len(words), 14.0)
ROOM = Room(640, 260)


def chart(
    *values: Sequence[Money | int | Decimal | None], sideways: bool = False, level: int | None = None
) -> Chart:
    names = tuple(f"Name {n}" for n in range(len(values[0])))
    looks = list(BarLook)
    return Chart(
        name="A_chart",
        title="A chart",
        unit="Name",
        names=names,
        short=names,
        series=tuple(Series(f"Series {n}", looks[n % 3], tuple(v)) for n, v in enumerate(values)),
        says="It says so.",
        level=None if level is None else Level("A line", Money(level)),
        sideways=sideways,
    )


amounts = st.one_of(st.none(), st.integers(-(10**9), 10**11).map(Money))


@given(
    st.lists(amounts, min_size=1, max_size=25),
    st.lists(amounts, min_size=25, max_size=25),
    st.booleans(),
    st.none() | st.integers(0, 10**11),
)
def test_every_bar_lies_inside_the_drawing(
    one: list[Money | int | None], other: list[Money | int | None], sideways: bool, level: int | None
) -> None:
    made = chart(one, other[: len(one)], sideways=sideways, level=level)
    for shape in charts.laid_out(made, ROOM, PLAIN):
        if isinstance(shape, Bar):
            assert -0.01 <= shape.left <= shape.left + shape.width <= ROOM.width + 0.01
            assert -0.01 <= shape.top <= shape.top + shape.height <= ROOM.height + 0.01


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=12))
def test_bars_are_as_high_as_their_amounts(values: list[int]) -> None:
    bars = [
        shape
        for shape in charts.laid_out(chart([Money(v) for v in values]), ROOM, PLAIN)
        if isinstance(shape, Bar)
    ]
    assert len(bars) == len(values)
    scale = bars[0].height / values[0]
    for bar, value in zip(bars, values, strict=True):
        assert bar.height == pytest.approx(value * scale, rel=1e-6, abs=1e-6)


def test_stacked_parts_stand_on_each_other() -> None:
    bars = [
        one
        for one in charts.laid_out(chart([Money(400)], [Money(600)]), ROOM, PLAIN)
        if isinstance(one, Bar) and one.width > 20
    ]
    lower, upper = bars[-2:]
    assert upper.top + upper.height == pytest.approx(lower.top)
    assert upper.height == pytest.approx(1.5 * lower.height)


def test_the_parts_are_told_apart_by_look_and_named_in_words() -> None:
    shapes = charts.laid_out(chart([Money(1)], [Money(2)], [Money(3)]), ROOM, PLAIN)
    assert {one.look for one in shapes if isinstance(one, Bar)} == set(BarLook)
    words = [one.words for one in shapes if isinstance(one, Label)]
    assert {"Series 0", "Series 1", "Series 2"} <= set(words)


def test_a_line_across_has_its_words_beside_it() -> None:
    shapes = charts.laid_out(chart([Money(100_00)], level=50_00), ROOM, PLAIN)
    (across,) = (one for one in shapes if isinstance(one, Line) and one.stroke is Stroke.LEVEL)
    assert across.top == across.bottom
    assert "A line" in [one.words for one in shapes if isinstance(one, Label)]


@pytest.mark.parametrize(
    ("pence", "words"),
    [(0, "£0"), (120_000_00, "£120k"), (1_500_000_00, "£1.5m"), (-2_000_00, "-£2k"), (50_00, "£50")],
)
def test_a_scale_is_labelled_shortly(pence: int, words: str) -> None:
    assert charts.short_pounds(pence) == words


@given(st.floats(-1e12, 0), st.floats(0, 1e12))
def test_ticks_are_few_and_reach_both_ends(least: float, most: float) -> None:
    found = charts.ticks(least, most)
    assert found[0] <= least or found[0] == 0 == least
    assert found[-1] >= most
    assert 2 <= len(found) <= 9


def test_no_names_and_no_amounts_are_drawn_without_a_bar() -> None:
    for made in (chart([]), chart([None, None]), chart([], sideways=True), chart([Money()])):
        assert not [one for one in charts.laid_out(made, ROOM, PLAIN) if isinstance(one, Bar)]


def test_a_chart_that_breaks_its_promise_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="2 values for 1 names"):
        Chart("A", "A", "Name", ("One",), ("One",), (Series("S", BarLook.FULL, (1, 2)),), "")
    with pytest.raises(ValueError, match="0 short names"):
        Chart("A", "A", "Name", ("One",), (), (), "")


def test_its_numbers_are_a_table_of_money_or_of_counts() -> None:
    assert chart([Money(100), None]).numbers.rows == (("Name 0", Money(100)), ("Name 1", None))
    assert [one.label_with_unit for one in chart([3, 4]).numbers.columns] == ["Name", "Series 0"]


def test_a_printed_chart_says_what_it_shows_and_gives_its_numbers() -> None:
    hostile = chart([Money(n * 100) for n in range(60)], sideways=True)
    hostile = Chart(
        hostile.name, "<b>A & B</b>", "Name", hostile.names, ("<i>" * 4_000, *hostile.short[1:]), hostile.series, "=1+1"
    )  # fmt: skip
    made = Report(
        "Paper",
        "",
        "Eastfield PCN",
        date(2026, 11, 20),
        datetime(2026, 11, 20, tzinfo=UTC),
        (Section("One", (hostile, chart([Money(5), Money(7)], [None, Money(1)], level=6))),),
        "Foot",
    )
    once = pdf.write(made)
    assert once == pdf.write(made)


def test_half_sessions_have_their_height_and_one_place_in_the_table() -> None:
    halves = chart([Decimal("2.5"), Decimal("5")])
    first, second = (one for one in charts.laid_out(halves, ROOM, PLAIN) if isinstance(one, Bar))
    assert second.height == pytest.approx(2 * first.height)
    column = halves.numbers.columns[1]
    assert [cell_words(row[1], column) for row in halves.numbers.rows] == ["2.5", "5.0"]


def test_joined_points_lie_at_their_values_with_a_name_at_the_end_and_no_line_over_a_gap() -> None:
    made = replace(chart([1, 2, None, 4, 3], [5, 5, 5, 5, 5]), joined=True)
    shapes = charts.laid_out(made, ROOM, PLAIN)
    dots = [one for one in shapes if isinstance(one, Dot)]
    assert len(dots) == 4 + 5
    assert dots[0].middle > dots[1].middle > dots[2].middle
    lines = [one for one in shapes if isinstance(one, Line) and one.stroke in (Stroke.FULL, Stroke.STRIPED)]
    assert len(lines) == 2 + 4
    names = [one for one in shapes if isinstance(one, Label) and one.words.startswith("Series")]
    assert len(names) == 2
    assert abs(names[0].middle - names[1].middle) >= PLAIN.line
    assert not [one for one in shapes if isinstance(one, Bar)]
