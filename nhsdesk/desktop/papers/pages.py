"""The pages of returns and papers, each made when it is first looked at: what it needs is not loaded before."""

from __future__ import annotations

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page


def papers(desk: Desk) -> Page:
    """The returns and briefings, and what was sent of each."""
    from nhsdesk.desktop.papers.papers_page import PapersPage

    return PapersPage(desk)


def filings(desk: Desk) -> Page:
    """The register of filings."""
    from nhsdesk.desktop.papers.filings_page import FilingsPage

    return FilingsPage(desk)


def workbooks(desk: Desk) -> Page:
    """The commissioners' workbooks that are filled in place."""
    from nhsdesk.desktop.papers.workbooks_page import WorkbooksPage

    return WorkbooksPage(desk)
