"""Figures are numbered where they stand, and told of in an annex."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents import tracing
from nhsdesk.documents.model import Bullets, Column, Figure, Paragraph, Report, Section, Table

FOUND = Figure("3 actions", "3", "Open actions", "not closed", ("A-001", "A-002", "A-003", "A-009"))
BOARDS = Table("Boards", (Column("Board"), Column("Seats")), (("Place", "3"), ("PCN", "3 actions too")))


def report(*sections: Section) -> Report:
    made = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return Report("Paper", "", "Eastfield PCN", date(2026, 11, 20), made, sections, "foot")


def test_a_figure_bears_its_number_where_it_stands_and_in_the_annex() -> None:
    paper = report(Section("Actions", (Paragraph("13 actions or 3 actions, no more."),), figures=(FOUND,)))
    traced = tracing.traced(paper)
    assert traced.sections[0].blocks == (Paragraph("13 actions or 3 actions [1], no more."),)
    annex = traced.sections[-1]
    assert annex.heading == "Where each figure comes from"
    table = annex.blocks[-1]
    assert isinstance(table, Table)
    assert table.rows == (("[1]", "3", "Open actions: not closed.", "A-001 to A-003, A-009"),)


def test_figures_are_numbered_as_they_are_read_whatever_the_order_they_are_given_in() -> None:
    section = Section(
        "Both",
        (Bullets(("One board", "3 actions")), BOARDS),
        figures=(replace(FOUND, at="Place", table="Boards"), FOUND),
    )
    traced = tracing.traced(report(section, section))
    assert [one.number for one in traced.figures] == [1, 2, 3, 4]
    assert traced.sections[0].blocks[0] == Bullets(("One board", "3 actions [1]"))
    table = traced.sections[1].blocks[1]
    assert isinstance(table, Table)
    assert table.rows[0] == ("Place [4]", "3")


def test_the_same_words_for_two_funds_bear_a_number_each() -> None:
    same = Section(
        "Funds", (Bullets(("Spent: £1.", "Spent: £1.")),), figures=(replace(FOUND, at="Spent: £1"),) * 2
    )
    assert tracing.traced(report(same)).sections[0].blocks == (Bullets(("Spent: £1 [1].", "Spent: £1 [2].")),)


def test_a_paper_without_figures_stays_as_it_was() -> None:
    plain = report(Section("Words", (Paragraph("Nothing is counted."),)))
    assert tracing.traced(plain) is plain


def test_so_many_references_that_nobody_would_read_them_are_cut_and_counted() -> None:
    told = tracing.refs_words(f"C-{2 * n:03}" for n in range(200))
    assert told.endswith("C-238 and 80 more, which the facts kept with the paper name")


@given(st.sets(st.integers(1, 60)))
def test_no_reference_is_lost_or_made_up_when_runs_are_drawn_together(numbers: set[int]) -> None:
    told = tracing.refs_words(f"C-{n:03}" for n in numbers)
    found: set[int] = set()
    for run in filter(None, told.split(", ")):
        first, _, last = run.partition(" to ")
        found |= set(range(int(first[2:]), int((last or first)[2:]) + 1))
    assert found == numbers
