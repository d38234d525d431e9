"""Scenarios and next year, by the same engine: with and without, this year beside the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands import scenarios
from nhsdesk.commands.scenarios import Typed
from nhsdesk.domain.arrs import Certainty, Post, Role, Stage
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.scenarios import Scenario, ScenarioPost
from nhsdesk.sections import next_year, outturn, scenario_outturns
from nhsdesk.sections.next_year import NextYear
from nhsdesk.sections.scenario_outturns import Compared
from nhsdesk.store.database import Database
from tests.conftest import AS_OF
from tests.sections.claiming import YEAR, entitled
from tests.sections.making import maximum, post, practice


def pounds(amount: str) -> Money:
    return Money.pounds(amount)


def scenario(database: Database, title: str = "What if", **fields: Any) -> Scenario:
    with database.change("Add a scenario") as change:
        return change.add(Scenario(title=title, **fields))


def with_post(database: Database, to: Scenario, base: Any, **fields: Any) -> ScenarioPost:
    held: dict[str, Any] = {
        "role": Role.PARAMEDIC,
        "hours": Hours.of("37.5"),
        "starts": date(2027, 2, 1),
        "salary": pounds("9000"),
        "base": base,
    }
    with database.change("Add to a scenario") as change:
        return change.add(ScenarioPost(scenario=to.id, **{**held, **fields}))


def compared(database: Database, on: date = AS_OF) -> list[Compared]:
    with database.read() as reader:
        material = outturn.read(reader, YEAR, on)
        base = outturn.work_out(material, YEAR, on)
        return [scenario_outturns.compare(material, base, one) for one in scenario_outturns.read(reader)]


def beside(database: Database, of: Scenario | None = None, on: date = AS_OF) -> NextYear:
    with database.read() as reader:
        material = outturn.read(reader, YEAR, on)
        base = outturn.work_out(material, YEAR, on)
        thoughts = [one for one in scenario_outturns.read(reader) if of and one.scenario.id == of.id]
        return next_year.work_out(material, base, *thoughts)


@pytest.fixture
def base(database: Database) -> Any:
    """A practice outside London, a maximum of 36,000 for paramedics, one of them in post and dear."""
    maximum(database, "36000", Role.PARAMEDIC)
    where = practice(database).id
    post(database, "9000", role=Role.PARAMEDIC, base=where)
    return where


# ---- scenarios


def test_a_post_from_february_adds_two_months_of_its_maximum(database: Database, base: Any) -> None:
    entitled(database, "1", "100000")
    with_post(database, scenario(database), base)
    (made,) = compared(database)
    assert made.adds == pounds("6000")
    assert made.forecast == pounds("42000")
    assert made.headroom == pounds("58000")


def test_several_alike_cost_as_many_times_one(database: Database, base: Any) -> None:
    with_post(database, scenario(database), base, posts=3, ends=date(2027, 2, 28))
    (made,) = compared(database)
    assert made.adds == pounds("9000")


def test_a_scenario_of_nothing_changes_nothing(database: Database, base: Any) -> None:
    scenario(database)
    with_post(database, scenario(database, "No posts"), base, posts=0)
    assert [one.adds for one in compared(database)] == [Money(), Money()]
    assert {one.forecast for one in compared(database)} == {pounds("36000")}


def test_scenarios_do_not_know_of_each_other(database: Database, base: Any) -> None:
    with_post(database, scenario(database, "One"), base)
    with_post(database, scenario(database, "Two"), base, starts=date(2027, 3, 1))
    assert [one.adds for one in compared(database)] == [pounds("6000"), pounds("3000")]


def test_what_a_scenario_thinks_of_the_past_costs_nothing_there(database: Database, base: Any) -> None:
    with_post(database, scenario(database), base, starts=date(2026, 4, 1))
    (made,) = compared(database, date(2026, 12, 1))
    assert made.adds == pounds("12000")


def test_a_pay_award_and_a_rise_of_the_maxima_move_only_months_to_come(database: Database) -> None:
    maximum(database, "360000", Role.PARAMEDIC)
    post(database, "1000", role=Role.PARAMEDIC, base=practice(database).id)
    scenario(database, award=Decimal(10), award_from=date(2027, 3, 1))
    (made,) = compared(database)
    # 100.00 more salary, 15% NI and 14.38% pension on it, for March alone
    assert made.adds == pounds("129.38")
    with database.change("Lower") as change:
        (only,) = change.reader.all(Scenario)
        change.put(replace(only, award=None, award_from=None, maximum_rise=Decimal(5)))
    assert compared(database)[0].adds == Money()


def test_a_rise_of_the_maxima_lifts_a_post_that_is_over_its_maximum(database: Database, base: Any) -> None:
    scenario(database, maximum_rise=Decimal(10))
    (made,) = compared(database)
    assert made.adds == pounds("1200")  # December to March
    assert any("assumed" in one for one in made.assumes)


def test_a_scenario_post_in_london_never_takes_a_national_maximum(database: Database, base: Any) -> None:
    london = practice(database, "City Surgery", london_zone=LondonZone.INNER)
    with_post(database, scenario(database), london.id)
    (made,) = compared(database)
    assert made.adds == Money()
    assert "inner London" in made.outturn.lacking[0].sentence


def test_a_scenario_post_without_a_base_has_no_figure(database: Database, base: Any) -> None:
    with_post(database, scenario(database), None)
    (made,) = compared(database)
    assert "practice base is not known" in made.outturn.lacking[0].sentence


# ---- turned into posts


def test_a_scenario_becomes_planned_posts_in_one_step_and_stays(database: Database, base: Any) -> None:
    made = scenario(database)
    with_post(database, made, base, posts=2, portal_label="Paramedic, new")
    posts = scenarios.turn_into_posts(database, made.id)
    assert [(one.stage, one.planned_start, one.planned_salary) for one in posts] == [
        (Stage.PLANNED, date(2027, 2, 1), pounds("9000"))
    ] * 2
    assert posts[0].certainty is Certainty.PLANNED
    (after,) = compared(database)
    assert after.became == tuple(one.ref for one in posts)
    assert after.outturn.starters == pounds("12000")
    database.undo()
    with database.read() as reader:
        assert reader.count(Post) == 1
        assert reader.count(Scenario) == 1


def test_a_scenario_is_turned_into_posts_only_once(database: Database, base: Any) -> None:
    made = scenario(database)
    with_post(database, made, base)
    (one,) = scenarios.turn_into_posts(database, made.id)
    with pytest.raises(errors.DeskError, match=f"before: {one.ref}"):
        scenarios.turn_into_posts(database, made.id)


@pytest.mark.parametrize(
    ("posts", "told"), [(0, "has no posts"), (101, "from 0 to 100"), (-1, "from 0 to 100")]
)
def test_a_scenario_of_no_posts_or_of_far_too_many_is_refused(
    database: Database, base: Any, posts: int, told: str
) -> None:
    made = scenario(database)
    with_post(database, made, base, posts=posts)
    with pytest.raises(errors.DeskError, match=told):
        scenarios.turn_into_posts(database, made.id)
    with database.read() as reader:
        assert reader.count(Post) == 1


def test_a_post_below_nothing_or_backwards_is_left_out_with_a_word(database: Database, base: Any) -> None:
    what_if = scenario(database)
    with_post(database, what_if, base, salary=Money(-1))
    with_post(database, what_if, base, posts=-4)
    with_post(database, what_if, base, ends=date(2026, 1, 1))
    (made,) = compared(database)
    assert made.adds == Money()
    assert len(made.outturn.problems) == 3
    with pytest.raises(errors.DeskError, match="below nothing"):
        scenarios.turn_into_posts(database, what_if.id)


def test_a_scenario_is_made_from_words_with_its_post(database: Database, base: Any) -> None:
    words = {"role": "paramedic", "hours": "30", "starts": "1/2/2027", "salary": "£4,400", "posts": "2"}
    made = scenarios.make(database, Typed({"title": "Two paramedics"}, words))
    assert isinstance(made, Scenario)
    with database.read() as reader:
        (one,) = reader.all(ScenarioPost)
    assert (one.role, one.hours, one.posts) == (Role.PARAMEDIC, Hours.of(30), 2)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("salary", "=1+1"),
        ("hours", "x" * 10_000),
        ("starts", "30/2/2027"),
        ("role", "<b>pilot</b>"),
        ("posts", "-1"),
    ],
)
def test_words_that_cannot_be_read_add_nothing_and_are_told(
    database: Database, base: Any, field: str, words: str
) -> None:
    good = {"role": "paramedic", "hours": "30", "starts": "1/2/2027", "salary": "4400", "posts": "1"}
    told = scenarios.make(database, Typed({"title": "A paramedic"}, {**good, field: words}))
    assert isinstance(told, tuple)
    assert [one.field for one in told] == [field]
    with database.read() as reader:
        assert reader.count(Scenario) == 0


# ---- next year


def test_next_year_without_anything_published_is_this_years_marked_assumed(
    database: Database, base: Any
) -> None:
    entitled(database, "1", "100000")
    made = beside(database)
    assert made.year == FinancialYear(2027)
    assert made.spend == pounds("36000")
    assert made.next.entitlement.assumed
    assert made.fits == pounds("64000")
    (row,) = made.roles
    assert (row.this_year, row.next_year, row.assumed) == (pounds("36000"), pounds("36000"), True)
    assert "assumed to be as this year's" in made.words


def test_published_maxima_and_sums_come_before_assumed_ones(database: Database, base: Any) -> None:
    entitled(database, "1", "100000")
    entitled(database, "0.5", "100000", FinancialYear(2027))
    maximum(database, "48000", Role.PARAMEDIC, valid_from=date(2027, 4, 1), published_on=date(2026, 11, 1))
    made = beside(database, scenario(database, maximum_rise=Decimal(50)))
    assert made.spend == pounds("48000")
    assert not made.roles[0].assumed
    assert not made.next.entitlement.assumed
    assert made.fits == pounds("2000")
    assert beside(database, on=date(2026, 10, 31)).roles[0].assumed


def test_a_maximum_that_ends_on_31_march_is_assumed_to_go_on_with_its_rise(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC, valid_to=date(2027, 3, 31))
    post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id)
    made = beside(database, scenario(database, maximum_rise=Decimal("2.5")))
    assert made.next.complete
    assert made.spend == pounds("36900")


def test_a_role_without_a_maximum_now_has_none_assumed(database: Database) -> None:
    maximum(database, "36000", Role.PARAMEDIC, superseded_on=date(2026, 8, 1))
    post(database, "9000", role=Role.PARAMEDIC, base=practice(database).id)
    made = beside(database)
    assert made.spend == Money()
    assert len(made.next.lacking) == 12
    assert "at least" in made.words or made.fits is None


def test_a_starter_of_this_year_costs_the_whole_of_the_next(database: Database, base: Any) -> None:
    coming = post(database, "9000", role=Role.PARAMEDIC, base=base, starts=date(2027, 1, 1))
    made = beside(database)
    (row,) = made.starters
    assert row.post_id == coming.id
    assert (row.this_year, row.next_year, row.more) == (pounds("9000"), pounds("36000"), pounds("27000"))


def test_fixed_terms_notice_redundancy_and_tupe_are_told(database: Database, base: Any) -> None:
    fixed = post(
        database,
        "9000",
        role=Role.PARAMEDIC,
        base=base,
        ends=date(2027, 6, 30),
        fixed_term=True,
        notice_weeks=4,
        redundancy=pounds("1234.56"),
        tupe=True,
    )
    open_ended = post(database, "9000", role=Role.PARAMEDIC, base=base, notice_weeks=12)
    made = beside(database)
    found = {one.post: one for one in made.endings}
    assert found[fixed.ref].fixed_term
    assert found[fixed.ref].notice_by == date(2027, 6, 2)
    assert (found[open_ended.ref].ends, found[open_ended.ref].notice_by) == (
        date(2027, 3, 31),
        date(2027, 1, 6),
    )
    assert made.exposure.redundancy == pounds("1234.56")
    assert made.exposure.without_estimate == 2
    assert made.exposure.tupe == (fixed.ref,)


def test_a_pay_award_increments_and_posts_of_a_scenario_come_together(database: Database) -> None:
    maximum(database, "360000", Role.PARAMEDIC)
    base = practice(database).id
    post(database, "1000", role=Role.PARAMEDIC, base=base)
    what_if = scenario(database, year=FinancialYear(2027), award=Decimal(10), increments=Decimal(10))
    before, made = beside(database), beside(database, what_if)
    assert made.spend - before.spend == Money(12 * 27170)  # 210.00 more a month, and on-costs to the penny
    with_post(database, what_if, base, starts=date(2028, 3, 1), salary=pounds("1000"))
    assert (beside(database, what_if).spend - made.spend).pence == before.spend.pence // 12
