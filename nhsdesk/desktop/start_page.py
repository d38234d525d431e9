"""What the window shows while no PCN file is open: one question, and never in the way.

    page = StartPage(background, preferences, clock)
    page.opened.connect(window.take_over)      an open Database; it may be read only and says why
    page.told.connect(window.say)              what there is to tell of the file just opened

Whatever stands in the way is told or asked on the page itself.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from nhsdesk import paths, settings
from nhsdesk.desktop import asking, icons, last_place, opening, theme
from nhsdesk.desktop.background import Background, Job
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.desktop.opening import Outcome
from nhsdesk.desktop.page import scrolled_down
from nhsdesk.desktop.preferences import Preferences
from nhsdesk.desktop.question import Answer, Question
from nhsdesk.desktop.recent_files import RecentFiles
from nhsdesk.desktop.told_here import Told
from nhsdesk.desktop.under_way import UnderWay
from nhsdesk.desktop.words import label, on_a_button

if TYPE_CHECKING:
    from nhsdesk.desktop.new_file import NewFile
    from nhsdesk.store.database import Clock, Database

PUBLISHED = "Published files and PCN files (*.csv *.xlsx *.nhsdesk *.nhsdesk-backup);;All files (*)"
KINDS = "PCN files and backups (*.nhsdesk *.nhsdesk-backup);;All files (*)"
_ENDINGS = (".nhsdesk", opening.BACKUP)
_WIDTH = 880


class StartPage(QWidget):
    """New, open, look at the sample, or one of the files last opened."""

    opened = Signal(object)
    """An open `Database`. Whoever is connected owns it and closes it."""
    told = Signal(str)
    """A sentence about the file just opened, sent after `opened`."""
    refused = Signal(str)
    """A sentence that this page shows already, for whoever keeps count."""

    def __init__(
        self,
        background: Background,
        preferences: Preferences,
        clock: Clock,
        layout: KeptLayout | None = None,
    ) -> None:
        super().__init__()
        self._layout = layout or KeptLayout()
        self._background, self._preferences, self._clock = background, preferences, clock
        self._new: NewFile | None = None
        self.setAcceptDrops(True)
        self.setAccessibleName("Start")
        self._front = self._made_front()
        self._question = Question()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._front)
        self._pages.addWidget(self._question)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled_down(_Middle(self._pages)))

    def shown(self) -> None:
        """The page has come to the front: the list is looked up again."""
        self._recent.show_files(self._preferences.held.recent)
        if self._pages.currentWidget() is self._front:
            self.take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():  # a window brought back from the task bar is as it was left
            self.shown()

    def take_focus(self) -> None:
        """The file last opened is one Enter away."""
        (self._recent.first or self.new_button).setFocus()

    def tell(self, sentence: str) -> None:
        """Tells of something that concerns this computer."""
        self._problem.tell(sentence)

    # ---- what it looks like

    def _made_front(self) -> QWidget:
        front = QWidget()
        stack = QVBoxLayout(front)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(16)
        stack.addWidget(label("Which PCN file?", "h1"))
        stack.addLayout(self._ways())
        self._under_way = UnderWay(self._background)
        self._problem = Told()
        stack.addWidget(self._under_way)
        stack.addWidget(self._problem)
        self._recent = RecentFiles()
        self._recent.wanted.connect(self.open)
        self._recent.unwanted.connect(self._forget)
        stack.addWidget(self._recent)
        stack.addWidget(
            label("A PCN file can also be dropped here. Everything stays on this computer.", "quiet")
        )
        stack.addStretch(1)
        return front

    def _ways(self) -> QGridLayout:
        """Two beside each other: at twice the size of type there is no room for more."""
        ways = QGridLayout()
        ways.setSpacing(16)
        ways.setColumnStretch(0, 1)
        ways.setColumnStretch(1, 1)
        self.new_button = _way(ways, "New PCN file", "add", "Your practices come with your PCN.")
        self.open_button = _way(
            ways, "Open a PCN file…", "open", "One that is on this computer, or that you were handed."
        )
        self.import_button = _way(
            ways,
            "Begin with a file…",
            "import",
            "One that NHS England published: a PCN file is made around it.",
        )
        self.sample_button = _way(
            ways,
            "Look at the sample",
            "sample",
            "A made-up PCN's year, in a file of its own. Nothing in it is real.",
        )
        self.new_button.setProperty("primary", "true")
        self.new_button.clicked.connect(self.make_new)
        self.open_button.clicked.connect(self._ask)
        self.import_button.clicked.connect(self._ask_what_to_begin_with)
        self.sample_button.clicked.connect(self.open_sample)
        return ways

    # ---- ways in

    def make_new(self) -> None:
        """Shows the page on which a new file is made."""
        if self._background.writing:
            return
        if self._new is None:
            from nhsdesk.desktop.new_file import NewFile

            self._new = NewFile(self._background, self._preferences.held.who, self._clock)
            self._new.made.connect(self._was_made)
            self._new.given_up.connect(self._back_to_front)
            self._pages.addWidget(self._new)
        self._problem.tell("")
        self._pages.setCurrentWidget(self._new)
        self._new.begin()
        self._background.start("Getting ready", lambda _: _get_ready(), lambda _: None)

    def open(self, path: Path) -> None:
        """Opens a file; what stands in the way is told or asked on this page."""
        if path.suffix == opening.BACKUP:
            self._ask_about_backup(path)
            return
        who, clock = self._preferences.held.who, self._clock
        self._start(f"Opening {path.stem}", lambda: opening.opened(path, who, clock))

    def open_sample(self) -> None:
        """Opens the sample, made where there is none yet."""
        who, clock = self._preferences.held.who, self._clock
        self._start("Opening the sample", lambda: opening.sample_opened(who, clock))

    def _ask(self) -> None:
        recent = self._preferences.held.recent
        folder = recent[0].parent if recent else paths.records_folder()
        path = asking.choose_existing(self, "Open a PCN file", folder, KINDS)
        if path is not None:
            self.open(path)

    def _ask_what_to_begin_with(self) -> None:
        path = asking.choose_existing(self, "Begin with a file", Path.home(), PUBLISHED)
        if path is None:
            return
        if path.suffix in _ENDINGS:
            self.open(path)
            return
        self.make_new()
        if self._new is not None:
            self._new.begin_with(path)

    def _was_made(self, database: Database) -> None:
        if self._new is not None:
            last_place.keep_year(self._layout, database.head.copy, self._new.year)
        self._arrived(opening.made(database))

    def _start(self, words: str, work: Callable[[], Outcome]) -> None:
        if self._background.writing:  # one file at a time
            return
        self._back_to_front()
        # An open file must reach the window: as work that writes, it is never thrown away.
        job = self._background.start(words, lambda _: work(), self._arrived, writes=True, failed=self._refuse)
        self._follow(job)

    def _follow(self, job: Job) -> None:
        if not job.over:
            self._under_way.follow(job, may_stop=False)

    def _arrived(self, outcome: Outcome) -> None:
        if outcome.database is None:
            self._ask_about_move(outcome)
            return
        told = opening.settled(self._preferences, outcome)
        self._back_to_front()
        self.opened.emit(outcome.database)
        for sentence in told:
            self.told.emit(sentence)

    def _refuse(self, sentence: str) -> None:
        self._problem.tell(sentence)
        self.refused.emit(sentence)
        self.shown()

    def _forget(self, path: Path) -> None:
        not_kept = self._preferences.keep(settings.forgotten(self._preferences.held, path))
        self._problem.tell(not_kept)
        self.shown()

    # ---- questions

    def _ask_about_move(self, outcome: Outcome) -> None:
        from nhsdesk.store.record_file import Moved

        path, who, clock = outcome.path, self._preferences.held.who, self._clock

        def said(word: Moved) -> Callable[[], None]:
            return lambda: self._start(f"Opening {path.stem}", lambda: opening.opened(path, who, clock, word))

        self._put(
            "Was this file moved, or is it a second copy?",
            outcome.moved,
            (
                ("It was moved here", said(Moved.MOVED)),
                ("It is a second copy", said(Moved.SECOND_COPY)),
                ("Leave it", self._back_to_front),
            ),
        )

    def _ask_about_backup(self, path: Path) -> None:
        who, clock = self._preferences.held.who, self._clock
        self._put(
            "This is a backup",
            f"{path.name} is a backup, not a file to work in. It can be brought back as a PCN file of its own in "
            f"{paths.records_folder()}. No other file is replaced, and the backup is left as it is.",
            (
                (
                    "Bring it back",
                    lambda: self._start(
                        f"Bringing {path.stem} back", lambda: opening.restored(path, who, clock)
                    ),
                ),
                ("Leave it", self._back_to_front),
            ),
        )

    def _put(self, title: str, sentence: str, answers: tuple[Answer, ...]) -> None:
        self._problem.tell("")
        self._question.put(title, sentence, answers)
        self._pages.setCurrentWidget(self._question)
        self._question.take_focus()

    def _back_to_front(self) -> None:
        self._problem.tell("")
        self._pages.setCurrentWidget(self._front)
        self.shown()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back, as long as nothing is under way."""
        if event.key() == Qt.Key.Key_Escape and not self._background.writing:
            self._back_to_front()
            return
        super().keyPressEvent(event)

    # ---- a file dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.open(path)


def _way(ways: QGridLayout, words: str, picture: str, help_: str) -> QPushButton:
    button = QPushButton(on_a_button(words))
    button.setAutoDefault(True)
    button.setAccessibleDescription(help_)
    button.setMinimumHeight(theme.px(40))
    icons.put(button, picture, "on_accent" if picture == "add" else "ink")
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(button)
    column.addWidget(label(help_, "help"))
    column.addStretch(1)
    ways.addLayout(column, ways.count() // 2, ways.count() % 2)
    return button


class _Middle(QWidget):
    """One column of a width that reads well, wherever the window's edges are."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 32, 24, 24)
        line.addStretch(1)
        line.addWidget(inside, 1000)
        line.addStretch(1)
        theme.changes.made.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._inside.setMaximumWidth(theme.px(_WIDTH))


def _get_ready() -> None:
    """Loads what makes a file while the person is still choosing; the first letter typed must not wait for it."""
    import_module("nhsdesk.commands.networks")


def _dropped(event: QDropEvent) -> Path | None:
    """The PCN file that is held over the page, if it is one."""
    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in files if path.suffix in _ENDINGS), None)
