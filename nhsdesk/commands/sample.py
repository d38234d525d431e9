"""The sample: a made-up PCN's year in a file of its own, every paper of which is marked SAMPLE."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from nhsdesk import resources
from nhsdesk.commands import (
    data_sets,
    files,
    networks,
    papers,
    sample_areas,
    sample_asked,
    sample_assessments,
    sample_cover_sheets,
    sample_decisions,
    sample_filings,
    sample_funds,
    sample_leadership,
    sample_meetings,
    sample_requests,
    sample_workbooks,
    sample_year,
)
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.commitments import (
    Basis,
    Commitment,
    CommitmentKind,
    Confidence,
    CoreComponent,
    Status,
    WorkClass,
)
from nhsdesk.domain.fields import Record
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ContractType, LondonZone, Organisation, Person, Practice, Sector
from nhsdesk.domain.periods import Month
from nhsdesk.domain.requests import Category, Level, RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.sources import DocumentStatus, SourceDocument
from nhsdesk.store.database import Clock, Database
from nhsdesk.store.door import Change

REAL_NETWORK = "U07032"
"""The network of the published file whose practices lend the sample their names when that file is there."""

CLAIM_MONTH = Month(2026, 10)
NEST = Decimal("0.03")


@dataclass(frozen=True, slots=True)
class Written:
    """What the demonstration wrote."""

    paths: tuple[Path, ...]
    told: tuple[str, ...]


class _Known:
    """What was added, by the name the sample's own file gives it."""

    def __init__(self) -> None:
        self._ids: dict[str, Id] = {}

    def keep(self, name: str, record: Record) -> None:
        self._ids[name] = record.id

    def id(self, name: str | None) -> Id | None:
        return None if name is None else self._ids.get(name)

    def needed(self, name: str) -> Id:
        return self._ids[name]


def demonstrate(folder: Path, reference: Path | None, who: str, clock: Clock) -> Written:
    """Makes the sample file, its October claim and its board briefing in a folder."""
    path = files.made_folder(folder) / "Sample PCN.nhsdesk"
    claim, briefing = (
        folder / f"SAMPLE ARRS claim {CLAIM_MONTH}.xlsx",
        folder / "SAMPLE Place board briefing.pdf",
    )
    with create(path, reference, who, clock) as database:
        try:
            told = [_issued(database, *one) for one in (("arrs-claim", claim), ("place-board", briefing))]
        except BaseException:
            database.close()
            path.unlink(missing_ok=True)
            raise
    return Written((path, claim, briefing), tuple(told))


def _issued(database: Database, key: str, target: Path) -> str:
    paper = papers.named(key, papers.PAPERS)
    as_of: date = resources.sample()["about"]["as_of"]
    made = papers.make(database, paper, papers.asked_of(database, CLAIM_MONTH, as_of))
    papers.issue(database, made, target, acknowledged=True)
    what = "1 problem" if len(made.problems) == 1 else f"{len(made.problems)} problems"
    return f"{paper.title}: {what} acknowledged."


def create(path: Path, reference: Path | None, who: str, clock: Clock) -> Database:
    """A new sample file: from a published reference file where one is given, else from the shipped made-up one."""
    told = resources.sample()
    seen = data_sets.preview(reference or resources.sample_practice_map())
    code = REAL_NETWORK if reference else told["network"]["code"]
    # Made-up claims under a real name must not be taken for that PCN's own.
    name = f"{networks.name_in(seen, code) or told['network']['name']} (sample)"
    database = files.create(path, name, who, clock, sample=True)
    try:
        data_sets.adopt(database, seen)
        networks.choose(database, code)
        with database.change("Fill the sample") as change:
            change.sealing = True  # one Undo too many must not take the whole sample away
            _fill(change, told)
    except BaseException:
        database.close()
        path.unlink(missing_ok=True)
        raise
    return database


