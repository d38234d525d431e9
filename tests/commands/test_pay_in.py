"""An employer's month is taken in as one step: lines kept, pay brought up to date, columns remembered, file kept."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands import blocks, pay_in
from nhsdesk.domain import blocks as reading
from nhsdesk.domain.arrs import Assignment, Holder, Pay, Post, Role
from nhsdesk.domain.blocks import Row
from nhsdesk.domain.employers import (
    EmployerLine,
    EmployerPayment,
    EmployerStatement,
    Incoming,
    StatementKind,
    VatMarker,
)
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.pay_columns import WANTED
from nhsdesk.domain.pay_in import Difference
from nhsdesk.domain.periods import Month
from nhsdesk.sections.pay_seen import Asked, Seen
from nhsdesk.store.database import Database

APRIL = date(2026, 4, 1)
OCTOBER = Month(2026, 10)
PAYROLL = (
    "Employee No\tSurname\tPost\tGross pay\tErs NI\tErs pension\n"
    "100234\tBloggs\tClinical pharmacist 1\t4,500.00\t612.45\t647.10\n"
    "100235\tDoe\tParamedic 1\t3,900.00\t522.45\t560.82\n"
    "\t\tTotal\t8,400.00\t1,134.90\t1,207.92\n"
)


class Desk:
    """Two posts of one employer, held by two people whom payroll knows by number."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.change("Add posts") as change:
            self.employer = change.add(Organisation(name="Federation")).id
            self.other = change.add(Organisation(name="Trust")).id
            self.pharmacist = self._post(
                change, "Clinical pharmacist 1", Role.CLINICAL_PHARMACIST, "100234", "4400"
            )
            self.paramedic = self._post(change, "Paramedic 1", Role.PARAMEDIC, "100235", "3900")

    def _post(self, change: Any, label: str, role: Role, payroll_ref: str, salary: str) -> Id:
        post = change.add(Post(role=role, portal_label=label, employer=self.employer, starts=APRIL))
        holder = change.add(Holder(name="Jo Bloggs", payroll_ref=payroll_ref))
        change.add(Assignment(post=post.id, holder=holder.id, hours=Hours.of("37.5"), starts=APRIL))
        change.add(Pay(post=post.id, starts=APRIL, salary=Money.pounds(salary)))
        return Id(post.id)

    def asked(self, **fields: Any) -> Asked:
        return Asked(**{"employer": self.employer, "month": OCTOBER, **fields})

    def rows(self, words: str = PAYROLL) -> tuple[tuple[Row, ...], dict[str, str]]:
        block = blocks.from_text(words, WANTED)
        columns = reading.guess(block, WANTED, {})
        headings = {block.headings[column]: name for name, column in columns.items()}
        return reading.read(block, WANTED, columns, self.database.today()), headings

    def looks(self, words: str = PAYROLL, chosen: dict[int, Id | None] | None = None, **fields: Any) -> Seen:
        return pay_in.look(self.database, self.asked(**fields), self.rows(words)[0], chosen or {})

    def takes(
        self,
        words: str = PAYROLL,
        chosen: dict[int, Id | None] | None = None,
        source: Path | None = None,
        about_persons: bool = False,
        **fields: Any,
    ) -> pay_in.Taken:
        rows, headings = self.rows(words)
        return pay_in.take(
            self.database,
            self.asked(**fields),
            rows,
            chosen or {},
            headings,
            source,
            about_persons=about_persons,
        )

    def pay(self, post: Id) -> list[tuple[date, date | None, Money, Money | None]]:
        with self.database.read() as reader:
            return [(one.starts, one.ends, one.salary, one.employer_ni) for one in reader.all(Pay, post=post)]

    def all(self, cls: Any) -> tuple[Any, ...]:
        with self.database.read() as reader:
            return reader.all(cls)


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


# ---- taking in


def test_a_payroll_report_becomes_a_statement_with_its_lines(desk: Desk) -> None:
    taken = desk.takes(total=Money.pounds("10742.82"), number="PR-10", vat=VatMarker.NONE)
    (statement,) = desk.all(EmployerStatement)
    assert (statement.employer, statement.month, statement.number) == (desk.employer, OCTOBER, "PR-10")
    assert (statement.total, statement.vat, statement.kept) == (
        Money.pounds("10742.82"),
        VatMarker.NONE,
        None,
    )
    lines = desk.all(EmployerLine)
    assert [(one.post, one.payroll_ref, one.salary) for one in lines] == [
        (desk.pharmacist, "100234", Money.pounds(4500)),
        (desk.paramedic, "100235", Money.pounds(3900)),
    ]
    assert lines[0].total == Money.pounds("5759.55")
    assert (taken.lines, taken.pay_changed) == (2, 1)  # the paramedic's comes to what was worked out


