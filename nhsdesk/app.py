"""Where everything meets: the clock, the person and the settings are handed to what does the work."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from nhsdesk.errors import DeskError

EXIT_REFUSED = 2
EXIT_MISTAKE = 1


def clock() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; gives 0, or 2 after a sentence on what stood in the way."""
    from nhsdesk import cli

    try:
        return cli.run(sys.argv[1:] if arguments is None else arguments, clock)
    except DeskError as refused:
        print(str(refused), file=sys.stderr)
        return EXIT_REFUSED
    except Exception as mistake:
        return _our_mistake(mistake)


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