def _fill(change: Change, told: dict[str, Any]) -> None:
    known = _Known()
    zone = LondonZone(told["network"]["london_zone"])
    _organisations(change, told, known, zone)
    for row in told["documents"]:
        document = SourceDocument(
            title=row["title"], body=row["body"], dated=row["date"], status=DocumentStatus.PUBLISHED
        )
        known.keep(row["ref"], change.add(document))
    for row in told["commitments"]:
        known.keep(row["ref"], change.add(_commitment(row, known)))
    for row in told["requests"]:
        known.keep(row["ref"], _request(change, row, known))
    for row in told["meetings"]:
        known.keep(row["ref"], change.add(Meeting(body=row["body"], held_on=row["date"])))
    for row in told["actions"]:
        known.keep(row["ref"], _action(change, row, known))
    sample_asked.fill(change, known.id)
    sample_assessments.fill(change, known.id)
    sample_year.fill(change, told, known.id, zone)
    sample_requests.fill(change, known.id)
    sample_areas.fill(change, known.id, known.keep)
    sample_funds.fill(change, known.id)
    sample_meetings.fill(change, known.id)
    sample_leadership.fill(change, known.id)
    sample_decisions.fill(change, known.id)
    sample_meetings.minute(change, known.id)
    sample_filings.fill(change, known.id)
    sample_cover_sheets.fill(change, known.id)
    sample_workbooks.fill(change, known.id)


def _organisations(change: Change, told: dict[str, Any], known: _Known, zone: LondonZone) -> None:
    ours = change.reader.all(Organisation, ours=True)[0]
    known.keep("O-10", ours)
    for row in told["organisations"]:
        known.keep(row["ref"], change.add(Organisation(name=row["name"], sector=Sector(row["sector"]))))
    present = list(change.reader.all(Practice, network=ours.id))
    for n, row in enumerate(told["practices"]):
        practice = present[n % len(present)]
        if n < len(present):
            held = replace(practice, london_zone=zone, contract_type=ContractType(row["contract"]))
            practice = present[n] = change.put(held)
        known.keep(row["ref"], practice)
    lead = change.reader.get(Practice, known.needed("PR-01"))
    employs = Organisation(name=f"{lead.name}, as employer", sector=Sector.PRACTICE, payee=True)
    known.keep("employer PR-01", change.add(employs))
    for row in told["roles"]:
        organisation = None if row["organisation"].startswith("PR") else known.id(row["organisation"])
        known.keep(row["ref"], change.add(Person(role_title=row["title"], organisation=organisation)))


def _commitment(row: dict[str, Any], known: _Known) -> Commitment:
    return Commitment(
        title=row["title"],
        owed_to=row["owed_to"],
        due=row.get("due"),
        document=known.id(row.get("document")),
        locator=row.get("page"),
        quotation=row.get("quotation"),
        paraphrase=row.get("paraphrase"),
        confidence=Confidence(row["confidence"]),
        kind=CommitmentKind(row["kind"]),
        basis=Basis(row["basis"]),
        work_class=WorkClass(row["work_class"]) if "work_class" in row else None,
        owner=known.id(row.get("owner")),
        status=Status(row["status"]),
        result=row.get("result"),
        purpose=row.get("purpose"),
        core_component=CoreComponent(row["component"]),
        funding=Money.pounds(row["funding"]) if "funding" in row else None,
        restricted=row.get("restricted", False),
    )


def _request(change: Change, row: dict[str, Any], known: _Known) -> SupportRequest:
    request = change.add(
        SupportRequest(
            practice=known.needed(row["practice"]),
            category=Category(row["category"]),
            level=Level(row["level"]),
            summary=row["summary"],
            threatens_team=row["threatens"],
            practice_agreed_on=row.get("agreed"),
            offer=row.get("offer"),
            restricted=row["restricted"],
        )
    )
    days = {
        RequestState.AGREED: "agreed",
        RequestState.SENT: "submitted",
        RequestState.ACKNOWLEDGED: "acknowledged",
    }
    last: date | None = None
    for state, name in days.items():
        if name in row:
            last = row[name]
            change.add(RequestEvent(request=request.id, happened_on=row[name], state=state))
    now = RequestState(row["status"])
    if now not in days and last is not None:
        change.add(RequestEvent(request=request.id, happened_on=last, state=now, told=row.get("outcome")))
    return request


def _action(change: Change, row: dict[str, Any], known: _Known) -> Action:
    action = change.add(
        Action(
            what=row["action"],
            meeting=known.id(row["meeting"]),
            minute_ref=f"Item {row['item']}",
            owner=known.id(row["owner"]),
            commitment=known.id(row.get("commitment")),
            set_on=row["set_on"],
            due=row["due"],
            revised_due=row.get("revised"),
            times_revised=row["times_revised"],
            started=row["started"],
            updated_on=row.get("updated_on"),
            evidence=row.get("evidence"),
            proposed_for_closure=row.get("proposed", False),
            closed_on=row.get("closed_on"),
            restricted=row.get("restricted", False),
        )
    )
    if "update" in row:
        change.add(ActionUpdate(action=action.id, said_on=row["updated_on"], said=row["update"]))
    return action
