"""The sample shows how its PCN is led."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhsdesk.commands import files, leadership
from nhsdesk.sections.delivered import Facts as Delivered
from nhsdesk.sections.leadership import Facts
from tests.conftest import Clock


@pytest.fixture(scope="module")
def held(sample_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Facts, Delivered]:
    """What the page shows of the sample, looked at once."""
    path = tmp_path_factory.mktemp("leadership") / "Sample.nhsdesk"
    path.write_bytes(sample_as_made.read_bytes())
    with files.open_to_read(path, "Ann Archer", Clock()) as database:
        return leadership.view(database), leadership.offered_and_delivered(database)


def test_five_months_of_time_and_the_duty_that_hangs_on_the_manager(held: tuple[Facts, Delivered]) -> None:
    facts, _ = held
    assert [one.share for one in facts.time] == ["18 %", "20 %", "27 %", "33 %", "36 %"]
    assert [one.duty for one in facts.duties if one.alone] == ["ARRS sign-off"]
    assert (facts.carried[0].who, facts.carried[0].alone) == ("PCN manager", 1)


def test_the_claim_for_sessions_is_unpaid_and_nobody_checked_the_guidance_of_2021(
    held: tuple[Facts, Delivered],
) -> None:
    (claim,) = held[0].claims
    assert str(claim.outstanding) == "£2,560.00"
    assert claim.basis.endswith("page 27, 16 June 2021; not checked to be still in force")


def test_the_offer_and_the_collaborative_are_joined_to_the_bodies_of_the_file(
    held: tuple[Facts, Delivered],
) -> None:
    facts, told = held
    (offer,) = told.offers
    assert (offer.forum, offer.unanswered) == ("Wexmere Together Partnership Board", True)
    (group,) = facts.collaboratives
    assert group.meets_as == "Wexmere Primary Care Collaborative"
    assert len(group.members) == 3
