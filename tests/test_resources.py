"""The data that come with the program can be read, and say where they are from."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from nhsdesk import resources
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.glossary import Found
from nhsdesk.domain.glossary_lookup import Glossary
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.rates import RateConfidence
from nhsdesk.imports import practice_map


def test_every_maximum_has_a_source_and_none_is_called_confirmed() -> None:
    known = resources.rates()
    assert len(known) == 76
    assert all(rate.source.strip() and rate.annual.pence > 0 for rate in known)
    assert RateConfidence.CONFIRMED not in {rate.confidence for rate in known}


@pytest.mark.parametrize(
    ("role", "zone", "day", "pounds"),
    [
        (Role.CLINICAL_PHARMACIST, LondonZone.NONE, date(2026, 10, 1), 71725),
        (Role.CARE_COORDINATOR, LondonZone.NONE, date(2026, 10, 1), 38739),
        (Role.GP, LondonZone.INNER, date(2026, 10, 1), 155698),
        (Role.GP, LondonZone.OUTER, date(2026, 10, 1), 155698),
        (Role.CLINICAL_PHARMACIST, LondonZone.NONE, date(2024, 9, 30), 62340),
        (Role.CLINICAL_PHARMACIST, LondonZone.OUTER, date(2024, 12, 1), 73189),
    ],
)
def test_maxima_of_the_dossier_are_among_them(role: Role, zone: LondonZone, day: date, pounds: int) -> None:
    found = {
        rate.annual.pence
        for rate in resources.rates()
        if rate.role is role and rate.zone is zone and rate.valid_from <= day <= (rate.valid_to or date.max)
    }
    assert pounds * 100 in found


def test_no_maximum_ends_before_it_begins() -> None:
    assert all(rate.valid_to is None or rate.valid_from <= rate.valid_to for rate in resources.rates())


def test_on_costs_follow_each_other_without_a_gap() -> None:
    held = sorted(resources.on_costs(), key=lambda one: one.starts)
    assert held[-1].ends is None
    for earlier, later in pairwise(held):
        assert earlier.ends is not None
        assert (later.starts - earlier.ends).days == 1


def test_bank_holidays_are_weekdays_and_christmas_is_among_them() -> None:
    held = resources.bank_holidays()
    assert all(day.weekday() < 5 for day in held)
    assert {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)} <= held


def test_the_abbreviations_of_the_field_are_told_with_where_they_are_from() -> None:
    terms = resources.glossary()
    assert len(terms) >= 122
    assert len({term.name.casefold() for term in terms}) == len(terms)
    for term in terms:
        assert term.source, term.name
        assert term.meaning.endswith("."), term.name
        assert term.meaning.count(". ") == 0, f"{term.name}: more than one sentence"
        assert term.expansion or term.found is not Found.EXACT or term.name == "Case for Change", term.name
        assert not (term.used_from and term.used_to) or term.used_from.first < term.used_to.last, term.name
        assert term.used or not (term.used_from or term.used_to), term.name


def test_what_a_term_became_says_that_it_came_after_it() -> None:
    known = Glossary(resources.glossary())
    for term in known.terms:
        for link in term.became:
            follower = known.named(link.name)
            if follower is not None and not (follower.name == "IHO" or link.unsure):
                back = [(one.name, one.matter, one.policy) for one in follower.came_after]
                assert (term.name, link.matter, link.policy) in back, f"{term.name} became {link.name}"


def test_words_of_every_day_are_not_taken_for_terms() -> None:
    known = Glossary(resources.glossary())
    for word in ("place", "Place", "system", "Region", "host", "three shifts"):
        assert known.find(f"the {word} of it") == ()
        assert known.named(word) is not None


@pytest.mark.parametrize(
    "name",
    [
        "PCT", "ICP (2018)", "ICP (2022)", "STP (plan)", "STP (partnership)", "ICS NHS Body",
        "Health and wellbeing board",
        "10 Year Health Plan", "Integrator", "Host", "Hub", "Same-day access hub", "LVA", "SNP", "MNP", "IHO", "A&G",
        "e-RS", "Elective SPoA", "UEC SPoA", "VCSE", "VCFSE", "BAF", "London Care Record", "Healthwatch", "ODS code",
    ],
)  # fmt: skip
def test_a_term_of_the_field_is_known(name: str) -> None:
    assert name in {term.name for term in resources.glossary()}


def test_the_sample_names_only_what_it_lists() -> None:
    told = resources.sample()
    people = {row["ref"] for row in told["roles"]}
    practices = {row["ref"] for row in told["practices"]}
    assert {row["owner"] for row in told["actions"]} <= people
    assert {row["practice"] for row in told["requests"]} <= practices
    assert {row["commitment"] for row in told["actions"] if "commitment" in row} <= {
        row["ref"] for row in told["commitments"]
    }


def test_the_samples_own_practices_are_in_the_layout_of_the_published_file() -> None:
    read = practice_map.read(resources.sample_practice_map())
    assert len(read.rows) == 6
    assert {group for _, group, _ in read.rows} == {resources.sample()["network"]["code"]}


@pytest.mark.parametrize(
    ("place", "host", "partners", "gp_provider"),
    [
        (
            "Bexley", "Oxleas NHS Foundation Trust",
            ("The council", "Bexley Health Neighbourhood CiC", "PCNs (named only as a sector)"),
            "Yes: Bexley Health Neighbourhood CiC",
        ),
        (
            "Lambeth", "Guy's and St Thomas' NHS Foundation Trust", ("Lambeth General Practice Provider Alliance",),
            "Yes: Lambeth General Practice Provider Alliance",
        ),
        (
            "Lewisham", "Lewisham and Greenwich NHS Trust",
            ("The council", "primary care (named only as a sector)", "South London and Maudsley", "voluntary"),
            "No. Named only as a sector: primary care, voluntary and community sector",
        ),
        (
            "Southwark", "Guy's and St Thomas' NHS Foundation Trust", ("Improving Health Ltd", "Quay Health Solutions"),
            "Yes: Improving Health Ltd, Quay Health Solutions",
        ),
    ],
)  # fmt: skip
def test_arrangements_elsewhere_name_host_and_partners_as_the_article_told_them(
    place: str, host: str, partners: tuple[str, ...], gp_provider: str
) -> None:
    found = next(one for one in resources.integrators_elsewhere() if one.place == place)
    assert (found.host, found.gp_provider) == (host, gp_provider)
    words = "; ".join(one.words for one in found.partners)
    assert all(one in words for one in partners)
    assert "second-hand" in found.standing
    assert (found.contract_holder, found.accountable_body) == ("unknown", "unknown")


def test_functions_others_have_begin_with_operations_intelligence_workforce_and_development() -> None:
    found = resources.integrator_functions()
    assert all(one.source.strip() for one in found)
    names = [one.name for one in found[:4]]
    for words, name in zip(("operations", "intelligence", "Workforce", "development"), names, strict=True):
        assert words in name


def test_what_is_said_of_sectors_as_hosts_bears_its_source_and_names_no_federation_as_host() -> None:
    found = {one.sector: one for one in resources.eligible_hosts()}
    assert all("second-hand" in one.source for one in found.values())
    assert found["GP federation"].words.startswith("not named")
    assert "vertically integrated" in found["acute trust"].words
