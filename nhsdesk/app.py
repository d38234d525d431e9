"""Where everything meets: the clock, the person and the settings are handed to what does the work."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from nhsdesk.errors import DeskError

EXIT_REFUSED = 2
EXIT_MISTAKE = 1
RECORD_ENDING = ".nhsdesk"
READ_APART = "--read-apart"
"""A bundle starts itself so, to read a document from outside in a process of its own (documents/text.py)."""
ENCLOSE_APART = "--enclose-apart"
"""The same, to make a PDF from outside fit for a pack (documents/enclosures.py)."""


def clock() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def main(arguments: list[str] | None = None) -> int:
    """Shows the window, or runs a command; gives 0, or 2 after a sentence on what stood in the way.

    Without arguments, or with a PCN file alone as a file manager hands it over, it is the window.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a Windows console knows few letters
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        _hush()
        return EXIT_MISTAKE
    except Exception as mistake:
        return _our_mistake(mistake)


def _run(arguments: list[str]) -> int:
    try:
        if arguments == [READ_APART]:
            from nhsdesk.documents import text_apart

            return text_apart.main()
        if arguments == [ENCLOSE_APART]:
            from nhsdesk.documents import enclosures_apart

            return enclosures_apart.main()
        if not arguments or (len(arguments) == 1 and arguments[0].endswith(RECORD_ENDING)):
            return _window(Path(arguments[0]) if arguments else None)
        from nhsdesk import (  # noqa: F401 - they add their commands
            cli,
            cli_composing,
            cli_filings,
            cli_filling,
            cli_packs,
            cli_papers,
            cli_registers,
            cli_requests,
            cli_years,
        )

        return cli.run(arguments, clock)
    except DeskError as refused:
        from nhsdesk import cli_types

        print(cli_types.shown(str(refused)), file=sys.stderr)
        return EXIT_REFUSED


def _window(path: Path | None) -> int:
    gc.disable()  # what is made while the window opens stays: looking through it again and again frees nothing
    try:
        # Before Qt: of every module imported after it, PySide reads the source, to see whether it is used there.
        import nhsdesk.commands.entries
        import nhsdesk.commands.files
        import nhsdesk.commands.histories
        import nhsdesk.commands.notes
        import nhsdesk.domain.glossary_lookup
        import nhsdesk.store.register
        import nhsdesk.store.search  # noqa: F401
        from nhsdesk.desktop import start

        return start.run(path, clock)
    finally:
        gc.enable()


def _hush() -> None:
    """Whoever was reading has gone; what is still to be said goes nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _our_mistake(mistake: Exception) -> int:
    """Logs a fault of the program without its words, and says what is safe."""
    from nhsdesk import log, paths

    log.start(paths.log_folder())
    log.mistake(mistake)
    log.stop()
    where = paths.log_folder() / "nhsdesk.log"
    print(
        f"The program made a mistake ({type(mistake).__name__}). What was saved before is safe. Do it again; if it "
        f"happens again, send us {where}, which holds nothing you wrote.",
        file=sys.stderr,
    )
    return EXIT_MISTAKE


if __name__ == "__main__":
    sys.exit(main())
