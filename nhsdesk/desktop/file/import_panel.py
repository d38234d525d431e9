"""Published NHS files: those taken in so far, and taking in another after looking at it first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from nhsdesk.commands import data_sets, files, networks
from nhsdesk.commands.data_sets import Preview
from nhsdesk.commands.networks import Offered
from nhsdesk.desktop import asking
from nhsdesk.desktop.background import Job
from nhsdesk.desktop.cards import ReadOnlyTable, button, card
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.new_file import PUBLISHED
from nhsdesk.desktop.pcn_finder import PcnFinder
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.under_way import UnderWay
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.data_sets import DataSet, DataSetKind
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.times import Moment
from nhsdesk.store import record_file

_HEADINGS = ("Ref", "What it is", "As of", "Rows", "File", "SHA-256 begins", "Taken in")
_TELLS_OF_PRACTICES = (DataSetKind.PRACTICE_MAP, DataSetKind.LIST_SIZES)
_AGAIN = (
    "Choose {pcn} again to bring in practices that joined and new list sizes. Practices that left are no longer "
    "counted as yours; names stay as you wrote them."
)
_GONE = "{code} is not in the newest file: PCNs merge and are given new codes. Which PCN is yours now?"
_NEVER = "Which PCN is yours? Its practices come with it."
_FOLDER = "file.published_folder"


class ImportPanel(QWidget):
    """The list, and one file at a time: looked at, then taken in as one step, or left."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seen: Preview | None = None
        self._code = ""
        framed, stack = card("Published numbers taken in")
        self._none = label(
            "None yet. NHS England publishes which practice belongs to which PCN, their list sizes, and the PCN "
            "workforce. Taken in here, they are kept whole under the file's SHA-256, and papers name them.",
            "help",
        )
        self._table = ReadOnlyTable("Published numbers taken in", _HEADINGS, stretched=4)
        self._take_in = button("Take in an NHS file…", "import")
        self._take_in.clicked.connect(self._ask)
        self._again = button("Choose our PCN again…", "refresh")
        self._again.clicked.connect(self._choose_again)
        self._reason = label(role="help")
        self._under_way = UnderWay(desk.background)
        self._outcome = Told("")
        self._trouble = Told()
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._take_in)
        line.addWidget(self._again)
        line.addWidget(self._reason, 1)
        stack.addWidget(self._none)
        stack.addWidget(self._table)
        stack.addLayout(line)
        for part in (
            self._under_way,
            self._trouble,
            self._made_preview(),
            self._outcome,
            self._made_choice(),
        ):
            stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(framed)

    def refresh(self) -> None:
        """Reads the list anew, and whether the file looked at was taken in meanwhile."""
        with self._desk.database.read() as reader:
            held = sorted(reader.all(DataSet), key=lambda one: one.read_at, reverse=True)
        self._table.show_rows(tuple(_row(one) for one in held))
        self._none.setVisible(not held)
        mapped = any(one.kind is DataSetKind.PRACTICE_MAP for one in held)
        self._again.setVisible(mapped and not record_file.is_sample(self._desk.database))
        if self._seen is not None:
            self._show_preview(self._seen)
        self.allow()

    def allow(self) -> None:
        """Keeps the buttons to what can be done just now."""
        why = self._desk.database.read_only_because
        self._reason.setText(f"{why} A file can be looked at, but not taken in." if why else "")
        free = not self._desk.background.jobs
        self._take_in.setEnabled(free)
        self._again.setEnabled(free and not why)
        self._accept.setEnabled(free and not why)
        self._choose.setEnabled(free and not why)

    # ---- looking at a file

    def _made_preview(self) -> QFrame:
        self._preview = QFrame()
        self._preview.setObjectName("card")
        stack = QVBoxLayout(self._preview)
        stack.setContentsMargins(16, 12, 16, 12)
        stack.setSpacing(8)
        self._preview_title = label(role="h2")
        self._preview_words = label()
        self._preview_source = label(role="quiet")
        self._preview_standing = label(role="help")
        self._accept = button("Take it in", "import", primary=True)
        self._accept.clicked.connect(self._adopt)
        self._leave = button("Leave it", "cancel")
        self._leave.clicked.connect(self._put_away)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._accept)
        line.addWidget(self._leave)
        line.addStretch(1)
        for part in (
            self._preview_title, self._preview_words, self._preview_source, self._preview_standing,
        ):  # fmt: skip
            stack.addWidget(part)
        stack.addLayout(line)
        self._preview.hide()
        return self._preview

    def _ask(self) -> None:
        folder = Path(self._desk.layout.word(_FOLDER) or Path.home())
        path = asking.choose_existing(self, "Take in an NHS file", folder, PUBLISHED)
        if path is None:
            return
        self._desk.layout.keep_word(_FOLDER, str(path.parent))
        self._clear()
        job = self._desk.background.start(
            f"Reading {path.name}",
            lambda _: data_sets.preview(path),
            self._looked_at,
            failed=self._trouble.tell,
        )
        self._under_way.follow(job)

    def _looked_at(self, seen: Preview) -> None:
        self._seen = seen
        self._show_preview(seen)
        self.allow()
        (
            self._accept if self._accept.isVisibleTo(self) and self._accept.isEnabled() else self._leave
        ).setFocus()

    def _show_preview(self, seen: Preview) -> None:
        known = data_sets.adopted(self._desk.database, seen)
        self._preview_title.setText(seen.reading.kind.words)
        self._preview_words.setText("\n".join(seen.reading.told))
        self._preview_source.setText(f"{seen.path.name}, SHA-256 {seen.sha256[:12]}…")
        self._preview_standing.setText(
            "Nothing has been written yet. It is taken in as one step, which Undo takes back."
            if known is None
            else f"This very file was taken in before, as {known.ref}. There is nothing to do."
        )
        self._accept.setVisible(known is None)
        self._preview.show()

    def _put_away(self) -> None:
        self._clear()
        self._outcome.tell("Nothing was taken in.")
        self._take_in.setFocus()

    def _clear(self) -> None:
        self._seen = None
        self._preview.hide()
        self._choice.hide()
        self._trouble.tell("")
        self._outcome.tell("")

    # ---- taking it in

    def _adopt(self) -> None:
        seen, database = self._seen, self._desk.database
        if seen is None:
            return

        def work(job: Job) -> DataSet:
            return data_sets.adopt(database, seen, job.tell)

        job = self._desk.background.start(
            f"Taking in {seen.path.name}", work, self._adopted, writes=True, failed=self._trouble.tell
        )
        self._under_way.follow(job)

    def _adopted(self, data_set: DataSet) -> None:
        self._clear()
        self.refresh()
        self._outcome.tell(f"Taken in as {data_set.ref}: {counted(data_set.rows, 'row', 'rows')}.")
        self._take_in.setFocus()
        if data_set.kind in _TELLS_OF_PRACTICES:
            self._offer_choice()

    # ---- choosing our PCN again

    def _made_choice(self) -> QWidget:
        self._choice = QWidget()
        stack = QVBoxLayout(self._choice)
        stack.setContentsMargins(0, 8, 0, 0)
        stack.setSpacing(8)
        self._choice_words = label()
        self._finder = PcnFinder()
        self._finder.taken.connect(self._start_choosing)
        self._choose = button("Choose our PCN again", "refresh", primary=True)
        self._choose.clicked.connect(self._start_choosing)
        line = QHBoxLayout()
        line.addWidget(self._choose)
        line.addStretch(1)
        stack.addWidget(self._choice_words)
        stack.addWidget(self._finder)
        stack.addLayout(line)
        self._choice.hide()
        return self._choice

    def _choose_again(self) -> None:
        self._clear()
        self._offer_choice()
        (self._choose if self._code else self._finder.search).setFocus()

    def _offer_choice(self) -> None:
        about = files.about(self._desk.database)
        offered = networks.offered_here(self._desk.database)
        if about.sample or not offered:
            return
        self._code = about.code if any(one.code == about.code for one in offered) else ""
        self._finder.setVisible(not self._code)
        if self._code:
            self._choose.setText(on_a_button(f"Choose {about.network} again"))
            self._choice_words.setText(_AGAIN.format(pcn=f"{about.network} ({about.code})"))
        else:
            self._choose.setText("Choose this PCN")
            self._choice_words.setText((_GONE if about.code else _NEVER).format(code=about.code))
            self._finder.offer(offered)
        self._choice.show()

    def _start_choosing(self, one: object = None) -> None:
        marked = one if isinstance(one, Offered) else self._finder.current() if not self._code else None
        code = self._code or (marked.code if marked is not None else "")
        if not code:
            self._trouble.tell("Type your PCN's name, code or one of its practices, and mark it in the list.")
            self._finder.search.setFocus()
            return
        database = self._desk.database

        def work(_: Job) -> str:
            networks.choose(database, code)
            return networks.chosen_words(database)

        self._trouble.tell("")
        job = self._desk.background.start(
            "Choosing our PCN", work, self._chosen, writes=True, failed=self._trouble.tell
        )
        self._under_way.follow(job, may_stop=False)

    def _chosen(self, words: str) -> None:
        self._clear()
        self._outcome.tell(f"This file is {words}")
        self._take_in.setFocus()


def _row(one: DataSet) -> tuple[str, ...]:
    return (
        one.ref,
        one.kind.words,
        day_words(one.as_of) if one.as_of else "not told",
        f"{one.rows:,}",
        one.file_name,
        one.sha256[:12],
        Moment().words(one.read_at),
    )
