"""Teams with what keeps them back, sizes settled for one neighbourhood, and services set by a letter."""

from __future__ import annotations

from dataclasses import replace

from nhsdesk.desktop.neighbourhoods.teams_page import TeamsPage
from nhsdesk.domain.hubs import Coverage, Hub, HubService
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.plans import Gate
from nhsdesk.domain.teams import NeighbourhoodTeam, TeamStatus
from tests.conftest import AS_OF
from tests.desktop.desk_side import Person


def page(person: Person, part: str) -> TeamsPage:
    person.goes_to("Neighbourhoods", "Teams and hubs")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, TeamsPage)
    return front


def services(person: Person) -> dict[str, HubService]:
    with person.database.read() as reader:
        return {one.service.value: one for one in reader.all(HubService)}


def test_a_team_shows_its_members_size_gates_and_what_keeps_it_back(person: Person) -> None:
    front = page(person, "Teams").teams
    assert front.list.words(0) == (
        "INT-001", "Millbrook INT", "Millbrook", "Forming", "To go live on 11 January 2027", "2 reasons",
    )  # fmt: skip
    told = person.reads("About this team")
    assert "52,300 residents, within 50,000 to 100,000 (North West London, 2024)." in told
    assert "• Wexmere Council: adult social care" in told
    assert "• Operating protocol agreed by the steering group: not met" in told


def test_a_team_is_set_live_when_its_gates_are_met_and_not_before(person: Person) -> None:
    page(person, "Teams")
    person.clicks("Set live")
    assert person.sees(
        "INT-001 did not go live. The gate “All partners have signed the data sharing agreement”"
    )
    with person.database.change("Meet") as change:
        for gate in change.reader.all(Gate):
            change.put(replace(gate, met_on=gate.met_on or AS_OF))
    person.waits()
    page(person, "Teams").teams.look()
    person.clicks("Set live")
    with person.database.read() as reader:
        assert reader.all(NeighbourhoodTeam)[0].status is TeamStatus.LIVE


def test_the_form_refuses_live_in_the_same_words_and_keeps_what_was_typed(person: Person) -> None:
    person.goes_to("Neighbourhoods")
    person.turns_to_list("Neighbourhood teams")
    person.opens_entry("INT-001")
    person.window.setProperty("drafts expected", True)
    person.writes("Status", "Live")
    assert "INT-001 did not go live. The gate “All partners have signed" in person.beside("Status")
    with person.database.read() as reader:
        assert reader.all(NeighbourhoodTeam)[0].status is TeamStatus.FORMING


def test_a_neighbourhood_settles_its_own_sizes(person: Person) -> None:
    page(person, "Teams")
    person.writes("Most residents", "50,000")
    person.writes("Whose sizes", "Fuller, 2022")
    person.clicks("Settle for this neighbourhood")
    assert person.sees("Say who agreed it.")
    person.writes("Agreed with", "Place board")
    person.clicks("Settle for this neighbourhood")
    page(person, "Teams").teams.look()
    assert "52,300 residents, more than 50,000 (Fuller, 2022)." in person.reads("About this team")


def test_a_letter_sets_a_service_and_delete_takes_it_away(person: Person) -> None:
    front = page(person, "Service coverage").coverage
    front.table.setFocus()
    assert front.table.words(0) == ("General practice", "◐ planned")
    person.presses("G")
    assert front.table.words(0)[1] == "✕ gap"
    assert services(person)["general practice"].status is Coverage.GAP
    person.presses("Delete")
    assert front.table.words(0)[1] == "? not known"
    person.presses("Down", "N")
    assert services(person)["care navigation"].status is Coverage.NONE
    person.presses("Ctrl+Z")
    assert services(person)["care navigation"].status is Coverage.LIVE


def test_a_way_in_and_a_lead_are_set_beside_the_matrix(person: Person) -> None:
    front = page(person, "Service coverage").coverage
    front.table.setFocus()
    person.presses("Down")
    assert person.sees("Care navigation at Millbrook Hub (fictional): live")
    assert "• Care navigation: live, but not online or in person" in person.reads("About this hub")
    person.writes("Online", "live", leave=False)
    front.channels["digital"].activated.emit(front.channels["digital"].currentIndex())
    assert services(person)["care navigation"].digital is Coverage.LIVE
    assert "• Care navigation: live, but not in person" in person.reads("About this hub")
    person.writes("Lead", "Nobody known")
    assert person.sees("“Nobody known” names no organisation here.")
    person.writes("Lead", "Wexmere Council")
    with person.database.read() as reader:
        (council,) = reader.all(Organisation, name="Wexmere Council")
    assert services(person)["care navigation"].lead == council.id


def test_an_assurance_whose_day_has_passed_speaks(person: Person) -> None:
    page(person, "Service coverage")
    told = person.reads("About this hub")
    assert "It was to be asked again on 1 November 2026, 19 days ago: do not rely on it." in told
    assert "Building: not agreed. Parking: 14 spaces, 6 for staff. Capital: not confirmed." in told


def test_of_many_hubs_the_first_are_shown_and_a_neighbourhood_is_asked_for(person: Person) -> None:
    with person.database.change("Add") as change:
        for n in range(40):
            change.add(Hub(name=f"Hub {n:02}"))
    front = page(person, "Service coverage").coverage
    assert person.sees("The first 30 of 41 hubs. Choose a neighbourhood.")
    person.writes("Neighbourhood", "Millbrook", leave=False)
    front.where.activated.emit(front.where.currentIndex())
    assert person.sees("1 hub")


def test_a_file_with_nothing_says_what_belongs_here(newcomer: Person) -> None:
    page(newcomer, "Teams")
    assert newcomer.sees("No neighbourhood team is written down.")
    newcomer.turns_to("Service coverage")
    assert newcomer.sees("No hub is written down.")
