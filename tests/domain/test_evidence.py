"""Evidence holds from the day it shows, not from the day it was filed, and runs out."""

from __future__ import annotations

from datetime import date

import pytest

from nhsdesk.domain.commitments import Commitment, Result, Status
from nhsdesk.domain.evidence import Evidence, Standing, problems, shows, standing, unproved
from nhsdesk.domain.kinds import Id, KeptFile
from nhsdesk.domain.problems import Weight

TODAY = date(2026, 11, 20)
KEPT = KeptFile("a.pdf", "0" * 64, 1)


@pytest.mark.parametrize(
    ("begins", "ends", "stands"),
    [
        (date(2026, 4, 1), None, Standing.HOLDS),
        (TODAY, None, Standing.HOLDS),
        (date(2026, 4, 1), date(2026, 12, 21), Standing.HOLDS),
        (date(2026, 4, 1), date(2026, 12, 20), Standing.SOON),
        (date(2026, 4, 1), TODAY, Standing.SOON),
        (date(2026, 4, 1), date(2026, 11, 19), Standing.RUN_OUT),
        (None, date(2026, 11, 19), Standing.RUN_OUT),
        (date(2026, 11, 21), None, Standing.NOT_YET),
        (None, None, Standing.UNKNOWN),
    ],
)
def test_evidence_runs_out_after_its_last_day(
    begins: date | None, ends: date | None, stands: Standing
) -> None:
    item = Evidence(what="Rota", effective_on=begins, expires_on=ends)
    assert standing(item, TODAY) is stands
    assert shows(item, TODAY) is (stands not in (Standing.RUN_OUT, Standing.NOT_YET))


def test_the_day_it_was_filed_says_nothing_of_the_day_it_holds_from() -> None:
    filed_late = Evidence(what="Rota", effective_on=date(2025, 4, 1), filed_on=date(2026, 11, 1))
    filed_early = Evidence(what="Rota", effective_on=date(2027, 4, 1), filed_on=date(2026, 11, 1))
    assert standing(filed_late, TODAY) is Standing.HOLDS
    assert standing(filed_early, TODAY) is Standing.NOT_YET


def test_one_item_proves_several_commitments_and_one_commitment_rests_on_several_items() -> None:
    met = [Commitment(id=Id(n), ref=f"C-{n:03}", title="A", status=Status.MET) for n in (1, 2, 3)]
    both = Evidence(what="Rota", effective_on=date(2026, 4, 1), proves=(Id(1), Id(2)))
    second = Evidence(what="Minutes", effective_on=date(2026, 4, 1), proves=(Id(2),))
    assert [one.ref for one in unproved(met, (both, second), TODAY)] == ["C-003"]


def test_met_is_not_shown_by_what_has_run_out() -> None:
    met = Commitment(id=Id(1), ref="C-001", title="A", came_to=Result.MET)
    old = Evidence(what="Rota", expires_on=date(2026, 11, 19), proves=(Id(1),))
    assert unproved([met], [old], TODAY) == (met,)
    assert unproved([Commitment(id=Id(2), title="B", status=Status.LATE)], [], TODAY) == ()


def test_problems_say_what_a_reader_of_a_pack_would_be_misled_by() -> None:
    item = Evidence(
        id=Id(1), ref="EV-001", what="Rota", kept=KEPT, effective_on=date(2026, 4, 1),
        expires_on=date(2026, 3, 1), proves=(Id(1),),
    )  # fmt: skip
    assert [(one.weight, one.field) for one in problems(item, TODAY)] == [(Weight.MUST_FIX, "expires_on")]
    bare = problems(Evidence(id=Id(2), ref="EV-002", what="Rota"), TODAY)
    assert [one.field for one in bare] == ["kept", "effective_on", "proves"]
    whole = Evidence(id=Id(3), ref="EV-003", what="A", kept=KEPT, effective_on=TODAY, proves=(Id(1),))
    assert problems(whole, TODAY) == ()