def test_pay_is_brought_up_to_date_from_the_first_of_the_month(desk: Desk) -> None:
    desk.takes()
    assert desk.pay(desk.pharmacist) == [
        (APRIL, date(2026, 9, 30), Money.pounds(4400), None),
        (date(2026, 10, 1), None, Money.pounds(4500), Money.pounds("612.45")),
    ]


def test_pay_that_comes_to_the_same_stays_one_entry(desk: Desk) -> None:
    desk.takes()
    assert desk.pay(desk.paramedic) == [(APRIL, None, Money.pounds(3900), None)]


def test_it_is_one_step_and_one_undo_takes_all_of_it_back(desk: Desk) -> None:
    before = desk.pay(desk.pharmacist)
    position = desk.database.head.position
    desk.takes()
    assert desk.database.head.position == position + 1
    desk.database.undo()
    assert desk.pay(desk.pharmacist) == before
    assert desk.all(EmployerStatement) == desk.all(EmployerLine) == ()
    with desk.database.read() as reader:
        assert blocks.remembered(reader, Incoming.PAYROLL, desk.employer) == {}


def test_the_step_names_the_employer_by_its_reference_and_tells_no_value(desk: Desk) -> None:
    desk.takes()
    step = desk.database.offers().undo
    assert step is not None
    assert re.fullmatch(r"Take in payroll report of O-\d+ for October 2026", step.label)


def test_columns_are_remembered_for_the_employer(desk: Desk) -> None:
    desk.takes()
    with desk.database.read() as reader:
        kept = blocks.remembered(reader, Incoming.PAYROLL, desk.employer)
    assert kept["Gross pay"] == "salary"
    assert "Surname" not in kept


def test_names_are_nowhere_in_the_file(desk: Desk, tmp_path: Path) -> None:
    report = tmp_path / "October.csv"
    report.write_text(PAYROLL.replace("\t", ";").replace("Bloggs", "Quillfeather"), encoding="utf-8")
    desk.takes(PAYROLL.replace("Bloggs", "Quillfeather"), source=report, about_persons=True)
    desk.database.rest()
    assert b"Quillfeather" not in desk.database.path.read_bytes()
    (statement,) = desk.all(EmployerStatement)
    assert (statement.kept.name, statement.kept.lies_at) == ("October.csv", str(report))
    assert len(statement.kept.sha256) == 64


def test_a_file_that_tells_of_nobody_is_kept_as_it_was_sent(desk: Desk, tmp_path: Path) -> None:
    report = tmp_path / "October.csv"
    report.write_text("Employee No,Salary\n100234,4500\n", encoding="utf-8")
    assert desk.takes("Employee No,Salary\n100234,4500\n", source=report).file_kept == "October.csv"
    (statement,) = desk.all(EmployerStatement)
    with desk.database.read() as reader:
        assert reader.kept_bytes(statement.kept.sha256) == report.read_bytes()


