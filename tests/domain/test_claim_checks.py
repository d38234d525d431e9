"""Whatever is odd about a month's claim is said in a sentence, beside the post it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import claim_checks
from nhsdesk.domain.arrs import (
    Assignment,
    Funder,
    Holder,
    OtherFunding,
    Pay,
    Post,
    PostEvidence,
    Role,
    Stage,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight

OCTOBER = Month(2026, 10)
APRIL = date(2026, 4, 1)
SOUND = Post(
    id=Id(1), ref="P-001", role=Role.CARE_COORDINATOR, starts=APRIL, additionality="More than in 2019"
)
HELD = Assignment(id=Id(2), ref="AS-001", post=Id(1), holder=Id(9), hours=Hours.of(30), starts=APRIL)
PAID = Pay(ref="PY-001", post=Id(1), starts=APRIL, salary=Money(270_000))
SOMEBODY = Holder(id=Id(9), ref="H-001", name="Ann Archer")


def sentences(found: Iterable[Problem]) -> list[str]:
    return [one.sentence for one in found]


def of_post(post: Post, *assigned: Assignment, paid: tuple[Pay, ...] = (PAID,)) -> list[Problem]:
    return list(claim_checks.of_post(post, assigned or (HELD,), paid, OCTOBER))


def test_a_post_with_all_it_needs_has_nothing_to_say() -> None:
    assert of_post(SOUND) == []


@pytest.mark.parametrize("stage", [Stage.ENDED, Stage.VACANT])
def test_a_leaver_without_an_end_date_stops_the_claim(stage: Stage) -> None:
    (found,) = of_post(replace(SOUND, stage=stage))
    assert found.weight is Weight.MUST_FIX
    assert (found.kind, found.record, found.field) == ("post", 1, "ends")
    assert found.sentence.startswith(f"P-001 Care coordinator: it is marked as {stage.value}")
    assert of_post(replace(SOUND, stage=stage), replace(HELD, ends=date(2026, 10, 2))) == []
    assert of_post(replace(SOUND, stage=stage, ends=date(2026, 10, 2))) == []


def test_an_end_before_the_start_stops_the_claim() -> None:
    (found,) = of_post(replace(SOUND, ends=date(2026, 3, 31)))
    assert found.weight is Weight.MUST_FIX
    assert "ends on 31 March 2026, before it starts" in found.sentence


def test_hours_dated_before_the_post_starts_are_asked_about() -> None:
    (found,) = of_post(SOUND, replace(HELD, starts=date(2026, 3, 31)))
    assert "AS-001 begins on 31 March 2026, before the post starts on 1 April 2026" in found.sentence


@pytest.mark.parametrize(("salary", "told"), [(2_000_000, 0), (2_000_001, 1), (100_000_000, 1), (-1, 1)])
def test_absurd_pay_is_asked_about_and_a_london_gps_is_not(salary: int, told: int) -> None:
    assert len(of_post(SOUND, paid=(replace(PAID, salary=Money(salary)),))) == told


def test_pay_of_another_month_is_not_asked_about() -> None:
    long_ago = replace(PAID, salary=Money(10**9), ends=date(2026, 9, 30))
    to_come = replace(PAID, salary=Money(10**9), starts=date(2026, 11, 1))
    assert of_post(SOUND, paid=(long_ago, to_come)) == []


def test_additionality_that_nobody_stated_must_be_acknowledged() -> None:
    (found,) = of_post(replace(SOUND, additionality=None))
    assert (found.weight, found.field) == (Weight.ACKNOWLEDGE, "additionality")


def test_a_pharmacist_without_word_of_training_is_asked_about() -> None:
    pharmacist = replace(SOUND, role=Role.CLINICAL_PHARMACIST)
    assert [one.field for one in of_post(pharmacist)] == ["training_met"]
    assert of_post(replace(pharmacist, training_met=True)) == []
    assert of_post(replace(pharmacist, training_met=False, training_reason="Enrols in January")) == []


def test_work_outside_our_practices_names_what_is_lacking() -> None:
    (found,) = of_post(replace(SOUND, outside=True, outside_supervision="The lead GP"))
    assert "without approval or indemnity on file" in found.sentence


def test_neighbourhood_work_that_nobody_approved_is_told_and_stops_nothing() -> None:
    (found,) = of_post(replace(SOUND, neighbourhood_planned=Decimal(20)))
    assert found.weight is Weight.NOTE


# ---- the month


@pytest.mark.parametrize(
    ("month", "weight"),
    [
        (Month(2019, 6), Weight.MUST_FIX),
        (Month(2019, 7), None),
        (Month(2026, 10), None),
        (Month(2026, 11), Weight.ACKNOWLEDGE),
        (Month(2026, 12), Weight.MUST_FIX),
    ],
)
def test_a_month_before_the_scheme_or_to_come_cannot_be_claimed(month: Month, weight: Weight | None) -> None:
    found = list(claim_checks.of_month(month, date(2026, 11, 20), back_months=0))
    assert [one.weight for one in found] == ([] if weight is None else [weight])


def test_the_last_day_of_a_month_is_still_that_month() -> None:
    assert [one.weight for one in claim_checks.of_month(OCTOBER, date(2026, 10, 31), 0)] == [
        Weight.ACKNOWLEDGE
    ]
    assert list(claim_checks.of_month(OCTOBER, date(2026, 11, 1), 0)) == []


def test_a_claim_too_late_for_the_icb_must_be_acknowledged() -> None:
    on = date(2026, 11, 20)
    assert list(claim_checks.of_month(Month(2026, 7), on, 3)) == []
    (found,) = claim_checks.of_month(Month(2026, 6), on, 3)
    assert "further back than the 3 months" in found.sentence


# ---- evidence, other money, people


def test_papers_that_nobody_has_seen_are_named() -> None:
    seen = PostEvidence(post=Id(1), what="Signed contract", seen_on=APRIL)
    (found,) = claim_checks.of_evidence(SOUND, ("contract", "payslip"), (seen,), OCTOBER)
    assert found.sentence == "P-001 Care coordinator: no payslip has been seen."
    unseen = replace(seen, seen_on=None)
    assert "no contract" in sentences(claim_checks.of_evidence(SOUND, ("contract",), (unseen,), OCTOBER))[0]


def test_a_paper_that_ran_out_before_the_month_was_over_does_not_count() -> None:
    seen = PostEvidence(post=Id(1), what="contract", seen_on=APRIL, expires=date(2026, 10, 30))
    assert len(list(claim_checks.of_evidence(SOUND, ("contract",), (seen,), OCTOBER))) == 1
    lasting = replace(seen, expires=date(2026, 10, 31))
    assert list(claim_checks.of_evidence(SOUND, ("contract",), (lasting,), OCTOBER)) == []


def test_a_post_paid_for_more_than_whole_stops_the_claim() -> None:
    grant = OtherFunding(post=Id(1), funder=Funder.GRANT, share=Decimal(50), starts=APRIL)
    assert list(claim_checks.of_funding(SOUND, Decimal(50), (grant,), OCTOBER)) == []
    (found,) = claim_checks.of_funding(SOUND, Decimal(100), (grant,), OCTOBER)
    assert found.weight is Weight.MUST_FIX
    assert "(grant 50%) it is paid for to 150% of its cost" in found.sentence
    over = replace(grant, ends=date(2026, 9, 30))
    assert list(claim_checks.of_funding(SOUND, Decimal(100), (over,), OCTOBER)) == []


def people(*assigned: Assignment, holder: Holder = SOMEBODY) -> list[Problem]:
    posts = {Id(1): SOUND, Id(3): replace(SOUND, id=Id(3), ref="P-003", role=Role.GP)}
    return list(claim_checks.of_people(OCTOBER, assigned, posts, {holder.id: holder}))


def test_one_person_over_a_whole_time_equivalent_is_told_without_the_name() -> None:
    second = replace(HELD, id=Id(4), post=Id(3), hours=Hours.of("7.75"))
    (found,) = people(HELD, second)
    assert found.sentence == "H-001 has 37.75 hours a week in P-001, P-003, which is more than 1.0 WTE."
    assert "Ann" not in found.sentence
    assert people(HELD, replace(second, hours=Hours.of("7.5"))) == []


def test_posts_held_one_after_the_other_are_not_added_up() -> None:
    first = replace(HELD, hours=Hours.of("37.5"), ends=date(2026, 10, 14))
    second = replace(HELD, id=Id(4), post=Id(3), hours=Hours.of("37.5"), starts=date(2026, 10, 15))
    assert people(first, second) == []
    assert len(people(replace(first, ends=date(2026, 10, 15)), second)) == 1


def test_a_gp_who_is_also_on_the_practices_scheme_stops_the_claim() -> None:
    both = replace(SOMEBODY, on_practice_scheme=True)
    (found,) = people(replace(HELD, post=Id(3)), holder=both)
    assert found.weight is Weight.MUST_FIX
    assert "practices' own GP scheme" in found.sentence
    assert people(HELD, holder=both) == []  # a care coordinator cannot be on it


@given(st.permutations([0, 1, 2]), st.lists(st.integers(0, 50), min_size=3, max_size=3))
def test_the_order_of_hours_does_not_matter(order: list[int], hours: list[int]) -> None:
    held = [
        replace(HELD, id=Id(10 + n), hours=Hours.of(hours[n]), starts=date(2026, 9 + n, 1)) for n in range(3)
    ]
    assert sentences(people(*held)) == sentences(people(*[held[n] for n in order]))
