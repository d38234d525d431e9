"""What records can be made to say, by mistake or not: never a wrong figure without a word, never a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import permutations
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhsdesk.commands import papers
from nhsdesk.domain.arrs import (
    Assignment,
    BackPay,
    Holder,
    NiLetter,
    Pay,
    PayLevel,
    PensionScheme,
    Post,
    Role,
)
from nhsdesk.domain.claims import ClaimLine
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.rules import CHOICES, Rules
from nhsdesk.sections import claim_lines, posts_held
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.examples import examples
from tests.factories import HOSTILE
from tests.sections.making import APRIL, maximum, post, practice
from tests.sections.working import OCTOBER, added, bare_post, cost, line, pounds, told

SEPTEMBER, NOVEMBER = Month(2026, 9), Month(2026, 11)
ENDLESS = date(9999, 12, 31)


def hours(held: Post, amount: str = "37.5", starts: date = APRIL, **fields: object) -> Assignment:
    made = Assignment(post=held.id, hours=Hours.of(amount), starts=starts)
    return replace(made, **fields)  # type: ignore[arg-type]


def filled(database: Database, *pay: Pay, held: Post | None = None) -> Post:
    """A full-time pharmacist since April, paid as given."""
    maximum(database, "71725")
    made = held or bare_post(database)
    added(database, hours(made), *(replace(one, post=made.id) for one in pay))
    return made


def paid(amount: str, starts: date = APRIL, **fields: object) -> Pay:
    made = Pay(
        post=cost_of_nobody,
        starts=starts,
        salary=pounds(amount),
        employer_ni=Money(),
        employer_pension=Money(),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def rise(held: Post, amount: str, **fields: object) -> BackPay:
    """Back-pay for October, paid in November."""
    made = BackPay(
        post=held.id,
        starts=date(2026, 10, 1),
        ends=date(2026, 10, 31),
        salary=pounds(amount),
        employer_ni=Money(),
        employer_pension=Money(),
        paid_on=date(2026, 11, 15),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def claim(database: Database, month: Month = OCTOBER) -> papers.Made:
    return papers.make(
        database, papers.named("arrs-claim", papers.PAPERS), papers.asked_of(database, month, AS_OF)
    )


cost_of_nobody = Post(role=Role.GP).id


# ---- who is in post


def test_hours_that_overlap_by_a_day_give_no_figure(database: Database) -> None:
    held = filled(database, paid("4400"))
    added(database, hours(held, "10", date(2026, 10, 31)))
    assert "More than one entry of hours is on file for 31 October 2026" in told(database, held)
    assert line(database, held, SEPTEMBER).claimed == pounds("4400.00")


def test_two_holders_whose_pay_names_neither_give_no_figure(database: Database) -> None:
    held = filled(database, paid("4400"))
    (other,) = added(database, Holder())
    added(database, hours(held, "10", holder=other.id))
    assert "More than one entry of hours" in told(database, held)


def test_pay_of_somebody_else_is_not_taken_for_the_holders(database: Database) -> None:
    somebody, nobody = added(database, Holder(), Holder())
    maximum(database, "71725")
    held = bare_post(database)
    added(database, hours(held, holder=somebody.id), cost(held, "4400", holder=nobody.id))
    assert "No pay is on file" in told(database, held)


def test_cover_without_pay_gives_no_figure(database: Database) -> None:
    maximum(database, "71725")
    held = bare_post(database)
    away, covering = added(database, Holder(), Holder())
    (absent,) = added(database, hours(held, holder=away.id))
    added(database, cost(held, "2000", holder=away.id), hours(held, holder=covering.id, covers=absent.id))
    assert "No pay is on file for October 2026" in told(database, held)


def test_covers_that_go_round_in_a_circle_claim_nothing_and_are_told(database: Database) -> None:
    maximum(database, "71725")
    held = bare_post(database)
    one, other = added(database, Holder(), Holder())
    first, second = added(database, hours(held, holder=one.id), hours(held, holder=other.id))
    added(database, cost(held, "2000", holder=one.id), cost(held, "2000", holder=other.id))
    with database.change("Cover each other") as change:
        change.put(replace(first, covers=second.id))
        change.put(replace(second, covers=first.id))
    for split in ("in one line", "a line for each employment"):
        with database.read() as reader:
            on_file = posts_held.read(reader)
        (stored,) = on_file.posts
        found = posts_held.work(stored, OCTOBER, AS_OF, on_file, Rules({"arrs.split": split}))
        for one_line in found:
            assert isinstance(one_line.result, ClaimLine)
            assert one_line.result.claimed == Money()
            assert any("stands in for nobody" in problem.sentence for problem in one_line.result.notes)


def test_cover_for_somebody_of_another_post_is_told(database: Database) -> None:
    held = filled(database, paid("4400"))
    with database.read() as reader:
        (absent,) = reader.all(Assignment)
    elsewhere = bare_post(database)
    added(database, hours(elsewhere, covers=absent.id), cost(elsewhere, "3000"))
    assert line(database, held).claimed == pounds("4400.00")
    found = line(database, elsewhere)
    assert found.claimed == Money()
    assert "stands in for nobody" in found.notes[0].sentence
    assert any("stands in for nobody" in problem.sentence for problem in claim(database).problems)


def test_cover_after_whoever_was_away_has_left_is_told(database: Database) -> None:
    maximum(database, "71725")
    held = bare_post(database)
    away, covering = added(database, Holder(), Holder())
    (absent,) = added(database, hours(held, holder=away.id, ends=date(2026, 9, 30)))
    added(
        database,
        cost(held, "2000", holder=away.id),
        hours(held, holder=covering.id, covers=absent.id),
        cost(held, "3000", holder=covering.id),
    )
    assert line(database, held, SEPTEMBER).claimed == pounds("5000.00")
    assert "stands in for nobody" in line(database, held).notes[0].sentence


# ---- days that contradict each other


def test_an_assignment_that_ends_before_it_starts_is_told_by_its_reference(database: Database) -> None:
    held = filled(database, paid("4400"))
    (backwards,) = added(database, hours(held, "10", date(2026, 10, 20), ends=date(2026, 10, 10)))
    assert f"{backwards.ref} ends on 10 October 2026, before it starts" in told(database, held)
    assert line(database, held, NOVEMBER).claimed == pounds("4400.00")


def test_a_rise_planned_for_after_the_leaving_day_stands_in_nobodys_way(database: Database) -> None:
    held = bare_post(database, ends=date(2026, 10, 10))
    filled(database, paid("4400", ends=date(2026, 10, 31)), paid("4600", date(2026, 11, 1)), held=held)
    added(database, hours(held, "10", date(2026, 12, 1)))
    assert line(database, held).cost == pounds("1419.35")  # 4,400 x 10/31
    assert claim(database, NOVEMBER).facts.month.lines == ()


def test_a_post_that_ended_before_it_started_claims_nothing(database: Database) -> None:
    maximum(database, "71725")
    post(
        database, "4400", base=practice(database).id, starts=date(2026, 10, 5), ends=date(2026, 9, 5)
    )  # fmt: skip
    for month in (Month(2026, 8), SEPTEMBER, OCTOBER, NOVEMBER):
        assert claim(database, month).facts.month.lines == ()


def test_a_gap_in_pay_gives_no_figure_and_names_the_days(database: Database) -> None:
    held = filled(database, paid("4400", ends=date(2026, 10, 9)), paid("4600", date(2026, 10, 12)))
    assert "No pay is on file for 10 to 11 October 2026" in told(database, held)


# ---- rates


def test_two_maxima_that_stand_equal_give_no_figure(database: Database) -> None:
    held = filled(database, paid("9000"))
    (twin,) = (maximum(database, "81725"),)
    assert f"{twin.ref} say different things" in told(database, held)
    with database.change("Supersede") as change:
        change.put(replace(twin, superseded_on=date(2026, 11, 1)))
    assert line(database, held).claimed == pounds("5977.08")


def test_the_same_maximum_twice_is_one_maximum(database: Database) -> None:
    held = filled(database, paid("9000"))
    maximum(database, "71725")
    assert line(database, held).claimed == pounds("5977.08")


@pytest.mark.parametrize("annual", ["0", "-71725"])
def test_a_maximum_of_nothing_or_less_is_told(database: Database, annual: str) -> None:
    maximum(database, annual)
    post(database, "4400", base=practice(database).id)
    made = claim(database)
    assert total(one.claimed for one in made.facts.month.lines) == Money()
    assert any("nothing" in problem.sentence for problem in made.problems)


@pytest.mark.parametrize(
    ("share", "claimed"), [("0", "0.00"), ("100", "4400.00"), ("33.33", "1466.52"), ("0.01", "0.44")]
)
def test_a_share_counts_as_it_is_written(database: Database, share: str, claimed: str) -> None:
    held = filled(database, paid("4400"), held=bare_post(database, reimbursed=Decimal(share)))
    found = line(database, held)
    assert found.claimed == pounds(claimed)
    assert bool(found.notes) is (share == "0")


@pytest.mark.parametrize("share", ["150", "100.01", "-0.01", "-100"])
def test_a_share_that_is_none_gives_no_figure(database: Database, share: str) -> None:
    held = filled(database, paid("4400"), held=bare_post(database, reimbursed=Decimal(share)))
    assert "not between 0% and 100%" in told(database, held)


# ---- pay


@pytest.mark.parametrize("rate", ["-3", "300"])
def test_a_pension_rate_that_is_none_is_told(database: Database, rate: str) -> None:
    pay = paid("4400", employer_pension=None, pension_scheme=PensionScheme.OTHER, pension_rate=Decimal(rate))
    held = filled(database, pay)
    assert any("not between 0% and 100%" in problem.sentence for problem in line(database, held).notes)


def test_pay_below_nothing_is_no_figure(database: Database) -> None:
    held = filled(database, paid("-4400"))
    assert "below nothing" in told(database, held)


def test_one_amount_below_nothing_is_told(database: Database) -> None:
    held = filled(database, paid("4400", employer_ni=pounds("-597.45")))
    assert "below nothing" in line(database, held).notes[0].sentence


def test_a_million_pounds_a_month_is_claimed_at_the_maximum(database: Database) -> None:
    held = filled(database, paid("1000000", employer_ni=None, employer_pension=None))
    found = line(database, held)
    # NI (1,000,000 - 417) x 15% = 149,937.45, pension 143,800.00
    assert (found.cost, found.claimed) == (pounds("1293737.45"), pounds("5977.08"))


def test_the_largest_amount_a_file_holds_is_still_worked_out(database: Database) -> None:
    largest = Money(2**63 - 1)
    held = filled(database, replace(paid("1"), salary=largest))
    found = line(database, held)
    assert (found.cost, found.claimed) == (largest, pounds("5977.08"))


# ---- back-pay


def test_back_pay_takes_the_place_of_every_pay_of_its_days(database: Database) -> None:
    held = filled(database, paid("3000", ends=date(2026, 10, 9)), paid("4000", date(2026, 10, 10)))
    added(database, rise(held, "4500", starts=date(2026, 10, 5), ends=date(2026, 10, 20)))
    # 4 days at 3,000, 16 at 4,500 and 11 at 4,000
    assert line(database, held).cost == pounds("4129.03")


def test_back_pay_paid_after_the_day_asked_is_not_known_yet(database: Database) -> None:
    held = filled(database, paid("3000"))
    added(database, rise(held, "4500", paid_on=AS_OF + timedelta(1)))
    assert line(database, held).cost == pounds("3000.00")
    assert line(database, held, known_on=AS_OF + timedelta(1)).cost == pounds("4500.00")


def test_back_pay_to_the_end_of_time_is_back_pay(database: Database) -> None:
    held = filled(database, paid("3000"))
    added(database, rise(held, "4500", ends=ENDLESS))
    assert line(database, held).cost == line(database, held, Month(9999, 12)).cost == pounds("4500.00")


def test_back_pay_that_names_the_holder_is_found_where_pay_names_nobody(database: Database) -> None:
    held = filled(database, paid("3000"))
    (somebody,) = added(database, Holder())
    added(database, rise(held, "4500", holder=somebody.id))
    assert line(database, held).cost == pounds("4500.00")


def test_back_pay_for_nobody_whose_pay_is_on_file_is_told(database: Database) -> None:
    maximum(database, "71725")
    held = bare_post(database)
    somebody, nobody = added(database, Holder(), Holder())
    added(database, hours(held, holder=somebody.id), cost(held, "3000", holder=somebody.id))
    (late,) = added(database, rise(held, "4500", holder=nobody.id))
    assert f"{late.ref} was paid to somebody of whom this post has no pay" in told(database, held)
    assert line(database, held, SEPTEMBER).cost == pounds("3000.00")
    assert line(database, held, known_on=date(2026, 11, 14)).cost == pounds("3000.00")


def test_of_two_rises_for_the_same_days_the_one_paid_later_counts(database: Database) -> None:
    held = filled(database, paid("3000"))
    added(database, rise(held, "4800"), rise(held, "4500", paid_on=date(2026, 11, 10)))
    assert line(database, held).cost == pounds("4800.00")
    assert line(database, held, known_on=date(2026, 11, 10)).cost == pounds("4500.00")


def test_two_rises_paid_on_one_day_for_the_same_days_are_told(database: Database) -> None:
    held = filled(database, paid("3000"))
    added(database, rise(held, "4800"), rise(held, "4500", starts=date(2026, 10, 31)))
    assert "paid on the same day for the same days" in told(database, held)
    assert line(database, held, SEPTEMBER).cost == pounds("3000.00")


def test_back_pay_that_ends_before_it_starts_is_told(database: Database) -> None:
    held = filled(database, paid("3000"))
    (late,) = added(database, rise(held, "4500", starts=date(2026, 10, 20), ends=date(2026, 10, 10)))
    assert f"{late.ref} ends before it starts" in told(database, held)


# ---- the paper


@pytest.mark.parametrize("label", [*HOSTILE, "x" * 10_000])
def test_labels_of_any_kind_are_claimed_for_and_written(database: Database, label: str) -> None:
    maximum(database, "71725")
    post(database, "4400", base=practice(database, label).id, portal_label=label)
    made = claim(database)
    assert total(one.claimed for one in made.facts.month.lines) == pounds("5630.17")
    book = openpyxl.load_workbook(BytesIO(papers.written(made.paper.compile(made.facts))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert 5630.17 in [cell.value for cell in cells]
    assert all(cell.data_type != "f" or str(cell.value).startswith(("=SUM", "=SUBTOTAL")) for cell in cells)


def test_the_total_of_the_paper_is_the_total_of_its_lines(database: Database) -> None:
    maximum(database, "71725")
    base = practice(database).id
    for n in range(7):
        post(database, f"{4400 + n}.{n}{n}", f"{30 + n}.25", base=base)
    made = claim(database)
    assert len(made.facts.month.lines) == 7
    assert made.facts.month.problems == ()
    written = papers.written(made.paper.compile(made.facts))
    book = openpyxl.load_workbook(BytesIO(written))
    together = float(total(one.claimed for one in made.facts.month.lines).exact)
    assert any(cell.value == together for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("month", [Month(2019, 6), Month(1900, 1), Month(9999, 12)])
def test_months_outside_the_scheme_have_no_figure_and_no_crash(database: Database, month: Month) -> None:
    maximum(database, "71725", valid_to=date(2027, 3, 31))
    held = bare_post(database)
    added(database, hours(held, starts=date(1900, 1, 1)), cost(held, "4400", date(1900, 1, 1)))
    made = claim(database, month)
    assert made.facts.month.lines == ()
    assert any("No maximum is on file" in problem.sentence for problem in made.problems)


# ---- everything at once


DAYS = st.sampled_from(
    [
        date(1900, 1, 1),
        APRIL,
        date(2026, 9, 30),
        date(2026, 10, 1),
        date(2026, 10, 15),
        date(2026, 10, 31),
        ENDLESS,
    ]
)
OR_NONE = st.none() | DAYS
AMOUNTS = st.sampled_from(["0", "0.01", "417", "4400", "1000000", "-5"]).map(pounds)


WHO = st.sampled_from([0, 0, 1, 2])
"""Nobody named, or one of two holders."""

assignments = st.fixed_dictionaries(
    {
        "hours": st.sampled_from(["0", "18.75", "37.5", "60"]).map(Hours.of),
        "starts": DAYS,
        "ends": OR_NONE,
        "holder": WHO,
        "covers": st.sampled_from([0, 0, 1, 2]),
    }
)
pays = st.fixed_dictionaries(
    {
        "starts": DAYS,
        "ends": OR_NONE,
        "holder": WHO,
        "salary": AMOUNTS,
        "employer_ni": st.none() | AMOUNTS,
        "employer_pension": st.none() | AMOUNTS,
        "agency": AMOUNTS,
        "pension_scheme": st.none() | st.sampled_from(PensionScheme),
        "pension_rate": st.sampled_from([None, Decimal(3), Decimal(-3)]),
        "ni_letter": st.none() | st.sampled_from(NiLetter),
        "level": st.sampled_from(PayLevel),
    }
)
rises = st.fixed_dictionaries(
    {"starts": DAYS, "ends": DAYS, "holder": WHO, "salary": AMOUNTS, "paid_on": OR_NONE}
)
rates = st.fixed_dictionaries(
    {
        "annual": st.sampled_from(["71725", "60000", "0", "-1"]),
        "valid_from": DAYS,
        "valid_to": OR_NONE,
        "published_on": OR_NONE,
        "superseded_on": OR_NONE,
        "reimbursed": st.sampled_from([None, None, Decimal(50), Decimal(0), Decimal(150)]),
    }
)
some_rules = st.fixed_dictionaries(
    {key: st.sampled_from(values) for key, values in CHOICES.items() if key.startswith("arrs.")}
).map(Rules)
zones = st.sampled_from([LondonZone.NONE, LondonZone.NONE, LondonZone.INNER, None])


@settings(
    max_examples=examples(30, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    zones,
    st.tuples(OR_NONE, OR_NONE),
    st.lists(rates, min_size=1, max_size=3),
    st.lists(assignments, max_size=3),
    st.lists(pays, max_size=3),
    st.lists(rises, max_size=2),
    some_rules,
)
def test_no_records_make_the_claim_crash_or_claim_too_much(
    database: Database,
    zone: LondonZone | None,
    lasts: tuple[date | None, date | None],
    maxima: list[dict[str, Any]],
    assigned: list[dict[str, Any]],
    paid: list[dict[str, Any]],
    late: list[dict[str, Any]],
    settled: Rules,
) -> None:
    base = practice(database, london_zone=zone).id
    for one in maxima:
        maximum(database, **one)
    with database.change("Add a post and what belongs to it") as change:
        held = change.add(Post(role=Role.CLINICAL_PHARMACIST, base=base, starts=lasts[0], ends=lasts[1]))
        holders = [None, change.add(Holder()).id, change.add(Holder()).id]
        absent: list[Id | None] = [None]
        for one in assigned:
            covers = absent[min(one["covers"], len(absent) - 1)]
            whose = {"post": held.id, "holder": holders[one["holder"]], "covers": covers}
            absent.append(change.add(Assignment(**{**one, **whose})).id)
        for kind, found in ((Pay, paid), (BackPay, late)):
            for one in found:
                change.add(kind(**{**one, "post": held.id, "holder": holders[one["holder"]]}))
    with database.read() as reader:
        on_file = posts_held.read(reader)
    for month in (SEPTEMBER, OCTOBER, Month(2027, 3), Month(9999, 12)):
        facts = claim_lines.of_month(on_file, month, AS_OF, settled)
        for made in facts.lines:
            assert Money() <= made.claimed <= min(made.cost, made.pro_rata_maximum)
            assert made.rates
            assert made.working
        assert all(problem.sentence for problem in facts.problems)
        assert facts.lines or facts.problems or facts.empty_posts or held.ends is not None
    with database.change("Clear for the next") as change:
        for rate in on_file.rates:
            change.remove(rate)
        change.remove(held)


def test_no_order_of_rises_changes_what_the_later_one_brings(database: Database) -> None:
    amounts = {"4500": date(2026, 11, 10), "4600": date(2026, 11, 11), "4700": date(2026, 11, 12)}
    maximum(database, "71725")
    for order in permutations(amounts):
        held = bare_post(database)
        added(database, hours(held), cost(held, "3000"))
        added(database, *(rise(held, amount, paid_on=amounts[amount]) for amount in order))
        assert line(database, held).cost == pounds("4700.00")


def test_nothing_that_must_be_put_right_stands_beside_a_figure(database: Database) -> None:
    """A line is a figure or a reason for none."""
    filled(database, paid("4400"))
    filled(database, paid("-4400"))
    facts = claim(database).facts.month
    assert len(facts.lines) == 1
    assert [problem.weight for problem in facts.problems] == [Weight.MUST_FIX]
    assert facts.problems[0].record != int(facts.lines[0].post_id)
    with database.read() as reader:
        assert len(reader.all(Rate)) == 2
