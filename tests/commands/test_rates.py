"""Maxima on a real file: known by day, confirmed in one step, pasted, superseded and never edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nhsdesk import errors, resources
from nhsdesk.commands import entries, figures, rates
from nhsdesk.commands.rates import Checked, TableWords
from nhsdesk.domain import rates as rules
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.claimed import Claim, ClaimLine
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ListBase, ListSize, LondonZone, Organisation
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rate_table import Standing, TableRow, TableTold
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.store.database import Database
from tests.sections import making

NOW = date(2026, 11, 20)
NONE, INNER = LondonZone.NONE, LondonZone.INNER
CHECKED = Checked("Practice manager", "20/11/2026", "31")
WORDS = TableWords("1/4/2026", "31/3/2027", "30/4/2026", "PRN02483, Table 2")


def rate_for(
    database: Database, role: Role, on: date = NOW, known_on: date = NOW, zone: LondonZone = NONE
) -> Rate:
    shown = [one for one in rates.of_day(database, on, known_on) if (one.role, one.zone) == (role, zone)]
    assert shown[0].rate is not None
    return shown[0].rate


def told(database: Database, words: TableWords = WORDS) -> TableTold:
    found = rates.told_of_table(database, words)
    assert isinstance(found, TableTold), found
    return found


def row(number: int, title: str, pounds: int, zone: LondonZone = NONE) -> TableRow:
    return TableRow(number, title, {zone: Money.pounds(pounds)})


# ---- looking


def test_a_new_file_holds_every_shipped_maximum_and_sum_and_none_is_confirmed(database: Database) -> None:
    with database.read() as reader:
        held, sums = reader.all(Rate), reader.all(Sum)
    assert [one.annual for one in held] == [one.annual for one in resources.rates()]
    assert [one.per_head for one in sums] == [one.per_head for one in resources.sums()]
    assert RateConfidence.CONFIRMED not in {one.confidence for one in held} | {one.confidence for one in sums}


def test_what_our_posts_rest_on_comes_first_missing_or_not(database: Database) -> None:
    base = making.practice(database)
    london = making.practice(database, "Mill", london_zone=INNER)
    making.post(database, "4400", base=base.id)
    making.post(database, "4400", role=Role.PODIATRIST, base=london.id)
    making.post(database, "4400", role=Role.GP, base=base.id, ends=date(2026, 5, 1))
    shown = rates.of_day(database, NOW, NOW)
    needed = [(one.role, one.zone) for one in shown if one.needed]
    assert needed == [(Role.CLINICAL_PHARMACIST, NONE), (Role.PODIATRIST, INNER)]
    assert [one.needed for one in shown[:2]] == [True, True]
    assert isinstance(shown[1].then, Problem), "an inner London post takes no other zone's maximum"
    assert "in inner London" in shown[1].then.sentence


def test_what_was_known_in_june_2025_and_what_is_known_now_are_shown_beside_each_other(
    database: Database,
) -> None:
    shown = rates.of_day(database, date(2025, 4, 1), date(2025, 6, 1))
    (pharmacist,) = [one for one in shown if (one.role, one.zone) == (Role.CLINICAL_PHARMACIST, NONE)]
    assert pharmacist.rate is not None
    assert pharmacist.rate.annual == Money.pounds(66_972)
    assert isinstance(pharmacist.now, Problem)
    assert pharmacist.differs
    assert not any(
        one.role is Role.CLINICAL_PHARMACIST for one in rates.of_day(database, date(2025, 4, 1), NOW)
    )


# ---- confirming


def test_all_shown_are_confirmed_as_one_step_and_then_there_is_silence(database: Database) -> None:
    ids = [one.rate.id for one in rates.of_day(database, NOW, NOW) if one.rate is not None]
    before = database.head.number
    assert rates.confirm(database, ids, CHECKED) == ()
    assert database.head.number == before + 1
    assert not any(one.to_confirm for one in rates.of_day(database, NOW, NOW))
    held = rate_for(database, Role.GP)
    assert (held.confirmed_by, held.confirmed_on, held.confirmed_page) == ("Practice manager", NOW, "31")
    assert database.undo().label == f"Confirm {len(ids)} figures"
    assert any(one.to_confirm for one in rates.of_day(database, NOW, NOW))


def test_sums_are_confirmed_the_same_way(database: Database) -> None:
    with database.read() as reader:
        (held,) = [one for one in reader.all(Sum) if one.per_head == Decimal("27.668")]
    assert rates.confirm(database, [held.id], CHECKED) == ()
    with database.read() as reader:
        assert reader.get(Sum, held.id).confidence is RateConfidence.CONFIRMED


@pytest.mark.parametrize(
    ("checked", "field"),
    [
        (replace(CHECKED, who="  "), "who"),
        (replace(CHECKED, on=""), "on"),
        (replace(CHECKED, on="31/2/2026"), "on"),
        (replace(CHECKED, on="21/11/2026"), "on"),
        (replace(CHECKED, page=""), "page"),
    ],
)
def test_who_when_and_which_page_are_needed(database: Database, checked: Checked, field: str) -> None:
    (problem,) = rates.confirm(database, [rate_for(database, Role.GP).id], checked)
    assert problem.field == field
    assert rules.unconfirmed(rate_for(database, Role.GP)) is not None


def test_nothing_shown_is_nothing_to_confirm(database: Database) -> None:
    (problem,) = rates.confirm(database, [], CHECKED)
    assert problem.sentence == "There is nothing to confirm."


# ---- pasting


def test_a_pasted_table_is_taken_in_as_one_step_and_supersedes_what_it_changes(database: Database) -> None:
    rows = [
        row(2, "Clinical pharmacists", 71_725),
        row(3, "Care coordinators", 38_800),
        row(4, "Podiatrists", 69_515),
        row(5, "Wizards", 1),
    ]
    judged = rates.judge_table(database, rows, told(database))
    assert [one.standing for one in judged] == [
        Standing.SAME, Standing.CHANGES, Standing.NEW, Standing.NOT_RECOGNISED,
    ]  # fmt: skip
    before = rate_for(database, Role.CARE_COORDINATOR)
    step = database.head.number
    assert rates.take_table(database, rows, told(database)) == 2
    assert database.head.number == step + 1
    now = rate_for(database, Role.CARE_COORDINATOR)
    assert (now.annual, now.confidence) == (Money.pounds(38_800), RateConfidence.TYPED)
    with database.read() as reader:
        assert reader.get(Rate, before.id) == replace(
            before, superseded_on=date(2026, 4, 30), version=before.version + 1
        )
    assert rate_for(database, Role.CARE_COORDINATOR, NOW, date(2026, 4, 29)).annual == before.annual
    assert database.undo().label == "Add 2 maxima"
    back = rate_for(database, Role.CARE_COORDINATOR)
    assert back == replace(before, version=back.version)


def test_pasted_twice_there_is_nothing_more_to_add(database: Database) -> None:
    rows = [row(2, "Podiatrists", 69_515)]
    assert rates.take_table(database, rows, told(database)) == 1
    step = database.head.number
    assert rates.take_table(database, rows, told(database)) == 0
    assert database.head.number == step


def test_a_local_variation_comes_first_for_us_and_leaves_the_national_rate(database: Database) -> None:
    ours = told(database, replace(WORDS, ours_only=True))
    assert rates.take_table(database, [row(2, "Clinical pharmacists", 80_000)], ours) == 1
    found = rate_for(database, Role.CLINICAL_PHARMACIST)
    assert found.annual == Money.pounds(80_000)
    with database.read() as reader:
        (mine,) = reader.all(Organisation, ours=True)
        national = [
            one
            for one in reader.all(Rate, role=Role.CLINICAL_PHARMACIST)
            if one.annual == Money.pounds(71_725)
        ]
    assert found.network == mine.id
    assert national[0].superseded_on is None


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (replace(WORDS, valid_from=""), "valid_from"),
        (replace(WORDS, valid_from="soon"), "valid_from"),
        (replace(WORDS, valid_to="31/3/2026"), "valid_to"),
        (replace(WORDS, published_on=""), "published_on"),
        (replace(WORDS, published_on="21/11/2026"), "published_on"),
        (replace(WORDS, source=" "), "source"),
    ],
)
def test_a_table_without_its_days_and_source_is_refused_beside_the_field(
    database: Database, words: TableWords, field: str
) -> None:
    found = rates.told_of_table(database, words)
    assert isinstance(found, tuple)
    assert [one.field for one in found] == [field]


# ---- what stays as it is


def mine(database: Database, **fields: object) -> Rate:
    return making.maximum(database, "70000", Role.PODIATRIST, confidence=RateConfidence.TYPED, **fields)


@pytest.mark.parametrize(
    "name", ["annual", "role", "zone", "valid_from", "valid_to", "published_on", "source"]
)
def test_what_a_shipped_rate_says_cannot_be_typed_over(database: Database, name: str) -> None:
    held = rate_for(database, Role.GP)
    with pytest.raises(errors.Sealed, match="Add the rate that takes its place"):
        entries.enter(database, Rate.KIND, held.id, name, "1")
    with pytest.raises(errors.Sealed):
        entries.put_back(database, Rate.KIND, held.id, name, "1")
    with database.read() as reader:
        assert reader.get(Rate, held.id) == held


def test_of_many_rates_of_which_one_stays_none_is_changed(database: Database) -> None:
    held = mine(database)
    with pytest.raises(errors.Sealed):
        entries.enter_for_all(
            database, Rate.KIND, [held.id, rate_for(database, Role.GP).id], "valid_to", "1/1/2027"
        )
    with database.read() as reader:
        assert reader.get(Rate, held.id).valid_to is None


def test_a_typed_rate_may_be_put_right_until_it_is_relied_on(database: Database) -> None:
    held = mine(database)
    assert entries.enter(database, Rate.KIND, held.id, "annual", "69,515") is None
    rates.confirm(database, [held.id], CHECKED)
    with pytest.raises(errors.Sealed, match="it was confirmed against the specification"):
        entries.enter(database, Rate.KIND, held.id, "annual", "1")


@pytest.mark.parametrize("second", [False, True])
def test_a_rate_that_a_claim_line_used_keeps_its_amount(database: Database, second: bool) -> None:
    held, other = mine(database), mine(database, zone=INNER)
    post = making.post(database, "4000", role=Role.PODIATRIST)
    with database.change("Claim") as change:
        claim = change.add(Claim(month=Month(2026, 10)))
        change.add(
            ClaimLine(
                claim=claim.id, post=post.id, rate=other.id if second else held.id,
                rates_used=f"{other.ref}, {held.ref}", cost=Money(1), maximum=Money(1),
                pro_rata_maximum=Money(1), claimed=Money(1),
            )
        )  # fmt: skip
    with pytest.raises(errors.Sealed, match="CN-001 was worked out with it"):
        entries.enter(database, Rate.KIND, held.id, "annual", "1")


def test_nothing_is_confirmed_by_a_form_that_asks_for_no_page(database: Database) -> None:
    from nhsdesk.store import drafts

    held = rate_for(database, Role.GP)
    with pytest.raises(errors.Sealed, match="confirmed under ARRS, Rates and rules"):
        entries.enter(database, Rate.KIND, held.id, "confidence", "confirmed")
    typed = {
        "role": "Podiatrist", "zone": "none", "annual": "39,000", "valid_from": "1/4/2026", "source": "Letter",
        "confidence": "confirmed",
    }  # fmt: skip
    drafts.keep_all(database, "rate", "new-1", typed)
    with pytest.raises(errors.Incomplete, match="It was not added"):
        entries.add_begun(database, Rate.KIND, "new-1")
    drafts.keep_all(database, "rate", "new-1", {**typed, "confidence": "typed here, not checked yet"})
    assert isinstance(entries.add_begun(database, Rate.KIND, "new-1"), Rate)


def test_that_a_rate_was_superseded_can_be_written_of_any(database: Database) -> None:
    held = rate_for(database, Role.GP)
    assert entries.enter(database, Rate.KIND, held.id, "superseded_on", "1/8/2026") is None
    assert entries.enter(database, Rate.KIND, held.id, "confirmed_page", "31") is None


def test_a_rate_added_by_its_form_supersedes_like_any_other(database: Database) -> None:
    from nhsdesk.store import drafts

    held = rate_for(database, Role.CARE_COORDINATOR)
    typed = {
        "role": "Care coordinator", "zone": "none", "annual": "39,000", "valid_from": "1/4/2026",
        "published_on": "3/8/2026", "source": "Letter", "confidence": "typed here, not checked yet",
    }  # fmt: skip
    drafts.keep_all(database, "rate", "new-1", typed)
    assert isinstance(entries.add_begun(database, Rate.KIND, "new-1"), Rate)
    with database.read() as reader:
        assert reader.get(Rate, held.id).superseded_on == date(2026, 8, 3)


def test_a_sum_is_superseded_and_not_edited(database: Database) -> None:
    with database.read() as reader:
        (held,) = [one for one in reader.all(Sum) if one.per_head == Decimal("27.668")]
    with pytest.raises(errors.Sealed, match="Add the sum that takes its place"):
        entries.enter(database, Sum.KIND, held.id, "per_head", "28")
    with database.change("Add a sum") as change:
        later = replace(
            held, id=Id(0), version=0, ref="", per_head=Decimal("28.1"), published_on=date(2026, 8, 1)
        )
        figures.add(change, later)
    with database.read() as reader:
        assert reader.get(Sum, held.id).superseded_on == date(2026, 8, 1)


# ---- list sizes


def test_list_sizes_are_added_as_one_step(database: Database) -> None:
    one, other = making.practice(database), making.practice(database, "Mill")
    typed = {one.id: "20,350", other.id: ""}
    found = rates.add_list_sizes(database, ListBase.WEIGHTED, date(2026, 1, 1), typed, "CQRS")
    assert found == ()
    with database.read() as reader:
        (held,) = reader.all(ListSize)
    assert (held.practice, held.patients, held.source) == (one.id, Decimal(20_350), "CQRS")


@pytest.mark.parametrize("words", ["many", "0", "-5", "1e9", "12.345", "=1+1"])
def test_a_count_that_is_none_is_told_beside_its_practice_and_nothing_is_added(
    database: Database, words: str
) -> None:
    one, other = making.practice(database), making.practice(database, "Mill")
    typed = {one.id: "20,350", other.id: words}
    (problem,) = rates.add_list_sizes(database, ListBase.WEIGHTED, date(2026, 1, 1), typed, "")
    assert problem.record == other.id
    with database.read() as reader:
        assert reader.all(ListSize) == ()
