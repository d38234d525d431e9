"""The log: what happened and to which kind and id, never what anybody wrote.

    start(paths.log_folder())
    note("change kept", kind="commitment", record=post.id)
    mistake(error)

It takes no values: a note is words of the program, the name of a kind and an id; a mistake is logged by its type and
the lines it came through, without its message, because messages quote what they choke on. A log that cannot be
written never stops the work.
"""

from __future__ import annotations

import logging
import time
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import LiteralString

_LOG = logging.getLogger("nhsdesk")
_LOG.propagate = False
_LOG.addHandler(logging.NullHandler())
_MEGABYTE = 1_000_000


def start(folder: Path) -> None:
    """Write the log to nhsdesk.log in a folder: a megabyte, and the four before it."""
    stop()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _Quiet(folder / "nhsdesk.log", maxBytes=_MEGABYTE, backupCount=4, encoding="utf-8")
    except OSError:
        return
    lines = logging.Formatter("%(asctime)s.%(msecs)03dZ %(levelname)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    lines.converter = time.gmtime
    file.setFormatter(lines)
    _LOG.addHandler(file)
    _LOG.setLevel(logging.INFO)


def stop() -> None:
    """Close the log's file."""
    for handler in list(_LOG.handlers):
        if isinstance(handler, _Quiet):
            _LOG.removeHandler(handler)
            handler.close()


def note(what: LiteralString, kind: str = "", record: int = 0) -> None:
    """Log that something happened, and to which kind of record and which id."""
    _LOG.info(" ".join(part for part in (what, kind, str(record) if record else "") if part))


def mistake(error: BaseException) -> None:
    """Log a fault of the program by its type and the lines it came through."""
    chain: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        steps = traceback.extract_tb(cause.__traceback__)
        chain.append(type(cause).__name__)
        chain.extend(f"  {Path(step.filename).name}:{step.lineno} in {step.name}" for step in steps)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    _LOG.error("\n".join(chain))


class _Quiet(RotatingFileHandler):
    """A file that, when it cannot be written, says nothing."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Go on without the line."""
