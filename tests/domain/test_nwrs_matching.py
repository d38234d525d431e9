"""Our posts beside the rows of the workforce return, and what is not as it should be."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours
from nhsdesk.domain.nwrs_matching import By, Finding, OurStaff, Pairing, reconcile
from nhsdesk.domain.workforce import Crosswalk, NwrsRow, RolesCounted
from tests.examples import examples

ON = date(2026, 11, 30)
LONG_AGO = date(2025, 4, 1)
ROLES = RolesCounted(resources.nwrs_roles())


def staff(post: str, hours: str = "37.5", role: Role = Role.CLINICAL_PHARMACIST, **fields: Any) -> OurStaff:
    fields.setdefault("starts", LONG_AGO)
    return OurStaff(post, Id(int(post[2:])), post, role, Hours.of(hours), **fields)


def row(identifier: str = "", hours: str | None = "37.5", role: str = "Pharmacist", **fields: Any) -> NwrsRow:
    contracted = None if hours is None else Hours.of(hours)
    return NwrsRow(identifier, "Other Direct Patient Care staff", "", role, contracted, None, **fields)


def found(ours: list[OurStaff], rows: list[NwrsRow], roles: RolesCounted = ROLES) -> tuple[Pairing, ...]:
    return reconcile(ours, rows, roles, ON)


def told(pairings: tuple[Pairing, ...]) -> list[tuple[str, tuple[Finding, ...]]]:
    return [(one.ours.post if one.ours else "", one.findings) for one in pairings]


def test_nothing_beside_nothing_finds_nothing() -> None:
    assert found([], []) == ()


def test_a_post_and_a_row_of_one_role_and_hours_agree() -> None:
    (one,) = found([staff("P-001")], [row("9")])
    assert one.agrees
    assert one.sure
    assert one.by is By.ROLE_AND_HOURS


def test_an_identifier_noted_on_the_post_decides_before_role_and_hours() -> None:
    ours = [staff("P-001", nwrs_ref=" 9 "), staff("P-002")]
    pairs = found(ours, [row("8"), row("9", "30")])
    assert told(pairs) == [("P-001", (Finding.HOURS,)), ("P-002", ())]
    assert pairs[0].by is By.IDENTIFIER
    assert pairs[0].sure


@pytest.mark.parametrize(("hours", "differ"), [("37.49", False), ("37.51", False), ("37.48", True)])
def test_hours_agree_within_a_hundredth_of_an_hour(hours: str, *, differ: bool) -> None:
    (one,) = found([staff("P-001")], [row("9", hours)])
    assert (Finding.HOURS in one.findings) is differ


def test_of_three_posts_alike_and_two_rows_it_is_not_claimed_which_is_missing() -> None:
    pairs = found([staff("P-001"), staff("P-002"), staff("P-003")], [row("8"), row("9")])
    assert [one.agrees for one in pairs] == [False, False, False]
    assert {one.posts_meant for one in pairs} == {("P-001", "P-002", "P-003")}
    assert Counter(one.findings for one in pairs) == {(): 2, (Finding.MISSING_THERE,): 1}


def test_of_two_posts_alike_and_three_rows_both_agree_and_one_row_of_three_has_no_post() -> None:
    pairs = found([staff("P-001"), staff("P-002")], [row("7"), row("8"), row("9")])
    assert [one.agrees for one in pairs] == [True, True, False]
    assert pairs[2].findings == (Finding.MISSING_HERE,)
    assert pairs[2].rows_meant == 3


def test_hours_that_agree_are_paired_before_the_nearest_of_the_rest() -> None:
    ours = [staff("P-001", "30"), staff("P-002", "37.5")]
    pairs = found(ours, [row("8", "37.5"), row("9", "22.5")])
    assert told(pairs) == [("P-001", (Finding.HOURS,)), ("P-002", ())]


def test_a_role_that_differs_is_told_where_the_identifier_is_known_and_never_guessed_otherwise() -> None:
    other = row("9", role="Pharmacy Technician")
    assert told(found([staff("P-001", nwrs_ref="9")], [other])) == [("P-001", (Finding.ROLE,))]
    assert told(found([staff("P-001")], [other])) == [
        ("P-001", (Finding.MISSING_THERE,)),
        ("", (Finding.MISSING_HERE,)),
    ]


def test_a_role_that_nobody_settled_is_told_and_paired_with_nothing() -> None:
    pairs = found([staff("P-001")], [row("9", role="Space Pharmacist")])
    assert told(pairs) == [("P-001", (Finding.MISSING_THERE,)), ("", (Finding.UNKNOWN_ROLE,))]
    roles = RolesCounted(
        resources.nwrs_roles(),
        [Crosswalk(nwrs_role="space  pharmacist", role=Role.CLINICAL_PHARMACIST)],
    )
    assert found([staff("P-001")], [row("9", role="Space Pharmacist")], roles)[0].agrees


def test_staff_that_the_scheme_does_not_pay_are_passed_over() -> None:
    assert found([], [row("9", role="Clinical Director – Medical"), row("8", role="Receptionist")]) == ()


def test_a_leaver_still_listed_is_named_by_identifier_or_held_to_be_likely_by_role_and_hours() -> None:
    left = date(2026, 8, 21)
    by_identifier = found([staff("P-021", ends=left, nwrs_ref="9")], [row("9")])
    assert told(by_identifier) == [("P-021", (Finding.LEAVER,))]
    likely = found([staff("P-021", ends=left), staff("P-022", ends=left)], [row("9")])
    assert told(likely)[0][1] == (Finding.LEAVER,)
    assert likely[0].posts_meant == ("P-021", "P-022")


def test_a_leaver_marked_as_left_asks_for_nothing() -> None:
    gone = staff("P-021", ends=date(2026, 8, 21), nwrs_ref="9")
    assert found([gone], [row("9", still_here=False)]) == ()
    assert found([gone], [row("9", left=date(2026, 8, 21))]) == ()


def test_somebody_who_works_until_the_last_day_of_the_month_is_in_post_on_it() -> None:
    (one,) = found([staff("P-001", ends=ON, nwrs_ref="9")], [row("9", left=ON)])
    assert one.agrees


def test_somebody_marked_as_left_who_is_in_post_is_told() -> None:
    assert told(found([staff("P-001", nwrs_ref="9")], [row("9", still_here=False)])) == [
        ("P-001", (Finding.MARKED_LEFT,))
    ]


def test_a_starter_of_this_month_or_the_last_is_not_yet_entered() -> None:
    recent, earlier = staff("P-001", starts=date(2026, 10, 5)), staff("P-002", starts=date(2026, 9, 30))
    assert told(found([recent, earlier], [])) == [
        ("P-001", (Finding.STARTER,)),
        ("P-002", (Finding.MISSING_THERE,)),
    ]


def test_somebody_who_starts_after_the_day_is_not_looked_for() -> None:
    assert found([staff("P-001", starts=date(2026, 12, 1))], []) == ()


def test_a_record_in_progress_is_there_but_does_not_count() -> None:
    (one,) = found([staff("P-001")], [row("9", status="In progress")])
    assert one.findings == (Finding.IN_PROGRESS,)
    assert found([staff("P-001")], [row("9", status=" SUBMITTED ")])[0].agrees


def test_a_contracted_service_stands_for_a_post_of_its_role_and_hours() -> None:
    service = row(role="Physiotherapist", hours="18.75", service=True)
    (one,) = found([staff("P-009", "18.75", Role.FIRST_CONTACT_PHYSIO)], [service])
    assert one.agrees
    assert told(found([], [service])) == [("", (Finding.SERVICE_HERE,))]


def test_two_posts_that_share_one_person_take_the_rows_of_their_roles() -> None:
    ours = [
        staff("P-001", "15", nwrs_ref="9"),
        staff("P-002", "15", Role.ADVANCED_PRACTITIONER, nwrs_ref="9"),
    ]
    rows = [row("9", "15", "Advanced Pharmacist Practitioner"), row("9", "15")]
    assert told(found(ours, rows)) == [("P-001", ()), ("P-002", ())]


def test_average_hours_count_where_contracted_ones_are_not_given() -> None:
    average = NwrsRow("9", "", "", "Pharmacist", None, Hours.of("37.5"))
    nought = NwrsRow("9", "", "", "Pharmacist", Hours(), Hours.of("37.5"))
    both = NwrsRow("9", "", "", "Pharmacist", Hours.of("30"), Hours.of("37.5"))
    assert [str(one.wte) for one in (average, nought, both)] == ["1.0000", "1.0000", "0.8000"]
    assert found([staff("P-001")], [NwrsRow("9", "", "", "Pharmacist", None, None)])[0].findings == (
        Finding.HOURS,
    )


def test_an_identifier_that_is_another_is_told_beside_the_likely_row() -> None:
    assert told(found([staff("P-001", nwrs_ref="1")], [row("9")])) == [("P-001", (Finding.IDENTIFIER,))]


def test_a_row_of_other_hours_may_be_that_of_somebody_who_left() -> None:
    ours = [staff("P-020", "30"), staff("P-021", ends=date(2026, 8, 21))]
    (one,) = found(ours, [row("9")])
    assert one.findings == (Finding.HOURS,)
    assert one.posts_meant == ("P-020", "P-021")


HOURS = st.sampled_from(["7.5", "22.5", "30", "30.01", "37.5"])
OUR_ROLES = st.sampled_from([Role.CLINICAL_PHARMACIST, Role.CARE_COORDINATOR])
REFS = st.sampled_from(["", "1", "2", "3"])
DAYS = st.sampled_from([None, date(2026, 10, 31), date(2027, 1, 4)])
STAFF = st.lists(
    st.builds(lambda hours, role, ref, ends: (hours, role, ref, ends), HOURS, OUR_ROLES, REFS, DAYS),
    max_size=7,
).map(
    lambda every: [
        staff(f"P-{n:03}", hours, role, nwrs_ref=ref, ends=ends)
        for n, (hours, role, ref, ends) in enumerate(every, 1)
    ]
)
ROWS = st.lists(
    st.builds(
        row,
        REFS,
        st.one_of(st.none(), HOURS),
        st.sampled_from(["Pharmacist", "Care Coordinator", "Unheard of"]),
        still_here=st.sampled_from([None, True, False]),
        service=st.booleans(),
        status=st.sampled_from(["", "Submitted", "In progress"]),
    ),
    max_size=7,
)


@settings(max_examples=examples(25, 250))
@given(STAFF, ROWS, st.randoms(use_true_random=False))
def test_each_post_and_row_is_used_at_most_once_and_the_order_does_not_matter(
    ours: list[OurStaff], rows: list[NwrsRow], chance: random.Random
) -> None:
    pairs = found(ours, rows)
    posts = Counter(one.ours for one in pairs if one.ours is not None)
    used = Counter(one.row for one in pairs if one.row is not None)
    assert all(times == 1 for times in posts.values())
    assert all(times <= Counter(rows)[one] for one, times in used.items())
    in_post = {one for one in ours if one.in_post(ON)}
    assert in_post <= set(posts)
    shuffled, dealt = list(ours), list(rows)
    chance.shuffle(shuffled)
    chance.shuffle(dealt)
    assert found(shuffled, dealt) == pairs


@settings(max_examples=examples(25, 250))
@given(STAFF, ROWS)
def test_a_pairing_is_called_sure_only_where_nothing_else_could_be_meant(
    ours: list[OurStaff], rows: list[NwrsRow]
) -> None:
    for one in found(ours, rows):
        if one.by is By.ROLE_AND_HOURS and one.sure and one.row is not None and one.ours is not None:
            seconds = one.ours.hours.seconds
            twins = [
                other
                for other in rows
                if other.role_words == one.row.role_words
                and other.listed(ON)
                and other.hours is not None
                and abs(other.hours.seconds - seconds) <= 36
                and (
                    other
                    is one.row  # an identifier that stands on two rows claims neither of them for itself
                    or not any(mine.nwrs_ref and mine.nwrs_ref == other.identifier for mine in ours)
                )
            ]
            assert len(twins) == 1


@pytest.mark.parametrize("rows", [0, 1, 10_000])
def test_forty_posts_are_laid_beside_any_number_of_rows_in_a_moment(rows: int) -> None:
    ours = [staff(f"P-{n:03}", f"{n}.25") for n in range(1, 41)]
    theirs = [row(str(n), f"{n % 37}.5") for n in range(rows)]
    began = perf_counter()
    pairs = found(ours, theirs)
    assert len([one for one in pairs if one.ours is not None]) == 40
    assert perf_counter() - began < 3
