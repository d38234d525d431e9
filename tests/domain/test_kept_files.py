"""Nothing that could be run is kept, and every file goes out again under a name that does no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.kept_files import safe_name, shown_name, size_words, unique_names, why_refused

PDF = b"%PDF-1.7\n"


@pytest.mark.parametrize(
    "begins",
    [
        b"MZ\x90\x00",
        b"\x7fELF\x02",
        b"\xcf\xfa\xed\xfe",
        b"\xfe\xed\xfa\xce",
        b"\xca\xfe\xba\xbe",
        b"#!/bin/sh\n",
        b"\xef\xbb\xbf#!/usr/bin/env python\n",
        b"\x4c\x00\x00\x00\x01\x14\x02\x00",
    ],
)
@pytest.mark.parametrize("name", ["Letter.pdf", "Letter.docx", "Letter", "Letter.txt"])
def test_a_program_is_refused_whatever_its_name(begins: bytes, name: str) -> None:
    assert "whatever its name says" in why_refused(name, begins, 4_000)


@pytest.mark.parametrize(
    "name",
    [
        "setup.exe", "SETUP.EXE", "a.js", "a.vbs", "a.lnk", "a.hta", "a.ps1", "a.bat", "a.scr", "a.msi", "a.jar",
        "report.pdf.exe", "a.exe.", "a.exe ", "a.exe . .", "a.pdf:evil.exe",
        "annexe\u202efdp.exe", "a.ex\u200be", "a.sh",
    ],
)  # fmt: skip
def test_a_name_that_a_system_would_run_is_refused(name: str) -> None:
    assert why_refused(name, b"plain words", 11) == "it is of a kind that can be run as a program"


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.pdf", b"<html>"), ("a.PDF", b"PK\x03\x04"), ("a.docx", b"%PDF-1.4"), ("a.png", b"GIF89a"), ("a.zip", b"x")],
)  # fmt: skip
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, begins: bytes) -> None:
    assert why_refused(name, begins, 100).endswith("and it is no such file")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.pdf", PDF), ("a.PDF", b"\n\n" + PDF), ("a.docx", b"PK\x03\x04"), ("a.xlsx", b"\xd0\xcf\x11\xe0"),
        ("minutes.txt", b"words"), ("a", b"words"), ("a.csv", b"A,B\n"), ("a.eml", b"From: x"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("Version 2.1", b"words"),
    ],
)  # fmt: skip
def test_papers_and_pictures_are_kept(name: str, begins: bytes) -> None:
    assert why_refused(name, begins, 100) == ""


def test_an_empty_file_is_refused() -> None:
    assert why_refused("a.pdf", b"", 0) == "it is empty"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../etc/passwd", "passwd"), ("C:\\a\\b.pdf", "b.pdf"), ("a\x00b\n.pdf", "ab.pdf"), ("", "file"),
     ("x\u202ey", "xy")],
)  # fmt: skip
def test_a_name_is_shown_without_folders_and_without_what_cannot_be_seen(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("..", "file"), ("../a.pdf", "a.pdf"), ("a/b.pdf", "b.pdf"), ("CON", "_CON"), ("con.pdf", "_con.pdf"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"), ("COM¹", "_COM¹"), ("a" * 300 + ".pdf", "a" * 100 + ".pdf"),
        ("\U0001f600 report.pdf", "_ report.pdf"), ("a.pdf.", "a.pdf"), (" . ", "file"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("Café résumé.pdf", "Café résumé.pdf"), (".hidden", "hidden"), ("x." + "y" * 40, "x." + "y" * 40),
    ],
)  # fmt: skip
def test_a_name_goes_out_as_every_system_takes_it(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.lists(st.text(max_size=320), max_size=20))
def test_names_that_go_out_together_are_safe_and_never_alike(names: list[str]) -> None:
    safe = unique_names(names)
    assert len({name.casefold() for name in safe}) == len(names)
    for name in safe:
        assert name not in ("", ".", "..")
        assert not set(name) & set('<>:"/\\|?*\x00\n\r\t\u202e')
        assert len(name) <= 125
        assert not name.endswith((".", " "))


def test_alike_names_are_numbered() -> None:
    assert unique_names(["a.pdf", "A.pdf", "a.pdf"]) == ("a.pdf", "A (2).pdf", "a (3).pdf")


@pytest.mark.parametrize(("size", "words"), [(820, "820 bytes"), (34_567, "34 kB"), (2_449_999, "2.4 MB")])
def test_a_size_is_told_in_words(size: int, words: str) -> None:
    assert size_words(size) == words
