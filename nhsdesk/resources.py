"""Reads the data that come with the program: each figure with its source and how sure it is."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhsdesk import paths
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ListBase, LondonZone
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.rates import Rate, RateConfidence
from nhsdesk.domain.risks import Risk

if TYPE_CHECKING:
    from nhsdesk.domain.claims import OnCosts
    from nhsdesk.domain.elsewhere import Arrangement, EligibleHost, SuggestedFunction
    from nhsdesk.domain.entitlement import Sum
    from nhsdesk.domain.frameworks import Template
    from nhsdesk.domain.glossary import Term
    from nhsdesk.domain.guide import Page
    from nhsdesk.domain.library import LibraryDocument
    from nhsdesk.domain.rate_check import Level
    from nhsdesk.domain.workforce import CountsAs


def _rows(*parts: str) -> Iterator[dict[str, str]]:
    with paths.resources().joinpath(*parts).open(encoding="utf-8", newline="") as read:
        yield from csv.DictReader(read)


@cache
def guide() -> tuple[Page, ...]:
    """The pages of the user guide, by the names of their files."""
    from nhsdesk.domain.guide import page

    files = sorted(paths.guide().glob("*.md"))
    return tuple(page(one.stem, one.read_text(encoding="utf-8")) for one in files)


@cache
def bank_holidays() -> frozenset[date]:
    """England's bank holidays that fall on a weekday, 2020 to 2045."""
    return frozenset(date.fromisoformat(row["day"]) for row in _rows("bank_holidays", "england.csv"))


@cache
def rates() -> tuple[Rate, ...]:
    """The maxima seen in a source, none of them confirmed: a person checks each against the specification."""
    return tuple(_rate(row) for row in _rows("rates", "arrs_rates.csv"))


