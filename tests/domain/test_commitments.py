"""An ask never reads as a requirement, and what is not yet known is said to be so."""

from __future__ import annotations

from itertools import product

import pytest

from nhsdesk.domain.commitment_rules import problems
from nhsdesk.domain.commitments import (
    BINDING,
    Basis,
    Commitment,
    CommitmentKind,
    Strength,
    WorkClass,
    binds,
    written,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.problems import Weight

EVERY = list(product([None, *CommitmentKind], [None, *Basis]))


@pytest.mark.parametrize(("kind", "basis"), EVERY)
def test_only_a_duty_with_its_contract_or_law_reads_as_required(
    kind: CommitmentKind | None, basis: Basis | None
) -> None:
    words = binds(Commitment(title="Share the rota", kind=kind, basis=basis))
    duty_with_basis = kind is CommitmentKind.DUTY and basis in BINDING
    assert words.startswith("Required by") == duty_with_basis
    if kind is CommitmentKind.ASK:
        assert words == "Asked of us; not required"


@pytest.mark.parametrize(("kind", "basis"), EVERY)
def test_an_ask_said_to_rest_on_a_contract_must_be_put_right(
    kind: CommitmentKind | None, basis: Basis | None
) -> None:
    told = problems(Commitment(ref="C-001", title="Share", kind=kind, basis=basis))
    must = [one for one in told if one.weight is Weight.MUST_FIX and one.field == "basis"]
    wrong_ask = kind is CommitmentKind.ASK and basis in BINDING
    wrong_duty = kind is CommitmentKind.DUTY and basis not in BINDING
    assert bool(must) == (wrong_ask or wrong_duty)
    assert all(one.sentence.startswith("C-001: ") for one in told)


def test_what_nobody_knows_yet_is_to_be_acknowledged_never_put_right() -> None:
    told = problems(Commitment(title="Share the rota"))
    assert {one.field for one in told} == {"kind", "document"}
    assert {one.weight for one in told} == {Weight.ACKNOWLEDGE}


def test_an_ask_worded_as_must_is_to_be_acknowledged() -> None:
    told = problems(
        Commitment(title="Share", kind=CommitmentKind.ASK, strength=Strength.MUST, document=Id(1))
    )
    assert [(one.field, one.weight) for one in told if one.field == "strength"] == [
        ("strength", Weight.ACKNOWLEDGE)
    ]


def test_our_own_commitments_need_no_document() -> None:
    assert problems(Commitment(title="Tidy", kind=CommitmentKind.INTERNAL)) == ()


@pytest.mark.parametrize(
    ("work", "basis", "wrong"),
    [
        (WorkClass.CORE, Basis.GMS, False), (WorkClass.CORE, Basis.DES, True), (WorkClass.DES, Basis.DES, False),
        (WorkClass.DES, Basis.LVA, False), (WorkClass.DES, Basis.PMS, True), (WorkClass.FUNDED, Basis.LES, False),
        (WorkClass.UNFUNDED, Basis.GMS, False), (WorkClass.CORE, None, False), (None, Basis.GMS, False),
    ],
)  # fmt: skip
def test_core_and_des_work_rest_on_their_own_contracts(
    work: WorkClass | None, basis: Basis | None, wrong: bool
) -> None:
    told = problems(Commitment(title="Share", work_class=work, basis=basis))
    assert any(one.field == "work_class" for one in told) == wrong


def test_where_it_is_written_is_given_as_a_footnote_gives_it() -> None:
    nowhere = Commitment(title="Share")
    assert written(nowhere, None) == "Not yet known where this is written"
    assert "not given" in written(nowhere, "DES specification 2026/27")
