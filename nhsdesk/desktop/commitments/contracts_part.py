"""Contracts under watch: what each lies on top of, whether core general practice is in it, who holds and manages it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import sign_up
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label
from nhsdesk.sections.contracts import ContractView

_NONE = (
    "No contract is listed. Add those that are held, offered or talked of to the list of contracts: GMS, PMS, APMS, "
    "the network contract, and the new ones."
)


class ContractsPart(Part):
    """The watch list above, what is said of the chosen contract below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, ContractView] = {}
        self._first = label()
        self.list = table(
            "Contracts under watch",
            ("Ref", "Contract", "Core general practice", "Held by", "Watched"),
            1,
            2,
            3,
        )
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda key: desk.show("contract", key))
        self.told = reading("What is said of this contract")
        self.open = pressed("Open this contract", "open", self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self.list, 3)
        column.addWidget(self.told, 2)
        column.addLayout(row(self.open))

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = sign_up.contracts_seen(self.desk.database)
        self._seen = {one.contract.id: one for one in found}
        watched = sum(bool(one.reasons) for one in found)
        alerted = sum(bool(one.alerts) for one in found)
        told = f"{counted(watched, 'contract is', 'contracts are')} watched. "
        told += (
            f"Of {alerted} the holder or manager wants a look."
            if alerted
            else "No holder or manager wants a look."
        )
        self._first.setText(told if found else _NONE)
        self.list.show_rows([(one.contract.id, _cells(one)) for one in found])
        self._show()

    def _show(self) -> None:
        one = self._seen.get(self.list.current)
        self.told.setPlainText("" if one is None else _words(one))
        self.open.setEnabled(one is not None)

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("contract", self.list.current)


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
