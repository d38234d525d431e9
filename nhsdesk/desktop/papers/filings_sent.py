"""What was filed: how each stands, the file as it was sent, what became of it, and corrected returns."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from nhsdesk.commands import attachments, filings, papers, year_end
from nhsdesk.commands.attachments import Looked
from nhsdesk.commands.filings import Filed
from nhsdesk.desktop import asking, theme
from nhsdesk.desktop.commitments.parts import Part, line, narrow_box, pressed, reading, row, table
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.page import scrolled_column
from nhsdesk.desktop.papers.chosen_day import read_day
from nhsdesk.desktop.papers.sent_before import name_of
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.words import counted, label
from nhsdesk.domain import filing_rules
from nhsdesk.domain.filings import Filing, FilingState
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.times import Moment

NONE_FILED = "Nothing is filed yet. A return that is saved as sent, or noted as sent under Due, is kept here."
FOLDER = "papers.folder"


class SentPart(Part):
    """The list above, the chosen filing's story, and what can be noted about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: dict[object, Filed] = {}
        self._came: Looked | None = None
        self._papers: list[Id] = []
        self._first, self._trouble, self._file = label(), Told(), Told("help")
        self.aside = QCheckBox()
        self.aside.toggled.connect(lambda _: self.look())
        headings = ("Ref", "Return", "Period", "How it stands", "Sent on", "Went as")
        self.list = table("Filings", headings, 1)
        self.list.chosen.connect(lambda _: self._show())
        self.list.opened.connect(lambda key: desk.show("filing", key))
        self.story = reading("What became of it")
        self.story.setMaximumHeight(theme.px(110))
        self.save = pressed("Save the file as it was sent…", "save", self._save)
        self.open = pressed("Open this filing", "open", self._open)
        self.became, self.on = narrow_box("It was", 10), line("On")
        self.said = line("What was said", 260)
        self.choose = pressed("File that came back…", "file", self._choose)
        self.note = pressed("Note this", "check", self._note)
        self.corrected = narrow_box("Corrected return", 28)
        self.replace = pressed("Note as the one that replaces it", "refresh", self._replace)
        column = scrolled_column(self)
        column.addWidget(self._first)
        column.addWidget(self.aside)
        column.addWidget(self.list, 1)
        column.addWidget(self.story)
        column.addLayout(row(self.save, self.open))
        column.addLayout(
            row("It was", self.became, "On", self.on, "What was said", self.said, self.choose, self.note)
        )
        column.addWidget(self._file)
        column.addLayout(row("Corrected return", self.corrected, self.replace))
        column.addWidget(self._trouble)

    def begin_at(self) -> QWidget:
        return self.list

    def look(self) -> None:
        found = self._listed()
        self._seen = {one.filing.id: one for one in found}
        queried = sum(one.filing.state is FilingState.QUERIED for one in found)
        asked = f", {counted(queried, 'is queried', 'are queried')}" if queried else ""
        self._first.setText(f"{counted(len(found), 'filing', 'filings')}{asked}." if found else NONE_FILED)
        self.list.show_rows([(one.filing.id, _cells(one)) for one in found])
        if not self.on.text():
            self.on.setText(day_words(self.desk.database.today()))
        self._show()

    def _listed(self) -> tuple[Filed, ...]:
        """What was filed; of closed years only where it is asked for."""
        register = filings.register(self.desk.database)
        aside = register.set_aside(year_end.closed_years(self.desk.database))
        self.aside.setText(f"Show the {counted(len(aside), 'filing', 'filings')} of closed years too")
        self.aside.setVisible(bool(aside))
        hidden = set() if self.aside.isChecked() else {one.filing.id for one in aside}
        return tuple(one for one in register.filed if one.filing.id not in hidden)

    @property
    def chosen(self) -> Filed | None:
        """The filing in front."""
        return self._seen.get(self.list.current)

    def _show(self) -> None:
        one = self.chosen
        self._keep_file(None)
        self.story.setPlainText(_story(one) if one is not None else "")
        steps = () if one is None else filing_rules.next_states(one.filing)
        self.became.clear()
        self.became.addItems([step.value for step in steps if step in _NOTED])
        self._offer_corrected(one)
        self._allow()

    def _offer_corrected(self, one: Filed | None) -> None:
        self.corrected.clear()
        self._papers = []
        if one is None or one.sent is None:
            return
        later = [
            each
            for each in filings.papers_sent(self.desk.database, one.sent.paper)
            if each.issued_at > one.sent.issued_at and each.period == one.sent.period
        ]
        self._papers = [each.id for each in later]
        self.corrected.addItems([f"{each.ref} {each.title}" for each in later])

    def _allow(self) -> None:
        one, writes = self.chosen, self.desk.may_write
        self.save.setEnabled(one is not None and one.sent is not None)
        self.open.setEnabled(one is not None)
        can_note = writes and self.became.count() > 0
        for control in (self.note, self.choose):
            control.setEnabled(can_note)
        self.replace.setEnabled(writes and bool(self._papers))

    # ---- what the person does

    def _open(self) -> None:
        if self.list.current is not None:
            self.desk.show("filing", self.list.current)

    def _save(self) -> None:
        one = self.chosen
        if one is None or one.sent is None:
            return
        sent = one.sent
        ending = Path(sent.kept.name).suffix or ".xlsx"
        folder = Path(self.desk.layout.word(FOLDER) or self.desk.database.path.parent)
        target = asking.choose_file(
            self, f"Save {sent.ref} again", folder, name_of(sent), f"As sent (*{ending})"
        )
        if target is None:
            return
        self.desk.layout.keep_word(FOLDER, str(target.parent))
        if self.desk.attempt(lambda: papers.write_again(self.desk.database, sent.ref, target)) is not None:
            self.desk.say(f"{sent.ref} was saved as it was sent, as {target}.")

    def _choose(self) -> None:
        folder = Path(self.desk.layout.word(FOLDER) or Path.home())
        path = asking.choose_existing(self, "File that came back", folder, "All files (*)")
        if path is not None:
            self._keep_file(self.desk.attempt(lambda: attachments.look(path)))

    def _keep_file(self, came: Looked | None) -> None:
        self._came = came
        self._file.tell(f"{came.kept.name} is kept with it when you press Note this." if came else "")

    def _note(self) -> None:
        one = self.chosen
        on = read_day(self.on.text(), Filing, "sent_on", self.desk.database.today())
        if one is None or isinstance(on, Problem):
            self._trouble.tell(on.sentence if isinstance(on, Problem) else "")
            return
        to, words, came = FilingState(self.became.currentText()), self.said.text(), self._came
        done = self.desk.attempt(
            lambda: filings.note(self.desk.database, one.filing.id, to, on, words, came) or True
        )
        self._told(done, f"{one.filing.ref} was noted as {to.value}.")

    def _replace(self) -> None:
        one, at = self.chosen, self.corrected.currentIndex()
        on = read_day(self.on.text(), Filing, "sent_on", self.desk.database.today())
        if one is None or not 0 <= at < len(self._papers) or isinstance(on, Problem):
            self._trouble.tell(on.sentence if isinstance(on, Problem) else "")
            return
        sent, words = self._papers[at], self.said.text()
        done = self.desk.attempt(
            lambda: filings.replace(self.desk.database, one.filing.id, sent, on, words=words)
        )
        self._told(done, f"{one.filing.ref} was replaced by the corrected return.")

    def _told(self, done: object, sentence: str) -> None:
        self._trouble.tell(done.sentence if isinstance(done, Problem) else "")
        if done is not None and not isinstance(done, Problem):
            self.said.clear()
            self.look()
            self.desk.say(sentence)


