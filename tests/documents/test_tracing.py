"""Figures are numbered where they stand, and told of in an annex."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from nhsdesk.documents import bundle, html, pdf, tracing
from nhsdesk.documents.marks import STANDS, TOLD
from nhsdesk.documents.model import Bullets, Bundle, Column, Figure, Paragraph, Part, Report, Section, Table
from nhsdesk.documents.tracing import mark

FOUND = Figure("3 actions", "3", "Open actions", "not closed", ("A-001", "A-002", "A-003", "A-009"))
BOARDS = Table("Boards", (Column("Board"), Column("Seats")), (("Place", "3"), ("PCN", "3 actions too")))


def report(*sections: Section) -> Report:
    made = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return Report("Paper", "", "Eastfield PCN", date(2026, 11, 20), made, sections, "foot")


def test_a_figure_bears_its_number_where_it_stands_and_in_the_annex() -> None:
    paper = report(Section("Actions", (Paragraph("13 actions or 3 actions, no more."),), figures=(FOUND,)))
    traced = tracing.traced(paper)
    assert traced.sections[0].blocks == (Paragraph(f"13 actions or 3 actions {mark(1)}, no more."),)
    annex = traced.sections[-1]
    assert annex.heading == "Where each figure comes from"
    table = annex.blocks[-1]
    assert isinstance(table, Table)
    assert table.rows == ((f"{TOLD}[1]", "3", "Open actions: not closed.", "A-001 to A-003, A-009"),)


def test_figures_are_numbered_as_they_are_read_whatever_the_order_they_are_given_in() -> None:
    section = Section(
        "Both",
        (Bullets(("One board", "3 actions")), BOARDS),
        figures=(replace(FOUND, at="Place", table="Boards"), FOUND),
    )
    traced = tracing.traced(report(section, section))
    assert [one.number for one in traced.figures] == [1, 2, 3, 4]
    assert traced.sections[0].blocks[0] == Bullets(("One board", f"3 actions {mark(1)}"))
    table = traced.sections[1].blocks[1]
    assert isinstance(table, Table)
    assert table.rows[0] == (f"Place {mark(4)}", "3")


def test_the_same_words_for_two_funds_bear_a_number_each() -> None:
    same = Section(
        "Funds", (Bullets(("Spent: £1.", "Spent: £1.")),), figures=(replace(FOUND, at="Spent: £1"),) * 2
    )
    told = Bullets((f"Spent: £1 {mark(1)}.", f"Spent: £1 {mark(2)}."))
    assert tracing.traced(report(same)).sections[0].blocks == (told,)


def test_a_paper_without_figures_stays_as_it_was() -> None:
    plain = report(Section("Words", (Paragraph("Nothing is counted."),)))
    assert tracing.traced(plain) is plain


def test_a_page_handed_out_alone_says_at_its_own_foot_where_its_figures_come_from() -> None:
    page = Section("Alder House", (Paragraph("3 actions."),), figures=(FOUND,), handed_out=True)
    others = Section("All", (Paragraph("3 actions."),), figures=(FOUND,))
    own, _, annex = tracing.traced(report(page, others)).sections
    at_foot, told = own.blocks[-1], annex.blocks[-1]
    assert isinstance(at_foot, Table)
    assert isinstance(told, Table)
    assert [row[0] for row in at_foot.rows] == [f"{TOLD}[1]"]
    assert [row[0] for row in told.rows] == [f"{TOLD}[2]"]


LONG = Section("Words", (Paragraph("word " * 2_000),))


def test_a_number_leads_to_where_it_is_told_of_and_back() -> None:
    counted = Section("Actions", (Paragraph("3 actions."),), figures=(FOUND,))
    content = pdf.write(tracing.traced(report(counted, LONG, counted)))
    found = leads(content)
    assert [(one.called, one.stands, one.reaches) for one in found] == [
        ("Where figure 1 comes from", 0, 3), ("Where figure 2 comes from", 3, 3),
        ("Back to figure 1", 3, 0), ("Back to figure 2", 3, 3),
    ]  # fmt: skip
    one, two, back, again = found
    assert one.below > back.top > one.below - 40, "the line told of lies just below where the link reaches"
    assert two.below > again.top > two.below - 40
    assert back.below > one.top > back.below - 40
    assert pdf.write(tracing.traced(report(counted, LONG, counted))) == content


def test_in_a_pack_numbers_lead_within_their_own_paper() -> None:
    counted = report(Section("Actions", (Paragraph("3 actions."),), figures=(FOUND,)), LONG)
    pack = Bundle(report(), (Part("Agenda", "Agenda", counted), Part("Minutes", "Minutes", counted)))
    content = bundle.write(tracing.each_traced(pack))
    assert [(one.stands, one.reaches) for one in leads(content)] == [(1, 4), (4, 1), (5, 8), (8, 5)]
    assert len(PdfReader(BytesIO(content)).pages) == 9


def test_the_copy_for_a_browser_leads_there_and_back_as_well() -> None:
    counted = Section("Actions", (Paragraph("3 actions."),), figures=(FOUND,))
    page = html.write(tracing.traced(report(counted))).decode()
    assert '3 actions <a id="figure-1" href="#told-1">[1]</a>.' in page
    assert '<th scope="row"><a id="told-1" href="#figure-1">[1]</a></th>' in page


@pytest.mark.parametrize("typed", [STANDS, TOLD])
def test_nothing_people_type_leads_to_a_figure(typed: str) -> None:
    words = Paragraph(f"See {typed}[1] and {typed}[9], {typed}.")
    counted = Section("Actions", (Paragraph("3 actions."), words, Bullets((words.text,))), figures=(FOUND,))
    for paper in (report(Section("Plain", (words,))), tracing.traced(report(counted))):
        page, known = html.write(paper).decode(), len(paper.figures)
        assert page.count("<a ") == 2 * known
        assert "See [1] and [9], ." in page
        assert len(leads(pdf.write(paper))) == 2 * known


@dataclass(frozen=True, slots=True)
class Leads:
    """A link within a paper: what it is called, from which page to which, its top, and the height it reaches."""

    called: str
    stands: int
    reaches: int
    top: float
    below: float


def leads(content: bytes) -> list[Leads]:
    """The links within a paper, in their order."""
    reader = PdfReader(BytesIO(content))
    found = []
    for number, page in enumerate(reader.pages):
        for held in page.get("/Annots", ()):
            link = held.get_object()
            place, box = link["/Dest"], link["/Rect"]
            reaches = reader.get_page_number(place[0].get_object())
            assert reaches is not None
            found.append(Leads(link["/Contents"], number, reaches, float(box[3]), float(place[3])))
    return found


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
