"""The list that belongs to an entry is worked in like a register: added to, pasted into, taken from."""

from __future__ import annotations

import pytest

from nhsdesk.desktop.owned_list import OwnedList
from nhsdesk.desktop.register_excel import BringBack
from nhsdesk.domain.arrs import Pay
from nhsdesk.domain.money import Money
from tests.desktop.desk_side import Person


@pytest.fixture
def at_pay(person: Person) -> tuple[Person, OwnedList]:
    person.goes_to("ARRS")
    person.opens_entry("P-002")
    person.turns_to("Pay")
    listed = next(one for one in person.register.findChildren(OwnedList) if one.isVisible())
    listed.table.setFocus()
    return person, listed


def pay(person: Person, ref: str = "P-002") -> list[Pay]:
    with person.database.read() as reader:
        found = reader.by_ref(ref)
        assert found is not None
        return [one for one in reader.all(Pay) if one.post == found.id]


def test_control_and_n_adds_to_the_list_and_not_to_the_register(at_pay: tuple[Person, OwnedList]) -> None:
    person, _ = at_pay
    person.presses("Ctrl+N")
    assert person.sees("New pay")
    assert not person.sees("New ARRS post ")
    person.clicks("Throw away what is not yet added")


def test_a_block_is_looked_at_and_then_belongs_to_the_entry(at_pay: tuple[Person, OwnedList]) -> None:
    person, listed = at_pay
    before = len(pay(person))
    person.pastes("From\tSalary a month\n1/4/2027\t£3,000\n1/4/2028\ta lot\n1/4/2029\t3100.50\n")
    assert len(pay(person)) == before
    assert person.sees("3 rows in what was pasted. Nothing is written yet.")
    assert person.sees("1 row has something that is not taken.")
    (shown,) = (one for one in person.window.findChildren(BringBack) if one.isVisible())
    assert shown.list.words(0)[4:] == ("From 1 April 2027; Salary a month £3,000.00", "is added")
    person.clicks("Take in 2 pay")
    person.turns_to("Pay")
    added = pay(person)[before:]
    assert [one.salary for one in added] == [Money(300_000), Money(310_050)]
    assert person.undoes.startswith("Undo: Paste ")
    assert listed.table.isVisible()
    person.presses("Ctrl+Z")
    assert len(pay(person)) == before


def test_cells_pasted_in_place_change_those_entries_alone(at_pay: tuple[Person, OwnedList]) -> None:
    person, listed = at_pay
    model = listed.table.model()
    (column,) = (n for n, one in enumerate(listed._model.columns) if one.name == "salary")
    listed.table.setCurrentIndex(model.index(0, column))
    person.pastes("£3,333.00\t£50.00\n")
    person.clicks("Take in 1 pay")
    assert pay(person)[0].salary == Money(333_300)


def test_chosen_ones_are_removed_as_one_step(at_pay: tuple[Person, OwnedList]) -> None:
    person, listed = at_pay
    before = pay(person)
    listed.table.selectAll()
    person.clicks("Remove the chosen pay")
    assert pay(person) == []
    person.presses("Ctrl+Z")
    assert [one.ref for one in pay(person)] == [one.ref for one in before]
