"""What the world can do to us, each said in a sentence for the person at the desk.

A wrong entry is not an error: it is a `domain.problems.Problem`.
"""


class DeskError(Exception):
    """Something outside the program stopped it. The text says what happened, what is safe and what to do."""


class NotARecord(DeskError):
    """The file is not a PCN file of this program, or it is damaged."""


class NewerRecord(DeskError):
    """The file was written by a later version of the program."""


class RecordInUse(DeskError):
    """Somebody else has the file open for writing."""


class PlaceRefused(DeskError):
    """The file lies, or would lie, where it can be harmed."""


class Unwritable(DeskError):
    """The disk is full, the folder is read-only, or the file is held by another program."""


class Sealed(DeskError):
    """The entry may not change any more."""


class ChangedMeanwhile(DeskError):
    """The entry was changed since it was read."""


class StillNamed(DeskError):
    """The entry cannot be removed while others name it."""

    def __init__(self, sentence: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class NothingToUndo(DeskError):
    """There is no step to take back, or it may not be taken back."""


class CannotExchange(DeskError):
    """The two copies cannot give each other their steps."""


class FileRefused(DeskError):
    """A file to be read in is not what it should be."""


class PaperRefused(DeskError):
    """A paper cannot be issued until its problems are put right."""

    def __init__(self, sentence: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class YearNotClosed(DeskError):
    """A financial year cannot be closed as it stands."""


class Incomplete(DeskError):
    """An entry lacks what it cannot be kept without."""


class PatientData(DeskError):
    """Words hold what looks like a patient's number, and nobody has said why they are to be kept."""

    def __init__(self, sentence: str, problems: tuple[object, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class Moved(DeskError):
    """The file was last written elsewhere; a person must say whether it was moved or is a second copy."""


class Damaged(DeskError):
    """The file does not hold what it should."""
