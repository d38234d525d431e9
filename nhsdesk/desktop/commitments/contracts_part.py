"""Contracts under watch: what each lies on top of, whether core general practice is in it, who holds and manages it."""

from __future__ import annotations

from nhsdesk.commands import sign_up
from nhsdesk.desktop.commitments.parts import ListPart, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted
from nhsdesk.sections.contracts import ContractView

_NONE = (
    "No contract is listed. Add those that are held, offered or talked of to the list of contracts: GMS, PMS, APMS, "
    "the network contract, and the new ones."
)


class ContractsPart(ListPart):
    """The watch list above, what is said of the chosen contract below."""

    kind = "contract"

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "Contract", "Core general practice", "Held by", "Watched")
        listed = table("Contracts under watch", headings, 1, 2, 3)
        super().__init__(desk, listed, "What is said of this contract", "Open this contract")
        self.column.addLayout(row(self.open))

    def look(self) -> None:
        found = sign_up.contracts_seen(self.desk.database)
        watched = sum(bool(one.reasons) for one in found)
        alerted = sum(bool(one.alerts) for one in found)
        told = f"{counted(watched, 'contract is', 'contracts are')} watched. "
        told += (
            f"Of {alerted} the holder or manager wants a look."
            if alerted
            else "No holder or manager wants a look."
        )
        self.show_found(told if found else _NONE, {one.contract.id: one for one in found}, _cells)

    def words(self, one: ContractView) -> str:
        return _words(one)


def _cells(one: ContractView) -> tuple[str, ...]:
    reasons = counted(len(one.reasons), "reason", "reasons") if one.reasons else "not watched"
    core = one.core.partition(":")[0]
    return one.contract.ref, one.contract.title_words(), core, one.holder, reasons


def _words(one: ContractView) -> str:
    kind = one.contract.kind.words
    lines = [
        f"{kind}. {one.layering}.",
        f"{one.core}.",
        f"Holder: {one.holder}. {one.manager}.",
        f"{one.term}.",
    ]
    if one.alerts:
        lines += ["", "Changed, or unusual:", *(f"• {alert}" for alert in one.alerts)]
    if others := [reason for reason in one.reasons if reason not in one.alerts]:
        lines += ["", "Watched because:", *(f"• {reason}" for reason in others)]
    if one.problems:
        lines += ["", "To put right:", *(f"• {problem.sentence}" for problem in one.problems)]
    return "\n".join(lines)
