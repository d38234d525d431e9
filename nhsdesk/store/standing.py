"""Whether what lies at a path is still the file that was opened, and nobody else has written it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

GONE = (
    "{file} is no longer in {folder}: it was moved or renamed, or its disk was taken out. This change was not written; "
    "what was saved before is in the file, wherever it is now. Put it back, then do it again."
)
ANOTHER = (
    "{file} in {folder} is no longer as this window last saw it: another program changed it, or another file was put "
    "in its place. It was left as it is, and this change was not written. Open it again to see what it holds now."
)
TAKEN = (
    "{file} was taken out and put back, and meanwhile it was opened for writing by {holder}. This change was not "
    "written. Close it there, then do it again."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the disk tells of a file without opening it; `inode` is 0 where a disk numbers none."""

    device: int
    inode: int
    size: int
    written: int
    """When it was last written, in nanoseconds."""

    def is_same_file(self, other: Standing) -> bool:
        """Whether both tell of one file, whatever was written into it."""
        return (self.device, self.inode) == (other.device, other.inode)


def standing(path: Path) -> Standing | None:
    """How a file stands; None where there is none, or its disk does not answer."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return Standing(seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)
