"""Long work beside the window: one worker, with progress and Cancel; its outcome arrives on the window's thread.

    background.start("Reading the file", lambda job: data_sets.preview(path), done=self._show)

The work runs with its own reader. While work that writes is under way, `writing` is true and forms keep what is typed
in memory until `ended`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Signal

from nhsdesk import log
from nhsdesk.errors import DeskError

OUR_MISTAKE = (
    "The program made a mistake ({name}). Your last saved work is safe. Do it again; if it happens again, send us the "
    "log, which holds nothing you wrote."
)


class Cancelled(Exception):
    """The person pressed Cancel."""


class Job(QObject):
    """One piece of work: what it is called, how far it has come, and whether it was cancelled."""

    moved = Signal(int, int)

    def __init__(
        self, label: str, done: Callable[[Any], None], failed: Callable[[str], None], *, writes: bool
    ) -> None:
        super().__init__()
        self.label = label
        self.done = done
        self.failed = failed
        self.writes = writes
        self.cancelled = False
        self.over = False

    def tell(self, done: int, of: int) -> None:
        """Called by the work: how far it has come. Raises Cancelled where the person pressed Cancel."""
        if self.cancelled:
            raise Cancelled
        self.moved.emit(done, of)

    def cancel(self) -> None:
        """Asks the work to stop; what it would have given is thrown away."""
        self.cancelled = True


class Background(QObject):
    """The one worker beside the window."""

    began = Signal(object)
    ended = Signal(object)
    refused = Signal(str)
    """A sentence for the person: the world stood in the way, or we made a mistake."""
    _handed_over = Signal(object, object)

    def __init__(self, *, inline: bool = False) -> None:
        super().__init__()
        self._inline = inline
        self._worker: ThreadPoolExecutor | None = None
        self._jobs: list[Job] = []
        # A method of an object of the window's thread: what the worker emits is brought over to that thread.
        self._handed_over.connect(self._arrived)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What is under way or waits its turn, the oldest first."""
        return tuple(self._jobs)

    @property
    def writing(self) -> bool:
        """Whether work that writes into the PCN file is under way."""
        return any(job.writes for job in self._jobs)

    def start(
        self,
        label: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], None],
        *,
        writes: bool = False,
        failed: Callable[[str], None] | None = None,
    ) -> Job:
        """Does the work beside the window, then calls `done` with what it gave, or `failed` with a sentence."""
        job = Job(label, done, failed or self.refused.emit, writes=writes)
        self._jobs.append(job)
        self.began.emit(job)
        if self._inline:
            self._arrived(job, _outcome(work, job))
        else:
            if self._worker is None:
                self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="nhsdesk-work")
            self._worker.submit(lambda: self._handed_over.emit(job, _outcome(work, job)))
        return job

    def wait(self) -> None:
        """Lets all work come to its end; for whoever closes the window."""
        while self._jobs:
            # Asleep until something arrives: asking again and again would hold up the very work waited for.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def stop(self) -> None:
        """Cancels what can be cancelled, waits for the rest and ends the worker."""
        for job in self._jobs:
            if not job.writes:
                job.cancel()
        self.wait()
        if self._worker is not None:
            self._worker.shutdown(wait=True)
            self._worker = None

    def _arrived(self, job: Job, outcome: tuple[str, Any]) -> None:
        how, given = outcome
        job.over = True
        self._jobs.remove(job)
        self.ended.emit(job)
        if how == "refused":
            job.failed(given)
        elif how == "done" and not (job.cancelled and not job.writes):
            job.done(given)


def _outcome(work: Callable[[Job], Any], job: Job) -> tuple[str, Any]:
    try:
        if job.cancelled:
            raise Cancelled
        return "done", work(job)
    except Cancelled:
        return "cancelled", None
    except DeskError as refused:
        return "refused", str(refused)
    except Exception as mistake:
        log.mistake(mistake)
        return "refused", OUR_MISTAKE.format(name=type(mistake).__name__)
