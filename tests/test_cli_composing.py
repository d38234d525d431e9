"""Composing a briefing from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command


def test_a_composed_briefing_is_begun_made_as_a_draft_and_told_what_it_leaves_out(
    nhsdesk: Command, sample: Path, tmp_path: Path
) -> None:
    begun = nhsdesk("compose", "begin", "place-board", sample, "--title", "Autumn briefing")
    ref = begun.out.split()[0]
    assert begun.out == f"{ref}  Autumn briefing\n"
    out, left_out = tmp_path / "Autumn.pdf", tmp_path / "Left out.pdf"
    made = ("compose", "make", ref, sample, "--out", out, "--left-out", left_out)
    said = nhsdesk(*made, "--acknowledge").err
    assert "it is a draft. Mark it as final first" in said
    assert "give --acknowledge" not in said
    assert not out.exists()
    assert nhsdesk(*made, "--draft").code == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert left_out.read_bytes().startswith(b"%PDF")


def test_what_is_no_composed_briefing_is_told(nhsdesk: Command, sample: Path, tmp_path: Path) -> None:
    said = nhsdesk("compose", "make", "C-001", sample, "--draft", "--out", tmp_path / "x.pdf")
    assert said.err == "“C-001” is not the reference of a composed briefing. Check it.\n"


@pytest.mark.parametrize("name", ["Autumn.pdf", "autumn.PDF", "./Autumn.html"])
def test_what_is_for_us_only_never_lies_where_the_paper_is_looked_for(
    nhsdesk: Command, sample: Path, tmp_path: Path, name: str
) -> None:
    nhsdesk("compose", "begin", "place-board", sample)
    out = tmp_path / "Autumn.pdf"
    said = nhsdesk(
        "compose", "make", "CF-001", sample, "--draft", "--out", out, "--left-out", tmp_path / name
    )
    assert said.code != 0
    assert "Give --left-out another name." in said.err
    assert not out.exists()
