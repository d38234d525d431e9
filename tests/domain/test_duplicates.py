"""What a copy takes over is decided for every kind in one place; what belongs to one entry only stays behind."""

from __future__ import annotations

import re
from datetime import date

import pytest

from nhsdesk.domain import duplicates, kinds
from nhsdesk.domain.arrs import Holder, Post, Role, Stage
from nhsdesk.domain.commitments import Commitment, Status
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.duplicates import COPIED, NEVER
from nhsdesk.domain.fields import Record
from nhsdesk.domain.hubs import Hub
from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.requests import SupportRequest
from nhsdesk.domain.sources import SourceDocument

_OF_ONE = re.compile(
    r"(^|_)(done|sent|signed|closed|confirmed|submitted|answered|agreed|decided|measured|scored|checked|reviewed|"
    r"ratified|met|paid|invoiced|replied|published|superseded|indicated|offered|advertised|filed|taken|reread|"
    r"discussed|updated|declared|approved|ended|clarified)(_on|_at|_by|_page)?$|^(outcome|result|came_to|answer|reply|"
    r"dissent|started|revised.*|proposed_for_closure)$"
)
"""Names of what was done, by whom, and what came of it."""

_ON_PURPOSE = {
    ("collaborative", "paid"): "how its members are paid for the time",
    ("decision_window", "decided_by"): "who is to decide",
    ("delivered", "outcome"): "what was to be delivered",
    ("framework", "published_by"): "whose framework it is",
    ("framework", "scored_by"): "whose assessment it is, ours or a body’s",
    ("local_variation", "offered"): "the sum that is offered to every practice",
    ("sign_up_decision", "offered"): "the sum that is offered to every practice",
}


@pytest.mark.parametrize("cls", COPIED, ids=lambda cls: cls.__name__)
def test_a_copy_leaves_what_was_done_signed_checked_or_answered(cls: type[Record]) -> None:
    left, names = duplicates.left_of(cls.KIND), [field.name for field in cls.KIND.fields]
    assert set(left) <= set(names)
    for field in cls.KIND.fields:
        if isinstance(field.kind, kinds.Mark | kinds.OneFile):
            assert field.name in left
        if _OF_ONE.search(field.name) and not field.given and (cls.KIND.name, field.name) not in _ON_PURPOSE:
            assert field.name in left, f"{cls.__name__}.{field.name}"
        if field.name in left:
            duplicates.at_first(cls, field.name)  # something stands there, and be it nothing
    assert "restricted" not in left


def test_lists_that_come_along_are_copied_themselves_and_name_their_entry() -> None:
    for cls, how in COPIED.items():
        for listed, owner in duplicates.lists_of(cls.KIND):
            assert listed in COPIED
            assert listed.KIND.field(owner).kind == kinds.LinkTo(cls.KIND.name, owned=True)
        assert how.lists == tuple(listed for listed, _ in duplicates.lists_of(cls.KIND))


def test_the_copy_of_a_commitment_is_asked_anew() -> None:
    met = Commitment(
        id=Id(7), version=3, ref="C-007", title="Huddle each week", due=date(2027, 1, 30), status=Status.MET,
        reviewed_on=date(2026, 10, 1), result="Met", restricted=True,
    )  # fmt: skip
    copy = duplicates.copy_of(met)
    assert (copy.id, copy.version, copy.ref) == (NEW, 0, "")
    assert (copy.title, copy.due, copy.restricted) == (met.title, met.due, True)
    assert (copy.status, copy.reviewed_on, copy.result) == (None, None, None)


def test_what_a_kind_begins_with_stands_in_its_copy() -> None:
    assert duplicates.copy_of(Post(role=Role.GP, stage=Stage.FILLED, nwrs_ref="9")).stage is Stage.PLANNED
    assert duplicates.copy_of(Post(role=Role.GP, nwrs_ref="9")).nwrs_ref is None
    assert not duplicates.copy_of(Decision(words="Agreed", final=True)).final
    assert duplicates.copy_of(SourceDocument(title="DES", publication_ref="PRN01")).publication_ref is None
    assert duplicates.copy_of(Hub(name="Here")).opened_on is None


def test_what_is_of_one_month_or_one_person_is_not_copied_and_says_so() -> None:
    for cls in NEVER:
        assert "are not duplicated: " in duplicates.why_not(cls.KIND)
    with pytest.raises(ValueError, match="is not copied"):
        duplicates.copy_of(Holder(name="Ann Archer"))


def test_what_is_still_to_come_goes_along() -> None:
    for cls, name in ((Commitment, "due"), (Commitment, "review_on"), (SupportRequest, "practice")):
        assert name not in duplicates.left_of(cls.KIND)
