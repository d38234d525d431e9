"""Every briefing bears at its foot whose it is, as at when, and the number of the very facts it was made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhsdesk.briefings import BRIEFINGS
from nhsdesk.commands import papers
from nhsdesk.documents import tracing
from nhsdesk.documents.model import Bundle, Report
from nhsdesk.domain.periods import Month
from nhsdesk.papers import facts_hash
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
    printed = made.paper.compile(made.facts)
    if not isinstance(printed, Report):
        return  # a pack holds other papers whole, each with its own figures
    lost = [one for part in printed.sections for one in part.figures if not tracing.stands(part, one)]
    assert lost == []
    refs = {ref for part in printed.sections for one in part.figures for ref in one.refs}
    with record_file.open_to_read(sample_as_made, "me", Clock()) as database, database.read() as reader:
        assert [ref for ref in refs if reader.by_ref(ref) is None] == []
