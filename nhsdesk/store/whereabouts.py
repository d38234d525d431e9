"""Whether a place is safe for a working PCN file: a local disk that no other program copies from underneath it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import psutil

NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.rclone",
        "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse", "glusterfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "prl_fs",
        "smb", "smb2", "smb3", "smbfs", "vboxsf", "webdav",
    }
)  # fmt: skip

SYNCHRONISED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "shared drives": "Google Drive",
    "box": "Box",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
}
"""Names of folders, alone or with an account behind: "OneDrive - NHS", "Dropbox (Personal)"."""

_CLOUD_STORAGE = "cloudstorage"
"""Where macOS keeps what it synchronises: ~/Library/CloudStorage/GoogleDrive-ann@example.org."""

_HOMES = ("home", "users")


@dataclass(frozen=True, slots=True)
class Mount:
    """A disk and where it stands in the tree of folders."""

    at: str
    file_system: str
    options: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a place: why it is refused, or what to be warned of; both empty for a good one."""

    refused_because: str = ""
    warning: str = ""


def looked_at(path: Path) -> Place:
    """What this computer tells of a path."""
    return judged(path.resolve(), os.environ, mounts())


def judged(path: PurePath, environment: Mapping[str, str], mounted: Sequence[Mount]) -> Place:
    """What a path, the environment and the disks tell of a place."""
    if _is_share(path):
        return Place(_network(str(path.parent)))
    service = _synchronised_by(path, environment)
    if service:
        return Place(
            f"{path.parent} is copied by {service} while the file is in use, which can tear it apart. Nothing was "
            f"written there. Keep the working file in a folder of this computer; copies may go to {service}."
        )
    mount = _mount_of(path, mounted)
    if mount is None:
        return Place()
    if mount.file_system.lower() in NETWORK_FILE_SYSTEMS or "remote" in mount.options.split(","):
        return Place(_network(str(path.parent)))
    if "removable" in mount.options.split(",") or mount.at.startswith(_REMOVABLE):
        return Place(
            warning="The file lies on a disk that can be taken out. Close the program before you take it out."
        )
    return Place()


_REMOVABLE = ("/media/", "/run/media/", "/Volumes/")


def _is_share(path: PurePath) -> bool:
    """Whether a Windows path leads to another computer. The long way to say C: does not."""
    drive = path.drive.upper().replace("/", "\\")
    local = drive.startswith(("\\\\?\\", "\\\\.\\")) and not drive.startswith("\\\\?\\UNC")
    return drive.startswith("\\\\") and not local


def _network(where: str) -> str:
    return (
        f"{where} is on a network drive, where a working file can be damaged when two computers use it. Nothing was "
        "written there. Keep the working file on this computer; copies and backups may go to the network drive."
    )


def _synchronised_by(path: PurePath, environment: Mapping[str, str]) -> str:
    for key, value in environment.items():
        if key.upper().startswith("ONEDRIVE") and value and _lies_in(str(path), value):
            return "OneDrive"
    folders = [part.casefold() for part in path.parts[:-1]]
    if len(folders) > 2 and folders[1] in _HOMES:
        folders[2] = ""  # the name of a person, whatever it is
    for above, name in zip(["", *folders], folders, strict=False):
        if above == _CLOUD_STORAGE:
            return SYNCHRONISED.get(name.split("-")[0], "a synchronising service")
        for mark, service in SYNCHRONISED.items():
            if name == mark or name.startswith((f"{mark} - ", f"{mark} (")):
                return service
    return ""


def _lies_in(path: str, folder: str) -> bool:
    inside, whole = path.replace("\\", "/").casefold(), folder.replace("\\", "/").rstrip("/").casefold()
    return inside == whole or inside.startswith(whole + "/")


def _mount_of(path: PurePath, mounted: Sequence[Mount]) -> Mount | None:
    holding = [mount for mount in mounted if mount.at in ("/", str(path)) or _lies_in(str(path), mount.at)]
    return max(holding, key=lambda mount: len(mount.at), default=None)


def mounts() -> tuple[Mount, ...]:
    """The disks of this computer, network drives among them; on Windows a drive letter that is a share is `remote`."""
    try:
        found = psutil.disk_partitions(all=True)
    except (OSError, psutil.Error):
        return ()
    return tuple(Mount(part.mountpoint, part.fstype, part.opts) for part in found)
