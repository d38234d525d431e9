"""Where a working file may lie: judged from a path, the environment and the disks, for every system from any."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from nhsdesk import errors
from nhsdesk.store import backups, record_file, whereabouts
from nhsdesk.store.whereabouts import Mount, Place
from tests.store.files import Clock, fill, held, names_in, new_file, opened

NOTHING: Mapping[str, str] = {}

WINDOWS = (
    Mount("C:\\", "NTFS", "rw,fixed"),
    Mount("E:\\", "FAT32", "rw,removable"),
    Mount("H:\\", "NTFS", "rw,remote"),
)
LINUX = (
    Mount("/", "ext4", "rw"),
    Mount("/home", "ext4", "rw"),
    Mount("/mnt/share", "cifs", "rw"),
    Mount("/home/ann/nfs", "nfs4", "rw"),
    Mount("/run/user/1000/gvfs", "fuse.gvfsd-fuse", "rw"),
    Mount("/media/ann/STICK", "vfat", "rw"),
    Mount("/run/media/ann/STICK", "exfat", "rw"),
    Mount("/mnt/shared", "ext4", "rw"),
)
MACOS = (
    Mount("/", "apfs", "ro"),
    Mount("/System/Volumes/Data", "apfs", "rw"),
    Mount("/Volumes/board", "smbfs", "rw"),
    Mount("/Volumes/STICK", "msdos", "rw"),
)


def judged(path: str, environment: Mapping[str, str] = NOTHING) -> Place:
    pure: PurePath = PureWindowsPath(path) if "\\" in path else PurePosixPath(path)
    mounts = WINDOWS if "\\" in path else MACOS if path.startswith(("/Users", "/Volumes")) else LINUX
    return whereabouts.judged(pure, environment, mounts)


@pytest.mark.parametrize(
    "path",
    [
        r"\\server\share\Eastfield.nhsdesk",
        r"\\server\share\deep\folder\Eastfield.nhsdesk",
        r"\\?\UNC\server\share\Eastfield.nhsdesk",
        r"H:\PCN\Eastfield.nhsdesk",
        r"h:\Eastfield.nhsdesk",
        "/mnt/share/Eastfield.nhsdesk",
        "/home/ann/nfs/deep/Eastfield.nhsdesk",
        "/run/user/1000/gvfs/smb-share:server=a,share=b/Eastfield.nhsdesk",
        "/Volumes/board/Eastfield.nhsdesk",
    ],
)
def test_a_network_drive_is_refused_and_offered_for_copies(path: str) -> None:
    told = judged(path).refused_because
    assert "is on a network drive" in told
    assert "copies and backups may go to the network drive" in told


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (r"C:\Users\Ann\OneDrive\Eastfield.nhsdesk", "OneDrive"),
        (r"C:\Users\Ann\OneDrive - NHS\Documents\Eastfield.nhsdesk", "OneDrive"),
        (r"C:\Users\Ann\onedrive - nhs\Eastfield.nhsdesk", "OneDrive"),
        (r"C:\Users\Ann\Dropbox\PCN\Eastfield.nhsdesk", "Dropbox"),
        (r"C:\Users\Ann\Dropbox (Personal)\Eastfield.nhsdesk", "Dropbox"),
        (r"C:\Users\Ann\iCloudDrive\Eastfield.nhsdesk", "iCloud"),
        (r"C:\My Drive\Eastfield.nhsdesk", "Google Drive"),
        (r"C:\Users\Ann\Google Drive\Eastfield.nhsdesk", "Google Drive"),
        (r"C:\Users\Ann\Box\Eastfield.nhsdesk", "Box"),
        ("/Users/ann/Dropbox/Eastfield.nhsdesk", "Dropbox"),
        ("/Users/ann/Library/Mobile Documents/com~apple~CloudDocs/Eastfield.nhsdesk", "iCloud"),
        ("/Users/ann/Library/CloudStorage/OneDrive-NHS/Eastfield.nhsdesk", "OneDrive"),
        ("/Users/ann/Library/CloudStorage/GoogleDrive-ann@example.org/My Drive/E.nhsdesk", "Google Drive"),
        ("/Users/ann/Library/CloudStorage/Dropbox/Eastfield.nhsdesk", "Dropbox"),
        ("/Users/ann/Library/CloudStorage/Somebody-else/Eastfield.nhsdesk", "a synchronising service"),
        ("/home/ann/Dropbox/Eastfield.nhsdesk", "Dropbox"),
        ("/home/ann/Nextcloud/deep/down/Eastfield.nhsdesk", "Nextcloud"),
    ],
)
def test_a_synchronised_folder_is_refused_and_offered_for_copies(path: str, service: str) -> None:
    told = judged(path).refused_because
    assert f"is copied by {service} while the file is in use" in told
    assert f"copies may go to {service}" in told


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial", "ONEDRIVECONSUMER"])
@pytest.mark.parametrize(
    ("folder", "path"),
    [
        (r"C:\Users\Ann\Trust Files", r"C:\Users\Ann\Trust Files\PCN\Eastfield.nhsdesk"),
        ("C:\\Users\\Ann\\Trust Files\\", r"c:\users\ann\trust files\Eastfield.nhsdesk"),
    ],
)
def test_where_onedrive_says_it_lies_is_refused_whatever_its_name(name: str, folder: str, path: str) -> None:
    assert "OneDrive" in judged(path, {name: folder}).refused_because
    assert judged(r"C:\Users\Ann\Trust Files 2\Eastfield.nhsdesk", {name: folder}) == Place()
    assert judged(path, {name: ""}) == Place()


@pytest.mark.parametrize(
    "path",
    [
        "/home/dropbox-fan/Eastfield.nhsdesk",
        "/home/dropbox/Eastfield.nhsdesk",
        "/home/ann/dropbox-fans/Eastfield.nhsdesk",
        "/home/ann/Not Dropbox/Eastfield.nhsdesk",
        "/home/ann/Letters about OneDrive/Eastfield.nhsdesk",
        "/home/ann/Dropbox.nhsdesk",
        "/home/ann/mailbox/Eastfield.nhsdesk",
        "/mnt/shared/Eastfield.nhsdesk",
        "/Users/onedrive/Records/Eastfield.nhsdesk",
        "/Users/ann/Library/Application Support/nhsdesk/Eastfield.nhsdesk",
        r"C:\Users\OneDrive\Records\Eastfield.nhsdesk",
        r"C:\Users\Ann\AppData\Local\nhsdesk\Records\Eastfield.nhsdesk",
        r"C:\Users\Ann\OneDriveOld\Eastfield.nhsdesk",
        r"\\?\C:\Users\Ann\AppData\Local\nhsdesk\Eastfield.nhsdesk",
    ],
)
def test_a_local_folder_is_good_even_where_a_name_merely_contains_the_word(path: str) -> None:
    assert judged(path) == Place()


@pytest.mark.parametrize(
    "path",
    [
        r"E:\Eastfield.nhsdesk",
        "/media/ann/STICK/Eastfield.nhsdesk",
        "/run/media/ann/STICK/deep/Eastfield.nhsdesk",
        "/Volumes/STICK/Eastfield.nhsdesk",
    ],
)
def test_a_disk_that_can_be_taken_out_is_warned_of(path: str) -> None:
    place = judged(path)
    assert place.refused_because == ""
    assert "can be taken out" in place.warning


def test_the_nearest_disk_counts() -> None:
    inside = (*LINUX, Mount("/mnt/share/local", "ext4", "rw"))
    assert whereabouts.judged(PurePosixPath("/mnt/share/local/E.nhsdesk"), NOTHING, inside) == Place()
    assert whereabouts.judged(
        PurePosixPath("/mnt/share/local too/E.nhsdesk"), NOTHING, inside
    ).refused_because


def test_disks_that_cannot_be_listed_refuse_nothing() -> None:
    assert whereabouts.judged(PurePosixPath("/home/ann/E.nhsdesk"), NOTHING, ()) == Place()


def test_a_new_file_in_a_synchronised_folder_is_refused_and_nothing_written(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - NHS"
    folder.mkdir()
    with pytest.raises(errors.PlaceRefused, match="OneDrive"):
        record_file.create(folder / "Eastfield.nhsdesk", "Ann", Clock())
    assert names_in(folder) == []


def test_a_file_in_a_synchronised_folder_is_not_opened_for_work_but_may_be_looked_at(tmp_path: Path) -> None:
    with new_file(tmp_path) as db:
        fill(db)
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    moved = db.path.rename(folder / "Eastfield.nhsdesk")
    with pytest.raises(errors.PlaceRefused, match="Dropbox"):
        opened(moved)
    assert names_in(folder) == ["Eastfield.nhsdesk"]


def test_a_link_into_a_synchronised_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "Records").symlink_to(tmp_path / "Dropbox", target_is_directory=True)
    with pytest.raises(errors.PlaceRefused, match="Dropbox"):
        record_file.create(tmp_path / "Records" / "Eastfield.nhsdesk", "Ann", Clock())


def test_backups_and_copies_may_go_into_a_synchronised_folder_and_come_back(tmp_path: Path) -> None:
    cloud = tmp_path / "OneDrive - NHS"
    with new_file(tmp_path) as db:
        fill(db)
        made = backups.make(db, cloud)
        backups.hand_out(db, cloud / "Ben.nhsdesk")
        whole = held(db)
    database, _ = backups.restore(made, tmp_path / "Back.nhsdesk", "Ann", Clock())
    with database:
        assert held(database) == whole
    with pytest.raises(errors.PlaceRefused):
        backups.restore(made, cloud / "Back.nhsdesk", "Ann", Clock())
    assert names_in(cloud) == sorted([made.name, "Ben.nhsdesk"])
