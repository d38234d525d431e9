"""Which core services are there at which hub, how a patient comes to each, and whether the hub can be had at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from nhsdesk.domain.hubs import CoreService, Coverage, Hub, HubService, HubStatus
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Rules

NOT_KNOWN = "not known"
CHANNELS: Mapping[str, str] = {
    "digital": "online",
    "telephone": "by telephone",
    "in_person": "in person",
}
"""The three ways in ("no wrong front door"), by field."""

SHAPES: Mapping[Coverage | None, str] = {
    Coverage.LIVE: "●",
    Coverage.PLANNED: "◐",
    Coverage.GAP: "✕",
    Coverage.NONE: "○",
    None: "?",
}
"""A shape for each status, so that it is known without its colour."""

KEYS: Mapping[str, Coverage] = {
    "l": Coverage.LIVE,
    "p": Coverage.PLANNED,
    "g": Coverage.GAP,
    "n": Coverage.NONE,
}
"""The letter that sets a status."""


def status_words(status: Coverage | None) -> str:
    """A status with its shape: "● live"."""
    return f"{SHAPES[status]} {NOT_KNOWN if status is None else status.value}"


def plain_words(status: Coverage | None) -> str:
    """A status in a word."""
    return NOT_KNOWN if status is None else status.value


def wanted(rules: Rules, area: str = "") -> tuple[CoreService, ...]:
    """The services a hub is to have, in the order of the list; all where what was settled names none."""
    settled = {part.strip().casefold() for part in rules.text_of("hubs.services", area).split(";")}
    named = tuple(one for one in CoreService if one.value.casefold() in settled)
    return named or tuple(CoreService)


@dataclass(frozen=True, slots=True)
class Cell:
    """One core service at one hub; without a service nobody has said anything of it."""

    hub: Hub
    service: CoreService
    held: HubService | None

    @property
    def status(self) -> Coverage | None:
        """Whether it is there; None where nobody has said."""
        return self.held.status if self.held is not None else None

    def channel(self, name: str) -> Coverage | None:
        """One way in: the service's own, else the hub's."""
        own: Coverage | None = getattr(self.held, name) if self.held is not None else None
        return own if own is not None else getattr(self.hub, name)

    @property
    def missing(self) -> tuple[str, ...]:
        """The ways in that are not live though the service is; nothing of a service that is not there."""
        if self.status is not Coverage.LIVE:
            return ()
        return tuple(words for name, words in CHANNELS.items() if self.channel(name) is not Coverage.LIVE)


def matrix(hubs: Iterable[Hub], services: Iterable[HubService]) -> tuple[tuple[Cell, ...], ...]:
    """A row for each of the ten services, a cell for each hub. Of two entries of one service the later one counts."""
    held: dict[tuple[Id, CoreService], HubService] = {(one.hub, one.service): one for one in services}
    listed = tuple(hubs)
    return tuple(
        tuple(Cell(hub, service, held.get((hub.id, service))) for hub in listed) for service in CoreService
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """What a hub lacks: a service, a way in to a service, or a way in to the hub itself."""

    hub: Hub
    service: CoreService | None
    words: str


def gaps(
    hub: Hub, cells: Iterable[Cell], services: Iterable[CoreService] = tuple(CoreService)
) -> tuple[Gap, ...]:
    """The gap report of a hub: services that are not there, then ways in that are missing; nothing of a closed hub."""
    if hub.status in (HubStatus.CLOSED, HubStatus.DROPPED):
        return ()
    of_hub = {cell.service: cell for cell in cells if cell.hub.id == hub.id}
    found: list[Gap] = []
    for service in services:
        cell = of_hub.get(service)
        status = cell.status if cell is not None else None
        if status is None:
            found.append(Gap(hub, service, f"{NOT_KNOWN} whether it is there"))
        elif status in (Coverage.GAP, Coverage.NONE):
            found.append(Gap(hub, service, "not there" if status is Coverage.NONE else "a gap"))
        elif cell is not None and cell.missing:
            found.append(Gap(hub, service, f"live, but not {_either(cell.missing)}"))
    for name, words in CHANNELS.items():
        channel: Coverage | None = getattr(hub, name)
        if channel is not Coverage.LIVE:
            found.append(Gap(hub, None, f"the way in {words} is {_channel(channel)}"))
    return tuple(found)


def _channel(status: Coverage | None) -> str:
    return {None: NOT_KNOWN, Coverage.NONE: "none", Coverage.GAP: "missing"}.get(status, plain_words(status))


def _either(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def count_words(cells: Iterable[Cell]) -> str:
    """How many of a hub's services stand how: "1 live, 4 planned, 3 gaps, 2 not there"."""
    listed = [cell.status for cell in cells]
    told = [
        (listed.count(Coverage.LIVE), "live"),
        (listed.count(Coverage.PLANNED), "planned"),
        (listed.count(Coverage.GAP), "gap" if listed.count(Coverage.GAP) == 1 else "gaps"),
        (listed.count(Coverage.NONE), "not there"),
        (listed.count(None), NOT_KNOWN),
    ]
    return ", ".join(f"{number} {words}" for number, words in told if number) or "no service"