_NOTED = (FilingState.QUERIED, FilingState.ACCEPTED, FilingState.DECLINED)


def _cells(one: Filed) -> tuple[str, ...]:
    filing = one.filing
    sent = day_words(filing.sent_on) if filing.sent_on else ""
    return (
        filing.ref,
        filing.title,
        filing.period or "",
        one.standing.words,
        sent,
        one.sent.ref if one.sent else "",
    )


def _story(one: Filed) -> str:
    """All that is known of a filing, a line for each thing."""
    told = [f"{one.filing.ref} {one.filing.title}{f', {one.filing.period}' if one.filing.period else ''}"]
    if one.to:
        told.append(f"For {one.to}")
    if one.sent is not None:
        told += _paper(one)
    for event in one.events:
        what = event.state.words if event.state else "Note"
        file = f" File kept: {event.kept.name}." if event.kept else ""
        told.append(f"{day_words(event.happened_on)}: {what}. {event.words or ''}{file}".strip())
    before = [each.ref for each in one.line[1:]]
    if before:
        told.append(f"It replaces {', then '.join(before)}.")
    if one.filing.remarks:
        told.append(one.filing.remarks)
    return "\n".join(told)


def _paper(one: Filed) -> list[str]:
    sent = one.sent
    assert sent is not None
    points = (sent.acknowledged or "").splitlines()
    acknowledged = [f"Acknowledged: {point}" for point in points] or ["No problems were acknowledged."]
    return [
        f"Went as {sent.ref}, {sent.kept.name}, issued {Moment().words(sent.issued_at)}",
        f"SHA-256 of the file: {sent.kept.sha256}",
        f"SHA-256 of its facts: {sent.facts.sha256}",
        *acknowledged,
    ]
