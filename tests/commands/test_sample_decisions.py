"""The sample's decisions and rounds: counted, dated, and joined to what they decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nhsdesk.commands import files
from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.decisions import Decision, DecisionStatus
from nhsdesk.domain.meetings import AgendaItem, Meeting, MeetingStage, MinutesLine, MinutesVersion
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


def test_five_meetings_have_final_minutes_in_words_and_the_last_a_draft(filled: Reader) -> None:
    held = {one.id: one for one in filled.all(Meeting) if one.held_on <= AS_OF}
    versions = {one.meeting: one for one in filled.all(MinutesVersion)}
    assert [held[id_].minutes_ref for id_ in versions] == [
        "PCNB/26/041-044", "WTPB/26/071-075", "INT/26/018-022", "PCC/26/006-009", "PCNB/26/052-057",
    ]  # fmt: skip
    assert [one.stage for one in held.values() if one.id not in versions] == [MeetingStage.DRAFT]
    assert all(one.said and one.minute_ref for one in filled.all(AgendaItem) if one.meeting in held)
    assert len(filled.all(MinutesLine)) == 4 + 5 + 5 + 4 + 6
    made = {id_: one.made_at.date() for id_, one in versions.items() if one.made_at is not None}
    assert all(held[id_].held_on < day <= AS_OF for id_, day in made.items())


def test_decisions_of_final_minutes_keep_the_references_they_had_and_actions_their_item(
    filled: Reader,
) -> None:
    items = {one.id: one for one in filled.all(AgendaItem)}
    for one in filled.all(Decision):
        assert one.item is not None
        assert one.minute_ref == items[one.item].minute_ref
    assert all(one.item in items for one in filled.all(Action))