def feasibility_words(hub: Hub) -> tuple[str, ...]:
    """Whether a hub can be had: building, parking, capital, each said or "not known"."""
    building = {True: "agreed", False: "not agreed", None: NOT_KNOWN}[hub.estate_agreed]
    where = f" ({hub.estate})" if hub.estate else ""
    capital = {True: "confirmed", False: "not confirmed", None: NOT_KNOWN}[hub.capital_confirmed]
    needed = f", {hub.capital} needed" if hub.capital is not None else ""
    source = f", from {hub.capital_source}" if hub.capital_source else ""
    return (
        f"Building: {building}{where}",
        f"Parking: {hub.parking or NOT_KNOWN}",
        f"Capital: {capital}{needed}{source}",
    )


def assurance_words(hub: Hub, today: date) -> str:
    """What was assured, and whether it is time to ask again: "at present" can lapse. Empty where nothing was."""
    if not hub.assurance:
        return ""
    if hub.assurance_review is None:
        return f"{hub.assurance}. No day is set to ask again"
    on = day_words(hub.assurance_review)
    days = (today - hub.assurance_review).days
    if days > 0:
        return f"{hub.assurance}. It was to be asked again on {on}, {_days(days)} ago: do not rely on it"
    return f"{hub.assurance}. To be asked again {'today' if days == 0 else f'on {on}'}"


def lapsed(hub: Hub, today: date) -> bool:
    """Whether what was assured was to be asked again by now."""
    return bool(hub.assurance) and hub.assurance_review is not None and hub.assurance_review < today


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def problems(hub: Hub, cells: Iterable[Cell], today: date) -> tuple[Problem, ...]:
    """What a reader must know of a hub: assurances that lapsed, and a hub called live that cannot be had."""
    found = []

    def tell(words: str, field: str, weight: Weight = Weight.ACKNOWLEDGE) -> None:
        found.append(Problem(f"{hub.ref}: {words}", weight, "hub", hub.id, field))

    if lapsed(hub, today) and hub.assurance_review is not None:
        tell(
            f"what was assured was to be asked again on {day_words(hub.assurance_review)}.",
            "assurance_review",
        )
    if hub.assurance and hub.assurance_review is None:
        tell("no day is set to ask again for what was assured.", "assurance_review")
    if hub.status is HubStatus.LIVE and hub.estate_agreed is False:
        tell("it is called live, but its building is not agreed.", "estate_agreed")
    if hub.status is HubStatus.LIVE and not any(one.status is Coverage.LIVE for one in cells):
        tell("it is called live, but none of its services is.", "status")
    if hub.type is None:
        tell("it is not said what sort of hub it is; the word has several meanings.", "type", Weight.NOTE)
    return tuple(found)


# ---- in patients' words

_PATIENTS_SERVICE: Mapping[CoreService, str] = {
    CoreService.GENERAL_PRACTICE: "Doctors and nurses from GP practices",
    CoreService.CARE_NAVIGATION: "Somebody who helps you find the right service",
    CoreService.ADULT_SOCIAL_CARE: "Help from the council to live well at home",
    CoreService.COMMUNITY: "Community nurses, therapists, mental health workers and pharmacists",
    CoreService.CHILDREN: "Care for pregnancy, babies and children",
    CoreService.SOCIAL_PRESCRIBING: "Link workers for company, money worries, housing and activities",
    CoreService.DENTAL_AND_EYES: "Dentists and opticians",
    CoreService.HOME_CARE: "Home carers and health visitors",
    CoreService.VOLUNTARY: "Local charities and community groups",
    CoreService.PUBLIC_HEALTH: "People who look at what keeps this area well or ill",
}

_PATIENTS_CHANNEL: Mapping[str, str] = {
    "digital": "online",
    "telephone": "by phone",
    "in_person": "in person",
}


def service_for_patients(service: CoreService) -> str:
    """A core service as one would tell a neighbour."""
    return _PATIENTS_SERVICE[service]


def ways_for_patients(cell: Cell) -> str:
    """How to come to a service that is there: "by phone"; what is only planned is not a way in."""
    open_ = tuple(words for name, words in _PATIENTS_CHANNEL.items() if cell.channel(name) is Coverage.LIVE)
    return _either(open_) if open_ else "ask at your GP practice"


def when_for_patients(cell: Cell) -> str:
    """Whether it is there, in words that promise nothing."""
    expected = cell.held.expected if cell.held is not None else None
    if cell.status is Coverage.LIVE:
        return "Here now"
    if cell.status is Coverage.PLANNED:
        return f"Planned for {day_words(expected)}" if expected else "Planned, no date yet"
    return "Not here"
