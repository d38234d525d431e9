"""The page of areas and the page for patients, as PDF: what their readers ask, read from the extracted text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from nhsdesk.commands import files, papers
from nhsdesk.domain.areas import Area, Tier
from nhsdesk.domain.hubs import Hub, HubStatus
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.risks import Risk
from nhsdesk.store.database import Database
from tests.briefings.test_trace_numbers import without_numbers
from tests.conftest import AS_OF, Clock
from tests.factories import HOSTILE


@pytest.fixture
def made_up(sample: Path, clock: Clock) -> Iterator[Database]:
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def pages(database: Database, key: str) -> list[str]:
    paper = papers.named(key, papers.PAPERS)
    made = papers.make(database, paper, papers.asked_of(database, Month(2026, 10), AS_OF))
    document = pdfium.PdfDocument(made.content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def test_one_page_tells_the_tiers_apart_with_the_local_definition_who_owns_it_and_its_date(
    made_up: Database,
) -> None:
    first, *_ = pages(made_up, "geography")
    told = without_numbers(first)
    for words in ("London (region, DEMO-R)", "Wexmere (place)", "Millbrook (neighbourhood)"):
        assert words in told
    assert "The streets around the weir Wexmere Together Partnership Board, 18 March 2026" in told
    assert "Millbrook 71%, Canal Side 29%: Weir Bank Practice." in told


def test_a_neighbourhood_that_nobody_defined_is_said_to_be_undefined(made_up: Database) -> None:
    with made_up.change("Undefine") as change:
        (area,) = change.reader.all(Area, name="Millbrook")
        change.put(replace(area, definition=None, defined_by=None, defined_on=None))
    told = " ".join(pages(made_up, "geography"))
    assert "Not defined here. In general: people who live near each other" in told
    assert "Nobody has said" in told


def test_patients_read_what_is_there_how_to_reach_it_and_nothing_of_money_or_leads(made_up: Database) -> None:
    (told,) = pages(made_up, "what-is-where")
    assert "You keep your own GP practice." in told
    assert "Somebody who helps you find the right service by phone" in told
    assert "Planned for 11 January 2027" in told
    for word in ("Capital", "capital", "Wexmere Council", "INT", "gap", "Parking"):
        assert word not in told


def test_a_hub_linked_with_a_restricted_entry_is_not_shown_to_patients(made_up: Database) -> None:
    with made_up.change("Link") as change:
        (hub,) = change.reader.all(Hub)
        risk = change.add(Risk(cause="A", event="B", effect="C", restricted=True))
        change.add(Link(source=risk.id, target=hub.id, says=LinkKind.RELATED))
    (told,) = pages(made_up, "what-is-where")
    assert "Millbrook Hub" not in told
    assert "No shared place for services is planned or open yet." in told


def test_a_hub_that_is_only_an_idea_is_not_promised_to_patients(made_up: Database) -> None:
    with made_up.change("Idea") as change:
        (hub,) = change.reader.all(Hub)
        change.put(replace(hub, status=HubStatus.IDEA))
    assert "Millbrook Hub" not in " ".join(pages(made_up, "what-is-where"))


def test_an_empty_file_says_so(database: Database) -> None:
    told = " ".join(pages(database, "geography"))
    assert "No practice is listed on that day." in told
    assert "No shared place for services" in " ".join(pages(database, "what-is-where"))


def test_whatever_is_written_and_many_practices_only_make_it_longer(database: Database) -> None:
    from nhsdesk.domain.areas import AreaMembership
    from nhsdesk.domain.organisations import Organisation

    with database.change("Add") as change:
        (ours,) = change.reader.all(Organisation, ours=True)
        for n, words in enumerate(HOSTILE):
            area = change.add(Area(name=words, tier=Tier.NEIGHBOURHOOD, definition=words, defined_by=words))
            change.add(AreaMembership(within=area.id, network=ours.id))
            change.add(Practice(name=f"{n} {words}"[:200], network=ours.id))
    assert len(pages(database, "geography")) > 1
