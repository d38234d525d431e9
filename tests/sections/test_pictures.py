"""Pictures of what papers tell in words: services by hub, risks by score, steps by day."""

from __future__ import annotations

from datetime import date

import pytest

from nhsdesk.documents.model import BarLook, Shade, Square
from nhsdesk.domain.hubs import CoreService
from nhsdesk.domain.risks import Band, band_of
from nhsdesk.sections import coverage, integrator_facts, risks
from nhsdesk.sections.coverage import HubFacts, ServiceFacts
from nhsdesk.sections.integrator_facts import IntegratorFacts, StepFacts
from nhsdesk.sections.risks import RiskFacts

TODAY = date(2026, 11, 20)
FIRST, SECOND, *_ = (one.value for one in CoreService)


def hub(number: int, **services: str) -> HubFacts:
    held = tuple(
        ServiceFacts(name, status, "", "", "", "", None, None)
        for name, status in zip((FIRST, SECOND), services.values(), strict=False)
    )
    return HubFacts(
        f"HB-{number:03}", "Hub", "", "live", "", (), (), "", "", False, "1 live", held, (), ()
    )  # fmt: skip


def test_services_stand_by_hub_with_their_status_in_words() -> None:
    (grid,) = coverage.grids((hub(1, a="live", b="gap"), hub(2, a="planned")))
    assert grid.columns == ("HB-001 Hub", "HB-002 Hub")
    assert grid.squares == (
        (Square("live", Shade.DARK), Square("planned", Shade.MIDDLE)),
        (Square("gap", Shade.PALE), Square("not asked")),
    )
    assert grid.says == "HB-001 Hub: 1 live. HB-002 Hub: 1 live."


@pytest.mark.parametrize(("hubs", "grids"), [(0, []), (6, [6]), (7, [6, 1])])
def test_hubs_stand_a_few_beside_each_other(hubs: int, grids: list[int]) -> None:
    made = coverage.grids(tuple(hub(number, a="live") for number in range(hubs)))
    assert [len(grid.columns) for grid in made] == grids


def risk(likelihood: int | None, consequence: int | None) -> RiskFacts:
    score = None if likelihood is None or consequence is None else likelihood * consequence
    return RiskFacts(
        "RK-001", "1", "", "", "", "", "", None, likelihood, consequence, score, band_of(score), "", None, False, None,
        False, False,
    )  # fmt: skip


def test_risks_are_counted_where_they_lie_and_graver_is_darker() -> None:
    (grid,) = risks.heat_map((risk(5, 5), risk(1, 2), risk(1, 2), risk(None, 3)))
    assert grid.rows[0] == "5 almost certain"
    assert grid.squares[0][4] == Square("1", Shade.DARK)
    assert grid.squares[4][1] == Square("2", Shade.NONE)
    assert grid.squares[2][3] == Square("none", Shade.MIDDLE)  # 3 times 4 is high
    assert grid.says.endswith("1 without a score.")
    assert Band.UNSCORED.value in grid.says
    assert [*risks.heat_map((risk(None, 1),))] == []


def step(original: date, revised: date | None, done_on: date | None) -> StepFacts:
    return StepFacts("IS-001", "1", "Live", original, revised, done_on, "late", "")


def test_steps_go_from_the_day_first_set_to_the_day_they_came() -> None:
    steps = (
        step(date(2026, 5, 1), None, date(2026, 6, 1)),
        step(date(2026, 9, 1), None, date(2026, 8, 1)),
        step(date(2026, 10, 1), date(2026, 11, 1), None),
        step(date(2026, 10, 1), date(2027, 1, 1), None),
    )
    one = IntegratorFacts(
        "IG-001", "1", "Ours", "", "", "", "", "", (), "", steps, (), "", (), (), (), ()
    )  # fmt: skip
    (line,) = integrator_facts.steps_timeline(one, TODAY)
    assert [(event.first, event.last, event.look) for event in line.events] == [
        (date(2026, 5, 1), date(2026, 6, 1), BarLook.FULL),
        (date(2026, 8, 1), date(2026, 9, 1), BarLook.FULL),
        (date(2026, 10, 1), date(2026, 11, 1), BarLook.STRIPED),
        (date(2026, 10, 1), date(2027, 1, 1), BarLook.OUTLINED),
    ]
    assert line.says.startswith("2 of 4 steps are done, 1 not done though its day is over.")
    assert line.events[2].told == "not done, set for 1 November 2026, late"
