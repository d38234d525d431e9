"""One line for work that is under way on a page: what it is, how far it has come, and Cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from nhsdesk.desktop.background import Background, Job
from nhsdesk.desktop.words import label


class UnderWay(QWidget):
    """Shows one piece of work until it has ended, and is hidden otherwise."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._job: Job | None = None
        self._words = label(wrap=False)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("How far the work has come")
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("Cancel")
        self._cancel.clicked.connect(self._stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._words)
        line.addWidget(self._bar, 1)
        line.addWidget(self._cancel)
        background.ended.connect(self._ended)
        self.hide()

    def follow(self, job: Job, *, may_stop: bool = True) -> None:
        """Shows this work from now on; work that is over already is not shown."""
        if job.over:
            return
        self._job = job
        self._words.setText(f"{job.label}…")
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(job.label)
        self._cancel.setVisible(may_stop)
        self._cancel.setEnabled(True)
        job.moved.connect(self._moved)
        self.show()

    def _moved(self, done: int, of: int) -> None:
        self._bar.setRange(0, of)
        self._bar.setValue(done)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._words.setText("Stopping…")
            self._cancel.setEnabled(False)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self.hide()
