"""The sample's decisions and rounds: counted, dated, and joined to what they decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nhsdesk.commands import files
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.decisions import Decision, DecisionStatus
from nhsdesk.papers import Audience
from nhsdesk.sections import decisions
from nhsdesk.store.reading import Reader
from tests.conftest import AS_OF, Clock


@pytest.fixture
def filled(sample: Path, clock: Clock) -> Iterator[Reader]:
    with files.open_for_work(sample, "Ann Archer", clock) as opened, opened.read() as reader:
        yield reader


def test_fourteen_decisions_stand_on_the_days_of_their_meetings(filled: Reader) -> None:
    held = filled.all(Decision)
    assert len(held) == 14
    assert {one.decided_on for one in held if one.minute_ref and one.minute_ref.startswith("PCNB")} == {
        date(2026, 9, 2),
        date(2026, 11, 4),
    }
    assert [one.ref for one in held if one.restricted] == ["DN-001"]


def test_declining_the_huddle_is_joined_to_its_commitment(filled: Reader) -> None:
    huddle = next(one for one in filled.all(Decision) if one.words.startswith("Step-down huddle"))
    assert (huddle.votes_for, huddle.votes_against) == (4, 2)
    assert filled.find(Commitment, huddle.commitment) is not None


def test_what_waits_is_told_apart_from_what_was_decided(filled: Reader) -> None:
    facts = decisions.log(filled, AS_OF, Audience.OWN_BOARD)
    assert {line.ref: line.status for line in facts.lines if line.waits} == {
        "DN-003": DecisionStatus.DEFERRED.words,
        "DN-008": DecisionStatus.TO_RATIFY.words,
    }
