"""The commands by which a support request is handed over and its answer taken in; `app` adds them to the others."""

from __future__ import annotations

from pathlib import Path

import click

from nhsdesk.cli import Desk, _reading, _say, _working, desk
from nhsdesk.cli_types import A_FILE, counted, passphrase, passphrase_option


@desk.command(name="hand-over")
@click.argument("record", type=A_FILE)
@click.argument("ref")
@click.option(
    "--as",
    "given_as",
    type=click.Choice(["file", "form", "pdf", "email"]),
    default="file",
    help="What it goes as; a file under a passphrase when not given.",
)
@click.option("--to", "given_to", required=True, help="To whom it goes: an organisation and a role.")
@click.option("--out", type=A_FILE, required=True, help="The file to write.")
@passphrase_option
@click.pass_obj
def hand_over(
    asked: Desk, record: Path, ref: str, given_as: str, given_to: str, out: Path, passphrase_from: Path | None
) -> None:
    """Hand the support request REF over: a file under a passphrase, an Excel form, a PDF, or a draft e-mail."""
    from nhsdesk.commands import hand_over as handing
    from nhsdesk.domain.requests import GivenAs

    way = {"file": GivenAs.FILE, "form": GivenAs.FORM, "pdf": GivenAs.PDF, "email": GivenAs.EMAIL}[given_as]
    words = passphrase(passphrase_from, twice=True) if way is GivenAs.FILE else ""
    with _working(asked, record) as database:
        request = handing.named(database, ref)
        copy = handing.give(database, request.id, handing.Giving(way, given_to, out, words))
    _say(f"{out} is ready for {copy.given_to}. It is noted as {copy.ref}, form number {copy.message}.")


@desk.command()
@click.argument("record", type=A_FILE)
@click.argument("file", type=A_FILE)
@click.option("--preview", is_flag=True, help="Only tell what it would change.")
@passphrase_option
@click.pass_obj
def reply(asked: Desk, record: Path, file: Path, preview: bool, passphrase_from: Path | None) -> None:
    """Take a host's answer to a support request into RECORD, in one step."""
    from nhsdesk.commands import request_replies

    words = passphrase(passphrase_from) if request_replies.needs_passphrase(file) else ""
    with _reading(asked, record) if preview else _working(asked, record) as database:
        seen = request_replies.look(database, file, words)
        for line in request_replies.told(seen):
            _say(line)
        if preview or seen.read_before is not None:
            _say("Nothing was written.")
        else:
            _say(f"{counted(request_replies.take_in(database, seen), 'change')} written to {seen.ref}.")


@desk.command(name="open-request")
@click.argument("file", type=A_FILE)
@click.argument("folder", type=A_FILE)
@passphrase_option
def open_request(file: Path, folder: Path, passphrase_from: Path | None) -> None:
    """Open a support request that a PCN handed to us: its page and its answer form are written into FOLDER."""
    from nhsdesk.commands import request_replies

    for path in request_replies.unpack_into(file, passphrase(passphrase_from), folder):
        _say(str(path))
