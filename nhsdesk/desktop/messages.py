"""What is said to the person: in passing on the status line, or above the page until they have closed it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStatusBar,
    QToolButton,
    QWidget,
)

from nhsdesk.desktop import icons, theme
from nhsdesk.desktop.background import Background, Job
from nhsdesk.desktop.question import Answer
from nhsdesk.desktop.words import label, on_a_button


def announce(widget: QWidget, sentence: str) -> None:
    """Has a screen reader say it without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


class Message(QFrame):
    """A sentence above the page: what happened, what is safe, what to do. It stays until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._words = label("")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._answers = QHBoxLayout()
        self._answers.setSpacing(8)
        self._buttons: list[QPushButton] = []
        close = QToolButton()
        icons.put(close, "close")
        close.setAccessibleName("Close this message")
        close.setToolTip("Close")
        close.clicked.connect(self.close_message)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 16, 8)
        row.addWidget(self._words, 1)
        row.addLayout(self._answers)
        row.addWidget(close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What stands there; empty while nothing does."""
        return "" if self.isHidden() else self._words.text()

    def show_sentence(self, sentence: str) -> None:
        """Shows a sentence; one that stands there already is not lost."""
        before = self.sentence
        if sentence not in before:
            self._words.setText(f"{before}\n{sentence}".strip() if len(before) < 400 else sentence)
        self.show()
        announce(self, sentence)

    def offer(self, answers: tuple[Answer, ...]) -> None:
        """What can be done about it, as buttons, until it is closed; those that stand there already stay."""
        if [one.text() for one in self._buttons] == [on_a_button(words) for words, _ in answers]:
            return
        for button in self._buttons:
            self._answers.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for words, answer in answers:
            button = QPushButton(on_a_button(words))
            button.setAutoDefault(True)
            button.setAccessibleDescription(self._words.text())
            button.clicked.connect(lambda _=False, answer=answer: answer())
            self._answers.addWidget(button)
            self._buttons.append(button)

    def close_message(self) -> None:
        """The person has read it."""
        self._words.setText("")
        self.offer(())
        self.hide()


class Banner(QFrame):
    """What is true of the file as a whole, above everything: the sample, or only to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._words = label("")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 6)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, words: str) -> None:
        """Shows the words; none hides it."""
        self._words.setText(words)
        self.setVisible(bool(words))


class AsRoomAllows(QLabel):
    """Words in one line that end in an ellipsis where there is no room, and never widen the window."""

    def __init__(self, role: str = "quiet") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(48), super().minimumSizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.style().drawItemText(
            QPainter(self), self.rect(), side, self.palette(), True, words, self.foregroundRole()
        )


class StatusLine(QStatusBar):
    """What is selected, what was done last, and work beside the window with its progress and Cancel."""

    settled = Signal()

    def __init__(self, background: Background) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._selection = label("", "quiet", wrap=False)
        self._said = AsRoomAllows()
        self._job: Job | None = None
        self._work = label("", "quiet", wrap=False)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(theme.px(140))
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("Cancel")
        self._cancel.clicked.connect(self._cancel_job)
        self.addWidget(self._selection)
        self.addWidget(self._said, 1)
        for widget in self._of_a_job():
            self.addPermanentWidget(widget)
            widget.hide()
        background.began.connect(self._began)
        background.ended.connect(self._ended)

    @property
    def said(self) -> str:
        """What was said last."""
        return self._said.text()

    @property
    def selection(self) -> str:
        """What is told of the selection."""
        return self._selection.text()

    def show_selection(self, words: str) -> None:
        """Tells what is selected."""
        self._selection.setText(words)

    def say(self, sentence: str) -> None:
        """Tells of something done, to eyes and ears."""
        self._said.setText(" ".join(sentence[:300].split()))
        announce(self, sentence)

    def _of_a_job(self) -> tuple[QWidget, ...]:
        return (self._work, self._bar, self._cancel)

    def _began(self, job: Job) -> None:
        if self._job is None:
            self._follow(job)

    def _follow(self, job: Job) -> None:
        self._job = job
        self._work.setText(job.label)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(job.label)
        self._cancel.setAccessibleName(f"Cancel: {job.label}")
        self._cancel.setEnabled(True)
        job.moved.connect(self._moved)
        for widget in self._of_a_job():
            widget.show()

    def _moved(self, done: int, of: int) -> None:
        self._bar.setRange(0, max(of, 1))
        self._bar.setValue(done)

    def _ended(self, job: Job) -> None:
        if job is not self._job:
            return
        self._job = None
        for widget in self._of_a_job():
            widget.hide()
        self.settled.emit()

    def _cancel_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._cancel.setEnabled(False)
            self._work.setText(f"{self._job.label}: stopping")
