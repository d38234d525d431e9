"""A portal statement laid beside a claim, from plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import statements
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.statements import (
    Compared,
    Finding,
    KnownPost,
    OurLine,
    PortalLine,
    Reconciled,
    in_words,
    match,
    not_ours,
    reconcile,
)

JULY = Month(2026, 7)
P = Money.pounds
ONE, TWO = Id(1), Id(2)
POSTS = {
    ONE: KnownPost("P-001", "Care coordinator 1"),
    TWO: KnownPost("P-002", "Care coordinator 2", date(2026, 6, 30)),
}


def ours(claimed: str = "100.00", post: Id = ONE, **fields: object) -> OurLine:
    return replace(OurLine(post, P(claimed)), **fields)  # type: ignore[arg-type]


def listed(paid: str | None = "100.00", post: Id | None = ONE, **fields: object) -> PortalLine:
    made = PortalLine(statement=Id(9), label="Care coordinator 1", post=post, paid=P(paid) if paid else None)
    return replace(made, **fields)  # type: ignore[arg-type]


def only(done: Reconciled) -> Compared:
    (line,) = done.lines
    return line


@pytest.mark.parametrize(
    ("ours_", "theirs", "words"),
    [
        ([ours()], [listed()], "Agrees"),
        ([ours("5029.00")], [listed("3821.46")], "Short-paid by £1,207.54"),
        ([ours()], [listed("100.01")], "Over-paid by £0.01"),
        ([ours()], [], "Claimed, missing on the statement"),
        ([], [listed()], "On the statement, not claimed"),
        ([ours()], [listed(None)], "Not yet paid"),
        ([ours()], [listed("0.00", approved=P("100.00"))], "Not yet paid"),
        ([ours("0.00")], [listed("0.00")], "Agrees"),
        ([ours()], [listed(claimed=P("90.00"))], "Figures differ from what we claimed"),
        ([ours(hours=Hours.of(30))], [listed(hours=Hours.of("22.5"))], "Figures differ from what we claimed"),
        ([ours()], [listed("60.00"), listed("40.00")], "Listed more than once"),
        ([ours(lines=2)], [listed("60.00"), listed("40.00")], "Agrees"),
        ([], [listed(post=None)], "Not matched to a post"),
        (
            [],
            [listed("0.00", TWO)],
            "Left before the month, still listed (left on 30 June 2026); On the statement, not claimed",
        ),
        (
            [ours(post=TWO)],
            [listed(post=TWO)],
            "Paid after leaving (left on 30 June 2026); Left before the month, still listed (left on 30 June 2026)",
        ),
    ],
)
def test_each_line_gets_its_words(ours_: list[OurLine], theirs: list[PortalLine], words: str) -> None:
    assert only(reconcile(JULY, ours_, theirs, POSTS)).words == words


def test_the_total_is_a_sentence_that_names_the_posts() -> None:
    done = reconcile(JULY, [ours("5029.00")], [listed("3821.46")], POSTS)
    assert in_words(done) == ("Short-paid by £1,207.54: P-001.",)
    assert in_words(reconcile(JULY, [ours()], [listed()], POSTS)) == (
        "Every line agrees: £100.00 claimed and paid.",
    )
    assert in_words(reconcile(JULY, [], [], POSTS)) == ()


def test_a_label_without_a_post_is_told_by_its_words_cut_short() -> None:
    label = "<b>=1+1</b>" * 1_000
    done = reconcile(JULY, [], [listed(post=None, label=label)], POSTS)
    assert in_words(done)[0].startswith("Not matched to a post: “<b>=1+1</b>")
    assert len(in_words(done)[0]) < 100


def test_of_many_posts_some_are_named() -> None:
    posts = {Id(n): KnownPost(f"P-{n:03}", "") for n in range(1, 12)}
    done = reconcile(JULY, [ours("1.00", Id(n)) for n in range(1, 12)], [], posts)
    assert in_words(done)[0].endswith("P-008 and 3 more.")


paid = st.none() | st.integers(-1_000, 10**7).map(Money)
their_lines = st.lists(
    st.builds(
        PortalLine,
        statement=st.just(Id(9)),
        label=st.sampled_from(["A", "B"]),
        post=st.sampled_from([None, ONE, TWO, Id(3)]),
        claimed=paid,
        approved=paid,
        paid=paid,
    ),
    max_size=8,
)
our_lines = st.lists(
    st.builds(OurLine, st.sampled_from([ONE, TWO, Id(3)]), st.integers(0, 10**7).map(Money)), max_size=6
)


@given(our_lines, their_lines)
def test_totals_add_up(mine: list[OurLine], theirs: list[PortalLine]) -> None:
    sums = reconcile(JULY, mine, theirs, POSTS).totals
    gap = sums.short + sums.missing + sums.unpaid - sums.over - sums.unclaimed
    assert sums.claimed - sums.paid == gap
    assert sums.claimed == Money(sum(one.claimed.pence for one in mine))
    assert sums.paid == Money(sum(one.paid.pence for one in theirs if one.paid))


@given(our_lines, their_lines, st.randoms(use_true_random=False))
def test_order_does_not_matter(mine: list[OurLine], theirs: list[PortalLine], shuffler: object) -> None:
    numbered = [replace(one, id=Id(n)) for n, one in enumerate(theirs, 1)]
    before = reconcile(JULY, mine, numbered, POSTS)
    shuffler.shuffle(mine)  # type: ignore[attr-defined]
    shuffler.shuffle(numbered)  # type: ignore[attr-defined]
    after = reconcile(JULY, mine, numbered, POSTS)
    assert after.totals == before.totals
    assert [(one.ref, one.label, one.findings, one.gap) for one in after.lines] == [
        (one.ref, one.label, one.findings, one.gap) for one in before.lines
    ]


# ---- before it is taken in

LABELS = (("Care Coordinator 1", ONE), ("Care Coordinator 2", TWO), ("care coordinator 2", Id(3)))


@pytest.mark.parametrize(
    ("label", "post"),
    [
        ("Care Coordinator 1", ONE),
        ("  CARE  coordinator1 ", ONE),
        ("Care Coordinator 2", TWO),
        ("CARE COORDINATOR 2", None),
        ("Care Coordinator 11", None),
        ("", None),
    ],
)
def test_a_label_is_matched_or_not_but_never_guessed(label: str, post: Id | None) -> None:
    found = match(label, LABELS)
    assert found.post == post
    assert bool(found.why_not) == (post is None)


def test_two_posts_of_one_label_are_told() -> None:
    assert match("x", (("x", ONE), ("x", TWO))).why_not == "several posts have this label"


def test_a_statement_of_another_pcn_is_told() -> None:
    assert not_ours(["U99999", " u12345"], "U12345", 0, 5) == (
        "This statement names another PCN: “U99999”, and yours is U12345."
    )
    assert not_ours(["U12345", ""], "u12345", 0, 5) == ""
    assert not_ours([], "U12345", 3, 5).startswith("3 of its 5 labels are of no post here")
    assert not_ours([], "U12345", 2, 4) == ""
    assert not_ours(["U99999"], "", 0, 0) == ""


def test_findings_have_a_tone_each() -> None:
    assert {finding.tone for finding in statements.Finding} >= {Finding.AGREES.tone, Finding.SHORT.tone}
