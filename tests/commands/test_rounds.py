"""Rounds: begun in one step, replies noted, those missing chased and nobody else, signatures as a round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.commands import files, round_forms, rounds
from nhsdesk.domain.contracts import Agreement, Signature
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.rounds import ReplyKind, Round, RoundReply
from nhsdesk.papers import Audience
from nhsdesk.sections import rounds as gathered
from nhsdesk.store.database import Database
from tests.conftest import AS_OF, Clock


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


@pytest.fixture
def practices(database: Database) -> list[Practice]:
    with database.read() as reader:
        ours = reader.all(Organisation, ours=True)[0]
    return [add(database, Practice(name=name, network=ours.id)) for name in ("Abbey", "Brook", "Cross")]


def test_all_our_practices_are_asked_in_one_step(database: Database, practices: list[Practice]) -> None:
    add(database, Practice(name="Another PCN's"))
    made = rounds.ask_our_practices(database, " Agree the rules ", date(2026, 12, 4))
    assert isinstance(made, Round)
    view = rounds.seen(database)[0]
    assert (view.standing.words, view.standing.missing) == ("0 of 3", ("Abbey", "Brook", "Cross"))
    database.undo()
    assert rounds.seen(database) == ()
    assert isinstance(rounds.ask_our_practices(database, " ", None), Problem)


def test_only_those_missing_are_chased_and_the_day_is_noted(
    database: Database, practices: list[Practice], tmp_path: Path
) -> None:
    rounds.ask_our_practices(database, "Agree the rules", date(2026, 12, 4))
    view = rounds.seen(database)[0]
    assert rounds.reply(database, view, view.answers[1].key, "yes", AS_OF, "Partner") is None
    view = rounds.seen(database)[0]
    written = round_forms.write_chases(database, view, tmp_path)
    assert [path.name for path in written] == ["RD-001 Abbey.eml", "RD-001 Cross.eml"]
    read = message_from_bytes(written[0].read_bytes(), policy=policy.default)
    assert read["Subject"] == "Your reply is wanted: Agree the rules"
    body = read.get_body()
    assert body is not None
    assert "Brook" not in body.get_content()
    assert [one.get_filename() for one in read.iter_attachments()] == [
        "RD-001 reply.xlsx",
        "RD-001 reply.pdf",
    ]
    form = tmp_path / "back.xlsx"
    form.write_bytes(next(iter(read.iter_attachments())).get_content())
    assert round_forms.look(database, form).who == "Abbey"
    chased = [one.chased_on for one in rounds.seen(database)[0].answers]
    assert chased == [AS_OF, None, AS_OF]


def test_a_reply_keeps_its_day_and_role(database: Database, practices: list[Practice]) -> None:
    rounds.ask_our_practices(database, "Agree the rules", None)
    view = rounds.seen(database)[0]
    refused = rounds.reply(database, view, view.answers[0].key, "perhaps", AS_OF, "")
    assert isinstance(refused, Problem)
    rounds.reply(database, view, view.answers[0].key, "Agreed", AS_OF, "Managing partner")
    with database.read() as reader:
        held = reader.get(RoundReply, view.answers[0].key)
    assert (held.answer, held.replied_on, held.by_role) == ("agreed", AS_OF, "Managing partner")


def test_the_signatures_of_an_agreement_are_a_round(database: Database, practices: list[Practice]) -> None:
    agreement = add(database, Agreement(title="Data sharing"))
    signed = Signature(
        agreement=agreement.id, practice=practices[0].id, signed_on=date(2026, 11, 2), role="Partner"
    )
    add(database, signed)
    waiting = add(database, Signature(agreement=agreement.id, practice=practices[1].id))
    add(database, Round(ask="Sign it", agreement=agreement.id, reply_kind=ReplyKind.SIGNATURE))
    view = rounds.seen(database)[0]
    assert (view.standing.words, view.standing.missing) == ("1 of 2", ("Brook",))
    rounds.reply(database, view, waiting.id, "", AS_OF, "Senior partner")
    with database.read() as reader:
        held = reader.get(Signature, waiting.id)
    assert (held.signed_on, held.role) == (AS_OF, "Senior partner")
    assert rounds.seen(database)[0].standing.words == "2 of 2"


def test_what_is_restricted_or_still_private_is_for_our_own_board(database: Database) -> None:
    add(database, Round(ask="Open"))
    add(database, Round(ask="Marked", restricted=True))
    private = add(database, Round(ask="Private", private_until=date(2026, 12, 18)))
    with database.read() as reader:
        told = [one.round.ask for one in gathered.gather(reader, AS_OF, Audience.PARTNERS)]
        later = [one.round.ask for one in gathered.gather(reader, date(2026, 12, 18), Audience.PARTNERS)]
    assert (told, later) == (["Open"], ["Open", private.ask])
    assert len(rounds.seen(database)) == 3


def test_the_sample_waits_for_one_practice_and_three_signatures(sample: Path, clock: Clock) -> None:
    with files.open_for_work(sample, "Ann Archer", clock) as database:
        held = {one.round.ref: one.standing for one in rounds.seen(database)}
    assert (held["RD-001"].words, len(held["RD-001"].missing)) == ("5 of 6", 1)
    assert (held["RD-002"].words, len(held["RD-002"].missing)) == ("4 of 7", 3)


def test_a_round_that_is_closed_stands_last(database: Database) -> None:
    first = add(database, Round(ask="First", due=date(2026, 11, 1)))
    add(database, Round(ask="Second", due=date(2026, 12, 1)))
    with database.change("Close") as change:
        change.put(replace(first, closed_on=AS_OF))
    assert [one.round.ask for one in rounds.seen(database)] == ["Second", "First"]
