"""An employer's lines find their posts or are asked about, stand beside the month before, and add up."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import pay_in, pay_matching
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.pay_in import Difference
from nhsdesk.domain.pay_matching import Figures, How, KnownPost, Match, SentLine
from nhsdesk.domain.periods import Month

OCTOBER = Month(2026, 10)
EMPLOYER, OTHER = Id(90), Id(91)
ONE, TWO, THREE = Id(1), Id(2), Id(3)
ANN, BEN = Id(50), Id(51)


def posts(**fields: Any) -> tuple[KnownPost, ...]:
    """Three posts of one employer; the first is held by Ann."""
    return (
        KnownPost(ONE, "P-001", "Clinical pharmacist 1", {"100234": ANN}, frozenset({EMPLOYER}), **fields),
        KnownPost(TWO, "P-002", "Paramedic 1", {}, frozenset({EMPLOYER})),
        KnownPost(THREE, "P-003", "Paramedic 2", {"00077": BEN}, frozenset({OTHER})),
    )


def matched(line: SentLine, chosen: dict[int, Id | None] | None = None) -> Match:
    (found,) = pay_matching.match([line], posts(), chosen)
    return found


def pounds(salary: str | None = None, **others: str) -> Figures:
    amounts = {name: Money.pounds(amount) for name, amount in others.items()}
    return Figures(None if salary is None else Money.pounds(salary), **amounts)


# ---- matching


def test_a_line_is_matched_by_its_holders_payroll_reference() -> None:
    found = matched(SentLine(2, payroll_ref="100234"))
    assert (found.post, found.how, found.holder) == (ONE, How.PAYROLL, ANN)


@pytest.mark.parametrize("ref", ["77", "00077", " 0077 "])
def test_noughts_that_a_spreadsheet_dropped_make_no_difference(ref: str) -> None:
    assert matched(SentLine(2, payroll_ref=ref)).post == THREE


def test_a_line_is_matched_by_our_reference() -> None:
    found = matched(SentLine(2, post_ref="p-002"))
    assert (found.post, found.how) == (TWO, How.POST)


def test_a_column_headed_post_may_hold_our_references() -> None:
    found = matched(SentLine(2, label="P-002"))
    assert (found.post, found.how) == (TWO, How.POST)


@pytest.mark.parametrize("label", ["Clinical pharmacist 1", "CLINICAL  PHARMACIST 1", "clinicalpharmacist1"])
def test_a_line_is_matched_by_its_portal_label_whatever_its_spaces_and_capitals(label: str) -> None:
    found = matched(SentLine(2, label=label))
    assert (found.post, found.how) == (ONE, How.LABEL)


def test_the_label_as_written_comes_before_one_that_is_only_alike() -> None:
    two = (KnownPost(ONE, "P-001", "GP 1"), KnownPost(TWO, "P-002", "gp 1"))
    (found,) = pay_matching.match([SentLine(2, label="gp 1")], two)
    assert found.post == TWO


def test_two_posts_of_one_label_are_asked_about_and_never_guessed() -> None:
    two = (KnownPost(ONE, "P-001", "Paramedic"), KnownPost(TWO, "P-002", "Paramedic"))
    (found,) = pay_matching.match([SentLine(2, label="paramedic")], two)
    assert (found.post, found.offered, found.asked) == (None, (ONE, TWO), "It may be for any of these posts.")


def test_a_payroll_reference_tells_two_posts_of_one_label_apart() -> None:
    two = (
        KnownPost(ONE, "P-001", "Paramedic", {"1": ANN}),
        KnownPost(TWO, "P-002", "Paramedic", {"2": BEN}),
    )
    (found,) = pay_matching.match([SentLine(2, label="Paramedic", payroll_ref="2")], two)
    assert found.post == TWO


def test_one_person_in_two_posts_is_told_apart_by_the_label() -> None:
    two = (KnownPost(ONE, "P-001", "GP 1", {"1": ANN}), KnownPost(TWO, "P-002", "Lead", {"1": ANN}))
    found = pay_matching.match([SentLine(2, "Lead", "1"), SentLine(3, "", "1")], two)
    assert (found[0].post, found[1].post, found[1].offered) == (TWO, None, (ONE, TWO))


def test_references_that_contradict_each_other_are_asked_about() -> None:
    found = matched(SentLine(2, label="Paramedic 1", payroll_ref="100234"))
    assert (found.post, found.offered) == (None, (ONE, TWO))
    assert found.asked == "Its references name different posts."


def test_what_an_employer_called_a_post_before_is_enough() -> None:
    known = (
        KnownPost(
            ONE, "P-001", "Paramedic 1", refs_before=frozenset({"9"}), labels_before=frozenset({"Amb"})
        ),
    )
    for line in (SentLine(2, label="AMB"), SentLine(2, payroll_ref="9")):
        (found,) = pay_matching.match([line], known)
        assert (found.post, found.how) == (ONE, How.BEFORE)


def test_a_line_for_no_post_of_ours_is_left_out() -> None:
    found = matched(SentLine(2, label="Receptionist", payroll_ref="1", post_ref="P-999"))
    assert found.left_out
    assert found.how is None


def test_an_empty_line_matches_nothing() -> None:
    nameless = (KnownPost(ONE, "P-001", ""), KnownPost(TWO, "P-002", ""))
    (found,) = pay_matching.match([SentLine(2)], nameless)
    assert found.left_out


def test_what_a_person_said_of_a_row_holds() -> None:
    assert matched(SentLine(2, label="Paramedic 1"), {2: THREE}).post == THREE
    assert matched(SentLine(2, label="Paramedic 1"), {2: None}).left_out
    assert matched(SentLine(2, label="Paramedic 1"), {2: Id(999)}).left_out


def test_a_person_twice_in_one_file_is_asked_about_in_both_rows() -> None:
    found = pay_matching.match(
        [SentLine(2, payroll_ref="100234"), SentLine(9, payroll_ref="100234")], posts()
    )
    assert [one.post for one in found] == [None, None]
    assert found[0].asked == "Rows 2 and 9 are for the same post. Say for each whether it counts."


def test_of_a_person_twice_one_row_left_out_leaves_the_other() -> None:
    lines = [SentLine(2, payroll_ref="100234"), SentLine(9, payroll_ref="100234")]
    found = pay_matching.match(lines, posts(), {9: None})
    assert [one.post for one in found] == [ONE, None]


def test_two_people_who_share_a_post_are_two_lines() -> None:
    shared = (KnownPost(ONE, "P-001", "GP 1", {"1": ANN, "2": BEN}),)
    found = pay_matching.match([SentLine(2, payroll_ref="1"), SentLine(3, payroll_ref="2")], shared)
    assert [(one.post, one.holder) for one in found] == [(ONE, ANN), (ONE, BEN)]


@pytest.mark.parametrize("words", ["<b>Paramedic 1</b>", "=1+1", "x" * 10_000, "\u202eabc", "0", "000"])
def test_hostile_words_match_nothing_and_do_no_harm(words: str) -> None:
    assert matched(SentLine(2, words, words, words)).left_out


REFS = st.sampled_from(["", "100234", "77", "00077", "5"])
LABELS = st.sampled_from(["", "Clinical pharmacist 1", "paramedic 1", "Paramedic 2", "Other"])
LINES = st.lists(st.tuples(LABELS, REFS, st.sampled_from(["", "P-001", "p-003"])), max_size=8)


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(rows: list[tuple[str, str, str]], chance: Any) -> None:
    lines = [SentLine(n, *row) for n, row in enumerate(rows)]
    turned = list(lines)
    chance.shuffle(turned)
    one = {found.line.number: found for found in pay_matching.match(lines, posts())}
    assert one == {found.line.number: found for found in pay_matching.match(turned, posts())}


@given(LINES)
def test_no_post_is_given_two_lines_without_asking(rows: list[tuple[str, str, str]]) -> None:
    found = pay_matching.match([SentLine(n, *row) for n, row in enumerate(rows)], posts())
    given_ = [(one.post, one.holder) for one in found if one.post is not None]
    assert len(given_) == len(set(given_))


@given(st.lists(st.tuples(LABELS, st.integers(-(10**7), 10**7)), max_size=8), st.integers(-(10**8), 10**8))
def test_totals_add_up_whatever_is_matched(rows: list[tuple[str, int]], stated: int) -> None:
    lines = [SentLine(n, label, figures=Figures(Money(pence))) for n, (label, pence) in enumerate(rows)]
    told = pay_in.reconcile(pay_matching.match(lines, posts()), Money(stated), None)
    assert (told.ours + told.others).pence == sum(pence for _, pence in rows)
    assert told.difference == Money(stated - sum(pence for _, pence in rows))


# ---- figures


def test_a_line_costs_its_total_or_what_its_amounts_come_to() -> None:
    assert pounds("4400", employer_ni="590.55").cost == Money.pounds("4990.55")
    assert pounds("4400", total="5000").cost == Money.pounds(5000)
    assert Figures().cost is None


def test_two_lines_for_one_post_are_added_amount_by_amount() -> None:
    both = pounds("4400", employer_ni="590").plus(pounds("100", fees="10"))
    assert both == pounds("4500", employer_ni="590", fees="10")


# ---- the month before


@pytest.mark.parametrize(
    ("now", "before", "difference"),
    [
        ("4400", "4400", Difference.SAME),
        ("4620", "4400", Difference.UP),
        ("4619.99", "4400", Difference.A_LITTLE),
        ("4180", "4400", Difference.DOWN),
        ("4180.01", "4400", Difference.A_LITTLE),
        ("0", "4400", Difference.DOWN),
        ("1", "0", Difference.UP),
    ],
)
def test_from_five_per_cent_on_pay_is_up_or_down(now: str, before: str, difference: Difference) -> None:
    assert pay_in.compare(pounds(now), pounds(before), 5).difference is difference


def test_only_what_both_months_state_is_compared() -> None:
    compared = pay_in.compare(pounds("4400"), pounds("4400", employer_ni="590"), 5)
    assert compared.difference is Difference.SAME
    assert pay_in.compare(pounds("4400"), pounds(total="5000"), 5).now == Money.pounds(4400)
    assert pay_in.compare(Figures(), pounds("1"), 5).difference is Difference.UNKNOWN


def test_a_line_is_new_or_gone() -> None:
    assert pay_in.compare(pounds("1"), None, 5).words == "new"
    assert pay_in.compare(None, pounds("1"), 5).words == "gone"


def test_a_difference_is_worded_with_its_amount_and_share() -> None:
    assert pay_in.compare(pounds("4840"), pounds("4400"), 5).words == "up: +£440.00, +10.0%"
    assert pay_in.compare(pounds("2200"), pounds("4400"), 5).words == "down: -£2,200.00, -50.0%"


# ---- the total


def reconciled(*lines: SentLine, stated: str | None, vat: str | None = None) -> str:
    matches = pay_matching.match(lines, posts())
    total = None if stated is None else Money.pounds(stated)
    return pay_in.reconcile(matches, total, None if vat is None else Money.pounds(vat)).words


OURS = SentLine(2, "Paramedic 1", figures=pounds("4000"))
THEIRS = SentLine(3, "Receptionist", figures=pounds("1000"))


def test_a_total_that_agrees_is_told_to_agree() -> None:
    assert reconciled(OURS, THEIRS, stated="5000") == (
        "The lines for our posts come to £4,000.00, those for no post of ours to £1,000.00. "
        "That is the total stated, £5,000.00."
    )


def test_a_total_that_differs_is_told_by_how_much() -> None:
    assert reconciled(OURS, stated="4100").endswith(
        "The total stated is £4,100.00: £100.00 more than the lines."
    )
    assert reconciled(OURS, stated="3900").endswith("£100.00 less than the lines.")


def test_vat_is_counted_before_a_total_is_compared() -> None:
    assert reconciled(OURS, stated="4800", vat="800").endswith("That is the total stated, £4,800.00.")


def test_without_a_stated_total_that_is_said() -> None:
    assert reconciled(OURS, stated=None) == "The lines for our posts come to £4,000.00. No total is stated."


# ---- what to look at


def told(*lines: SentLine, **fields: Any) -> list[str]:
    known = posts(**fields)
    matches = pay_matching.match(lines, known)
    found = pay_in.look_at(matches, {post.id: post for post in known}, EMPLOYER, OCTOBER)
    return [problem.sentence for problem in found[lines[0].number]]


def line(**fields: Any) -> SentLine:
    return SentLine(2, payroll_ref="100234", **{"figures": pounds("4400"), **fields})


def test_an_ordinary_line_has_nothing_to_look_at() -> None:
    assert told(line()) == []


def test_the_ni_of_a_gp_at_the_maximum_is_nothing_to_look_at() -> None:
    assert told(line(figures=pounds("9896.42", employer_ni="1421.94"))) == []


def test_absurd_pay_is_told_and_never_refused() -> None:
    assert told(line(figures=pounds("20000"))) == []
    assert told(line(figures=pounds("20000.01"))) == [
        "Its salary is more than £20,000.00 a month. Is that meant?"
    ]


def test_pay_of_less_than_nothing_is_told() -> None:
    assert told(line(figures=pounds("-1"))) == [
        "Its salary is less than nothing, so the pay of the post is left as it is."
    ]


def test_a_month_in_which_nobody_was_in_the_post_is_told() -> None:
    assert told(line(), held=False) == ["Nobody was in P-001 in October 2026, so its pay is left as it is."]


def test_a_line_for_a_post_of_another_employer_is_told() -> None:
    assert told(SentLine(2, payroll_ref="77", figures=pounds("1"))) == [
        "P-003 is entered under another employer."
    ]


def test_a_line_for_a_post_of_another_pcn_is_told() -> None:
    assert told(SentLine(2, "Dietitian 9", figures=pounds("1"))) == [
        "For no post in this file: another PCN's, or one not entered yet."
    ]


def test_amounts_that_do_not_come_to_their_total_are_told() -> None:
    assert told(line(figures=pounds("4400", employer_ni="590", total="5000"))) == [
        "Its amounts come to £4,990.00, its total says £5,000.00."
    ]


def test_other_hours_than_those_entered_are_told() -> None:
    assert told(line(hours=Hours.of(30)), hours=Hours.of("37.5")) == [
        "30 hours a week here, 37.5 in this file."
    ]


def test_a_line_without_an_amount_is_told() -> None:
    assert told(line(figures=Figures())) == ["It states no amount."]


def test_five_hundred_lines_each_find_their_post() -> None:
    many = [KnownPost(Id(n), f"P-{n:03}", f"Post {n}", {f"{n}": Id(n + 1_000)}) for n in range(1, 501)]
    lines = [SentLine(n, f"post {n}", f"{n}", figures=pounds("4400")) for n in range(1, 501)]
    found = pay_matching.match(lines, many)
    assert [one.post for one in found] == [post.id for post in many]
