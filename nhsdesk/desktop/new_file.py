"""A new PCN file on one page: which PCN it is for, and where it is to lie; everything else later."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from nhsdesk import errors, paths
from nhsdesk.desktop import asking
from nhsdesk.desktop.background import Background, Job
from nhsdesk.desktop.long_words import titled, to_copy
from nhsdesk.desktop.page import bring_into_sight
from nhsdesk.desktop.pcn_finder import PcnFinder
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.under_way import UnderWay
from nhsdesk.desktop.words import counted, label, on_a_button
from nhsdesk.domain.periods import FinancialYear

if TYPE_CHECKING:
    from nhsdesk.commands.data_sets import Preview
    from nhsdesk.commands.networks import Offered
    from nhsdesk.store.database import Clock, Database
    from nhsdesk.store.whereabouts import Place

KINDS = "PCN files (*.nhsdesk)"
PUBLISHED = "Published files (*.csv);;All files (*)"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the person has chosen: the PCN by its code in a file as read, or by its name alone."""

    path: Path
    name: str | None
    seen: Preview | None = None
    code: str = ""
    beside: Preview | None = None
    """A published file to be taken in as soon as there is a PCN file."""


def _look(path: Path) -> Preview:
    from nhsdesk.commands import data_sets

    return data_sets.preview(path)


def _read(path: Path) -> tuple[Preview, tuple[Offered, ...]]:
    from nhsdesk.commands import networks

    seen = _look(path)
    offered = networks.offered(seen)
    if not offered:
        raise errors.FileRefused(
            f"{path.name} is NHS England's file of {seen.reading.kind.words}. That does not say which practice belongs "
            "to which PCN today, so nothing was read in. Choose the file “Patients Registered at a GP Practice: "
            "mapping”, or type your PCN's name; this file can be taken in afterwards."
        )
    return seen, offered


def _make(job: Job, wanted: _Wanted, who: str, clock: Clock) -> Database:
    from nhsdesk.commands import data_sets, files, networks

    place = files.place_for(wanted.path)
    if place.refused_because:
        raise errors.PlaceRefused(place.refused_because)
    if wanted.path.parent == paths.records_folder():
        files.made_folder(wanted.path.parent)
    if wanted.seen is None:
        made = files.create(wanted.path, wanted.name or "", who, clock)
    else:
        made = networks.begin(wanted.path, wanted.name, wanted.seen, wanted.code, who, clock, job.tell)
    try:
        if wanted.beside is not None:
            data_sets.adopt(made, wanted.beside, job.tell)
    except BaseException:  # cancelled, too: nothing half made is left
        made.close()
        wanted.path.unlink(missing_ok=True)
        raise
    return made


