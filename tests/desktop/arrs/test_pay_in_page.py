"""The payroll report is pasted, looked at and taken in; and who is owed is read and noted, as a person does it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files
from nhsdesk.desktop import asking
from nhsdesk.desktop.arrs.pay_in_panel import PayInPanel
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.domain.arrs import Assignment, Holder, Pay, Post, Role
from nhsdesk.domain.claimed import Claim, ClaimLine, ClaimState
from nhsdesk.domain.employers import EmployerLine, EmployerPayment, EmployerStatement
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.statements import PortalLine, PortalStatement
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.desktop import screen
from tests.desktop.conftest import Opened
from tests.desktop.desk_side import Person
from tests.sections import making

APRIL = date(2026, 4, 1)
OCTOBER = Month(2026, 10)
POSTS = 40


def payroll(salary: int = 4_000, posts: int = POSTS) -> str:
    """What a spreadsheet copies: headings, forty people with their names, and a total."""
    lines = ["Employee No\tSurname\tJob title\tGross pay\tErs NI\tErs pension"]
    lines += [f"{1000 + n}\tBloggs\tParamedic {n}\t{salary:,}.00\t537.45\t575.20" for n in range(posts)]
    lines.append(f"\t\tTotal\t{salary * posts:,}.00\t{537.45 * posts:,.2f}\t{575.2 * posts:,.2f}")
    return "\r\n".join(lines) + "\r\n"


def paramedics(database: Database) -> None:
    """Forty paramedics of one employer."""
    base = making.practice(database)
    making.maximum(database, "60000", Role.PARAMEDIC)
    with database.change("Add posts") as change:
        employer = change.add(Organisation(name="Federation")).id
        change.add(Organisation(name="Trust"))
        for n in range(POSTS):
            post = change.add(
                Post(
                    role=Role.PARAMEDIC, portal_label=f"Paramedic {n}", employer=employer, starts=APRIL,
                    base=base.id,
                )
            )  # fmt: skip
            holder = change.add(Holder(payroll_ref=f"{1000 + n}"))
            change.add(Assignment(post=post.id, holder=holder.id, hours=Hours.of("37.5"), starts=APRIL))
            change.add(Pay(post=post.id, starts=APRIL, salary=Money.pounds(3_900)))


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    """A PCN with forty paramedics of one employer."""
    return made_once.network(tmp_path / "Ours.nhsdesk", clock, paramedics)


@pytest.fixture
def manager(opens: Opened, path: Path) -> Person:
    """Somebody at the window, with the payroll report open in another program."""
    return opens(path)


def records(person: Person, cls: Any) -> tuple[Any, ...]:
    with person.database.read() as reader:
        return reader.all(cls)


class Counting(Person):
    """Somebody whose keys and clicks are counted."""

    count = 0

    def presses(self, *keys: str) -> None:
        self.count += len(keys)
        super().presses(*keys)

    def clicks(self, words: str) -> None:
        self.count += 1
        super().clicks(words)

    def goes_to(self, title: str, tab: str = "") -> None:
        self.count += bool(tab)  # the key that leads to the place of the tab
        super().goes_to(title, tab)

    def turns_to(self, tab: str) -> None:
        self.count += 1
        super().turns_to(tab)


# ---- taking in


def test_a_months_payroll_of_forty_posts_needs_at_most_ten_keys_and_clicks(manager: Person) -> None:
    counting = Counting(manager.window)
    QApplication.clipboard().setText(payroll())
    counting.goes_to("ARRS", "Pay in")
    counting.presses("Ctrl+V")
    counting.presses("Return")
    assert len(records(manager, EmployerLine)) == POSTS
    assert manager.sees("Taken in as ES-001: 40 lines; the pay of 40 posts follows it.")
    assert counting.count == 4


def test_the_next_employers_payroll_needs_two_more(manager: Person) -> None:
    counting = Counting(manager.window)
    counting.goes_to("ARRS", "Pay in")
    for month in range(2):
        QApplication.clipboard().setText(payroll(4_000 + month))
        counting.presses("Ctrl+V")
        counting.presses("Return")
    assert [one.month.number for one in records(manager, EmployerStatement)] == [10, 11]
    assert counting.count == 6


def test_employer_and_month_are_those_whose_turn_it_is(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    assert manager.reads("Employer") == "Federation"
    assert manager.reads("Month") == "October 2026 (M7)"
    manager.pastes(payroll())
    manager.presses("Return")
    assert manager.reads("Month") == "November 2026 (M8)"


def test_the_cursor_waits_in_the_paste_field_and_goes_back_to_it(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    assert manager.focus is not None
    assert manager.focus.accessibleName() == "Paste here"
    manager.pastes(payroll())
    assert manager.focus is manager.button("Take in October 2026 from Federation")
    manager.presses("Return")
    assert manager.focus is not None
    assert manager.focus.accessibleName() == "Paste here"


def test_nothing_is_written_before_the_button_is_pressed(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    position = manager.database.head.position
    manager.pastes(payroll())
    assert manager.database.head.position == position
    manager.clicks("Start again")
    assert manager.database.head.position == position
    assert not manager.sees("rows are for posts of ours")


def test_the_lines_are_shown_with_what_changed_and_what_they_come_to(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    manager.pastes(payroll())
    rows = screen.table(manager.window, "Lines matched to posts")
    assert len(rows) == POSTS
    assert rows[0][:3] == ["2", "P-001 Paramedic 0", "a little different: +£129.38, +2.6%"]
    assert manager.sees("40 rows are for posts of ours, of 40. The pay of 40 posts will follow.")
    assert manager.reads("Total stated") == "£204,506.00"
    assert manager.sees("That is the total stated, £204,506.00.")


def test_no_name_comes_into_sight_or_into_the_file(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    manager.pastes(payroll())
    assert manager.sees("Left behind, because they tell of persons: “Surname”.")
    assert not manager.sees("Bloggs")
    manager.presses("Return")
    manager.database.rest()
    assert b"Bloggs" not in manager.database.path.read_bytes()


def test_one_undo_takes_all_of_it_back(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    manager.pastes(payroll())
    manager.presses("Return")
    manager.presses("Ctrl+Z")
    assert records(manager, EmployerStatement) == ()
    assert len(records(manager, Pay)) == POSTS


def test_a_row_for_two_posts_is_asked_about_and_answered_by_keys(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    twice = payroll().splitlines()
    twice.insert(3, twice[1])
    manager.pastes("\n".join(twice))
    assert manager.sees("2 rows must be decided on first.")
    assert manager.sees("Rows 2 and 4 are for the same post. Say for each whether it counts.")
    assert not manager.button("Take in October 2026 from Federation").isEnabled()
    manager.presses("Tab", "Return")  # the post offered first
    manager.writes("Which post is it for?", "none of ours: leave the row out")
    manager.presses("Return")
    assert manager.focus is manager.button("Take in October 2026 from Federation")
    manager.presses("Return")
    assert len(records(manager, EmployerLine)) == POSTS


def test_the_same_month_again_is_refused_and_can_replace_the_one_before(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    manager.pastes(payroll())
    manager.presses("Return")
    manager.writes("Month", "October 2026 (M7)")
    manager.control("Paste here").setFocus()
    manager.pastes(payroll(4_100))
    assert manager.sees("This month was taken in before, as ES-001.")
    manager.clicks("Replace ES-001 with it")
    (statement,) = records(manager, EmployerStatement)
    assert statement.ref == "ES-002"
    assert {one.salary for one in records(manager, Pay) if one.starts > APRIL} == {Money.pounds(4_100)}


def test_columns_are_chosen_once_and_remembered(manager: Person) -> None:
    odd = payroll().replace("Gross pay", "Element 1").replace("Employee No", "Column of numbers")
    manager.goes_to("ARRS", "Pay in")
    manager.pastes(odd)
    manager.clicks("Columns…")
    manager.writes("Column for Salary", "Element 1")
    manager.clicks("Take in October 2026 from Federation")
    manager.pastes(odd.replace("4,000.00", "4,200.00"))
    rows = screen.table(manager.window, "Lines matched to posts")
    assert rows[0][4] == "£4,200.00"
    assert rows[0][2].startswith("a little different: +£200.00")


def test_a_block_that_names_no_post_asks_for_the_column(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    manager.pastes("Wer\tLohn\nParamedic 0\t4,000.00\n")
    assert manager.sees("Say which column names the post")
    manager.writes("Column for Post", "Wer")
    manager.writes("Column for Salary", "Lohn")
    assert manager.sees("1 row is for posts of ours, of 1.")


def test_a_file_is_read_and_kept(manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = tmp_path / "October.csv"
    report.write_text('Employee No,Gross pay\n1000,"4,000.00"\n', encoding="utf-8")
    monkeypatch.setattr(asking, "choose_existing", lambda *_: report)
    manager.goes_to("ARRS", "Pay in")
    manager.clicks("Choose a file…")
    manager.presses("Return")
    (statement,) = records(manager, EmployerStatement)
    assert statement.kept.name == "October.csv"


def test_a_total_that_cannot_be_read_is_told_beside_it(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    manager.pastes(payroll())
    manager.writes("Total stated", "about 200,000")
    assert "could not be read as an amount" in manager.beside("Total stated")
    assert not manager.button("Take in October 2026 from Federation").isEnabled()


@pytest.mark.parametrize(
    "words", ["", "<b>Post</b>\t=1+1\nx\ty", "x" * 10_000, "Post\tSalary\nParamedic 0\t-1"]
)
def test_hostile_words_are_told_and_write_nothing(manager: Person, words: str) -> None:
    manager.goes_to("ARRS", "Pay in")
    position = manager.database.head.position
    manager.pastes(words)
    manager.presses("Tab")
    assert manager.database.head.position == position


def test_what_was_pasted_outlasts_a_look_at_another_page(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    manager.pastes(payroll())
    manager.turns_to("ARRS posts")
    manager.turns_to("Pay in")
    assert manager.sees("40 rows are for posts of ours")


def test_in_a_file_that_is_only_read_nothing_can_be_taken_in(path: Path, clock: Clock, qtbot: QtBot) -> None:
    screen.dress()
    with files.open_to_read(path, "Somebody else", clock) as database:
        desk = Desk(database, Background(inline=True), KeptLayout())
        panel = PayInPanel(desk)
        qtbot.addWidget(panel)
        panel.resize(1000, 700)
        panel.show()
        panel.refresh()
        panel.box.take_words(payroll())
        assert "40 rows are for posts of ours" in screen.read(panel)
        assert not screen.button(panel, "Take in October 2026 from Federation").isEnabled()
        panel.hide()


# ---- who is owed


def paid_for_october(person: Person) -> None:
    with person.database.change("Claim October") as change:
        post, rate = change.reader.all(Post)[0], change.reader.all(Rate)[0]
        claim = change.add(Claim(month=OCTOBER))
        amount = Money.pounds(5_000)
        change.add(
            ClaimLine(
                claim=claim.id, post=post.id, rate=rate.id, cost=Money.pounds(5_200), maximum=amount,
                pro_rata_maximum=amount, claimed=amount,
            )
        )  # fmt: skip
    with person.database.change("Submit October") as change:
        change.put(replace(change.reader.get(Claim, claim.id), state=ClaimState.SUBMITTED))
        statement = change.add(PortalStatement(month=OCTOBER, received_on=date(2026, 11, 15)))
        change.add(PortalLine(statement=statement.id, label="Paramedic 0", post=post.id, paid=amount))


def test_who_is_owed_is_a_row_for_each_month_and_employer(manager: Person) -> None:
    paid_for_october(manager)
    manager.goes_to("ARRS", "Pay in")
    manager.turns_to("Who is owed")
    assert screen.table(manager.window, "Who is owed")[0] == [
        "October 2026 (M7)", "Federation", "£5,200.00", "£5,000.00", "£5,000.00", "nothing", "£5,200.00", "5 days",
        "not said",
    ]  # fmt: skip
    assert manager.sees("£5,000.00 of it lies with the nominated payee, the longest for 5 days.")


def test_a_payment_passed_on_is_noted_from_its_row(manager: Person) -> None:
    paid_for_october(manager)
    manager.goes_to("ARRS", "Pay in")
    manager.turns_to("Who is owed")
    manager.presses("Down", "Up")
    assert (manager.reads("Passed on to"), manager.reads("Amount passed on")) == ("Federation", "£5,000.00")
    manager.clicks("Note it as passed on")
    (payment,) = records(manager, EmployerPayment)
    assert (payment.month, payment.amount) == (OCTOBER, Money.pounds(5_000))
    assert screen.table(manager.window, "Who is owed")[0][5:8] == ["£5,000.00", "£200.00", ""]


def test_an_amount_that_cannot_be_read_is_told_and_nothing_is_noted(manager: Person) -> None:
    manager.goes_to("ARRS", "Pay in")
    manager.turns_to("Who is owed")
    manager.writes("Amount passed on", "some")
    manager.clicks("Note it as passed on")
    assert manager.sees("could not be read as an amount")
    assert records(manager, EmployerPayment) == ()


def test_a_file_without_posts_says_what_belongs_there(newcomer: Person) -> None:
    newcomer.goes_to("ARRS", "Pay in")
    newcomer.turns_to("Who is owed")
    assert newcomer.sees("Nothing to list for this year yet.")
