"""Neighbourhood teams: members, size by whose rule, when each goes live and what still stops it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nhsdesk.commands import teams
from nhsdesk.desktop.commitments.parts import Part, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.neighbourhoods.own_sizes import OwnSizes
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain.kinds import Id
from nhsdesk.sections.teams import TeamFacts, gate_words, member_words

_NONE = "No neighbourhood team is written down. Add one to the list of neighbourhood teams."


class TeamsPart(Part):
    """The teams above, the chosen one below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[str, TeamFacts] = {}
        self._first = label()
        self.list = table(
            "Neighbourhood teams",
            ("Ref", "Team", "Neighbourhood", "Status", "Goes live", "Kept back by"),
            1,
            4,
        )
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda _: self._open())
        self.words = reading("About this team")
        self.live = pressed("Set live", "check", self._go_live)
        self.open = pressed("Open this team", "open", self._open)
        self._trouble = Told()
        self.sizes = OwnSizes(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._first)
        column.addWidget(self.list, 2)
        column.addWidget(self.words, 4)
        column.addLayout(row(self.live, self.open))
        column.addWidget(self._trouble)
        column.addWidget(self.sizes)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = teams.views(self.desk.database)
        self._seen = {one.id: one for one in found}
        live = sum(one.status == "live" for one in found)
        waits = sum(bool(one.stops) and one.status != "live" for one in found)
        told = f"{counted(len(found), 'team', 'teams')}, {live} live."
        told += f" {counted(waits, 'is', 'are')} kept from going live." if waits else ""
        self._first.setText(told if found else _NONE)
        self.list.show_rows([(one.id, _cells(one)) for one in found])
        self._show()

    def _one(self) -> TeamFacts | None:
        return self._seen.get(self.list.current)

    def _show(self) -> None:
        one = self._one()
        self._trouble.tell("")
        self.words.setPlainText(_words(one) if one is not None else "")
        self.open.setEnabled(one is not None)
        self.live.setEnabled(one is not None and one.status not in ("live", "ended") and self.desk.may_write)
        self.sizes.show_area(
            one.area if one is not None else "", one.neighbourhood if one is not None else ""
        )

    def _go_live(self) -> None:
        one = self._one()
        if one is None:
            return
        if one.stops:
            self._trouble.tell(
                f"{one.ref} did not go live. {' '.join(one.stops)} Put this right, then try again."
            )
            return
        if self.desk.attempt(lambda: teams.go_live(self.desk.database, Id(int(one.id)))) is not None:
            self.desk.say(f"{one.ref} is live.")

    def _open(self) -> None:
        one = self._one()
        if one is not None:
            self.desk.show("neighbourhood_team", Id(int(one.id)))


def _cells(one: TeamFacts) -> tuple[str, ...]:
    stops = (
        ""
        if one.status == "live"
        else counted(len(one.stops), "reason", "reasons")
        if one.stops
        else "nothing"
    )
    return one.ref, one.name, one.neighbourhood or "not said", one.status.capitalize(), one.starts, stops


def _words(one: TeamFacts) -> str:
    lines = [
        f"Purpose: {one.purpose or 'none is written down'}",
        f"{one.starts}.",
        *(f"{size}." for size in one.size),
    ]
    lines.append(f"{one.travel}.")
    if one.members:
        lines += ["", "In it:", *(f"• {member_words(member)}" for member in one.members)]
    if one.gates:
        lines += ["", "Gates of its plan:", *(f"• {gate_words(gate)}" for gate in one.gates)]
    if one.stops:
        lines += ["", "It does not go live while:", *(f"• {words}" for words in one.stops)]
    told = [problem.sentence for problem in one.problems]
    return "\n".join([*lines, *(["", "To look at:", *(f"• {words}" for words in told)] if told else [])])
