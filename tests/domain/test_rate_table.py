"""A pasted Table 2: each title is the role it means in any year, or told; each figure new, the same, or a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk import resources
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rate_table import Judged, Standing, TableRow, TableTold, judge, role_titled
from nhsdesk.domain.rates import Rate, RateConfidence
from tests.factories import HOSTILE

APRIL = date(2026, 4, 1)
TOLD = TableTold(APRIL, date(2027, 3, 31), date(2026, 4, 30), "PRN02483, Table 2")
ON_FILE = tuple(replace(one, ref=f"RT-{n:03}") for n, one in enumerate(resources.rates(), 1))
NONE, OUTER, INNER = LondonZone.NONE, LondonZone.OUTER, LondonZone.INNER

SPECIFICATION = {
    "Clinical pharmacists": Role.CLINICAL_PHARMACIST,
    "Pharmacy technicians": Role.PHARMACY_TECHNICIAN,
    "Social prescribing link workers": Role.LINK_WORKER,
    "Health and wellbeing coaches": Role.HEALTH_COACH,
    "Care coordinators": Role.CARE_COORDINATOR,
    "Physician associates": Role.PHYSICIAN_ASSOCIATE,
    "physician assistants": Role.PHYSICIAN_ASSOCIATE,
    "First contact physiotherapists": Role.FIRST_CONTACT_PHYSIO,
    "Dietitians": Role.DIETITIAN,
    "Podiatrists": Role.PODIATRIST,
    "Occupational therapists": Role.OCCUPATIONAL_THERAPIST,
    "Community paramedics": Role.PARAMEDIC,
    "Paramedics": Role.PARAMEDIC,
    "Nursing associates": Role.NURSING_ASSOCIATE,
    "Student nursing associates": Role.STUDENT_NURSING_ASSOCIATE,
    "Trainee nursing associates": Role.STUDENT_NURSING_ASSOCIATE,
    "Advanced practitioners": Role.ADVANCED_PRACTITIONER,
    "General practice assistants": Role.GP_ASSISTANT,
    "Digital and transformation leads": Role.DIGITAL_LEAD,
    "Enhanced practice nurses": Role.ENHANCED_NURSE,
    "General medical practitioners": Role.GP,
    "Healthcare support workers": Role.HEALTHCARE_SUPPORT_WORKER,
    "New to general practice nurses": Role.NEW_NURSE,
    "Experienced general practice nurses": Role.EXPERIENCED_NURSE,
    "Consultant nurse (primary care)": Role.CONSULTANT_NURSE,
    "Health & Wellbeing Coach": Role.HEALTH_COACH,
    "Care co-ordinator (band 4)": Role.CARE_COORDINATOR,
    "CLINICAL PHARMACIST 1": Role.CLINICAL_PHARMACIST,
    "Advanced practitioner - Band 8a": Role.ADVANCED_PRACTITIONER,
    "SPLW": Role.LINK_WORKER,
}


@pytest.mark.parametrize(("title", "role"), SPECIFICATION.items())
def test_a_title_of_any_year_is_the_role_it_means(title: str, role: Role) -> None:
    assert role_titled(title) is role


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OTHER])
def test_our_own_titles_are_known_too(role: Role) -> None:
    assert role_titled(role.words) is role
    assert role_titled(f"  {role.words.upper()} ") is role


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Apprentice physician assistants", "a maximum of its own"),
        ("Mental health practitioners", "Tables 3a and 3b"),
        ("Clinical Director", "no role this program knows"),
        ("", "no role this program knows"),
        *((words, "no role this program knows") for words in HOSTILE),
    ],
)
def test_a_title_that_means_no_role_of_ours_is_told_and_never_guessed(title: str, words: str) -> None:
    told = role_titled(title)
    assert isinstance(told, Problem)
    assert words in told.sentence
    assert len(told.sentence) < 300


@given(st.text(max_size=40))
def test_any_words_are_a_role_or_a_sentence(words: str) -> None:
    assert isinstance(role_titled(words), Role | Problem)


def judged(
    *rows: tuple[str, dict[LondonZone, str]], on_file: tuple[Rate, ...] = ON_FILE, told: TableTold = TOLD
) -> list[Judged]:
    read = [
        TableRow(n, title, {zone: Money.pounds(amount) for zone, amount in amounts.items()})
        for n, (title, amounts) in enumerate(rows, 2)
    ]
    return list(judge(read, told, on_file, resources.pay_levels()))


def test_a_figure_is_new_the_same_or_a_change_of_what_is_on_file() -> None:
    found = judged(
        ("Clinical pharmacists", {NONE: "71725", OUTER: "79674"}),
        ("Care coordinators", {NONE: "38800"}),
        ("Anaesthetists", {NONE: "1"}),
    )
    assert [one.standing for one in found] == [
        Standing.SAME,
        Standing.NEW,
        Standing.CHANGES,
        Standing.NOT_RECOGNISED,
    ]
    assert found[2].on_file is not None
    assert found[2].on_file.annual == Money.pounds(38_739)
    assert [one.takes for one in found] == [False, True, True, False]


def test_what_is_pasted_is_typed_and_not_confirmed_with_its_source_and_days() -> None:
    (one,) = judged(("Podiatrists", {NONE: "69515"}))
    assert one.rate is not None
    assert one.rate.confidence is RateConfidence.TYPED
    assert (one.rate.source, one.rate.published_on, one.rate.valid_to) == (
        "PRN02483, Table 2",
        date(2026, 4, 30),
        date(2027, 3, 31),
    )


def test_a_digit_slipped_is_asked_about_beside_the_other_figures_of_the_table() -> None:
    found = judged(("Dietitians", {NONE: "69515"}), ("Podiatrists", {NONE: "65915"}))
    assert all(one.told for one in found)
    assert "of the same indicative band" in found[1].told[0].sentence
    assert all(one.takes for one in found), "it warns and refuses nothing"


def test_a_figure_that_puts_a_slip_right_is_not_asked_about_because_of_the_slip() -> None:
    slip = replace(ON_FILE[0], role=Role.CARE_COORDINATOR, zone=NONE, annual=Money.pounds(83_739),
                   valid_from=APRIL, valid_to=None, published_on=date(2026, 4, 30))  # fmt: skip
    (one,) = judged(("Care coordinators", {NONE: "38739"}), on_file=(slip,))
    assert (one.standing, one.told) == (Standing.CHANGES, ())


def test_a_role_twice_with_one_figure_counts_once_and_with_two_not_at_all() -> None:
    once = judged(("Podiatrists", {NONE: "69515"}), ("Podiatrist", {NONE: "69515"}))
    assert [one.row for one in once] == [2]
    twice = judged(("Podiatrists", {NONE: "69515"}), ("Podiatrist", {NONE: "69615"}))
    assert [one.standing for one in twice] == [Standing.REFUSED, Standing.REFUSED]
    assert "Rows 2, 3 give this role different maxima." in twice[0].told[0].sentence


@pytest.mark.parametrize("amount", ["0", "-71725"])
def test_nought_and_less_are_no_maximum(amount: str) -> None:
    (one,) = judged(("Podiatrists", {NONE: amount}))
    assert one.standing is Standing.REFUSED
    assert not one.takes


def test_a_local_variation_is_compared_with_ours_only_and_not_with_the_table() -> None:
    told = replace(TOLD, network=Id(7))
    (one,) = judged(("Clinical pharmacists", {NONE: "90000"}), told=told)
    assert (one.standing, one.told) == (Standing.NEW, ())
    assert one.rate is not None
    assert one.rate.network == Id(7)


def test_a_successor_that_was_missing_is_new() -> None:
    told = TableTold(date(2025, 4, 1), date(2026, 3, 31), date(2025, 8, 1), "PRN02067, Table 2")
    (one,) = judged(("Clinical pharmacists", {NONE: "69409"}), told=told)
    assert (one.standing, one.told) == (Standing.NEW, ())
