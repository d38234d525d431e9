"""The places of the window, each with its pages. A kind of record gets a register by standing in one of these lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.lists_page import ListsPage
from nhsdesk.desktop.page import Page, scrolled
from nhsdesk.desktop.register_page import RegisterPage
from nhsdesk.desktop.words import on_a_button
from nhsdesk.domain.actions import Action
from nhsdesk.domain.arrs import Holder, Post
from nhsdesk.domain.assessments import Assessment, Framework, ReplyLine
from nhsdesk.domain.claimed import Claim
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.consultations import Consultation, DecisionWindow, InformationRequest, Response
from nhsdesk.domain.contracts import Agreement, Contract, LocalVariation, SignUpDecision
from nhsdesk.domain.duties import RecurringDuty
from nhsdesk.domain.employers import ColumnMapping, EmployerPayment, EmployerStatement
from nhsdesk.domain.entitlement import Sum
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.fields import Record, RecordKind
from nhsdesk.domain.glossary import GlossaryTerm
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.plans import Plan, TeamLink
from nhsdesk.domain.policy import Bulletin, DataRequest, PolicyPosition, ReportingBurden
from nhsdesk.domain.questions import Question
from nhsdesk.domain.rates import Rate
from nhsdesk.domain.records import KINDS
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.scenarios import Scenario
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.statements import PortalStatement
from nhsdesk.domain.uplifts import Uplift
from nhsdesk.domain.workforce import Crosswalk, NwrsCheck
from nhsdesk.domain.workload import ResourceRequest, WorkloadTransfer


def _today(desk: Desk) -> Page:
    from nhsdesk.desktop.today_page import TodayPage

    return TodayPage(desk)


def _papers(desk: Desk) -> Page:
    from nhsdesk.desktop.papers.papers_page import PapersPage

    return PapersPage(desk)


def _file(desk: Desk) -> Page:
    from nhsdesk.desktop.file.file_page import FilePage

    return FilePage(desk)


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
        return tuple(_title(tab) for tab in self.tabs)

    @property
    def registers(self) -> tuple[type[Record], ...]:
        """The kinds of record that have a register on a tab of their own."""
        return tuple(tab for tab in self.tabs if isinstance(tab, type))

    @property
    def kinds(self) -> tuple[type[Record], ...]:
        """The kinds of record that are listed here, on tabs of their own and on those of several."""
        listed = tuple(cls for tab in self.tabs if isinstance(tab, Lists) for cls in tab.kinds)
        return self.registers + listed


def _title(tab: Tab) -> str:
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
    Place("Support and funds", "support", (SupportRequest,)),
    Place("Meetings", "meetings", (Action, Meeting)),
    Place("Neighbourhoods", "neighbourhoods", (Practice, Organisation, Person)),
    Place("Returns and papers", "papers", (("Returns and papers", _papers),)),
    Place("PCN file", "file", (("PCN file", _file), LocalRule)),
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


class PlacePage(Page):
    """The pages of one place, one at a time, each made when it is first looked at."""

    def __init__(self, desk: Desk, place: Place) -> None:
        super().__init__(desk)
        self.title = place.title
        self._makers = [(_title(tab), _maker(tab)) for tab in place.tabs]
        self._kinds = [_kinds_on(tab) for tab in place.tabs]
        self._made: dict[int, Page] = {}
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(f"Pages of {place.title}")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setObjectName("places")
        for words, _ in self._makers:
            self._tabs.addTab(on_a_button(words))
        if len(self._makers) == 1:
            self._tabs.hide()
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._turn_to)
        self._before = 0

    @property
    def titles(self) -> tuple[str, ...]:
        """The words on its tabs."""
        return tuple(words for words, _ in self._makers)

    @property
    def page(self) -> Page:
        """The page in front."""
        return self._page(max(self._tabs.currentIndex(), 0))

    @property
    def pages(self) -> tuple[Page, ...]:
        """Those made so far."""
        return tuple(self._made.values())

    def turn_to(self, number: int) -> None:
        """Brings one of its pages to the front."""
        self._tabs.setCurrentIndex(number)

    def register_of(self, kind: RecordKind) -> RegisterPage:
        """Turns to the register of a kind."""
        self._tabs.setCurrentIndex(next(n for n, kinds in enumerate(self._kinds) if kind in kinds))
        page = self.page
        if isinstance(page, ListsPage):
            return page.register_of(kind)
        assert isinstance(page, RegisterPage)
        return page

    def shown(self) -> None:
        page = self.page
        self._stack.setCurrentWidget(page)
        page.shown()
        self.selection_changed.emit()

    def take_focus(self) -> None:
        self.page.take_focus()

    def finish_typing(self) -> bool:
        return all(page.finish_typing() for page in self.pages)

    def selection_words(self) -> str:
        return self.page.selection_words()

    def keep_layout(self) -> None:
        for page in self.pages:
            page.keep_layout()

    def _page(self, number: int) -> Page:
        if number not in self._made:
            made = self._makers[number][1](self.desk)
            self._made[number] = made
            made.selection_changed.connect(self.selection_changed)
            self._stack.addWidget(made)
        return self._made[number]

    def _turn_to(self, number: int) -> None:
        before = self._made.get(self._before)
        if number != self._before and before is not None and not before.finish_typing():
            self._tabs.setCurrentIndex(self._before)
            return
        self._before = number
        self.shown()


def _maker(tab: Tab) -> Maker:
    if isinstance(tab, tuple):
        return tab[1]
    if isinstance(tab, Lists):
        kinds = _kinds_on(tab)
        return lambda desk: ListsPage(desk, tab.title, kinds)
    kind = tab.KIND
    return lambda desk: RegisterPage(desk, kind)


def _kinds_on(tab: Tab) -> tuple[RecordKind, ...]:
    if isinstance(tab, tuple):
        return ()
    return tuple(cls.KIND for cls in (tab.kinds if isinstance(tab, Lists) else (tab,)))


class Navigation(QFrame):
    """The places down the left side: picture and word; on a narrow window the picture alone."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setAccessibleName("Places")
        self._buttons: list[QToolButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(4)
        for number, place in enumerate(PLACES):
            button = QToolButton()
            button.setText(on_a_button(place.title))
            button.setToolTip(f"{place.title} (Ctrl+{number + 1})")
            button.setAccessibleName(place.title)
            button.setCheckable(True)
            icons.put(button, place.icon, "quiet")
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
            button.clicked.connect(lambda _, number=number: self.wanted.emit(number))
            self._group.addButton(button)
            self._buttons.append(button)
            column.addWidget(button)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = scrolled(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole.addWidget(area)
        self.narrow(False)

    def mark(self, number: int) -> None:
        """Shows which place is in front."""
        self._buttons[number].setChecked(True)

    def narrow(self, narrow: bool) -> None:
        """Pictures alone, or pictures and words."""
        style = Qt.ToolButtonStyle
        for button in self._buttons:
            button.setToolButtonStyle(style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon)
        self.setFixedWidth(theme.px(56 if narrow else 212))
