"""The claim for a month from records in a real file, to the penny, with its working."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nhsdesk import resources
from nhsdesk.commands import files, papers
from nhsdesk.domain.arrs import Assignment, Pay, Post, Role, Scheme
from nhsdesk.domain.claims import ClaimRules
from nhsdesk.domain.fields import Record
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.organisations import LondonZone, Organisation, Sector
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.rules import Rules
from nhsdesk.sections import claim_lines, posts_held
from nhsdesk.sections.claim_lines import LineFacts, MonthFacts
from nhsdesk.store import record_file
from nhsdesk.store.database import Database
from nhsdesk.store.record_file import Moved
from tests.conftest import AS_OF, SHARED_DATA, Clock
from tests.sections.making import APRIL, maximum, post, practice

OCTOBER = Month(2026, 10)


def gathered(database: Database, month: Month = OCTOBER, known_on: date = AS_OF) -> MonthFacts:
    asked = papers.asked_of(database, month, known_on)
    with database.read() as reader:
        return claim_lines.gather(reader, month, known_on, asked.month_rules)


def only_line(facts: MonthFacts) -> LineFacts:
    assert facts.problems == ()
    (line,) = facts.lines
    return line


def only_problem(facts: MonthFacts) -> str:
    assert facts.lines == ()
    (problem,) = facts.problems
    assert problem.weight is Weight.MUST_FIX
    return problem.sentence


# ---- the worked examples


def test_e1_a_full_month_under_the_maximum_is_claimed_at_cost(database: Database) -> None:
    maximum(database, "71725")
    post(database, "4400.00", base=practice(database).id)
    line = only_line(gathered(database))
    assert (line.salary, line.employer_ni, line.employer_pension) == (
        Money(440000),
        Money(59745),
        Money(63272),
    )
    assert (line.cost, line.pro_rata_maximum, line.claimed) == (Money(563017), Money(597708), Money(563017))
    assert line.working == (
        "Salary £4,400.00 a month (October 2026, PY-001) = £4,400.00",
        *line.working[1:-1],
        "Claimed £5,630.17, the lower of cost £5,630.17 and pro rata maximum £5,977.08",
    )
    assert any("15% × (£4,400.00 − £417.00)" in step for step in line.working)
    assert any("£71,725.00 a year ÷ 12 × 1.0 WTE (October 2026, RT-0" in step for step in line.working)


def test_e2_over_the_maximum_the_pcn_bears_the_rest(database: Database) -> None:
    maximum(database, "71725")
    post(database, "4800.00", base=practice(database).id)
    line = only_line(gathered(database))
    assert (line.cost, line.claimed, line.cost - line.claimed) == (Money(614769), Money(597708), Money(17061))


def test_e3_a_part_time_post_has_its_part_of_the_maximum(database: Database) -> None:
    maximum(database, "38739", Role.CARE_COORDINATOR)
    post(database, "1560.00", "22.5", Role.CARE_COORDINATOR, practice(database).id)
    line = only_line(gathered(database))
    assert (line.cost, line.claimed, line.wte) == (Money(195578), Money(193695), Decimal("0.6000"))
    assert line.cost - line.claimed == Money(1883)


# ---- who is claimed for


def test_a_leaver_stops_by_itself(database: Database) -> None:
    maximum(database, "71725")
    left = post(database, "4400.00", base=practice(database).id, ends=date(2026, 10, 10))
    line = only_line(gathered(database))
    assert line.pro_rata_maximum == Money(192809)  # 71,725 / 12 x 10/31
    november = gathered(database, Month(2026, 11))
    assert (november.lines, november.problems, november.empty_posts) == ((), (), ())
    assert line.post == left.ref


def test_a_post_that_started_mid_month_is_claimed_by_the_day(database: Database) -> None:
    maximum(database, "38739", Role.CARE_COORDINATOR)
    post(
        database,
        "2400.00",
        role=Role.CARE_COORDINATOR,
        base=practice(database).id,
        starts=date(2026, 9, 14),
    )
    line = only_line(gathered(database, Month(2026, 9)))
    assert (line.pro_rata_maximum, line.cost) == (Money(182934), Money(169702))


def test_a_post_nobody_held_is_told_and_not_claimed(database: Database) -> None:
    with database.change("Add a post") as change:
        empty = change.add(Post(role=Role.GP))
    facts = gathered(database)
    assert (facts.lines, facts.problems, facts.empty_posts) == ((), (), (empty.ref,))


@pytest.mark.parametrize("scheme", [Scheme.GPWER, Scheme.OTHER])
def test_a_post_paid_from_other_money_is_never_in_the_claim(database: Database, scheme: Scheme) -> None:
    maximum(database, "71725")
    post(database, "4400.00", base=practice(database).id, scheme=scheme)
    facts = gathered(database)
    assert (facts.lines, facts.problems, facts.rates) == ((), (), ())


def test_a_post_of_which_nobody_knows_who_pays_is_left_out_and_told(database: Database) -> None:
    maximum(database, "71725")
    post(database, "4400.00", base=practice(database).id, scheme=None)
    facts = gathered(database)
    assert facts.lines == ()
    assert [problem.weight for problem in facts.problems] == [Weight.ACKNOWLEDGE]
    assert "which money pays for it" in facts.problems[0].sentence


def test_two_people_in_one_post_at_once_give_a_problem_and_no_figure(database: Database) -> None:
    maximum(database, "71725")
    held = post(database, "4400.00", base=practice(database).id)
    with database.change("Add an assignment") as change:
        change.add(Assignment(post=held.id, hours=Hours.of("10"), starts=date(2026, 10, 5)))
    assert "More than one entry of hours" in only_problem(gathered(database))


def test_hours_without_pay_give_a_problem_and_no_figure(database: Database) -> None:
    maximum(database, "71725")
    with database.change("Add a post") as change:
        made = change.add(Post(role=Role.CLINICAL_PHARMACIST, base=practice_of(change).id))
        change.add(Assignment(post=made.id, hours=Hours.of("37.5"), starts=APRIL))
    assert "No pay is on file" in only_problem(gathered(database))


def practice_of(change: object) -> Record:
    from nhsdesk.domain.organisations import Practice
    from nhsdesk.store.door import Change

    assert isinstance(change, Change)
    return change.add(Practice(name="Abbey Surgery", london_zone=LondonZone.NONE))


# ---- which maximum


def test_a_rate_known_later_does_not_change_what_was_known_before(database: Database) -> None:
    first = maximum(database, "60000", superseded_on=date(2026, 8, 3))
    second = maximum(database, "71725", published_on=date(2026, 8, 3))
    post(database, "5000.00", base=practice(database).id)
    july = Month(2026, 7)
    before, after = (gathered(database, july, day) for day in (date(2026, 8, 2), date(2026, 8, 3)))
    assert (only_line(before).claimed, only_line(before).rates) == (Money(500000), (first.ref,))
    assert (only_line(after).pro_rata_maximum, only_line(after).rates) == (Money(597708), (second.ref,))


def test_a_superseded_rate_without_a_successor_gives_no_figure_but_a_problem(database: Database) -> None:
    maximum(database, "71725", superseded_on=date(2026, 8, 3))
    post(database, "4400.00", base=practice(database).id)
    assert "No maximum is on file for a clinical pharmacist" in only_problem(gathered(database))
    assert only_line(gathered(database, known_on=date(2026, 8, 2))).claimed == Money(563017)


@pytest.mark.parametrize("zone", [LondonZone.OUTER, LondonZone.INNER])
def test_a_london_practice_never_takes_a_national_maximum(database: Database, zone: LondonZone) -> None:
    maximum(database, "71725")
    other = LondonZone.INNER if zone is LondonZone.OUTER else LondonZone.OUTER
    maximum(database, "75000", zone=other)
    post(database, "4400.00", base=practice(database, london_zone=zone).id)
    assert f"in {zone.value} London" in only_problem(gathered(database))


def test_an_unknown_london_zone_gives_a_problem_that_names_the_practice(database: Database) -> None:
    maximum(database, "71725")
    base = practice(database, london_zone=None)
    post(database, "4400.00", base=base.id)
    facts = gathered(database)
    told = only_problem(facts)
    assert f"the London zone of {base.ref} Abbey Surgery is not known" in told
    assert told.endswith("Give it under Neighbourhoods, Practices.")
    (problem,) = facts.problems
    assert (problem.kind, problem.record, problem.field) == ("practice", base.id, "london_zone")
    assert facts.lacking == ("P-001",)


def test_a_practice_base_that_is_not_known_is_put_right_in_the_post(database: Database) -> None:
    maximum(database, "71725")
    held = post(database, "4400.00", base=None)
    (problem,) = gathered(database).problems
    assert (problem.kind, problem.record, problem.field) == ("post", held.id, "base")


def test_an_unknown_practice_base_gives_a_problem(database: Database) -> None:
    maximum(database, "71725")
    post(database, "4400.00", base=None)
    assert "its practice base is not known" in only_problem(gathered(database))


def test_a_rate_that_changes_within_the_month_counts_by_the_day(database: Database) -> None:
    maximum(database, "60000", valid_to=date(2026, 10, 15))
    maximum(database, "72000", valid_from=date(2026, 10, 16))
    post(database, "9000.00", base=practice(database).id)
    line = only_line(gathered(database))
    assert line.claimed == Money(551613)  # 5,000 x 15/31 + 6,000 x 16/31
    assert len(line.rates) == 2


def test_a_local_rate_that_ends_within_the_month_gives_way_to_the_national_one(database: Database) -> None:
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)[0]
    maximum(database, "72000", network=ours.id, valid_to=date(2026, 10, 15))
    maximum(database, "60000")
    post(database, "9000.00", base=practice(database).id)
    assert only_line(gathered(database)).claimed == Money(548387)  # 6,000 x 15/31 + 5,000 x 16/31


def test_a_rate_of_another_pcn_is_not_ours(database: Database) -> None:
    with database.change("Add an organisation") as change:
        other = change.add(Organisation(name="Elsewhere PCN", sector=Sector.PCN))
    maximum(database, "99000", network=other.id)
    post(database, "9000.00", base=practice(database).id)
    assert "No maximum is on file" in only_problem(gathered(database))
    maximum(database, "60000")
    assert only_line(gathered(database)).claimed == Money(500000)


def test_a_rate_valid_to_the_end_of_time_is_a_rate(database: Database) -> None:
    maximum(database, "71725", valid_to=date(9999, 12, 31))
    post(database, "4400.00", base=practice(database).id)
    assert only_line(gathered(database)).claimed == Money(563017)


def test_every_fault_of_a_month_is_told_at_once(database: Database) -> None:
    maximum(database, "71725", valid_to=date(2026, 10, 10))
    held = post(database, "4400.00", base=practice(database).id)
    with database.read() as reader:
        pay = reader.all(Pay, post=held.id)[0]
    with database.change("Change pay") as change:
        change.put(replace(pay, starts=date(2026, 10, 5)))
    told = [problem.sentence for problem in gathered(database).problems]
    assert len(told) == 2
    assert any("No maximum is on file" in sentence and "11/10/2026" in sentence for sentence in told)
    assert any("No pay is on file for 1 to 4 October 2026" in sentence for sentence in told)


@pytest.mark.parametrize("share", ["150", "-1"])
def test_a_share_of_cost_that_is_no_share_gives_a_problem(database: Database, share: str) -> None:
    maximum(database, "71725")
    post(database, "4400.00", base=practice(database).id, reimbursed=Decimal(share))
    assert "not between 0% and 100%" in only_problem(gathered(database))


def test_half_the_cost_counts_where_the_rate_says_so(database: Database) -> None:
    maximum(database, "30000", Role.MENTAL_HEALTH_ADULT, reimbursed=Decimal(50))
    post(database, "3800.00", role=Role.MENTAL_HEALTH_ADULT, base=practice(database).id)
    line = only_line(gathered(database))
    assert (line.share_of_cost, line.cost, line.claimed) == (Decimal(50), Money(242695), Money(242695))


# ---- local rules


def settle(database: Database, key: str, value: str, starts: date) -> LocalRule:
    with database.change("Settle a rule") as change:
        return change.add(LocalRule(key=key, value=value, starts=starts))


def test_a_claim_follows_the_rules_of_its_own_month(database: Database) -> None:
    maximum(database, "38739", Role.CARE_COORDINATOR)
    post(
        database,
        "9000.00",
        role=Role.CARE_COORDINATOR,
        base=practice(database).id,
        starts=date(2026, 9, 14),
    )
    settle(database, "arrs.part_month", "365ths of the year", date(2026, 9, 1))
    settle(database, "arrs.part_month", "weekdays of the month", date(2026, 10, 1))
    assert only_line(gathered(database, Month(2026, 9))).claimed == Money(180428)
    settle(database, "arrs.part_month", "weekdays of the month", date(2026, 9, 1))
    assert only_line(gathered(database, Month(2026, 9))).claimed == Money(190760)


def test_a_rule_that_cannot_be_read_is_told_and_not_followed(database: Database) -> None:
    maximum(database, "38739", Role.CARE_COORDINATOR)
    post(
        database,
        "9000.00",
        role=Role.CARE_COORDINATOR,
        base=practice(database).id,
        starts=date(2026, 9, 14),
    )
    rule = settle(database, "arrs.part_month", "full moons", APRIL)
    paper = papers.named("arrs-claim", papers.PAPERS)
    made = papers.make(database, paper, papers.asked_of(database, Month(2026, 9), AS_OF))
    assert [problem.sentence for problem in made.problems if rule.ref in problem.sentence] == [
        f"{rule.ref}: the rule “arrs.part_month” cannot be settled as “full moons”, so it is not followed."
    ]
    assert made.facts.month.lines[0].claimed == Money(182934)


# ---- the order things were typed in


def test_the_order_of_the_records_does_not_matter(tmp_path: Path, clock: Clock) -> None:
    claims = []
    for seed in range(3):
        with files.create(tmp_path / f"{seed}.nhsdesk", "Eastfield PCN", "me", clock) as database:
            base = practice(database)
            with database.change("Add a post") as change:
                held = change.add(Post(role=Role.CLINICAL_PHARMACIST, base=base.id))
            records: list[Record] = [
                Assignment(post=held.id, hours=Hours.of("30"), starts=APRIL, ends=date(2026, 10, 11)),
                Assignment(post=held.id, hours=Hours.of("37.5"), starts=date(2026, 10, 12)),
                Pay(post=held.id, salary=Money.pounds(4000), starts=APRIL, ends=date(2026, 10, 20)),
                Pay(post=held.id, salary=Money.pounds(5000), starts=date(2026, 10, 21)),
            ]
            random.Random(seed).shuffle(records)
            with database.change("Add the rest") as change:
                for record in records:
                    change.add(record)
            for annual, starts in random.Random(seed).sample(
                [("60000", APRIL), ("72000", date(2026, 10, 16))], 2
            ):
                maximum(database, annual, valid_from=starts, published_on=starts)
            line = only_line(gathered(database))
            claims.append((line.cost, line.pro_rata_maximum, line.claimed))
    assert len(set(claims)) == 1


# ---- the sample

DEMO = SHARED_DATA.parent / "domain" / "demo.yaml"


def opened(path: Path, clock: Clock) -> Database:
    return record_file.open_file(path, "me", clock, moved=Moved.MOVED)


def test_the_samples_october_claim_is_as_it_was_submitted(sample: Path, clock: Clock) -> None:
    with opened(sample, clock) as database:
        facts = gathered(database, known_on=date(2026, 11, 10))
    assert total(line.claimed for line in facts.lines) == Money.pounds("116108.20")
    assert len(facts.lines) == 26


def test_the_samples_claims_come_out_as_they_were_submitted(sample: Path, clock: Clock) -> None:
    """Known on the day each was submitted; July's as known on the day before the maxima were raised.

    July's was submitted eight days after the raised maxima were published, yet worked out with the earlier ones: the
    difference for April to July went into the uplift claim of October. On the day itself it comes to 83.34 more.
    """
    if not DEMO.is_file():
        pytest.skip(f"the scenario is not at {DEMO}")
    found = re.findall(
        r"- \{month: (\d{4}-\d\d), submitted: (\S+), .*claimed_gbp: ([\d.]+)", DEMO.read_text("utf-8")
    )
    known = {written: date.fromisoformat(submitted) for written, submitted, _ in found}
    known["2026-07"] = date(2026, 8, 2)
    with opened(sample, clock) as database:
        claimed = {
            written: total(line.claimed for line in gathered(database, Month.parse(written), day).lines)
            for written, day in known.items()
        }
        late = gathered(database, Month(2026, 7), date(2026, 8, 11))
    assert claimed == {written: Money.pounds(pounds) for written, _, pounds in found}
    assert len(claimed) == 7
    assert total(line.claimed for line in late.lines) - claimed["2026-07"] == Money(8334)


def test_the_samples_leaver_is_claimed_to_the_day_he_left(sample: Path, clock: Clock) -> None:
    with opened(sample, clock) as database:
        august, september = (gathered(database, Month(2026, n), date(2026, n + 1, 9)) for n in (8, 9))
    left = next(line for line in august.lines if line.label == "Care coordinator 4")
    assert left.ends == date(2026, 8, 21)
    assert left.pro_rata_maximum < left.maximum
    assert left.post not in {line.post for line in september.lines}


def test_no_maximum_shipped_with_the_program_is_called_confirmed() -> None:
    assert resources.rates()
    assert {rate.confidence.words for rate in resources.rates()}.isdisjoint({"Confirmed"})
    assert all(rate.source and isinstance(rate, Rate) for rate in resources.rates())


def test_a_rule_for_nothing_is_the_default() -> None:
    assert posts_held.claim_rules(Rules()) == posts_held.claim_rules(Rules({})) == ClaimRules()
