"""What holds a journey against the guide notices where either says more than the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.guided import Step, astray, steps_of, to_follow
from tests.journeys.typist import Typed

TEXT = """
Told in steps.

1. Go to the claim. Press `Ctrl+3` for **ARRS**, then the
   page **Claim month**.
2. Begin it: press **Begin the … claim**, and `Enter`.

Afterwards nothing is left.
"""

FIRST, SECOND = steps_of(TEXT)


def test_steps_are_read_with_what_they_name() -> None:
    assert Step("Go to the claim", ("ARRS", "Claim month"), ("Ctrl+3",)) == FIRST
    assert Step("Begin it", ("Begin the … claim",), ("Enter",)) == SECOND


def test_who_follows_is_not_astray() -> None:
    assert astray(FIRST, ["ARRS", "Claim month"], ["Ctrl+3", "Tab", "Right", Typed("any words")]) == ""
    assert astray(SECOND, ["Begin the October 2026 claim"], ["Space", "Return"]) == ""
    assert astray(SECOND, ["Begin the October 2026 claim", "Begin the May 2026 claim"], ["Return"]) == ""


@pytest.mark.parametrize(
    ("came_by", "struck", "told"),
    [
        (["ARRS"], ["Ctrl+3"], "The guide names “Claim month”, and the journey never came by it."),
        (
            ["Claim month", "ARRS"],
            ["Ctrl+3"],
            "The guide names “ARRS”, and the journey came by “Claim month”.",
        ),
        (
            ["ARRS", "Claim month", "Read"],
            ["Ctrl+3"],
            "The guide names “ARRS”, and the journey came by “Read”.",
        ),
        (["ARRS", "Claim month"], [], "The guide tells `Ctrl+3`, and the journey did not strike it there."),
        (
            ["ARRS", "Claim month"],
            ["Ctrl+3", "F4"],
            "The journey struck `F4`, which the guide does not tell.",
        ),
    ],
)
def test_who_leaves_the_guide_is_told_where(came_by: list[str], struck: list[str], told: str) -> None:
    assert astray(FIRST, came_by, struck) == told


def test_steps_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(AssertionError, match="not numbered from 1"):
        steps_of("1. Go.\n3. Stay.\n")


@pytest.mark.parametrize(("page", "heading"), to_follow())
def test_every_section_that_tells_step_by_step_is_followed_by_a_journey(page: str, heading: str) -> None:
    journeys = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    assert any(f'"{page}"' in one and f'"{heading}"' in one for one in journeys)
