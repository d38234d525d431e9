"""A pasted Table 2: which role each title means, and how each figure stands to what is on file.

Titles drift between years and documents; the role behind them does not. A title that means no role of ours is told,
never guessed: an apprentice physician associate has a maximum of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from nhsdesk.domain import rate_check, rates
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.entry import quoted
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import LondonZone
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rate_check import Level
from nhsdesk.domain.rates import Rate, RateConfidence

WHOLE_SHARE = Decimal(100)

# As the specifications of 2019/20 to 2026/27 and those who quote them name the roles, in the singular.
_TITLES: Mapping[Role, tuple[str, ...]] = {
    Role.ADVANCED_PRACTITIONER: ("advanced practitioner", "advanced clinical practitioner",
                                 "advanced clinical practitioner nurse", "ap"),
    Role.CARE_COORDINATOR: ("care coordinator",),
    Role.CLINICAL_PHARMACIST: ("clinical pharmacist", "pharmacist"),
    Role.CONSULTANT_NURSE: ("consultant nurse primary care", "consultant nurse", "nurse consultant",
                            "primary care consultant nurse", "primary care nurse consultant"),
    Role.DIETITIAN: ("dietitian", "dietician"),
    Role.DIGITAL_LEAD: ("digital and transformation lead", "digital transformation lead"),
    Role.ENHANCED_NURSE: ("enhanced practice nurse", "enhanced nurse"),
    Role.FIRST_CONTACT_PHYSIO: ("first contact physiotherapist", "physiotherapist", "fcp",
                                "first contact practitioner physiotherapist"),
    Role.GP: ("general medical practitioner", "general practitioner", "gp", "arrs gp", "gp arrs", "salaried gp",
              "recently qualified gp", "newly qualified gp"),
    Role.GP_ASSISTANT: ("general practice assistant", "gp assistant"),
    Role.EXPERIENCED_NURSE: ("experienced general practice nurse", "general practice nurse experienced"),
    Role.NEW_NURSE: ("new to general practice nurse", "nurse new to general practice",
                     "general practice nurse new to general practice"),
    Role.HEALTHCARE_SUPPORT_WORKER: ("healthcare support worker", "health care support worker"),
    Role.HEALTH_COACH: ("health and wellbeing coach", "health and well being coach", "health coach"),
    Role.MENTAL_HEALTH_ADULT: ("adult mental health practitioner",),
    Role.MENTAL_HEALTH_CYP: ("children and young people mental health practitioner",
                             "children and young person mental health practitioner", "cyp mental health practitioner"),
    Role.NURSING_ASSOCIATE: ("nursing associate",),
    Role.OCCUPATIONAL_THERAPIST: ("occupational therapist",),
    Role.PARAMEDIC: ("paramedic", "community paramedic"),
    Role.PHYSICIAN_ASSOCIATE: ("physician associate", "physician assistant"),
    Role.PHARMACY_TECHNICIAN: ("pharmacy technician",),
    Role.PODIATRIST: ("podiatrist",),
    Role.LINK_WORKER: ("social prescribing link worker", "link worker", "splw"),
    Role.STUDENT_NURSING_ASSOCIATE: ("student nursing associate", "trainee nursing associate"),
}  # fmt: skip
_BY_TITLE = {title: role for role, titles in _TITLES.items() for title in titles}


class Standing(Enum):
    """How a pasted figure stands to what is on file."""

    NEW = "new"
    SAME = "the same as on file"
    CHANGES = "changes what is on file"
    NOT_RECOGNISED = "not recognised"
    REFUSED = "to be put right"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as it was read: a title, and an amount for each London zone that had one."""

    number: int
    title: str
    amounts: Mapping[LondonZone, Money] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableTold:
    """What holds for the whole table: from when to when, since when it is known, where it is written, for whom."""

    valid_from: date
    valid_to: date | None
    published_on: date
    source: str
    network: Id | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure of a pasted table: what becomes of it, beside what, and what is to be asked about it."""

    row: int
    title: str
    standing: Standing
    rate: Rate | None = None
    on_file: Rate | None = None
    told: tuple[Problem, ...] = ()

    @property
    def takes(self) -> bool:
        """Whether it is added when the table is taken in."""
        return self.standing in (Standing.NEW, Standing.CHANGES)


def role_titled(words: str) -> Role | Problem:
    """The role a title means, in whatever year; a Problem where it means none of ours, or more than one figure."""
    plain = _plain(words)
    role = _BY_TITLE.get(plain)
    if role is not None:
        return role
    if plain.startswith(("apprentice ", "apprenticeship ")):
        return Problem(f"{quoted(words)} has a maximum of its own and no role here. It was left out.")
    if plain.endswith("mental health practitioner"):
        return Problem(
            f"{quoted(words)} has a maximum for each band (Tables 3a and 3b). Add the one of your post by hand."
        )
    code = words.strip().upper()
    if code in {role.value for role in Role}:
        return Role(code)
    return Problem(f"{quoted(words)} is no role this program knows. It was left out.")


def _plain(words: str) -> str:
    """A title without capitals, plurals, footnotes, bands and brackets."""
    text = re.sub(r"\([^)]*\)", " ", words[:200].lower()).replace("&", " and ")
    text = re.sub(r"\bbands?\b.*$", "", text.replace("co-ord", "coord").replace("’", "'"))
    return " ".join(_singular(word) for word in re.sub(r"[^a-z]+", " ", text).split())


def _singular(word: str) -> str:
    if word.endswith("ches"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word


def judge(
    rows: Iterable[TableRow], told: TableTold, on_file: Sequence[Rate], levels: Sequence[Level]
) -> tuple[Judged, ...]:
    """Every figure of a table beside what was on file and known the day it was published. Nothing is added."""
    read = [judged for row in rows for judged in _of_row(row, told)]
    read = _without_repeats(read)
    comparable = [rate for rate in on_file if rate.network == told.network]
    typed = [one.rate for one in read if one.rate is not None and one.standing is not Standing.REFUSED]
    beside = [*typed, *(rate for rate in comparable if not _replaced(rate, typed))]
    return tuple(_beside(one, comparable, beside, levels) for one in read)


def _of_row(row: TableRow, told: TableTold) -> Iterable[Judged]:
    role = role_titled(row.title)
    if isinstance(role, Problem):
        yield Judged(row.number, row.title, Standing.NOT_RECOGNISED, told=(role,))
        return
    for zone, annual in row.amounts.items():
        rate = Rate(
            role=role,
            zone=zone,
            annual=annual,
            reimbursed=WHOLE_SHARE,
            valid_from=told.valid_from,
            valid_to=told.valid_to,
            published_on=told.published_on,
            source=told.source,
            confidence=RateConfidence.TYPED,
            network=told.network,
        )
        if annual.pence <= 0:
            wrong = Problem("A maximum is more than £0.00.", Weight.MUST_FIX, field="annual")
            yield Judged(row.number, row.title, Standing.REFUSED, rate, told=(wrong,))
        else:
            yield Judged(row.number, row.title, Standing.NEW, rate)


def _without_repeats(read: list[Judged]) -> list[Judged]:
    """Of a figure that stands twice the first counts; where the two differ, neither."""
    by_key: dict[tuple[Role, LondonZone], list[Judged]] = {}
    for one in read:
        if one.rate is not None:
            by_key.setdefault((one.rate.role, one.rate.zone), []).append(one)
    kept: list[Judged] = []
    for one in read:
        alike = [] if one.rate is None else by_key[one.rate.role, one.rate.zone]
        amounts = {other.rate.annual for other in alike if other.rate is not None}
        if len(amounts) > 1:
            rows = ", ".join(str(other.row) for other in alike)
            wrong = Problem(f"Rows {rows} give this role different maxima.", Weight.MUST_FIX)
            kept.append(replace(one, standing=Standing.REFUSED, told=(*one.told, wrong)))
        elif one.rate is None or one is alike[0]:
            kept.append(one)
    return kept


def _replaced(rate: Rate, typed: Sequence[Rate]) -> bool:
    """Whether a figure on file is the very one that is being typed again, perhaps put right."""
    return any(
        rate.role is one.role and rate.zone is one.zone and rate.valid_from == one.valid_from for one in typed
    )


def _beside(one: Judged, on_file: Sequence[Rate], others: Sequence[Rate], levels: Sequence[Level]) -> Judged:
    if one.rate is None or one.standing is not Standing.NEW:
        return one
    held = _held(one.rate, on_file)
    doubts = rate_check.doubts(one.rate, others, levels)
    standing = Standing.NEW
    if held is not None:
        standing = Standing.SAME if held.annual == one.rate.annual else Standing.CHANGES
    return replace(one, standing=standing, on_file=held, told=(*one.told, *doubts))


def _held(rate: Rate, on_file: Sequence[Rate]) -> Rate | None:
    """What stands on file in a figure's place: the very figure, else what was in force when it was published."""
    for other in on_file:
        same = (other.role, other.zone, other.valid_from, other.annual)
        if same == (rate.role, rate.zone, rate.valid_from, rate.annual) and other.superseded_on is None:
            return other
    found = rates.in_force(on_file, rate.role, rate.zone, rate.valid_from, rate.published_on or date.max)
    return found if isinstance(found, Rate) else None
