"""Agreements: 4 of 7 have signed, what expires, what is overdue, what cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhsdesk.domain import agreements
from nhsdesk.domain.contracts import Agreement, AgreementKind, Signature
from nhsdesk.domain.kinds import Id, Tone

TODAY = date(2026, 11, 20)


def agreement(**fields: Any) -> Agreement:
    held: dict[str, Any] = {
        "id": Id(1),
        "ref": "AG-001",
        "title": "INT data sharing agreement",
        "edition": "v0.9",
    }
    return Agreement(**held | fields)


def parties(signed: int, of: int) -> list[Signature]:
    return [
        Signature(
            id=Id(number), ref=f"SG-{number:03}", agreement=Id(1), organisation=Id(50 + number), role="Director",
            signed_on=date(2026, 11, 1) if number < signed else None,
        )
        for number in range(of)
    ]  # fmt: skip


def test_four_of_seven_have_signed_and_it_binds_those() -> None:
    assert agreements.signed_words(parties(4, 7), TODAY) == "4 of 7"
    assert agreements.standing(agreement(), parties(4, 7), TODAY) == (
        "Not signed by all; binds those who signed",
        Tone.WARN,
    )
    assert agreements.signed_words([], TODAY) == "No party is named yet"


def test_a_signature_to_come_is_none() -> None:
    assert not agreements.has_signed(Signature(agreement=Id(1), signed_on=date(2026, 11, 21)), TODAY)


@pytest.mark.parametrize(
    ("fields", "words", "tone"),
    [
        ({}, "Signed by all", Tone.GOOD),
        ({"expires": date(2026, 11, 19)}, "Expired on 19 November 2026", Tone.BAD),
        ({"expires": date(2026, 11, 20)}, "Expires on 20 November 2026", Tone.WARN),
        ({"expires": date(2027, 2, 18)}, "Expires on 18 February 2027", Tone.WARN),
        ({"expires": date(2027, 3, 31)}, "Signed by all", Tone.GOOD),
        ({"review_on": date(2026, 11, 19)}, "Review overdue since 19 November 2026", Tone.WARN),
        ({"review_on": date(2026, 11, 20)}, "Signed by all", Tone.GOOD),
        ({"starts": date(2027, 4, 1)}, "Signed; in force from 1 April 2027", Tone.GOOD),
    ],
)
def test_an_agreement_signed_by_all_says_what_is_next(fields: dict[str, Any], words: str, tone: Tone) -> None:
    assert agreements.standing(agreement(**fields), parties(3, 3), TODAY) == (words, tone)


def test_what_needs_an_agreement_is_told() -> None:
    assert agreements.needs_words(agreement(), ()) == "Nothing known needs it"
    assert agreements.needs_words(agreement(needed_for="MDT go-live"), ("C-004",)) == "MDT go-live, C-004"


def test_a_data_sharing_agreement_without_its_impact_assessment_says_not_yet_known() -> None:
    assert agreements.dpia_words(agreement(kind=AgreementKind.DATA_SHARING)) == "Not yet known"
    assert agreements.dpia_words(agreement(kind=AgreementKind.NETWORK)) == ""
    assert agreements.dpia_words(agreement(dpia="draft, annex")) == "draft, annex"


def test_what_cannot_be_is_a_problem() -> None:
    odd = [
        Signature(ref="SG-001", agreement=Id(1), practice=Id(7), role="Partner", signed_on=date(2026, 12, 1)),
        Signature(ref="SG-002", agreement=Id(1), practice=Id(7), role="Partner"),
        Signature(ref="SG-003", agreement=Id(1)),
        Signature(ref="SG-004", agreement=Id(1), ours=True, signed_on=date(2026, 11, 2)),
    ]
    turned = agreement(edition=None, starts=date(2027, 4, 1), expires=date(2026, 10, 31))
    told = [one.sentence for one in agreements.problems(turned, odd, TODAY)]
    assert told == [
        "AG-001: it expires before it begins.",
        "AG-001: its version is not yet known, so nobody can tell what was signed.",
        "SG-001: it is said to be signed on 1 December 2026, which has not come.",
        "SG-001: it was signed after the agreement expired.",
        "SG-002: this party is named twice.",
        "SG-003: it is not said whose signature this is.",
        "SG-004: the role that signed is not yet known.",
        "SG-004: it was signed after the agreement expired.",
    ]
    assert agreements.problems(agreement(), parties(4, 7), TODAY) == ()
