"""The crosswalk from roles of the NWRS to ours: what is shipped, what is settled here, and what nobody knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nhsdesk import resources
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.workforce import CHECK_LINES, Crosswalk, RolesCounted, check_label, folded, is_director

SHIPPED = RolesCounted(resources.nwrs_roles())


def role_of(words: str, roles: RolesCounted = SHIPPED) -> Role | None:
    counted = roles.of(words)
    assert counted is not None, words
    return counted.role


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Pharmacist", Role.CLINICAL_PHARMACIST),
        ("Dietician", Role.DIETITIAN),
        ("dietitian", Role.DIETITIAN),
        ("Advanced Dietitian Practitioner", Role.ADVANCED_PRACTITIONER),
        ("Advanced Nurse Practitioner", Role.ADVANCED_PRACTITIONER),
        ("Trainee Nursing Associate", Role.STUDENT_NURSING_ASSOCIATE),
        ("Nursing Associate", Role.NURSING_ASSOCIATE),
        ("Apprentice – Physician Associate", Role.PHYSICIAN_ASSOCIATE),
        ("Therapist- Occupational Therapist", Role.OCCUPATIONAL_THERAPIST),
        ("Therapist - Occupational Therapist", Role.OCCUPATIONAL_THERAPIST),
        ("Applied Psychologist – Clinical (Mental Health Practitioner - Adult)", Role.MENTAL_HEALTH_ADULT),
        ("Applied Psychologist - Clinical (Mental Health Practitioner – Adult)", Role.MENTAL_HEALTH_ADULT),
        ("Therapist- Counsellor (Mental Health Practitioner - Adult)", Role.MENTAL_HEALTH_ADULT),
        (
            "Social Prescribing Link Worker (Mental Health Practitioner - Children and Young People)",
            Role.MENTAL_HEALTH_CYP,
        ),
        ("Social  prescribing\u00a0link worker", Role.LINK_WORKER),
        ("Salaried By PCN", Role.GP),
        ("GP Locum", None),
        ("Clinical Director – Medical", None),
        ("Receptionist", None),
    ],
)
def test_a_role_of_the_nwrs_counts_as(words: str, role: Role | None) -> None:
    assert role_of(words) is role


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Pharmacists",
        "Trainee Pharmacy Technician",
        "Therapist- Other",
        "Peer Support Worker",
        "*",
        "=1+1",
    ],
)
def test_a_role_that_nobody_settled_is_not_guessed(words: str) -> None:
    assert SHIPPED.of(words) is None


def test_what_is_settled_here_comes_before_what_is_shipped_and_the_last_word_counts() -> None:
    first = Crosswalk(nwrs_role="PHARMACIST", role=None)
    last = Crosswalk(nwrs_role="Pharmacist", role=Role.OTHER)
    roles = RolesCounted(resources.nwrs_roles(), (replace(last, id=Id(2)), replace(first, id=Id(1))))
    assert role_of("pharmacist", roles) is Role.OTHER
    assert len(roles.lines) == len(SHIPPED.lines)


def test_every_line_shipped_says_who_says_so_and_none_stands_twice() -> None:
    lines = resources.nwrs_roles()
    assert all(line.source.strip() for line in lines)
    assert len({folded(line.nwrs_role) for line in lines}) == len(lines)
    assert any("PRN02483" in line.source for line in lines)


def test_a_director_who_is_not_a_clinical_one_does_not_count_as_one() -> None:
    assert is_director("Clinical Director – Nurse")
    assert is_director("Medical Clinical Director (GP)")
    assert not is_director("Non-clinical Director")


def test_every_line_of_the_check_has_its_words() -> None:
    assert [check_label(name) for name in CHECK_LINES][:2] == [
        "Leavers are marked as left",
        "Starters are entered",
    ]
