"""The pages of meetings, each made when it is first looked at: what it needs is not loaded before."""

from __future__ import annotations

from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import Page


def bodies(desk: Desk) -> Page:
    """Boards and groups with their seats."""
    from nhsdesk.desktop.meetings.bodies_page import BodiesPage

    return BodiesPage(desk)


def meeting(desk: Desk) -> Page:
    """One meeting: its agenda and who was there."""
    from nhsdesk.desktop.meetings.meeting_page import MeetingPage

    return MeetingPage(desk)


def minuting(desk: Desk) -> Page:
    """Minutes taken while a meeting goes on."""
    from nhsdesk.desktop.meetings.minuting_page import MinutingPage

    return MinutingPage(desk)


def follow_up(desk: Desk) -> Page:
    """What was set and decided, and what became of it."""
    from nhsdesk.desktop.follow_up.follow_up_page import FollowUpPage

    return FollowUpPage(desk)


def leadership(desk: Desk) -> Page:
    """How the PCN is led: time, duties, stakeholders, offers, claims and who leads what."""
    from nhsdesk.desktop.leadership.leadership_page import LeadershipPage

    return LeadershipPage(desk)
