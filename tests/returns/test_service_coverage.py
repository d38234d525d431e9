"""The workbook of services by hub: ten services, three ways in, gaps, and whether the hub can be had."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nhsdesk.commands import files, papers
from nhsdesk.domain.hubs import CoreService, Hub
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.risks import Risk
from nhsdesk.returns import service_coverage
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock
from tests.factories import HOSTILE


@pytest.fixture
def made_up(sample: Path, clock: Clock) -> Iterator[Database]:
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def made(database: Database) -> papers.Made:
    return papers.make(database, service_coverage.PAPER, papers.asked_of(database, Month(2026, 10), AS_OF))


def rows(paper: papers.Made, sheet: str) -> list[dict[str, Any]]:
    table = openpyxl.load_workbook(BytesIO(paper.content))[sheet]
    values = [row for row in table.iter_rows(values_only=True) if any(cell is not None for cell in row)]
    at = next(n for n, row in enumerate(values) if row[0] == "Hub")
    return [dict(zip(map(str, values[at]), row, strict=False)) for row in values[at + 1 :]]


def test_every_core_service_has_its_status_lead_and_three_ways_in(made_up: Database) -> None:
    told = rows(made(made_up), "Coverage")
    assert [row["Service"] for row in told] == [one.value for one in CoreService]
    care = told[1]
    assert [care[name] for name in ("Status", "Lead", "Online", "By telephone", "In person")] == [
        "live",
        "Millbrook Green PCN (sample)",
        "planned",
        "live",
        "gap",
    ]


def test_a_missing_way_in_stands_in_the_gap_report(made_up: Database) -> None:
    told = [row["What is missing"] for row in rows(made(made_up), "Gaps")]
    assert "Care navigation: live, but not online or in person" in told
    assert "The hub itself, the way in in person is missing" in told


def test_building_parking_capital_and_a_lapsed_assurance_are_told(made_up: Database) -> None:
    paper = made(made_up)
    (hub,) = rows(paper, "Hubs")
    assert (hub["Building"], hub["Parking"], hub["Capital"]) == (
        "not agreed",
        "14 spaces, 6 for staff",
        "not confirmed",
    )
    assert hub["Assurance"] == "Ask again: its day has passed"
    assert "HB-001: what was assured was to be asked again on 1 November 2026." in [
        one.sentence for one in paper.problems if one.weight is Weight.ACKNOWLEDGE
    ]


def test_a_hub_linked_with_a_restricted_entry_is_left_out_and_named_by_reference(made_up: Database) -> None:
    with made_up.change("Link") as change:
        (hub,) = change.reader.all(Hub)
        risk = change.add(Risk(cause="A", event="B", effect="C", restricted=True))
        change.add(Link(source=risk.id, target=hub.id, says=LinkKind.RELATED))
    paper = made(made_up)
    assert b"Millbrook Hub" not in paper.content
    assert rows(paper, "Coverage") == [] or rows(paper, "Coverage")[0]["Hub"] != "HB-001"


def test_an_empty_file_and_hostile_words_make_a_workbook(database: Database) -> None:
    assert made(database).problems[0].sentence == "No hub is written down."
    with database.change("Add") as change:
        for words in HOSTILE:
            change.add(Hub(name=words, parking=words, assurance=words))
    assert len(rows(made(database), "Hubs")) == len(HOSTILE)
