"""What boards read of teams, hubs, borders and staff: nothing restricted, no practice, no small group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.commands import files, papers
from nhsdesk.documents.model import Bullets, Paragraph, Section, Table
from nhsdesk.domain.areas import NeighbourhoodShare
from nhsdesk.domain.arrs import Post, Role, Scheme
from nhsdesk.domain.footprints import FootprintAppraisal
from nhsdesk.domain.organisations import ListSize, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.plans import Plan
from nhsdesk.domain.teams import NeighbourhoodTeam
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import apart, coverage, footprint, geography, neighbourhood_work, teams
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock

PARTNERS = Audience.PARTNERS


@pytest.fixture
def made_up(sample: Path, clock: Clock) -> Iterator[Database]:
    with files.open_for_work(sample, "Ann Archer", clock) as opened:
        yield opened


def asked(database: Database) -> Asked:
    return papers.asked_of(database, Month(2026, 10), AS_OF)


def gathered(database: Database, part: Any, audience: Audience = PARTNERS, *further: Any) -> Any:
    with database.read() as reader:
        return part.gather(reader, asked(database), audience, *further)


def words_of(section: Section) -> str:
    told = [section.heading]
    for block in section.blocks:
        match block:
            case Paragraph(text=text):
                told.append(text)
            case Bullets(items=items):
                told += items
            case Table(rows=rows):
                told += [" | ".join(str(cell) for cell in row) for row in rows]
    return "\n".join(told)


def test_a_board_reads_patients_outside_and_the_options_but_no_practice_by_name(made_up: Database) -> None:
    facts = gathered(made_up, footprint)
    told = words_of(footprint.section(facts))
    assert "3,758 patients of our practices live outside Millbrook." in told
    assert "Canal Side | 3 | 3758 | Yes" in told
    assert "Arrangement across teams: Written arrangement" in told
    assert "This was decided before the consultation had closed." in told
    with made_up.read() as reader:
        assert not [one.name for one in reader.all(Practice) if one.name in told]


def test_a_restricted_appraisal_is_for_our_own_board_only(made_up: Database) -> None:
    with made_up.change("Restrict") as change:
        (one,) = change.reader.all(FootprintAppraisal)
        change.put(replace(one, restricted=True))
    facts = gathered(made_up, footprint)
    assert (facts.appraisals, facts.withheld) == ((), ("FA-001",))
    assert "FA-001: Restricted item" in words_of(footprint.section(facts))
    assert len(gathered(made_up, footprint, Audience.OWN_BOARD).appraisals) == 1


def test_a_team_whose_plan_is_restricted_is_withheld_with_its_hub(made_up: Database) -> None:
    with made_up.change("Restrict") as change:
        (plan,) = [one for one in change.reader.all(Plan) if one.title.startswith("Start of")]
        change.put(replace(plan, restricted=True))
    facts = gathered(made_up, teams)
    assert (facts.teams, facts.withheld) == ((), ("INT-001",))


def test_without_list_sizes_nobody_is_counted_as_outside(made_up: Database) -> None:
    with made_up.change("Forget") as change:
        for one in change.reader.all(ListSize):
            change.remove(one)
    told = words_of(footprint.section(gathered(made_up, footprint)))
    assert "How many patients live outside our neighbourhood is not known." in told


def test_a_practice_without_shares_is_counted_and_not_guessed(made_up: Database) -> None:
    with made_up.change("Forget") as change:
        for one in change.reader.all(NeighbourhoodShare):
            if one.share == 100:
                change.remove(one)
    told = words_of(footprint.section(gathered(made_up, footprint)))
    assert "The shares of 3 practices are not counted yet." in told
    placed = gathered(made_up, geography, PARTNERS, apart.Read())
    lives = {one.name: one.lives for one in placed.practices}
    assert lives["Alder House Surgery"] == "Millbrook (of its PCN; shares not counted)"


def test_posts_of_every_scheme_are_told_with_their_share_for_the_neighbourhood(database: Database) -> None:
    with database.change("Add") as change:
        for scheme, number in ((Scheme.ARRS, 5), (Scheme.GPWER, 4), (Scheme.OTHER, 3)):
            for n in range(number):
                change.add(
                    Post(
                        role=Role("CARE_COORD"), scheme=scheme, starts=date(2026, 4, 1),
                        neighbourhood_planned=Decimal(10 * (n + 1)),
                        neighbourhood_approved="PCN board" if n == 0 else None,
                    )
                )  # fmt: skip
    told = words_of(neighbourhood_work.section(gathered(database, neighbourhood_work)))
    assert "ARRS | 5 | 30.0 | None | 1" in told
    assert "GP with extended role | 4 | 25.0 | None | 1" in told
    assert "other | 3 | 20.0 | None | 1" in told


def test_few_posts_of_a_scheme_are_not_shown(database: Database) -> None:
    with database.change("Add") as change:
        for scheme in (Scheme.ARRS, Scheme.ARRS, Scheme.ARRS, Scheme.GPWER):
            change.add(Post(role=Role("CARE_COORD"), scheme=scheme, neighbourhood_planned=Decimal(50)))
    facts = gathered(database, neighbourhood_work)
    assert [one.posts for one in facts.schemes] == [None, None]
    assert "not shown" in words_of(neighbourhood_work.section(facts))


def test_nothing_is_told_of_what_nobody_wrote_down(database: Database) -> None:
    assert gathered(database, coverage) == coverage.Facts((), ())
    assert gathered(database, teams) == teams.Facts((), ())
    assert gathered(database, footprint) == footprint.Facts()


def test_a_board_reads_what_keeps_a_team_from_going_live(made_up: Database) -> None:
    told = words_of(teams.section(gathered(made_up, teams)))
    assert "All partners have signed the data sharing agreement | Not met | no date" in told
    with made_up.read() as reader:
        assert (reader.all(NeighbourhoodTeam)[0].purpose or "none") in told
