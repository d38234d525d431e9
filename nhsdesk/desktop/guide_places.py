"""Which page of the guide, and which heading on it, tells of each page of the window: said here for every tab and list.

What has no words of its own in the guide is a register like any other, and leads to what tells of those.
"""

from __future__ import annotations

from collections.abc import Mapping

REGISTER = ("the-window", "A register")

_CLAIMS, _ASKED, _SUPPORT = "a-year-of-claims", "commitments", "support-and-funds"
_BEFORE = (_CLAIMS, "March and April: before the first claim")
_MONTHLY = (_CLAIMS, "Every month")
_STATEMENT = (_CLAIMS, "When the statement comes")
_RAISED = (_CLAIMS, "When a maximum is raised afterwards")
_MARCH = (_CLAIMS, "October to December: what will be left in March")
_CONTRACTS = (_ASKED, "Contracts and sign-up")
_SCORES = (_ASKED, "A quarter's scores and the reply log")
_RISKS = (_ASKED, "Risks, and what was asked of us")
_FIGURES = (_ASKED, "Requests for figures, questions and information")
_REQUESTS = (_SUPPORT, "Support requests")
_MONEY = (_SUPPORT, "Integrators and funds")
_WHERE = (_SUPPORT, "Where we are")
_TEAMS = (_SUPPORT, "Teams and hubs")
_BOARDS = ("meetings", "Boards, seats and interests")
_AGENDAS = ("meetings", "Agendas and who was there")
_LEADING = ("meetings", "Leadership")
_FILED = ("filings-and-packs", "What you file")

