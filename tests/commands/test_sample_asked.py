"""What the sample is asked and promised, put into a file as the sample makes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from nhsdesk.commands import files, sample_asked
from nhsdesk.domain.consultations import DecisionWindow
from nhsdesk.domain.contracts import (
    Agreement,
    BaselineStream,
    Contract,
    CoreInScope,
    Decided,
    LocalVariation,
    Signature,
    SignUpDecision,
)
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.fields import Record
from nhsdesk.domain.links import Link
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.policy import DataRequest
from nhsdesk.domain.questions import Question
from nhsdesk.domain.risks import Risk, problems, product
from nhsdesk.domain.workload import ResourceRequest, WorkloadTransfer
from nhsdesk.papers import Audience
from nhsdesk.sections import risks
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock

R = TypeVar("R", bound=Record)

ADDED: tuple[type[Record], ...] = (
    Risk, WorkloadTransfer, ResourceRequest, Question, Contract, DecisionWindow, DataRequest, Agreement, Signature,
    Evidence, LocalVariation, BaselineStream, SignUpDecision,
)  # fmt: skip


@dataclass
class Filled:
    """A file as the sample makes it."""

    database: Database

    def all(self, cls: type[R], **equal: Any) -> list[R]:
        """What there is of a kind."""
        with self.database.read() as reader:
            return list(reader.all(cls, **equal))


@pytest.fixture
def filled(sample: Path, clock: Clock) -> Iterator[Filled]:
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield Filled(opened)


def test_all_that_the_sample_lists_is_there(filled: Filled) -> None:
    counts = {cls.__name__: len(filled.all(cls)) for cls in ADDED}
    assert counts == {
        "Risk": 8, "WorkloadTransfer": 3, "ResourceRequest": 1, "Question": 6, "Contract": 2, "DecisionWindow": 2,
        "DataRequest": 1, "Agreement": 2, "Signature": 13, "Evidence": 2, "LocalVariation": 1, "BaselineStream": 4,
        "SignUpDecision": 6,
    }  # fmt: skip


def test_every_name_leads_to_an_entry(filled: Filled) -> None:
    assert all(one.owner for one in filled.all(Risk))
    assert all(one.moved_from for one in filled.all(WorkloadTransfer))
    assert all(one.asked_of or one.meeting for one in filled.all(Question))
    assert all(one.organisation or one.practice for one in filled.all(Signature))
    assert [one.holder is None for one in filled.all(Contract)] == [True, False]
    assert all(one.document for one in filled.all(LocalVariation))
    assert all(one.document for one in filled.all(DataRequest))


def test_restricted_risks_of_the_sample_stay_restricted(filled: Filled) -> None:
    hidden = filled.all(Risk, restricted=True)
    with filled.database.read() as reader:
        seen = risks.register(reader, AS_OF, Audience.PARTNERS)
    assert [one.event for one in hidden] == [
        "Chandler Road cannot open full hours",
        "No premises from Sept 2027",
    ]
    assert {one.ref for one in hidden} <= set(seen.withheld)
    assert not any("Foxglove" in line.whole or "Chandler" in line.whole for line in seen.lines)


def test_scores_are_the_likelihood_times_the_consequence_of_the_scenario(filled: Filled) -> None:
    scores = [product(one.likelihood, one.consequence) for one in filled.all(Risk)]
    assert scores == [16, 12, 12, 16, 12, 12, 15, 9]
    assert not any(problems(one) for one in filled.all(Risk))


def test_the_offer_comes_to_more_than_the_baseline_and_no_practice_has_signed(filled: Filled) -> None:
    (offer,) = filled.all(LocalVariation)
    assert offer.baseline == total(one.amount for one in filled.all(BaselineStream, variation=offer.id))
    assert offer.baseline == Money.pounds("2199493.21")
    assert offer.offered is not None
    assert offer.offered - offer.baseline == Money.pounds("136306.79")
    decisions = filled.all(SignUpDecision, variation=offer.id)
    assert sum(one.decided is Decided.LEANING for one in decisions) == 3
    assert not any(one.signed_on or one.signatory_role for one in decisions)


def test_the_data_sharing_agreement_still_lacks_three_signatures(filled: Filled) -> None:
    first, network = filled.all(Agreement)
    assert sum(one.signed_on is None for one in filled.all(Signature, agreement=first.id)) == 3
    assert all(one.signed_on for one in filled.all(Signature, agreement=network.id))


def test_a_contract_that_says_nothing_of_core_general_practice_is_silent(filled: Filled) -> None:
    assert [one.core_in_scope for one in filled.all(Contract)] == [CoreInScope.SILENT, CoreInScope.NO]


def test_evidence_names_its_commitments_and_is_linked_to_its_action(filled: Filled) -> None:
    first, second = filled.all(Evidence)
    assert len(first.proves) == len(second.proves) == 1
    proofs = [link.source for link in filled.all(Link) if link.source in (first.id, second.id)]
    assert proofs == [second.id]


def test_what_the_sample_has_no_name_for_is_left_open(sample: Path, clock: Clock) -> None:
    """A real PCN that lends its names may lack some of them."""
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        with opened.read() as reader:
            before = {cls: reader.count(cls) for cls in ADDED}
        with opened.change("Fill in what is asked") as change:
            sample_asked.fill(change, lambda _: None)
        with opened.read() as reader:
            assert reader.count(Risk) == before[Risk] + 8
            assert reader.count(SignUpDecision) == before[SignUpDecision]
