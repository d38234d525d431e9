"""Calendar files and drafts: known again by calendars, one letter to an owner, and nothing withheld in any of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from nhsdesk import errors
from nhsdesk.commands import papers, reminders
from nhsdesk.documents import eml, ics
from nhsdesk.documents.ics import Reminder
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.papers import Audience
from nhsdesk.store.database import Database
from tests.conftest import AS_OF

SECRET = "zzquietword"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


@pytest.fixture
def owners(database: Database) -> dict[str, Person]:
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)[0]
    trust = add(database, Organisation(name="Wexmere Trust"))
    return {
        "ours": add(database, Person(role_title="PCN manager", organisation=ours.id)),
        "theirs": add(database, Person(role_title="Place director", organisation=trust.id)),
    }


def events(database: Database, audience: Audience, tmp_path: Path) -> list[Any]:
    target = tmp_path / "Actions.ics"
    reminders.write_calendar(database, reminders.gather(database, audience), target)
    return list(Calendar.from_ical(target.read_bytes()).walk("VEVENT"))


def test_an_action_is_an_all_day_event_that_a_calendar_knows_again(
    database: Database, owners: dict[str, Person], tmp_path: Path
) -> None:
    action = add(database, Action(what="Send, the list; now", owner=owners["ours"].id, due=date(2026, 12, 4)))
    first = events(database, Audience.PARTNERS, tmp_path)[0]
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 12, 4), date(2026, 12, 5))
    assert first["summary"] == f"{action.ref}: Send, the list; now"
    with database.change("Put off") as change:
        change.put(
            replace(change.reader.get(Action, action.id), revised_due=date(2026, 12, 11), times_revised=1)
        )
    second = events(database, Audience.PARTNERS, tmp_path)[0]
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    assert second.decoded("dtstart") == date(2026, 12, 11)


def close(database: Database, action: Action, on: date = AS_OF) -> Action:
    with database.change("Close") as change:
        return change.put(replace(change.reader.get(Action, action.id), closed_on=on))


def test_a_closed_action_is_cancelled_in_the_calendar_that_holds_it(
    database: Database, owners: dict[str, Person], tmp_path: Path
) -> None:
    action = add(database, Action(what="Send the list", owner=owners["ours"].id, due=date(2026, 12, 4)))
    add(database, Action(what="Undated", closed_on=AS_OF))
    (first,) = events(database, Audience.PARTNERS, tmp_path)
    assert "status" not in first
    closed = close(database, action)
    (second,) = events(database, Audience.PARTNERS, tmp_path)
    assert (second["uid"], second["status"]) == (first["uid"], "CANCELLED")
    assert second["sequence"] > first["sequence"]
    assert second.decoded("dtstart") == first.decoded("dtstart")
    assert second["summary"] == f"{action.ref}: closed"
    again = events(database, Audience.PARTNERS, tmp_path)[0]
    assert (again["uid"], again["sequence"]) == (second["uid"], second["sequence"])
    with database.change("Open again") as change:
        change.put(replace(closed, closed_on=None))
    (third,) = events(database, Audience.PARTNERS, tmp_path)
    assert "status" not in third
    assert third["sequence"] > second["sequence"]


def test_only_what_a_reader_was_told_of_within_a_year_is_cancelled_for_them(
    database: Database, owners: dict[str, Person]
) -> None:
    hidden = add(database, Action(what=SECRET, due=AS_OF, restricted=True))
    old = add(database, Action(what="Old", due=date(2025, 6, 1)))
    close(database, hidden)
    close(database, old, date(2025, 6, 1))
    assert reminders.gather(database, Audience.PARTNERS).cancelled == ()
    made = reminders.gather(database, Audience.OWN_BOARD)
    assert [one.key for one in made.cancelled] == [f"action-{hidden.id}"]
    assert SECRET not in str(made.cancelled)
    assert "It takes 1 closed action out of a calendar again." in reminders.told(made)


def test_the_moment_of_writing_is_in_utc_and_needs_a_zone() -> None:
    written = ics.write((Reminder("a", 1, AS_OF, "T", "W"),), "Name", NOW)
    assert b"DTSTAMP:20261120T093000Z" in written
    with pytest.raises(ValueError, match="without a zone"):
        ics.write((), "Name", NOW.replace(tzinfo=None))


def test_a_draft_has_no_address_and_waits_to_be_sent() -> None:
    read = message_from_bytes(eml.draft("Two\nlines é", "Llanfair’s list\n"), policy=policy.default)
    assert (read["Subject"], read["X-Unsent"], read["To"], read["From"]) == ("Two lines é", "1", None, None)
    assert read.get_content().split() == ["Llanfair’s", "list"]


def test_each_owner_gets_one_draft_with_what_is_overdue_first(
    database: Database, owners: dict[str, Person], tmp_path: Path
) -> None:
    add(database, Action(what="Later", owner=owners["ours"].id, due=date(2026, 12, 4)))
    add(database, Action(what="Late", owner=owners["ours"].id, due=date(2026, 11, 6)))
    add(database, Action(what="Nobody's", owner_words="TJ/JT", due=date(2026, 11, 6)))
    made = reminders.gather(database, Audience.PARTNERS)
    written = reminders.write_drafts(database, made, tmp_path)
    assert [path.name for path in written] == ["2026-11-20 PCN manager.eml"]
    read = message_from_bytes(written[0].read_bytes(), policy=policy.default)
    assert read["Subject"] == "2 actions open with PCN manager, 1 overdue"
    words = read.get_content()
    assert words.index("Late (due 6 November 2026; red)") < words.index("Later (due 4 December 2026")
    assert reminders.write_drafts(database, made, tmp_path) == written, "written anew, not beside"


def test_nothing_restricted_stands_in_calendar_draft_or_week_sheet(
    database: Database, owners: dict[str, Person], tmp_path: Path
) -> None:
    hidden = add(database, Commitment(title=f"Hidden {SECRET}", restricted=True))
    for owner in owners.values():
        add(database, Action(what=f"Marked {SECRET}", owner=owner.id, due=AS_OF, restricted=True))
        add(database, Action(what=f"Of it {SECRET}", owner=owner.id, due=AS_OF, commitment=hidden.id))
        add(database, Action(what="Open", owner=owner.id, due=AS_OF))
    made = reminders.gather(database, Audience.PARTNERS)
    assert (made.withheld, len(made.reminders)) == (4, 2)
    reminders.write_calendar(database, made, tmp_path / "a.ics")
    written = [tmp_path / "a.ics", *reminders.write_drafts(database, made, tmp_path / "drafts")]
    assert len(written) == 3
    assert all(SECRET not in path.read_bytes().decode() for path in written)
    asked = papers.asked_of(database, Month(2026, 10), AS_OF)
    sheet = papers.make(database, papers.named("week-sheet", papers.PAPERS), asked)
    assert SECRET not in str(sheet.facts)
    own = papers.make(database, papers.named("week-sheet-own", papers.PAPERS), asked)
    assert SECRET in str(own.facts)


def test_an_owner_elsewhere_never_gets_what_is_restricted_whoever_writes(
    database: Database, owners: dict[str, Person]
) -> None:
    for owner in owners.values():
        add(database, Action(what=f"Marked {SECRET}", owner=owner.id, due=AS_OF, restricted=True))
        add(database, Action(what="Open", owner=owner.id, due=AS_OF))
    letters = {one.owner: one for one in reminders.gather(database, Audience.OWN_BOARD).letters}
    assert SECRET in letters["PCN manager"].words
    assert SECRET not in letters["Place director"].words
    assert letters["Place director"].left_out == 1
    private = [one.private for one in reminders.gather(database, Audience.OWN_BOARD).reminders]
    assert sorted(private) == [False, False, True, True]


def test_what_names_a_practice_in_difficulty_is_acknowledged_first(
    database: Database, owners: dict[str, Person], tmp_path: Path
) -> None:
    practice = add(database, Practice(name="Chandler Road Surgery", ods_code="Y99999"))
    request = add(database, SupportRequest(practice=practice.id, restricted=True))
    add(database, RequestEvent(request=request.id, happened_on=AS_OF, state=RequestState.SENT))
    add(database, Action(what="Visit Chandler Road Surgery", owner=owners["ours"].id, due=AS_OF))
    made = reminders.gather(database, Audience.PARTNERS)
    with pytest.raises(errors.PaperRefused, match="No reminder was written"):
        reminders.write_calendar(database, made, tmp_path / "a.ics")
    assert not (tmp_path / "a.ics").exists()
    reminders.write_calendar(database, made, tmp_path / "a.ics", acknowledged=True)
    assert (tmp_path / "a.ics").exists()


def test_a_week_sheet_tells_what_is_to_be_done_until_the_end_of_next_week(
    database: Database, owners: dict[str, Person]
) -> None:
    for day in (date(2026, 11, 6), date(2026, 11, 29), date(2026, 11, 30)):
        add(database, Action(what=f"Until {day}", owner=owners["ours"].id, due=day))
    asked = papers.asked_of(database, Month(2026, 10), AS_OF)
    sheet = papers.make(database, papers.named("week-sheet", papers.PAPERS), asked)
    assert [line.what for line in sheet.facts.lines] == ["Until 2026-11-06", "Until 2026-11-29"]


def test_a_draft_to_somebody_outside_tells_no_withheld_update(
    database: Database, owners: dict[str, Person]
) -> None:
    action = add(database, Action(what="Send the list", owner=owners["theirs"].id))
    update = add(database, ActionUpdate(action=action.id, said_on=AS_OF, said=SECRET))
    secret = add(database, Commitment(title=SECRET, restricted=True))
    add(database, Link(source=secret.id, target=update.id, says=LinkKind.RELATED))
    (letter,) = reminders.gather(database, Audience.OWN_BOARD).letters
    assert "Send the list" in letter.words
    assert SECRET not in letter.words