WHERE: Mapping[tuple[str, str], tuple[str, str]] = {
    ("Today", "Today"): ("today-and-search", "Today"),
    ("Commitments", "Commitments"): (_ASKED, "What was asked, promised and agreed"),
    ("Commitments", "Read a document"): (_ASKED, "Reading a paper"),
    ("Commitments", "Source documents"): (_ASKED, "Reading a paper"),
    ("Commitments", "Views"): (_ASKED, "Views"),
    ("Commitments", "Contracts and sign-up"): _CONTRACTS,
    ("Commitments", "Quarter’s scores"): _SCORES,
    ("Commitments", "Evidence"): (_ASKED, "Evidence and files"),
    ("Commitments", "Risk map"): _RISKS,
    ("Commitments", "Requests and questions"): _FIGURES,
    ("Commitments", "Evidence items"): (_ASKED, "Evidence and files"),
    ("Commitments", "Recurring duties"): (_ASKED, "Views"),
    ("Commitments", "Contracts"): _CONTRACTS,
    ("Commitments", "Local variations"): _CONTRACTS,
    ("Commitments", "Sign-up decisions"): _CONTRACTS,
    ("Commitments", "Agreements"): _CONTRACTS,
    ("Commitments", "Frameworks"): _SCORES,
    ("Commitments", "Assessments"): _SCORES,
    ("Commitments", "Reply log"): _SCORES,
    ("Commitments", "Questions"): _FIGURES,
    ("Commitments", "Data requests"): _FIGURES,
    ("Commitments", "Information requests"): _FIGURES,
    ("Commitments", "Workload transfers"): _RISKS,
    ("Commitments", "Resource requests"): _RISKS,
    ("Commitments", "Risks"): _RISKS,
    ("Commitments", "Consultations"): _RISKS,
    ("Commitments", "Plans"): _RISKS,
    ("Commitments", "Glossary"): (_ASKED, "What a word means"),
    ("ARRS", "ARRS posts"): _BEFORE,
    ("ARRS", "Claim month"): _MONTHLY,
    ("ARRS", "Pay in"): _MONTHLY,
    ("ARRS", "Statements"): _STATEMENT,
    ("ARRS", "Uplifts"): _RAISED,
    ("ARRS", "Position"): _MARCH,
    ("ARRS", "NWRS"): _MONTHLY,
    ("ARRS", "Rates and rules"): _BEFORE,
    ("ARRS", "Holders"): _BEFORE,
    ("ARRS", "Rates"): _BEFORE,
    ("ARRS", "Sums per head"): _BEFORE,
    ("ARRS", "Claims"): _MONTHLY,
    ("ARRS", "Portal statements"): _STATEMENT,
    ("ARRS", "Employer statements"): _MONTHLY,
    ("ARRS", "Payments passed on"): _MONTHLY,
    ("ARRS", "Uplift claims"): _RAISED,
    ("ARRS", "Scenarios"): _MARCH,
    ("ARRS", "Crosswalk"): _MONTHLY,
    ("ARRS", "NWRS checks"): _MONTHLY,
    ("ARRS", "Column mappings"): _MONTHLY,
    ("Support and funds", "Support requests"): _REQUESTS,
    ("Support and funds", "Requests and clocks"): _REQUESTS,
    ("Support and funds", "Hand over"): (_SUPPORT, "Handing a request over"),
    ("Support and funds", "Integrator"): _MONEY,
    ("Support and funds", "Funds"): _MONEY,
    ("Support and funds", "Integrators"): _MONEY,
    ("Support and funds", "Functions of integrators"): _MONEY,
    ("Support and funds", "Function transfers"): _MONEY,
    ("Support and funds", "Fund entries"): _MONEY,
    ("Support and funds", "Spend principles"): _MONEY,
    ("Support and funds", "Existing support"): _REQUESTS,
    ("Support and funds", "Service levels"): _REQUESTS,
    ("Support and funds", "Closed days"): _REQUESTS,
    ("Meetings", "Actions"): ("meetings", "Actions, and logs of boards"),
    ("Meetings", "Meetings"): _AGENDAS,
    ("Meetings", "Agenda and attendance"): _AGENDAS,
    ("Meetings", "Take minutes"): ("meetings", "Taking minutes"),
    ("Meetings", "Bodies and seats"): _BOARDS,
    ("Meetings", "Decisions"): ("meetings", "Decisions"),
    ("Meetings", "Follow-up"): ("meetings", "Actions, and logs of boards"),
    ("Meetings", "Leadership"): _LEADING,
    ("Meetings", "Bodies"): _BOARDS,
    ("Meetings", "Seats"): _BOARDS,
    ("Meetings", "Interests"): _BOARDS,
    ("Meetings", "Meeting series"): _AGENDAS,
    ("Meetings", "Forward plan"): _AGENDAS,
    ("Meetings", "Cover sheets"): ("meetings", "Board papers"),
    ("Meetings", "Rounds"): ("meetings", "Rounds"),
    ("Meetings", "Leaders’ time"): _LEADING,
    ("Meetings", "Delegated duties"): _LEADING,
    ("Meetings", "Stakeholders"): _LEADING,
    ("Meetings", "Offers to lead"): _LEADING,
    ("Meetings", "What we delivered"): _LEADING,
    ("Meetings", "Resource claims"): _LEADING,
    ("Meetings", "Collaboratives"): _LEADING,
    ("Meetings", "Who leads what"): _LEADING,
    ("Neighbourhoods", "Practices"): _WHERE,
    ("Neighbourhoods", "Areas"): _WHERE,
    ("Neighbourhoods", "Shares and borders"): (_SUPPORT, "Shares and borders"),
    ("Neighbourhoods", "Teams and hubs"): _TEAMS,
    ("Neighbourhoods", "Neighbourhood teams"): _TEAMS,
    ("Neighbourhoods", "Hubs"): _TEAMS,
    ("Neighbourhoods", "Footprint appraisals"): (_SUPPORT, "Shares and borders"),
    ("Returns and papers", "Returns and papers"): ("the-window", "Returns and papers"),
    ("Returns and papers", "Filings"): _FILED,
    ("Returns and papers", "Returns to make"): _FILED,
    ("Returns and papers", "Workbooks to fill"): ("workbooks-to-fill", "Workbooks to fill"),
    ("PCN file", "PCN file"): ("your-pcn-file", "Keep it safe"),
    ("PCN file", "Copies"): ("your-pcn-file", "Copies"),
    ("PCN file", "Close a year"): ("closing-a-year", "Closing a year, opening the next"),
    ("PCN file", "Packs"): ("filings-and-packs", "Packs for other PCNs"),
}
"""By the words on a place, and those on a tab or of a list."""


def place_in_guide(place: str, tab: str) -> tuple[str, str]:
    """The page of the guide and the heading in it that tell of a page of the window, or of a list on one."""
    return WHERE.get((place, tab), REGISTER)