class _Year(QComboBox):
    """The financial year; Enter takes it as it stands and goes on."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
            return
        super().keyPressEvent(event)


class NewFile(QWidget):
    """Asks which PCN and where, and makes the file."""

    made = Signal(object)
    """The new file, open."""
    given_up = Signal()

    def __init__(self, background: Background, who: str, clock: Clock) -> None:
        super().__init__()
        self._background, self._who, self._clock = background, who, clock
        self._seen: Preview | None = None
        self._beside: Preview | None = None
        self._chosen_path: Path | None = None
        self._under_way = UnderWay(background)
        self._problem = Told()
        self._stack = stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(16)
        stack.addWidget(label("New PCN file", "h1"))
        stack.addWidget(self._which())
        stack.addWidget(self._which_year())
        stack.addWidget(self._where())
        stack.addWidget(self._under_way)
        stack.addWidget(self._problem)
        stack.addLayout(self._buttons())
        stack.addStretch(1)
        background.ended.connect(self._work_ended)

    def begin(self) -> None:
        """Starts afresh, ready to be typed into."""
        self._name.clear()
        self._chosen_path = self._beside = None
        self._told_beside.tell("")
        self._by_name_instead()
        self._told_of_place.tell("")
        self._choose_file.setFocus()

    def begin_with(self, path: Path) -> None:
        """Starts with a published file that is there: it says which PCNs there are, or is taken in afterwards."""
        self._busy(
            self._background.start(
                f"Reading {path.name}", lambda _: _look(path), self._seen_first, failed=self._no_nhs_file
            )
        )

    def _seen_first(self, seen: Preview) -> None:
        from nhsdesk.commands import networks

        offered = networks.offered(seen)
        if offered:
            self._file_read((seen, offered))
            return
        self._beside = seen
        self._told_beside.tell(
            f"{seen.path.name} is NHS England's file of {seen.reading.kind.words}. It is taken in as soon as the PCN "
            "file is made. Say first which PCN it is for."
        )

    def _no_nhs_file(self, sentence: str) -> None:
        self._refuse(
            f"{sentence} If it is a spreadsheet of your own, make the PCN file first: Today then looks at your ARRS "
            "spreadsheet, and every list takes in its rows by paste."
        )

    @property
    def year(self) -> FinancialYear:
        """The financial year to begin with."""
        return FinancialYear.parse(self._year.currentText())

    # ---- which PCN

    def _which(self) -> QFrame:
        card, stack = _card()
        stack.addWidget(label("Which PCN is it for?", "h2"))
        self._choose_file = QPushButton("Choose NHS England's file…")
        self._choose_file.setAutoDefault(True)
        self._choose_file.clicked.connect(self._ask_for_file)
        self._about_file = label(
            "NHS England publishes each month which practice belongs to which PCN (“Patients Registered at a GP "
            "Practice”, the mapping file). Choose it, and your practices come with your PCN. Nothing is sent anywhere.",
            "help",
        )
        self._name = QLineEdit()
        self._name.setMaxLength(_LONGEST)
        self._name.textChanged.connect(self._show_place)
        self._name.returnPressed.connect(self._go)
        self._by_name = QWidget()
        by_name = QVBoxLayout(self._by_name)
        by_name.setContentsMargins(0, 8, 0, 0)
        by_name.addWidget(titled("Or type your PCN's name", self._name))
        by_name.addWidget(self._name)
        by_name.addWidget(
            label("Its practices can be typed later, or come with the file when you take it in.", "help")
        )
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._choose_file)
        self._instead = QPushButton("Type the name instead")
        self._instead.setProperty("link", "true")
        self._instead.setAutoDefault(True)
        self._instead.clicked.connect(self._type_the_name)
        line.addWidget(self._instead)
        line.addStretch(1)
        self._told_beside = Told("")
        stack.addWidget(self._told_beside)
        stack.addWidget(self._about_file)
        stack.addLayout(line)
        stack.addWidget(self._by_name)
        stack.addWidget(self._made_finder(), 1)
        stack.addStretch(0)
        return card

    def _which_year(self) -> QFrame:
        card, stack = _card()
        this = FinancialYear.of(self._clock().date())
        self._year = _Year()
        self._year.taken.connect(self._go)
        self._year.addItems([str(this), str(FinancialYear(this.first_year + 1))])
        self._year.setAccessibleName("Financial year to begin with")
        stack.addWidget(titled("Financial year to begin with", self._year))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._year)
        line.addWidget(label("Pages of a year open at it. Every other year is one choice away.", "help"), 1)
        stack.addLayout(line)
        return card

    def _made_finder(self) -> PcnFinder:
        self._finder = PcnFinder()
        self._finder.marked.connect(self._marked)
        self._finder.taken.connect(self._taken)
        self._finder.hide()
        self._instead.hide()
        return self._finder

    def _ask_for_file(self) -> None:
        folder = self._seen.path.parent if self._seen else Path.home()
        path = asking.choose_existing(self, "NHS England's file of practices and PCNs", folder, PUBLISHED)
        if path is not None:
            self._read_file(path)

    def _read_file(self, path: Path) -> None:
        self._busy(
            self._background.start(
                f"Reading {path.name}", lambda _: _read(path), self._file_read, failed=self._refuse
            )
        )

    def _file_read(self, given: tuple[Preview, tuple[Offered, ...]]) -> None:
        self._seen, offered = given
        self._about_file.setText(f"{self._seen.path.name}: {self._seen.reading.told[0]}")
        self._choose_file.setText("Choose another file…")
        self._by_name.hide()
        self._finder.show()
        self._instead.show()
        self._give_room_to_list(1)
        self._finder.offer(offered)
        self._finder.search.setFocus()

    def _type_the_name(self) -> None:
        self._by_name_instead()
        self._name.setFocus()

    def _by_name_instead(self) -> None:
        self._seen = None
        self._finder.hide()
        self._instead.hide()
        self._by_name.show()
        self._give_room_to_list(0)
        self._choose_file.setText("Choose NHS England's file…")
        self._problem.tell("")
        self._show_place()

    def _give_room_to_list(self, stretch: int) -> None:
        self._stack.setStretch(1, stretch)
        self._stack.setStretch(self._stack.count() - 1, 1 - stretch)

    def _marked(self, one: Offered | None) -> None:
        self._problem.tell("")
        self._show_place()
        self._make_it.setText(
            "Make the PCN file" if one is None else on_a_button(f"Make the file for {one.name}")
        )

    def _taken(self, one: Offered) -> None:
        self._year.setFocus()
        self._under_choice.setText(
            f"{one.name} ({one.code}), {counted(len(one.practices), 'practice', 'practices')}. Press Enter to make "
            "its file."
        )
        bring_into_sight(self._make_it)

    # ---- where it lies

    def _where(self) -> QFrame:
        card, stack = _card()
        stack.addWidget(label("Where to keep it", "h2"))
        self._path = to_copy("", "Where the PCN file will lie")
        another = QPushButton("Choose another place…")
        another.setAutoDefault(True)
        another.clicked.connect(self._ask_for_place)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._path, 1)
        line.addWidget(another)
        stack.addLayout(line)
        stack.addWidget(
            label(
                "On this computer, not on a network drive or in OneDrive: two programs writing one file can damage it.",
                "help",
            )
        )
        self._told_of_place = Told()
        stack.addWidget(self._told_of_place)
        return card

    def _ask_for_place(self) -> None:
        proposed = self._place()
        path = asking.choose_file(self, "Where to keep the PCN file", proposed.parent, proposed.name, KINDS)
        if path is None:
            return
        path = path if path.suffix == ".nhsdesk" else path.with_name(f"{path.name}.nhsdesk")
        self._chosen_path = path
        self._show_place()

        def look(_: Job) -> Place:
            from nhsdesk.commands import files

            return files.place_for(path)

        self._background.start(f"Looking at {path.parent}", look, self._place_seen, failed=self._refuse)

    def _place_seen(self, place: Place) -> None:
        self._told_of_place.setProperty("role", "problem" if place.refused_because else "help")
        self._told_of_place.tell(place.refused_because or place.warning)

    def _place(self) -> Path:
        if self._chosen_path is not None:
            return self._chosen_path
        one = self._finder.current() if self._seen is not None else None
        name = one.name if one is not None else self._name.text().strip()
        if not name:
            return paths.records_folder() / "PCN.nhsdesk"
        from nhsdesk.commands import files

        return files.free_place(paths.records_folder(), name)

    def _show_place(self) -> None:
        self._under_choice.setText("")
        self._path.setText(str(self._place()))
        self._path.setCursorPosition(0)

    # ---- making it

    def _buttons(self) -> QHBoxLayout:
        self._make_it = QPushButton("Make the PCN file")
        self._make_it.setProperty("primary", "true")
        self._make_it.setAutoDefault(True)
        self._make_it.clicked.connect(self._go)
        self._back = QPushButton("Back")
        self._back.setAutoDefault(True)
        self._back.clicked.connect(self.given_up)
        self._under_choice = label(role="quiet")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._make_it)
        line.addWidget(self._back)
        line.addWidget(self._under_choice, 1)
        return line

    def _go(self) -> None:
        wanted = self._wanted()
        if wanted is None:
            return
        self._problem.tell("")
        who, clock = self._who, self._clock
        self._busy(
            self._background.start(
                "Making the PCN file",
                lambda job: _make(job, wanted, who, clock),
                self.made.emit,
                writes=True,
                failed=self._refuse,
            )
        )

    def _wanted(self) -> _Wanted | None:
        path = self._place()
        if self._seen is None:
            if self._name.text().strip():
                return _Wanted(path, self._name.text().strip(), beside=self._beside)
            self._problem.tell("Choose NHS England's file, or type your PCN's name.")
            self._name.setFocus()
            return None
        one = self._finder.current()
        if one is None:
            self._problem.tell("Type your PCN's name, code or one of its practices, and mark it in the list.")
            self._finder.search.setFocus()
            return None
        return _Wanted(path, None, self._seen, one.code, self._beside)

    def _busy(self, job: Job) -> None:
        if not job.over:
            self._make_it.setEnabled(False)
            self._choose_file.setEnabled(False)
            self._back.setEnabled(not job.writes)
            self._under_way.follow(job)

    def _work_ended(self, _: Job) -> None:
        self._make_it.setEnabled(True)
        self._choose_file.setEnabled(True)
        self._back.setEnabled(True)

    def _refuse(self, sentence: str) -> None:
        self._problem.tell(sentence)


def _card() -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setObjectName("card")
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    stack = QVBoxLayout(card)
    stack.setContentsMargins(16, 14, 16, 14)
    stack.setSpacing(8)
    return card, stack
