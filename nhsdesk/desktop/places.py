"""The places of the window and the pages of each. A kind of record gets a register by standing in a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.file import pages as file_pages
from nhsdesk.desktop.lists_page import ListsPage
from nhsdesk.desktop.meetings import pages
from nhsdesk.desktop.page import Page
from nhsdesk.desktop.papers import pages as paper_pages
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.domain.actions import Action
from nhsdesk.domain.areas import Area
from nhsdesk.domain.arrs import Holder, Post
from nhsdesk.domain.assessments import Assessment, Framework, ReplyLine
from nhsdesk.domain.bodies import Body, ForwardItem, Interest, Seat
from nhsdesk.domain.claimed import Claim
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.composed import CoverSheet
from nhsdesk.domain.consultations import Consultation, DecisionWindow, InformationRequest, Response
from nhsdesk.domain.contracts import Agreement, Contract, LocalVariation, SignUpDecision
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.duties import RecurringDuty
from nhsdesk.domain.employers import ColumnMapping, EmployerPayment, EmployerStatement
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.existing_support import ExistingSupport
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.filings import Filing, ReturnToMake
from nhsdesk.domain.footprints import FootprintAppraisal
from nhsdesk.domain.funds import Fund, FundEntry, SpendPrinciple
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.hubs import Hub
from nhsdesk.domain.integrators import FunctionTransfer, Integrator, IntegratorFunction
from nhsdesk.domain.leadership import (
    Collaborative,
    Delegation,
    Delivered,
    LeadAssignment,
    LeaderTime,
    OfferToLead,
    ResourceClaim,
    Stakeholder,
)
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting, MeetingSeries
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.plans import Plan, TeamLink
from nhsdesk.domain.policy import Bulletin, DataRequest, PolicyPosition, ReportingBurden
from nhsdesk.domain.questions import Question
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.rounds import Round
from nhsdesk.domain.scenarios import Scenario
from nhsdesk.domain.service_levels import ClosedDay, ServiceLevel
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.statements import PortalStatement
from nhsdesk.domain.teams import NeighbourhoodTeam
from nhsdesk.domain.uplifts import Uplift
from nhsdesk.domain.workforce import Crosswalk, NwrsCheck
from nhsdesk.domain.workload import ResourceRequest, WorkloadTransfer


def _today(desk: Desk) -> Page:
    from nhsdesk.desktop.today_page import TodayPage

    return TodayPage(desk)


def _reading(desk: Desk) -> Page:
    from nhsdesk.desktop.commitments.reading_page import ReadingPage

    return ReadingPage(desk)


def _views(desk: Desk) -> Page:
    from nhsdesk.desktop.commitments.views_page import ViewsPage

    return ViewsPage(desk)


def _sign_up(desk: Desk) -> Page:
    from nhsdesk.desktop.commitments.sign_up_page import SignUpPage

    return SignUpPage(desk)


def _assessments(desk: Desk) -> Page:
    from nhsdesk.desktop.commitments.assessments_page import AssessmentsPage

    return AssessmentsPage(desk)


def _evidence(desk: Desk) -> Page:
    from nhsdesk.desktop.commitments.evidence_page import EvidencePage

    return EvidencePage(desk)


def _risks(desk: Desk) -> Page:
    from nhsdesk.desktop.commitments.risks_page import RisksPage

    return RisksPage(desk)


def _requests(desk: Desk) -> Page:
    from nhsdesk.desktop.commitments.requests_page import RequestsPage

    return RequestsPage(desk)


def _request_clocks(desk: Desk) -> Page:
    from nhsdesk.desktop.support.requests_page import RequestsPage

    return RequestsPage(desk)


def _integrator(desk: Desk) -> Page:
    from nhsdesk.desktop.funds.integrator_page import IntegratorPage

    return IntegratorPage(desk)


def _funds(desk: Desk) -> Page:
    from nhsdesk.desktop.funds.funds_page import FundsPage

    return FundsPage(desk)


def _claim_month(desk: Desk) -> Page:
    from nhsdesk.desktop.arrs.claim_month_page import ClaimMonthPage

    return ClaimMonthPage(desk)


def _pay_in(desk: Desk) -> Page:
    from nhsdesk.desktop.arrs.pay_in_page import PayInPage

    return PayInPage(desk)


def _statements(desk: Desk) -> Page:
    from nhsdesk.desktop.arrs.statements_page import StatementsPage

    return StatementsPage(desk)


def _uplifts(desk: Desk) -> Page:
    from nhsdesk.desktop.arrs.uplifts_page import UpliftsPage

    return UpliftsPage(desk)


def _position(desk: Desk) -> Page:
    from nhsdesk.desktop.arrs.position_page import PositionPage

    return PositionPage(desk)


def _nwrs(desk: Desk) -> Page:
    from nhsdesk.desktop.arrs.nwrs_page import NwrsPage

    return NwrsPage(desk)


def _rates(desk: Desk) -> Page:
    from nhsdesk.desktop.arrs.rates_page import RatesPage

    return RatesPage(desk)


def _hand_over(desk: Desk) -> Page:
    from nhsdesk.desktop.support.hand_over_page import HandOverPage

    return HandOverPage(desk)


def _areas(desk: Desk) -> Page:
    from nhsdesk.desktop.neighbourhoods.areas_page import AreasPage

    return AreasPage(desk)


def _borders(desk: Desk) -> Page:
    from nhsdesk.desktop.neighbourhoods.borders_page import BordersPage

    return BordersPage(desk)


def _teams(desk: Desk) -> Page:
    from nhsdesk.desktop.neighbourhoods.teams_page import TeamsPage

    return TeamsPage(desk)


Maker = Callable[[Desk], Page]


@dataclass(frozen=True, slots=True)
class Lists:
    """One tab of several registers, for what is looked at seldom."""

    title: str
    kinds: tuple[type[Record], ...]


Tab = tuple[str, Maker] | type[Record] | Lists
"""A page made for its work with the words on its tab, a kind of record that has a register, or several."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the navigation: its words, its picture, and its pages in the order of their tabs."""

    title: str
    icon: str
    tabs: tuple[Tab, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The words on its tabs."""
        return tuple(title_of(tab) for tab in self.tabs)

    @property
    def registers(self) -> tuple[type[Record], ...]:
        """The kinds of record that have a register on a tab of their own."""
        return tuple(tab for tab in self.tabs if isinstance(tab, type))

    @property
    def kinds(self) -> tuple[type[Record], ...]:
        """The kinds of record that are listed here, on tabs of their own and on those of several."""
        listed = tuple(cls for tab in self.tabs if isinstance(tab, Lists) for cls in tab.kinds)
        return self.registers + listed


def title_of(tab: Tab) -> str:
    """The words on a tab."""
    if isinstance(tab, tuple):
        return tab[0]
    return tab.title if isinstance(tab, Lists) else tab.KIND.plural


PLACES = (
    Place("Today", "today", (("Today", _today),)),
    Place(
        "Commitments",
        "commitments",
        (
            Commitment,
            ("Read a document", _reading),
            SourceDocument,
            ("Views", _views),
            ("Contracts and sign-up", _sign_up),
            ("Quarter’s scores", _assessments),
            ("Evidence", _evidence),
            ("Risk map", _risks),
            ("Requests and questions", _requests),
            Lists(
                "Lists",
                (
                    Evidence,
                    RecurringDuty,
                    Contract,
                    LocalVariation,
                    SignUpDecision,
                    Agreement,
                    Framework,
                    Assessment,
                    ReplyLine,
                    Question,
                    WorkloadTransfer,
                    ResourceRequest,
                    Risk,
                    PolicyPosition,
                    Bulletin,
                    ReportingBurden,
                    DataRequest,
                    Consultation,
                    Response,
                    DecisionWindow,
                    InformationRequest,
                    Plan,
                    TeamLink,
                    GlossaryTerm,
                ),
            ),
        ),
    ),
    Place(
        "ARRS",
        "arrs",
        (
            Post,
            ("Claim month", _claim_month),
            ("Pay in", _pay_in),
            ("Statements", _statements),
            ("Uplifts", _uplifts),
            ("Position", _position),
            ("NWRS", _nwrs),
            ("Rates and rules", _rates),
            Lists(
                "Lists",
                (
                    Holder,
                    Rate,
                    Sum,
                    Claim,
                    PortalStatement,
                    EmployerStatement,
                    EmployerPayment,
                    Uplift,
                    Scenario,
                    Crosswalk,
                    NwrsCheck,
                    ColumnMapping,
                ),
            ),
        ),
    ),
    Place(
        "Support and funds",
        "support",
        (
            SupportRequest,
            ("Integrator", _integrator),
            ("Funds", _funds),
            ("Requests and clocks", _request_clocks),
            ("Hand over", _hand_over),
            Lists(
                "Lists",
                (
                    Integrator,
                    IntegratorFunction,
                    FunctionTransfer,
                    Fund,
                    FundEntry,
                    SpendPrinciple,
                    ExistingSupport,
                    ServiceLevel,
                    ClosedDay,
                ),
            ),
        ),
    ),
    Place(
        "Meetings",
        "meetings",
        (
            Action,
            Meeting,
            ("Agenda and attendance", pages.meeting),
            ("Take minutes", pages.minuting),
            ("Bodies and seats", pages.bodies),
            Decision,
            ("Follow-up", pages.follow_up),
            ("Leadership", pages.leadership),
            Lists(
                "Lists",
                (
                    Body,
                    Seat,
                    Interest,
                    MeetingSeries,
                    ForwardItem,
                    CoverSheet,
                    Round,
                    LeaderTime,
                    Delegation,
                    Stakeholder,
                    OfferToLead,
                    Delivered,
                    ResourceClaim,
                    Collaborative,
                    LeadAssignment,
                ),
            ),
        ),
    ),
    Place(
        "Neighbourhoods",
        "neighbourhoods",
        (
            Practice,
            Organisation,
            Person,
            ("Areas", _areas),
            ("Shares and borders", _borders),
            ("Teams and hubs", _teams),
            Lists("Lists", (Area, NeighbourhoodTeam, Hub, FootprintAppraisal)),
        ),
    ),
    Place(
        "Returns and papers",
        "papers",
        (
            ("Returns and papers", paper_pages.papers),
            ("Filings", paper_pages.filings),
            ("Workbooks to fill", paper_pages.workbooks),
            Lists("Lists", (ReturnToMake, Filing)),
        ),
    ),
    Place(
        "PCN file",
        "file",
        (
            ("PCN file", file_pages.file),
            ("Copies", file_pages.copies),
            ("Packs", file_pages.packs),
            ("Close a year", file_pages.year_end),
            LocalRule,
        ),
    ),
)


def place_of(kind_name: str) -> tuple[int, RecordKind] | None:
    """Where a kind of record is shown: the number of its place, and the kind whose register it is."""
    for number, place in enumerate(PLACES):
        for cls in place.kinds:
            if cls.KIND.name == kind_name:
                return number, cls.KIND
    owner = KINDS[kind_name].owner
    target = getattr(owner.kind, "target", "") if owner is not None else ""
    return place_of(target) if target else None


def maker_of(tab: Tab) -> Maker:
    """What makes the page of a tab when it is first looked at."""
    if isinstance(tab, tuple):
        return tab[1]
    if isinstance(tab, Lists):
        kinds = kinds_on(tab)
        return lambda desk: ListsPage(desk, tab.title, kinds)
    kind = tab.KIND
    return lambda desk: RegisterPage(desk, kind)


def kinds_on(tab: Tab) -> tuple[RecordKind, ...]:
    """The kinds of record that are listed on a tab."""
    if isinstance(tab, tuple):
        return ()
    return tuple(cls.KIND for cls in (tab.kinds if isinstance(tab, Lists) else (tab,)))
