"""What is typed into the portal is in its order, and plain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import portal
from nhsdesk.domain.arrs import Post, Role
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.portal import PortalField

PHARMACIST = Post(role=Role.CLINICAL_PHARMACIST, starts=date(2026, 9, 14), training_met=True)


OCTOBER = Month(2026, 10)


def fields(post: Post, month: Month = OCTOBER) -> dict[str, str]:
    found = portal.fields(
        post,
        "Clinical Pharmacist 1",
        month,
        Hours.of("22.5"),
        Money(440_000),
        Money(59_745),
        Money(63_272),
        Money(100),
    )
    return {one.label: one.value for one in found}


def test_a_posts_fields_are_plain_and_in_the_portals_order() -> None:
    assert list(fields(PHARMACIST).items()) == [
        ("Role", "Clinical pharmacist"),
        ("Employee", "Clinical Pharmacist 1"),
        ("Start date", "14/09/2026"),
        ("Leave date", ""),
        ("Hours worked per week", "22.5"),
        ("Monthly salary", "4400.00"),
        ("Monthly employer's NI", "597.45"),
        ("Monthly employer's pension", "632.72"),
        ("Meets training requirements", "Yes"),
    ]


def test_the_leave_date_is_given_only_in_the_month_of_leaving() -> None:
    leaver = replace(PHARMACIST, ends=date(2026, 10, 20))
    assert fields(leaver)["Leave date"] == "20/10/2026"
    assert fields(leaver, Month(2026, 11))["Leave date"] == ""


def test_only_link_workers_have_fees() -> None:
    assert "Monthly fees" not in fields(PHARMACIST)
    assert fields(replace(PHARMACIST, role=Role.LINK_WORKER))["Monthly fees"] == "1.00"


def test_an_unmet_training_requirement_comes_with_its_reason() -> None:
    unmet = replace(PHARMACIST, training_met=False, training_reason="Enrols in January")
    assert fields(unmet)["Meets training requirements"] == "No"
    assert fields(unmet)["Reasons training not met"] == "Enrols in January"
    assert fields(replace(PHARMACIST, training_met=None))["Meets training requirements"] == ""


@pytest.mark.parametrize(
    ("hours", "typed"), [("37.5", "37.5"), ("30", "30"), ("16:40", "16.67"), ("0", "0"), ("22.05", "22.05")]
)
def test_hours_have_no_more_than_two_places(hours: str, typed: str) -> None:
    whole, colon, minutes = hours.partition(":")
    held = Hours(int(whole) * 3600 + int(minutes) * 60) if colon else Hours.of(hours)
    assert portal.plain_hours(held) == typed


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_no_figure_has_a_comma_or_a_sign_of_a_currency(pence: int, seconds: int) -> None:
    for words in (portal.plain_money(Money(pence)), portal.plain_hours(Hours(seconds))):
        assert set(words) <= set("0123456789.")
    assert portal.plain_money(Money(pence)).partition(".")[2] == f"{pence % 100:02}"


def test_a_field_is_a_label_and_a_value() -> None:
    assert PortalField("Role", "GP") == PortalField(label="Role", value="GP")
