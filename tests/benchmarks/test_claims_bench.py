"""How long the claims of England take: every member of staff of the published workforce file, for twelve months."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import openpyxl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from nhsdesk import resources
from nhsdesk.domain.arrs import Assignment, Pay, Post, Role
from nhsdesk.domain.claims import (
    ClaimLine,
    ClaimRules,
    HoursSpell,
    Maximum,
    OnCosts,
    PaySpell,
    step_words,
    work_out,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import FULL_TIME_SECONDS, Hours, Money, half_up
from nhsdesk.domain.organisations import LondonZone, Practice
from nhsdesk.domain.periods import FinancialYear, Month
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.rules import Rules
from nhsdesk.imports import workforce
from nhsdesk.sections import posts_held
from nhsdesk.sections.posts_held import Held
from tests.conftest import SHARED_DATA

JANUARY, APRIL, OCTOBER = date(2026, 1, 1), date(2026, 4, 1), Month(2026, 10)
AS_OF = date(2027, 4, 10)
RULES = ClaimRules()
HOURS = (HoursSpell(date(2025, 4, 1), None, Hours.of("37.5"), "PA-1"),)
STATED = PaySpell(date(2025, 4, 1), None, Money(440_000), Money(59_745), Money(63_272), Money(), "PY-1")
TO_WORK_OUT = PaySpell(date(2025, 4, 1), None, Money(440_000), None, None, Money(), "PY-1")
MAXIMA = (Maximum(date(2026, 4, 1), date(2027, 3, 31), Money(7_172_500), "RT-1"),)
ON_COSTS = (OnCosts(Money(41_700), 1_500, 1_438, date(2026, 4, 6), None, "OC-1"),)

STAFF = 39_940
LINES_A_YEAR = STAFF * 12
MOST_MEGABYTES = 1_024

# Which role somebody might be paid as: rough, and only so that lines use different maxima.
AS_ROLE = (
    ("Advanced", Role.ADVANCED_PRACTITIONER),
    ("Mental Health", Role.MENTAL_HEALTH_ADULT),
    ("Pharmacist", Role.CLINICAL_PHARMACIST),
    ("Pharmacy Technician", Role.PHARMACY_TECHNICIAN),
    ("Social Prescribing", Role.LINK_WORKER),
    ("Physio", Role.FIRST_CONTACT_PHYSIO),
    ("Paramedic", Role.PARAMEDIC),
    ("Physician Associate", Role.PHYSICIAN_ASSOCIATE),
    ("Health and Wellbeing", Role.HEALTH_COACH),
    ("Nursing Associate", Role.NURSING_ASSOCIATE),
    ("Salaried", Role.GP),
    ("General Practice Assistant", Role.GP_ASSISTANT),
)


T = TypeVar("T", Assignment, Pay)


def run(benchmark: BenchmarkFixture, work: Any, *given: Any, **how: Any) -> Any:
    measured: Any = benchmark
    return measured.pedantic(work, given, **how)


def role_of(detailed: str) -> Role:
    """The role of our own that a detailed staff role comes nearest to."""
    return next((role for words, role in AS_ROLE if words in detailed), Role.CARE_COORDINATOR)


# ---- one line


def test_a_line_with_stated_on_costs(benchmark: BenchmarkFixture) -> None:
    assert isinstance(benchmark(work_out, OCTOBER, HOURS, (STATED,), MAXIMA, ON_COSTS, RULES), ClaimLine)


def test_a_line_with_on_costs_worked_out(benchmark: BenchmarkFixture) -> None:
    assert isinstance(benchmark(work_out, OCTOBER, HOURS, (TO_WORK_OUT,), MAXIMA, ON_COSTS, RULES), ClaimLine)


def test_a_line_of_two_parts(benchmark: BenchmarkFixture) -> None:
    hours = (
        HoursSpell(date(2025, 4, 1), date(2026, 10, 14), Hours.of("22.5"), "PA-1"),
        HoursSpell(date(2026, 10, 15), None, Hours.of("30"), "PA-2"),
    )
    assert isinstance(benchmark(work_out, OCTOBER, hours, (STATED,), MAXIMA, ON_COSTS, RULES), ClaimLine)


def test_the_words_of_one_line(benchmark: BenchmarkFixture) -> None:
    worked = work_out(OCTOBER, HOURS, (TO_WORK_OUT,), MAXIMA, ON_COSTS, RULES)
    assert isinstance(worked, ClaimLine)
    assert benchmark(lambda: [step_words(step) for step in worked.steps])


# ---- the whole file as posts


def england(path: Path, every: int = 1) -> Held:
    """Each member of staff, or one in so many, as a post; one in twenty has a rise and a change of hours."""
    base = Practice(name="Everywhere Surgery", london_zone=LondonZone.NONE, id=Id(1), ref="PR-1")
    posts: list[Post] = []
    assigned: dict[Id, list[Assignment]] = {}
    paid: dict[Id, list[Pay]] = {}
    for n, (_, _, row) in enumerate(workforce.read(path).rows[::every]):
        id_ = Id(n + 1)
        posts.append(Post(role=role_of(row[6]), base=base.id, id=id_, ref=f"P-{id_}"))
        assigned[id_] = [_hours(id_, row[-1])]
        paid[id_] = [Pay(post=id_, starts=JANUARY, salary=Money(240_000 + n % 300_000), ref=f"PY-{id_}")]
        if n % 20 == 0:
            assigned[id_] = _in_two(assigned[id_][0], date(2026, 9, 1 + n % 28))
            paid[id_] = _in_two(paid[id_][0], date(2026, 10, 1 + n % 28))
    return Held(tuple(posts), {base.id: base}, {}, {}, assigned, paid, {}, _rates(), resources.on_costs())


def _hours(post: Id, fte: str) -> Assignment:
    seconds = half_up(int(Decimal(fte or 0) * 10**9) * FULL_TIME_SECONDS, 10**9)
    return Assignment(post=post, hours=Hours(seconds), starts=JANUARY, id=post, ref=f"AS-{post}")


def _in_two(one: T, change: date) -> list[T]:
    return [replace(one, ends=change), replace(one, starts=change + timedelta(1))]


def _rates() -> tuple[Rate, ...]:
    """Maxima before and after an uplift of every role."""
    made = []
    for n, role in enumerate(Role):
        for published, more in ((date(2026, 3, 26), 0), (date(2026, 8, 1), 120_000)):
            made.append(
                Rate(
                    role=role, zone=LondonZone.NONE, annual=Money(3_500_000 + 100_000 * n + more), valid_from=APRIL,
                    published_on=published, source="invented", confidence=RateConfidence.SAMPLE,
                    ref=f"RT-{2 * n + bool(more)}",
                )
            )  # fmt: skip
    return tuple(made)


def year_of(held: Held) -> Iterator[ClaimLine]:
    """Every line of a year, one after another as a claim goes through them."""
    settled = Rules()
    for month in FinancialYear(2026).months:
        for post in held.posts:
            for worked in posts_held.work(post, month, AS_OF, held, settled):
                assert isinstance(worked.result, ClaimLine)
                yield worked.result


def counted(held: Held) -> int:
    """How many lines there are, each worked out and let go of."""
    return sum(1 for _ in year_of(held))


def spells_of(held: Held) -> list[tuple[Any, ...]]:
    """What the engine takes for each post and month, so that it can be measured alone."""
    settled, months = Rules(), FinancialYear(2026).months
    made = []
    for post in held.posts:
        hours, pay = posts_held.spells(post, AS_OF, held, settled)
        for month in months:
            posts_held.work(post, month, AS_OF, held, settled)
            maxima = held.found[post.role, LondonZone.NONE, post.reimbursed, month, AS_OF].maxima
            made.append((month, hours, pay, maxima, held.on_costs, RULES))
    return made


@pytest.fixture(scope="module")
def everybody(workforce_file: Path) -> Held:
    return england(workforce_file)


@pytest.fixture(scope="module")
def workforce_file() -> Path:
    path = SHARED_DATA / "workforce" / "pcn_workforce_individual.2026-06.csv"
    if not path.is_file():
        pytest.skip(f"the workforce file is not at {path}")
    return path


@pytest.mark.benchmark(group="a year of England")
def test_a_year_of_england(benchmark: BenchmarkFixture, everybody: Held) -> None:
    """From the records, with the maximum of each month chosen among those known."""
    assert run(benchmark, counted, everybody, rounds=2) == LINES_A_YEAR


@pytest.mark.benchmark(group="a year of England")
def test_the_engine_alone(benchmark: BenchmarkFixture, everybody: Held) -> None:
    """The formula itself, as the sheet has it: hours, pay and maxima are at hand."""
    given = spells_of(everybody)

    def lines() -> int:
        return sum(isinstance(work_out(*one), ClaimLine) for one in given)

    assert run(benchmark, lines, rounds=2) == LINES_A_YEAR


@pytest.mark.benchmark(group="a year of England")
def test_the_same_formula_in_libreoffice(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed; where it was, it took 7.5 seconds")
    sheet = _sheet(tmp_path / "claims.xlsx")
    asked = [office, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path / "out"), str(sheet)]
    run(benchmark, subprocess.run, asked, rounds=1)


def _sheet(path: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Claims")
    for n in range(1, LINES_A_YEAR + 1):
        cost = f"ROUND(A{n}+MAX(0,A{n}-417)*0.15+A{n}*0.1438,2)"
        page.append([4400 + n % 3000, 37.5, 71725, f"=MIN({cost},ROUND(C{n}/12*B{n}/37.5,2))"])
    book.save(path)
    return path


def test_the_cost_of_a_line_does_not_grow_with_their_number(workforce_file: Path, everybody: Held) -> None:
    """In processor time, the best of several, since others may be using the machine."""
    tenth = england(workforce_file, every=10)
    gc.collect()
    small = min(_seconds_a_line(tenth) for _ in range(6))
    large = min(_seconds_a_line(everybody) for _ in range(2))
    assert large <= 1.25 * small, f"{large * 1e6:.1f} µs a line against {small * 1e6:.1f} at a tenth"


def _seconds_a_line(held: Held) -> float:
    began = time.process_time()
    lines = counted(held)
    return (time.process_time() - began) / lines


@pytest.mark.skipif(sys.platform == "win32", reason="the resource module is not there")
def test_a_year_of_england_kept_whole_fits_into_a_gigabyte(workforce_file: Path) -> None:
    """The posts and every line of the year at once, in a process of their own."""
    asked = [sys.executable, "-m", "tests.benchmarks.claims_memory", str(workforce_file)]
    told = subprocess.run(asked, check=True, capture_output=True, text=True)
    lines, megabytes = told.stdout.split()
    assert int(lines) == LINES_A_YEAR
    assert float(megabytes) <= MOST_MEGABYTES, told.stdout