def _rate(row: dict[str, str]) -> Rate:
    return Rate(
        role=Role(row["role"]),
        zone=LondonZone(row["london_zone"]),
        annual=Money.pounds(row["maximum_a_year"]),
        reimbursed=Decimal(row["share_reimbursed"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        published_on=_day(row["published_on"]),
        superseded_on=_day(row["superseded_on"]),
        source=row["source"],
        confidence=RateConfidence(row["confidence"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def on_costs() -> tuple[OnCosts, ...]:
    """Employer NI and pension by date, for pay whose on-costs payroll has not given."""
    from nhsdesk.domain.claims import OnCosts

    return tuple(
        OnCosts(
            ni_threshold=Money.pounds(row["ni_threshold_a_month"]),
            ni_per_ten_thousand=int(Decimal(row["ni_percent"]) * 100),
            pension_per_ten_thousand=int(Decimal(row["pension_percent"]) * 100),
            starts=date.fromisoformat(row["valid_from"]),
            ends=_day(row["valid_to"]),
            source=row["source"],
            upper_threshold=Money.pounds(row["upper_threshold_a_month"]),
        )
        for row in _rows("rates", "on_costs.csv")
    )


@cache
def pay_levels() -> tuple[Level, ...]:
    """The levels of pay that published maxima follow, for asking about a typed figure; they fill nothing."""
    from nhsdesk.domain.rate_check import Level

    return tuple(
        Level(
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]),
            published_from=_day(row["published_from"]),
            ni_percent=Fraction(row["ni_percent"]),
            ni_threshold=Money.pounds(row["ni_threshold_a_year"]),
            award_percent=Fraction(row["award_percent"]),
            source=row["source"],
        )
        for row in _rows("rates", "pay_levels.csv")
    )


@cache
def sums() -> tuple[Sum, ...]:
    """The pounds a head seen in a source, each with its base and the day it is counted on; none is confirmed."""
    from nhsdesk.domain.entitlement import PaidTo, Stream, Sum

    return tuple(
        Sum(
            stream=Stream(row["stream"]),
            part=row["part"] or None,
            year=FinancialYear.parse(row["year"]),
            per_head=Decimal(row["per_head"]),
            base=ListBase(row["base"]),
            counted_on=date.fromisoformat(row["counted_on"]),
            paid_to=PaidTo(row["paid_to"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            published_on=_day(row["published_on"]),
            superseded_on=_day(row["superseded_on"]),
            source=row["source"],
            confidence=RateConfidence(row["confidence"]),
        )
        for row in _rows("rates", "sums.csv")
    )


@cache
def nwrs_roles() -> tuple[CountsAs, ...]:
    """Which of our roles each role of the NWRS counts as, with who says so; a star stands for any words."""
    from nhsdesk.domain.workforce import CountsAs

    return tuple(
        CountsAs(row["nwrs_role"], Role(row["role"]) if row["role"] else None, row["source"])
        for row in _rows("rates", "nwrs_roles.csv")
    )


def starter_tags() -> tuple[str, ...]:
    """The words commitments are first tagged with; people add their own."""
    return tuple(row["word"] for row in _rows("commitments", "starter_tags.csv"))


@cache
def glossary() -> tuple[Term, ...]:
    """The words of the field, each with when it was used, what it became, and how far that was checked."""
    from nhsdesk.domain.glossary import Found, Sureness, Term
    from nhsdesk.domain.glossary_links import links_of, span

    return tuple(
        Term(
            name=row["term"],
            meaning=row["meaning"],
            written=tuple(filter(None, row["written"].split(" | "))),
            expansion=row["expansion"],
            used_from=span(row["used_from"]),
            used_to=span(row["used_to"]),
            used=row["used"],
            came_after=links_of(row["came_after"]),
            became=links_of(row["became"]),
            beware=row["beware"],
            found=Found(row["found"]),
            sureness=Sureness(row["confidence"]),
            source=row["source"],
        )
        for row in _rows("glossary", "terms.csv")
    )


@cache
def frameworks() -> tuple[Template, ...]:
    """The frameworks that come with the program; each line says whether it was verified or is a local prompt."""
    from nhsdesk.domain.assessments import Standing
    from nhsdesk.domain.frameworks import Template, TemplateLine

    def template(told: dict[str, Any]) -> Template:
        rows = tuple(_rows("frameworks", told["file"]))
        return Template(
            title=rows[0]["framework"],
            edition=rows[0]["version"],
            lines=tuple(
                TemplateLine(
                    section=row["section"],
                    standard=row["standard"],
                    standard_ref=row["standard_ref"],
                    indicator_ref=row["indicator_ref"],
                    indicator=row["indicator"],
                    source_page=row["source_page"],
                    standing=Standing(row["standing"]),
                )
                for row in rows
            ),
            key=told["key"],
            published_by=told.get("published_by", ""),
            scored_by=told["scored_by"],
            our_part=told.get("our_part", ""),
            standing=Standing(told["standing"]) if "standing" in told else None,
            top=told["top"],
            levels=told["levels"].strip(),
            source=told["source"],
        )

    index = paths.resources().joinpath("frameworks", "index.toml").read_text(encoding="utf-8")
    return tuple(template(told) for told in tomllib.loads(index)["framework"])


def sample_assessments() -> dict[str, Any]:
    """The sample's assessment and its reply log, as their file lists them."""
    return tomllib.loads(paths.resources().joinpath("demo", "assessments.toml").read_text(encoding="utf-8"))


@cache
def starter_risks() -> tuple[Risk, ...]:
    """Risks that others have named, offered to a register with none; nobody has scored them."""
    return tuple(
        Risk(
            cause=row["cause"],
            event=row["event"],
            effect=row["effect"],
            controls=row["controls"] or None,
            gaps=row["gaps"] or None,
        )
        for row in _rows("risks", "starter.csv")
    )


def sample_asked() -> dict[str, Any]:
    """What the sample is asked and promised besides its commitments: risks, moved work, questions, agreements."""
    return tomllib.loads(paths.resources().joinpath("demo", "asked.toml").read_text(encoding="utf-8"))


def sample_decisions() -> dict[str, Any]:
    """The sample's decisions and rounds."""
    return tomllib.loads(paths.resources().joinpath("demo", "decisions.toml").read_text(encoding="utf-8"))


def sample_requests() -> dict[str, Any]:
    """What is known of the sample's support requests, with their time limits and the support that is there already."""
    return tomllib.loads(paths.resources().joinpath("demo", "requests.toml").read_text(encoding="utf-8"))


@cache
def integrators_elsewhere() -> tuple[Arrangement, ...]:
    """Arrangements of other places as an article told them, to read beside one's own; no data of any file."""
    from nhsdesk.domain.elsewhere import Arrangement, NamedPartner

    path = paths.resources().joinpath("integrators", "elsewhere.toml")
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Arrangement(
            row["place"],
            row["host"],
            row["fund_holder"],
            tuple(NamedPartner(**one) for one in row["partners"]),
            told["source"],
            told["standing"],
            told["dated"],
        )
        for row in told["arrangement"]
    )


@cache
def integrator_functions() -> tuple[SuggestedFunction, ...]:
    """Functions that integrators were found to have, each with its source. The list is partial."""
    from nhsdesk.domain.elsewhere import SuggestedFunction

    return tuple(
        SuggestedFunction(row["function"], row["source"]) for row in _rows("integrators", "functions.csv")
    )


@cache
def eligible_hosts() -> tuple[EligibleHost, ...]:
    """What London's model was told to say of sectors as hosts, with where that was read."""
    from nhsdesk.domain.elsewhere import EligibleHost

    rows = _rows("integrators", "eligible_hosts.csv")
    return tuple(EligibleHost(row["sector"], row["words"], row["source"]) for row in rows)


def sample_funds() -> dict[str, Any]:
    """The sample's integrator and its fund, as their file lists them."""
    return tomllib.loads(paths.resources().joinpath("demo", "funds.toml").read_text(encoding="utf-8"))


def sample_areas() -> dict[str, Any]:
    """Where the sample's practices lie: its areas, shares, neighbourhood team, hub and footprint appraisal."""
    return tomllib.loads(paths.resources().joinpath("demo", "areas.toml").read_text(encoding="utf-8"))


def sample_meetings() -> dict[str, Any]:
    """The sample's bodies, seats, interests and meetings."""
    return tomllib.loads(paths.resources().joinpath("demo", "meetings.toml").read_text(encoding="utf-8"))


def sample_minutes() -> tuple[dict[str, Any], ...]:
    """What was said at the sample's meetings, item by item, and when their minutes were made final."""
    whole = tomllib.loads(paths.resources().joinpath("demo", "minutes.toml").read_text(encoding="utf-8"))
    return tuple(whole["minutes"])


def sample_leadership() -> dict[str, Any]:
    """Where the sample's leaders' time goes, what they delegated, offered, delivered and claimed, and with whom."""
    return tomllib.loads(paths.resources().joinpath("demo", "leadership.toml").read_text(encoding="utf-8"))


def sample_filings() -> dict[str, Any]:
    """What the sample files: its returns, what became of them, and invitations."""
    return tomllib.loads(paths.resources().joinpath("demo", "filings.toml").read_text(encoding="utf-8"))


def sample_cover_sheets() -> dict[str, Any]:
    """The sample's board papers under their cover sheets."""
    return tomllib.loads(paths.resources().joinpath("demo", "cover_sheets.toml").read_text(encoding="utf-8"))


def sample_workbook() -> bytes:
    """The made-up blank workbook that the sample fills."""
    return paths.resources().joinpath("demo", "place_return.xlsx").read_bytes()


def sample() -> dict[str, Any]:
    """The sample's own entries, as its file lists them."""
    return tomllib.loads(paths.resources().joinpath("demo", "sample.toml").read_text(encoding="utf-8"))


def sample_practice_map() -> Path:
    """The sample's practices, in the columns of the published file."""
    return paths.resources() / "demo" / "practice_map.csv"


@cache
def library() -> tuple[LibraryDocument, ...]:
    """The starter library of documents, with what was read in them and where each fact was seen."""
    from nhsdesk.domain.commitments import Basis, CommitmentKind
    from nhsdesk.domain.library import LibraryDocument, LibraryReading
    from nhsdesk.domain.sources import DocumentStatus

    def reading(key: str, number: int, row: dict[str, Any]) -> LibraryReading:
        basis = Basis(row.pop("basis")) if "basis" in row else None
        return LibraryReading(key=f"{key}/{number}", kind=CommitmentKind(row.pop("kind")), basis=basis, **row)

    path = paths.resources().joinpath("library", "library.toml")
    found = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["documents"]:
        readings = tuple(reading(row["key"], n, one) for n, one in enumerate(row.pop("readings", ()), 1))
        found.append(LibraryDocument(status=DocumentStatus(row.pop("status")), readings=readings, **row))
    return tuple(found)