def test_a_file_that_is_gone_meanwhile_leaves_nothing_written(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(errors.DeskError, match=r"gone\.csv is no longer there"):
        desk.takes(source=tmp_path / "gone.csv")
    assert desk.all(EmployerStatement) == ()


def test_a_label_from_a_column_that_nobody_named_is_kept_only_where_it_is_ours(desk: Desk) -> None:
    rows, _ = desk.rows()
    columns = {"Column A": "payroll_ref", "Column B": "label", "Column C": "salary"}
    named = [replace(row, values={**row.values, "label": "Jo Bloggs"}) for row in rows]
    pay_in.take(desk.database, desk.asked(), named, {}, columns)
    assert [one.label for one in desk.all(EmployerLine)] == [None, None]


# ---- what is refused


def test_the_same_month_twice_is_refused_and_says_which(desk: Desk) -> None:
    first = desk.takes().statement
    assert desk.looks().before == first
    with pytest.raises(errors.DeskError, match=f"was taken in before, as {first.ref}. Nothing was written."):
        desk.takes()
    assert len(desk.all(EmployerStatement)) == 1


def test_the_one_before_can_be_replaced_in_the_same_step(desk: Desk) -> None:
    first = desk.takes().statement
    desk.takes(PAYROLL.replace("4,500.00", "4,600.00"), replaces=first.id)
    (statement,) = desk.all(EmployerStatement)
    assert statement.ref != first.ref
    assert [salary for _, _, salary, _ in desk.pay(desk.pharmacist)] == [
        Money.pounds(4400),
        Money.pounds(4600),
    ]
    assert len(desk.all(EmployerLine)) == 2


def test_another_number_for_the_same_month_is_another_statement_and_leaves_pay_alone(desk: Desk) -> None:
    desk.takes(number="1")
    more = "Employee No\tSalary\n100234\t250.00"
    told = [problem.sentence for problem in desk.looks(more, number="2").lines[0].problems]
    assert any("Already in ES-001 for this month" in sentence for sentence in told)
    desk.takes(more, number="2", kind=StatementKind.INVOICE)
    assert desk.pay(desk.pharmacist)[-1][2] == Money.pounds(4500)


def test_a_line_that_must_be_decided_on_stands_in_the_way(desk: Desk) -> None:
    twice = PAYROLL + "100234\tBloggs\tClinical pharmacist 1\t4,500.00\t612.45\t647.10\n"
    seen = desk.looks(twice)
    assert [one.match.line.number for one in seen.open] == [2, 5]
    with pytest.raises(errors.DeskError, match="say first what rows 2, 5 are for"):
        desk.takes(twice)
    desk.takes(twice, {5: None})
    assert desk.pay(desk.pharmacist)[-1][2] == Money.pounds(4500)


def test_a_figure_that_cannot_be_read_stands_in_the_way_until_its_row_is_left_out(desk: Desk) -> None:
    wrong = PAYROLL.replace("3,900.00", "#N/A")
    assert [one.match.line.number for one in desk.looks(wrong).open] == [3]
    desk.takes(wrong, {3: None})
    assert [one.post for one in desk.all(EmployerLine)] == [desk.pharmacist]


def test_a_file_without_a_post_of_ours_is_refused(desk: Desk) -> None:
    with pytest.raises(errors.DeskError, match="none of the rows is for a post in this file"):
        desk.takes("Post\tSalary\nReceptionist\t2,000.00")


def test_lines_for_others_are_left_out_of_what_is_kept_and_counted_in_the_total(desk: Desk) -> None:
    words = "Post\tSalary\nParamedic 1\t3,900\nReceptionist\t2,000"
    seen = desk.looks(words, total=Money.pounds(5900))
    assert seen.reconciled.words.endswith("That is the total stated, £5,900.00.")
    desk.takes(words)
    assert len(desk.all(EmployerLine)) == 1


# ---- the month before


def test_the_first_month_is_compared_with_what_is_entered(desk: Desk) -> None:
    seen = desk.looks("Employee No\tSalary\n100234\t4,400.00")
    assert seen.lines[0].compared.difference is Difference.SAME
    assert [(one.post.id, one.compared.difference) for one in seen.gone] == [
        (desk.paramedic, Difference.GONE)
    ]


def test_a_later_month_is_compared_with_the_one_taken_in_before(desk: Desk) -> None:
    desk.takes()
    seen = desk.looks(PAYROLL.replace("3,900.00", "4,200.00"), month=Month(2026, 11))
    assert [one.compared.difference for one in seen.lines] == [Difference.SAME, Difference.UP]


def test_what_a_person_said_of_a_row_is_known_the_next_month(desk: Desk) -> None:
    words = "Employee No\tJob title\tSalary\n9\tAmbulance lead\t3,900.00"
    assert desk.looks(words).lines[0].post is None
    desk.takes(words, {2: desk.paramedic})
    (line,) = desk.looks(words, month=Month(2026, 11)).lines
    assert line.post is not None
    assert line.post.id == desk.paramedic


def test_looking_writes_nothing(desk: Desk) -> None:
    position = desk.database.head.position
    desk.looks()
    assert desk.database.head.position == position


# ---- months that are not whole


def change_post(desk: Desk, post: Id, **fields: Any) -> None:
    with desk.database.change("Change a post") as change:
        change.put(replace(change.reader.get(Post, post), **fields))


def test_the_part_month_of_a_leaver_does_not_become_a_months_pay(desk: Desk) -> None:
    change_post(desk, desk.paramedic, ends=date(2026, 10, 15))
    told = [
        problem.sentence for problem in desk.looks(PAYROLL.replace("3,900.00", "1,950.00")).lines[1].problems
    ]
    assert any("Hours or pay change within October 2026" in sentence for sentence in told)
    desk.takes(PAYROLL.replace("3,900.00", "1,950.00"))
    assert [salary for _, _, salary, _ in desk.pay(desk.paramedic)] == [Money.pounds(3900)]


def test_a_post_that_nobody_was_in_is_told_and_left_alone(desk: Desk) -> None:
    change_post(desk, desk.paramedic, ends=date(2026, 9, 30))
    told = [problem.sentence for problem in desk.looks().lines[1].problems]
    assert "Nobody was in P-002 in October 2026, so its pay is left as it is." in told
    desk.takes()
    assert len(desk.pay(desk.paramedic)) == 1


def test_two_who_share_a_post_each_get_their_own_pay(desk: Desk) -> None:
    with desk.database.change("Share a post") as change:
        ben = change.add(Holder(payroll_ref="200"))
        change.add(Assignment(post=desk.paramedic, holder=ben.id, hours=Hours.of("10"), starts=APRIL))
    desk.takes("Employee No\tSalary\n100235\t2,900.00\n200\t1,000.00")
    pay = [one for one in desk.all(Pay) if one.post == desk.paramedic]
    assert [(one.salary, one.ends) for one in pay if one.holder is None] == [
        (Money.pounds(3900), date(2026, 9, 30))
    ]
    assert {one.salary for one in pay if one.holder is not None} == {Money.pounds(2900), Money.pounds(1000)}


# ---- whose turn it is


def test_the_employer_that_is_longest_behind_is_offered_first(desk: Desk) -> None:
    change_post(desk, desk.paramedic, employer=desk.other)
    desk.takes("Employee No\tSalary\n100234\t4,500", month=Month(2026, 9))
    desk.takes("Employee No\tSalary\n100235\t3,900", month=Month(2026, 8), employer=desk.other)
    first, second = pay_in.employers(desk.database)[:2]
    assert (first.name, first.due) == ("Trust", Month(2026, 9))
    assert (second.name, second.due) == ("Federation", OCTOBER)


def test_before_anything_was_taken_in_who_employs_most_is_offered_first(desk: Desk) -> None:
    first = pay_in.employers(desk.database)[0]
    assert (first.name, first.due, first.posts) == ("Federation", None, 2)


# ---- payments passed on


def test_a_payment_passed_on_is_noted(desk: Desk) -> None:
    payment = EmployerPayment(
        employer=desk.employer, month=OCTOBER, amount=Money.pounds(5000), paid_on=date(2026, 11, 20)
    )
    assert pay_in.note_payment(desk.database, payment).ref == "PD-001"
    with pytest.raises(errors.DeskError, match="more than nothing"):
        pay_in.note_payment(desk.database, replace(payment, amount=Money()))


# ---- size


def test_five_hundred_lines_are_looked_at_in_well_under_a_second(database: Database) -> None:
    with database.change("Add posts") as change:
        employer = change.add(Organisation(name="Federation")).id
        for n in range(500):
            post = change.add(
                Post(role=Role.PARAMEDIC, portal_label=f"Paramedic {n}", employer=employer, starts=APRIL)
            )
            change.add(Assignment(post=post.id, hours=Hours.of("37.5"), starts=APRIL))
            change.add(Pay(post=post.id, starts=APRIL, salary=Money.pounds(3900)))
    words = "Post\tSalary\n" + "\n".join(f"Paramedic {n}\t{4000 + n}.00" for n in range(500))
    asked = Asked(employer, OCTOBER)
    began = time.perf_counter()
    block = blocks.from_text(words, WANTED)
    rows = reading.read(block, WANTED, reading.guess(block, WANTED, {}), database.today())
    seen = pay_in.look(database, asked, rows, {})
    looked = time.perf_counter() - began
    assert len(seen.matched) == 500
    taken = pay_in.take(database, asked, rows, {}, {"Post": "label", "Salary": "salary"})
    assert taken.pay_changed == 500
    assert looked < 2, f"{looked:.2f} s"  # half a second at rest; the machine may be busy
