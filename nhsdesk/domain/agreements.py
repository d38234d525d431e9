"""Agreements: who has signed and who has not, what expires, what is to be looked at again, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from nhsdesk.domain.contracts import Agreement, AgreementKind, Signature
from nhsdesk.domain.kinds import Tone
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight

EXPIRING = timedelta(days=90)


def has_signed(signature: Signature, today: date) -> bool:
    """Whether a party had signed by a day."""
    return signature.signed_on is not None and signature.signed_on <= today


def signed_words(signatures: Sequence[Signature], today: date) -> str:
    """How many of the parties have signed: "4 of 7"."""
    if not signatures:
        return "No party is named yet"
    return f"{sum(has_signed(one, today) for one in signatures)} of {len(signatures)}"


def all_signed(signatures: Sequence[Signature], today: date) -> bool:
    """Whether there are parties and every one has signed."""
    return bool(signatures) and all(has_signed(one, today) for one in signatures)


def standing(agreement: Agreement, signatures: Sequence[Signature], today: date) -> tuple[str, Tone]:
    """The one thing to know of it first: expired, unsigned, expiring, to be reviewed, or in force."""
    expires, review = agreement.expires, agreement.review_on
    if expires is not None and expires < today:
        return f"Expired on {day_words(expires)}", Tone.BAD
    if not all_signed(signatures, today):
        return "Not signed by all; binds those who signed", Tone.WARN
    if expires is not None and expires <= today + EXPIRING:
        return f"Expires on {day_words(expires)}", Tone.WARN
    if review is not None and review < today:
        return f"Review overdue since {day_words(review)}", Tone.WARN
    if agreement.starts is not None and agreement.starts > today:
        return f"Signed; in force from {day_words(agreement.starts)}", Tone.GOOD
    return "Signed by all", Tone.GOOD


def needs_words(agreement: Agreement, refs: Iterable[str]) -> str:
    """What cannot go on without it: as said, and the commitments that rest on it."""
    parts = [agreement.needed_for or "", *refs]
    return ", ".join(part for part in parts if part) or "Nothing known needs it"


def dpia_words(agreement: Agreement) -> str:
    """How its data protection impact assessment stands."""
    if agreement.dpia:
        return agreement.dpia
    return "Not yet known" if agreement.kind is AgreementKind.DATA_SHARING else ""


def problems(agreement: Agreement, signatures: Sequence[Signature], today: date) -> tuple[Problem, ...]:
    """Days that cannot be, signatures of nobody, and a party named twice."""
    found: list[Problem] = []
    expires = agreement.expires

    def say(
        one: Agreement | Signature, sentence: str, field: str, weight: Weight = Weight.ACKNOWLEDGE
    ) -> None:
        found.append(Problem(f"{one.ref}: {sentence}", weight, one.KIND.name, one.id, field))

    if agreement.starts is not None and expires is not None and expires < agreement.starts:
        say(agreement, "it expires before it begins.", "expires")
    if not agreement.edition:
        say(
            agreement,
            "its version is not yet known, so nobody can tell what was signed.",
            "edition",
            Weight.NOTE,
        )
    seen: set[tuple[object, ...]] = set()
    for one in signatures:
        party = (one.organisation, one.practice, bool(one.ours))
        if party == (None, None, False):
            say(one, "it is not said whose signature this is.", "organisation")
        elif party in seen:
            say(one, "this party is named twice.", "organisation")
        seen.add(party)
        if one.signed_on is not None and one.signed_on > today:
            say(
                one,
                f"it is said to be signed on {day_words(one.signed_on)}, which has not come.",
                "signed_on",
            )
        if one.signed_on is not None and not one.role:
            say(one, "the role that signed is not yet known.", "role", Weight.NOTE)
        if one.signed_on is not None and expires is not None and one.signed_on > expires:
            say(one, "it was signed after the agreement expired.", "signed_on")
    return tuple(found)
