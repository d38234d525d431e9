"""A month of forty posts, from the payroll report by way of the portal to the exported claim, in few keys."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication

from nhsdesk.commands import claims
from nhsdesk.desktop import asking
from nhsdesk.desktop.arrs.portal_keying import PortalKeying
from nhsdesk.domain.arrs import Assignment, Holder, Pay, Post, PostEvidence, Role
from nhsdesk.domain.claimed import ClaimLine
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.desktop.conftest import Opened
from tests.desktop.desk_side import Person
from tests.sections import making

APRIL = date(2026, 4, 1)
OCTOBER = Month(2026, 10)
POSTS = 40
MOST = 60
"""Keystrokes and clicks for a month, beyond typing figures."""


class Counted(Person):
    """Somebody whose keys and clicks are counted, whatever they are for."""

    count = 0

    def presses(self, *keys: str) -> None:
        self.count += len(keys)
        super().presses(*keys)

    def clicks(self, words: str) -> None:
        self.count += 1
        super().clicks(words)

    def turns_to(self, tab: str) -> None:
        self.count += 1
        super().turns_to(tab)


def paramedics(database: Database) -> None:
    """Forty paramedics of one employer, their papers seen."""
    base = making.practice(database)
    making.maximum(database, "60000", Role.PARAMEDIC)
    with database.change("Add posts") as change:
        employer = change.add(Organisation(name="Federation")).id
        for n in range(POSTS):
            post = change.add(
                Post(
                    role=Role.PARAMEDIC, portal_label=f"Paramedic {n}", employer=employer, starts=APRIL,
                    base=base.id, additionality="Not there in 2019",
                )
            )  # fmt: skip
            holder = change.add(Holder(payroll_ref=f"{1000 + n}"))
            change.add(Assignment(post=post.id, holder=holder.id, hours=Hours.of("37.5"), starts=APRIL))
            change.add(Pay(post=post.id, starts=APRIL, salary=Money.pounds(3_900)))
            for paper in ("contract", "additionality statement"):
                change.add(PostEvidence(post=post.id, what=paper, seen_on=APRIL))


@pytest.fixture
def path(tmp_path: Path, clock: Clock) -> Path:
    """A PCN with forty paramedics of one employer, paid less until September than the payroll says now."""
    return made_once.network(tmp_path / "Ours.nhsdesk", clock, paramedics)


def payroll() -> str:
    """What a spreadsheet copies: headings, forty people with their names, and a total."""
    lines = ["Employee No\tSurname\tJob title\tGross pay\tErs NI\tErs pension"]
    lines += [f"{1000 + n}\tBloggs\tParamedic {n}\t4,000.00\t537.45\t575.20" for n in range(POSTS)]
    lines.append(f"\t\tTotal\t{4000 * POSTS:,}.00\t{537.45 * POSTS:,.2f}\t{575.2 * POSTS:,.2f}")
    return "\r\n".join(lines) + "\r\n"


def types_all(person: Person) -> None:
    """Copies the figures of each post, one field after another, and ticks it; the copying is typing figures."""
    keying = person.window.findChild(PortalKeying)
    assert keying is not None
    for _ in range(POSTS):
        for _ in range(keying.fields.rowCount()):
            keying.fields.opened.emit(keying.fields.current)  # Enter on a field, without the wait of a key
        person.presses("Space")


def test_a_month_of_forty_posts_goes_from_payroll_to_an_exported_claim_in_few_keys(
    opens: Opened, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "choose_file", lambda _, title, folder, name, kinds: tmp_path / name)
    person = Counted(opens(path).window)
    QApplication.clipboard().setText(payroll())
    person.goes_to("ARRS", "Pay in")
    person.presses("Ctrl+V", "Return")
    person.turns_to("Claim month")
    person.clicks("Begin the October 2026 claim")
    types_all(person)
    with person.database.read() as reader:
        assert sum(bool(line.keyed) for line in reader.all(ClaimLine)) == POSTS
    person.clicks("Mark October 2026 claim as submitted")
    person.presses("Space")
    seen = claims.view(person.database, OCTOBER)
    assert seen.submitted
    assert str(seen.total) == "£200,000.00"
    person.goes_to("Returns and papers")
    papers = person.window.page
    assert papers is not None
    papers.page.list.pick("arrs-claim")  # type: ignore[attr-defined]
    person.count += 1
    person.waits()
    person.clicks("Save as sent…")
    book = openpyxl.load_workbook(tmp_path / "ARRS monthly claim 2026-10.xlsx")
    assert book["Claim"].max_row >= POSTS
    with person.database.read() as reader:
        lines = reader.all(ClaimLine)
    assert len(lines) == POSTS
    # A year later: every line says how it came about, though pay and maxima have moved on since.
    assert all("4,000.00" in words for words in (str(line.salary) for line in lines))
    assert {line.working for line in lines} != {None}
    assert person.count <= MOST
