"""Agreements: who has signed what, what expires, what is to be looked at again, and what waits for it."""

from __future__ import annotations

from nhsdesk.commands import sign_up
from nhsdesk.desktop.commitments.parts import ListPart, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Tone
from nhsdesk.domain.periods import day_words
from nhsdesk.sections.contracts import AgreementView, PartyView

_NONE = (
    "No agreement is listed. Add the Network Agreement, data sharing agreements and others to the list of agreements, "
    "each with its parties as signatures."
)


class AgreementsPart(ListPart):
    """The agreements, the matrix of parties and signatures, and what is to be known of the chosen one."""

    kind = "agreement"

    def __init__(self, desk: Desk) -> None:
        headings = ("Ref", "Agreement", "Version", "Signed", "How it stands", "What needs it")
        listed = table("Agreements", headings, 1, 5)
        super().__init__(desk, listed, "What is to be known of this agreement", "Open this agreement")
        self.matrix = table("Who has signed what", ("Party",), 0)
        self.column.addLayout(row(self.open))
        self.column.addWidget(label("Who has signed what", "h2"))
        self.column.addWidget(self.matrix, 2)

    def look(self) -> None:
        found = sign_up.agreements_seen(self.desk.database)
        looks = sum(one.tone is not Tone.GOOD for one in found)
        told = f"{counted(len(found), 'agreement', 'agreements')}, {looks} of them unsigned, expiring or overdue."
        self._show_matrix(found)
        self.show_found(told if found else _NONE, {one.agreement.id: one for one in found}, _cells)

    def words(self, one: AgreementView) -> str:
        return _words(one)

    def _show_matrix(self, found: tuple[AgreementView, ...]) -> None:
        headings = ["Party", *(one.agreement.ref for one in found)]
        self.matrix.setColumnCount(len(headings))
        self.matrix.setHorizontalHeaderLabels(headings)
        names = sorted({party.name for one in found for party in one.parties}, key=str.casefold)
        rows = []
        for name in names:
            cells = [_cell([party for party in one.parties if party.name == name]) for one in found]
            rows.append((name, (name, *cells)))
        self.matrix.show_rows(rows)


def _cells(one: AgreementView) -> tuple[str, ...]:
    kept = one.agreement
    return kept.ref, kept.title, kept.edition or "not yet known", one.signed, one.standing, one.needs


def _cell(parties: list[PartyView]) -> str:
    if not parties:
        return "no party"
    signed = [one.signature.signed_on for one in parties if one.has_signed and one.signature.signed_on]
    return f"Signed {day_words(max(signed))}" if signed else "Not signed"


def _words(one: AgreementView) -> str:
    lines = [f"{one.standing}. {one.signed} parties." if one.parties else f"{one.signed}."]
    missing = [party.name for party in one.parties if not party.has_signed]
    if missing:
        lines.append(f"Not yet signed by: {', '.join(missing)}.")
    lines.append(f"Needed for: {one.needs}.")
    if one.dpia:
        lines.append(f"Data protection impact assessment: {one.dpia}.")
    lines += [f"• {problem.sentence}" for problem in one.problems]
    return "\n".join(lines)
