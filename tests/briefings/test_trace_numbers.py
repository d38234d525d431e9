"""Every briefing bears at its foot whose it is, as at when, and the number of the very facts it was made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nhsdesk.briefings import BRIEFINGS
from nhsdesk.commands import papers
from nhsdesk.documents.model import Bundle, Report
from nhsdesk.domain.periods import Month
from nhsdesk.papers import Paper, facts_hash
from nhsdesk.store import record_file
from tests.conftest import AS_OF, Clock


@pytest.mark.parametrize("paper", BRIEFINGS, ids=lambda paper: paper.key)
def test_a_briefing_can_be_traced_to_its_facts(paper: Paper[Any], sample_as_made: Path) -> None:
    with record_file.open_to_read(sample_as_made, "me", Clock()) as database:
        asked = papers.asked_of(database, Month(2026, 10), AS_OF, draft=True)
        facts = papers.make(database, paper, asked).facts
    report = paper.compile(facts)
    assert isinstance(report, Report | Bundle)
    assert f"Trace number {facts_hash(facts)[:12]}." in report.footer
    assert "as at 20 November 2026" in report.footer
