"""Advice on a passphrase: what is wrong with it, and nothing for a good one."""

from __future__ import annotations

import pytest

from nhsdesk.domain.passphrases import why_weak

KNOWN = ("Chandler Road Surgery", "Y99901", "SR-003")


@pytest.mark.parametrize("good", ["purple otter chisel 7", "Tuesday kettle archway", "œuf marteau écharpe"])
def test_three_words_that_nobody_would_guess_are_good(good: str) -> None:
    assert why_weak(good, KNOWN) == ""


@pytest.mark.parametrize(
    ("weak", "told"),
    [
        ("", "Give a passphrase."),
        ("   ", "Give a passphrase."),
        ("purple otter chisel ", "begins or ends with a space"),
        ("purple otter", "shorter than 15 letters"),
        ("aaaaaaaaaaaaaaaaaaaa", "easily guessed"),
        ("123 456 789 012 345", "easily guessed"),
        ("Correct Horse Battery Staple", "easily guessed"),
        ("Chandler Road Surgery", "what everybody knows"),
        ("chandler road surgery SR-003 1", "what everybody knows"),
    ],
)
def test_a_weak_one_is_told_with_what_to_do(weak: str, told: str) -> None:
    assert told in why_weak(weak, KNOWN)
    assert weak.strip() == "" or weak not in why_weak(weak, KNOWN)
