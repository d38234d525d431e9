"""The form of a round asks what each kind of reply needs, and reads what a hand wrote into it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import round_answers
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.round_answers import ReadAnswer
from nhsdesk.domain.round_rules import Reply
from nhsdesk.domain.rounds import ReplyKind, Round

TODAY, ASKED, ON = date(2026, 11, 20), date(2026, 11, 2), date(2026, 11, 18)

cells = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.booleans(),
    st.dates(), st.datetimes(),
)  # fmt: skip


def asked(kind: ReplyKind) -> Round:
    return Round(
        id=Id(7),
        ref="RD-001",
        ask="Agree the rules",
        reply_kind=kind,
        choices="Monday; Tuesday",
        asked_on=ASKED,
    )


def read(kind: ReplyKind, **said: Any) -> ReadAnswer:
    one = asked(kind)
    rows: list[list[Any]] = [[label, "x"] for label in (round_answers.REFERENCE, round_answers.NUMBER)]
    rows += [[question.label, said.get(question.name)] for question in round_answers.questions(one)]
    filled = round_answers.filled_for(one, [("Your reply", rows)])
    assert filled is not None
    return round_answers.read_answer(one, filled, TODAY)


@pytest.mark.parametrize(
    ("kind", "cell", "kept"),
    [
        (ReplyKind.YES_NO, "YES", Reply("yes", None, ON, "GP partner")),
        (ReplyKind.YES_NO, False, Reply("no", None, ON, "GP partner")),
        (ReplyKind.CHOICE, " tuesday.", Reply("Tuesday", None, ON, "GP partner")),
        (ReplyKind.FIGURE, Decimal("1250.5"), Reply(None, Decimal("1250.5"), ON, "GP partner")),
        (ReplyKind.FIGURE, 7, Reply(None, Decimal(7), ON, "GP partner")),
        (ReplyKind.SIGNATURE, "Signed", Reply("signed", None, ON, "GP partner")),
        (ReplyKind.WORDS, "As before", Reply("As before", None, ON, "GP partner")),
        (ReplyKind.FILE, "Rota.pdf", Reply(None, None, ON, "GP partner")),
    ],
)
def test_each_kind_of_reply_is_read_as_it_would_be_kept(kind: ReplyKind, cell: Any, kept: Reply) -> None:
    found = read(kind, answer=cell, replied_on=datetime(2026, 11, 18), by_role="GP partner", remark="Soon")  # noqa: DTZ001
    assert (found.reply, found.remark, found.wrong) == (kept, "Soon", ())
    assert found.file == ("Rota.pdf" if kind is ReplyKind.FILE else "")


@pytest.mark.parametrize(
    ("kind", "said", "label", "told"),
    [
        (
            ReplyKind.YES_NO,
            {"answer": "perhaps", "replied_on": ON},
            "Answer",
            "none of the answers asked for",
        ),
        (ReplyKind.FIGURE, {"answer": "many", "replied_on": ON}, "Figure", "could not be read as a figure"),
        (ReplyKind.YES_NO, {"answer": "yes"}, "Answered on", "a reply needs its day"),
        (
            ReplyKind.YES_NO,
            {"answer": "yes", "replied_on": date(2026, 11, 21)},
            "Answered on",
            "has not come",
        ),
        (
            ReplyKind.YES_NO,
            {"answer": "yes", "replied_on": date(2026, 11, 1)},
            "Answered on",
            "cannot be older",
        ),
        (
            ReplyKind.SIGNATURE,
            {"answer": "signed", "replied_on": ON},
            "Your role",
            "a signature needs the role",
        ),
        (ReplyKind.WORDS, {"answer": "943 476 5919", "replied_on": ON}, "Answer", "looks like an NHS number"),
        (ReplyKind.WORDS, {}, "Answer", "there is no answer to take in"),
    ],
)
def test_what_is_wrong_is_told_beside_its_cell_and_nothing_is_kept(
    kind: ReplyKind, said: dict[str, Any], label: str, told: str
) -> None:
    found = read(kind, **said)
    assert found.reply is None
    assert [one.label for one in found.wrong] == [label]
    assert told in found.wrong[0].sentence


@given(
    st.sampled_from(ReplyKind),
    st.fixed_dictionaries(dict.fromkeys(("answer", "replied_on", "by_role"), cells)),
)
def test_whatever_stands_in_the_cells_a_reply_came_between_asking_and_today(
    kind: ReplyKind, said: dict[str, Any]
) -> None:
    found = read(kind, **said)
    assert (found.reply is None) == bool(found.wrong)
    assert found.reply is None or ASKED <= found.reply.on <= TODAY


def test_a_form_number_is_the_same_each_time_and_another_for_each_that_is_asked() -> None:
    one = asked(ReplyKind.YES_NO)
    assert round_answers.number_of(one, Id(8)) == round_answers.number_of(one, Id(8))
    assert len({round_answers.number_of(one, Id(n)) for n in range(50)}) == 50
