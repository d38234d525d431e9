"""Every briefing bears at its foot whose it is, as at when, and the number of the very facts it was made from."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nhsdesk.briefings import BRIEFINGS
from nhsdesk.commands import papers
from nhsdesk.documents import tracing
from nhsdesk.documents.marks import TOLD
from nhsdesk.documents.model import Bundle, Cell, Figure, Report, Section, Table
from nhsdesk.domain.periods import Month
from nhsdesk.papers import facts_hash
from nhsdesk.sections import expansions
from nhsdesk.store import record_file
from tests.conftest import AS_OF, Clock


@pytest.fixture(scope="module", params=BRIEFINGS, ids=lambda paper: paper.key)
def made(request: pytest.FixtureRequest, sample_as_made: Path) -> papers.Made:
    """A briefing of the sample."""
    with record_file.open_to_read(sample_as_made, "me", Clock()) as database:
        asked = papers.asked_of(database, Month(2026, 10), AS_OF, draft=True)
        return papers.make(database, request.param, asked)


def test_a_briefing_can_be_traced_to_its_facts(made: papers.Made) -> None:
    report = made.paper.compile(made.facts)
    assert isinstance(report, Report | Bundle)
    assert f"Trace number {facts_hash(made.facts)[:12]}." in report.footer
    assert "as at 20 November 2026" in report.footer


def test_every_figure_is_found_where_it_says_it_stands(made: papers.Made, sample_as_made: Path) -> None:
    lost = [one for part in sections_of(made) for one in part.figures if not tracing.stands(part, one)]
    assert lost == []
    refs = {ref for part in sections_of(made) for one in part.figures for ref in one.refs}
    with record_file.open_to_read(sample_as_made, "me", Clock()) as database, database.read() as reader:
        assert [ref for ref in refs if reader.by_ref(ref) is None] == []


def test_a_count_is_as_many_as_the_entries_it_names(made: papers.Made) -> None:
    counts = [one for part in sections_of(made) for one in part.figures if is_count(one)]
    assert [one for one in counts if int(one.shown.replace(",", "")) != len(set(one.refs))] == []


def is_count(figure: Figure) -> bool:
    """Whether a figure says how many entries there are, and names them."""
    counted = figure.what not in MEASURED and not figure.not_named
    return counted and re.fullmatch(r"\d{1,3}(,\d{3})*", figure.shown) is not None


MEASURED = ("Patients",)
"""Figures that are whole numbers and were entered, not counted."""


def test_a_paper_that_prints_a_count_or_an_amount_says_where_it_comes_from(made: papers.Made) -> None:
    for paper in reports_of(made):
        told = [str(row[0]) for section in paper.sections for row in told_rows(section)]
        if told:
            assert sorted(told) == sorted(f"{TOLD}[{one.number}]" for one in paper.figures)
        else:
            assert untraced(paper) == [], f"{paper.title} prints figures and has no annex"


def told_rows(section: Section) -> Iterator[tuple[Cell, ...]]:
    for block in section.blocks:
        if (
            isinstance(block, Table)
            and block.name.startswith(tracing.TABLE)
            and block.columns[0].label == "No."
        ):
            yield from block.rows


KNOWN = re.compile(
    rf"\d{{1,2}} ({'|'.join(month_name[1:])})( \d{{4}})?"  # days
    r"|\b20\d\d(/\d\d)?\b|\b\d\d:\d\d\b"  # years and times
    r"|\b[A-Z]{1,3}-[A-Z]?\d+\b|\b[A-Z]{2,5}/\d\d/\d+\b|\bDEMO[\w-]*\b"  # references of entries and minutes, codes
    r"|NHS 111|ring 999|\bversion \d+|^\d+\. ",  # telephones, versions and numbered headings
    re.IGNORECASE,
)
"""Numbers that count nothing."""


def untraced(paper: Report) -> list[str]:
    """The words of a paper that hold a number which may be a count or an amount."""
    printed = (
        text for section in paper.sections for text in expansions.texts(replace(paper, sections=(section,)))
    )
    own = {paper.title, paper.subtitle, paper.organisation, paper.footer}
    return [text for text in printed if text not in own and re.search(r"\d", KNOWN.sub("", text))]


def without_numbers(words: str) -> str:
    """What a paper says, without the numbers behind its figures."""
    return re.sub(r" \[\d+\]", "", words)


def reports_of(made: papers.Made) -> list[Report]:
    """A paper, or the papers that a pack holds, as they are printed."""
    printed = papers.compiled(made.paper, made.facts)
    if isinstance(printed, Report):
        return [printed]
    assert isinstance(printed, Bundle)
    return [printed.front, *(one.content for one in printed.parts if isinstance(one.content, Report))]


def sections_of(made: papers.Made) -> list[Section]:
    return [section for paper in reports_of(made) for section in paper.sections]
