"""The pages of the PCN file itself, each made when it is first looked at: what it needs is not loaded before."""

from __future__ import annotations

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page
from nhsdesk.domain.closed_years import ClosedYear

PAGE_OF = {ClosedYear.KIND.name: ("PCN file", "Close a year")}
"""Kinds of record that no register lists: the place and tab of the page that shows them."""


def file(desk: Desk) -> Page:
    """The file: where it lies, what it holds, and how it is looked after."""
    from nhsdesk.desktop.file.file_page import FilePage

    return FilePage(desk)


def packs(desk: Desk) -> Page:
    """Packs for other PCNs, and from them."""
    from nhsdesk.desktop.file.packs_page import PacksPage

    return PacksPage(desk)


def year_end(desk: Desk) -> Page:
    """A financial year closed, and the next opened."""
    from nhsdesk.desktop.file.year_end_page import YearEndPage

    return YearEndPage(desk)


def copies(desk: Desk) -> Page:
    """Copies of the file: handed out, exchanged, and what both changed."""
    from nhsdesk.desktop.file.copies_page import CopiesPage

    return CopiesPage(desk)
